"""Cuts a growing Markdown text into parts that can be drawn apart.

Drawing a piece of text costs what its part costs, so parts are kept short: however long an answer
grows, its next word costs the same.  A part ends where Markdown lets it: at a blank line outside
code and formulas, before a line that goes on with nothing above it.  Where no such place comes, a
part ends at the end of a line; code goes on in a fence of its own kind, and a table under its head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

ENOUGH = 600
"""Characters after which a part ends at the next good place,"""
MOST = 6_000
"""at the next end of a line,"""
MOST_LINES = 100
"""Lines outside code after which it ends before the next paragraph, heading, item or row: each is a
widget or more, and thousands at once would take seconds,"""
OF_CODE = 4
"""Lines that a block of code counts for among them,"""
TOO_LONG = 9_000
"""and anywhere at all."""
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^\n`]*)")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{")
_BOUND = frozenset(" \t[-*+0123456789$\\)(")
"""A line that begins so may belong to what stands above it, over a blank line;"""
_WITHIN = frozenset(" \t>|\n")
"""over none, where an item may be parted from those before it;"""
_OPENS = frozenset(">|")
"""and one of these may not, if there is nothing in the line between."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text for the last part, or (``opens``) for a new one.

    ``prefix`` opens the fence again in which the text before it stood, or is the table's head.
    """

    text: str
    opens: bool = False
    prefix: str = ""


@dataclass(slots=True)
class Splitter:
    """Takes text as it comes; ``fence`` is the line that opened the code in which it is, ``table``
    the head of the table, ``depth`` how many environments of LaTeX are open; ``closed``: a block
    of code has just ended; ``apart``: nothing stands in the line before, but marks of a
    quotation."""

    length: int = 0
    fence: str = ""
    table: str = ""
    last: str = ""
    maths: bool = False
    depth: int = 0
    closed: bool = False
    blank: bool = True
    apart: bool = True
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

    @classmethod
    def within(cls, prefix: str) -> Splitter:
        """One that goes on where a part begins with a prefix."""
        code = _FENCE.match(prefix) is not None
        return cls(fence=prefix.rstrip("\n") if code else "", table="" if code else prefix)

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
        ends = self.table != "" and following == "\n"  # under its head there is nothing more
        if self.length >= MOST and not formula and not ends:
            return True
        if self.fence or formula or ends:
            return False
        apart = self.apart and following in _OPENS
        free = apart or self.table or following not in _WITHIN
        if self.lines >= MOST_LINES and free:
            return True
        good = self.blank and following not in _BOUND and following != "\n"
        return good and self.length >= ENOUGH

    def _open(self) -> Piece:
        self.closed = False
        self.length = self.lines = self.depth = (
            0  # an environment that is so long was never meant to end
        )
        prefix = ""
        if not self.line:
            prefix = f"{self.fence}\n" if self.fence else self.table
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
        self.apart = not line.strip(" \t>")
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
            self.fence, self.table = line, ""
            self.lines += OF_CODE
            return
        self._see_table(line)
        self.lines += not self.blank
        for word in _ENVIRONMENT.findall(line):
            self.depth = max(self.depth + (1 if word == "begin" else -1), 0)
        if line.count("$$") % 2:
            self.maths = not self.maths
        elif "\\[" in line or "\\]" in line:
            self.maths = line.rfind("\\[") > line.rfind("\\]")

    def _see_table(self, line: str) -> None:
        """Whether a line is one of a table."""
        if "|" not in line:
            self.table = ""
        elif not self.table and "|" in self.last:
            rules = _cells(line)
            if len(rules) == len(_cells(self.last)) and all(map(_is_rule, rules)):
                self.table = f"{self.last}\n{line}\n"
        self.last = line


def _cells(line: str) -> list[str]:
    """The cells of a row of a table."""
    row = line.replace("\\|", "").strip()
    return row.removeprefix("|").removesuffix("|").split("|")


def _is_rule(cell: str) -> bool:
    """Does it stand below the head of a column?"""
    return set(cell.strip().removeprefix(":").removesuffix(":")) == {"-"}
