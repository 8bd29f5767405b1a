"""Conditions that no reader of stories knows, put into stories it reads."""

from __future__ import annotations

from asking import told

MORE_ZH = (
    "其中有3个是坏的", "但不得超过50", "若每人再多拿1个", "已知甲比乙多2个", "中途休息2小时",
    "其中一半已经用完", "第二次是第一次的两倍", "后来又放入2个", "满100减20", "另加运费10元",
    "比去年少", "除小明外", "乙迟到3分钟", "丙帮忙1天", "含税13%",
)  # fmt: skip
MORE_EN = (
    " Half of them are broken.", " There is also a tax of 5%.", " It rests for 1 hour.",
    " One of them has no legs.", " He pays 3 more for shipping.", " The second is twice as fast.",
    " The price does not include tax.", " Bob helps for 2 days.", " On the way it stops twice.",
)  # fmt: skip


def passed_over(text: str) -> list[str]:
    """The conditions with which a story is still answered: there should be none."""
    if text.isascii():
        at = text.index(". ") + 1 if ". " in text else 0
        return [more for more in MORE_EN if told(text[:at] + more + text[at:])[0]]
    cuts = [n for n, c in enumerate(text) if c in "，。；"] or [len(text) - 1]
    places = [(more, cuts[number % len(cuts)]) for number, more in enumerate(MORE_ZH)]
    return [more for more, at in places if told(f"{text[:at]}，{more}{text[at:]}")[0]]
