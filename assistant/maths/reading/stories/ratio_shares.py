"""A whole that is divided among several by a ratio: 把60个苹果按2:3分给甲班和乙班."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.accounts.system import Account
from assistant.maths.reading.stories.accounts.things import counts
from assistant.maths.reading.stories.accounts.words_zh import COUNTERS, MEASURES
from assistant.maths.reading.stories.asking import value_of
from assistant.maths.reading.stories.telling import DIGITS, exact, literal
from assistant.maths.reading.stories.text import SAFE, Tale
from assistant.maths.types import Request

UNIT = rf"(?:{'|'.join(sorted({*COUNTERS, *MEASURES}, key=len, reverse=True))})"
NAME = r"[\u4e00-\u9fff]{1,4}?"
GROUP = r"(?:个|所|支)?(?:班级|小组|小队|车间|同学|小朋友|学校|[班组队校村人家店])"
SHARED = late(
    rf"{SAFE}{{0,6}}?(?:把|将)(?P<n>{DIGITS})(?P<u>{UNIT})(?P<t>{SAFE}{{0,5}}?)按照?(?P<parts>\d+(?::\d+){{1,3}})(?:的比例?)?"
    rf"(?:分配|分发|分)给(?P<names>{NAME}(?:(?:、|和|与){NAME}){{1,3}})(?:(?:这)?(?P<many>[两二三四])(?P<group>{GROUP}))?[,.;]"
    rf"(?:那么|则|问)?(?P<asked>{NAME})(?P<each>各)?(?:应该?|可以?|能|会|将)?(?:分到|分得|得到|领到|分|得|有)了?(?:多少|几)(?P<v>{UNIT})(?P<s>{SAFE}{{0,5}}?)[?.]?"
)
MANY = {"两": 2, "二": 2, "三": 3, "四": 4}
ALL = re.compile(
    r"(?:他们|她们)?(?:[两二三四]?(?:个|所|支)?(?:班级|小组|小队|车间|同学|小朋友|学校|[班组队校村人家店]))?"
)


def read_ratio_shares(tale: Tale) -> list[Request] | None:
    """What one, or each, of several gets; only where the shares of what is counted are whole."""
    found = SHARED.fullmatch("".join(tale.text.split()))
    if found is None or found["u"] != found["v"] or (found["s"] and found["s"] != found["t"]):
        return None
    names = re.split("[、和与]", found["names"])
    sizes = [literal(part) for part in found["parts"].split(":")]
    whole = literal(found["n"])
    if whole is None or len(names) != len(sizes) or len({*names}) < len(names):
        return None
    if found["many"] and MANY[found["many"]] != len(names):
        return None
    together = t.Add(tuple(size for size in sizes if size is not None))
    shares = [t.Mul((whole, t.Div(size, together))) for size in sizes if size is not None]
    values = [exact(share) for share in shares]
    if any(not v or (counts(found["u"]) and v.denominator > 1) for v in values):
        return None
    if found["each"]:
        if not ALL.fullmatch(found["asked"]) and found["asked"] != found["names"]:
            return None
        tale.text = ""
        return [value_of(share) for share in shares]
    tail = re.sub("^[个所支]", "", found["group"] or "")
    fitting = [n for n, name in enumerate(names) if found["asked"] in (name, name + tail)]
    if len(fitting) != 1:
        return None
    account = Account().ask(found["asked"], found["u"], shares[fitting[0]])
    tale.text = ""
    return account.requests(tale)
