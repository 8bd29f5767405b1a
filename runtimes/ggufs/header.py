"""The header of a GGUF file, version 2 or 3, as llama.cpp reads it, and as strictly.

Nothing that the file announces is believed: a count is held against the bytes that are left
before anything is built, so a broken or hostile file ends in ``Damaged`` after a bounded time.
"""

from __future__ import annotations

import math
import struct

from runtimes.errors import Damaged
from runtimes.ggufs.cursor import Cursor, ReadAt
from runtimes.ggufs.values import TENSOR_TYPES, Array, Header, Scalar, Tensor
from runtimes.texts import Text

MAGIC = b"GGUF"
VERSIONS = (2, 3)
MOST_KEYS, MOST_TENSORS = 1 << 14, 1 << 16
MOST_KEY, MOST_TENSOR_NAME = 1 << 10, 63
MOST_ITEMS = 1 << 10
"""Elements of an array of numbers that is built; per-layer values are at most 512."""
LEAST_KEY, LEAST_TENSOR = 8 + 1 + 4 + 1, 8 + 1 + 4 + 8 + 4 + 8
"""Bytes that an entry takes at the least."""
ALIGNMENT, MOST_ALIGNMENT = 32, 1 << 20

STRING, ARRAY = 8, 9
NUMBERS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
"""The format's numbers of the element types, with their codes in ``struct``."""


