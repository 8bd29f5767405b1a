"""Scientific notation of a number that a text reports."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.text import Tale
from assistant.maths.types import Request, Task

VALUE = r"(-?\d+(?:\.\d+)?)\s*([十百千]?[万亿]{0,2})"
UNIT = r"((?:平方|立方)?(?:千米|公里|厘米|毫米|微米|纳米|米|千克|吨|克|元|人次|人|公顷|亩|户|度|秒|年|光年|km|cm|mm|nm|m|kg|g|t|s)?)"
NOTATION = r"用科学[记计]数法"
SHOW = r"(?:可以?|应)?(?:表示|记|记作)(?:正确的)?(?:结果)?(?:为|是|成|作)?"
BEFORE = late(
    rf"(?:数据|数字|数|将|把|:)?:?\s*{VALUE}\s*{UNIT}(?:这个?数(?:据|字)?|一数)?,?{NOTATION}{SHOW}(?:\(\s*\)|_+)?\s*{UNIT}\.?\s*$"
)
AFTER = late(
    rf"{NOTATION}(?:来)?表示(?:数据|数字|数)?\s*{VALUE}\s*{UNIT}(?:这个数)?,?(?:正确的)?(?:结果)?(?:为|是)?:?(?:\(\s*\)|_+)?\s*{UNIT}\.?\s*$"
)


def read_notation(tale: Tale) -> list[Request] | None:
    """The one number that is to be written anew: nothing before it can matter."""
    found = BEFORE.search(tale.text) or AFTER.search(tale.text)
    if found is None or (found[4] and found[4] != found[3]):
        return None
    if re.search(r"\d\s*$|[\d.×^]$", tale.text[: found.start()]):
        return None
    value = numerals.chinese(found[1].lstrip("-") + found[2])
    if not value:
        return None
    tale.text = ""
    number = t.rational(value)
    if value.denominator != 1:
        number = t.Number(value, len(found[1].partition(".")[2]))
    return [
        Request(
            task=Task.NUMBER,
            topic=topics.SCIENTIFIC,
            operands=(t.Neg(number) if found[1].startswith("-") else number,),
        )
    ]
