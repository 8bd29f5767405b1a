"""Divisors and multiples: gcd, lcm, remainders, primes, factors."""

from __future__ import annotations

from math import isqrt

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.numbers.quantities import integers, rational
from assistant.maths.types import Link, Request, Rule, Step, Text

WORK_OUT = Rule("number.value", "Work out the number", "先求出这个数")
EUCLID = Rule("number.euclid", "Divide with remainder (Euclid's algorithm)", "辗转相除")
LCM_BY_GCD = Rule(
    "number.lcm",
    "Least common multiple from the greatest common divisor",
    "由最大公约数求最小公倍数",
)
DIVIDE = Rule("number.divide", "Divide with remainder", "带余除法")
CONCLUDE = Rule("number.conclude", "Conclude", "得出结论")
SPLIT = Rule("number.split", "Split off a prime factor", "分解出一个质因数")
TRIAL = Rule("number.trial", "Try the primes up to the square root", "用不超过平方根的质数试除")
DENOMINATORS = Rule("number.denominators", "Take the denominators", "取各分母")
LIST = Rule("number.divisors", "Divisors come in pairs", "成对列出约数")

MAX_FACTORED = 10**18
MAX_TRIED = 10**12
"""Above this a prime is named by a test that is exact below 2^64, not by trial."""


def worked_out(operands: tuple[t.Expr, ...]) -> tuple[Step, ...]:
    """A step for each operand that was not yet written as a number."""
    steps = []
    for operand in operands:
        value = rational(operand)
        if value is not None and t.rational(value) != operand and not isinstance(operand, t.Number):
            why = Text("Work out {0}.", "计算 {0}。", (operand,))
            steps.append(Step(rule=WORK_OUT, why=why, before=operand, after=t.rational(value)))
    return tuple(steps)


def _n(value: int) -> t.Expr:
    return t.integer(value)


def gcd(request: Request) -> Draft | None:
    """The greatest common divisor by Euclid's algorithm (Elements VII, 2)."""
    values = _positive(request, topics.GCD)
    if values is None:
        return None
    trail = Trail(t.Call("gcd", tuple(map(_n, values))))
    found = _euclid(trail, values)
    return Draft(
        answer=_n(found),
        steps=(*worked_out(request.operands), *trail.steps),
        method="euclid",
    )


def _positive(request: Request, topic: str) -> tuple[int, ...] | None:
    values = integers(request.operands)
    if request.topic != topic or values is None or len(values) < 2 or 0 in values:
        return None
    return tuple(map(abs, values))


def _euclid(trail: Trail, values: tuple[int, ...]) -> int:
    """Reduce the first two numbers until one is left; then go on with the next."""
    a, *rest = values
    for n, other in enumerate(rest):
        b, others = other, tuple(map(_n, rest[n + 1 :]))
        while b:
            quotient, left = divmod(a, b)
            why = Text(
                "{0} = {1}·{2} + {3}: common divisors of {0} and {2} are those of {2} and {3}.",
                "{0} = {1}×{2} + {3}，所以 {0} 与 {2} 的公约数就是 {2} 与 {3} 的公约数。",
                (_n(a), _n(quotient), _n(b), _n(left)),
            )
            a, b = b, left
            pair = (_n(a), _n(b), *others) if b else (_n(a), *others)
            trail.to(t.Call("gcd", pair) if len(pair) > 1 else pair[0], EUCLID, why)
    return a


def lcm(request: Request) -> Draft | None:
    """The least common multiple: ``a·b / gcd(a, b)``."""
    values = _positive(request, topics.LCM)
    return None if values is None else _lcm(values, worked_out(request.operands))


