"""Gauss and Gauss–Jordan elimination with every row operation shown."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.types import Link, Rule, Step, Text

SWAP = Rule("matrix.swap_rows", "Swap two rows", "交换两行")
SCALE = Rule("matrix.scale_row", "Scale a row", "某行乘以常数")
ADD = Rule("matrix.add_row", "Add a multiple of one row to another", "某行加上另一行的倍数")


def tree(matrix: sp.Matrix) -> t.Matrix:
    """A SymPy matrix as a formula."""
    return t.Matrix(
        tuple(
            tuple(from_sympy(matrix[r, c]) for c in range(matrix.cols)) for r in range(matrix.rows)
        )
    )


@dataclass
class Elimination:
    """A matrix on its way to echelon form, the steps so far, and what a determinant gains.

    ``sign`` counts swaps; ``pivots`` are the columns of the leading entries.
    """

    matrix: sp.Matrix
    steps: list[Step] = field(default_factory=list)
    sign: int = 1
    pivots: list[int] = field(default_factory=list)

    def _record(self, rule: Rule, why: Text, after: sp.Matrix) -> None:
        if after != self.matrix:
            before, now = tree(self.matrix), tree(after)
            self.steps.append(
                Step(rule=rule, why=why, before=before, after=now, link=Link.ROW_EQUIVALENT)
            )
            self.matrix = after

    def swap(self, a: int, b: int) -> None:
        """Rows a and b change places."""
        after = self.matrix.copy()
        after.row_swap(a, b)
        self.sign = -self.sign
        why = Text("Swap rows {0} and {1}.", "交换第 {0} 行与第 {1} 行。", (str(a + 1), str(b + 1)))
        self._record(SWAP, why, after)

    def scale(self, row: int, factor: sp.Expr) -> None:
        """Row times a factor that is not 0."""
        after = self.matrix.copy()
        after[row, :] = (after[row, :] * factor).applyfunc(sp.cancel)
        why = Text(
            "Multiply row {0} by {1}.", "第 {0} 行乘以 {1}。", (str(row + 1), from_sympy(factor))
        )
        self._record(SCALE, why, after)

    def add(self, row: int, other: int, factor: sp.Expr) -> None:
        """Row plus factor times the other row."""
        if factor == 0:
            return
        after = self.matrix.copy()
        after[row, :] = (after[row, :] + factor * after[other, :]).applyfunc(sp.cancel)
        why = Text(
            "Add {1} times row {2} to row {0}.",
            "第 {0} 行加上第 {2} 行的 {1} 倍。",
            (str(row + 1), from_sympy(factor), str(other + 1)),
        )
        self._record(ADD, why, after)

    def pivot_row(self, start: int, column: int) -> int | None:
        """The row to put on top: one with a leading 1 if there is one, else the first that
        is surely not 0.  Raises ``Undetermined`` where an entry's being 0 is not known."""
        entries = [(r, self.matrix[r, column]) for r in range(start, self.matrix.rows)]
        known = [(r, e) for r, e in entries if e.is_zero is False]
        if not known and any(e != 0 for _, e in entries):
            raise Undetermined
        units = [r for r, e in known if e in (1, -1)]
        return units[0] if units else known[0][0] if known else None

    def echelon(self, columns: int | None = None, *, reduced: bool) -> None:
        """Go down the columns; ``reduced`` makes leading ones and clears above them too."""
        row = 0
        for column in range(columns or self.matrix.cols):
            if row == self.matrix.rows:
                break
            pivot = self.pivot_row(row, column)
            if pivot is None:
                continue
            if pivot != row:
                self.swap(row, pivot)
            if reduced:
                self.scale(row, 1 / self.matrix[row, column])
            targets = range(self.matrix.rows) if reduced else range(row + 1, self.matrix.rows)
            for other in targets:
                if other != row:
                    lead = self.matrix[row, column]
                    self.add(other, row, sp.cancel(-self.matrix[other, column] / lead))
            self.pivots.append(column)
            row += 1


class Undetermined(Exception):  # noqa: N818 - a state: cases of a parameter would be needed
    """Whether an entry with parameters is 0 decides the elimination."""
