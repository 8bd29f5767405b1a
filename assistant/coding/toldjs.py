"""Values of JavaScript, as the harness tells them."""

from __future__ import annotations

import json
import re

BIG = re.compile(r"-?\d{1,4000}n")
_BIGS = re.compile(r'"(-?\d{1,4000})n"\}')
"""A whole number of the kind that has no bounds."""
EXACT = (1 << 53) - 1
"""Beyond, an example can only mean a BigInt, however it is written."""


def thrown(gave: str) -> tuple[str, ...] | None:
    """The classes of what was thrown; ``None`` where nothing was."""
    if not gave.startswith('{"^"'):
        return None
    return tuple(str(name) for name in json.loads(gave)["^"])


class OpaqueError(Exception):
    """An object that cannot be looked into."""


def plain(told: object) -> object:
    """The value that was told; ``ValueError`` for what is none."""
    match told:
        case {"=": dict(items)}:
            return {key: plain(item) for key, item in items.items()}
        case {"!": _}:
            raise OpaqueError
        case {"?": "undefined"}:
            return None
        case {"?": str(word)} if BIG.fullmatch(word):
            return int(word[:-1])
        case {"?": "NaN" | "Infinity" | "-Infinity" as word}:
            return float(word)
        case dict():
            raise ValueError("no value")
        case list():
            return [plain(item) for item in told]
        case _:
            return truths(told)


def small_bigints(gave: str) -> bool:
    """Is there a BigInt that a plain number could hold?"""
    return any(abs(int(found[1])) <= EXACT for found in _BIGS.finditer(gave))


def nothings(told: object) -> set[str]:
    """Which words for nothing a told value has in it."""
    match told:
        case None:
            return {"null"}
        case {"?": "undefined"}:
            return {"undefined"}
        case list() | dict():
            items = told.values() if isinstance(told, dict) else told
            return set().union(*map(nothings, items))
        case _:
            return set()


def truths(value: object) -> object:
    """With truth values as signs of their own: in Python they are numbers too."""
    match value:
        case bool():
            return f"\0{value}"
        case list():
            return [truths(item) for item in value]
        case dict():
            return {key: truths(item) for key, item in value.items()}
        case _:
            return value


def shown(gave: str) -> str:
    """As JavaScript writes it, nearly."""
    try:
        return _written(json.loads(gave))
    except (ValueError, RecursionError):
        return gave


def _written(told: object) -> str:
    match told:
        case {"=": dict(items)}:
            parts = [f"{json.dumps(key)}: {_written(item)}" for key, item in items.items()]
            return "{" + ", ".join(parts) + "}"
        case {"?": str(word)} | {"!": str(word)}:
            return word
        case list():
            return "[" + ", ".join(_written(item) for item in told) + "]"
        case _:
            return json.dumps(told, ensure_ascii=False)
