"""The process in which files with an inside are read: ``python -P -m assistant.notes.child``.

It gets the bytes of a file on its pipe and answers with rows; it opens no file itself, and an
audit hook refuses sockets, processes and writing, so that even a reader which a file has taken
over can do nothing but waste its own time, which is limited.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from assistant.notes.kinds import Kind
from assistant.notes.types import Document, Unreadable
from runtimes import wire
from runtimes.texts import Text

MEMORY = 1 << 30
"""Bytes of address space."""
MOST_TEXT = 24 << 20
"""Characters that a document may hold."""
TOO_MUCH = Text("it holds too much text", "文字内容过多")
REFUSED = tuple(
    "socket. subprocess. os.exec os.posix_spawn os.fork os.system os.remove os.rename os.rmdir "
    "os.mkdir os.truncate os.link os.symlink os.chmod os.chown pty. shutil. ctypes. webbrowser. "
    "ftplib. urllib.".split()
)
"""Begins of the names of events that no reader of text has to cause."""


@dataclass(frozen=True, slots=True)
class Job:
    """Read so many bytes, which follow, within so many seconds of processor time."""

    kind: Kind
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """There is nothing to read in it, for this reason."""

    why: Text


Reply = Document | Refused


def read(kind: Kind, body: bytes) -> Reply:
    """What a file says."""
    try:
        document = _read(kind, body)
    except Unreadable as wrong:
        return Refused(wrong.why)
    except MemoryError:
        return Refused(Text("it needs too much memory", "所需内存过多"))
    except RecursionError:
        return Refused(Text("it is nested too deeply", "嵌套过深"))
    if sum(len(row.text) + 1 for row in document.rows) > MOST_TEXT:
        return Refused(TOO_MUCH)
    return document


def _read(kind: Kind, body: bytes) -> Document:
    from assistant.notes.readers import notebook, pdf, plain, webpage, word

    match kind:
        case Kind.HTML:
            return webpage.read(body)
        case Kind.PDF:
            return pdf.read(body)
        case Kind.DOCX:
            return word.read(body)
        case Kind.NOTEBOOK:
            return notebook.read(body)
        case Kind.TEXT | Kind.MARKDOWN | Kind.TEX | Kind.CODE:
            return plain.read(body, kind)


def _guard(event: str, args: tuple[object, ...]) -> None:
    """Refuse what no reader of text has to do."""
    writes = event == "open" and _writes(args)
    if writes or event.startswith(REFUSED):
        raise PermissionError(event)


def _writes(args: tuple[object, ...]) -> bool:
    mode, flags = (*args, None, None)[1:3]
    asked = isinstance(mode, str) and any(sign in mode for sign in "wax+")
    changing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    return asked or (isinstance(flags, int) and bool(flags & changing))


def main() -> None:
    """Serve jobs until the pipe closes."""
    from assistant.maths.worker import limit_memory, limit_time

    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not stand between two replies
    import assistant.notes.readers.pdf
    import assistant.notes.readers.webpage
    import assistant.notes.readers.word  # noqa: F401 - what is loaded later is loaded guarded

    limit_memory(MEMORY)
    sys.addaudithook(_guard)
    while line := sys.stdin.buffer.readline():
        job: Job = wire.loads(line, Job)
        body = sys.stdin.buffer.read(job.size)
        limit_time(job.seconds)
        replies.write(wire.dumps(read(job.kind, body)))
        replies.flush()


if __name__ == "__main__":
    main()
