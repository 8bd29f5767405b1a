"""Schemas and grammars: what is accepted validates, what cannot be held is refused."""

from __future__ import annotations

import contextlib
import json
import re
import string
from collections.abc import Iterator

import pytest

pytest.importorskip("llama_cpp")

import jsonschema
from grammar_walk import GrammarWalk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from micro_llama import GREEDY, answer_of, end_of, opened, write

from runtimes.errors import Unsupported
from runtimes.llamacpp.engine import LlamaModel
from runtimes.llamacpp.keywords import SchemaError
from runtimes.llamacpp.patterns import PatternError, pattern
from runtimes.llamacpp.schema import grammar_of
from runtimes.types import FinishReason, GenerationParams, Grammar, JsonSchema

pytestmark = pytest.mark.xdist_group("llamacpp")
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def model() -> Iterator[LlamaModel]:
    with opened() as loaded:
        yield loaded


@pytest.fixture(scope="module")
def walk(model: LlamaModel) -> GrammarWalk:
    return GrammarWalk(model)


def schema(**parts: object) -> JsonSchema:
    return JsonSchema(json.dumps(parts, ensure_ascii=False))


# --- what a schema accepts ---------------------------------------------------------------------

ACCEPTED: list[tuple[dict[str, object], list[object], list[object]]] = [
    ({"type": "integer"}, [0, -7, 123456], [1.5, "1", None, True]),
    ({"type": "number"}, [0, -1.5, 2e9], ["1", [1]]),
    ({"type": "boolean"}, [True, False], [0, "true"]),
    ({"type": "null"}, [None], [0, ""]),
    ({"type": "string"}, ["", "你好", 'a "quoted" \\ word', "line\nbreak"], [1, None]),
    ({"type": "string", "minLength": 2, "maxLength": 3}, ["ab", "中文字"], ["a", "abcd"]),
    ({"type": "string", "pattern": "^[0-9]{2}-[a-f]+$"}, ["12-abc"], ["1-a", "12-", "12-ag"]),
    ({"type": "string", "pattern": "b+"}, ["abbc", "b"], ["ac", ""]),
    ({"type": "string", "format": "date"}, ["2024-02-28"], ["2024-13-01", "24-01-01"]),
    ({"enum": ["yes", "否", 3, None]}, ["yes", "否", 3, None], ["no", 4]),
    ({"const": {"a": [1]}}, [{"a": [1]}], [{"a": [2]}]),
    ({"type": ["string", "null"]}, ["x", None], [1]),
    ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, [1, "a"], [None, 1.5]),
    ({"oneOf": [{"type": "integer"}, {"type": "null"}]}, [1, None], ["a"]),
    ({"type": "array", "items": {"type": "integer"}}, [[], [1], [1, 2, 3]], [["a"], 1]),
    (
        {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 3},
        [[1, 2]],
        [[1], [1, 2, 3, 4]],
    ),
    ({"type": "array", "maxItems": 0}, [[]], [[1]]),
    (
        {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]},
        [[1, "a"]],
        [["a", 1]],
    ),
    (
        {"type": "object", "properties": {"a": {"type": "integer"}, "b": {}}, "required": ["a"]},
        [{"a": 1}, {"a": 1, "b": [True, {"c": None}]}],
        [{}, {"b": 1}, {"a": "x"}],
    ),
    (
        {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}},
        [{}, {"a": 1}, {"b": 2}, {"a": 1, "b": 2}],
        [{"c": 1}],
    ),
    (
        {"type": "object", "additionalProperties": {"type": "integer"}},
        [{}, {"x": 1, "y": 2}],
        [{"x": "a"}],
    ),
    ({"type": "object", "additionalProperties": False}, [{}], [{"x": 1}]),
    ({"type": "object", "required": ["名"]}, [{"名": 5}], [{}]),
    (
        {
            "$defs": {
                "tree": {
                    "type": "object",
                    "properties": {
                        "v": {"type": "integer"},
                        "kids": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
                    },
                    "required": ["v"],
                }
            },
            "$ref": "#/$defs/tree",
        },
        [{"v": 1}, {"v": 1, "kids": [{"v": 2, "kids": []}]}],
        [{"kids": []}],
    ),
    (
        {
            "allOf": [
                {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                {"properties": {"b": {"type": "null"}}, "required": ["b"]},
            ]
        },
        [{"a": 1, "b": None}],
        [{"a": 1}],
    ),
    ({"type": "string", "anyOf": [{"type": "integer"}, {"minLength": 2}]}, ["ab"], [1, "a"]),
    ({"type": ["integer", "null"], "anyOf": [{"type": "number"}, True]}, [1, None], [1.5, "a"]),
    ({"oneOf": [{"const": "x"}, {"type": "integer"}]}, ["x", 3], ["y"]),
    ({"oneOf": [{"enum": ["a", "b"]}, {"enum": ["c"]}]}, ["a", "c"], ["d"]),
    (
        {
            "$defs": {
                "A": {"type": "object", "properties": {"k": {"const": "a"}}, "required": ["k"]},
                "B": {"type": "object", "properties": {"k": {"const": "b"}}, "required": ["k"]},
            },
            "oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}],
        },
        [{"k": "a"}, {"k": "b"}],
        [{"k": "c"}, {}],
    ),
    ({"const": 1, "enum": [2, 1]}, [1], [2]),
    ({"type": "string", "pattern": r"^\S$"}, ["a", "中"], [" ", "\u00a0", "\u2028", "\u3000"]),
    ({"type": "string", "pattern": r"^[^\s]$"}, ["a"], [" ", "\u00a0", "\u2029", "\ufeff"]),
    ({"type": "string", "pattern": "^.$"}, ["a"], ["\u2028"]),
    ({"allOf": [{"type": "array", "items": {"type": "integer"}}, {"minItems": 1}]}, [[1]], [[]]),
    ({}, [1, "a", [1, {"b": None}], None], []),
    ({"title": "anything", "x-unknown": 1}, [1], []),
]


