"""One file from the hub, through every accident, into a partial file that is proved right.

The digest runs along with the bytes, so there is no pause at the end.  A broken connection goes
on where it broke.  When the digest is wrong, the file is fetched again part by part and compared
with what is here, the seams of earlier breaks first: a bad part is found and replaced, usually
long before all has come again.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from runtimes.base import Cancel
from runtimes.errors import DiskFull, DownloadFailed
from runtimes.files import private_folder
from runtimes.reasons import because_of
from runtimes.store.digests import Digest, read_digest, stopped
from runtimes.store.hub import Hub
from runtimes.store.meter import Meter
from runtimes.store.types import HubFile, Stage, Tuning
from runtimes.store.web import Hiccup, Retries, broken
from runtimes.texts import Text

if TYPE_CHECKING:
    import httpx2

_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_MOST_REHASHES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """What the downloads of one pull have in common."""

    hub: Hub
    client: httpx2.Client
    headers: dict[str, str]
    tuning: Tuning
    cancel: Cancel
    meter: Meter

    @contextmanager
    def range(self, repo: str, url: str, start: int, end: int) -> Iterator[httpx2.Response]:
        """An answer with the bytes from ``start`` to ``end``, or with all from the beginning.

        Raises ``Hiccup`` or a failure for anything else.
        """
        headers = {**self.headers, "range": f"bytes={start}-{end - 1}"}
        with self.hub.web.get(self.client, url, headers, self.cancel) as response:
            if response.status_code == 416:
                raise Hiccup(broken("the hub has no such range"))
            if response.status_code not in (200, 206):
                raise self.hub.web.refusal(response, repo, url.rpartition("/")[2])
            yield response

    def read(self, repo: str, url: str, start: int, end: int, size: int) -> bytes:
        """The bytes from ``start`` to ``end`` of a file that has ``size``, with as many tries
        as it takes."""
        retries = Retries(self.tuning, self.cancel, self.meter.waiting, reached=True)
        data = bytearray()
        while len(data) < end - start:
            try:
                at = start + len(data)
                with self.range(repo, url, at, end) as response:
                    stop = checked_range(response, at, end, size)
                    piece = self._bounded(response, stop - at)
                if len(piece) < stop - at:
                    raise Hiccup(broken("the connection was cut"))
                data += piece
            except Hiccup as hiccup:
                retries.after(hiccup)
        return bytes(data)

    def _bounded(self, response: httpx2.Response, most: int) -> bytes:
        data = bytearray()
        for piece in response.iter_raw():
            if self.cancel.is_set():
                raise stopped()
            data += piece
            if len(data) > most:
                raise Hiccup(broken("more came than was promised"))
        return bytes(data)


class Download:
    """The download of one file."""

    def __init__(self, line: Line, repo: str, commit: str, file: HubFile, partial: Path) -> None:
        self._line = line
        self._repo = repo
        self._url = line.hub.url(repo, commit, file.name)
        self._file = file
        self._partial = partial
        self._digest = Digest(file)
        self._seams: list[int] = []
        self._ranges = True

    def run(self) -> str:
        """Complete the partial file; the result is its SHA-256.

        Raises ``DownloadFailed`` where the hub gives something else than it promised (then
        nothing is kept), and whatever else stops it (then what came is kept).
        """
        self._complete()
        if not self._digest.fits:
            if self._ranges and self._partial.stat().st_size:
                self._repair()
            else:
                self._partial.unlink()
                self._complete()
        if self._digest.fits:
            return self._digest.sha256
        self._partial.unlink()
        raise DownloadFailed(
            Text(
                "{0} came twice with wrong bytes: its digest is {1}, promised was {2}",
                "{0} 两次下载的内容都不对：摘要为 {1}，应为 {2}",
                (self._file.name, self._digest.sha256, self._file.digest or ""),
            ),
            Text(
                "nothing of it was kept; try another mirror (HF_ENDPOINT) or network",
                "已全部丢弃；请改用其他镜像（HF_ENDPOINT）或网络",
            ),
        )

    def _complete(self) -> None:
        """From what is here to the full size."""
        line, size = self._line, self._file.size
        self._read_partial()
        retries = Retries(line.tuning, line.cancel, line.meter.waiting, reached=True)
        private_folder(self._partial.parent)
        mode = "r+b" if self._partial.exists() else "x+b"
        with (
            writing(self._partial),
            self._partial.open(mode) as out,
            Flusher(out, line.tuning.sync) as flusher,
        ):
            out.seek(self._digest.count)
            out.truncate()
            best = self._digest.count
            while self._digest.count < size:
                try:
                    self._stream(out, flusher)
                except Hiccup as hiccup:
                    if self._digest.count - best > min(1 << 16, size // 50):
                        best = self._digest.count
                        retries.gained()
                    self._seams.append(self._digest.count)
                    retries.after(hiccup)
            out.flush()
            os.fsync(out.fileno())

    def _read_partial(self) -> None:
        report = self._line.meter.report
        self._digest = Digest(self._file)
        self._seams = []
        if self._partial.exists():
            self._digest = read_digest(
                self._partial,
                self._file,
                self._line.cancel,
                lambda done: report(Stage.CHECKING, done),
            )
            if self._digest.count < self._file.size:
                self._seams.append(self._digest.count)

    def _stream(self, out: IO[bytes], flusher: Flusher) -> None:
        """One request; what comes is written.  Raises ``Hiccup`` when it ends too early."""
        line, size = self._line, self._file.size
        end = min(size, self._digest.count + line.tuning.span)
        with line.range(self._repo, self._url, self._digest.count, end) as response:
            if response.status_code == 200:
                end = self._from_start(response, out)
            else:
                end = checked_range(response, self._digest.count, end, size)
            pulse = Pulse(line.tuning)
            for data in response.iter_raw():
                if line.cancel.is_set():
                    raise stopped()
                pulse.beat(len(data))
                if len(data) > end - self._digest.count:
                    raise Hiccup(broken("more came than was promised"))
                out.write(data)
                self._digest.update(data)
                line.meter.fetched(len(data))
                line.meter.report(Stage.FETCHING, self._digest.count)
                flusher.wrote(len(data))
        if self._digest.count < end:
            raise Hiccup(broken("the connection was cut"))

    def _from_start(self, response: httpx2.Response, out: IO[bytes]) -> int:
        """The hub sends all of it, whatever was asked for."""
        self._ranges = False
        length = response.headers.get("content-length")
        if length is not None and length != str(self._file.size):
            raise Hiccup(broken(f"its length is {length[:20]}, promised were {self._file.size}"))
        if self._digest.count:
            out.seek(0)
            out.truncate()
            self._digest = Digest(self._file)
        return self._file.size

    def _repair(self) -> None:
        """Fetch part by part, replace what differs, until the digest is right."""
        line, part, size = self._line, self._line.tuning.part, self._file.size
        line.meter.report(Stage.REPAIRING, 0)
        dirty, rehashes = False, _MOST_REHASHES
        with writing(self._partial), self._partial.open("r+b") as out:
            for start in self._suspects():
                end = min(start + part, size)
                fresh = line.read(self._repo, self._url, start, end, size)
                out.seek(start)
                if out.read(len(fresh)) != fresh:
                    out.seek(start)
                    out.write(fresh)
                    dirty = True
                elif dirty and rehashes:
                    out.flush()
                    if self._rehash():
                        break
                    dirty, rehashes = False, rehashes - 1
            out.flush()
            os.fsync(out.fileno())
        if dirty:
            self._rehash()

    def _suspects(self) -> list[int]:
        """Where parts start: those around the seams first, where things go wrong."""
        part = self._line.tuning.part
        starts = range(0, self._file.size, part)
        around = {(at - step) // part * part for at in self._seams for step in (0, 1)}
        return sorted(starts, key=lambda start: (start not in around, start))

    def _rehash(self) -> bool:
        report = self._line.meter.report
        self._digest = read_digest(
            self._partial,
            self._file,
            self._line.cancel,
            lambda _: report(Stage.REPAIRING, 0),
        )
        return self._digest.fits


class Flusher:
    """Has the disk write down what came, beside the download and not after it."""

    def __init__(self, out: IO[bytes], every: int) -> None:
        self._out = out
        self._every = every
        self._count = 0
        self._pool = ThreadPoolExecutor(1, "flusher")
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def wrote(self, count: int) -> None:
        """So many more bytes.  Raises the ``OSError`` of the flush before."""
        self._count += count
        if self._count < self._every or not (self._last is None or self._last.done()):
            return
        if self._last is not None:
            self._last.result()
        self._out.flush()
        self._last = self._pool.submit(os.fsync, self._out.fileno())
        self._count = 0


class Pulse:
    """Tells a connection that only drips from one that is slow."""

    def __init__(self, tuning: Tuning) -> None:
        self._tuning = tuning
        self._since, self._count = time.monotonic(), 0

    def beat(self, count: int) -> None:
        """So many bytes have come.  Raises ``Hiccup`` where it is far too few for a while."""
        self._count += count
        seconds = time.monotonic() - self._since
        if seconds >= self._tuning.read_timeout:
            if self._count < seconds * self._tuning.least_speed:
                raise Hiccup(broken("the connection hardly moves"))
            self._since, self._count = time.monotonic(), 0


def checked_range(response: httpx2.Response, start: int, end: int, size: int) -> int:
    """Where the answer ends: it is about the bytes that were asked for, or the first of them.

    Raises ``Hiccup``.
    """
    said = response.headers.get("content-range", "")
    found = _RANGE.fullmatch(said)
    if response.status_code != 206 or not found:
        raise Hiccup(broken("no range came, though one was asked for"))
    first, last, total = found.groups()
    if int(first) != start or not start <= int(last) < end or total not in ("*", str(size)):
        raise Hiccup(broken(f"asked for {start}-{end - 1}/{size}, got {said[:60]}"))
    return int(last) + 1


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """The disk's refusals in our words."""
    try:
        yield
    except OSError as wrong:
        if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                Text("the disk is full: {0}", "磁盘已满：{0}", (str(path.parent),)),
                Text(
                    "make room (assistant rm ID), then pull again: it goes on from there",
                    "腾出空间（assistant rm ID）后重新下载，会从断点继续",
                ),
            ) from wrong
        raise DownloadFailed(
            because_of(wrong, Text("cannot write {0}: {1}", "无法写入 {0}：{1}"), str(path))
        ) from wrong
