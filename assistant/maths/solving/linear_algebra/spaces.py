"""Null space, column space and diagonal form of a matrix."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.linear_algebra.matrices import LARGEST, cleared, eigenvectors
from assistant.maths.solving.linear_algebra.rows import Elimination, Undetermined, tree
from assistant.maths.types import Link, Request, Rule, Step, Text

FREE = Rule(
    "matrix.free_unknowns", "One vector for each free unknown", "每个自由未知量给出一个基向量"
)
PIVOTS = Rule("matrix.pivot_columns", "Take the columns with a leading entry", "取主元所在的列")
DIAGONAL = Rule("matrix.diagonal", "Eigenvectors as columns", "以特征向量为列")
VERIFY = Rule("matrix.verify_diagonal", "Verify AP = PD", "验证 AP = PD")
BASIS = Text(
    "A basis: the space is all sums of multiples of these.", "这是一组基，空间由其线性组合构成。"
)
ONLY_ZERO = Text("Only the zero vector.", "只有零向量。")


def space_method(request: Request) -> Draft | None:
    """The method for the topic, where its operand is a matrix of numbers."""
    handler = TOPICS.get(request.topic)
    if handler is None or not isinstance(request.operands[0], t.Matrix):
        return None
    given = request.operands[0]
    if max(len(given.rows), len(given.rows[0])) > LARGEST or len({len(r) for r in given.rows}) > 1:
        return None
    m = sp.Matrix(to_sympy(given, real=True))
    try:
        return None if m.free_symbols else handler(given, m)
    except Undetermined:
        return None


def _null_space(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    del given
    work = Elimination(m)
    work.echelon(reduced=True)
    free = [c for c in range(m.cols) if c not in work.pivots]
    vectors = []
    for column in free:
        vector = sp.zeros(m.cols, 1)
        vector[column] = 1
        for row, pivot in enumerate(work.pivots):
            vector[pivot] = -work.matrix[row, column]
        vectors.append(tree(cleared(vector)))
    why = Text("Set one free unknown to 1, the others to 0.", "令一个自由未知量为 1，其余为 0。")
    shown = vectors or [tree(sp.zeros(m.cols, 1))]
    answer = t.Collection(t.Bracket.SET, tuple(shown))
    told = why if vectors else ONLY_ZERO
    reduced = tree(work.matrix)
    last = Step(rule=FREE, why=told, before=reduced, after=answer, link=Link.FORMULA)
    return Draft(answer=answer, steps=(*work.steps, last), method="elimination",
                 conditions=(BASIS if vectors else ONLY_ZERO,))  # fmt: skip


def _column_space(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    work = Elimination(m)
    work.echelon(reduced=False)
    if not work.pivots:
        return None
    answer = t.Collection(t.Bracket.SET, tuple(tree(m.col(c)) for c in work.pivots))
    why = Text("These columns of the matrix are a basis.", "原矩阵的这些列构成一组基。")
    last = Step(rule=PIVOTS, why=why, before=given, after=answer, link=Link.FORMULA)
    return Draft(
        answer=answer, steps=(*work.steps, last), method="elimination", conditions=(BASIS,)
    )


def _diagonal(given: t.Matrix, m: sp.Matrix) -> Draft | None:
    found = eigenvectors(given, m)
    if found is None or not isinstance(found.answer, t.Collection):
        return None
    pairs = [(p.items[0], p.items[1]) for p in found.answer.items if isinstance(p, t.Collection)]
    if len(pairs) < m.rows:
        count = (str(len(pairs)),)
        why = Text(
            "Independent eigenvectors: {0}.",
            "线性无关的特征向量只有 {0} 个。",
            count,
        )
        return Draft(
            answer=t.Constant(t.ConstantName.UNDEFINED),
            text="not diagonalizable",
            said=(Text("it cannot be diagonalised", "不能对角化"),),
            steps=found.steps,
            method="eigenvectors",
            conditions=(why,),
        )
    columns = [sp.Matrix(to_sympy(v, real=True)) for _, v in pairs]
    p = sp.Matrix.hstack(*columns)
    d = sp.diag(*(to_sympy(value, real=True) for value, _ in pairs))
    answer = t.Collection(t.Bracket.TUPLE, (tree(p), tree(d)))
    why = Text("P has the eigenvectors as columns, D the eigenvalues in the same order.",
               "P 的各列为特征向量，D 的对角线为相应的特征值。")  # fmt: skip
    put = Step(rule=DIAGONAL, why=why, before=found.answer, after=answer, link=Link.FORMULA)
    verify = Step(rule=VERIFY, why=Text("Both products are the same.", "两个乘积相等。"),
                  before=t.Mul((given, tree(p))), after=t.Mul((tree(p), tree(d))))  # fmt: skip
    conditions = [Text("The pair is (P, D), with A = P D P⁻¹.", "结果为 (P, D)，A = P D P⁻¹。")]
    if d.has(sp.I):
        conditions.append(Text("Over the complex numbers only.", "仅在复数范围内可对角化。"))
    return Draft(answer=answer, steps=(*found.steps, put, verify), method="eigenvectors",
                 conditions=tuple(conditions))  # fmt: skip


TOPICS: dict[str, Callable[[t.Matrix, sp.Matrix], Draft | None]] = {
    topics.NULL_SPACE: _null_space,
    topics.COLUMN_SPACE: _column_space,
    topics.DIAGONALIZE: _diagonal,
}
