"""Determinant, inverse, rank, reduced echelon form, products, eigenvalues and vectors."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.linear_algebra.conditions import NO_INVERSE, with_conditions
from assistant.maths.solving.linear_algebra.rows import Elimination, Undetermined, tree
from assistant.maths.types import Link, Request, Rule, Step, Text

TWO_BY_TWO = Rule("matrix.det_2x2", "Determinant of a 2×2 matrix", "二阶行列式")
COFACTORS = Rule("matrix.cofactors", "Expand along a row or column", "按行（列）展开")
TRIANGULAR = Rule("matrix.det_triangular", "Multiply the diagonal", "对角线元素相乘")
ELIMINATED = Rule("matrix.det_elimination", "Eliminate, and keep count of the swaps", "化为上三角")
AUGMENT = Rule("matrix.augment", "Write the identity beside the matrix", "写出增广矩阵 [A | E]")
BY_ADJUGATE = Rule("matrix.by_adjugate", "The inverse from the adjugate", "由伴随矩阵求逆矩阵")
MOST_WITH_LETTERS = 3
"""Rows of a matrix with letters that is inverted."""
READ_INVERSE = Rule("matrix.read_inverse", "Read the inverse on the right", "右半部分即为逆矩阵")
COUNT_PIVOTS = Rule("matrix.rank", "Count the rows that are not zero", "非零行的个数即为秩")
CHARACTERISTIC = Rule("matrix.characteristic", "Characteristic equation", "特征方程")
KERNEL = Rule("matrix.eigenvector", "Solve (A − λE)v = 0", "解 (A − λE)v = 0")
ENTRIES = Rule("matrix.entries", "Compute entry by entry", "逐元素计算")
SINGULAR = Text("The determinant is 0: there is no inverse.", "行列式为 0，逆矩阵不存在。")
LARGEST = 8
"""Beyond this many rows no person reads the steps; the limit also bounds the work."""


def matrix_method(request: Request) -> Draft | None:
    """The method for the topic, where its operand is a matrix of expressions."""
    handler = TOPICS.get(request.topic)
    if handler is None or not request.operands or not isinstance(request.operands[0], t.Matrix):
        return None
    given = request.operands[0]
    if max(len(given.rows), len(given.rows[0])) > LARGEST or len({len(r) for r in given.rows}) > 1:
        return None
    try:
        draft = handler(given, sp.Matrix(to_sympy(given, real=True)))
    except Undetermined:
        return None
    return with_conditions(request, draft)


def _determinant(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    if m.rows != m.cols:
        return None
    asked = t.Call("det", (given,))
    steps: list[Step] = []
    value = _det_steps(asked, m, steps)
    return Draft(answer=from_sympy(value), steps=tuple(steps), method="determinant")


def _det_steps(asked: t.Expr, m: sp.Matrix, steps: list[Step]) -> sp.Expr:
    """The value of a determinant; appends its steps."""
    if m.rows == 1:
        return m[0, 0]
    if m.rows == 2:
        (a, b), (c, d) = (tuple(map(from_sympy, m.row(r))) for r in range(2))
        line = t.sub(t.mul(a, d), t.mul(b, c))
        why = Text("det [[a, b], [c, d]] = ad − bc.", "det [[a, b], [c, d]] = ad − bc。")
        steps.append(Step(rule=TWO_BY_TWO, why=why, before=asked, after=line))
        value = sp.expand(m.det())
        _computed(line, value, steps)
        return value
    if m.rows == 3 or m.free_symbols:
        return _expanded(asked, m, steps)
    work = Elimination(m.copy())
    work.echelon(reduced=False)
    diagonal = t.mul(*(from_sympy(work.matrix[n, n]) for n in range(m.rows)))
    why = Text(
        "Adding rows leaves the determinant as it is; each swap changes its sign.",
        "行的倍加不改变行列式，每交换一次两行，行列式变号。",
    )
    upper: t.Expr = t.Call("det", (tree(work.matrix),))
    line = t.Neg(upper) if work.sign < 0 else upper
    steps.append(
        Step(rule=ELIMINATED, why=why, before=asked, after=line, substeps=tuple(work.steps))
    )
    product = t.Neg(diagonal) if work.sign < 0 else diagonal
    diagonal_why = Text("The matrix is triangular.", "上三角行列式等于对角线元素之积。")
    steps.append(Step(rule=TRIANGULAR, why=diagonal_why, before=line, after=product))
    value = sp.expand(sp.prod([work.matrix[n, n] for n in range(m.rows)]) * work.sign)
    _computed(product, value, steps)
    return value


def _expanded(asked: t.Expr, m: sp.Matrix, steps: list[Step]) -> sp.Expr:
    """Along the row with the most zeros."""
    row = max(range(m.rows), key=lambda r: sum(e == 0 for e in m.row(r)))
    terms, inner, value = [], [], sp.S.Zero
    for column in range(m.cols):
        entry = m[row, column]
        if entry == 0:
            continue
        minor = m.minor_submatrix(row, column)
        part = t.Call("det", (tree(minor),))
        term = t.mul(from_sympy(entry), part)
        negative = (row + column) % 2 == 1
        terms.append(t.Neg(term) if negative else term)
        below: list[Step] = []
        value += (-1 if negative else 1) * entry * _det_steps(part, minor, below)
        inner += below
    line = t.add(*terms)
    why = Text(
        "Expand along row {0}: entry times its minor, with alternating signs.",
        "按第 {0} 行展开：元素乘余子式，符号交替。",
        (str(row + 1),),
    )
    steps.append(Step(rule=COFACTORS, why=why, before=asked, after=line, substeps=tuple(inner)))
    value = sp.expand(value)
    _computed(line, value, steps)
    return value


def _computed(line: t.Expr, value: sp.Expr, steps: list[Step]) -> None:
    after = from_sympy(value)
    if after != line:
        why = Text("Calculate.", "计算。")
        steps.append(Step(rule=ENTRIES, why=why, before=line, after=after))


def _inverse(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    if m.rows != m.cols:
        return None
    determinant = sp.cancel(m.det())
    if determinant == 0:
        steps: list[Step] = []
        _det_steps(t.Call("det", (given,)), m, steps)
        none = t.Constant(t.ConstantName.UNDEFINED)
        return Draft(
            answer=none,
            text="no inverse",
            said=(Text("there is no inverse", "逆矩阵不存在"),),
            steps=tuple(steps),
            method="determinant",
            conditions=(SINGULAR,),
        )
    if determinant.free_symbols:
        return _inverse_with_letters(given, m, determinant)
    work = Elimination(m.row_join(sp.eye(m.rows)))
    why = Text("Reduce the left half to the identity.", "将左半部分化为单位矩阵。")
    start = Step(rule=AUGMENT, why=why, before=given, after=tree(work.matrix), link=Link.FORMULA)
    work.echelon(m.cols, reduced=True)
    inverse = work.matrix[:, m.cols :]
    read_why = Text("What stands on the right is the inverse.", "右半部分就是逆矩阵。")
    last = Step(
        rule=READ_INVERSE,
        why=read_why,
        before=t.Pow(given, t.integer(-1)),
        after=tree(inverse),
    )
    return Draft(answer=tree(inverse), steps=(start, *work.steps, last), method="gauss-jordan")


def _inverse_with_letters(given: t.Matrix, m: sp.Matrix, determinant: sp.Expr) -> Draft | None:
    """The adjugate by the determinant, where that is not 0: rows would divide by more."""
    if m.rows > MOST_WITH_LETTERS or not all(e.is_polynomial(*m.free_symbols) for e in m):
        return None
    steps: list[Step] = []
    _det_steps(t.Call("det", (given,)), m, steps)
    adjugate = m.adjugate().applyfunc(sp.expand)
    why = Text("The transpose of the cofactors.", "代数余子式矩阵的转置。")
    steps.append(
        Step(rule=COFACTORS, why=why, before=given, after=tree(adjugate), link=Link.FORMULA)
    )
    inverse = (adjugate / determinant).applyfunc(sp.factor)
    why = Text("Divide it by the determinant.", "除以行列式。")
    power = t.Pow(given, t.integer(-1))
    steps.append(Step(rule=BY_ADJUGATE, why=why, before=power, after=tree(inverse)))
    shown = from_sympy(sp.factor(determinant))
    return Draft(
        answer=tree(inverse),
        steps=tuple(steps),
        method="cofactors",
        conditions=(Text(NO_INVERSE.en, NO_INVERSE.zh, (shown,)),),
    )


def _rref(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    del given
    work = Elimination(m)
    work.echelon(reduced=True)
    return Draft(answer=tree(work.matrix), steps=tuple(work.steps), method="gauss-jordan")


def _rank(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    if m.free_symbols:
        return None
    work = Elimination(m)
    work.echelon(reduced=False)
    answer = t.integer(len(work.pivots))
    why = Text("{0} rows are not zero.", "有 {0} 个非零行。", (answer,))
    last = Step(
        rule=COUNT_PIVOTS, why=why, before=t.Call("rank", (given,)), after=answer, link=Link.FORMULA
    )
    return Draft(answer=answer, steps=(*work.steps, last), method="elimination")


def _transpose(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    why = Text("Rows become columns.", "行变为列。")
    step = Step(rule=ENTRIES, why=why, before=t.Call("transpose", (given,)), after=tree(m.T))
    return Draft(answer=tree(m.T), steps=(step,), method="transpose")


def _trace(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    if m.rows != m.cols:
        return None
    line = t.add(*(given.rows[n][n] for n in range(m.rows)))
    steps: list[Step] = []
    why = Text("Add the diagonal.", "对角线元素之和。")
    steps.append(
        Step(rule=ENTRIES, why=why, before=t.Call("trace", (given,)), after=line, link=Link.FORMULA)
    )
    _computed(line, sp.expand(m.trace()), steps)
    return Draft(answer=from_sympy(sp.expand(m.trace())), steps=tuple(steps), method="trace")


def _characteristic(m: sp.Matrix, steps: list[Step]) -> tuple[sp.Symbol, sp.Expr]:
    """``det(A − λE)`` as a polynomial; appends its steps."""
    name = sp.Symbol("lambda", real=True)
    shifted = m - name * sp.eye(m.rows)
    asked = t.Call("det", (tree(shifted),))
    value = _det_steps(asked, shifted, steps)
    return name, sp.expand(value)


def _eigenvalues(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    found = _spectrum(given, m)
    if found is None:
        return None
    steps, roots = found
    answer = t.Collection(t.Bracket.SET, tuple(from_sympy(r) for r in roots))
    return Draft(answer=answer, steps=tuple(steps), method="characteristic polynomial")


def _spectrum(given: t.Matrix, m: sp.Matrix) -> tuple[list[Step], dict[sp.Expr, int]] | None:
    """The steps to the eigenvalues, and their multiplicities; ``None`` if some are missed."""
    if m.rows != m.cols:
        return None
    steps: list[Step] = []
    name, polynomial = _characteristic(m, steps)
    why = Text("λ is an eigenvalue where det(A − λE) = 0.", "特征值 λ 满足 det(A − λE) = 0。")
    steps.insert(
        0,
        Step(
            rule=CHARACTERISTIC,
            why=why,
            before=given,
            after=t.equation(t.Call("det", (tree(m - name * sp.eye(m.rows)),)), t.integer(0)),
            link=Link.FORMULA,
        ),
    )
    roots = sp.roots(polynomial, name)
    if sum(roots.values()) != m.rows:
        return None
    ordered = dict(sorted(roots.items(), key=lambda item: sp.default_sort_key(item[0])))
    factored = from_sympy(sp.factor(polynomial))
    before = t.equation(from_sympy(polynomial), t.integer(0))
    if factored != before.left:
        factor_why = Text("Factor.", "因式分解。")
        after = t.equation(factored, t.integer(0))
        steps.append(
            Step(
                rule=CHARACTERISTIC,
                why=factor_why,
                before=before,
                after=after,
                link=Link.EQUIVALENT,
                variable=name.name,
            )
        )
        before = after
    if all(r.is_real for r in ordered):
        solved_why = Text("Solve for λ.", "解出 λ。")
        values = t.Collection(t.Bracket.SET, tuple(from_sympy(r) for r in ordered))
        steps.append(
            Step(
                rule=CHARACTERISTIC,
                why=solved_why,
                before=before,
                after=values,
                link=Link.SOLUTION,
                variable=name.name,
            )
        )
    return steps, ordered


def eigenvectors(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    """Eigenvalues with a basis of the eigenvectors of each."""
    found = _spectrum(given, m)
    if found is None:
        return None
    steps, roots = found
    pairs: list[t.Expr] = []
    for root in roots:
        shifted = (m - root * sp.eye(m.rows)).applyfunc(sp.radsimp)
        vectors = [v.applyfunc(sp.radsimp) for v in shifted.nullspace(simplify=True)]
        if not vectors:
            return None
        work: list[Step] = []
        if not shifted.has(sp.I) and all(e.is_Rational for e in shifted):
            elimination = Elimination(shifted)
            elimination.echelon(reduced=True)
            work = elimination.steps
        items = tuple(tree(cleared(v)) for v in vectors)
        why = Text(
            "For λ = {0} solve (A − λE)v = 0.",
            "对 λ = {0}，解 (A − λE)v = 0。",
            (from_sympy(root),),
        )
        steps.append(
            Step(
                rule=KERNEL,
                why=why,
                before=tree(shifted),
                after=t.Collection(t.Bracket.SET, items),
                link=Link.FORMULA,
                substeps=tuple(work),
            )
        )
        pairs += [t.Collection(t.Bracket.TUPLE, (from_sympy(root), item)) for item in items]
    return Draft(
        answer=t.Collection(t.Bracket.LIST, tuple(pairs)),
        steps=tuple(steps),
        method="characteristic polynomial",
        conditions=(
            Text(
                "Each pair is (λ, v); every multiple of v except 0 is an eigenvector too.",
                "每一对为 (λ, v)；v 的非零倍数也是特征向量。",
            ),
        ),
    )


def cleared(vector: sp.Matrix) -> sp.Matrix:
    """The same direction with whole numbers where its entries are rational."""
    if not all(e.is_Rational for e in vector):
        return vector
    scale = sp.ilcm(*(e.q for e in vector))
    whole = vector * scale
    divisor = sp.igcd(*(int(e) for e in whole)) or 1
    return whole / divisor


def _polynomial(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    if m.rows != m.cols:
        return None
    steps: list[Step] = []
    _, value = _characteristic(m, steps)
    del given
    return Draft(answer=from_sympy(value), steps=tuple(steps), method="characteristic polynomial")


def _adjugate(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    if m.rows != m.cols or m.rows < 2:
        return None
    adjugate = m.adjugate().applyfunc(sp.expand)
    why = Text("The transpose of the cofactors.", "代数余子式矩阵的转置。")
    step = Step(rule=COFACTORS, why=why, before=given, after=tree(adjugate), link=Link.FORMULA)
    return Draft(answer=tree(adjugate), steps=(step,), method="cofactors")


TOPICS: dict[str, Callable[[t.Matrix, sp.Matrix], Draft | None]] = {
    topics.DETERMINANT: _determinant,
    topics.INVERSE: _inverse,
    topics.RREF: _rref,
    topics.RANK: _rank,
    topics.TRANSPOSE: _transpose,
    topics.TRACE: _trace,
    topics.EIGENVALUES: _eigenvalues,
    topics.EIGENVECTORS: eigenvectors,
    topics.CHARACTERISTIC: _polynomial,
    topics.ADJUGATE: _adjugate,
}
