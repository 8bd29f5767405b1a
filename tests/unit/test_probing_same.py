"""When what code gave is the same as what was expected, or as what it gave before a change."""

from __future__ import annotations

from collections import deque

import pytest

from assistant.coding.inside.probing import same


@pytest.mark.parametrize(
    ("one", "other", "equal", "exactly"),
    [
        (1, 1.0, True, False),
        (True, 1, False, False),
        (0.1 + 0.2, 0.3, True, True),
        (1e-10, 2e-10, True, False),
        (float("nan"), float("nan"), True, True),
        (10**400, 1.0, False, False),
        (10**400, 10**400, True, True),
        ([1, 2], (1, 2), False, False),
        ([1, [2.0]], [1, [2]], True, False),
        (deque([1.0]), deque([1.0 + 1e-12]), True, True),
        ({"a": [1.0]}, {"a": [1.0]}, True, True),
        ({"a": 1}, {"b": 1}, False, False),
        ("a", "a", True, True),
        (None, 0, False, False),
    ],
)
def test_the_same(one: object, other: object, equal: bool, exactly: bool) -> None:
    assert same(one, other) is equal
    assert same(one, other, exactly=True) is exactly
