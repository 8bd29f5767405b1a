"""A formula in a line, where it is sure what is meant by it."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.formulas.formula import read_sure
from assistant.maths.reading.formulas.tokens import ReadingError

UNEVEN = re.compile(
    r"\d\s*/\s+\d+/\d|\d\s+/\s*\d+/\d|÷\s*(?!\d+/\d+(?![\w(.^!]))(?:\w+|\([^()]*\))/"
)
"""``50 / 1/2``, ``a ÷ 1/(x + 1)``: perhaps the division by a fraction."""


def formula(text: str) -> t.Expr | None:
    """A formula, or ``None``."""
    try:
        return None if UNEVEN.search(text) else read_sure(text)
    except (ReadingError, RecursionError):
        return None


def lone_e(tree: t.Expr) -> bool:
    """Whether the letter e stands where it may be a name: neither a base nor an argument."""
    e = t.Constant(t.ConstantName.E)
    return tree == e or any(
        e in t.children(n) and not isinstance(n, t.Pow | t.Call) for n in t.walk(tree)
    )
