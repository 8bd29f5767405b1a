"""Answers about sequences, units, clocks and draws, checked by other means."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from math import perm, prod

import sympy as sp

from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.tasks.draw_events import check_outcomes
from assistant.maths.checking.tasks.quantities import UNKNOWN, settled, value_of, whole
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Verdict

MAX_DRAWS = 200_000

# sequences, units, clocks, draws --------------------------------------------------------


def check_sequence(request: Request, draft: Draft) -> Verdict:
    """A formula must give back every term; a next term must lie on the polynomial of least
    degree (Lagrange) or keep the ratio."""
    if request.topic == topics.PROGRESSION:
        from assistant.maths.checking.tasks.progressions import check_progression_parts

        return check_progression_parts(request, draft)
    if request.topic == topics.RECURRENCE:
        from assistant.maths.checking.tasks.progressions import check_recurrence

        return check_recurrence(request, draft)
    if request.topic == topics.PARTIAL_SUM:
        from assistant.maths.checking.tasks.partial_sums import check_partial_sums

        return check_partial_sums(request, draft)
    numbers = [value_of(o) for o in request.operands]
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
        return settled(fits and bool(least), "gives back every term")
    answer = value_of(draft.answer)
    if answer is None:
        return UNKNOWN
    found = sp.Rational(answer.numerator, answer.denominator)
    if request.topic == topics.NEXT:
        return settled(_continues(terms, found), "interpolation")
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
    return settled(bool((total if wants_sum else value) == found), "term after term")


def check_measure(request: Request, draft: Draft) -> Verdict:
    """Units by pint's own table; clocks by moving minute by minute."""
    if request.topic == topics.CONVERT:
        return _check_units(request, draft)
    clock = request.words[0]
    minute, twelve = _minutes(clock), clock.endswith("M")
    if request.topic == topics.TIME_BETWEEN:
        gap = whole(draft.answer)
        if gap is None:
            return UNKNOWN
        return settled(
            0 <= gap < 1440 and (minute + gap) % 1440 == _minutes(request.words[1]), "clock"
        )
    count = whole(request.operands[0])
    if count is None:
        return UNKNOWN
    moved = minute + count if request.topic == topics.TIME_AFTER else minute - count
    same = draft.text.endswith("M") == twelve
    return settled(same and _minutes(draft.text) == moved % 1440, "clock")


def _minutes(clock: str) -> int:
    hour, _, rest = clock.partition(":")
    if not clock.endswith("M"):
        return int(hour) * 60 + int(rest)
    half = 720 if clock.endswith("PM") else 0
    return int(hour) % 12 * 60 + int(rest[:2]) + half


CALENDAR = {"month": 1, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
KELVIN: dict[str, Callable[[Fraction], Fraction]] = {
    "kelvin": lambda reading: reading,
    "celsius": lambda reading: reading + Fraction("273.15"),
    "fahrenheit": lambda reading: (reading + Fraction("459.67")) * Fraction(5, 9),
}
PINT = {"tonne": "metric_ton"}


def _check_units(request: Request, draft: Draft) -> Verdict:
    given, wanted = request.words
    amount, answer = value_of(request.operands[0]), value_of(draft.answer)
    if amount is None or answer is None:
        return UNKNOWN
    if given in KELVIN and wanted in KELVIN:
        apart = KELVIN[given](amount) - KELVIN[wanted](answer)
        return settled(apart == 0, "kelvin")
    if given in CALENDAR and wanted in CALENDAR:
        return settled(amount * CALENDAR[given] == answer * CALENDAR[wanted], "months")
    return settled(
        _by_pint(amount, answer, PINT.get(given, given), PINT.get(wanted, wanted)), "pint"
    )


def _by_pint(amount: Fraction, answer: Fraction, given: str, wanted: str) -> bool | None:
    import pint

    registry: pint.UnitRegistry = pint.UnitRegistry(non_int_type=Fraction)
    found = registry.Quantity(amount, given).to(wanted).magnitude
    if isinstance(found, Fraction | int):
        return Fraction(found) == answer
    return None


def check_probability(request: Request, draft: Draft) -> Verdict:
    """By listing all draws where they are few, else by the other way of counting."""
    if request.topic == topics.OUTCOMES:
        return check_outcomes(request, draft)
    if request.topic in (topics.BINOMIAL, topics.DICE, topics.DRAW_EVENT):
        from assistant.maths.checking.tasks.chances import check_chance

        return check_chance(request, draft)
    answer = value_of(draft.answer)
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
        return settled(Fraction(good, total) == answer, "ordered draws counted")
    wanted = drawn if request.topic == topics.DRAW_SEQUENCE else sorted(drawn)
    exact = request.topic == topics.DRAW_SEQUENCE
    good = sum(
        (list(draw) if exact else sorted(draw)) == wanted
        for draw in itertools.permutations(letters, len(drawn))
    )
    return settled(Fraction(good, total) == answer, "all draws listed")
