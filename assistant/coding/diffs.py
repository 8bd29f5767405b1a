"""Unified diffs: made, read, and applied strictly.

A hunk is applied where its old lines stand exactly: at the line that it names, else at the only
other place.  Where they stand nowhere, or in several places, the diff is refused.  The counts in
a header are not believed, for models miscount; the lines themselves say how many they are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from runtimes.texts import Text

HEADER = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@.*")
OPEN_END = "\\ No newline at end of file"
NO_HUNK = Text("there is no change in the diff", "差异中没有任何修改")
SEVERAL_FILES = Text("the diff changes several files", "差异涉及多个文件")
NOWHERE = Text(
    "the change at line {0} does not fit: these lines stand nowhere in the file",
    "第 {0} 行的修改不匹配：文件中没有这些行",
)
OFTEN = Text(
    "the change at line {0} fits in several places", "第 {0} 行的修改可匹配多处，无法确定位置"
)
STRANGE = Text(
    "line {0} of the diff is not understood; every line of a change begins with a space, + or -",
    "差异的第 {0} 行无法读懂；修改中的每一行应以空格、+ 或 - 开头",
)


class DiffError(Exception):
    """A diff that cannot be read or applied; ``why`` tells the user."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that give way to others; ``at`` is the line (from 1) where the old ones stand."""

    at: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def difference(name: str, old: str, new: str) -> str:
    """The change as a unified diff; empty where there is none."""
    changed = difflib.unified_diff(_lines(old), _lines(new), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n{OPEN_END}\n" for line in changed)


def _lines(text: str) -> list[str]:
    """As a file has them: what else some take for the end of a line stands within one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def read_hunks(diff: str) -> tuple[Hunk, ...]:
    """The hunks of a diff of one file.  Raises ``DiffError``."""
    hunks: list[Hunk] = []
    at: int | None = None
    old: list[str] = []
    new: list[str] = []

    def close() -> None:
        if at is not None:
            hunks.append(Hunk(at, tuple(old), tuple(new)))
        old.clear()
        new.clear()

    lines = diff.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        header = HEADER.fullmatch(line)
        follows = lines[number] if number < len(lines) else ""
        if header:
            close()
            at = int(header[1])
        elif line.startswith("--- ") and follows.startswith("+++ "):
            if at is not None:
                raise DiffError(SEVERAL_FILES)
        elif at is None or line.startswith("\\"):
            continue  # what stands before the first hunk; "no newline at end of file"
        elif line.startswith("+"):
            new.append(line[1:])
        elif line.startswith("-"):
            old.append(line[1:])
        elif line.startswith(" ") or not line:
            old.append(line[1:])
            new.append(line[1:])
        else:
            raise DiffError(STRANGE.of(number))
    close()
    if not any(hunk.old != hunk.new for hunk in hunks):
        raise DiffError(NO_HUNK)
    return tuple(hunks)


def apply_diff(text: str, diff: str) -> str:
    """The text with all hunks applied.  Raises ``DiffError``, and then nothing is changed."""
    return apply_hunks(text, read_hunks(diff))


def apply_hunks(text: str, hunks: Sequence[Hunk]) -> str:
    """The same with hunks that were read already."""
    lines = text.split("\n")
    shift, least = 0, 0
    for hunk in hunks:
        start = _place(lines, hunk, hunk.at - 1 + shift, least)
        lines[start : start + len(hunk.old)] = hunk.new
        least = start + len(hunk.new)
        named = hunk.at - 1 if hunk.old else hunk.at  # new lines alone stand behind theirs
        shift = least - len(hunk.old) - named
    return "\n".join(lines)


def _place(lines: list[str], hunk: Hunk, wanted: int, least: int) -> int:
    """Where the old lines of a hunk stand, behind those that are changed already."""
    old = list(hunk.old)
    if not old:  # new lines alone, behind the line that is named
        place = min(max(wanted + 1, least), len(lines))
        return place if hunk.at else least
    if wanted >= least and lines[wanted : wanted + len(old)] == old:
        return wanted
    fits = [n for n in range(least, len(lines) - len(old) + 1) if lines[n : n + len(old)] == old]
    if not fits:
        raise DiffError(NOWHERE.of(hunk.at))
    if len(fits) > 1:
        raise DiffError(OFTEN.of(hunk.at))
    return fits[0]
