"""The rows of a display that are told before it is closed.

Only what nothing behind it can change: rows of lines that end in ``\\\\``, without the last, which
the next row may go on with.  The rows of the whole display begin with them, but where its end
makes something else of all of it; then nothing more is told of it.
"""

from __future__ import annotations

import re

from assistant.maths.reading.claims.line import MAX_LINE
from assistant.steps.displays import BEGIN, ROWS, Row, display_rows

ROW_ENDS = re.compile(r"\\\\(?:\*?\[[^\]]{0,20}\])?[ \t]*$")


class Early:
    """What was told of the display that is open."""

    def __init__(self) -> None:
        self._told: list[Row] = []

    def more(self, line: str, source: str) -> list[Row]:
        """The rows that are certain now, behind a ``line`` that ends the ``source`` so far."""
        if len(source) > MAX_LINE or not ROW_ENDS.search(line):  # each line looks at all before it
            return []
        ends = _ends(source)
        rows = [] if ends is None else display_rows(source + ends, begun=True)
        new = self._new(rows) or []
        self._told += new
        return new

    def rest(self, rows: list[Row]) -> list[Row] | None:
        """Those of all rows that were not told; ``None`` where they are others."""
        new = self._new(rows)
        self._told = []
        return new

    def forget(self) -> None:
        """The display is no display."""
        self._told = []

    def _new(self, rows: list[Row]) -> list[Row] | None:
        told = len(self._told)
        return rows[told:] if rows[:told] == self._told else None


def _ends(source: str) -> str | None:
    """What closes the environments that the source begins with; ``None`` where one is closed, so
    that what stands behind it may make all of it something else."""
    ends, at = "", 0
    while (match := BEGIN.match(source, at)) is not None and match[1] in ROWS:
        end = rf"\end{{{match[1]}}}"
        if end in source or match[1].startswith("multline"):
            return None
        ends, at = end + ends, match.end()
    return ends
