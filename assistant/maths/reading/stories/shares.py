"""Too many and too few: the same things dealt out in two ways (盈不足)."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.asking import (
    asks_equation,
    given_letter,
    the_equation,
    value_of,
    whole,
)
from assistant.maths.reading.stories.text import NUM, SAFE, Tale, number
from assistant.maths.types import Request, Text

NOUN = r"(?:学生|客房|房间|宿舍|汽车|客车|车辆|车|同学|小朋友|人|房|长椅|船|小组|组|图书|书|苹果|糖果|糖|树苗|树|铅笔|笔记本|本子|桃子|梨|物品|礼物)"
PEOPLE = "学生 同学 小朋友 人".split()
SHARERS = {
    "人": PEOPLE, "名": PEOPLE, "位": PEOPLE, "个": PEOPLE, "间": "客房 房间 宿舍 房".split(),
    "辆": "汽车 客车 车辆 车".split(), "条": "长椅 船".split(), "艘": ["船"], "组": "小组 组".split(),
}  # fmt: skip
MEASURE = r"[本个人棵元块支颗粒把瓶名件文钱只盆株间辆条张位组座艘户]"
SEATS = late(r"(?:座位|床位|铺位|空位)")
GIVING = frozenset("出付")
PLACE = r"(?:间|辆|条|张|位|名|个|人|组|座|艘|只|户)"
THING = r"(?:本|个|人|棵|元|块|支|颗|粒|把|瓶|名|件|文|钱|只|盆|株|株)"
CASE = late(
    rf"(?:如果|若|当)?(?:平均)?(?:每|一)(?P<unit>{PLACE})(?:{SAFE}{{0,4}}?)(?P<deal>分给?|住|坐|种|栽|发|乘|分到|安排|植|出|付)(?:了)?\s*(?P<each>{NUM})\s*(?P<thing>{THING}),?"
    rf"(?:{SAFE}{{0,2}}?)(?:那么|则|就)?,?(?:还|则|会|就)?"
    rf"(?:(?P<over>剩下|剩余|剩|余|多出|多|盈|有)(?:下)?\s*(?P<a>{NUM})\s*(?P<am>{MEASURE})?(?P<none>(?:无|没有?)[\u4e00-\u9fff]*)?"
    rf"|(?P<under>缺少?|少|不足|差|不够)\s*(?P<b>{NUM})\s*(?P<bm>{MEASURE})?"
    rf"|(?P<empty>空出?|空余|余出)\s*(?P<c>{NUM})\s*(?P<cm>{MEASURE})(?P<what>{SAFE}{{0,6}})"
    rf"|(?P<exact>刚好|恰好|正好){SAFE}{{0,6}})(?=[,.;?]|$)"
)
FILL = late(r"则?可列(?:出)?方程(?:为|是)?\s*_*")
WANT = late(
    rf"(?:求|问|则|那么|请问)*(?:该店|这个班|该班|这个小组|学校|该校)?(?:一?共)?(?:有|需要|求出|租用?了?)?(?:(?:这些|这批|这种)?"
    rf"(?:(?:多少|几)({PLACE}|{THING})?({NOUN})?|({NOUN})(?:的?数量|人数|数|共?有|一共有)?(?:是|为)?\s*(?:多少|几|_+)\s*({PLACE}|{THING})?))"
)
RHYME = late(r"(?:这样)?一首诗:?[^:0-9]*?诗中后?[面两]+句的意思是:?")


def read_shares(tale: Tale) -> list[Request] | None:
    """The number of those who share, or the equation for it."""
    tale.take(RHYME)
    cases = tale.take_all(CASE)
    if len(cases) != 2 or len({(c["unit"], c["thing"], c["deal"] in GIVING) for c in cases}) > 1:
        return None
    fills = tale.take(FILL)
    equation_wanted = fills is not None or asks_equation(tale)
    letter = given_letter(tale, r"房|人|车|生|学|店|船|组", "x")
    n = t.Symbol(letter)
    sides = [_total(case, n) for case in cases]
    if None in sides:
        return None
    equation = t.equation(*(s for s in sides if s is not None))
    why = Text(
        "Let {0} be the number of those who share: both ways deal out the same total.",
        f"设有 {{0}} {cases[0]['unit']}：两种分法的总数相同，由题意得",
        (n,),
    )
    found: list[Request] = []
    if equation_wanted:
        found.append(the_equation(tale, why, equation))
    if asked := tale.take(WANT):
        wanted = _wanted(asked, cases[0], n, sides[0])
        if wanted is None or not _told_of(asked, tale.scan.source) or tale.clipped():
            return None
        tale.says(why, equation, keep=(whole(letter),))
        found.append(value_of(wanted))
    return found or None


def _wanted(
    asked: re.Match[str], case: re.Match[str], n: t.Expr, total: t.Expr | None
) -> t.Expr | None:
    """Those who share, or the things that are shared, by the noun and its measure word."""
    unit, noun = asked[1] or asked[4], asked[2] or asked[3]
    if (noun and noun in SHARERS.get(case["unit"], ())) or (not noun and unit == case["unit"]):
        return n
    of_things = (noun in PEOPLE) if case["thing"] in "人名" else unit == case["thing"]
    return total if of_things else None


def _told_of(asked: re.Match[str], text: str) -> bool:
    """Whether the story tells of that which is asked for, by this name or another."""
    noun = asked[2] or asked[3]
    names = PEOPLE if noun in PEOPLE else [noun]
    return not noun or noun == "人" or sum(text.count(name) for name in names) > 1


def _total(case: re.Match[str], n: t.Expr) -> t.Expr | None:
    """All things, by one way of sharing."""
    each = number(case["each"])
    if case["empty"] and case["deal"] not in GIVING:
        if SEATS.fullmatch(case["what"]):
            return t.Add((t.Mul((each, n)), t.Neg(number(case["c"]))))
        if case["cm"] != case["unit"] or (
            case["what"] and case["what"] not in SHARERS.get(case["unit"], ())
        ):
            return None
        return t.Mul((each, t.Add((n, t.Neg(number(case["c"]))))))
    if (case["am"] or case["bm"]) not in (None, case["thing"]):
        return None
    dealt = t.Mul((each, n))
    if case["deal"] in GIVING:  # what is given is too much, so less is needed
        left = {"over": case["a"], "under": case["b"]}
        if not (left["over"] or left["under"]) or case["none"]:
            return None
        return t.Add(
            (dealt, t.Neg(number(left["over"])) if left["over"] else number(left["under"]))
        )
    if case["over"]:
        if case["over"] == "有" and not case["none"]:
            return None
        return t.Add((dealt, number(case["a"])))
    if case["under"]:
        return t.Add((dealt, t.Neg(number(case["b"]))))
    return dealt


# buying together (九章算术, 盈不足) --------------------------------------------------------

COIN = "(?:元|钱|文|块)?"
BUYING = late(
    rf"(?:若|如果)?(?:每?人)出\s*({NUM})\s*{COIN},?(?:则|会|就)?(?:还)?(?:盈|多出?|余|剩余?)了?\s*({NUM})\s*{COIN}[,;]"
    rf"(?:若|如果)?(?:每?人)出\s*({NUM})\s*{COIN},?(?:则|会|就)?(?:还)?(?:不足|少|差|缺)了?\s*({NUM})\s*{COIN}"
)
WANT_BOTH = late(
    r"(?:问|求)*人数(?:、|和|与|及)(?:物价|价格|物品的价格|这件物品的价格)各?(?:是|为)?(?:几何|多少)"
)
WANT_PEOPLE = late(r"(?:问|求)*(?:人数(?:是|为)?(?:几何|多少)|(?:一?共)?有多少(?:个)?人)")
WANT_PRICE = late(r"(?:问|求)*(?:物价|(?:这件|该)?物品的?价格)(?:是|为)?(?:几何|多少元?)")
TOGETHER = late(
    r"今有[^,.;0-9]{0,4}共买物|(?:几个人)?(?:共同|一起)(?:购买|买)一件物品|有一道(?:阐述盈不足的)?(?:题|问题)|记载"
)


def read_buying(tale: Tale) -> list[Request] | None:
    """People who buy one thing together: too much at one share, too little at another."""
    found = tale.take(BUYING)
    if found is None:
        return None
    tale.take_all(TOGETHER)
    wants = tale.take(FILL) is not None or asks_equation(tale)
    letter = given_letter(tale, r"人数|有|人", "x")
    if wants and re.search(r"设[^,.;]*价", tale.scan.source):
        return None
    n = t.Symbol(letter)
    more, over, less, under = map(number, found.groups())
    price = t.Add((t.Mul((more, n)), t.Neg(over)))
    equation = t.equation(price, t.Add((t.Mul((less, n)), under)))
    why = Text(
        "Let {0} be the number of people: both ways tell the same price.",
        "设人数为 {0}：两种出法的物价相同，由题意得",
        (n,),
    )
    both, people, cost = tale.take(WANT_BOTH), tale.take(WANT_PEOPLE), tale.take(WANT_PRICE)
    if wants:
        return [the_equation(tale, why, equation)]
    tale.says(why, equation, keep=(whole(letter),))
    if both:
        return [value_of(n), value_of(price)]
    if bool(people) == bool(cost):
        return None
    return [value_of(n if people else price)]
