"""The equation that a story says: itself, or the option that says the same."""

from __future__ import annotations

from functools import cache

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

READ = Rule("story.equation", "Write what the story says", "根据题意列方程")


def setup(request: Request) -> Draft | None:
    """The equation, or the letter of the one option with the same content."""
    if request.topic != topics.SETUP:
        return None
    wanted, *options = request.operands
    said = Step(
        rule=READ,
        why=Text("The story says {0}.", "由题意得 {0}。", (wanted,)),
        before=wanted,
        after=wanted,
        link=Link.FORMULA,
    )
    if not request.words:
        return Draft(answer=wanted, steps=(said,), method="equation")
    if len(options) != len(request.words):
        return None
    form = normal_form(wanted)
    forms = [normal_form(o) for o in options]
    if form is None or None in forms or forms.count(form) != 1:
        return None
    place = forms.index(form)
    step = Step(
        rule=READ,
        why=Text("Option {0} says the same.", "选项 {0} 与之一致。", (request.words[place],)),
        before=wanted,
        after=options[place],
        link=Link.EQUIVALENT,
    )
    return Draft(
        answer=options[place], text=request.words[place], steps=(said, step), method="equation"
    )


@cache
def normal_form(statement: t.Expr) -> tuple[sp.Expr, ...] | None:
    """One form for equations that differ by rearranging: the primitive numerators, and for
    a linear system its reduced rows."""
    parts = statement.args if isinstance(statement, t.Junction) else (statement,)
    found = []
    for part in parts:
        if not isinstance(part, t.Relation) or part.op is not t.Comparison.EQ:
            return None
        gap = sp.cancel(sp.together(to_sympy(part.left) - to_sympy(part.right)))
        names = sorted(gap.free_symbols, key=str)
        if not names or not gap.is_rational_function(*names):
            return None
        found.append(sp.Poly(sp.nsimplify(sp.numer(gap)), *names).primitive()[1])
    if len(found) == 1:
        one = found[0]
        return (sp.expand((one if one.LC() > 0 else -one).as_expr()),)
    names = sorted({n for p in found for n in p.gens}, key=str)
    if any(p.total_degree() > 1 for p in found):
        return None
    matrix, right = sp.linear_eq_to_matrix([p.as_expr() for p in found], names)
    return tuple(matrix.row_join(right).rref()[0])
