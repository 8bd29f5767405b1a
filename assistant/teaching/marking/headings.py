"""Where the answer to a question begins in a text: “1.”, “2)”, “(3)”, “Question 4:”, “第5题”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"(?P<{0}>\d{{1,3}}\s?[a-z]?)"
_WORD = r"(?:q(?:uestion)?|problem|exercise|ex|task|no|nr)(?![a-z])\.?\s*|[问第]\s*|题目?\s*"
_HEADING = re.compile(
    r"\s{0,3}(?:[#>*_]{1,6}\s*|-\s+)?"
    rf"(?:(?:{_WORD}){_NAME.format('worded')}\s*(?:[.)）、:：．]|[小]?题[.)、:：．]?|(?=\s|\*|$))"
    rf"|[(（]\s*{_NAME.format('bracketed')}\s*[)）](?:\s+(?![+*/^=<>])|(?=[^\s\d+\-*/^=<>)])|$)"
    rf"|{_NAME.format('plain')}(?:[.．](?!\d)|[)）、：]|:(?=\s|$))"
    r")\s*(?:[*_]{1,3}(?=\s|$))?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a question, and what stands behind it on the line."""

    name: str
    rest: str


def heading(line: str) -> Heading | None:
    """A line that begins a question, whichever it be."""
    found = _HEADING.match(line)
    if found is None:
        return None
    name = found["worded"] or found["bracketed"] or found["plain"]
    return Heading(normal(name), line[found.end() :].strip())


def normal(name: str) -> str:
    """A name without what tells no two apart: ``01 A`` is ``1a``."""
    return re.sub(r"\s", "", name).lower().lstrip("0") or "0"


def column_name(title: str) -> str:
    """The name of the question that a column of a table is about: ``Q1``, ``1``, ``第1题``."""
    found = heading(title.strip() + ":")
    return found.name if found is not None and not found.rest else ""


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that are not empty, counted from 1."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line
