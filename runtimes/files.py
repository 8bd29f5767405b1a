"""Paths as people write them; small files of ours, replaced in one step, in folders that only
their user can look into."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o700


def on_disk(text: str) -> Path:
    """A path that a person wrote; ``~`` is the home folder where there is one."""
    try:
        return Path(text).expanduser()
    except RuntimeError:  # a user whom nobody knows
        return Path(text)


def private_folder(path: Path) -> Path:
    """The folder, made if it was not there, for its user only.  Raises ``OSError``."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    return path


def replace_file(path: Path, text: str) -> None:
    """A file with this text in place of the old one: a crash leaves the one or the other.

    A link stays a link, the old file's mode stays.  Raises ``OSError``; then the old file is
    untouched and nothing is left beside it.
    """
    private_folder(path.parent)
    path = path.resolve()
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
