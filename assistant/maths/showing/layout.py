"""What a formula looks like, before anybody draws it.

``notation`` turns a formula into these few shapes and settles there, once, what a
mathematician decides while writing: which brackets are needed, where a product has no
sign, that a sum of an opposite is a difference.  The printers (Unicode boxes, LaTeX,
MathML) only draw the shapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Face(Enum):
    """How a run of letters is set."""

    LETTER = auto()  # a variable: italic
    NAME = auto()  # a function or a name of several letters: upright
    NUMBER = auto()
    WORDS = auto()  # a phrase of a natural language


class Role(Enum):
    """What a sign does between its neighbours; spacing and line breaks follow."""

    JOIN = auto()  # *or*, *and*
    RELATION = auto()
    BINARY = auto()
    PREFIX = auto()
    POSTFIX = auto()
    COMMA = auto()
    TIMES = auto()  # the product that is not written
    SPACED_TIMES = auto()  # the same, where the factors need a gap: ``x sin x``
    GUARDED_TIMES = auto()  # the same behind a root, whose bar a line of text cannot show: ``√2·x``
    APPLY = auto()  # between a function and an argument without brackets


@dataclass(frozen=True, slots=True)
class Atom:
    """Letters or digits that are never broken."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Sign:
    """An operator, in its Unicode spelling."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Row:
    """Shapes side by side."""

    items: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One shape over another."""

    num: Layout
    den: Layout


@dataclass(frozen=True, slots=True)
class Radical:
    """A root; a square root has no index."""

    body: Layout
    index: Layout | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with something below and something above to its right."""

    base: Layout
    sub: Layout | None = None
    sup: Layout | None = None


@dataclass(frozen=True, slots=True)
class Fence:
    """Brackets that grow with what they hold."""

    opening: str
    body: Layout
    closing: str


@dataclass(frozen=True, slots=True)
class Big:
    """``∑``, ``∏``, ``lim``: limits below and above; ``∫``: beside."""

    sign: str
    below: Layout | None = None
    above: Layout | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells within brackets: a matrix, or (open on the right) cases and systems."""

    rows: tuple[tuple[Layout, ...], ...]
    opening: str
    closing: str


Layout = Atom | Sign | Row | Fraction | Radical | Scripts | Fence | Big | Grid


def row(*items: Layout) -> Layout:
    """Shapes side by side, rows within rows flattened."""
    flat = tuple(i for item in items for i in (item.items if isinstance(item, Row) else (item,)))
    return flat[0] if len(flat) == 1 else Row(flat)


def tall(shape: Layout) -> bool:
    """Whether brackets around it have to grow."""
    match shape:
        case Fraction() | Grid() | Big() | Radical():
            return True
        case Row(items):
            return any(map(tall, items))
        case Scripts(base, _, sup):
            return tall(base) or (sup is not None and tall(sup))
        case Fence(_, body, _):
            return tall(body)
    return False


def letter(text: str) -> Atom:
    """A variable."""
    return Atom(text, Face.LETTER)


def name(text: str) -> Atom:
    """An upright name."""
    return Atom(text, Face.NAME)


def words(text: str) -> Atom:
    """A phrase within a formula."""
    return Atom(text, Face.WORDS)


def digits(text: str) -> Atom:
    """A number."""
    return Atom(text, Face.NUMBER)


def relation(text: str) -> Sign:
    """``=``, ``≤``, ``∈``."""
    return Sign(text, Role.RELATION)


def binary(text: str) -> Sign:
    """``+``, ``·``, ``∪``."""
    return Sign(text, Role.BINARY)


COMMA = Sign(",", Role.COMMA)
TIMES = Sign("\u2062", Role.TIMES)
SPACED_TIMES = Sign("\u2062", Role.SPACED_TIMES)
GUARDED_TIMES = Sign("\u2062", Role.GUARDED_TIMES)
APPLY = Sign("\u2061", Role.APPLY)
PLUS = Sign("\u2064", Role.APPLY)
"""Between the whole and the fraction of a mixed number."""
