"""What the remarks of a model's review point at: lines of the diff, or none of it.

That a remark is tied to a line says where it points, and not that it is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.coding.reviewing.patches import FilePatch
from assistant.coding.reviewing.types import Place, Remark

MOST_REMARKS = 100
MOST_PLACES = 4
LEAST_QUOTE = 4
"""Characters of a quotation that is looked up; a shorter one stands anywhere."""
_ITEM = re.compile(r"[ \t]{0,3}(?:[-*+•]|\d{1,3}[.)、]|#{1,6})[ \t]*")
_AT = re.compile(r"([\w./\\-]{1,200}\.\w{1,10})[`\"”]?(?:\s*[:：]\s*|\s+(?:line|第)\s*)(\d{1,7})")
_LINE = re.compile(r"\b(?:lines?|L)\s*(\d{1,7})\b|第\s*(\d{1,7})\s*行", re.IGNORECASE)
_QUOTE = re.compile(r"`([^`\n]{1,400})`|“([^”\n]{1,400})”|「([^」\n]{1,400})」")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")


def remarks_of(text: str, patches: Sequence[FilePatch]) -> tuple[Remark, ...]:
    """The remarks of a review, each with the lines of the diff that it names or quotes."""
    lines = _Lines(patches)
    found = [lines.tied(part) for part in _parted(text)]
    return tuple(found[:MOST_REMARKS])


def _parted(text: str) -> Iterator[str]:
    """Items of lists, and paragraphs; a block of code belongs to what stands before it."""
    held: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
            held.append(line)
            continue
        starts = _ITEM.match(line) is not None or not line.strip()
        if starts and not fenced:
            yield from _told(held)
            held = []
        held.append(line)
    yield from _told(held)


def _told(lines: list[str]) -> Iterator[str]:
    text = "\n".join(lines).strip()
    if text.strip("#*-_ `~"):
        yield text


class _Lines:
    """The lines of a diff, to be looked up by number and by what they say."""

    def __init__(self, patches: Sequence[FilePatch]) -> None:
        self._by_number: dict[tuple[str, int], Place] = {}
        self._by_text: dict[str, list[Place]] = {}
        self._names = [patch.name for patch in patches]
        for patch in patches:
            for hunk in patch.hunks:
                for line in hunk.lines:
                    place = Place(patch.name, line.new or line.old, line.sign, line.text)
                    if line.new or (patch.name, line.old) not in self._by_number:
                        self._by_number[patch.name, place.line] = place
                    words = _plain(line.text)
                    if words:
                        self._by_text.setdefault(words, []).append(place)

    def tied(self, text: str) -> Remark:
        """The remark with its places, and with what it names that is not there."""
        places: list[Place] = []
        strange: list[str] = []
        for words, names, number in self._named(text):
            keys = [(name, number) for name in names]
            at = [self._by_number[key] for key in keys if key in self._by_number]
            if not at:
                strange.append(words)
            elif len(at) == 1:  # else nobody knows which is meant
                places += at
        quoted = [place for quote in _quotes(text) for place in self._quoting(quote)]
        found = tuple(dict.fromkeys((*places, *quoted)))
        return Remark(text, found[:MOST_PLACES], tuple(dict.fromkeys(strange)))

    def _named(self, text: str) -> Iterator[tuple[str, list[str], int]]:
        """Every line that is named by its number: the words, the files of the diff that may be
        meant, and the number."""
        spans = []
        for found in _AT.finditer(text):
            spans.append(found.span())
            yield found[0].strip(), self._files(found[1]), int(found[2])
        names = [name for name in self._names if name in text] or self._names
        for found in _LINE.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end in spans):
                yield found[0], names, int(found[1] or found[2])

    def _files(self, word: str) -> list[str]:
        """The files of the diff that a path means; its end is enough."""
        word = word.replace("\\", "/").removeprefix("./")
        if re.match(r"[ab]/", word) and word not in self._names:
            word = word[2:]
        exact = [name for name in self._names if name == word]
        return exact or [name for name in self._names if name.endswith(f"/{word}")]

    def _quoting(self, quote: str) -> list[Place]:
        """Where a quoted line stands; nothing where in too many places, or in none."""
        words = _plain(quote)
        if len(words) < LEAST_QUOTE:
            return []
        found = self._by_text.get(words, [])
        changed = [place for place in found if place.sign != " "]
        found = changed or found
        return found if len(found) <= MOST_PLACES else []


def _quotes(text: str) -> Iterator[str]:
    """What a remark quotes: between marks, and whole lines in a block of code."""
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield line.strip().removeprefix("+").removeprefix("-")
        else:
            for found in _QUOTE.finditer(line):
                yield next(part for part in found.groups() if part is not None)


def _plain(text: str) -> str:
    """Without what a quotation may change: the blanks around and within."""
    return " ".join(text.split())
