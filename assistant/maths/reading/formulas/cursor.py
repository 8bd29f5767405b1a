"""A place in the tokens of one text, and what is known while it is read."""

from __future__ import annotations

from assistant.maths.reading.formulas.lexer import Lexer
from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token, unknown
from assistant.maths.terms import Expr, Symbol
from assistant.maths.types import Text

MAX_DEPTH = 50
"""Factors in factors; each level costs up to a dozen frames of the interpreter's stack."""
MOST_NOTES = 12
"""Each is compared with all before it, formulas and all."""

CLOSING = {
    "(": ")", "[": "]", "{": "}", "\\{": "\\}", "|": "|", "lvert": "rvert", "⌊": "⌋", "⌈": "⌉",
}  # fmt: skip

DIFFERENTIAL = Symbol("")
"""Stands for the ``dx`` of an integral until the product is complete."""


class Cursor:
    """Reads tokens one by one; the grammar is in the modules that use it."""

    def __init__(self, lexer: Lexer) -> None:
        self.tokens = lexer.tokens
        self.notes = lexer.notes
        self.latex = lexer.latex
        self.names = lexer.names
        self.functions = set(lexer.functions)
        self.dependent: dict[str, Symbol] = {}
        """Unknown functions written without their variable: ``y`` in ``y' = y``."""
        self.prefix = False
        """Whether other text may follow the formula."""
        self.one_formula = True
        """Whether no list of statements is read, so that ``1,234`` can only be a number."""
        self.position = 0
        self.depth = 0
        self.level = 0
        self.bars = 0
        """Absolute bars that are open in the innermost bracket."""
        self.integrals = 0
        self.limits = 0
        self.forms: tuple[str, str] | None = None
        """The two variables of an equation between differentials, ``x dx + y dy = 0``."""
        self.gaps: list[Token] = []
        """Factors that only white space parts from the factor before them."""
        self.remainder: Expr | None = None
        """The last ``a mod b`` that was read."""
        self.unsure = False
        """Whether a function's argument ends where many people would not end it."""
        self.set_builder = False
        self.differential = ""
        """The variable of the ``dx`` that ended an integrand, until the integral takes it."""

    @property
    def now(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.position]

    def peek(self, ahead: int = 1) -> Token:
        """A later token, or the last."""
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Read one token."""
        token = self.now
        if token.kind is not Kind.END:
            self.position += 1
        return token

    def sees(self, *signs: str) -> bool:
        """Whether one of these signs is next."""
        return self.now.kind is Kind.SIGN and self.now.text in signs

    def accept(self, *signs: str) -> Token | None:
        """Read one of these signs if it is next."""
        return self.take() if self.sees(*signs) else None

    def expect(self, sign: str) -> Token:
        """Read this sign or say that it is missing."""
        token = self.accept(sign)
        if token is None:
            raise self.error(Text("expected “{0}” here", "此处应有“{0}”", (sign,)))
        return token

    def close(self, opening: Token, *signs: str) -> Token:
        """Read a closing bracket, or say which bracket stays open."""
        if token := self.accept(*signs):
            return token
        if self.now.kind is Kind.TEXT:
            raise unknown(self.now)
        raise ReadingError(
            Text("the bracket “{0}” is not closed", "括号“{0}”没有闭合", (opening.text,)),
            opening.start,
            Text("add “{0}”", "请补上“{0}”", (signs[0],)),
        )

    def error(self, message: Text, suggestion: Text | None = None) -> ReadingError:
        """An error at the token to be read next."""
        return ReadingError(message, self.now.start, suggestion)

    def value_expected(self) -> ReadingError:
        """The error where a value should begin."""
        token = self.now
        if token.kind is Kind.TEXT:
            return unknown(token)
        if token.text == "...":
            return self.error(
                Text("dots are no formula", "省略号不是公式"),
                Text("write {0}", "请写成 {0}", ("sum_{k=1}^{n} …",)),
            )
        if token.kind is Kind.END:
            return self.error(
                Text(
                    "the formula ends too early: a value is expected here",
                    "公式不完整：此处缺少数或式子",
                )
            )
        return self.error(
            Text("a number, a letter or a bracket is expected here", "此处应为数、字母或括号"),
            Text(
                "remove “{0}” or write a value before it",
                "请删去“{0}”，或在其前面补上一个数",
                (token.text,),
            ),
        )

    def note(self, en: str, zh: str, *args: Expr | str) -> None:
        """Remember how an ambiguity was read; nobody reads a long list of them."""
        note = Text(en, zh, args)
        if len(self.notes) < MOST_NOTES and note not in self.notes:
            self.notes.append(note)

    def nested(self) -> None:
        """Count one more level of factors in factors; the caller counts it off again."""
        self.level += 1
        if self.level > MAX_DEPTH:
            raise self.error(Text("brackets are nested too deeply", "括号嵌套过深"))
