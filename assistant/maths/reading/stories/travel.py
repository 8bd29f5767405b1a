"""Two that travel towards each other, or the one after the other."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.asking import given_letter, value_of
from assistant.maths.reading.stories.text import Tale, number, positive
from assistant.maths.types import Request, Text

VALUE = r"(\d+(?:\.\d+)?)\s*"
LENGTH = "(千米|公里|米|km|m)"
PERIOD = "(小时|时|分钟|分|秒)"
APART = late(
    rf"(?:甲、?乙|A、?B)?两(?:地|站|城|港|人|车|村)?(?:间的?)?(?:相距|的?(?:距离|路程)(?:是|为)?){VALUE}{LENGTH}"
)
SPEED = late(
    rf"(?:甲|乙|快|慢|客|货|另一)?(?:车|船|人)?(?:每{PERIOD}(?:行驶|行|走|跑|骑){VALUE}{LENGTH}|(?:的)?速度(?:是|为){VALUE}{LENGTH}(?:/|每){PERIOD})"
)
MEET = late(
    r"(?:两(?:车|人|船)|他们|甲、?乙(?:两人)?)?(?:同时)?(?:分别)?(?:从(?:甲、?乙|A、?B)?两(?:地|站|城|港))?(?:同时)?(?:出发,?)?(?:相向|相对)(?:而行|开出|出发|行驶)"
)
TOGETHER = late(r"同时")
WANT = late(
    rf"(?:问|求|则)*(?:经过)?(?:多少|几)(?:个)?{PERIOD}(?:后)?(?:两(?:车|人|船)|他们)?(?:后)?(?:相遇)"
)


def read_meeting(tale: Tale) -> list[Request] | None:
    """When two meet who start together, towards each other."""
    if not re.search("相遇", tale.text) or not TOGETHER.search(tale.text):
        return None
    wanted, meet, apart = tale.take(WANT), tale.take(MEET), tale.take(APART)
    speeds = tale.take_all(SPEED)
    tale.take_all(r"(?<=\n)(?:同时)?(?:从两地)?(?:同时)?出发")
    if not (wanted and meet and apart and len(speeds) == 2):
        return None
    lengths = {s[3] or s[5] for s in speeds} | {apart[2]}
    periods = {(s[1] or s[6]).removesuffix("钟").replace("小时", "时") for s in speeds}
    periods.add(wanted[1].removesuffix("钟").replace("小时", "时"))
    if len(lengths) > 1 or len(periods) > 1:
        return None
    letter = given_letter(tale, "相遇|时", "x")
    x = t.Symbol(letter)
    a, b = (number(s[2] or s[4]) for s in speeds)
    equation = t.equation(t.Add((t.Mul((a, x)), t.Mul((b, x)))), number(apart[1]))
    why = Text(
        "Let {0} be the time: together the two go the whole distance.",
        "设经过 {0} 相遇：两者路程之和等于总路程，由题意得",
        (x,),
    )
    tale.says(why, equation, keep=(positive(letter),))
    return [value_of(x)]
