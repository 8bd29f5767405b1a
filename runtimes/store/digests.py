"""Digests of content, and the reading of a file for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from runtimes.base import Cancel
from runtimes.store.types import HubFile, Stopped
from runtimes.texts import Text

CHUNK = 1 << 20


class Digest:
    """SHA-256 of a stream, and git's name of it where that is what the file is known by."""

    def __init__(self, file: HubFile) -> None:
        self.count = 0
        self._file = file
        self._sha256 = hashlib.sha256()
        self._git = hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)

    def update(self, data: bytes) -> None:
        """The next bytes."""
        self._sha256.update(data)
        if self._file.git_sha1:
            self._git.update(data)
        self.count += len(data)

    @property
    def sha256(self) -> str:
        """Of all so far, in hexadecimal."""
        return self._sha256.hexdigest()

    @property
    def fits(self) -> bool:
        """Is this the content that the hub or the catalogue has named?

        Every digest that is known must agree; with none known, the size alone decides.
        """
        file = self._file
        return (
            self.count == file.size
            and file.sha256 in (None, self.sha256)
            and file.git_sha1 in (None, self._git.hexdigest())
        )


def read_digest(path: Path, file: HubFile, cancel: Cancel, report: Callable[[int], None]) -> Digest:
    """The digest of what should be this file; ``report`` is told how many bytes are read, and
    no more are read than it should have.

    Raises ``Stopped`` when cancelled, ``OSError`` where the file cannot be read.
    """
    digest, size = Digest(file), file.size
    with path.open("rb") as stream:
        while digest.count < size:
            if cancel.is_set():
                raise stopped()
            data = stream.read(min(CHUNK, size - digest.count))
            if not data:
                break
            digest.update(data)
            report(digest.count)
    return digest


def stopped() -> Stopped:
    """What a cancelled pull raises."""
    return Stopped(
        Text("stopped; what came is kept", "已停止；已下载的部分会保留"),
        Text("the same command goes on from there", "再次运行同一命令即可继续"),
    )
