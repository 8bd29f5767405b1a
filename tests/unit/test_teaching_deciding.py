"""Where the answer is a verdict, no help below the last level tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lessons import begun, helped, places, said

from assistant.maths.pool import Limits, Pool
from assistant.teaching.deciding import decides
from assistant.teaching.tutor import Tutor
from assistant.teaching.types import Level

BELOW = (Level.WHERE, Level.RULE, Level.GAP)
TELLING = re.compile(
    r"diverg|converg|\bodd\b|\beven\b|\bprime\b(?! factors)|composite|(?<![<>])= ?(?:-|−|∞|oo)"
    r"|is (?:true|false)|发散|收敛|[奇偶]函数|counterexample|反例|sides are the same|两边相同",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def tutor() -> Iterator[Tutor]:
    with Pool(Limits(seconds=20)) as pool:
        yield Tutor(pool)


def below(tutor: Tutor, source: str) -> tuple[str, ...]:
    """What the levels below the last one say at the beginning."""
    lesson = helped(tutor, begun(tutor, source), Level.LINE)
    return tuple(said(lesson, level) for level in BELOW)


QUESTIONS = (
    "Is f(x)=x^3 even or odd?",
    "Is f(x)=x^2+x even or odd?",
    "判断 f(x)=x^2+1 的奇偶性",
    "Does the series sum of 1/n from n=1 to infinity converge?",
    "Does the series sum of 1/n^2 from n=1 to infinity converge?",
    "Does the series sum of n!/2^n from n=1 to infinity converge?",
    "Does the series sum of (-1)^n/n from n=1 to infinity converge?",
    "Is 91 prime?",
    "Is 97 prime?",
    "Is 91 divisible by 7?",
    "Is 3 a factor of 20?",
    "Is -4/3 greater than or equal to -1?",
    "Prove (a+b)^2 = a^2+2ab+b^2",
    "Prove (a+b)^2 = a^2+b^2",
    "1 < 2",
)


@pytest.mark.parametrize("source", QUESTIONS)
def test_no_verdict_is_told_before_the_last_level(tutor: Tutor, source: str) -> None:
    for told in below(tutor, source):
        assert not TELLING.search(told), told
        assert told.strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is 91 prime?", "Is 89 prime?"),
        ("Is 91 divisible by 7?", "Is 92 divisible by 7?"),
        ("Is 1001 odd?", "Is 1000 odd?"),
        ("Which is larger, 2/3 or 3/5", "Which is larger, 2/3 or 5/7"),
        ("What is the biggest value in 4, 7, 1?", "What is the biggest value in 9, 7, 1?"),
        ("Sort 4, -4, 5 in increasing order.", "Sort -4, 4, 5 in increasing order."),
        ("Are 0.5 and 1/2 equal?", "Are 0.6 and 1/2 equal?"),
        ("1 < 2", "2 < 1"),
    ],
)
def test_the_gap_is_the_same_whatever_comes_out(tutor: Tutor, one: str, other: str) -> None:
    gaps = [below(tutor, source)[-1] for source in (one, other)]
    bare = [re.sub(r"[\d.]+(?:/\d+)?", "n", gap) for gap in gaps]
    assert "□" in gaps[0]
    assert bare[0] == bare[1]


@pytest.mark.parametrize("source", QUESTIONS)
def test_the_help_still_leads_to_the_answer(tutor: Tutor, source: str) -> None:
    for lesson in places(tutor, source):
        assert "□" in said(lesson, Level.GAP)


def test_what_asks_for_a_value_has_its_gap_as_before(tutor: Tutor) -> None:
    lesson = begun(tutor, "2x + 3 = 11")
    assert not decides(lesson.problem, lesson.solution)
    assert "2*x = □" in below(tutor, "2x + 3 = 11")[-1]
