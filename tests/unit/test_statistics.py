"""Statistics: answers by hand, each proved, and the check refutes wrong ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.statistics import check_statistics
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve, solve_request
from assistant.maths.types import Proved, Refuted, Request, Solution, Task


def request(topic: str, text: str) -> Request:
    return Request(task=Task.STATISTICS, operands=(read_formula(text),), topic=topic)


@pytest.mark.parametrize(
    ("topic", "data", "answer"),
    [
        (topics.MEAN, "[2, 4, 4, 5, 10]", "5"),
        (topics.MEAN, "[1, 2]", "3/2"),
        (topics.MEDIAN, "[3, 1, 2]", "2"),
        (topics.MEDIAN, "[3, 1, 2, 10]", "5/2"),
        (topics.MODE, "[1, 1, 2, 2, 3]", "{1, 2}"),
        (topics.MODE, "[5, 5, 1]", "5"),
        (topics.QUARTILES, "[1, 2, 3, 4, 5, 6, 7, 8]", "(5/2, 9/2, 13/2)"),
        (topics.SPREAD, "[-3, 4, 1]", "7"),
        (topics.VARIANCE, "[1, 2, 3, 4]", "5/4"),
        (topics.SAMPLE_VARIANCE, "[1, 2, 3, 4]", "5/3"),
        (topics.STANDARD_DEVIATION, "[2, 4, 4, 4, 5, 5, 7, 9]", "2"),
        (topics.REGRESSION, "[(1, 2), (2, 3), (3, 5)]", "y = 3*x/2 + 1/3"),
        (topics.CORRELATION, "[(1, 2), (2, 4), (3, 6)]", "1"),
    ],
)
def test_the_answer_is_proved(topic: str, data: str, answer: str) -> None:
    found = solve_request(request(topic, data))
    assert isinstance(found, Solution)
    assert found.answer.value is not None
    assert plain(found.answer.value) == answer
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    "topic", [topics.MEAN, topics.MEDIAN, topics.MODE, topics.SPREAD, topics.VARIANCE]
)
def test_a_wrong_answer_is_refuted(topic: str) -> None:
    wrong = Draft(answer=t.integer(77))
    assert isinstance(check_statistics(request(topic, "[1, 2, 2, 9]"), wrong), Refuted)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=9))
def test_any_data_are_described_and_proved(data: list[int]) -> None:
    for topic in (topics.MEAN, topics.MEDIAN, topics.QUARTILES, topics.VARIANCE):
        found = solve_request(request(topic, str(data)))
        assert isinstance(found, Solution)
        assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mode of 1, 2, 3", "occurs once."),
        ("mode of 1, 2, 2, 3", "It occurs 2 times."),
        ("mode of 1, 1, 2, 2, 3", "Each of these occurs 2 times."),
    ],
)
def test_how_often_a_mode_occurs_is_said_in_good_english(text: str, words: str) -> None:
    found = solve(read_problem(text))
    assert isinstance(found, Solution)
    why = found.steps[-1].why
    assert why.en.format(*why.args).endswith(words)
