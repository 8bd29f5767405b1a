"""A terminal that draws pictures, for the whole command: it answers what it is asked, keeps the
images of Kitty, paints Sixel, and can be looked at."""

from __future__ import annotations

import base64
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rich._palettes import EIGHT_BIT_PALETTE

from tui.pictures.kitty import NUMBERS, PLACEHOLDER

PATIENCE = 60.0
KEYS = re.compile(r"(\w+)=([^,;]*)")
TOKEN = re.compile(
    r"\x1b_G(?P<apc>[^\x1b]*)\x1b\\|\x1bP(?P<dcs>[^\x1b]*)\x1b\\|\x1b\](?:[^\x1b\x07]*)(?:\x07|\x1b\\)"
    r"|\x1b\[(?P<csi>[<-?]?[\d;:]*[ -/]*[@-~])|\x1b(?P<esc>[78=>cM])|(?P<text>[^\x1b]+)",
    re.DOTALL,
)
NAMES = {
    "kitty": "kitty(0.40.1)",
    "sixel": "XTerm(390)",
    "wezterm": "WezTerm 2024",
    "none": "plain",
}
Colour = tuple[int, int, int]


@dataclass
class Image:
    """What was sent: pixels of four bytes, and the cells that it fills."""

    width: int
    height: int
    columns: int
    rows: int
    pixels: bytes


@dataclass
class Square:
    """A cell of the screen."""

    text: str = " "
    ink: Colour = (0, 0, 0)
    paper: Colour = (0, 0, 0)


