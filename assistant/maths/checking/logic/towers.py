"""``x^x = 4``: a power with the unknown in base and exponent exceeds 1 on one rising stretch.

Let ``h = b g + d`` with ``b > 0`` and ``d >= 0``.  For ``0 < g <= 1`` the exponent is not
negative, so that ``g^h <= 1``; for ``g > 1`` the logarithm ``h ln g`` is a product of positive
rising functions.  For ``g = -u < 0``, where only some schools give the power a value, its size
has the logarithm ``(d - b u) ln u``, which is at most ``b/e`` for ``u < 1`` and ``d ln(d/b)``
beyond.  A value above all these is taken exactly once, and for ``g > 1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.logic.cells import Fractions, NotAlgebraic
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.statements import Claim
from assistant.maths.checking.logic.values import put_in, solutions, true_at
from assistant.maths.checking.numerics.constants import truth
from assistant.maths.checking.numerics.numeric import NoValue, evaluate, mpf
from assistant.maths.types import Proved, Verdict

BITS = 120
ONE = t.integer(1)


@dataclass(frozen=True, slots=True)
class Tower:
    """``base ^ exponent`` has a value whose logarithm is ``level``."""

    base: t.Expr
    exponent: t.Expr
    level: t.Expr
    power: bool
    """Whether it is written as a power, which may have values for a negative base."""


def by_tower(claim: Claim) -> Verdict | None:
    """Such an equation and its one solution, or its logarithm."""
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    if len(names) != 1 or claim.given or not isinstance(claim.before, t.Relation):
        return None
    name = names.pop()
    tower = high_tower(claim.before, name)
    if tower is None:
        return None
    if not claim.both_ways and _is_lower_bound(claim.after, tower, name):
        return Proved("the power is that high for a base above 1 only")
    if _is_logarithm(tower, claim):
        return Proved("logarithms of both sides")
    spelled = solutions(claim.after, (name,))
    if not spelled or len(spelled) != 1:
        return None
    above = truth(t.Relation(t.Comparison.GT, put_in(tower.base, spelled[0]), ONE), claim.deadline)
    fulfils = true_at(claim.before, spelled[0], (), claim.deadline)
    if above and isinstance(fulfils, Proved):
        return Proved("the power rises where it is above 1")
    return None


def high_tower(relation: t.Expr, name: str) -> Tower | None:
    """The parts of such an equation, where its value is taken for ``g > 1`` only."""
    tower = _read(relation, name) if isinstance(relation, t.Relation) else None
    try:
        return tower if tower is not None and _is_high(tower, name) else None
    except (NotAlgebraic, NoValue):
        return None


def _read(relation: t.Relation, name: str) -> Tower | None:
    """``g^h = c`` or ``h*ln(g) = c`` with the unknown in both."""
    if relation.op is not t.Comparison.EQ or name in t.symbols(relation.right):
        return None
    match relation.left:
        case t.Pow(base, exp) if name in t.symbols(base) and name in t.symbols(exp):
            return Tower(base, exp, t.Call("ln", (relation.right,)), power=True)
        case t.Mul(factors):
            pass
        case _:
            return None
    logs = [f for f in factors if isinstance(f, t.Call) and f.name == "ln"]
    if len(logs) != 1 or name not in t.symbols(logs[0]):
        return None
    rest = t.mul(*(f for f in factors if f is not logs[0]))
    return Tower(logs[0].args[0], rest, relation.right, power=False)


def _linear(expr: t.Expr, name: str) -> tuple[Fraction, Fraction]:
    num, den = Fractions(name)(expr)
    if len(den) != 1 or len(num) != 2:
        raise NotAlgebraic("not linear")
    return num[0] / den[0], num[1] / den[0]


def _is_high(tower: Tower, name: str) -> bool:
    """Whether the value is above all that the power takes elsewhere.  Raises ``NotAlgebraic``
    and ``NoValue``."""
    (p, q), (m, n) = _linear(tower.base, name), _linear(tower.exponent, name)
    b = m / p
    d = n - b * q
    if p <= 0 or b <= 0 or d < 0:
        return False
    with mp.workprec(BITS):
        level = mpf(evaluate(tower.level, {}, bits=BITS))
        limits = [mp.mpf(0)]
        if tower.power:
            limits.append(mpf(b) / mp.e)
            if d > b:
                limits.append(mpf(d) * mp.log(mpf(d / b)))
        return bool(level > max(limits) + mp.mpf(2) ** -60)


def _is_lower_bound(after: t.Expr, tower: Tower, name: str) -> bool:
    """Whether a bound from below holds wherever the base is above 1."""
    match after:
        case t.Relation(t.Comparison.GT | t.Comparison.GE, big, little):
            pass
        case _:
            return False
    try:
        (p, q), (r, s) = _linear(tower.base, name), _linear(t.sub(big, little), name)
    except NotAlgebraic:
        return False
    return r > 0 and -s / r <= (1 - q) / p


def _is_logarithm(tower: Tower, claim: Claim) -> bool:
    """Whether the line after says the same of the logarithms, where it has a value."""
    if not tower.power or not isinstance(claim.after, t.Relation):
        return False
    after = _read(claim.after, t.symbols(claim.before)[0])
    if after is None or after.power:
        return False
    pairs = ((after.base, tower.base), (after.exponent, tower.exponent), (after.level, tower.level))
    return all(
        a == b or isinstance(check_equal(a, b, (), claim.deadline), Proved) for a, b in pairs
    )
