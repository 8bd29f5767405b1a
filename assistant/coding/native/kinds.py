"""The types whose values can be handed to a function of C or C++ from outside, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.coding.native.slots import ARRAY, CHAR, KEYS, STRING, Form, Kind, Slot, Sort

DEEPEST = 6
"""Types within types."""


MOST_CELLS = 4096


def _whole(spelled: str, bits: int, *, signed: bool = True) -> Kind:
    return Kind(Sort.WHOLE, spelled, bits, signed)


_INT, _LONG, _LONGER = _whole("int", 32), _whole("long", 64), _whole("long long", 64)
_PLAIN = {
    "int": _INT,
    "short": _whole("short", 16),
    "long": _LONG,
    "long long": _LONGER,
    "signed char": _whole("signed char", 8),
    "unsigned": _whole("unsigned", 32, signed=False),
    "unsigned char": _whole("unsigned char", 8, signed=False),
    "unsigned short": _whole("unsigned short", 16, signed=False),
    "unsigned long": _whole("unsigned long", 64, signed=False),
    "unsigned long long": _whole("unsigned long long", 64, signed=False),
    "float": Kind(Sort.REAL, "float", 32, signed=True),
    "double": Kind(Sort.REAL, "double", 64, signed=True),
    "char": CHAR,
}
_NAMED = {
    "size_t": _whole("__SIZE_TYPE__", 64, signed=False),
    "ssize_t": _LONG,
    "ptrdiff_t": _whole("__PTRDIFF_TYPE__", 64),
    "intptr_t": _whole("__INTPTR_TYPE__", 64),
    "uintptr_t": _whole("__UINTPTR_TYPE__", 64, signed=False),
    "intmax_t": _whole("__INTMAX_TYPE__", 64),
    "uintmax_t": _whole("__UINTMAX_TYPE__", 64, signed=False),
    **{f"int{n}_t": _whole(f"__INT{n}_TYPE__", n) for n in (8, 16, 32, 64)},
    **{f"uint{n}_t": _whole(f"__UINT{n}_TYPE__", n, signed=False) for n in (8, 16, 32, 64)},
}
"""Names of the standard headers, by what the compiler itself calls them (64-bit machines)."""
_POINTED = re.compile(r"\(\s*\*\s*(?:const\s*)?\)(?=\s*\[)")
"""``int (*m)[3]`` is ``int m[][3]``."""
_WORD = re.compile(r"\w+|::|[<>,*&]|\[\w*\]|\S")
_QUALIFIERS = frozenset("static inline extern constexpr register volatile restrict".split())
"""What changes nothing of the value."""


class StrangeError(ValueError):
    """A type whose values are not handed over; its text is the type."""


@dataclass(frozen=True, slots=True)
class Record:
    """A struct of the code's: how it is spelled, and its fields, each with its type as written.
    A node has one field, and ``links`` to others, and ``back`` to what stands before it."""

    spelled: str
    fields: tuple[tuple[str, str], ...]
    links: tuple[str, ...] = ()
    back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What the code calls types: other names for them, and structs.  ``plus``: it is C++."""

    aliases: Mapping[str, str]
    records: Mapping[str, Record]
    plus: bool


def slot_of(text: str, names: Names, *, name: str = "", optional: bool = False) -> Slot:
    """A parameter's or result's type as it is written, without its name.  Raises
    ``StrangeError``."""
    written = _WORD.findall(_POINTED.sub("[]", text))
    words = [word for word in written if word not in _QUALIFIERS]
    signs: list[str] = []
    while words and (words[-1] in ("*", "&", "const") or words[-1].startswith("[")):
        signs.insert(0, words.pop())
    constant = "const" in words or signs[:1] == ["const"]  # behind a ``*`` it is the pointer
    signs = [sign for sign in signs if sign != "const"]
    words = [word for word in words if word != "const"]
    if words == ["void"] and not signs:
        return Slot(None, Form.VOID, name)
    node = _node(words, signs, names)
    if node is not None:
        spelled = f"const {node.spelled}" if constant else node.spelled
        kind, more, constant = replace(node, spelled=spelled), "", False
        signs = signs[1:] if _starred(words, names) is None else signs
    else:
        kind, more = _resolved(words, names)
    signs, constant = [*more.replace("const", "").split(), *signs], constant or "const" in more
    bracket = next((sign for sign in signs if sign.startswith("[")), "")
    grid = _grid(signs, names)
    if grid is not None and kind.of is None and kind.sort is not Sort.STRING:
        return Slot(kind, Form.GRID, name, constant, optional, sizes=grid)
    signs, sizes = _as_pointer(signs)
    kind = _blocks(kind, [] if "*" in signs[:-1] else sizes, names) or kind
    if sizes and not kind.raw:
        raise StrangeError(text)
    form = _form(signs, kind, plus=names.plus, constant=constant)
    if form is None:
        raise StrangeError(text)
    least = _size(bracket, names)
    return Slot(kind, form, name, bool(signs) and constant, optional, least)


