"""Worked lines with rounded bounds, with solutions named one at a time, with two identities."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Mark, Work, verdict_word


def _mark(problem: str, *lines: str) -> Mark:
    return check_work(Work(problem, lines)).marks[-1]


def _word(problem: str, *lines: str) -> str:
    return verdict_word(_mark(problem, *lines).verdict)


@pytest.mark.parametrize(
    ("problem", "exact", "rough", "word"),
    [
        ("Solve 3x - 10 > 0", "x > 10/3", "x > 3.33", "undecided"),
        ("Solve 3x - 10 > 0", "x > 10/3", "x > 3.3333", "undecided"),
        ("Solve 3x - 20 < 0", "x < 20/3", "x < 6.67", "undecided"),
        ("Solve 3x - 20 < 0", "x < 20/3", "6.67 > x", "undecided"),
        ("Solve 3x - 20 > 0", "x > 20/3", "x > 6.67", "refuted"),
        ("Solve 3x - 10 > 0", "x > 10/3", "x > 3.34", "refuted"),
        ("Solve x^2 > 2", "x < -sqrt(2) or x > sqrt(2)", "x < -1.414 or x > 1.414", "undecided"),
        ("Solve x^2 < 2", "-sqrt(2) < x < sqrt(2)", "-1.414 < x < 1.414", "refuted"),
        ("解不等式 3x - 10 > 0", "x > 10/3", "x > 3.33", "undecided"),
    ],
)
def test_a_rounded_bound_is_called_so(problem: str, exact: str, rough: str, word: str) -> None:
    mark = _mark(problem, exact, rough)
    assert verdict_word(mark.verdict) == word
    assert "rounded" in mark.why.en
    assert "近似" in mark.why.zh


@pytest.mark.parametrize(
    ("problem", "exact", "other"),
    [
        ("Solve 3x - 10 > 0", "x > 10/3", "x > 3.2"),
        ("Solve 3x - 10 > 0", "x > 10/3", "x > 3"),
        ("Solve 3x - 10 > 0", "x > 10/3", "x > 4"),
        ("Solve 3x - 10 > 0", "x > 10/3", "x >= 3.33"),
        ("Solve 3x - 10 > 0", "x > 10/3", "x < 3.33"),
        ("Solve 3x - 10 > 0", "x > 10/3", "x > 3.31"),
        ("Solve x^2 < 2", "-sqrt(2) < x < sqrt(2)", "-1.414 < x < 1.5"),
        ("Solve x^2 < 2", "-sqrt(2) < x < sqrt(2)", "x < 1.414"),
    ],
)
def test_another_bound_is_not(problem: str, exact: str, other: str) -> None:
    mark = _mark(problem, exact, other)
    assert verdict_word(mark.verdict) in ("undecided", "refuted")
    assert "rounded" not in mark.why.en


def test_exact_decimals_are_exact() -> None:
    assert _word("Solve 4x > 10", "x > 5/2", "x > 2.5") == "proved"


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("Solve x^2 = 4", "One solution is x = 2"),
        ("Solve x^2 = 4", "The other solution is x = -2"),
        ("Solve x^2 = 4", "x = 2 is one of the solutions"),
        ("Solve x^2 = 4", "x = -2 is the other solution"),
        ("Solve x^2 - 5x + 6 = 0", "A root of the equation is x = 3"),
        ("Solve x^2 - 5x + 6 = 0", "The solutions are x = 2 and x = 3"),
        ("Solve x^2 - 5x + 6 = 0", "So the two real solutions are x = 2 and x = 3."),
        ("解方程 x^2 - 5x + 6 = 0", "方程的一个根是 x = 2"),
        ("解方程 x^2 - 5x + 6 = 0", "另一个根是 x = 3"),
    ],
)
def test_named_solutions_are_put_in(problem: str, line: str) -> None:
    assert _word(problem, line) == "proved"


@pytest.mark.parametrize(
    ("problem", "line", "word"),
    [
        ("Solve x^2 = 4", "One solution is x = 3", "refuted"),
        ("Solve x^2 = 4", "The other solution is x = 4", "refuted"),
        ("Solve x^2 = 4", "The only solution is x = 2", "refuted"),
        ("Solve x^2 = 4", "x = 3 is one of the solutions", "refuted"),
        ("Solve x^2 - 5x + 6 = 0", "The solutions are x = 2 and x = 4", "refuted"),
        ("Solve x^2 = 4", "One solution is not x = 3", "undecided"),
        ("Solve x^2 = 4", "If one solution is x = 3, we are wrong", "undecided"),
        ("Solve x^2 = 4", "One number is x = 3", "undecided"),
        ("Solve x^2 = 4", "One solution is y = 3", "undecided"),
        ("Solve x^2 - 5x + 6 = 0", "另一个根不是 x = 3", "undecided"),
        ("Solve x^2 - 5x + 6 = 0", "方程的一个根是 x = 4", "refuted"),
    ],
)
def test_wrong_and_denied_solutions(problem: str, line: str, word: str) -> None:
    assert _word(problem, line) == word


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("(x+1)^2 = x^2 + 2x + 1 and (x-1)^2 = x^2 - 2x + 1", "proved"),
        ("(x+1)^2 = x^2 + 2x + 1 and (x-1)^2 = x^2 - 2x - 1", "refuted"),
        ("sin(x)^2 + cos(x)^2 = 1 and x^2 - 1 = (x-1)(x+1)", "proved"),
        ("(x+1)^2 = x^2 + 1 and (x-1)^2 = x^2 - 1", "refuted"),
    ],
)
def test_two_identities_joined_by_and(line: str, word: str) -> None:
    assert _word("Simplify (x+1)^2", "(x+1)^2 = x^2 + 2x + 1", line) == word


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (("One root is x = 5.", "The other root is x = -5."), "proved"),
        (("One root is x = 5.", "The other root is x = 5."), "undecided"),
        (("x = 5 is a root", "x = 5 is the other root"), "undecided"),
        (("一个根是 x = 5，另一个根是 x = -5",), "proved"),
        (("一个根是 x = 5，另一个根是 x = 5",), "undecided"),
    ],
)
def test_the_other_solution_is_another_one(lines: tuple[str, ...], word: str) -> None:
    assert _word("Solve x^2 - 25 = 0", *lines) == word
