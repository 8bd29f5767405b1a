"""What those have in common who ask code in another world on made-up values, and report of it."""

from __future__ import annotations

import json
import math
import os
from collections import deque
from typing import Any

from assistant.coding.inside.examiner import Examiner, UnjudgedError

REPORT = 5
PLAN = "plan.json"
LONGEST = 400
NEAR, TINY = 1e-9, 1e-12
"""Two decimals nearer than that are the same: by their size, and in themselves."""
Values = tuple[Any, ...]


class MissingError(Exception):
    """There is no such function."""


def function_of(module: Any, name: str) -> Any:
    """A function of the code, or a method of an object of a class of its, made anew.

    ``MissingError`` where there is none; whatever is raised as the object is made is the code's.
    """
    owner, _, word = name.rpartition(".")
    holder = _part(module, owner, name)() if owner else module
    return _part(holder, word, name)


def _part(holder: Any, word: str, name: str) -> Any:
    try:
        return getattr(holder, word)
    except AttributeError:
        raise MissingError(name) from None


def plain(value: Any, peer: Examiner) -> Any:
    """The value.  ``UnjudgedError`` where it holds an object of the code's, which would judge
    itself."""
    left = [value]
    while left:
        part = left.pop()
        if peer.number_of(part) is not None:
            raise UnjudgedError(peer.word(part))
        if isinstance(part, dict):
            left += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple | set | frozenset | deque):
            left += list(part)
    return value


def same(gave: Any, expected: Any, *, exactly: bool = False) -> bool:
    """Equal in type and value at every depth, decimals up to rounding.  Whole numbers and decimals
    may stand for each other, but where it is ``exactly``."""
    if exactly and type(gave) is not type(expected):
        return False
    if isinstance(gave, float | int) and isinstance(expected, float | int):
        if isinstance(gave, bool) != isinstance(expected, bool):
            return False
        if isinstance(gave, int) and isinstance(expected, int):
            return gave == expected
        try:
            if math.isnan(gave) or math.isnan(expected):
                return math.isnan(gave) and math.isnan(expected)
            return math.isclose(gave, expected, rel_tol=NEAR, abs_tol=TINY if exactly else NEAR)
        except OverflowError:  # an integer that is larger than any decimal
            return False
    if isinstance(expected, list | tuple | deque):
        return (
            type(gave) is type(expected)
            and len(gave) == len(expected)
            and all(same(a, b, exactly=exactly) for a, b in zip(gave, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(gave, dict)
            and gave.keys() == expected.keys()
            and all(same(gave[key], expected[key], exactly=exactly) for key in expected)
        )
    return type(gave) is type(expected) and bool(gave == expected)


def told(wrong: BaseException) -> str:
    """An exception in one line, even where its own words fail."""
    try:
        return f"{type(wrong).__name__}: {wrong}".removesuffix(": ")[:LONGEST]
    except Exception:  # noqa: BLE001 - its own words fail
        return type(wrong).__name__


_write = os.write


def say(**fields: object) -> None:
    """One line of the report."""
    view = memoryview(json.dumps(fields).encode() + b"\n")
    while view:
        view = view[_write(REPORT, view) :]


class Silent:
    """Takes what the oracle or the code prints."""

    def write(self, text: str) -> int:
        """Nothing is kept."""
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""
