"""The types whose values can be handed to a function of C or C++ from outside, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

DEEPEST = 4
"""Vectors within vectors."""


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


class Form(StrEnum):
    """How a value is handed over."""

    VALUE = "value"
    """By value, or by a reference through which it cannot be changed."""
    REFERENCE = "reference"
    ARRAY = "array"
    """A pointer to the first of several."""
    TEXT = "text"
    """A pointer to characters, the last of which is 0."""
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type.  ``spelled`` means the same wherever it stands, whatever the code has defined;
    ``of`` is the kind of a vector's items."""

    sort: Sort
    spelled: str
    bits: int = 0
    signed: bool = False
    of: Kind | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter or a result: what it holds, how, and whether the function may change it."""

    kind: Kind | None
    form: Form
    name: str = ""
    constant: bool = False

    @property
    def changes(self) -> bool:
        """Is what was handed over of interest after the call?"""
        pointed = self.form in (Form.ARRAY, Form.TEXT, Form.REFERENCE)
        return pointed and not self.constant

    @property
    def spelled(self) -> str:
        """The type in full."""
        if self.kind is None:
            return "void"
        sign = {Form.ARRAY: " *", Form.TEXT: " *", Form.REFERENCE: " &"}.get(self.form, "")
        held = self.form is Form.VALUE and self.constant
        head = "const " if self.constant else ""
        return f"{head}{self.kind.spelled}{' &' if held else sign}"


CHAR = Kind(Sort.SIGN, "char", 8, signed=True)
STRING = Kind(Sort.STRING, "std::string")


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
_WORD = re.compile(r"\w+|::|[<>,*&]|\[\w*\]|\S")
_LEFT_OUT = frozenset("static inline extern constexpr register volatile restrict struct".split())
"""What changes nothing of the value; ``struct`` leads to a type that is not known here."""
_QUALIFIERS = _LEFT_OUT - {"struct"}


class StrangeError(ValueError):
    """A type whose values are not handed over; its text is the type."""


def slot_of(text: str, aliases: Mapping[str, str], *, plus: bool, name: str = "") -> Slot:
    """A parameter's or result's type as it is written, without its name.

    ``aliases`` are the names that the code gives to types; ``plus``: it is C++.  Raises
    ``StrangeError``.
    """
    words = [word for word in _WORD.findall(text) if word not in _QUALIFIERS]
    signs: list[str] = []
    while words and (words[-1] in ("*", "&", "const") or words[-1].startswith("[")):
        signs.insert(0, words.pop())
    constant = "const" in words or signs[:1] == ["const"]  # behind a ``*`` it is the pointer
    signs = [sign for sign in signs if sign != "const"]
    words = [word for word in words if word != "const"]
    if words == ["void"] and not signs:
        return Slot(None, Form.VOID, name)
    kind, more = _resolved(words, aliases, plus=plus)
    signs, constant = [*more.replace("const", "").split(), *signs], constant or "const" in more
    if not signs:
        return Slot(kind, Form.VALUE, name)
    if signs == ["&"] and plus:
        return Slot(kind, Form.VALUE if constant else Form.REFERENCE, name, constant)
    if len(signs) == 1 and signs[0] != "&" and kind.sort not in (Sort.STRING, Sort.VECTOR):
        form = Form.TEXT if kind.sort is Sort.SIGN else Form.ARRAY
        return Slot(kind, form, name, constant)
    raise StrangeError(text)


def _resolved(words: list[str], aliases: Mapping[str, str], *, plus: bool) -> tuple[Kind, str]:
    """The kind that some words name, and the ``*`` and ``const`` that a name of the code hides."""
    found = _kind(words, aliases, plus=plus, deep=0)
    if found is not None:
        return found, ""
    if len(words) == 1 and words[0] in aliases:
        inner = _WORD.findall(aliases[words[0]])
        signs = [word for word in inner if word in ("*", "const")]
        found = _kind([w for w in inner if w not in signs], aliases, plus=plus, deep=0)
        if found is not None:
            return found, " ".join(signs)
    raise StrangeError(" ".join(words))


def _kind(words: list[str], aliases: Mapping[str, str], *, plus: bool, deep: int) -> Kind | None:
    if deep > DEEPEST:
        return None
    if words[:2] == ["std", "::"]:
        words = words[2:]
    plain = _PLAIN.get(_in_order(words))
    if plain is not None:
        return plain
    text = " ".join(words)
    if text in ("_Bool", "bool"):
        return Kind(Sort.TRUTH, "bool" if plus else "_Bool", 1)
    if text in aliases:
        return _kind(_WORD.findall(aliases[text]), aliases, plus=plus, deep=deep + 1)
    if text in _NAMED:
        return _NAMED[text]
    if plus and text == "string":
        return STRING
    if plus and words[:2] == ["vector", "<"] and words[-1] == ">":
        inner = _kind(words[2:-1], aliases, plus=plus, deep=deep + 1)
        if inner is not None:
            return Kind(Sort.VECTOR, f"std::vector<{inner.spelled}>", of=inner)
    return None


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
