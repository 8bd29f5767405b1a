"""``sin(x)/x = 0``: families of solutions beside single points that are taken out or added.

The sides' difference is a fraction of products.  Factors of sines and cosines of the unknown
vanish on families ``q*pi + k*p*pi``, algebraic ones at finitely many points.  Apart from the
points that anybody names (of the algebraic factors, of the denominators, of the claimed set)
only the families matter; each of these points is put into the equation itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.cells import Cell, NotAlgebraic, cells
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.checking.logic.half_angle import BITS, FUNCTIONS, PI, HalfAngle
from assistant.maths.checking.logic.periodic import NEAR, Family, check_families, families
from assistant.maths.checking.logic.statements import SHARE, Claim, all_of, any_of, show_cell
from assistant.maths.checking.logic.turns import by_turns
from assistant.maths.checking.numerics.algebraic import RealRoot, exact_holds, turn_part
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.numerics.exact import rational_zero
from assistant.maths.checking.numerics.numeric import NoValue, Value, evaluate, mpf
from assistant.maths.types import Doubt, Proved, Refuted, Undecided, Verdict

ZERO = t.integer(0)
SECONDS = 2.0
Point = Cell | t.Expr
"""An algebraic number, or so many pi as a formula."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Families, points beside them, and points that are taken out of the families."""

    families: tuple[Family, ...]
    added: tuple[t.Expr, ...]
    taken: tuple[t.Expr, ...]

    def holds(self, point: Point) -> bool:
        """Whether a point belongs to the claimed set."""
        if any(same(point, p) for p in self.added):
            return True
        if any(same(point, p) for p in self.taken):
            return False
        return any(_is_member(point, f) for f in self.families)


def _turn(point: Point) -> Fraction | None:
    """The point as so many pi; zero is algebraic, and none of them."""
    if isinstance(point, Fraction | RealRoot):
        return Fraction(0) if point == 0 else None
    return turn_part(point)


def _is_member(point: Point, family: Family) -> bool:
    """Whether a point is one of a family.  Raises ``NotAlgebraic`` where it is very near to one
    and not known to be it."""
    own, start = _turn(point), turn_part(family.start)
    if own is not None and start is not None:
        return ((own - start) / family.step).denominator == 1
    with mp.workprec(BITS):
        place = _number(point) - mpf(evaluate(family.start, {}, bits=BITS))
        count = place / (mpf(family.step) * mp.pi)
        if abs(count - mp.nint(count)) < NEAR:
            raise NotAlgebraic("near a member")
    return False


def _number(point: Point) -> Value:
    if isinstance(point, RealRoot):
        return point.value()
    return mpf(point if isinstance(point, Fraction) else evaluate(point, {}, bits=BITS))


def same(point: Point, tree: t.Expr) -> bool:
    """Whether a formula is a number that is known exactly.  Raises ``NotAlgebraic``."""
    part, own = turn_part(tree), _turn(point)
    if part is not None and own is not None:
        return own == part
    if own is not None:
        return exact_holds(t.equation(tree, t.mul(t.rational(own), PI)))
    if part is not None:
        return False  # no part of a turn but zero is algebraic
    if isinstance(point, Fraction):
        return exact_holds(t.equation(tree, t.rational(point)))
    if not isinstance(point, RealRoot):
        raise NotAlgebraic("no number")
    degree = len(point.poly) - 1
    powers = [t.mul(t.integer(c), t.Pow(tree, t.integer(degree - n)))
              for n, c in enumerate(point.poly[:-1]) if c]  # fmt: skip
    between = [t.Relation(t.Comparison.LE, t.rational(point.low), tree),
               t.Relation(t.Comparison.LE, tree, t.rational(point.high))]  # fmt: skip
    zero = t.equation(t.add(*powers, t.integer(point.poly[-1])), ZERO)
    return exact_holds(all_of([zero, *between]))


def check_mixed(statement: t.Expr | None, after: t.Expr, name: str) -> Verdict | None:
    """The verdict on one equation and such a set; ``None`` where it is of another kind."""
    if not isinstance(statement, t.Relation) or statement.op is not t.Comparison.EQ:
        return None
    if guards(statement):
        return None
    try:
        claimed = _claimed(after)
        return None if claimed is None else _compared(statement, claimed, name)
    except (NotAlgebraic, NoValue, NotConvertible, sp.PolynomialError):
        return None


def _claimed(after: t.Expr) -> Claimed | None:
    match after:
        case t.Call("complement", (whole, t.Collection(t.Bracket.SET, taken))):
            inner = _claimed(whole)
            if inner is None or inner.taken or inner.added:
                return None
            return Claimed(inner.families, (), taken)
        case t.Call("union", args) if any(
            isinstance(a, t.Call) and a.name == "complement" for a in args
        ):
            parts = [_claimed(a) for a in args]
            known = [p for p in parts if p is not None]
            if len(known) != len(parts) or sum(bool(p.families) for p in known) != 1:
                return None
            added = tuple(a for p in known for a in p.added)
            one = next(p for p in known if p.families)
            return Claimed(one.families, added, one.taken)
    found = families(after)
    if found is None:
        return None
    turning = tuple(f for f in found if f.step)
    return Claimed(turning, tuple(f.start for f in found if not f.step), ())


def _compared(statement: t.Relation, claimed: Claimed, name: str) -> Verdict | None:
    equation = Equation(statement, name)
    verdict = check_families(equation.turning, _union(claimed), (name,), Deadline(SECONDS))
    told = [(p, claimed.holds(p)) for p in equation.points]
    told += [(p, True) for p in claimed.added]
    told += [(p, False) for p in claimed.taken]
    for point, member in told:
        if equation.holds(point) != member:
            words = ("false", "true") if member else ("true", "false")
            return Refuted(f"{name} = {_shown(point)}", *words)
    if isinstance(verdict, Proved):
        return Proved("families, and single points put in")
    return Undecided(Doubt.NO_METHOD, "families")


