"""One equation for several unknowns that says several things: a sum of squares, absolute values
and roots is 0 only where each of them is."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.unknowns import statements
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

SQUARES = Rule("zero_sum.squares", "Complete the squares", "配方")
EACH = Rule("zero_sum.each", "Each part is zero", "各项均为零")
SOLVED = Rule("zero_sum.solve", "Solve for the unknowns", "求解")
WHY = Text(
    "No part is negative, so that the sum is 0 only where every part is.",
    "各项均非负，和为 0 当且仅当各项都为 0。",
)


def zero_sum(request: Request) -> Draft | None:
    """``sqrt(x - 1) + |y + 2| = 0``."""
    given = statements(request)
    names = tuple(dict.fromkeys(n for g in given for n in t.symbols(g)))  # each gets its value
    if len(given) != 1 or len(names) < 2 or request.domain is not None:
        return None
    found = split(given[0])
    if found is None:
        return None
    line, parts = found
    from assistant.maths.solving.engine import solve_request

    solved = solve_request(Request(task=Task.SOLVE, operands=parts, variables=names))
    if not isinstance(solved, Solution) or not isinstance(solved.verdict, Proved):
        return None
    together = t.Junction(t.Connective.AND, parts)
    steps = [
        Step(rule=EACH, why=WHY, before=line, after=together, link=Link.EQUIVALENT),
        *solved.steps,
    ]
    if line != given[0]:
        why = Text("Complete the squares.", "分别配方。")
        first = Step(rule=SQUARES, why=why, before=given[0], after=line, link=Link.EQUIVALENT)
        steps = [first, *steps]
    return Draft(answer=solved.answer.value, steps=tuple(steps), method="sum of zero parts",
                 variables=solved.variables)  # fmt: skip


def split(statement: t.Expr) -> tuple[t.Expr, tuple[t.Expr, ...]] | None:
    """The equation as a sum of parts that are not negative, and the equations of the parts."""
    match statement:
        case t.Relation(t.Comparison.EQ, left, right):
            pass
        case _:
            return None
    try:
        sides = to_sympy(left, real=True), to_sympy(right, real=True)
    except NotConvertible:
        return None
    if not all(isinstance(side, sp.Expr) for side in sides):
        return None  # an equation of sets
    whole = sides[0] - sides[1]
    if whole.has(sp.I):
        return None  # the square of what is not real may be negative
    line, inner = statement, [_inner(term) for term in sp.Add.make_args(whole)]
    if None in inner:
        squares = _squares(whole)
        if squares is None:
            return None
        line = t.equation(from_sympy(sum(c * (u**2) for c, u in squares)), t.integer(0))
        inner = [u for _, u in squares]
    if len(inner) < 2:
        return None
    return line, tuple(t.equation(from_sympy(u), t.integer(0)) for u in inner if u is not None)


def _inner(term: sp.Expr) -> sp.Expr | None:
    """What is 0 where a part is that is never negative."""
    factor, rest = term.as_coeff_Mul()
    if not factor.is_positive:
        return None
    if isinstance(rest, sp.Abs):
        return rest.args[0]
    if isinstance(rest, sp.Pow) and (rest.exp == sp.S.Half or (rest.exp.is_even and rest.exp > 0)):
        return rest.base
    return None


def _squares(whole: sp.Expr) -> list[tuple[sp.Expr, sp.Expr]] | None:
    letters = sorted(whole.free_symbols, key=str)
    if not whole.is_polynomial(*letters):
        return None
    poly = sp.Poly(whole, *letters)
    rest, found = poly.as_expr(), []
    for x in letters:
        a, b = (poly.coeff_monomial(x**n) for n in (2, 1))
        if not a.is_positive:
            return None
        square = x + b / (2 * a)
        found.append((a, square))
        rest -= a * square**2
    return found if sp.expand(rest) == 0 else None
