"""Steps of the worked sets: nothing right is refuted, and no false calculation is proved."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from data import rows
from grade_student_steps import pose as pose_pupil
from grade_worked_solutions import pose as pose_prose

from assistant.maths.checking.work import check_work
from assistant.maths.types import Proved, Refuted, Supported, Work, WorkReport

POSES = {
    "student_steps": pose_pupil,
    "worked_solutions": pose_prose,
    "worked_solutions_hard": pose_prose,
}
LATE_LABELS = frozenset(
    {
        "cogtutor-2075",  # 49.1/1 beside 49.14
        "cogtutor-4989",  # -2 - 1938.55 is not -1936.55
        "prm-prm_phase2_244-108",  # the square of (√5 - 1)/2 has the denominator 2
        "prm-prm_phase2_6250-191",  # 13² + 14² - 15² is 140
        "prm-prm_phase2_7072-247",  # (0 + 820)/1225 is about 0.669, not 0.657
        "prm-prm_phase2_7344-262",  # √(90² - 28²) is about 85.53, not 82.46
    }
)
"""Rows in which something false stands before the step that is labelled wrong."""
NUMBER = r"(\d+(?:\.\d+)?)"
SIMPLE = re.compile(
    rf"(?<![\w.,]){NUMBER} ([x×*+/÷-]) {NUMBER} = {NUMBER}(?![\d,.]*\d|[%/^ ]*[%/^*+×÷-]|\s*\\)"
)
"""One sign between two bare numbers: read here by other means than the product's."""


def _false(text: str) -> list[str]:
    """The simple calculations in a text that are wrong, rounding allowed."""
    found = []
    for match in SIMPLE.finditer(text):
        if re.search(r"(?:[-+*/×÷^(=]|\\[a-z]+|\d|\bx)$", text[: match.start()].rstrip(" $")):
            continue  # the end of a longer calculation
        a, sign, b, c = match.groups()
        one, other, result = Fraction(a), Fraction(b), Fraction(c)
        if sign in "/÷" and not other:
            continue
        value = {
            "+": one + other, "-": one - other, "/": one / (other or 1), "÷": one / (other or 1),
        }.get(sign, one * other)  # fmt: skip
        digit = Fraction(1, 10 ** len(c.partition(".")[2]))
        if abs(value - result) > digit / 2:
            found.append(match[0])
    return found


def _breaks(name: str, row: dict[str, Any], report: WorkReport) -> list[str]:
    """What the marks of a row get wrong."""
    _, steps = POSES[name](row)
    label = row["first_wrong_step"]
    wrong = []
    for n, (step, mark) in enumerate(zip(steps, report.marks, strict=True)):
        right = label is None or n < label
        if right and isinstance(mark.verdict, Refuted) and row["id"] not in LATE_LABELS:
            wrong.append(f"{row['id']}: refuted {step!r}")
        if isinstance(mark.verdict, Proved | Supported) and _false(step):
            wrong.append(f"{row['id']}: proved {step!r}")
        if name == "student_steps" and n == label and isinstance(mark.verdict, Proved):
            wrong.append(f"{row['id']}: proved {step!r}")
    return wrong


def _check(name: str, part: list[dict[str, Any]]) -> list[str]:
    broken: list[str] = []
    for row in part:
        problem, steps = POSES[name](row)
        broken += _breaks(name, row, check_work(Work(problem, tuple(steps))))
    return broken


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("name", POSES)
def test_a_sample_of_steps_is_judged_soundly(name: str) -> None:
    assert _check(name, rows(name)[::8]) == []


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("name", POSES)
def test_every_step_is_judged_soundly(name: str) -> None:
    assert _check(name, rows(name)) == []


def test_the_judge_of_this_test_sees_a_false_calculation() -> None:
    assert _false("So 12 x 5 = 65 apples and 10 / 4 = 2.5.") == ["12 x 5 = 65"]
    assert _false("That is 10 / 3 = 3.33 and 2 * 3 + 4 = 10.") == []
