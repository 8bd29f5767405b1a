"""``ln(1 + x) < x`` for x > 0: the sign of a smooth function on an interval, by its derivatives.

Where the derivative has one sign and is not zero throughout, an analytic function is strictly
monotone, so that it lies beyond its limit at one end.  Where it has not, the interval is cut at
zeros of the derivative.  The sign of a derivative is found in the same way, factor by factor,
down to what is positive by its form.  Nothing is taken from numbers but where to try.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.asymptotics.limits import DoesNotExist, approach, exact_limit
from assistant.maths.checking.asymptotics.scales import Oscillates, Unknown
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.checking.logic.statements import SHARE, YES, Claim, conjuncts
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.numerics.constants import truth
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.types import Proved, Verdict

INFINITY = t.Constant(t.ConstantName.INFINITY)
DEPTH = 7
CUTS = 3
LARGEST = 120
"""Operations in a formula that is worth deriving."""
ROOTS = ("root", "sqrt")
MARGIN = sp.Float("1e-9")
SMOOTH = (sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.atan, sp.sinh, sp.cosh, sp.tanh)
USUAL = (sp.S.Zero, sp.S.One, sp.S.NegativeOne, sp.E, 1 / sp.E, sp.Integer(2))
PLACES = tuple(sp.Rational(n, 16) for n in (1, 3, 5, 8, 11, 13, 15))


@dataclass(frozen=True, slots=True)
class Stretch:
    """An open interval of the variable ``x``."""

    x: sp.Symbol
    low: sp.Expr
    high: sp.Expr
    deadline: Deadline

    def points(self) -> list[sp.Expr]:
        """Some numbers inside."""
        if self.low.is_finite and self.high.is_finite:
            return [self.low + (self.high - self.low) * p for p in PLACES]
        spread = [p / (1 - p) for p in PLACES]
        if self.low.is_finite:
            return [self.low + s for s in spread]
        if self.high.is_finite:
            return [self.high - s for s in spread]
        return [-s for s in spread] + spread

    def pieces(self, cuts: list[sp.Expr]) -> list[Stretch]:
        """The open intervals between the cuts."""
        ends = [self.low, *cuts, self.high]
        return [Stretch(self.x, a, b, self.deadline) for a, b in pairwise(ends)]


def sign_on(value: sp.Expr, where: Stretch, depth: int = DEPTH) -> int | None:
    """2: positive on the open interval, 1: not negative; -2, -1 likewise; else ``None``.

    The function is to be analytic there (``analytic``).
    """
    where.deadline.check()
    guess = _guess(value, where)
    if guess is None or depth <= 0 or sp.count_ops(value) > LARGEST:
        return None
    if guess < 0:
        found = sign_on(-value, where, depth)
        return None if found is None else -found
    if (rank := _by_form(value, where)) is not None:
        return rank
    factors = sp.Mul.make_args(sp.factor(sp.together(value)))
    moving = [factor for factor in factors if factor.has(where.x)]
    if not moving:
        return _number(sp.Mul(*factors), where.deadline)
    power = moving[0].as_base_exp()[1]
    if len(moving) > 1 or (power.is_Integer and power not in (1, -1)):
        return _product(factors, where, depth)
    return _by_slope(value, where, depth)


def _guess(value: sp.Expr, where: Stretch) -> int | None:
    """The sign at some points, to know what to look for."""
    signs = set()
    for point in where.points():
        number = sp.N(value.subs(where.x, point), 20)
        if not number.is_real:
            return None
        if abs(number) > sp.Float("1e-15"):
            signs.add(1 if number > 0 else -1)
    if len(signs) > 1:
        return None
    return signs.pop() if signs else 1


def _by_form(value: sp.Expr, where: Stretch) -> int | None:
    """A number, a sum of positive parts counted from an end, a wave that its constant outweighs."""
    if not value.has(where.x):
        return _number(value, where.deadline)
    shift = sp.Symbol("shift", positive=True)
    if where.low.is_finite:
        moved = value.subs(where.x, where.low + shift)
    elif where.high.is_finite:
        moved = value.subs(where.x, where.high - shift)
    else:
        moved = value.subs(where.x, sp.Symbol("shift", real=True))
    for form in (moved, sp.expand(moved)):
        if form.is_positive:
            return 2
        if form.is_nonnegative:
            return 1
    return _wave(value, where) or _arc(value, where)


def _arc(value: sp.Expr, where: Stretch) -> int | None:
    """``sin(x)`` between two neighbouring zeros: the sign that it has in the middle."""
    wave = value.as_independent(where.x, as_Add=False)[1]
    if not isinstance(wave, sp.sin | sp.cos) or not (where.low.is_finite and where.high.is_finite):
        return None
    angle = sp.expand(wave.args[0] + (sp.pi / 2 if isinstance(wave, sp.cos) else 0))
    middle = sp.N(value.subs(where.x, (where.low + where.high) / 2), 20)
    if not angle.is_polynomial(where.x) or sp.degree(angle, where.x) != 1 or middle < MARGIN:
        return None
    turns = [angle.subs(where.x, end) / sp.pi for end in (where.low, where.high)]
    least = sp.floor(sp.N(sp.Add(*turns) / 2))
    room = [gap for turn in turns for gap in (turn - least, least + 1 - turn)]
    return 2 if all(_number(gap, where.deadline) for gap in room) else None


def _number(value: sp.Expr, deadline: Deadline) -> int | None:
    """The sign of a number, exactly."""
    shown = from_sympy(value)
    for op, rank in ((t.Comparison.GT, 2), (t.Comparison.GE, 1)):
        if truth(t.Relation(op, shown, t.integer(0)), deadline):
            return rank
    return None


def _wave(value: sp.Expr, where: Stretch) -> int | None:
    """``2 + sin x``, ``1 - cos x``: the constant against the sizes of the waves."""
    constant, size = sp.S.Zero, sp.S.Zero
    for term in sp.Add.make_args(sp.expand(value)):
        factor, rest = term.as_independent(where.x, as_Add=False)
        if not rest.has(where.x):
            constant += term
        elif (
            isinstance(rest.as_base_exp()[0], sp.sin | sp.cos) and rest.as_base_exp()[1].is_Integer
        ):
            if not rest.as_base_exp()[1].is_positive:
                return None
            size += sp.Abs(factor)
        else:
            return None
    return _number(constant - size, where.deadline) if size != 0 else None


def _product(factors: tuple[sp.Expr, ...], where: Stretch, depth: int) -> int | None:
    """Each factor has a sign; an even power has one whatever its base."""
    sign, rank = 1, 2
    for factor in factors:
        base, exponent = factor.as_base_exp()
        if not exponent.is_Integer:
            base, exponent = factor, sp.S.One
        found = sign_on(base, where, depth)
        if exponent.is_even:
            found = 2 if exponent.is_negative else abs(found or 1)
        if found is None:
            return None
        sign, rank = sign * (1 if found > 0 else -1), min(rank, abs(found))
    return sign * rank


def _by_slope(value: sp.Expr, where: Stretch, depth: int) -> int | None:
    """Above its limit at the end from which it rises; in pieces between zeros of the slope."""
    slope = sp.factor(sp.together(sp.diff(value, where.x)))
    if all(abs(sp.N(slope.subs(where.x, p), 20)) < MARGIN for p in where.points()):
        return None  # it might be zero throughout
    rises = sign_on(slope, where, depth - 1)
    if rises is not None:
        end = _limit(value, where, low=rises > 0)
        if end is None:
            return None
        return 2 if end == sp.oo or (end.is_finite and _number(end, where.deadline)) else None
    cuts = _cuts(slope, where)
    if not cuts:
        return None
    ranks = [sign_on(value, piece, depth - 1) for piece in where.pieces(cuts)]
    at_cuts = [_number(value.subs(where.x, c), where.deadline) for c in cuts]
    found = [rank for rank in (*ranks, *at_cuts) if rank is not None and rank > 0]
    return min(found) if len(found) == len(ranks) + len(cuts) else None


def _cuts(slope: sp.Expr, where: Stretch) -> list[sp.Expr]:
    """Zeros of the slope inside, those that are found: any number may be a cut."""
    found: set[sp.Expr] = set()
    for factor in sp.Mul.make_args(sp.numer(slope)):
        solutions = [c for c in USUAL if factor.subs(where.x, c) == 0]
        if factor.has(where.x) and _one_kind(factor, where.x):
            with suppress(NotImplementedError):
                solutions += sp.solve(factor, where.x)
        found |= {s for s in solutions if s.is_real and _inside(s, where)}
    return sorted(found, key=sp.N)[:CUTS]


def _one_kind(factor: sp.Expr, x: sp.Symbol) -> bool:
    """A polynomial in x, or in one function of it: others are not solved, and cost much time."""
    parts = [f for f in factor.atoms(sp.Function) if f.has(x)]
    parts += [p for p in factor.atoms(sp.Pow) if p.exp.has(x) or not p.exp.is_Integer]
    return not parts or (len(parts) == 1 and not factor.subs(parts[0], sp.Dummy()).has(x))


def _inside(place: sp.Expr, where: Stretch) -> bool:
    low = place - where.low if where.low.is_finite else sp.oo
    high = where.high - place if where.high.is_finite else sp.oo
    return bool(low.is_extended_positive and high.is_extended_positive)


def _limit(value: sp.Expr, where: Stretch, *, low: bool) -> sp.Expr | None:
    """The limit at an end from inside: the value there where it is continuous."""
    end = where.low if low else where.high
    if end.is_finite:
        here = value.subs(where.x, end)
        if here.is_real and here.is_finite and not here.has(sp.AccumBounds):
            return here
    try:
        point = from_sympy(end)
        way = approach(from_sympy(value), where.x.name, point, "+" if low else "-")
        return exact_limit(way)
    except (DoesNotExist, Unknown, Oscillates, NotConvertible):
        return None


def analytic(expr: t.Expr, where: Stretch) -> bool:
    """Whether a formula is surely analytic on the open interval: everything under a root or a
    logarithm is positive there, and no denominator is zero."""
    name = where.x.name
    if not all(_known(node, where.x) for node in sp.preorder_traversal(to_sympy(expr, real=True))):
        return False
    inner = [c.left for c in guards(expr) if isinstance(c, t.Relation)]
    roots = (n.args[0] for n in t.walk(expr) if isinstance(n, t.Call) and n.name in ROOTS)
    inner += [r for r in roots if name in t.symbols(r)]
    signs = {e: sign_on(to_sympy(e, real=True), where) for e in (*inner, *poles(expr))}
    return all(signs[e] == 2 for e in inner) and all(s in (2, -2) for s in signs.values())


def _known(node: sp.Basic, x: sp.Symbol) -> bool:
    """Whether a part of a formula is of a kind whose analyticity is known here."""
    if isinstance(node, sp.Pow) and node.base.has(x):
        return not node.exp.has(x)
    usual = isinstance(node, sp.Add | sp.Mul | sp.Pow | sp.Number | sp.NumberSymbol)
    return usual or node == x or node.func in SMOOTH


def relation_holds(statement: t.Relation, name: str, span: tuple[t.Interval, Deadline]) -> bool:
    """Whether an inequality surely holds at every number of the interval."""
    interval, deadline = span
    ends = [to_sympy(e, real=True) for e in (interval.low, interval.high)]
    where = Stretch(sp.Symbol(name, real=True), ends[0], ends[1], deadline)
    match statement.op:
        case t.Comparison.GT | t.Comparison.GE:
            gap = t.sub(statement.left, statement.right)
        case t.Comparison.LT | t.Comparison.LE:
            gap = t.sub(statement.right, statement.left)
        case _:
            return False
    least = 2 if statement.op in (t.Comparison.GT, t.Comparison.LT) else 1
    if not (ends[1] - ends[0]).is_extended_positive or not analytic(gap, where):
        return False
    found = sign_on(to_sympy(gap, real=True), where)
    if found is None or found < least:
        return False
    closed = ((interval.low, interval.low_open), (interval.high, interval.high_open))
    return all(
        is_open or truth(t.substitute(statement, name, end), deadline) is True
        for end, is_open in closed
    )


def by_rise(claim: Claim) -> Verdict | None:
    """Inequalities that hold on an interval, or just on the part of it that is claimed."""
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    if len(names) != 1 or not claim.both_ways:
        return None
    (name,) = names
    before, after = conjuncts(claim.before), conjuncts(claim.after)
    shared = [c for c in after if c in before]
    span = _interval([*claim.given, *shared], name)
    asked = [c for c in before if c not in shared and c != YES]
    part = [c for c in after if c not in shared and c != YES]
    if span is None or not asked or len(part) > 1:
        return None
    try:
        with alarm(claim.deadline.left * SHARE):
            pieces = [(span, True)] if not part else _parted(span, part[0], name)
            holds = pieces and all(
                _all_hold(asked if inside else [opposite(a) for a in asked], name, (piece, claim))
                for piece, inside in pieces
            )
    except (NotConvertible, NoValue, OutOfTime):
        return None
    return Proved("monotone by its derivative") if holds else None


def _all_hold(asked: list[t.Expr], name: str, where: tuple[t.Interval, Claim]) -> bool:
    interval, claim = where
    return all(
        isinstance(a, t.Relation) and relation_holds(a, name, (interval, claim.deadline))
        for a in asked
    )


OPPOSITES = {
    t.Comparison.GT: t.Comparison.LE,
    t.Comparison.GE: t.Comparison.LT,
    t.Comparison.LT: t.Comparison.GE,
    t.Comparison.LE: t.Comparison.GT,
}


def opposite(statement: t.Expr) -> t.Expr:
    """The relation that holds where a relation of defined sides does not."""
    match statement:
        case t.Relation(op, left, right) if op in OPPOSITES:
            return t.Relation(OPPOSITES[op], left, right)
    return t.Call("not", (statement,))


def _bound(condition: t.Expr, name: str) -> tuple[t.Comparison, t.Expr] | None:
    """``x > c`` as its sign and c."""
    match condition:
        case t.Relation(op, t.Symbol(left), value) if left == name and not t.symbols(value):
            return op, value
        case t.Relation(op, value, t.Symbol(right)) if right == name and not t.symbols(value):
            return TURNED.get(op, op), value
    return None


TURNED = {
    t.Comparison.GT: t.Comparison.LT,
    t.Comparison.GE: t.Comparison.LE,
    t.Comparison.LT: t.Comparison.GT,
    t.Comparison.LE: t.Comparison.GE,
}


def _interval(conditions: list[t.Expr], name: str) -> t.Interval | None:
    """The interval that conditions leave: at most one bound on each side."""
    ends: dict[bool, tuple[t.Expr, bool]] = {}
    for condition in conditions:
        found = _bound(condition, name)
        if condition == YES:
            continue
        if found is None or found[0] not in TURNED:
            return None
        low = found[0] in (t.Comparison.GT, t.Comparison.GE)
        is_open = found[0] in (t.Comparison.GT, t.Comparison.LT)
        if low in ends and ends[low] != (found[1], is_open):
            return None
        ends[low] = found[1], is_open
    low_end, low_open = ends.get(True, (t.Neg(INFINITY), True))
    high_end, high_open = ends.get(False, (INFINITY, True))
    return t.Interval(low_end, high_end, low_open, high_open)


def _parted(span: t.Interval, part: t.Expr, name: str) -> list[tuple[t.Interval, bool]] | None:
    """The two pieces of an interval at the bound that is claimed: is it inside there?"""
    found = _bound(part, name)
    if found is None or found[0] not in TURNED:
        return None
    op, place = found
    here = op in (t.Comparison.GE, t.Comparison.LE)
    above = op in (t.Comparison.GT, t.Comparison.GE)
    low = t.Interval(span.low, place, span.low_open, here is above)
    high = t.Interval(place, span.high, here is not above, span.high_open)
    return [(low, not above), (high, above)]
