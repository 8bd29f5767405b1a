"""Our steps beside those of mathsteps: as many, and of the same kinds.

A kind of mathsteps (``change_types`` of a row) is covered where a rule of ours that does
the same is among the steps, sub-steps included.  The kinds that only tidy the notation
(a factor 1, an exponent 1, a sum with 0, a sign) we do within the step before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SIMPLIFYING = ("linear.", "arithmetic.", "collect.", "fractions.", "powers.", "expand.", "roots.",
               "functions.", "statement.", "quadratic.", "polynomial.", "rational.")  # fmt: skip
MOVES = ("linear.add_both", "linear.subtract_both", "quadratic.isolate_square",
         "rational.multiply_by_lcd", "polynomial.standard_form")  # fmt: skip
CLEARING = ("linear.clear_denominators", "linear.multiply_both", "linear.divide_both",
            "rational.multiply_by_lcd", "fractions.")  # fmt: skip
CANCELLING = ("fractions.", "powers.", "roots.cancel", "rational.", "linear.combine",
              "arithmetic.divide", "arithmetic.signs", "expand.minus_bracket")  # fmt: skip
FACTORING = ("factor.", "quadratic.factor", "quadratic.perfect_square", "polynomial.factor",
             "polynomial.rational_root", "fractions.factor")  # fmt: skip
COLLECTING = ("collect.", "linear.combine", "linear.simplify_side", "arithmetic.", "powers.",
              "fractions.", "roots.multiply", "roots.cancel")  # fmt: skip

COVERED_BY: dict[str, tuple[str, ...]] = {
    "SIMPLIFY_LEFT_SIDE": SIMPLIFYING,
    "SIMPLIFY_RIGHT_SIDE": SIMPLIFYING,
    "SIMPLIFY_ARITHMETIC": ("arithmetic.", "linear.combine", "linear.simplify_side",
                            "statement.calculate", "fractions.", "powers.", "collect.",
                            "linear.multiply_both"),
    "COLLECT_AND_COMBINE_LIKE_TERMS": COLLECTING,
    "ADD_POLYNOMIAL_TERMS": COLLECTING,
    "CANCEL_TERMS": CANCELLING,
    "SIMPLIFY_FRACTION": CANCELLING,
    "SIMPLIFY_DIVISION": CANCELLING,
    "ADD_TO_BOTH_SIDES": MOVES,
    "SUBTRACT_FROM_BOTH_SIDES": MOVES,
    "MULTIPLY_TO_BOTH_SIDES": CLEARING,
    "DIVIDE_FROM_BOTH_SIDES": CLEARING,
    "MULTIPLY_BOTH_SIDES_BY_INVERSE_FRACTION": CLEARING,
    "MULTIPLY_BOTH_SIDES_BY_NEGATIVE_ONE": CLEARING,
    "CANCEL_MINUSES": CLEARING,
    "SWAP_SIDES": ("linear.swap", "polynomial.standard_form", "rational.multiply_by_lcd"),
    "DISTRIBUTE": ("expand.", "linear.distribute", "linear.simplify_side"),
    "DISTRIBUTE_NEGATIVE_ONE": ("expand.", "arithmetic.signs", "collect.opposite"),
    "BREAK_UP_FRACTION": ("fractions.", "linear.clear_denominators"),
    "ADD_FRACTIONS": ("fractions.", "linear.clear_denominators", "linear.combine"),
    "MULTIPLY_FRACTIONS": ("fractions.", "arithmetic.signs"),
    "MULTIPLY_COEFFICIENTS": ("arithmetic.multiply", "powers.", "roots.multiply", "roots.cancel"),
    "EXPAND_EXPONENT": ("powers.", "expand.", "arithmetic.multiply"),
    "MULTIPLY_NTH_ROOTS": ("roots.", "powers."),
    "NTH_ROOT_VALUE": ("roots.",),
    "CANCEL_EXPONENT_AND_ROOT": ("roots.",),
    "CANCEL_ROOT": ("roots.", "powers."),
    "ABSOLUTE_VALUE": ("functions.absolute",),
    "RESOLVE_DOUBLE_MINUS": ("arithmetic.double_minus", "arithmetic.signs"),
    "MULTIPLY_BY_ZERO": ("arithmetic.", "linear.combine", "linear.divide_both"),
    "FIND_ROOTS": ("equation.zero_product", "equation.cases", "polynomial.take_root",
                   "quadratic.", "polynomial."),
    "FACTOR_PERFECT_SQUARE": FACTORING,
    "FACTOR_DIFFERENCE_OF_SQUARES": (*FACTORING, "quadratic.square_roots"),
    "FACTOR_SUM_PRODUCT_RULE": FACTORING,
    "FACTOR_SYMBOL": FACTORING,
    "STATEMENT_IS_TRUE": ("statement.judge", "equation.always_true"),
    "STATEMENT_IS_FALSE": ("statement.judge", "equation.never_true"),
}  # fmt: skip
TIDYING = frozenset({
    "REMOVE_ADDING_ZERO", "REMOVE_MULTIPLYING_BY_ONE", "REMOVE_MULTIPLYING_BY_NEGATIVE_ONE",
    "REMOVE_EXPONENT_BY_ONE", "SIMPLIFY_SIGNS", "REARRANGE_COEFF",
})  # fmt: skip


def rules(steps: list[dict[str, Any]]) -> Iterator[str]:
    """The rule ids of steps and sub-steps."""
    for step in steps:
        yield step["rule"]
        yield from rules(step["steps"])


@dataclass(frozen=True)
class Comparison:
    """One row: how many steps on each side, and the kinds of theirs that we lack."""

    row: dict[str, Any]
    theirs: int
    ours: int
    missing: tuple[str, ...]


def compare(row: dict[str, Any], record: dict[str, Any]) -> Comparison:
    """The steps of a record beside those of mathsteps in the row."""
    kinds = [k for k in row["mathsteps_head"]["change_types"] if k not in TIDYING]
    found = list(rules(record["steps"]))
    missing = tuple(
        k for k in dict.fromkeys(kinds) if not any(r.startswith(COVERED_BY[k]) for r in found)
    )
    return Comparison(row, len(kinds), len(found), missing)
