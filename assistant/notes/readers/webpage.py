"""Web pages on disk: the text that a person would see, with the lines of the file."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from assistant.notes.decoding import decoded
from assistant.notes.types import Document, Row, Unit

UNSEEN = frozenset("script style template noscript svg head iframe object select".split())
BLOCKS = frozenset(
    "address article aside blockquote br caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option "
    "p pre section summary table tbody tfoot thead title tr ul".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
CELLS = frozenset(("td", "th"))
HEADINGS = {f"h{n}": n for n in range(1, 7)}
_CHARSET = re.compile(rb"charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w-]{2,20})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\f\xa0]+")


def read(body: bytes) -> Document:
    """Rows with the line of the file on which their text begins.  Raises ``Unreadable``."""
    said = _CHARSET.search(body[:2048])
    page = _Page()
    page.feed(decoded(body, said[1].decode("ascii") if said else ""))
    page.close()
    page.end_row()
    return Document(Unit.LINE, tuple(page.rows), " ".join("".join(page.title).split()))


def _hidden(attrs: list[tuple[str, str | None]]) -> bool:
    """A person would not see it: a model shall not be told it."""
    for name, value in attrs:
        style = (value or "").replace(" ", "").lower() if name == "style" else ""
        if name == "hidden" or "display:none" in style or "visibility:hidden" in style:
            return True
    return False


class _Page(HTMLParser):
    """Collects rows; it keeps no tree, so that depth costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[Row] = []
        self.title: list[str] = []
        self._line: list[str] = []
        self._number = 1
        self._unseen: list[str] = []
        self._in_title = False
        self._level = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a row."""
        self._in_title = tag == "title" and not self.rows
        if tag == "body":
            self._unseen.clear()  # many pages leave the end of the head away
        elif tag in UNSEEN or tag in self._unseen or (tag not in VOID and _hidden(attrs)):
            self._unseen.append(tag)
        elif tag in CELLS:
            self._add("\t")
        elif tag in BLOCKS:
            self._end_block()
            self._level = HEADINGS.get(tag, 0)
            self._pre += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>`` and the like."""
        if tag in BLOCKS and not _hidden(attrs):
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        """A block ends a row."""
        self._in_title = False
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif tag in BLOCKS:
            self._end_block()
            self._level = 0
            self._pre = max(0, self._pre - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        """Text; its line breaks are those of the file."""
        if self._in_title:
            self.title.append(data)
        if self._unseen or self._in_title:
            return
        first, *others = data.split("\n")
        self._add(first)
        for n, line in enumerate(others, 1):
            self.end_row()
            self._add(line, n)

    def handle_entityref(self, name: str) -> None:
        """``&amp;``"""
        self._sign(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """``&#65;``"""
        self._sign(html.unescape(f"&#{name};"))

    def _sign(self, text: str) -> None:
        if self._in_title:
            self.title.append(text)
        else:
            self._add(text.replace("\n", " "))

    def _add(self, text: str, below: int = 0) -> None:
        if self._unseen or not text:
            return
        if not self._line:
            self._number = self.getpos()[0] + below
        self._line.append(text)

    def end_row(self) -> None:
        """What was collected becomes a row, where there is something to see in it."""
        text = "".join(self._line).encode("utf-8", "replace").decode()
        self._line.clear()
        text = text.rstrip() if self._pre else _BLANKS.sub(" ", text).strip()
        if text:
            title = text if self._level else ""
            self.rows.append(Row(self._number, text, self._level, title))
            self._level = 0

    def _end_block(self) -> None:
        """A blank row parts paragraphs."""
        self.end_row()
        if self.rows and self.rows[-1].text:
            self.rows.append(Row(self.rows[-1].number, ""))
