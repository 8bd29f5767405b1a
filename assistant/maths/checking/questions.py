"""Answers to questions about numbers, checked by other means than they were found by."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from math import isqrt, perm, prod

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict

EXACT = 10**18
"""Up to here SymPy's primality test is a proof (deterministic Miller-Rabin and BPSW)."""
PLACES = 50
MAX_DRAWS = 200_000
UNKNOWN = Undecided(Doubt.NO_METHOD)


def _value(expr: t.Expr | None) -> Fraction | None:
    """The exact rational value, by SymPy's arithmetic."""
    if expr is None or t.symbols(expr):
        return None
    try:
        value = to_sympy(expr)
    except NotConvertible:
        return None
    value = value if getattr(value, "is_Rational", False) else sp.nsimplify(value, rational=False)
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else None


def _integer(expr: t.Expr | None) -> int | None:
    value = _value(expr)
    return None if value is None or value.denominator != 1 else value.numerator


def _settle(holds: bool | None, method: str) -> Verdict:  # noqa: FBT001
    """The verdict of an exact test; ``None`` is "cannot tell"."""
    if holds is None:
        return UNKNOWN
    return Proved(method) if holds else Refuted("the answer", "as given", "as it should be")


# numbers -------------------------------------------------------------------------------

NumberCheck = Callable[[Request, Draft, list[int], int], bool]


def check_number(request: Request, draft: Draft) -> Verdict:
    """Divisors, primes, digits, rounding, bases, percentages, counting."""
    special = SPECIAL.get(request.topic)
    if special is not None:
        return special(request, draft)
    values = [_integer(o) for o in request.operands]
    if None in values:
        return UNKNOWN
    numbers = [v for v in values if v is not None]
    if request.topic in TRUTHS:
        if not isinstance(draft.answer, t.Truth) or draft.text != str(draft.answer.value):
            return UNKNOWN
        holds = TRUTHS[request.topic](numbers)
        return _settle(None if holds is None else holds == draft.answer.value, "arithmetic")
    answer = _integer(draft.answer)
    if answer is None or request.topic not in NUMBERS:
        return UNKNOWN
    test, method = NUMBERS[request.topic]
    return _settle(test(request, draft, numbers, answer), method)


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
    values, answer = [_value(o) for o in request.operands], _integer(draft.answer)
    if None in values or not answer:
        return UNKNOWN
    bottoms = [v.denominator for v in values if v is not None]
    return _settle(_is_lcm(request, draft, bottoms, answer), "divisibility, coprime quotients")


def _check_prime_factors(request: Request, draft: Draft) -> Verdict:
    """Each is prime, ascending, and together they leave nothing."""
    n = _integer(request.operands[0])
    if n is None or not isinstance(draft.answer, t.Collection):
        return UNKNOWN
    factors = [_integer(i) for i in draft.answer.items]
    if None in factors or n < 2 or draft.text != ", ".join(map(str, factors)):
        return UNKNOWN
    primes = [f for f in factors if f is not None]
    known = [_prime(p) for p in primes]
    if None in known:
        return UNKNOWN
    left = n
    for p in primes:
        if p < 2 or left % p:
            return _settle(False, "")  # noqa: FBT003
        while left % p == 0:
            left //= p
    return _settle(left == 1 and all(known) and primes == sorted(set(primes)), "division by each")


def _check_factorization(request: Request, draft: Draft) -> Verdict:
    n, value = _integer(request.operands[0]), _integer(draft.answer)
    if n is None or value is None or draft.answer is None:
        return UNKNOWN
    parts = draft.answer.factors if isinstance(draft.answer, t.Mul) else (draft.answer,)
    bases = [_integer(p.base if isinstance(p, t.Pow) else p) for p in parts]
    primes = [_prime(b) for b in bases if b is not None]
    if None in primes or len(primes) != len(parts):
        return UNKNOWN
    return _settle(value == n and all(primes), "multiplied out, each factor prime")