@dataclass
class PictureTerminal:
    """``kind`` is how it draws: kitty, sixel, wezterm (images without placeholders, and Sixel) or
    none."""

    kind: str
    columns: int = 80
    rows: int = 24
    cell: tuple[int, int] = (10, 20)
    images: dict[int, Image] = field(default_factory=dict)
    deleted: list[int] = field(default_factory=list)
    sixels: int = 0
    """How many were painted."""
    scrolled: int = 0
    """How often a picture reached below the last line."""
    raw: str = ""

    def __post_init__(self) -> None:
        self._pid = self._fd = -1
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._parts: list[str] = []
        self._keys: dict[str, str] = {}
        self._clear()

    def _clear(self) -> None:
        self.squares = [[Square() for _ in range(self.columns)] for _ in range(self.rows)]
        width = self.columns * self.cell[0]
        self.canvas: list[list[Colour | None]] = [
            [None] * width for _ in range(self.rows * self.cell[1])
        ]
        self._painted: set[tuple[int, int]] = set()
        self._at = self._saved = (0, 0)
        self._ink, self._paper = (255, 255, 255), (0, 0, 0)

    # --- the program -------------------------------------------------------------------------

    def start(self, words: Sequence[str], env: Mapping[str, str]) -> None:
        """Run a command in it."""
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(words[0], list(words), dict(env))
        self._tell_size()

    def _tell_size(self) -> None:
        pixels = self.columns * self.cell[0], self.rows * self.cell[1]
        size = struct.pack("HHHH", self.rows, self.columns, *pixels)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)

    def resize(self, columns: int, rows: int, cell: tuple[int, int] | None = None) -> None:
        """Another size of the window, or of its letters."""
        self.columns, self.rows, self.cell = columns, rows, cell or self.cell
        self._clear()
        self._tell_size()

    def type(self, text: str) -> None:
        """As if by a user."""
        os.write(self._fd, text.encode())

    def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Read what the program writes until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"it did not come: {what}\n{self.text}"
            self._read(0.1)

    def until_shown(self, words: str) -> None:
        """Wait for words on the screen."""
        self.until(lambda: words in self.text, words)

    def read_for(self, seconds: float) -> None:
        """Read what comes within so many seconds."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # it has ended
            return False
        self.feed(self._decoder.decode(data))
        return bool(data)

    def close(self) -> None:
        """End it."""
        if self._pid > 0:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            os.close(self._fd)
            self._pid = -1

    def ended(self) -> bool:
        """Has the program ended by itself?"""
        pid, _ = os.waitpid(self._pid, os.WNOHANG)
        if pid:
            os.close(self._fd)
            self._pid = -1
        return bool(pid)

    # --- what it writes ----------------------------------------------------------------------

    def feed(self, text: str) -> None:
        """Obey what is written."""
        self.raw += text
        text = self._rest + text
        at = 0
        while found := TOKEN.match(text, at):
            at = found.end()
            match found.lastgroup:
                case "apc":
                    self._graphics(found["apc"])
                case "dcs":
                    self._dcs(found["dcs"])
                case "csi":
                    self._control(found["csi"])
                case "esc":
                    self._escape(found["esc"])
                case "text":
                    self._write(found["text"])
                case _:
                    pass
        self._rest = text[at:]

    def _answer(self, text: str) -> None:
        if self._fd >= 0:
            os.write(self._fd, text.encode())

    def _graphics(self, body: str) -> None:
        head, _, payload = body.partition(";")
        keys = dict(KEYS.findall(head))
        if keys.get("a") == "q":
            if self.kind in ("kitty", "wezterm"):
                self._answer(f"\x1b_Gi={keys['i']};OK\x1b\\")
            return
        assert self.kind == "kitty", "an image for a terminal that shows none"
        if keys.get("a") == "d":
            assert keys["d"] == "I"
            self.deleted.append(int(keys["i"]))
            del self.images[int(keys["i"])]
            return
        self._keys = self._keys or keys
        self._parts.append(payload)
        if keys.get("m") == "1":
            return
        keys, self._keys = self._keys, {}
        data = zlib.decompress(base64.b64decode("".join(self._parts)))
        self._parts.clear()
        assert (keys["a"], keys["U"], keys["f"], keys["o"]) == ("T", "1", "32", "z")
        width, height = int(keys["s"]), int(keys["v"])
        assert len(data) == 4 * width * height
        image = Image(width, height, int(keys["c"]), int(keys["r"]), data)
        self.images[int(keys["i"])] = image

    def _dcs(self, body: str) -> None:
        if self.kind in ("sixel", "wezterm") and re.match(r"[\d;]*q", body):
            self._sixel(body.partition("q")[2])

    def _sixel(self, body: str) -> None:
        self.sixels += 1
        registers: dict[int, Colour] = {}
        row, column = self._at
        left, top = column * self.cell[0], row * self.cell[1]
        x, y, colour = left, top, (0, 0, 0)
        size = re.match(r'"1;1;(\d+);(\d+)', body)
        assert size is not None
        if row == self.rows - 1 and -(-int(size[2]) // 6) * 6 > self.cell[1]:
            self.scrolled += 1
        part = re.compile(r'"[\d;]+|#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([?-~$-])')
        for found in part.finditer(body):
            if found[1]:
                if found[2]:
                    red, green, blue = (round(int(found[n]) * 255 / 100) for n in (2, 3, 4))
                    registers[int(found[1])] = red, green, blue
                colour = registers[int(found[1])]
                continue
            sign, count = found[6] or found[7], int(found[5] or 1)
            if sign == "$":
                x = left
            elif sign == "-":
                x, y = left, y + 6
            elif sign:
                for bit in range(6):
                    if ord(sign) - 63 >> bit & 1:
                        for at in range(x, x + count):
                            self.canvas[y + bit][at] = colour
                            self._painted.add(((y + bit) // self.cell[1], at // self.cell[0]))
                x += count

    def _control(self, body: str) -> None:
        kind = body[-1]
        if body == ">q":
            self._answer(f"\x1bP>|{NAMES[self.kind]}\x1b\\")
        elif body == "16t":
            self._answer(f"\x1b[6;{self.cell[1]};{self.cell[0]}t")
        elif body == "c":
            self._answer("\x1b[?62;4;22c" if self.kind in ("sixel", "wezterm") else "\x1b[?62;22c")
        elif kind == "H":
            row, _, column = body[:-1].partition(";")
            self._at = int(row or 1) - 1, int(column or 1) - 1
        elif kind == "C":
            self._at = self._at[0], min(self._at[1] + int(body[:-1] or 1), self.columns - 1)
        elif kind == "m":
            self._paint(body[:-1])
        elif body in ("?1049h", "2J"):
            self._clear()

    def _paint(self, body: str) -> None:
        codes = iter([int(code or 0) for code in body.split(";")])
        for code in codes:
            if code == 0:
                self._ink, self._paper = (255, 255, 255), (0, 0, 0)
            elif code in (38, 48):
                if next(codes) == 2:
                    colour = next(codes), next(codes), next(codes)
                else:
                    red, green, blue = EIGHT_BIT_PALETTE[next(codes)]
                    colour = red, green, blue
                if code == 38:
                    self._ink = colour
                else:
                    self._paper = colour

    def _escape(self, sign: str) -> None:
        if sign == "7":
            self._saved = self._at
        elif sign == "8":
            self._at = self._saved

    def _write(self, text: str) -> None:
        from rich.cells import cell_len

        row, column = self._at
        for char in text:
            if char == "\r":
                column = 0
            elif char == "\n":
                row = min(row + 1, self.rows - 1)
            elif ord(char) >= 32 and row < self.rows:
                wide = 0 if char in NUMBERS else cell_len(char)
                if wide == 0:
                    self.squares[row][max(column - 1, 0)].text += char
                    continue
                for at in range(column, min(column + wide, self.columns)):
                    self.squares[row][at] = Square(
                        char if at == column else "", self._ink, self._paper
                    )
                    if (row, at) in self._painted:
                        self._wipe(row, at)
                column += wide
        self._at = row, column

    def _wipe(self, row: int, column: int) -> None:
        self._painted.discard((row, column))
        width, height = self.cell
        for y in range(row * height, (row + 1) * height):
            self.canvas[y][column * width : (column + 1) * width] = [None] * width

    # --- what is seen ------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The screen as lines; cells of pictures are ``▒``."""
        return "\n".join("".join(self._seen(square) for square in row) for row in self.squares)

    def painted_lines(self) -> int:
        """Lines of the screen in which there is something of a Sixel."""
        return len({row for row, _ in self._painted})

    def _seen(self, square: Square) -> str:
        return "▒" if square.text.startswith(PLACEHOLDER) else square.text

    def pixel(self, x: int, y: int) -> Colour:
        """The colour of a pixel; letters are not drawn."""
        width, height = self.cell
        square = self.squares[y // height][x // width]
        painted = self.canvas[y][x]
        if painted is not None:
            return painted
        if not square.text.startswith(PLACEHOLDER):
            return square.paper
        red, green, blue = square.ink
        image = self.images.get(red << 16 | green << 8 | blue)
        if image is None or len(square.text) < 3:
            return square.paper
        row, column = NUMBERS.index(square.text[1]), NUMBERS.index(square.text[2])
        at_x = (column * width + x % width) * image.width // (image.columns * width)
        at_y = (row * height + y % height) * image.height // (image.rows * height)
        start = 4 * (at_y * image.width + at_x)
        *ink, cover = image.pixels[start : start + 4]
        mixed = [
            (a * cover + b * (255 - cover)) // 255 for a, b in zip(ink, square.paper, strict=True)
        ]
        return mixed[0], mixed[1], mixed[2]
