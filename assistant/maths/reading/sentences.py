"""Sentences, clauses, options: how a text falls into definitions and requests."""

from __future__ import annotations

import re

from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import HAN

VALUED = r"(?:(?<=[\d)）\]}|])|(?<=(?<![A-Za-z])[A-Za-z]))"
"""Behind a number, a bracket or a lone letter: a ``!`` there is a factorial."""
END = late(
    rf"[.．](?=\s|$|[\u4e00-\u9fff])|[?？。]|(?!{VALUED})！|[;；](?=\s*(?:let|find|what|solve|求|则|已知))|…+$",
    re.IGNORECASE,
)
VERBS = (
    r"(?:find|what(?:'s| is| are)|calculate|compute|evaluate|determine|give|solve|simplify|factori[sz]e"
    r"|factor(?!\s+of\b)|expand|differentiate|integrate|prove|show|sketch|state|maximi[sz]e|minimi[sz]e|express|work out|how many|which)"
)
CLAUSE = late(
    rf"\s*[,;，；、]?\s*(?:then\s+)?(?=(?<![A-Za-z]){VERBS}\b)"
    r"|(?<=[\w)}$])\s+(?=求(?!证))|(?<=时)\s*[,，]\s*|\s*[,;，；:：]\s*(?=则|那么|试?求|试?用[^,，;；用]{1,12}?(?:[,，、][a-z]{1,2})?表示|化简|计算|解方程|解不等式|证明|求证|因式分解|请|问|先化简)",
    re.IGNORECASE,
)
TRAILING = late(
    r"\s*[,，;；]?\s*(?:其中|(?<![A-Za-z])(?:where|when|if|given(?: that)?|subject to|for|at(?=\s+[A-Za-z]\s*=))(?![A-Za-z]))"
    r"\s*(?=[A-Za-z$\\(]|-?\d[\d./]*\s*(?:[<>≤≥]|\\[lg](?:e|t)))",
    re.IGNORECASE,
)
FACTORIAL = late(rf"{VALUED}[!！]+$")
OPTION_STYLES = (
    late(r"(?<![A-Za-z0-9*/^+-])\(([a-z])\)\s+"),
    late(r"(?<![A-Za-z0-9\\{^_(])([A-H])\s*[.．、:：)）]\s*(?![A-Za-z]*[.．]\s)"),
)
LINE = late(r"\n")
ENVIRONMENT = late(r"\\(?:begin|end)\s*\{[a-z]+\*?\}")
"""``\\begin{cases}``: its name is no word."""


def options(span: Span) -> tuple[Span, dict[str, Span]]:
    """The question and its options, ``(a) … (b) …`` or ``A. … B. …``; none is no options."""
    for style in OPTION_STYLES:
        found = _consecutive(list(style.finditer(span.source, span.start, span.end)))
        if len(found) >= 2:
            ends = [f.start() for f in found[1:]] + [span.end]
            texts = {
                f[1]: span.cut(f.end(), end).strip(";；,，。.")
                for f, end in zip(found, ends, strict=True)
            }
            if all(texts.values()):
                return span.cut(span.start, found[0].start()), texts
    return span, {}


def _consecutive(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks in the order of the alphabet from the last mark of its first letter on."""
    starts = [n for n, f in enumerate(found) if f[1] in "aA"]
    run: list[re.Match[str]] = []
    for mark in found[starts[-1] :] if starts else []:
        if not run or ord(mark[1]) == ord(run[-1][1]) + 1:
            run.append(mark)
    return run


def sentences(span: Span) -> tuple[Span, ...]:
    """The sentences without their full stops."""
    cuts, start = [], span.start
    for found in END.finditer(span.source, span.start, span.end):
        cuts.append(span.cut(start, found.start()))
        start = found.end()
    cuts.append(span.cut(start, span.end))
    return tuple(piece for cut in cuts if cut for piece in lines(cut))


def unmarked(span: Span) -> Span:
    """Without the marks at the end of a sentence; the ``!`` of ``5!`` is none."""
    span = span.strip(".?。？,，;；")
    while span.text.endswith(("!", "！")) and FACTORIAL.search(span.text) is None:
        span = span.cut(span.start, span.end - 1).strip(".?。？,，;；")
    return span


def lines(span: Span) -> tuple[Span, ...]:
    """Cut at line ends behind words; lines of formulas alone are one system."""
    pieces = [span.cut(*p) for p in _line_places(span)]
    pieces = [p for p in pieces if p]
    if len(pieces) < 2 or not any(has_words(p) for p in pieces[1:]):
        return (span,)
    return tuple(pieces)


def _line_places(span: Span) -> list[tuple[int, int]]:
    ends = [m.start() for m in LINE.finditer(span.source, span.start, span.end)]
    return list(zip([span.start, *(e + 1 for e in ends)], [*ends, span.end], strict=True))


def has_words(span: Span) -> bool:
    """Whether the span has Chinese or a run of four letters that is no LaTeX command."""
    text = ENVIRONMENT.sub("", span.text)
    return bool(HAN.search(text) or re.search(r"(?<![\\A-Za-z])[A-Za-z]{4,}", text))


def split_request(span: Span) -> tuple[Span, Span] | None:
    """A clause of definitions and the request behind it."""
    for found in CLAUSE.finditer(span.source, span.start + 1, span.end):
        if found.end() > span.start + 2 and found.start() > span.start:
            return span.cut(span.start, found.start()), span.cut(found.end(), span.end)
    return None


def split_trailing(span: Span) -> tuple[Span, Span] | None:
    """A request and the definitions that follow it: ``…, where a = 2``."""
    hits = list(TRAILING.finditer(span.source, span.start + 1, span.end))
    if not hits:
        return None
    last = hits[-1]
    return span.cut(span.start, last.start()), span.cut(last.end(), span.end)
