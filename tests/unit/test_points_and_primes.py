"""Points before and behind digits, primes between them, and infinity: none is lost or invented."""

from __future__ import annotations

import pytest
from asking import proved, told

from assistant.maths.checking.equal import equal_answers
from assistant.maths.checking.work import check_work
from assistant.maths.types import Proved, Refuted, Work


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (".5 + .5", "1"),
        ("What is .5 + .25?", "0.75"),
        ("求 .5 + .25", "0.75"),
        ("Evaluate .5.", "0.5"),
        (".5x = 3", "6"),
        ("3. -2x = 4", "-2"),
        ("1. Solve 2x = 4", "2"),
        ("30°15'", "121*pi/720"),
    ],
)
def test_a_point_before_a_digit_belongs_to_it(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text", ["5. + 1", "5. - 1", "5. * 2", "1'000 + 1", "∞ - ∞", "1^∞", "0·∞", "计算 ∞/∞"]
)
def test_what_may_be_another_thing_has_no_answer(text: str) -> None:
    assert not isinstance(told(text)[1], Proved)
    assert told(text)[0] == ""


@pytest.mark.parametrize(
    ("gold", "answer", "same"),
    [("5", ".5", False), ("0.5", ".5", True), (".5", "The answer is .5.", True),
     ("5", "The answer is .5", False), ("5", "5.", True), ("1/2", "答案是 .5", True)],
)  # fmt: skip
def test_half_is_not_five(gold: str, answer: str, *, same: bool) -> None:
    assert equal_answers(gold, answer).equal is same


@pytest.mark.parametrize(
    ("line", "kind"),
    [(".5 + .5 = 1", Proved), (".5 + .5 = 5.5", Refuted), ("3. 2 + 2 = 4", Proved)],
)
def test_a_line_begins_with_its_point(line: str, kind: type) -> None:
    assert isinstance(check_work(Work("", (line,))).marks[0].verdict, kind)


@pytest.mark.parametrize("line", ["5. + 1 = 6", "5. + 1 = 1"])
def test_the_number_of_a_line_is_no_number_to_be_added_to(line: str) -> None:
    assert not isinstance(check_work(Work("", (line,))).marks[0].verdict, Proved | Refuted)
