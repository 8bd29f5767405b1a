"""Sides that are numbers: are they equal, with rounding and units as people write them?

A claim is refuted only where every way to read it is false: the numbers as they stand, with
units converted, and rounded to the digits that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.lines import measuring
from assistant.maths.checking.lines.marks import Finding, linked, proved, undecided
from assistant.maths.checking.lines.rounding import (
    apart,
    decimals,
    places_off,
    rounds_with_units,
    told_apart,
    value_of,
    within,
    without,
)
from assistant.maths.checking.numerics.numeric import Value, mpf
from assistant.maths.reading.claims.formulas import lone_e
from assistant.maths.reading.claims.line import RELATIONS, Claim, Line
from assistant.maths.reading.claims.parted import SIGN_OF
from assistant.maths.reading.claims.sides import Reading
from assistant.maths.reading.claims.tokens import shown
from assistant.maths.reading.claims.voices import supposes
from assistant.maths.reading.claims.words import LEAD, PUT_IN
from assistant.maths.reading.common_logs import has_bare_log
from assistant.maths.showing.plain import plain
from assistant.maths.types import Link, Proved, Refuted, Supported, Text

BASE_TEN = undecided("true for logarithms to base 10", "以 10 为底时成立")
IN_DEGREES = undecided("true for angles in degrees", "以度为单位时成立")
TINY = mp.mpf(10) ** -40
FAR, CLOSE = mp.mpf("0.2"), mp.mpf("0.01")
"""An approximation that is off by more than this part is wrong, however loosely meant; and one
of an exact number that shows two decimals, ``9π ≈ 27.28``."""

HOLDS = proved("arithmetic", "both sides are equal", "两边相等")
COMPARED = proved("arithmetic", "the comparison is true", "大小关系成立")
ROUNDED = proved("rounding", "right when rounded to the digits shown", "按所写位数四舍五入后正确")
CONVERTED = proved("arithmetic with units", "right after converting the units", "换算单位后正确")
NO_VALUE = undecided("a side has no value that is known here", "有一边的值无法确定")
UNITS = undecided("the units are not understood", "未能理解其中的单位")
UNFIT = undecided("the numbers agree, but their units do not", "数值相符，但单位不符")
CUT_OFF = undecided("cut off or rounded in another way", "可能是截断或其他取近似的方式")
NEARLY = undecided("equal within the rounding of the numbers in it", "在所用近似数的误差范围内相等")
ROUGH = undecided("a rough approximation", "粗略的近似")
PER_CENT = undecided("equal but for the per cent sign", "除百分号外两边相等")
SCALE = undecided("perhaps a scale", "可能是比例尺")
TOO_CLOSE = undecided("the sides are too close to tell", "两边过于接近，无法判定")
RUN_ON = undecided(
    "the equals sign is used for “and then”: write two equations",
    "等号被当作“接着算”来用，应分成两个等式",
)
NOT_MEANT = undecided(
    "false as it was read, but the words may mean something else",
    "按字面理解不成立，但文字可能另有含义",
)
WRONG = Text("{0}: the left side is {1}, the right side is {2}", "{0}：左边是 {1}，右边是 {2}")
WRONG_UNITS = Text(
    "{0}: in the same unit the sides are {1} and {2}", "{0}：化成同一单位后两边是 {1} 和 {2}"
)


def numeric(expr: t.Expr | None) -> bool:
    """Whether a side is a number written out."""
    if expr is None or isinstance(
        expr, t.Relation | t.Junction | t.Collection | t.Matrix | t.Interval | t.Truth
    ):
        return False
    return not any(_open(n) for n in t.walk(expr))


def _open(node: t.Expr) -> bool:
    match node:
        case t.Symbol() | t.Constant(t.ConstantName.I | t.ConstantName.INFINITY):
            return True
        case t.Call(name, _):
            return name in ("plusminus", "diff", "integrate", "limit") or len(name) == 1
    return False


def number_findings(claim: Claim, line: Line) -> list[Finding]:
    """A finding for each neighbouring pair of numbers in the chain."""
    match claim.formula:
        case t.Junction(t.Connective.AND, parts) if not t.symbols(claim.formula):
            return [
                Pair(claim, line, (r.left, r.right), (None, None), SIGN_OF[r.op]).finding()
                for r in parts
                if isinstance(r, t.Relation)
            ]
    meant = claim.sure and not (line.denied or supposes(claim.lead)) and set(claim.signs) <= {"="}
    unfit = measuring.unfit(claim.text, claim.name, claim.readings) if meant else None
    return [unfit] if unfit else [pair.finding() for pair in _pairs(claim, line)]


def _pairs(claim: Claim, line: Line) -> Iterator[Pair]:
    """Neighbouring numbers of a chain, and how the signs between them relate the two."""
    readings = _with_units(claim.sides, claim.readings) or (None,) * len(claim.sides)
    places = [n for n in range(len(claim.sides)) if _is_number(claim.sides[n], readings[n])]
    for i, j in pairwise(places):
        between = set(claim.signs[i:j])
        if between <= {"=", "≈"}:
            sign = "≈" if "≈" in between else "="
        elif j == i + 1:
            sign = claim.signs[i]
        else:
            continue
        later = claim.sides[j + 1 :] if claim.signs[j : j + 1] == ("=",) else ()
        yield Pair(
            claim, line, (claim.sides[i], claim.sides[j]), (readings[i], readings[j]), sign,
            goes_on=bool(later),
        )  # fmt: skip


def _with_units(
    sides: tuple[t.Expr | None, ...], readings: tuple[Reading | None, ...]
) -> tuple[Reading | None, ...]:
    """The unit of a result belongs to the calculation before it too: ``2 h = 2 * 60 = 120 min``."""
    found = list(readings)
    for n in range(len(found) - 2, -1, -1):
        one, next_ = found[n], found[n + 1]
        if one is None or next_ is None or one.measured is None or next_.measured is None:
            continue
        values = [None if s is None else value_of(s) for s in sides[n : n + 2]]
        bare = not one.units and not one.measured.dimension and one.operators > 0
        if bare and next_.units and values[0] and values[0] == values[1]:
            found[n] = replace(
                next_, formula=one.formula, guessed=one.guessed or next_.guessed, bare=True
            )
    return tuple(found)


def _is_number(side: t.Expr | None, reading: Reading | None) -> bool:
    return numeric(side) or (reading is not None and reading.measured is not None)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers with a sign between them; ``goes_on``: another side follows."""

    claim: Claim
    line: Line
    sides: tuple[t.Expr | None, t.Expr | None]
    readings: tuple[Reading | None, Reading | None]
    sign: str
    goes_on: bool = False

    def finding(self) -> Finding:
        """The verdict: the numbers, then units, then rounding."""
        one, other = self.sides
        values = tuple(None if e is None else value_of(e) for e in self.sides)
        if self.sign not in ("=", "≈"):
            return self.inequality(*values)
        by_units = self.converted()
        if by_units is not None and len(self.units()) > 1 and not self.ambiguous():
            return CONVERTED if by_units else self.unequal_quantities()
        if one is None or other is None or measuring.of_two_kinds(self.readings):
            return UNITS
        if self.same(one, other, values):
            return UNFIT if measuring.do_not_fit(self.readings) else HOLDS
        if by_units:
            return CONVERTED
        if values[0] is None or values[1] is None:
            return NO_VALUE
        return self.unequal(one, other, values[0], values[1])

    def same(self, one: t.Expr, other: t.Expr, values: tuple[Value | None, ...]) -> bool:
        """Whether the numbers are equal, exactly."""
        left, right = values
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return left == right
        if left is not None and right is not None and apart(left, right) > TINY:
            bare = [value_of(without(e, "degrees")) for e in (one, other)]
            return bare != [left, right] and isinstance(bare[0], Fraction) and bare[0] == bare[1]
        return isinstance(linked(one, other, Link.EQUAL), Proved | Supported)

    def unequal(self, one: t.Expr, other: t.Expr, left: Value, right: Value) -> Finding:
        """The values differ: rounded, nearly, or wrong."""
        loose = self.line.rounded or self.sign == "≈"
        told = bool(self.claim.readings) or (self.line.bare and self.line.wordy)
        lenient = loose or told  # in a word problem 7/2 = 4 boxes
        for n, value, literal, formula in ((1, left, other, one), (0, right, one, other)):
            gap, places = self.off(n, value, literal)
            if gap is not None and gap <= Fraction(1, 2) and (loose or places):
                return ROUNDED
            if gap is not None and gap < 1 and (places or lenient):
                return CUT_OFF
            if within(formula, value, right if formula is one else left):
                return NEARLY
        off = mpf(apart(left, right)) / max(abs(mpf(left)), abs(mpf(right)))
        if self.sign == "≈" and off <= (CLOSE if self.is_precise() else FAR):
            return ROUGH
        if value_of(without(one, "percent")) == value_of(without(other, "percent")):
            return PER_CENT
        if len(self.units()) > 1 or (self.units() and self.ambiguous()):
            return UNITS
        if measuring.may_convert(self.readings):
            return UNITS
        if self.runs_on(other, left):
            return RUN_ON
        if has_bare_log(self.claim.text) and self.holds_with(common_log):
            return BASE_TEN
        if self.holds_with(in_degrees):
            return IN_DEGREES
        if not self.refutable():
            return NOT_MEANT
        return self.refuted(told_apart(left, right))

    def is_precise(self) -> bool:
        """Whether two decimals are claimed of a number that is written exactly."""
        places = [
            [n.decimals or 0 for n in t.walk(side) if isinstance(n, t.Number)]
            for side in self.sides
            if side is not None
        ]
        return any(max(p, default=0) >= 2 for p in places) and any(
            max(p, default=0) == 0 for p in places
        )

    def holds_with(self, change: Callable[[t.Expr], t.Expr]) -> bool:
        """Whether the sides agree when a function is meant in another way."""
        one, other = self.sides
        assert one is not None
        assert other is not None
        sides = (t.transform(one, change), t.transform(other, change))
        if sides == self.sides:
            return False
        claim = replace(self.claim, text="")
        again = Pair(claim, self.line, sides, self.readings, self.sign).finding()
        return not isinstance(again.verdict, Refuted)

    def off(self, n: int, value: Value, literal: t.Expr) -> tuple[Fraction | None, int]:
        """``places_off`` and the decimals shown; of ``3.33 million`` those of the 3.33."""
        reading = self.readings[n]
        if reading is not None and reading.operators == 0 and isinstance(literal, t.Mul):
            literal, scale = literal.factors
            by = value_of(scale)
            value = value / by if by else value
        return places_off(value, literal), decimals(literal)[1]

    def refuted(self, values: tuple[str, str]) -> Finding:
        """Wrong, with both values."""
        one, other = self.sides
        op = t.Comparison.EQ if self.sign == "≈" else RELATIONS[self.sign]
        assert one is not None
        assert other is not None
        formula = t.Relation(op, one, other)
        why = Text(WRONG.en, WRONG.zh, (formula, *values))
        return Finding(Refuted(plain(formula), *values), why)

    def unequal_quantities(self) -> Finding:
        """Quantities of one kind that differ: rounded, the scale of a map, or wrong."""
        one, other = self.readings
        assert one is not None
        assert other is not None
        assert one.measured is not None
        assert other.measured is not None
        if rounds_with_units(one, other):
            return ROUNDED
        lone = one.operators == other.operators == 0
        lengths = one.measured.dimension == (("length", 1),)
        if lone and lengths and one.measured.value < other.measured.value:
            return SCALE  # 1 inch = 10 miles
        if not self.refutable():
            return NOT_MEANT
        ratio = one.measured.value / other.measured.value if other.measured.value else Fraction(0)
        if measuring.converts(self.sides, ratio):
            return UNITS
        text = shown(self.claim.text)
        unit = measuring.unit_of(other, self.sides[1])
        values = told_apart(one.measured.value / unit, other.measured.value / unit)
        return Finding(
            Refuted(text, *values), Text(WRONG_UNITS.en, WRONG_UNITS.zh, (text, *values))
        )

    def inequality(self, left: Value | None, right: Value | None) -> Finding:
        """``3 < 5``."""
        op = RELATIONS.get(self.sign)
        if left is None or right is None or op is None:
            return NO_VALUE
        if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
            if apart(left, right) < TINY:
                return TOO_CLOSE
            left, right = mpf(left), mpf(right)
        true = {
            t.Comparison.LT: left < right, t.Comparison.LE: left <= right,
            t.Comparison.GT: left > right, t.Comparison.GE: left >= right,
            t.Comparison.NE: left != right, t.Comparison.EQ: left == right,
        }[op]  # fmt: skip
        if true:
            return COMPARED
        return self.refuted(told_apart(left, right)) if self.refutable() else NOT_MEANT

    def refutable(self) -> bool:
        """Whether the line means what its formulas say: not denied, nothing guessed, and in
        prose a calculation (of a list ``3, 5 = 5`` only the end may have been read)."""
        if self.line.denied or not self.claim.sure or supposes(self.claim.lead):
            return False
        if any(map(_percent_off, self.sides)):
            return False
        if len(self.claim.sides) == 2 and self.tries():
            return False  # what a value gives, written down to see whether it is true
        if any(side is not None and lone_e(side) for side in self.sides):
            return False
        one, other = self.readings
        if one is None or other is None:
            return True
        if one.guessed or other.guessed:
            return False
        return one.operators + other.operators > 0 or len(self.units()) > 1

    def tries(self) -> bool:
        """Whether a value is put in on this line, or was on the line before and is a part of
        this calculation."""
        line = self.line
        if any(is_tried(c, line) for c in line.claims if c is not self.claim):
            return True
        return any(n in line.tried for side in self.sides if side is not None for n in t.walk(side))

    def runs_on(self, other: t.Expr, left: Value) -> bool:
        """``3 + 4 = 7 + 5 = 12``: a calculation that goes on from its result."""
        first = other
        while isinstance(first, t.Add | t.Mul | t.Div):
            first = t.children(first)[0]
        return self.goes_on and first is not other and value_of(first) == left

    def converted(self) -> bool | None:
        """Whether the quantities are equal; ``None`` where they cannot be compared."""
        one, other = (r.measured if r is not None else None for r in self.readings)
        if one is None or other is None or one.dimension != other.dimension:
            return None
        return one.value == other.value

    def units(self) -> frozenset[str]:
        """The units that are known here."""
        return frozenset(u for r in self.readings if r is not None for u in r.units)

    def ambiguous(self) -> bool:
        """Whether a unit may be another one."""
        return any(r is not None and r.ambiguous for r in self.readings)


