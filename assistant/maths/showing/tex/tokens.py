"""LaTeX cut into tokens, each with its place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Sort(Enum):
    """What a token is for the parser."""

    COMMAND = auto()
    NUMBER = auto()
    SPACE = auto()
    CHAR = auto()
    OPEN = auto()
    CLOSE = auto()
    SUP = auto()
    SUB = auto()
    CELL = auto()
    LINE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token: for a command ``text`` is its name without the backslash."""

    sort: Sort
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z]+)|\\(?P<sign>.)|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<space>\s+)|(?P<char>.)|\\",
    re.ASCII | re.DOTALL,
)
_CHARS = {
    "{": Sort.OPEN,
    "}": Sort.CLOSE,
    "^": Sort.SUP,
    "_": Sort.SUB,
    "&": Sort.CELL,
}


def tokens(source: str) -> list[Token]:
    """The tokens of a formula and one ``END``; every character of the source is in one."""
    out = [_token(found) for found in _TOKEN.finditer(source)]
    out.append(Token(Sort.END, "", len(source), len(source)))
    return out


def _token(found: re.Match[str]) -> Token:
    start, end = found.span()
    if name := found["name"] or found["sign"]:
        if name in ("\\", "cr", "newline"):
            return Token(Sort.LINE, name, start, end)
        return Token(Sort.COMMAND, " " if name.isspace() else name, start, end)
    if found["number"]:
        return Token(Sort.NUMBER, found[0], start, end)
    if found["space"]:
        return Token(Sort.SPACE, " ", start, end)
    return Token(_CHARS.get(found[0], Sort.CHAR), found[0], start, end)
