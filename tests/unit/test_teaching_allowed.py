"""What a problem allows is part of the lesson, and a range can be the answer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons import begun, standings, written

from assistant.maths import terms as t
from assistant.maths.pool import Limits, Pool
from assistant.maths.reading.claims.line import read_line
from assistant.maths.types import Problem, Proved, Refuted, Request, Task, Undecided
from assistant.teaching.allowed import OUTSIDE, is_outside
from assistant.teaching.reading import drawn_of, exceptions, formula_of, is_hedged
from assistant.teaching.tutor import ANSWERED, Tutor
from assistant.teaching.types import SLIPS, Slip, Standing


@pytest.fixture(scope="module")
def tutor() -> Iterator[Tutor]:
    with Pool(Limits(seconds=20)) as pool:
        yield Tutor(pool)


@pytest.mark.parametrize(
    ("source", "other", "answer"),
    [
        ("Solve x^2 = 9 for x < 0", "x = 3", "x = -3"),
        ("Solve x^2 = 9 for x > 0", "x = -3", "x = 3"),
        ("Solve x^2 = 9, where x > 0", "x = -3", "x = 3"),
        ("Solve |x - 1| = 2 for x > 0", "x = -1", "x = 3"),
        ("Solve x^2 = 2 for x < 0", "x = sqrt(2)", "x = -sqrt(2)"),
        ("x^2=9 且 x>0", "x = -3", "x = 3"),
    ],
)
def test_a_value_that_is_not_allowed_is_no_case_and_the_other_is_all_there_is(
    tutor: Tutor, source: str, other: str, answer: str
) -> None:
    lesson = written(tutor, begun(tutor, source), other)
    (line,) = lesson.written
    assert line.told.en == OUTSIDE.en
    assert line.standing is Standing.OPEN
    assert line.slip is None
    lesson = written(tutor, lesson, answer)
    assert lesson.reached
    assert lesson.written[-1].told == ANSWERED


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Solve x^2 = 9 for x > 0", ("x = 3",)),
        ("Solve x^2 = 4x for x > 0", ("x = 4",)),
        ("Solve x^2 = 4x for x > 1", ("x - 4 = 0", "x = 4")),
        ("Solve |x| = 3 for x > 0", ("x = 3",)),
        ("Solve x^2 = 9 for x < 0", ("x = 3 or x = -3", "x = -3")),
        ("Solve sin x = 1/2 for 0 ≤ x < 2π", ("x = 13π/6", "x = π/6", "x = 5π/6")),
    ],
)
def test_no_loss_is_named_where_nothing_is_lost(
    tutor: Tutor, source: str, lines: tuple[str, ...]
) -> None:
    lesson = written(tutor, begun(tutor, source), *lines)
    assert lesson.reached
    assert Standing.REFUSED not in standings(lesson)
    assert [line.slip for line in lesson.written] == [None] * len(lines)


def test_a_loss_is_still_named_where_there_is_one(tutor: Tutor) -> None:
    (line,) = written(tutor, begun(tutor, "x^2 = 9"), "x = 3").written
    assert line.slip == SLIPS[Slip.ONE_ROOT]
    (line,) = written(tutor, begun(tutor, "Solve x^2 = 9 for x > -5"), "x = 3").written
    assert line.slip == SLIPS[Slip.ONE_ROOT]


NUMBERS = st.fractions(Fraction(-20), Fraction(20), max_denominator=12)


@given(NUMBERS, NUMBERS, NUMBERS, st.booleans(), st.booleans())
def test_what_is_outside_is_decided_exactly(
    value: Fraction,
    one: Fraction,
    other: Fraction,
    low_open: bool,
    high_open: bool,
) -> None:
    low, high = sorted((one, other))
    domain = t.Interval(t.Number(low), t.Number(high), low_open, high_open)
    problem = Problem(request=Request(task=Task.SOLVE, variables=("x",), domain=domain))
    above = low < value or (low == value and not low_open)
    below = value < high or (value == high and not high_open)
    assert is_outside(problem, t.Number(value)) is not (above and below)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("Find the domain of 1/(x-2)", "x≠2"),
        ("Find the domain of 1/(x-2)", "So the domain is x ≠ 2."),
        ("求函数 1/(x-2) 的定义域", "所以定义域是 x≠2"),
        ("Find the domain of 1/(x^2-4)", "x≠±2"),
        ("Find the domain of 1/(x^2-4)", "x ≠ 2, x ≠ -2"),
        ("Find the domain of 1/(sqrt(x)*(x-2))", "x>0, x≠2"),
        ("Find the domain of sqrt(x-2)", "x ≥ 2"),
    ],
)
def test_a_range_answers_what_asks_for_one(tutor: Tutor, source: str, line: str) -> None:
    lesson = written(tutor, begun(tutor, source), line)
    assert lesson.reached
    assert isinstance(lesson.written[-1].mark.verdict, Proved)


@pytest.mark.parametrize(
    "line",
    ["x≠3", "x≠2 is wrong", "the domain is not x≠2", "定义域不是 x≠2", "x = 2", "x-2≠0",
     "suppose x≠2"],
)  # fmt: skip
def test_what_is_not_the_domain_is_not_taken_for_it(tutor: Tutor, line: str) -> None:
    lesson = written(tutor, begun(tutor, "Find the domain of 1/(x-2)"), line)
    assert not lesson.reached
    assert isinstance(lesson.written[-1].mark.verdict, Undecided)
    assert written(tutor, lesson, "x ≠ 2").reached


def test_the_end_of_a_range_is_not_its_value(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "Find the minimum of x^2+2"), "y > 2", "y ≥ 2")
    assert not lesson.reached
    assert written(tutor, lesson, "2").reached


def test_an_exclusion_is_no_denial() -> None:
    assert not is_hedged(read_line("x ≠ 2"))
    assert is_hedged(read_line("x ≠ 2 is wrong"))
    assert is_hedged(read_line("x = 2 is not a solution"))
    two = t.Relation(t.Comparison.NE, t.Symbol("x"), t.integer(2))
    assert formula_of(read_line("x ≠ 2"), stated=False) == two
    assert exceptions(two) == two
    assert exceptions(t.equation(t.Symbol("x"), t.integer(2))) is None


@pytest.mark.parametrize(("source", "wrong"), [("Evaluate -3^2", "9"), ("Evaluate 2^3*4-5", "8")])
def test_a_wrong_number_alone_is_no_side_calculation(tutor: Tutor, source: str, wrong: str) -> None:
    (line,) = written(tutor, begun(tutor, source), wrong).written
    assert line.standing is Standing.REFUSED
    assert isinstance(line.mark.verdict, Refuted)


@pytest.mark.parametrize(("source", "beside"), [("Evaluate -3^2", "3^2=9"),
                                               ("Evaluate 2^3*4-5", "2^3 = 8")])  # fmt: skip
def test_a_part_that_is_worked_out_stands_beside(tutor: Tutor, source: str, beside: str) -> None:
    (line,) = written(tutor, begun(tutor, source), beside).written
    assert line.standing is Standing.ASIDE


@pytest.mark.parametrize("said", ["no solution", "无解", "all x"])
def test_words_are_shown_as_they_were_written(said: str) -> None:
    assert drawn_of(read_line(said)) is None


@pytest.mark.parametrize(
    ("source", "line", "standing"),
    [
        ("differentiate x^2*sin(x)", "y' = 2x sin(x) + x^2 cos(x)", Standing.FIRM),
        ("differentiate x^2*sin(x)", "y' = 2x cos(x)", Standing.REFUSED),
        ("求导 x^3 - 2x", "dy/dx = 3x^2 - 2", Standing.FIRM),
        ("求导 x^3 - 2x", "f'(x) = 3x - 2", Standing.REFUSED),
        ("d/dx (3x^2+1)^2", "f'(x) = 12x(3x^2+1)", Standing.FIRM),
        ("differentiate x^3", "y'' = 6x", Standing.ASIDE),
        ("differentiate e^x", "y' = y", Standing.ASIDE),
    ],
)
def test_a_derivative_with_a_name_of_the_students_own_is_judged(
    tutor: Tutor, source: str, line: str, standing: Standing
) -> None:
    assert standings(written(tutor, begun(tutor, source), line)) == [standing]
