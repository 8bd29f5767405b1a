"""Points that a text names by letters: ``A(1,2), B(3,4)``, and AB, 线段 AB, △ABC after that.

The question is read in a copy of the text in which the letters are the coordinates.
"""

from __future__ import annotations

import re

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.requests.productions import ORDERS, noun_phrase, read_with
from assistant.maths.reading.scan import Scan
from assistant.maths.types import Request, Task

POINT = r"(?P<name>[A-Z])\s*=?\s*(?P<at>[(（][^()（）]{1,40}[,，][^()（）]{1,40}[)）])"
PLAIN = re.sub(r"\?P<\w+>", "?:", POINT)
LIST = rf"{PLAIN}(?:\s*(?:[,，、;；]|and(?![a-z])|和|与|,\s*and(?![a-z]))\s*{PLAIN})*"
NAMED = late(rf"(?<![A-Za-z]){POINT}")
WORDS = r"(?:(?:the\s+)?(?:two\s+|three\s+|four\s+)?(?:points?|vertices)\s+|[两三四]?点\s*)?"
AHEAD = late(
    rf"\s*(?:given(?:\s+that)?|let|if|suppose|for|已知|设|若|给定)?\s*(?:平面(?:内|上)?)?{WORDS}{LIST}\s*"
    r"(?:are\s+(?:two\s+|three\s+)?points|be\s+(?:two\s+|three\s+)?points|[两三四]?个?点)?\s*[,，;；.。]\s*",
    re.IGNORECASE,
)
BEHIND = late(
    rf"\s*[,，;；.。]?\s*(?:where|if|given(?:\s+that)?|with|for|其中|已知)\s*{WORDS}{LIST}\s*[.。?？]?\s*$",
    re.IGNORECASE,
)
ASKED = late(
    r"\s*(?:then\s+|and\s+)?(?:(?:find|what\s+is|determine|calculate|compute|write|give)(?:\s+down)?(?:\s+the)?\s+|(?:试|请|则|那么)*(?:求出?|计算|写出)\s*|则\s*)?",
    re.IGNORECASE,
)
RUN = late(r"(?<![A-Za-z\\])\|?(?P<run>[A-Z]{1,4})\|?(?![A-Za-z(（])")
MOST = 400


def read_named_points(scan: Scan, whole: Span) -> Request | None:
    """A question of coordinate geometry about points that have names; ``None`` for any other."""
    if len(whole.text) > MOST or not any(c.isupper() for c in whole.text):
        return None
    points = {
        hit["name"]: hit["at"] for hit in NAMED.finditer(whole.source, whole.start, whole.end)
    }
    if not points or len(points) != len(list(NAMED.finditer(whole.source, whole.start, whole.end))):
        return None
    text = whole.text
    if hit := AHEAD.match(text):
        text = text[hit.end() :]
    elif hit := BEHIND.search(text):
        text = text[: hit.start()]
    written = _written_out(text, points, zh=scan.zh)
    if written is None or not (rest := written[_asked(written) :].rstrip(" .。?？的值")):
        return None
    notes = len(scan.notes)
    span = Span(rest, 0, len(rest))
    for read in (noun_phrase, lambda s, p: read_with(ORDERS, s, p)):
        try:
            found = read(scan, span)
        except ReadingError:
            del scan.notes[notes:]
            continue
        if isinstance(found, Request) and found.task is Task.GEOMETRY:
            return found
    return None


def _asked(text: str) -> int:
    hit = ASKED.match(text)
    return hit.end() if hit else 0


def _written_out(text: str, points: dict[str, str], *, zh: bool) -> str | None:
    """The text with the coordinates for the letters; ``None`` where a letter is no point."""
    unknown = False

    def written(hit: re.Match[str]) -> str:
        nonlocal unknown
        letters = hit["run"]
        if not {*letters} <= {*points}:
            unknown = True
            return hit[0]
        places = [points[n] for n in letters]
        length = hit[0].startswith("|") and hit[0].endswith("|") and len(places) == 2
        both = ("和" if zh else " and ").join(places) if len(places) == 2 else "、".join(places)
        if len(places) > 2 and not zh:
            both = f"{', '.join(places[:-1])} and {places[-1]}"
        if length:
            return f"{both}之间的距离" if zh else f"the distance between {both}"
        return both

    changed = RUN.sub(written, NAMED.sub(lambda hit: hit["at"], text))
    return None if unknown else changed
