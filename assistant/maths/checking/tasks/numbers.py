"""Answers about numbers, checked by other means than they were found by."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from math import gcd, isqrt, perm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.logic.polynomials import check_polynomial_division
from assistant.maths.checking.tasks.congruences import check_least
from assistant.maths.checking.tasks.quantities import PLACES, UNKNOWN, settled, value_of, whole
from assistant.maths.checking.tasks.whole_pairs import check_pairs
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Verdict

EXACT = 10**18
"""Up to here SymPy's primality test is a proof (deterministic Miller-Rabin and BPSW)."""

NumberCheck = Callable[[Request, Draft, list[int], int], bool]


MOST_LETTERS = 3
ROOTS = frozenset(
    [topics.DISCRIMINANT, topics.ROOT_SUM, topics.ROOT_PRODUCT, topics.ROOT_COUNT,
     topics.ROOT_CONDITION, topics.SYMMETRIC, topics.ALWAYS]
)  # fmt: skip


def check_number(request: Request, draft: Draft) -> Verdict:
    """Divisors, primes, digits, rounding, bases, percentages, counting."""
    if request.topic == topics.ARRANGEMENTS:
        from assistant.maths.checking.tasks.chances import check_arrangements

        return check_arrangements(request, draft)
    if request.topic == topics.RADIUS:
        from assistant.maths.checking.asymptotics.limits import check_limit

        undefined = draft.answer == t.Constant(t.ConstantName.UNDEFINED)
        return UNKNOWN if undefined else check_limit(request, draft)
    if request.topic in ROOTS:
        from assistant.maths.checking.tasks.root_questions import check_roots

        return check_roots(request, draft)
    special = SPECIAL.get(request.topic)
    if special is not None:
        return special(request, draft)
    values = [whole(o) for o in request.operands]
    if None in values:
        return check_polynomial_division(request, draft)
    numbers = [v for v in values if v is not None]
    if request.topic in TRUTHS:
        if not isinstance(draft.answer, t.Truth) or draft.text != str(draft.answer.value):
            return UNKNOWN
        holds = TRUTHS[request.topic](numbers)
        return settled(None if holds is None else holds == draft.answer.value, "arithmetic")
    answer = whole(draft.answer)
    if answer is None or request.topic not in NUMBERS:
        return UNKNOWN
    test, method = NUMBERS[request.topic]
    return settled(test(request, draft, numbers, answer), method)


def _is_gcd(_request: Request, _draft: Draft, numbers: list[int], answer: int) -> bool:
    """It divides all numbers and is a combination of them (Bézout)."""
    if answer <= 0 or any(n % answer for n in numbers):
        return False
    total, factor = numbers[0], [1]
    for n in numbers[1:]:
        x, y, total = (int(v) for v in sp.gcdex(total, n))
        factor = [*(f * x for f in factor), y]
    return abs(sum(f * n for f, n in zip(factor, numbers, strict=True))) == answer


