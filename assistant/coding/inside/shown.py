"""Values in few words, without asking them: no code of theirs runs, whatever they are.

Only what is exactly of a type of the language is looked into.  An object is told by its class
and the attributes that lie in its own dictionary, never by its ``repr``.  Types are compared by
identity and read past their own classes: ``isinstance``, ``==`` and ``hash`` would ask the value.
"""

from __future__ import annotations

import types
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction
from typing import Any

MOST_SIGNS = 100
MOST_TEXT = 60
MOST_ITEMS = 12
MOST_FIELDS = 6
DEEPEST = 4
LARGEST_BITS = 400
MORE = "…"
BRACKETS: dict[int, tuple[str, str]] = {
    id(list): ("[", "]"),
    id(tuple): ("(", ")"),
    id(set): ("{", "}"),
    id(frozenset): ("frozenset({", "})"),
    id(deque): ("deque([", "])"),
}
MAPPINGS = (dict, OrderedDict, defaultdict, Counter)
SINGLE = (type(None), bool, float, complex, range, Decimal, Fraction, type(...))
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType)


def shown(value: object, deep: int = 0) -> str:
    """A value in at most ``MOST_SIGNS`` signs; what is left out is told as ``… (length)``."""
    kind = type(value)
    if one_of(kind, SINGLE):
        return _cut(repr(value))
    if kind is int:
        assert isinstance(value, int)  # its type is known by now, and is not asked
        bits = value.bit_length()
        return repr(value) if bits <= LARGEST_BITS else f"<int, {bits} bits>"
    if one_of(kind, (str, bytes)):
        assert isinstance(value, str | bytes)
        return _text(value)
    if deep > DEEPEST:
        return MORE
    if id(kind) in BRACKETS:
        return _many(value, kind, deep)
    if one_of(kind, MAPPINGS):
        return _mapping(value, deep)
    return _cut(_object(value, kind, deep))


def one_of(kind: type, kinds: tuple[type, ...]) -> bool:
    """Is it exactly one of these types?"""
    return any(kind is known for known in kinds)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + MORE


def _text(value: str | bytes) -> str:
    if len(value) <= MOST_TEXT:
        return repr(value)
    return f"{value[:MOST_TEXT]!r}{MORE} ({len(value)})"


def _joined(parts: list[str], length: int, opening: str, closing: str) -> str:
    """As many parts as have room."""
    kept: list[str] = []
    used = len(opening) + len(closing)
    for part in parts:
        used += len(part) + 2
        if used > MOST_SIGNS and kept:
            break
        kept.append(part)
    if len(kept) < length:
        kept.append(f"{MORE} ({length})")
    return f"{opening}{', '.join(kept)}{closing}"


def _many(value: Any, kind: type, deep: int) -> str:
    if not value and kind is set:
        return "set()"
    parts: list[str] = []
    for item in value:
        if len(parts) == MOST_ITEMS:
            break
        parts.append(shown(item, deep + 1))
    opening, closing = BRACKETS[id(kind)]
    if kind is tuple and len(value) == 1:
        closing = ",)"
    return _joined(parts, len(value), opening, closing)


def _mapping(value: Any, deep: int) -> str:
    parts: list[str] = []
    for key, item in dict.items(value):
        if len(parts) == MOST_ITEMS:
            break
        parts.append(f"{shown(key, deep + 1)}: {shown(item, deep + 1)}")
    return _joined(parts, dict.__len__(value), "{", "}")


def _object(value: Any, kind: type, deep: int) -> str:
    if one_of(kind, FUNCTIONS):
        return f"<function {_name(value.__name__)}>"
    if kind is types.MethodType:
        return "<method>"
    if kind is types.ModuleType:
        return "<module>"
    if issubclass(kind, type):
        return f"<class {name_of(value)}>"
    name = name_of(kind)
    fields = attributes(value)
    if not fields:
        return f"<{name}>"
    parts = [
        f"{_name(key)}={shown(item, deep + 1)}" for key, item in list(fields.items())[:MOST_FIELDS]
    ]
    return _joined(parts, len(fields), f"{name}(", ")")


def bases_of(kind: type) -> tuple[type, ...]:
    """A class and all that it derives from, as the interpreter knows them."""
    found: tuple[type, ...] = type.__dict__["__mro__"].__get__(kind)
    return found


def attributes(value: object) -> dict[str, object]:
    """What lies in an object's own dictionary; empty where it has none, or hides it."""
    for base in bases_of(type(value)):
        place = type.__dict__["__dict__"].__get__(base).get("__dict__")
        if place is None:
            continue
        if type(place) is not types.GetSetDescriptorType:
            return {}
        found = place.__get__(value)
        return found if type(found) is dict else {}
    return {}


def name_of(kind: object) -> str:
    """The name of a class, past whatever its own class says."""
    try:
        return _name(type.__dict__["__name__"].__get__(kind))
    except (TypeError, AttributeError):
        return "?"


def _name(value: object) -> str:
    return value[:MOST_TEXT] if type(value) is str else "?"
