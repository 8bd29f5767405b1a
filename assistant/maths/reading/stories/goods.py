"""Two kinds of things: what so many of each cost together, or how many there are of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.asking import asks_equation, the_equation, value_of, whole
from assistant.maths.reading.stories.text import NAMED, NUM, Tale, count, number, positive
from assistant.maths.types import Request, Text

UNIT = r"(?:箱|个|件|支|本|盒|袋|台|套|千克|公斤|斤|只|张|把|瓶|块|辆|副|盆|棵|株|吨|枝|双|条|根|桶|包|头|匹|名|人|间|部|种)"
ITEM = r"((?:(?![需共花付找回退省优惠比多少买购若每打折减送补])[\u4e00-\u9fffA-Z]){1,10}?)"
BUY = r"(?:若|如果|已知|经了解|经调查|那么)?(?:学校|商店|超市|每次|某人|小[\u4e00-\u9fff])?(?:购进|购买|采购|销售|出售|卖出|买进|买了|买|订购|进货)?"
COST = r"(?:一共|总共|共|合计)?(?:需要|需|花费|花了|花|用了|用|支付|付款|付|共)(?:资金|费用|货款|款)?(?:一共|总共|共)?(?:为|是)?\s*"
MONEY = r"(\d+(?:\.\d+)?)\s*(万?元)"
JOIN = r"\s*(?:[、,]|和|与|及)\s*"
AFTER = late(rf"{BUY}{ITEM}\s*({NUM})\s*({UNIT}){JOIN}{ITEM}\s*({NUM})\s*({UNIT}),?{COST}{MONEY}")
BEFORE = late(
    rf"{BUY}\s*({NUM})\s*({UNIT})(?:的)?{ITEM}{JOIN}({NUM})\s*({UNIT})(?:的)?{ITEM},?{COST}{MONEY}"
)
PRICE = r"(?:的)?(?:单价|进价|售价|价格|价钱|进货价|销售价格|销售单价)"
WANT = late(
    rf"(?:求|问|那么|则)?(?:每{UNIT})?{ITEM}(?:和|与|、)(?:每{UNIT})?{ITEM}(?:两种[^,.;\n每的]{{1,6}})?(?:的)?(?:每{UNIT})?(?:{PRICE})?(?:各|分别)(?:是|为|需|要)?(?:多少|几)(万?元)"
    rf"|求{ITEM}(?:和|与|、){ITEM}的(?:单价|进价|售价)\s*[.。]?\s*$"
)
MORE = late(
    rf"(?:每|一|1)?{UNIT}?{ITEM}{PRICE}?比(?:每|一|1)?{UNIT}?{ITEM}{PRICE}?(多|贵|高|少|便宜|低){MONEY}"
)
TIMES = late(rf"(?:每|一|1)?{UNIT}?{ITEM}{PRICE}是(?:每|一|1)?{UNIT}?{ITEM}{PRICE}的\s*({NUM})倍")


@dataclass(frozen=True)
class Basket:
    """So many of one and of the other, and what they cost."""

    counts: tuple[str, str]
    items: tuple[str, str]
    units: tuple[str, str]
    cost: str
    money: str


def read_goods(tale: Tale) -> list[Request] | None:
    """The prices of two kinds of things."""
    wanted = WANT.search(tale.text)
    if wanted is None:
        return None
    names = (wanted[1] or wanted[4], wanted[2] or wanted[5])
    tale.take(re.escape(wanted[0]))
    baskets = _baskets(tale)
    if not 1 <= len(baskets) <= 2 or names[0] == names[1]:
        return None
    a, b = tale.letter("x"), tale.letter("y")
    equations = [_equation(basket, names, (a, b)) for basket in baskets]
    if None in equations or any(x.money != (wanted[3] or "元") for x in baskets):
        return None
    if len(baskets) == 1:
        relation = _relation(tale, names, (a, b), wanted[3] or "元")
        if relation is None:
            return None
        equations.append(relation)
    _presented(tale, names)
    why = Text(
        "Let {0} and {1} be the two prices, in the order of the question.",
        f"设{names[0]}、{names[1]}的单价分别为 {{0}}、{{1}}，由题意得",
        (t.Symbol(a), t.Symbol(b)),
    )
    tale.says(why, *(e for e in equations if e), keep=(positive(a), positive(b)))
    return [value_of(t.Symbol(a)), value_of(t.Symbol(b))]


def _baskets(tale: Tale) -> list[Basket]:
    found = []
    while hit := tale.take(AFTER):
        first, n, u, second, m, v, cost, money = hit.groups()
        found.append(Basket((n, m), (first, second), (u, v), cost, money))
    while hit := tale.take(BEFORE):
        n, u, first, m, v, second, cost, money = hit.groups()
        found.append(Basket((n, m), (first, second), (u, v), cost, money))
    return found


BOTH = late(r"([^,.;\n、]{1,16}?)(?:、|和|与)([^,.;\n、]{1,10}?)(?:两种|两类)([^,.;\n\d]*)")


def _presented(tale: Tale, names: tuple[str, str]) -> None:
    """Cut the words that only name the two kinds: ``甲、乙两种商品``."""
    found = BOTH.search(tale.text)
    if found is None:
        return
    starts = [[name[:n] for n in range(1, len(name) + 1)] for name in names]
    if any(found[1].endswith(s) for s in starts[0]) and found[2] in starts[1]:
        tale.take(re.escape(found[0]))


CORE = late(rf"其中|已知|每|一{UNIT}|^{UNIT}|种类?|类|型号?|的|[这该]|商品|产品|物品|品牌")
"""Words in a name by which no thing differs from another."""


def which(item: str, names: tuple[str, str]) -> int | None:
    """The one of two names that is meant; ``None`` where that is not certain."""
    said, *cores = (CORE.sub("", name) for name in (item, *names))
    meant = [n for n, core in enumerate(cores) if core == said and core]
    meant = meant or [n for n, core in enumerate(cores) if _by_letter(said, core)]
    return meant[0] if len(meant) == 1 else None


def _by_letter(one: str, other: str) -> bool:
    """Whether one is the mark of the other: 甲 for 甲种书."""
    short, long = sorted((one, other), key=len)
    return re.fullmatch("[甲乙A-Z]", short) is not None and long.startswith(short)


def _equation(
    basket: Basket, names: tuple[str, str], letters: tuple[str, str]
) -> t.Relation | None:
    places = [which(item, names) for item in basket.items]
    if sorted(p for p in places if p is not None) != [0, 1]:
        return None
    parts = tuple(
        t.Mul((number(n), t.Symbol(letters[p])))
        for n, p in zip(basket.counts, places, strict=True)
        if p is not None
    )
    return t.equation(t.Add(parts), number(basket.cost))


def _relation(
    tale: Tale, names: tuple[str, str], letters: tuple[str, str], money: str
) -> t.Relation | None:
    """One price compared with the other."""
    more, times = tale.take(MORE), tale.take(TIMES)
    found = more or times
    if found is None or (more and times):
        return None
    places = which(found[1], names), which(found[2], names)
    if sorted(p for p in places if p is not None) != [0, 1]:
        return None
    first, second = (t.Symbol(letters[p]) for p in places if p is not None)
    if times:
        return t.equation(first, t.Mul((number(times[3]), second)))
    assert more is not None
    if more[5] != money:
        return None
    step = number(more[4])
    if more[3] in "少便宜低":
        step = t.Neg(step)
    return t.equation(first, t.Add((second, step)))


# how many of each ----------------------------------------------------------------------

CAGE = late(
    rf"(?:鸡兔同笼|(?:今有)?(?:若干只)?(?:鸡|雉)(?:和|、|与)?兔(?:若干只)?(?:关)?(?:同|在(?:同)?一个?)笼(?:子里|中)?),?(?:从?上面?数?,?)?(?:共?有|数)?\s*({NUM})\s*(?:个)?头,?(?:从?下面?数?,?|和|、)?(?:共?有|数)?\s*({NUM})\s*(?:只|条)?(?:脚|足|腿)"
)
CAGE_WANT = late(r"(?:笼中|问|求)*(?:鸡|雉)(?:、|和|与)?兔(?:各|分别)(?:有)?(?:多少|几)(?:只)?")
COUNTED = late(
    rf"{ITEM}(?:和|、|与){ITEM}(?:两种[^,.;\n\d]{{0,6}}|两类)?(?:一共|总共|共)(?:有|买了?|购买|购进)?\s*({NUM})\s*({UNIT})"
)
EACH = late(
    rf"(?:每{UNIT}?)?{ITEM}(?:每{UNIT})?(?:的单价|售价|单价)?(?:为|是|卖)?\s*(\d+(?:\.\d+)?)元(?:(?:/|一|每){UNIT})?"
)
PAID = late(
    r"(?:一共|总共|共|恰好)(?:花去?了?|用去?了?|付了?|收入|卖了?|售得)(?:了)?\s*(\d+(?:\.\d+)?)\s*元"
)
COUNT_WANT = late(
    rf"(?:求|问|那么|则)?(?:该\w{{0,6}}?)?{ITEM}(?:和|与|、){ITEM}(?:两种[^,.;\n各分]{{0,4}})?(?:各|分别)(?:有|买了?|购买了?|购进)?(?:多少|几)({UNIT})"
)


def read_cage(tale: Tale) -> list[Request] | None:
    """Hens and rabbits by their heads and feet (孙子算经)."""
    found = tale.take(CAGE)
    if found is None or tale.take(CAGE_WANT) is None:
        return None
    why = Text(
        "Let {0} be the number of hens (2 feet) and {1} that of rabbits (4 feet).",
        "设鸡有 {0} 只（2 只脚），兔有 {1} 只（4 只脚），由题意得",
    )
    return _counts(tale, (found[1], found[2]), ("2", "4"), why)


def read_counts(tale: Tale) -> list[Request] | None:
    """How many of two kinds: their number, what one of each costs, and what all cost."""
    wanted = COUNT_WANT.search(tale.text)
    if wanted is None or (wanted[1] == wanted[2]):
        return None
    names = (wanted[1], wanted[2])
    tale.take(re.escape(wanted[0]))
    total, paid = tale.take(COUNTED), tale.take(PAID)
    if total is None or paid is None or not _of_one(tale.text, total, paid, wanted):
        return None
    prices: dict[int, str] = {}
    for hit in tale.take_all(EACH):
        place = which(hit[1].removeprefix("其中").removeprefix("已知"), names)
        if place is None or place in prices:
            return None
        prices[place] = hit[2]
    if len(prices) != 2 or total[4] != wanted[3]:
        return None
    if sorted(p for p in (which(total[1], names), which(total[2], names)) if p is not None) != [
        0,
        1,
    ]:
        return None
    why = Text(
        "Let {0} and {1} be the two numbers, in the order of the question.",
        f"设{names[0]}、{names[1]}的数量分别为 {{0}}、{{1}}，由题意得",
    )
    return _counts(tale, (total[3], paid[1]), (prices[0], prices[1]), why)


WHOSE = late(
    rf"小[{NAMED}]|[甲乙丙丁]|学校|老师|[爸妈爷奶哥姐弟妹]|[一二三四五六]班|[上这本下]周|[上本下]月|[昨今前明][天年]|第[一二三四]"
)


def _of_one(text: str, total: re.Match[str], *others: re.Match[str]) -> bool:
    """Whether what is paid and asked for is theirs who bought, and of the same time."""
    bought, *rest = (
        set(WHOSE.findall(re.split(r"[,.;:?!]", text[: hit.start()])[-1]))
        for hit in (total, *others)
    )
    more = set[str]().union(*rest) - bought
    return not more or (not bought and len(more) == 1)


def _counts(
    tale: Tale, totals: tuple[str, str], values: tuple[str, str], why: Text
) -> list[Request] | None:
    if not count(totals[0]):
        return None
    a, b = tale.letter("x"), tale.letter("y")
    x, y = t.Symbol(a), t.Symbol(b)
    equations = (
        t.equation(t.Add((x, y)), number(totals[0])),
        t.equation(
            t.Add((t.Mul((number(values[0]), x)), t.Mul((number(values[1]), y)))), number(totals[1])
        ),
    )
    said = Text(why.en, why.zh, (x, y))
    if asks_equation(tale):
        return [the_equation(tale, said, *equations)]
    tale.says(said, *equations, keep=(whole(a), whole(b)))
    return [value_of(x), value_of(y)]
