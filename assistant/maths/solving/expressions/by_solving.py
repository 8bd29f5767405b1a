"""Inequalities in one letter by solving their opposite: it has no solution, or a solution is a
counterexample."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.domains import NONE, Numbers, numbers
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.counterexamples import broken
from assistant.maths.solving.expressions.engine import TIERS, derive
from assistant.maths.solving.expressions.meaning import where_defined
from assistant.maths.solving.rewriting import context_of, tidy
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

OPPOSITE = Rule("prove.opposite", "Solve the opposite", "求解相反的不等式")
CONCLUDE = Rule("prove.conclude", "So the inequality holds", "所以不等式成立")
EXAMPLE = Rule("prove.counterexample", "A counterexample", "反例")
OPPOSITES = {
    t.Comparison.LT: t.Comparison.GE,
    t.Comparison.LE: t.Comparison.GT,
    t.Comparison.GT: t.Comparison.LE,
    t.Comparison.GE: t.Comparison.LT,
    t.Comparison.NE: t.Comparison.EQ,
}
NOTHING = t.Constant(t.ConstantName.EMPTY)
INFINITY = t.Constant(t.ConstantName.INFINITY)
NOBODY = Text(
    "If it were false somewhere, {0} would hold there. That has no solution.",
    "若在某处不成立，则该处有 {0}，而它无解。",
)


def prove_by_solving(request: Request) -> Draft | None:
    """``1/x > 0`` for x > 0; ``x^2 > 0`` fails at 0."""
    match request.operands:
        case (t.Relation(op, left, right) as statement,) if op in OPPOSITES:
            pass
        case _:
            return None
    names = t.symbols(statement)
    kind = NONE if request.domain is None else numbers(request.domain)
    if len(names) != 1 or kind not in NONE | Numbers.REAL | Numbers.RANGE:
        return None
    from assistant.maths.solving.engine import solve_request

    opposite = t.Relation(OPPOSITES[op], left, right)
    asked = Request(task=Task.SOLVE, operands=(opposite,), variables=names, domain=request.domain)
    found = solve_request(asked)
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return None
    answer = found.answer.value
    if answer == NOTHING:
        never = solve_request(replace(asked, operands=(statement,)))
        if isinstance(never, Solution) and never.answer.value == NOTHING:
            return None  # nor has the statement a solution: its sides never have values together
        return _holds(statement, opposite, found, request.domain)
    place = None if answer is None else _one_of(answer)
    return None if place is None else _fails(statement, names[0], tidy(place))


def _holds(
    statement: t.Relation, opposite: t.Relation, found: Solution, domain: t.Expr | None
) -> Draft:
    why = replace(NOBODY, args=(opposite,))
    yes = t.Truth(value=True)
    solved = Step(rule=OPPOSITE, why=why, before=opposite, after=NOTHING, link=Link.FORMULA,
                  variable=t.symbols(statement)[0], substeps=found.steps)  # fmt: skip
    last = Step(rule=CONCLUDE, why=Text("Put together.", "综上。"), before=statement, after=yes,
                link=Link.FORMULA)  # fmt: skip
    return Draft(answer=yes, steps=(solved, last), method="opposite",
                 conditions=where_defined(statement, domain))  # fmt: skip


def _fails(statement: t.Relation, name: str, place: t.Expr) -> Draft:
    """Both sides worked out where the opposite holds."""
    put = [t.substitute(side, name, place) for side in (statement.left, statement.right)]
    worked = [derive(side, context_of(side, expand=True), TIERS) for side in put]
    steps = tuple(step for side in worked for step in side.steps)
    sides = t.Relation(statement.op, worked[0].line, worked[1].line)
    return broken(EXAMPLE, t.equation(t.Symbol(name), place), sides, steps)


def _one_of(answer: t.Expr) -> t.Expr | None:
    """A simple member of a set of numbers."""
    match answer:
        case t.Collection(t.Bracket.SET, (first, *_)):
            return first
        case t.Call("union", (first, *_)):
            return _one_of(first)
        case t.Call("imageset", (inner, t.Symbol(counter))):
            member = t.substitute(inner, counter, t.integer(0))
            return _one_of(member) if isinstance(member, t.Interval) else member
        case t.Interval(low, high, low_open, high_open):
            return _inside(low, high, low_open=low_open, high_open=high_open)
    return None


def _inside(low: t.Expr, high: t.Expr, *, low_open: bool, high_open: bool) -> t.Expr | None:
    endless = INFINITY in t.walk(low), INFINITY in t.walk(high)
    if endless == (True, True):
        return t.integer(0)
    if not endless[0] and not low_open:
        return low
    if not endless[1] and not high_open:
        return high
    if endless[0]:
        return t.sub(high, t.integer(1))
    if endless[1]:
        return t.add(low, t.integer(1))
    return t.Div(t.add(low, high), t.integer(2))
