"""The answers of algebra against what was asked."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.claims import check_derivative, check_equality, is_statement
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.logic.equivalence import worst
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.logic.positive_letters import (
    broken_at_positive,
    holds_for_positive,
)
from assistant.maths.checking.logic.quadratics import never_negative
from assistant.maths.checking.logic.statements import all_of, any_of, as_statement, is_set
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.approximate import check_rounded, rounded
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.constants import truth
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.checking.numerics.sampling import needs_complex
from assistant.maths.checking.tasks.congruences import are_congruences
from assistant.maths.checking.tasks.counting_equations import check_counting, counting_frame
from assistant.maths.checking.tasks.defined import poles_apart
from assistant.maths.checking.tasks.forms import (
    is_expanded,
    is_factored,
    is_factored_over_reals,
    is_polar,
    polar_parts,
)
from assistant.maths.checking.tasks.implicit import check_implicit, check_parametric
from assistant.maths.checking.tasks.joint_claims import check_joint_claim
from assistant.maths.checking.tasks.sum_identities import sum_identity
from assistant.maths.checking.tasks.whole_claims import check_whole_claim
from assistant.maths.checking.tasks.whole_inequalities import holds_for_whole
from assistant.maths.checking.tasks.whole_numbers import check_whole, without_whole
from assistant.maths.domains import Numbers, hull, numbers
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Link, Proved, Refuted, Request, Undecided, Verdict
from assistant.maths.whole_claims import claimed, counted, jointly

SECONDS = 2.5
POSITIVE = t.Interval(
    t.integer(0), t.Constant(t.ConstantName.INFINITY), low_open=True, high_open=True
)
SMALL = sorted(range(-20, 21), key=abs)
"""Whole numbers that are tried as counterexamples."""


def check_solve(request: Request, draft: Draft) -> Verdict:
    """The solution set: nothing invented, nothing lost."""
    if draft.answer is None:
        return Undecided(Doubt.NO_METHOD)
    names = draft.variables or request.variables
    parts = [p for o in request.operands for p in _statements(o)]
    if len(names) == 1 and len(parts) == 1:
        counted = counting_frame(parts[0], names[0], request.domain)
        if counted is not None:
            return check_counting(counted, draft.answer)
    whole, domain = without_whole(request.domain)
    if domain is not None:
        within = as_statement(domain, names)
        if within is None:
            return _over_complex(request, asked=all_of(parts), answer=draft.answer)
        if within != t.Truth(value=True):
            parts.append(within)
    asked = all_of(parts)
    if whole and not (len(names) == 1 and are_congruences(asked, names[0])):
        if len(names) != 1 or not draft.steps:
            return Undecided(Doubt.NO_METHOD)
        reals = draft.steps[-1].before
        return check_whole(asked, reals, draft.answer, names[0], Deadline(SECONDS))
    if len(names) == 1 and rounded(asked, draft.answer):
        return check_rounded(asked, draft.answer, names[0])
    verdict = check_link(asked, draft.answer, Link.SOLUTION, tuple(names), Deadline(SECONDS))
    if isinstance(verdict, Undecided) and len(parts) > 1 and domain is not None:
        verdict = _bounded_behind(all_of(parts[:-1]), parts[-1], draft, tuple(names))
    if isinstance(verdict, Proved) or not draft.given:
        return verdict
    link, deadline = Link.SOLUTION, Deadline(SECONDS)
    return check_link(asked, draft.answer, link, tuple(names), deadline, draft.given)


def _bounded_behind(
    equation: t.Expr, within: t.Expr, draft: Draft, names: tuple[str, ...]
) -> Verdict:
    """First all solutions that a line of the draft tells, then those of them within the bounds."""
    assert draft.answer is not None
    for line in draft.steps:
        points = _points(line.after, names)
        if line.before != equation or line.link is not Link.EQUIVALENT or points is None:
            continue
        deadline = Deadline(SECONDS)
        whole = check_link(equation, line.after, Link.SOLUTION, names, deadline)
        inside = [truth(t.substitute(within, names[0], p.right), deadline) for p in points]
        kept = any_of([p for p, holds in zip(points, inside, strict=True) if holds])
        same = check_link(kept, draft.answer, Link.SOLUTION, names, deadline)
        if None not in inside and isinstance(same, Proved) and isinstance(whole, Proved):
            return whole
    return Undecided(Doubt.NO_METHOD)


def _points(statement: t.Expr, names: tuple[str, ...]) -> list[t.Relation] | None:
    """``x = 1 or x = 2`` in parts."""
    parts = statement.args if isinstance(statement, t.Junction) else (statement,)
    found = [p for p in parts if isinstance(p, t.Relation) and p.op is t.Comparison.EQ]
    plain = all(p.left == t.Symbol(names[0]) and not t.symbols(p.right) for p in found)
    one_way = not isinstance(statement, t.Junction) or statement.op is t.Connective.OR
    return found if len(names) == 1 and len(found) == len(parts) and plain and one_way else None


def _over_complex(request: Request, asked: t.Expr, answer: t.Expr) -> Verdict:
    """All complex solutions.  Where the answer is real, all roots are real and it has them all."""
    names = request.variables or t.symbols(asked)
    if request.domain != t.Constant(t.ConstantName.COMPLEXES) or len(names) != 1:
        return Undecided(Doubt.NO_METHOD)
    if not needs_complex(answer) and not _has_real_roots_only(asked, names[0]):
        return Undecided(Doubt.NO_METHOD)
    return check_link(asked, answer, Link.SOLUTION, tuple(names), Deadline(SECONDS))


def _has_real_roots_only(asked: t.Expr, name: str) -> bool:
    """Whether an equation is a polynomial one over the rationals whose roots are all real."""
    if not isinstance(asked, t.Relation) or not is_polynomial(asked, name):
        return False
    try:
        poly = sp.Poly(to_sympy(t.sub(asked.left, asked.right)), sp.Symbol(name)).sqf_part()
    except (NotConvertible, sp.PolynomialError):
        return False
    rational = poly.domain in (sp.ZZ, sp.QQ)
    return rational and poly.degree() > 0 and sp.count_roots(poly) == poly.degree()


def _statements(expr: t.Expr) -> tuple[t.Expr, ...]:
    if isinstance(expr, t.Collection) and all(is_statement(i) for i in expr.items):
        return expr.items
    return (expr,)


def check_value(request: Request, draft: Draft) -> Verdict:
    """The answer has the value of what was given."""
    if draft.answer is None or not request.operands:
        return Undecided(Doubt.NO_METHOD)
    asked = request.operands[0]
    if is_set(asked) and is_set(draft.answer):
        return check_link(asked, draft.answer, Link.EQUIVALENT, ("x",), Deadline(SECONDS))
    if is_statement(asked) and is_statement(draft.answer):
        names = request.variables or t.symbols(asked)
        return check_link(asked, draft.answer, Link.EQUIVALENT, names, Deadline(SECONDS))
    if request.topic == topics.POLAR:
        return _polar(asked, draft.answer)
    return check_equality(asked, draft.answer, _assumed(request), Deadline(SECONDS))


def _polar(asked: t.Expr, answer: t.Expr) -> Verdict:
    """The value of ``r (cos θ + i sin θ)``, which is what ``r e^(iθ)`` means."""
    parts = polar_parts(answer)
    if parts is None or not is_polar(*parts):
        return Undecided(Doubt.NO_METHOD, "not polar")
    radius, angle = parts
    sine = t.Mul((t.Constant(t.ConstantName.I), t.Call("sin", (angle,))))
    value = t.Mul((radius, t.Add((t.Call("cos", (angle,)), sine))))
    return check_equality(asked, value, (), Deadline(SECONDS))


def _assumed(request: Request) -> tuple[t.Expr, ...]:
    """What the domain of the problem says about each of its letters ("x is positive")."""
    interval = hull(request.domain)
    if interval is None:
        return ()
    found = (as_statement(interval, (name,)) for name in request.variables)
    whole = (s.args if isinstance(s, t.Junction) else (s,) for s in found if s is not None)
    return tuple(s for parts in whole for s in parts)


def check_expand(request: Request, draft: Draft) -> Verdict:
    """The same value, and no product of sums is left."""
    verdict = check_value(request, draft)
    if draft.answer is not None and isinstance(verdict, Proved) and not is_expanded(draft.answer):
        return Undecided(Doubt.NO_METHOD, "not expanded")
    return verdict


def check_factor(request: Request, draft: Draft) -> Verdict:
    """The same value, and each factor irreducible over the rationals, or the reals if asked."""
    verdict = check_value(request, draft)
    if draft.answer is None or not isinstance(verdict, Proved):
        return verdict
    done = is_factored(draft.answer)
    if request.domain == t.Constant(t.ConstantName.REALS):
        done = done and is_factored_over_reals(draft.answer) is True
    return verdict if done else Undecided(Doubt.NO_METHOD, "not factored")


def check_derivative_answer(request: Request, draft: Draft) -> Verdict:
    """The derivative of what was given, of the order asked for."""
    if draft.answer is None or not request.operands or not request.variables:
        return Undecided(Doubt.NO_METHOD)
    asked = request.operands[0]
    names = request.variables
    if request.topic == topics.PARAMETRIC:
        return check_parametric(request, draft.answer, Deadline(SECONDS))
    if isinstance(asked, t.Relation) and len(names) <= 2 and (request.order or 1) == 1:
        return check_implicit(asked, names, draft.answer, Deadline(SECONDS))
    if is_statement(asked):
        return Undecided(Doubt.NO_METHOD, "implicit")
    orders = list(names) if len(names) > 1 else [names[0]] * (request.order or 1)
    for name in orders[:-1]:
        asked = t.Call("diff", (asked, t.Symbol(name), t.integer(1)))
    return check_derivative(asked, draft.answer, orders[-1], (), Deadline(SECONDS))


def check_truth(request: Request, draft: Draft) -> Verdict:
    """A statement that was found true or false of the numbers that are meant.

    What holds for all real numbers holds for any kind of them.
    """
    if not request.operands or not isinstance(draft.answer, t.Truth):
        return Undecided(Doubt.NO_METHOD)
    if claimed(request) is not None:
        return check_whole_claim(request, draft)
    if jointly(request) is not None:
        return check_joint_claim(request, draft)
    if (told := sum_identity(request)) is not None:
        return _truth_told(told, value=draft.answer.value)
    statement = request.operands[0]
    if (whole := counted(statement, request.domain)) is not None:
        found = holds_for_whole(statement, whole) or Undecided(Doubt.NO_METHOD)
        return _truth_told(found, value=draft.answer.value)
    deadline = Deadline(SECONDS)
    if request.domain in (None, t.Constant(t.ConstantName.REALS)) or draft.answer.value:
        verdict = prove_statement(statement, deadline)
        if draft.answer.value and not isinstance(verdict, Proved):
            verdict = (
                _true_within(statement, request.domain)
                or holds_for_whole(statement, request.domain)
                or verdict
            )
    else:
        verdict = broken_within(statement, request.domain, deadline)
        if isinstance(verdict, Undecided):
            verdict = holds_for_whole(statement, request.domain) or verdict
    if draft.answer.value and request.domain is not None and isinstance(verdict, Refuted):
        return Undecided(Doubt.NO_METHOD)
    return _truth_told(verdict, value=draft.answer.value)


def _truth_told(verdict: Verdict, *, value: bool) -> Verdict:
    """The verdict on an answer, from that on the statement: of "false" it is turned around."""
    if value:
        return verdict
    match verdict:
        case Refuted(witness):
            return Proved(f"counterexample {witness}" if witness else "exact arithmetic")
        case Proved():
            return Refuted("", "true", "false")
    return Undecided(Doubt.NO_METHOD)


def _true_within(statement: t.Expr, domain: t.Expr | None) -> Verdict | None:
    """Proved where an inequality in one letter holds for all numbers that are meant: those of
    the domain, or all for which both sides have a value."""
    names, interval = t.symbols(statement), hull(domain)
    if domain == POSITIVE and len(names) > 1:
        return holds_for_positive(statement)
    if not isinstance(statement, t.Relation) or len(names) != 1:
        return None
    inside = t.Truth(value=True) if interval is None else as_statement(interval, names)
    if inside is None or (domain is not None and interval is None):
        return None
    where = (*guards(statement), *poles_apart(statement))
    first = guards(statement) if domain is None else ()  # the least that may do is tried first
    for needed in dict.fromkeys((first, where)):
        within = all_of([*needed, inside])
        both = all_of([within, statement])
        verdict = check_link(both, within, Link.EQUIVALENT, names, Deadline(SECONDS))
        if isinstance(verdict, Proved):
            return verdict
    return None


def broken_within(statement: t.Expr, domain: t.Expr | None, deadline: Deadline) -> Verdict:
    """Refuted where a number of the domain breaks a statement about one letter."""
    names, interval = t.symbols(statement), hull(domain)
    if domain == POSITIVE and len(names) > 1:
        return broken_at_positive(statement) or Undecided(Doubt.NO_METHOD)
    everywhere = t.Truth(value=True)
    within = everywhere if interval is None else as_statement(interval, names)
    if domain is None or len(names) != 1 or within is None:
        return Undecided(Doubt.NO_METHOD)
    if numbers(domain) is Numbers.RANGE:
        both = all_of([within, statement])
        return check_link(both, within, Link.EQUIVALENT, names, deadline)
    for n in SMALL if numbers(domain) is Numbers.WHOLE else ():
        try:
            point = {names[0]: Fraction(n)}
            if exact_holds(within, point) and not exact_holds(statement, point):
                return Refuted(f"{names[0]} = {n}", "false", "true")
        except NoValue:
            continue
    return Undecided(Doubt.NO_METHOD)


def prove_statement(statement: t.Expr, deadline: Deadline) -> Verdict:
    """Whether a statement holds for every value of its symbols."""
    match statement:
        case t.Relation(t.Comparison.EQ, left, right):
            verdict = check_equality(left, right, (), deadline)
            if isinstance(verdict, Proved):
                return verdict
            turned = check_equality(right, left, (), deadline)  # the right may have fewer values
            return turned if isinstance(turned, Proved) else verdict
        case t.Junction(t.Connective.AND, args):
            return worst([prove_statement(a, deadline) for a in args])
        case t.Truth(value):
            return Proved("as it stands") if value else Refuted("", "false", "true")
    if (form := never_negative(statement)) is not None:
        return form
    return check_link(
        statement, t.Truth(value=True), Link.EQUIVALENT, t.symbols(statement), deadline
    )
