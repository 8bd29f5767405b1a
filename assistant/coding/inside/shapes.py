"""What values a parameter takes, written as an annotation: ``list[int]``, ``dict[str, float]``.

Two more words than Python's: ``int >= 0``, and ``sorted[list[int]]`` for a list that never falls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

PLAIN = ("int", "float", "str", "bool", "bytes", "complex", "None")
SAME = {
    "List": "list", "Sequence": "list", "Iterable": "list", "Collection": "list",
    "MutableSequence": "list", "array": "list", "Set": "set", "FrozenSet": "frozenset",
    "AbstractSet": "set", "Dict": "dict", "Mapping": "dict", "MutableMapping": "dict",
    "Tuple": "tuple", "Text": "str", "Number": "float", "Real": "float", "NoneType": "None",
    "Hashable": "int", "SupportsIndex": "int", "Integral": "int",
}  # fmt: skip
MANY = ("list", "set", "frozenset")
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Plain:
    """A single value.  ``natural``: a whole number that is not negative."""

    kind: str
    natural: bool = False

    def __str__(self) -> str:
        return f"{self.kind} >= 0" if self.natural else self.kind


@dataclass(frozen=True, slots=True)
class Many:
    """A list, set or frozenset, or a tuple of any length.  ``ordered``: it never falls."""

    kind: str
    item: Shape
    ordered: bool = False

    def __str__(self) -> str:
        inner = f"{self.item}, ..." if self.kind == "tuple" else str(self.item)
        return f"sorted[{self.kind}[{inner}]]" if self.ordered else f"{self.kind}[{inner}]"


@dataclass(frozen=True, slots=True)
class Row:
    """A tuple with a part in each place."""

    parts: tuple[Shape, ...]

    def __str__(self) -> str:
        return f"tuple[{', '.join(map(str, self.parts)) or '()'}]"


@dataclass(frozen=True, slots=True)
class Table:
    """A dict."""

    key: Shape
    value: Shape

    def __str__(self) -> str:
        return f"dict[{self.key}, {self.value}]"


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    options: tuple[Shape, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.options))


Shape = Plain | Many | Row | Table | Either


def read(text: str) -> Shape:
    """The shape that an annotation means.  ``ValueError`` where it is none that can be made."""
    if len(text) > 500:
        raise ValueError("the annotation is too long")
    try:
        return from_tree(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, TypeError, RecursionError, MemoryError) as wrong:
        raise ValueError(str(wrong)) from wrong


def from_tree(node: ast.expr, deep: int = 0) -> Shape:
    """The same of an expression that was read already."""
    if deep > DEEPEST:
        raise ValueError("the annotation is nested too deeply")
    match node:
        case ast.Constant(value=None):
            return Plain("None")
        case ast.Constant(value=str(text)):
            return read(text)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _named(name)
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return either([from_tree(left, deep + 1), from_tree(right, deep + 1)])
        case ast.Compare(left=ast.Name(id="int"), ops=[ast.GtE()]):
            return Plain("int", natural=True)
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return _of(name, parts, deep + 1)
        case _:
            raise ValueError(f"values for {ast.unparse(node)[:80]} cannot be made")


def _named(name: str) -> Shape:
    name = SAME.get(name, name)
    if name in PLAIN:
        return Plain(name)
    if name in MANY:
        return Many(name, Plain("int"))
    if name == "tuple":
        return Many("tuple", Plain("int"))
    if name == "dict":
        return Table(Plain("str"), Plain("int"))
    if len(name) == 1 and name.isupper():  # a type variable
        return Plain("int")
    raise ValueError(f"values for {name[:80]} cannot be made")


def _of(name: str, parts: list[ast.expr], deep: int) -> Shape:
    name = SAME.get(name, name)
    if not parts:
        if name == "tuple":
            return Row(())
        raise ValueError(f"values for {name[:80]} cannot be made")
    if name == "sorted":
        inner = from_tree(parts[0], deep)
        if isinstance(inner, Many):
            return Many(inner.kind, inner.item, ordered=True)
    if name == "Optional":
        return either([from_tree(parts[0], deep), Plain("None")])
    if name == "Union":
        return either([from_tree(part, deep) for part in parts])
    if name == "Literal":
        return either([of_value(ast.literal_eval(part)) for part in parts])
    if name in ("Annotated", "Final"):
        return from_tree(parts[0], deep)
    if name in MANY and len(parts) == 1:
        return Many(name, from_tree(parts[0], deep))
    if name == "dict" and len(parts) == 2:
        return Table(from_tree(parts[0], deep), from_tree(parts[1], deep))
    if name == "tuple":
        last = parts[-1]
        if len(parts) == 2 and isinstance(last, ast.Constant) and last.value is ...:
            return Many("tuple", from_tree(parts[0], deep))
        return Row(tuple(from_tree(part, deep) for part in parts))
    raise ValueError(f"values for {name[:80]} cannot be made")


def either(shapes: Iterable[Shape]) -> Shape:
    """One of some shapes; of shapes that agree, themselves."""
    options: list[Shape] = []
    for shape in shapes:
        for option in shape.options if isinstance(shape, Either) else (shape,):
            for place, known in enumerate(options):
                if (both := _joined(known, option)) is not None:
                    options[place] = both
                    break
            else:
                options.append(option)
    if not options:
        raise ValueError("nothing to choose from")
    return options[0] if len(options) == 1 else Either(tuple(options))


def _joined(one: Shape, other: Shape) -> Shape | None:
    """A shape that holds for both, where they differ in nothing but what they hold."""
    if one == other:
        return one
    match one, other:
        case Plain("int" | "float"), Plain("int" | "float"):
            kinds = {one.kind, other.kind}
            return Plain("float") if "float" in kinds else Plain("int")
        case Many(), Many() if one.kind == other.kind:
            ordered = one.ordered and other.ordered
            return Many(one.kind, either([one.item, other.item]), ordered)
        case Table(), Table():
            return Table(either([one.key, other.key]), either([one.value, other.value]))
        case Row(), Row() if len(one.parts) == len(other.parts):
            pairs = zip(one.parts, other.parts, strict=True)
            return Row(tuple(either(pair) for pair in pairs))
        case _:
            return None


def of_value(value: object, deep: int = 0) -> Shape:
    """The shape of an example.  ``ValueError`` where it is of no type that can be made."""
    kind = type(value).__name__
    if deep > DEEPEST:
        raise ValueError("the example is nested too deeply")
    if value is None:
        return Plain("None")
    if kind in PLAIN:
        return Plain(kind)
    match value:
        case list() | set() | frozenset():
            items = [of_value(item, deep + 1) for item in value]
            return Many(kind, either(items) if items else Plain("int"))
        case tuple():
            return Row(tuple(of_value(item, deep + 1) for item in value))
        case dict():
            keys = [of_value(key, deep + 1) for key in value]
            values = [of_value(item, deep + 1) for item in value.values()]
            return Table(either(keys or [Plain("str")]), either(values or [Plain("int")]))
        case _:
            raise ValueError(f"values as {kind} cannot be made")
