"""Patterns that are compiled when a text comes that they may match.

Compiling a pattern costs as much as reading a whole story, and most patterns match few texts.
The words that every matching text must have are read from the pattern's source; a text without
them spares the compilation, and the result is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from sys import maxsize
from threading import Lock
from time import thread_time

ANYTHING = "\0"
"""Stands for what may match different texts, or none."""
MARKED = 0xF0000
"""From here on a character stands for what a group needs."""
FIXED = re.compile(
    r"\\(?:x..|u.{4}|U.{8}|\d+|.)"
    rf"|\[\^?\]?(?:\\.|[^\]\\])*\]|[{chr(MARKED)}-\U0010ffff]",
    re.DOTALL,
)
"""Escapes, classes of characters, and what would be taken for a mark."""
VERBOSE = re.compile(rf"{FIXED.pattern}|(?P<blank>\s+|#[^\n]*)", re.DOTALL)
GROUP = re.compile(
    r"\((?P<head>\?(?:P<\w+>|[a-wyz]*(?:-[a-z]+)?:|<?[=!]|P=))?(?P<body>(?!\?)[^()]*)\)"
)
"""A group without another in it; of those that look about or repeat, nothing is learnt."""
REPEATED = re.compile(r"(.)(?:\+|\{[1-9]\d*(?:,\d*)?\})[?+]?", re.DOTALL)
OPTIONAL = re.compile(r".(?:[?*]|\{[\d,]*\})[?+]?", re.DOTALL)
PART = re.compile(f"[{chr(MARKED)}-\U0010ffff]|[^\\0.^${chr(MARKED)}-\U0010ffff]+")
NO_WORD = re.compile(f"[\\0.^$?*+{{{chr(MARKED)}-\U0010ffff]")
CHINESE = re.compile(r"(?<!\\)\[\\u4e00-\\u9fff\]")
"""No Chinese character has capitals, and asking each of 20,992 for its own takes milliseconds."""
Needs = tuple[tuple[str, ...], ...]
"""One of each of these must be in a text."""
NEEDED: list[Needs] = []
FOLDED: dict[Needs, str] = {}
"""What groups need, and the characters that stand for it."""
FOLDING = Lock()


class Late:
    """A pattern with the usual ways to match it."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return compiled(self.source, self.flags)

    @cached_property
    def needs(self) -> Needs:
        """What every matching text has in it, capitals or not."""
        return needs(self.source, verbose=bool(self.flags & re.VERBOSE))

    def may_match(self, text: str) -> bool:
        """Whether the text has all that the pattern needs."""
        return has_all(text.casefold(), self.needs)

    def search(self, text: str, at: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match anywhere."""
        return self.compiled.search(text, at, end) if self.may_match(text) else None

    def match(self, text: str, at: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """A match that begins at a place."""
        return self.compiled.match(text, at, end) if self.may_match(text) else None

    def fullmatch(self, text: str, at: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """A match of the whole text."""
        return self.compiled.fullmatch(text, at, end) if self.may_match(text) else None

    def finditer(self, text: str, at: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """All matches."""
        return self.compiled.finditer(text, at, end) if self.may_match(text) else iter(())

    def findall(self, text: str) -> list[str]:
        """What every match says; for patterns with at most one group."""
        return self.compiled.findall(text) if self.may_match(text) else []

    def split(self, text: str) -> list[str]:
        """The text between the matches; for patterns without groups."""
        return self.compiled.split(text) if self.may_match(text) else [text]

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every match replaced."""
        return self.compiled.sub(by, text) if self.may_match(text) else text


class Clock:
    """The processor time of this thread, without that for compiling patterns."""

    compiling = 0.0

    @classmethod
    def now(cls) -> float:
        """In seconds from some moment on."""
        return thread_time() - cls.compiling


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, ready to be matched: done once, and no work on the text that needs it first."""
    began = thread_time()
    if flags & re.IGNORECASE:
        source = CHINESE.sub(r"(?-i:\g<0>)", source)
    pattern = re.compile(source, flags)
    Clock.compiling += thread_time() - began
    return pattern


@lru_cache(maxsize=4096)
def late(source: str, flags: int = 0) -> Late:
    """The one pattern of a source."""
    return Late(source, flags)


def has_all(small: str, wanted: Needs) -> bool:
    """Whether a text without capitals (``casefold``) has one of each."""
    for words in wanted:  # written out: asked a thousand times for one text
        for word in words:
            if word in small:
                break
        else:
            return False
    return True


def needs(source: str, *, verbose: bool = False) -> Needs:
    """The words of which every text that a pattern matches has one of each; fewer than there
    are where the pattern is hard to read."""
    bare = (VERBOSE if verbose else FIXED).sub(_bare, source)
    count = 1
    with FOLDING:
        while count:
            bare, count = GROUP.subn(_fold, bare)
        return () if "(" in bare else tuple(sorted(_within(bare), key=_tells, reverse=True))


def _bare(piece: re.Match[str]) -> str:
    """Nothing for the white space and the remarks of a verbose pattern."""
    return "" if piece.lastgroup == "blank" else ANYTHING


def _fold(group: re.Match[str]) -> str:
    """One character for a group."""
    if (group["head"] or "").endswith(("=", "!")):
        return ANYTHING
    found = _within(group["body"])
    if found and found not in FOLDED:
        FOLDED[found] = chr(MARKED + len(FOLDED))
        NEEDED.append(found)
    return FOLDED[found] if found else ANYTHING


@lru_cache(maxsize=8192)
def _within(body: str) -> Needs:
    """What a pattern without groups needs; that of a list of words is asked for many times."""
    if "|" not in body:
        return _in_row(body)
    words: dict[str, None] = {}
    for way in body.split("|"):
        found = _in_row(way)
        if not found:
            return ()
        best = max(found, key=_tells)
        words.update(dict.fromkeys(best))
    return (tuple(words),)


def _in_row(body: str) -> Needs:
    """What pieces one behind the other need."""
    if not NO_WORD.search(body):
        return ((body.casefold(),),) if body else ()
    bare = OPTIONAL.sub(ANYTHING, REPEATED.sub(rf"\1{ANYTHING}", body))
    found: dict[tuple[str, ...], None] = {}
    for part in PART.findall(bare):
        marked = ord(part[0]) >= MARKED
        found.update(dict.fromkeys(NEEDED[ord(part) - MARKED] if marked else ((part.casefold(),),)))
    return tuple(found)


def _tells(words: tuple[str, ...]) -> tuple[int, int]:
    """How much it tells that one of these is in a text: long words more, many words less."""
    return min(len(word.encode()) for word in words), -len(words)
