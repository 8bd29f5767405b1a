"""Values as plain data, between two processes that do not trust each other.

What is exactly of a type of the standard library goes over as data, and is made anew by its
receiver: a subclass that calls itself equal to everything does not get through.  All other
objects stay where they are, and go over as a number (``Handles``).
"""

from __future__ import annotations

import builtins
import datetime as dt
import json
import os
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assistant.coding.inside.unjudged import UncarriedError

MOST_BYTES = 32 << 20
"""Of one message; a longer one ends the conversation."""
DEEPEST = 100
SAFE_INTEGER = 1 << 53
NO_VALUE = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What becomes of words that mean nothing, as they are taken for a value."""
Json = Any
"""What ``json`` reads and writes."""


class BrokenChannelError(BaseException):
    """The other side has gone, or says what is no message.  No ``except Exception`` holds it."""


class Handles:
    """How objects that stay where they are go over; each side has its own way."""

    def give(self, value: object) -> Json:
        """The words for an object of ours, or for one of theirs that goes back."""
        raise NotImplementedError

    def take(self, words: list[Json]) -> object:
        """The object that such words of theirs mean."""
        raise NotImplementedError


def send(place: int, message: Json) -> None:
    """Write one message.  ``UncarriedError`` where it is too large."""
    body = json.dumps(message).encode()
    if len(body) > MOST_BYTES:
        raise UncarriedError(f"a value of {len(body)} bytes is too large")
    view = memoryview(len(body).to_bytes(4, "big") + body)
    try:
        while view:
            view = view[os.write(place, view) :]
    except OSError as wrong:
        raise BrokenChannelError("the code has ended") from wrong


def receive(place: int) -> Json:
    """Read one message."""
    size = int.from_bytes(_exactly(place, 4), "big")
    if size > MOST_BYTES:
        raise BrokenChannelError("the code answers with too much")
    try:
        return json.loads(_exactly(place, size))
    except (ValueError, RecursionError) as wrong:
        raise BrokenChannelError("the code answers with what is no answer") from wrong


def _exactly(place: int, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = os.read(place, min(size - len(parts), 1 << 20))
        except OSError as wrong:
            raise BrokenChannelError("the code has ended") from wrong
        if not part:
            raise BrokenChannelError("the code has ended")
        parts += part
    return bytes(parts)


def encoded(value: object, handles: Handles, depth: int = 0) -> Json:
    """A value as JSON.  ``UncarriedError`` where it is nested too deeply, or in itself."""
    kind: type = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        assert isinstance(value, int)
        return value if abs(value) < SAFE_INTEGER else ["int", hex(value)]
    if kind is float:
        assert isinstance(value, float)
        return value
    if depth > DEEPEST:
        raise UncarriedError("a value is nested too deeply")
    if kind in MANY:
        assert isinstance(value, list | tuple | set | frozenset | deque)
        return [MANY[kind], [encoded(item, handles, depth + 1) for item in value]]
    if kind in MAPPINGS:
        assert isinstance(value, dict)
        pairs = [
            [encoded(key, handles, depth + 1), encoded(item, handles, depth + 1)]
            for key, item in value.items()
        ]
        if isinstance(value, defaultdict):
            return [MAPPINGS[kind], pairs, encoded(value.default_factory, handles, depth + 1)]
        return [MAPPINGS[kind], pairs]
    if kind in WRITTEN:
        return [str(kind.__name__), WRITTEN[kind][0](value)]
    name = getattr(value, "__name__", None) if isinstance(value, type) else None
    if type(name) is str and vars(builtins).get(name) is value:
        return ["type", name]
    return handles.give(value)


def decoded(words: Json, handles: Handles) -> object:
    """The value that JSON means.  ``BrokenChannelError`` where it means none."""
    if not isinstance(words, list):
        if isinstance(words, dict):
            raise BrokenChannelError("the code answers with what is no value")
        return words
    try:
        name, *rest = words
        if name in MANY_BY_NAME:
            return MANY_BY_NAME[name](decoded(item, handles) for item in rest[0])
        if name in MAPPINGS_BY_NAME:
            pairs = ((decoded(key, handles), decoded(item, handles)) for key, item in rest[0])
            if name == "defaultdict":
                factory: Any = decoded(rest[1], handles)
                return defaultdict(factory, pairs)
            return MAPPINGS_BY_NAME[name](pairs)
        if name in WRITTEN_BY_NAME:
            return WRITTEN_BY_NAME[name](rest[0])
        if name == "type":
            found = vars(builtins)[rest[0]]
            if isinstance(found, type):
                return found
        return handles.take(words)
    except NO_VALUE as wrong:
        raise BrokenChannelError("the code answers with what is no value") from wrong


def _slice(words: Any) -> slice:
    return slice(*[int(word) if word is not None else None for word in words])


def _indices(value: Any) -> list[Json]:
    return [int(x) if x is not None else None for x in (value.start, value.stop, value.step)]


def _parts(value: Any) -> list[float]:
    return [value.real, value.imag]


def _delta(value: Any) -> list[int]:
    return [value.days, value.seconds, value.microseconds]


MANY: dict[type, str] = {
    list: "list", tuple: "tuple", set: "set", frozenset: "frozenset", deque: "deque",
}  # fmt: skip
MANY_BY_NAME: dict[str, Callable[..., object]] = {name: kind for kind, name in MANY.items()}
MAPPINGS: dict[type, str] = {
    dict: "dict", OrderedDict: "OrderedDict", Counter: "Counter", defaultdict: "defaultdict",
}  # fmt: skip
MAPPINGS_BY_NAME: dict[str, Callable[..., object]] = {
    "dict": dict,
    "OrderedDict": OrderedDict,
    "Counter": lambda pairs: Counter(dict(pairs)),
    "defaultdict": defaultdict,
}
WRITTEN: dict[type, tuple[Callable[[Any], Json], Callable[[Any], object]]] = {
    int: (hex, lambda text: int(text, 16)),
    bytes: (lambda value: value.hex(), bytes.fromhex),
    bytearray: (lambda value: value.hex(), bytearray.fromhex),
    complex: (_parts, lambda words: complex(*words)),
    range: (_indices, lambda words: range(*words)),
    slice: (_indices, _slice),
    type(Ellipsis): (lambda _: None, lambda _: Ellipsis),
    type(NotImplemented): (lambda _: None, lambda _: NotImplemented),
    Fraction: (str, Fraction),
    Decimal: (str, Decimal),
    dt.datetime: (lambda value: value.isoformat(), dt.datetime.fromisoformat),
    dt.date: (lambda value: value.isoformat(), dt.date.fromisoformat),
    dt.time: (lambda value: value.isoformat(), dt.time.fromisoformat),
    dt.timedelta: (_delta, lambda words: dt.timedelta(*words)),
}
"""Types that are written out, each with the way there and back."""
WRITTEN_BY_NAME = {kind.__name__: back for kind, (_, back) in WRITTEN.items()}
