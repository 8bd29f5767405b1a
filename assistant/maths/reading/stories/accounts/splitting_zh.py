"""A Chinese story as its clauses, in the one spelling that they are read in."""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.accounts.patterns_zh import (
    ASK,
    HALVES,
    HOW_MUCH,
    PARTS,
    TOGETHER,
    N,
)
from assistant.maths.reading.stories.accounts.words_zh import COUNTERS, NAME, UNIT, VERB

MAX_CLAUSE = 60
"""Characters; no clause of a school book is longer, and patterns cost time."""
HAN = "\u4e00-\u9fff"
COUNTER = rf"(?:{'|'.join(COUNTERS)})"
REWRITTEN = tuple(
    (late(pattern), by)
    for pattern, by in (
        (r"\s+|·", ""),
        (r"(?<=\d):(?=\d)", "比"),
        (r"(?:以|之)?后(?=,|自己?还|还|剩|又|[^,.\d]{1,4}还剩)", ","),
        (rf"({N}{UNIT}{NAME})和(?={N}{UNIT})", r"\1,"),
        (
            rf"(?<![{HAN}\d])(?:有)?({N})({UNIT})({NAME})各有(?={N}{UNIT})",
            r"有\1\2\3,每\2\3有",
        ),
        (r"到[某这一]?个?站后?(?:,|(?=[上下]))", ""),
        (rf"(?:(?<=\d)|(?<=多少)|(?<=几))({UNIT})(?:这样的|同样的)", r"\1"),
        (
            rf"(?:有|买来?|买回来?|运来|新?进)了?(?:一{COUNTER}|一些)({NAME}),?(?:一共|总共|共)?(?:有)?({N}{COUNTER})(?=[,.;])",
            r"有\2\1",
        ),
        (
            rf"(修|铺设?|挖|看|读|加工|写|抄|织)一{COUNTER}({N}{UNIT})长?的({NAME})(?=[,.;])",
            r"要\1\2\3",
        ),
        (r"(?<=[来回进有])了?一批(?!次)", "一些"),
        (rf"每({UNIT})({NAME}?)平均(?=[^,.;?]*{ASK})", r"平均每\1\2"),
        (
            rf"(?<![{HAN}])(?:现在|现)?(?:要|准备)?[把将]({N}{UNIT}{NAME})(?=平均|每)",
            r"有\1,",
        ),
        (rf"(?<=[,.;])(?:现在|现)({N}{UNIT}{NAME})(?:要|准备)?(?=平均)", r"有\1,"),
        (rf"(?<![{HAN}\d])({N}{UNIT}{NAME})(?=(?:平均?)?分[给成]|[排站]成)", r"有\1,"),
        (rf"(?<![{HAN}\d])({N}{UNIT}{NAME})(?=每{N}{UNIT})", r"有\1,"),
        (rf"((?:{VERB})了?{N}{UNIT}{NAME}?)(?=还[有剩]下?{N}{UNIT})", r"\1,"),
        (rf"(送|分|借|寄)(了?)({N}{UNIT}{NAME}?)给({NAME})(?=[,.;?!]|$)", r"\1给\4\3"),
        (r"([一二三四五六])、([一二三四五六])(年级|班)", r"\1\3和\2\3"),
        (HOW_MUCH.source, "多少元"),
        (r"(?<=[\d元])元?钱", "元"),
        ("元元", "元"),
        (rf"(每[^,.;:?]*?{N}{UNIT})则?(?=能|可以)", r"\1,"),
    )
)
"""What is written in another way, and how it is read; one after the other."""
SEVERAL = rf"(?P<names>{NAME}(?:[、和与]{NAME})+)"
SHARED_OUT = late(
    rf"(?P<head>[{HAN}]{{0,6}}?(?:分给?|送给?|借给)了?){SEVERAL}(?:各|每人)(?P<much>{N}{COUNTER}{NAME}?)"
)
"""``他分给小芳和小明各2颗``: so many to each of them."""
ALIKE = late(rf"{SEVERAL}(?:都|各自?|每人|一人)(?P<much>(?:{VERB})(?:了|着)?{N}{COUNTER}{NAME}?)")
"""``爸爸和哥哥都掰了9个玉米``: each of them."""
OF_EACH = late(rf"(?P<head>[{HAN}]{{0,8}}?(?:{VERB})了?){SEVERAL}各(?P<much>{N}{COUNTER})")
"""``运来苹果、梨各20筐``: of each of them."""
MANY = re.compile("[们人]$|同学|朋友|学生|[男女]生|老师|家长|工人|孩子")
"""Several people, of whom each may have so many."""
GROUP = re.compile("[班组队家校级]$")


def split(text: str) -> list[str]:
    """The clauses of a story."""
    for pattern, by in REWRITTEN:
        if pattern.search(text):
            text = pattern.compiled.sub(by, text)
    found: list[str] = []
    for part in PARTS.split(text):
        for one in _each_by_itself(part):
            two = HALVES.fullmatch(one) if len(one) <= MAX_CLAUSE else None
            found += list(two.groups()) if two and not re.fullmatch(TOGETHER, two[1]) else [one]
    return [part.strip() for part in found if part.strip()]


def _each_by_itself(part: str) -> list[str]:
    """A clause in which the same is told of each of several, as a clause for each of them."""
    if len(part) > MAX_CLAUSE:
        return [part]
    for pattern in (SHARED_OUT, ALIKE, OF_EACH):
        hit = pattern.fullmatch(part)
        names = re.split("[、和与]", hit["names"]) if hit else []
        if hit is None or any(map(MANY.search, names)):
            continue
        if re.search("每人|一人", part) and any(map(GROUP.search, names)):
            continue
        if pattern is OF_EACH:
            return [hit["head"] + hit["much"] + name for name in names]
        head = hit["head"] if pattern is SHARED_OUT else ""
        return [head + name + hit["much"] for name in names]
    return [part]
