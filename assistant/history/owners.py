"""Who is still writing: a locked file for each process, which the system unlocks at its death.

A number of a process would be given again to another one, and a time stamp cannot tell a dead
writer from one whose model thinks for an hour.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import time
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{16}")
_SETTLED = 60.0
"""Seconds after which a sign that was made is surely locked, if its process lives."""


class Owner:
    """This history's own sign, and what it knows of the others'."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: int | None = None
        self.token = secrets.token_hex(8)

    def claim(self) -> None:
        """Be alive from now on, until ``release`` or the end of the process.  Raises
        ``OSError``."""
        if self._path is None or self._file is not None:
            return
        file = os.open(_sign(self._path, self.token), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _lock(file)
        except OSError:
            os.close(file)
            raise
        self._file = file

    def release(self) -> None:
        """Nothing is being written here any more."""
        if self._file is None or self._path is None:
            return
        os.close(self._file)
        self._file = None
        with suppress(OSError):
            _sign(self._path, self.token).unlink()

    def is_dead(self, token: str) -> bool:
        """Has the process that wrote under this sign ended?"""
        if token == self.token or self._path is None:
            return False
        if not _NAME.fullmatch(token):
            return True
        sign = _sign(self._path, token)
        try:
            file = os.open(sign, os.O_RDWR)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        try:
            _lock(file)
        except OSError:
            return False
        finally:
            os.close(file)
        with suppress(OSError):
            sign.unlink()
        return True

    def sweep(self) -> None:
        """Remove the signs of processes that died between two answers."""
        if self._path is None:
            return
        for file in self._path.parent.glob(f"{self._path.name}-*.writing"):
            with suppress(OSError):
                if time.time() - file.stat().st_mtime > _SETTLED:
                    self.is_dead(file.name.removesuffix(".writing")[-16:])


def _sign(path: Path, token: str) -> Path:
    return path.with_name(f"{path.name}-{token}.writing")


def _lock(file: int) -> None:
    """Lock an open file, or raise ``OSError`` where somebody else has."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
