"""The least number with given remainders, multiples counted, the last digits of a number."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.patterns import late
from assistant.maths.reading.requests.productions import Slots, noun, order
from assistant.maths.types import Request, Task, Text

# the least number with given remainders ----------------------------------------------------

LIST = r"\d+(?:\s*(?:,\s*and|and|or|[,，、和与])\s*\d+(?!\d|\s*(?:when|if)(?![a-z])))*"
HAN = "[一二三四五六七八九十]{1,3}"
CONDITION = late(
    rf"(?:leaves?|gives?|has|have|with|leaving|giving)?\s*(?:an?\s+|the\s+)?remainders?\s*(?:of\s+)?(?P<r1>\d+)\s*"
    rf"(?:when|if|on)\s+(?:it\s+is\s+)?(?:divided|division)\s+by\s+(?:each\s+of\s+)?(?P<m1>{LIST})"
    rf"|when\s+divided\s+by\s+(?P<m2>{LIST}),?\s*(?:leaves?|gives?|has)\s+(?:an?\s+|the\s+)?remainder\s*(?:of\s+)?(?P<r2>\d+)"
    rf"|(?:is\s+)?divisible\s+by\s+(?P<m3>{LIST})"
    rf"|(?<![A-Za-z])(?P<x>[a-z])\s*(?:≡|=|\\equiv)\s*(?P<r4>\d+)\s*[,，]?\s*[(（]?\s*\\?p?b?mod\s*\{{?\s*(?P<m4>\d+)\s*\}}?\s*[)）]?"
    rf"|(?:能)?被\s*(?P<m5>{LIST})\s*(?:整?除|去除)(?:后|时)?(?:都|均|所得|得)?的?(?:余数?|剩)(?:都|均)?(?:为|是)?\s*(?P<r5>\d+)"
    rf"|除以\s*(?P<m6>{LIST})\s*(?:都|均|所得|得)?的?(?:余数?|剩)(?:都|均)?(?:为|是)?\s*(?P<r6>\d+)"
    rf"|能?被\s*(?P<m7>{LIST})\s*整除"
    rf"|(?P<r8>\d+)\s*(?:when|if)\s+(?:it\s+is\s+)?divided\s+by\s+(?P<m8>{LIST})"
    rf"|(?P<m9>{HAN})(?P=m9)数之?[剩余](?P<r9>{HAN})",
    re.IGNORECASE,
)
BETWEEN = late(
    r"[\s,，、;；]|and(?![a-z])|that(?![a-z])|which(?![a-z])|it(?![a-z])|并且|而且|且|又|并"
)
MOST_CONDITIONS = 12
EN_LEAST = "(?:find |what is |determine |calculate )?(?:the )?(?:smallest|least) "
EN_THAT = "(?:that|which|such that|satisfying|satisfies|with|for which|whose|so that)"
MET = "(?:满足|适合|符合)?(?:上述|以上|这些|此)?(?:条件)?的?"


def _least(s: Slots, low: int) -> Request:
    span = s.span("c")
    found = list(CONDITION.finditer(span.text))
    if not found or BETWEEN.sub("", CONDITION.sub("", span.text)):
        raise s.scan.error(span, "the remainders are not understood", "无法理解余数的条件")
    names = {hit["x"] for hit in found if hit["x"]} | ({s.name("n")} if "n" in s.taken else set())
    if len(names) > 1:
        raise s.scan.error(span, "one letter is expected here", "此处应为一个字母")
    name = next(iter(names), "n")
    statements = [line for hit in found for line in _lines(hit, name)]
    if len(statements) > MOST_CONDITIONS:
        raise s.scan.error(span, "these are too many conditions", "条件过多")
    return Request(task=Task.NUMBER, topic=topics.LEAST, operands=tuple(statements),
                   variables=(name,), words=(str(low),))  # fmt: skip


def _lines(hit: re.Match[str], name: str) -> list[t.Expr]:
    groups = {k[0]: v for k, v in hit.groupdict().items() if v and k != "x"}
    rest = t.integer(_count(groups.get("r", "0")))
    found: list[t.Expr] = []
    for size in re.findall(rf"\d+|{HAN}", groups["m"]):
        modulus = t.integer(_count(size))
        sides = (t.Call("mod", (side, modulus)) for side in (t.Symbol(name), rest))
        # a remainder is smaller than the divisor; of ≡ any number of the class may be told
        plain = t.Call("mod", (t.Symbol(name), modulus)), rest
        found.append(t.equation(*(sides if hit["x"] else plain)))
    return found


def _count(text: str) -> int:
    """A number in digits or, 三三数之剩二, in words."""
    return int(text) if text.isdecimal() else numerals.chinese_integer(text) or 0


@order(f"{EN_LEAST}positive (?:integer|whole number|number) <n>,? {EN_THAT} <c>",
       f"{EN_LEAST}positive (?:integer|whole number|number),? {EN_THAT} <c>",
       f"(?:求)?{MET}<c>的(?:所有|全部)?最小的?正整数(?:是多少|是|为)?",
       "(?:求)?满足<c>的最小的?正整数 ?<n>",
       f"(?:已知|若|设|有)?(?:一个|某个?)?(?:正整数|数)<c>[,，。;；] ?(?:求|则|那么|问)?{MET}(?:这个|该)?数?的?最小的?正整数(?:是多少|是|为)?",
       "(?:今)?有物[,，]?不知其数[,，:：。] ?<c>[,，。;；] ?问物几何", "<c>[,，。;；] ?问物几何",
       "(?:已知|若|设|有)?(?:一个|某个?)(?:正整)?数<c>[,，。;；] ?(?:求|则|那么|问)?(?:这个|该)(?:数|正整数)(?:的)?最小(?:值)?(?:是|为)?(?:多少|几)?")  # fmt: skip
def least_positive(s: Slots) -> Request:
    """``smallest positive integer that leaves remainder 2 when divided by 3``."""
    return _least(s, 1)


@order(f"{EN_LEAST}(?:positive )?(?:integer|whole number|number) (?:greater|larger|bigger|more) than <low>,? {EN_THAT} <c>",
       "(?:求)?大于 ?<low> ?(?:且|并且|[,，])?<c>的最小的?(?:正整数|自然数|整数)")  # fmt: skip
def least_above(s: Slots) -> Request:
    return _least(s, s.count("low") + 1)


# multiples counted -----------------------------------------------------------------------

EN_DIVISIBLE = "(?:that are |which are )?(?:exactly |evenly )?(?:divisible by|multiples of)"
MOST_DIGITS = 12
HOW_MANY = "(?:一共|共)?有?(?:多少|几)个"


@noun(
    f"number of (?:positive )?<k>-? ?digit (?:positive )?(?:numbers|integers|whole numbers) {EN_DIVISIBLE} <m>"
)
@order(f"how many (?:positive )?<k>-? ?digit (?:positive )?(?:numbers|integers|whole numbers) (?:are (?:there )?)?{EN_DIVISIBLE} <m>",
       f"(?:在|所有)?<k>位数中?[,，]? ?(?:能|可以?)?被 ?<m> ?整除的(?:数)?{HOW_MANY}(?:数)?",
       f"(?:能|可以?)被 ?<m> ?整除的<k>位(?:正整)?数{HOW_MANY}",
       f"(?:在|所有)?<k>位数中?[,，]? ?<m>的倍数{HOW_MANY}")  # fmt: skip
def multiples_of_length(s: Slots) -> t.Expr:
    """Those up to 999 without those up to 99."""
    text = s.text("k").strip("- ")
    digits = int(text) if text.isdecimal() else numerals.cardinal(text)
    digits = digits or numerals.chinese_integer(text.replace("两", "二"))
    if not digits or not 2 <= digits <= MOST_DIGITS:
        raise s.scan.error(s.span("k"), "how many digits is not understood", "不清楚是几位数")
    return _multiples(s, 10 ** (digits - 1), 10**digits - 1)


@noun(
    f"number of (?:positive )?(?:integers|whole numbers|numbers) from <p> to <q>(?: inclusive)?,? {EN_DIVISIBLE} <m>"
)
@order(f"how many (?:positive )?(?:integers|whole numbers|numbers) from <p> to <q>(?: inclusive)?,? (?:are (?:there )?)?{EN_DIVISIBLE} <m>",
       f"(?:在)?(?:从)?<p>(?:到|至|~|～)<q>(?:的|之间的?)?(?:所有)?(?:整数|自然数|数)?中?[,，]? ?(?:能|可以?)?被 ?<m> ?整除的(?:数|整数)?{HOW_MANY}(?:数)?",
       f"(?:在)?(?:从)?<p>(?:到|至|~|～)<q>(?:的|之间的?)?(?:所有)?(?:整数|自然数|数)?中?[,，]? ?<m>的倍数{HOW_MANY}")  # fmt: skip
def multiples_in_range(s: Slots) -> t.Expr:
    """Both ends belong to it."""
    low, high = s.count("p"), s.count("q")
    if not 1 <= low <= high:
        raise s.scan.error(s.span("p"), "two numbers in rising order are expected",
                           "此处应为由小到大的两个数")  # fmt: skip
    if "之间" in s.scan.source and (low % s.count("m") == 0 or high % s.count("m") == 0):
        raise s.scan.error(s.span("p"), "do the ends belong to it?", "是否包括两端的数？")
    return _multiples(s, low, high)


def _multiples(s: Slots, low: int, high: int) -> t.Expr:
    size = s.count("m")
    if size < 1:
        raise s.scan.error(s.span("m"), "a positive number is expected here", "此处应为正整数")
    why = Text("every {0}-th whole number is a multiple of {0}", "每 {0} 个整数中有一个是 {0} 的倍数",
               (t.integer(size),))  # fmt: skip
    s.scan.notes.append(why)
    up_to = [t.Call("floor", (t.Div(t.integer(n), t.integer(size)),)) for n in (high, low - 1)]
    return t.sub(*up_to)


# the last digits -------------------------------------------------------------------------

WHOLE_CALLS = ("factorial", "binomial", "gcd", "lcm", "sum", "product")
"""Of whole numbers they are whole numbers."""


@noun("last <k> digits of <a>", "<a> ?的?(?:末|最后|后)的?<k>位(?:数字|数)?(?:是多少|是|为)?")
def last_digits(s: Slots) -> t.Expr:
    """The remainder after division by a power of ten."""
    text = s.text("k")
    places = int(text) if text.isdecimal() else numerals.cardinal(text)
    places = places or numerals.chinese_integer(text.replace("两", "二"))
    value = s.expr("a")
    if not places or not 2 <= places <= MOST_DIGITS:
        raise s.scan.error(s.span("k"), "how many digits is not understood", "不清楚是几位数字")
    if t.symbols(value) or any(
        isinstance(n, t.Neg | t.Div | t.Constant)
        or (isinstance(n, t.Number) and (n.value < 0 or n.value.denominator != 1))
        or (isinstance(n, t.Call) and n.name not in WHOLE_CALLS)
        for n in t.walk(value)
    ):
        raise s.scan.error(s.span("a"), "a positive whole number is expected here",
                           "此处应为正整数")  # fmt: skip
    told = Text("where the answer has fewer than {0} digits, zeros stand before it",
                "若结果不足 {0} 位，前面补 0", (t.integer(places),))  # fmt: skip
    s.scan.notes.append(told)
    return t.Call("mod", (value, t.integer(10**places)))
