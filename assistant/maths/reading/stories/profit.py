"""Profit by price: a changed price changes how much is sold."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.goods import UNIT
from assistant.maths.reading.stories.text import SAFE, Tale, number
from assistant.maths.types import Request, Task, Text

VALUE = r"(\d+(?:\.\d+)?)\s*"
YUAN = rf"{VALUE}(万?元)(?:/{UNIT}|一{UNIT})?"
DAY = r"(?:平均)?(?:每天|每日|每月|每个月|每周|每星期|一天|一个月)"
COST = late(
    rf"(?:(?:进价|成本价?|进货价|进货单价|成本单价)(?:为|是)?(?:每{UNIT})?{YUAN}|以(?:每{UNIT})?{YUAN}的(?:价格|单价|进价)(?:收购|购进|买进)|每{UNIT}(?:{SAFE}{{0,6}})(?:进价|成本)(?:为|是)?{YUAN})(?:的)?"
)
PRICE = late(
    rf"(?:若|如果|当)?(?:(?:售价|定价|销售单价|销售价)(?:为|是|定为)?(?:每{UNIT})?{YUAN}(?:时|出售|销售)?|(?:按|以)(?:每{UNIT})?{YUAN}(?:的(?:价格|单价))?(?:出售|销售))"
)
SOLD = late(rf"{DAY}(?:可以?|能够?)?(?:售出|卖出|销售|卖)(?:了)?\s*{VALUE}{UNIT}")
SLOPE = late(
    rf"(?:如果|若|当)?(?:(?:销售)?(?:单价|售价|价格))?(?:每{UNIT})?(?:(?:销售)?(?:单价|售价|价格))?每?(降价|降低|下降|涨价|上涨|提高|涨|降){VALUE}(万?元),?"
    rf"(?:则|那么)?(?:{DAY})?(?:的)?(?:销售量|销量)?(?:就|将|会|可)*(?:相应)?(?:就|将|会|可)*(?:多|少|增加|减少)(?:售出|卖出|销售|卖)?\s*{VALUE}{UNIT}"
)
SLOPE_MORE = late(r"多|增加")
WANT_PRICE = late(
    rf"(?:如何定价|(?:销售)?(?:单价|售价|定价)(?:应)?(?:定为|为|是)(?:每{UNIT})?多少元?时?)(?:才?能|{SAFE}|,){{0,8}}?(?:{DAY})?的?(?:销售)?(?:总)?利润(?:达到)?最大|(?:销售)?(?:单价|售价|定价)(?:应)?(?:定为|为|是)多少元?时?,?(?:才?能|{SAFE}|,){{0,8}}?获得?的?最大(?:的)?利润"
)
WANT_MOST = late(r"(?:并求出?)?(?:其|此时的?)?最大(?:值|利润)(?:是|为)?(?:多少元?)?")
ACTOR = late(r"(?:该|某)[\u4e00-\u9fff]{1,5}?(?=以|按|应|如何|将|销售)")


def read_profit(tale: Tale) -> list[Request] | None:
    """The best price and the greatest profit."""
    wanted = tale.take(WANT_PRICE)
    slope = tale.take(SLOPE)
    cost, price, sold = tale.take(COST), tale.take(PRICE), tale.take(SOLD)
    if not (wanted and slope and cost and price and sold):
        return None
    paid, money = _amount(cost)
    asked, money_too = _amount(price)
    if len({money, money_too, slope[3]}) != 1:
        return None
    down = slope[1].startswith(("降", "下"))
    if bool(SLOPE_MORE.search(slope[0][slope[0].index("元") :])) != down:
        return None
    most = tale.take(WANT_MOST)
    tale.take_all(ACTOR)
    p = tale.letter("p", "x")
    place = t.Symbol(p)
    change = t.Add((asked, t.Neg(place))) if down else t.Add((place, t.Neg(asked)))
    moved = t.Mul((number(slope[4]), t.Div(change, number(slope[2]))))
    sales = t.Add((number(sold[1]), moved if down else t.Neg(moved)))
    profit = t.Mul((t.Add((place, t.Neg(paid))), sales))
    tale.scan.notes.append(
        Text(
            "{0} is the price, {1} is sold, the profit is {2}",
            "设定价为 {0}，则销售量为 {1}，利润为 {2}",
            (place, sales, profit),
        )
    )
    return _requests(profit, p, most=most is not None)


def _requests(profit: t.Expr, name: str, *, most: bool) -> list[Request]:
    """The place of the vertex, and the greatest value."""
    one, place = t.integer(1), t.Symbol(name)
    ahead = t.substitute(profit, name, t.Add((place, one)))
    behind = t.substitute(profit, name, t.Add((place, t.Neg(one))))
    best = Request(task=Task.SOLVE, operands=(t.equation(ahead, behind),), variables=(name,))
    value = Request(task=Task.FUNCTION, topic=topics.MAXIMUM, operands=(profit,), variables=(name,))
    return [best, value] if most else [best]


def _amount(found: re.Match[str]) -> tuple[t.Expr, str]:
    given = [g for g in found.groups() if g]
    return number(given[0]), given[1]
