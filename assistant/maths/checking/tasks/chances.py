"""Probabilities and counts by going through all outcomes, one after the other.

Nothing is counted by a formula: words are spelled letter by letter, trials are added one at
a time, balls are drawn one after the other (a chain of states with exact probabilities).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

from assistant.maths import topics
from assistant.maths.checking.tasks.quantities import UNKNOWN, settled, value_of, whole
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Verdict


def check_arrangements(request: Request, draft: Draft) -> Verdict:
    """Words are made letter by letter; states are the counts that are left."""

    @cache
    def words(left: tuple[int, ...]) -> int:
        if not any(left):
            return 1
        return sum(words(tuple(sorted((*left[:n], c - 1, *left[n + 1 :]))))
                   for n, c in enumerate(left) if c)  # fmt: skip

    found = whole(draft.answer)
    if found is None:
        return UNKNOWN
    return settled(words(tuple(sorted(map(int, request.words)))) == found, "letter by letter")


def check_chance(request: Request, draft: Draft) -> Verdict:
    """The topic's space, outcome by outcome."""
    answer = value_of(draft.answer)
    if answer is None:
        return UNKNOWN
    chances: dict[str, Callable[[Request], Fraction | None]] = {
        topics.BINOMIAL: _binomial, topics.DICE: _dice, topics.DRAW_EVENT: _bag,
    }  # fmt: skip
    expected = chances[request.topic](request)
    return UNKNOWN if expected is None else settled(expected == answer, "all outcomes")


def _binomial(request: Request) -> Fraction | None:
    """One trial after the other (Pascal's recursion on the distribution)."""
    n, p, low, high = (value_of(o) for o in request.operands)
    if None in (n, p, low, high):
        return None
    assert n is not None
    assert p is not None
    assert low is not None
    assert high is not None
    chances = [Fraction(1)]
    for _ in range(int(n)):
        chances = [
            a * (1 - p) + b * p
            for a, b in zip([*chances, Fraction(0)], [Fraction(0), *chances], strict=True)
        ]
    return sum((c for k, c in enumerate(chances) if low <= k <= high), Fraction(0))


def _dice(request: Request) -> Fraction | None:
    """Rolls written as digits in base six; the event read anew."""
    count, good = int(request.words[0]), 0
    events = _split(request.words[1:], "or")
    for code in range(6**count):
        roll = [code // 6**i % 6 + 1 for i in range(count)]
        good += any(_in_event(e, roll) for e in events)
    return Fraction(good, 6**count)


def _split(words: tuple[str, ...], mark: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in words:
        if word == mark:
            found.append([])
        else:
            found[-1].append(word)
    return found


def _in_event(event: list[str], roll: list[int]) -> bool:
    what, how, number = event[0], event[1], int(event[2])

    def fits(value: int) -> bool:
        match how:
            case "multiple":
                return value % number == 0
            case "factor":
                return number % value == 0
            case "!=":
                return value != number
        return (value > number and ">" in how) or (value < number and "<" in how) or (
            value == number and "=" in how)  # fmt: skip

    match what:
        case "some" | "all":
            hits = sum(map(fits, roll))
            return hits == len(roll) if what == "all" else hits > 0
        case "same":
            return (max(roll) == min(roll)) == (how == "=")
        case "difference":
            return fits(abs(max(roll) - min(roll)))
    total = 0 if what == "sum" else 1
    for value in roll:
        total = total + value if what == "sum" else total * value
    return fits(total)


def _bag(request: Request) -> Fraction | None:
    """Ball after ball: the chance of each colour next is its share of what is left."""
    cut = request.words.index("|")
    drawn, back, what, low, high, *colours = request.words[:cut]
    names = request.words[cut + 1 :: 2]
    start = tuple(map(int, request.words[cut + 2 :: 2]))
    chances = {(start, (0,) * len(start)): Fraction(1)}
    for _ in range(int(drawn)):
        following: dict[tuple[tuple[int, ...], tuple[int, ...]], Fraction] = {}
        for (left, taken), chance in chances.items():
            for i, n in enumerate(left):
                rest = left if back == "with" else (*left[:i], n - 1, *left[i + 1 :])
                state = (rest, (*taken[:i], taken[i] + 1, *taken[i + 1 :]))
                if n:
                    share = Fraction(n, sum(left))
                    following[state] = following.get(state, Fraction(0)) + chance * share
        chances = following
    total = Fraction(0)
    for (_, taken), chance in chances.items():
        colours_seen = sum(1 for n in taken if n)
        wanted = sum(n for name, n in zip(names, taken, strict=True) if name in colours)
        if what == "same":
            fits = (colours_seen == 1) == (low == "1")
        elif what == "each":
            fits = colours_seen == len(names)
        else:
            fits = int(low) <= wanted <= int(high)
        total += chance * fits
    return total
