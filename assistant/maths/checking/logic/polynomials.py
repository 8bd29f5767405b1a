"""Polynomials: roots named by their place, and division with remainder."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.checking.logic.statements import Claim
from assistant.maths.checking.tasks.quantities import UNKNOWN, settled
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Request, Verdict


def by_real_roots(claim: Claim) -> Verdict | None:
    """``x^5 - x - 1 = 0`` and ``x = rootof(x^5 - x - 1, 0)``: each named root is one, and
    there are as many as Sturm's theorem counts."""
    match claim.before:
        case t.Relation(t.Comparison.EQ, left, right) if len(claim.names) == 1:
            values = _values(claim.after, claim.names[0])
        case _:
            return None
    if not any(_named(v) for v in values) or not claim.both_ways or claim.given:
        return None
    if poles(claim.before) or guards(claim.before):
        return None
    x = sp.Symbol(claim.names[0])
    try:
        poly = sp.Poly(to_sympy(t.sub(left, right)), x, domain="QQ").sqf_part()
        places = {_place(v, poly) for v in values}
    except (NotConvertible, sp.PolynomialError, sp.CoercionFailed):
        return None
    if None in places or len(places) != len(values):
        return None
    return Proved("Sturm's theorem") if poly.count_roots() == len(values) else None


def _values(statement: t.Expr, name: str) -> list[t.Expr]:
    """The values in ``x = 1 or x = rootof(…)``; of another form none."""
    match statement:
        case t.Relation(t.Comparison.EQ, t.Symbol(symbol), value) if symbol == name:
            return [value]
        case t.Junction(t.Connective.OR, args):
            parts = [_values(a, name) for a in args]
            return [v for p in parts for v in p] if all(parts) else []
    return []


def _named(value: t.Expr) -> bool:
    return isinstance(value, t.Call) and value.name == "rootof"


def _place(value: t.Expr, whole: sp.Poly) -> tuple[object, int] | None:
    """Which root of ``whole`` a value surely is: its irreducible factor, and the count there."""
    match value:
        case t.Call("rootof", (body, t.Number(index))) if len(t.symbols(body)) == 1:
            own = to_sympy(body).subs(sp.Symbol(t.symbols(body)[0]), whole.gen)
            factor = sp.Poly(own, whole.gen, domain="QQ").monic()
            if not factor.is_irreducible or not 0 <= index < factor.count_roots():
                return None
            return (factor, int(index)) if sp.rem(whole, factor).is_zero else None
    number = to_sympy(value)
    if not number.is_Rational or whole.eval(number) != 0:
        return None
    return number, 0


def check_polynomial_division(request: Request, draft: Draft) -> Verdict:
    """The remainder is of lower degree, and what it leaves is a multiple of the divisor."""
    if request.topic not in (topics.REMAINDER, topics.QUOTIENT) or draft.answer is None:
        return UNKNOWN
    if len(request.operands) != 2:
        return UNKNOWN
    top, bottom, answer = (to_sympy(e) for e in (*request.operands, draft.answer))
    names = sorted(bottom.free_symbols, key=str)
    if len(names) != 1 or not all(e.is_polynomial(*names) for e in (top, bottom, answer)):
        return UNKNOWN
    divisor, found = sp.Poly(bottom, *names), sp.Poly(answer, *names)
    rest = sp.Poly(top, *names) - (found * divisor if request.topic == topics.QUOTIENT else found)
    if request.topic == topics.QUOTIENT:
        return settled(rest.is_zero or rest.degree() < divisor.degree(), "multiplied out")
    low = found.is_zero or found.degree() < divisor.degree()
    return settled(low and sp.rem(rest, divisor).is_zero, "division of what is left")
