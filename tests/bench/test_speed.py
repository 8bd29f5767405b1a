"""Start-up and warm speed: ``pytest tests/bench --benchmark-enable``.

Each figure that matters is a ratio of two medians from one run on one machine.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from data import rows
from pytest_benchmark.fixture import BenchmarkFixture

from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.types import Solution, Task

COMMAND = str(Path(sys.executable).with_name("assistant"))


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60)


@pytest.mark.slow
@pytest.mark.benchmark(group="start-up", min_rounds=20)
@pytest.mark.parametrize(
    "command",
    [
        (sys.executable, "-c", "pass"),
        (COMMAND, "--version"),
        (sys.executable, "-c", "import sympy"),
        (COMMAND, "solve", "2x+3=11"),
        (COMMAND, "solve", "Tom has 3 apples. He buys 2 apples. How many apples does he have now?"),
        (COMMAND, "solve", "小明有3个苹果，又买了2个苹果，现在有多少个苹果？"),
    ],
    ids=[
        "python -c pass",
        "assistant --version",
        "import sympy",
        "assistant solve",
        "a problem in words",
        "one in Chinese words",
    ],
)
def test_start_up(benchmark: BenchmarkFixture, command: tuple[str, ...]) -> None:
    benchmark(run, *command)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Limits()) as warm:
        warm.run("solve", read_problem("2x + 3 = 11"))
        yield warm


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.benchmark(group="warm")
def test_the_equation_set_warm(benchmark: BenchmarkFixture, pool: Pool) -> None:
    problems = [
        read_problem(row["input"], Task.SOLVE, row.get("variable", "")) for row in rows("equations")
    ]
    benchmark.extra_info["problems"] = len(problems)
    answers = benchmark(lambda: [pool.run("solve", p) for p in problems])
    assert all(isinstance(a, Solution) for a in answers)
