"""The roots of an equation on lines of their own, under the names x_1 and x_2."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Proved, Refuted, Work

EQUATION = ("x^2-x-6=0", "(x-3)(x+2)=0")


@pytest.mark.parametrize("roots", [("x_1=3", "x_2=-2"), ("$x_1=3$", "$x_2=-2$")])
def test_roots_on_separate_lines_are_cases(roots: tuple[str, str]) -> None:
    marks = check_work(Work("", (*EQUATION, *roots))).marks
    assert all(isinstance(mark.verdict, Proved) for mark in marks[2:]), marks


def test_only_the_wrong_one_of_them_is_refuted() -> None:
    report = check_work(Work("", (*EQUATION, "x_1=3", "x_2=-5")))
    assert report.first_wrong == 3


def test_one_of_them_alone_is_not_refuted() -> None:
    marks = check_work(Work("", (*EQUATION, "x_1=3"))).marks
    assert not isinstance(marks[2].verdict, Refuted | Proved)


def test_one_value_of_the_unknown_itself_still_loses_the_other() -> None:
    marks = check_work(Work("", (*EQUATION, "x=3"))).marks
    assert isinstance(marks[2].verdict, Refuted)
