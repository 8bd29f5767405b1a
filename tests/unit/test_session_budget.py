"""Room for the answer is always kept, and a thinking ends where a sentence does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.session.budget import (
    SMALLEST_ANSWER,
    USUAL_ANSWER,
    Budget,
    Ending,
    NoRoom,
    ThinkingWatch,
    Wishes,
    approximate_tokens,
    plan_budget,
)


@pytest.mark.parametrize(
    ("context", "prompt", "wishes", "expected"),
    [
        (8192, 192, Wishes(), Budget(8000, 6976, 1024)),
        (8192, 192, Wishes(think=500), Budget(8000, 500, 7500)),
        (8192, 192, Wishes(think=0), Budget(8000, 0, 8000)),
        (8192, 192, Wishes(think=100_000), Budget(8000, 6976, 1024, shortened=True)),
        (8192, 192, Wishes(max_tokens=600), Budget(600, 300, 300)),
        (8192, 192, Wishes(max_tokens=1), Budget(1, 0, 1)),
        (8192, 192, Wishes(max_tokens=9000), Budget(8000, 6976, 1024, shortened=True)),
        (8192, 192, Wishes(thinks=False), Budget(8000, None, 8000)),
        (4096, None, Wishes(), Budget(4096, 3072, 1024)),
        (None, 100, Wishes(), Budget(None, None, 1024)),
        (None, None, Wishes(think=50), Budget(None, 50, 1024)),
        (None, None, Wishes(max_tokens=200), Budget(200, 100, 100)),
        (512, 300, Wishes(), Budget(212, 106, 106)),
        (512, 400, Wishes(), NoRoom(400, 512)),
        (512, 9000, Wishes(), NoRoom(9000, 512)),
    ],
)
def test_the_window_is_divided(
    context: int | None, prompt: int | None, wishes: Wishes, expected: Budget | NoRoom
) -> None:
    assert plan_budget(context, prompt, wishes) == expected


COUNT = st.none() | st.integers(0, 200_000)


@given(
    context=st.none() | st.integers(1, 200_000),
    prompt=COUNT,
    think=COUNT,
    most=st.none() | st.integers(1, 200_000),
    thinks=st.booleans(),
)
def test_an_answer_always_has_room(
    context: int | None,
    prompt: int | None,
    think: int | None,
    most: int | None,
    thinks: bool,
) -> None:
    wishes = Wishes(think=think, max_tokens=most, thinks=thinks)
    match plan_budget(context, prompt, wishes):
        case NoRoom(taken, whole):
            assert whole - taken < SMALLEST_ANSWER
        case Budget(total, thinking, room, shortened):
            assert room >= 1
            if total is not None:
                assert room >= min(USUAL_ANSWER, (total + 1) // 2)
                assert (thinking or 0) + room == total
            if context is not None:
                assert total is not None
                assert total + (prompt or 0) <= context
            assert shortened or think is None or not thinks or thinking == think
            assert shortened or most is None or total == most


SENTENCE = "First I take three from both sides. "


def deltas(text: str) -> list[str]:
    return [word + " " for word in text.split()]


def test_a_thinking_ends_with_the_sentence_before_its_budget_is_used() -> None:
    watch = ThinkingWatch(400)
    read = ""
    for delta in deltas(SENTENCE * 200):
        read += delta
        if (ending := watch.feed(delta)) is not None:
            break
    assert ending is Ending.SENTENCE
    assert read.endswith("sides. ")
    assert 350 <= watch.spent < 400


def test_a_thinking_without_an_end_is_ended_hard() -> None:
    watch = ThinkingWatch(100)
    endings = [watch.feed("and ") for _ in range(100)]
    assert endings[:-1] == [None] * 99
    assert endings[-1] is Ending.NOW


@pytest.mark.parametrize("piece", ["and then 2.", "于是", "3.", "e.g. "])
def test_no_sentence_ends_here(piece: str) -> None:
    watch = ThinkingWatch(1000)
    watch.feed("word " * 760)
    assert watch.spent >= 900
    assert watch.feed(piece) is None


def test_a_chinese_sentence_ends_too() -> None:
    watch = ThinkingWatch(100)
    for _ in range(94):
        watch.feed("先")
    assert watch.feed("移项。") is Ending.SENTENCE


def test_a_thinking_may_go_on_without_a_budget() -> None:
    watch = ThinkingWatch(None)
    assert all(watch.feed(SENTENCE) is None for _ in range(10_000))
    assert ThinkingWatch(0).feed("x") is Ending.NOW
    assert ThinkingWatch(0).feed("") is None


def test_many_tokens_in_one_delta_are_counted() -> None:
    watch = ThinkingWatch(1000)
    assert watch.feed(SENTENCE * 1000) is Ending.NOW


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("", 0, 0),
        ("a", 1, 1),
        ("The quick brown fox jumps over the lazy dog.", 9, 14),
        ("先移项，两边加五，得到三倍的未知数。", 9, 18),
        ("x = 2", 2, 5),
        ("\U0001f600" * 10, 10, 30),
    ],
)
def test_tokens_are_guessed_well_enough(text: str, low: int, high: int) -> None:
    assert low <= approximate_tokens(text) <= high


@given(st.text(max_size=50), st.text(max_size=50))
def test_more_text_is_never_fewer_tokens(first: str, second: str) -> None:
    assert approximate_tokens(first + second) >= approximate_tokens(first)
    assert (approximate_tokens(first) == 0) == (not first)
