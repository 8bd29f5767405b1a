"""The bytes of an answer, one after the other; none is believed to be there."""

from __future__ import annotations

import struct

from runtimes.texts import Text


class UnfitError(ValueError):
    """An example that says nothing of this function; ``why`` tells the user."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class BrokenError(ValueError):
    """Bytes that are no answer."""


class Reader:
    """What has come, and how far it is read.  Raises ``BrokenError`` behind its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def rest(self) -> int:
        """How many bytes are left."""
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        """The next bytes."""
        if size > self.rest:
            raise BrokenError
        self._at += size
        return self._data[self._at - size : self._at]

    def number(self) -> int:
        """A length or an integer, without its sign."""
        return int(struct.unpack("<Q", self.take(8))[0])
