"""Environments: the cells between ``&`` and ``\\\\``, and what stands around them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.maths.showing.tex import grids
from assistant.maths.showing.tex.grids import Table
from assistant.maths.showing.tex.pieces import NOTHING, Piece, UnreadableError, row, space
from assistant.maths.showing.tex.tokens import Sort

if TYPE_CHECKING:
    from assistant.maths.showing.tex.reader import Reader

_LENGTH = re.compile(r"\*?\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|\\baselineskip|\\jot)\s*\]")
_POSITION = re.compile(r"\[[tbc]\]")
_RULES = ("hline", "toprule", "midrule", "bottomrule", "cline", "hdashline")


def environment(reader: Reader, name: str) -> Piece | None:
    """What stands between ``\\begin{name}``, which is left behind, and its end.

    ``None`` for an environment that is not known, which is then left behind to its end.
    """
    bare = name.rstrip("*").strip()
    if bare not in grids.ENVIRONMENTS:
        _leave(reader, name)
        return None
    if found := _POSITION.match(reader.cursor.source, reader.cursor.token.start):
        reader.cursor.beyond(found.end())
    spec = reader.cursor.raw() if bare in grids.WITH_ARGUMENT else ""
    out = _kind(reader, bare, spec)
    if not reader.cursor.command("end"):
        raise UnreadableError
    reader.cursor.take()
    if reader.cursor.raw() != name:
        raise UnreadableError
    return out


def _kind(reader: Reader, name: str, spec: str) -> Piece:
    if name in grids.MATRICES:
        opening, closing = grids.MATRICES[name]
        return grids.drawn(_table(reader), grids.EVEN, opening, closing)
    if name in grids.CASES:
        return grids.drawn(_table(reader), grids.LEFT, *grids.CASES[name])
    if name in grids.ARRAYS:
        return grids.drawn(_table(reader), grids.array(spec))
    return lines(reader, aligned=name in grids.ALIGNED)


def _leave(reader: Reader, name: str) -> None:
    """Go behind the end of an environment."""
    while reader.cursor.token.sort is not Sort.END:
        ending = reader.cursor.take().text == "end" and reader.cursor.token.sort is Sort.OPEN
        if ending and reader.cursor.raw() == name:
            return
    raise UnreadableError


def lines(reader: Reader, *, aligned: bool = False) -> Piece:
    """Equations under one another; aligned at ``&`` where there are any.

    One line is no table: it is the row itself, which can be broken.
    """
    pieces = _pieces(reader)
    tight = bool(reader.tight)
    rows = [_joined(cells, tight=tight) for cells in pieces]
    if len(rows) == 1:
        return rows[0]
    if not rows:
        return NOTHING
    aligned = aligned or any(len(cells) > 1 for cells in pieces)
    cells = tuple(
        tuple(row(cell, after=bool(n % 2), tight=tight) for n, cell in enumerate(line))
        for line in pieces
    )
    many = max(map(len, cells))
    out = grids.drawn(Table(cells), grids.alignment(many) if aligned else grids.CENTRED)
    return replace(
        out, line="; ".join(r.line.rstrip(" ,;，；") for r in rows if r.line), rows=tuple(rows)
    )


def _joined(cells: list[list[Piece]], *, tight: bool) -> Piece:
    """A line of an alignment as one row."""
    out: list[Piece] = []
    for n, cell in enumerate(cells):
        if n and n % 2 == 0:
            out.append(space(3))
        out += cell
    return row(out, tight=tight)


def _table(reader: Reader) -> Table:
    rules: set[int] = set()
    pieces = _pieces(reader, rules)
    return Table(tuple(tuple(map(row, cells)) for cells in pieces), frozenset(rules))


def _pieces(reader: Reader, rules: set[int] | None = None) -> list[list[list[Piece]]]:
    """The pieces of each cell of each line; ``rules`` gets the lines that have a rule above."""
    cursor = reader.cursor
    rows: list[list[list[Piece]]] = [[]]
    while True:
        while not rows[-1] and cursor.skip().sort is Sort.COMMAND and cursor.command(*_RULES):
            if cursor.take().text == "cline":
                cursor.raw()
            if rules is not None:
                rules.add(len(rows) - 1)
        rows[-1].append(reader.items()[0])
        match cursor.token.sort:
            case Sort.CELL:
                cursor.take()
            case Sort.LINE:
                end = cursor.take().end
                if found := _LENGTH.match(cursor.source, end):
                    cursor.beyond(found.end())
                rows.append([])
            case _:
                break
    if len(rows) > 1 and not any(rows[-1]):
        rows.pop()
    return rows
