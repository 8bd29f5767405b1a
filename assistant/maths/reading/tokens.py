"""Text to tokens: the letters of the language of formulas, with their places.

Every token keeps the offsets of the text it came from, so that an error can put
a caret under the very character that was not understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.maths.types import Text

MAX_CHARACTERS = 20_000
MAX_DEPTH = 60


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
    WORD = "word"  # a known function, operator or constant
    SIGN = "sign"  # operators, brackets, separators
    COMMAND = "command"  # a LaTeX command
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token; ``spaced`` says that white space stood before it."""

    kind: Kind
    text: str
    start: int
    end: int
    spaced: bool = False


FUNCTIONS = frozenset(
    """sin cos tan cot sec csc asin acos atan acot asec acsc arcsin arccos arctan arccot arcsec
    arccsc sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch arcsinh arccosh
    arctanh exp ln log lg sqrt cbrt root nthRoot abs Abs sign sgn floor ceil ceiling factorial
    binomial gcd lcm max min Max Min erf erfc gamma Si Ci Ei li re im arg conjugate mod det
    transpose inverse rank trace real_root Rational diff integrate limit Integral Derivative
    Limit sum Sum product Product LambertW zeta Heaviside""".split()
)
CONSTANTS = frozenset("pi oo inf infinity".split())
GREEK = frozenset(
    """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau
    upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega""".split()
)
JOINERS = frozenset("and or".split())
WORDS = FUNCTIONS | CONSTANTS | JOINERS
SIGNS = ("**", "<=", ">=", "!=", "==", "=>", *"+-*/^=<>()[]{}|,;:!%'°±&\n")


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, closed by an ``END`` token.

    Raises ``ReadingError`` at a character that no formula has.
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(
            Text(
                f"the input has more than {MAX_CHARACTERS} characters",
                f"输入超过 {MAX_CHARACTERS} 个字符",
            ),
            MAX_CHARACTERS,
        )
    tokens: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        char = text[at]
        if char in " \t\r\u00a0\u3000":
            at, spaced = at + 1, True
            continue
        found = _number(text, at) or _letters(text, at) or _sign(text, at)
        if not found:
            raise ReadingError(
                Text("this character has no meaning in a formula", "这个字符在公式中没有意义"), at
            )
        for kind, word in found:
            tokens.append(Token(kind, word, at, at + len(word), spaced))
            at, spaced = at + len(word), False
    tokens.append(Token(Kind.END, "", len(text), len(text), spaced))
    return tokens


def _number(text: str, at: int) -> list[tuple[Kind, str]]:
    """``12``, ``1.5``, ``.5``, ``1e-3``."""
    end = at
    while end < len(text) and text[end] in "0123456789":
        end += 1
    if text[end : end + 1] == "." and text[end + 1 : end + 2] in tuple("0123456789"):
        end += 1
        while end < len(text) and text[end] in "0123456789":
            end += 1
    if end == at:
        return []
    if text[end : end + 1] in ("e", "E"):
        sign = end + 1 + (text[end + 1 : end + 2] in ("+", "-"))
        stop = sign
        while stop < len(text) and text[stop] in "0123456789":
            stop += 1
        if stop > sign and not text[stop : stop + 1].isalpha():
            end = stop
    return [(Kind.NUMBER, text[at:end])]


def _letters(text: str, at: int) -> list[tuple[Kind, str]]:
    """A run of letters, cut into known words and one-letter names."""
    end = at
    while end < len(text) and ((text[end].isascii() and text[end].isalpha()) or _greek(text[end])):
        end += 1
    if end == at:
        # the underscore of nth-root spellings is inside a word
        return []
    for stop in range(min(len(text), end + 6), end, -1):
        if "_" in text[at:stop] and text[at:stop] in WORDS:
            return [(Kind.WORD, text[at:stop])]
    run, out, start = text[at:end], [], 0
    while start < len(run):
        word = next(
            (run[start:n] for n in range(len(run), start + 1, -1) if run[start:n] in WORDS | GREEK),
            "",
        )
        if word:
            out.append((Kind.WORD if word in WORDS else Kind.NAME, word))
        else:
            out.append((Kind.NAME, run[start]))
        start += len(out[-1][1])
    kind, last = out[-1]
    if kind is Kind.NAME:
        out[-1] = (kind, last + _subscript(text, end))
    return out


def _greek(char: str) -> bool:
    return "\u0391" <= char <= "\u03c9"


def _subscript(text: str, at: int) -> str:
    """``_1``, ``_max``, ``_{12}`` or digits right behind a letter."""
    if text[at : at + 2] == "_{":
        close = text.find("}", at)
        if close > 0 and text[at + 2 : close].isalnum():
            return text[at : close + 1]
        return ""
    start = at + (text[at : at + 1] == "_")
    end = start
    while end < len(text) and text[end].isascii() and text[end].isdigit():
        end += 1
    if start > at and end == start and text[at + 1 : at + 2].isalpha():
        end = start + 1
    return text[at:end] if end > start else ""


def _sign(text: str, at: int) -> list[tuple[Kind, str]]:
    return next(([(Kind.SIGN, sign)] for sign in SIGNS if text.startswith(sign, at)), [])
