"""Files to documents: opened with care, and read in a process that can be killed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.notes import child
from assistant.notes.kinds import PLAIN, Kind, kind_of
from assistant.notes.types import Document, Unreadable
from runtimes import wire
from runtimes.base import Cancel
from runtimes.reasons import because_of
from runtimes.texts import Text

MOST_BYTES = {True: 16 << 20, False: 128 << 20}
"""Bytes of a file: of one that is text (True), and of one that has an inside."""
SECONDS = {Kind.PDF: 180.0}
USUAL_SECONDS = 30.0
MOST_REPLY = 256 << 20
"""Bytes of an answer; a reader that sends more has gone mad."""
BINARY = Text("it is no text", "不是文本文件")
TOO_LARGE = Text("it is larger than {0} MB", "超过 {0} MB")
NO_FILE = Text("it is no ordinary file", "不是普通文件")
LATE = Text("reading it took longer than {0} s", "读取超过 {0} 秒")
DIED = Text("its reader broke down on it", "读取过程崩溃")
STOPPED = Text("stopped", "已停止")


@dataclass(frozen=True, slots=True)
class Opened:
    """The bytes of a file, and what it was when they were read."""

    body: bytes
    size: int
    stamp: int


def open_file(path: Path) -> Opened:
    """The bytes of an ordinary file of bearable size.  Raises ``Unreadable``.

    A pipe or a device is never waited for.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a device may do something already
            raise Unreadable(NO_FILE)
        number = os.open(path, flags | getattr(os, "O_NOCTTY", 0))
        with os.fdopen(number, "rb") as file:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode):
                raise Unreadable(NO_FILE)
            most = MOST_BYTES[False]
            body = file.read(most + 1) if found.st_size <= most else b""
    except OSError as wrong:
        raise Unreadable(because_of(wrong, Text("{0}", "{0}"))) from wrong
    if len(body) > most or found.st_size > most:
        raise Unreadable(Text(TOO_LARGE.en, TOO_LARGE.zh, (most >> 20,)))
    return Opened(body, found.st_size, found.st_mtime_ns)


class Reader:
    """Reads documents, one after another, in a process that it starts when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        wrong: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, name: str, body: bytes, cancel: Cancel) -> Document:
        """The document in a file of that name.  Raises ``Unreadable``."""
        kind = kind_of(name, body)
        if kind is None:
            raise Unreadable(BINARY)
        most = MOST_BYTES[kind in PLAIN]
        if len(body) > most:
            raise Unreadable(Text(TOO_LARGE.en, TOO_LARGE.zh, (most >> 20,)))
        if kind in PLAIN:  # it is decoded line by line, and there is nothing else in it
            from assistant.notes.readers import plain

            return plain.read(body, kind)
        return self._ask(kind, body, cancel)

    def close(self) -> None:
        """End the process.  Any number of times."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                with suppress(OSError):
                    pipe.close()

    def _ask(self, kind: Kind, body: bytes, cancel: Cancel) -> Document:
        seconds = SECONDS.get(kind, USUAL_SECONDS)
        process = self._process = self._process or _start()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def too_late() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, too_late)
        timer.daemon = True
        timer.start()
        remove = cancel.listen(process.kill)
        line = b""
        try:
            process.stdin.write(wire.dumps(child.Job(kind, len(body), seconds)) + body)
            process.stdin.flush()
            line = process.stdout.readline(MOST_REPLY)
        except OSError:
            pass  # it has died: told below
        finally:
            timer.cancel()
            remove()
        if not line.endswith(b"\n"):
            self.close()
            lasted = Text(LATE.en, LATE.zh, (f"{seconds:.0f}",))
            raise Unreadable(STOPPED if cancel.is_set() else lasted if late.is_set() else DIED)
        return self._reply(line)

    def _reply(self, line: bytes) -> Document:
        try:
            reply: child.Reply = wire.loads(line, child.Reply)
        except ValueError as wrong:
            self.close()
            raise Unreadable(DIED) from wrong
        if isinstance(reply, child.Refused):
            raise Unreadable(reply.why)
        return reply


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "assistant.notes.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is the program's to handle
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same, Windows
    )
