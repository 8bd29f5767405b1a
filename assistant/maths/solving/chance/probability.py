"""Letters drawn from a bag without replacement."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

COUNT = Rule("probability.count", "Favourable and possible draws", "有利结果数与总结果数")
CHAIN = Rule("probability.chain", "One draw after the other", "依次抽取")
WORK_OUT = Rule("probability.work_out", "Work it out", "计算")


def event_and_bag(words: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, int]] | None:
    """The event's words, and how often each letter is in the bag."""
    if "|" not in words:
        return None
    cut = words.index("|")
    bag = words[cut + 1 :]
    return words[:cut], {letter: int(n) for letter, n in zip(bag[::2], bag[1::2], strict=True)}


def draw_sequence(request: Request) -> Draft | None:
    """The probability of letters in this order: a product, one factor a draw."""
    if request.topic != topics.DRAW_SEQUENCE:
        return None
    split = event_and_bag(request.words)
    if split is None:
        return None
    letters, bag = split
    left, total = dict(bag), sum(bag.values())
    factors: list[t.Expr] = []
    value = Fraction(1)
    for letter in letters:
        if total == 0:
            return None
        count = left.get(letter, 0)
        factors.append(t.Div(t.integer(count), t.integer(total)))
        value *= Fraction(count, total)
        left[letter] = max(count - 1, 0)
        total -= 1
    trail = Trail(t.mul(*factors))
    why = Text("Each draw leaves one letter fewer in the bag.", "每抽一次，袋中少一个字母。")
    steps = [_explain(CHAIN, why, trail.line)]
    trail.to(t.rational(value), WORK_OUT, Text("Multiply.", "相乘。"))
    return Draft(
        answer=t.rational(value), steps=(*steps, *trail.steps), method="multiplication rule"
    )


def _explain(rule: Rule, why: Text, line: t.Expr) -> Step:
    """Where a line comes from: a law, not a claim of its own."""
    return Step(rule=rule, why=why, before=line, after=line, link=Link.FORMULA)


def draw_counts(request: Request) -> Draft | None:
    """The probability of so many of each letter: favourable over possible choices."""
    if request.topic != topics.DRAW_COUNTS:
        return None
    split = event_and_bag(request.words)
    if split is None:
        return None
    pairs, bag = split
    wanted = {letter: int(n) for letter, n in zip(pairs[::2], pairs[1::2], strict=True)}
    total, drawn = sum(bag.values()), sum(wanted.values())
    if len(wanted) * 2 != len(pairs) or drawn > total:
        return None
    favourable = 1
    for letter, n in wanted.items():
        favourable *= comb(bag.get(letter, 0), n)
    ways = [t.Call("binomial", (t.integer(bag.get(c, 0)), t.integer(n))) for c, n in wanted.items()]
    line = t.Div(t.mul(*ways), t.Call("binomial", (t.integer(total), t.integer(drawn))))
    value = Fraction(favourable, comb(total, drawn))
    trail = Trail(line)
    why = Text(
        "Choose the wanted letters; divide by all ways to choose {0} of {1}.",
        "选出所要的字母的方法数，除以从 {1} 个中选 {0} 个的方法数。",
        (t.integer(drawn), t.integer(total)),
    )
    steps = [_explain(COUNT, why, line)]
    trail.to(
        t.Div(t.integer(favourable), t.integer(comb(total, drawn))), COUNT, Text("Count.", "计数。")
    )
    trail.to(t.rational(value), WORK_OUT, Text("Reduce the fraction.", "约分。"))
    return Draft(answer=t.rational(value), steps=(*steps, *trail.steps), method="counting")
