"""``sin x > 1/2``: statements of sines and cosines, decided on every arc of a turn.

In ``t = tan(u/2)`` a trigonometric relation is algebraic, so its truth changes only at places
that are known exactly, and repeats with the period.  Beside bounds of the bare unknown
(``0 <= x <= 2*pi``) the line is cut at all these places and at the bounds: the truth of a
statement is the same all over each piece.  Two places are the same only where that is proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.logic.cells import Cell, NotAlgebraic, truth_table
from assistant.maths.checking.logic.domains import poles
from assistant.maths.checking.logic.half_angle import BITS, LETTER, PI, HalfAngle
from assistant.maths.checking.logic.periodic import NEAR, Family, family_of
from assistant.maths.checking.logic.statements import SHARE, Claim, all_of, any_of, is_set, word
from assistant.maths.checking.numerics.algebraic import RealRoot, exact_holds, turn_part
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.numerics.constants import truth
from assistant.maths.checking.numerics.numeric import NoValue, Value, evaluate, mpf
from assistant.maths.checking.numerics.sampling import show_value
from assistant.maths.types import Doubt, Link, Proved, Refuted, Undecided, Verdict

MAX_TURNS = 60
TURN = "exact on every arc of a turn"
ZERO = t.integer(0)


def by_turns(claim: Claim) -> Verdict | None:
    """Relations of trigonometric functions of the one unknown, and bounds of it."""
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    if len(names) != 1 or claim.given:
        return None
    try:
        with alarm(claim.deadline.left * SHARE):
            pieces = Pieces(names.pop(), (claim.before, claim.after), claim.deadline)
            return _compared(claim, pieces)
    except (NotAlgebraic, NoValue, OutOfTime):
        return None


def _compared(claim: Claim, pieces: Pieces) -> Verdict:
    with mp.workprec(BITS):
        for place in pieces.places():
            one, other = (pieces.holds(s, place) for s in (claim.before, claim.after))
            if one != other and (one or claim.both_ways):
                return Refuted(f"{pieces.name} = {place.shown}", word(one), word(other))
    return Proved(TURN)


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the line (``order`` is whole), or all that lies between it and the next.

    ``arc`` tells how far round the turn it is, in the same way.
    """

    order: Fraction
    arc: Fraction
    shown: str


class Wheel:
    """The truth of trigonometric relations on every arc of one period."""

    def __init__(self, relations: tuple[t.Relation, ...], name: str) -> None:
        whole = all_of(list(relations))
        half = HalfAngle(whole, name)
        if half.stretch < 0:
            raise NotAlgebraic("orientation")
        self.period = 2 * half.stretch
        table = truth_table([half(r) for r in relations], LETTER.name)
        across = t.mul(t.rational(half.stretch), PI)
        turned = [exact_holds(t.substitute(r, name, across)) for r in relations]
        found: list[tuple[Value, Cell | None, list[bool], list[bool]]] = [
            (mpf(half.stretch) * mp.pi, None, turned, table[0][1])
        ]
        for n in range(1, len(table), 2):
            cell, here = table[n]
            u = 2 * mp.atan(mpf(cell.value() if isinstance(cell, RealRoot) else cell))
            u = u if u >= 0 else u + 2 * mp.pi
            found.append((u * mpf(half.stretch), cell, here, table[n + 1][1]))
        found.sort(key=lambda f: f[0])
        self.values = [value for value, _, _, _ in found]
        self.cells = [cell for _, cell, _, _ in found]
        """The tangent of half the angle at each of the places; ``None`` for half a turn."""
        self.truths = {
            r: [truth for _, _, here, behind in found for truth in (here[n], behind[n])]
            for n, r in enumerate(relations)
        }
        zeros = (z for r in relations for z in (t.sub(r.left, r.right), *poles(r)))
        self.zeros = [form for z in zeros for form in _opened(z)]
        """Formulas that are zero at places of the wheel alone, unless everywhere."""

    def holds(self, relation: t.Relation, arc: Fraction) -> bool:
        """The truth at a place (whole ``arc``), or between it and the next."""
        return self.truths[relation][int(2 * arc)]

    def is_at(self, part: Fraction, number: int) -> bool:
        """Whether so many pi are exactly the place with that number, to which they are near."""
        tangent, cell = part / self.period, self.cells[number]
        if tangent % 1 == Fraction(1, 2) or cell is None:
            return tangent % 1 == Fraction(1, 2) and cell is None
        value = t.Call("tan", (t.mul(t.rational(tangent % 1), PI),))
        if isinstance(cell, Fraction):
            return exact_holds(t.equation(value, t.rational(cell)))
        powers = [t.Pow(value, t.integer(n)) for n in range(len(cell.poly) - 1, 0, -1)]
        terms = [t.mul(t.integer(c), p) for c, p in zip(cell.poly, powers, strict=False) if c]
        return exact_holds(t.equation(t.add(*terms, t.integer(cell.poly[-1])), ZERO))