def _union(claimed: Claimed) -> t.Expr:
    return t.Call("union", tuple(map(_image, claimed.families)))


def _image(family: Family) -> t.Expr:
    step = t.mul(t.rational(family.step), t.Symbol("k"), PI)
    return t.Call("imageset", (t.add(family.start, step), t.Symbol("k")))


def _shown(point: Point) -> str:
    from assistant.maths.showing.plain import plain

    return show_cell(point) if isinstance(point, Fraction | RealRoot) else plain(point)


class Equation:
    """One equation as a product that is zero, and what must not be."""

    def __init__(self, statement: t.Relation, name: str) -> None:
        x = sp.Symbol(name, real=True)
        value = to_sympy(t.sub(statement.left, statement.right), real=True)
        whole = sp.factor(sp.together(value))
        if value.free_symbols != {x} or not rational_zero(sp.expand(value - whole)):
            raise NotAlgebraic("factors")
        bases = [_base(f) for f in sp.Mul.make_args(sp.fraction(whole)[0])]
        self.name = name
        self.zeros = [t.equation(from_sympy(b), ZERO) for b in bases if b.has(x)]
        below = [sp.factor(to_sympy(pole, real=True)) for pole in poles(statement)]
        parts = [_base(f) for pole in below for f in sp.Mul.make_args(pole)]
        self.poles = [t.equation(from_sympy(b), ZERO) for b in parts if b.has(x)]
        self.points: list[Point] = []
        """Every zero of the factors and denominators that do not turn with the unknown."""
        turning, broken = (self._turning(part) for part in (self.zeros, self.poles))
        needed = [t.Relation(t.Comparison.NE, pole.left, ZERO) for pole in broken]
        self.turning = all_of([any_of(list(turning)), *needed])

    def spelled(self) -> t.Expr:
        """The same as a statement of sines and cosines and of the bare unknown.

        Raises ``NotAlgebraic`` where a point cannot be written down."""
        x = t.Symbol(self.name)
        points = [_tree(p) for p in self.points]
        holds = [p for p in points if self.holds(p)]
        apart = [t.Relation(t.Comparison.NE, x, p) for p in points if p not in holds]
        return any_of([*(t.equation(x, p) for p in holds), all_of([self.turning, *apart])])

    def _turning(self, parts: list[t.Relation]) -> list[t.Relation]:
        turning = []
        for part in parts:
            if (found := _points(part, self.name)) is None:
                turning.append(part)
            else:
                self.points += found
        return turning

    def holds(self, point: Point) -> bool:
        """Whether the equation holds there: a factor is zero, and no denominator."""
        return any(self._is_zero(z, point) for z in self.zeros) and not any(
            self._is_zero(z, point) for z in self.poles
        )

    def _is_zero(self, zero: t.Relation, point: Point) -> bool:
        if isinstance(point, RealRoot):
            return exact_holds(zero, {self.name: point})
        return exact_holds(t.substitute(zero, self.name, _tree(point)))


def _tree(point: Point) -> t.Expr:
    if isinstance(point, RealRoot):
        raise NotAlgebraic("a root of a polynomial")
    return t.rational(point) if isinstance(point, Fraction) else point


def by_products(claim: Claim) -> Verdict | None:
    """The same beside bounds of the unknown: ``sin(x)/x = 0`` between 0 and 10."""
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    if len(names) != 1 or claim.given:
        return None
    name = names.pop()
    try:
        with alarm(claim.deadline.left * SHARE):
            sides = [_spelled(s, name) for s in (claim.before, claim.after)]
    except (NotAlgebraic, NoValue, NotConvertible, OutOfTime, sp.PolynomialError):
        return None
    if sides == [claim.before, claim.after]:
        return None
    return by_turns(replace(claim, before=sides[0], after=sides[1]))


def _spelled(statement: t.Expr, name: str) -> t.Expr:
    match statement:
        case t.Junction(op, args):
            return t.Junction(op, tuple(_spelled(a, name) for a in args))
        case t.Relation(t.Comparison.EQ) if _is_mixed(statement, name):
            return Equation(statement, name).spelled()
    return statement


def _is_mixed(statement: t.Relation, name: str) -> bool:
    """Whether the unknown stands in angles and outside of them."""
    if guards(statement) or not any(
        isinstance(n, t.Call) and n.name in FUNCTIONS for n in t.walk(statement)
    ):
        return False
    try:
        HalfAngle(statement, name)
    except NotAlgebraic:
        return True
    return False


def _base(factor: sp.Expr) -> sp.Expr:
    return factor.base if factor.is_Pow and factor.exp.is_Integer else factor


def _points(zero: t.Relation, name: str) -> list[Point] | None:
    """The zeros of a formula, if they are finitely many; ``None`` where they turn with the
    unknown.  Raises ``NotAlgebraic``."""
    try:
        HalfAngle(zero, name)
    except NotAlgebraic:
        return list(_zeros(zero, name))
    return None


def _zeros(zero: t.Relation, name: str) -> Iterator[Point]:
    try:
        for cell in cells([zero], name):
            if exact_holds(zero, {name: cell}):
                yield cell
    except NotAlgebraic:
        x = sp.Symbol(name, real=True)
        value = sp.expand(to_sympy(zero.left, real=True))
        if not value.is_polynomial(x) or sp.degree(value, x) != 1:
            raise
        root = from_sympy(sp.expand(-value.coeff(x, 0) / value.coeff(x, 1)))
        if turn_part(root) is None:
            raise
        yield root
