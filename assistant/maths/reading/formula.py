"""Tokens to a formula: operator precedence by climbing (Pratt 1973).

The rules for what mathematicians leave out, each shown back to the user when it
decided something:

* a factor put beside another multiplies, with the strength of ``*`` and ``/`` read from
  the left: ``1/2x`` is ``(1/2)*x``;
* ``sin 2x`` takes the number and the letters that touch: ``sin x y`` is ``sin(x)*y``;
* ``2 1/3`` is the mixed number, ``-x^2`` the opposite of the square, ``2^3^2`` is ``2^(3^2)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths.reading.tokens import (
    FUNCTIONS,
    MAX_DEPTH,
    Kind,
    ReadingError,
    Token,
    tokenize,
)
from assistant.maths.terms import (
    Add,
    Bracket,
    Call,
    Collection,
    Comparison,
    Connective,
    Constant,
    ConstantName,
    Div,
    Expr,
    Junction,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    integer,
)
from assistant.maths.types import Text

COMPARISONS = {
    "=": Comparison.EQ,
    "==": Comparison.EQ,
    "!=": Comparison.NE,
    "<": Comparison.LT,
    "<=": Comparison.LE,
    ">": Comparison.GT,
    ">=": Comparison.GE,
}
ALIASES = {
    "Abs": "abs",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arccot": "acot",
    "arcsec": "asec",
    "arccsc": "acsc",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "sgn": "sign",
    "ceil": "ceiling",
    "nthRoot": "root",
    "real_root": "root",
    "Max": "max",
    "Min": "min",
    "Integral": "integrate",
    "Derivative": "diff",
    "Limit": "limit",
    "Sum": "sum",
    "Product": "product",
}
CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|"}


@dataclass
class FormulaReader:
    """One pass over the tokens of one text.

    ``functions`` are the names that the problem defines as functions: ``f(3)`` is then an
    application and not a product.
    """

    tokens: list[Token]
    functions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    position: int = 0
    depth: int = 0
    notes: list[Text] = field(default_factory=list)

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

    def accept(self, *signs: str) -> Token | None:
        """Read one of these signs if it is next."""
        if self.now.kind in (Kind.SIGN, Kind.WORD) and self.now.text in signs:
            return self.take()
        return None

    def expect(self, sign: str) -> Token:
        """Read this sign or say that it is missing."""
        token = self.accept(sign)
        if token is None:
            raise self.error(Text(f"expected “{sign}” here", f"此处应有“{sign}”"))
        return token

    def error(self, message: Text, suggestion: Text | None = None) -> ReadingError:
        """An error at the token to be read next."""
        return ReadingError(message, self.now.start, suggestion)

    # statements -----------------------------------------------------------------

    def junction(self) -> Expr:
        """Relations joined by *and* and *or*; *and* binds stronger."""
        return self._joined(
            "or", Connective.OR, lambda: self._joined("and", Connective.AND, self.relation)
        )

    def _joined(self, word: str, op: Connective, part: Callable[[], Expr]) -> Expr:
        parts = [part()]
        while self.accept(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(op, tuple(parts))

    def relation(self) -> Expr:
        """``a = b``, or a chain ``a < b <= c`` as two relations that both hold."""
        sides, ops = [self.sum()], []
        while self.now.kind is Kind.SIGN and self.now.text in COMPARISONS:
            ops.append(COMPARISONS[self.take().text])
            sides.append(self.sum())
        if not ops:
            return sides[0]
        links = tuple(Relation(op, sides[n], sides[n + 1]) for n, op in enumerate(ops))
        return links[0] if len(links) == 1 else Junction(Connective.AND, links)

    # expressions ----------------------------------------------------------------

    def sum(self) -> Expr:
        """Terms with their signs."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(Text("brackets are nested too deeply", "括号嵌套过深"))
        terms = [self._signed()]
        while sign := self.accept("+", "-", "±"):
            term = self.product()
            match sign.text:
                case "-":
                    term = Neg(term)
                case "±":
                    term = Call("plusminus", (term,))
            terms.append(term)
        self.depth -= 1
        return terms[0] if len(terms) == 1 else Add(tuple(terms))

    def _signed(self) -> Expr:
        if self.accept("-"):
            return Neg(self.product())
        if self.accept("±"):
            return Call("plusminus", (self.product(),))
        self.accept("+")
        return self.product()

    def product(self) -> Expr:
        """Factors multiplied, divided, or put side by side, from left to right."""
        left = self.unary()
        while True:
            if self.accept("*"):
                left = self._times(left, self.unary())
            elif self.accept("/"):
                left = Div(left, self.unary())
            elif self._starts_factor():
                if isinstance(left, Number) and self.now.kind is Kind.NUMBER:
                    left = self._mixed(left)
                    continue
                left = self._times(left, self.power())
            else:
                return left

    @staticmethod
    def _times(left: Expr, right: Expr) -> Expr:
        return Mul((*left.factors, right)) if isinstance(left, Mul) else Mul((left, right))

    def _mixed(self, whole: Number) -> Expr:
        """``2 1/3`` after its whole part was read."""
        slash, den = self.peek(), self.peek(2)
        if slash.text == "/" and den.kind is Kind.NUMBER and not slash.spaced and not den.spaced:
            num = self.number()
            self.take()
            return Call("mixed", (whole, num, self.number()))
        raise self.error(
            Text("two numbers stand side by side", "两个数之间缺少运算符"),
            Text("put an operator between them", "请在两数之间加上运算符"),
        )

    def _starts_factor(self) -> bool:
        token = self.now
        if token.kind in (Kind.NUMBER, Kind.NAME):
            return True
        if token.kind is Kind.WORD:
            return token.text not in ("and", "or", "mod")
        return token.kind is Kind.SIGN and token.text in ("(", "[")

    def unary(self) -> Expr:
        """A signed factor, as after ``*`` or in an exponent."""
        if self.accept("-"):
            return Neg(self.unary())
        if self.accept("+"):
            return self.unary()
        return self.power()

    def power(self) -> Expr:
        """A postfixed atom and its exponent, which binds to the right."""
        base = self.postfix(self.atom())
        if self.accept("^", "**"):
            return Pow(base, self.unary())
        return base

    def postfix(self, value: Expr) -> Expr:
        """``5!``, ``25%``, ``30°``."""
        while True:
            if self.accept("!"):
                value = Call("factorial", (value,))
            elif self.accept("%"):
                value = Call("percent", (value,))
            elif self.accept("°"):
                value = Call("degrees", (value,))
            else:
                return value

    def atom(self) -> Expr:
        """A number, name, function, or bracket."""
        token = self.now
        match token.kind:
            case Kind.NUMBER:
                return self.number()
            case Kind.NAME:
                return self.name()
            case Kind.WORD if token.text in FUNCTIONS:
                return self.function()
            case Kind.WORD if token.text not in ("and", "or"):
                self.take()
                return Constant(ConstantName.PI if token.text == "pi" else ConstantName.INFINITY)
            case Kind.SIGN if token.text in CLOSING:
                return self.bracket()
            case _:
                raise self.error(
                    Text("expected a number, a letter or a bracket here", "此处应为数、字母或括号")
                )

    def number(self) -> Number:
        """A literal, with the decimals that were written."""
        text = self.take().text
        mantissa, _, exponent = text.lower().partition("e")
        if len(exponent) > 4:
            raise self.error(Text("this exponent is too large", "指数过大"))
        _, point, digits = mantissa.partition(".")
        return Number(Fraction(text), len(digits) if point else None)

    def name(self) -> Expr:
        """A variable, or a defined function applied; ``e`` and ``i`` are constants."""
        token = self.take()
        if token.text in self.functions and self.now.text == "(":
            return Call(token.text, self.arguments())
        if token.text in ("e", "E") and token.text not in self.names:
            return Constant(ConstantName.E)
        if token.text in ("i", "I") and token.text not in self.names:
            return Constant(ConstantName.I)
        return Symbol(token.text)

    def function(self) -> Expr:
        """A known function with its power and argument: ``sin^2 x``, ``log_2(x)``."""
        token = self.take()
        name = ALIASES.get(token.text, token.text)
        exponent = self.unary() if self.accept("^", "**") else None
        args = self.arguments() if self.now.text in ("(", "[") else (self._bare_argument(),)
        value = _apply(name, args)
        return value if exponent is None else Pow(value, exponent)

    def _bare_argument(self) -> Expr:
        """``2x`` in ``sin 2x``: a number and then the names that touch."""
        parts = [self.power()]
        while self.now.kind in (Kind.NUMBER, Kind.NAME) and (
            isinstance(parts[-1], Number) or not self.now.spaced
        ):
            parts.append(self.power())
        return parts[0] if len(parts) == 1 else Mul(tuple(parts))

    def arguments(self) -> tuple[Expr, ...]:
        """A bracketed list of arguments."""
        opening = self.take()
        if self.accept(CLOSING[opening.text]):
            return ()
        items = [self.junction()]
        while self.accept(","):
            items.append(self.junction())
        self.expect(CLOSING[opening.text])
        return tuple(items)

    def bracket(self) -> Expr:
        """``( )`` group or tuple, ``[ ]`` group, list or matrix, ``{ }`` set, ``| |`` absolute."""
        opening = self.now.text
        if opening == "|":
            self.take()
            inner = self.sum()
            self.expect("|")
            return Call("abs", (inner,))
        items = self.arguments()
        if len(items) == 1 and opening == "(":
            return items[0]
        if opening == "[" and items and all(_is_row(i) for i in items):
            return Matrix(tuple(i.items for i in items if isinstance(i, Collection)))
        kinds = {"(": Bracket.TUPLE, "[": Bracket.LIST, "{": Bracket.SET}
        return Collection(kinds[opening], items)


