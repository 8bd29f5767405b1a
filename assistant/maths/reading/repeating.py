"""Repeating decimals that are to be fractions: ``0.(36)``, ``0.3636…``, ``0.1\\overline{6}``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.maths import topics
from assistant.maths.reading.formulas.recurring import DOTS, UNCLEAR, period_of
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task, Text

DECIMAL = (
    r"\$?\s*(?P<sign>[-−]?)\s*(?P<whole>\d{1,9})\.(?:"
    r"(?P<before>\d{0,12})(?:\((?P<round>\d{1,12})\)|\\overline\s*\{(?P<bar>\d{1,12})\}"
    r"|(?P<dotted>(?:\\dot\s*\{?\d\}?|\d\u0307)(?:\d*(?:\\dot\s*\{?\d\}?|\d\u0307))?))"
    rf"|(?P<digits>\d{{2,40}})\s*{DOTS})\s*\$?"
)
FRACTION = (
    r"(?:as|to|into|in)\s+(?:an?\s+|the\s+)?"
    r"(?:(?:equivalent|common|simplest|reduced|exact|simplified|form|of)\s+)*"
    r"(?:fraction|ratio\s+of\s+(?:two\s+)?integers|quotient)"
    r"(?:\s+(?:form|in\s+(?:its\s+)?(?:simplest|lowest)\s+(?:form|terms)))?"
)
WHOLE = re.compile(
    r"\s*(?:(?:write|express|convert|change|turn|rewrite|give|find|what\s+is)\s+)?"
    r"(?:(?:the|a)\s+)?(?:(?:repeating|recurring|infinite|decimal|number|periodic)\s+)*"
    rf"{DECIMAL}\s*(?:{FRACTION})?\s*",
    re.IGNORECASE,
)
WHOLE_ZH = re.compile(
    rf"\s*(?:把|将)?\s*(?:无限)?(?:循环)?(?:小数)?\s*{DECIMAL}\s*"
    r"(?:化成|化为|写成|表示成|表示为|转化为|转化成|化)(?:最简)?分数(?:是多少|形式)?\s*"
)


@dataclass(frozen=True, slots=True)
class Repeating:
    """``whole.before(period)``, all digits; ``negative`` for a sign."""

    whole: str
    before: str
    period: str
    negative: bool

    @property
    def spelling(self) -> str:
        """With the period in brackets."""
        return f"{'-' * self.negative}{self.whole}.{self.before}({self.period})"


def read_repeating(scan: Scan, whole: Span) -> Request | None:
    """The request for such a number as a fraction; ``None`` if the text is none."""
    text = whole.text.strip(" \t。.?？")
    hit = WHOLE.fullmatch(text) or WHOLE_ZH.fullmatch(text)
    if hit is None:
        return None
    found = _parts(hit)
    if found is None:
        raise ReadingError(UNCLEAR, whole.start)
    if hit["digits"]:
        scan.notes.append(Text("read as {0}", "读作 {0}", (found.spelling,)))
    words = (found.whole, found.before, found.period, "-" * found.negative)
    return Request(task=Task.NUMBER, topic=topics.REPEATING, words=words)


def _parts(hit: re.Match[str]) -> Repeating | None:
    negative = bool(hit["sign"])
    if hit["digits"]:
        split = period_of(hit["digits"])
        return split and Repeating(hit["whole"], *split, negative)
    period = hit["round"] or hit["bar"] or re.sub(r"\D", "", hit["dotted"].replace("\\dot", ""))
    return Repeating(hit["whole"], hit["before"], period, negative)
