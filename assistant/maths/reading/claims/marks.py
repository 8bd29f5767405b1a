"""Marks that are part of a formula, or stand around it.

In ``120 = 5!`` the last sign is a factorial, in ``2 + 3 = 5!`` a writer is glad; ``(2) (3) = 6``
may begin with the number of a step, ``- 4 + 6 = 2`` with a bullet.  Where one reading is a true
equation of numbers, that is meant; where none can be told from the other, the line says nothing
that could be held against it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import factorial, prod

from assistant.maths import terms as t
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError

_GLAD = re.compile(r"(?:(?<=[\d)\]}])|(?<=(?<![A-Za-z])[A-Za-z]))([!！]{1,2})[\s.,;:。，；：]*$")
"""A sign behind a number, a bracket or a lone letter at the end."""
_SAID_BEFORE = re.compile(r"[\w)][!！](?=\s*\S)")
_TAIL = re.compile(
    r"(?<![\w.,])[-−–+(\d][-−–+*/×÷·^()\d\s.,!]*(?:[=<>≤≥≠][-−–+*/×÷·^()\d\s.,!]+)+$"
)
"""The numbers at the end of a sentence that are related."""
_NUMBERED = re.compile(r"^\s*(\(\d{1,2}\))\s+(?=[-−–+*/×÷·^(=<>≤≥])")
_BULLET = re.compile(r"^\s*[-−–]\s+(?=[\d(.])")
_RELATED = re.compile(r"[=<>≤≥]")
MOST = 300
"""Characters of a line whose readings are compared."""
MOST_FACTORIAL, MOST_EXPONENT, MOST_BITS = 200, 64, 10**4
"""Greater ones are not worked out: nothing is decided by them."""

UNIT_NOTE = re.compile(r"(?<=[\d%])\s*[（(]\s*[\u4e00-\u9fff/]{1,6}\s*[)）]")
"""The unit of a result as Chinese schools write it: 3×2=6（元）."""
ANNOTATION = re.compile(r"<<[^<>]*>>")
REMAINDER = re.compile(
    r"(\d+)\s*[÷/]\s*(\d+)\s*[=＝]\s*(\d+)\s*(?:\.{3,6}|…+|⋯+|余数?(?:是|为)?|\b[Rr](?:em(?:ainder)?)?(?![a-z])"
    r"|(?:with\s+)?(?:a\s+)?remainder(?:\s+of)?)\s*(\d+)"
)
SPELLED = (
    (re.compile(r"\\(?:times|cdot)\b|\\ast\b"), "*"), (re.compile(r"\\div\b"), "/"),
    (re.compile(r"\\([$%])"), r"\1"),
    (re.compile(r"(?<=\d)\{,\}(?=\d{3})|(?<=\d)\\,(?=\d{3})|,\\!(?=\d{3})"), ","),
)  # fmt: skip


_ROOTS = re.compile(r"(?<![A-Za-z0-9_\\])([a-zA-Z])(?=[12]\s*=(?!=))")
"""``x1 = 3, x2 = 1``: two values of one letter."""
_EITHER_SIGN = re.compile(r"(?<=[\w)\]}=(\s])\+\s?/\s?[-−–](?=\s*[\d\\√(A-Za-z])")
"""``3 +/- 2`` as it is typed."""
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SUBSCRIPT = re.compile(r"(?<=[A-Za-zΔα-ω])[₀-₉]{1,3}")


def spelled(text: str) -> str:
    """A line with its signs of operation as a keyboard has them, without notes on its numbers."""
    body = UNIT_NOTE.sub("", ANNOTATION.sub("", text.replace("，", ", ")))
    body = REMAINDER.sub(_with_remainder, body)
    body = _SUBSCRIPT.sub(lambda m: f"_{m[0].translate(_DIGITS)}", body)
    body = _EITHER_SIGN.sub("±", body)
    stems = _ROOTS.findall(body)
    if any(stems.count(stem) > 1 for stem in stems):
        body = _ROOTS.sub(r"\1_", body)
    for pattern, plain in SPELLED:
        body = pattern.sub(plain, body)
    return body


def _with_remainder(match: re.Match[str]) -> str:
    """``17 ÷ 5 = 3 … 2`` says that 17 = 5*3 + 2, and 2 < 5."""
    whole, divisor, quotient, rest = match.groups()
    return f"{whole} = {divisor}*{quotient} + {rest}, 0 + {rest} < {divisor}"


def settled(text: str) -> str | None:
    """The text so that it can be read in one way only; ``None`` where that cannot be told."""
    if len(text) > MOST:
        return text
    found = _glad(text)
    if found is not None and (number := _NUMBERED.match(found)) is not None:
        rest = found[number.end() :]
        factor = f"{number[1]}{rest}"
        if rest[0] in "=<>≤≥":
            return factor
        chosen = _likelier(rest, factor, found, doubtful=True)
        return chosen if chosen != rest else settled(rest)
    if found is not None and signed(found):
        return re.sub(r"^\s*[-−–]\s+", "-", found)
    return found


def signed(text: str) -> bool:
    """Whether the dash that a line begins with is the sign of its first number."""
    bullet = _BULLET.match(text) if len(text) <= MOST else None
    if bullet is None or not _RELATED.search(text):
        return False
    rest = text[bullet.end() :]
    return _truth(rest) is not True and _truth(f"-{rest}") is True


def _glad(text: str) -> str | None:
    """What is meant by ``!`` at the end."""
    mark = _GLAD.search(text) if len(text) <= MOST else None
    if mark is None or not _RELATED.search(text):
        return text
    plain, head = text[: mark.start()], text[: mark.start()]
    if len(mark[1]) == 1:
        base = re.search(r"(?:\d+|[A-Za-z]|\([^()]*\))$", head)
        if base is not None:
            meant = f"{head[: base.start()]}({base[0]}!)"
            if _SAID_BEFORE.search(head):
                return meant
            if _is_formula(head) and _truth(plain) is False and _truth(meant) is False:
                return meant
            return _likelier(plain, meant, text, doubtful=_is_formula(head))
    return plain


def _likelier(usual: str, other: str, text: str, *, doubtful: bool) -> str | None:
    """The reading that is true, the usual one first.  ``doubtful``: where numbers do not tell,
    nothing does; else the ``text`` stays as it is."""
    first, second = _truth(usual), _truth(other)
    if first or (first is False and second is False):
        return usual
    if second:
        return other
    return None if doubtful or first is False else text


def _is_formula(text: str) -> bool:
    return re.search(r"[A-Za-z]{2,}|[\u4e00-\u9fff]", text) is None


def _truth(text: str) -> bool | None:
    """Whether the numbers at the end of a text are related as it says."""
    tail = _TAIL.search(text.rstrip(" \t\n.,;:。，；：!！"))
    if tail is None:
        return None
    try:
        return _holds(read_formula(tail[0].strip(" ,.")))
    except (ReadingError, RecursionError, ArithmeticError):
        return None


def _holds(claim: t.Expr) -> bool | None:
    match claim:
        case t.Junction(op=t.Connective.AND, args=parts):
            truths = [_holds(part) for part in parts]
            return None if None in truths else all(truths)
        case t.Relation(op, left, right):
            a, b = value(left), value(right)
            if a is None or b is None:
                return None
            match op:
                case t.Comparison.EQ:
                    return a == b
                case t.Comparison.NE:
                    return a != b
                case t.Comparison.LT:
                    return a < b
                case t.Comparison.LE:
                    return a <= b
                case t.Comparison.GT:
                    return a > b
                case t.Comparison.GE:
                    return a >= b
    return None


def value(node: t.Expr) -> Fraction | None:
    """The exact value of plain arithmetic.  Raises ``ArithmeticError``."""
    if isinstance(node, t.Number):
        return node.value
    parts = [value(part) for part in t.children(node)]
    values = [part for part in parts if part is not None]
    if len(values) != len(parts) or not values:
        return None
    match node:
        case t.Add():
            return sum(values, Fraction(0))
        case t.Mul():
            return prod(values, start=Fraction(1))
        case t.Neg():
            return -values[0]
        case t.Div():
            return values[0] / values[1]
        case t.Pow():
            base, exponent = values
            size = max(base.numerator.bit_length(), base.denominator.bit_length())
            small = exponent.denominator == 1 and abs(exponent) <= min(
                MOST_EXPONENT, MOST_BITS // size
            )
            return base ** int(exponent) if small else None
        case t.Call(name="factorial"):
            whole = values[0].denominator == 1 and 0 <= values[0] <= MOST_FACTORIAL
            return Fraction(factorial(int(values[0]))) if whole else None
    return None
