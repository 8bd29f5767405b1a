"""Probabilities of draws by counting all equally likely outcomes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.chance.probability import COUNT, WORK_OUT
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

LIST = Rule("probability.list", "List all outcomes", "列举所有等可能的结果")
MAX_OUTCOMES = 20_000
SHOWN = 12
COMPARE: dict[str, Callable[[int, int], bool]] = {
    ">": lambda a, b: a > b, "<": lambda a, b: a < b, "=": lambda a, b: a == b,
    ">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draws:
    """How things with labels are drawn, and the words of the event."""

    back: bool
    count: int
    event: tuple[str, ...]
    labels: tuple[str, ...]


def draws_of(request: Request) -> Draws | None:
    """The request's words taken apart; ``None`` if they are not about outcomes."""
    words = request.words
    if request.topic != topics.OUTCOMES or "|" not in words or not words[1].isdigit():
        return None
    cut = words.index("|")
    return Draws(words[0] == "with", int(words[1]), words[2:cut], words[cut + 1 :])


def happens(event: tuple[str, ...], drawn: tuple[str, ...]) -> bool:
    """Whether labels that were drawn are an event.  Raises ``ValueError`` for unknown words."""
    match event:
        case ("all", label):
            return all(d == label for d in drawn)
        case ("same",):
            return len(set(drawn)) == 1
        case ("different",):
            return len(set(drawn)) == len(drawn)
        case ("set", *wanted):
            return sorted(drawn) == sorted(wanted)
        case ("least", label, size):
            return drawn.count(label) >= int(size)
        case (("sum" | "product" | "value") as which, *test):
            numbers = [int(d) for d in drawn]
            return _number(prod(numbers) if which == "product" else sum(numbers), test)
    raise ValueError(event)


def _number(value: int, test: list[str]) -> bool:
    match test:
        case ["odd"]:
            return value % 2 == 1
        case ["even"]:
            return value % 2 == 0
        case ["multiple", size]:
            return value % int(size) == 0
        case [op, size]:
            return COMPARE[op](value, int(size))
    raise ValueError(test)


def outcomes(request: Request) -> Draft | None:
    """Favourable over possible outcomes."""
    draws = draws_of(request)
    if draws is None or not 0 < draws.count <= len(draws.labels) * (10 if draws.back else 1):
        return None
    total = prod(len(draws.labels) - (0 if draws.back else n) for n in range(draws.count))
    if total > MAX_OUTCOMES:
        return None
    things = range(len(draws.labels))
    ways = (
        itertools.product(things, repeat=draws.count)
        if draws.back
        else itertools.permutations(things, draws.count)
    )
    good = [w for w in ways if happens(draws.event, tuple(draws.labels[n] for n in w))]
    line = t.Div(t.integer(len(good)), t.integer(total))
    answer = t.rational(Fraction(len(good), total))
    trail = Trail(line)
    trail.to(answer, WORK_OUT, Text("Reduce the fraction.", "约分。"))
    steps = (_told(draws, total, line), _counted(draws, good, line))
    return Draft(answer=answer, steps=(*steps, *trail.steps), method="counting outcomes")


def _told(draws: Draws, total: int, line: t.Expr) -> Step:
    again = ("put back", "放回") if draws.back else ("not put back", "不放回")
    why = Text(
        "{0} of {1} are drawn one after the other, " + again[0] + ": {2} equally likely outcomes.",
        "从 {1} 个中依次抽取 {0} 个（" + again[1] + "），共有 {2} 种等可能的结果。",
        (t.integer(draws.count), t.integer(len(draws.labels)), t.integer(total)),
    )
    return Step(rule=LIST, why=why, before=line, after=line, link=Link.FORMULA)


def _counted(draws: Draws, good: list[tuple[int, ...]], line: t.Expr) -> Step:
    names = ["(" + ", ".join(draws.labels[n] for n in w) + ")" for w in good]
    few = "、".join(names) if len(names) <= SHOWN else "、".join(names[:SHOWN]) + "、…"
    why = Text(
        "{0} of them are favourable: {1}",
        "其中符合条件的有 {0} 种：{1}",
        (t.integer(len(good)), few or "–"),
    )
    return Step(rule=COUNT, why=why, before=line, after=line, link=Link.FORMULA)
