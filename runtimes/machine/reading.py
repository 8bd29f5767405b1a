"""Small files of the system, and answers of its programs, as text."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ReadText = Callable[[str], str | None]
"""The text of a file by its path, or of a setting by its name; ``None`` where there is none."""

MOST_TEXT = 1 << 20
PATIENCE = 5.0
"""Seconds for a program to answer."""


def read_text(path: str) -> str | None:
    """The beginning of a file; ``None`` where it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_TEXT).decode("utf-8", "replace")
    except OSError:
        return None


def sysctl(name: str) -> str | None:
    """A setting of macOS."""
    try:
        done = subprocess.run(  # noqa: S603 - a name of ours
            ["/usr/sbin/sysctl", "-n", name],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None


def number(text: str | None) -> int | None:
    """The whole number that a text is; ``None`` for anything else, ``max`` too."""
    try:
        return int(text.strip()) if text is not None else None
    except ValueError:
        return None
