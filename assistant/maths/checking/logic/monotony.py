"""A strictly monotone side has at most one solution."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.logic.kernels import E, constant_value, one_name
from assistant.maths.checking.logic.statements import Claim
from assistant.maths.checking.logic.values import solutions, true_at
from assistant.maths.types import Proved, Verdict

RISING = frozenset("exp ln sqrt atan asin sinh tanh asinh".split())
FALLING = frozenset(("acos",))


def direction(expr: t.Expr, name: str) -> int | None:
    """1 or -1 where the expression surely rises or falls strictly with the symbol over its
    domain, an interval; 0 where it does not contain it; ``None`` where that is not seen."""
    if name not in t.symbols(expr):
        return 0
    match expr:
        case t.Symbol():
            return 1
        case t.Neg(arg):
            return _times(direction(arg, name), -1)
        case t.Add(parts):
            found = [direction(p, name) for p in parts]
            moving = {d for d in found if d != 0}
            return moving.pop() if len(moving) == 1 else None
        case t.Mul(factors):
            moving_parts = [f for f in factors if name in t.symbols(f)]
            scale = constant_value(t.mul(*(f for f in factors if f not in moving_parts)))
            if len(moving_parts) != 1 or not scale:
                return None
            return _times(direction(moving_parts[0], name), 1 if scale > 0 else -1)
        case t.Div(num, den):
            scale = constant_value(den)
            return _times(direction(num, name), 1 if scale > 0 else -1) if scale else None
        case t.Pow(base, exp) if name not in t.symbols(base):
            value = None if base == E else constant_value(base)
            rises = base == E or (value is not None and value > 1)
            if not rises and not (value is not None and 0 < value < 1):
                return None
            return _times(direction(exp, name), 1 if rises else -1)
        case t.Pow(base, t.Number(n)) if n.denominator == 1 and n % 2 == 1 and n > 0:
            return direction(base, name)
        case t.Call("log", (arg, base)):
            value = constant_value(base)
            if value is None or value <= 0 or value == 1:
                return None
            return _times(direction(arg, name), 1 if value > 1 else -1)
        case t.Call("root", (arg, t.Number())):
            return direction(arg, name)
        case t.Call(function, (arg,)) if function in RISING | FALLING:
            return _times(direction(arg, name), 1 if function in RISING else -1)
    return None


def _times(a: int | None, b: int) -> int | None:
    return None if a is None else a * b


def by_monotony(claim: Claim) -> Verdict | None:
    """An equation with a strictly monotone difference of sides, and its one solution."""
    name = one_name(claim)
    before = claim.before
    if name is None or not isinstance(before, t.Relation) or claim.given:
        return None
    if before.op is not t.Comparison.EQ or not claim.both_ways:
        return None
    spelled = solutions(claim.after, (name,))
    difference = t.sub(before.left, before.right)
    if not spelled or len(spelled) != 1 or direction(difference, name) not in (1, -1):
        return None
    if not all(_interval(g, name) for g in guards(difference)):
        return None
    verdict = true_at(before, spelled[0], (), claim.deadline)
    return Proved("the sides can meet only once") if isinstance(verdict, Proved) else None


def _interval(guard: t.Expr, name: str) -> bool:
    """Whether a condition ``value > 0`` holds on an interval: its value is monotone."""
    return isinstance(guard, t.Relation) and direction(guard.left, name) in (1, -1)
