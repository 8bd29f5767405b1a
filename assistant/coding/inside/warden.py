"""The first process of the new world: starts the programs, watches them, reports what became
of them.  As it ends, the kernel ends everything that is left there.

It reports over a descriptor that no program is given; the code cannot trace it (it is not
dumpable, and outside of the code's Landlock domain), and signals do not reach it.
"""

from __future__ import annotations

import os
import select
import time

from assistant.coding.inside import confine, kernel
from assistant.coding.inside.orders import USER, Orders

TICK_MS = 20
ROUNDS = 200
"""How often those are ended that start others meanwhile, where the kernel does not end them all."""
PAGE = os.sysconf("SC_PAGE_SIZE")


class Warden:
    """One run.  ``say`` is where to report, ``leash`` ends as soon as the program outside does."""

    def __init__(self, orders: Orders, say: int, leash: int) -> None:
        self._orders = orders
        self._say = say
        self._leash = leash
        self._peak = 0

    def guard(self) -> None:
        """Run every step, as long as each one succeeds."""
        self._write_files()
        _volunteer()
        for number, arguments in enumerate(self._orders.steps):
            if self._run(number, arguments):
                break
        kill_all()
        self._tell(f"peak {self._peak}")
        self._tell("end")

    def _tell(self, line: str) -> None:
        os.write(self._say, f"{line}\n".encode())

    def _write_files(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        root = os.getuid() == 0 and _first()
        for name, data in self._orders.files:
            place = os.open(name, flags, 0o600)
            try:
                while data:
                    data = data[os.write(place, data) :]  # noqa: PLW2901
                if root:
                    os.fchown(place, USER, USER)
            finally:
                os.close(place)

    def _run(self, number: int, arguments: tuple[str, ...]) -> int:
        """Start one program and wait for it; the result is its status, as from ``wait``."""
        hear, say = os.pipe()
        say = _high(say)
        child = os.fork()
        if not child:
            confine.start(self._orders, arguments, say)
        os.close(say)
        heard = b""
        while part := os.read(hear, 4096):
            heard += part
        os.close(hear)
        self._tell(f"step {number}")
        for line in heard.decode("utf-8", "replace").splitlines():
            self._tell(f"failure {line[1:]}" if line.startswith("!") else f"layer {line}")
        self._tell("started")
        status = self._watch(child)
        self._tell(f"status {status}")
        return status

    def _watch(self, child: int) -> int:
        """Wait for the child's end, with an eye on all the others."""
        poll = select.poll()
        exited = os.pidfd_open(child)
        poll.register(exited, select.POLLIN)
        poll.register(self._leash, select.POLLIN | select.POLLHUP)
        due = time.monotonic()
        while True:
            ready = [place for place, _ in poll.poll(TICK_MS)]
            if self._leash in ready:
                kill_all()
                os._exit(1)
            if exited in ready:
                os.close(exited)
                _, status, used = os.wait4(child, 0)
                self._peak = max(self._peak, used.ru_maxrss << 10)
                self._tell(f"cpu {used.ru_utime + used.ru_stime:.3f}")
                return status
            if time.monotonic() >= due:  # looking takes time too, and never more than half
                start = time.monotonic()
                self._look()
                due = 2 * time.monotonic() - start
            _reap(child)

    def _look(self) -> None:
        """End everything where memory or processes together are past the limit."""
        bounds = self._orders.bounds
        processes, used = census()
        if used > bounds.memory:  # pages that several share were counted for each: count exactly
            used = shared_fairly()
        self._peak = max(self._peak, used)
        over = "memory" if used > bounds.memory else ""
        if processes > bounds.processes:
            over = "processes"
        if over:
            self._tell(f"limit {over}")
            kill_all()


def _volunteer() -> None:
    """Be the first that the kernel ends when memory runs out, and be traced by nobody."""
    place = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    os.write(place, b"1000")
    os.close(place)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)


def _high(place: int) -> int:
    """The descriptor under a number that is in nobody's way."""
    import fcntl

    high = fcntl.fcntl(place, fcntl.F_DUPFD_CLOEXEC, 250)
    os.close(place)
    return high


def _reap(child: int) -> None:
    """Let go of those that were orphaned here and have ended."""
    while True:
        try:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if found is None or found.si_pid == child:
            return
        os.waitpid(found.si_pid, 0)


def _first() -> bool:
    """Is this the first process of a world of its own?"""
    return os.getpid() == 1


def numbers() -> list[str]:
    """The processes to watch: all of this world; without a world, all that descend from here."""
    me = str(os.getpid())
    found = [name for name in os.listdir("/proc") if name.isdigit() and name != me]  # noqa: PTH208
    return found if _first() else _descending(me, found)


def _descending(me: str, found: list[str]) -> list[str]:
    parents = {}
    for number in found:
        try:
            parents[number] = _stat(number)[1].decode()
        except (OSError, IndexError):
            continue
    ours = {me}
    while more := {number for number, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sorted(ours - {me})


def _stat(number: str) -> list[bytes]:
    """The fields of ``stat`` from the third on; the name before may hold anything, brackets too."""
    return _read(f"/proc/{number}/stat").rpartition(b")")[2].split()


def census() -> tuple[int, int]:
    """How many threads there are, and the bytes that their processes hold at most."""
    threads = pages = 0
    for number in numbers():
        try:
            threads += int(_stat(number)[17])
            pages += int(_read(f"/proc/{number}/statm").split()[1])
        except (OSError, IndexError, ValueError):  # it has ended meanwhile
            continue
    return threads, pages * PAGE


def shared_fairly() -> int:
    """The bytes that all processes hold, a shared page counted once."""
    total = 0
    for number in numbers():
        try:
            for line in _read(f"/proc/{number}/smaps_rollup").splitlines():
                if line.startswith(b"Pss:"):
                    total += int(line.split()[1]) << 10
        except PermissionError:  # it has made itself unreadable: count all that it could hold
            try:
                total += int(_read(f"/proc/{number}/statm").split()[1]) * PAGE
            except (OSError, IndexError):
                continue
        except OSError:
            continue
    return total


def _read(path: str) -> bytes:
    place = os.open(path, os.O_RDONLY)
    try:
        return os.read(place, 1 << 14)
    finally:
        os.close(place)


def kill_all() -> None:
    """End every process of this world but this one; without a world, all that descend from here."""
    if _first():
        try:
            os.kill(-1, kernel.SIGKILL)
        except ProcessLookupError:
            return
        return
    for _ in range(ROUNDS):
        left = numbers()
        for number in left:
            try:
                os.kill(int(number), kernel.SIGKILL)
            except ProcessLookupError:
                continue
        _reap(0)
        if not left:
            return
