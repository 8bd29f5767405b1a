"""Values as plain data between two processes: what goes over comes out, and nothing else does."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, OrderedDict, deque
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coding.inside.plain import (
    DEEPEST,
    BrokenChannelError,
    Handles,
    Json,
    decoded,
    encoded,
)
from assistant.coding.inside.unjudged import UncarriedError


class Numbers(Handles):
    """Handles that are the objects' numbers."""

    def __init__(self) -> None:
        self.given: list[object] = []

    def give(self, value: object) -> Json:
        self.given.append(value)
        return ["mine", len(self.given) - 1]

    def take(self, words: list[Json]) -> object:
        return self.given[words[1]]


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None))
    | st.binary(max_size=20)
    | st.binary(max_size=20).map(bytearray)
    | st.complex_numbers(allow_nan=False)
    | st.fractions()
    | st.decimals(allow_nan=False)
    | st.datetimes()
    | st.dates()
    | st.timedeltas()
    | st.just(...)
    | st.builds(range, st.integers(-9, 9), st.integers(-9, 9))
    | st.sampled_from([int, str, ValueError, object])
)
HASHABLE = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.fractions()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.lists(inner, max_size=4).map(deque)
        | st.sets(HASHABLE, max_size=4)
        | st.frozensets(HASHABLE, max_size=4)
        | st.dictionaries(HASHABLE, inner, max_size=4)
        | st.dictionaries(HASHABLE, inner, max_size=4).map(OrderedDict)
        | st.lists(HASHABLE, max_size=4).map(Counter)
    ),
    max_leaves=12,
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(
        ["list", "dict", "set", "int", "Fraction", "Decimal", "range", "slice", "type", "bytes",
         "mine", "yours", "datetime", "timedelta", "complex", "Counter", "ellipsis", "print"]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
def test_what_goes_over_comes_out(value: object) -> None:
    handles = Numbers()
    back = decoded(json.loads(json.dumps(encoded(value, handles))), handles)
    assert back == value
    assert type(back) is type(value)
    assert not handles.given


@given(JSON)
def test_words_that_mean_nothing_are_no_value(words: Json) -> None:
    """Whatever the other side says, it is a value or the end of the conversation."""
    try:
        decoded(words, Numbers())
    except BrokenChannelError:
        return


class EqualInt(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class EqualList(list[int]):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


@pytest.mark.parametrize("value", [EqualInt(3), EqualList([1]), object(), EqualInt, print])
def test_what_only_looks_like_data_stays_where_it_is(value: object) -> None:
    handles = Numbers()
    encoded([value], handles)
    assert handles.given == [value]


def test_what_is_nested_without_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(UncarriedError, match="deep"):
        encoded(endless, Numbers())
    words: Json = 1
    for _ in range(DEEPEST * 30):
        words = ["list", [words]]
    with pytest.raises(BrokenChannelError):
        decoded(words, Numbers())


def test_a_number_keeps_its_kind() -> None:
    values = [1, True, 1.0, Fraction(1), Decimal(1), complex(1), 2**60, -(2**60)]
    handles = Numbers()
    back = decoded(encoded(values, handles), handles)
    assert isinstance(back, list)
    assert [type(x) for x in back] == [type(x) for x in values]
    assert decoded(encoded(dt.time(1, 2), handles), handles) == dt.time(1, 2)
