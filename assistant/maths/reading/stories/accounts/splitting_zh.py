"""A Chinese story as its clauses, in the one spelling that they are read in."""

from __future__ import annotations

import re

from assistant.maths.reading.stories.accounts.patterns_zh import (
    ASK,
    HALVES,
    HOW_MUCH,
    PARTS,
    TOGETHER,
    N,
)
from assistant.maths.reading.stories.accounts.words_zh import NAME, UNIT

MAX_CLAUSE = 60
"""Characters; no clause of a school book is longer, and patterns cost time."""


def split(text: str) -> list[str]:
    """The clauses of a story."""
    text = re.sub(r"\s+", "", text).replace("·", "")
    text = re.sub(r"(?<=\d):(?=\d)", "比", text)
    text = re.sub(r"(?:以|之)?后(?=,|自己?还|还|剩|又|[^,.\d]{1,4}还剩)", ",", text)
    text = re.sub(rf"({N}{UNIT}{NAME})和(?={N}{UNIT})", r"\1,", text)
    text = re.sub(
        rf"(?<![\u4e00-\u9fff\d])(?:有)?({N})({UNIT})({NAME})各有(?={N}{UNIT})",
        r"有\1\2\3,每\2\3有",
        text,
    )
    text = re.sub(r"到[某这一]?个?站后?(?:,|(?=[上下]))", "", text)
    text = re.sub(rf"(?<=\d)({UNIT})(?:这样的|同样的)", r"\1", text)
    text = re.sub(r"(?<=[来回进])了?一批(?!次)", "一些", text)
    text = re.sub(rf"每({UNIT})({NAME}?)平均(?=[^,.;?]*{ASK})", r"平均每\1\2", text)
    text = re.sub(
        rf"(?<![\u4e00-\u9fff])(?:现在|现)?(?:要|准备)?[把将]({N}{UNIT}{NAME})(?=平均|每)",
        r"有\1,",
        text,
    )
    text = re.sub(rf"(?<=[,.;])(?:现在|现)({N}{UNIT}{NAME})(?:要|准备)?(?=平均)", r"有\1,", text)
    text = re.sub(
        rf"(?<![\u4e00-\u9fff\d])({N}{UNIT}{NAME})(?=平均?分[给成]|[排站]成)", r"有\1,", text
    )
    text = HOW_MUCH.sub("多少元", text)
    text = re.sub(r"(?<=[\d元])元?钱", "元", text).replace("元元", "元")
    text = re.sub(rf"(每[^,.;:?]*?{N}{UNIT})则?(?=能|可以)", r"\1,", text)
    found = []
    for part in PARTS.split(text):
        two = HALVES.fullmatch(part) if len(part) <= MAX_CLAUSE else None
        found += list(two.groups()) if two and not re.fullmatch(TOGETHER, two[1]) else [part]
    return [part.strip() for part in found if part.strip()]
