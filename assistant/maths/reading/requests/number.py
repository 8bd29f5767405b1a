"""Questions about numbers: divisors, digits, rounding, percentages."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.quantifiers import refuse_other_numbers
from assistant.maths.reading.requests.arithmetic import one_thing, root_index
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task
from assistant.maths.whole_claims import divisible

ASKED = re.compile("吗|是否|能否|任意|任何|一切|所有|每")
"""What makes 能被…整除 a question or a claim, and no condition."""
PLACES = ("units", "tens", "hundreds")
GROUPS = (
    "thousands millions billions trillions quadrillions quintillions sextillions septillions "
    "octillions nonillions decillions"
).split()
ZH_PLACES = {
    "个": 0,
    "末": 0,
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
}


def _number(topic: str, *operands: t.Expr, order: int | None = None) -> Request:
    return Request(task=Task.NUMBER, topic=topic, operands=operands, order=order)


# divisors and multiples ----------------------------------------------------------------


@noun(
    "(?:greatest|highest|largest|biggest) common (?:divisor|factor|denominator) of <items>",
    "(?:gcd|gcf|hcf) of <items>",
    "<items>的最大公(?:约数|因数|因子)",
    "最大公(?:约数|因数|因子)[:： ]<items>",
)
def gcd(s: Slots) -> Request:
    return _number(topics.GCD, *s.exprs("items"))


@noun(
    "(?:least|lowest|smallest) common multiple of <items>",
    "lcm of <items>",
    "<items>的最小公倍数",
)
def lcm(s: Slots) -> Request:
    return _number(topics.LCM, *s.exprs("items"))


@noun(
    "(?:least |lowest |smallest )?common denominator of <items>",
    "<items>的(?:最小公分母|最简公分母|公分母)",
)
def common_denominator(s: Slots) -> Request:
    return _number(topics.COMMON_DENOMINATOR, *s.exprs("items"))


@noun(
    "remainder when <a> is divided by <b>",
    "remainder (?:of|on) dividing <a> by <b>",
    "remainder of <a> divided by <b>",
    "<a> modulo <b>",
    "<a> mod <b>",
    "<a>除以<b>(?:所得)?的?余数",
    "<a>除以<b>余几",
)
def remainder(s: Slots) -> Request:
    return _number(topics.REMAINDER, s.expr("a"), s.expr("b"))


@noun("quotient when <a> is divided by <b>", "<a>除以<b>的商")
def quotient(s: Slots) -> Request:
    return _number(topics.QUOTIENT, s.expr("a"), s.expr("b"))


@order(
    "is <a> (?:always )?a (?:factor|divisor) of <b>",
    "does <a> (?:always )?divide <b>",
    "is <b> (?:always )?a multiple of <a>",
    "is <b> (?:always )?divisible by <a>",
    "<a>是<b>的(?:因数|约数)吗",
    "<b>(?:一定|总)?是<a>的倍数吗",
    "<b>(?:一定|总|都)*能被<a>整除吗?",
)
def is_factor(s: Slots) -> Request:
    divisor, value = s.expr("a"), s.expr("b")
    if "能被" in s.scan.source and not ASKED.search(s.scan.source):
        raise s.scan.error(s.span("b"), "it is not said what is asked of this", "没有说明要求什么")
    if not t.symbols(divisor) and _is_open(s, value):
        return always(s, value, divisible(value, divisor))
    return _number(topics.IS_FACTOR, divisor, value)


def _is_open(s: Slots, value: t.Expr) -> bool:
    """Whether a value has letters of which nothing is known."""
    known = set(s.scan.names)
    for definition in s.scan.definitions:
        known.add(definition.name)
        if not isinstance(definition.body, Request):
            known |= {*t.symbols(definition.body)}
    return not {*t.symbols(value)} <= known


def always(s: Slots, value: t.Expr, statement: t.Expr) -> Request:
    """Whether a statement about a value with letters is true of all whole numbers."""
    refuse_other_numbers(s.scan)
    return Request(task=Task.PROVE, operands=(statement,), variables=t.symbols(value))


@order(
    "is <a> (?:always )?(?:prime|a prime|a prime number|composite|a composite number|even|odd"
    "|an even number|an odd number)",
    "<a>(?:一定|总)?是(?:不是|否是|否为)?(?:质数|素数|合数|偶数|奇数)吗?",
)
def is_kind(s: Slots) -> Request:
    source = s.scan.source[s.span("a").end :].lower()
    kinds = {
        "prime": topics.IS_PRIME, "质数": topics.IS_PRIME, "素数": topics.IS_PRIME,
        "composite": topics.IS_COMPOSITE, "合数": topics.IS_COMPOSITE,
        "even": topics.IS_EVEN, "偶数": topics.IS_EVEN, "odd": topics.IS_ODD, "奇数": topics.IS_ODD,
    }  # fmt: skip
    topic = min((source.find(word), kind) for word, kind in kinds.items() if word in source)[1]
    value = s.expr("a")
    if topic in (topics.IS_EVEN, topics.IS_ODD) and _is_open(s, value):
        if re.search(r"(?<![a-z])(?:even|odd)\s*\?*\s*$", source) and {*t.symbols(value)} <= {
            *"xt"
        }:
            raise s.scan.error(
                s.span("a"), "say “is the function … odd”, or “an odd number”",
                "请说明是奇（偶）函数，还是奇（偶）数",
            )  # fmt: skip
        return always(s, value, divisible(value, t.integer(2), int(topic == topics.IS_ODD)))
    return _number(topic, value)


@noun("(?:distinct )?prime factors of <a>", "<a>的质因数", "<a>的素因数")
def prime_factors(s: Slots) -> Request:
    return _number(topics.PRIME_FACTORS, s.expr("a"))


@noun(
    "prime (?:factorization|factorisation|decomposition) of <a>",
    "<a>的质因数分解",
    "(?:把|将)?<a>分解(?:质|素)因数",
    "分解(?:质|素)因数[:： ]?<a>",
)
def factorization(s: Slots) -> Request:
    return _number(topics.FACTORIZATION, s.expr("a"))


@noun("(?:all |positive |all the |all positive )?(?:factors|divisors) of <a>",
      "<a>的(?:所有|全部)?(?:正)?(?:因数|约数)")  # fmt: skip
def divisors(s: Slots) -> Request:
    value = s.expr("a")
    if not isinstance(value, t.Number):
        raise s.scan.error(s.span("a"), "a whole number is expected here", "此处应为整数")
    return _number(topics.DIVISORS, value)


# digits and rounding -------------------------------------------------------------------


@noun("<place> digit of <a>", "<a>的<zh>位(?:上的)?(?:数字|数)(?:是几)?")
def digit(s: Slots) -> Request:
    place = ZH_PLACES.get(s.text("zh")) if "zh" in s.taken else place_index(s.text("place"))
    if place is None:
        where = s.span("zh") if "zh" in s.taken else s.span("place")
        raise s.scan.error(where, "this place of a number is not known", "不认识这个数位")
    return _number(topics.DIGIT, s.expr("a"), order=place)


def place_index(text: str) -> int | None:
    """``units`` 0, ``tens`` 1, … ``hundred millions`` 8; else ``None``."""
    if text in ("ones", "unit", "one's", "last", "final"):
        return 0
    if text in PLACES:
        return PLACES.index(text)
    head, _, group = text.replace("-", " ").rpartition(" ")
    group = group if group.endswith("s") else f"{group}s"
    if group not in GROUPS or head not in ("", "ten", "hundred"):
        return None
    return 3 * (GROUPS.index(group) + 1) + ("", "ten", "hundred").index(head)


@noun("<a> rounded (?:off )?to <how>", "<a>correct to <how>")
@order("round (?:off )?<a> (?:off )?to <how>", "write <a> (?:correct )?to <how>",
       "(?:把|将)?<a>(?:四舍五入)?(?:精确到|保留到?)<how>", "<a>四舍五入到<how>")  # fmt: skip
def rounded(s: Slots) -> Request:
    return rounding(s, s.expr("a"), s.text("how"))


ZH_UNITS = {"个位": 0, "整数": 0, "十位": -1, "百位": -2, "千位": -3, "万位": -4, "十分位": 1,
            "百分位": 2, "千分位": 3, "万分位": 4}  # fmt: skip


def rounding(s: Slots, operand: t.Expr, how: str) -> Request:
    """Rounding as ``how`` says it.  Raises ``ReadingError``."""
    how = how.strip().removeprefix("the ").strip()
    if found := re.fullmatch(r"(.+?)\s*(?:dps?|d\.p\.|decimal places?|decimals?|places?)", how):
        return _round(s, topics.ROUND, operand, numerals.cardinal(found[1]))
    if found := re.fullmatch(
        r"(.+?)\s*(?:significant (?:figures?|digits?)|s\.?f\.?|sig\.? figs?)", how
    ):
        return _round(s, topics.ROUND_SIGNIFICANT, operand, numerals.cardinal(found[1]))
    if found := re.fullmatch(r"(.+?)位(小数|有效数字)", how):
        topic = topics.ROUND if found[2] == "小数" else topics.ROUND_SIGNIFICANT
        return _round(s, topic, operand, numerals.chinese_integer(found[1]))
    if how in ZH_UNITS:
        return _round(s, topics.ROUND, operand, ZH_UNITS[how])
    how = how.removeprefix("nearest ").strip()
    if how in ("integer", "whole number", "unit", "one"):
        return _round(s, topics.ROUND, operand, 0)
    if found := re.fullmatch(r"(tenth|hundredth|thousandth)", how):
        return _round(s, topics.ROUND, operand, ("tenth", "hundredth", "thousandth").index(how) + 1)
    return _round(s, topics.ROUND, operand, _decimals(how))


def _decimals(how: str) -> int | None:
    """``1000`` or ``one thousand`` -> -3, ``0.01`` -> 2."""
    if re.fullmatch(r"0\.0*1", how):
        return len(how) - 2
    size = int(how) if re.fullmatch(r"10*", how) else numerals.cardinal(how)
    if size is None or not re.fullmatch(r"10*", str(size)):
        return None
    return 1 - len(str(size))


def _round(s: Slots, topic: str, operand: t.Expr, places: int | None) -> Request:
    if places is None:
        raise s.scan.error(s.span("how"), "to which place is not understood", "不清楚保留到哪一位")
    return _number(topic, operand, order=places)


@noun(
    "<a> to the power of 1/<n>, to the nearest integer",
    "<k> root of <a>,? to the nearest (?:integer|whole number)",
)
def nearest_root(s: Slots) -> Request:
    index = s.count("n") if "n" in s.taken else root_index(s)
    return _number(topics.NEAREST_ROOT, s.expr("a"), t.integer(index))


@noun(
    "<a> in scientific notation",
    '(?:将|把)?(?:数据|数字?)?[“"]? ?<a> ?[”"]?用科学[记计]数法(?:可)?(?:表示|记)为?',
)
@order("(?:write|express) <a> in (?:scientific notation|standard form)",
       "用科学[记计]数法表示<a>")  # fmt: skip
def scientific(s: Slots) -> Request:
    return _number(topics.SCIENTIFIC, s.expr("a"))


@noun("<a> as a (?:decimal|fraction|percentage|percent)")
@order("(?:write|express|convert|change) <a> (?:as|to|into|in)(?: an?)? (?:decimal|fraction|percentage|percent)(?: form)?",
       "(?:把|将)<a>化(?:为|成)(?:小数|分数|百分数)")  # fmt: skip
def rewritten(s: Slots) -> Request:
    rest = s.scan.source[s.span("a").end :].lower()
    if "decimal" in rest or "小数" in rest:
        return _number(topics.TO_DECIMAL, s.expr("a"))
    percent = "percent" in rest or "百分数" in rest
    return _number(topics.TO_PERCENT if percent else topics.TO_FRACTION, s.expr("a"))


# percentages ---------------------------------------------------------------------------


@order("increase <a> by <p>%", "<a> increased by <p>%")
@noun("<a> increased by <p>%", "<a>增加<p>%(?:后)?")
def increase(s: Slots) -> Request:
    return _number(topics.INCREASE, one_thing(s, s.expr("a")), t.Call("percent", (s.expr("p"),)))


@order("(?:decrease|reduce) <a> by <p>%", "<a>减少<p>%(?:后)?")
@noun("<a> (?:decreased|reduced) by <p>%")
def decrease(s: Slots) -> Request:
    return _number(topics.DECREASE, one_thing(s, s.expr("a")), t.Call("percent", (s.expr("p"),)))


@order("(?:what percent|what percentage) of <b> is <a>", "<a> is what (?:percent|percentage) of <b>",
       "<a>是<b>的百分之几", "<a>占<b>的百分之几")  # fmt: skip
def share(s: Slots) -> Request:
    return _number(topics.SHARE, s.expr("a"), s.expr("b"))


@noun("percent(?:age)? (?:change|increase|decrease) from <a> to <b>")
def change(s: Slots) -> Request:
    return _number(topics.CHANGE, s.expr("a"), s.expr("b"))


@order(
    "(?:find |compute |calculate |what is )?(?:the )?(?:modular |multiplicative )*inverse of <a>,? "
    "(?:mod|modulo|in Z_?|modulus) ?<m>",
    "(?:求)? ?<a> ?(?:关于)?模 ?<m> ?(?:意义下)?的?(?:乘法)?逆(?:元)?",
    "(?:求)? ?<a> ?在模 ?<m> ?(?:意义)?下的?(?:乘法)?逆(?:元)?",
)
def modular_inverse(s: Slots) -> Request:
    operands = s.scan.number(s.span("a")), s.scan.number(s.span("m"))
    if not all(isinstance(o, t.Number | t.Neg) for o in operands):
        raise s.scan.error(s.span("a"), "whole numbers are expected here", "此处应为整数")
    return Request(task=Task.NUMBER, topic=topics.MODULAR_INVERSE, operands=operands)
