"""From a JSON Schema to a grammar: whatever the grammar accepts validates against the schema.

The other direction is not promised: where a schema allows more than a grammar can well describe
(properties that it does not name, numbers of any length), the grammar is the narrower one.  A
keyword that narrows in a way that no grammar can follow is refused, never ignored; annotations
and unknown keywords are ignored, as the standard asks.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence

from runtimes.llamacpp.keywords import (
    CHECKS,
    MOST_REPEATS,
    TYPES,
    Schema,
    SchemaError,
    check_apart,
    for_type,
    guess,
    is_of,
    merge,
    narrowed,
    same,
    span,
)
from runtimes.llamacpp.numerals import integers, numbers
from runtimes.llamacpp.patterns import PatternError, pattern

LONGEST = 1 << 16
"""Characters of a schema."""
DEEPEST = 32
"""Levels of a schema inside a schema."""
MOST_RULES = 1000

PRIMITIVES = {
    "ws": r'| " " | "\n" [ \t]{0,20}',
    "value": "object | array | string | number | boolean | null",
    "object": '"{" ws ( string ":" ws value ( "," ws string ":" ws value )* )? ws "}"',
    "array": '"[" ws ( value ( "," ws value )* )? ws "]"',
    "string": r'"\"" char* "\""',
    "char": r'[^"\\\x7F\x00-\x1F] | [\\] ( ["\\/bfnrt] | "u" unit )',
    "unit": "( [0-9a-cA-CefEF] hex | [dD] [0-7] ) hex hex",  # no half of a surrogate pair
    "hex": "[0-9a-fA-F]",
    "number": 'integer ( "." [0-9]{1,16} )? ( [eE] [-+]? [0-9]{1,2} )?',
    "integer": '"-"? ( "0" | [1-9] [0-9]{0,15} )',
    "boolean": '"true" | "false"',
    "null": '"null"',
    "date": '[0-9]{4} "-" ( "0" [1-9] | "1" [0-2] ) "-" ( "0" [1-9] | "1" [0-9] | "2" [0-8] )',
    "time": '( [01] [0-9] | "2" [0-3] ) ":" [0-5] [0-9] ":" [0-5] [0-9] ( "." [0-9]{3} )? offset',
    "offset": '"Z" | [-+] ( [01] [0-9] | "2" [0-3] ) ":" [0-5] [0-9]',
    "uuid": 'hex{8} "-" hex{4} "-" hex{4} "-" hex{4} "-" hex{12}',
}
FORMATS = {
    "date": r'"\"" date "\""',
    "time": r'"\"" time "\""',
    "date-time": r'"\"" date "T" time "\""',
    "uuid": r'"\"" uuid "\""',
}


def grammar_of(text: str) -> str:
    """The grammar, in llama.cpp's GBNF, for a schema given as JSON.  Raises ``SchemaError``."""
    if len(text) > LONGEST:
        raise SchemaError(f"longer than {LONGEST} characters")
    try:
        schema = json.loads(text, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as wrong:
        raise SchemaError(str(wrong)) from wrong
    return _Converter(schema).grammar()


def _finite(text: str) -> float:
    """A number of the schema; ``json`` itself reads ``1e999`` as infinity, and ``NaN``."""
    if not math.isfinite(value := float(text)):
        raise SchemaError(f"{text[:20]} is no number that can be held")
    return value


def literal(text: str) -> str:
    """A text as GBNF writes it."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c, c) for c in text) + '"'


def constant(value: object) -> str:
    """A value that is written in one way only."""
    return literal(json.dumps(value, ensure_ascii=False))


class _Converter:
    def __init__(self, schema: object) -> None:
        self._whole = schema
        self._rules: dict[str, str] = {}
        self._references: dict[str, str] = {}
        self._depth = 0

    def grammar(self) -> str:
        root = self._convert(self._whole)
        lines = [f"root ::= {root}"]
        lines += [f"{name} ::= {body}" for name, body in {**PRIMITIVES, **self._rules}.items()]
        return "\n".join(lines) + "\n"

    def _rule(self, body: str) -> str:
        """The name of a rule with this body."""
        name = f"r{len(self._rules)}"
        if len(self._rules) >= MOST_RULES:
            raise SchemaError("it is too large")
        self._rules[name] = body
        return name

    def _convert(self, schema: object) -> str:
        """The name of a rule for a schema."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise SchemaError(f"more than {DEEPEST} levels deep")
        try:
            return self._body(schema)
        finally:
            self._depth -= 1

    def _body(self, schema: object) -> str:
        if schema is True or schema == {}:
            return "value"
        if not isinstance(schema, dict):
            raise SchemaError(f"a schema is an object or true, not {json.dumps(schema)[:40]}")
        given: Schema = {k: v for k, v in schema.items() if k in CHECKS or k == "format"}
        if given.keys() <= {"format"} and "format" not in given:
            return "value"
        for keyword, make in self._whole_schemas():
            if keyword in given:
                return make(given)
        return self._typed(given)

    def _whole_schemas(self) -> tuple[tuple[str, Callable[[Schema], str]], ...]:
        """Keywords that say all, so that others beside them must be harmless."""
        return (
            ("$ref", self._reference),
            ("const", self._const),
            ("enum", self._enum),
            ("anyOf", self._any_of),
            ("oneOf", self._any_of),
            ("allOf", self._all_of),
        )

    def _only(self, schema: Schema, *known: str) -> None:
        """Raise ``SchemaError`` if something else is asked as well."""
        harmless = {("uniqueItems", False), ("minProperties", 0), ("additionalItems", True)}
        for keyword, value in schema.items():
            plain = isinstance(value, bool | int) and (keyword, value) in harmless
            if keyword not in known and keyword != "format" and not plain:
                raise SchemaError(f"“{keyword}” cannot be held here")

    # --- schemas of schemas ------------------------------------------------------------------

    def _reference(self, schema: Schema) -> str:
        self._only(schema, "$ref")
        reference = schema["$ref"]
        if not isinstance(reference, str) or not (reference == "#" or reference.startswith("#/")):
            raise SchemaError(f"{json.dumps(reference)[:80]} is not in this schema")
        if reference not in self._references:
            target = self._target(reference)
            name = self._references[reference] = self._rule("")
            self._rules[name] = self._convert(target)
        return self._references[reference]

    def _target(self, reference: str) -> object:
        target = self._whole
        for part in reference[2:].split("/") if reference != "#" else ():
            name = part.replace("~1", "/").replace("~0", "~")
            if isinstance(target, dict) and name in target:
                target = target[name]
            elif isinstance(target, list) and name.isdecimal() and int(name) < len(target):
                target = target[int(name)]
            else:
                raise SchemaError(f"there is no {reference[:80]}")
        return target

    def _resolved(self, schema: object) -> object:
        """The schema that a reference leads to, if it is one and nothing else."""
        for _ in range(DEEPEST):
            reference = schema.get("$ref") if isinstance(schema, dict) else None
            if not isinstance(reference, str) or not reference.startswith("#"):
                break
            schema = self._target(reference)
        return schema

    def _const(self, schema: Schema) -> str:
        value, listed = schema["const"], schema.get("enum", [schema["const"]])
        if not isinstance(listed, list) or not any(same(value, other) for other in listed):
            raise SchemaError("“const” is not among “enum”")
        return self._enum({**schema, "enum": [value]})

    def _enum(self, schema: Schema) -> str:
        self._only(schema, "enum", "const", "type")
        values = schema["enum"]
        if not isinstance(values, list) or len(values) > MOST_REPEATS:
            raise SchemaError("“enum” is a list of values")
        kinds = schema.get("type", list(TYPES))
        values = [v for v in values if is_of(v, kinds if isinstance(kinds, list) else [kinds])]
        if not values:
            raise SchemaError("no value of “enum” is of the type")
        return self._rule(" | ".join(constant(value) for value in values))

    def _any_of(self, schema: Schema) -> str:
        keyword = "anyOf" if "anyOf" in schema else "oneOf"
        self._only(schema, keyword, "type")
        choices = schema[keyword]
        if not isinstance(choices, list) or not choices:
            raise SchemaError(f"“{keyword}” is a list of schemas")
        if keyword == "oneOf":
            check_apart(choices, self._resolved)
        parts: list[object | None] = list(choices)
        if "type" in schema:
            parts = [narrowed(choice, schema["type"]) for choice in choices]
        left = [part for part in parts if part is not None]
        if not left:
            raise SchemaError(f"no choice of “{keyword}” is of the type")
        return self._rule(" | ".join(self._convert(part) for part in left))

    def _all_of(self, schema: Schema) -> str:
        parts = schema["allOf"]
        if not isinstance(parts, list) or not all(isinstance(p, dict) for p in parts):
            raise SchemaError("“allOf” is a list of schemas")
        rest = {k: v for k, v in schema.items() if k != "allOf"}
        return self._convert(merge([rest, *parts]))

    # --- types -------------------------------------------------------------------------------

    def _typed(self, schema: Schema) -> str:
        kind = schema["type"] if "type" in schema else guess(schema)
        if isinstance(kind, list):
            if not kind:
                raise SchemaError("“type” names no type")
            bodies = [self._convert(for_type(schema, k)) for k in kind]
            return self._rule(" | ".join(bodies))
        if kind not in TYPES:
            raise SchemaError(f"there is no type {json.dumps(kind)[:40]}")
        makers: dict[object, Callable[[Schema], str]] = {
            "object": self._object,
            "array": self._array,
            "string": self._string,
            "number": lambda s: self._numeric(s, numbers),
            "integer": lambda s: self._numeric(s, integers),
        }
        if kind in makers:
            return makers[kind](schema)
        self._only(schema, "type")
        return str(kind)

    def _numeric(self, schema: Schema, body: Callable[..., str | None]) -> str:
        bounds = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
        self._only(schema, "type", *bounds)
        asked = {name: schema[name] for name in bounds if name in schema}
        if any(isinstance(v, bool) or not isinstance(v, int | float) for v in asked.values()):
            raise SchemaError("a bound is a number")
        if not asked:
            return "integer" if body is integers else "number"
        made = body(*(asked.get(name) for name in bounds))
        if made is None:
            raise SchemaError("no number is within these bounds")
        return self._rule(made)

    def _string(self, schema: Schema) -> str:
        self._only(schema, "type", "pattern", "minLength", "maxLength")
        if "pattern" in schema:
            self._only(schema, "type", "pattern")
            expression = schema["pattern"]
            if not isinstance(expression, str):
                raise SchemaError("“pattern” is a string")
            try:
                return self._rule(rf'"\"" ( {pattern(expression)} ) "\""')
            except PatternError as wrong:
                raise SchemaError(f"“pattern”: {wrong}") from wrong
        least, most = span(schema, "minLength", "maxLength")
        if least or most is not None:
            return self._rule(rf'"\"" char{_times(least, most)} "\""')
        form = schema.get("format")
        return self._rule(FORMATS[form]) if isinstance(form, str) and form in FORMATS else "string"

    def _array(self, schema: Schema) -> str:
        self._only(schema, "type", "items", "prefixItems", "minItems", "maxItems")
        least, most = span(schema, "minItems", "maxItems")
        if "prefixItems" in schema or isinstance(schema.get("items"), list):
            return self._tuple(schema, least, most)
        item = self._rule(self._convert(schema.get("items", True)))
        if most == 0:
            return self._rule('"[" ws "]"')
        more = _times(max(least - 1, 0), None if most is None else most - 1)
        following = self._rule(f'"," ws {item}')
        body = f"{item} {following}{more}"
        body = body if least else f"( {body} )?"
        return self._rule(f'"[" ws {body} ws "]"')

    def _tuple(self, schema: Schema, least: int, most: int | None) -> str:
        parts = schema.get("prefixItems", schema.get("items"))
        if not isinstance(parts, list) or least > len(parts) or (most or 0) > len(parts):
            raise SchemaError("“prefixItems” is a list of schemas, one for each item")
        body = ' "," ws '.join(self._rule(self._convert(part)) for part in parts[:most])
        return self._rule(f'"[" ws {body} ws "]"')

    def _object(self, schema: Schema) -> str:
        self._only(schema, "type", "properties", "required", "additionalProperties")
        properties = schema.get("properties", {})
        required = schema.get("required", [])
        if not isinstance(properties, dict) or not isinstance(required, list):
            raise SchemaError("“properties” is an object, “required” a list")
        if not all(isinstance(name, str) for name in required):
            raise SchemaError("“required” is a list of names")
        extra = schema.get("additionalProperties", True)
        missing = [str(name) for name in required if name not in properties]
        if missing and extra is False:
            raise SchemaError(f"“{missing[0]}” is required and not allowed")
        if not properties and not missing:
            return self._map(extra)
        pairs = [(str(name), self._convert(part)) for name, part in properties.items()]
        pairs += [(name, self._convert(extra)) for name in missing]
        return self._rule(f'"{{" ws {self._members(pairs, set(map(str, required)))} ws "}}"')

    def _map(self, extra: object) -> str:
        if extra is False:
            return self._rule('"{" ws "}"')
        pair = self._rule(f'string ":" ws {self._convert(extra)}')
        return self._rule(f'"{{" ws ( {pair} ( "," ws {pair} )* )? ws "}}"')

    def _members(self, pairs: Sequence[tuple[str, str]], required: set[str]) -> str:
        """Two chains of rules: one for when a member stands before, one for when none does."""
        after = first = '""'
        for name, value in reversed(pairs):
            member = self._rule(f'{constant(name)} ":" ws {value}')
            if name in required:
                first = f"{member} {after}"
                after = self._rule(f'"," ws {member} {after}')
            else:
                first = self._rule(f"{member} {after} | {first}")
                after = self._rule(f'( "," ws {member} )? {after}')
        return first


def _times(least: int, most: int | None) -> str:
    if most is None:
        return "*" if least == 0 else f"{{{least},}}"
    return f"{{{least},{most}}}"
