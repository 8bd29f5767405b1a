"""Commas and percentages that mean different things to different people are not guessed at."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_sure
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.engine import solve
from assistant.maths.types import Refuted, Solution, Work


@pytest.mark.parametrize(
    "text",
    ["What is 3,5 + 1,5?", "1,5 * 2", "3,5+1", "x = 1,5", "2x - 1,5 = 3", r"1,5 \cdot 2",
     "50 + 20%", "x + 20% = 12", "200 - 10%", "What is 25% of 80 + 3?", "half of 3 + 5",
     "square root of 16 + 9", "the square of 3 + 4", "the reciprocal of 2 + 3",
     "3^{-1} mod 11", "1/3 mod 11", "2*3^-1 mod 7", "5/2 ≡ 8 (mod 11)", "3^{-1} ≡ 4 (mod 11)",
     "3x = 2 mod 7", "Solve 2x + 3 = 11 mod 5", "3^2 = 9 mod 7", "9 = 16 mod 7",
     "20% of 50 plus 10", "half of 10 plus 4", "average of 3, 5, and 10 minus 1",
     "Find the sum of 1/2 and 1/3 of 12", "gcd of 12 and 18 times 2"],
)  # fmt: skip
def test_what_is_doubtful_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


def test_it_is_said_what_a_congruence_is_written_with() -> None:
    with pytest.raises(ReadingError) as wrong:
        read_problem("3x = 2 mod 7")
    assert wrong.value.suggestion is not None
    assert "≡" in wrong.value.suggestion.en


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 - 20%", "4/5"),
        ("100*(1 - 20%)", "80"),
        ("200 * 10% + 5", "25"),
        ("What is 80% + 20%?", "1"),
        ("(1-20%)x=40", "50"),
        ("gcd of 12,18", "6"),
        ("sort -3,5", "-3, 5"),
        ("solve x+y=5,x-y=1", "x = 3, y = 2"),
        ("1,234 + 1", "1235"),
        ("What is 25% of (80 + 4)?", "21"),
        ("x = 17 mod 5", "2"),
        ("7.5 mod 2", "1.5"),
        ("12/4 mod 5", "3"),
        ("floor(7/2) mod 2", "1"),
        ("3x ≡ 1 (mod 11)", "imageset(11*k + 4, k)"),
        ("2 = 17 mod 5", "true"),
        ("3^2 ≡ 9 (mod 7)", "true"),
        ("f(x) = x mod 3. Find f(7)", "1"),
        ("average of 3, 5 and 10", "6"),
        ("the sum of 1/2 of 12 and 1/3 of 12", "10"),
        ("the sum of 5 and half of 12", "11"),
    ],
)
def test_what_is_clear_is_answered(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution)
    assert answer_text(solution) == expected


@pytest.mark.parametrize(
    "text", ["[3.7]", "[x] + 1", "x + 20% = 12", "[x+1]^2", "3^2 = 9 mod 7", "3x = 2 mod 7"]
)
def test_a_judge_does_not_read_it(text: str) -> None:
    with pytest.raises(ReadingError):
        read_sure(text)


@pytest.mark.parametrize("text", ["[2(x+1) - 3]*2", "[1, 2]", "[[1,2],[3,4]]", "1 - 20%"])
def test_a_judge_reads_what_is_clear(text: str) -> None:
    read_sure(text)


@pytest.mark.parametrize(
    "steps",
    [
        ("高斯函数 $[3.7]=3$",),
        (r"$x + 20\% = 12$", "$x = 10$"),
        ("$[2.5] + 1 = 3$",),
        ("$2,5 = 5/2$",),
        ("1,5 · 2 = 3",),
        ("$3/2 = 1,5$",),
    ],
)
def test_no_such_line_is_refuted(steps: tuple[str, ...]) -> None:
    report = check_work(Work("", steps))
    assert not any(isinstance(mark.verdict, Refuted) for mark in report.marks)
