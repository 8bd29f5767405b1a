"""Reading in a process that is killed where it takes too long."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from suspending import suspend

from assistant.maths.pool import Limits, Pool
from assistant.maths.reader import Reader
from assistant.maths.reading import read_problem
from assistant.maths.showing.plot import Picture, curves_of
from assistant.maths.types import Failure, Problem, Question, Solution, Task, Trouble
from runtimes.base import Cancel

HARD = "integrate sqrt(tan(x)) * x * exp(x) * log(1 + x) dx"


@pytest.fixture
def reader() -> Iterator[Reader]:
    one = Reader()
    yield one
    one.close()


def test_a_problem_is_read_as_in_one_process(reader: Reader) -> None:
    for text in ("x^2 - 5x + 6 = 0", "求 x^2 sin x 的导数", r"\int_0^1 x\,dx"):
        assert reader.read(Question(text), 10.0) == read_problem(text)
    asked = reader.read(Question("x^2 + y", Task.DIFFERENTIATE, "y"), 10.0)
    assert asked == read_problem("x^2 + y", Task.DIFFERENTIATE, "y")


def test_what_is_not_understood_has_its_place(reader: Reader) -> None:
    wrong = reader.read(Question("solve x + ) = 2"), 10.0)
    assert isinstance(wrong, Trouble)
    assert wrong.code is Failure.UNREADABLE
    assert wrong.at == 10


def test_a_slow_text_ends_and_the_next_one_is_read(reader: Reader) -> None:
    assert isinstance(reader.read(Question("x = 1"), 10.0), Problem)
    suspend(reader)
    late = reader.read(Question("x = 2"), 0.2)
    assert isinstance(late, Trouble)
    assert late.code is Failure.TIMEOUT
    assert late.suggestion is not None
    assert isinstance(reader.read(Question("x = 1"), 10.0), Problem)


@pytest.mark.slow
def test_a_graph_is_made_there_too(reader: Reader) -> None:
    problem = read_problem("x^2 - 4 = 0")
    with Pool(Limits()) as pool:
        solution = pool.run("solve", problem)
    assert isinstance(solution, Solution)
    found = reader.picture(curves_of(problem.request, solution))
    assert isinstance(found, Picture)
    assert [round(x, 6) for x, _ in found.marks] == [-2, 2]


def test_a_closed_reader_says_so(reader: Reader) -> None:
    reader.close()
    assert isinstance(reader.read(Question("x = 1")), Trouble)


@pytest.mark.slow
def test_what_is_stopped_is_no_answer(reader: Reader) -> None:
    assert isinstance(reader.read(Question("x = 1"), 10.0), Problem)
    suspend(reader)
    stop = threading.Timer(0.3, reader.stop)
    stop.start()
    assert isinstance(reader.read(Question("x = 2"), 30.0), Trouble)
    stop.join()
    assert isinstance(reader.read(Question("x = 1"), 10.0), Problem)


def test_a_cancelled_job_ends_and_the_next_one_runs() -> None:
    cancel = Cancel()
    with Pool(Limits(seconds=60.0)) as pool:
        assert isinstance(pool.run("solve", read_problem("x = 1")), Solution)
        threading.Timer(0.3, cancel.set).start()
        ended = pool.run("solve", read_problem(HARD), cancel=cancel)
        assert cancel.is_set(), "the problem was too easy for this test"
        assert not isinstance(ended, Solution)
        assert pool.run("solve", read_problem("x = 1"), cancel=cancel) is None
        assert isinstance(pool.run("solve", read_problem("x = 1"), cancel=Cancel()), Solution)
