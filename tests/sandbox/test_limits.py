"""Programs that take all they can: each is ended at its limit, and nothing of it stays."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass

import confined
import pytest
from confined import GRACE, SMALL

from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Limit, Limits


@dataclass(frozen=True, slots=True)
class Bomb:
    """A program, and the limits of which one may end it; none where the kernel refuses more."""

    name: str
    code: str
    ends_by: frozenset[Limit] = frozenset()
    seconds: float = SMALL.seconds


def by(*limits: Limit) -> frozenset[Limit]:
    return frozenset(limits)


TIME, MEMORY = by(Limit.TIME), by(Limit.MEMORY)
SPREAD = by(Limit.MEMORY, Limit.PROCESSES, Limit.TIME, Limit.CPU)
QUICK = (
    Bomb("sleep", "import time; time.sleep(99)", TIME, 1.0),
    Bomb("flood of output", "while True: print('x' * 9999)", by(Limit.OUTPUT)),
    Bomb("flood of errors", "import os\nwhile True: os.write(2, b'y' * 99999)", by(Limit.OUTPUT)),
    Bomb(
        "flood without a line",
        "import os\nwhile True: os.write(1, b'z')",
        by(Limit.OUTPUT, Limit.TIME),
    ),
    Bomb("a large list", "x = bytearray(1 << 30)"),
    Bomb("a growing list", "x = []\nwhile True: x.append('x' * 99999 + str(len(x)))"),
    Bomb("a large number", "print(len(str(10 ** 10 ** 9)))", by(Limit.TIME, Limit.CPU), 1.0),
    Bomb("a large file", "open('x', 'wb').truncate(1 << 40)"),
    Bomb("a full disk", "f = open('x', 'wb')\nwhile True: f.write(b'x' * 99999)"),
    Bomb("many files", "n = 0\nwhile True:\n open(str(n), 'w').close()\n n += 1"),
    Bomb("a full shared memory", "f = open('/dev/shm/x', 'wb')\nwhile True: f.write(b'x' * 99999)"),
    Bomb("many open files", "import os\nwhile True: os.dup(0)"),
    Bomb("a deep recursion", "def f(): f()\nf()"),
    Bomb("a crash", "import ctypes; ctypes.string_at(0)"),
    Bomb("an abort", "import os; os.abort()"),
    Bomb("a stop", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", TIME, 1.0),
    Bomb(
        "no end to what is shared",
        "import mmap\nx = []\nwhile True:\n m = mmap.mmap(-1, 1 << 24)\n"
        " m.write(b'x' * (1 << 24))\n x.append(m)",
        MEMORY,
    ),
    Bomb(
        "a daemon",
        """
import os, time
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
time.sleep(99)
""",
    ),
    Bomb(
        "a daemon that holds the output",
        """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"], start_new_session=True)
""",
    ),
    Bomb(
        "a program that will not end",
        """
import signal, time
for n in range(1, 65):
    try: signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError): pass
time.sleep(99)
""",
        TIME,
        1.0,
    ),
    Bomb(
        "closes everything", "import os\nos.closerange(0, 999)\nwhile True: os.getpid()", TIME, 1.0
    ),
)
SLOW = (
    Bomb("a loop", "while True: pass", by(Limit.TIME, Limit.CPU)),
    Bomb(
        "a loop that ignores the limit of CPU",
        """
import signal
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
while True: pass
""",
        by(Limit.TIME, Limit.CPU),
    ),
    Bomb(
        "processes without end",
        "import os\nwhile True:\n try: os.fork()\n except OSError: pass",
        SPREAD,
    ),
    Bomb(
        "processes that start each other",
        """
import os
for _ in range(999):
    try:
        if os.fork() == 0: os.setsid()
    except OSError: break
import time; time.sleep(99)
""",
        SPREAD,
    ),
    Bomb(
        "threads without end",
        """
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(99,)).start()
    except RuntimeError: time.sleep(0.01)
""",
        SPREAD,
    ),
    Bomb(
        "the dead without end",
        """
import os
while True:
    try:
        if os.fork() == 0: os._exit(0)
    except OSError: pass
""",
        SPREAD,
    ),
    Bomb(
        "memory in many processes",
        """
