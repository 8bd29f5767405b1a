"""Linear systems with letters as coefficients: Cramer's rule, with the condition on the letters."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.found import real_symbol, written, zero_form
from assistant.maths.solving.equations.unknowns import statements, system_unknowns
from assistant.maths.types import Link, Request, Rule, Text

ELIMINATE = Rule("system.eliminate_each", "Eliminate all unknowns but one", "逐个消元")
DIVIDE = Rule("system.divide_determinant", "Divide by the determinant", "两边同除以系数行列式")
WHY_ELIMINATE = Text(
    "Suitable multiples of the equations leave one unknown at a time; its coefficient is the "
    "determinant {0} of the coefficients.",
    "将各方程适当倍乘后相加减，每次只留一个未知数，其系数为系数行列式 {0}。",
)
ZERO = t.integer(0)
MOST = 3


def linear_with_letters(request: Request) -> Draft | None:
    """``a x + y = 1; x + a y = 1`` for x and y."""
    given = statements(request)
    names, _ = system_unknowns(request)
    equations = [g for g in given if isinstance(g, t.Relation) and g.op is t.Comparison.EQ]
    if len(equations) != len(given) or len(names) != len(given) or not 2 <= len(names) <= MOST:
        return None
    if request.domain is not None or set(names) == {n for g in given for n in t.symbols(g)}:
        return None
    unknowns = [real_symbol(n) for n in names]
    try:
        matrix, right = sp.linear_eq_to_matrix([zero_form(e) for e in equations], *unknowns)
    except (sp.PolynomialError, ValueError):
        return None
    determinant = sp.factor(matrix.det())
    if not determinant.free_symbols or not determinant.is_polynomial(*determinant.free_symbols):
        return None
    tops = []
    for column in range(len(names)):
        replaced = matrix.copy()
        replaced[:, column] = right
        tops.append(sp.expand(replaced.det()))
    return _draft(equations, names, determinant, tops)


def _draft(
    equations: list[t.Relation], names: tuple[str, ...], determinant: sp.Expr, tops: list[sp.Expr]
) -> Draft:
    trail = Trail(t.Junction(t.Connective.AND, tuple(equations)), Link.EQUIVALENT, ", ".join(names))
    factor = written(determinant)
    not_zero = t.Relation(t.Comparison.NE, factor, ZERO)
    letters = [t.Symbol(n) for n in names]
    each = [t.equation(t.mul(factor, x), written(v)) for x, v in zip(letters, tops, strict=True)]
    why = Text(WHY_ELIMINATE.en, WHY_ELIMINATE.zh, (factor,))
    trail.to(t.Junction(t.Connective.AND, tuple(each)), ELIMINATE, why, given=(not_zero,))
    values = [written(sp.cancel(v / determinant)) for v in tops]
    solved = [t.equation(x, v) for x, v in zip(letters, values, strict=True)]
    why = Text("Divide by {0}, which must not be zero.", "两边同除以 {0}（不为零）。", (factor,))
    trail.to(t.Junction(t.Connective.AND, tuple(solved)), DIVIDE, why, given=(not_zero,))
    condition = Text(
        "One solution for {0}. Otherwise there is none, or there are infinitely many.",
        "当 {0} 时有唯一解；否则无解或有无穷多解。",
        (not_zero,),
    )
    pair = t.Collection(t.Bracket.TUPLE, tuple(values))
    return Draft(
        answer=t.Collection(t.Bracket.SET, (pair,)),
        steps=tuple(trail.steps),
        method="Cramer's rule",
        variables=names,
        conditions=(condition,),
        given=(not_zero,),
    )
