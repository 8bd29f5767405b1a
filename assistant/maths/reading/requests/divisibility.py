"""Claims about every whole number: ``prove that n^3 - n is divisible by 6``, 证明 n²+n 是偶数."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading import numerals
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.quantifiers import refuse_other_numbers
from assistant.maths.reading.requests.productions import Slots, order
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task, Text
from assistant.maths.whole_claims import divisible

SURE = "(?:always |also |exactly |evenly )*"
ZH_SURE = "(?:总|都|必|一定|必定|必然|恒|可以?|均)*"
CLAIMS = (
    f"<b> is {SURE}<not>divisible by <m>",
    f"<b> is {SURE}<not>a multiple of <m>",
    f"<b> is {SURE}<not>(?:an )?<kind>(?: number| integer)?",
    "<m> (?:always )?divides <b>",
    "<m> is (?:always )?a (?:factor|divisor) of <b>",
    f"<b> {SURE}leaves (?:a |the )?remainder (?:of )?<r> (?:when|on) (?:divided|division) by <m>",
    f"<b> ?{ZH_SURE}<not>能?被 ?<m> ?整除",
    f"<b> ?{ZH_SURE}<not>(?:是|为) ?<m> ?的(?:整数)?倍数",
    f"<b> ?{ZH_SURE}<not>(?:是|为)(?:一个)?<kind>",
    f"<m> ?{ZH_SURE}整除 ?<b>",
    f"<b> ?除以 ?<m> ?(?:的)?(?:所得)?的?{ZH_SURE}余(?:数)?(?:为|是)?(?:1 ?个)? ?<r>",
)
"""``<not>`` stands for nothing or a word that denies, ``<kind>`` for even or odd."""
DENIED = {"<not>": ("", "not ", "never "), "zh": ("", "不")}
KINDS = {"even": 0, "odd": 1, "偶数": 0, "奇数": 1, "双数": 0, "单数": 1}
PROVE = "(?:(?:please )?(?:prove|show|verify|demonstrate)(?: that)?|is it true that)[:,]? "
ZH_PROVE = "(?:请|试)?(?:证明|求证|试证|验证)[:：]? ?"
BAR = r" ?(?:[|∣]|\\mid(?![A-Za-z])) ?"
NO_BAR = r" ?(?:∤|\\nmid(?![A-Za-z])) ?"
CONSECUTIVE = re.compile(
    r"(?:the\s+)?(?P<op>product|sum)\s+of\s+(?:any\s+)?(?P<k>[a-z]+|\d)\s+consecutive\s+"
    r"(?:integers|whole\s+numbers|natural\s+numbers|numbers)$"
    r"|(?:任意)?(?P<zk>[两二三四五六\d])个连续(?:的)?(?:整数|自然数)(?:的|之)?(?P<zop>积|乘积|和)$",
    re.IGNORECASE,
)
POWER = re.compile(
    r"(?:the\s+)?(?P<op>square|cube)\s+of\s+(?:any|an?|every|each)\s+(?P<kind>odd|even)\s+"
    r"(?:integer|whole\s+number|number)$"
    r"|(?:任意|任何|一个|每个)*(?P<zkind>[奇偶])数的(?P<zop>平方|立方)$",
    re.IGNORECASE,
)
TWO = re.compile(
    r"(?:the\s+)?(?P<op>sum|product|difference)\s+of\s+(?:any\s+)?two\s+(?P<kind>odd|even)\s+"
    r"(?:integers|whole\s+numbers|numbers)$"
    r"|(?:任意)?两个(?P<zkind>[奇偶])数(?:的|之)(?P<zop>和|积|乘积|差)$",
    re.IGNORECASE,
)
MOST = 9


def _patterns() -> list[tuple[str, bool, int | None]]:
    """Each wording of a claim, whether it denies, and the remainder that it says by a word."""
    found: list[tuple[str, bool, int | None]] = []
    for claim in CLAIMS:
        chinese = not claim.isascii()
        for no in DENIED["zh" if chinese else "<not>"] if "<not>" in claim else ("",):
            said = claim.replace("<not>", no)
            if "<kind>" not in said:
                found.append((said, bool(no), None))
                continue
            kinds = [k for k in KINDS if k.isascii() != chinese]
            found += [(said.replace("<kind>", k), bool(no), KINDS[k]) for k in kinds]
    return found


def _register(pattern: str, *, never: bool, parity: int | None) -> None:
    def build(s: Slots) -> Request:
        modulus = t.integer(2) if parity is not None else s.scan.number(s.span("m"))
        rest = s.count("r") if "r" in s.taken else parity or 0
        if parity is not None and never:
            return claim(s.scan, s.span("b"), modulus, 1 - rest)
        return claim(s.scan, s.span("b"), modulus, rest, never=never)

    head = PROVE if pattern.isascii() else ZH_PROVE
    order(head + pattern)(build)


def claim(scan: Scan, span: Span, modulus: t.Expr, rest: int, *, never: bool = False) -> Request:
    """The request to prove it.  Raises ``ReadingError``."""
    refuse_other_numbers(scan)
    body = _consecutive(scan, span) or _power_of_kind(scan, span) or _two_of_kind(scan, span)
    value = body if body is not None else scan.expression(span)
    names = t.symbols(value)
    if not names or t.symbols(modulus):
        raise scan.error(span, "a value with a letter is expected here", "此处应为含字母的式子")
    return Request(
        task=Task.PROVE, operands=(divisible(value, modulus, rest, never=never),), variables=names
    )


def _power_of_kind(scan: Scan, span: Span) -> t.Expr | None:
    """The square or cube of any odd or even number, 2k + 1 or 2k."""
    hit = POWER.match(span.text)
    if hit is None:
        return None
    letter = next(c for c in "kmnabcdxyz" if c not in scan.names)
    double = t.mul(t.integer(2), t.Symbol(letter))
    odd = (hit["kind"] or hit["zkind"]).lower() in ("odd", "奇")
    number = t.Add((double, t.integer(1))) if odd else double
    scan.notes.append(Text("the number is {0}", "设这个数为 {0}", (number,)))
    exponent = 2 if (hit["op"] or hit["zop"]).lower() in ("square", "平方") else 3
    return t.Pow(number, t.integer(exponent))


def _two_of_kind(scan: Scan, span: Span) -> t.Expr | None:
    """The sum, product or difference of two odd or even numbers."""
    hit = TWO.match(span.text)
    if hit is None:
        return None
    free = [c for c in "kmnabcdxyz" if c not in scan.names]
    odd = (hit["kind"] or hit["zkind"]).lower() in ("odd", "奇")
    double = [t.mul(t.integer(2), t.Symbol(c)) for c in free[:2]]
    first, second = (t.Add((d, t.integer(1))) if odd else d for d in double)
    scan.notes.append(
        Text("the numbers are {0} and {1}", "设这两个数为 {0} 与 {1}", (first, second))
    )
    match (hit["op"] or hit["zop"]).lower():
        case "sum" | "和":
            return t.Add((first, second))
        case "difference" | "差":
            return t.sub(first, second)
    return t.Mul((first, second))


def _consecutive(scan: Scan, span: Span) -> t.Expr | None:
    """The product or sum of numbers in a row, the first of them called n."""
    hit = CONSECUTIVE.match(span.text)
    if hit is None:
        return None
    word = hit["k"] or hit["zk"]
    count = numerals.cardinal(word) if hit["k"] else numerals.chinese_integer(word)
    if count is None or not 2 <= count <= MOST:
        raise scan.error(span, "so many numbers are not understood", "无法理解数的个数")
    letter = next(c for c in "nmkabcdxyz" if c not in scan.names)
    n = t.Symbol(letter)
    parts: list[t.Expr] = [n]
    parts += [t.Add((n, t.integer(i))) for i in range(1, count)]
    scan.notes.append(Text("the first of the numbers is called {0}", "设第一个数为 {0}", (n,)))
    product = (hit["op"] or hit["zop"]).lower() in ("product", "积", "乘积")
    return t.mul(*parts) if product else t.Add(tuple(parts))


@order(rf"(?:{PROVE})?<m>{BAR}<b>", rf"{ZH_PROVE}<m>{BAR}<b>")
def _bar(s: Slots) -> Request:
    """``6 | n^3 - n``."""
    return claim(s.scan, s.span("b"), s.scan.number(s.span("m")), 0)


@order(rf"(?:{PROVE})?<m>{NO_BAR}<b>", rf"{ZH_PROVE}<m>{NO_BAR}<b>")
def _no_bar(s: Slots) -> Request:
    return claim(s.scan, s.span("b"), s.scan.number(s.span("m")), 0, never=True)


for _said, _never, _parity in _patterns():
    _register(_said, never=_never, parity=_parity)
