"""Is what a function gave what an example wants?

Its source goes into every file of tests that is made from examples, and runs beside them; values
of other languages are compared by it here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

NEAR = "undecided: near to the number as it is written"
ORDER = "undecided: the same items in another order"
TRUTH = "undecided: a truth value is equal to a number"
ROUNDED_PLACES = 2
"""With fewer decimals nobody can tell a rounded number from a wrong one."""
MORE_PLACES = 3
"""A person rounds what has at least so many decimals more."""
EXACT = 1 << 40
"""An integer beyond is not equal to a decimal that is only near."""
Close = Callable[[float, float], bool]


def compared(
    got: Any, want: Any, places: int | None = None, order: str = "", *, told: bool = False
) -> bool:
    """True where they agree.  ``AssertionError`` where they do not, or where that cannot be told
    (``NEAR``, ``ORDER``, ``TRUTH``).

    ``places``: decimals that a person wrote, who may have rounded.  ``order``: ``free``, items of
    a flat result may come in any; ``open``, it is not plain whether they may.  ``told``: in words,
    and not by Python's ``==``, to which 1 is ``True``.
    """
    if same(got, want) or same(got, want, rounded(places)):
        if told and truths(got) != truths(want):
            raise AssertionError(TRUTH)
        return True
    if order and mixed(got, want):
        if order == "free" and flat(got):
            return True
        raise AssertionError(ORDER)
    if same(got, want, near(places)):
        raise AssertionError(NEAR)
    raise AssertionError(f"it gives {got!r}, not {want!r}")


def same(got: Any, want: Any, close: Close | None = None) -> bool:
    """Equal; decimals to the last bits."""
    if float in (type(want), type(got)) and {type(want), type(got)} <= {int, float}:
        if any(type(it) is int and abs(it) > EXACT for it in (got, want)):
            return bool(got == want)
        if math.isclose(got, want, rel_tol=1e-9, abs_tol=1e-12) or (
            math.isnan(got) and math.isnan(want)
        ):
            return True  # no number is itself where there is none
        return close is not None and close(got, want)
    if type(want) in (list, tuple) and type(got) is type(want) and len(got) == len(want):
        return all(same(a, b, close) for a, b in zip(got, want, strict=False))
    if type(want) is dict and type(got) is dict and got.keys() == want.keys():
        return all(same(got[key], want[key], close) for key in want)
    return bool(got == want)


def truths(value: Any) -> Any:
    """Where in a value truth values stand."""
    if type(value) in (list, tuple):
        return [truths(item) for item in value]
    if type(value) is dict:
        return {key: truths(item) for key, item in value.items()}
    return type(value) is bool


def near(places: int | None) -> Close | None:
    """Within half of the last decimal."""
    if places is None:
        return None
    return lambda got, want: abs(got - want) <= 0.5000001 * 10.0**-places


def rounded(places: int | None) -> Close | None:
    """Near, and of so many more decimals that a person would have rounded it."""
    close = near(places)
    if close is None or places is None or places < ROUNDED_PLACES:
        return None
    return lambda got, want: (
        len(repr(got).partition(".")[2]) >= places + MORE_PLACES and close(got, want)
    )


def flat(many: Any) -> bool:
    """Does a list hold no values that hold others?"""
    return not any(type(item) in (list, tuple, dict, set, frozenset) for item in many)


def mixed(got: Any, want: Any) -> bool:
    """Are they lists of the same items, at every depth, but for their order?"""
    if type(want) not in (list, tuple) or type(got) is not type(want) or len(got) != len(want):
        return False
    left = list(got)
    for item in want:
        place = next((n for n, it in enumerate(left) if same(it, item) or mixed(it, item)), None)
        if place is None:
            return False
        del left[place]
    return True