@pytest.mark.parametrize(("plan", "good", "bad"), ACCEPTED, ids=lambda v: json.dumps(v)[:40])
def test_a_schema_accepts_what_fits(
    walk: GrammarWalk, plan: dict[str, object], good: list[object], bad: list[object]
) -> None:
    constraint = schema(**plan)
    for value in good:
        jsonschema.validate(value, plan)  # the row itself is right
        text = json.dumps(value, ensure_ascii=False)
        assert walk.accepts(constraint, text), text
    for value in bad:
        text = json.dumps(value, ensure_ascii=False)
        assert not walk.accepts(constraint, text), text


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "1", '"a"', "null", "false",
        '{"type": "nonsense"}', '{"type": 3}', '{"$ref": "#/nowhere"}', '{"$ref": "https://x/y"}',
        '{"$ref": "#"}', '{"enum": []}', '{"enum": 1}', '{"anyOf": []}', '{"anyOf": 1}',
        '{"type": "integer", "multipleOf": 3}', '{"not": {"type": "null"}}',
        '{"type": "array", "uniqueItems": true}', '{"type": "string", "pattern": "(?=a)b"}',
        '{"type": "string", "pattern": "("}', '{"type": "integer", "minimum": 5, "maximum": 4}',
        '{"type": "integer", "minimum": "5"}', '{"type": "string", "minLength": -1}',
        '{"type": "string", "minLength": 1e9}', '{"type": "object", "properties": []}',
        '{"type": "object", "required": ["a"], "additionalProperties": false}',
        '{"type": "object", "minProperties": 2}',
        '{"allOf": [{"type": "null"}, {"type": "string"}]}',
        '{"oneOf": [{"type": "integer"}, {"type": "number"}]}', '{"if": {}, "then": {}}',
        '{"enum": ["a"], "type": "integer"}', '{"const": 1, "enum": [2]}', '{"type": []}',
        '{"const": 1, "enum": [true]}', '{"const": 1e999}', '{"const": NaN}',
        '{"type": "integer", "enum": [1e999]}', '{"type": "number", "maximum": -1e999}',
        '{"type": "string", "anyOf": [{"type": "integer"}]}', '{"type": "string", "pattern": 5}',
        '{"oneOf": [{"const": "x"}, {"type": "string"}]}',
        '{"oneOf": [{"const": 1}, {"enum": [1]}]}',
        '{"oneOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}',
        '{"oneOf": [{"minLength": 2}, {"type": "integer"}]}',
        '{"oneOf": [{"type": ["string", "null"]}, {"type": "null"}]}',
        '{"$defs": {"s": {"type": "string"}}, "oneOf": [{"$ref": "#/$defs/s"}, {"const": "x"}]}',
        '{"allOf": [{"properties": {"a": {}}, "additionalProperties": false},'
        ' {"properties": {"b": {}}, "required": ["b"]}]}',
        '{"properties": {"b": {}}, "allOf": [{"additionalProperties": false}]}',
        '{"additionalProperties": false, "allOf": [{"allOf": [{"properties": {"b": {}}}]}]}',
        '{"allOf": [{"prefixItems": [{"type": "integer"}]}, {"items": {"type": "string"}}]}',
        '{"allOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"a": {"const": true}}}]}',
        '{"items": ' * 100 + "{}" + "}" * 100, '{"type": "array", "items": 3}',
        '{"x": "' + "a" * 70_000 + '"}',
    ],
    ids=lambda text: text[:50],
)  # fmt: skip
def test_what_cannot_be_held_is_refused_before_the_first_event(
    model: LlamaModel, text: str
) -> None:
    params = GenerationParams(max_tokens=5, constraint=JsonSchema(text))
    with pytest.raises(Unsupported):
        write(model, "Hello", params)
    assert answer_of(write(model, "Hello"))


