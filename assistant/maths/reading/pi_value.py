"""``取 π = 3.14``, ``use π = 22/7``: the number that a text wants π to be worked out with."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span

PI = r"(?:π|\\pi(?![A-Za-z])|(?<![A-Za-z])pi(?![A-Za-z]))"
VALUE = r"\s*(?P<value>3(?:\.\d{1,9})?|22\s*/\s*7)(?!\d|[./]\d)(?:\s*(?:来)?计算)?"
SAID = (
    rf"(?:其中|结果|计算时|若)?(?:取|用|令|设|记|已知)\s*(?:圆周率)?\s*{PI}\s*(?:=|≈|\\approx|为|的值为)",
    rf"(?:其中|结果)?(?:圆周率\s*)?{PI}\s*(?:的值)?\s*取",
    rf"(?:use|take|taking|using|let|assume|where)\s+{PI}\s*(?:=|≈|\\approx|as|to be|is)",
)
BARE = rf"{PI}\s*(?:=|≈|\\approx)"
PATTERNS = (
    *(late(rf"[(（]\s*{said}{VALUE}\s*[)）]", re.IGNORECASE) for said in (*SAID, BARE)),
    *(
        late(
            rf"(?:^\s*|[,，;；.。]\s*|\s+(?=using|taking)){said}{VALUE}\s*(?:[,，;；.。]|$)",
            re.IGNORECASE,
        )
        for said in SAID
    ),
    late(rf"[,，;；]\s*{PI}\s*(?:≈|\\approx){VALUE}\s*[.。]?\s*$", re.IGNORECASE),
)
"""``π = 3.14`` by itself is a statement; in brackets, or as an instruction, it is none, nor is
``≈`` behind what is asked."""


def without_pi(span: Span) -> tuple[Span, Fraction | None]:
    """The text without such words, and the number."""
    for pattern in PATTERNS:
        hit = pattern.search(span.text)
        if hit is None:
            continue
        start, end = span.start + hit.start(), span.start + hit.end()
        mark = (
            "，" if hit.start() and hit.end() < len(span.text) and hit[0][-1] not in ")）" else " "
        )
        source = span.source[:start] + mark.ljust(end - start) + span.source[end:]
        rest = Span(source, span.start, span.end).strip(",，;；")
        above, _, below = hit["value"].replace(" ", "").partition("/")
        if rest:
            return rest, Fraction(above) / int(below or 1)
    return span, None
