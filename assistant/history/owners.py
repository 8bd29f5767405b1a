"""Who is still writing: a locked file for each process, which the system unlocks at its death.

A number of a process would be given again to another one, and a time stamp cannot tell a dead
writer from one whose model thinks for an hour.
"""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NAME = re.compile(r"[0-9a-f]{16}")


class Owner:
    """This history's own sign, and what it knows of the others'."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock: BaseFileLock | None = None
        self.token = secrets.token_hex(8)

    def claim(self) -> None:
        """Be alive from now on, until ``release`` or the end of the process.  Raises
        ``OSError``."""
        if self._path is None or self._lock is not None:
            return
        from filelock import FileLock

        lock = FileLock(self._file(self._path, self.token), timeout=0, mode=0o600)
        lock.acquire()
        self._lock = lock

    def release(self) -> None:
        """Nothing is being written here any more."""
        if self._lock is not None and self._path is not None:
            self._lock.release()
            self._lock = None
            with suppress(OSError):
                self._file(self._path, self.token).unlink()

    def is_dead(self, token: str) -> bool:
        """Has the process that wrote under this sign ended?"""
        if token == self.token or self._path is None:
            return False
        file = self._file(self._path, token)
        if not _NAME.fullmatch(token) or not file.exists():
            return True
        from filelock import FileLock, Timeout

        try:
            with FileLock(file, timeout=0):
                pass
        except (Timeout, OSError):
            return False
        with suppress(OSError):
            file.unlink()
        return True

    @staticmethod
    def _file(path: Path, token: str) -> Path:
        return path.with_name(f"{path.name}-{token}.writing")