def _grid(signs: Sequence[str], names: Names) -> tuple[str, str] | None:
    """The words between the brackets of rows whose length is a parameter; C alone has them."""
    if names.plus or len(signs) != 2 or not all(sign.startswith("[") for sign in signs):
        return None
    first, second = (sign.strip("[]") for sign in signs)
    return (first, second) if second.isidentifier() and not _size(second, names) else None


def _starred(words: list[str], names: Names) -> list[str] | None:
    """What a name of the code's for a pointer points to, in words."""
    inner = _WORD.findall(names.aliases.get(words[0], "")) if len(words) == 1 else []
    return inner[:-1] if inner[-1:] == ["*"] else None


def _node(words: list[str], signs: Sequence[str], names: Names) -> Kind | None:
    """The nodes that a pointer leads to; ``None`` for another pointer, or none."""
    pointed = _starred(words, names)
    if pointed is None:
        pointed = words if signs[:1] == ["*"] else []
    return _linked([word for word in pointed if word != "const"], names, 0)


def _linked(words: list[str], names: Names, deep: int) -> Kind | None:
    text = " ".join(words)
    record = names.records.get(text)
    if record is None and text in names.aliases and deep <= DEEPEST:
        return _linked(_WORD.findall(names.aliases[text]), names, deep + 1)
    if record is None or not record.links:
        return None
    ((value, of),) = record.fields
    held = _kind(_WORD.findall(of), names, deep + 1)
    sort = Sort.CHAIN if len(record.links) == 1 else Sort.TREE
    links, node = (value, *record.links, *record.back), f"{record.spelled} *"
    return None if held is None else Kind(sort, node, of=held, links=links)


def _as_pointer(signs: list[str]) -> tuple[list[str], list[str]]:
    """An array that is a parameter is a pointer to its first item; the sizes of those within."""
    places = [n for n, sign in enumerate(signs) if sign.startswith("[")]
    if not places:
        return signs, []
    return [*signs[: places[0]], "*"], signs[places[0] + 1 :]


def _blocks(kind: Kind | None, sizes: Sequence[str], names: Names) -> Kind | None:
    """An array of arrays of a kind, the outermost size first; ``None`` where one is not known."""
    for size in reversed(sizes):
        count = _size(size, names)
        if kind is None or not count or count * (kind.count or 1) > MOST_CELLS:
            return None
        inner = kind.spelled.removeprefix(ARRAY).removesuffix(")") if kind.raw else kind.spelled
        base, bracket, rest = inner.partition("[")
        spelled = f"{ARRAY}{base}[{count}]{bracket}{rest})"
        kind = Kind(Sort.BLOCK, spelled, of=kind, count=count)
    return kind


def _size(word: str, names: Names) -> int:
    """A size that is written as a number, or by the name of one; 0 for another."""
    bare = word.strip("[]")
    told = names.aliases.get(bare, bare)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0


def _form(signs: list[str], kind: Kind, *, plus: bool, constant: bool) -> Form | None:
    """How a value is handed over behind these signs; ``None`` where that is not known."""
    if kind.raw:
        return Form.ARRAY if signs == ["*"] else None
    if not signs:
        return Form.VALUE
    if signs == ["&"]:
        return (Form.VALUE if constant else Form.REFERENCE) if plus else None
    if kind.links:
        return Form.ARRAY if signs == ["*"] else None
    plain = kind.of is None and kind.sort is not Sort.STRING
    if len(signs) == 1 and plain:
        return Form.TEXT if kind.sort is Sort.SIGN else Form.ARRAY
    if signs == ["*", "*"] and plain:
        return Form.ROWS
    return None


def _resolved(words: list[str], names: Names) -> tuple[Kind, str]:
    """The kind that some words name, and the ``*`` and ``const`` that a name of the code hides."""
    found = _kind(words, names, 0)
    if found is not None:
        return found, ""
    if len(words) == 1 and words[0] in names.aliases:
        inner = _WORD.findall(names.aliases[words[0]])
        signs = [word for word in inner if word in ("*", "const")]
        found = _kind([w for w in inner if w not in signs], names, 0)
        if found is not None:
            return found, " ".join(signs)
    raise StrangeError(" ".join(words))