SCALARS = st.sampled_from(
    [{"type": "integer"}, {"type": "boolean"}, {"type": "null"}, {"enum": ["a", "中", 1]}]
)
SCHEMAS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.builds(
            lambda i, n: {"type": "array", "items": i, "maxItems": n}, inner, st.integers(0, 2)
        ),
        st.builds(
            lambda parts, need: {
                "type": "object",
                "properties": parts,
                "required": [name for name in parts if name in need],
                "additionalProperties": False,
            },
            st.dictionaries(st.sampled_from("abc名"), inner, max_size=3),
            st.sets(st.sampled_from("abc名")),
        ),
        st.builds(lambda a, b: {"anyOf": [a, b]}, inner, inner),
    ),
    max_leaves=6,
)


@settings(MANY, max_examples=40)
@given(plan=SCHEMAS, seed=st.integers(0, 2**31))
def test_whatever_is_written_under_a_schema_validates(
    model: LlamaModel, plan: dict[str, object], seed: int
) -> None:
    """A wild text of the micro model, held by a schema."""
    params = GenerationParams(
        temperature=3.0, top_p=1.0, seed=seed, max_tokens=300, thinking_tokens=0,
        constraint=schema(**plan),
    )  # fmt: skip
    events = write(model, "Hello", params)
    if end_of(events).reason is FinishReason.STOP:
        jsonschema.validate(json.loads(answer_of(events)), plan)
    else:
        assert end_of(events).reason is FinishReason.LENGTH


# --- numbers -----------------------------------------------------------------------------------

BOUND = st.one_of(st.none(), st.integers(-1200, 1200))


@MANY
@given(low=BOUND, high=BOUND, value=st.integers(-1500, 1500))
def test_an_integer_is_accepted_exactly_within_its_bounds(
    walk: GrammarWalk, low: int | None, high: int | None, value: int
) -> None:
    bounds = {k: v for k, v in (("minimum", low), ("maximum", high)) if v is not None}
    if low is not None and high is not None and low > high:
        with pytest.raises(SchemaError):
            grammar_of(json.dumps({"type": "integer", **bounds}))
        return
    inside = (low is None or value >= low) and (high is None or value <= high)
    assert walk.accepts(schema(type="integer", **bounds), str(value)) == inside


@MANY
@given(
    low=st.floats(-50, 50, allow_nan=False),
    high=st.floats(-50, 50, allow_nan=False),
    value=st.decimals(-60, 60, places=2, allow_nan=False),
)
def test_a_number_that_is_accepted_is_within_its_bounds(
    walk: GrammarWalk, low: float, high: float, value: object
) -> None:
    plan: dict[str, object] = {"type": "number", "minimum": low, "exclusiveMaximum": high}
    try:
        grammar_of(json.dumps(plan))
    except SchemaError:
        return
    if walk.accepts(schema(**plan), str(value)):
        assert low <= float(str(value)) < high


