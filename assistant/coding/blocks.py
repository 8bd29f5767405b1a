"""Fenced blocks in a text, whole or while it is being written (CommonMark 0.31, section 4.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENS = re.compile(
    r"([ \t]*(?:(?:[-*+>]|\d{1,3}[.)])[ \t]+)?)(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\r\n]*)"
)
"""Also within an item of a list; a fence of backticks has none behind it, else it is a span."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block that stands at ``start:end`` of the text, fences included.

    ``info`` is what stands behind the opening fence; ``line`` is the line (from 1) on which the
    first line of ``text`` stands; ``closed`` is false for a block that the text breaks off in.
    """

    info: str
    text: str
    start: int
    end: int
    line: int
    closed: bool = True


class BlockReader:
    """A pure machine: any cut of the text gives the same blocks."""

    def __init__(self) -> None:
        self._held: list[str] = []
        """Of the line that has no end yet."""
        self._at = 0
        self._line = 1
        self._open: tuple[int, int, str, str] | None = None
        """Where the open block began; its indent, fence and info."""
        self._first = 0
        self._found: list[str] = []

    def feed(self, text: str) -> list[Block]:
        """More of the text; the blocks that are closed with it."""
        *whole, rest = text.split("\n")
        blocks = []
        for part in whole:
            self._held.append(part)
            line = "".join(self._held)
            self._held.clear()
            block = self._take(line, 1)
            if block is not None:
                blocks.append(block)
        if rest:
            self._held.append(rest)
        return blocks

    def flush(self) -> list[Block]:
        """The text has ended: a last line without an end, and a block that is still open."""
        blocks = []
        if self._held:
            line = "".join(self._held)
            self._held.clear()
            block = self._take(line, 0)
            if block is not None:
                blocks.append(block)
        if self._open is not None:
            blocks.append(self._block(self._at, closed=False))
        return blocks

    def _take(self, line: str, newline: int) -> Block | None:
        begun, self._at = self._at, self._at + len(line) + newline
        self._line += 1
        if self._open is None:
            opens = _OPENS.fullmatch(line.removesuffix("\r"))
            if opens is not None:
                self._open = begun, len(opens[1]), opens[2], opens[3].strip()
                self._first = self._line
            return None
        _, indent, fence, _ = self._open
        if _closes(line.strip(), fence):
            return self._block(begun + len(line.rstrip("\r")), closed=True)
        blank = len(line) - len(line.lstrip(" \t"))
        self._found.append(line[min(indent, blank) :].removesuffix("\r"))
        return None

    def _block(self, end: int, *, closed: bool) -> Block:
        assert self._open is not None
        start, _, _, info = self._open
        text = "".join(f"{line}\n" for line in self._found)
        self._open = None
        self._found = []
        return Block(info, text, start, end, self._first, closed)


def _closes(line: str, fence: str) -> bool:
    return len(line) >= len(fence) and not line.strip(fence[0])


def blocks_of(text: str) -> tuple[Block, ...]:
    """All blocks of a finished text."""
    reader = BlockReader()
    return (*reader.feed(text), *reader.flush())
