"""LaTeX for a terminal: in two dimensions, on one line, or as it was typed.

A model's LaTeX is shown, not understood: what cannot be read is shown as its source, a command
that is not known stays where it is, and nothing raises.  The time is linear in the source, and
a formula that is very long or very deep is shown as its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.maths.showing.boxes import Box, beside, columns
from assistant.maths.showing.fitting import INDENT, wrapped
from assistant.maths.showing.tex.pieces import Piece, UnreadableError, row
from assistant.maths.showing.tex.reader import Reader
from assistant.maths.showing.tex.symbols import Kind
from assistant.maths.showing.words import clean

LONGEST = 8_000
"""Characters of a formula that is drawn."""
NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read; ``piece`` is ``None`` where the source is shown instead."""

    source: str
    piece: Piece | None

    @property
    def line(self) -> str:
        """The formula on one line; the source where it cannot be read."""
        return " ".join(self.source.split()) if self.piece is None else self.piece.line

    @property
    def width(self) -> int:
        """Columns of the formula in two dimensions, or of the longest line of its source."""
        if self.piece is None:
            return max(map(columns, self.source.split("\n")))
        return self.piece.box.width

    def lines(self, width: int, *, flat: bool = False) -> tuple[str, ...]:
        """The formula within so many columns, not centred.

        In two dimensions if it fits; broken at its relations and signs, or line by line, if
        not; else (or ``flat``, for a screen reader) on one line, wrapped; the source cut into
        pieces where it cannot be read.
        """
        width = max(width, NARROWEST)
        if self.piece is None:
            return _cut(self.source, width)
        if flat:
            rows = self.piece.rows or (self.piece,)
            return tuple(line for part in rows for line in wrapped(part.line, width, INDENT))
        return _fitted(self.piece, width)


@lru_cache(maxsize=1024)
def typeset(source: str) -> Formula:
    """The formula of a piece of LaTeX without its delimiters; never raises.

    Control characters and others that a terminal could obey are replaced by ``�`` first.
    """
    if len(source) > LONGEST:
        return Formula(_clean(source), None)
    cleaned = _clean(source)
    try:
        return Formula(cleaned, Reader(cleaned).document())
    except UnreadableError:
        return Formula(cleaned, None)


def inline(source: str) -> str:
    """The formula on one line of Unicode; its source where it cannot be read."""
    return typeset(source).line


def _clean(source: str) -> str:
    return "\n".join(clean(line) for line in source.strip().split("\n"))


def _cut(text: str, width: int) -> tuple[str, ...]:
    """The lines of a text cut to a width, in linear time."""
    out: list[str] = []
    for line in text.split("\n"):
        start = used = 0
        for n, char in enumerate(line):
            wide = columns(char)
            if used + wide > width:
                out.append(line[start:n])
                start, used = n, 0
            used += wide
        out.append(line[start:])
    return tuple(out)


BREAKS = ({Kind.REL}, {Kind.REL, Kind.PUNCT}, {Kind.REL, Kind.PUNCT, Kind.BIN})
"""Where a row may be broken, the best places first."""


def _fitted(piece: Piece, width: int) -> tuple[str, ...]:
    if piece.box.width <= width:
        return tuple(line.rstrip() for line in piece.box.lines)
    if piece.rows:
        return tuple(line for part in piece.rows for line in _fitted(part, width))
    for kinds in BREAKS if piece.parts else ():
        broken = [row(part, after=n > 0) for n, part in enumerate(_broken(piece.parts, kinds))]
        if all(p.box.width <= width - INDENT for p in broken):
            return _poured(broken, width)
    return wrapped(piece.line, width, INDENT)


def _broken(parts: tuple[Piece, ...], kinds: set[Kind]) -> list[list[Piece]]:
    """A row cut before each sign of some kinds (after a comma)."""
    out: list[list[Piece]] = [[]]
    for part in parts:
        if part.kind in kinds and part.kind is not Kind.PUNCT and out[-1]:
            out.append([])
        out[-1].append(part)
        if part.kind is Kind.PUNCT and Kind.PUNCT in kinds:
            out.append([])
    return [pieces for pieces in out if pieces]


def _poured(pieces: list[Piece], width: int) -> tuple[str, ...]:
    """Pieces of a row put on as few lines as hold them."""
    lines: list[str] = []
    line: list[Box] = []
    used = 0
    for piece in pieces:
        if line and used + piece.box.width > width:
            lines += beside(*line).lines
            line, used = [Box((" " * INDENT,))], INDENT
        line.append(piece.box)
        used += piece.box.width
    lines += beside(*line).lines
    return tuple(text.rstrip() for text in lines)
