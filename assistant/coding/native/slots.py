"""What a function of C or C++ takes and gives: kinds of values, and how they are handed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What kind of value a type holds."""

    WHOLE = "whole"
    REAL = "real"
    TRUTH = "truth"
    SIGN = "sign"
    """A ``char``."""
    STRING = "string"
    """``std::string``."""
    VECTOR = "vector"
    """Or another sequence."""
    SET = "set"
    MAP = "map"
    RECORD = "record"
    """A struct, a pair or a tuple: some fields in their order."""
    OPTIONAL = "optional"
    CHARS = "chars"
    """A pointer to a text, within another value."""
    CHAIN = "chain"
    """A pointer to the first of several nodes, each of which points to the next."""
    TREE = "tree"
    """A pointer to a node that points to two others."""
    BLOCK = "block"
    """So many of one kind, one behind the other: an array of C, or ``std::array``."""


MANY = (Sort.VECTOR, Sort.SET, Sort.MAP)
KEYS = (Sort.WHOLE, Sort.REAL, Sort.TRUTH, Sort.SIGN, Sort.STRING)
"""What the items of a set, and the keys of a map, may be."""


class Form(StrEnum):
    """How a value is handed over."""

    VALUE = "value"
    """By value, or by a reference through which it cannot be changed."""
    REFERENCE = "reference"
    ARRAY = "array"
    """A pointer to the first of several."""
    TEXT = "text"
    """A pointer to characters, the last of which is 0."""
    ROWS = "rows"
    """A pointer to the first of several pointers: to arrays of one length, or to texts."""
    LINKED = "linked"
    """A pointer to nodes, of which the function gives nothing and may change everything."""
    GRID = "grid"
    """Rows of one length behind one another, whose length the function is told (``m[n][n]``)."""
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type.  ``spelled`` means the same wherever it stands, whatever the code has defined;
    ``of`` is the kind of what others hold: the items of a vector or set, the pairs of a map, what
    an optional may have.  ``fields`` are those of a record, by what stands behind its name;
    ``count`` is how many a block holds.  ``links`` of a node: the name of its value, and of its
    pointers; the second of a chain leads back."""

    sort: Sort
    spelled: str
    bits: int = 0
    signed: bool = False
    of: Kind | None = None
    fields: tuple[tuple[str, Kind], ...] = ()
    count: int = 0
    links: tuple[str, ...] = ()

    @property
    def raw(self) -> bool:
        """Is it an array of C, which no function gives, and which is not set all at once?"""
        return self.sort is Sort.BLOCK and self.spelled.startswith(ARRAY)

    @property
    def text(self) -> bool:
        """Is it an array of characters, which holds a text?"""
        return self.raw and self.of is not None and self.of.sort is Sort.SIGN

    @property
    def held(self) -> tuple[Kind, ...]:
        """The kinds that it is made of."""
        parts = tuple(kind for _, kind in self.fields)
        return parts if self.of is None else (self.of, *parts)

    def within(self) -> Iterator[Kind]:
        """Every kind that stands in it, the innermost first, and itself last."""
        for kind in self.held:
            yield from kind.within()
        yield self


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter or a result: what it holds, how, and whether the function may change it.
    ``optional``: a call may leave it out.  ``least``: how many items are declared of an array.
    ``sizes``: the parameters by which a grid tells how many rows it has, and how long they are."""

    kind: Kind | None
    form: Form
    name: str = ""
    constant: bool = False
    optional: bool = False
    least: int = 0
    sizes: tuple[str, str] = ("", "")

    @property
    def changes(self) -> bool:
        """Is what was handed over of interest after the call?"""
        return self.form not in (Form.VALUE, Form.VOID) and not self.constant

    @property
    def spelled(self) -> str:
        """The type in full."""
        if self.kind is None:
            return "void"
        signs = {Form.ARRAY: " *", Form.TEXT: " *", Form.ROWS: " **", Form.REFERENCE: " &",
                 Form.GRID: " (*)[*]"}  # fmt: skip
        sign = signs.get(self.form, "")
        held = self.form is Form.VALUE and self.constant
        head = "const " if self.constant else ""
        return f"{head}{self.kind.spelled}{' &' if held else sign}"

    @property
    def shown(self) -> str:
        """The type as somebody writes it."""
        if self.form is Form.ARRAY and self.least and self.kind is not None:
            base, bracket, rest = Slot(self.kind, Form.VALUE).shown.partition("[")
            return f"{base}[{self.least}]{bracket}{rest}"
        return ARRAYS.sub(r"\1", self.spelled).replace("std::", "")


ARRAY = "__typeof__("
"""What makes one word of the type of an array."""
ARRAYS = re.compile(r"__typeof__\(([^()]*)\)")
CHAR = Kind(Sort.SIGN, "char", 8, signed=True)
STRING = Kind(Sort.STRING, "std::string")
