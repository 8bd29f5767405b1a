"""Cuts a growing Markdown text into parts that can be drawn apart.

Drawing a piece of text costs what its part costs, so parts are kept short: however long an answer
grows, its next word costs the same.  A part ends where Markdown lets it: at a blank line outside
code and formulas, before a line that goes on with nothing above it.  Where no such place comes, a
part ends at the end of a line, and code goes on in a fence of its own kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

ENOUGH = 600
"""Characters after which a part ends at the next good place,"""
MOST = 6_000
"""at the next end of a line,"""
MOST_LINES = 100
"""Lines outside code and tables after which it ends before the next paragraph, heading or item:
each is a widget or more, and thousands at once would take seconds,"""
TOO_LONG = 9_000
"""and anywhere at all."""
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^\n`]*)")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{")
_BOUND = frozenset(" \t>|[-*+0123456789$\\)(")
"""A line that begins so may belong to what stands above it."""
_WITHIN = frozenset(" \t>|$\\)(\n")
"""The same where an item may be parted from those before it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text for the last part, or (``opens``) for a new one.

    ``prefix`` opens the fence again in which the text before it stood.
    """

    text: str
    opens: bool = False
    prefix: str = ""


@dataclass(slots=True)
class Splitter:
    """Takes text as it comes; ``fence`` is the line that opened the code in which it is,
    ``depth`` how many environments of LaTeX are open; ``closed``: a block of code has just
    ended."""

    length: int = 0
    fence: str = ""
    maths: bool = False
    depth: int = 0
    closed: bool = False
    blank: bool = True
    line: str = ""
    lines: int = 0

    def feed(self, text: str) -> list[Piece]:
        """The pieces of more text; joined, they are the text."""
        pieces: list[Piece] = []
        for line in text.splitlines(keepends=True):
            at = 0
            while at < len(line):
                if self._ends(line[at]):
                    pieces.append(self._open())
                room = max(TOO_LONG - self.length, 1)
                self._add(pieces, line[at : at + room])
                at += room
        return pieces

    def copy(self) -> Splitter:
        """As it stands now."""
        return replace(self)

    def _ends(self, following: str) -> bool:
        if self.length >= TOO_LONG:
            return True
        if self.line:
            return False
        if self.closed and following != "\n":
            return True
        formula = self.maths or self.depth > 0
        if self.length >= MOST and not formula:
            return True
        if self.fence or formula:
            return False
        if self.lines >= MOST_LINES and following not in _WITHIN:
            return True
        good = self.blank and following not in _BOUND and following != "\n"
        return good and self.length >= ENOUGH

    def _open(self) -> Piece:
        self.closed = False
        self.length = self.lines = self.depth = (
            0  # an environment that is so long was never meant to end
        )
        prefix = f"{self.fence}\n" if self.fence and not self.line else ""
        return Piece("", opens=True, prefix=prefix)

    def _add(self, pieces: list[Piece], text: str) -> None:
        last = pieces[-1] if pieces else Piece("")
        if pieces:
            pieces[-1] = replace(last, text=last.text + text)
        else:
            pieces.append(Piece(text))
        self.length += len(text)
        self.line = (self.line + text)[-TOO_LONG:]
        if text.endswith("\n"):
            self._end_line(self.line[:-1])
            self.line = ""

    def _end_line(self, line: str) -> None:
        self.blank = not line.strip()
        self.closed = self.closed and self.blank
        found = _FENCE.match(line)
        if self.fence:
            opener = _FENCE.match(self.fence)
            assert opener is not None
            if found is not None and found[1].startswith(opener[1]) and not found[2].strip():
                self.closed = line[:1] in "`~"  # one within a list or a quotation goes on there
                self.fence = ""
            return
        if found is not None:
            self.fence = line
            return
        self.lines += not self.blank and not line.startswith("|")
        for word in _ENVIRONMENT.findall(line):
            self.depth = max(self.depth + (1 if word == "begin" else -1), 0)
        if line.count("$$") % 2:
            self.maths = not self.maths
        elif "\\[" in line or "\\]" in line:
            self.maths = line.rfind("\\[") > line.rfind("\\]")
