"""Solutions whole as values of JSON, and back: one that was kept is drawn again as it was.

They become a table of records, each behind those that it holds; what occurs twice stands there
once.  What is read back is taken for a solution only if every field has the type that it must.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from functools import cache
from inspect import isclass
from types import UnionType
from typing import TypeAlias, Union, get_args, get_origin, get_type_hints

from assistant.maths import terms, types
from assistant.maths.types import Problem, Solution

Record: TypeAlias = tuple[object, ...]
"""The name of a class, then its fields; a value with fields of its own is the number of its
record, and a number is a pair with ``INT``."""
INT = "int"

MOST = 20_000
"""Records of a solution that is kept,"""
LARGEST = 2_000_000
"""and values in it, those that occur again counted again."""
MOST_BITS = 13_000
"""Of a number: less than the digits that are read back."""
FRACTION = re.compile(r"-?\d{1,4000}(/\d{1,4000})?", re.ASCII)
CLASSES = {
    name: one
    for module in (terms, types)
    for name, one in vars(module).items()
    if isclass(one) and dataclasses.is_dataclass(one) and one.__module__ == module.__name__
}


class _NoSuchError(Exception):
    """It is not what it should be."""


def kept(problem: Problem, solution: Solution) -> dict[str, object] | None:
    """A value of JSON; ``None`` where it were too long, or holds what cannot be kept."""
    writer = _Writer()
    try:
        places = {"problem": writer.put(problem), "solution": writer.put(solution)}
    except (_NoSuchError, RecursionError):
        return None
    return {**places, "records": writer.table}


def restored(value: object) -> tuple[Problem, Solution] | None:
    """What was kept; ``None`` where this is no such value."""
    match value:
        case {"problem": int(problem), "solution": int(solution), "records": list(table)}:
            pass
        case _:
            return None
    made: list[object] = []
    sizes: list[int] = []
    try:
        for record in table[:MOST]:
            made.append(_read(record, made, sizes))
        reader = _Reader(made, sizes)
        found = reader.field(problem, Problem), reader.field(solution, Solution)
    except (_NoSuchError, ValueError, ZeroDivisionError):
        return None
    assert isinstance(found[0], Problem)
    assert isinstance(found[1], Solution)
    return found[0], found[1]


class _Writer:
    def __init__(self) -> None:
        self.table: list[Record] = []
        self._places: dict[Record, int] = {}

    def put(self, value: object) -> int:
        """Where the record of a value stands."""
        name = type(value).__name__
        if CLASSES.get(name) is not type(value):
            raise _NoSuchError
        fields = [self._field(getattr(value, one)) for one in _hints(type(value))]
        record = (name, *fields)
        if record not in self._places:
            if len(self.table) == MOST:
                raise _NoSuchError
            self._places[record] = len(self.table)
            self.table.append(record)
        return self._places[record]

    def _field(self, value: object) -> object:
        match value:
            case Enum():
                return value.value
            case None | bool() | str():
                return value
            case int() | Fraction():
                if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
                    raise _NoSuchError
                return str(value) if isinstance(value, Fraction) else (INT, value)
            case tuple():
                return tuple(self._field(one) for one in value)
            case _:
                return self.put(value)


@cache
def _hints(kind: type) -> dict[str, object]:
    """The fields of a class, and their types."""
    return get_type_hints(kind)


def _read(record: object, made: Sequence[object], sizes: list[int]) -> object:
    match record:
        case [str(name), *fields] if name in CLASSES:
            kind = CLASSES[name]
        case _:
            raise _NoSuchError
    hints = _hints(kind)
    if len(fields) != len(hints):
        raise _NoSuchError
    reader = _Reader(made, sizes)
    values = dict(zip(hints, map(reader.field, fields, hints.values()), strict=True))
    if reader.size > LARGEST:
        raise _NoSuchError
    sizes.append(reader.size)
    return kind(**values)


class _Reader:
    """Reads the fields of one record, and counts what is in them."""

    def __init__(self, made: Sequence[object], sizes: Sequence[int]) -> None:
        self._made = made
        self._sizes = sizes
        self.size = 1

    def field(self, value: object, hint: object) -> object:
        """A value that is of this type."""
        if get_origin(hint) in (Union, UnionType):
            return self.field(value, self._option(value, get_args(hint)))
        if get_origin(hint) is tuple and isinstance(value, list | tuple):
            kind = get_args(hint)[0]
            return tuple(self.field(one, kind) for one in value)
        self.size += 1
        if hint in CLASSES.values():
            return self._one(value, hint)
        if isinstance(value, str) and hint is Fraction and FRACTION.fullmatch(value):
            return Fraction(value)
        if isinstance(value, str) and isclass(hint) and issubclass(hint, Enum):
            return hint(value)
        match value:
            case None | bool() | str() if type(value) is hint:
                return value
            case [str(word), int(number)] if word == INT and type(number) is hint:
                return number
            case _:
                raise _NoSuchError

    def _option(self, value: object, options: Sequence[object]) -> object:
        """Which of several types a value has."""
        kind: object = type(value)
        if type(value) is int and 0 <= value < len(self._made):
            kind = type(self._made[value])
        elif isinstance(value, list | tuple):
            kind = int
        if kind in options:
            return kind
        raise _NoSuchError

    def _one(self, value: object, kind: object) -> object:
        if type(value) is not int or not 0 <= value < len(self._made):
            raise _NoSuchError
        found = self._made[value]
        if type(found) is not kind:
            raise _NoSuchError
        self.size += self._sizes[value]
        return found
