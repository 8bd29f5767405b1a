"""The largest or smallest value of an expression in two letters that a condition ties together.

The condition becomes a function of one letter: it is solved for the other one where that stands
in the first power, or is an ellipse that an angle runs around.  Both name all points of the
condition, so the value that the one letter leads to is the one that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import poles
from assistant.maths.polynomial_form import is_quotient
from assistant.maths.reading.bounds import as_interval
from assistant.maths.solving.calculus.wording import TAKEN, taken
from assistant.maths.solving.problems.known import (
    INSERT,
    Solver,
    evaluation,
    line_of,
    put_in,
    worst,
)
from assistant.maths.types import (
    Definition,
    Link,
    Problem,
    Proved,
    Request,
    Rule,
    Solution,
    Step,
    Task,
    Text,
)

TIED = Rule("constrained.letter", "Write one letter by the other", "用一个字母表示另一个字母")
AROUND = Rule("constrained.angle", "Go around the curve by an angle", "三角换元")
WHERE = Rule("constrained.where", "Where the letter may be", "确定自变量的取值范围")
MAX_DEGREE = 6


@dataclass(frozen=True, slots=True)
class Tie:
    """The wanted expression, the one equation between two letters, and their bounds."""

    wanted: t.Expr
    equation: t.Relation
    bounds: tuple[t.Expr, ...]
    names: tuple[str, str]


def extremes_where_tied(problem: Problem, solve: Solver) -> list[Solution]:
    """The answers to such a problem; none for any other one, and where no way here shows them."""
    requests = (problem.request, *problem.more)
    found = [_extreme(problem.definitions, r, solve) for r in requests]
    answers = [f for f in found if f is not None]
    if None in found or len(answers) < 2:
        return [] if None in found else answers
    # one solution is made of them all, with the notes of the first
    notes = tuple(_told_of(f, note) for f in answers for note in f.notes)
    return [replace(answers[0], notes=notes), *answers[1:]]


def _told_of(found: Solution, note: Text) -> Text:
    """Where which of several values is taken."""
    if note.en != TAKEN.en or found.answer.value is None:
        return note
    args = (*note.args, found.answer.value)
    return Text("{2} is taken at {0} = {1}", "{2} 在 {0} = {1} 处取得", args)


def _extreme(given: tuple[Definition, ...], request: Request, solve: Solver) -> Solution | None:
    if (tie := _tie(given, request)) is None:
        return None
    first, second = tie.names
    for kept, gone in ((first, second), (second, first)):
        if (found := _by_letter(tie, (kept, gone), request, solve)) is not None:
            return found
    return _by_angle(tie, request, solve)


def _tie(given: tuple[Definition, ...], request: Request) -> Tie | None:
    """What is given, if it is one equation between both letters and bounds of one each."""
    asked = request.task is Task.FUNCTION and request.topic in (topics.MAXIMUM, topics.MINIMUM)
    if not asked or request.domain is not None or len(request.operands) != 1:
        return None
    said: list[t.Expr] = []
    for definition in given:
        if definition.name or isinstance(definition.body, Request) or definition.why is not None:
            return None
        said += _flat(definition.body)
    wanted = request.operands[0]
    names = t.symbols(wanted)
    ties = [s for s in said if len(t.symbols(s)) != 1]
    if len(names) != 2 or len(ties) != 1 or set(t.symbols(ties[0])) != {*names}:
        return None
    bounds = tuple(s for s in said if s is not ties[0])
    equation = ties[0]
    if not isinstance(equation, t.Relation) or equation.op is not t.Comparison.EQ:
        return None
    known = all(set(t.symbols(b)) <= {*names} and isinstance(b, t.Relation) for b in bounds)
    return Tie(wanted, equation, bounds, (names[0], names[1])) if known else None


def _flat(statement: t.Expr) -> list[t.Expr]:
    if isinstance(statement, t.Junction) and statement.op is t.Connective.AND:
        return [s for arg in statement.args for s in _flat(arg)]
    return [statement]


def _polynomial(tie: Tie) -> Any:
    """The numerator of the equation's difference, whose zeros are the points of the equation
    where no ``poles`` are; ``None`` beyond quotients of real polynomials."""
    if not is_quotient(tie.equation, *tie.names):
        return None
    letters = [sp.Symbol(n, real=True) for n in tie.names]
    try:
        gap = to_sympy(t.sub(tie.equation.left, tie.equation.right), real=True)
    except NotConvertible:
        return None
    above = sp.numer(sp.together(gap))
    if not above.is_polynomial(*letters):
        return None
    whole = sp.Poly(above, *letters)
    real = all(c.is_real for c in whole.coeffs())
    return sp.expand(above) if real and whole.total_degree() <= MAX_DEGREE else None


# one letter by the other ---------------------------------------------------------------


def _by_letter(
    tie: Tie, letters: tuple[str, str], request: Request, solve: Solver
) -> Solution | None:
    """The equation solved for a letter in the first power."""
    kept, gone = letters
    x, y = (sp.Symbol(n, real=True) for n in letters)
    if (above := _polynomial(tie)) is None:
        return None
    line = sp.Poly(above, y)
    if line.degree() != 1:
        return None
    a, b = line.all_coeffs()
    value = sp.cancel(-b / a)
    shown = from_sympy(value)
    if sp.simplify(above.subs(y, value)) != 0:
        return None
    moved = tuple(put_in(s, {gone: shown}) for s in tie.bounds)
    where = _where(moved, kept, solve)
    if where is None:
        return None
    domain, step = where
    # nothing of the line may be lost or invented: neither where the letter cannot be told from
    # the equation, nor where the equation has no meaning
    holes = [a, *(to_sympy(p, real=True).subs(y, value) for p in poles(tie.equation))]
    if any(_vanishes(sp.numer(sp.together(h)), x, domain) for h in holes):
        return None
    equal = t.equation(t.Symbol(gone), shown)
    why = Text("Solve the condition for {0}.", "由条件解出 {0}。", (t.Symbol(gone),))
    first = line_of(TIED, why, tie.equation, equal)
    put = put_in(tie.wanted, {gone: shown})
    steps = (first, *([step] if step else []), line_of(INSERT, INSERTED, tie.wanted, put))
    asked = Request(
        task=Task.FUNCTION, topic=request.topic, operands=(put,), variables=(kept,), domain=domain
    )
    found_there = _finished(solve(asked), steps, step)
    return None if found_there is None else _with_places(found_there, {gone: shown}, solve)


INSERTED = Text("Put it into what is asked.", "代入所求的式子。")


def _where(
    bounds: tuple[t.Expr, ...], name: str, solve: Solver
) -> tuple[t.Interval | None, Step | None] | None:
    """The interval of a letter where all bounds hold, and the step that tells it."""
    if not bounds:
        return None, None
    whole = bounds[0] if len(bounds) == 1 else t.Junction(t.Connective.AND, bounds)
    found = solve(Request(task=Task.SOLVE, operands=bounds, variables=(name,)))
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return None
    domain = found.answer.value
    if isinstance(domain, t.Relation | t.Junction):
        domain = as_interval(domain)
    if not isinstance(domain, t.Interval) or found.conditions:
        return None
    step = Step(
        rule=WHERE,
        why=Text("Both letters keep what is said of them.", "两个字母都满足已知的范围。"),
        before=whole,
        after=domain,
        link=Link.SOLUTION,
        variable=name,
        substeps=found.steps,
        verdict=found.verdict,
    )
    return domain, step


def _vanishes(value: Any, x: Any, domain: t.Interval | None) -> bool:
    """Whether a polynomial may have a zero on an interval, or anywhere."""
    if not value.is_polynomial(x) or value.has(sp.nan, sp.zoo):
        return True
    whole = sp.Poly(value, x)
    if whole.degree() < 1:
        return bool(whole.is_zero)
    if not all(c.is_rational for c in whole.all_coeffs()):
        return True
    roots = sp.real_roots(whole)
    if domain is None:
        return bool(roots)
    low, high = to_sympy(domain.low, real=True), to_sympy(domain.high, real=True)
    inside = any(bool(low < r) and bool(r < high) for r in roots)
    at_end = (not domain.low_open and low in roots) or (not domain.high_open and high in roots)
    return inside or at_end


# once around ---------------------------------------------------------------------------


def _by_angle(tie: Tie, request: Request, solve: Solver) -> Solution | None:
    """``x^2/a^2 + y^2/b^2 = 1``: ``x = a cos t``, ``y = b sin t``, wherever its centre is."""
    if tie.bounds or poles(tie.equation) or (above := _polynomial(tie)) is None:
        return None
    letters = [sp.Symbol(n, real=True) for n in tie.names]
    whole = sp.Poly(above, *letters)
    if whole.total_degree() != 2:
        return None
    x, y = letters
    squares = [whole.coeff_monomial(m) for m in (x**2, y**2)]
    if whole.coeff_monomial(x * y) != 0 or not all(s.is_positive for s in squares):
        squares = [-s for s in squares]
        whole = -whole
        if whole.coeff_monomial(x * y) != 0 or not all(s.is_positive for s in squares):
            return None
    centre = [-whole.coeff_monomial(v) / (2 * s) for v, s in zip(letters, squares, strict=True)]
    rest = -whole.as_expr().subs(dict(zip(letters, centre, strict=True)))
    if not rest.is_positive:
        return None
    name = next(n for n in "tuvw" if n not in tie.names)
    angle = sp.Symbol(name, real=True)
    places = [
        m + sp.sqrt(rest / s) * wave
        for m, s, wave in zip(centre, squares, (sp.cos(angle), sp.sin(angle)), strict=True)
    ]
    if sp.simplify(above.subs(dict(zip(letters, places, strict=True)))) != 0:
        return None
    shown = dict(zip(tie.names, map(from_sympy, places), strict=True))
    equal = t.Junction(
        t.Connective.AND, tuple(t.equation(t.Symbol(n), v) for n, v in shown.items())
    )
    why = Text("Every point of the curve belongs to an angle.", "曲线上每一点都对应一个角。")
    put = put_in(tie.wanted, shown)
    steps = (
        line_of(AROUND, why, tie.equation, equal),
        line_of(INSERT, INSERTED, tie.wanted, put),
    )
    asked = Request(task=Task.FUNCTION, topic=request.topic, operands=(put,), variables=(name,))
    found_there = _finished(solve(asked), steps, None)
    return None if found_there is None else _with_places(found_there, shown, solve)


def _with_places(found: Solution, shown: Mapping[str, t.Expr], solve: Solver) -> Solution:
    """Where the value is taken, in the letters of the problem too."""
    notes: list[Text] = []
    for note in found.notes:
        notes.append(note)
        match note.args:
            case (t.Symbol(name), place) if note.en == TAKEN.en and not isinstance(place, str):
                for letter, value in shown.items():
                    there = solve(evaluation(t.substitute(value, name, place)))
                    if isinstance(there, Solution) and there.answer.value is not None:
                        notes.append(taken(letter, there.answer.value))
    return replace(found, notes=tuple(notes))


def _finished(
    found: Solution | object, steps: tuple[Step, ...], where: Step | None
) -> Solution | None:
    """The solution with the steps that led to one letter."""
    if not isinstance(found, Solution) or found.conditions:
        return None
    verdicts = [found.verdict]
    if where is not None and where.verdict is not None:
        verdicts.append(where.verdict)
    return replace(found, steps=(*steps, *found.steps), verdict=worst(verdicts))
