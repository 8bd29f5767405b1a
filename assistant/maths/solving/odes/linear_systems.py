"""Three or four linear equations of the first order with constant coefficients: eigenvectors.

For a root λ of det(A - λ) of multiplicity m and a vector v with (A - λ)^m v = 0, the function
e^(λt) (v + t (A - λ) v + … + t^(m-1)/(m-1)! (A - λ)^(m-1) v) solves X' = A X; of a pair of complex
roots, the real and the imaginary part of one of them do.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.cas.guard import OutOfTime, processor_limit
from assistant.maths.checking.tasks.ode_systems import System, read_system
from assistant.maths.solving.common import Draft
from assistant.maths.solving.odes.systems import coefficients, drafted, tidy
from assistant.maths.types import Link, Request, Rule, Step, Text

MATRIX = Rule("ode_system.matrix", "Write it with a matrix", "写成矩阵形式")
ROOTS = Rule("ode_system.eigenvalues", "Eigenvalues of the matrix", "求矩阵的特征值")
VECTORS = Rule("ode_system.eigenvectors", "A solution for each vector", "由特征向量得解")
PARTICULAR = Rule("ode_system.particular", "A particular solution", "求特解")
MOST = 4
SECONDS = 4.0
OF_ITS_FORM = Text(
    "Of the form of f, with coefficients that are compared (one degree more for each eigenvalue"
    " that f has in its exponent).",
    "设特解与 f 同型（若指数为特征值则次数升高），比较系数。",
)
VARIED = Text(
    "X = Φ·∫ Φ⁻¹·f d{0} with the solutions above as the columns of Φ.",
    "以上述各解为列作矩阵 Φ，X = Φ·∫ Φ⁻¹·f d{0}。",
)


def by_eigenvectors(request: Request) -> Draft | None:
    """``x' = y, y' = z, z' = x``, with initial values or without."""
    system = read_system(request)
    if system is None or not 3 <= len(system.names) <= MOST or not _is_posed(system):
        return None
    try:
        with processor_limit(SECONDS):
            return _solved(system)
    except (NotConvertible, ValueError, TypeError, NotImplementedError, OutOfTime):
        return None


def _is_posed(system: System) -> bool:
    """Whether no values are given, or those of all functions at one point."""
    told = [c.left for c in system.conditions]
    values = [(left.name, left.args) for left in told if isinstance(left, t.Call)]
    names, points = {name for name, _ in values}, {args for _, args in values}
    return not told or (names == {*system.names} and len(told) == len(names) and len(points) == 1)


def _solved(system: System) -> Draft | None:
    rows = coefficients(system)
    if rows is None:
        return None
    matrix = sp.Matrix([rates for rates, _ in rows])
    rest = sp.Matrix([value for _, value in rows])
    if matrix.free_symbols:
        return None
    by = sp.Symbol(system.by, real=True)
    root = sp.Dummy("lambda")
    polynomial = matrix.charpoly(root)
    roots = sp.roots(polynomial)
    if sum(roots.values()) != matrix.rows or any(r.has(sp.Piecewise) for r in roots):
        return None
    steps = _first_steps(system, matrix, rest, roots)
    columns: list[sp.Matrix] = []
    for value, often in sorted(roots.items(), key=lambda pair: sp.default_sort_key(pair[0])):
        if sp.im(value) < 0:
            continue
        found = _solutions(matrix, (value, often), by)
        steps.append(_shown(value, found))
        columns += found
    if len(columns) != matrix.rows:
        return None
    whole = sp.Matrix.hstack(*columns)
    constants = [sp.Symbol(f"C_{n}", real=True) for n in range(1, matrix.rows + 1)]
    particular = sp.zeros(matrix.rows, 1)
    if not rest.is_zero_matrix:
        by_form = _by_form(matrix, rest, roots, by)
        particular = _by_variation(whole, rest, by) if by_form is None else by_form
        why = OF_ITS_FORM
        if by_form is None:
            why = Text(VARIED.en, VARIED.zh, (t.Symbol(system.by),))
        steps.append(_formula(PARTICULAR, why, _tree(rest), _tree(particular)))
    general = whole * sp.Matrix(constants) + particular
    found_values = {n: tidy(v) for n, v in zip(system.names, general, strict=True)}
    return drafted(system, found_values, tuple(steps), "eigenvectors")


def _first_steps(
    system: System, matrix: sp.Matrix, rest: sp.Matrix, roots: dict[sp.Expr, int]
) -> list[Step]:
    both = t.Junction(t.Connective.AND, system.equations)
    listed = ", ".join(f"{{{n}}}" for n in range(len(roots)))
    values = tuple(from_sympy(r) for r in roots)
    why = Text("X' = A·X + f with this matrix A.", "X' = A·X + f，其中 A 为此矩阵。")
    if rest.is_zero_matrix:
        why = Text("X' = A·X with this matrix A.", "X' = A·X，其中 A 为此矩阵。")
    told = Text(f"det(A - λ) = 0 for λ = {listed}.", f"det(A - λ) = 0 的根：λ = {listed}。", values)
    return [
        _formula(MATRIX, why, both, _tree(matrix)),
        _formula(ROOTS, told, _tree(matrix), _listed(values)),
    ]


