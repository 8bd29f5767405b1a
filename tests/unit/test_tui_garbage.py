"""Between two pauses nobody walks over what was there before."""

from __future__ import annotations

import gc
import weakref

import pytest

from tui import garbage


class Ring:
    """Something that only a search can free."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _as_before() -> object:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.freeze()  # as all tests have it


@pytest.mark.slow
def test_what_is_alive_in_a_pause_is_left_alone_until_the_next() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    garbage.pause()
    assert gc.get_freeze_count() > 1000
    del ring
    gc.collect()
    assert gone() is not None
    garbage.pause()
    assert gone() is None


def test_what_becomes_garbage_between_pauses_is_collected() -> None:
    garbage.starting()
    garbage.pause()
    seen = weakref.ref(Ring())
    kept = [[] for _ in range(200_000)]  # type: ignore[var-annotated]
    assert seen() is None
    assert kept


def test_a_moment_is_used_only_where_there_is_enough_to_collect() -> None:
    garbage.starting()
    garbage.pause()
    ring = Ring()
    gone = weakref.ref(ring)
    gc.collect(1)
    gc.collect(1)  # they stayed
    del ring
    garbage.tidy(busy=True)
    assert gone() is not None
    for _ in range(garbage.MANY):
        gc.collect(1)
    garbage.tidy(busy=True)
    assert gone() is None
    assert gc.get_freeze_count() > 1000


@pytest.mark.slow
def test_between_answers_less_is_enough() -> None:
    garbage.starting()
    garbage.pause()
    seen = weakref.ref(Ring())
    garbage.tidy(busy=False)
    assert seen() is not None
    for _ in range(garbage.FEW):
        gc.collect(1)
    gc.unfreeze()
    garbage.tidy(busy=False)
    assert seen() is None
    assert gc.get_freeze_count() > 1000
