"""Server-sent events (WHATWG HTML, section 9.2) from bytes: a pure machine.

``feed`` takes whatever came and returns the data of each event that is complete; any cut of the
same bytes gives the same events.

Servers tell of a failure in the middle of a stream in more ways than the standard has: in an event
of the name ``error``, in a field ``error`` (llama-server until autumn 2025), or in bare JSON, of no
field at all (gateways that pass on a refusal as it is).  All of them come out as the data that most
servers send, ``{"error": …}``.
"""

from __future__ import annotations

import json

from runtimes.errors import EngineFailed
from runtimes.openai_server.values import Json
from runtimes.texts import Text

EVENT_LIMIT = 8 << 20
"""Bytes of one event, its unfinished line included."""

_A_LINE = 64
"""Bytes that each line takes besides its text: many short ones are much, too."""

_BOM = b"\xef\xbb\xbf"


class Events:
    """Data of events.  Comments, ids and other names of events than ``error`` are left out.

    Lines may end in CR, LF or CRLF, also mixed.  UTF-8 is decoded a line at a time, so no seam
    can fall into a character; what is no UTF-8 becomes ``�``.
    """

    def __init__(self) -> None:
        self._line = bytearray()
        self._data: list[str] = []
        self._size = 0
        self._failed = False
        self._after_cr = False
        self._at_start = True

    def feed(self, piece: bytes) -> list[str]:
        """The data of the events that are complete now; raises ``EngineFailed`` on one without
        end."""
        events: list[str] = []
        for part in piece.splitlines(keepends=True):  # of bytes: parts only at CR, LF, CRLF
            if self._after_cr and part == b"\n":
                self._after_cr = False
                continue
            self._after_cr = part.endswith(b"\r")
            self._line += part.rstrip(b"\r\n")
            if self._size + len(self._line) > EVENT_LIMIT:
                raise EngineFailed(
                    Text("the server sent an event without end", "服务器发送了没有结尾的事件")
                )
            if part.endswith((b"\r", b"\n")):
                self._end_line(events)
        return events

    def flush(self) -> list[str]:
        """The data of an event that the end of the stream cut off after a whole line.

        The standard drops it; servers that close at once after ``[DONE]`` need it.
        """
        events: list[str] = []
        if self._line:
            self._end_line(events)
        self._end_event(events)
        return events

    def _end_line(self, events: list[str]) -> None:
        line = bytes(self._line)
        self._line.clear()
        if self._at_start:
            self._at_start = False
            line = line.removeprefix(_BOM)
        if not line:
            self._end_event(events)
            return
        # no field has a name like these; the last are further lines of what has begun
        if line.startswith(b"{") or (self._data and line.startswith((b" ", b"\t", b"}"))):
            line = b"data:" + line
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        self._failed |= name == b"error" or (name, value) == (b"event", b"error")
        if name in (b"data", b"error"):
            self._data.append(value.decode("utf-8", "replace"))
            self._size += len(value) + _A_LINE

    def _end_event(self, events: list[str]) -> None:
        if self._data:
            data = "\n".join(self._data)
            events.append(_as_error(data) if self._failed else data)
        self._data.clear()
        self._size = 0
        self._failed = False


def _as_error(data: str) -> str:
    """What an event tells of a failure, in the place where most servers have it."""
    told = Json.read(data)
    if told is not None and told["error"].value:
        return data
    return json.dumps({"error": data if told is None else told.value})
