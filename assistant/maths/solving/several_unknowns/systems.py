"""Systems of linear equations: elimination, substitution, Cramer's rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import ways
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.linear_sides import linear_tree, same_terms
from assistant.maths.solving.equations.solution_sets import EMPTY, decimal_tree, has_decimals
from assistant.maths.solving.equations.unknowns import statements, system_unknowns
from assistant.maths.solving.several_unknowns.linear_rows import Rows, rows_of, shorter, whole
from assistant.maths.types import Link, Request, Rule, Step, Text

STANDARD = Rule("system.standard_form", "Write each equation in standard form", "整理方程组")
ELIMINATE = Rule("system.eliminate", "Eliminate an unknown", "加减消元")
EXPRESS = Rule("system.express", "Express one unknown by the others", "用其他未知数表示一个未知数")
SUBSTITUTE = Rule("system.substitute", "Substitute", "代入消元")
BACK = Rule("system.back_substitute", "Substitute back", "回代求解")
CONTRADICTION = Rule("system.contradiction", "A contradiction", "出现矛盾")
REDUNDANT = Rule("system.redundant", "Drop an equation that says nothing", "去掉恒等式")
CRAMER = Rule("system.cramer", "Cramer's rule", "克拉默法则")
DETERMINANT = Rule("system.determinant", "Calculate the determinant", "计算行列式")


@dataclass
class System:
    """A system on its way; ``values`` are what its unknowns came to."""

    names: tuple[str, ...]
    rows: Rows
    trail: Trail

    def equation(self, row: Sequence[sp.Expr]) -> t.Relation:
        """A row as an equation."""
        left = sum((c * sp.Symbol(n) for c, n in zip(row, self.names, strict=False)), sp.Integer(0))
        return t.equation(self._tree(left), from_sympy(row[-1]))

    def _tree(self, value: sp.Expr) -> t.Expr:
        if value == 0:
            return t.integer(0)
        terms = []
        for name in self.names:
            part = linear_tree(sp.expand(value.coeff(sp.Symbol(name))) * sp.Symbol(name), name)
            part = (
                part
                if part is not None
                else from_sympy(value.coeff(sp.Symbol(name)) * sp.Symbol(name))
            )
            if part != t.integer(0) and part != t.Add(()):
                terms.append(part)
        return t.add(*terms)

    def line(self) -> t.Expr:
        """All the equations."""
        return _all([self.equation(r) for r in self.rows])


def _all(parts: Sequence[t.Expr]) -> t.Expr:
    return parts[0] if len(parts) == 1 else t.Junction(t.Connective.AND, tuple(parts))


def linear_system(request: Request) -> Draft | None:
    """``x + y = 5; x - y = 1``: one solution, none, or a family with free unknowns."""
    given = statements(request)
    names, asked = system_unknowns(request)
    if not given or len(names) < 2:
        return None
    rows = rows_of(given, names)
    if rows is None:
        return None
    system = System(names, [whole(r) for r in rows], Trail(_all(given), Link.EQUIVALENT, names[0]))
    _standard(system, given)
    symbolic = any(r[-1].free_symbols for r in rows)
    matrix = sp.Matrix([r[:-1] for r in rows])
    if symbolic and matrix.rank() < len(rows):
        return None  # whether it has solutions depends on the letters
    method = _chosen(request.method, system, given)
    if method == "matrix":
        values = cramer(system)
    elif method == "substitution":
        values = substitution(system)
    else:
        values = elimination(system)
    return _draft(system, values, asked, (given, method))


Values = dict[str, sp.Expr] | None
"""Each unknown by numbers and free unknowns; ``None`` for no solution."""


def _standard(system: System, given: Sequence[t.Expr]) -> None:
    equations = [system.equation(r) for r in system.rows]
    shown = [
        g if isinstance(g, t.Relation) and same_terms(g.left, e.left) and g.right == e.right else e
        for g, e in zip(given, equations, strict=True)
    ]
    why = Text(
        "Unknowns on the left, numbers on the right, no fractions.",
        "未知数移到左边，常数移到右边，去掉分母。",
    )
    if tuple(shown) != tuple(given):
        system.trail.to(_all(shown), STANDARD, why)


def _chosen(method: str, system: System, given: Sequence[t.Expr]) -> str:
    square = len(system.rows) == len(system.names)
    if method in ("matrix", "cramer", "gauss"):
        invertible = square and sp.Matrix([r[:-1] for r in system.rows]).det() != 0
        return "matrix" if invertible else "elimination"
    if method in ("substitution", "elimination"):
        return method
    solved = any(isinstance(g, t.Relation) and isinstance(g.left, t.Symbol) for g in given)
    return "substitution" if solved and len(system.names) == 2 else "elimination"


def elimination(system: System) -> Values:
    """Gaussian elimination with whole numbers, then back-substitution."""
    rows, trail = system.rows, system.trail
    pivots: list[int] = []
    top = 0
    for column, name in enumerate(system.names):
        choice = [r for r in range(top, len(rows)) if rows[r][column] != 0]
        if not choice:
            continue
        best = min(choice, key=lambda r: (abs(rows[r][column]), r))
        rows[top], rows[best] = rows[best], rows[top]
        parts: list[Step] = []
        for below in range(top + 1, len(rows)):
            if rows[below][column] != 0:
                combined = _combined(rows[top], rows[below], column)
                parts.append(_row_step(system, rows[top], rows[below], combined, column))
                rows[below] = combined
        if len(choice) > 1:
            why = Text(
                "Add suitable multiples of {0} to the others so that {1} disappears.",
                "将 {0} 的适当倍数加到其他方程上，消去 {1}。",
                (system.equation(rows[top]), t.Symbol(name)),
            )
            trail.to(system.line(), ELIMINATE, why, substeps=parts)
        if not _clean(system):
            return None
        pivots.append(column)
        top += 1
        if top >= len(rows):
            break
    return _back(system, pivots)


def _row_step(
    system: System,
    pivot: Sequence[sp.Expr],
    row: Sequence[sp.Expr],
    combined: Sequence[sp.Expr],
    column: int,
) -> Step:
    """One pair of equations: which multiples are taken, and what is left."""
    common = gcd(int(pivot[column]), int(row[column]))
    factors = from_sympy(pivot[column] / common), from_sympy(row[column] / common)
    first, second, third = (system.equation(r) for r in (pivot, row, combined))
    why = Text(
        "Take {0} times {1} and subtract {2} times {3}; shorten or change the sign if possible.",
        "取 {1} 的 {0} 倍，减去 {3} 的 {2} 倍，再约简。",
        (factors[0], second, factors[1], first),
    )
    return Step(
        rule=ELIMINATE,
        why=why,
        before=_all([first, second]),
        after=_all([first, third]),
        link=Link.EQUIVALENT,
        variable=system.names[column],
    )


def _combined(pivot: Sequence[sp.Expr], row: Sequence[sp.Expr], column: int) -> list[sp.Expr]:
    a, b = pivot[column], row[column]
    common = gcd(int(a), int(b))
    return shorter([sp.expand((a * r - b * p) / common) for p, r in zip(pivot, row, strict=True)])


def _clean(system: System) -> bool:
    """Rows without unknowns: a contradiction ends it, an identity goes."""
    for row in system.rows:
        if not any(row[:-1]) and row[-1] != 0:
            why = Text("{0} can never hold.", "{0} 不可能成立。", (system.equation(row),))
            system.trail.to(t.Truth(value=False), CONTRADICTION, why)
            return False
    kept = [r for r in system.rows if any(r)]
    if len(kept) < len(system.rows):
        system.rows[:] = kept
        why = Text("0 = 0 says nothing.", "0 = 0 恒成立，可以去掉。")
        if kept:
            system.trail.to(system.line(), REDUNDANT, why)
    return True


def _back(system: System, pivots: Sequence[int]) -> Values:
    names, rows = system.names, system.rows
    values: dict[str, sp.Expr] = {}
    free = [n for k, n in enumerate(names) if k not in pivots]
    for row, column in sorted(zip(rows, pivots, strict=False), key=lambda rc: -rc[1]):
        rest = row[-1] - sum(
            row[k] * values.get(n, sp.Symbol(n)) for k, n in enumerate(names) if k != column
        )
        values[names[column]] = sp.expand(rest / row[column])
        why = Text("Find {0}.", "求出 {0}。", (t.Symbol(names[column]),))
        if free and len(values) == 1:
            why = Text(
                "{0} stays free; find {1}.",
                "{0} 为自由未知数，求出 {1}。",
                (", ".join(free), t.Symbol(names[column])),
            )
        known = [t.equation(t.Symbol(n), from_sympy(values[n])) for n in names if n in values]
        open_rows = [
            system.equation(r) for r, c in zip(rows, pivots, strict=False) if names[c] not in values
        ]
        system.trail.to(_all([*open_rows, *known]), BACK, why)
    return {n: values.get(n, sp.Symbol(n)) for n in names}


def substitution(system: System) -> Values:
    """Express one unknown, put it into the others, and so on."""
    trail, names = system.trail, system.names
    rows = [list(r) for r in system.rows]
    done: list[tuple[str, sp.Expr]] = []
    while rows:
        at, column = min(
            ((r, c) for r, row in enumerate(rows) for c in range(len(names)) if row[c] != 0),
            key=lambda rc: (abs(abs(rows[rc[0]][rc[1]]) - 1), rc),
            default=(-1, -1),
        )
        if at < 0:
            system.rows = rows
            return None if not _clean(system) else _resolved(system, done)
        row = rows.pop(at)
        name = names[column]
        rest = row[-1] - sum(row[k] * sp.Symbol(n) for k, n in enumerate(names) if k != column)
        value = sp.expand(rest / row[column])
        done.append((name, value))
        shown = [t.equation(t.Symbol(n), from_sympy(v)) for n, v in done]
        trail.to(
            _all([*shown, *(system.equation(r) for r in rows)]),
            EXPRESS,
            Text("Solve one equation for {0}.", "由其中一个方程解出 {0}。", (t.Symbol(name),)),
        )
        rows = [_inserted(r, column, row) for r in rows]
        trail.to(
            _all([*shown, *(system.equation(r) for r in rows)]),
            SUBSTITUTE,
            Text("Put {0} into the other equations.", "把 {0} 代入其他方程。", (shown[-1],)),
        )
        contradiction = [r for r in rows if not any(r[:-1]) and r[-1] != 0]
        if contradiction:
            why = Text(
                "{0} can never hold.", "{0} 不可能成立。", (system.equation(contradiction[0]),)
            )
            trail.to(t.Truth(value=False), CONTRADICTION, why)
            return None
        rows = [r for r in rows if any(r)]
    return _resolved(system, done)


def _inserted(row: Sequence[sp.Expr], column: int, pivot: Sequence[sp.Expr]) -> list[sp.Expr]:
    if row[column] == 0:
        return list(row)
    return shorter(
        whole([r - row[column] * p / pivot[column] for r, p in zip(row, pivot, strict=True)])
    )


def _resolved(system: System, done: Sequence[tuple[str, sp.Expr]]) -> Values:
    values: dict[str, sp.Expr] = {}
    for name, value in reversed(done):
        values[name] = sp.expand(value.subs({sp.Symbol(n): v for n, v in values.items()}))
    shown = [t.equation(t.Symbol(n), from_sympy(values[n])) for n in system.names if n in values]
    why = Text("Put the values back.", "回代求出其余未知数。")
    system.trail.to(_all(shown), BACK, why)
    return {n: values.get(n, sp.Symbol(n)) for n in system.names}


def cramer(system: System) -> Values:
    """Quotients of determinants (Cramer's rule)."""
    matrix = sp.Matrix([r[:-1] for r in system.rows])
    right = [r[-1] for r in system.rows]
    whole_det = matrix.det()
    steps = [
        _determinant(matrix, whole_det, Text("The determinant of the system.", "系数行列式。"))
    ]
    values: dict[str, sp.Expr] = {}
    for column, name in enumerate(system.names):
        changed = matrix.copy()
        changed[:, column] = sp.Matrix(right)
        det = changed.det()
        why = Text(
            "The column of {0} is replaced by the right side.",
            "把 {0} 的系数列换成常数列。",
            (t.Symbol(name),),
        )
        steps.append(_determinant(changed, det, why))
        values[name] = det / whole_det
    shown = [t.equation(t.Symbol(n), from_sympy(v)) for n, v in values.items()]
    why = Text(
        "Each unknown is its determinant divided by {0}.",
        "每个未知数等于相应行列式除以 {0}。",
        (from_sympy(whole_det),),
    )
    system.trail.to(_all(shown), CRAMER, why, substeps=steps)
    return values


def _determinant(matrix: sp.Matrix, value: sp.Expr, why: Text) -> Step:
    rows = tuple(
        tuple(from_sympy(matrix[r, c]) for c in range(matrix.cols)) for r in range(matrix.rows)
    )
    before = t.Call("det", (t.Matrix(rows),))
    return Step(rule=DETERMINANT, why=why, before=before, after=from_sympy(value), link=Link.EQUAL)


def _draft(
    system: System,
    values: Values,
    asked: tuple[str, ...],
    how: tuple[Sequence[t.Expr], str],
) -> Draft | None:
    given, method = how
    conditions: tuple[Text, ...] = ()
    answer: t.Expr = EMPTY
    if values is not None:
        free = [n for n in system.names if any(v.has(sp.Symbol(n)) for v in values.values())]
        if free and len(asked) < len(system.names):
            return None
        items = tuple(from_sympy(values[n]) for n in asked)
        one = items[0] if len(items) == 1 else t.Collection(t.Bracket.TUPLE, items)
        answer = t.Collection(t.Bracket.SET, (one,))
        if free:
            conditions = (
                Text(
                    "There are infinitely many solutions: {0} can be any real number.",
                    "方程组有无穷多解，其中 {0} 可取任意实数。",
                    (", ".join(free),),
                ),
            )
    decimals = any(has_decimals(g) for g in given)
    return Draft(
        answer=decimal_tree(answer) if decimals else answer,
        steps=tuple(system.trail.steps),
        method=method,
        variables=asked,
        conditions=conditions,
        notes=(ways.FOR_SYSTEMS,),
    )
