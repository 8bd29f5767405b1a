"""What the terminal says that it can draw; asked before Textual reads what it says."""

from __future__ import annotations

import os
import re
import sys
import time
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from runtimes.texts import Text
from tui.pictures.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 1.0
"""Seconds for an answer; every terminal gives one, over a slow line a little later."""
LARGEST_CELL = 200
KITTY = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
NAME, CELL, ATTRIBUTES = "\x1b[>q", "\x1b[16t", "\x1b[c"
"""XTVERSION, the size of a cell, and the primary attributes, which every terminal knows: who
answers to them has answered to all that stands before."""
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]*)c")
_CELL = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
_NAME = re.compile(rb"\x1bP>\|([^\x1b]*)\x1b\\")
_KITTY = re.compile(rb"\x1b_Gi=31;OK\x1b\\")
_PLACEHOLDERS = re.compile(rb"kitty\((\d+)\.(\d+)|ghostty", re.IGNORECASE)
FIRST_PLACEHOLDERS = (0, 28)
"""The version of Kitty.  Other terminals take Kitty's images, and show no placeholders."""

MISSING = Text(
    "the extra is not installed: python -m pip install 'offline-assistant[pictures]'",
    "未安装附加组件：python -m pip install 'offline-assistant[pictures]'",
)
NO_TERMINAL = Text("this is not a terminal that can be asked", "当前环境不是可查询的终端")
IN_BROWSER = Text("a browser draws none of them", "浏览器中无法显示")
INSIDE = Text("tmux and screen pass no pictures on", "tmux 与 screen 不转发图片")
SILENT = Text("the terminal did not say what it can draw", "终端未回答其图形能力")
CANNOT = Text(
    "this terminal has neither Kitty's placeholders nor Sixel",
    "此终端既不支持 Kitty 占位符，也不支持 Sixel",
)
NO_CELL = Text("the terminal does not say how large its cells are", "终端未给出字符单元的像素尺寸")


class Way(Enum):
    """How pictures get to the terminal."""

    KITTY = auto()
    SIXEL = auto()


@dataclass(frozen=True, slots=True)
class Graphics:
    """A terminal that draws pictures, and the size of its cells when it was asked."""

    way: Way
    cell: Cell


def lack() -> Text | None:
    """Why nothing can be drawn, whatever the terminal says; ``None`` where it is to be asked."""
    from assistant.maths.showing.raster import installed

    if not installed():
        return MISSING
    if sys.platform == "win32":
        return NO_TERMINAL
    if os.environ.get("TMUX") or os.environ.get("STY"):
        return INSIDE
    term = os.environ.get("TERM", "dumb")
    if term in ("dumb", "linux") or os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return CANNOT
    return None


def look() -> Graphics | Text:
    """What this terminal draws, or why nothing can be drawn.

    What is typed before it answers is lost.
    """
    why = lack()
    if why is not None:
        return why
    told = _asked(KITTY + NAME + CELL + ATTRIBUTES)
    return NO_TERMINAL if told is None else understood(told, cell_size())


def understood(told: bytes, cell: Cell | None) -> Graphics | Text:
    """What the answers of a terminal mean; ``cell`` is what the system knows of its cells."""
    attributes = _ATTRIBUTES.search(told)
    if attributes is None:
        return SILENT
    if _KITTY.search(told) and _has_placeholders(told):
        way = Way.KITTY
    elif b"4" in attributes[1].split(b";")[1:]:
        way = Way.SIXEL
    else:
        return CANNOT
    if cell is None and (size := _CELL.search(told)):
        cell = _sound(int(size[2][:6]), int(size[1][:6]))
    return NO_CELL if cell is None else Graphics(way, cell)


def _has_placeholders(told: bytes) -> bool:
    name = _NAME.search(told)
    found = None if name is None else _PLACEHOLDERS.search(name[1])
    if found is None:
        return False
    return found[1] is None or (int(found[1][:6]), int(found[2][:6])) >= FIRST_PLACEHOLDERS


def cell_size() -> Cell | None:
    """The size of a cell, where the system knows it."""
    if sys.platform == "win32" or sys.__stderr__ is None:
        return None
    import fcntl
    import struct
    import termios

    try:
        told = fcntl.ioctl(sys.__stderr__.fileno(), termios.TIOCGWINSZ, bytes(8))
    except (OSError, ValueError):
        return None
    lines, columns, width, height = struct.unpack("HHHH", told)
    return _sound(width // columns, height // lines) if lines and columns else None


def _sound(width: int, height: int) -> Cell | None:
    sane = 2 <= width <= LARGEST_CELL and 4 <= height <= LARGEST_CELL
    return Cell(width, height) if sane else None


def _asked(questions: str) -> bytes | None:
    """What the terminal says to questions of which the last is ``ATTRIBUTES``."""
    if sys.platform == "win32" or sys.__stdin__ is None or sys.__stderr__ is None:
        return None
    import termios
    import tty

    source, target = sys.__stdin__.fileno(), sys.__stderr__.fileno()
    if not (os.isatty(source) and os.isatty(target)):
        return None
    try:
        usual = termios.tcgetattr(source)
        tty.setcbreak(source, termios.TCSADRAIN)
    except termios.error:
        return None
    try:
        os.write(target, questions.encode("ascii"))
        return _answer(source, lambda told: _ATTRIBUTES.search(told) is not None)
    except OSError:
        return None
    finally:
        termios.tcsetattr(source, termios.TCSADRAIN, usual)


def _answer(source: int, whole: Callable[[bytes], bool]) -> bytes:
    import select

    told = b""
    end = time.monotonic() + PATIENCE
    while not whole(told) and (left := end - time.monotonic()) > 0:
        if select.select([source], [], [], left)[0]:
            more = os.read(source, 4096)
            if not more:
                break
            told += more
    return told
