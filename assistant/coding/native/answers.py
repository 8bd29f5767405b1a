"""What a function of C or C++ answered, as values, and whether that is what an example wants."""

from __future__ import annotations

import ast
import json
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.coding.inside import alike
from assistant.coding.native.linked import is_nothing, nodes_told
from assistant.coding.native.prototypes import Function
from assistant.coding.native.raised import Raised
from assistant.coding.native.reading import BrokenError, Reader, UnfitError
from assistant.coding.native.slots import STRING, Form, Kind, Slot, Sort
from assistant.coding.native.sources import ENDLESS, LONGEST_RESULT, NOTHING, SAME, UNKNOWN
from assistant.coding.native.values import (
    characters,
    linked_items,
    parts_of,
    pointed_to,
    scalar_of,
    text_of,
    unfit,
)
from runtimes.texts import Text

CLOSE, DOUBTFUL = 1e-6, 1e-4
"""Relative: two ``float`` (24 bits) are the same up to here, and are not the same from there."""
TINY = 1e-6
"""A ``float`` so near to the other is not called another number, however small both are."""
LENGTH = Text(
    "{0} gives a pointer, and how many items it points to is not known",
    "{0} 返回指针，但无法得知其中元素的个数",
)
OTHER_SIZE = Text(
    "{0} is handed an array of another length than the example wants to see in it; how many of its "
    "items count is not known",
    "传给 {0} 的数组与示例要求的结果长度不同，无法得知其中多少个元素有效",
)
NOTHING_GIVEN = Text("{0} gives nothing that could be compared", "{0} 没有可供比较的返回值")
NO_TRUTH = Text(
    "{0} gives {1}, which C takes for true; whether 1 was meant is not clear",
    "{0} 返回 {1}，在 C 中视为真，但无法确定是否必须为 1",
)
OPAQUE = Text("{0} gives what is no text", "{0} 的返回值不是文本")

