"""The ladder of help follows the student, tells a level at a time, and leads to the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lessons import GUIDED, MORE, begun, forms, helped, in_sight, places, said, standings, written

from assistant.maths import terms as t
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import Failure, Lang, Proved, Supported, Text, Trouble
from assistant.teaching.tutor import AT_THE_END, Tutor, shown_hints
from assistant.teaching.types import SLIPS, Lesson, Level, Slip, Stage, Standing


@pytest.fixture(scope="module")
def tutor() -> Iterator[Tutor]:
    with Pool(Limits(seconds=20)) as pool:
        yield Tutor(pool)


@pytest.fixture(scope="module")
def hasty() -> Iterator[Tutor]:
    """For lines that take all the time there is."""
    with Pool(Limits(seconds=1)) as pool:
        yield Tutor(pool)


def check_ladder(tutor: Tutor, source: str) -> None:
    """Nothing of the next lines on the first two levels, a gap on the third, the whole on the
    last; and the whole is a line that is taken."""
    for lesson in places(tutor, source):
        guide = lesson.guide
        assert guide is not None
        ahead = {form for line in (guide.move.line, *guide.later) for form in forms(line)}
        seen = in_sight(lesson)
        secret = {f for f in ahead if len(f) > 2 and not any(f in line for line in seen)}
        for level in (Level.WHERE, Level.RULE):
            told = said(lesson, level)
            assert not {form for form in secret if form in told}, (source, level, told)
        gapped = said(lesson, Level.GAP)
        assert "□" in gapped, (source, gapped)
        assert not forms(guide.move.line) & set(gapped.splitlines()), (source, gapped)
        assert forms(guide.move.line) & set(said(lesson, Level.LINE).splitlines())


@pytest.mark.parametrize("source", GUIDED)
def test_help_tells_a_level_at_a_time_and_leads_to_the_answer(tutor: Tutor, source: str) -> None:
    check_ladder(tutor, source)


@pytest.mark.slow
@pytest.mark.parametrize("source", MORE)
def test_the_same_of_more_problems(tutor: Tutor, source: str) -> None:
    check_ladder(tutor, source)


def test_no_help_is_there_before_it_is_asked_for(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "2x + 3 = 11"), "2x = 8", "x = 5")
    assert lesson.level is Level.NONE
    assert shown_hints(lesson) == ()


RIGHT_WAYS = (
    ("x^2-5x+6=0", ("x^2-5x=-6", "x^2-5x+25/4=1/4", "(x-5/2)^2=1/4", "x-5/2=±1/2", "x=3 or x=2")),
    ("x^2-5x+6=0", ("x=(5±sqrt(25-24))/2", "x=(5±1)/2", "x=3, x=2")),
    ("x^2-5x+6=0", ("(x-2)(x-3)=0", "x-2=0", "x=2", "x-3=0", "x=3")),
    ("x^2-5x+6=0", ("x1=3", "x2=2")),
    ("2x+3=11", ("x + 3/2 = 11/2", "x = 8/2", "x = 4")),
    ("x+y=5, x-y=1", ("x=5-y", "5-y-y=1", "y=2", "x=3")),
    ("(x+1)/(x-2)=3", ("x≠2", "x+1=3(x-2)", "7=2x", "x=3.5")),
    ("ln(x)+ln(x-1)=ln 2", ("x > 1", "ln(x(x-1)) = ln 2", "x^2-x-2=0", "x=2")),
    ("sqrt(x+7)=x-5", ("x+7=(x-5)^2", "x^2-11x+18=0", "x=2 or x=9", "x=9")),
    ("x^2>4", ("x^2=4", "x=-2 or x=2", "x<-2 or x>2")),
    ("x^2>4", ("x>2", "x<-2")),
    ("2x+3=11", ("解：2x=11-3=8", "检验：2×4+3=11", "两边除以2，得 x=4")),
    ("integrate x*cos(x)", ("u = x, dv = cos x dx", "x sin x - ∫ sin x dx", "x sin x + cos x",
                            "x sin x + cos x + C")),
    ("integrate x^2 from 0 to 1", ("F(x) = x^3/3", "1/3")),
    ("limit of (x^2-1)/(x-1) as x -> 1", ("x + 1", "2")),
    ("解方程组 2x+y=7, x-y=2", ("3x=9", "x=3", "y=1")),
    ("x^4-5x^2+4=0", ("u=x^2", "u^2-5u+4=0", "u=1 or u=4", "x^2=1 or x^2=4", "x=±1 or x=±2")),
    ("x^2+1=0", ("x^2=-1", "无解")),
)  # fmt: skip


@pytest.mark.parametrize(("source", "lines"), RIGHT_WAYS)
def test_a_right_line_of_any_method_is_never_refused(
    tutor: Tutor, source: str, lines: tuple[str, ...]
) -> None:
    lesson = written(tutor, begun(tutor, source), *lines)
    assert Standing.REFUSED not in standings(lesson), [w.text for w in lesson.written]
    assert lesson.reached


def test_hints_go_on_from_the_students_own_line(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "2x + 3 = 11"), "x + 3/2 = 11/2")
    lesson = helped(tutor, lesson, Level.LINE)
    assert "Look at 3/2 on the left side." in said(lesson, Level.WHERE)
    assert "x = 4" in said(lesson, Level.LINE)


def test_a_wrong_line_is_refused_and_the_right_one_after_it_is_not(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "factor x^2-9"), "(x-3)^2", "(x-3)(x+3)")
    assert standings(lesson) == [Standing.REFUSED, Standing.FIRM]
    assert lesson.reached


def test_a_counterexample_does_not_tell_the_answer(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "2x + 3 = 11"), "2x = 14")
    (line,) = lesson.written
    assert line.counter is not None
    assert line.counter.args == (t.equation(t.Symbol("x"), t.integer(7)), "17", "11")
    for told in (line.told, line.slip, line.counter):
        assert told is not None
        assert "4" not in str(told.args)
    (line,) = written(tutor, begun(tutor, "1/2 + 1/3"), "2/5").written
    assert line.counter is not None
    assert line.counter.en == "Your value is too small."


def test_help_stays_where_it_is_after_a_wrong_line(tutor: Tutor) -> None:
    lesson = helped(tutor, begun(tutor, "2x + 3 = 11"), Level.RULE)
    lesson = written(tutor, lesson, "2x = 14")
    assert lesson.level is Level.RULE
    lesson = written(tutor, lesson, "2x = 8")
    assert lesson.level is Level.NONE


@pytest.mark.parametrize(
    ("source", "lines", "told"),
    [
        ("x^2 = 9", ("x = 3",), "1 of 2 solutions found"),
        ("x+y=5, x-y=1", ("y = 2",), "y is known; x is still to be found"),
        ("integrate 2x", ("x^2",), "an indefinite integral is a whole family"),
        ("2x + 3 = 11", ("x = 8/2",), "what is left is to work it out"),
    ],
)
def test_what_is_missing_is_said(
    tutor: Tutor, source: str, lines: tuple[str, ...], told: str
) -> None:
    lesson = written(tutor, begun(tutor, source), *lines)
    assert lesson.progress.stage is Stage.PARTLY
    assert lesson.progress.told is not None
    from assistant.records import say

    assert told in say(lesson.progress.told, Lang.EN)


def test_an_extraneous_solution_is_not_the_answer(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "sqrt(x+7)=x-5"), "x = 2")
    assert standings(lesson) == [Standing.REFUSED]
    lesson = written(tutor, lesson, "(x-2)(x-9) = 0", "x = 2 or x = 9")
    assert not lesson.reached


def test_after_the_answer_there_is_nothing_to_help_with(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "2x + 3 = 11"), "x = 4")
    assert lesson.reached
    assert isinstance(lesson.progress.verdict, Proved | Supported)
    assert tutor.help(lesson) == AT_THE_END


def test_a_line_taken_back_is_as_if_it_had_not_been_written(tutor: Tutor) -> None:
    before = written(tutor, begun(tutor, "x^2 = 9"), "x = 3")
    after = tutor.undo(written(tutor, before, "x = -3"))
    assert (after.written, after.progress) == (before.written, before.progress)
    assert tutor.undo(tutor.undo(after)).written == ()


def test_a_lesson_is_taken_up_again(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "x^2 = 9"), "x = 4", "x = 3")
    again = tutor.resumed("x^2 = 9", tuple(line.text for line in lesson.written))
    assert isinstance(again, Lesson)
    assert [(w.text, w.standing) for w in again.written] == [
        ("x = 4", Standing.REFUSED),
        ("x = 3", Standing.OPEN),
    ]


def test_a_story_is_put_into_formulas_by_the_student(tutor: Tutor) -> None:
    source = "鸡兔同笼，共有35个头，94只脚，问鸡兔各有多少只？"
    lesson = written(tutor, begun(tutor, source), "x+y=36, 2x+4y=94", "x+y=35, 2x+4y=94")
    assert standings(lesson) == [Standing.ASIDE, Standing.FIRM]
    lesson = written(tutor, lesson, "2y=24", "y=12", "x=23")
    assert lesson.reached


@pytest.mark.parametrize(
    "source", ["hello world what", "", "x" * 30_000, "[[1,2", "y'' + sin(y) x^y = ln(y')"]
)
def test_what_cannot_be_taught_is_a_message(tutor: Tutor, source: str) -> None:
    trouble = tutor.begin(source)
    assert isinstance(trouble, Trouble)
    assert trouble.code in (Failure.UNREADABLE, Failure.UNSUPPORTED, Failure.TIMEOUT)


@pytest.mark.parametrize(
    "line",
    ["\x1b[2J", "x" * 5000, "((((", "\u202ex = 4", "{0} {1}", "9^9^9^9 = x", "x = 4; import os"],
)
def test_any_line_is_taken_without_harm(tutor: Tutor, hasty: Tutor, line: str) -> None:
    lesson = begun(tutor, "2x + 3 = 11")
    after = (hasty if "^9" in line else tutor).write(lesson, line)
    assert isinstance(after, Lesson | Text)
    assert written(tutor, lesson, "x = 4").reached


@pytest.mark.parametrize(
    "line", ["x = 4 is not a solution", "suppose x = 4", "x ≠ 4", "x=4不是解", "x = 4?"]
)
def test_what_is_denied_or_only_supposed_is_no_answer(tutor: Tutor, line: str) -> None:
    assert not written(tutor, begun(tutor, "2x + 3 = 11"), line).reached


@pytest.mark.parametrize("line", ["x = 1 or x = 2", "x = 1, 2", "1 < x < 2", "x >= 1", "1 and 2"])
def test_another_set_is_no_answer(tutor: Tutor, line: str) -> None:
    assert not written(tutor, begun(tutor, "x^2 - 3x + 2 <= 0"), line).reached
    assert written(tutor, begun(tutor, "x^2 - 3x + 2 <= 0"), "x >= 1, x <= 2", "[1, 2]").reached


numbers = st.integers(-9, 9).filter(bool)


@settings(max_examples=12, deadline=None)
@given(numbers, numbers, numbers, numbers, st.data())
def test_right_transformations_of_an_equation_are_taken(
    tutor: Tutor, a: int, b: int, c: int, d: int, data: st.DataObject
) -> None:
    if a == c:
        a += 10
    k, m = data.draw(numbers), data.draw(numbers)
    lesson = begun(tutor, f"{a}x + ({b}) = {c}x + ({d})")
    lesson = written(
        tutor,
        lesson,
        f"{a + k}x + ({b}) = {c + k}x + ({d})",
        f"{m}({a + k}x + ({b})) = {m * (c + k)}x + ({m * d})",
        f"{c - a}x = {b} - ({d})",
        f"x = ({b - d})/({c - a})",
    )
    assert standings(lesson) == [Standing.FIRM] * 4


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 9), numbers, numbers)
def test_a_lost_sign_is_named_where_it_gives_the_line(tutor: Tutor, a: int, b: int, c: int) -> None:
    lesson = written(tutor, begun(tutor, f"{a}x + ({b}) = {c}"), f"{a}x = {c + b}")
    (line,) = lesson.written
    assert line.standing is Standing.REFUSED
    assert line.slip is not None
    assert line.slip.en == SLIPS[Slip.SIGN_LOST].en
