"""A lesson neither ends by chance nor calls wrong what is right in another reading."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lessons import begun, written

from assistant.maths.pool import Limits, Pool
from assistant.teaching.both_logs import IN_BASE_TEN
from assistant.teaching.chance import BY_CHANCE
from assistant.teaching.tutor import Tutor
from assistant.teaching.types import Standing

APPLES = "小明有12个苹果，吃了5个，还剩几个？"
TRAIN = "A train travels 120 km in 2 hours. What is its speed?"
BRACKET = "Evaluate 3(4+5) - 20"


@pytest.fixture(scope="module")
def tutor() -> Iterator[Tutor]:
    with Pool(Limits(seconds=20)) as pool:
        yield Tutor(pool)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (APPLES, "24/2 - 5 = 7"),
        (TRAIN, "50 + 10 = 60"),
        (BRACKET, "24/2 - 5 = 7"),
        ("Evaluate 25*16", "390 + 10 = 400"),
    ],
)
def test_a_calculation_with_numbers_from_nowhere_is_no_end(
    tutor: Tutor, source: str, line: str
) -> None:
    lesson = written(tutor, begun(tutor, source), line)
    assert not lesson.reached
    assert lesson.progress.told == BY_CHANCE
    assert written(tutor, lesson, line.rsplit(maxsplit=1)[-1]).reached


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (APPLES, ("12-5=7",)),
        (APPLES, ("7个",)),
        (TRAIN, ("120/2 = 60 km/h",)),
        (BRACKET, ("3*9 - 20", "27 - 20 = 7")),
        (BRACKET, ("27 - 20 = 7",)),
        (BRACKET, ("x = 7",)),
        ("Evaluate 15% of 80", ("0.15 * 80 = 12",)),
        ("Evaluate 25*16", ("25*4*4 = 400",)),
        ("Evaluate 25*16", ("50*8 = 400",)),
        ("计算 18×5", ("20×5-2×5=90",)),
        ("计算 36÷4", ("40/4-1 = 9",)),
        ("计算 99+57", ("100+56=156",)),
    ],
)
def test_one_with_numbers_that_are_known_is(
    tutor: Tutor, source: str, lines: tuple[str, ...]
) -> None:
    assert written(tutor, begun(tutor, source), *lines).reached


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("What is log(100)?", "2"),
        ("计算 log 100", "log 100 = 2"),
        ("Solve log(x) = 2", "x = 100"),
        ("Differentiate log(x)", "1/(x ln 10)"),
    ],
)
def test_the_logarithm_to_base_ten_is_not_refused(tutor: Tutor, source: str, line: str) -> None:
    lesson = written(tutor, begun(tutor, source), line)
    (last,) = lesson.written
    assert last.standing is Standing.OPEN
    assert last.told == IN_BASE_TEN
    assert written(tutor, begun(tutor, source.replace("log", "lg")), line).reached


def test_what_is_wrong_with_both_is_refused_or_rejected(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "Solve log(x) = 2"), "x = 20")
    assert lesson.written[-1].standing in (Standing.REFUSED, Standing.OPEN)
    assert lesson.written[-1].told != IN_BASE_TEN
    assert not lesson.reached


def test_the_end_tells_what_is_taken_for_granted(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "Solve a(x-1)=b for x"), "x = (a+b)/a")
    assert lesson.reached
    assert lesson.progress.told is not None
    assert "a" in lesson.progress.told.en.removeprefix("This is the answer.")
