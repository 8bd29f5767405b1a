"""Tokens, the letters of the language of formulas, and the error of a text that is none."""

from __future__ import annotations

from enum import StrEnum

from assistant.maths.printable import printable
from assistant.maths.reading.formulas import characters, words
from assistant.maths.reading.formulas.characters import GREEK
from assistant.maths.reading.formulas.words import FUNCTIONS, WORDS
from assistant.maths.types import Text

__all__ = ["FUNCTIONS", "GREEK", "WORDS", "Kind", "ReadingError", "Token", "unknown"]

DIGITS = frozenset("0123456789")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONG_SIGNS = {
    "+/-": "±", "**": "^", "<=": "<=", "=<": "<=", ">=": ">=", "!=": "!=", "<>": "!=", "==": "=",
    "=>": "=>", "->": "->", ":=": "=", "&&": "and", "...": "...",
}  # fmt: skip
SHORT_SIGNS = frozenset("+-*/^=<>()[]{}|,;:!%'&_.?~")
OPENING, CLOSING = frozenset(["(", "[", "{", "\\{"]), frozenset([")", "]", "}", "\\}"])
VALUE_SIGNS = CLOSING | frozenset("!%'°|") | {"rvert", "⌋", "⌉"}
"""Signs that can end a value."""
COMPARISONS = frozenset(["=", "!=", "<", "<=", ">", ">=", "~", "≡"])


class ReadingError(Exception):
    """Text that is no formula: where, what was expected, and one suggestion."""

    def __init__(self, message: Text, at: int, suggestion: Text | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.at = at
        self.suggestion = suggestion


class Kind(StrEnum):
    """Kinds of token."""

    NUMBER = "number"
    NAME = "name"  # a variable, possibly subscripted
    WORD = "word"  # a known function or constant
    SIGN = "sign"  # operators, brackets, separators, operators spelled as words
    COMMAND = "command"  # a LaTeX command with arguments
    TEXT = "text"  # words and characters that no formula has
    END = "end"


class Token:
    """A token; ``spaced`` says that white space stood before it."""

    __slots__ = ("end", "kind", "spaced", "start", "text")

    def __init__(self, kind: Kind, text: str, start: int, end: int, *, spaced: bool) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.spaced = spaced

    def __repr__(self) -> str:
        return f"{self.kind.value}:{self.text}"


def unknown(token: Token) -> ReadingError:
    """The error for a token that no formula has."""
    word = token.text
    shown = printable(word, 40)
    if word in FUNCTIONS:
        return ReadingError(
            Text("“{0}” takes its values in brackets", "“{0}”的参数应写在括号中", (word,)),
            token.start,
            Text("write {0}(…)", "请写成 {0}(…)", (word,)),
        )
    if len(word) > 1 and word[0] in LETTERS:
        near = words.suggestion(word)
        hint = Text("did you mean “{0}”?", "是否想写“{0}”？", (near,)) if near else None
        return ReadingError(
            Text("“{0}” is not a known name or function", "“{0}”不是已知的变量或函数", (shown,)),
            token.start,
            hint,
        )
    latin = characters.LOOKALIKES.get(word, "")
    hint = Text("type the Latin letter “{0}”", "请输入拉丁字母“{0}”", (latin,)) if latin else None
    return ReadingError(
        Text("“{0}” has no meaning in a formula", "“{0}”在公式中没有意义", (shown,)),
        token.start,
        hint,
    )
