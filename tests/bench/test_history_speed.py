"""A history of 10,000 turns: ``pytest tests/bench --benchmark-enable -k history``.

At most 50 ms for a search, 100 ms for opening a conversation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from histories import fill
from pytest_benchmark.fixture import BenchmarkFixture

from assistant.history import NAME, History, open_history

TURNS = 10_000
QUERIES = ("积分", "quadratic", "龘", "x^8+1234", "hmm actually maybe", "integral zebra")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("history") / NAME
    fill(path, TURNS, in_one=1_000)
    return path


@pytest.fixture(scope="module")
def history(path: Path) -> Iterator[History]:
    with open_history(path) as opened:
        yield opened


def opening(path: Path) -> int:
    with open_history(path) as history:
        number = history.latest()
        assert number is not None
        return len(history.turns(number))


@pytest.mark.slow
@pytest.mark.benchmark(group="history")
@pytest.mark.parametrize("query", QUERIES)
def test_a_search(benchmark: BenchmarkFixture, history: History, query: str) -> None:
    benchmark(history.search, query)


@pytest.mark.slow
@pytest.mark.benchmark(group="history")
def test_opening_the_latest_conversation(benchmark: BenchmarkFixture, path: Path) -> None:
    assert benchmark(opening, path) == 10
