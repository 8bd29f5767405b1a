"""Expected answers of the sets, as pupils and mathsteps write them, read by SymPy."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication,
    parse_expr,
    standard_transformations,
)

TRANSFORMATIONS = (*standard_transformations, convert_xor, implicit_multiplication)
LETTERS = {name: sp.Symbol(name, positive=True) for name in "abcdefghijklmnopqrstuvwxyzSNOQCE"}
NAMES: dict[str, Any] = {
    **LETTERS,
    "nthRoot": lambda x, n=2: sp.Pow(x, sp.Rational(1, n)),
    "root": lambda x, n=2: sp.Pow(x, sp.Rational(1, n)),
    "abs": sp.Abs,
    "ln": sp.log,
    "sqrt": sp.sqrt,
}


def expected_value(text: str) -> Any:
    """The value of a formula of a data set, letters positive."""
    return parse_expr(text, local_dict=dict(NAMES), transformations=TRANSFORMATIONS)


def answered_value(record: dict[str, Any]) -> Any:
    """The value of the record's ``srepr``, letters positive."""
    value = sp.sympify(record["answer"]["srepr"])
    return value.xreplace(
        {s: LETTERS.get(s.name, sp.Symbol(s.name, positive=True)) for s in value.free_symbols}
    )


def same_value(left: Any, right: Any) -> bool:
    """Whether two expressions agree: exactly, or at points to 25 digits."""
    difference = left - right
    if difference == 0 or sp.expand(difference) == 0:
        return True
    names = sorted(difference.free_symbols, key=str)
    for shift in range(3):
        point = {s: sp.Rational(7 * n + 3 + 5 * shift, 4 + n) for n, s in enumerate(names)}
        size = abs(sp.N(left.subs(point), 30)) + 1
        if abs(sp.N(difference.subs(point), 30)) > size * sp.Float("1e-22"):
            return False
    return True
