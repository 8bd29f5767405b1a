"""Bases, units, clocks and letters drawn from a bag."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.reading.scan import unknown_word
from assistant.maths.types import Request, Task, Text

# bases ---------------------------------------------------------------------------------


@order("in base <base>,? (?:what is|calculate|find|compute|work out) <p> (?:[+-]) <q>")
def base_sum(s: Slots) -> Request:
    base = _base(s, "base")
    first, second = s.span("p"), s.span("q")
    sign = s.scan.source[first.end : second.start].strip()
    operands = tuple(t.integer(_digits(s, d, base)) for d in (first, second))
    return Request(
        task=Task.NUMBER,
        topic=topics.BASE_SUM,
        operands=operands,
        words=(str(base), first.text, sign, second.text),
    )


@noun(r"<a> \(base <b>\) (?:in|to) base <c>")
@order(
    r"convert <a> \(base <b>\) (?:in|to|into) base <c>",
    "convert <a> from base <b> to base <c>",
    "(?:convert|write) <a> (?:in|to|into) base <c>",
)
def base(s: Slots) -> Request:
    source = _base(s, "b") if "b" in s.taken else 10
    number = _digits(s, s.span("a"), source)
    return Request(
        task=Task.NUMBER,
        topic=topics.BASE,
        operands=(t.integer(number),),
        words=(str(_base(s, "c")), s.text("a"), str(source)),
    )


NAMED = {"binary": 2, "octal": 8, "hexadecimal": 16, "hex": 16, "decimal": 10, "二": 2, "八": 8,
         "十六": 16, "十": 10}  # fmt: skip


@order("convert (?:the )?(?:decimal )?(?:number )?<a> (?:to|into|in) <n>", "(?:write|express) <a> in <n>",
       "convert (?:the )?<k> number <a> (?:to|into|in) <n>",
       "(?:把|将)?<k>进制数?<a>(?:化|转换|转化)(?:为|成)<n>进制数?",
       "(?:把|将)<a>(?:化|转换|转化)(?:为|成)<n>进制数?")  # fmt: skip
def named_base(s: Slots) -> Request:
    """``convert 10 to binary``."""
    wanted, given = NAMED.get(s.text("n")), 10
    if "k" in s.taken:
        given = NAMED.get(s.text("k"), 0)
    if not wanted or not given:
        raise unknown_word(s.span("n"), 0)
    number = _digits(s, s.span("a"), given)
    return Request(
        task=Task.NUMBER,
        topic=topics.BASE,
        operands=(t.integer(number),),
        words=(str(wanted), s.text("a"), str(given)),
    )


def _base(s: Slots, place: str) -> int:
    found = s.count(place)
    if not 2 <= found <= 36:
        raise s.scan.error(s.span(place), "a base from 2 to 36 is expected", "进制应为 2 到 36")
    return found


def _digits(s: Slots, span: Span, base: int) -> int:
    digits = span.text.lower().replace(" ", "")
    allowed = "0123456789abcdefghijklmnopqrstuvwxyz"[:base]
    if not re.fullmatch(rf"-?[{allowed}]{{1,400}}", digits):
        raise s.scan.error(span, f"these are no digits of base {base}", f"这不是 {base} 进制数")
    return int(digits, base)


# units and clocks ----------------------------------------------------------------------

AMOUNT = re.compile(
    r"(?P<number>-?[\d.,/ ]*\d|[A-Za-z][A-Za-z -]*?(?=\s+of\s))\s*(?:of\s+an?\s+)?(?P<unit>[A-Za-zµμ°²³/^0-9\u4e00-\u9fff]+(?: [A-Za-z]+){0,2})$"
)


@order(
    "how many <unit> are (?:there )?in <amount>",
    "how many <unit> is <amount>",
    "what is <amount> in <unit>",
    "how many <unit> in <amount>",
    "convert <amount> (?:to|into|in) <unit>",
    "<amount> (?:in|to|into) <unit>",
    "<amount>等于多少<unit>",
    "<amount>(?:是|合)多少<unit>",
    "(?:把|将)?<amount>(?:换算成|换算为|化成|化为)<unit>",
    "<amount>=<unit>",
    "<amount>(?:换算成|换算为|化成|化为|转换为|转换成) ?<unit>(?:是多少)?",
)
def convert(s: Slots) -> Request:
    number, unit = _amount(s, s.span("amount"))
    wanted = s.span("unit").text.strip("_?？（）() ")
    if unit_name(unit) is None or unit_name(wanted) is None:
        raise s.scan.error(s.span("amount"), "this unit is not known", "不认识这个单位")
    return Request(
        task=Task.MEASURE,
        topic=topics.CONVERT,
        operands=(number,),
        words=(str(unit_name(unit)), str(unit_name(wanted))),
    )


def _amount(s: Slots, span: Span) -> tuple[t.Expr, str]:
    """``5.3 kg``, ``3/4 of a week``, ``thirty-one quarters of a day``, ``a day``."""
    text = span.text
    if found := re.match(r"(?:an?|one) ([a-z]+)$", text, re.IGNORECASE):
        return t.integer(1), found[1]
    found = AMOUNT.match(text)
    if found is None:
        raise s.scan.error(span, "an amount with its unit is expected here", "此处应为带单位的数量")
    number, unit = found["number"].strip(), found["unit"]
    if not number.lstrip("-")[0].isdigit():
        spoken = numerals.fraction(number)
        if spoken is None:
            raise s.scan.error(span, "this amount is not understood", "不明白这个数量")
        return t.rational(spoken), unit
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number):
        number = number.replace(",", "")
    return s.scan.expression(span.cut(span.start, span.start + len(found["number"]))), unit


UNITS: dict[str, tuple[str, ...]] = {
    "meter": ("m", "metre", "米", "公尺"), "kilometer": ("km", "kilometre", "千米", "公里"),
    "centimeter": ("cm", "centimetre", "厘米"), "millimeter": ("mm", "millimetre", "毫米"),
    "decimeter": ("dm", "decimetre", "分米"),
    "micrometer": ("um", "µm", "μm", "micrometre", "微米"), "nanometer": ("nm", "nanometre", "纳米"),
    "inch": ("in", "英寸"), "foot": ("ft", "feet", "英尺"), "yard": ("yd", "码"), "mile": ("mi", "英里"),
    "second": ("s", "sec", "秒"), "minute": ("min", "分钟", "分"), "hour": ("h", "hr", "小时", "时"),
    "day": ("d", "天", "日"), "week": ("周", "星期"),
    "millisecond": ("ms", "毫秒"), "microsecond": ("us", "µs", "μs", "微秒"), "nanosecond": ("ns", "纳秒"),
    "year": ("yr", "年"), "month": ("月", "个月"), "decade": ("年代",), "century": ("centuries", "世纪"),
    "millennium": ("millennia", "millenniums", "千年"),
    "kilogram": ("kg", "千克", "公斤"), "tonne": ("t", "吨", "metric ton"), "gram": ("g", "克"),
    "milligram": ("mg", "毫克"), "microgram": ("ug", "µg", "μg", "微克"), "nanogram": ("ng", "纳克"),
    "pound": ("lb", "lbs", "磅"), "ounce": ("oz", "盎司"),
    "litre": ("l", "L", "liter", "升"), "millilitre": ("ml", "mL", "milliliter", "毫升"),
}  # fmt: skip
NAMES = {alias: name for name, aliases in UNITS.items() for alias in (name, *aliases)}


SHORT = {"mph": "mile/hour", "kph": "kilometer/hour", "kmh": "kilometer/hour", "km/hr": "kilometer/hour",
         "ha": "hectare", "公顷": "hectare", "hectare": "hectare", "hectares": "hectare"}  # fmt: skip
TEMPERATURES = {
    "celsius": ("c", "°c", "℃", "celsius", "degree celsius", "摄氏度", "度摄氏", "centigrade"),
    "fahrenheit": ("f", "°f", "℉", "fahrenheit", "degree fahrenheit", "华氏度"),
    "kelvin": ("k", "kelvin", "开尔文", "开"),
}
PER = re.compile(r"\s*(?:/|\bper\b|每)\s*")
RAISED = re.compile(
    r"(?P<word>square|sq\.?|cubic|cu\.?|平方|立方)\s*(?P<unit>\S+)|(?P<bare>[A-Za-z]+)\s*(?:\^?(?P<power>[23])|(?P<sign>[²³]))"
)
CUBES = ("cubic", "cu", "cu.", "立方")


def unit_name(text: str) -> str | None:
    """The name of a unit for any of its spellings, ``kilometer/hour`` and ``meter**2`` for
    those made of others; else ``None``."""
    text = text.strip()
    low = text.lower()
    for name, spellings in TEMPERATURES.items():
        if low.replace("degrees", "degree").replace("deg ", "degree ") in spellings:
            return name
    if low in SHORT:
        return SHORT[low]
    parts = PER.split(text)
    if len(parts) == 2:
        above, below = map(unit_name, parts)
        plain = above and below and "/" not in above + below
        return f"{above}/{below}" if plain and not {above, below} & set(TEMPERATURES) else None
    if (found := RAISED.fullmatch(text)) and _simple_unit(text) is None:
        base = _simple_unit(found["unit"] or found["bare"])
        cubed = (
            (found["word"] or "").lower() in CUBES
            or "3" in (found["power"] or "")
            or found["sign"] == "³"
        )
        return None if base is None else f"{base}**{3 if cubed else 2}"
    return _simple_unit(text)


def _simple_unit(text: str) -> str | None:
    for spelling in (text, text.lower(), text.lower().removesuffix("s")):
        if spelling in NAMES and (len(spelling) > 1 or spelling == text or not text.isascii()):
            return NAMES[spelling]
    return "inch" if text.lower() == "inches" else None


@order("(?:convert |express |write |change )?<a> ?(?:degrees?|°) (?:in|to|into|as) radians?(?: measure)?",
       "how many radians (?:are (?:there )?in|is) <a> ?(?:degrees?|°)",
       "(?:把|将)?(?:角度)? ?<a> ?(?:度|°) ?(?:化为|化成|转化为|转化成|换算成|换算为|等于多少|是多少)弧度(?:制|数)?(?:是多少)?")  # fmt: skip
def radians(s: Slots) -> Request:
    """``30 degrees in radians``: π/6."""
    value = s.expr("a")
    turned = t.Div(t.Mul((value, t.Constant(t.ConstantName.PI))), t.integer(180))
    return Request(task=Task.EVALUATE, operands=(turned,))


@order("(?:convert |express |write |change )?<a> (?:radians?|rad) (?:in|to|into|as) degrees?",
       "how many degrees (?:are (?:there )?in|is) <a> (?:radians?|rad)",
       "(?:把|将)?(?:弧度)? ?<a> ?弧度? ?(?:化为|化成|转化为|转化成|换算成|换算为|等于多少|是多少) ?(?:角?度|°)(?:制|数)?(?:是多少)?")  # fmt: skip
def degrees(s: Slots) -> Request:
    """``π/6 radians in degrees``: 30."""
    value = s.expr("a")
    s.scan.notes.append(Text("the answer is in degrees", "结果以度为单位"))
    turned = t.Div(t.Mul((value, t.integer(180))), t.Constant(t.ConstantName.PI))
    return Request(task=Task.EVALUATE, operands=(turned,))


CLOCK = re.compile(r"(\d{1,2}):(\d{2})\s*([AaPp]\.?[Mm]\.?)?$")


def _clock(s: Slots, span: Span) -> str:
    """The time, written ``10:37 AM`` or ``14:05``."""
    found = CLOCK.match(span.text)
    if found is None or int(found[2]) > 59:
        raise s.scan.error(span, "a time like 10:37 AM is expected here", "此处应为时刻")
    half = (found[3] or "").replace(".", "").upper()
    if int(found[1]) > (12 if half else 23) or (half and found[1] == "0"):
        raise s.scan.error(span, "this hour does not exist", "没有这个时刻")
    return f"{int(found[1])}:{found[2]} {half}".strip()


@noun("<n> minutes? (?:after|past|from) <clock>", "<clock>(?:之后|后|再过)<n>分钟",
      "<n> hours? (?:after|past|from) <clock>", "<clock>(?:之后|后|再过)<n>(?:个)?小时")  # fmt: skip
def time_after(s: Slots) -> Request:
    return _shift(s, topics.TIME_AFTER)


@noun("<n> minutes? before <clock>", "<clock>(?:之前|前)<n>分钟",
      "<n> hours? before <clock>", "<clock>(?:之前|前)<n>(?:个)?小时")  # fmt: skip
def time_before(s: Slots) -> Request:
    return _shift(s, topics.TIME_BEFORE)


def _shift(s: Slots, topic: str) -> Request:
    amount = s.scan.number(s.span("n"))
    rest = s.scan.source[s.span("n").end :].lstrip()
    if rest.lower().startswith(("hour", "小时", "个小时")):
        amount = t.Mul((amount, t.integer(60)))
    return Request(
        task=Task.MEASURE, topic=topic, operands=(amount,), words=(_clock(s, s.span("clock")),)
    )


@order("how many minutes are (?:there )?between <a> and <b>", "从<a>到<b>(?:经过了?|有|是)多少分钟")
def time_between(s: Slots) -> Request:
    return Request(
        task=Task.MEASURE,
        topic=topics.TIME_BETWEEN,
        words=(_clock(s, s.span("a")), _clock(s, s.span("b"))),
    )


# drawing letters -----------------------------------------------------------------------

DRAWN = "<n> letters? (?:are |is )?(?:picked|drawn|chosen|taken) without replacement from <bag>"
ASKED = "(?:what is|give|calculate|find|determine)(?: the)? (?:prob|probability)"


@order(
    rf"{DRAWN}[.;] {ASKED} of (?:picking |drawing )?<event>",
    rf"{ASKED} of (?:picking |drawing )?<event> when {DRAWN}",
)
def drawing(s: Slots) -> Request:
    bag, count = _bag(s), s.count("n")
    event = s.span("event")
    if found := re.fullmatch(r"(?:the )?sequence ([a-z]+)", event.text):
        if len(found[1]) != count:
            raise s.scan.error(event, "the sequence has another length", "序列长度与所取个数不符")
        return _draw(topics.DRAW_SEQUENCE, (), tuple(found[1]), bag)
    wanted = [re.fullmatch(r"(\d+) ([a-z])'?s?", p.text) for p in s.scan.parts(event)]
    if not all(wanted) or sum(int(w[1]) for w in wanted if w) != count:
        raise s.scan.error(event, "this event is not understood", "不明白这个事件")
    pairs = tuple(word for w in wanted if w for word in (w[2], w[1]))
    counts = tuple(t.integer(int(w[1])) for w in wanted if w)
    return _draw(topics.DRAW_COUNTS, counts, pairs, bag)


def _draw(
    topic: str, operands: tuple[t.Expr, ...], event: tuple[str, ...], bag: tuple[str, ...]
) -> Request:
    return Request(task=Task.PROBABILITY, topic=topic, operands=operands, words=(*event, "|", *bag))


def _bag(s: Slots) -> tuple[str, ...]:
    """Letters with their numbers, alternating, from ``{a: 2, b: 1}`` or ``aab``."""
    text = s.span("bag").text
    if re.fullmatch(r"[a-z]+", text):
        return tuple(w for c in dict.fromkeys(text) for w in (c, str(text.count(c))))
    if not re.fullmatch(r"\{\s*[a-z]: *\d+(, *[a-z]: *\d+)*\s*\}", text):
        raise s.scan.error(
            s.span("bag"), "what is in the bag is not understood", "不明白袋中有什么"
        )
    pairs = re.findall(r"([a-z]): *(\d+)", text)
    if len(dict(pairs)) < len(pairs):
        raise s.scan.error(s.span("bag"), "a letter is listed twice", "有字母重复列出")
    return tuple(word for pair in pairs for word in pair)
