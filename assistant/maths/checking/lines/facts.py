"""Facts about whole numbers that a line states in words: by exact arithmetic.

What a list leaves out does not make a line wrong: who writes *the factors of 12 are 3 and 4* may
mean those of a product.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import gcd, isqrt, lcm

import sympy as sp

from assistant.maths.checking.lines.marks import UNKNOWN, Finding, proved, undecided
from assistant.maths.reading.claims.facts import Fact, Kind, facts
from assistant.maths.types import Refuted, Text

METHOD = "whole numbers"
TRUE = ("true of these numbers", "对这些数成立")
COMPLETE = ("these are all of them", "这些就是全部")
LARGEST = 10**12
"""No greater number is factored."""
PRIMES = 10**4
LEFT_OUT = undecided("all of these are right, but {0} is left out", "所列都对，但漏了 {0}", "")
OWN: dict[Kind, Callable[[int], bool]] = {
    Kind.PRIME: lambda n: bool(sp.isprime(n)),
    Kind.COMPOSITE: lambda n: n > 1 and not sp.isprime(n),
    Kind.EVEN: lambda n: n % 2 == 0,
    Kind.ODD: lambda n: n % 2 == 1,
    Kind.SQUARE: lambda n: isqrt(n) ** 2 == n,
    Kind.CUBE: lambda n: bool(sp.integer_nthroot(n, 3)[1]),
}
"""What a number is by itself."""


def stated(text: str) -> list[Finding]:
    """The findings on the facts of a line; none where it states none."""
    return [_finding(fact) for fact in facts(text)]


def _finding(fact: Fact) -> Finding:
    match fact.kind:
        case Kind.DIVISIBLE | Kind.FACTOR:
            return _divided(fact)
        case Kind.COPRIME:
            return _coprime(fact)
        case Kind.GCD | Kind.LCM:
            return _common(fact)
        case Kind.ALL_FACTORS | Kind.SOME_FACTORS | Kind.PRIME_FACTORS:
            return _factors(fact)
        case Kind.PRIMES_BELOW | Kind.PRIMES_UP_TO:
            return _primes(fact)
    test = OWN[fact.kind]
    return _of_each(fact, [(str(n), test(n)) for n in fact.numbers])


def _of_each(fact: Fact, found: list[tuple[str, bool]]) -> Finding:
    """What is said of several numbers holds of each; what is denied of several may be denied of
    each, or of all together."""
    if fact.denied:
        if not any(holds for _, holds in found):
            return proved(METHOD, *TRUE)
        return _wrong(found[0][0]) if all(holds for _, holds in found) else UNKNOWN
    broken = next((name for name, holds in found if not holds), None)
    return proved(METHOD, *TRUE) if broken is None else _wrong(broken)


def _wrong(name: str) -> Finding:
    return Finding(
        Refuted(name, "false", "true"), Text("not true of {0}", "对 {0} 不成立", (name,))
    )


def _divided(fact: Fact) -> Finding:
    factors = fact.numbers if fact.kind is Kind.FACTOR else fact.others
    if 0 in factors:
        return UNKNOWN
    pairs = [
        (f"{n}, {o}", (n if fact.kind is Kind.DIVISIBLE else o)
         % (o if fact.kind is Kind.DIVISIBLE else n) == 0)
        for n in fact.numbers
        for o in fact.others
    ]  # fmt: skip
    found = _of_each(fact, pairs)
    both = len(fact.numbers) > 1 and len(fact.others) > 1
    return UNKNOWN if both and isinstance(found.verdict, Refuted) else found  # each by its own?


def _coprime(fact: Fact) -> Finding:
    pairs = [(f"{a}, {b}", gcd(a, b) == 1) for a, b in combinations(fact.numbers, 2)]
    if not pairs:
        return UNKNOWN
    together = gcd(*fact.numbers) == 1
    if len(pairs) > 1 and together and not all(holds for _, holds in pairs):
        return UNKNOWN  # coprime as a whole, not in pairs
    if fact.denied:
        return proved(METHOD, *TRUE) if not together else _wrong(pairs[0][0])
    return _of_each(fact, pairs)


def _common(fact: Fact) -> Finding:
    if len(fact.others) < 2 or 0 in fact.others:
        return UNKNOWN
    (claimed,) = fact.numbers
    value = gcd(*fact.others) if fact.kind is Kind.GCD else lcm(*fact.others)
    if value == claimed:
        return proved(METHOD, *TRUE)
    why = Text("it is {0}", "应为 {0}", (str(value),))
    return Finding(Refuted(str(claimed), str(claimed), str(value)), why)


def _factors(fact: Fact) -> Finding:
    (whole,) = fact.others
    if not 0 < whole <= LARGEST or 0 in fact.numbers:
        return UNKNOWN
    prime = fact.kind is Kind.PRIME_FACTORS
    exponents = sp.factorint(whole)
    for n in fact.numbers:
        if whole % n or (prime and n not in exponents):
            return _wrong(str(n))
    if fact.kind is Kind.SOME_FACTORS:
        return proved(METHOD, *TRUE)
    if prime and len({*fact.numbers}) < len(fact.numbers):  # each as often as it divides
        often = {n: fact.numbers.count(n) for n in fact.numbers}
        return proved(METHOD, *COMPLETE) if often == exponents else UNKNOWN
    return _complete(fact, list(exponents) if prime else sp.divisors(whole))


def _primes(fact: Fact) -> Finding:
    (bound,) = fact.others
    if bound > PRIMES:
        return UNKNOWN
    last = bound if fact.kind is Kind.PRIMES_UP_TO else bound - 1
    every = list(sp.primerange(2, last + 1))
    wrong = next((n for n in fact.numbers if n not in every), None)
    return _complete(fact, every) if wrong is None else _wrong(str(wrong))


def _complete(fact: Fact, every: list[int]) -> Finding:
    missing = next((n for n in every if n not in fact.numbers), None)
    if missing is None:
        return proved(METHOD, *COMPLETE)
    why = Text(LEFT_OUT.why.en, LEFT_OUT.why.zh, (str(missing),))
    return Finding(LEFT_OUT.verdict, why)
