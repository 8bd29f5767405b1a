"""The graphics protocol of Kitty, with its placeholders: cells of text that show an image.

https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator

from tui.pictures.cells import Picture, Run
from tui.pictures.colours import Colour

PLACEHOLDER = "\U0010eeee"
CHUNK = 4096
_RANGES = (
    "0305 030d-030e 0310 0312 033d-033f 0346 034a-034c 0350-0352 0357 035b 0363-036f 0483-0487 "
    "0592-0595 0597-0599 059c-05a1 05a8-05a9 05ab-05ac 05af 05c4 0610-0617 0657-065b 065d-065e "
    "06d6-06dc 06df-06e2 06e4 06e7-06e8 06eb-06ec 0730 0732-0733 0735-0736 073a 073d 073f-0741 "
    "0743 0745 0747 0749-074a 07eb-07f1 07f3 0816-0819 081b-0823 0825-0827 0829-082d 0951 "
    "0953-0954 0f82-0f83 0f86-0f87 135d-135f 17dd 193a 1a17 1a75-1a7c 1b6b 1b6d-1b73 1cd0-1cd2 "
    "1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe 20d0-20d1 20d4-20d7 20db-20dc "
    "20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c-a67d a6f0-a6f1 a8e0-a8f1 aab0 aab2-aab3 "
    "aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f 10a38 1d185-1d189 1d1aa-1d1ad 1d242-1d244"
)


def _marks() -> Iterator[str]:
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


NUMBERS = tuple(_marks())
"""The combining marks by which a placeholder tells its row and column (``rowcolumn-diacritics.txt``
of Kitty)."""


def sent(number: int, picture: Picture, colour: Colour) -> str:
    """Give the terminal a picture in a colour under a number, transparent where there is no ink."""
    pixels = bytearray(4 * len(picture.cover))
    for channel, value in enumerate(colour):
        pixels[channel::4] = bytes((value,)) * len(picture.cover)
    pixels[3::4] = picture.cover
    data = base64.b64encode(zlib.compress(bytes(pixels), 6)).decode("ascii")
    keys = (
        f"a=T,U=1,q=2,f=32,o=z,i={number},s={picture.width},v={picture.height},"
        f"c={picture.columns},r={picture.rows}"
    )
    out = []
    for at in range(0, len(data), CHUNK):
        more = int(at + CHUNK < len(data))
        head = f"{keys},m={more}" if at == 0 else f"q=2,m={more}"
        out.append(f"\x1b_G{head};{data[at : at + CHUNK]}\x1b\\")
    return "".join(out)


def shown(number: int, run: Run) -> str:
    """Cells that show an image that was sent; the colour of the text is its number."""
    red, green, blue = number >> 16 & 255, number >> 8 & 255, number & 255
    row = NUMBERS[run.row]
    cells = "".join(
        f"{PLACEHOLDER}{row}{NUMBERS[column]}"
        for column in range(run.column, run.column + run.count)
    )
    return f"\x1b[38;2;{red};{green};{blue}m{cells}"


def deleted(number: int) -> str:
    """Have the terminal forget an image, and take it off the screen."""
    return f"\x1b_Ga=d,d=I,q=2,i={number}\x1b\\"
