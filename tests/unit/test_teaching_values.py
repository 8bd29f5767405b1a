"""What a lesson knows beyond what follows from what: the text of a story, the values that can be
no answer, what is still missing of one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lessons import begun, helped, said, standings, written

from assistant.maths.pool import Limits, Pool
from assistant.maths.showing import words
from assistant.maths.types import Lang, Proved
from assistant.teaching.arriving import COMPLEX, HELD, SHOW_WHY, TO_BE_EXACT
from assistant.teaching.reading import in_words
from assistant.teaching.setting_up import SET_UP
from assistant.teaching.tutor import Tutor
from assistant.teaching.types import Lesson, Level, Standing
from assistant.teaching.valuing import AS_ANSWER, FAILS, REJECTED

HENS = "鸡兔同笼，共有35个头，94只脚，问鸡兔各有多少只？"
RECTANGLE = "一个长方形的长比宽多 3 厘米，周长是 26 厘米，求宽。"
NUMBERS = "The sum of two numbers is 20 and their difference is 4. Find the numbers."
APPLES = "小明有12个苹果，吃了5个，还剩几个？"
TRAIN = "A train travels 120 km in 2 hours. What is its speed?"
FIRM, ASIDE, OPEN, REFUSED = Standing.FIRM, Standing.ASIDE, Standing.OPEN, Standing.REFUSED


@pytest.fixture(scope="module")
def tutor() -> Iterator[Tutor]:
    with Pool(Limits(seconds=20)) as pool:
        yield Tutor(pool)


def told(lesson: Lesson, lang: Lang = Lang.ZH) -> list[str]:
    return [words.filled(line.told, lang, lambda e: str(getattr(e, "name", e)))
            for line in lesson.written]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (HENS, ("x+y=35", "2x+4y=94", "2y=24", "y=12", "x=23")),
        (HENS, ("x+y=35, 2x+4y=94", "y=12", "x=23")),
        (HENS, ("x+y=35", "4x+2y=94", "x=12", "y=23")),
        (HENS, ("a+b=35", "2a+4b=94", "b=12", "a=23")),
        (RECTANGLE, ("2(x+x+3)=26", "4x+6=26", "x=5")),
        (RECTANGLE, ("a=b+3", "2(a+b)=26", "2(2b+3)=26", "b=5")),
        (NUMBERS, ("a+b=20", "b-a=4", "2b=24", "b=12", "a=8")),
    ],
)
def test_an_equation_of_a_text_is_known_in_any_letters(
    tutor: Tutor, source: str, lines: tuple[str, ...]
) -> None:
    lesson = written(tutor, begun(tutor, source), *lines)
    assert set(standings(lesson)) == {FIRM}, told(lesson)
    assert lesson.reached


def test_with_the_letters_is_said_what_they_stand_for(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, HENS), "x+y=35", "4x+2y=94")
    assert told(lesson) == [
        f"{SET_UP.zh}：设鸡有 x 只（2 只脚），兔有 y 只（4 只脚）",
        f"{SET_UP.zh}：设鸡有 y 只（2 只脚），兔有 x 只（4 只脚）",
    ]


@pytest.mark.parametrize("line", ["x+y=94", "x=x", "x+y=y+x", "x+y=35, 3x+4y=94", "4x+4y=94", "35"])
def test_what_the_text_does_not_say_is_not_taken_for_it(tutor: Tutor, line: str) -> None:
    lesson = written(tutor, begun(tutor, HENS), line)
    assert not any(told.startswith(SET_UP.zh) for told in told(lesson))


def test_nothing_that_was_only_supposed_is_called_known(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, HENS), "x+y=35", "2x+4y=94", "x=12")
    assert lesson.progress.told is None
    assert written(tutor, lesson, "x=23").progress.told is not None


def test_a_calculation_that_the_text_does_not_ask_for_is_not_proved(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, APPLES), "12+5=17")
    assert not isinstance(lesson.written[0].mark.verdict, Proved)
    assert written(tutor, lesson, "12-5=7").reached


def test_lines_that_fit_only_by_different_meanings_do_not_fit(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, HENS), "2x+4y=94", "4x+2y=94")
    assert lesson.written[0].names
    assert not lesson.written[1].names


def test_help_asks_for_the_rest_of_the_text_first(tutor: Tutor) -> None:
    lesson = helped(tutor, written(tutor, begun(tutor, HENS), "x+y=35"), Level.RULE)
    assert "根据题意列方程" in said(lesson, Level.RULE)


@pytest.mark.parametrize(("source", "calculation"), [(APPLES, "12 - 5"), (TRAIN, "120/2")])
def test_to_find_the_calculation_of_a_story_is_left_to_the_student(
    tutor: Tutor, source: str, calculation: str
) -> None:
    lesson = begun(tutor, source)
    assert in_words(lesson.problem)
    lesson = helped(tutor, lesson, Level.LINE)
    assert calculation not in said(lesson, Level.RULE)
    assert "□" in said(lesson, Level.GAP)
    assert calculation in said(lesson, Level.LINE)
    wrong = written(tutor, begun(tutor, source), "12 + 5")
    assert standings(wrong) == [REFUSED]
    assert wrong.written[0].slip is None  # it would tell the calculation


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("gcd of 12 and 18", "3", "6"),
        ("determinant of [[1,2],[3,4]]", "1*4+2*3", "-2"),
        ("area of a circle with radius 3", "6pi", "9pi"),
        ("Is 17 prime?", "no", "yes"),
        ("median of 3,1,2,10", "2", "2.5"),
    ],
)
def test_a_wrong_answer_is_not_taken_for_something_given(
    tutor: Tutor, source: str, wrong: str, right: str
) -> None:
    lesson = written(tutor, begun(tutor, source), wrong)
    assert [line.told for line in lesson.written] == [AS_ANSWER]
    assert standings(lesson) == [REFUSED]
    assert written(tutor, lesson, right).reached


def test_a_number_on_the_way_is_no_wrong_answer(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "mean of 1,2,3,6"), "12", "12/4", "3")
    assert REFUSED not in standings(lesson)
    assert lesson.reached


def test_a_wrong_value_of_one_unknown_is_refused(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "2x+y=7, x-y=2"), "x=3", "y=2", "y=1")
    assert standings(lesson) == [FIRM, REFUSED, FIRM]
    assert lesson.written[1].told.en == FAILS.en
    assert lesson.reached


def test_a_candidate_that_is_no_solution_is_to_be_rejected(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "x/(x-1) = 1/(x-1)"), "x=1", "no solution")
    assert standings(lesson) == [OPEN, FIRM]
    assert lesson.written[0].told.en == REJECTED.en
    assert lesson.reached


def test_complex_solutions_are_right_and_not_asked_for(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "x^2+1=0"), "x=i or x=-i")
    assert standings(lesson) == [FIRM]
    assert lesson.progress.told == COMPLEX
    assert written(tutor, lesson, "no real solution").reached


def test_a_rounded_value_is_no_ground_to_go_on_from(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "3x=1"), "x=0.33", "x=0.333")
    assert standings(lesson) == [ASIDE, ASIDE]
    assert lesson.progress.told == TO_BE_EXACT
    assert written(tutor, lesson, "x=1/3").reached


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("prove that n^3 - n is divisible by 6 for all integers n", "n^3-n = n(n-1)(n+1)"),
        ("prove that sin^2 x + cos^2 x = 1", "1=1"),
    ],
)
def test_a_proof_is_more_than_a_word(tutor: Tutor, source: str, reason: str) -> None:
    lesson = written(tutor, begun(tutor, source), "true")
    assert not lesson.reached
    assert lesson.progress.told == SHOW_WHY
    lesson = written(tutor, lesson, reason, "true")
    assert lesson.reached
    assert lesson.shows
    assert HELD.en


def test_whether_something_holds_is_answered_by_a_word(tutor: Tutor) -> None:
    assert written(tutor, begun(tutor, "Is 17 prime?"), "yes").reached


def test_the_answer_is_marked_as_surely_as_it_is_known(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, "integrate x^2 from 0 to 1"), "1/3")
    assert isinstance(lesson.written[0].mark.verdict, Proved)


def test_an_antiderivative_is_compared_by_its_derivative(tutor: Tutor) -> None:
    (line,) = written(tutor, begun(tutor, "∫ x^2 dx"), "x^3+C").written
    assert line.counter is not None
    assert "the derivative of your line" in line.counter.en


@pytest.mark.parametrize(
    ("source", "lines", "left"),
    [
        ("x+y=5, xy=6", ("(2, 3)",), "1 of 2"),
        ("x+y=5, xy=6", ("x=2", "y=3"), "1 of 2"),
        ("x+y=5, xy=6", ("x=2, y=3", "x=3, y=2"), ""),
        ("x+y=5, xy=6", ("x=2", "y=3", "x=3", "y=2"), ""),
        ("x^2+y^2=25, y=x+1", ("x=3", "y=4", "x=-4", "y=-3"), ""),
        ("y'' + y = 0", ("y = cos x", "y = C1 cos x + C2 sin x"), ""),
        ("y'' + y = 0", ("y = A sin x + B cos x",), ""),
    ],
)
def test_points_and_families_are_put_together(
    tutor: Tutor, source: str, lines: tuple[str, ...], left: str
) -> None:
    lesson = written(tutor, begun(tutor, source), *lines)
    assert lesson.reached is not bool(left), told(lesson, Lang.EN)
    if left:
        assert lesson.progress.told is not None
        assert words.filled(lesson.progress.told, Lang.EN, str).startswith(left)


@pytest.mark.parametrize(
    "line", ["y = A sin x", "y = A sin x + A cos x", "y = A sin x + B", "y = cos x"]
)
def test_another_family_is_no_answer(tutor: Tutor, line: str) -> None:
    assert not written(tutor, begun(tutor, "y'' + y = 0"), line).reached


THREE = "三个连续整数的和是 42，求这三个数。"
MEET = (
    "甲乙两地相距 300 千米，两车同时从两地相向而行，甲车每小时行 60 千米，"
    "乙车每小时行 40 千米，几小时相遇？"
)


@pytest.mark.parametrize(
    ("source", "line", "right"),
    [
        (HENS, "鸡23只，兔12只", True),
        (HENS, "答：兔有12只，鸡有23只。", True),
        (HENS, "23只鸡，12只兔", True),
        (HENS, "鸡：23，兔：12", True),
        (HENS, "23和12", True),
        (HENS, "23 hens and 12 rabbits", True),
        (HENS, "鸡12只，兔23只", False),
        (HENS, "鸡23只，兔13只", False),
        (HENS, "23只，12只鸡", None),
        (HENS, "鸡23只，鸭12只", None),
        (HENS, "鸡23只，兔12只，猪1只", None),
        (HENS, "不是鸡23只，兔12只", None),
        (HENS, "答：有鸡23只和兔12只。", True),
        (HENS, "-23只鸡，12只兔", None),
        (HENS, "约23只鸡，12只兔", None),
        (HENS, "鸡有23只以上，兔12只", None),
        (HENS, "鸡23条腿，兔12只", None),
        (HENS, "鸡23只，兔12只吗", None),
        (HENS, "不是鸡12只，兔23只", None),
        (THREE, "13,14,15", True),
        (THREE, "13、14、15", True),
        (THREE, "13、14、16", False),
        (NUMBERS, "the larger 12, the smaller 8", True),
    ],
)
def test_several_answers_stand_in_one_sentence(
    tutor: Tutor, source: str, line: str, right: bool | None
) -> None:
    lesson = written(tutor, begun(tutor, source), line)
    assert lesson.reached is (right is True)
    assert (standings(lesson) == [REFUSED]) is (right is False)


def test_a_calculation_of_the_answer_is_right_and_to_be_worked_out(tutor: Tutor) -> None:
    lesson = written(tutor, begun(tutor, MEET), "300/100")
    assert standings(lesson) == [FIRM]
    assert not lesson.reached
    assert lesson.progress.told is not None
    assert written(tutor, lesson, "3小时").reached
