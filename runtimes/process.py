"""One process of an engine, seen from the program: frames out, frames in, and how it ended."""

from __future__ import annotations

import itertools
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO

from runtimes import frames, wire
from runtimes.base import Cancel
from runtimes.errors import EngineCrashed, EngineFailed, EngineHung, EngineOutOfMemory
from runtimes.reasons import because_of
from runtimes.texts import Text

MAX_FRAME = 64 << 20
"""Bytes of one line from the engine; one that sends more has gone mad."""
LAST_WORDS = 40
"""Lines of its stderr that are kept for the message when it dies."""
LAG = 1.0
"""Seconds by which a line of its stderr may be read later, or earlier, than a reply beside it."""
HEARING = 0.2
"""Seconds that a question waits for what was said before it to be heard."""
CRASHES = ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP", "SIGSYS")
WINDOWS = {
    0xC0000005: "access violation",
    0xC000001D: "illegal instruction",
    0xC0000409: "abort",
    0xC00000FD: "stack overflow",
}
OUT_OF_MEMORY = (
    "out of memory",
    "outofdevicememory",  # Vulkan
    "insufficient memory",  # Metal
    "failed to allocate",
    "bad_alloc",
    "cannot allocate memory",
)
QUIET = {
    "HF_HUB_OFFLINE": "1",  # an engine reads files; only the store downloads
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONUNBUFFERED": "1",
    "CUDA_DEVICE_ORDER": "PCI_BUS_ID",  # the order of NVML, by which a plan counts the cards
}
LARGE_PAGES = "glibc.malloc.hugetlb=1"
"""Asks Linux for pages of 2 MiB under large blocks.  A token walks through all weights, and with
pages of 4 KiB the processor looks up where each lies (5 to 20 % of the time of a token)."""
GRACE = 2.0
"""Seconds that an engine gets to obey before it is killed."""
PATIENCE = 30.0
"""Seconds that the system gets to bury a killed process."""
POLL = 0.25
"""Seconds after which a wait looks up, to see whether it was told to stop at once."""
ONE_WRITE = getattr(select, "PIPE_BUF", 1 << 16)
"""Bytes that a pipe with room takes without waiting."""
RELOAD = Text(
    "try again with another engine or model; assistant doctor looks for the cause",
    "请换用其他引擎或模型；assistant doctor 可查找原因",
)
SMALLER = Text(
    "choose a smaller model or context, put fewer layers on the GPU (--gpu-layers N), or close "
    "other programs",
    "请选择更小的模型或更短的上下文、减少放在 GPU 上的层数（--gpu-layers N），或关闭其他程序",
)


class Gone(Exception):  # noqa: N818 - what happened
    """The process has ended, or speaks nonsense and was ended."""


class Disobeyed(Gone):
    """It was told to stop, did not, and was ended by us: no fault of what it was doing."""


class _Patience:
    """How long an engine may do nothing, and how soon it must obey."""

    def __init__(self, cancel: Cancel, stall: float) -> None:
        self.stall = stall
        self._cancel = cancel
        self._last = time.monotonic()
        self._mark = -1
        self._told = 0.0

    def heard(self, mark: int) -> None:
        """It has done something, if the mark is another than the last time."""
        if mark != self._mark:
            self._mark, self._last = mark, time.monotonic()

    @property
    def hung(self) -> bool:
        """Has it done nothing for too long?"""
        return time.monotonic() - self._last > self.stall

    @property
    def disobeyed(self) -> bool:
        """Was it told to stop, twice, or longer ago than the grace?"""
        if not self._cancel.is_set():
            return False
        self._told = self._told or time.monotonic()
        return self._cancel.forced or time.monotonic() - self._told > GRACE


def surroundings() -> dict[str, str]:
    """The environment of an engine; what the user has set for the allocator holds."""
    theirs = os.environ.get("GLIBC_TUNABLES", "")
    name, _, _ = LARGE_PAGES.partition("=")
    tunables = theirs if name in theirs else ":".join(filter(None, (LARGE_PAGES, theirs)))
    return {**os.environ, **QUIET, "GLIBC_TUNABLES": tunables}


def _has_room(pipe: int, seconds: float) -> bool:
    """Does a pipe take ``ONE_WRITE`` bytes at once?  Where the system cannot tell, it is hoped."""
    if os.name != "posix":
        return True
    poll = select.poll()
    poll.register(pipe, select.POLLOUT)
    return bool(poll.poll(1000 * seconds))


