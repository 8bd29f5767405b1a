"""Server-sent events (WHATWG HTML, section 9.2) from bytes: a pure machine.

``feed`` takes whatever came and returns the data of each event that is complete; any cut of the
same bytes gives the same events.
"""

from __future__ import annotations

from runtimes.errors import EngineFailed
from runtimes.texts import Text

EVENT_LIMIT = 8 << 20
"""Bytes of one event, its unfinished line included."""

_A_LINE = 64
"""Bytes that each line takes besides its text: many short ones are much, too."""

_BOM = b"\xef\xbb\xbf"


class Events:
    """Data of events.  Comments, ids and names of events are read and left out.

    Lines may end in CR, LF or CRLF, also mixed.  UTF-8 is decoded a line at a time, so no seam
    can fall into a character; what is no UTF-8 becomes ``�``.
    """

    def __init__(self) -> None:
        self._line = bytearray()
        self._data: list[str] = []
        self._size = 0
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
        name, _, value = line.partition(b":")
        if name == b"data":
            value = value.removeprefix(b" ")
            self._data.append(value.decode("utf-8", "replace"))
            self._size += len(value) + _A_LINE

    def _end_event(self, events: list[str]) -> None:
        if self._data:
            events.append("\n".join(self._data))
        self._data.clear()
        self._size = 0
