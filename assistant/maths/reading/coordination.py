"""Several things asked of one: ``mean and median of …``, 最大值和最小值."""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span

ENGLISH = (
    "domain|range|inverse|vertex|axis of symmetry|intercepts|asymptotes|zeros|roots|extrema"
    "|(?:absolute |local |global )?(?:maximum|minimum)(?: value)?|derivative|second derivative"
    "|period|mean|average|median|mode"
    "|variance|standard deviation|quartiles|determinant|inverse|rank|trace|transpose|eigenvalues"
    "|greatest common divisor|gcd|lcm|least common multiple|monotonicity|concavity"
    "|inflection points|critical points|slope|midpoint|distance|sum|product|quotient|remainder"
    "|foci|focus|directrix|vertices|center|centre|eccentricity|radius"
    "|modulus|argument|real part|imaginary part|conjugate"
)
CHINESE = (
    "定义域|值域|反函数|顶点坐标|顶点|对称轴|渐近线|零点|极值|极大值|极小值|最大值|最小值|导数|二阶导数"
    "|周期|最小正周期|平均数|平均值|中位数|众数|方差|标准差|极差|行列式|逆矩阵|秩|迹|转置|特征值"
    "|最大公约数|最大公因数|最小公倍数|单调性|单调区间|单调递增区间|单调递减区间|奇偶性|凹凸性|拐点|驻点"
    "|实部|虚部|模|共轭复数|辐角主值|辐角|焦点坐标|焦点|准线方程|准线|离心率|渐近线方程|焦距|两根之和|两根之积|两根的和|两根的积|商式?|余式|余数"
)
LISTED = late(
    rf"(?<![A-Za-z])(?P<list>(?:{ENGLISH})(?:\s*,\s*(?:the\s+)?(?:{ENGLISH}))*\s*,?\s*(?:and|&)\s+(?:the\s+)?(?:{ENGLISH}))"
    r"(?=\s+(?:of|for|between|when)\b)",
    re.IGNORECASE,
)
LISTED_ZH = late(
    rf"(?<=的)\s*(?P<list>(?:{CHINESE})(?:[、,，](?:{CHINESE}))*(?:[和与及、]|以及)(?:{CHINESE}))\s*$"
)
BOTH_ZH = late(r"(?<=的)最值$")
ITEM = late(rf"{ENGLISH}", re.IGNORECASE)
ITEM_ZH = late("|".join(sorted(CHINESE.split("|"), key=len, reverse=True)))


def coordinated(span: Span) -> tuple[Span, ...] | None:
    """One text for each thing asked, the others blank; ``None`` if only one is asked."""
    text = span.text.rstrip(" 。.?？：:")
    if found := BOTH_ZH.search(text):
        start, end = span.start + found.start(), span.start + found.end()
        return tuple(
            Span(span.source[:start] + name + span.source[end:], span.start, span.end + 1)
            for name in ("最大值", "最小值")
        )
    for listed, item in ((LISTED, ITEM), (LISTED_ZH, ITEM_ZH)):
        if found := listed.search(text):
            start, end = span.start + found.start("list"), span.start + found.end("list")
            return tuple(
                _alone(span, start, end, hit.span()) for hit in item.finditer(found["list"])
            )
    return None


def _alone(span: Span, start: int, end: int, kept: tuple[int, int]) -> Span:
    item = span.source[start + kept[0] : start + kept[1]]
    source = span.source[:start] + item.ljust(end - start) + span.source[end:]
    return Span(source, span.start, span.end)