def _is_lcm(_request: Request, _draft: Draft, numbers: list[int], answer: int) -> bool:
    """A multiple of all whose quotients have no common factor."""
    if answer <= 0 or any(answer % n for n in numbers):
        return False
    shared = 0
    for n in numbers:
        shared = int(sp.igcd(shared, answer // n))
    return shared == 1


def _is_remainder(_request: Request, _draft: Draft, numbers: list[int], answer: int) -> bool:
    a, b = numbers
    return 0 <= answer < abs(b) and (a - answer) % b == 0


def _is_quotient(_request: Request, _draft: Draft, numbers: list[int], answer: int) -> bool:
    a, b = numbers
    return 0 <= a - answer * b < abs(b)


def _is_digit(request: Request, _draft: Draft, numbers: list[int], answer: int) -> bool:
    written = str(abs(numbers[0])).rjust((request.order or 0) + 1, "0")
    return written[-1 - (request.order or 0)] == str(answer)


def _is_nearest_root(_request: Request, _draft: Draft, numbers: list[int], answer: int) -> bool:
    """``(2r - 1)^n <= 2^n x < (2r + 1)^n``."""
    x, n = numbers
    return max(2 * answer - 1, 0) ** n <= 2**n * x < (2 * answer + 1) ** n and answer >= 0


def _is_count(request: Request, _draft: Draft, numbers: list[int], answer: int) -> bool:
    n, k = numbers
    ordered = perm(n, k)
    if request.topic == topics.PERMUTATIONS:
        return answer == ordered
    return answer * perm(k, k) == ordered


def _written_in(digits: str, base: int) -> int | None:
    """The value of digits by Horner's rule."""
    total = 0
    for digit in digits.lstrip("-"):
        size = "0123456789abcdefghijklmnopqrstuvwxyz".find(digit)
        if not 0 <= size < base:
            return None
        total = total * base + size
    return -total if digits.startswith("-") else total


def _is_base(request: Request, draft: Draft, numbers: list[int], answer: int) -> bool:
    target, *given = request.words
    source = _written_in(given[0], int(given[1])) if given else numbers[0]
    return source == answer == _written_in(draft.text, int(target)) and _tidy(draft.text)


def _tidy(digits: str) -> bool:
    body = digits.removeprefix("-")
    return body == "0" or not body.startswith("0")


def _is_base_sum(request: Request, draft: Draft, _numbers: list[int], answer: int) -> bool:
    given, first, sign, second = request.words
    a, b = _written_in(first, int(given)), _written_in(second, int(given))
    if a is None or b is None:
        return False
    total = a + b if sign == "+" else a - b
    return total == answer == _written_in(draft.text, int(given)) and _tidy(draft.text)


NUMBERS: dict[str, tuple[NumberCheck, str]] = {
    topics.GCD: (_is_gcd, "divisibility and Bézout's identity"),
    topics.LCM: (_is_lcm, "divisibility, coprime quotients"),
    topics.REMAINDER: (_is_remainder, "division with remainder"),
    topics.QUOTIENT: (_is_quotient, "division with remainder"),
    topics.DIGIT: (_is_digit, "written out"),
    topics.NEAREST_ROOT: (_is_nearest_root, "powers of the neighbours"),
    topics.PERMUTATIONS: (_is_count, "falling product"),
    topics.COMBINATIONS: (_is_count, "falling product"),
    topics.BASE: (_is_base, "Horner's rule"),
    topics.BASE_SUM: (_is_base_sum, "Horner's rule"),
}


def _prime(n: int) -> bool | None:
    if n < 2:
        return False
    if n < 10**10:
        return n == 2 or all(n % d for d in itertools.chain((2,), range(3, isqrt(n) + 1, 2)))
    return bool(sp.isprime(n)) if n < EXACT else None


def _composite(n: int) -> bool | None:
    prime = _prime(n)
    return None if prime is None else n > 3 and not prime


TRUTHS: dict[str, Callable[[list[int]], bool | None]] = {
    topics.IS_FACTOR: lambda v: (v[1] // v[0]) * v[0] == v[1] if v[0] else None,
    topics.IS_PRIME: lambda v: _prime(v[0]),
    topics.IS_COMPOSITE: lambda v: _composite(v[0]),
    topics.IS_EVEN: lambda v: v[0] & 1 == 0,
    topics.IS_ODD: lambda v: v[0] & 1 == 1,
}


def _check_denominator(request: Request, draft: Draft) -> Verdict:
    values, answer = [value_of(o) for o in request.operands], whole(draft.answer)
    if None in values or not answer:
        return UNKNOWN
    bottoms = [v.denominator for v in values if v is not None]
    return settled(_is_lcm(request, draft, bottoms, answer), "divisibility, coprime quotients")


def _check_prime_factors(request: Request, draft: Draft) -> Verdict:
    """Each is prime, ascending, and together they leave nothing."""
    n = whole(request.operands[0])
    if n is None or not isinstance(draft.answer, t.Collection):
        return UNKNOWN
    factors = [whole(i) for i in draft.answer.items]
    if None in factors or n < 2 or draft.text != ", ".join(map(str, factors)):
        return UNKNOWN
    primes = [f for f in factors if f is not None]
    known = [_prime(p) for p in primes]
    if None in known:
        return UNKNOWN
    left = n
    for p in primes:
        if p < 2 or left % p:
            return settled(False, "")  # noqa: FBT003
        while left % p == 0:
            left //= p
    return settled(left == 1 and all(known) and primes == sorted(set(primes)), "division by each")


def _check_factorization(request: Request, draft: Draft) -> Verdict:
    n, value = whole(request.operands[0]), whole(draft.answer)
    if n is None or value is None or draft.answer is None:
        return UNKNOWN
    parts = draft.answer.factors if isinstance(draft.answer, t.Mul) else (draft.answer,)
    bases = [whole(p.base if isinstance(p, t.Pow) else p) for p in parts]
    primes = [_prime(b) for b in bases if b is not None]
    if None in primes or len(primes) != len(parts):
        return UNKNOWN
    return settled(value == n and all(primes), "multiplied out, each factor prime")


def _check_divisors(request: Request, draft: Draft) -> Verdict:
    n = whole(request.operands[0])
    if n is None or not 0 < n <= 10**10 or not isinstance(draft.answer, t.Collection):
        return UNKNOWN
    low = [d for d in range(1, isqrt(n) + 1) if n % d == 0]
    every = sorted({*low, *(n // d for d in low)})
    return settled([whole(i) for i in draft.answer.items] == every, "trial division")


def _check_round(request: Request, draft: Draft) -> Verdict:
    """The answer is a multiple of the unit, and the number is within half a unit of it."""
    answer = value_of(draft.answer)
    if answer is None or request.order is None:
        return UNKNOWN
    asked = to_sympy(request.operands[0])
    places = request.order
    if request.topic == topics.ROUND_SIGNIFICANT:
        size = sp.Abs(asked)
        places = request.order - 1 - int(sp.floor(sp.log(size, 10).evalf(PLACES)))
        reached = sp.Integer(10) ** (request.order - 1 - places) <= size
        if reached != sp.true:
            return UNKNOWN
    unit = Fraction(10) ** -places
    if (answer / unit).denominator != 1:
        return settled(False, "")  # noqa: FBT003
    exact = value_of(request.operands[0])
    if exact is not None:
        gap, half = abs(exact - answer), unit / 2
        return settled(gap < half or (gap == half and abs(answer) > abs(exact)), "half a unit")
    number = (asked - sp.Rational(answer.numerator, answer.denominator)).evalf(PLACES)
    half_unit = sp.Rational(unit.numerator, 2 * unit.denominator)
    if not number.is_real:
        return UNKNOWN
    return settled(bool(sp.Abs(number) < half_unit), "half a unit")


def _check_same(request: Request, draft: Draft) -> Verdict:
    """A number that is only written in another way."""
    asked, answer = value_of(request.operands[0]), value_of(draft.answer)
    if asked is None or answer is None or draft.answer is None:
        return UNKNOWN
    if request.topic == topics.SCIENTIFIC:
        match draft.answer:
            case t.Mul((front, t.Pow(base, _))):
                size = value_of(front)
                if size is None or not 1 <= abs(size) < 10 or whole(base) != 10:
                    return UNKNOWN
            case _:
                return UNKNOWN
    return settled(asked == answer, "the same value")


def _check_percentage(request: Request, draft: Draft) -> Verdict:
    """Increase and decrease undone; a share put back."""
    values, answer = [value_of(o) for o in request.operands], value_of(draft.answer)
    if None in values or answer is None:
        return UNKNOWN
    a, b = (v for v in values if v is not None)
    tests = {
        topics.INCREASE: answer - a == a * b,
        topics.DECREASE: a - answer == a * b,
        topics.SHARE: answer * b == a,
        topics.CHANGE: a + a * answer == b,
    }
    return settled(tests.get(request.topic), "put back")


def _check_coefficient(request: Request, draft: Draft) -> Verdict:
    """The coefficient by derivatives at zero (Taylor)."""
    body, form = (to_sympy(o) for o in request.operands)
    if not request.variables and draft.answer is not None:
        return _check_power(body, request.operands[1], to_sympy(draft.answer))
    if draft.answer is None or not body.is_polynomial(*body.free_symbols):
        return UNKNOWN
    answer = to_sympy(draft.answer)
    wanted = [sp.Symbol(n) for n in request.variables]
    names = [
        s
        for s in form.free_symbols
        if s not in wanted and (s in body.free_symbols or form.has(s**2))
    ]
    if len(names) != 1:
        return UNKNOWN
    x = names[0]
    part = sp.diff(form, wanted[0]) if wanted else form
    power = sp.degree(part, x)
    if part != x**power:
        return UNKNOWN
    found = sp.diff(body, (x, power)).subs(x, 0) / sp.factorial(power) if power else body.subs(x, 0)
    return settled(sp.expand(found - answer) == 0, "Taylor coefficient")


def _check_inverse(request: Request, draft: Draft) -> Verdict:
    """Number times answer leaves 1; there is none just if they have a common divisor."""
    number, modulus = map(whole, request.operands)
    if number is None or modulus is None or modulus < 2:
        return UNKNOWN
    if draft.answer == t.Constant(t.ConstantName.UNDEFINED):
        return settled(gcd(number, modulus) > 1, "a common divisor")
    found = whole(draft.answer)
    fits = found is not None and 0 <= found < modulus and number * found % modulus == 1
    return settled(fits, "multiplied")


def _check_power(body: sp.Expr, form: t.Expr, answer: sp.Expr) -> Verdict:
    """The coefficient of a whole power of a letter, the denominator being such a power: all is
    expanded."""
    names = t.symbols(form)
    x = sp.Symbol(names[0]) if len(names) == 1 else None
    if x is None:
        return UNKNOWN
    power = sp.S.Zero if to_sympy(form) == 1 else to_sympy(form).as_base_exp()[1]
    if not power.is_Integer or to_sympy(form) != x**power or len(body.free_symbols) > MOST_LETTERS:
        return UNKNOWN
    u = sp.Symbol("u_", positive=True)  # x = u^6 takes square and cube roots out
    num, den = sp.fraction(sp.together(sp.powdenest(body.subs(x, u**6), force=True)))
    if not (num.is_polynomial(u) and den.is_polynomial(u)):
        return UNKNOWN
    below = sp.Poly(den, u)
    if len(below.terms()) != 1:
        return UNKNOWN
    found = sp.Poly(num, u).coeff_monomial(u ** max(place := 6 * power + below.degree(), 0))
    value = found / below.LC() if place >= 0 else sp.S.Zero
    return settled(sp.expand(value - answer) == 0, "full expansion")


def _check_repeating(request: Request, draft: Draft) -> Verdict:
    """Long division of the answer writes the digits, and comes back to the same remainder."""
    value = value_of(draft.answer)
    if value is None or len(request.words) != 4:
        return UNKNOWN
    whole, before, period, sign = request.words
    if (value < 0) != bool(sign) and value != 0:
        return settled(holds=False, method="")
    rest = abs(value) - int(whole)
    digits, remainders = "", [rest]
    for _ in before + period:
        rest *= 10
        digits += str(int(rest))
        rest -= int(rest)
        remainders.append(rest)
    same = digits == before + period and remainders[len(before)] == remainders[-1]
    return settled(same or _all_nines(value, request.words), "long division")


def _all_nines(value: Fraction, words: tuple[str, ...]) -> bool:
    """``0.4(9)`` is ``0.5``: the one case in which division writes other digits."""
    whole, before, period, _ = words
    last = Fraction(int(whole + before) + 1, 10 ** len(before))
    return set(period) == {"9"} and abs(value) == last


SPECIAL: dict[str, Callable[[Request, Draft], Verdict]] = {
    topics.COMMON_DENOMINATOR: _check_denominator,
    topics.PRIME_FACTORS: _check_prime_factors,
    topics.FACTORIZATION: _check_factorization,
    topics.DIVISORS: _check_divisors,
    topics.ROUND: _check_round,
    topics.ROUND_SIGNIFICANT: _check_round,
    topics.SCIENTIFIC: _check_same,
    topics.TO_DECIMAL: _check_same,
    topics.TO_FRACTION: _check_same,
    topics.REPEATING: _check_repeating,
    topics.TO_PERCENT: _check_same,
    topics.INCREASE: _check_percentage,
    topics.DECREASE: _check_percentage,
    topics.SHARE: _check_percentage,
    topics.CHANGE: _check_percentage,
    topics.COEFFICIENT: _check_coefficient,
    topics.MODULAR_INVERSE: _check_inverse,
    topics.LEAST: check_least,
    topics.WHOLE_PAIRS: check_pairs,
}
