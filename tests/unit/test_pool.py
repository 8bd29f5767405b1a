"""Worker processes: limits hold, the next problem works, nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.types import Failure, Solution, Trouble

HUNG = "10^10^10 x = 1"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Limits(seconds=1.5)) as running:
        yield running


def test_a_problem_is_solved_in_another_process(pool: Pool) -> None:
    assert isinstance(pool.run("solve", read_problem("2x + 3 = 11")), Solution)


@pytest.mark.parametrize(
    "text",
    [
        HUNG,
        "x = factorial(10^9)",
        "expand (a+b+c+d)^400",
        "simplify 7^(7^(7^7))",
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
        result = small.run("solve", read_problem("x = 2^(2^33)"))
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
