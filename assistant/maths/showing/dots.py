"""Graphs in a terminal, drawn with the 2 × 4 dots of Braille characters."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.maths.showing.boxes import columns
from assistant.maths.showing.plot import Picture, Window, label, ticks

BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Unicode's numbering of the dots of U+2800, by row and column."""
BLANK = 0x2800


@dataclass
class Canvas:
    """A grid of characters of 2 × 4 dots over a window of the plane."""

    wide: int
    high: int
    window: Window
    dots: dict[tuple[int, int], int] = field(default_factory=dict)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Dot coordinates of a point; the first row is the top."""
        w = self.window
        across = (x - w.left) / (w.right - w.left) * (self.wide * 2 - 1)
        down = (w.top - y) / (w.top - w.bottom) * (self.high * 4 - 1)
        return across, down

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the character that holds a point."""
        across, down = self.place(x, y)
        return round(down) // 4, round(across) // 2

    def dot(self, across: int, down: int) -> None:
        """Set one dot, if it is on the canvas."""
        if 0 <= across < self.wide * 2 and 0 <= down < self.high * 4:
            key = down // 4, across // 2
            self.dots[key] = self.dots.get(key, 0) | BITS[down % 4][across % 2]

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Dots from point to point, as far as they are in sight."""
        (x0, y0), (x1, y1) = self.place(*start), self.place(*end)
        edge = self.high * 4 + 4
        y0, y1 = (min(max(y, -4.0), edge) for y in (y0, y1))
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        for n in range(steps + 1):
            self.dot(round(x0 + (x1 - x0) * n / steps), round(y0 + (y1 - y0) * n / steps))


def terminal_plot(found: Picture, width: int) -> list[str]:
    """The lines of a graph that is at most ``width`` columns wide."""
    rows = max(8, min(24, width // 4))
    heights = ticks(found.window.bottom, found.window.top, max(3, rows // 4))
    names = {y: label(y) for y in heights}
    margin = max([*map(len, names.values()), 1])
    canvas = Canvas(max(10, width - margin - 2), rows, found.window)
    for curve in found.curves:
        for piece in curve.pieces:
            for start, end in zip(piece, piece[1:] or piece, strict=False):
                canvas.line(start, end)
    grid = _axes(canvas)
    for (row, column), bits in canvas.dots.items():
        grid[row][column] = chr(BLANK + bits)
    for x, y in found.marks:
        row, column = canvas.cell(x, y)
        grid[row][column] = "●"
    by_row = {canvas.cell(found.window.left, y)[0]: text for y, text in names.items()}
    lines = [
        f"{by_row.get(n, ''):>{margin}} {'┤' if n in by_row else '│'}{''.join(row).rstrip()}"
        for n, row in enumerate(grid)
    ]
    return [*lines, *_below(canvas, margin)]


def _axes(canvas: Canvas) -> list[list[str]]:
    grid = [[" "] * canvas.wide for _ in range(canvas.high)]
    row, column = canvas.cell(0, 0)
    if 0 <= row < canvas.high:
        grid[row] = ["─"] * canvas.wide
    if 0 <= column < canvas.wide:
        for n in range(canvas.high):
            grid[n][column] = "┼" if n == row else "│"
    return grid


def _below(canvas: Canvas, margin: int) -> list[str]:
    """The lower edge with its numbers, left out where they would touch."""
    w = canvas.window
    edge = ["─"] * canvas.wide
    numbers = ""
    for x in ticks(w.left, w.right, max(2, canvas.wide // 10)):
        column = canvas.cell(x, w.bottom)[1]
        text = label(x)
        start = max(0, column - len(text) // 2)
        if start + len(text) > canvas.wide or (numbers and start <= columns(numbers)):
            continue
        edge[column] = "┬"
        numbers = numbers.ljust(start) + text
    space = " " * (margin + 1)
    return [f"{space}└{''.join(edge)}", f"{space} {numbers}"]
