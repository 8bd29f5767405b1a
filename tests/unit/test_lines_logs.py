"""``log`` without a base: what is right in one of its readings is not called wrong."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.types import Lang, Mark, NextLine, Work, verdict_word


def marks(problem: str, *lines: str) -> tuple[Mark, ...]:
    """The marks of worked lines."""
    return check_work(Work(problem, lines)).marks


def words(problem: str, *lines: str) -> list[str]:
    """The verdicts on worked lines."""
    return [verdict_word(mark.verdict) for mark in marks(problem, *lines)]


def test_the_solution_to_base_ten_is_not_refuted() -> None:
    (mark,) = marks("Solve log(x) = 2", "x = 100")
    assert verdict_word(mark.verdict) == "undecided"
    assert "base 10" in mark.why.template(Lang.EN)


def test_a_proof_with_the_natural_one_says_so() -> None:
    (mark,) = marks("Solve log(x) = 2", "x = e^2")
    assert verdict_word(mark.verdict) == "proved"
    assert "natural logarithm" in mark.why.template(Lang.EN)
    assert "自然对数" in mark.why.template(Lang.ZH)


def test_what_is_wrong_in_both_is_refuted() -> None:
    assert words("Solve log(x) = 2", "x = 20") == ["refuted"]
    assert words("Solve log(x) = 2", "x = 20", "x = 100")[0] == "refuted"


@pytest.mark.parametrize("problem", ["Solve log_2(x) = 3", "Solve lg x = 3", "Solve ln x = 3"])
def test_a_logarithm_with_a_base_is_clear(problem: str) -> None:
    assert words(problem, "x = 9") == ["refuted"]


def test_no_line_of_such_work_is_refuted() -> None:
    lines = ("log(x(x-3)) = 1", "x(x-3) = 10", "x^2 - 3x - 10 = 0", "x = 5 or x = -2", "x = 5")
    assert "refuted" not in words("Solve log x + log(x-3) = 1", *lines)


@pytest.mark.parametrize("seconds", [0.0, 0.01])
def test_work_for_which_there_is_no_time_is_open(seconds: float) -> None:
    report = check_work(Work("Solve log(x) = 2", ("log x = 2", "x = 20"), seconds))
    assert len(report.marks) == 2


def test_nor_while_it_is_written() -> None:
    state = first_state("Solve log(x) = 2")
    assert verdict_word(next_line(NextLine(state, "x = 100")).mark.verdict) == "undecided"
