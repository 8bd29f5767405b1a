"""Two-dimensional formulas in Unicode, for a terminal.

A box is a block of lines of equal width with a baseline, and boxes are put beside and
over one another: the layout algebra of Knuth's TeX (*The TeXbook*, chapter 12), with a
character for a point.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.maths.showing import layout as lay
from assistant.maths.showing.layout import Layout, Role
from assistant.maths.showing.linear import LOWERED, RAISED, flat, small, spaced

PIECES = {
    "(": "(⎛⎜⎜⎝",
    ")": ")⎞⎟⎟⎠",
    "[": "[⎡⎢⎢⎣",
    "]": "]⎤⎥⎥⎦",
    "{": "{⎧⎪⎨⎩",
    "}": "}⎫⎪⎬⎭",
    "|": "|││││",
    "⌊": "⌊⎢⎢⎢⎣",
    "⌋": "⌋⎥⎥⎥⎦",
    "⌈": "⌈⎡⎢⎢⎢",
    "⌉": "⌉⎤⎥⎥⎥",
}
"""A bracket of one line, then the top, the straight part, the middle and the bottom."""


def columns(text: str) -> int:
    """How many columns of a terminal a text takes (two for a Chinese character)."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    """By Unicode's East Asian Width (UAX 11); a combining mark takes none.

    A test holds it equal to the package ``wcwidth``, whose tables take longer to load than
    everything else here.
    """
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """The text with spaces up to a width."""
    return text + " " * (width - columns(text))


def centre(text: str, width: int) -> str:
    """The text in the middle of a width."""
    free = width - columns(text)
    return " " * (free // 2) + text + " " * (free - free // 2)


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of the same width; ``baseline`` is the index of the line neighbours align to."""

    lines: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        """Columns."""
        return columns(self.lines[0]) if self.lines else 0

    @property
    def height(self) -> int:
        """Lines."""
        return len(self.lines)


LEADING = (Role.JOIN, Role.RELATION, Role.BINARY)
"""Signs that have no space before them where they begin a line: ``= …``, ``+ …``."""
EMPTY = Box(("",))


def beside(*parts: Box) -> Box:
    """Boxes in a row, baselines aligned."""
    above = max(p.baseline for p in parts)
    below = max(p.height - p.baseline for p in parts)
    lines = [""] * (above + below)
    for part in parts:
        blank = " " * part.width
        first = above - part.baseline
        for n in range(len(lines)):
            inside = first <= n < first + part.height
            lines[n] += part.lines[n - first] if inside else blank
    return Box(tuple(lines), above)


def stack(parts: Sequence[Box], baseline: int) -> Box:
    """Boxes over one another, centred; ``baseline`` counts from the top of the stack."""
    width = max(p.width for p in parts)
    return Box(tuple(centre(line, width) for p in parts for line in p.lines), baseline)


def fenced(opening: str, body: Box, closing: str) -> Box:
    """A box within brackets as tall as it is."""
    if "{" in (opening, closing) and body.height == 2:  # a brace needs a middle
        body = Box((body.lines[0], " " * body.width, body.lines[1]), 1)
    parts = [_bracket(opening, body)] if opening else []
    if opening == "{" and not closing:
        parts.append(Box((" ",)))
    parts.append(body)
    if closing:
        parts.append(_bracket(closing, body))
    return beside(*parts)


