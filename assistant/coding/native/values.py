"""The arguments of an example as bytes for a function of C or C++.

Nothing is evaluated; a value that does not fit the type of its parameter is not handed over.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Sequence

from assistant.coding.examples.scanning import value_of
from assistant.coding.native.lengths import (
    length_at,
    lengths_in,
    size_of_result,
    sizes_of_grid,
    sizes_of_rows,
)
from assistant.coding.native.linked import in_levels, is_nothing
from assistant.coding.native.prototypes import Function
from assistant.coding.native.reading import UnfitError
from assistant.coding.native.slots import Form, Kind, Slot, Sort
from assistant.coding.native.sources import MORE_ROOM, NOTHING
from runtimes.texts import Text

SIGN = "sign"
"""The ``kind`` of a constant that is a single character."""
NOT_THE_TYPE = Text("{0} is no value for a {1}", "{0} 不是 {1} 类型的值")
ARGUMENTS = Text("{0} takes {1} arguments, and the example has {2}",
                 "{0} 有 {1} 个参数，示例中有 {2} 个")  # fmt: skip
TOO_LONG = Text(
    "the example tells {0} of more items than it has: {1}, and there are {2}",
    "示例告诉 {0} 的元素个数比实际多：{1}，实际为 {2}",
)


def packed(function: Function, arguments: list[ast.expr], room: int = 0) -> bytes:
    """The arguments of a call, with ``room`` behind texts that may be changed.  Raises
    ``UnfitError``."""
    several = sum(slot.form is Form.TEXT for slot in function.parameters) > 1
    full = _full(function, arguments)
    for n, (slot, argument) in enumerate(zip(function.parameters, full, strict=True)):
        few = slot.least > len(items_of(argument) or ())
        if slot.form is Form.ARRAY and few and length_at(n, function) is None:
            raise unfit(slot, argument)  # nothing tells the function how few they are
    _check_lengths(function, full)
    _check_grids(function, full)
    return b"".join(
        _argument(slot, argument, (MORE_ROOM if several else room) if slot.changes else 0)
        for slot, argument in zip(function.parameters, full, strict=True)
    )


def meant(functions: Sequence[Function], arguments: list[ast.expr]) -> Function | None:
    """The one of several functions of a name that a call means: the only one that the arguments
    fit, or the only one whose types are theirs exactly."""
    fit = []
    for each in functions:
        function = each.called_with(len(arguments))
        try:
            packed(function, arguments)
        except UnfitError:
            if len(functions) == 1:
                raise
            continue
        fit.append(function)
    if len(fit) > 1:
        fit = [function for function in fit if _exact(function, arguments)]
    return fit[0] if len(fit) == 1 else None


def _exact(function: Function, arguments: list[ast.expr]) -> bool:
    slots = function.parameters
    return len(slots) == len(arguments) and all(map(_own_type, slots, arguments))


def _own_type(slot: Slot, node: ast.expr) -> bool:
    """Is it the type that such a literal has in C++?"""
    held = slot.kind if slot.form in (Form.VALUE, Form.REFERENCE) else None
    return held is not None and _own_kind(held, node)


def _own_kind(kind: Kind, node: ast.expr) -> bool:
    if kind.held:
        parts = parts_of(kind, node)
        return bool(parts) and all(_own_kind(of, part) for of, part in parts or ())
    value, spelled = scalar_of(node), kind.spelled
    if isinstance(value, str):
        return spelled == ("char" if getattr(node, "kind", None) == SIGN else "std::string")
    return spelled == {bool: "bool", int: "int", float: "double"}.get(type(value))


def signs_marked(tree: ast.expr, source: str) -> None:
    """Mark what stands between single quotes in an expression: in C it is a number too."""
    data = source.encode("utf-8", "replace")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.lineno == 1:
            quote = data[node.col_offset : node.col_offset + 1]
            node.kind = SIGN if quote == b"'" and len(node.value) == 1 else None


def _full(function: Function, given: list[ast.expr]) -> list[ast.expr]:
    """The arguments, with the lengths of arrays that an example leaves out."""
    slots = function.parameters
    if len(given) == len(slots):
        return given
    lengths = lengths_in(function)
    told = {size_of_result(function), sizes_of_rows(function)} - {None}
    for left_out in ({*lengths, *told}, told):
        if len(given) == len(slots) - len(left_out):
            rest = iter(given)
            full = [None if n in left_out else next(rest) for n in range(len(slots))]
            return [_implied(function, n, full, lengths) for n in range(len(slots))]
    raise UnfitError(ARGUMENTS.of(function.name, len(slots), len(given)))


def _implied(
    function: Function, n: int, full: list[ast.expr | None], lengths: dict[int, tuple[int, bool]]
) -> ast.expr:
    """An argument, or what stands for one that was left out."""
    argument = full[n]
    if argument is not None:
        return argument
    if n not in lengths:
        rows = function.parameters[n].form is Form.ROWS
        nothing = ast.List([], ast.Load()) if rows else ast.Constant(0)
        return ast.List([nothing], ast.Load())
    place, of_rows = lengths[n]
    size, widths = _sizes(function.parameters[place], full[place])
    if of_rows and not widths and function.parameters[place].form is Form.GRID:
        raise unfit(function.parameters[place], full[place] or ast.Constant(None))
    if function.parameters[n].form is Form.ARRAY:
        return ast.List([ast.Constant(width) for width in widths], ast.Load())
    if of_rows and len(set(widths)) > 1:
        raise unfit(function.parameters[place], full[place] or ast.Constant(None))
    return ast.Constant((widths or [0])[0] if of_rows else size)


def _sizes(slot: Slot, node: ast.expr | None) -> tuple[int, list[int]]:
    """How many items of an array, or rows, are handed over, and how long each row is."""
    if node is None or slot.kind is None:
        return 0, []
    if slot.form is Form.ARRAY:
        return len(pointed_to(slot.kind, node) or ()), []
    rows = items_of(node) or []
    if slot.kind.sort is Sort.SIGN and slot.form is Form.ROWS:
        one = Slot(slot.kind, Form.TEXT, constant=True)
        return len(rows), [len(text_of(one, row)) for row in rows]
    return len(rows), [len(items_of(row) or ()) for row in rows]


def _check_lengths(function: Function, full: Sequence[ast.expr]) -> None:
    """Raises ``UnfitError`` where a function would be told of more than is there: what it finds
    behind the end is no fault of its.  A text has an end of its own."""
    for place, (n, of_rows) in lengths_in(function).items():
        slot = function.parameters[n]
        if of_rows and slot.kind is not None and slot.kind.sort is Sort.SIGN:
            continue
        size, widths = _sizes(slot, full[n])
        told, there = scalar_of(full[place]), widths if of_rows else [size]
        each = told if isinstance(told, list) else [told] * len(there)
        for one, most in zip(each, there, strict=False):
            if isinstance(one, int) and one > most:
                raise UnfitError(TOO_LONG.of(function.name, one, most))


def _check_grids(function: Function, full: Sequence[ast.expr]) -> None:
    """Raises ``UnfitError`` where the rows of a grid are not as long as the function is told: it
    would find each of them elsewhere."""
    for n, slot in enumerate(function.parameters):
        if slot.form is Form.GRID:
            _, place = sizes_of_grid(n, function)
            _, widths = _sizes(slot, full[n])
            if place is None or {scalar_of(full[place])} != set(widths):
                raise unfit(slot, full[n])


def _argument(slot: Slot, node: ast.expr, room: int) -> bytes:
    """``room``: bytes behind a text, where another may be appended."""
    assert slot.kind is not None
    if slot.form is Form.TEXT:
        if isinstance(node, ast.Constant) and node.value is None:
            return _number(NOTHING)
        text = text_of(slot, node)
        if b"\0" in text:
            raise unfit(slot, node)
        return _number(len(text)) + _number(room) + text
    if slot.form is Form.ARRAY:
        items = pointed_to(slot.kind, node)
        if items is None:
            raise unfit(slot, node)
        return _number(len(items)) + b"".join(_bytes(slot.kind, item) for item in items)
    if slot.form in (Form.ROWS, Form.GRID):
        return _rows(slot, node)
    return _bytes(slot.kind, node)


def pointed_to(kind: Kind, node: ast.expr) -> list[ast.expr] | None:
    """The items of an array; of a struct behind a pointer there may be one alone."""
    items = items_of(node)
    one = kind.sort is Sort.RECORD or bool(kind.links)
    single = one and not (items and all(_fits(kind, it) for it in items))
    return [node] if single and _fits(kind, node) else items


def _fits(kind: Kind, node: ast.expr) -> bool:
    try:
        return bool(_bytes(kind, node))
    except UnfitError:
        return False


def _rows(slot: Slot, node: ast.expr) -> bytes:
    """Texts, or arrays of one length."""
    assert slot.kind is not None
    rows = items_of(node)
    if rows is None:
        raise unfit(slot, node)
    if slot.kind.sort is Sort.SIGN and slot.form is Form.ROWS:
        one = Slot(slot.kind, Form.TEXT, constant=True)
        return _number(len(rows)) + _number(0) + b"".join(_argument(one, row, 0) for row in rows)
    cells = [items_of(row) for row in rows]
    widths = {len(row) for row in cells if row is not None}
    if None in cells or len(widths) > 1:
        raise unfit(slot, node)
    body = b"".join(_bytes(slot.kind, cell) for row in cells for cell in row or ())
    return _number(len(rows)) + _number(widths.pop() if widths else 0) + body


def unfit(slot: Slot, node: ast.expr) -> UnfitError:
    """A value that is none of this type."""
    return UnfitError(NOT_THE_TYPE.of(_word(node), slot.shown))


def _word(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) < 80 else f"{text[:80]}…"


def items_of(node: ast.expr | None) -> list[ast.expr] | None:
    """The items of a list; braces are those of C, and hold what stands in them."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return node.elts
    return [] if isinstance(node, ast.Dict) and not node.keys else None


