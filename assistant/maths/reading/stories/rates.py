"""The same total at two rates: a changed price, a faster pace, and what it saves."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.stories.asking import (
    asks_equation,
    given_letter,
    the_equation,
    value_of,
)
from assistant.maths.reading.stories.goods import UNIT
from assistant.maths.reading.stories.text import SAFE, Tale, number, positive
from assistant.maths.types import Request, Text

VALUE = r"(\d+(?:\.\d+)?)"
CHANGE = late(
    rf"(?:决定|现在|将)?(?:每{UNIT})?{SAFE}{{0,6}}?(降价|涨价|提价|优惠|便宜了?)\s*{VALUE}元(?:后)?(?:销售|出售)?"
)
BOUGHT = late(
    rf"(?:降价|涨价|提价|优惠)后,?用\s*{VALUE}元(?:可以|可|能)?比(?:降价|涨价|提价|优惠)前(?:可以|可|能)?(多|少)(?:购买|买)到?了?\s*{VALUE}\s*{UNIT}"
)
WANT_OLD = late(
    rf"(?:求|问|则)?:?(?:每{UNIT})?{SAFE}{{0,8}}?的?(?:原价|原来的?(?:单价|价格|售价))(?:是|为)?(?:每{UNIT})?(?:多少元?)?"
)
WORK = r"(?:生产|加工|种植|种|修建|修|铺设|制作|做|植|铺|绿化|清理)"
FASTER = late(
    rf"实际(?:工作时|施工时|生产时)?,?(?:平均)?(?:每天|每小时)?{WORK}?(?:的)?{SAFE}{{0,4}}?比原计划(?:每天|每小时)?(?:的)?(?:{WORK}|工作效率)?(?:多{WORK}?了?\s*{VALUE}\s*{UNIT}?(?:米|平方米)?|(?:提高|增加)了?\s*{VALUE}%)"
)
SAVED = late(
    rf"(?:结果|这样|最终)?(?:就)?(?:可以?)?提前了?\s*{VALUE}\s*(天|小时)(?:完成)?(?:了)?(?:任务|这一任务)?"
)
TOTAL = late(
    rf"(?:计划|需要?|要|负责|承包)?{WORK}(?:了)?\s*{VALUE}\s*(?:{UNIT}|米|平方米|千米)(?:{SAFE}{{0,6}})"
)
WANT_PACE = late(
    rf"(?:求|问|则)?原计划(?:平均)?(?:每天|每小时){WORK}(?:多少{UNIT}?(?:米|平方米)?{SAFE}{{0,5}}|{SAFE}{{0,5}})?"
)


def read_price_change(tale: Tale) -> list[Request] | None:
    """The old price, by what the same money buys after the change."""
    bought, change = tale.take(BOUGHT), tale.take(CHANGE)
    if bought is None or change is None:
        return None
    down = change[1] not in ("涨价", "提价")
    if (bought[2] == "多") != down:
        return None
    wants = asks_equation(tale)
    letter = given_letter(tale, "原价", "x")
    asked = tale.take_all(WANT_OLD)
    if not wants and not asked:
        return None
    x, step, money = t.Symbol(letter), number(change[2]), number(bought[1])
    before = t.Div(money, x)
    after = t.Div(money, t.Add((x, t.Neg(step) if down else step)))
    sides = (after, before) if down else (before, after)
    equation = t.equation(t.Add((sides[0], t.Neg(sides[1]))), number(bought[3]))
    why = Text(
        "Let {0} be the old price: {1} bought before, {2} after the change.",
        "设原价为 {0} 元：变价前可买 {1}，变价后可买 {2}，由题意得",
        (x, before, after),
    )
    keep = (positive(letter), *([t.Relation(t.Comparison.GT, x, step)] if down else []))
    return _answer(tale, why, equation, letter, keep=keep, equation_only=wants)


def read_faster_work(tale: Tale) -> list[Request] | None:
    """The planned pace, by the days that a faster pace saves."""
    faster, saved = tale.take(FASTER), tale.take(SAVED)
    if faster is None or saved is None:
        return None
    wants = asks_equation(tale)
    letter = given_letter(tale, "原计划", "x")
    asked = tale.take_all(WANT_PACE)
    total = tale.take(TOTAL)
    if total is None or not (wants or asked):
        return None
    x, work = t.Symbol(letter), number(total[1])
    if faster[1]:
        pace: t.Expr = t.Add((x, number(faster[1])))
    else:
        pace = t.Mul((t.Add((t.integer(1), t.Call("percent", (number(faster[2]),)))), x))
    equation = t.equation(t.Add((t.Div(work, x), t.Neg(t.Div(work, pace)))), number(saved[1]))
    why = Text(
        "Let {0} be the planned pace; the real one is {1}.",
        "设原计划的效率为 {0}，则实际为 {1}，由题意得",
        (x, pace),
    )
    return _answer(tale, why, equation, letter, keep=(positive(letter),), equation_only=wants)


def _answer(
    tale: Tale,
    why: Text,
    equation: t.Relation,
    letter: str,
    *,
    keep: tuple[t.Expr, ...],
    equation_only: bool,
) -> list[Request]:
    if equation_only:
        return [the_equation(tale, why, equation)]
    tale.says(why, equation, keep=keep)
    return [value_of(t.Symbol(letter))]
