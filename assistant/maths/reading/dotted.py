"""Sequences written with dots: ``1 + 2 + … + 100``, the 20th term of ``2, 5, 8, …``."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.reading import numerals
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

LONGEST = 300
NUM = r"-?\d+(?:\.\d+|\s*/\s*\d+)?"
DOTS = r"(?:\.{2,}|…+|⋯+|\\[cl]?dots)"
SUM = re.compile(rf"{NUM}(?:\s*\+\s*{NUM}){{2,}}\s*\+\s*{DOTS}(?:\s*\+\s*(?P<last>{NUM}))?")
LIST = re.compile(
    rf"{NUM}(?:\s*[,，、]\s*{NUM}){{2,}}\s*[,，、]?\s*{DOTS}(?:\s*[,，、]\s*(?P<last>{NUM}))?"
)
FIND = r"(?:find|calculate|compute|what is|evaluate|determine|work out|求|计算)?\s*(?:the )?"
KIND = r"(?:the )?(?:infinite )?(?:arithmetic |geometric )?(?:sequence|series|progression|numbers|等差数列|等比数列|数列)?\s*:?"
COUNT = r"(\d+|[a-z]+)"
END = r"[\s?？.。=$]*"
WHOLE_SUM = re.compile(
    rf"{FIND}(?:value of |sum of |sum )?{KIND}\s*@{END}(?:的和|的值)?{END}", re.IGNORECASE
)
TERM = re.compile(
    rf"{FIND}(?P<k>\w+) term of {KIND}\s*@{END}|{FIND}{KIND}\s*@[,，]?\s*的?第(?P<z>\w+)项(?:是多少|是)?{END}",
    re.IGNORECASE,
)
FIRST = re.compile(
    rf"{FIND}sum of (?:the )?first {COUNT} terms of {KIND}\s*@{END}|{FIND}{KIND}\s*@[,，]?\s*的?前(\w+)项(?:的|之)?和{END}",
    re.IGNORECASE,
)
INFINITE = re.compile(rf"{FIND}(?:sum to infinity|infinite sum) of {KIND}\s*@{END}", re.IGNORECASE)
COUNTED = re.compile(
    rf"how many terms (?:are )?(?:there )?(?:are )?in {KIND}\s*@{END}|{KIND}\s*@[,，]?\s*(?:一?共)?有(?:多少|几)项{END}",
    re.IGNORECASE,
)


def read_dotted(_scan: Scan, whole: Span) -> Request | None:
    """The request of such a text; ``None`` if it is none, or follows no plain law."""
    text = whole.text
    if len(text) > LONGEST or not re.search(DOTS, text):
        return None
    listed = SUM.search(text) or LIST.search(text)
    if listed is None:
        return None
    added = "+" in listed[0]
    terms = [_value(n) for n in re.findall(NUM, re.split(DOTS, listed[0])[0].replace("+", ","))]
    kind = _kind(terms)
    wanted = _wanted(f"{text[: listed.start()]}@{text[listed.end() :]}", added, listed["last"])
    if kind is None or wanted is None:
        return None
    if wanted == "infinite" and kind != "geometric":
        return None
    named = {"term:1": terms[0], "term:2": terms[1], "term:3": terms[2]}
    if listed["last"] and wanted in ("total", "count"):
        named["last"] = _value(listed["last"])
    return Request(task=Task.SEQUENCE, topic=topics.PROGRESSION, words=(wanted, kind, *named),
                   operands=tuple(map(t.rational, named.values())))  # fmt: skip


def _value(text: str) -> Fraction:
    return Fraction(text.replace(" ", ""))


def _kind(terms: list[Fraction]) -> str | None:
    """Which law all listed terms follow."""
    pairs = list(itertools.pairwise(terms))
    if len({b - a for a, b in pairs}) == 1 and terms[0] != terms[1]:
        return "arithmetic"
    if 0 not in terms and len({b / a for a, b in pairs}) == 1:
        return "geometric"
    return None


def _wanted(frame: str, added: bool, last: str | None) -> str | None:  # noqa: FBT001
    frame = frame.strip(" $")
    if hit := FIRST.fullmatch(frame):
        count = _count(hit[1] or hit[2])
        return f"sum:{count}" if count else None
    if INFINITE.fullmatch(frame):
        return None if last else "infinite"
    if added and WHOLE_SUM.fullmatch(frame):
        return "total" if last else "infinite"
    if not added and (hit := TERM.fullmatch(frame)):
        count = _count(hit["k"] or hit["z"])
        return f"term:{count}" if count else None
    return "count" if last and COUNTED.fullmatch(frame) else None


def _count(word: str) -> int | None:
    count = numerals.ordinal(word) or numerals.cardinal(word) or numerals.chinese_integer(word)
    return count if count and 0 < count <= 1000 else None
