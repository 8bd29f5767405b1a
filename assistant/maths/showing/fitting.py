"""A formula that is too wide for two dimensions: one line, broken where it may be."""

from __future__ import annotations

from assistant.maths.showing import layout as lay
from assistant.maths.showing.boxes import Box, beside, box, columns
from assistant.maths.showing.layout import Layout, Role
from assistant.maths.showing.linear import flat

INDENT = 2
UNBROKEN = 18
HARD = "\u00a0"
BREAKS = (
    {Role.JOIN},
    {Role.JOIN, Role.RELATION, Role.COMMA},
    {Role.JOIN, Role.RELATION, Role.COMMA, Role.BINARY},
)
"""Where a line may break, the best places first."""


def fitted(shape: Layout, width: int) -> tuple[str, ...]:
    """The lines of a formula within a width: in two dimensions if it fits, broken at the
    outermost signs if not, else as wrapped text."""
    whole = box(shape)
    if whole.width <= width:
        return tuple(line.rstrip() for line in whole.lines)
    if isinstance(shape, lay.Row):
        for roles in BREAKS:
            pieces = [box(lay.Row(p)) for p in broken_at(shape.items, roles)]
            if all(p.width <= width - INDENT for p in pieces):
                return _poured(pieces, width)
    return wrapped(flat(shape), width, INDENT)


def broken_at(items: tuple[Layout, ...], roles: set[Role]) -> list[tuple[Layout, ...]]:
    """A row cut before each sign at which a line may break (after a comma)."""
    out: list[list[Layout]] = [[]]
    for n, item in enumerate(items):
        sign = item if isinstance(item, lay.Sign) else None
        if sign and sign.role in roles and sign.role is not Role.COMMA and n:
            out.append([])
        out[-1].append(item)
        if sign and sign.role is Role.COMMA and Role.COMMA in roles:
            out.append([])
    return [tuple(p) for p in out if p]


def _poured(pieces: list[Box], width: int) -> tuple[str, ...]:
    lines: list[str] = []
    line: list[Box] = []
    used, fresh = 0, True
    for piece in pieces:
        if line and used + piece.width + 1 > width:
            lines += beside(*line).lines
            line, used, fresh = [Box((" " * INDENT,))], INDENT, True
        gap = [] if fresh else [Box((" ",))]
        fresh = False
        line += [*gap, piece]
        used += piece.width + len(gap)
    lines += beside(*line).lines
    return tuple(text.rstrip() for text in lines)


def inline(shape: Layout) -> str:
    """A formula within a sentence: a short one is not broken (its spaces are hard ones,
    which ``wrapped`` turns back)."""
    text = flat(shape)
    return text.replace(" ", HARD) if columns(text) <= UNBROKEN else text


def wrapped(text: str, width: int, indent: int = 0) -> tuple[str, ...]:
    """Text broken at spaces and between Chinese characters; a longer word is cut.

    No line begins with a closing mark of Chinese or English punctuation.
    """
    width = max(width, indent + 4)
    lines: list[str] = []
    line = ""
    for piece in _words(text):
        word = piece
        room = width - columns(line)
        if columns(word.rstrip()) <= room:
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
            line = " " * indent
        word = word.lstrip()
        while columns(word.rstrip()) > width - columns(line):
            head = _head(word, width - columns(line))
            lines.append(line + head)
            word, line = word[len(head) :], " " * indent
        line += word
    if line.strip():
        lines.append(line.rstrip())
    return tuple(text.replace(HARD, " ") for text in lines) or ("",)


def _head(word: str, width: int) -> str:
    """As many characters as fit, and at least one."""
    end = 1
    while end < len(word) and columns(word[: end + 1]) <= width:
        end += 1
    return word[:end]


CLOSING = set("，。；：！？、）】》”’…,.;:!?)]}")
OPENING = set("（【《“‘([{")


def _words(text: str) -> list[str]:
    """Pieces between which a line may break, each with the spaces after it."""
    out: list[str] = []
    for char in text:
        glued = bool(out) and (
            char == " "
            or char in CLOSING
            or out[-1][-1] in OPENING
            or not (out[-1].endswith(" ") or _wide(char) or _wide(out[-1][-1]))
        )
        if glued:
            out[-1] += char
        else:
            out.append(char)
    return out


def _wide(char: str) -> bool:
    return not char.isascii() and columns(char) == 2
