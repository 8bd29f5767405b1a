"""Which sentence of a story was not understood."""

from __future__ import annotations

import re

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.scan import HAN, Scan
from assistant.maths.reading.stories import (
    averages,
    currents,
    digits,
    figures_phrases,
    grazing,
    interest,
    kinds_phrases,
    leftovers,
    maps,
    mixtures,
    motion_phrases,
    overlaps,
    passing,
    prices_phrases,
    queues,
    rows,
    shopping_phrases,
    there_and_back,
    together,
)
from assistant.maths.reading.stories.accounts import clauses_en
from assistant.maths.reading.stories.accounts.reading import first_unclear
from assistant.maths.reading.stories.accounts.splitting_en import plain
from assistant.maths.reading.stories.narrated import understood
from assistant.maths.reading.stories.telling import Tongues, reach
from assistant.maths.reading.stories.text import WIDE, normal, with_dollars
from assistant.maths.types import Text

ASKS = late(
    r"多少|几(?=[^何乎率])|\bhow (?:many|much|far|long|old|tall|fast)\b|\bwhat (?:is|was|are|were|will|fraction|percent)",
    re.IGNORECASE,
)
FORMULA = late(r"[=^\\<>≤≥√∫{}]|\bx\b|[a-z]\([a-z]\)|\d[a-z]\b")
"""What stands in formulas and in no story."""
CLAUSE = re.compile(r"(?:[^,.?!;]|(?<=\d)[.,](?=\d))*[,.?!;]*")
SENTENCE = re.compile(r"[^.?!;]*(?:\.(?=\d)[^.?!;]*)*[.?!;]*\s*")
KINDS: tuple[Tongues, ...] = (
    clauses_en.PHRASES,
    averages.PHRASES,
    currents.PHRASES,
    digits.PHRASES,
    figures_phrases.PHRASES,
    grazing.PHRASES,
    interest.PHRASES,
    kinds_phrases.PHRASES,
    kinds_phrases.SCORE_PHRASES,
    leftovers.PHRASES,
    maps.PHRASES,
    mixtures.PHRASES,
    motion_phrases.PHRASES,
    overlaps.PHRASES,
    passing.PHRASES,
    prices_phrases.PHRASES,
    queues.PHRASES,
    rows.CUTS,
    rows.PHRASES,
    shopping_phrases.PHRASES,
    there_and_back.PHRASES,
    together.PHRASES,
)
"""Of stories that are a row of phrases."""
MANY = 2
"""Of sentences or clauses are a story."""
ADVICE = Text(
    "tell one fact in each short sentence, with its number and unit, and ask for one thing",
    "请用短句叙述：每句一个条件，写明数量和单位，最后只问一个量",
)
UNCLEAR = Text(
    "each sentence is understood, but no way was found from them to what is asked",
    "每句话都能理解，但没有找到由它们求出所求的方法",
)


def unclear(scan: Scan, text: str) -> ReadingError | None:
    """The error that names the sentence; ``None`` where the text is no story in words."""
    told = with_dollars(normal(text), text)
    told = told if HAN.search(told) else plain(told)
    parts = [
        hit for hit in (CLAUSE if HAN.search(told) else SENTENCE).finditer(told) if hit[0].strip()
    ]
    if (
        len(parts) < MANY
        or not ASKS.search(told)
        or not re.search(r"\d", told)
        or FORMULA.search(told)
    ):
        return None
    end = max(_end(told), _narrated(text, parts))
    if end >= len(told):
        return ReadingError(UNCLEAR, 0, ADVICE)
    found = next((hit[0] for hit in parts if hit.start() <= end < hit.end()), parts[-1][0])
    found = found.strip(" ,.;?!")
    at = max(0, scan.source.translate(WIDE).find(found))
    message = Text(
        "this sentence of the story is not understood: “{0}”", "这句话无法理解：“{0}”", (found,)
    )
    return ReadingError(message, at, ADVICE)


def _narrated(text: str, parts: list[re.Match[str]]) -> int:
    """How far an English story is understood sentence by sentence."""
    if HAN.search(text):
        return 0
    read, there = understood(text)
    if there != len(parts):
        return 0
    return parts[read].start() if read < there else parts[-1].end()


def _end(told: str) -> int:
    """How far the kind of story gets that is understood best."""
    ends = [reach(told, kind) for kind in KINDS]
    if HAN.search(told):
        clause = first_unclear(told)
        ends.append(max(0, told.find(clause)) if clause else len(told))
    return max(ends)
