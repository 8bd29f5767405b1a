"""Worker processes: limits hold, the next problem works, nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from assistant.maths import worker
from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.types import Failure, Solution, Trouble

HUNG = "x = factorial(10^9)"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Limits(seconds=1.5)) as running:
        yield running


def test_a_problem_is_solved_in_another_process(pool: Pool) -> None:
    assert isinstance(pool.run("solve", read_problem("2x + 3 = 11")), Solution)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        HUNG,
        "expand (a+b+c+d)^400",
        "factor x^200000 - 1",
    ],
)
def test_an_endless_problem_ends_in_time_and_the_next_one_works(pool: Pool, text: str) -> None:
    pool.run("solve", read_problem("x = 1"))  # the worker is warm now
    start = time.monotonic()
    result = pool.run("solve", read_problem(text))
    assert time.monotonic() - start < 1.5 + 1.5  # 0.5 s late at most on a machine at rest
    assert isinstance(result, Trouble)
    assert result.code in (Failure.TIMEOUT, Failure.MEMORY, Failure.UNSUPPORTED)
    assert isinstance(pool.run("solve", read_problem("x + 1 = 3")), Solution)


@pytest.mark.slow
def test_memory_has_a_limit() -> None:
    with Pool(Limits(seconds=20, memory=400 << 20)) as small:
        result = small.run("solve", read_problem("x = factorial(10^9)"))
    assert isinstance(result, Trouble)
    assert result.code in (Failure.MEMORY, Failure.TIMEOUT)


def test_an_unknown_job_is_a_bug_and_not_a_crash(pool: Pool) -> None:
    result = pool.run("no such job", None)
    assert isinstance(result, Trouble)
    assert result.code is Failure.INTERNAL


def children(pid: int) -> set[int]:
    """Processes whose parent is, or whose command line names, a worker started by ``pid``."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found.add(int(entry.name))
    return found


def gone(pids: set[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(running(p) for p in pids):
            return True
        time.sleep(0.05)
    return False


def running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_no_process_is_left_behind(how: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", "tui", "solve", HUNG, "--timeout", "30"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 10
    while not (workers := children(parent.pid)) and time.monotonic() < end:
        time.sleep(0.05)
    assert workers
    time.sleep(1.0)  # it computes now
    os.kill(parent.pid, how)
    parent.wait(10)
    assert parent.stdout is not None
    parent.stdout.close()
    assert gone(workers, 3)


def test_what_a_worker_loads_while_nobody_asks_never_keeps_a_job_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(worker, "limit_time", lambda _seconds: None)
    messages: SimpleQueue[object] = SimpleQueue()
    loaded = 0

    def pieces() -> Iterator[None]:
        nonlocal loaded
        for loaded in range(1, 10):
            if loaded == 3:
                messages.put("a job")
            yield

    spare = pieces()
    assert worker._next(messages, spare) == "a job"
    assert loaded == 3
    threading.Timer(0.2, messages.put, ("another",)).start()
    assert worker._next(messages, spare) == "another"
    assert loaded == 9
    messages.put("one more")
    assert worker._next(messages, spare) == "one more"


LOADED_BEFOREHAND = """
import sys
from assistant.maths.jobs import Job, run, warm, warm_words
warm()
for _ in warm_words():
    pass
run(Job("open", "", 1.0))
before = set(sys.modules)
run(Job("open", "Tom has 3 apples. He buys 2 apples. How many apples does he have now?", 1.0))
run(Job("open", "小明有3个苹果，又买了2个，现在有多少个？", 1.0))
print(*(name for name in set(sys.modules) - before if name.startswith("assistant.maths.reading")))
"""


def test_nothing_is_left_to_load_for_a_problem_in_words() -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADED_BEFOREHAND], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == []
