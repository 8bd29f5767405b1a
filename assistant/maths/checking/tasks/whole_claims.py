"""Claims about the remainders of a value at all whole numbers, decided by trying a whole period.

A value is carried as a fraction with a fixed denominator, its numerator modulo m times that
denominator.  A polynomial repeats after so many numbers as the modulus has; b^e repeats from
e = log2 of the modulus on after λ numbers, by the theorem of Euler in Carmichael's form.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import gcd, lcm

from sympy import reduced_totient

from assistant.maths import terms as t
from assistant.maths.exact_values import NotKnownError, exact_value
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict
from assistant.maths.whole_claims import Claim, claimed

MOST = 10_000
"""So many numbers are tried."""
NEAR = 40
"""So many numbers on either side are tried exactly, as counterexamples."""
LARGEST = 10**7
"""No larger modulus is looked at."""
TIMES = 20_000
"""No larger exponent is looked at."""
UNKNOWN = Undecided(Doubt.NO_METHOD, "a claim about whole numbers")


def check_whole_claim(request: Request, draft: Draft) -> Verdict:
    """The claim, and where it fails the numbers of which it is said to hold nevertheless."""
    claim = claimed(request)
    if claim is None or not isinstance(draft.answer, t.Truth):
        return UNKNOWN
    verdict = decide(claim)
    if draft.answer.value:
        return verdict if not draft.said else UNKNOWN
    match verdict:
        case Proved():
            return Refuted("", "true", "false")
        case Refuted(witness):
            if draft.said and not _holds_nearly(claim, witness):
                return UNKNOWN
            return Proved(f"counterexample {witness}")
    return UNKNOWN


def _holds_nearly(claim: Claim, witness: str) -> bool:
    """Whether it holds but for the numbers at the border, of which the witness is one."""
    rest = claim.nearly(int(witness.rpartition(" ")[2]))
    return rest is not None and isinstance(decide(rest), Proved)


def decide(claim: Claim) -> Verdict:
    """Whether it holds for every number that is meant."""
    for n in claim.order(NEAR):
        try:
            holds = _holds_at(claim, n)
        except NotKnownError:
            break  # too large to be worked out; the proof goes another way
        if not holds:
            return Refuted(f"{claim.letter} = {n}", "false", "true")
    try:
        return _by_period(claim)
    except NotKnownError:
        return UNKNOWN


def _holds_at(claim: Claim, n: int) -> bool:
    value = exact_value(claim.value, claim.letter, n)
    return value.denominator == 1 and (int(value) % claim.modulus == claim.remainder) != claim.never


def _by_period(claim: Claim) -> Verdict:
    name, whole = claim.letter, _denominator(claim.value, claim.letter)
    modulus = claim.modulus * whole
    if modulus > LARGEST:
        return UNKNOWN
    start, period = _repeats(claim.value, name, modulus)
    if start is None:  # no powers: any numbers in a row will do
        first = claim.low if claim.low is not None else (claim.high or 0) - period + 1
        last = first + period - 1
    else:
        if claim.low is None:
            return UNKNOWN
        first = claim.low
        last = max(first, start) + period - 1
    if claim.high is not None:
        last = min(last, claim.high)
    if last - first >= MOST:
        return UNKNOWN
    wanted = claim.remainder * whole
    for n in range(first, last + 1):
        value = _numerator(claim.value, name, n, modulus)
        is_whole = value % whole == 0
        if not is_whole or (value == wanted) == claim.never:
            return Refuted(f"{name} = {n}", "false", "true")
    return Proved("every remainder")


def _constant(expr: t.Expr) -> int:
    """A whole number without letters."""
    value = exact_value(expr, "", 0)
    if value.denominator != 1:
        raise NotKnownError
    return int(value)


def _denominator(expr: t.Expr, name: str) -> int:
    """A number with which every value is whole."""
    match expr:
        case t.Number(value):
            return value.denominator
        case t.Symbol(letter) if letter == name:
            return 1
        case t.Neg(arg):
            return _denominator(arg, name)
        case t.Add(terms):
            return lcm(*(_denominator(a, name) for a in terms))
        case t.Mul(factors):
            product = 1
            for factor in factors:
                product *= _denominator(factor, name)
            return _limited(product)
        case t.Div(num, den):
            return _limited(_denominator(num, name) * abs(_divisor(den)))
        case t.Pow(base, exponent) if name in t.symbols(exponent):
            linear_exponent(exponent, name)
            if _constant(base) == 0:
                raise NotKnownError
            return 1
        case t.Pow(base, exponent):
            times = _constant(exponent)
            if not 1 <= times <= TIMES:
                raise NotKnownError
            inner = _denominator(base, name)
            return 1 if inner == 1 else _limited(inner ** min(times, 64), exact=times <= 64)
    raise NotKnownError


def _divisor(expr: t.Expr) -> int:
    value = _constant(expr)
    if value == 0:
        raise NotKnownError
    return value


def _limited(value: int, *, exact: bool = True) -> int:
    if not exact or value > LARGEST:
        raise NotKnownError
    return value


def linear_exponent(expr: t.Expr, name: str) -> tuple[int, int]:
    """``a`` and ``c`` of the exponent ``a n + c``, ``a`` positive."""
    if any(isinstance(n, t.Pow | t.Call) and name in t.symbols(n) for n in t.walk(expr)):
        raise NotKnownError
    values = [exact_value(expr, name, n) for n in range(4)]
    slopes = {b - a for a, b in pairwise(values)}
    products = sum(isinstance(n, t.Mul) and _times(n, name) > 1 for n in t.walk(expr))
    a, c = values[1] - values[0], values[0]
    if products or len(slopes) > 1 or a.denominator != 1 or c.denominator != 1 or a <= 0:
        raise NotKnownError
    if any(isinstance(n, t.Div) and name in t.symbols(n.den) for n in t.walk(expr)):
        raise NotKnownError
    return int(a), int(c)


def _times(product: t.Mul, name: str) -> int:
    return sum(name in t.symbols(f) for f in product.factors)


@dataclass(frozen=True, slots=True)
class _Power:
    base: int
    rate: int
    start: int


def _repeats(expr: t.Expr, name: str, modulus: int) -> tuple[int | None, int]:
    """From where on numerators modulo ``modulus`` repeat, and after how many numbers.

    No start: they do so everywhere.
    """
    powers = [
        _Power(_constant(n.base), *linear_exponent(n.exp, name))
        for n in t.walk(expr)
        if isinstance(n, t.Pow) and name in t.symbols(n.exp)
    ]
    period, start = modulus if _outside(expr, name) else 1, None
    for power in powers:
        free = modulus
        while (common := gcd(free, power.base)) > 1:
            free //= common
        turn = int(reduced_totient(free))
        period = lcm(period, turn // gcd(turn, power.rate))
        if abs(power.base) > 1:
            # from this exponent on, b^e is 0 modulo what the modulus and b have in common
            from_n = -((power.start - modulus.bit_length()) // power.rate)
            start = from_n if start is None else max(start, from_n)
    return start, period


def _outside(expr: t.Expr, name: str) -> bool:
    """Whether the letter stands outside exponents."""
    match expr:
        case t.Pow(base, _):
            return _outside(base, name)
        case t.Symbol(letter):
            return letter == name
    return any(_outside(part, name) for part in t.children(expr))


def _numerator(expr: t.Expr, name: str, n: int, modulus: int) -> int:
    """The value at ``n`` times the fixed denominator, modulo ``modulus``."""
    match expr:
        case t.Number(value):
            return value.numerator % modulus
        case t.Symbol():
            return n % modulus
        case t.Neg(arg):
            return -_numerator(arg, name, n, modulus) % modulus
        case t.Add(terms):
            whole = _denominator(expr, name)
            parts = (
                _numerator(a, name, n, modulus) * (whole // _denominator(a, name)) for a in terms
            )
            return sum(parts) % modulus
        case t.Mul(factors):
            product = 1
            for factor in factors:
                product = product * _numerator(factor, name, n, modulus) % modulus
            return product
        case t.Div(num, den):
            sign = 1 if _constant(den) > 0 else -1
            return sign * _numerator(num, name, n, modulus) % modulus
        case t.Pow(base, exponent) if name in t.symbols(exponent):
            a, c = linear_exponent(exponent, name)
            number, times = _constant(base), a * n + c
            if abs(number) == 1:
                return (number if times % 2 else 1) % modulus
            if times < 0:
                raise NotKnownError
            return pow(number, times, modulus)
        case t.Pow(base, exponent):
            return pow(_numerator(base, name, n, modulus), _constant(exponent), modulus)
    raise NotKnownError
