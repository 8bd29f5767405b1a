"""Several equations for one unknown: the solutions of one that solve the others too."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.unknowns import choose_unknowns, statements
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

FIRST = Rule("common.first", "Solve one of the equations", "先解其中一个方程")
TRIED = Rule("common.tried", "Try its solutions in the others", "代入其余方程检验")


def common_solutions(request: Request) -> Draft | None:
    """``x^2 = 4, x^3 = 8``."""
    given, names = statements(request), choose_unknowns(request)
    equations = [s for s in given if isinstance(s, t.Relation) and s.op is t.Comparison.EQ]
    if len(names) != 1 or len(given) < 2 or len(equations) != len(given):
        return None
    if any(t.symbols(e) != names for e in equations):
        return None
    from assistant.maths.solving.engine import solve_request

    for chosen in equations:
        asked = Request(task=Task.SOLVE, operands=(chosen,), variables=names, domain=request.domain)
        found = solve_request(asked)
        if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
            continue
        match found.answer.value:
            case t.Collection(t.Bracket.SET, items):
                return _kept(given, chosen, names[0], items, found)
            case t.Constant(t.ConstantName.EMPTY):
                return _kept(given, chosen, names[0], (), found)
    return None


def _kept(
    given: tuple[t.Expr, ...], chosen: t.Expr, name: str, items: tuple[t.Expr, ...], found: Solution
) -> Draft:
    others = [g for g in given if g is not chosen and isinstance(g, t.Relation)]
    left = tuple(i for i in items if all(_solves(g, name, i) for g in others))
    answer: t.Expr = t.Collection(t.Bracket.SET, left)
    if not left:
        answer = t.Constant(t.ConstantName.EMPTY)
    assert found.answer.value is not None
    first = Step(rule=FIRST, why=Text("Take {0}.", "取 {0}。", (chosen,)), before=chosen,
                 after=found.answer.value, link=Link.SOLUTION, variable=name,
                 substeps=found.steps)  # fmt: skip
    whole = t.Junction(t.Connective.AND, given)
    why = Text("Only what solves every equation is a solution.", "满足所有方程的才是解。")
    last = Step(rule=TRIED, why=why, before=whole, after=answer, link=Link.SOLUTION, variable=name)
    return Draft(answer=answer, steps=(first, last), method="common solutions", variables=(name,))


def _solves(equation: t.Relation, name: str, value: t.Expr) -> bool:
    put = [t.substitute(side, name, value) for side in (equation.left, equation.right)]
    return bool(sp.simplify(to_sympy(put[0], real=True) - to_sympy(put[1], real=True)) == 0)