def _is_row(expr: Expr) -> bool:
    return isinstance(expr, Collection) and expr.kind is Bracket.LIST


def _apply(name: str, args: tuple[Expr, ...]) -> Expr:
    match name, args:
        case "cbrt", (x,):
            return Call("root", (x, integer(3)))
        case "lg", (x,):
            return Call("log", (x, integer(10)))
        case "log", (x,):
            return Call("ln", (x,))
        case "Rational", (num, den):
            return Div(num, den)
        case _:
            return Call(name, args)


def read_formula(
    text: str, functions: frozenset[str] = frozenset(), names: frozenset[str] = frozenset()
) -> Expr:
    """The formula that a text writes.

    ``functions`` are names that the problem defines as functions (``f(3)`` applies them),
    ``names`` are names that are plain variables here, also where they would mean a constant
    (``e``, ``i``, ``E``, ``I``).  Raises ``ReadingError`` with the offset of what was not
    understood.
    """
    reader = FormulaReader(tokenize(text), functions, names)
    value = reader.junction()
    if reader.now.kind is not Kind.END:
        raise reader.error(Text("the formula should end here", "公式应在此处结束"))
    return value


def read_prefix(
    text: str,
    start: int = 0,
    functions: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
) -> tuple[Expr, int]:
    """The longest formula that begins at ``start``, and the offset where it ends.

    The rest of the text may be anything.  Raises ``ReadingError`` (its offset counted in the
    whole text) if no formula begins there.
    """
    reader = FormulaReader(tokenize(text[start:]), functions, names)
    value = reader.junction()
    return value, start + reader.tokens[reader.position - 1].end


def read_statements(
    text: str, functions: frozenset[str] = frozenset(), names: frozenset[str] = frozenset()
) -> tuple[Expr, ...]:
    """Several statements parted by a newline, ``;``, ``,``, "and", 且 or 和.

    Statements joined by *or* stay one statement.  Raises ``ReadingError``.
    """
    reader = FormulaReader(tokenize(text), functions, names)
    found = [reader.junction()]
    while reader.accept(",", ";", "\n"):
        found.append(reader.junction())
    if reader.now.kind is not Kind.END:
        raise reader.error(Text("the formula should end here", "公式应在此处结束"))
    return tuple(found)
