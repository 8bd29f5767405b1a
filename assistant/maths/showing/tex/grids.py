"""Tables of pieces: matrices, cases and aligned equations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.maths.showing.boxes import Box, centre, columns, pad
from assistant.maths.showing.tex.pieces import (
    HIGHEST,
    LARGEST,
    NOTHING,
    WIDEST,
    Bond,
    Piece,
    UnreadableError,
    in_row,
)
from assistant.maths.showing.tex.shapes import fence

MATRICES = {
    "matrix": ("", ""),
    "smallmatrix": ("", ""),
    "pmatrix": ("(", ")"),
    "psmallmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "bsmallmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
}
CASES = {"cases": ("{", ""), "dcases": ("{", ""), "rcases": ("", "}"), "numcases": ("{", "")}
ALIGNED = {
    "align", "aligned", "alignat", "alignedat", "split", "eqnarray", "flalign", "IEEEeqnarray",
}  # fmt: skip
GATHERED = {"gather", "gathered", "multline", "equation", "displaymath", "math", "subequations"}
ARRAYS = {"array", "tabular", "subarray"}
WITH_ARGUMENT = {"alignat", "alignedat", "IEEEeqnarray"} | ARRAYS
ENVIRONMENTS = set(MATRICES) | set(CASES) | ALIGNED | GATHERED | ARRAYS
"""Names of environments that are drawn, without their stars."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of an environment; ``rules`` are the rows above which a line is drawn."""

    rows: tuple[tuple[Piece, ...], ...]
    rules: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Columns:
    """How columns are set: ``l``, ``c`` or ``r`` each, what stands before each and at the end."""

    places: str
    before: tuple[str, ...]
    after: str = ""

    def place(self, n: int) -> str:
        """The place of a column; the last one given serves those after it."""
        return self.places[min(n, len(self.places) - 1)] if self.places else "c"

    def gap(self, n: int) -> str:
        """What stands between a column and the one on its left."""
        return self.before[n] if n < len(self.before) else self.before[-1] if n else ""


EVEN = Columns("c", ("", "  "))
LEFT = Columns("l", ("", "  "))
CENTRED = Columns("c", ("", "   "))


def alignment(many: int) -> Columns:
    """Pairs of a right and a left column, as ``aligned`` sets them."""
    pairs = max((many + 1) // 2, 1)
    return Columns("rl" * pairs, ("", "") + ("   ", "") * pairs)


def array(spec: str) -> Columns:
    """The columns of an ``array`` from its argument: ``{cc|c}``."""
    places, before, bar = "", [], False
    for char in spec[:200]:
        if char == "|":
            bar = True
        elif char in "lcr":
            before.append(" │ " if bar and places else "│ " if bar else "  " if places else "")
            places, bar = places + char, False
    return Columns(places or "c", (*before, "  ") if before else ("", "  "), " │" if bar else "")


def drawn(table: Table, columns_: Columns, opening: str = "", closing: str = "") -> Piece:
    """A table within brackets."""
    if not any(table.rows):
        return fence(opening, [NOTHING], [], closing) if opening or closing else NOTHING
    widths = _widths(table)
    lines: list[str] = []
    tall_before = False
    for n, cells in enumerate(table.rows):
        block = _line(cells, widths, columns_)
        tall = block.height > 1
        if n in table.rules:
            lines.append("─" * block.width)
        elif lines and (tall or tall_before):
            lines.append(_blank(widths, columns_))
        lines += block.lines
        tall_before = tall
        if len(lines) > HIGHEST:
            raise UnreadableError
    if len(table.rows) in table.rules:
        lines.append("─" * columns(lines[0]))
    wide = max(map(columns, lines))
    body = Box(tuple(pad(line, wide) for line in lines), (len(lines) - 1) // 2)
    inner = Piece(body, _text(table), bond=Bond.SUM, tall=True)
    if opening or closing:
        return fence(opening, [inner], [], closing)
    return inner


def _widths(table: Table) -> list[int]:
    many = max(len(cells) for cells in table.rows)
    widths = [0] * many
    for cells in table.rows:
        for n, cell in enumerate(cells):
            widths[n] = max(widths[n], cell.box.width)
    if sum(widths) + 4 * many > WIDEST or (sum(widths) + 4 * many) * len(table.rows) > LARGEST:
        raise UnreadableError
    return widths


def _line(cells: Sequence[Piece], widths: list[int], columns_: Columns) -> Box:
    parts: list[Box] = []
    for n, width in enumerate(widths):
        box = cells[n].box if n < len(cells) else NOTHING.box
        place = columns_.place(n)
        lines = tuple(_put(line, width, place) for line in box.lines)
        parts += [Box((gap,))] if (gap := columns_.gap(n)) else []
        parts.append(Box(lines, box.baseline))
    parts += [Box((columns_.after,))] * bool(columns_.after)
    row = in_row(parts)
    if "│" not in "".join(columns_.before) or row.height == 1:
        return row
    return Box(tuple(_barred(line, widths, columns_) for line in row.lines), row.baseline)


def _barred(line: str, widths: list[int], columns_: Columns) -> str:
    """A line of a tall row, with the vertical rules that stand only on its baseline."""
    blank = _blank(widths, columns_)
    if any(columns(char) != 1 for char in line):
        return line
    return "".join("│" if b == "│" and a == " " else a for a, b in zip(line, blank, strict=True))


def _blank(widths: list[int], columns_: Columns) -> str:
    cells = "".join(columns_.gap(n) + " " * width for n, width in enumerate(widths))
    return cells + columns_.after


def _put(line: str, width: int, place: str) -> str:
    if place == "l":
        return pad(line, width)
    return centre(line, width) if place == "c" else " " * (width - columns(line)) + line


def _text(table: Table) -> str:
    """A table on one line."""
    rows = (", ".join(_bare(cell.line) for cell in cells if cell.line) for cells in table.rows)
    return "; ".join(rows)


def _bare(line: str) -> str:
    """A cell without the comma at its end, since one follows."""
    return line.rstrip(" ,;，；")