def linked_items(kind: Kind, node: ast.expr) -> list[ast.expr | None] | None:
    """The values of linked nodes, in order; ``None`` where the value is none of such."""
    items = [] if is_nothing(node) else items_of(node)
    if items is None:
        return None
    return in_levels(items) if kind.sort is Sort.TREE else list(items)


def _linked(kind: Kind, node: ast.expr) -> bytes:
    assert kind.of is not None
    items = linked_items(kind, node)
    if items is None:
        raise unfit(Slot(kind, Form.VALUE), node)
    head = _number(1) if kind.sort is Sort.TREE else b""
    parts = (_number(0) if item is None else head + _bytes(kind.of, item) for item in items)
    return _number(len(items)) + b"".join(parts)


def parts_of(kind: Kind, node: ast.expr) -> list[tuple[Kind, ast.expr]] | None:
    """What a value that is made of others holds, in order; ``None`` where it is none."""
    if kind.sort is Sort.OPTIONAL:
        assert kind.of is not None
        nothing = isinstance(node, ast.Constant) and node.value is None
        return [] if nothing else [(kind.of, node)]
    named = isinstance(node, ast.Dict) and bool(node.keys)
    if kind.sort is Sort.RECORD:
        items = _by_name(kind, node) if named else items_of(node)
        if items is None or len(items) != len(kind.fields):
            return None
        return list(zip(kind.held, items, strict=True))
    of = kind.of
    assert of is not None
    if kind.sort is Sort.MAP and isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [(of, ast.Tuple([k, v], ast.Load())) for k, v in pairs if k is not None]
    items = items_of(node)
    if items is None or (kind.sort is Sort.BLOCK and len(items) != kind.count):
        return None
    return [(of, item) for item in items]


