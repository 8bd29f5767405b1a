"""Sides that are numbers: are they equal, with rounding and units as people write them?

A claim is refuted only where every way to read it is false: the numbers as they stand, with
units converted, and rounded to the digits that are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.lines.marks import Finding, linked, proved, undecided
from assistant.maths.checking.numeric import NoValue, Value, evaluate, mpf, real
from assistant.maths.checking.sampling import show_value
from assistant.maths.reading.claims import RELATIONS, Claim, Line, shown
from assistant.maths.reading.claims_prose import Reading
from assistant.maths.types import Link, Proved, Refuted, Supported, Text

TIMES = ("time", "months")
PI_VALUES = (Fraction(314, 100), Fraction(22, 7), Fraction(31416, 10000), Fraction(3))
CLEAN = Fraction(1, 20)
"""Decimals in steps of this (0.25, 1.5) are exact; 0.67 may have been rounded."""
FAR = Fraction(1, 5)
"""An approximation that is off by more than this part is wrong, however loosely meant."""

HOLDS = ("both sides are equal", "两边相等")
ROUNDED = ("right when rounded to the digits shown", "按所写位数四舍五入后正确")
CONVERTED = ("right after converting the units", "换算单位后正确")
WRONG = Text("{0}: the left side is {1}, the right side is {2}", "{0}：左边是 {1}，右边是 {2}")


def numeric(expr: t.Expr | None) -> bool:
    """Whether a side is a number written out."""
    if expr is None or isinstance(
        expr, t.Relation | t.Junction | t.Collection | t.Matrix | t.Interval
    ):
        return False
    return not any(
        isinstance(n, t.Symbol)
        or (
            isinstance(n, t.Call)
            and (n.name in ("plusminus", "diff", "integrate", "limit") or len(n.name) == 1)
        )
        or (isinstance(n, t.Constant) and n.name in (t.ConstantName.I, t.ConstantName.INFINITY))
        for n in t.walk(expr)
    )


def number_findings(claim: Claim, line: Line) -> list[Finding]:
    """A finding for each neighbouring pair of numbers in the chain."""
    return [_pair(claim, line, i, j, sign) for i, j, sign in _pairs(claim)]


def _is_number(claim: Claim, n: int) -> bool:
    reading = claim.readings[n] if claim.readings else None
    return numeric(claim.sides[n]) or (reading is not None and reading.measured is not None)


def _pairs(claim: Claim) -> Iterator[tuple[int, int, str]]:
    """Neighbouring numbers of a chain, and how the signs between them relate the two."""
    places = [n for n in range(len(claim.sides)) if _is_number(claim, n)]
    for i, j in pairwise(places):
        if claim.readings and any(claim.readings[n] is None for n in range(i, j)):
            continue
        between = set(claim.signs[i:j])
        if between <= {"="}:
            yield i, j, "="
        elif between <= {"=", "≈"}:
            yield i, j, "≈"
        elif j == i + 1:
            yield i, j, claim.signs[i]


def _pair(claim: Claim, line: Line, i: int, j: int, sign: str) -> Finding:
    one, other = claim.sides[i], claim.sides[j]
    readings = (claim.readings[i], claim.readings[j]) if claim.readings else (None, None)
    text = shown(claim.text)
    if sign not in ("=", "≈"):
        return _inequality(one, other, sign, text, refutable=_refutable(claim, line, readings))
    known = _known_units(readings)
    by_units = _converted(readings)
    if by_units is not None and len(known) > 1 and not _ambiguous(readings):
        if by_units:
            return proved("arithmetic with units", *CONVERTED)
        if _rounds_with_units(readings):
            return proved("rounding", *ROUNDED)
        return _refuse(claim, line, readings, text, by_measure=True)
    if one is None or other is None:
        return undecided("the units are not understood", "未能理解其中的单位")
    values = [_value(e) for e in (one, other)]
    if _same(one, other, values):
        return proved("arithmetic", *HOLDS)
    if by_units:
        return proved("arithmetic with units", *CONVERTED)
    if values[0] is None or values[1] is None:
        return undecided("a side has no value that is known here", "有一边的值无法确定")
    return _unequal(claim, line, (i, j), sign, values[0], values[1])


def _unequal(
    claim: Claim, line: Line, places: tuple[int, int], sign: str, left: Value, right: Value
) -> Finding:  # fmt: skip
    """The values differ: rounded, nearly, or wrong."""
    i, j = places
    one, other = claim.sides[i], claim.sides[j]
    assert one is not None and other is not None
    readings = (claim.readings[i], claim.readings[j]) if claim.readings else (None, None)
    loose = line.rounded or sign == "≈"
    for value, literal, formula in ((left, other, one), (right, one, other)):
        gap = places_off(value, literal)
        if gap is not None and gap <= Fraction(1, 2) and (loose or _decimals(literal)[1] > 0):
            return proved("rounding", *ROUNDED)
        whole_only = gap is not None and _decimals(literal)[1] == 0
        if gap is not None and gap < 1 and (loose or not whole_only or not line.bare):
            return undecided("cut off or rounded in another way", "可能是截断或其他取近似的方式")
        if _within(formula, value, right if formula is one else left):
            return undecided(
                "equal within the rounding of the numbers in it", "在所用近似数的误差范围内相等"
            )
    if sign == "≈" and mpf(apart(left, right)) <= mpf(FAR) * max(abs(mpf(left)), abs(mpf(right))):
        return undecided("a rough approximation", "粗略的近似")
    if len(_known_units(readings)) > 1 or (_known_units(readings) and _ambiguous(readings)):
        return undecided("the units are not understood", "未能理解其中的单位")
    return _refuse(claim, line, readings, shown(claim.text), values=(left, right))


def _refuse(
    claim: Claim,
    line: Line,
    readings: tuple[Reading | None, Reading | None],
    text: str,
    *,
    values: tuple[Value, Value] | None = None,
    by_measure: bool = False,
) -> Finding:
    if by_measure and readings[0] and readings[1]:
        first, second = readings[0].measured, readings[1].measured
        assert first is not None and second is not None
        # only a sum or a lone quantity: 1 inch = 10 miles may be the scale of a map
        lone = readings[0].operators == readings[1].operators == 0
        lengths = any(kind == "length" for kind, _ in first.dimension)
        if lone and lengths and first.value < second.value:
            return undecided("perhaps a scale", "可能是比例尺")
        values = (first.value, second.value)
    if values is None or not _refutable(claim, line, readings):
        return undecided("the equality is false as it was read, but the words may mean something else",
                         "按字面理解等式不成立，但文字可能另有含义")  # fmt: skip
    left, right = (show_value(v) for v in values)
    if by_measure:
        why = Text(
            "{0}: in the same unit the sides are {1} and {2}",
            "{0}：化成同一单位后两边是 {1} 和 {2}",
            (text, left, right),
        )
        return Finding(Refuted(text, left, right), why)
    return Finding(Refuted(text, left, right), Text(WRONG.en, WRONG.zh, (text, left, right)))


def _refutable(claim: Claim, line: Line, readings: tuple[Reading | None, Reading | None]) -> bool:
    """Whether the line means what its formulas say: not denied, nothing guessed, and in
    prose a calculation (of a list ``3, 5 = 5`` only the end may have been read)."""
    if line.denied or not claim.sure:
        return False
    if readings[0] is None or readings[1] is None:
        return True
    if readings[0].guessed or readings[1].guessed:
        return False
    lone = readings[0].operators == readings[1].operators == 0
    return not lone or len(_known_units(readings)) > 1


def _known_units(readings: tuple[Reading | None, Reading | None]) -> frozenset[str]:
    return frozenset(u for r in readings if r is not None for u in r.units)


def _ambiguous(readings: tuple[Reading | None, Reading | None]) -> bool:
    return any(r is not None and r.ambiguous for r in readings)


def _converted(readings: tuple[Reading | None, Reading | None]) -> bool | None:
    """Whether the quantities are equal; ``None`` where they cannot be compared."""
    one, other = (r.measured if r is not None else None for r in readings)
    if one is None or other is None or one.dimension != other.dimension:
        return None
    return one.value == other.value


def _rounds_with_units(readings: tuple[Reading | None, Reading | None]) -> bool:
    """``46 minutes = 0.77 hours``: equal to within half of the last digit shown."""
    one, other = readings
    assert one is not None and other is not None
    for exact, rough in ((one, other), (other, one)):
        assert exact.measured is not None and rough.measured is not None
        digits = rough.formula.partition(".")[2]
        if rough.operators or not digits.isdigit() or not rough.measured.value:
            continue
        size = rough.measured.value / Fraction(rough.formula) / 10 ** len(digits)
        if abs(exact.measured.value - rough.measured.value) <= size / 2:
            return True
    return False


def apart(one: Value, other: Value) -> Value:
    """The distance of two values, which may be of two kinds."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return abs(one - other)
    return abs(mpf(one) - mpf(other))