def _check_divisors(request: Request, draft: Draft) -> Verdict:
    n = _integer(request.operands[0])
    if n is None or not 0 < n <= 10**10 or not isinstance(draft.answer, t.Collection):
        return UNKNOWN
    low = [d for d in range(1, isqrt(n) + 1) if n % d == 0]
    every = sorted({*low, *(n // d for d in low)})
    return _settle([_integer(i) for i in draft.answer.items] == every, "trial division")


def _check_round(request: Request, draft: Draft) -> Verdict:
    """The answer is a multiple of the unit, and the number is within half a unit of it."""
    answer = _value(draft.answer)
    if answer is None or request.order is None:
        return UNKNOWN
    asked = to_sympy(request.operands[0])
    places = request.order
    if request.topic == topics.ROUND_SIGNIFICANT:
        size = sp.Abs(asked)
        places = request.order - 1 - int(sp.floor(sp.log(size, 10).evalf(PLACES)))
        if not (sp.Integer(10) ** (request.order - 1 - places) <= size) == True:  # noqa: E712
            return UNKNOWN
    unit = Fraction(10) ** -places
    if (answer / unit).denominator != 1:
        return _settle(False, "")  # noqa: FBT003
    exact = _value(request.operands[0])
    if exact is not None:
        gap, half = abs(exact - answer), unit / 2
        return _settle(gap < half or (gap == half and abs(answer) > abs(exact)), "half a unit")
    number = (asked - sp.Rational(answer.numerator, answer.denominator)).evalf(PLACES)
    half_unit = sp.Rational(unit.numerator, 2 * unit.denominator)
    if not number.is_real:
        return UNKNOWN
    return _settle(bool(sp.Abs(number) < half_unit), "half a unit")


def _check_same(request: Request, draft: Draft) -> Verdict:
    """A number that is only written in another way."""
    asked, answer = _value(request.operands[0]), _value(draft.answer)
    if asked is None or answer is None or draft.answer is None:
        return UNKNOWN
    if request.topic == topics.SCIENTIFIC:
        match draft.answer:
            case t.Mul((front, t.Pow(base, _))):
                size = _value(front)
                if size is None or not 1 <= abs(size) < 10 or _integer(base) != 10:
                    return UNKNOWN
            case _:
                return UNKNOWN
    return _settle(asked == answer, "the same value")


def _check_percentage(request: Request, draft: Draft) -> Verdict:
    """Increase and decrease undone; a share put back."""
    values, answer = [_value(o) for o in request.operands], _value(draft.answer)
    if None in values or answer is None:
        return UNKNOWN
    a, b = (v for v in values if v is not None)
    tests = {
        topics.INCREASE: answer - a == a * b,
        topics.DECREASE: a - answer == a * b,
        topics.SHARE: answer * b == a,
        topics.CHANGE: a + a * answer == b,
    }
    return _settle(tests.get(request.topic), "put back")


def _check_coefficient(request: Request, draft: Draft) -> Verdict:
    """The coefficient by derivatives at zero (Taylor)."""
    body, form = (to_sympy(o) for o in request.operands)
    if draft.answer is None or not body.is_polynomial(*body.free_symbols):
        return UNKNOWN
    answer = to_sympy(draft.answer)
    wanted = [sp.Symbol(n) for n in request.variables]
    names = [s for s in form.free_symbols if s not in wanted and (s in body.free_symbols or form.has(s**2))]
    if len(names) != 1:
        return UNKNOWN
    x = names[0]
    part = sp.diff(form, wanted[0]) if wanted else form
    power = sp.degree(part, x)
    if part != x**power:
        return UNKNOWN
    found = sp.diff(body, (x, power)).subs(x, 0) / sp.factorial(power) if power else body.subs(x, 0)
    return _settle(sp.expand(found - answer) == 0, "Taylor coefficient")


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
    topics.TO_PERCENT: _check_same,
    topics.INCREASE: _check_percentage,
    topics.DECREASE: _check_percentage,
    topics.SHARE: _check_percentage,
    topics.CHANGE: _check_percentage,
    topics.COEFFICIENT: _check_coefficient,
}


# comparing -----------------------------------------------------------------------------


def _sign(left: t.Expr, right: t.Expr) -> int | None:
    """The sign of left - right: exact for rational numbers, else by digits."""
    a, b = _value(left), _value(right)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    gap = (to_sympy(left) - to_sympy(right)).evalf(PLACES)
    if not gap.is_real or abs(gap) < sp.Float(10) ** (-PLACES // 2):
        return None
    return 1 if gap > 0 else -1


def check_compare(request: Request, draft: Draft) -> Verdict:
    """Every pair compared anew."""
    values = list(request.operands)
    match request.topic:
        case topics.IS_TRUE:
            return _check_truth(values[0], draft)
        case topics.BIGGEST | topics.SMALLEST:
            return _check_rank(request, draft, values)
        case topics.ASCENDING | topics.DESCENDING:
            return _check_sorted(request, draft)
        case topics.NEAREST | topics.FARTHEST:
            return _check_nearest(request, draft, values)
        case topics.MATCH | topics.SELECT:
            return _check_option(request, draft, values)
    return UNKNOWN


def _check_truth(statement: t.Expr, draft: Draft) -> Verdict:
    if not isinstance(draft.answer, t.Truth) or draft.text != str(draft.answer.value):
        return UNKNOWN
    holds = _holds(statement)
    return _settle(None if holds is None else holds == draft.answer.value, "comparison")


def _holds(statement: t.Expr) -> bool | None:
    match statement:
        case t.Relation(t.Comparison.EQ, left, right) if t.symbols(statement):
            return _identical(left, right)
        case t.Relation(op, left, right):
            sign = _sign(left, right)
            if sign is None:
                return _equal(left, right, op)
            return {
                t.Comparison.EQ: sign == 0, t.Comparison.NE: sign != 0,
                t.Comparison.LT: sign < 0, t.Comparison.LE: sign <= 0,
                t.Comparison.GT: sign > 0, t.Comparison.GE: sign >= 0,
            }[op]  # fmt: skip
        case t.Call(kind, (value,)):
            return _of_kind(kind, value)
        case t.Junction(op, args):
            parts = [_holds(a) for a in args]
            if None in parts:
                return None
            return all(parts) if op is t.Connective.AND else any(parts)
    return None


def _identical(left: t.Expr, right: t.Expr) -> bool | None:
    """An identity of rational expressions: at enough exact points to fix both sides."""
    gap = sp.together(to_sympy(left) - to_sympy(right))
    names = sorted(gap.free_symbols, key=str) or sorted(to_sympy(left).free_symbols, key=str)
    top = sp.numer(gap)
    if not gap.is_rational_function(*names) or len(names) > 4:
        return None
    if not names or top.is_number:
        return bool(top == 0)
    degrees = [sp.Poly(top, n).degree() if top.has(n) else 0 for n in names]
    if prod(d + 1 for d in degrees) > 3000:
        return None
    grid = itertools.product(*(range(2, d + 3) for d in degrees))
    return all(sp.expand(top.subs(list(zip(names, spot, strict=True)))) == 0 for spot in grid)


def _of_kind(kind: str, value: t.Expr) -> bool | None:
    exact = _value(value)
    if exact is None:
        known = to_sympy(value).is_irrational
        if not known:
            return None
        sign = _sign(value, t.integer(0))
        return {"irrational": True, "rational": False, "integer": False,
                "positive": sign == 1, "negative": sign == -1}.get(kind)  # fmt: skip
    return {"irrational": False, "rational": True, "integer": exact.denominator == 1,
            "positive": exact > 0, "negative": exact < 0}.get(kind)  # fmt: skip


def _equal(left: t.Expr, right: t.Expr, op: t.Comparison) -> bool | None:
    """Irrational numbers that agree in all digits looked at: equal only by proof."""
    if sp.simplify(sp.radsimp(to_sympy(left) - to_sympy(right))) != 0:
        return None
    return op in (t.Comparison.EQ, t.Comparison.LE, t.Comparison.GE)


def _place(request: Request, draft: Draft) -> int | None:
    """Where the answer's word stands among the words, if it stands there once."""
    return request.words.index(draft.text) if request.words.count(draft.text) == 1 else None


def _check_rank(request: Request, draft: Draft, values: list[t.Expr]) -> Verdict:
    place = _place(request, draft)
    if place is None:
        return UNKNOWN
    signs = [_sign(v, values[place]) for n, v in enumerate(values) if n != place]
    if None in signs or 0 in signs:
        return UNKNOWN
    ahead = 1 if request.topic == topics.BIGGEST else -1
    return _settle(signs.count(ahead) == (request.order or 1) - 1, "each pair compared")


def _check_sorted(request: Request, draft: Draft) -> Verdict:
    if not isinstance(draft.answer, t.Collection):
        return UNKNOWN
    words = draft.text.split(", ")
    if sorted(words) != sorted(request.words):
        return UNKNOWN
    by_word = dict(zip(request.words, request.operands, strict=True))
    values = [by_word[w] for w in words]
    step = -1 if request.topic == topics.ASCENDING else 1
    signs = [_sign(a, b) for a, b in itertools.pairwise(values)]
    if None in signs:
        return UNKNOWN
    return _settle(all(s in (step, 0) for s in signs), "neighbours compared")


def _check_nearest(request: Request, draft: Draft, values: list[t.Expr]) -> Verdict:
    place = _place(request, draft)
    target = _value(values[0])
    numbers = [_value(v) for v in values[1:]]
    if place is None or target is None or None in numbers:
        return UNKNOWN
    squares = [(v - target) ** 2 for v in numbers if v is not None]
    own = squares[place]
    others = squares[:place] + squares[place + 1 :]
    better = all(own < o for o in others) if request.topic == topics.NEAREST else all(own > o for o in others)
    return _settle(better, "squares of the distances")


def _check_option(request: Request, draft: Draft, values: list[t.Expr]) -> Verdict:
    place = _place(request, draft)
    if place is None:
        return UNKNOWN
    if request.topic == topics.SELECT:
        truths = [_holds(v) for v in values]
    else:
        lone = values[0]
        if isinstance(lone, t.Collection) and len(lone.items) == 1:
            lone = lone.items[0]
        truths = [_holds(t.equation(lone, v)) for v in values[1:]]
    if None in truths:
        return UNKNOWN
    holding = [n for n, h in enumerate(truths) if h]
    if len(holding) > 1 and request.topic == topics.MATCH:
        holding = [n for n in holding if values[1:][n] == draft.answer == values[0]]
    return _settle(holding == [place], "each option compared")


# sequences, units, clocks, draws --------------------------------------------------------


def check_sequence(request: Request, draft: Draft) -> Verdict:
    """A formula must give back every term; a next term must lie on the polynomial of least
    degree (Lagrange) or keep the ratio."""
    numbers = [_value(o) for o in request.operands]
    if None in numbers or draft.answer is None:
        return UNKNOWN
    terms = [sp.Rational(v.numerator, v.denominator) for v in numbers if v is not None]
    if request.topic == topics.NTH and len(request.variables) == 1:
        n = sp.Symbol(request.variables[0])
        body = to_sympy(draft.answer)
        if body.free_symbols - {n}:
            return UNKNOWN
        fits = all(sp.simplify(body.subs(n, k) - v) == 0 for k, v in enumerate(terms, start=1))
        least = not body.is_polynomial(n) or sp.degree(body, n) < len(terms) - 1 or body == 0
        return _settle(fits and bool(least), "gives back every term")
    answer = _value(draft.answer)
    if answer is None:
        return UNKNOWN
    found = sp.Rational(answer.numerator, answer.denominator)
    if request.topic == topics.NEXT:
        return _settle(_continues(terms, found), "interpolation")
    return _check_progression(request, terms, found)


def _continues(terms: list[sp.Rational], found: sp.Rational) -> bool:
    x = sp.Symbol("x")
    curve = sp.interpolate(list(enumerate(terms, start=1)), x)
    if curve.is_number or sp.degree(curve, x) < len(terms) - 1:
        return bool(curve.subs(x, len(terms) + 1) == found)
    return len(terms) > 2 and all(
        a * c == b * b for a, b, c in zip(terms, terms[1:], [*terms[2:], found], strict=False)
    )


def _check_progression(request: Request, terms: list[sp.Rational], found: sp.Rational) -> Verdict:
    """Term after term."""
    first, step, count = terms
    if not count.is_Integer or not 1 <= count <= 5000:
        return UNKNOWN
    value = total = first
    arithmetic = request.topic in (topics.ARITHMETIC_TERM, topics.ARITHMETIC_SUM)
    for _ in range(int(count) - 1):
        value = value + step if arithmetic else value * step
        total += value
    wants_sum = request.topic in (topics.ARITHMETIC_SUM, topics.GEOMETRIC_SUM)
    return _settle(bool((total if wants_sum else value) == found), "term after term")


def check_measure(request: Request, draft: Draft) -> Verdict:
    """Units by pint's own table; clocks by moving minute by minute."""
    if request.topic == topics.CONVERT:
        return _check_units(request, draft)
    clock = request.words[0]
    minute, twelve = _minutes(clock), clock.endswith("M")
    if request.topic == topics.TIME_BETWEEN:
        gap = _integer(draft.answer)
        if gap is None:
            return UNKNOWN
        return _settle(0 <= gap < 1440 and (minute + gap) % 1440 == _minutes(request.words[1]), "clock")
    count = _integer(request.operands[0])
    if count is None:
        return UNKNOWN
    moved = minute + count if request.topic == topics.TIME_AFTER else minute - count
    same = draft.text.endswith("M") == twelve
    return _settle(same and _minutes(draft.text) == moved % 1440, "clock")


def _minutes(clock: str) -> int:
    hour, _, rest = clock.partition(":")
    if not clock.endswith("M"):
        return int(hour) * 60 + int(rest)
    half = 720 if clock.endswith("PM") else 0
    return int(hour) % 12 * 60 + int(rest[:2]) + half


CALENDAR = {"month": 1, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
PINT = {"tonne": "metric_ton"}


def _check_units(request: Request, draft: Draft) -> Verdict:
    given, wanted = request.words
    amount, answer = _value(request.operands[0]), _value(draft.answer)
    if amount is None or answer is None:
        return UNKNOWN
    if given in CALENDAR and wanted in CALENDAR:
        return _settle(amount * CALENDAR[given] == answer * CALENDAR[wanted], "months")
    return _settle(_by_pint(amount, answer, PINT.get(given, given), PINT.get(wanted, wanted)), "pint")


def _by_pint(amount: Fraction, answer: Fraction, given: str, wanted: str) -> bool | None:
    import pint

    registry: pint.UnitRegistry = pint.UnitRegistry(non_int_type=Fraction)
    found = registry.Quantity(amount, given).to(wanted).magnitude
    if isinstance(found, Fraction | int):
        return Fraction(found) == answer
    return None


def check_probability(request: Request, draft: Draft) -> Verdict:
    """By listing all draws where they are few, else by the other way of counting."""
    answer = _value(draft.answer)
    if answer is None or "|" not in request.words:
        return UNKNOWN
    cut = request.words.index("|")
    event, bag = request.words[:cut], request.words[cut + 1 :]
    letters = [c for c, n in zip(bag[::2], bag[1::2], strict=True) for _ in range(int(n))]
    if request.topic == topics.DRAW_SEQUENCE:
        drawn, ways = list(event), 1
    else:
        drawn = [c for c, n in zip(event[::2], event[1::2], strict=True) for _ in range(int(n))]
        ways = int(sp.factorial(len(drawn))) // prod(int(sp.factorial(int(n))) for n in event[1::2])
    total = perm(len(letters), len(drawn))
    if total > MAX_DRAWS:
        good = ways * prod(perm(letters.count(c), drawn.count(c)) for c in set(drawn))
        return _settle(Fraction(good, total) == answer, "ordered draws counted")
    wanted = drawn if request.topic == topics.DRAW_SEQUENCE else sorted(drawn)
    exact = request.topic == topics.DRAW_SEQUENCE
    good = sum(
        (list(draw) if exact else sorted(draw)) == wanted
        for draw in itertools.permutations(letters, len(drawn))
    )
    return _settle(Fraction(good, total) == answer, "all draws listed")
