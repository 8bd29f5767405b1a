"""Which parameter of a function of C or C++ tells how long something is, by its place and name."""

from __future__ import annotations

from assistant.coding.native.prototypes import Function
from assistant.coding.native.slots import Form, Sort


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


def sizes_of_grid(n: int, function: Function) -> tuple[int | None, int | None]:
    """The parameters by which the grid at ``n`` tells how many rows it has, and how long each is;
    by their names, which stand between its brackets."""
    names = [slot.name for slot in function.parameters]
    rows, width = (names.index(w) if w in names else None for w in function.parameters[n].sizes)
    return rows, width


def lengths_in(function: Function) -> dict[int, tuple[int, bool]]:
    """Parameters that tell how long another is, each with the place of that, and whether it is
    the length of its rows."""
    found: dict[int, tuple[int, bool]] = {}
    told = (size_of_result(function), sizes_of_rows(function))
    for n, slot in enumerate(function.parameters):
        if slot.form is Form.GRID:
            for of_rows, place in enumerate(sizes_of_grid(n, function)):
                if place is not None:
                    found.setdefault(place, (n, bool(of_rows)))
        if slot.form in (Form.ARRAY, Form.ROWS) and n not in told and n not in found:
            place = length_at(n, function)
            if place is not None:
                found.setdefault(place, (n, False))
                if slot.form is Form.ROWS and _tells_width(function, place + 1):
                    found.setdefault(place + 1, (n, True))
    return found


def _tells_width(function: Function, place: int) -> bool:
    """Does the parameter there tell how long the rows are, all together or each?"""
    each = function.parameters[place] if place < len(function.parameters) else None
    if each is None or each.form is not Form.ARRAY:
        return tells_length(function, place)
    whole = each.kind is not None and each.kind.sort is Sort.WHOLE
    return whole and "col" in each.name.lower() and place != size_of_result(function)