import os, time
for _ in range(12):
    if os.fork() == 0:
        x = bytearray(b"x") * (24 << 20)
        time.sleep(99)
time.sleep(99)
""",
        MEMORY,
    ),
    Bomb(
        "memory in one that hides",
        """
import ctypes, os, time
ctypes.CDLL(None).prctl(4, 0)
for _ in range(12):
    if os.fork() == 0:
        x = bytearray(b"x") * (24 << 20)
        time.sleep(99)
time.sleep(99)
""",
        MEMORY,
    ),
    Bomb(
        "memory in pipes",
        """
import fcntl, os
kept = []
while True:
    try:
        r, w = os.pipe()
        os.set_blocking(w, False)
        kept += [r, w]
        fcntl.fcntl(w, 1031, 1 << 20)
        while True: os.write(w, b"x" * 65536)
    except BlockingIOError: pass
    except OSError: break
""",
    ),
    Bomb(
        "memory in local sockets",
        """
import socket
kept = []
try:
    while True:
        pair = socket.socketpair()
        kept.append(pair)
        pair[0].setblocking(False)
        try:
            while True: pair[0].send(b"x" * 65536)
        except BlockingIOError: pass
except OSError: pass
""",
    ),
    Bomb(
        "programs without end",
        "import os, sys\nos.execv(sys.executable, [sys.executable, 'attempt.py'])",
        by(Limit.TIME, Limit.CPU),
    ),
    Bomb(
        "a pattern without end",
        "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')",
        by(Limit.TIME, Limit.CPU),
    ),
)
ROWS = [
    *(pytest.param(bomb, id=bomb.name) for bomb in QUICK),
    *(pytest.param(bomb, id=bomb.name, marks=pytest.mark.slow) for bomb in SLOW),
]


@pytest.fixture(scope="module")
def held() -> Policy:
    return confined.policy()


@pytest.mark.parametrize("bomb", ROWS)
def test_a_bomb_is_ended_in_time_and_leaves_nothing(bomb: Bomb, held: Policy) -> None:
    limits = dataclasses.replace(SMALL, seconds=bomb.seconds)
    processes, mounts, open_ = confined.children(), confined.mounts(), confined.descriptors()
    result, seconds = confined.python(bomb.code, held, limits)
    assert seconds < limits.seconds + GRACE + STARTING
    assert result.seconds < limits.seconds + GRACE
    assert frozenset(result.limits) <= bomb.ends_by
    assert bool(result.limits) == bool(bomb.ends_by), (result.exit, result.signal, result.stderr)
    assert len(result.stdout) <= limits.output
    assert len(result.stderr) <= limits.output
    assert confined.children() <= processes
    assert confined.mounts() == mounts
    assert confined.descriptors() == open_


STARTING = 2.0
"""Seconds that the start may take on a machine where other tests run: no time of the program's."""


@pytest.mark.slow
def test_the_limit_of_cpu_is_told_apart_from_that_of_time(held: Policy) -> None:
    result, _ = confined.python("while True: pass", held, Limits(seconds=20, cpu=1))
    assert result.limits == (Limit.CPU,)
    assert 0.9 < result.cpu_seconds < 2.5


def test_memory_that_is_refused_is_an_error_of_the_program(held: Policy) -> None:
    result, _ = confined.python("x = bytearray(1 << 30)", held)
    assert result.exit == 1
    assert "MemoryError" in result.stderr
    assert result.peak_memory < SMALL.memory


def test_what_was_printed_before_the_limit_is_kept(held: Policy) -> None:
    limits = dataclasses.replace(SMALL, seconds=0.7)
    result, _ = confined.python("print('so far'); import time; time.sleep(9)", held, limits)
    assert (result.stdout, result.limits) == ("so far\n", (Limit.TIME,))


def test_input_that_nobody_reads_holds_nothing_up(held: Policy) -> None:
    result, _ = confined.python("print(input())", held, stdin="one\n" + "x" * (4 << 20))
    assert (result.stdout, result.exit) == ("one\n", 0)


def test_a_machine_that_starts_slowly_takes_no_time_from_the_program(held: Policy) -> None:
    start = time.monotonic()
    result, _ = confined.python("print(1)", held, dataclasses.replace(SMALL, seconds=2))
    assert result.seconds <= time.monotonic() - start
    assert result.succeeded
