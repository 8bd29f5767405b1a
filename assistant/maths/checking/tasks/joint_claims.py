"""Claims about the remainders of a polynomial in several whole numbers, by trying all of them.

With whole coefficients but for a common denominator d, the values at numbers that differ by a
multiple of d m differ by a multiple of m: so d m numbers in a row for each letter speak for all.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import lcm

from assistant.maths import terms as t
from assistant.maths.exact_values import NotKnownError
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict
from assistant.maths.whole_claims import JointClaim, jointly

MOST = 20_000
"""So many points are tried."""
POWER = 12
UNKNOWN = Undecided(Doubt.NO_METHOD, "a claim about whole numbers")
Point = dict[str, int]


def check_joint_claim(request: Request, draft: Draft) -> Verdict:
    """Whether it is true or false as the answer says."""
    claim = jointly(request)
    if claim is None or not isinstance(draft.answer, t.Truth) or draft.said:
        return UNKNOWN
    try:
        broken = _broken(claim)
    except NotKnownError:
        return UNKNOWN
    if draft.answer.value:
        return Proved("every remainder") if broken is None else Refuted(broken, "false", "true")
    return Refuted("", "true", "false") if broken is None else Proved(f"counterexample {broken}")


def _broken(claim: JointClaim) -> str | None:
    """Numbers that break it.  Raises ``NotKnownError`` for what is no polynomial, or too many."""
    period = claim.modulus * _denominator(claim.value, claim.letters)
    if period ** len(claim.letters) > MOST:
        raise NotKnownError
    for numbers in product(claim.numbers(period), repeat=len(claim.letters)):
        point = dict(zip(claim.letters, numbers, strict=True))
        value = _value(claim.value, point)
        whole = value.denominator == 1
        if not whole or (int(value) % claim.modulus == claim.remainder) == claim.never:
            return ", ".join(f"{name} = {n}" for name, n in point.items())
    return None


def _denominator(expr: t.Expr, letters: tuple[str, ...]) -> int:
    match expr:
        case t.Number(value):
            return value.denominator
        case t.Symbol(name) if name in letters:
            return 1
        case t.Neg(arg):
            return _denominator(arg, letters)
        case t.Add(parts):
            return lcm(*(_denominator(p, letters) for p in parts))
        case t.Mul(factors):
            found = 1
            for factor in factors:
                found *= _denominator(factor, letters)
            return found
        case t.Div(num, t.Number(value)) if value.denominator == 1 and value:
            return _denominator(num, letters) * abs(int(value))
        case t.Pow(base, t.Number(value)) if value.denominator == 1 and 1 <= value <= POWER:
            return int(_denominator(base, letters) ** int(value))
    raise NotKnownError


def _value(expr: t.Expr, point: Point) -> Fraction:
    match expr:
        case t.Number(value):
            return value
        case t.Symbol(name):
            return Fraction(point[name])
        case t.Neg(arg):
            return -_value(arg, point)
        case t.Add(parts):
            return sum((_value(p, point) for p in parts), Fraction(0))
        case t.Mul(factors):
            found = Fraction(1)
            for factor in factors:
                found *= _value(factor, point)
            return found
        case t.Div(num, den):
            return _value(num, point) / _value(den, point)
        case t.Pow(base, t.Number(value)):
            return _value(base, point) ** int(value)
    raise NotKnownError