def _bracket(sign: str, body: Box) -> Box:
    one, top, straight, middle, bottom = tuple(PIECES[sign])
    if body.height == 1:
        return Box((one,))
    inner = [straight] * (body.height - 2)
    if inner:
        inner[len(inner) // 2] = middle
    return Box((top, *inner, bottom), body.baseline)


@lru_cache(maxsize=2048)
def box(shape: Layout) -> Box:
    """The block of text of a shape.  It is the same for every width, and the lines of a solution
    repeat one another's parts."""
    match shape:
        case lay.Atom(text, _):
            return Box((text,))
        case lay.Sign():
            return Box((spaced(shape),))
        case lay.Row(items):
            return _row(items)
        case lay.Fraction(num, den):
            return _fraction(box(num), box(den))
        case lay.Radical(body, index):
            return _radical(box(body), index)
        case lay.Scripts():
            return _scripts(shape)
        case lay.Fence(opening, body, closing):
            return fenced(opening, box(body), closing)
        case lay.Big(sign, below, above):
            return _big(sign, below, above)
        case lay.Grid():
            return _grid(shape)


def _row(items: tuple[Layout, ...]) -> Box:
    parts = []
    for n, item in enumerate(items):
        if item == lay.APPLY and isinstance(items[n + 1], lay.Fence):
            continue
        part = box(item)
        if n == 0 and isinstance(item, lay.Sign) and item.role in LEADING:
            part = Box((item.text + " ",))
        parts.append(part)
    return beside(*parts) if parts else EMPTY


def _fraction(num: Box, den: Box) -> Box:
    width = max(num.width, den.width)
    if any("─" in line for line in (*num.lines, *den.lines)):
        width += 2  # the outer bar of nested fractions is the longer one
    return stack([num, Box(("─" * width,)), den], num.height)


def _radical(body: Box, index: Layout | None) -> Box:
    if body.height == 1 and (body.width == 1 or body.lines[0].isdecimal()):
        sign = Box(("√" + body.lines[0],))
    else:
        sign = _roof(body)
    if index is None:
        return sign
    degree = box(index)
    small = _script(degree, RAISED)
    if sign.height == 1 and small:
        return beside(Box((small,)), sign)
    high = Box(degree.lines, degree.height + sign.baseline - sign.height // 2)
    return beside(high, sign)


def _roof(body: Box) -> Box:
    """The radical sign with its bar; its stroke climbs one column a line."""
    if body.height == 1:
        return Box((" " + "_" * body.width, "√" + body.lines[0]), 1)
    n = body.height
    lines = [" " * (n + 1) + "_" * body.width]
    for row, line in enumerate(body.lines):
        stroke = " " * (n - row) + "╱" if row < n - 1 else "╲╱"
        lines.append(pad(stroke, n + 1) + line)
    return Box(tuple(lines), body.baseline + 1)


def _script(part: Box, table: dict[int, int]) -> str:
    return small(part.lines[0], table) if part.height == 1 else ""


def _scripts(shape: lay.Scripts) -> Box:
    out = box(shape.base)
    if shape.sub is not None:
        sub = box(shape.sub)
        low = _script(sub, LOWERED)
        out = beside(out, Box((low,)) if low else _hung(sub, out))
    if shape.sup is not None:
        sup = box(shape.sup)
        high = _script(sup, RAISED)
        if high:
            return beside(out, Box((high,), out.baseline))
        if sup.height > 1:
            sup = Box((flat(shape.sup),))
        out = beside(out, Box(sup.lines, sup.height + out.baseline))
    return out


def _hung(sub: Box, base: Box) -> Box:
    return Box(sub.lines, -(base.height - base.baseline)) if sub.height else sub


def _big(sign: str, below: Layout | None, above: Layout | None) -> Box:
    if sign == "∫":
        if below is None or above is None:
            return Box(("∫",))
        parts = [box(above), Box(("⌠", "⎮", "⌡"), 1), box(below)]
        return stack(parts, parts[0].height + 1)
    parts = [Box((sign,))]
    if below is not None:
        under = box(below)
        parts.append(Box((under.lines[0].replace(" ", ""),)) if under.height == 1 else under)
    if above is None:
        return stack(parts, 0)
    top = box(above)
    return stack([top, *parts], top.height)


def _grid(shape: lay.Grid) -> Box:
    cells = [[box(cell) for cell in row] for row in shape.rows]
    if not cells or not cells[0]:
        return Box((shape.opening + shape.closing,))
    many = len(cells[0])
    widths = [max((r[c].width for r in cells if c < len(r)), default=0) for c in range(many)]
    left = not shape.closing
    lines: list[str] = []
    for row in cells:
        parts: list[Box] = []
        for cell, width in zip(row, widths, strict=False):
            put = pad if left else centre
            parts += [Box(("  ",))] * bool(parts)
            parts.append(Box(tuple(put(line, width) for line in cell.lines), cell.baseline))
        block = beside(*parts).lines
        if lines and (len(block) > 1 or len(lines) > 1) and (max(c.height for c in row) > 1):
            lines.append(" " * columns(block[0]))
        lines += block
    wide = max(map(columns, lines))
    body = Box(tuple(pad(line, wide) for line in lines), (len(lines) - 1) // 2)
    return fenced(shape.opening, body, shape.closing)
