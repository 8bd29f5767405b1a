"""Calculations with matrices, written out or under the names that the problem gives them."""

from __future__ import annotations

import re
from itertools import pairwise

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.checking.lines.course import Course
from assistant.maths.checking.lines.marks import UNKNOWN, Finding, linked, on, proved
from assistant.maths.checking.tasks.matrices import value_of
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.reading.formulas.formula import read_sure
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.types import Link, Proved, Refuted, Text

_ROWS = (
    r"\[\s*(?:\[[^\[\]]{1,200}\]\s*,?\s*){1,9}\]|\[[^\[\]]{1,200};[^\[\]]{1,200}\]"
    r"|\\begin\{(?P<kind>[pb]matrix)\}.{1,400}?\\end\{(?P=kind)\}"
)
_TOLD = re.compile(rf"(?<![A-Za-z\\_])([A-Z])\s{{0,3}}=\s{{0,3}}({_ROWS})", re.DOTALL)
"""``A = [[1, 2], [3, 4]]`` among words."""
_OTHERWISE = re.compile(
    r"\b(?:mod(?:ulo|ular)?|(?:element|entry)[\s-]*wise|Hadamard|Kronecker)\b|\\[bp]?mod(?![a-z])|模(?!型)|逐元素|对应元素",
    re.IGNORECASE,
)
"""Products and numbers that are not the usual ones."""
HOLDS = proved("arithmetic", "both sides are equal", "两边相等")
BY_NAMES = ("what the matrices of the problem give", "由题中矩阵得到的结果")


def told_matrices(problem: str) -> dict[str, t.Expr]:
    """The matrices that a problem names, each once."""
    found: dict[str, t.Expr] = {}
    if _OTHERWISE.search(problem):
        return found
    names = [match[1] for match in _TOLD.finditer(problem)]
    for match in _TOLD.finditer(problem):
        try:
            value = read_sure(match[2])
        except (ReadingError, RecursionError):
            continue
        if isinstance(value, t.Matrix) and not t.symbols(value) and names.count(match[1]) == 1:
            found[match[1]] = value
    return found


def of_matrices(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on a chain of calculations with matrices; nothing where a letter in it is no
    matrix of the problem."""
    sides = [side for side in claim.sides if side is not None]
    if len(sides) < max(2, len(claim.sides)) or set(claim.signs) != {"="}:
        return None
    if len(sides) > 2 and isinstance(sides[0], t.Symbol) and sides[0].name not in course.matrices:
        sides = sides[1:]  # the name of what is worked out
    written = [_written_out(side, course.matrices) for side in sides]
    if any(map(t.symbols, written)) or not any(map(_has_matrix, written)):
        return None
    used = {n.name for side in sides for n in t.walk(side) if isinstance(n, t.Symbol)}
    ground = [
        t.equation(t.Symbol(name), value) for name, value in course.matrices.items() if name in used
    ]
    verdicts = [
        linked(*((one, other) if _has_matrix(one) else (other, one)), Link.EQUAL)
        for one, other in pairwise(written)
    ]
    if all(isinstance(v, Proved) for v in verdicts):
        return on(proved("substitution", *BY_NAMES), *ground) if ground else HOLDS
    wrong = next((v for v in verdicts if isinstance(v, Refuted)), None)
    if wrong is None or not _is_meant(claim, line, written):
        return UNKNOWN
    return on(Finding(wrong, _why(written[verdicts.index(wrong)])), *ground)


def _why(side: t.Expr) -> Text:
    """What the side before the wrong one is."""
    try:
        found = value_of(side)
        value = from_sympy(found.as_immutable() if isinstance(found, sp.MatrixBase) else found)
    except (NotConvertible, sp.ShapeError, TypeError, ValueError):
        return Text("the two sides are not equal", "两边不相等")
    return Text("it gives {0}", "应得 {0}", (value,))


def _is_meant(claim: Claim, line: Line, sides: list[t.Expr]) -> bool:
    """Whether a false chain is a wrong calculation: no steps of a reduction with ``=`` between
    them, no rounded entries, nothing that is only supposed."""
    if not claim.sure or line.supposed or line.denied or line.negated or line.rounded:
        return False
    parts = [n for side in sides for n in t.walk(side)]
    if any(isinstance(n, t.Number) and n.decimals for n in parts):
        return False
    return not all(isinstance(side, t.Matrix) for side in sides)


def _written_out(side: t.Expr, matrices: dict[str, t.Expr]) -> t.Expr:
    """With the matrices in place of their names, ``A^T`` turned and ``|A|`` as a determinant."""

    def change(node: t.Expr) -> t.Expr:
        match node:
            case t.Pow(t.Matrix() as base, t.Symbol("T")) if "T" not in matrices:
                return t.Call("transpose", (base,))
            case t.Call("abs", (arg,)) if _has_matrix(arg):
                return t.Call("det", (arg,))
            case t.Symbol(name) if name in matrices:
                return matrices[name]
        return node

    return t.transform(t.transform(side, change), change)


def _has_matrix(expr: t.Expr) -> bool:
    return any(isinstance(n, t.Matrix) for n in t.walk(expr))
