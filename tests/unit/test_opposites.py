"""Answers that are words: the same, certainly another, or not known."""

from __future__ import annotations

import pytest

from assistant.maths.answers.opposites import KINDS, same_kind
from assistant.maths.checking.equal import equal_answers


@pytest.mark.parametrize(
    ("gold", "answer", "same"),
    [
        ("Monday", "星期一", True),
        ("monday", "Tuesday", False),
        ("yes", "No", False),
        ("正确", "错误", False),
        ("奇函数", "even function", False),
        ("收敛", "diverges", False),
        ("right", "obtuse", False),
        ("right", "correct", True),
        ("yes", "Yes.", True),
        ("等腰三角形", "等腰", True),
        # other words may mean the same
        ("矩形", "长方形", None),
        ("isosceles", "an isosceles triangle", None),
        ("Paris", "London", None),
        ("yes", "Monday", None),
    ],
)
def test_words_are_told_apart_only_where_one_excludes_the_other(
    gold: str, answer: str, same: bool | None
) -> None:
    assert equal_answers(gold, answer).equal is same
    assert equal_answers(answer, gold).equal is same


def test_no_word_has_two_meanings_in_a_kind() -> None:
    for kind in KINDS:
        words = [word for meaning in kind for word in meaning]
        assert len(words) == len(set(words)) > 1
        assert all(same_kind(word, word) for word in words)