def _kind(words: list[str], names: Names, deep: int) -> Kind | None:
    if deep > DEEPEST:
        return None
    if words and words[-1].startswith("["):
        sizes = [word for word in words if word.startswith("[")]
        return _blocks(_kind(words[: -len(sizes)], names, deep + 1), sizes, names)
    if words[:2] == ["std", "::"]:
        words = words[2:]
    if words in (["char", "*"], ["const", "char", "*"]):
        return Kind(Sort.CHARS, " ".join(words))
    if words[-1:] == ["*"]:
        return _linked(words[:-1], names, deep + 1)
    plain = _PLAIN.get(_in_order(words))
    if plain is not None:
        return plain
    text = " ".join(words)
    if text in ("_Bool", "bool"):
        return Kind(Sort.TRUTH, "bool" if names.plus else "_Bool", 1)
    if text in names.records:
        record = names.records[text]
        if record.links:
            return None  # a node by itself is no value
        held = [
            (f".{name}", _kind(_WORD.findall(of), names, deep + 1)) for name, of in record.fields
        ]
        return _record(record.spelled, held)
    if text in names.aliases:
        return _kind(_WORD.findall(names.aliases[text]), names, deep + 1)
    if text in _NAMED:
        return _NAMED[text]
    if names.plus and text == "string":
        return STRING
    if names.plus and words[1:2] == ["<"] and words[-1] == ">":
        parted = _parted(words[2:-1])
        parts = [_kind(part, names, deep + 1) for part in parted]
        if words[0] == "array" and len(parts) == 2:
            return _array(parts[0], _size("".join(parted[1]), names))
        return _made(words[0], parts)
    return None


def _array(of: Kind | None, count: int) -> Kind | None:
    if of is None or not 0 < count <= MOST_CELLS:
        return None
    return Kind(Sort.BLOCK, f"std::array<{of.spelled}, {count}>", of=of, count=count)


def _record(spelled: str, fields: Sequence[tuple[str, Kind | None]]) -> Kind | None:
    known = tuple((name, kind) for name, kind in fields if kind is not None)
    if not known or len(known) < len(fields):
        return None
    return Kind(Sort.RECORD, spelled, fields=known)


def _parted(words: Sequence[str]) -> list[list[str]]:
    """The arguments of a template."""
    parts: list[list[str]] = [[]]
    deep = 0
    for word in words:
        deep += (word == "<") - (word == ">")
        if word == "," and not deep:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


_SORTS = {
    "vector": Sort.VECTOR, "deque": Sort.VECTOR, "list": Sort.VECTOR,
    "set": Sort.SET, "unordered_set": Sort.SET, "multiset": Sort.SET,
    "map": Sort.MAP, "unordered_map": Sort.MAP, "optional": Sort.OPTIONAL,
}  # fmt: skip


def _made(template: str, held: Sequence[Kind | None]) -> Kind | None:
    """A type of the library's, of types that are known."""
    kinds = [kind for kind in held if kind is not None]
    if len(kinds) < len(held):
        return None
    spelled = f"std::{template}<{', '.join(kind.spelled for kind in kinds)}>"
    if template == "pair" and len(kinds) == 2:
        return _record(spelled, list(zip((".first", ".second"), kinds, strict=True)))
    if template == "tuple":
        return _record(spelled, [(f"{n}", kind) for n, kind in enumerate(kinds)])
    sort = _SORTS.get(template)
    if sort is None or len(kinds) != (2 if sort is Sort.MAP else 1):
        return None
    if sort in (Sort.SET, Sort.MAP) and kinds[0].sort not in KEYS:
        return None
    of = _made("pair", kinds) if sort is Sort.MAP else kinds[0]
    return Kind(sort, spelled, of=of)


def _in_order(words: list[str]) -> str:
    """A type of several words as it stands in the table: ``long unsigned int`` is the same as
    ``unsigned long``."""
    if not words or not set(words) <= {"unsigned", "signed", "long", "short", "int", "char"}:
        return " ".join(words)
    sign = "unsigned" if "unsigned" in words else ""
    if "char" in words:
        sign = sign or ("signed" if "signed" in words else "")
        return f"{sign} char".strip()
    size = " ".join(word for word in words if word in ("long", "short"))
    return f"{sign} {size}".strip() or "int"
