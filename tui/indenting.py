"""How code is set in: what Enter, Tab and a closing bracket do to the lines of a field."""

from __future__ import annotations

import re

OPENING, CLOSING = "([{", ")]}"
LEAST, USUAL, MOST = 2, 4, 8
"""Blanks of one level."""
_INDENT = re.compile(r"[ \t]*")
_COMMENT = re.compile(r"(?:^|\s)#.*$")


def indent_of(line: str) -> str:
    """The blanks that a line begins with."""
    found = _INDENT.match(line)
    assert found is not None
    return found[0]


def unit_of(text: str) -> str:
    """What one level of a text is: a tab, or so many blanks; four where nothing is set in."""
    indents = {indent_of(line) for line in text.split("\n") if line.strip()}
    if any(indent.startswith("\t") for indent in indents):
        return "\t"
    widths = [len(indent) for indent in indents if LEAST <= len(indent) <= MOST]
    return " " * min(widths, default=USUAL)


def newline(before: str, after: str, unit: str) -> tuple[str, int]:
    """What Enter puts between two parts of a line, and how many characters of it stand before the
    cursor.  The line keeps its indent; behind a colon, or a bracket that is open, there is one
    level more, and a bracket that closes at once goes to a line of its own."""
    indent = indent_of(before)
    code = _COMMENT.sub("", before).rstrip()
    opened = code[-1:] in OPENING and code != ""
    if not opened and not code.endswith(":"):
        return f"\n{indent}", len(indent) + 1
    inner = f"\n{indent}{unit}"
    closes = opened and after.lstrip()[:1] == CLOSING[OPENING.index(code[-1])]
    return (f"{inner}\n{indent}" if closes else inner), len(inner)


def indented(lines: list[str], unit: str) -> list[str]:
    """The lines one level further in; empty ones stay empty."""
    return [unit + line if line.strip() else line for line in lines]


def dedented(lines: list[str], unit: str) -> list[str]:
    """The lines one level less, as far as they have one."""
    return [line[_level(line, unit) :] for line in lines]


def _level(line: str, unit: str) -> int:
    """How many characters the outermost level of a line has."""
    if line.startswith("\t"):
        return 1
    return min(len(line) - len(line.lstrip(" ")), max(len(unit), 1))
