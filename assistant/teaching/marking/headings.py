"""Where the answer to a question begins in a text: “1.”, “2)”, “(3)”, “Question 4:”, “第5题”."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.maths.reading.numerals import chinese_integer

_NAME = r"(?P<{0}>[0-9]{{1,3}}(?:\s?[a-z](?=\s*\))|[a-z](?=[.、:。\s*]|$))?)"
_WORD = (
    r"(?:(?:q(?:uestion)?|problem|exercise|ex|task|number|no|nr)(?![a-z])\.?\s*#?\s*"
    r"|[问第]\s*|(?:问题|题目?)\s*)"
)
_ORDINAL = r"第\s*(?P<ordinal>[一二三四五六七八九十]{1,3})\s*小?题\s*[.)、:。]?"
_HEADING = re.compile(
    r"(?:\s{0,3}|\t)(?:[#>*_]{1,6}\s*|-\s+)?"
    rf"(?:{_ORDINAL}"
    rf"|(?:{_WORD}{_NAME.format('worded')}\s*(?:[.)、:。]|小?题[.)、:。]?|(?=\s|\*|$)(?!\s+[=+*/^<>]))"
    rf"|[(\[]\s*{_NAME.format('bracketed')}\s*[.]?[)\]](?:\s+(?![+*/^=<>])|(?=[^\s\d+\-*/^=<>)])|$)"
    r"|(?P<titled>(?<=#\s)[0-9]{1,3}[a-z]?)(?=\s*$)"
    r"|(?P<nested>[0-9]{1,3}\s?\([a-h]\))(?=\s+[^\s+*/^=<>-]|$)"
    rf"|{_NAME.format('plain')}(?:\.\)|\.(?!\d)|\s?[)、。]|:(?=\s|$)|\t(?![+*/^=<>-]))"
    r")\s*(?:[*_]{1,3}(?=\s|$))?)\s*",
    re.IGNORECASE,
)
_WIDE = str.maketrans("（）：．［］＃　", "():.[]# ")


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a question, and what stands behind it on the line.  ``style`` is what stands
    around the name: a class numbers steps in another style than questions."""

    name: str
    rest: str
    style: str = ""


PART = re.compile(r"\s*[(（]?([a-z])\s*[)）.、]\s*", re.IGNORECASE)
"""Where a part of a question begins: “a)”."""


def heading(line: str) -> Heading | None:
    """A line that begins a question, whichever it be."""
    plain = "".join(
        unicodedata.normalize("NFKC", c) if "０" <= c <= "９" else c for c in line.translate(_WIDE)
    )
    found = _HEADING.match(plain)
    if found is None:
        return None
    if found["ordinal"]:
        name = str(chinese_integer(found["ordinal"]))
    else:
        groups = ("worded", "bracketed", "titled", "nested", "plain")
        name = next(found[group] for group in groups if found[group])
    style = re.sub(r"[0-9a-z\s#>*_-]|(?<=第).*(?=题)", "", found[0].lower())
    style = next((kind for kind in ("worded", "titled", "nested") if found[kind]), style)
    return Heading(normal(name), line[found.end() :].strip(), style)


def normal(name: str) -> str:
    """A name without what tells no two apart: ``01 A`` is ``1a``."""
    return re.sub(r"[\s()]", "", name).lower().lstrip("0") or "0"


def column_name(title: str) -> str:
    """The name of the question that a column of a table is about: ``Q1``, ``1.``, ``第1题``,
    ``1 (3 points)``."""
    title = re.sub(
        r"\s*[(（][^()（）]*[\s\d](?:points?|marks?|pts?|分)\s*[)）]\s*$", "", title.strip()
    )
    for text in (title, title + ":"):
        found = heading(text)
        if found is not None and not found.rest:
            return found.name
    return ""


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that are not empty, counted from 1."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line
