"""What may stand after ``@`` and ``/`` in the field: files by their paths, commands by name."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event

from runtimes.files import on_disk
from tui.words import harmless

_AT = re.compile(r'(?:^|(?<=\s))@(?:"([^"\n]*)"?|([^\s"]*))$')
_SLASH = re.compile(r"/([A-Za-z-]*)$")
_COMMAND = re.compile(r"/([A-Za-z][A-Za-z-]*)(?:[ \t]+(.*))?", re.DOTALL)
_ENDED = re.compile(r'(?:^|(?<=\s))@(?:"([^"\n]+)"|([^\s"]+))\s$')
_NAMED = re.compile(r'(?:^|(?<=\s))@(?:"([^"\n]+)"|([^\s"]+))(?=\s|$)')
_PATH_LIKE = re.compile(r"[~.]|.*[/\\]")
MOST_NAMED = 20
MOST_LOOKED_AT = 5_000
"""Names of a folder,"""
MOST = 40
"""and of those that fit, which are offered."""
MOST_OF_ONE = 1_000
"""Names of each folder below, so that a large one does not hide all the others."""
LEAST_DEEP = 2
"""Letters of a name before it is looked for further down."""
PASSED_BY = frozenset({"node_modules", "__pycache__", "venv", "target", "build", "dist"})
"""Folders of what others have written, or machines."""
_LONGEST = 4_096


@dataclass(frozen=True, slots=True)
class Choice:
    """``shown`` on the list; ``text`` comes into the field in the place of what was typed since
    ``start``; ``path`` is the file, where it is one."""

    shown: str
    text: str
    start: int
    path: Path | None = None
    note: str = ""


def command_of(text: str) -> tuple[str, str] | None:
    """The name of a command and the words behind it; ``None`` for a question.

    ``/etc/hosts`` at the beginning of a question is no command.
    """
    found = _COMMAND.fullmatch(text.strip())
    return None if found is None else (found[1].lower(), (found[2] or "").strip())


def begun_command(before: str) -> str | None:
    """What was typed of a command's name; ``before`` is the text up to the cursor."""
    found = _SLASH.fullmatch(before)
    return None if found is None else found[1].lower()


def begun_path(before: str) -> tuple[str, int] | None:
    """What was typed of a path behind ``@``, and where the ``@`` stands."""
    found = _AT.search(before[-_LONGEST:])
    if found is None:
        return None
    return found[1] or found[2] or "", len(before) - len(found[0])


def ended_path(before: str) -> str | None:
    """The path that a space or a line end has just finished."""
    found = _ENDED.search(before[-_LONGEST:])
    return None if found is None else found[1] or found[2]


def named_paths(text: str) -> dict[str, bool]:
    """What stands behind ``@`` in a text, and whether it must be meant as a path: ``@property``
    may be a word."""
    found = islice(_NAMED.finditer(text), MOST_NAMED)
    return {
        one[1] or one[2]: one[1] is not None or _PATH_LIKE.match(one[2]) is not None
        for one in found
    }


def paths(typed: str, start: int, over: Event | None = None) -> list[Choice]:
    """Files and folders whose names begin with what was typed, or hold it; then those in folders
    further down, until it is ``over``.  It reads the disk."""
    here = _in_folder(typed, start)
    known = {one.path for one in here}
    deep = (
        _choice("", name, start, folder=False) for name in _further_down(typed, over or Event())
    )
    return [*here, *(one for one in deep if one.path not in known)][:MOST]


def _in_folder(typed: str, start: int) -> list[Choice]:
    folder, part = os.path.split(typed)
    head = typed[: len(typed) - len(part)]
    low = part.casefold()
    found: list[tuple[bool, str, bool]] = []
    try:
        with os.scandir(on_disk(folder or ".")) as entries:
            for count, entry in enumerate(entries):
                if count >= MOST_LOOKED_AT:
                    break
                name = entry.name.casefold()
                if low in name and (part.startswith(".") or not name.startswith(".")):
                    found.append((not name.startswith(low), entry.name, _is_folder(entry)))
    except (OSError, ValueError):  # no such folder, or a NUL in the name
        return []
    found.sort(key=lambda one: (one[0], one[1].casefold()))
    return [_choice(head, name, start, folder=is_folder) for _, name, is_folder in found[:MOST]]


def _further_down(typed: str, over: Event) -> list[str]:
    """Files below the current folder by a part of their name; what was typed of folders must be in
    the folders' names, in its order.  The nearest come first."""
    *folders, part = re.split(r"[/\\]", typed.casefold())
    if len(part) < LEAST_DEEP or typed[0] in "~./\\":
        return []
    found: list[tuple[bool, int, str]] = []
    for name in _below(over):
        *way, low = name.casefold().split("/")
        if part in low and _leads(folders, way):
            found.append((not low.startswith(part), name.count("/"), name))
    return [name for *_, name in sorted(found)[:MOST]]


def _leads(folders: list[str], way: list[str]) -> bool:
    """Is what was typed of each folder in the name of one, and these in that order?"""
    names = iter(way)
    return all(any(part in name for name in names) for part in folders)


def _below(over: Event) -> Iterator[str]:
    """Files in the folders of the current one, those of near folders first."""
    todo, seen = deque([""]), 0
    while todo and seen < MOST_LOOKED_AT and not over.is_set():
        folder = todo.popleft()
        with suppress(OSError), os.scandir(folder or ".") as entries:
            for entry in islice(entries, min(MOST_OF_ONE, MOST_LOOKED_AT - seen)):
                seen += 1
                if entry.name.startswith(".") or entry.name in PASSED_BY:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    todo.append(f"{folder}{entry.name}/")
                elif folder:
                    yield f"{folder}{entry.name}"


def _choice(head: str, name: str, start: int, *, folder: bool) -> Choice:
    end = os.sep if folder else ""
    shown = harmless(name).replace("\n", " ") + end
    whole = f"{head}{shown}"
    quoted = re.search(r"\s", whole) is not None
    if folder:
        text = f'@"{whole}' if quoted else f"@{whole}"
    else:
        text = f'@"{whole}" ' if quoted else f"@{whole} "
    return Choice(shown, text, start, on_disk(head + name))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
