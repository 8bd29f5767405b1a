"""Sixel: six rows of pixels at a time, a colour after another.

https://vt100.net/docs/vt3xx-gp/chapter14.html
"""

from __future__ import annotations

import re
from functools import lru_cache

from tui.pictures.colours import Colour

LEVELS = 8
"""Steps from paper to ink."""
BAND = 6
_STEP = bytes(round(value * (LEVELS - 1) / 255) for value in range(256))
_INKED = re.compile(rb"[^\0]+")
_REPEATED = re.compile(r"(.)\1{3,}")


def sixels(cover: bytes, width: int, ink: Colour, paper: Colour) -> str:
    """So many pixels a row, blended from one colour to the other; where there is no ink nothing is
    drawn, and what is behind it stays."""
    height = len(cover) // width
    stepped = cover.translate(_STEP)
    rows = [stepped[at : at + width] for at in range(0, len(stepped), width)]
    bands = "-".join(_band(tuple(rows[at : at + BAND]), width) for at in range(0, height, BAND))
    if not bands.strip("-"):
        return ""
    return f'\x1bP0;1;0q"1;1;{width};{height}{_registers(ink, paper)}{bands}\x1b\\'


@lru_cache(maxsize=64)
def _registers(ink: Colour, paper: Colour) -> str:
    """The colour of each level but the lowest, in per cent."""
    out = []
    for level in range(1, LEVELS):
        part = level / (LEVELS - 1)
        mixed = (
            round((dark * part + light * (1 - part)) * 100 / 255)
            for dark, light in zip(ink, paper, strict=True)
        )
        out.append(f"#{level};2;{';'.join(map(str, mixed))}")
    return "".join(out)


def _band(rows: tuple[bytes, ...], width: int) -> str:
    planes: dict[int, bytearray] = {}
    for n, row in enumerate(rows):
        for found in _INKED.finditer(row):
            for at, level in enumerate(found[0], found.start()):
                plane = planes.get(level)
                if plane is None:
                    plane = planes[level] = bytearray(width)
                plane[at] |= 1 << n
    return "$".join(f"#{level}{_packed(plane)}" for level, plane in sorted(planes.items()))


def _packed(plane: bytearray) -> str:
    text = bytes(bits + 63 for bits in plane.rstrip(b"\0")).decode("ascii")
    return _REPEATED.sub(lambda found: f"!{len(found[0])}{found[1]}", text)