def _lcm(values: tuple[int, ...], before: tuple[Step, ...]) -> Draft:
    trail = Trail(t.Call("lcm", tuple(map(_n, values))))
    a, *rest = values
    for n, b in enumerate(rest):
        inner = Trail(t.Call("gcd", (_n(a), _n(b))))
        divisor = _euclid(inner, (a, b))
        product = t.Div(t.Mul((_n(a), _n(b))), _n(divisor))
        others = tuple(map(_n, rest[n + 1 :]))
        why = Text(
            "The greatest common divisor of {0} and {1} is {2}; divide the product by it.",
            "{0} 与 {1} 的最大公约数是 {2}，用乘积除以它。",
            (_n(a), _n(b), _n(divisor)),
        )
        trail.to(
            t.Call("lcm", (product, *others)) if others else product,
            LCM_BY_GCD,
            why,
            substeps=inner.steps,
        )
        a = a * b // divisor
        trail.to(
            t.Call("lcm", (_n(a), *others)) if others else _n(a),
            WORK_OUT,
            Text("Work it out.", "计算。"),
        )
    return Draft(answer=_n(a), steps=(*before, *trail.steps), method="lcm")


def common_denominator(request: Request) -> Draft | None:
    """The least common denominator of fractions."""
    if request.topic != topics.COMMON_DENOMINATOR:
        return None
    values = [rational(o) for o in request.operands]
    if len(values) < 2 or None in values:
        return None
    bottoms = tuple(v.denominator for v in values if v is not None)
    fractions = tuple(t.rational(v) for v in values if v is not None)
    taken = Step(
        rule=DENOMINATORS,
        why=Text("The denominators in lowest terms.", "约分后取各分母。"),
        before=t.Collection(t.Bracket.LIST, fractions),
        after=t.Collection(t.Bracket.LIST, tuple(map(_n, bottoms))),
        link=Link.FORMULA,
    )
    return _lcm(bottoms, (*worked_out(request.operands), taken))


def remainder(request: Request) -> Draft | None:
    """The remainder of integers: ``a = q·b + r`` with ``0 <= r < |b|``."""
    values = integers(request.operands)
    if request.topic != topics.REMAINDER or values is None or len(values) != 2 or not values[1]:
        return None
    a, b = values
    left = a % abs(b)
    return Draft(
        answer=_n(left),
        steps=(*worked_out(request.operands), _division(a, b)),
        method="division",
    )


def _division(a: int, b: int) -> Step:
    left = a % abs(b)
    quotient = (a - left) // b
    return Step(
        rule=DIVIDE,
        why=Text(
            "{0} goes {1} times into {2}, and {3} is left.",
            "{2} 除以 {0} 得 {1} 余 {3}。",
            (_n(b), _n(quotient), _n(a), _n(left)),
        ),
        before=_n(a),
        after=t.Add((t.Mul((_n(quotient), _n(b))), _n(left))),
    )


