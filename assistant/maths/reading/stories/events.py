"""Events of draws: what is drawn is one thing, is alike, or its numbers add up to something.

An event is told to the method in words: ``all X``, ``same``, ``different``, ``set X Y …``,
``least X k`` and ``exactly X k`` look at the labels; ``sum``, ``product`` and ``value``
look at numbers, with ``odd``, ``even``, or a comparison and a number.
"""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.text import NUM, SAFE, count

COMPARED = {
    "大于": ">", "小于": "<", "不小于": ">=", "不大于": "<=", "等于": "=", "为": "=", "是": "=",
    "至少为": ">=", "至多为": "<=",
}  # fmt: skip
TURN = r"(?:两次|两人|二人|(?:甲[、,]?乙|小[\u4e00-\u9fff][、和与]小[\u4e00-\u9fff])(?:两人|两位同学)?)?"
GOT = r"(?:所?(?:抽取|抽出|抽到|抽中|摸出|摸到|取出|取到|选择|选取|选中|选到|选|掷出|得到)的?)?"
THING = r"(?:两?(?:个|张|枚)?(?:小球|球|卡片|骰子|硬币|景点|图案|活动|项目|课程))?"
NUMBERS = late(
    rf"(?:它们的?|这两个数的?|两数|{TURN}{GOT}{THING})(?:上|面|朝上)?(?:的一面)?的?(?:标有|标记|朝上)?的?(?:两个)?(?:数字|点数|数|号码|标号)?(之和|的和|之积|的积|和|积)?(?:恰好)?(?:是|为)?"
    rf"(?:(奇数|偶数|负数|正数)|(不?大于|不?小于|等于|为|是|至少为|至多为)?({NUM})(?:的倍数)?)"
)
SAME = late(
    rf"{TURN}(?:恰好|都|均|正好)?{GOT}{THING}(?:的)?(?:正面|颜色|数字|图案|内容)?(?:都|恰好|完全)?(相同|不同|一样)的?{THING}"
)
SAME_ONE = late(
    rf"{TURN}(?:恰好|正好|都|均)?{GOT}(?:到)?(?:同一|相同)(?:个|的|种|条|处)?[^\d,;]{{0,5}}"
)
LEAD = late(r"^(?:求|则|那么|问|试求|,|事件|其中)*")


def read_event(text: str, labels: tuple[str, ...], draws: int) -> tuple[str, ...] | None:
    """The words of an event; ``None`` where it is not understood."""
    text = LEAD.sub("", text.strip())
    numbers = all(re.fullmatch(r"-?\d+", label) for label in labels)
    if draws > 1:
        if found := SAME.fullmatch(text):
            return ("different",) if found[1] == "不同" else ("same",)
        if SAME_ONE.fullmatch(text):
            return ("same",)
    if numbers and (found := NUMBERS.fullmatch(text)):
        return _of_numbers(found, draws)
    return _of_labels(text, tuple(dict.fromkeys(labels)), draws)


def _of_numbers(found: re.Match[str], draws: int) -> tuple[str, ...] | None:
    which = "sum" if found[1] and "和" in found[1] else "product" if found[1] else "value"
    if (which == "value") != (draws == 1):
        return None
    if found[2]:
        words = {"奇数": ("odd",), "偶数": ("even",), "负数": ("<", "0"), "正数": (">", "0")}
        return (which, *words[found[2]])
    if found.group().endswith("倍数"):
        size = count(found[4])
        return (which, "multiple", str(size)) if size and found[3] in (None, "是", "为") else None
    if found[3] is None and not re.search(r"(?:是|为)[^是为]*$", found.group()):
        return None
    return (which, COMPARED[found[3] or "是"], str(count(found[4])))


def _of_labels(text: str, labels: tuple[str, ...], draws: int) -> tuple[str, ...] | None:
    known = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    what = rf"{SAFE}{{0,3}}?({known})(?:色)?(?:的)?(?:小)?(?:球|卡片|面|景点|面朝上)?(?:朝上)?"
    who = rf"(?:{TURN}|[甲乙]|小[\u4e00-\u9fff])"
    if draws == 1 and (
        one := re.fullmatch(rf"{who}{THING}{GOT}(?:的)?{THING}(?:恰好)?(?:是|为)?{what}", text)
    ):
        return "all", one[1]
    both = rf"{who}(?:恰好|同时)*{GOT}(?:的)?{THING}(?:恰好)?(?:同时|都|均|全)+(?:恰好)?{GOT}(?:是|为)?{what}"
    if draws > 1 and (all_ := re.fullmatch(both, text)):
        return "all", all_[1]
    if draws > 1 and (
        some := re.fullmatch(
            rf"{who}{GOT}(?:的)?{THING}(?:中)?至少有?({NUM})(?:个|次|枚|张|人)(?:是|为)?{GOT}{what}",
            text,
        )
    ):
        return "least", some[2], str(count(some[1]))
    if draws == 2 and (
        two := re.fullmatch(
            rf"{who}(?:恰好)?{GOT}(?:的)?{THING}(?:恰好|恰|正好)*(?:是|为)?{GOT}(?:一个?({known})(?:色)?球?(?:和)?,?一个?({known})(?:色)?球?|({known})[、和与]({known})(?:两张卡片|两人)?)",
            text,
        )
    ):
        pair = (two[1] or two[3], two[2] or two[4])
        return ("set", *pair) if pair[0] != pair[1] else None
    return None
