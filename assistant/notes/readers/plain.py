"""Text as it is, line by line, with the headings of Markdown, LaTeX, prose and source code."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.notes.decoding import decoded
from assistant.notes.kinds import Kind
from assistant.notes.types import Document, Row, Unit, Unreadable
from runtimes.texts import Text

LONGEST = 300
"""Characters of a line in which a heading is looked for."""
DEEPEST = 6
MOST_LINES = 2_000_000
TOO_MANY = Text("it has more than {0} lines", "超过 {0} 行")

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(?:(=)+|(-)+|(~)+)[ \t]*$")
_TEX = re.compile(
    r"\s{0,8}\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\{([^{}]{1,200})"
)
_TEX_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_CHAPTER = re.compile(r"\s{0,8}第[一二三四五六七八九十百千零〇两\d]{1,8}([章篇部卷编]|[节讲回课])")
_NUMBERED = re.compile(r"\s{0,8}(?:Part|PART|Chapter|CHAPTER|(Section|SECTION)) [\dIVXLC]{1,6}\b")
_WORDS = (
    "export default public private protected internal static async abstract final pub inline "
    "unsafe override open data sealed const extern virtual"
)
_DEFINES = re.compile(
    rf"([ \t]*)(?:(?:{'|'.join(_WORDS.split())})[ \t]+){{0,5}}"
    r"(?:def|class|function|func|fn|struct|enum|trait|impl|interface|module|namespace|theorem|lemma"
    r"|procedure|subroutine|object|protocol|extension|macro_rules!)[ \t]+[\w(<$:]"
)
_C_HEAD = re.compile(r"[A-Za-z_][\w \t*&:<>,~]*")
_NO_TYPES = frozenset(
    "if for while switch return else elif with assert raise yield await from import case do throw "
    "new delete not print except using".split()
)
_LEADS = ("@", "#", "//", "/*", "*", "--", ";;", "%", '"""')
"""What stands above a function and belongs to it: decorators and comments."""


def read(body: bytes, kind: Kind) -> Document:
    """A document whose rows are the lines of the file.  Raises ``Unreadable``."""
    return document(decoded(body), kind)


def document(text: str, kind: Kind = Kind.TEXT) -> Document:
    """The same for text that is decoded already.  Raises ``Unreadable``."""
    if text.count("\n") > MOST_LINES:
        raise Unreadable(Text(TOO_MANY.en, TOO_MANY.zh, (MOST_LINES,)))
    lines = text.split("\n")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()  # the end of the last line begins no other
    rows = [Row(n, line) for n, line in enumerate(lines, 1)]
    _HEADINGS[kind](rows)
    title = next((row.title for row in rows if row.level), "") if kind is not Kind.CODE else ""
    return Document(Unit.LINE, tuple(rows), title)


def _head(rows: list[Row], at: int, level: int, title: str) -> None:
    rows[at] = replace(rows[at], level=min(level, DEEPEST), title=title.strip())


def _markdown(rows: list[Row]) -> None:
    fence = ""
    for n, row in enumerate(rows[_front_matter(rows) :], _front_matter(rows)):
        line = row.text[:LONGEST]
        if found := _FENCE.match(line):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence) and not line.strip(" \t`~"):
                fence = ""
        elif fence:
            continue
        elif found := _ATX.match(line):
            _head(rows, n, len(found[1]), found[2].rstrip("# \t"))
        elif (found := _UNDERLINE.match(line)) and _is_title(rows, n - 1):
            _head(rows, n - 1, 1 if found[1] else 2 if found[2] else 3, rows[n - 1].text)


def _front_matter(rows: Sequence[Row]) -> int:
    """The rows of settings that some programs put before a text, between two rulers."""
    if not rows or rows[0].text.rstrip() != "---":
        return 0
    return next((n for n, row in enumerate(rows[1:200], 2) if row.text.rstrip() == "---"), 0)


def _is_title(rows: Sequence[Row], at: int) -> bool:
    """Is it a short line with nothing before it?"""
    if at < 0 or not rows[at].text.strip() or len(rows[at].text) > LONGEST or rows[at].level:
        return False
    return at == 0 or not rows[at - 1].text.strip() or not rows[at - 1].text.strip("=-~ ")


def _tex(rows: list[Row]) -> None:
    for n, row in enumerate(rows):
        if "\\" in row.text and (found := _TEX.match(row.text[:LONGEST])):
            _head(rows, n, _TEX_LEVELS.index(found[1]) + 1, found[2])


def _prose(rows: list[Row]) -> None:
    for n, row in enumerate(rows):
        if not 0 < len(row.text) <= 80:
            continue
        if found := _CHAPTER.match(row.text):
            _head(rows, n, 1 if found[1] in "章篇部卷编" else 2, row.text)
        elif found := _NUMBERED.match(row.text):
            _head(rows, n, 2 if found[1] else 1, row.text)


def _code(rows: list[Row]) -> None:
    free = 0  # no row before this one may still be claimed by a function below it
    for n, row in enumerate(rows):
        line = row.text[:LONGEST]
        found = _DEFINES.match(line)
        if not found and not _is_c_function(line):
            continue
        indent = len(found[1].expandtabs(4)) if found else 0
        first = n
        while first > free and rows[first - 1].text.lstrip().startswith(_LEADS):
            first -= 1
        _head(rows, first, 1 + indent // 4, line.strip().rstrip("{:"))
        free = n + 1


def _is_c_function(line: str) -> bool:
    """A type, a name and a bracket at the begin of a line, as in C and its children."""
    head, bracket, rest = line.partition("(")
    words = head.split()
    if not bracket or len(words) < 2 or words[0] in _NO_TYPES or rest.rstrip().endswith(";"):
        return False
    return _C_HEAD.fullmatch(head) is not None


_HEADINGS: dict[Kind, Callable[[list[Row]], None]] = {
    Kind.MARKDOWN: _markdown,
    Kind.TEX: _tex,
    Kind.TEXT: _prose,
    Kind.CODE: _code,
}
