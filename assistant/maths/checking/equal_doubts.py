"""Answers that are different as they are read, and the same in another way to read them."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.answers.clean import Cleaned, clean
from assistant.maths.checking.answer_parts import are_numbered, items, read

_DOTTED = re.compile(r"\d\.\d+\s*(?:\.{3}|…|⋯|\\[lc]?dots)")
_COMMA = re.compile(r"[-−]?\d+,\d+")
_TEMPERATURE = re.compile(r"°\s*[CF](?![A-Za-z])|[℃℉]")
_ROW = re.compile(r"\s*[(\[].*[)\]]\s*", re.DOTALL)
_LETTER = re.compile(r"\s*[A-Ha-h]\s*")
"""Of an option, perhaps."""


def doubt(gold: str, answer: str) -> str:
    """Why two answers may be the same after all; nothing where they are surely not."""
    for one, other in ((gold, answer), (answer, gold)):
        if _TEMPERATURE.search(one) and _TEMPERATURE.search(other):
            return "temperatures"
        if clean(one).special == "everything" and other.strip() == "R":
            return "perhaps the real numbers"
        if _DOTTED.search(one):
            return "a decimal that goes on"
        if _COMMA.fullmatch(one.strip()) and _same(one.replace(",", "."), other):
            return "a decimal comma"
        if _is_roots(one) and _ROW.fullmatch(other) and _same_values(one, other):
            return "solutions of one unknown, or a point"
    if _LETTER.fullmatch(gold) and gold.strip().casefold() == answer.strip().casefold():
        return "the same letter, in another case"
    return ""


def _same(one: str, other: str) -> bool:
    first, second = read(one.strip()), read(other.strip())
    return first is not None and first == second


def _is_roots(text: str) -> bool:
    """``x1 = 5, x2 = 3`` or ``x = 5 or x = 3``."""
    if are_numbered(text):
        return True
    match read(text):
        case t.Junction(t.Connective.OR, args):
            return len({a.left for a in args if isinstance(a, t.Relation)}) == 1
    return False


def _same_values(one: str, row: str) -> bool:
    """Whether they are the numbers in the brackets, in some order."""
    values, entries = items(Cleaned(one)), read(row)
    if values is None or not isinstance(entries, t.Collection):
        return False
    (first, *more) = values or (t.integer(0),)
    if not more and isinstance(first, t.Collection):
        values = list(first.items)
    return len(values) == len(entries.items) and set(values) == set(entries.items)