def read_header(read_at: ReadAt, size: int, name: str) -> Header:
    """The header of a file of ``size`` bytes, called ``name`` in messages.

    Raises ``Damaged`` with what is wrong and where; what ``read_at`` raises comes through.
    """
    cursor = Cursor(read_at, size, name)
    version = _version(cursor)
    tensors, keys = cursor.unsigned(8), cursor.unsigned(8)
    _check_count(cursor, keys, MOST_KEYS, LEAST_KEY)
    _check_count(cursor, tensors, MOST_TENSORS, LEAST_TENSOR)
    values: dict[str, Scalar | Array] = {}
    for _ in range(keys):
        _read_key(cursor, values)
    alignment = _alignment(cursor, values)
    infos = [_read_tensor(cursor) for _ in range(tensors)]
    data = -(-cursor.at // alignment) * alignment
    placed = _placed(cursor, infos, data, alignment)
    return Header(name, version, alignment, values, placed, data, size)


def _version(cursor: Cursor) -> int:
    magic = cursor.take(4)
    if magic != MAGIC:
        raise cursor.fail(
            Text("it begins with {0}, not with GGUF", "开头是 {0}，而不是 GGUF", (ascii(magic),)), 0
        )
    version = cursor.unsigned(4)
    if version and not version & 0xFFFF:
        raise cursor.fail(
            Text(
                "it was made for big-endian machines",
                "该文件为大端序（big-endian）机器制作",
            ),
            4,
        )
    if version not in VERSIONS:
        raise cursor.fail(Text("version {0} of the format", "格式版本为 {0}", (str(version),)), 4)
    return version


def _check_count(cursor: Cursor, count: int, most: int, least_size: int) -> None:
    if count > most or count * least_size > cursor.size - cursor.at:
        raise cursor.fail(Text("it announces {0} entries", "声明有 {0} 个条目", (str(count),)))


# --- keys ------------------------------------------------------------------------------------


def _read_key(cursor: Cursor, values: dict[str, Scalar | Array]) -> None:
    at = cursor.at
    key = cursor.text(MOST_KEY)
    if not key or key in values:
        raise cursor.fail(Text("the key “{0}” twice", "键“{0}”重复", (key,)), at)
    values[key] = _value(cursor, key)


def _value(cursor: Cursor, key: str) -> Scalar | Array:
    at = cursor.at
    kind = cursor.unsigned(4)
    if kind == STRING:
        return cursor.text()
    if kind == ARRAY:
        return _array(cursor, key)
    if (code := NUMBERS.get(kind)) is not None:
        return _number(cursor, code)
    raise _unknown(cursor, key, kind, at)


def _number(cursor: Cursor, code: str) -> int | float | bool:
    size = struct.calcsize(f"<{code}")
    value: int | float | bool
    (value,) = struct.unpack(f"<{code}", cursor.take(size))
    return value


def _array(cursor: Cursor, key: str) -> Array:
    at = cursor.at
    kind, count = cursor.unsigned(4), cursor.unsigned(8)
    start = cursor.at
    if kind == STRING:
        cursor.skip_texts(count)
        return Array(kind, count, start)
    code = NUMBERS.get(kind)
    if code is None:  # an array of arrays, too: no model has one, and llama.cpp refuses it
        raise _unknown(cursor, key, kind, at)
    size = struct.calcsize(f"<{code}")
    if count > MOST_ITEMS:
        cursor.skip(count * size)
        return Array(kind, count, start)
    return Array(kind, count, start, struct.unpack(f"<{count}{code}", cursor.take(count * size)))


def _unknown(cursor: Cursor, key: str, kind: int, at: int) -> Damaged:
    return cursor.fail(
        Text("the key “{0}” is of type {1}", "键“{0}”的类型为 {1}", (key, str(kind))), at
    )


def _alignment(cursor: Cursor, values: dict[str, Scalar | Array]) -> int:
    value = values.get("general.alignment", ALIGNMENT)
    if isinstance(value, int) and 0 < value <= MOST_ALIGNMENT and not value & (value - 1):
        return value
    raise cursor.fail(Text("an alignment of {0}", "对齐值为 {0}", (str(value)[:40],)))


# --- tensors ---------------------------------------------------------------------------------


def _read_tensor(cursor: Cursor) -> Tensor:
    """One tensor, its offset still counted from the beginning of the data."""
    at = cursor.at
    name = cursor.text(MOST_TENSOR_NAME)
    count = cursor.unsigned(4)
    if not name or not 1 <= count <= 4:
        raise cursor.fail(
            Text("the tensor “{0}” has {1} dimensions", "张量“{0}”有 {1} 维", (name, str(count))),
            at,
        )
    dimensions = tuple(cursor.unsigned(8) for _ in range(count))
    if math.prod(dimensions) >= 1 << 60 or not all(dimensions):
        shown = " × ".join(map(str, dimensions))
        raise cursor.fail(
            Text("the tensor “{0}” is {1}", "张量“{0}”的大小为 {1}", (name, shown)), at
        )
    number = cursor.unsigned(4)
    kind = TENSOR_TYPES.get(number)
    if kind is None:
        raise _foreign(cursor.name, name, number)
    if dimensions[0] % kind.block:
        raise cursor.fail(
            Text(
                "the tensor “{0}” is of type {1} in rows of {2}",
                "张量“{0}”的类型为 {1}，每行 {2} 个数",
                (name, kind.name, str(dimensions[0])),
            ),
            at,
        )
    return Tensor(name, dimensions, kind, cursor.unsigned(8))


def _foreign(file: str, tensor: str, number: int) -> Damaged:
    """For numbers stored in a way that llama.cpp does not know: another program's, more often than
    damage, so that downloading it again would be in vain."""
    return Damaged(
        Text(
            "{0}: the tensor “{1}” is of type {2}, which llama.cpp does not know",
            "{0}：张量“{1}”的类型为 {2}，llama.cpp 不认识",
            (file, tensor, str(number)),
        ),
        Text(
            "it may be made for another program (ik_llama.cpp, for one) or a newer one; choose "
            "another quantisation",
            "该文件可能为其他程序（如 ik_llama.cpp）或更新的版本制作；请换用其他量化格式",
        ),
    )


def _placed(cursor: Cursor, tensors: list[Tensor], data: int, alignment: int) -> tuple[Tensor, ...]:
    """The tensors with their places in the file: one after the other, each aligned, all there."""
    placed: list[Tensor] = []
    names: set[str] = set()
    expected = 0
    for tensor in tensors:
        if tensor.name in names:
            raise cursor.fail(Text("the tensor “{0}” twice", "张量“{0}”重复", (tensor.name,)))
        names.add(tensor.name)
        at = data + tensor.offset
        if tensor.offset != expected:
            raise cursor.fail(
                Text(
                    "the tensor “{0}” lies at {1}, not at {2}",
                    "张量“{0}”位于 {1}，应在 {2}",
                    (tensor.name, str(at), str(data + expected)),
                )
            )
        if at + tensor.size > cursor.size:
            raise cursor.fail(
                Text(
                    "the tensor “{0}” ends at {1}, the file at {2}",
                    "张量“{0}”应到 {1}，文件止于 {2}",
                    (tensor.name, str(at + tensor.size), str(cursor.size)),
                )
            )
        placed.append(Tensor(tensor.name, tensor.dimensions, tensor.type, at))
        expected += -(-tensor.size // alignment) * alignment
    return tuple(placed)