Plain = bool | int | float | str | list["Plain"] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gave, and what it left in the arrays that it was handed (by parameter)."""

    result: Plain
    unknown: bool
    left: dict[int, Plain]


def answer_of(function: Function, data: bytes) -> Answer:
    """The answer to a call.  Raises ``BrokenError`` for what is none."""
    reader = Reader(data)
    try:
        result, unknown = _result(function, reader)
        left = {
            n: _left(slot, reader) for n, slot in enumerate(function.parameters) if slot.changes
        }
    except struct.error:
        raise BrokenError from None
    if reader.rest:
        raise BrokenError
    told = result if not isinstance(result, _Same) else left.get(result.place)
    return Answer(told, unknown or (isinstance(result, _Same) and result.place not in left), left)


def told(function: Function, data: bytes) -> Answer | Raised:
    """What came of a call that was asked with ``catching``.  Raises ``BrokenError``."""
    reader = Reader(data)
    status = reader.number()
    if status not in (0, 1):
        raise BrokenError
    if not status:
        return answer_of(function, reader.take(reader.rest))
    said, *kinds = _texts(reader)
    return Raised(tuple(kinds), said)


def _texts(reader: Reader) -> Iterator[str]:
    """At least one text, and all others that follow."""
    while True:
        text, _ = _text(reader)
        yield text if isinstance(text, str) else ""
        if not reader.rest:
            return


class _Same(int):
    """The result is the array of this parameter."""

    @property
    def place(self) -> int:
        return int(self)


def _result(function: Function, reader: Reader) -> tuple[Plain, bool]:
    result = function.result
    if result.kind is None:
        return None, False
    if result.form is Form.TEXT:
        return _text(reader)
    if result.form not in (Form.ARRAY, Form.ROWS):
        return _value(result.kind, reader), False
    size = reader.number()
    if size == NOTHING:
        return None, False
    if size == UNKNOWN:
        return None, True
    if SAME <= size < UNKNOWN:
        return _Same(size - SAME), False
    if size > LONGEST_RESULT:
        raise BrokenError
    if result.form is Form.ROWS:
        rows = [_row(result.kind, reader) for _ in range(size)]
        return [row for row, _ in rows], any(unknown for _, unknown in rows)
    return [_value(result.kind, reader) for _ in range(size)], False


def _row(kind: Kind, reader: Reader) -> tuple[Plain, bool]:
    """A text, or an array of a length that was told; and whether it is not known."""
    if kind.sort is Sort.SIGN:
        return _text(reader)
    size = reader.number()
    if size == UNKNOWN:
        return None, True
    if size > LONGEST_RESULT:
        raise BrokenError
    return [_value(kind, reader) for _ in range(size)], False


def _left(slot: Slot, reader: Reader) -> Plain:
    assert slot.kind is not None
    if slot.form is Form.TEXT:
        return _text(reader)[0]
    if slot.form is Form.ARRAY:
        return [_value(slot.kind, reader) for _ in range(_count(reader))]
    if slot.form in (Form.ROWS, Form.GRID):
        rows, width = reader.number(), reader.number()
        if rows > LONGEST_RESULT or rows * width > LONGEST_RESULT:
            raise BrokenError
        if slot.kind.sort is Sort.SIGN and slot.form is Form.ROWS:
            return [_text(reader)[0] for _ in range(rows)]
        return [[_value(slot.kind, reader) for _ in range(width)] for _ in range(rows)]
    return _value(slot.kind, reader)


def _count(reader: Reader) -> int:
    count = reader.number()
    if count > reader.rest:
        raise BrokenError
    return count


def _text(reader: Reader) -> tuple[Plain, bool]:
    size = reader.number()
    if size in (NOTHING, ENDLESS):
        return None, size == ENDLESS
    return _decoded(reader.take(size)), False


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


def _value(kind: Kind, reader: Reader) -> Plain:
    match kind.sort:
        case Sort.STRING:
            return _decoded(reader.take(reader.number()))
        case Sort.CHARS:
            return _text(reader)[0]
        case Sort.OPTIONAL:
            assert kind.of is not None
            return _value(kind.of, reader) if reader.number() else None
        case Sort.RECORD:
            return [_value(of, reader) for of in kind.held]
        case Sort.BLOCK:
            assert kind.of is not None
            if kind.text:
                return _decoded(reader.take(reader.number()))
            return [_value(kind.of, reader) for _ in range(kind.count)]
        case Sort.CHAIN | Sort.TREE:
            return nodes_told(kind, reader, _value)
        case Sort.VECTOR | Sort.SET | Sort.MAP:
            assert kind.of is not None
            return _ordered(kind, [_value(kind.of, reader) for _ in range(_count(reader))])
        case Sort.REAL:
            return float(struct.unpack("<d", reader.take(8))[0])
        case Sort.TRUTH:
            return reader.number() != 0
        case Sort.SIGN:
            return _decoded(bytes([reader.number() & 0xFF]))
        case Sort.WHOLE:
            value = reader.number() & ((1 << kind.bits) - 1)
            return value - (1 << kind.bits) if kind.signed and value >> (kind.bits - 1) else value


def _ordered(kind: Kind, items: list[Plain]) -> list[Plain]:
    """The items in the order that they have, or, of a set or map, in one that hangs on nothing
    else than what they are."""
    if kind.sort is Sort.VECTOR:
        return items
    keys = [item[0] if kind.sort is Sort.MAP and isinstance(item, list) else item for item in items]
    pairs = sorted(zip(keys, items, strict=True), key=lambda pair: _rank(pair[0]))
    return [item for _, item in pairs]


def _rank(value: Plain) -> tuple[str, float, str]:
    return (
        ("", value, "") if isinstance(value, int | float) else (type(value).__name__, 0, str(value))
    )


def wanted_slot(function: Function) -> tuple[int | None, Slot]:
    """What an example speaks of: the result, or (by its parameter) the only array or text that a
    function without one may change.  Raises ``UnfitError``."""
    if function.result.kind is not None:
        return None, function.result
    places = [n for n, slot in enumerate(function.parameters) if slot.changes]
    if len(places) != 1:
        raise UnfitError(NOTHING_GIVEN.of(function.name))
    return places[0], function.parameters[places[0]]


def agrees(
    function: Function, answer: Answer, wanted: ast.expr, places: int | None, order: str
) -> tuple[bool, Plain]:
    """Is the answer what was wanted, and what is it?  Raises ``UnfitError`` where that cannot be
    told, and ``AssertionError`` of ``alike.compared`` where it is near."""
    at, slot = wanted_slot(function)
    got = answer.result if at is None else answer.left[at]
    if at is None and answer.unknown:
        raise UnfitError((OPAQUE if slot.form is Form.TEXT else LENGTH).of(function.name))
    want = _wanted(slot, wanted)
    handed = any(got is each for each in answer.left.values())
    if slot.form is Form.ARRAY and handed and _sized(got, want):
        raise UnfitError(OTHER_SIZE.of(function.name))
    if slot.kind is not None and slot.kind.sort is Sort.WHOLE:
        want = _as_number(function, slot, got, wanted, want)
    if slot.kind is not None:
        got = _snapped(_whole(slot, slot.kind), got, want)
    try:
        return alike.compared(_signs(got), _signs(want), places, order), got
    except AssertionError as wrong:
        if str(wrong) in (alike.NEAR, alike.ORDER):
            raise
        return False, got


def _sized(got: Plain, want: Plain) -> bool:
    """Are both lists, and not of one length?"""
    return isinstance(got, list) and isinstance(want, list) and len(got) != len(want)


def _as_number(function: Function, slot: Slot, got: Plain, wanted: ast.expr, want: Plain) -> Plain:
    """What C writes in other words than a number, for a function that gives one."""
    if isinstance(want, bool):
        if want and got not in (0, 1):
            raise UnfitError(NO_TRUTH.of(function.name, str(got)))
        return int(want)
    if isinstance(want, str):
        if got != ord(want):  # 'a' is a number; "a" is none
            raise unfit(slot, wanted)
        return ord(want)
    if isinstance(want, int) and -(1 << 31) <= want < 0 and slot.form is Form.VALUE:
        return _wrapped(slot.kind, want)
    return want


def _wrapped(kind: Kind | None, want: int) -> int:
    """A negative number as C takes it where it compares it to a value of this type."""
    if kind is None or kind.signed or kind.bits < 32:
        return want
    return want + (1 << kind.bits)


def _wanted(slot: Slot, node: ast.expr) -> Plain:
    assert slot.kind is not None
    pointer = slot.form in (Form.TEXT, Form.ARRAY, Form.ROWS)
    if pointer and isinstance(node, ast.Constant) and node.value is None:
        return None
    if slot.form is Form.TEXT:
        return _decoded(text_of(slot, node))
    if slot.form is Form.ARRAY:
        items = pointed_to(slot.kind, node)
        if items is None:
            raise unfit(slot, node)
        return [_item(slot.kind, item) for item in items]
    if slot.form in (Form.ROWS, Form.GRID):
        return _expected(_whole(slot, slot.kind), node)
    return _expected(slot.kind, node)


def _item(kind: Kind, node: ast.expr) -> Plain:
    """A value among several, whose type is plain."""
    value = _expected(kind, node)
    if kind.sort is Sort.WHOLE and isinstance(value, bool | str):
        raise unfit(Slot(kind, Form.VALUE), node)
    return value


def _expected(kind: Kind, node: ast.expr) -> Plain:
    """A value that a function of this type might give, or a number that it never could."""
    slot = Slot(kind, Form.VALUE)
    if kind.text:
        return _decoded(characters(kind, node))
    if kind.links and kind.of is not None:
        items = linked_items(kind, node)
        if items is None:
            raise unfit(slot, node)
        return [None if item is None else _item(kind.of, item) for item in items]
    if kind.held:
        parts = parts_of(kind, node)
        if parts is None:
            raise unfit(slot, node)
        values = [_item(of, part) for of, part in parts]
        if kind.sort is Sort.OPTIONAL:
            return values[0] if values else None
        return values if kind.sort in (Sort.RECORD, Sort.BLOCK) else _ordered(kind, values)
    if kind.sort is Sort.CHARS and is_nothing(node):
        return None
    if kind.sort in (Sort.STRING, Sort.CHARS):
        return _decoded(text_of(slot, node))
    value = scalar_of(node)
    match kind.sort, value:
        case Sort.TRUTH, 0 | 1:
            return bool(value)
        case Sort.SIGN, str() if len(value) == 1 and value.isascii():
            return value
        case Sort.SIGN, int() if not isinstance(value, bool) and -128 <= value < 256:
            return _decoded(bytes([value & 0xFF]))
        case Sort.WHOLE, bool():
            return value
        case Sort.WHOLE, str() if len(value) == 1 and value.isascii():
            return value
        case Sort.WHOLE | Sort.REAL, int() | float() if not isinstance(value, bool):
            return value
    raise unfit(slot, node)


def _whole(slot: Slot, kind: Kind) -> Kind:
    """The kind of all that a slot holds."""
    if slot.form in (Form.ROWS, Form.GRID):
        text = kind.sort is Sort.SIGN and slot.form is Form.ROWS
        kind = STRING if text else Kind(Sort.VECTOR, "", of=kind)
    several = slot.form in (Form.ARRAY, Form.ROWS, Form.GRID)
    return Kind(Sort.VECTOR, slot.spelled, of=kind) if several else kind


def _snapped(kind: Kind, got: Plain, want: Plain) -> Plain:
    """A ``float`` as the number that was wanted, where it is the same to its own precision; at
    every depth of a value of this kind."""
    if kind.sort is Sort.OPTIONAL and kind.of is not None:
        return _snapped(kind.of, got, want)
    if isinstance(got, list) and isinstance(want, list) and len(got) == len(want):
        of = kind.held if kind.sort is Sort.RECORD else kind.held * len(got)
        return [_snapped(k, a, b) for k, a, b in zip(of, got, want, strict=True)]
    single = kind.sort is Sort.REAL and kind.bits == 32
    if not (single and isinstance(got, float) and isinstance(want, int | float)):
        return got
    if abs(want) < math.inf:
        apart = abs(got - want)
        if apart <= CLOSE * abs(want):
            return float(want)
        if apart <= max(DOUBTFUL * abs(want), TINY):
            raise AssertionError(alike.NEAR)
    return got


def _signs(value: Plain) -> object:
    """With truth values as signs of their own: in Python they are numbers too."""
    if isinstance(value, list):
        return [_signs(item) for item in value]
    return f"\0{value}" if isinstance(value, bool) else value


def shown(value: Plain) -> str:
    """As C writes it, nearly."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).lower()
        case list():
            return "{" + ", ".join(shown(item) for item in value) + "}"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return repr(value)