# --- patterns ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expression",
    [
        "^a*b?c+$", "^(ab|c){2}$", "^[a-c0-9_]{1,3}$", "^[^a]$", r"^\d+\.\d$", "^a.c$", "ab",
        r"^\w\W$", "^(?:x|y)z$", "^[.*]$", "^$", "^a{0}b{2,}$",
    ],
)  # fmt: skip
@MANY
@given(text=st.text(alphabet="abcxyz019_.*- ", max_size=6))
def test_a_pattern_accepts_what_python_finds(walk: GrammarWalk, expression: str, text: str) -> None:
    found = re.search(expression, text, re.ASCII) is not None
    assert walk.accepts(schema(type="string", pattern=expression), f'"{text}"') == found


@MANY
@given(st.text(alphabet=string.printable + "你", max_size=12))
def test_any_expression_is_read_or_refused(expression: str) -> None:
    with contextlib.suppress(PatternError):
        assert pattern(expression)


# --- grammars ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gbnf",
    [
        "", "root", "root ::= x", 'start ::= "a"', 'root ::= "a', "root ::= [a", "root ::= ((",
        "root ::= root", 'root ::= root "a"', 'root ::= "a"{5000}', "root ::= " + "(" * 100_000,
        "root ::= " + "(" * 200 + '"a"' + ")" * 200,
        'root ::= "a"\x00', "root ::= " + '"a" ' * 80_000,
        'root ::= "' + "\ud800" + "\n",
        "\n".join(f"r{i} ::= r{i + 1}" for i in range(5000)),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_a_broken_or_hostile_grammar_is_refused(model: LlamaModel, gbnf: str) -> None:
    params = GenerationParams(max_tokens=5, constraint=Grammar(gbnf))
    with pytest.raises(Unsupported):
        write(model, "Hello", params)
    assert answer_of(write(model, "Hello"))


def test_the_thinking_is_free_and_the_answer_held(model: LlamaModel) -> None:
    params = GenerationParams(
        temperature=0.0, max_tokens=200, constraint=Grammar('root ::= "yes" | "no"')
    )
    events = write(model, "Hello", params)
    plain = write(model, "Hello")
    assert answer_of(events) in ("yes", "no")
    assert end_of(events).usage.reasoning_tokens == end_of(plain).usage.reasoning_tokens
    assert end_of(events).reason is FinishReason.STOP


def test_an_answer_cut_short_says_so(model: LlamaModel) -> None:
    params = GenerationParams(
        temperature=0.0, max_tokens=8, thinking_tokens=0,
        constraint=Grammar('root ::= "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'),
    )  # fmt: skip
    assert end_of(write(model, "Hello", params)).reason is FinishReason.LENGTH


def test_samples_are_each_held(model: LlamaModel) -> None:
    from micro_llama import user, with_plan

    from runtimes.base import Cancel

    params = GenerationParams(
        temperature=2.0, top_p=1.0, seed=1, max_tokens=200, thinking_tokens=4,
        constraint=Grammar('root ::= [ab]{3}'),
    )  # fmt: skip
    with opened(plan=with_plan(parallel=3)) as wide:
        events = list(wide.stream_many(user("Hello"), 3, params, Cancel()))
    for k in range(3):
        assert re.fullmatch("[ab]{3}", answer_of(e.event for e in events if e.sample == k))


def test_guesses_obey_the_grammar_too(model: LlamaModel) -> None:
    from dataclasses import replace

    from micro_llama import EXACT

    digits = Grammar('root ::= ( [0-9]{3} "," ){12}')
    params = replace(GREEDY, thinking_tokens=3, constraint=digits)
    with opened(options=EXACT) as plain, opened(options=replace(EXACT, lookup=5)) as ahead:
        texts = [answer_of(write(m, "Hello", params)) for m in (plain, ahead)]
    assert texts[0] == texts[1]
    assert re.fullmatch(r"(\d{3},){12}", texts[0])