def is_tried(claim: Claim, line: Line) -> bool:
    """Whether a claim is a value that is put in for a letter."""
    match claim.sides:
        case (t.Symbol(), value) if claim.signs == ("=",) and numeric(value):
            return line.tested or PUT_IN.search(" ".join(claim.lead.split())[-LEAD:]) is not None
    return False


def common_log(node: t.Expr) -> t.Expr:
    """``log`` as the common logarithm."""
    match node:
        case t.Call("ln", (x,)):
            return t.Call("log", (x, t.integer(10)))
    return node


def in_degrees(node: t.Expr) -> t.Expr:
    """``cos 60`` with the sign of degrees left out."""
    match node:
        case t.Call("sin" | "cos" | "tan" as name, (x,)) if not {
            n.name for n in t.walk(x) if isinstance(n, t.Call | t.Constant)
        } & {"degrees", t.ConstantName.PI}:
            return t.Call(name, (t.Call("degrees", (x,)),))
    return node


def _percent_off(side: t.Expr | None) -> bool:
    """``50 - 20%`` may mean 20 per cent of the 50."""
    for node in t.walk(side) if side is not None else ():
        if isinstance(node, t.Add):
            bare = [p.arg if isinstance(p, t.Neg) else p for p in node.terms]
            kinds = [isinstance(p, t.Call) and p.name == "percent" for p in bare]
            if any(kinds[1:]) and not kinds[0] and bare[0] != t.integer(1):
                return True
    return False
