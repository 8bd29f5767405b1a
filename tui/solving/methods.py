"""The methods that may be chosen for a problem: those alone that it can be solved by.

Looked for in the formulas as they were read; the solver itself is in another process.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.types import Problem, Request, Task, Text, Trouble
from runtimes import texts

ANY = Text("the shortest", "最简")
FACTORING = ("factoring", Text("factoring", "因式分解法"))
QUADRATIC = (
    ("completing_square", Text("completing the square", "配方法")),
    ("formula", Text("quadratic formula", "公式法")),
)
SYSTEM = (
    ("substitution", Text("substitution", "代入消元法")),
    ("elimination", Text("elimination", "加减消元法")),
)
MATRIX = ("matrix", Text("matrix", "矩阵法"))
METHODS = dict((FACTORING, *QUADRATIC, *SYSTEM, MATRIX))
NO_METHODS = texts.Text(
    "methods can be chosen for quadratic equations and for linear systems",
    "一元二次方程和线性方程组可以选择解法",
)
HIGHEST, MOST_TERMS = 8, 64
"""A power and a sum that are multiplied out at most."""
Value = Fraction | float
"""A coefficient; one that is not rational is known in digits alone."""
Terms = dict[tuple[int, ...], Value]
"""A polynomial: its coefficients by the powers of its letters."""
NONE = Fraction()
NEAR = 1e-9
"""A sum of digits so near to nothing may be nothing."""
CONSTANTS = {t.ConstantName.PI: math.pi, t.ConstantName.E: math.e}
Method = tuple[str, Text]


def methods_of(read: Problem | Trouble | None) -> tuple[Method, ...]:
    """Those that a problem has; none where that is not plain to see."""
    if not isinstance(read, Problem) or read.request.task is not Task.SOLVE:
        return ()
    given = _statements(read.request)
    names = tuple(dict.fromkeys(name for one in given for name in t.symbols(one)))
    if len(given) == 1 == len(names):
        return _of_one(given[0], names)
    return _of_several(given, names) if min(len(given), len(names)) > 1 else ()


def _statements(request: Request) -> tuple[t.Expr, ...]:
    match request.operands:
        case (t.Junction(t.Connective.AND, parts),):
            return parts
        case given:
            return given


def _of_one(given: t.Expr, names: Sequence[str]) -> tuple[Method, ...]:
    terms = _equation(given, names)
    if terms is None or max((powers[0] for powers in terms), default=0) != 2:
        return ()
    a, b, c = (terms.get((power,), NONE) for power in (2, 1, 0))
    rational = isinstance(_root(b * b - 4 * a * c), Fraction)
    return (FACTORING, *QUADRATIC) if rational else QUADRATIC


def _root(number: Value) -> Value | None:
    """Its square root; ``None`` where there is none."""
    if number < 0:
        return None
    if isinstance(number, float):
        return math.sqrt(number)
    root = Fraction(math.isqrt(number.numerator), math.isqrt(number.denominator))
    return root if root * root == number else math.sqrt(number)


def _of_several(given: Iterable[t.Expr], names: Sequence[str]) -> tuple[Method, ...]:
    rows: list[list[Value]] = []
    for one in given:
        terms = _equation(one, names)
        if terms is None or any(sum(powers) > 1 for powers in terms):
            return ()
        units = [tuple(int(name == other) for other in names) for name in names]
        rows.append([terms.get(unit, NONE) for unit in units])
    return (*SYSTEM, MATRIX) if _invertible(rows) else SYSTEM


def _invertible(rows: list[list[Value]]) -> bool:
    """Are the equations independent, one for each unknown?"""
    if any(len(row) != len(rows) or float in map(type, row) for row in rows):
        return False
    rest = rows
    while rest:
        first = next((row for row in rest if row[0]), None)
        if first is None:
            return False
        rest = [
            [x - row[0] / first[0] * y for x, y in zip(row[1:], first[1:], strict=True)]
            for row in rest
            if row is not first
        ]
    return True


def _equation(given: t.Expr, names: Sequence[str]) -> Terms | None:
    """Left less right, if it is an equation of polynomials with numbers as coefficients."""
    if not isinstance(given, t.Relation) or given.op is not t.Comparison.EQ:
        return None
    try:
        return _terms(t.sub(given.left, given.right), names)
    except OverflowError:
        return None


def _terms(expr: t.Expr, names: Sequence[str]) -> Terms | None:
    match expr:
        case t.Number(value):
            return {(0,) * len(names): value}
        case t.Constant(name) if name in CONSTANTS:
            return {(0,) * len(names): CONSTANTS[name]}
        case t.Call("sqrt", (arg,)):
            return _root_of(_terms(arg, names))
        case t.Symbol(letter):
            return {tuple(int(letter == name) for name in names): Fraction(1)}
        case t.Neg(arg):
            return _product(_terms(arg, names), {(0,) * len(names): Fraction(-1)})
        case t.Add(parts):
            return _sum([_terms(part, names) for part in parts])
        case t.Mul(parts):
            made: Terms | None = {(0,) * len(names): Fraction(1)}
            for part in parts:
                made = _product(made, _terms(part, names))
            return made
        case t.Div(num, den):
            below = _terms(den, names)
            if below is None or any(map(any, below)) or not any(below.values()):
                return None
            inverse: Terms = {powers: 1 / value for powers, value in below.items()}
            return _product(_terms(num, names), inverse)
        case t.Pow(base, t.Number(n)) if n.denominator == 1 and 0 < n <= HIGHEST:
            return _terms(t.Mul((base,) * int(n)), names)
    return None


def _root_of(under: Terms | None) -> Terms | None:
    """The root of a number."""
    if under is None or any(map(any, under)):
        return None
    roots = {powers: _root(value) for powers, value in under.items()}
    return {powers: root for powers, root in roots.items() if root is not None} or None


def _sum(parts: Iterable[Terms | None]) -> Terms | None:
    made: Terms = {}
    for part in parts:
        if part is None:
            return None
        for powers, value in part.items():
            made[powers] = made.get(powers, NONE) + value
    if any(isinstance(value, float) and abs(value) < NEAR for value in made.values()):
        return None
    return _within({powers: value for powers, value in made.items() if value})


def _product(one: Terms | None, other: Terms | None) -> Terms | None:
    if one is None or other is None:
        return None
    return _sum(
        {tuple(map(sum, zip(p, q, strict=True))): x * y}
        for p, x in one.items()
        for q, y in other.items()
    )


def _within(terms: Terms) -> Terms | None:
    """Nothing that would take long."""
    return terms if len(terms) <= MOST_TERMS else None
