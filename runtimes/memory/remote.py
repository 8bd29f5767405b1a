"""The headers of a model that is still on the hub, read by range requests: a few megabytes
instead of the whole file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed, RuntimeFailure
from runtimes.ggufs import Gguf, read_header, read_shards
from runtimes.memory.safetensors import (
    CONFIG,
    MOST_CONFIG,
    Checkpoint,
    config_shape,
    loaded_files,
    read_tensors,
)
from runtimes.store.choice import INDEX, LARGEST_INDEX, index_names, meaning
from runtimes.store.hub import Hub
from runtimes.store.types import HubFile, Listing, Tuning
from runtimes.store.web import Hiccup, Retries, broken
from runtimes.texts import Text
from runtimes.types import HubSource

if TYPE_CHECKING:
    import httpx2

PATIENCE = 90.0
"""Seconds for all headers of a model."""
MOST_FILES = 200
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")
BRIEF = Tuning(tries=3, longest_wait=4.0, patience=10.0, connect_timeout=6.0, read_timeout=15.0)


def remote_gguf(source: HubSource, cancel: Cancel, tuning: Tuning = BRIEF) -> Gguf:
    """The header of a GGUF file on the hub, all its shards included.

    Raises what a pull raises (``Unreachable``, ``NotFound``, ``Denied``, ``DownloadFailed``), and
    ``Damaged`` where the file is broken.
    """
    with _Reader(source, cancel, tuning) as reader:
        named = meaning(source, reader.listing.names)
        names = [name for names in named.values() for name in names if name.endswith(".gguf")]
        headers = [
            read_header(reader.read_at(file), file.size, file.name) for file in reader.files(names)
        ]
    return read_shards(headers)


def remote_checkpoint(source: HubSource, cancel: Cancel, tuning: Tuning = BRIEF) -> Checkpoint:
    """The headers of a checkpoint on the hub.  Raises as ``remote_gguf`` does."""
    with _Reader(source, cancel, tuning) as reader:
        there = [n for n in reader.listing.names if n.endswith(".safetensors") and "/" not in n]
        named: tuple[str, ...] = ()
        if INDEX in reader.listing.names:
            (index,) = reader.files([INDEX])
            named = index_names(reader.read_at(index)(0, min(index.size, LARGEST_INDEX)), INDEX)
        names = list(loaded_files(there, named))
        tensors = tuple(
            tensor
            for file in reader.files(names)
            for tensor in read_tensors(reader.read_at(file), file.size, file.name)
        )
        (config,) = reader.files([CONFIG])
        text = reader.read_at(config)(0, min(config.size, MOST_CONFIG))
    return Checkpoint(config_shape(text, CONFIG, tensors), tensors)


@dataclass
class _Reader:
    """One client for the files of one repository."""

    source: HubSource
    cancel: Cancel
    tuning: Tuning

    def __enter__(self) -> _Reader:
        self._hub = Hub(None, self.tuning)
        self._end = time.monotonic() + PATIENCE
        self.listing: Listing = self._hub.listing(
            self.source.repo, self.source.revision, self.cancel, lambda: None
        )
        self._headers = self._hub.headers()
        self._client: httpx2.Client = self._hub.web.client()
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def files(self, names: list[str]) -> list[HubFile]:
        """What the hub lists under these names."""
        found = [file for name in names if (file := self.listing.find(name)) is not None]
        if not found or len(found) != len(names) or len(found) > MOST_FILES:
            raise DownloadFailed(
                Text(
                    "{0} holds no weights that can be read",
                    "{0} 中没有可读取的权重",
                    (self.source.repo,),
                )
            )
        return found

    def read_at(self, file: HubFile) -> Callable[[int, int], bytes]:
        """The bytes of a file by their place."""
        url = self._hub.url(self.listing.repo, self.listing.commit, file.name)

        def read(offset: int, size: int) -> bytes:
            retries = Retries(self.tuning, self.cancel, lambda: None, reached=True)
            while True:
                try:
                    return self._bytes(url, offset, size)
                except Hiccup as hiccup:
                    retries.after(hiccup)

        return read

    def _bytes(self, url: str, offset: int, size: int) -> bytes:
        headers = {**self._headers, "range": f"bytes={offset}-{offset + size - 1}"}
        with self._hub.web.get(self._client, url, headers, self.cancel) as response:
            self._check(response, url, offset)
            parts, left = [], size
            for data in response.iter_raw():
                if time.monotonic() > self._end:
                    raise broken("too slow")
                parts.append(data[:left])
                left -= len(parts[-1])
                if left <= 0:
                    break
        if left:
            raise Hiccup(broken("the answer ends too early"))
        return b"".join(parts)

    def _check(self, response: httpx2.Response, url: str, offset: int) -> None:
        """Raises where the answer does not hold just the bytes that were asked for."""
        if response.status_code == 206:
            told = _RANGE.fullmatch(response.headers.get("content-range", ""))
            if told is None or int(told[1]) != offset:
                raise Hiccup(broken("another range than was asked for"))
        elif response.status_code != 200 or offset:
            raise self._refusal(response, url)

    def _refusal(self, response: httpx2.Response, url: str) -> Hiccup | RuntimeFailure:
        if response.status_code == 200:
            return broken("the hub does not send parts of files")
        return self._hub.web.refusal(response, self.source.repo, url.rpartition("/")[2])
