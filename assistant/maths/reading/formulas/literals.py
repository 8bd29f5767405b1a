"""Numbers as they are written: decimals, exponents, thousands; and those that have names."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import Constant, ConstantName, Number
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.cursor import Cursor

CONSTANTS = {c.value: Constant(c) for c in ConstantName} | {
    "inf": Constant(ConstantName.INFINITY),
    "infinity": Constant(ConstantName.INFINITY),
    "E": Constant(ConstantName.E),
    "I": Constant(ConstantName.I),
}
LETTER_CONSTANTS = frozenset(["e", "E", "i", "I"])
MAX_EXPONENT_DIGITS = 3


def number(r: Cursor) -> Number:
    """The literal that is next.  Raises ``ReadingError`` for an exponent that is too large."""
    token = r.take()
    text = token.text
    if groups := _thousands(r, text):
        text += "".join(group.text for group in groups)
        r.position += 2 * len(groups)
        r.note("read {0} as one number", "将 {0} 读作一个数", text)
    mantissa, _, exponent = text.partition("e")
    if len(exponent.lstrip("-")) > MAX_EXPONENT_DIGITS:
        raise ReadingError(Text("this exponent is too large", "指数过大"), token.start)
    _, point, digits = mantissa.partition(".")
    places = len(digits) - int(exponent or 0)
    return Number(Fraction(text), places if places > 0 or (point and not exponent) else None)


def _thousands(r: Cursor, first: str) -> list[Token]:
    """``,234`` behind ``1`` where no list can be meant: one formula, or a group ``,000``."""
    groups: list[Token] = []
    if r.depth or not first.isdigit() or len(first) > 3 or first[0] == "0":
        return groups
    while r.peek(2 * len(groups)).text == ",":
        comma, digits = r.peek(2 * len(groups)), r.peek(2 * len(groups) + 1)
        three = len(digits.text.partition(".")[0]) == 3 and "e" not in digits.text
        if digits.kind is not Kind.NUMBER or comma.spaced or digits.spaced or not three:
            break
        groups.append(digits)
    return groups if r.one_formula or any(g.text[0] == "0" for g in groups) else []