def _by_name(kind: Kind, node: ast.expr) -> list[ast.expr] | None:
    """The fields of a record that are given by their names, in the order of the record."""
    assert isinstance(node, ast.Dict)
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    told = dict(zip(keys, node.values, strict=True))
    names = [name.removeprefix(".") for name, _ in kind.fields]
    return [told[name] for name in names] if sorted(map(str, keys)) == sorted(names) else None


def characters(kind: Kind, node: ast.expr) -> bytes:
    """What an array of characters holds: a text, or each of them.  Raises ``UnfitError``."""
    slot = Slot(kind, Form.VALUE)
    items = items_of(node)
    if items is None:
        text = text_of(slot, node)
    else:
        signs = [item.value for item in items if isinstance(item, ast.Constant)]
        if len(signs) != kind.count or not all(isinstance(s, str) and len(s) == 1 for s in signs):
            raise unfit(slot, node)
        text = "".join(map(str, signs)).encode("utf-8", "replace")
    if b"\0" in text or len(text) > kind.count:
        raise unfit(slot, node)
    return text


def text_of(slot: Slot, node: ast.expr) -> bytes:
    """A text as it lies in memory.  Raises ``UnfitError``."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        raise unfit(slot, node)
    try:
        return node.value.encode()
    except UnicodeEncodeError:
        raise unfit(slot, node) from None


def _number(value: int) -> bytes:
    return struct.pack("<Q", value % (1 << 64))


def _bytes(kind: Kind, node: ast.expr) -> bytes:
    slot = Slot(kind, Form.VALUE)
    if kind.sort is Sort.CHARS:
        return _argument(Slot(kind, Form.TEXT, constant=True), node, 0)
    if kind.sort is Sort.STRING:
        text = text_of(slot, node)
        return _number(len(text)) + text
    if kind.text:
        text = characters(kind, node)
        return _number(len(text)) + text
    if kind.links:
        return _linked(kind, node)
    if kind.held:
        parts = parts_of(kind, node)
        if parts is None:
            raise unfit(slot, node)
        head = b"" if kind.sort in (Sort.RECORD, Sort.BLOCK) else _number(len(parts))
        return head + b"".join(_bytes(of, part) for of, part in parts)
    value = scalar_of(node)
    match kind.sort, value:
        case Sort.REAL, int() | float() if not isinstance(value, bool):
            try:
                if kind.bits == 32:
                    struct.pack("<f", value)
                return struct.pack("<d", value)
            except OverflowError:
                raise unfit(slot, node) from None
        case Sort.TRUTH, 0 | 1:
            return _number(int(value))
        case Sort.WHOLE, str() if value.isascii() and isinstance(node, ast.Constant):
            if node.kind == SIGN:
                return _number(ord(value))
        case Sort.SIGN, str() if len(value) == 1 and value.isascii():
            return _number(ord(value))
        case Sort.WHOLE | Sort.SIGN, int():
            low = -(1 << (kind.bits - 1)) if kind.signed else 0
            if low <= value < low + (1 << kind.bits):
                return _number(int(value))
    raise unfit(slot, node)


def scalar_of(node: ast.expr) -> object:
    """A number, truth value or text; ``None`` for what is no literal."""
    try:
        return value_of(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
