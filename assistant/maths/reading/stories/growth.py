"""Growth and reduction by the same rate, period after period: ``a(1 ± x)^n = b``."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading.patterns import Late, late
from assistant.maths.reading.stories.asking import asks_equation, given_letter, the_equation
from assistant.maths.reading.stories.text import SAFE, Tale, count, number, positive
from assistant.maths.types import Request, Task, Text

AMOUNT = late(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*([万亿]?)(人次|平方米|公顷|千克|元|吨|人|辆|台|件|册|本|名|个|户|棵|套|双|部|亩|只|斤|家|株|次(?!降|涨|调))"
)
YEAR = late(r"(\d{4})年(?!级)")
MONTH = late(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?")
TIMES = late(
    r"(?:经过|经|连续|又|先后|进行了?)*(?<!\d)(两|二|三|2|3)(次|年|个月|轮)(?:来|间|后|的|内)?(?:连续)?(降价|涨价|提价|降低|下调|调价|下降|增长|降息)?(?:后|,)?"
)
UP = r"增长|增加|上涨|涨价|提价|递增|上升|提高|增产"
DOWN = r"降价|降低|下降|减少|下调|递减|降"
RATE = late(
    rf"(?:每|这|该|平|均|近|两|三|2|3|次|年|月|个|的|价格?|药品|商品|产品|收入|产量|销量|销售量|营业额|总|值|投入|缴税|利润|人数|公司|企业|工厂|商场|景区|游客|数量|来|份)*"
    rf"(?:{UP}|{DOWN})(?:的)?(?:百分率|率|百分比)(?:都)?(?:相同|相等|不变|一样)?(?:均?为[a-z])?(?:是|为)?(?:多少)?"
)
TREND = late(
    rf"(?:近|这)?[两三几]?年(?:来)?(?:的)?总?{SAFE}{{0,8}}(?:逐年|不断|持续)(?:{UP}|{DOWN})"
)
FROM = late(r"原(?:来|价|售价|先)|(?:由|从)|成本")
FILLERS = late(
    rf"{UP}|{DOWN}|年|月份?|[一二三四五六七八九十]|[为是达到至后原来价现售每盒件台个瓶只袋零由从要约有的经两次过连续商品某种该]"
)
TO = late(r"(?:降|增|涨|提|减|现)[^,.;\d]{0,6}$|后[^,.;\d]{0,12}$|(?:达到?|为|至|到)\s*$")


def read_growth(tale: Tale) -> list[Request] | None:
    """The rate, or the equation for it; ``None`` where any part is not understood."""
    if not re.search(r"百分率|增长率|下降率|降低率|百分比", tale.text):
        return None
    text = tale.text
    places = [(m.start(), m) for m in AMOUNT.finditer(text)]
    if len(places) != 2 or places[0][1].group(2, 3) != places[1][1].group(2, 3):
        return None
    ends = _ordered(text, [p for p, _ in places])
    if ends is None:
        return None
    if not _same_thing(text, [p for p, _ in places]):
        return None
    periods, swapped = ends
    first, last = (places[1], places[0]) if swapped else (places[0], places[1])
    start, end = first[1][1], last[1][1]
    wants_equation = asks_equation(tale)
    letter = given_letter(tale, r"率|百分", "x")
    up = Fraction(end) > Fraction(start)
    tale.take_all(TREND)
    tale.take_all(RATE)
    if not RATE.search(text) or not _direction(text, up=up) or Fraction(start) == Fraction(end):
        return None
    tale.take_all(AMOUNT)
    tale.take_all(TIMES)
    tale.take_all(rf"(?:如果|若)?每[年月次]{SAFE}{{0,6}}的?(?=\n)")
    tale.take_all(MONTH)
    tale.take_all(
        r"(?:原来|原价|原售价|现在|现价|售价|(?:每|一)[盒件台个瓶只袋](?:的)?(?:价格|售价)?|降价后|涨价后|降至|降为|降到|涨到|增长到|增加到|下降到|达到|零售价|价格)+"
    )
    return _requests(tale, letter, (start, end, periods), wants_equation=wants_equation, up=up)


def _requests(
    tale: Tale, letter: str, ends: tuple[str, str, int], *, wants_equation: bool, up: bool
) -> list[Request]:
    start, end, periods = ends
    x, one = t.Symbol(letter), t.integer(1)
    factor = t.Add((one, x if up else t.Neg(x)))
    equation = t.equation(t.Mul((number(start), t.Pow(factor, t.integer(periods)))), number(end))
    why = Text(
        "Let {0} be the rate: {1} becomes {2} after {3} equal changes.",
        "设平均变化率为 {0}：{1} 经过 {3} 次相同的变化后为 {2}，由题意得",
        (x, number(start), number(end), t.integer(periods)),
    )
    if wants_equation:
        return [the_equation(tale, why, equation)]
    keep: tuple[t.Expr, ...] = (positive(letter),)
    if not up:
        keep = (*keep, t.Relation(t.Comparison.LT, x, one))
    tale.says(why, equation, keep=keep)
    return [Request(task=Task.NUMBER, topic=topics.TO_PERCENT, operands=(x,))]


def _direction(text: str, *, up: bool) -> bool:
    return bool(re.search(UP if up else DOWN, text)) and not re.search(DOWN if up else UP, text)


def _ordered(text: str, places: list[int]) -> tuple[int, bool] | None:
    """How many periods lie between the amounts, and whether the later one stands first."""
    for pattern in (YEAR, MONTH):
        dates = [_last(pattern, text[: places[0]]), _last(pattern, text[places[0] : places[1]])]
        if None not in dates:
            gap = (dates[1] or 0) - (dates[0] or 0)
            said = TIMES.search(TREND.sub("", text))
            if said and count(said[1]) != abs(gap) and said[2] in ("年", "个月", "次"):
                return None
            return (abs(gap), gap < 0) if 1 < abs(gap) <= 4 else None
    times = {count(m[1]) for m in TIMES.finditer(text)}
    if len(times) != 1 or YEAR.search(text) or MONTH.search(text):
        return None
    before = re.split(r"[,.;]", text[: places[0]])[-1]
    between = text[places[0] : places[1]]
    if not FROM.search(before) or not TO.search(between):
        return None
    return times.pop(), False


def _same_thing(text: str, places: list[int]) -> bool:
    """Whether both amounts are told of one thing, as far as they name it."""
    told = [re.split(r"[\d,.;]", text[:p])[-1] for p in places]
    pairs = [{s[n : n + 2] for n in range(len(s) - 1)} for s in (FILLERS.sub("", s) for s in told)]
    return not all(pairs) or bool(pairs[0] & pairs[1])


def _last(pattern: Late, text: str) -> int | None:
    found = pattern.findall(text)
    return count(found[-1]) if found else None
