"""The same relations in English: growth by one rate, twice or more."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.text import Tale, number, positive
from assistant.maths.types import Request, Task, Text

TIMES = {"two": 2, "three": 3, "2": 2, "3": 3}
CHANGED = late(
    r"(?:an? (?:item|product|shirt|coat|phone|book|bicycle|car|house|medicine)|the price(?: of an? [a-z]+)?)\s+(?:costs?|cost|is|was)\s+[$£€]?(?P<a>\d+(?:\.\d+)?)(?: dollars| pounds| euros| yuan)?[.,;]?\s*"
    r"(?:and\s+)?after (?P<n>two|three|2|3) (?:equal|successive equal|identical)(?: percentage| percent)? (?P<kind>reductions|discounts|decreases|increases|rises)"
    r"(?: in price)?,? (?:it|the price)?\s*(?:costs|is|was|now costs|becomes)?\s*[$£€]?(?P<b>\d+(?:\.\d+)?)(?: dollars| pounds| euros| yuan)?[.?]?\s*",
    re.IGNORECASE,
)
WANT = late(
    r"(?:find|what (?:is|was)|calculate|determine) the (?:percentage|percent|rate)(?: of)?(?: each| the| every)?(?: (?:reduction|discount|decrease|increase|rise))?(?: each time)?[.?]?",
    re.IGNORECASE,
)


def read_english_growth(tale: Tale) -> list[Request] | None:
    """``An item costs 48; after two equal percentage reductions it costs 27.``"""
    found = tale.take(CHANGED)
    if found is None or tale.take(WANT) is None or tale.text.strip(" .\n"):
        return None
    tale.text = ""
    start, end = found["a"], found["b"]
    up = found["kind"].lower() in ("increases", "rises")
    if (Fraction(end) > Fraction(start)) != up:
        return None
    letter = tale.letter("x")
    x, one = t.Symbol(letter), t.integer(1)
    power = t.Pow(t.Add((one, x if up else t.Neg(x))), t.integer(TIMES[found["n"].lower()]))
    why = Text("Let {0} be the rate.", "设变化率为 {0}，由题意得", (x,))
    keep: tuple[t.Expr, ...] = (positive(letter),)
    if not up:
        keep = (*keep, t.Relation(t.Comparison.LT, x, one))
    tale.says(why, t.equation(t.Mul((number(start), power)), number(end)), keep=keep)
    return [Request(task=Task.NUMBER, topic=topics.TO_PERCENT, operands=(x,))]
