"""The GGUF file of a model on this disk, with its shards."""

from __future__ import annotations

import stat
from pathlib import Path

from runtimes.errors import NotFound, NotHere
from runtimes.ggufs.cursor import damaged
from runtimes.ggufs.header import read_header
from runtimes.ggufs.shards import read_shards, shard_names
from runtimes.ggufs.values import Gguf, Header
from runtimes.reasons import because_of
from runtimes.texts import Text


def read_file(path: Path) -> Gguf:
    """The header of a file, and of every other shard where it is one of several.

    Raises ``NotHere`` where a file is missing, ``NotFound`` where it cannot be opened, ``Damaged``
    where it is broken.
    """
    names = shard_names(path.name)
    return read_shards([read_one(path.with_name(name)) for name in names])


def read_one(path: Path) -> Header:
    """The header of one file alone.  Raises as ``read_file`` does."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            raise damaged(path.name, Text("it is no file", "它不是文件"))
        with path.open("rb", buffering=0) as file:

            def read_at(offset: int, size: int) -> bytes:
                file.seek(offset)
                parts = []
                while size and (part := file.read(size)):
                    parts.append(part)
                    size -= len(part)
                return b"".join(parts)

            return read_header(read_at, status.st_size, path.name)
    except FileNotFoundError as wrong:
        raise NotHere(
            Text("there is no file {0}", "文件不存在：{0}", (str(path),)),
            Text(
                "was it moved, or is its disk not attached?",
                "文件是否被移动，或所在磁盘未连接？",
            ),
        ) from wrong
    except OSError as wrong:
        unread = Text("{0} cannot be read: {1}", "无法读取 {0}：{1}")
        raise NotFound(because_of(wrong, unread, str(path))) from wrong