def _opened(zero: t.Expr) -> Iterator[t.Expr]:
    """A formula without its bars, for every choice of signs: places of the wheel are the zeros
    of each of these."""
    bar = next((n for n in t.walk(zero) if isinstance(n, t.Call) and n.name == "abs"), None)
    if bar is None:
        yield zero
        return
    for inside in (bar.args[0], t.Neg(bar.args[0])):
        yield from _opened(t.transform(zero, lambda n, put=inside: put if n == bar else n))  # type: ignore[misc]


class Pieces:
    """The line cut at the places of the wheel and at the bounds of the unknown."""

    def __init__(self, name: str, statements: tuple[t.Expr, ...], deadline: Deadline) -> None:
        self.name, self.deadline = name, deadline
        self.relations: list[t.Relation] = []
        self.constants: dict[t.Expr, Value] = {}
        with mp.workprec(BITS):
            for statement in statements:
                self._collect(statement)
            if not self.relations:
                raise NotAlgebraic("no angle")
            self.wheel = Wheel(tuple(dict.fromkeys(self.relations)), name)
        self.orders: dict[t.Expr, Fraction] = {}

    def _collect(self, statement: t.Expr) -> None:
        match statement:
            case t.Truth():
                return
            case t.Junction(_, args) | t.Call("not", args):
                for arg in args:
                    self._collect(arg)
            case t.Relation() if (bound := self.bound(statement)) is not None:
                self.constants[bound] = mpf(evaluate(bound, {}, bits=BITS))
            case t.Relation():
                self.relations.append(statement)
            case _:
                raise NotAlgebraic("no statement")

    def bound(self, relation: t.Relation) -> t.Expr | None:
        """The constant with which the bare unknown is compared."""
        for one, other in ((relation.left, relation.right), (relation.right, relation.left)):
            if one == t.Symbol(self.name) and not t.symbols(other):
                return other
        return None

    def places(self) -> Iterator[Place]:
        """Every point at which something may change and every piece between two of them, from
        a whole turn before the first bound to a whole turn behind the last."""
        groups = self._groups()
        for order, (_, constants, _) in enumerate(groups):
            for constant in constants:
                self.orders[constant] = Fraction(order)
        half, arc = Fraction(1, 2), Fraction(0)
        for order, (value, _, turn) in enumerate(groups[:-1]):
            arc = Fraction(turn) if turn is not None else arc.__floor__() + half
            yield Place(Fraction(order), arc, show_value(value))
            arc = arc.__floor__() + half
            yield Place(order + half, arc, _between(value, groups[order + 1][0]))

    def _groups(self) -> list[tuple[Value, list[t.Expr], int | None]]:
        """Places in rising order, each with the bounds that are the same number, and its number
        on the wheel.  The first is one of the wheel."""
        turn = mpf(self.wheel.period) * mp.pi
        known = list(self.constants.values())
        first = int(mp.floor(min(known, default=mp.mpf(0)) / turn)) - 2
        last = int(mp.ceil(max(known, default=mp.mpf(0)) / turn)) + 2
        if last - first > MAX_TURNS:
            raise NotAlgebraic("turns")
        marks: list[tuple[Value, t.Expr | int]] = [
            (value + n * turn, place)
            for n in range(first, last)
            for place, value in enumerate(self.wheel.values)
        ]
        marks += [(value, constant) for constant, value in self.constants.items()]
        marks.sort(key=lambda m: m[0])
        groups: list[tuple[Value, list[t.Expr], int | None]] = []
        for value, mark in marks:
            near = bool(groups) and value - groups[-1][0] < NEAR
            if not near:
                groups.append((value, *self._lone(mark)))
                continue
            place, constants, number = groups[-1]
            groups[-1] = (place, *self._joined(constants, number, mark))
        return groups

    @staticmethod
    def _lone(mark: t.Expr | int) -> tuple[list[t.Expr], int | None]:
        return ([], mark) if isinstance(mark, int) else ([mark], None)

    def _joined(
        self, constants: list[t.Expr], number: int | None, mark: t.Expr | int
    ) -> tuple[list[t.Expr], int | None]:
        """A mark that is surely at the same place.  Raises ``NotAlgebraic``."""
        if isinstance(mark, int):
            if number is not None or not all(self._on_wheel(c, mark) for c in constants):
                raise NotAlgebraic("places too near")
            return constants, mark
        same = [truth(t.equation(c, mark), self.deadline) for c in constants]
        if not all(same) or (number is not None and not self._on_wheel(mark, number)):
            raise NotAlgebraic("places too near")
        return [*constants, mark], number

    def _on_wheel(self, constant: t.Expr, number: int) -> bool:
        """Whether the constant is exactly that place of the wheel, to which it is so near that no
        other is meant: a part of a turn, or a zero of a difference of sides or of a denominator."""
        if (part := turn_part(constant)) is not None:
            return self.wheel.is_at(part, number)
        return any(self._vanishes(zero, constant) for zero in self.wheel.zeros)

    def _vanishes(self, zero: t.Expr, constant: t.Expr) -> bool:
        """Whether a formula that is not zero everywhere is zero at the constant."""
        here, elsewhere = (
            truth(t.equation(t.substitute(zero, self.name, value), ZERO), self.deadline)
            for value in (constant, t.rational(Fraction(3, 7)))
        )
        return here is True and elsewhere is False

    def holds(self, statement: t.Expr, place: Place) -> bool:
        """The truth of a statement at a point or all over a piece."""
        match statement:
            case t.Truth(value):
                return value
            case t.Junction(op, args):
                parts = (self.holds(a, place) for a in args)
                return all(parts) if op is t.Connective.AND else any(parts)
            case t.Call("not", (inner,)):
                return not self.holds(inner, place)
            case t.Relation(op, left, _):
                bound = self.bound(statement)
                if bound is None:
                    return self.wheel.holds(statement, place.arc)
                gap = place.order - self.orders[bound]
                return _sign_holds(op, gap if left == t.Symbol(self.name) else -gap)
        raise NotAlgebraic("no statement")


