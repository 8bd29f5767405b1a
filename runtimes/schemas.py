"""JSON schemas before they are handed to somebody else's converter.

Servers differ in what they make of a schema that makes no sense: an error, any JSON, or anything.
So it is looked at here first.
"""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Iterator

from runtimes.errors import Unsupported
from runtimes.texts import Text

_TYPES = frozenset({"null", "boolean", "object", "array", "number", "string", "integer"})
_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_TABLES = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_MOST = 10_000


def read_schema(schema: str) -> dict[str, object]:
    """The object that a schema is.

    Raises ``Unsupported`` for what is no JSON object, names a type that does not exist, or
    refers to a place that is not in it.
    """
    try:
        whole = json.loads(schema)
    except (ValueError, RecursionError) as error:
        raise Unsupported(
            Text("the schema is no JSON: {0}", "模式不是 JSON：{0}", (str(error),))
        ) from error
    if not isinstance(whole, dict):
        raise Unsupported(Text("the schema is no JSON object", "模式不是 JSON 对象"))
    waiting: list[object] = [whole]
    for _ in range(_MOST):
        if not waiting:
            return whole
        part = waiting.pop()
        if isinstance(part, dict):
            _check(part, whole)
            waiting.extend(_inside(part))
        elif not isinstance(part, bool):
            raise Unsupported(
                Text(
                    "a part of the schema is no schema: {0}", "模式的一部分无效：{0}", (str(part),)
                )
            )
    raise Unsupported(Text("the schema is too large", "模式过大"))


def _check(part: dict[str, object], whole: dict[str, object]) -> None:
    kinds = part.get("type", [])
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if kind not in _TYPES:
            raise Unsupported(
                Text("the schema names an unknown type: {0}", "模式中有未知类型：{0}", (str(kind),))
            )
    reference = part.get("$ref")
    if reference is not None and not _resolves(reference, whole):
        raise Unsupported(
            Text(
                "the schema refers to what it does not have: {0}",
                "模式引用了不存在的部分：{0}",
                (str(reference),),
            )
        )


def _inside(part: dict[str, object]) -> Iterator[object]:
    """The schemas right inside a schema."""
    for name in _ONE:
        if name in part:
            inner = part[name]
            yield from inner if isinstance(inner, list) else (inner,)  # items, in old drafts
    for name in _LISTS:
        inner = part.get(name, [])
        yield from inner if isinstance(inner, list) else (inner,)
    for name in _TABLES:
        inner = part.get(name, {})
        yield from inner.values() if isinstance(inner, dict) else (inner,)


def _resolves(reference: object, whole: dict[str, object]) -> bool:
    if not isinstance(reference, str) or not reference.startswith("#"):
        return False
    place: object = whole
    for step in urllib.parse.unquote(reference[1:]).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(place, dict) or name not in place:
            return False
        place = place[name]
    return isinstance(place, dict | bool)
