"""Parts of files that are still on the hub: their headers, a few megabytes of many gigabytes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.store.hub import Hub
from runtimes.store.types import HubFile, Listing, Tuning
from runtimes.store.web import Hiccup, Retries, broken

if TYPE_CHECKING:
    import httpx2

PATIENCE = 90.0
"""Seconds for all parts of a model."""
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")


class RemoteFiles:
    """The files of one commit, over one client; ``with`` closes it."""

    def __init__(self, hub: Hub, listing: Listing, tuning: Tuning, cancel: Cancel) -> None:
        self.listing = listing
        self._hub = hub
        self._tuning = tuning
        self._cancel = cancel
        self._end = time.monotonic() + PATIENCE
        self._headers = hub.headers()
        self._client: httpx2.Client = hub.web.client()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def read_at(self, file: HubFile) -> Callable[[int, int], bytes]:
        """What reads bytes of a file, by their place and number.

        That raises ``Unreachable``, ``Denied``, ``NotHere``, ``DownloadFailed``.
        """
        url = self._hub.url(self.listing.repo, self.listing.commit, file.name)

        def read(offset: int, size: int) -> bytes:
            retries = Retries(self._tuning, self._cancel, lambda: None, reached=True)
            while True:
                try:
                    return self._bytes(url, offset, size)
                except Hiccup as hiccup:
                    retries.after(hiccup)

        return read

    def _bytes(self, url: str, offset: int, size: int) -> bytes:
        headers = {**self._headers, "range": f"bytes={offset}-{offset + size - 1}"}
        with self._hub.web.get(self._client, url, headers, self._cancel) as response:
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
        return self._hub.web.refusal(response, self.listing.repo, url.rpartition("/")[2])