def _value(expr: t.Expr) -> Value | None:
    try:
        with mp.workprec(200):
            value = evaluate(expr, {})
    except (NoValue, ValueError, OverflowError, ZeroDivisionError):
        return None
    return value if isinstance(value, Fraction) or real(value) else None


def _same(one: t.Expr, other: t.Expr, values: list[Value | None]) -> bool:
    left, right = values
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    if left is not None and right is not None and apart(left, right) > mp.mpf(10) ** -40:
        bare = [_value(_without_degrees(e)) for e in (one, other)]
        return bare != [left, right] and isinstance(bare[0], Fraction) and bare[0] == bare[1]
    return isinstance(linked(one, other, Link.EQUAL), Proved | Supported)


def _without_degrees(expr: t.Expr) -> t.Expr:
    """``180 - 60 = 120°``: the sign may have been left out on the one side."""
    return t.transform(
        expr, lambda n: n.args[0] if isinstance(n, t.Call) and n.name == "degrees" else n
    )


def _inequality(
    one: t.Expr | None, other: t.Expr | None, sign: str, text: str, *, refutable: bool
) -> Finding:  # fmt: skip
    left, right = (None if e is None else _value(e) for e in (one, other))
    op = RELATIONS.get(sign)
    if left is None or right is None or op is None:
        return undecided("a side has no value that is known here", "有一边的值无法确定")
    exact = isinstance(left, Fraction) and isinstance(right, Fraction)
    if not exact:
        left, right = mpf(left), mpf(right)
    if not exact and apart(left, right) < mp.mpf(10) ** -40:
        return undecided("the sides are too close to tell", "两边过于接近，无法判定")
    true = {
        t.Comparison.LT: left < right, t.Comparison.LE: left <= right, t.Comparison.GT: left > right,
        t.Comparison.GE: left >= right, t.Comparison.NE: left != right, t.Comparison.EQ: left == right,
    }[op]  # fmt: skip
    if true:
        return proved("arithmetic", "the comparison is true", "大小关系成立")
    if not refutable:
        return undecided(
            "false as it was read, but perhaps not claimed", "按字面不成立，但可能并非断言"
        )
    values = (show_value(left), show_value(right))
    return Finding(Refuted(text, *values), Text(WRONG.en, WRONG.zh, (text, *values)))


