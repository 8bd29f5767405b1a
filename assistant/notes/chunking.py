"""Cuts a document into passages: at headings and functions, else between paragraphs.

Pure: rows in, passages out.  Every row is in a passage, passages come in the order of the
document, and two neighbours share at most one short paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.notes.types import Row, Unit

MOST = 1600
"""Bytes of a passage; a token is about four of them, in English as in Chinese."""
SHARE_LEAST, SHARE_OVERLAP = 5, 6
"""A section of less than a fifth of ``most`` does not end a passage; a paragraph of up to a sixth
is told again at the begin of the next one."""
PATH = " › "
TITLE = 120
"""Characters of a heading that are kept."""
ENDS = " \t。！？；.!?;,，、)）"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The rows ``start`` to ``end`` (excluded) as a passage under a path of headings."""

    start: int
    end: int
    heading: str


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows that belong together; ``opens`` a section, ``turns`` to another page."""

    start: int
    end: int
    size: int
    opens: bool
    turns: bool


def fitted(rows: Sequence[Row], most: int = MOST) -> tuple[Row, ...]:
    """The same text in rows of at most ``most`` bytes; pieces of a row keep its number."""
    made: list[Row] = []
    for row in rows:
        if _size(row.text) <= most:
            made.append(row)
            continue
        for n, piece in enumerate(_pieces(row.text, most)):
            made.append(Row(row.number, piece, goes_on=True) if n else replace(row, text=piece))
    return tuple(made)


def chunks(rows: Sequence[Row], unit: Unit = Unit.LINE, most: int = MOST) -> list[Chunk]:
    """The passages of rows that ``fitted`` has made; of about ``most`` bytes at most.

    None reaches over two pages, so that there is one to quote; a cell begins a section.
    """
    blocks = list(_blocks(rows, unit, most))
    spans: list[tuple[int, int]] = []
    at = size = 0
    for n, block in enumerate(blocks):
        full = size + block.size > most
        section = block.opens and size * SHARE_LEAST >= most
        if n > at and (full or section or block.turns):
            spans.append((blocks[at].start, block.start))
            short = blocks[n - 1].size * SHARE_OVERLAP <= most
            again = short and n - 1 > at and not (section or block.turns)
            at, size = (n - 1, blocks[n - 1].size) if again else (n, 0)
        size += block.size
    if blocks:
        spans.append((blocks[at].start, blocks[-1].end))
    paths = _paths(rows)
    return [Chunk(start, end, paths[start]) for start, end in spans]


def text_of(rows: Sequence[Row]) -> str:
    """The text of rows."""
    parts = (row.text if row.goes_on else f"\n{row.text}" for row in rows[1:])
    return "".join([row.text for row in rows[:1]] + list(parts))


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _pieces(text: str, most: int) -> Iterator[str]:
    """Pieces whose joint is the text, cut after a space or a sign where there is one."""
    width = max(1, most if text.isascii() else most // 4)
    at = 0
    while len(text) - at > width:
        end = at + width
        cut = max(text.rfind(sign, at + width // 2, end) for sign in ENDS) + 1
        yield text[at : cut or end]
        at = cut or end
    yield text[at:]


def _blocks(rows: Sequence[Row], unit: Unit, most: int) -> Iterator[_Block]:
    start = size = 0
    blank = opens = turns = False
    for n, row in enumerate(rows):
        is_blank = not row.text or row.text.isspace()
        another = n > 0 and row.number != rows[n - 1].number
        turn = another and unit is Unit.PAGE
        section = bool(row.level) or (another and unit is Unit.CELL)
        more = _size(row.text) + 1
        border = turn or section or (blank and not is_blank)
        if n > start and (border or size + more > most):
            yield _Block(start, n, size, opens, turns)
            start, size, opens, turns = n, 0, section, turn
        elif n == start:
            opens = section
        size += more
        blank = is_blank
    if start < len(rows):
        yield _Block(start, len(rows), size, opens, turns)


def _paths(rows: Sequence[Row]) -> list[str]:
    """For each row the headings above it, itself included."""
    stack: list[tuple[int, str]] = []
    path, paths = "", []
    for row in rows:
        if row.level:
            while stack and stack[-1][0] >= row.level:
                stack.pop()
            stack.append((row.level, row.title[:TITLE].strip()))
            path = PATH.join(title for _, title in stack if title)
        paths.append(path)
    return paths
