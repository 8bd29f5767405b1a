"""The words of the notes: what a document is, where a passage stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from runtimes.texts import Text


class Unit(StrEnum):
    """What the places of a document are counted in, from 1."""

    LINE = "line"
    PAGE = "page"
    PARAGRAPH = "paragraph"
    CELL = "cell"


SIGNS = {Unit.LINE: "", Unit.PAGE: "p.", Unit.PARAGRAPH: "¶", Unit.CELL: "#"}


@dataclass(frozen=True, slots=True)
class Place:
    """From ``first`` to ``last``, both included."""

    unit: Unit
    first: int
    last: int

    def __str__(self) -> str:
        """``12-18``, ``p.3``, ``¶4-6``, ``#2``: the same in every language."""
        until = f"-{self.last}" if self.last != self.first else ""
        return f"{SIGNS[self.unit]}{self.first}{until}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a document's text.

    ``number`` counts in the document's unit and never falls; several rows may share one (the
    lines of a page).  With a ``level`` (1 is the outermost) a section of that ``title`` begins.
    A row that ``goes_on`` is the rest of the line before it.
    """

    number: int
    text: str
    level: int = 0
    title: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.  ``note`` says what of it could not be read."""

    unit: Unit
    rows: tuple[Row, ...]
    title: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document.

    ``heading`` is the path of headings above it, ``snippet`` the line of it that suits the
    question best, a higher ``score`` suits better.  ``changed``: the file is not any more what
    was indexed, so that the place may have moved.
    """

    path: str
    place: Place
    text: str
    heading: str = ""
    score: float = 0.0
    snippet: str = ""
    changed: bool = False


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file.  ``why`` is set where it was skipped, and where a part of an added
    one could not be read.  ``named``: the user named this very file or folder."""

    path: str
    outcome: Outcome
    passages: int = 0
    why: Text | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """``path`` is what is being read now, after ``done`` of ``total`` files."""

    done: int
    total: int
    path: str


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file of the index; ``size`` in bytes, ``added`` in seconds since 1970."""

    path: str
    title: str
    unit: Unit
    passages: int
    size: int
    added: float


class Unreadable(Exception):  # noqa: N818 - the file's fault, not the program's
    """A file that gives no text; ``why`` tells the user."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en.format(*why.args))
        self.why = why