def quotient(request: Request) -> Draft | None:
    """The whole quotient of integers; the remainder in a note."""
    values = integers(request.operands)
    if request.topic != topics.QUOTIENT or values is None or len(values) != 2 or not values[1]:
        return None
    a, b = values
    left = a % abs(b)
    note = Text("The remainder is {0}.", "余数是 {0}。", (_n(left),))
    return Draft(
        answer=_n((a - left) // b),
        steps=(*worked_out(request.operands), _division(a, b)),
        method="division",
        notes=(note,),
    )


def is_factor(request: Request) -> Draft | None:
    """Whether a number divides another: the remainder decides."""
    values = integers(request.operands)
    if request.topic != topics.IS_FACTOR or values is None or len(values) != 2 or not values[0]:
        return None
    divisor, dividend = values
    return _truth(request, dividend % divisor == 0, (_division(dividend, divisor),))


def _truth(request: Request, holds: bool, steps: tuple[Step, ...]) -> Draft:  # noqa: FBT001
    return Draft(
        answer=t.Truth(holds),
        text=str(holds),
        steps=(*worked_out(request.operands), *steps),
        method="division",
    )


def parity(request: Request) -> Draft | None:
    """Whether a number is even or odd."""
    values = integers(request.operands)
    if request.topic not in (topics.IS_EVEN, topics.IS_ODD) or values is None or len(values) != 1:
        return None
    even = values[0] % 2 == 0
    return _truth(request, even == (request.topic == topics.IS_EVEN), (_division(values[0], 2),))


# primes --------------------------------------------------------------------------------


def smallest_factor(n: int) -> int | None:
    """The smallest prime factor of ``n > 1``, or ``None`` if it cannot be found in time."""
    if n > MAX_FACTORED:
        return None
    return int(min(sp.factorint(n)))


def primality(request: Request) -> Draft | None:
    """Prime or composite, by a factor or by trial up to the square root."""
    values = integers(request.operands)
    if request.topic not in (topics.IS_PRIME, topics.IS_COMPOSITE) or values is None:
        return None
    n = values[0]
    asks_prime = request.topic == topics.IS_PRIME
    if n < 2:
        why = Text("Primes and composite numbers are at least 2.", "质数与合数都不小于 2。")
        small = Step(
            rule=CONCLUDE,
            why=why,
            before=t.Relation(t.Comparison.LT, _n(n), _n(2)),
            after=t.Truth(value=True),
            link=Link.EQUIVALENT,
        )
        return _truth(request, False, (small,))  # noqa: FBT003
    factor = smallest_factor(n)
    if factor is None:
        return None
    if factor < n:
        return _truth(request, not asks_prime, (_split(n, factor),))
    return _truth(request, asks_prime, (_trial(n),))


def _split(n: int, factor: int) -> Step:
    return Step(
        rule=SPLIT,
        why=Text("{0} divides {1}.", "{0} 能整除 {1}。", (_n(factor), _n(n))),
        before=_n(n),
        after=t.Mul((_n(factor), _n(n // factor))),
    )


def _trial(n: int) -> Step:
    limit = isqrt(n)
    return Step(
        rule=TRIAL,
        why=Text(
            "No prime up to {0} divides {1}; a composite number has a prime factor"
            " not above its square root.",
            "不超过 {0} 的质数都不能整除 {1}，而合数必有不大于其平方根的质因数，所以它是质数。",
            (_n(limit), _n(n)),
        ),
        before=_n(n),
        after=_n(n),
        link=Link.FORMULA,
    )


def prime_factors(request: Request) -> Draft | None:
    """The different prime factors, or the factorisation, by splitting off the smallest."""
    values = integers(request.operands)
    if request.topic not in (topics.PRIME_FACTORS, topics.FACTORIZATION) or values is None:
        return None
    n = values[0]
    if not 2 <= n <= MAX_FACTORED:
        return None
    factors = {int(p): int(k) for p, k in sorted(sp.factorint(n).items())}
    trail = Trail(_n(n))
    done: list[int] = []
    left = n
    for prime, times in factors.items():
        for _ in range(times):
            left //= prime
            done.append(prime)
            why = Text("Split off {0}.", "分解出 {0}。", (_n(prime),))
            parts = [*done, left] if left > 1 else done
            trail.to(t.mul(*map(_n, parts)), SPLIT, why)
    steps = (*worked_out(request.operands), *trail.steps)
    if len(done) == 1:
        steps = (*steps, _trial(n))
    if request.topic == topics.FACTORIZATION:
        powers = t.mul(*(_n(p) if k == 1 else t.Pow(_n(p), _n(k)) for p, k in factors.items()))
        return Draft(answer=powers, steps=steps, method="trial division")
    return Draft(
        answer=t.Collection(t.Bracket.SET, tuple(map(_n, factors))),
        text=", ".join(map(str, factors)),
        steps=steps,
        method="trial division",
    )


def divisors(request: Request) -> Draft | None:
    """All positive divisors."""
    values = integers(request.operands)
    if request.topic != topics.DIVISORS or values is None or not 1 <= values[0] <= MAX_TRIED:
        return None
    found = [int(d) for d in sp.divisors(values[0])]
    pairs = Step(
        rule=LIST,
        why=Text("With each divisor its partner is one too.", "约数成对出现。"),
        before=_n(values[0]),
        after=t.Collection(t.Bracket.SET, tuple(map(_n, found))),
        link=Link.FORMULA,
    )
    return Draft(
        answer=t.Collection(t.Bracket.SET, tuple(map(_n, found))),
        text=", ".join(map(str, found)),
        steps=(*worked_out(request.operands), pairs),
        method="divisors",
    )