def _sign_holds(op: t.Comparison, gap: Fraction) -> bool:
    match op:
        case t.Comparison.EQ:
            return gap == 0
        case t.Comparison.NE:
            return gap != 0
        case t.Comparison.LT:
            return gap < 0
        case t.Comparison.LE:
            return gap <= 0
        case t.Comparison.GT:
            return gap > 0
        case t.Comparison.GE:
            return gap >= 0


def _between(low: Value, high: Value) -> str:
    """A short number strictly between two places."""
    middle = (low + high) / 2
    for size in (1, 2, 10, 1000, 10**6):
        near = Fraction(int(mp.nint(middle * size)), size)
        if low < mpf(near) < high:
            return show_value(near)
    return show_value(middle)


# families of intervals -----------------------------------------------------------------------


def has_arcs(expr: t.Expr) -> bool:
    """Whether a set of intervals, one for each whole number k, occurs."""
    return any(
        isinstance(n, t.Call) and n.name == "imageset" and isinstance(n.args[0], t.Interval)
        for n in t.walk(expr)
    )


def check_arcs(
    before: t.Expr, after: t.Expr, names: tuple[str, ...], deadline: Deadline, link: Link
) -> Verdict:
    """A statement that repeats, and the intervals in which it holds: compared in one period."""
    found = set(names or ("x",))
    unknown = Undecided(Doubt.NO_METHOD, "families")
    if len(found) != 1:
        return unknown
    name = found.pop()
    try:
        sides = [_arcs(s) if is_set(s) else s for s in (before, after)]
        steps = [p for s in sides for p in _periods(s, name, deadline)]
        period = Fraction(lcm(*(p.numerator for p in steps)), gcd(*(p.denominator for p in steps)))
        x, end = t.Symbol(name), t.mul(t.rational(period), PI)
        window = [t.Relation(t.Comparison.LE, ZERO, x), t.Relation(t.Comparison.LT, x, end)]
        parts = [_unrolled(s, x, period) if isinstance(s, list) else s for s in sides]
        one, other = (all_of([p, *window]) for p in parts)
        claim = Claim(one, other, (name,), (), link is not Link.IMPLIES, deadline)
        return _compared(claim, Pieces(name, (one, other), deadline))
    except (NotAlgebraic, NoValue, NotConvertible):
        return unknown


