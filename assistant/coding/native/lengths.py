"""Which parameter of a function of C or C++ tells how long something is, by its place and name."""

from __future__ import annotations

from assistant.coding.native.kinds import Form, Sort
from assistant.coding.native.prototypes import Function


def size_of_result(function: Function) -> int | None:
    """The parameter by which a function tells how long its result is."""
    for n, slot in enumerate(function.parameters):
        whole = slot.kind is not None and slot.kind.sort is Sort.WHOLE
        name = slot.name.lower()
        told = any(word in name for word in ("size", "len", "count"))
        last = n == len(function.parameters) - 1 and name in ("size", "len", "length", "count")
        of_it = last or any(word in name for word in ("ret", "res", "out", "ans"))
        if slot.form is Form.ARRAY and not slot.constant and whole and told and of_it:
            return n
    return None


def sizes_of_rows(function: Function) -> int | None:
    """The parameter by which a function tells how long each row of its result is."""
    for n, slot in enumerate(function.parameters):
        whole = slot.kind is not None and slot.kind.sort is Sort.WHOLE
        name = slot.name.lower()
        told = any(word in name for word in ("col", "size", "len"))
        of_it = any(word in name for word in ("ret", "res", "out", "ans"))
        if slot.form is Form.ROWS and not slot.constant and whole and told and of_it:
            return n
    return None


def length_at(n: int, function: Function) -> int | None:
    """The parameter that tells how long the array at ``n`` is, by its place and its name."""
    return next((place for place in (n + 1, n - 1) if tells_length(function, place)), None)


def tells_length(function: Function, place: int) -> bool:
    """Is the parameter there a number, and called like the length of something?"""
    if not 0 <= place < len(function.parameters):
        return False
    slot = function.parameters[place]
    word = slot.name.lower()
    whole = slot.kind is not None and slot.kind.sort is Sort.WHOLE and slot.form is Form.VALUE
    parts = ("size", "len", "count", "num_", "cnt", "rows", "cols", "width", "height")
    return whole and (word in ("n", "m", "sz") or any(part in word for part in parts))