# rounding --------------------------------------------------------------------------------


def _decimals(literal: t.Expr) -> tuple[Fraction, int] | tuple[None, int]:
    """The size of a literal's last digit, and how many decimals it shows."""
    match literal:
        case t.Number(value, decimals):
            places = decimals or 0
            return (
                (Fraction(1, 10**places), places)
                if decimals or value.denominator == 1
                else (None, 0)
            )
        case t.Neg(arg):
            return _decimals(arg)
        case t.Call("percent", (arg,)):
            size, places = _decimals(arg)
            return (size / 100, places) if size is not None else (None, 0)
        case t.Call("degrees", (arg,)):
            return _decimals(arg)
        case t.Mul((t.Number() as front, t.Number(scale, None))):
            size, places = _decimals(front)
            return (size * scale, places) if size is not None else (None, 0)
    return None, 0


def places_off(value: Value, literal: t.Expr) -> Fraction | None:
    """By how many of its last digits a literal differs from a value (half or less: rounded)."""
    size, _ = _decimals(literal)
    shown_value = _value(literal)
    if size is None or not isinstance(shown_value, Fraction):
        return None
    exact = value if isinstance(value, Fraction) else Fraction(str(mp.nstr(value, 40)))
    return abs(exact - shown_value) / size


def _within(formula: t.Expr, value: Value, wanted: Value) -> bool:
    """Whether the rounding of the decimals (or of pi) in a formula explains the difference."""
    if t.Constant(t.ConstantName.PI) in t.walk(formula):
        for pi in PI_VALUES:
            rough = t.transform(
                formula, lambda n, p=pi: t.rational(p) if n == t.Constant(t.ConstantName.PI) else n
            )  # type: ignore[misc]
            if (found := _value(rough)) is not None and mpf(apart(found, wanted)) <= abs(
                mpf(wanted)
            ) / 10**6:
                return True
    slack: Value = mp.mpf(0)
    for literal in {n for n in t.walk(formula) if isinstance(n, t.Number)}:
        if (literal.decimals or 0) < 2 or (literal.value / CLEAN).denominator == 1:  # noqa: PLR2004
            continue
        half = Fraction(1, 2 * 10 ** (literal.decimals or 0))
        moved = t.transform(
            formula, lambda n, k=literal, h=half: t.rational(k.value + h) if n == k else n
        )  # type: ignore[misc]
        if (found := _value(moved)) is not None:
            slack += mpf(apart(found, value))
    return bool(slack and mpf(apart(value, wanted)) <= slack * 2)
