"""What is said about a request besides it: the method, the domain, the rounding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.bounds import as_interval
from assistant.maths.reading.floors import GREATEST
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.number_sets import KINDS, behind, within
from assistant.maths.reading.parities import Parity, of_parity, parity
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.quantifiers import as_claim, quantified
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Call,
    Constant,
    ConstantName,
    Expr,
    Interval,
    Symbol,
    is_infinite,
    symbols,
)
from assistant.maths.types import Request, Task, Text

METHODS = {
    "quadratic formula": "formula", "the formula": "formula", "公式法": "formula",
    "completing the square": "completing_square", "complete the square": "completing_square",
    "配方法": "completing_square",
    "factoring": "factoring", "factorising": "factoring", "factorizing": "factoring",
    "factorisation": "factoring", "factorization": "factoring", "因式分解法": "factoring", "十字相乘法": "factoring",
    "substitution": "substitution", "代入法": "substitution", "代入消元法": "substitution",
    "elimination": "elimination", "加减法": "elimination", "加减消元法": "elimination", "消元法": "elimination",
    "integration by parts": "parts", "by parts": "parts", "parts": "parts", "分部积分法": "parts", "换元法": "substitution",
    "l'hopital's rule": "lhopital", "l'hôpital's rule": "lhopital", "洛必达法则": "lhopital",
    "cramer's rule": "matrix", "克莱姆法则": "matrix", "gaussian elimination": "elimination",
    "induction": "induction", "mathematical induction": "induction", "数学归纳法": "induction",
}  # fmt: skip
NAMES = "|".join(sorted(map(re.escape, METHODS), key=len, reverse=True))
BY = re.compile(
    rf"[\s,，]*(?<![A-Za-z])(?:by|using|with|use)\s+(?:the\s+)?(?:method\s+of\s+)?(?P<m>{NAMES})(?:\s+method)?(?![A-Za-z])(?:\s*,|\s+to(?![A-Za-z]))?|[（(]?(?:用|利用|运用)(?P<z>{NAMES})[)）]?(?:来)?",
    re.IGNORECASE,
)
INTERVAL = re.compile(
    r"[\s,，;]*(?:for\s+|where\s+|with\s+|on\s+|in\s+(?=the\s+interval)|在)?(?:(?<![\w*^)/+\-])(?P<v>[A-Za-z]|\\theta|θ)"
    r"(?=\s*(?:in\b|∈|\\in|区间|(?:(?<=[,，;].)|(?<=[,，;]\s.)|(?<=for\s.)|(?<=where\s.))\s*on\b)))?"
    r"\s*(?:in|∈|\\in|on|(?<=在)区间)?\s*(?:the\s+interval\s+|区间\s*)?"
    r"(?P<open>[\[(])(?P<low>[^\[\]()]+?)[,，](?P<high>[^\[\]]+?)(?P<close>[\])])(?:内|上|中)?$"
)
BESIDE = r"for|where|with|if|when|given|assuming(?:\s+that)?|and"
SIDE = rf"(?:\([^()]*\)|(?!\b(?:{BESIDE}|or|then)\b)[^,，;()（）=<>≤≥])+?"
LESS = r"\s*(?:[<>]=?|[≤≥⩽⩾]|\\[lg](?:eq?(?:slant)?|t)(?![A-Za-z]))\s*"
RANGE = re.compile(
    rf"(?:\s*[,，;]\s*(?:{BESIDE})?\s*|\s+(?:{BESIDE})\s+|\s*[（(]\s*)"
    rf"(?P<r>{SIDE}{LESS}{SIDE}(?:{LESS}{SIDE}|\s+and\s+{SIDE}{LESS}{SIDE})?)\s*[)）]?$"
)
"""``for 0 <= x <= 2pi``: one or two comparisons behind a request."""
ROUNDED = re.compile(
    r"[\s,，;.]*[(（]?(?:and\s+)?(?:(?:give|write)\s+(?:your|the)\s+answer\s+)?(?:round(?:ed)?(?:\s+off)?(?:\s+(?:your\s+answer|the\s+answer|it|to))*|correct\s+to|to)\s+(?P<n>\w+)\s+"
    r"(?P<what>decimals?(?:\s+places?)?|dps?|d\.p\.|significant\s+(?:figures|digits)|s\.?f\.?)[)）]?$"
    r"|[\s,，;；(（]*(?:结果|答案)?(?:保留到?|精确到小数点后)(?P<z>[\d一二两三四五六])位(?P<zw>小数|有效数字)?[)）]?$",
    re.IGNORECASE,
)
GENERAL = re.compile(
    r"[\s,，;]*(?:(?:find\s+)?the\s+general\s+solution(?:\s+of)?|的?通解)[\s:：]*", re.IGNORECASE
)

OF_A_LETTER = frozenset({Task.SIMPLIFY, Task.EXPAND})
"""Tasks whose variables are the letters that the domain is about."""


@dataclass(frozen=True, slots=True)
class Modifiers:
    """What the words beside a request add to it."""

    method: str = ""
    domain: Expr | None = None
    topic: str = ""
    places: int | None = None
    variable: str = ""
    about: str = ""
    """The letter whose domain was given."""
    odd: Parity | None = None
    """A letter that was called odd or even."""
    every: tuple[str, ...] = ()
    """The letters for all of whose values something is said to hold."""

    def apply(self, scan: Scan, request: Request) -> Request:
        """The request with them."""
        if self.method:
            request = replace(request, method=self.method)
        if self.variable:
            request = replace(request, variables=(self.variable,))
        used = {n for o in request.operands for n in symbols(o)} | set(request.variables)
        if self.about and self.about not in used:
            raise scan.error(scan.whole(), "this letter does not occur", "题中没有这个字母")
        if self.domain is not None:
            domain = _both(scan, request.domain, self.domain)
            request = self._within(scan, replace(request, domain=domain))
        if self.odd:
            request = of_parity(scan, request, self.odd)
        if self.every:
            request = as_claim(scan, request, self.every)
        if self.topic:
            if request.task is Task.SOLVE:
                raise scan.error(
                    scan.whole(), "roots are given exactly, not rounded", "解以精确值给出"
                )
            return Request(
                task=Task.NUMBER,
                topic=self.topic,
                operands=(scan.fresh(request),),
                order=self.places,
            )
        return request

    def _within(self, scan: Scan, request: Request) -> Request:
        """The request whose domain is that of the letter that was named."""
        names = {n for o in request.operands for n in symbols(o)} | {*request.variables}
        if not self.about or names == {self.about}:
            return request
        if request.task in OF_A_LETTER:
            return replace(request, variables=(self.about,))
        if self.about in request.variables:  # of several, no task uses what is said of one
            return request
        raise scan.error(
            scan.whole(),
            "which numbers are meant can only be said of the one letter that is asked for",
            "只能对所求的单个字母限定数的范围",
        )


def _both(scan: Scan, own: Expr | None, said: Expr) -> Expr:
    """The numbers that the request itself limits its unknown to and that words beside it do."""
    reals = Constant(ConstantName.REALS)
    if own in (None, reals, said):
        return said
    assert own is not None
    if said == reals and (isinstance(own, Interval) or own == Constant(ConstantName.INTEGERS)):
        return own
    match own, said:
        case (Interval() as span, Constant(ConstantName.INTEGERS) as whole) | (
            Constant(ConstantName.INTEGERS) as whole,
            Interval() as span,
        ):
            return Call("intersection", (span, whole))
    raise scan.error(
        scan.whole(), "two ranges of the unknown are given here", "此处给出了未知数的两个范围"
    )


def strip_modifiers(scan: Scan, span: Span) -> Iterator[tuple[Span, Modifiers]]:
    """The span as it stands, then with its modifiers taken off, one after the other."""
    found = Modifiers()
    yield span, found
    while (stripped := _strip_one(scan, span, found)) is not None:
        span, found = stripped
        yield span, found


def _strip_one(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    for strip in (
        _rounding, _method, _always, _parity, _of_all, _interval, _middle, _field, _ahead, _range, _remark
    ):  # fmt: skip
        try:
            stripped = strip(scan, span, found)
        except ReadingError:
            continue
        if stripped is not None and stripped[0]:
            return stripped
    return None


def _tail(span: Span, hit: re.Match[str]) -> Span:
    return span.cut(span.start, span.start + hit.start())


def _rounding(_scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    hit = ROUNDED.search(span.text)
    if hit is None or found.topic:
        return None
    word = hit["n"] or hit["z"]
    places = numerals.cardinal(word) if hit["n"] else numerals.chinese_integer(word)
    if places is None:
        return None
    significant = (hit["what"] or "").startswith("s") or hit["zw"] == "有效数字"
    topic = topics.ROUND_SIGNIFICANT if significant else topics.ROUND
    return _tail(span, hit), replace(found, topic=topic, places=places)


def _method(_scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    hit = BY.search(span.text)
    if hit is None or found.method:
        return None
    method = METHODS[(hit["m"] or hit["z"]).lower()]
    start, end = span.start + hit.start(), span.start + hit.end()
    before, after = span.cut(span.start, start), span.cut(end, span.end)
    if before and after:  # "solve by factoring x^2 = 4": one text again, the method blanked out
        source = span.source[:start] + " " * (end - start) + span.source[end:]
        return Span(source, span.start, span.end), replace(found, method=method)
    return before or after, replace(found, method=method)


def _interval(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    hit = INTERVAL.search(span.text)
    if hit is None or found.domain is not None or hit.start() == 0:
        return None
    if hit["v"] is None and not re.search(
        r"interval|区间|on|在|∈|\\in", hit[0][: hit.start("open") - hit.start()]
    ):
        return None
    letter = (hit["v"] or "").replace("\\theta", "θ").replace("θ", "theta")
    return _tail(span, hit), replace(found, domain=_bounds(scan, span, hit), about=letter)


def _bounds(scan: Scan, span: Span, hit: re.Match[str]) -> Interval:
    """The interval that a match found."""
    low, high = (
        scan.expression(span.cut(span.start + hit.start(n), span.start + hit.end(n)))
        for n in ("low", "high")
    )
    opened, closed = hit["open"] in "(（", hit["close"] in ")）"
    return Interval(low, high, opened or is_infinite(low), closed or is_infinite(high))


NATURAL = Text("natural numbers are read as 0, 1, 2, …", "自然数读作 0, 1, 2, …")


def _of_all(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    """``for all integers n``, 对任意正整数 n."""
    if found.domain is not None or (said := quantified(span)) is None:
        return None
    _tell_natural(scan, span, sign=said.natural)
    found = replace(found, every=(*found.every, said.letter))
    if said.domain == Constant(ConstantName.REALS):  # what is meant anyway
        return said.rest, found
    return said.rest, replace(found, domain=said.domain, about=said.letter)


def _parity(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    """``if n is odd``, 若 n 是奇数."""
    if found.odd is not None or (said := parity(span)) is None:
        return None
    _tell_natural(scan, span)
    return said[0], replace(found, odd=said[1])


def _tell_natural(scan: Scan, span: Span, *, sign: bool = False) -> None:
    words = re.search("natural|自然", span.text, re.IGNORECASE)
    if (sign or words) and NATURAL not in scan.notes:
        scan.notes.append(NATURAL)


def _field(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    if found.domain is not None:
        return None
    _tell_natural(scan, span)
    if (hit := behind(span)) is not None:
        rest, domain, about = hit
        return rest, replace(found, domain=domain, about=about)
    if (inner := within(span)) is not None:
        return inner[0], replace(found, domain=inner[1])
    return None


def _range(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    hit = RANGE.search(span.text)
    if hit is None or found.domain is not None:
        return None
    statement = scan.formula(span.cut(span.start + hit.start("r"), span.start + hit.end("r")))
    domain = as_interval(statement)
    if domain is None:
        return None
    return _tail(span, hit), replace(found, domain=domain, about=symbols(statement)[0])


ASKED_ZH = r"(?=(?:绝对)?(?:最大值|最小值|最值|极[大小]?值|值域|单调|零点|解|根|平均值|所有|全部))"
MIDDLE = re.compile(
    r"\s*(?:在|于)?\s*(?:闭区间|开区间|区间)?\s*(?P<open>[\[(（])(?P<low>[^\[\]()（）,，]+)[,，](?P<high>[^\[\]()（）,，]+)(?P<close>[\])）])\s*(?:上|内|中)\s*的?\s*"
    rf"{ASKED_ZH}"
)
"""An interval in the middle of a Chinese question: 在区间[0,2]上的最大值."""
COMPARED = re.compile(
    rf"\s*[,，]?\s*[在当于](?P<r>{SIDE}{LESS}{SIDE}(?:{LESS}{SIDE})?)\s*"
    rf"(?:(?:的?(?:条件|情况)下|范围内|[上内中时])[,，]?\s*的?|的)\s*{ASKED_ZH}"
)
"""Comparisons there: 在 x>0 时的最小值, 当 0≤x≤3 时，值域."""
AHEAD = re.compile(
    r"\s*(?:在|over the |in the |within the )(?:(?P<zh>实数|复数|整数|自然数|有理数)(?:范围|集)?内?[,，]?|(?P<en>reals?|complex(?:es)?|integers?)(?: numbers?)?,)\s*(?=\S)",
    re.IGNORECASE,
)
QUANTIFIER = re.compile(
    r"[\s,，]*(?:for|given) (?:all|any|every|each)(?: real| complex)?(?: numbers?| values? of)? ?(?P<en>[a-zA-Z](?:\s*(?:,|and)\s*[a-zA-Z])*)(?: (?:in|∈) (?:the reals|R|ℝ))?$"
    r"|\s*(?:对|对于)(?:任意|一切|所有|任何)的?(?:实数)? ?(?P<zh>[a-zA-Z](?:\s*[,，、]\s*[a-zA-Z])*)(?:都|均|恒)*(?:成立)?$",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    r"\s*[(（]\s*(?P<v>[a-zA-Z])\s*(?:为|是)(?:未知数|自变量|变量)\s*[)）]$"
    r"|\s*[(（]\s*(?:其中)?\s*(?P<m>[a-zA-Z]\s*(?:∈|\\in)[^()（）]{1,12})[)）]$"
)


def _middle(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    """The interval blanked out, 的 left before what is asked of the function."""
    hit, about = MIDDLE.search(span.text), ""
    if found.domain is not None:
        return None
    if hit is not None:
        domain: Expr | None = _bounds(scan, span, hit)
    elif (hit := COMPARED.search(span.text)) is not None:
        statement = scan.formula(span.cut(span.start + hit.start("r"), span.start + hit.end("r")))
        domain, about = as_interval(statement), symbols(statement)[0]
    if hit is None or domain is None or hit.start() == 0:
        return None
    start, end = span.start + hit.start(), span.start + hit.end()
    source = span.source[:start] + " " * (end - start - 1) + "的" + span.source[end:]
    return Span(source, span.start, span.end), replace(found, domain=domain, about=about)


def _ahead(_scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    """在复数范围内 at the beginning."""
    hit = AHEAD.match(span.text)
    if hit is None or found.domain is not None:
        return None
    word = hit["zh"] or hit["en"].lower().removesuffix("es").removesuffix("s")
    return span.cut(span.start + hit.end(), span.end), replace(found, domain=Constant(KINDS[word]))


def _always(_scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    """``for all real x`` says what is meant anyway."""
    if hit := QUANTIFIER.search(span.text):
        letters = re.findall(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])", hit["en"] or hit["zh"])
        return _tail(span, hit), replace(found, every=(*found.every, *letters))
    hit = GREATEST.search(span.text)
    return (_tail(span, hit), found) if hit else None


def _remark(scan: Scan, span: Span, found: Modifiers) -> tuple[Span, Modifiers] | None:
    """``(x为未知数)``, ``(x∈C)``."""
    hit = UNKNOWN.search(span.text)
    if hit is None or found.domain is not None:
        return None
    if hit["v"]:
        return _tail(span, hit), replace(found, variable=hit["v"])
    statement = scan.formula(span.cut(span.start + hit.start("m"), span.start + hit.end("m")))
    match statement:
        case Call("in", (Symbol(), Interval() | Constant() as domain)):
            return _tail(span, hit), replace(found, domain=domain)
    return None


__all__ = ["Call", "Modifiers", "as_interval", "strip_modifiers"]
