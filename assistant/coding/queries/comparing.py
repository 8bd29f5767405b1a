"""Rows that were given, held against rows that were expected."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from enum import Enum

from assistant.coding.inside import alike
from assistant.coding.queries.types import Cell, Row, Value

MOST_ROWS = 300
"""Rows that are compared one by one with each other; equal ones are paired off before."""
MOST_PROBED = 20
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_UNITS = re.compile(r"[$€£¥￥]?\s?([-+]?[\d,]{0,40}\.?\d{1,40})\s?(?:%|％|元|[A-Za-z]{1,4})?")
_NOTHING = frozenset({"null", "none", "nil", "<null>", "(null)"})


class Match(Enum):
    """How two values or tables agree."""

    SAME = "same"
    NEAR = "near"
    """Only if a number was rounded, or a type is another; nobody can tell."""
    OTHER = "other"


def cell_match(got: Value, want: Value | Cell) -> Match:
    """One value."""
    if isinstance(want, Cell):
        return _written(got, want.text.strip())
    if isinstance(got, bool | int | float) and isinstance(want, int | float):
        return Match.SAME if alike.same(got, want) else Match.OTHER
    if type(got) is type(want):
        return Match.SAME if got == want else Match.OTHER
    return Match.NEAR if got is not None and str(got) == str(want) else Match.OTHER


def _written(got: Value, text: str) -> Match:
    """A value and what a person wrote for it."""
    if got is None:
        if not text:
            return Match.NEAR
        return Match.SAME if text.lower() in _NOTHING else Match.OTHER
    if isinstance(got, str):
        bare = _unquoted(text)
        if got.strip() == bare.strip():
            return Match.SAME
        return Match.NEAR if got.strip().lower() == bare.strip().lower() else Match.OTHER
    if isinstance(got, bytes):
        return Match.OTHER
    if text.lower() in ("true", "false"):
        return Match.SAME if got == (text.lower() == "true") else Match.OTHER
    bare = (
        text.replace(",", "") if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) else text
    )
    if not NUMBER.fullmatch(bare):
        return _with_unit(got, bare)
    want = float(bare) if re.search(r"[.eE]", bare) else int(bare)
    if alike.same(got, want):
        return Match.SAME
    places = len(bare.partition(".")[2]) if re.fullmatch(r"[-+]?\d*\.?\d*", bare) else None
    if not isinstance(got, float) or places is None or math.isinf(got):
        return Match.OTHER
    if alike.same(got, want, alike.rounded(places)):
        return Match.SAME
    return Match.NEAR if alike.same(got, float(want), alike.near(places)) else Match.OTHER


def _with_unit(got: float, text: str) -> Match:
    """``50%`` or ``$5`` for a number: who wrote it may mean the number alone."""
    found = _UNITS.fullmatch(text)
    if found is None:
        return Match.OTHER
    bare = found[1].replace(",", "")
    close = alike.near(len(bare.partition(".")[2]))
    meant = (float(bare), float(bare) / 100)
    return Match.NEAR if any(alike.same(float(got), it, close) for it in meant) else Match.OTHER


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text


def row_match(got: Sequence[Value], want: Row) -> Match:
    """One row."""
    if len(got) != len(want):
        return Match.OTHER
    found = Match.SAME
    for a, b in zip(got, want, strict=True):
        match = cell_match(a, b)
        if match is Match.OTHER:
            return match
        found = match if match is Match.NEAR else found
    return found


def in_order(got: Sequence[Sequence[Value]], want: Sequence[Row]) -> Match:
    """All rows, as they stand."""
    if len(got) != len(want):
        return Match.OTHER
    found = [row_match(a, b) for a, b in zip(got, want, strict=True)]
    return next((m for m in (Match.OTHER, Match.NEAR) if m in found), Match.SAME)


def in_any_order(got: Sequence[Sequence[Value]], want: Sequence[Row]) -> Match:
    """All rows, each as often as it is expected, wherever it stands."""
    if len(got) != len(want):
        return Match.OTHER
    alone, wanted = _unpaired(got, want)
    if len(alone) > MOST_ROWS:
        probed = alone[:MOST_PROBED]
        met = all(any(row_match(a, b) is not Match.OTHER for b in want) for a in probed)
        return Match.NEAR if met else Match.OTHER
    if not alone:
        return Match.SAME
    match = _one_by_one(alone, wanted)
    return match if len(want) > MOST_ROWS or match is Match.SAME else _one_by_one(got, want)


def _unpaired(
    got: Sequence[Sequence[Value]], want: Sequence[Row]
) -> tuple[list[Sequence[Value]], list[Row]]:
    """Those rows of both that are left when each is paired with one that is written alike."""
    waiting: dict[tuple[str, ...], list[Row]] = {}
    for row in want:
        waiting.setdefault(tuple(map(_key, row)), []).append(row)
    alone = []
    for given in got:
        alike_rows = waiting.get(tuple(map(_key, given)), [])
        if alike_rows and row_match(given, alike_rows[-1]) is Match.SAME:
            alike_rows.pop()
        else:
            alone.append(given)
    return alone, [row for rows in waiting.values() for row in rows]


def _key(value: Value | Cell) -> str:
    """As it is written, nearly; it only helps to find those that are equal."""
    if isinstance(value, Cell):
        return value.text.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "NULL" if value is None else str(value).strip()


def _one_by_one(got: Sequence[Sequence[Value]], want: Sequence[Row]) -> Match:
    found = [[row_match(a, b) for b in want] for a in got]
    left = set(range(len(want)))
    for row in found:
        place = next((n for n in left if row[n] is Match.SAME), None)
        if place is None:
            break
        left.discard(place)
    else:
        return Match.SAME
    rows = all(any(match is not Match.OTHER for match in row) for row in found)
    columns = all(any(row[n] is not Match.OTHER for row in found) for n in range(len(want)))
    near = any(Match.NEAR in row for row in found)
    return Match.NEAR if near and rows and columns else Match.OTHER
