"""Pieces of a formula, each drawn twice: as a block of lines and on one line.

A piece is put together from smaller ones, so that a formula is drawn while it is read, and no
piece can grow over the bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from assistant.maths.showing.boxes import EMPTY, Box, beside, columns
from assistant.maths.showing.tex.alphabets import LOWERED, RAISED, small
from assistant.maths.showing.tex.symbols import Kind

WIDEST, HIGHEST, LARGEST = 2_000, 120, 60_000
"""Bounds of a block, in columns, lines and characters; a larger one is shown as its source."""


class UnreadableError(Exception):
    """Not LaTeX that can be drawn: the source is shown instead."""


class Bond(IntEnum):
    """How firmly a piece holds together when it is written on one line."""

    SUM = 0
    PRODUCT = 1
    QUOTIENT = 2
    ROOT = 3
    ATOM = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn part of a formula.

    ``kind`` and ``right`` are the classes that its neighbours on the left and the right see;
    ``tall`` says that brackets around it grow; ``bar`` that it is a fraction.  ``parts`` are the
    pieces of a row, ``rows`` the lines of an alignment: the places where it may be broken.
    """

    box: Box
    line: str
    kind: Kind = Kind.ORD
    right: Kind = Kind.ORD
    bond: Bond = Bond.ATOM
    tall: bool = False
    bar: bool = False
    limits: bool = False
    parts: tuple[Piece, ...] = ()
    rows: tuple[Piece, ...] = ()


NOTHING = Piece(EMPTY, "")


def atom(text: str, kind: Kind = Kind.ORD, *, limits: bool = False) -> Piece:
    """A run of characters on one line."""
    return Piece(Box((text,)), text, kind, kind, limits=limits)


def space(width: int) -> Piece:
    """A space of so many columns."""
    return atom(" " * width, Kind.SPACE)


def bounded(box: Box) -> Box:
    """The box, if it is within the bounds; raises ``UnreadableError`` if not."""
    if box.width > WIDEST or box.height > HIGHEST or box.width * box.height > LARGEST:
        raise UnreadableError
    return box


def in_row(boxes: Sequence[Box]) -> Box:
    """Boxes side by side, measured before they are joined."""
    above = max(b.baseline for b in boxes)
    below = max(b.height - b.baseline for b in boxes)
    width = sum(b.width for b in boxes)
    if width > WIDEST or above + below > HIGHEST or width * (above + below) > LARGEST:
        raise UnreadableError
    return beside(*boxes)


def row(pieces: Iterable[Piece], *, after: bool = False, tight: bool = False) -> Piece:
    """Pieces side by side with the spaces of TeX.

    ``after``: something stands before the row, so that a sign at its beginning is between two
    things (the right half of an alignment).  ``tight``: no spaces around signs, in an index.
    """
    given = _settled(list(pieces), after=after)
    if not given:
        return NOTHING
    if len(given) == 1 and not after:
        only = given[0]
        return (
            only
            if only.kind is Kind.REL
            else replace(only, kind=_plain(only.kind), right=_plain(only.right))
        )
    boxes: list[Box] = []
    texts: list[str] = []
    tall = any(piece.tall for piece in given)
    before: Piece | None = NOTHING if after else None
    for n, piece in enumerate(given):
        if piece.kind is Kind.SPACE:
            continue
        wide = _typed(given, n)
        gap = 0 if before is None else _gap(before, piece, tight=tight)
        texts.append(" " * max(gap, wide))
        if before is not None and boxes and _apart(before, piece, tall=tall):
            gap = max(gap, 1)
        if gap := max(gap, wide):
            boxes.append(Box((" " * gap,)))
        boxes.append(piece.box)
        texts.append(_factor(piece, before, _next(given, n)))
        before = piece
    if trailing := _typed(given, len(given)):
        boxes.append(Box((" " * trailing,)))
        texts.append(" " * trailing)
    shown = [p for p in given if p.kind is not Kind.SPACE]
    return Piece(
        in_row(boxes),
        "".join(texts),
        _plain(shown[0].kind) if shown else Kind.ORD,
        _plain(shown[-1].right) if shown else Kind.ORD,
        _bond(shown),
        tall=tall,
        parts=tuple(given),
    )


def _apart(left: Piece, right: Piece, *, tall: bool) -> bool:
    """Whether a block needs a column where a line does not: beside the bar of a fraction, and
    around a dot between tall things."""
    if right.kind in (Kind.PUNCT, Kind.CLOSE):
        return False
    dot = left.line in TIGHT or right.line in TIGHT
    return left.bar or right.bar or (tall and dot)


def _plain(kind: Kind) -> Kind:
    """The class of a row as a neighbour: a bracket or a name keeps its own."""
    return kind if kind in (Kind.OP, Kind.OPEN, Kind.CLOSE) else Kind.ORD


def _typed(given: list[Piece], n: int) -> int:
    """The columns of the spacing commands before a place."""
    width = 0
    while n and given[n - 1].kind is Kind.SPACE:
        n -= 1
        width = min(width + given[n].box.width, 8)
    return width


def _next(given: list[Piece], n: int) -> Piece | None:
    for piece in given[n + 1 : n + 3]:
        if piece.kind is not Kind.SPACE:
            return piece
    return None


_NO_LEFT = {Kind.BIN, Kind.REL, Kind.OPEN, Kind.PUNCT, Kind.OP}
_NO_RIGHT = {Kind.REL, Kind.CLOSE, Kind.PUNCT}


