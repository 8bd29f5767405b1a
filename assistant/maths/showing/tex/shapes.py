"""The shapes that are built of pieces: fractions, roots, brackets, limits, frames, braces."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from assistant.maths.showing.boxes import PIECES, Box, centre, columns, pad, stack
from assistant.maths.showing.tex.alphabets import (
    ACCENTS,
    LOWERED,
    MARKS,
    RAISED,
    STRIKES,
    VULGAR,
    small,
)
from assistant.maths.showing.tex.pieces import (
    Bond,
    Piece,
    atom,
    bounded,
    in_row,
    index_text,
    row,
    within,
)
from assistant.maths.showing.tex.symbols import Kind

BRACKETS = PIECES | {
    "‖": "‖‖‖‖‖",
    "⟨": "⟨╱╱⟨╲",
    "⟩": "⟩╲╲⟩╱",
    "⟦": "⟦⟦⟦⟦⟦",
    "⟧": "⟧⟧⟧⟧⟧",
    "/": "/╱╱╱╱",
    "\\": "\\╲╲╲╲",
    "↑": "↑↑│││",
    "↓": "↓│││↓",
}
"""A delimiter of one line, then the top, the straight part, the middle and the bottom."""


def fraction(num: Piece, den: Piece) -> Piece:
    """One piece over another."""
    width = max(num.box.width, den.box.width, 1)
    if any("─" in line for line in (*num.box.lines, *den.box.lines)):
        width += 2  # the outer bar of nested fractions is the longer one
    box = stack([num.box, Box(("─" * width,)), den.box], num.box.height)
    below = den.line if _differential(den) else within(den, Bond.ROOT)
    line = f"{within(num, Bond.PRODUCT)}/{below}"
    bond = Bond.ATOM if line in VULGAR or _operator(num, den) else Bond.QUOTIENT
    right = Kind.OP if bond is Bond.ATOM and line not in VULGAR else Kind.ORD
    return Piece(bounded(box), VULGAR.get(line, line), right=right, bond=bond, tall=True, bar=True)


def _differential(piece: Piece) -> bool:
    """Whether it is ``dx`` or ``∂x²``, which is read as one piece."""
    return piece.line[:1] in ("d", "∂") and piece.bond is Bond.PRODUCT and len(piece.line) <= 5


def _operator(num: Piece, den: Piece) -> bool:
    return _differential(den) and num.line.rstrip("²³⁴ⁿ") in ("d", "∂")


def radical(body: Piece, index: Piece | None) -> Piece:
    """A root; a square root has no index."""
    box = _root(body.box)
    line = "√" + within(body, Bond.ATOM)
    bare = Bond.ROOT if body.bond is Bond.ATOM else Bond.ATOM
    # a root without brackets keeps away from what follows: ``√2 x`` is not the root of 2x
    right = Kind.OP if bare is Bond.ROOT else Kind.ORD
    if index is None:
        return Piece(bounded(box), line, Kind.ORD, right, bare, tall=box.height > 1)
    degree = small(index.line, RAISED) if index.box.height == 1 else ""
    line = (degree or f"({index.line})") + line
    # it keeps away from what stands before it, whose exponent the degree would seem to be
    if box.height == 1:
        whole = in_row([Box((degree or f"({index.line})",)), box])
        return Piece(whole, line, Kind.OP, right, bare)
    high = Box(index.box.lines, index.box.height + box.baseline - box.height // 2)
    return Piece(in_row([high, box]), line, Kind.OP, right, bare, tall=True)


def _root(body: Box) -> Box:
    """The radical sign with its bar; its stroke climbs one column a line."""
    if body.height == 1 and (body.width <= 1 or body.lines[0].isdecimal()):
        return Box(("√" + (body.lines[0] or " "),))
    if body.height == 1:
        return Box((" " + "_" * body.width, "√" + body.lines[0]), 1)
    n = body.height
    lines = [" " * (n + 1) + "_" * body.width]
    for place, line in enumerate(body.lines):
        stroke = " " * (n - place) + "╱" if place < n - 1 else "╲╱"
        lines.append(pad(stroke, n + 1) + line)
    return Box(tuple(lines), body.baseline + 1)


def delimiter(sign: str, height: int, baseline: int) -> Box:
    """A bracket, a bar or an arrow as tall as asked."""
    if height == 1 or sign not in BRACKETS:
        return Box((sign,))
    _, top, straight, middle, bottom = tuple(BRACKETS[sign])
    inner = [straight] * (height - 2)
    if inner:
        inner[len(inner) // 2] = middle
    return Box((top, *inner, bottom), baseline)


def fence(opening: str, segments: Sequence[Piece], middles: Sequence[str], closing: str) -> Piece:
    """Pieces within brackets as tall as they are; ``middles`` stand between the pieces."""
    boxes = [piece.box for piece in segments]
    line = "".join(
        piece.line + (f" {middle} " if middle else "")
        for piece, middle in zip(segments, (*middles, ""), strict=True)
    )
    above = max(b.baseline for b in boxes)
    height = above + max(b.height - b.baseline for b in boxes)
    if height == 2 and not {"{", "}"}.isdisjoint((opening, closing)):  # a brace needs a middle
        boxes = [_opened(piece) for piece in segments]
        above, height = 1, 3
    parts = [delimiter(opening, height, above)] if opening else []
    if opening == "{" and not closing:
        parts.append(Box((" ",)))
    for n, box in enumerate(boxes):
        if n:
            parts += [Box((" ",)), delimiter(middles[n - 1], height, above), Box((" ",))]
        parts.append(box)
    if closing:
        parts.append(delimiter(closing, height, above))
    tall = any(piece.tall for piece in segments)
    rows = segments[0].rows if len(segments) == 1 else ()
    return Piece(
        in_row(parts), opening + line + closing, Kind.OPEN, Kind.CLOSE, tall=tall, rows=rows
    )


def _opened(piece: Piece) -> Box:
    """A block of one or two lines as one of three: the lines of a table are put apart."""
    body, blank = piece.box, " " * piece.box.width
    if piece.tall and body.height == 2:
        return Box((body.lines[0], blank, body.lines[1]), 1)
    lines = (*(blank,) * (1 - body.baseline), *body.lines, blank, blank)
    return Box(lines[:3], 1)


def big(operator: Piece, sub: Piece | None, sup: Piece | None) -> Piece:
    """``∑``, ``lim``: what belongs to it below and above."""
    parts = [operator.box]
    if sub is not None:
        parts.append(sub.box)
    top = 0
    if sup is not None:
        parts.insert(0, sup.box)
        top = sup.box.height
    box = stack(parts, top + operator.box.baseline)
    line = operator.line
    if line[-1:].isalpha() or operator.kind is not Kind.OP:  # a label keeps its words
        line += index_text(sub, "", "_") + index_text(sup, "", "^")
    else:
        line += _limits(sub, sup)
    return Piece(bounded(box), line, operator.kind, operator.right, tall=True)


def _limits(sub: Piece | None, sup: Piece | None) -> str:
    low = "" if sub is None else small(sub.line, LOWERED)
    high = "" if sup is None else small(sup.line, RAISED)
    return index_text(sub, low, "_") + index_text(sup, high, "^")


def integral(sign: Piece, sub: Piece | None, sup: Piece | None) -> Piece:
    """An integral sign with its limits at its foot and its head."""
    line = sign.line + _limits(sub, sup)
    if sign.line != "∫" or (sub is None and sup is None):
        low = _beside(sign.box, sub, sup)
        return Piece(in_row([sign.box, low]), line, Kind.OP, Kind.OP)
    upper = Box(sup.box.lines if sup and sup.box.height == 1 else (sup.line if sup else "",))
    lower = Box(sub.box.lines if sub and sub.box.height == 1 else (sub.line if sub else "",))
    width = max(upper.width, lower.width)
    lines = ("⌠" + pad(upper.lines[0], width), "⎮" + " " * width, "⌡" + pad(lower.lines[0], width))
    return Piece(bounded(Box(lines, 1)), line, Kind.OP, Kind.OP, tall=True)


def _beside(base: Box, sub: Piece | None, sup: Piece | None) -> Box:
    """Limits to the right of a sign of one line."""
    over = [sup.line] if sup else []
    under = [sub.line] if sub else []
    width = max(map(columns, (*over, *under, "")))
    lines = [pad(text, width) for text in (*over, *[""] * base.height, *under)]
    return Box(tuple(lines), len(over) + base.baseline)


def accent(command: str, body: Piece) -> Piece:
    """A hat, a bar, an arrow over a piece."""
    if body.box.height == 1 and body.box.width == 1:
        text = unicodedata.normalize("NFC", body.line + ACCENTS[command])
        return Piece(Box((text,)), text, body.kind, body.right)
    width = body.box.width
    mark = MARKS[command]
    if mark == "_":
        mark = "_" * width
    elif mark in "→←" and width > 1:
        mark = "─" * (width - 1) + "→" if mark == "→" else "←" + "─" * (width - 1)
    box = stack([Box((mark,)), body.box], 1 + body.box.baseline)
    return Piece(bounded(box), _marked(body, ACCENTS[command]), tall=body.tall)


def _marked(body: Piece, mark: str) -> str:
    """One line: the mark on the last letter of a name, or on brackets around a formula."""
    text = body.line.rstrip()
    return text + mark if text.isalnum() else f"({text}){mark}"


def struck(command: str, body: Piece) -> Piece:
    """A line over, under or through a piece."""
    text = _through(body.line, STRIKES[command])
    if body.box.height == 1:
        return Piece(Box((_through(body.box.lines[0], STRIKES[command]),)), text, bond=body.bond)
    width = body.box.width
    if command == "overline":
        box = stack([Box(("_" * width,)), body.box], 1 + body.box.baseline)
    elif command.startswith("under"):
        box = stack([body.box, Box(("‾" * width,))], body.box.baseline)
    else:
        lines = tuple(_through(line, STRIKES[command]) for line in body.box.lines)
        box = Box(lines, body.box.baseline)
    return Piece(bounded(box), text, bond=body.bond, tall=body.tall)


def _through(text: str, mark: str) -> str:
    joined = "".join(c if unicodedata.combining(c) else c + mark for c in text)
    return unicodedata.normalize("NFC", joined)


def framed(body: Piece) -> Piece:
    """``\\boxed``: a frame; on one line, square brackets with a space inside."""
    width = body.box.width + 2
    lines = (
        f"┌{'─' * width}┐",
        *(f"│ {line} │" for line in body.box.lines),
        f"└{'─' * width}┘",
    )
    return Piece(
        bounded(Box(lines, body.box.baseline + 1)), f"[ {body.line} ]", tall=True, rows=body.rows
    )


BRACES = {
    "underbrace": "╰┬╯",
    "overbrace": "╭┴╮",
    "underbracket": "└─┘",
    "overbracket": "┌─┐",
}
"""The left end, the middle and the right end of a horizontal brace."""


def braced(command: str, body: Piece) -> Piece:
    """``\\underbrace`` and its like; the label is its index."""
    width = max(body.box.width, 3)
    left, right = (width - 1) // 2, width - 1 - (width - 1) // 2
    over = command.startswith("over")
    ends = BRACES[command]
    line = ends[0] + "─" * (left - 1) + ends[1] + "─" * (right - 1) + ends[2]
    if over:
        box = stack([Box((line,)), body.box], 1 + body.box.baseline)
    else:
        box = stack([body.box, Box((line,))], body.box.baseline)
    text = within(body, Bond.ATOM)
    return Piece(bounded(box), text, tall=True, limits=True)


def piled(base: Piece, below: Piece | None, above: Piece | None) -> Piece:
    """``\\overset`` and ``\\underset``: small print over or under a sign of any class."""
    parts = [base.box]
    line = base.line
    if below is not None:
        parts.append(below.box)
        line += small(below.line, LOWERED) or f"_({below.line})"
    top = 0
    if above is not None:
        parts.insert(0, above.box)
        top = above.box.height
        known = {("=", "?"): "≟", ("=", "def"): "≝", ("=", "△"): "≜", ("=", "Δ"): "≜"}
        found = known.get((base.line, above.line))
        line = found or line + (small(above.line, RAISED) or f"^({above.line})")
    box = stack(parts, top + base.box.baseline)
    return Piece(bounded(box), line, base.kind, base.right)


def arrow(sign: str, below: Piece | None, above: Piece | None) -> Piece:
    """An arrow as long as what stands over and under it."""
    notes = [piece for piece in (above, below) if piece is not None and piece.line]
    width = max((piece.box.width for piece in notes), default=1) + 2
    bar = "═" if sign in "⇒⇐" else "─"
    shaft = sign + bar * width if sign in "←⇐" else bar * width + sign
    if sign == "=":
        shaft = "═" * (width + 1)
    parts = [Box((shaft,))]
    if below is not None and below.line:
        parts.append(below.box)
    top = 0
    if above is not None and above.line:
        parts.insert(0, above.box)
        top = above.box.height
    line = sign + "".join(f"({piece.line})" for piece in notes)
    return Piece(bounded(stack(parts, top)), line, Kind.REL, Kind.REL)


def binomial(upper: Piece, lower: Piece, opening: str = "(", closing: str = ")") -> Piece:
    """Two pieces over one another within brackets."""
    width = max(upper.box.width, lower.box.width)
    lines = [*upper.box.lines, "", *lower.box.lines]
    body = Box(tuple(centre(line, width) for line in lines), upper.box.height)
    boxes = [delimiter(s, body.height, body.baseline) for s in (opening, closing) if s]
    box = in_row([boxes[0], body, boxes[1]] if len(boxes) == 2 else [body])
    line = f"C({upper.line}, {lower.line})" if opening == "(" else f"{upper.line}; {lower.line}"
    return Piece(bounded(box), line, Kind.OPEN, Kind.CLOSE, tall=True)


def phantom(body: Piece) -> Piece:
    """As much empty space as a piece takes."""
    return row([atom(" " * body.box.width)])
