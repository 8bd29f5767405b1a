"""The keywords of JSON Schema: what they speak about, and what is certain of schemas side by side.

Where something is not certain, the answer is the one that lets a grammar accept less.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

MOST_REPEATS = 500
"""A longer array or string is not asked for; llama.cpp refuses 2,000."""
CHECKS = frozenset(
    "allOf anyOf oneOf not if then else dependentSchemas $ref prefixItems items contains "
    "properties patternProperties required additionalProperties propertyNames unevaluatedItems "
    "unevaluatedProperties type enum const multipleOf maximum exclusiveMaximum minimum "
    "exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains "
    "minContains maxProperties minProperties dependentRequired dependencies additionalItems "
    "$dynamicRef $recursiveRef".split()
)
"""Every keyword of the standard that can reject a value."""
TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")

Schema = Mapping[str, object]
Resolve = Callable[[object], object]


class SchemaError(ValueError):
    """The schema is broken, or asks for what no grammar can hold; the message says what."""


def is_of(value: object, kinds: Sequence[object]) -> bool:
    """Is a value of one of these types?"""
    if isinstance(value, bool):
        return "boolean" in kinds
    if isinstance(value, int | float):
        return "number" in kinds or ("integer" in kinds and value == int(value))
    names: dict[type, str] = {dict: "object", list: "array", str: "string", type(None): "null"}
    return names[type(value)] in kinds


def guess(schema: Schema) -> str:
    """The type that keywords without ``type`` speak about."""
    hints = {
        "object": ("properties", "required", "additionalProperties"),
        "array": ("items", "prefixItems", "minItems", "maxItems"),
        "string": ("pattern", "minLength", "maxLength", "format"),
        "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    }
    for kind, keywords in hints.items():
        if any(keyword in schema for keyword in keywords):
            return kind
    raise SchemaError("it does not say the type of a value")


def for_type(schema: Schema, kind: object) -> dict[str, object]:
    """One of several types, with the keywords that speak about it."""
    belongs = {
        "object": ("properties", "required", "additionalProperties"),
        "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
        "string": ("pattern", "minLength", "maxLength", "format"),
        "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    }
    family = "number" if kind == "integer" else kind
    others = {k for name, ks in belongs.items() if name != family for k in ks}
    return {**{k: v for k, v in schema.items() if k not in others}, "type": kind}


def narrowed(choice: object, kinds: object) -> object | None:
    """A choice of ``anyOf`` under the ``type`` that stands beside it; ``None``: nothing is left."""
    if choice is True:
        return {"type": kinds}
    if not isinstance(choice, dict) or "type" not in choice:
        return {**choice, "type": kinds} if isinstance(choice, dict) else choice
    both = [
        kind if kind in outer else "integer"
        for outer in [_kinds(kinds)]
        for kind in _kinds(choice["type"])
        if kind in outer
        or (kind == "integer" and "number" in outer)
        or (kind == "number" and "integer" in outer)
    ]
    return {**choice, "type": both} if both else None


def _kinds(kinds: object) -> list[object]:
    return list(kinds) if isinstance(kinds, list) else [kinds]


def same(left: object, right: object) -> bool:
    """Are two values written alike?  (To Python, ``1 == True``; to JSON Schema, it is not.)"""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def merge(parts: Sequence[Schema]) -> dict[str, object]:
    """One schema for all of ``allOf``.  Raises ``SchemaError`` where there is no plain one.

    ``additionalProperties`` and ``items`` speak about what their neighbours in the same part
    leave over, so other parts must not bring such neighbours.
    """
    for scoped, family in SCOPED.items():
        if (
            any(scoped in part for part in parts)
            and sum(bool(family & p.keys()) for p in parts) > 1
        ):
            raise SchemaError(f"“allOf” cannot join “{scoped}” with another part")
    merged: dict[str, object] = {}
    for part in parts:
        for keyword, value in part.items():
            if keyword in ("properties", "required") and keyword in merged:
                merged[keyword] = _joined(merged[keyword], value)
            elif keyword in CHECKS and not same(merged.get(keyword, value), value):
                raise SchemaError(f"“allOf” cannot join two “{keyword}”")
            else:
                merged[keyword] = value
    return merged


SCOPED: dict[str, frozenset[str]] = {
    "additionalProperties": frozenset({"properties", "patternProperties", "additionalProperties"}),
    "items": frozenset({"prefixItems", "items", "additionalItems"}),
    "additionalItems": frozenset({"prefixItems", "items", "additionalItems"}),
}


def _joined(left: object, right: object) -> object:
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *(value for value in right if value not in left)]
    if isinstance(left, dict) and isinstance(right, dict):
        if any(not same(left[name], right[name]) for name in left.keys() & right.keys()):
            raise SchemaError("“allOf” cannot join two “properties”")
        return {**left, **right}
    raise SchemaError("“properties” is an object, “required” a list")


def check_apart(choices: Sequence[object], resolve: Resolve) -> None:
    """``oneOf`` is held where no two choices can fit the same value.  Raises ``SchemaError``.

    ``resolve`` follows references.
    """
    whole = [resolve(choice) for choice in choices]
    if not all(_apart(left, right) for left, right in combinations(whole, 2)):
        raise SchemaError("two choices of “oneOf” may fit the same value; use “anyOf”")


def _apart(left: object, right: object) -> bool:
    """Is it certain that no value fits both?"""
    if not isinstance(left, dict) or not isinstance(right, dict):
        return False
    if not _families(left) & _families(right):
        return True
    if _differ(_values(left), _values(right)):
        return True
    if _families(left) | _families(right) != {"object"}:
        return False
    ours, theirs = _tags(left), _tags(right)
    return any(_differ(ours[name], theirs[name]) for name in ours.keys() & theirs.keys())


def _families(schema: Schema) -> set[str]:
    """The types of the values that may fit, ``integer`` counted as ``number``."""
    values = _values(schema)
    if "type" in schema:
        kinds = {str(kind) for kind in _kinds(schema["type"])}
    elif values is not None:
        kinds = {kind for kind in TYPES for value in values if is_of(value, [kind])}
    else:
        kinds = set(TYPES)
    return {"number" if kind == "integer" else kind for kind in kinds}


def _values(schema: object) -> list[object] | None:
    """The only values that may fit; ``None`` where they are not told."""
    if isinstance(schema, dict) and "const" in schema:
        return [schema["const"]]
    listed = schema.get("enum") if isinstance(schema, dict) else None
    return listed if isinstance(listed, list) else None


def _tags(schema: Schema) -> dict[str, list[object] | None]:
    """The members that every value has, with the values they may have."""
    parts, required = schema.get("properties"), schema.get("required")
    if not isinstance(parts, dict) or not isinstance(required, list):
        return {}
    return {name: _values(part) for name, part in parts.items() if name in required}


def _differ(left: list[object] | None, right: list[object] | None) -> bool:
    # Python's equality takes more for equal than JSON's (1 and True): the safe side
    return left is not None and right is not None and not any(value in right for value in left)


def span(schema: Schema, low: str, high: str) -> tuple[int, int | None]:
    """Two bounds of a length; the upper one no more than what is asked for at most."""
    least, most = schema.get(low, 0), schema.get(high)
    for value in (least, most):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise SchemaError(f"“{low}” and “{high}” are integers")
    assert isinstance(least, int)
    assert most is None or isinstance(most, int)
    if least < 0 or least > MOST_REPEATS or (most is not None and most < least):
        raise SchemaError(f"“{low}” {least} cannot be held")
    return least, None if most is None else min(most, MOST_REPEATS)
