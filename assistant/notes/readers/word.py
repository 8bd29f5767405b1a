"""Word documents (DOCX): a ZIP file with XML inside.

The two files that are needed are read by the parser of the standard library, in pieces, with no
tree: what an archive unpacks to is bounded, and a document type, the source of bombs of entities,
is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from assistant.notes.types import Document, Row, Unit, Unreadable
from runtimes.texts import Text

MOST_XML = 64 << 20
"""Bytes that one file of the archive may unpack to."""
PIECE = 1 << 16
MAIN, STYLES = "word/document.xml", "word/styles.xml"
NO_WORD = Text("it is no Word document", "不是 Word 文档")
OLD_WORD = Text(
    "it is locked with a password, or in the old format; save it as DOCX without one",
    "已加密或为旧格式，请另存为不加密的 DOCX",
)
TOO_LARGE = Text("it unpacks to too much", "解压后内容过大")
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def read(body: bytes) -> Document:
    """Rows with the number of their paragraph; empty paragraphs are not counted.

    Raises ``Unreadable``.
    """
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(OLD_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = frozenset(archive.namelist())
            if MAIN not in names:
                raise Unreadable(NO_WORD)
            styles = _Styles()
            if STYLES in names:
                _parse(archive, STYLES, styles.start, lambda _: None, lambda _: None)
            text = _Body(styles.levels)
            _parse(archive, MAIN, text.start, text.end, text.data)
    except (
        zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError,
        NotImplementedError, RuntimeError,
    ) as wrong:  # fmt: skip
        raise Unreadable(
            Text("it is damaged: {0}", "文件损坏：{0}", (str(wrong)[:100],))
        ) from wrong
    title = next((row.title for row in text.rows if row.level), "")
    return Document(Unit.PARAGRAPH, tuple(text.rows), title)


def _parse(
    archive: zipfile.ZipFile,
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda tag, attrs: start(_local(tag), attrs)
    parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = data
    total = 0
    with archive.open(name) as file:
        while piece := file.read(PIECE):
            total += len(piece)
            if total > MOST_XML:
                raise Unreadable(TOO_LARGE)
            parser.Parse(piece, False)  # noqa: FBT003 - the parser's own signature
    parser.Parse(b"", True)  # noqa: FBT003


def _no_doctype(*_: object) -> None:
    raise Unreadable(Text("it declares entities of its own", "文件含有自定义实体声明"))


def _local(tag: str) -> str:
    """The name without its namespace: the strict and the usual format differ in that alone."""
    return tag.rpartition(" ")[2]


def _value(attrs: dict[str, str], name: str = "val") -> str:
    return next((value for key, value in attrs.items() if _local(key) == name), "")


class _Styles:
    """Which styles are headings: a Chinese Word names them by numbers."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "style":
            self._style = _value(attrs, "styleId")
        elif tag == "name" and (found := _HEADING.fullmatch(_value(attrs))):
            self.levels[self._style] = int(found[1])
        elif tag == "name" and _value(attrs).casefold() == "title":
            self.levels[self._style] = 1


class _Body:
    """The paragraphs in order; one within another (a box of text) comes before it."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.rows: list[Row] = []
        self._levels = levels
        self._open: list[tuple[list[str], int]] = []
        self._number = 0
        self._text = 0
        self._properties = 0
        self._fallback = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        match tag:
            case "p":
                self._open.append(([], 0))
            case "t":
                self._text += 1
            case "pPr":
                self._properties += 1
            case "Fallback":  # the same text a second time, for old programs
                self._fallback += 1
            case "pStyle" if self._open:
                self._open[-1] = (self._open[-1][0], self._level(_value(attrs)))
            case "tab" if not self._properties:
                self._add("\t")
            case "br" | "cr":
                self._add("\n")

    def end(self, tag: str) -> None:
        match tag:
            case "p" if self._open:
                self._paragraph(*self._open.pop())
            case "t":
                self._text -= 1
            case "pPr":
                self._properties -= 1
            case "Fallback":
                self._fallback -= 1

    def data(self, text: str) -> None:
        if self._text:
            self._add(text)

    def _level(self, style: str) -> int:
        found = re.fullmatch(r"[Hh]eading ?(\d)", style)
        return self._levels.get(style, int(found[1]) if found else 0)

    def _add(self, text: str) -> None:
        if self._open and not self._fallback:
            self._open[-1][0].append(text)

    def _paragraph(self, parts: list[str], level: int) -> None:
        text = "".join(parts).strip()
        if not text:
            return
        self._number += 1
        lines = text.split("\n")
        self.rows.append(Row(self._number, lines[0], level, lines[0] if level else ""))
        self.rows += [Row(self._number, line) for line in lines[1:]]
        self.rows.append(Row(self._number, ""))
