"""How printed lines are set out: the same words may make another picture.

Spaces at the end of a line, empty lines and a common indent are no matter; spaces between words may
be one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

from runtimes.texts import Text

SET_OUT = Text(
    "it prints the words of the example, and sets them out on other lines, or otherwise indented",
    "输出的内容与示例相同，但换行或缩进与示例不同",
)
SPACED = Text(
    "it prints the words of the example with other spaces between them",
    "输出的内容与示例相同，但词与词之间的空格不同",
)


_NUMBERS = re.compile(r"[-+\d.,eE]+(?: [-+\d.,eE]+)*")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that is not empty."""

    text: str

    @property
    def words(self) -> list[str]:
        return self.text.split()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def set_out_alike(printed: str, wanted: str) -> bool:
    """Do two outputs of the same words look alike?

    Only what the wanted one shows counts: indents where its lines have several, and each space of
    a drawing, which has neither letters nor digits.
    """
    ours, theirs = _rows(printed), _rows(wanted)
    if _alike(ours, theirs):
        return True
    whole = wanted.endswith("\n")  # else the first line may have stood behind a word
    headed = not whole and bool(theirs) and len(ours) == len(theirs) and not theirs[0].indent
    return headed and ours[0].words == theirs[0].words and _alike(_level(ours), _level(theirs))


def spaced_alike(printed: str, wanted: str) -> bool:
    """Do two outputs of the same lines have the same spaces within these?  Numbers alone may stand
    in columns, unless those that are wanted do."""
    pairs = zip(_rows(printed), _rows(wanted), strict=True)
    return all(
        ours.text.strip() == theirs.text.strip()
        or (ours.words == theirs.words and _NUMBERS.fullmatch(theirs.text.strip()))
        for ours, theirs in pairs
    )


def _alike(ours: list[_Row], theirs: list[_Row]) -> bool:
    if len(theirs) > 1 and not any(map(str.isalnum, "".join(row.text for row in theirs))):
        return [row.text for row in ours] == [row.text for row in theirs]
    indented = len({row.indent for row in theirs}) > 1
    if indented and [row.indent for row in ours] != [row.indent for row in theirs]:
        return False
    return [row.words for row in ours] == [row.words for row in theirs]


def _rows(text: str) -> list[_Row]:
    lines = dedent(text.expandtabs()).splitlines()
    return [_Row(line.rstrip()) for line in lines if line.strip()]


def _level(rows: list[_Row]) -> list[_Row]:
    """What follows the first line, by itself."""
    return _rows("\n".join(row.text for row in rows[1:]))
