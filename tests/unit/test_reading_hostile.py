"""Any text is read, or refused in time: its length and its kind must not matter."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hostile_texts import KINDS, PIECES
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.reading import read_problem
from assistant.maths.reading.claims.line import read_line
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.scan import MAX_SECONDS

LIMIT = 3 * MAX_SECONDS
"""Of processor time, so that a busy machine fails nothing."""


def seconds(read: Callable[[str], object], text: str) -> float:
    """Processor time of a reading, whatever its end."""
    begun = time.thread_time()
    with suppress(ReadingError):
        read(text)
    return time.thread_time() - begun


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow
def test_a_problem_of_any_kind_is_read_or_refused_in_time(kind: str) -> None:
    for size in (150, 10_000):
        assert seconds(read_problem, KINDS[kind](size)) < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_so_is_the_longest_that_may_be_a_sentence(kind: str) -> None:
    for size in (500, 2_400):
        assert seconds(read_problem, KINDS[kind](size)) < LIMIT


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow
def test_a_step_of_any_kind_is_read_in_time(kind: str) -> None:
    assert seconds(read_line, KINDS[kind](4_000)) < LIMIT


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.integers(1, 400)), min_size=1, max_size=6),
    st.sampled_from(["", "solve ", "解方程 ", "x = ", "What is "]),
)
@settings(max_examples=40, deadline=None)
def test_a_mixture_is_read_or_refused_in_time(parts: list[tuple[str, int]], head: str) -> None:
    text = (head + "".join(piece * count for piece, count in parts))[:10_000]
    assert seconds(read_problem, text) < LIMIT


def test_what_is_slow_leaves_nothing_behind() -> None:
    seconds(read_problem, "and " * 600)
    for text in ("x^2 - 5x + 6 = 0", "What is 3 times 4?", "求 x^2 sin x 的导数"):
        assert read_problem(text).request.operands


def test_long_blanks_change_neither_the_meaning_nor_the_place_of_a_mistake() -> None:
    blank = " " * 500
    assert read_problem(f"x^2{blank}= {blank}9").request == read_problem("x^2 = 9").request
    lines = read_problem(f"x = 1{blank}\n{blank}y = 2").request
    assert lines == read_problem("x = 1\ny = 2").request
    text = f"solve{blank} x + ){blank} = 2"
    with pytest.raises(ReadingError) as wrong:
        read_problem(text)
    assert text[wrong.value.at] == ")"
