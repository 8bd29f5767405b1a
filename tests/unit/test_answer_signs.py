"""The sign of an answer, the letter of an option, values that hold together or not."""

from __future__ import annotations

import pytest

from assistant.maths.answers.extract import extract_answer
from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.checking.equal import equal_answers
from assistant.maths.types import AnswerClaim, Proved, Undecided


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("-4", "-4"),
        ("2x = -8\n-4", "-4"),
        ("-x + 3", "-x + 3"),
        ("**-4**", "-4"),
        ("–3", "–3"),
        ("- x = 4", "x = 4"),
        ("* 4", "4"),
        ("---\n5\n---", "5"),
        ("> **4**", "4"),
    ],
)
def test_a_dash_is_a_sign_where_no_space_stands_behind_it(text: str, answer: str) -> None:
    assert extract_answer(text) == answer


@pytest.mark.parametrize(
    ("gold", "answer", "same"),
    [
        ("-4", "4", False),
        ("C", "不选C", None),
        ("C", "故选C。", True),
        ("C", "not option C", None),
        ("x=1, y=2", "x=1 or y=2", None),
        ("x=1, y=2", "y=2, x=1", True),
        ("x=3 or x=2", "x=2, x=3", True),
        ("ln 2", "log 2", None),
        ("log 8", "3 log 2", True),
        ("log 2, 3", "ln 2, 3", None),
        ("yes", "Yes.", True),
        ("是", "是。", True),
    ],
)
def test_nothing_is_the_same_by_half_a_reading(gold: str, answer: str, same: bool | None) -> None:
    assert equal_answers(gold, answer).equal is same
    assert equal_answers(answer, gold).equal is same


@pytest.mark.parametrize(
    ("answer", "proved"),
    [
        ("2^2 * 3 * 5", True),
        ("2·2·3·5", True),
        ("5 × 3 × 2^2", True),
        ("60", False),
        ("4*15", False),
    ],
)
def test_a_number_is_no_factorisation_of_itself(answer: str, *, proved: bool) -> None:
    mark = check_claimed(AnswerClaim("Find the prime factorization of 60", answer))
    assert isinstance(mark.verdict, Proved if proved else Undecided)
