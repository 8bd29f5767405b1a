"""Sums whose bounds stand beside the sign: ``∑ 1/n^2, n = 1..∞``, ``∑ k (k = 1 to 10)``."""

from __future__ import annotations

import re

from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import Constant, ConstantName, Expr, symbols
from assistant.maths.types import Request, Task

BESIDE = re.compile(
    r"""\s*\$?\s*(?P<sign>∑|Σ|\\sum(?![A-Za-z])|∏|Π|\\prod(?![A-Za-z]))(?!\s*[_^])\s*(?P<f>.+?)\s*
    (?:[,，;；]\s*|(?=[(（]))(?:for\s+)?[(（]?\s*(?:from\s+|从\s*)?(?P<v>[a-zA-Z])\s*(?:=|from|从)\s*
    (?P<a>[^=,，;；()（）]+?)\s*(?:\.{2,}|…+|⋯+|\\[lc]?dots|\bto\b|到|,\s*(?:\.{2,}|…+)\s*,)\s*
    (?P<b>[^=,，;；()（）]+?)\s*[)）]?\s*\$?\s*$""",
    re.VERBOSE | re.DOTALL,
)
SPOKEN = re.compile(
    r"""\s*\$?\s*(?P<sign>∑|Σ|∏|Π)(?!\s*[_^])\s*(?P<f>.+?)\s*
    (?:\bfrom\b|从)\s*(?:(?P<v>[a-zA-Z])\s*=\s*)?(?P<a>.+?)\s*(?:\bto\b|到)\s*(?P<b>.+?)\s*\$?\s*$""",
    re.VERBOSE | re.DOTALL,
)
ENDLESS = re.compile(r"\+?\s*(?:∞|\\infty|infinity|oo|inf|正?无穷大?)")
PRODUCTS = ("∏", "Π", "\\prod")


def read_plain_sum(scan: Scan, whole: Span) -> Request | None:
    """The request of such a text; ``None`` if it is none.  Raises ``ReadingError``."""
    whole = whole.strip("。.?？;；")
    hit = BESIDE.match(whole.text) or SPOKEN.match(whole.text)
    if hit is None:
        return None

    def part(name: str) -> Span:
        return whole.cut(whole.start + hit.start(name), whole.start + hit.end(name))

    body = scan.expression(part("f"))
    name = hit["v"] or scan.variable(body, span=part("f"))
    low, high = (_end(scan, part(place)) for place in "ab")
    if name in (*symbols(low), *symbols(high)):
        raise scan.error(part("b"), "a bound has the letter of the sum in it", "上下限含有求和变量")
    task = Task.PRODUCT if hit["sign"] in PRODUCTS else Task.SUM
    return Request(task=task, operands=(body, low, high), variables=(name,))


def _end(scan: Scan, span: Span) -> Expr:
    if ENDLESS.fullmatch(span.text):
        return Constant(ConstantName.INFINITY)
    return scan.expression(span)