def _solutions(matrix: sp.Matrix, root: tuple[sp.Expr, int], by: sp.Symbol) -> list[sp.Matrix]:
    """The real solutions that belong to a root, or to it and its conjugate."""
    value, often = root
    shifted = (matrix - value * sp.eye(matrix.rows)).applyfunc(sp.expand)
    found: list[sp.Matrix] = []
    for vector in (shifted**often).applyfunc(sp.simplify).nullspace(simplify=True):
        total, term = sp.zeros(matrix.rows, 1), vector
        for k in range(often):
            total += by**k / sp.factorial(k) * term
            term = (shifted * term).applyfunc(sp.simplify)
        real, turn = sp.re(value), sp.im(value)
        size = sp.exp(real * by)
        if turn == 0:
            found.append((size * total).applyfunc(sp.simplify))
            continue
        wave = total * (sp.cos(turn * by) + sp.I * sp.sin(turn * by))
        parts = wave.applyfunc(lambda e: sp.expand(sp.expand_complex(e)))
        found += [
            (size * parts.applyfunc(sp.re)).applyfunc(sp.simplify),
            (size * parts.applyfunc(sp.im)).applyfunc(sp.simplify),
        ]
    return found


def _shown(value: sp.Expr, found: list[sp.Matrix]) -> Step:
    columns = tuple(_tree(c) for c in found)
    why = Text("Solutions for λ = {0}.", "λ = {0} 对应的解。", (from_sympy(value),))
    return _formula(VECTORS, why, from_sympy(value), _listed(columns))


def _by_form(
    matrix: sp.Matrix, rest: sp.Matrix, roots: dict[sp.Expr, int], by: sp.Symbol
) -> sp.Matrix | None:
    """For a sum of ``t^k e^(mu t)``: ``X = sum t^j e^(mu t) p_j`` with vectors to be found."""
    total = sp.zeros(matrix.rows, 1)
    parts = _exponentials(rest, by)
    if not parts:
        return None
    for rate, wanted in parts.items():
        more = next((m for r, m in roots.items() if sp.simplify(r - rate) == 0), 0)
        degree = max(wanted) + more
        vectors = [sp.Matrix([sp.Dummy() for _ in range(matrix.rows)]) for _ in range(degree + 1)]
        gaps: list[sp.Expr] = []
        for j, vector in enumerate(vectors):
            above = (j + 1) * vectors[j + 1] if j < degree else sp.zeros(matrix.rows, 1)
            given = wanted.get(j, sp.zeros(matrix.rows, 1))
            gaps += list(above + rate * vector - matrix * vector - given)
        letters = [letter for vector in vectors for letter in vector]
        found = sp.solve(gaps, letters, dict=True)
        if not found:
            return None
        free = dict.fromkeys(letters, sp.S.Zero)
        for j, vector in enumerate(vectors):
            value = vector.subs(found[0]).subs(free)
            total += value * by**j * sp.exp(rate * by)
    return total.applyfunc(lambda e: sp.simplify(sp.re(sp.expand_complex(sp.expand(e)))))


def _exponentials(rest: sp.Matrix, by: sp.Symbol) -> dict[sp.Expr, dict[int, sp.Matrix]]:
    """The vectors before ``t^k e^(mu t)``, by ``mu`` and ``k``; none for another sum."""
    found: dict[sp.Expr, dict[int, sp.Matrix]] = {}
    for row, value in enumerate(rest):
        whole = sp.expand(sp.powsimp(sp.expand(value.rewrite(sp.exp))))
        for term in sp.Add.make_args(whole) if whole else ():
            factor, tail = term.as_independent(by, as_Add=False)
            rate, power = sp.S.Zero, 0
            for part in sp.Mul.make_args(tail):
                base, exponent = part.as_base_exp()
                if base == by and exponent.is_Integer and exponent > 0:
                    power += int(exponent)
                elif isinstance(part, sp.exp) and not (speed := sp.diff(part.args[0], by)).has(by):
                    rate += speed
                    factor *= sp.exp(sp.expand(part.args[0] - speed * by))
                elif part != 1:
                    return {}
            vector = found.setdefault(rate, {}).setdefault(power, sp.zeros(rest.rows, 1))
            vector[row] += factor
    return found


def _by_variation(whole: sp.Matrix, rest: sp.Matrix, by: sp.Symbol) -> sp.Matrix:
    """By variation of the constants.  Raises ``NotConvertible`` where an integral is not found."""
    rates = (whole.inv().applyfunc(sp.simplify) * rest).applyfunc(sp.simplify)
    inner = rates.applyfunc(lambda e: sp.integrate(e, by))
    if inner.has(sp.Integral):
        raise NotConvertible
    return (whole * inner).applyfunc(lambda e: sp.simplify(sp.expand(e)))


def _listed(items: tuple[t.Expr, ...]) -> t.Expr:
    return items[0] if len(items) == 1 else t.Collection(t.Bracket.TUPLE, items)


def _tree(matrix: sp.Matrix) -> t.Expr:
    return from_sympy(sp.ImmutableMatrix(matrix))


def _formula(rule: Rule, why: Text, before: t.Expr, after: t.Expr) -> Step:
    return Step(rule=rule, why=why, before=before, after=after, link=Link.FORMULA)
