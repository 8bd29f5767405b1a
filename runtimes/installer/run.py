"""Carry out a recipe: one program after the other, watched, logged and stoppable."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType
from typing import BinaryIO, Protocol

from runtimes.files import private_folder
from runtimes.installer.progress import Progress, Reader
from runtimes.installer.recipes import Command

LINE = 16_384
"""Bytes of a line that are read at once; what is longer comes in pieces."""
TAIL = 400
"""Lines that are kept for the diagnosis."""
TICK = 0.2
"""Seconds between two calls of ``watch`` while nothing is written."""
GRACE = 5.0
"""Seconds for a stopped build to clean up after itself."""
KEPT_LOGS = 5
SETTINGS = {"NINJA_STATUS": "[%f/%t] ", "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
"""Variables that make a build tell how far it is."""
TEMPORARY = ("TMPDIR", "TEMP", "TMP")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: the exit code and the last lines of what was written."""

    code: int
    tail: tuple[str, ...]


Watch = Callable[[Progress], None]
"""Called with what is being done: at each change, and every fifth of a second."""


class Runner(Protocol):
    """Runs one command to its end."""

    def __call__(self, command: Command, log: BinaryIO, watch: Watch) -> Outcome:
        """Run it; all that it writes goes to ``log`` too."""


def run(command: Command, log: BinaryIO, watch: Watch) -> Outcome:
    """Run a command in a group, and with a folder for temporary files, of its own.

    An exception (Ctrl-C is one) stops the whole group before it goes on: asked at first, then
    killed; what it has left in its folder goes too.  Raises ``OSError`` where the program cannot
    be started.
    """
    log.write(f"$ {command.shown()}\n".encode())
    with tempfile.TemporaryDirectory(prefix="assistant-", ignore_cleanup_errors=True) as folder:
        return _run(command, folder, log, watch)


def _run(command: Command, folder: str, log: BinaryIO, watch: Watch) -> Outcome:
    process = subprocess.Popen(  # noqa: S603 - a list of words of our own, no shell
        command.argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **SETTINGS, **dict.fromkeys(TEMPORARY, folder), **dict(command.env)},
        start_new_session=os.name != "nt",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    assert process.stdout is not None
    lines: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_pump, args=(process.stdout, lines), daemon=True).start()
    try:
        tail = _follow(lines, log, watch)
        return Outcome(process.wait(), tail)
    finally:
        if process.poll() is None:
            stop(process)


def _pump(stream: BinaryIO, lines: SimpleQueue[bytes | None]) -> None:
    with stream:
        while line := stream.readline(LINE):
            lines.put(line)
    lines.put(None)


def _follow(lines: SimpleQueue[bytes | None], log: BinaryIO, watch: Watch) -> tuple[str, ...]:
    reader, tail = Reader(), deque[str](maxlen=TAIL)
    watch(reader.now)
    while True:
        try:
            line = lines.get(timeout=TICK)
        except Empty:
            watch(reader.now)
            continue
        if line is None:
            return tuple(tail)
        log.write(line)
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        tail.append(text)
        if reader.feed(text):
            watch(reader.now)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603 - a fixed program and a number
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607 - a part of Windows
            capture_output=True,
            check=False,
        )
        process.wait()
        return
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            _wait_for_group(process, GRACE)
        except ProcessLookupError:
            break
        if not _alive(process.pid):
            break
    process.wait()


def _wait_for_group(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Until the whole group has gone: pip may end before the compilers that it started."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        process.poll()  # a child that nobody waits for stays in the group
        if not _alive(process.pid):
            return
        time.sleep(0.05)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


@contextmanager
def stoppable() -> Iterator[None]:
    """Within, a closed terminal or a polite kill works like Ctrl-C: no build is left behind."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = ("SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []  # only the main thread may set one
    before = [signal.signal(number, interrupt) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def log_file(folder: Path, engine: str) -> Path:
    """A new file for a log; of the old ones the last few are kept.  Raises ``OSError``."""
    private_folder(folder)
    old = sorted(folder.glob("install-*.log"), key=lambda path: path.stat().st_mtime)
    for path in old[: max(0, len(old) - KEPT_LOGS + 1)]:
        path.unlink(missing_ok=True)
    return folder / f"install-{engine}-{time.strftime('%Y%m%d-%H%M%S')}.log"
