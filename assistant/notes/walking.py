"""The files below a folder that are worth reading."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.notes.kinds import kind_by_name
from runtimes.base import Cancel
from runtimes.reasons import because_of
from runtimes.texts import Text

SKIPPED = frozenset(
    "node_modules __pycache__ site-packages venv env virtualenv bower_components "
    "__MACOSX $RECYCLE.BIN".split()
)
"""Folders of other people's files; those whose name begins with a dot are skipped as well."""
MOST_FILES = 100_000
TOO_MANY = Text("it holds more than {0} files to read", "其中可读文件超过 {0} 个")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; with a ``why``, a folder that cannot be looked into."""

    path: Path
    why: Text | None = None


def readable(folder: Path, cancel: Cancel) -> Iterator[Found]:
    """The files below a folder whose names promise text, in order, links not followed."""
    count = 0
    waiting = [os.fspath(folder)]
    while waiting and not cancel.is_set():
        place = waiting.pop()
        try:
            with os.scandir(place) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as wrong:
            yield Found(Path(place), because_of(wrong, Text("{0}", "{0}")))
            continue
        folders = []
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in SKIPPED:
                    folders.append(entry.path)
            elif kind_by_name(entry.name) and entry.is_file(follow_symlinks=False):
                count += 1
                if count > MOST_FILES:
                    yield Found(folder, Text(TOO_MANY.en, TOO_MANY.zh, (MOST_FILES,)))
                    return
                yield Found(Path(entry.path))
        waiting += reversed(folders)
