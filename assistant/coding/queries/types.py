"""What is expected of SQL."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coding.sandbox.types import Outcome
from assistant.coding.trial import TestOutcome
from runtimes.texts import Text

Value = int | float | str | bytes | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a person writes it; what type it has is not said."""

    text: str


Row = tuple[Value | Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Tables, and the rows that the code gives on them.

    ``tables`` is SQL; ``drawn``: it was made from tables as they are drawn in text.  ``query`` is
    looked at after the code has run, where the code itself gives no rows.  ``rows`` are expected,
    or those that ``reference`` gives on the same tables; ``headed``: the first may be the names
    of the columns.  ``ordered``: in this order.  ``columns`` are their names, where they are
    told.  ``strict``: who wrote it means it so, and knows whether rows of one rank may stand
    either way.
    """

    name: str = ""
    tables: str
    query: str = ""
    rows: tuple[Row, ...] = ()
    reference: str = ""
    columns: tuple[str, ...] = ()
    headed: bool = False
    ordered: bool = False
    drawn: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one case."""

    outcome: TestOutcome
    gave: str = ""
    expected: str = ""
    error: str = ""
    why: Text | None = None
    ran: Outcome | None = None