class EngineProcess:
    """A running ``runtimes.child``.  ``receive`` is for one thread; the rest for any."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "runtimes.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is the program's to handle
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same, Windows
            env=surroundings(),
        )
        self._replies: SimpleQueue[frames.Reply | None] = SimpleQueue()
        self._words: deque[tuple[float, str]] = deque(maxlen=LAST_WORDS)
        self._asked = self._replied = 0.0
        self._writing = threading.RLock()
        self._busy_writing = False
        self._nonsense = ""
        self._stop_wanted = False
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._reader = threading.Thread(
            target=self._read, args=(self._process.stdout,), daemon=True
        )
        self._listener = threading.Thread(
            target=self._hear, args=(self._process.stderr,), daemon=True
        )
        self._reader.start()
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def alive(self) -> bool:
        """Is it running?"""
        return self._process.poll() is None

    def send(self, request: frames.Request, cancel: Cancel, stall: float) -> None:
        """Ask.  Raises ``Gone`` where nobody listens.

        A question that is longer than a pipe waits for its reader.  Where the engine reads
        nothing for ``stall`` seconds, the process is ended, and ``EngineHung`` raised; where
        ``cancel`` was set meanwhile, it is ended after a grace, and ``Disobeyed`` raised.
        """
        line = wire.dumps(request)
        self._hear_out()
        self._asked = time.monotonic()
        patience = _Patience(cancel, stall)
        with self._writing:
            self._busy_writing = True
            try:
                while line := self._write(line, POLL):
                    self._wait_for_reader(patience, len(line))
            finally:
                self._busy_writing = False
            if self._stop_wanted:
                self._stop_wanted = False
                self._write(wire.dumps(frames.Stop()), 0)

    def _wait_for_reader(self, patience: _Patience, left: int) -> None:
        patience.heard(left)
        if patience.hung:
            self.end()
            raise _hung(patience.stall)
        if patience.disobeyed:
            self.end()
            raise Disobeyed

    def stop(self) -> None:
        """Ask to cancel what is being done; never waits.  Also from a signal handler that has
        interrupted ``send`` on this very thread: then it goes out after the frame that is half
        written."""
        with self._writing:
            if self._busy_writing:
                self._stop_wanted = True
                return
            with suppress(Gone):  # what is dead has stopped; what does not read is ended later
                self._write(wire.dumps(frames.Stop()), 0)

    def _write(self, line: bytes, seconds: float) -> bytes:
        """Write as much as has room within some seconds; the result is the rest."""
        assert self._process.stdin is not None
        try:  # past the buffer, which a signal handler must not enter a second time
            number = self._process.stdin.fileno()
            while line and _has_room(number, seconds):
                line = line[os.write(number, line[:ONE_WRITE]) :]
        except (OSError, ValueError) as wrong:
            raise Gone from wrong
        return line

    def receive(self, seconds: float | None) -> frames.Reply | None:
        """The next reply, or ``None`` when the time is up.  Raises ``Gone``."""
        try:
            reply = self._replies.get(timeout=seconds)
        except Empty:
            return None
        if reply is None:
            self._replies.put(None)  # whoever asks next gets the same answer
            raise Gone
        return reply

    def replies(self, cancel: Cancel, stall: float) -> Iterator[frames.Reply]:
        """What comes from the engine, while ``cancel`` is passed on to it.

        Raises ``Gone``; ``Disobeyed`` when a cancelled engine does not obey, at once after a
        second ``set``, else after a grace; and ``EngineHung`` (the process is ended then) when
        nothing comes for ``stall`` seconds.
        """
        remove = cancel.listen(self.stop)
        patience = _Patience(cancel, stall)
        try:
            for count in itertools.count():
                reply = self.receive(POLL)
                if reply is not None:
                    yield reply
                    patience.heard(count)
                elif patience.hung:
                    self.end()
                    raise _hung(stall)
                if patience.disobeyed:
                    self.end()
                    raise Disobeyed
        finally:
            remove()

    def _read(self, pipe: IO[bytes]) -> None:
        try:
            while line := pipe.readline(MAX_FRAME):
                reply: frames.Reply = wire.loads(line, frames.Reply)
                self._replied = time.monotonic()
                self._replies.put(reply)
        except (OSError, ValueError) as wrong:
            self._nonsense = f"unreadable reply: {wrong}"[:300]
            self._process.kill()
        self._replies.put(None)

    def _hear(self, pipe: IO[bytes]) -> None:
        while line := pipe.readline(4000):
            words = line.decode("utf-8", "replace").rstrip()
            self._words.append((time.monotonic(), words))

    def _hear_out(self) -> None:
        """Let what was said before a question be heard before it is asked: it is nothing that the
        question did.  Windows does not tell how much is unread."""
        if os.name != "posix" or self._process.stderr is None:
            return
        import fcntl
        import termios

        unread, end = bytearray(4), time.monotonic() + HEARING
        time.sleep(HEARING / 100)  # whoever reads may have it already, and wait for a turn
        with suppress(OSError, ValueError):
            while not fcntl.ioctl(self._process.stderr, termios.FIONREAD, unread):
                if not any(unread) or time.monotonic() > end:
                    return
                time.sleep(HEARING / 100)

    def _last_words(self) -> str:
        """What it said of its end: what it has outlived does not belong to it."""
        since = max(self._asked, self._replied - LAG)
        heard = tuple(self._words)  # whoever holds its stderr may go on speaking
        said = [words for when, words in heard if when >= since and words.strip()]
        return " / ".join(said)[-600:]

    def end(self, grace: float = 0.0) -> None:
        """End it, by force after ``grace`` seconds; all its memory is free when this returns."""
        if grace:
            try:
                assert self._process.stdin is not None
                self._process.stdin.close()
                self._process.wait(grace)
            except (OSError, subprocess.TimeoutExpired):
                pass
        self._kill()
        with suppress(subprocess.TimeoutExpired):  # stuck in a driver: the system will see to it
            self._process.wait(PATIENCE)
        self._reader.join(1)
        self._listener.join(1)
        reading = self._reader.is_alive() or self._listener.is_alive()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert pipe is not None
            if pipe is self._process.stdin or not reading:
                with suppress(OSError):  # a full pipe to a dead process
                    pipe.close()

    def _kill(self) -> None:
        """End it with whatever it has started itself."""
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def autopsy(self) -> EngineFailed:
        """Why it died, once ``receive`` or ``send`` has raised ``Gone``."""
        self.end(grace=2.0)
        code = self._process.returncode
        name = _signal_name(code)
        words = self._last_words()
        if self._nonsense:
            return EngineCrashed(
                Text(
                    "the engine speaks nonsense: {0}", "引擎的输出无法理解：{0}", (self._nonsense,)
                ),
                RELOAD,
            )
        if any(sign in words.lower() for sign in OUT_OF_MEMORY):
            return EngineOutOfMemory(
                Text("the engine ran out of memory: {0}", "引擎内存不足：{0}", (words,)), SMALLER
            )
        if name == "SIGKILL":
            return EngineOutOfMemory(
                Text(
                    "the engine was killed from outside, most likely for want of memory",
                    "引擎被外部终止，很可能是因为内存不足",
                ),
                SMALLER,
            )
        silent = Text("the engine crashed ({0})", "引擎崩溃（{0}）", (name,))
        said = Text(
            "the engine crashed ({0}); its last words: {1}",
            "引擎崩溃（{0}），最后的输出：{1}",
            (name, words),
        )
        return EngineCrashed(said if words else silent, RELOAD)

    @property
    def crashed(self) -> bool:
        """Did it end by a fault of its own, which may happen again in the same place?"""
        code = self._process.returncode
        return code is not None and (_signal_name(code) in CRASHES or code in WINDOWS)


def started() -> EngineProcess:
    """A new process.  Raises ``EngineFailed`` where the system gives none."""
    try:
        return EngineProcess()
    except OSError as wrong:
        raise EngineFailed(
            because_of(
                wrong, Text("the engine's process cannot be started: {0}", "无法启动引擎进程：{0}")
            )
        ) from wrong


def _hung(seconds: float) -> EngineHung:
    return EngineHung(
        Text(
            "the engine did nothing for {0} seconds and was stopped",
            "引擎 {0} 秒没有任何动作，已被停止",
            (f"{seconds:.0f}",),
        ),
        RELOAD,
    )


def _signal_name(code: int) -> str:
    """``SIGSEGV`` and the like, or the exit code in words."""
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return WINDOWS.get(code, f"exit code {code}")
