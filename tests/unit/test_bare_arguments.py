"""What a function without a bracket takes, and what its readers do where that is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.checking.work import check_work
from assistant.maths.reading.formula import read_formula, read_sure
from assistant.maths.reading.tokens import ReadingError
from assistant.maths.types import AnswerClaim, Proved, Refuted, Undecided, Work


@pytest.mark.parametrize(
    ("bare", "written"),
    [
        ("sin π/6", "sin(π/6)"),
        ("sin pi/6", "sin(pi/6)"),
        (r"\sin \pi/6", "sin(pi/6)"),
        (r"\sin 2\pi/3", "sin(2*pi/3)"),
        (r"\tan\pi/4", "tan(pi/4)"),
        ("sin -π/6", "sin(-(π/6))"),
        ("arcsin 1/2", "asin(1/2)"),
        ("sin^2 π/6", "(sin(π/6))^2"),
        ("sin π/6 + cos π/3", "sin(π/6) + cos(π/3)"),
        ("sin π/6 cos π/3", "sin(π/6) cos(π/3)"),
        ("sin 2/cos 2", "sin(2)/cos(2)"),
        ("sin x/2", "sin(x)/2"),
        ("sin x/cos x", "sin(x)/cos(x)"),
    ],
)
def test_a_constant_takes_what_it_is_divided_by(bare: str, written: str) -> None:
    assert read_formula(bare) == read_formula(written)


@pytest.mark.parametrize(
    "text",
    ["ln 2/2", r"\ln 2/2", "log 100/2", "exp 1/2", "sin π/x", "sin π/6x", "sin 2 / 3", "sin 1/2/3",
     r"\sin\frac{\pi}{6}/2"],
)  # fmt: skip
def test_what_has_two_usual_readings_is_refused(text: str) -> None:
    with pytest.raises(ReadingError, match="not clear"):
        read_formula(text)


@pytest.mark.parametrize("text", ["sin x/2", "2 cos 2x/3 + 1", r"\sin 30^\circ/2"])
def test_a_line_to_be_judged_is_read_only_where_it_is_sure(text: str) -> None:
    read_formula(text)
    with pytest.raises(ReadingError):
        read_sure(text)


@given(st.integers(1, 12), st.integers(1, 12))
def test_any_part_of_pi(above: int, below: int) -> None:
    assert read_formula(f"cos {above}π/{below}") == read_formula(f"cos({above}π/{below})")


@pytest.mark.parametrize(
    "line",
    [r"$\sin \pi/6 = 1/2$", r"$\cos \pi/3 = 1/2$", r"$\sin 2\pi/3=\sqrt3/2$", r"$\tan\pi/4=1$"],
)
def test_right_lines_with_angles_are_proved(line: str) -> None:
    (mark,) = check_work(Work("", (line,))).marks
    assert isinstance(mark.verdict, Proved)


def test_an_unsure_line_is_not_refuted() -> None:
    (mark,) = check_work(Work("", (r"$2\sin x/2 \cos x/2 = \sin x$",))).marks
    assert isinstance(mark.verdict, Undecided)
    answer = check_claimed(AnswerClaim("Integrate cos(x/2)", "2 sin x/2"))
    assert not isinstance(answer.verdict, Refuted)
