"""Values as JSON and back, for the border between the program and an engine's process.

A dataclass becomes an object that names its class under ``""``; a field that has its default is
left out.  Reading is strict: it builds only what the expected type allows, so that a process
gone mad can send nonsense but never an object of its own choosing (pickle could).
"""

from __future__ import annotations

import json
import types
import typing
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar

TAG = ""

T = TypeVar("T")


def dumps(value: object) -> bytes:
    """One line of JSON, its newline included."""
    return json.dumps(_plain(value), separators=(",", ":")).encode("ascii") + b"\n"


def loads(line: bytes, expected: type[T] | types.UnionType) -> T:
    """The value of a line.  Raises ``ValueError`` where it is not of the expected type."""
    try:
        return typing.cast("T", _build(json.loads(line), expected))
    except (TypeError, KeyError, RecursionError, OverflowError) as wrong:
        raise ValueError(f"not a {expected}: {wrong}") from wrong


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    """The names of a dataclass's fields with their defaults."""
    return tuple((f.name, _default(f)) for f in fields(kind))


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case None | str() | bool() | int() | float():
            return value
        case tuple() | list():
            return [_plain(item) for item in value]
        case frozenset():
            return sorted(_plain(item) for item in value)  # type: ignore[type-var]
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} does not cross the border of a process")
    made: dict[str, object] = {TAG: type(value).__name__}
    for name, default in _fields(type(value)):
        item = getattr(value, name)
        if default is MISSING or item != default:
            made[name] = _plain(item)
    return made


@cache
def _hints(kind: type) -> dict[str, object]:
    return typing.get_type_hints(kind)


def _build(data: object, expected: object) -> object:
    origin = typing.get_origin(expected)
    if origin in (types.UnionType, typing.Union):
        return _one_of(data, typing.get_args(expected))
    if origin is tuple:
        return _tuple(data, typing.get_args(expected))
    if origin is frozenset:
        (item,) = typing.get_args(expected)
        return frozenset(_build(d, item) for d in _list(data))
    if expected is object:
        return _scalar(data)
    assert isinstance(expected, type)
    if is_dataclass(expected):
        return _dataclass(data, expected)
    if issubclass(expected, Enum):
        return expected(data)
    if expected is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if expected is type(None) and data is None:
        return None
    if expected in (str, int, float, bool) and type(data) is expected:
        return data
    raise ValueError(f"{type(data).__name__} instead of {expected.__name__}")


def _scalar(data: object) -> object:
    if data is None or isinstance(data, str | int | float):
        return data
    raise ValueError(f"{type(data).__name__} instead of a plain value")


def _list(data: object) -> list[object]:
    if not isinstance(data, list):
        raise ValueError(f"{type(data).__name__} instead of a list")  # noqa: TRY004
    return data


def _tuple(data: object, items: tuple[object, ...]) -> tuple[object, ...]:
    given = _list(data)
    if len(items) == 2 and items[1] is ...:
        return tuple(_build(d, items[0]) for d in given)
    return tuple(_build(d, item) for d, item in zip(given, items, strict=True))


def _one_of(data: object, kinds: tuple[object, ...]) -> object:
    if isinstance(data, dict):
        for kind in kinds:
            if isinstance(kind, type) and is_dataclass(kind) and kind.__name__ == data.get(TAG):
                return _dataclass(data, kind)
        raise ValueError(f"{data.get(TAG)!r:.80} is none of {kinds}")
    for kind in kinds:
        if not (isinstance(kind, type) and is_dataclass(kind)):
            try:
                return _build(data, kind)
            except ValueError:
                continue
    raise ValueError(f"{type(data).__name__} is none of {kinds}")


def _dataclass(data: object, kind: type) -> object:
    if not isinstance(data, dict) or data.get(TAG) != kind.__name__:
        raise ValueError(f"no {kind.__name__}")
    hints = _hints(kind)
    return kind(**{k: _build(v, hints[k]) for k, v in data.items() if k != TAG})