def _settled(given: list[Piece], *, after: bool) -> list[Piece]:
    """The row with signs that have nothing to join (``-x``) as ordinary atoms."""
    shown = [n for n, piece in enumerate(given) if piece.kind is not Kind.SPACE]
    left = Kind.ORD if after else Kind.OPEN
    for place, n in enumerate(shown):
        piece = given[n]
        following = given[shown[place + 1]].kind if place + 1 < len(shown) else Kind.CLOSE
        alone = left in _NO_LEFT or (following in _NO_RIGHT and not after)
        if piece.kind is Kind.BIN and alone:
            given[n] = replace(piece, kind=Kind.ORD, right=Kind.ORD, bond=Bond.PRODUCT)
        left = given[n].right
    return given


TIGHT = {"·", "∘", "∗"}


def _gap(left: Piece, right: Piece, *, tight: bool) -> int:
    """Columns between two neighbours (the table of *The TeXbook*, p. 170, in whole columns)."""
    a, b = left.right, right.kind
    if Kind.OPEN is a or b in (Kind.CLOSE, Kind.PUNCT):
        return 0
    if a is Kind.PUNCT:
        return 0 if tight else 1
    if a is Kind.REL or b is Kind.REL:
        return 0 if tight or a is b else 1
    if a is Kind.BIN or b is Kind.BIN:
        sign = left if a is Kind.BIN else right
        return 0 if (tight and sign.line != "mod") or sign.line in TIGHT else 1
    if a is Kind.OP:
        return 0 if b is Kind.OPEN and not left.tall else 1
    return 1 if b is Kind.OP and left.line else 0


_TAKES = {"·", "×", "÷", "/", "*", "∗"}


def _factor(piece: Piece, before: Piece | None, after: Piece | None) -> str:
    """The text of a piece; a quotient in brackets where a neighbour would take half of it."""
    if piece.bond is not Bond.QUOTIENT:
        return piece.line
    for near, kind in ((before, before and before.right), (after, after and after.kind)):
        if near is None or not near.line:
            continue
        joined = kind in (Kind.ORD, Kind.OP) and near.line[:1] not in ("-", "+", "±")
        bracket = kind in (Kind.OPEN, Kind.CLOSE) and (near is before) == (kind is Kind.CLOSE)
        if joined or bracket or near.line in _TAKES:
            return f"({piece.line})"
    return piece.line


def _bond(shown: list[Piece]) -> Bond:
    if any(p.kind in (Kind.BIN, Kind.REL, Kind.PUNCT) for p in shown):
        return Bond.SUM
    if len(shown) > 1 and any(p.kind is Kind.OP for p in shown):
        return Bond.SUM  # ``sin x`` would take what follows for its argument
    return shown[0].bond if len(shown) == 1 else Bond.PRODUCT


def within(piece: Piece, bond: Bond) -> str:
    """The line of a piece, in brackets if it holds together less firmly than asked."""
    return piece.line if piece.bond >= bond else f"({piece.line})"


def scripts(base: Piece, sub: Piece | None, sup: Piece | None) -> Piece:
    """A base with an index and an exponent."""
    low, high = _script(sub, LOWERED), _script(sup, RAISED)
    line = f"({base.line})" if base.bond in (Bond.QUOTIENT, Bond.ROOT) else base.line
    if base.bond is Bond.ROOT and base.box.height == 1:  # ``√2²`` would be the root of 4
        base = replace(base, box=Box((line,)), kind=Kind.OPEN, right=Kind.CLOSE)
    line += index_text(sub, low, "_") + index_text(sup, high, "^")
    small_sub = sub is None or bool(low)
    small_sup = sup is None or bool(high)
    parts = [base.box]
    if small_sub and small_sup:
        parts += [Box((low,), -(base.box.height - base.box.baseline - 1))] * bool(low)
        parts += [Box((high,), base.box.baseline)] * bool(high)
    else:
        parts.append(_column(base.box, sub, sup))
    return Piece(
        in_row(parts),
        line,
        base.kind,
        base.right,
        Bond.ATOM if base.bond is not Bond.SUM else Bond.SUM,
        tall=base.tall,
        limits=False,
    )


def _script(part: Piece | None, table: dict[str, str]) -> str:
    return small(part.line, table) if part is not None and part.box.height == 1 else ""


def index_text(part: Piece | None, changed: str, sign: str) -> str:
    """An index on the line: in small letters, or after a sign and in brackets if it is long."""
    if part is None:
        return ""
    if changed:
        return changed
    bare = len(part.line) == 1 or (part.line.isascii() and part.line.isalnum())
    return sign + (part.line if bare else f"({part.line})")


def _flattened(part: Piece) -> Box:
    """An index as a block: on one line where it can be, to keep the formula low."""
    return part.box if part.box.height == 1 else Box((part.line,))


def _column(base: Box, sub: Piece | None, sup: Piece | None) -> Box:
    """The exponent over the index, above and below the lines of the base."""
    over = _flattened(sup).lines if sup is not None else ()
    under = _flattened(sub).lines if sub is not None else ()
    width = max(map(columns, (*over, *under)))
    lines = [*over, *[""] * base.height, *under]
    padded = tuple(line + " " * (width - columns(line)) for line in lines)
    return bounded(Box(padded, base.baseline + len(over)))
