"""``!`` behind a value is a factorial, at the end of a sentence too; behind words it is joy."""

from __future__ import annotations

import pytest
from asking import proved

from assistant.maths.checking.work import check_work
from assistant.maths.types import Refuted, Work


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Evaluate 5!", "120"),
        ("What is 5!?", "120"),
        ("Compute 6!/4!.", "30"),
        ("Evaluate 5! please", "120"),
        ("Evaluate 5! Thanks!", "120"),
        ("计算 5!", "120"),
        ("计算6！/4！", "30"),
        ("老师好！求 5！+1", "121"),
        ("Simplify n!/(n-2)!", "n!/(n - 2)!"),
        ("化简 (n+1)!/n!", "(n + 1)!/n!"),
        ("2x = 4!", "12"),
        ("Solve x + 1 = 3 !", "2"),
        ("Simplify x + x, thanks!", "2*x"),
        ("Solve this equation: x + 1 = 3, please !!", "2"),
        ("请计算 3+5 谢谢！", "8"),
        ("计算 3+5 ！", "8"),
    ],
)
def test_a_factorial_is_no_mark_of_a_sentence(problem: str, answer: str) -> None:
    assert proved(problem) == answer


@pytest.mark.parametrize("line", ["120 = 5!", "所以 120 = 5！", "So 120 = 5!", "2 + 3 = 5！"])
def test_a_line_that_is_true_in_one_reading_is_not_refuted(line: str) -> None:
    assert not isinstance(check_work(Work("", (line,))).marks[0].verdict, Refuted)


@pytest.mark.parametrize("line", ["119 = 5!", "2 + 3 = 6！"])
def test_a_line_that_is_false_in_both_is(line: str) -> None:
    assert isinstance(check_work(Work("", (line,))).marks[0].verdict, Refuted)
