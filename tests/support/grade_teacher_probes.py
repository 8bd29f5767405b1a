"""Teacher's probes are SymPy calls: posed to the product in its spelling, judged by numbers.

Only calls that solve are judged here; the others are left unsure.
"""

from __future__ import annotations

import ast
import re
from typing import Any

import sympy as sp
from scoring import Grade

SOLVERS = ("solve", "solveset", "solve_univariate_inequality")
K = sp.Symbol("k")


def spelling(node: ast.expr) -> str:
    """SymPy's expression in plain text."""
    text = ast.unparse(node)
    text = re.sub(r"Rational\((\d+), (\d+)\)", r"(\1/\2)", text)
    text = re.sub(r"\breal_root\(", "root(", text)
    return text.replace("**", "^").replace("Abs(", "abs(")


def call_of(row: dict[str, Any]) -> ast.Call | None:
    tree = ast.parse(row.get("sympy_input", row["input"]), mode="eval").body
    known = isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    return tree if known and isinstance(tree, ast.Call) and name_of(tree) in SOLVERS else None


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def statements_of(call: ast.Call) -> list[str]:
    first = call.args[0]
    parts = first.elts if isinstance(first, ast.List) else [first]
    return [spelling(p) if isinstance(p, ast.Compare) else f"{spelling(p)} = 0" for p in parts]


def pose(row: dict[str, Any]) -> dict[str, Any]:
    call = call_of(row)
    if call is None:
        return row
    unknown = ast.unparse(call.args[1]).strip("[]").split(", ")
    posed = {**row, "sympy_input": row["input"], "input": "; ".join(statements_of(call))}
    posed["task"] = "solve"
    return {**posed, "variable": unknown[0]} if len(unknown) == 1 else posed


def relations(call: ast.Call) -> list[sp.Basic]:
    names = {s: sp.Symbol(s, real=True) for s in "xyzabr"}
    scope: dict[str, Any] = {**vars(sp), **names}
    first = call.args[0]
    parts = first.elts if isinstance(first, ast.List) else [first]
    return [eval(ast.unparse(p), scope) for p in parts]


def holds(relation: sp.Basic, values: dict[sp.Symbol, sp.Expr]) -> bool | None:
    """Whether a statement is true of numbers; ``None`` where it has no real value."""
    if isinstance(relation, sp.core.relational.Relational):
        gap = sp.N((relation.lhs - relation.rhs).subs(values), 20)
        if not gap.is_real:
            return None
        return bool(relation.func(gap, 0))
    gap = sp.N(school(relation).subs(values), 30)
    return bool(abs(gap) < 1e-12) if gap.is_number and gap.is_finite else None


def school(value: sp.Basic) -> sp.Basic:
    """Roots of odd order taken real, as a school does."""
    w = sp.Wild("w")
    return value.replace(sp.Pow(w, sp.Rational(1, 3)), sp.real_root(w, 3))


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    call = call_of(row)
    if call is None:
        return Grade.UNSURE
    if record["answer"] is None or not record["answer"]["srepr"]:
        return Grade.NONE
    got = sp.sympify(record["answer"]["srepr"])
    return judge(relations(call), got, list(record.get("variables") or ()))


def judge(statements: list[sp.Basic], got: sp.Basic, names: list[str]) -> Grade:
    if len(statements) > 1 or len(names) > 1:
        return judge_tuples(statements, got, names)
    x = sp.Symbol(names[0], real=True)
    others = sorted(statements[0].free_symbols - {x}, key=str)
    for shift in (sp.Rational(-7, 3), sp.Rational(5, 2)) if others else (sp.Integer(0),):
        values = dict.fromkeys(others, shift)
        plain = {sp.Symbol(s.name): v for s, v in values.items()}
        if not judge_line(statements[0].subs(values), got.subs(plain), x):
            return Grade.WRONG
    return Grade.RIGHT


def judge_line(statement: sp.Basic, got: sp.Basic, x: sp.Symbol) -> bool:
    """Members solve it; points of a grid are members exactly where it holds."""
    for value in members(got):
        if holds(statement, {x: value}) is False:
            return False
    if isinstance(statement, sp.core.relational.Relational):
        grid = [sp.Rational(n, 7) for n in range(-140, 141)]
        return all((holds(statement, {x: v}) is True) == contains(got, v) for v in grid)
    return all(any(abs(sp.N(v - m)) < 1e-6 for m in members(got)) for v in scan(statement, x))


def members(got: sp.Basic) -> list[sp.Expr]:
    parts = got.args if isinstance(got, sp.Union) else (got,)
    values: list[sp.Expr] = []
    for part in parts:
        if isinstance(part, sp.FiniteSet):
            values += list(part)
        elif isinstance(part, sp.ImageSet):
            values += [part.lamda(n) for n in range(-8, 9)]
    return values


def contains(got: sp.Basic, value: sp.Expr) -> bool:
    return bool(got.contains(value) == sp.true)


def scan(value: sp.Basic, x: sp.Symbol) -> list[float]:
    """Zeros on [-20, 20] by change of sign."""
    f = sp.lambdify(x, school(value), "mpmath")
    found: list[float] = []
    last = None
    for n in range(-2000, 2001):
        place = n / 100 + 0.00317
        try:
            y = f(place)
            now = None if abs(sp.im(y)) > 1e-12 else float(sp.re(y))
        except (ValueError, ZeroDivisionError, TypeError):
            now = None
        if now is not None and last is not None and now * last < 0 and abs(now - last) < 5:
            low, high = place - 0.01, place
            for _ in range(60):
                middle = (low + high) / 2
                low, high = (middle, high) if float(sp.re(f(middle))) * last > 0 else (low, middle)
            found.append(low)
        last = now
    return found


def judge_tuples(statements: list[sp.Basic], got: sp.Basic, names: list[str]) -> Grade:
    symbols = [sp.Symbol(n, real=True) for n in names]
    for pair in got if isinstance(got, sp.FiniteSet) else ():
        values = dict(zip(symbols, pair, strict=True))
        if any(holds(s, values) is not True for s in statements):
            return Grade.WRONG
    return Grade.RIGHT if len(got.args) == count_tuples(statements, symbols) else Grade.WRONG


def count_tuples(statements: list[sp.Basic], symbols: list[sp.Symbol]) -> int:
    """How many solutions Newton's method finds from a grid of starts."""
    found: list[tuple[float, ...]] = []
    starts = [(a + 0.3, b + 0.7) for a in range(-7, 8, 2) for b in range(-7, 8, 2)]
    for start in starts:
        try:
            root = sp.nsolve(statements, symbols, start, tol=1e-14, maxsteps=40)
        except (ValueError, ZeroDivisionError, TypeError):
            continue
        place = tuple(complex(v) for v in root)
        if any(abs(v.imag) > 1e-9 for v in place):
            continue
        close = [
            p for p in found if all(abs(a - b.real) < 1e-6 for a, b in zip(p, place, strict=True))
        ]
        if not close:
            found.append(tuple(v.real for v in place))
    return len(found)
