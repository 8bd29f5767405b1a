"""Reading a file from front to back, within bounds, whatever it says of itself."""

from __future__ import annotations

import struct
from collections.abc import Callable

from runtimes.errors import Damaged
from runtimes.texts import Text

ReadAt = Callable[[int, int], bytes]
"""``read_at(offset, size)``: these bytes of a file; fewer where it ends."""

FIRST_WINDOW, LAST_WINDOW = 256 << 10, 4 << 20
MOST_READ = 192 << 20
"""Bytes of a header that are looked at; the largest vocabularies take a tenth of it."""
MOST_ENTRIES = 8 << 20
"""Strings of all arrays together."""
MOST_TEXT = 4 << 20
"""Bytes of one string."""

REMEDY = Text("download the file again, or choose another", "请重新下载该文件，或换用其他文件")


def damaged(name: str, what: Text, at: int | None = None) -> Damaged:
    """The failure: which file, what is wrong, and where."""
    n = len(what.args)
    en, zh = f"{{{n}}} is no sound GGUF file: {what.en}", f"{{{n}}} 不是完好的 GGUF 文件：{what.zh}"
    args = (*what.args, name)
    if at is not None:
        en, zh = f"{en} (at byte {{{n + 1}}})", f"{zh}（第 {{{n + 1}}} 字节）"
        args = (*args, str(at))
    return Damaged(Text(en, zh, args), REMEDY)


class Cursor:
    """A place in a file of known size.  What is read comes in windows, each byte once."""

    def __init__(self, read_at: ReadAt, size: int, name: str) -> None:
        self.size, self.name = size, name
        self.at = 0
        self._read_at = read_at
        self._window, self._start = b"", 0
        self._next_window = FIRST_WINDOW
        self._read = 0
        self._entries = 0

    def fail(self, what: Text, at: int | None = None) -> Damaged:
        """The failure at this place."""
        return damaged(self.name, what, self.at if at is None else at)

    def take(self, size: int) -> bytes:
        """The next bytes.  Raises ``Damaged`` where the file ends first."""
        offset = self._ahead(size)
        self.at += size
        return self._window[offset : offset + size]

    def skip(self, size: int) -> None:
        """Go over bytes without reading them."""
        self._need(size)
        self.at += size

    def unsigned(self, size: int) -> int:
        """A whole number of so many bytes, the least significant first."""
        return int.from_bytes(self.take(size), "little")

    def text(self, most: int = MOST_TEXT) -> str:
        """A string; what is no UTF-8 in it becomes ``�``."""
        at = self.at
        size = self.unsigned(8)
        if size > most:
            raise self.fail(Text("a string of {0} bytes", "字符串长达 {0} 字节", (str(size),)), at)
        return self.take(size).decode("utf-8", "replace")

    def skip_texts(self, count: int) -> None:
        """Go over strings; only their lengths are read."""
        self._need(8 * count)
        self._entries += count
        if self._entries > MOST_ENTRIES:
            raise self.fail(Text("{0} strings in one array", "数组含 {0} 个字符串", (str(count),)))
        length = struct.Struct("<Q").unpack_from
        for _ in range(count):
            offset = self.at - self._start
            if not 0 <= offset <= len(self._window) - 8:
                offset = self._ahead(8)
            (size,) = length(self._window, offset)
            if size > self.size - self.at - 8:
                raise self._ends(8 + size)
            self.at += 8 + size

    def _need(self, size: int) -> None:
        if size > self.size - self.at:
            raise self._ends(size)

    def _ends(self, size: int) -> Damaged:
        left = max(0, self.size - self.at)
        return self.fail(
            Text(
                "it ends too early: {0} bytes are announced, {1} are left",
                "文件过早结束：声明有 {0} 字节，只剩 {1} 字节",
                (str(size), str(left)),
            )
        )

    def _ahead(self, size: int) -> int:
        """Have the next bytes in the window; the result is their place in it."""
        self._need(size)
        offset = self.at - self._start
        if offset >= 0 and offset + size <= len(self._window):
            return offset
        wanted = min(max(size, self._next_window), self.size - self.at)
        self._next_window = min(2 * self._next_window, LAST_WINDOW)
        self._read += wanted
        if self._read > MOST_READ:
            raise self.fail(Text("the header has no end", "文件头过长"))
        self._window, self._start = self._read_at(self.at, wanted), self.at
        if len(self._window) < size:
            raise self._ends(size)
        return 0