@dataclass(frozen=True, slots=True)
class Arc:
    """``start + n*step`` for all whole n, up to ``width`` more; ``None`` for a point."""

    start: Family
    span: t.Interval | None


def _arcs(members: t.Expr) -> list[Arc]:
    """The families of intervals and points of a set.  Raises ``NotAlgebraic``."""
    match members:
        case t.Call("union", args):
            return [a for part in args for a in _arcs(part)]
        case t.Call("imageset", (t.Interval(low, high) as span, t.Symbol(index))):
            start = family_of(low, index)
            width = to_sympy(t.sub(high, low)).expand()
            if start is None or index in {s.name for s in width.free_symbols}:
                raise NotAlgebraic("families")
            left, right = (t.substitute(e, index, ZERO) for e in (low, high))
            first = t.Interval(left, right, span.low_open, span.high_open)
            return [Arc(start, first)]
        case t.Call("imageset", (body, t.Symbol(index))):
            point = family_of(body, index)
            if point is None:
                raise NotAlgebraic("families")
            return [Arc(point, None)]
    raise NotAlgebraic("families")


def _periods(side: t.Expr | list[Arc], name: str, deadline: Deadline) -> list[Fraction]:
    if isinstance(side, list):
        return [arc.start.step for arc in side]
    pieces = Pieces(name, (side,), deadline)
    if pieces.constants:
        raise NotAlgebraic("no period")
    return [pieces.wheel.period]


def _unrolled(arcs: list[Arc], x: t.Expr, period: Fraction) -> t.Expr:
    """The members that reach into one period from 0 on."""
    return any_of([part for arc in arcs for part in _members(arc, x, period)])


def _members(arc: Arc, x: t.Expr, period: Fraction) -> Iterator[t.Expr]:
    ends = (arc.start.start, arc.start.start) if arc.span is None else (arc.span.low, arc.span.high)
    low, high = (mpf(evaluate(e, {}, bits=BITS)) / mp.pi for e in ends)
    first = int(mp.floor(-high / mpf(arc.start.step))) - 1
    last = int(mp.ceil((mpf(period) - low) / mpf(arc.start.step))) + 1
    if last - first > MAX_TURNS:
        raise NotAlgebraic("turns")
    for n in range(first, last + 1):
        shift = t.mul(t.rational(arc.start.step * n), PI)
        left, right = (t.add(e, shift) if n else e for e in ends)
        if arc.span is None:
            yield t.equation(x, left)
            continue
        signs = (arc.span.low_open, arc.span.high_open)
        ops = [t.Comparison.LT if opened else t.Comparison.LE for opened in signs]
        yield all_of([t.Relation(ops[0], left, x), t.Relation(ops[1], x, right)])
