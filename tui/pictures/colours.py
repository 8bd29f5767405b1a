"""The colours of text, read from the escape that stands before it (ECMA-48, SGR)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rich._palettes import EIGHT_BIT_PALETTE
from rich.palette import Palette
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI, TerminalTheme

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""
_SGR = re.compile(r"\x1b\[([\d;]*)m")


@dataclass(frozen=True, slots=True)
class Colours:
    """Of letters and of what is behind them.  ``sgr`` is the escape they were read from."""

    ink: Colour
    paper: Colour
    sgr: str = ""


def before(text: str, at: int, *, dark: bool) -> Colours:
    """The colours that hold at a place of what is written to a terminal, each piece of which Rich
    begins with its own escape.  ``dark``: what colours the terminal has of its own, as it is
    not to be asked for them."""
    theme = MONOKAI if dark else DEFAULT_TERMINAL_THEME
    start = text.rfind("\x1b[", 0, at)
    found = _SGR.match(text, start, at) if start >= 0 else None
    if found is None:
        return Colours(theme.foreground_color, theme.background_color)
    ink, paper = _read([int(part or 0) for part in found[1].split(";")], theme)
    return Colours(ink, paper, found[0])


def _read(codes: list[int], theme: TerminalTheme) -> tuple[Colour, Colour]:
    usual: tuple[Colour, Colour] = theme.foreground_color, theme.background_color
    ink, paper = usual
    turned = False
    rest = iter(codes)
    for code in rest:
        match code:
            case 0:
                (ink, paper), turned = usual, False
            case 7:
                turned = True
            case 38 | 48:
                colour = _extended(rest)
                ink, paper = (colour or ink, paper) if code == 38 else (ink, colour or paper)
            case _ if 30 <= code <= 37 or 90 <= code <= 97:
                ink = _named(theme.ansi_colors, code - 30)
            case _ if 40 <= code <= 47 or 100 <= code <= 107:
                paper = _named(theme.ansi_colors, code - 40)
    return (paper, ink) if turned else (ink, paper)


def _extended(rest: Iterator[int]) -> Colour | None:
    """``2;RED;GREEN;BLUE`` or ``5;NUMBER``."""
    match next(rest, None):
        case 2:
            parts = [next(rest, 0) & 255 for _ in range(3)]
            return parts[0], parts[1], parts[2]
        case 5:
            return EIGHT_BIT_PALETTE[next(rest, 0) & 255]
        case _:
            return None


def _named(palette: Palette, offset: int) -> Colour:
    return palette[offset if offset < 8 else offset - 60 + 8]
