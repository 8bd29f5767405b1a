"""Probabilities of events in finite uniform spaces: dice, and balls drawn from a bag."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import comb

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

LAPLACE = Rule("outcomes.laplace", "Favourable over possible outcomes", "有利结果数除以总结果数")
LIST = Rule("outcomes.list", "List the favourable outcomes", "列举有利结果")
EACH = Rule("outcomes.each", "Each case by choosing from each colour", "按每种颜色分别选取计数")
WITH_BACK = Rule("outcomes.replaced", "The draws are independent", "放回抽取，各次独立")
WORK_OUT = Rule("outcomes.work_out", "Work it out", "计算")
MOST_DICE, MOST_DRAWN, LISTED = 4, 6, 12
HOLDS = {
    "=": lambda a, b: a == b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "multiple": lambda a, b: a % b == 0,
    "factor": lambda a, b: b % a == 0, "!=": lambda a, b: a != b,
}  # fmt: skip


def event_of_dice(words: tuple[str, ...], roll: tuple[int, ...]) -> bool:
    """Whether a roll belongs to the event ``what, how, number``."""
    what, how, number = words[0], words[1], int(words[2])
    if what == "some":
        return any(HOLDS[how](v, number) for v in roll)
    if what == "all":
        return all(HOLDS[how](v, number) for v in roll)
    if what == "same":
        return (len(set(roll)) == 1) == (how == "=")
    value = sum(roll)
    if what == "product":
        value = 1
        for v in roll:
            value *= v
    if what == "difference":
        value = max(roll) - min(roll)
    return bool(HOLDS[how](value, number))


def dice(request: Request) -> Draft | None:
    """All rolls of fair dice are as likely; count those of the event."""
    if request.topic != topics.DICE or not request.words:
        return None
    count = int(request.words[0])
    if not 1 <= count <= MOST_DICE:
        return None
    rolls = list(itertools.product(range(1, 7), repeat=count))
    good = [r for r in rolls if _good(request.words[1:], r)]
    steps: list[Step] = []
    if 0 < len(good) <= LISTED:
        listed = t.Collection(t.Bracket.SET, tuple(_outcome(r) for r in good))
        why = Text("{0} of {1} outcomes are favourable.", "{1} 种等可能结果中有 {0} 种有利。",
                   (t.integer(len(good)), t.integer(len(rolls))))  # fmt: skip
        steps.append(Step(rule=LIST, why=why, before=listed, after=listed, link=Link.FORMULA))
    return _quotient(len(good), len(rolls), steps)


def _good(words: tuple[str, ...], roll: tuple[int, ...]) -> bool:
    """One of several events, parted by ``or``."""
    if "or" in words:
        cut = words.index("or")
        return event_of_dice(words[:cut], roll) or _good(words[cut + 1 :], roll)
    return event_of_dice(words, roll)


def _outcome(roll: tuple[int, ...]) -> t.Expr:
    if len(roll) == 1:
        return t.integer(roll[0])
    return t.Collection(t.Bracket.TUPLE, tuple(map(t.integer, roll)))


def _quotient(good: int, total: int, steps: list[Step]) -> Draft:
    trail = Trail(t.Div(t.integer(good), t.integer(total)))
    why = Text("Favourable over possible outcomes.", "有利结果数除以总结果数。")
    first = Step(rule=LAPLACE, why=why, before=trail.line, after=trail.line, link=Link.FORMULA)
    value = t.rational(Fraction(good, total))
    trail.to(value, WORK_OUT, Text("Reduce the fraction.", "约分。"))
    return Draft(answer=value, steps=(*steps, first, *trail.steps), method="counting outcomes")


# balls from a bag --------------------------------------------------------------------------


def bag_cases(request: Request) -> tuple[list[int], list[tuple[int, ...]], int, bool] | None:
    """The counts by colour, the wanted numbers drawn of each, how many are drawn, and whether
    they are put back."""
    if request.topic != topics.DRAW_EVENT or "|" not in request.words:
        return None
    cut = request.words.index("|")
    drawn, back, what, low, high, *colours = request.words[:cut]
    bag = dict(zip(request.words[cut + 1 :: 2], map(int, request.words[cut + 2 :: 2]), strict=True))
    k = int(drawn)
    if not 1 <= k <= MOST_DRAWN or (back == "without" and k > sum(bag.values())):
        return None
    splits = [s for s in itertools.product(range(k + 1), repeat=len(bag)) if sum(s) == k]
    wanted = []
    for split in splits:
        taken = dict(zip(bag, split, strict=True))
        if what == "same":
            fits = (k in split) == (low == "1")
        elif what == "each":
            fits = all(n > 0 for n in split)
        else:
            fits = int(low) <= sum(taken.get(c, 0) for c in colours) <= int(high)
        if fits:
            wanted.append(split)
    return list(bag.values()), wanted, k, back == "with"


def bag(request: Request) -> Draft | None:
    """The cases of the event, each counted by choosing from every colour."""
    found = bag_cases(request)
    if found is None:
        return None
    counts, cases, k, back = found
    total = sum(counts)
    if back:
        return _put_back(counts, cases, k)
    good = [product for case in cases if (product := _product(counts, case)) is not None]
    whole = t.Call("binomial", (t.integer(total), t.integer(k)))
    line = t.Div(t.add(*good), whole) if good else t.integer(0)
    value = Fraction(sum(_ways(counts, case) for case in cases), comb(total, k))
    why = Text("Choose from each colour as the event asks; divide by all choices of {0} from {1}.",
               "按事件要求从各种颜色中选取，除以从 {1} 个中选 {0} 个的总数。",
               (t.integer(k), t.integer(total)))  # fmt: skip
    return _ended(EACH, why, line, value)


def _ways(counts: list[int], case: tuple[int, ...]) -> int:
    ways = 1
    for n, j in zip(counts, case, strict=True):
        ways *= comb(n, j)
    return ways


def _product(counts: list[int], case: tuple[int, ...]) -> t.Expr | None:
    if not _ways(counts, case):
        return None
    parts = [t.Call("binomial", (t.integer(n), t.integer(j)))
             for n, j in zip(counts, case, strict=True) if j]  # fmt: skip
    return t.mul(*parts)


def _put_back(counts: list[int], cases: list[tuple[int, ...]], k: int) -> Draft:
    total = sum(counts)
    terms: list[t.Expr] = []
    value = Fraction(0)
    for case in cases:
        orders, left, size = 1, k, Fraction(1)
        factors: list[t.Expr] = []
        for n, j in zip(counts, case, strict=True):
            orders *= comb(left, j)
            left -= j
            size *= Fraction(n, total) ** j
            if j:
                share = t.Div(t.integer(n), t.integer(total))
                factors.append(share if j == 1 else t.Pow(share, t.integer(j)))
        value += orders * size
        terms.append(t.mul(*([t.integer(orders)] if orders > 1 else []), *factors))
    why = Text("Each draw is from the full bag; multiply, and count the orders.",
               "每次都从全部球中抽取；相乘并计入先后顺序。")  # fmt: skip
    return _ended(WITH_BACK, why, t.add(*terms) if terms else t.integer(0), value)


def _ended(rule: Rule, why: Text, line: t.Expr, value: Fraction) -> Draft:
    first = Step(rule=rule, why=why, before=line, after=line, link=Link.FORMULA)
    trail = Trail(line)
    trail.to(t.rational(value), WORK_OUT, Text("Calculate.", "计算。"))
    return Draft(answer=t.rational(value), steps=(first, *trail.steps), method="counting choices")
