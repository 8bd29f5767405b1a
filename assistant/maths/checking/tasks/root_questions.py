"""Answers about the roots of an equation: by its companion matrix, by isolating its roots."""

from __future__ import annotations

import itertools

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.logic.statements import all_of, as_statement
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import NoValue, evaluate, mpf
from assistant.maths.checking.tasks.always import check_always, check_number_of_roots
from assistant.maths.checking.tasks.whole_numbers import check_whole, without_whole
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Link, Proved, Refuted, Request, Undecided, Verdict

SECONDS = 2.5
BITS = 200
UNKNOWN = Undecided(Doubt.NO_METHOD)


def check_roots(request: Request, draft: Draft) -> Verdict:
    """The verdict on a discriminant, a sum or product of roots, or a number of solutions."""
    if request.topic == topics.ROOT_CONDITION and draft.answer is not None:
        return _condition(request, draft.answer)
    if request.topic == topics.ALWAYS:
        return check_always(request, draft, Deadline(SECONDS))
    if draft.answer is None or len(request.variables) != 1:
        return UNKNOWN
    if request.topic == topics.SYMMETRIC:
        return _symmetric(request, draft.answer)
    if request.topic == topics.ROOT_COUNT:
        return _count(request, draft)
    match request.operands:
        case (t.Relation(t.Comparison.EQ, left, right) as equation,):
            pass
        case _:
            return UNKNOWN
    x = sp.Symbol(request.variables[0])
    if (members := _put_in(draft)) is not None:
        return _over_solutions(request, draft.answer, members)
    if not is_polynomial(equation, request.variables[0]) or request.domain is not None:
        return UNKNOWN
    try:
        poly = sp.Poly(to_sympy(t.sub(left, right)), x)
        answer = to_sympy(draft.answer)
    except (NotConvertible, sp.PolynomialError):
        return UNKNOWN
    if not 1 <= poly.degree() <= 20 or x in answer.free_symbols:
        return UNKNOWN
    if request.topic == topics.DISCRIMINANT:
        if poly.degree() != 2:
            return UNKNOWN
        return _same(poly.discriminant(), answer, "the resultant with the derivative")
    matrix = _companion(poly)
    value = matrix.trace() if request.topic == topics.ROOT_SUM else matrix.det()
    return _same(value, answer, "the companion matrix")


def _symmetric(request: Request, answer: t.Expr) -> Verdict:
    """The roots themselves are put in, in both orders."""
    equation, asked = request.operands
    if not isinstance(equation, t.Relation) or request.domain is not None:
        return UNKNOWN
    poly = sp.Poly(to_sympy(t.sub(equation.left, equation.right)), sp.Symbol(request.variables[0]))
    if poly.degree() != 2:
        return UNKNOWN
    a, b, c = poly.all_coeffs()
    root = sp.sqrt(b**2 - 4 * a * c)
    roots = [(-b + root) / (2 * a), (-b - root) / (2 * a)]
    value, claim = to_sympy(asked), to_sympy(answer)
    for pair in (roots, roots[::-1]):
        put = dict(zip(map(sp.Symbol, request.words), pair, strict=True))
        gap = sp.radsimp(sp.simplify(sp.expand(value.subs(put, simultaneous=True)) - claim))
        if sp.simplify(gap) != 0:
            return UNKNOWN
    return Proved("both roots put in")


SIGNS = {"equal": t.Comparison.EQ, "one": t.Comparison.EQ, "two": t.Comparison.GT,
         "none": t.Comparison.LT, "real": t.Comparison.GE}  # fmt: skip


def _condition(request: Request, answer: t.Expr) -> Verdict:
    """The parameters are those for which the resultant with the derivative has the sign."""
    (equation,), (name, letter) = request.operands, request.variables
    if not isinstance(equation, t.Relation) or not is_polynomial(equation, name, letter):
        return UNKNOWN
    try:
        poly = sp.Poly(to_sympy(t.sub(equation.left, equation.right)), sp.Symbol(name))
    except (NotConvertible, sp.PolynomialError):
        return UNKNOWN
    lead = poly.LC()
    if poly.degree() > 2 or (lead.free_symbols and "quadratic" not in request.words):
        return check_number_of_roots(request, answer, Deadline(SECONDS))
    if poly.degree() != 2 or poly.free_symbols_in_domain != {sp.Symbol(letter)}:
        return UNKNOWN
    zero = t.integer(0)
    parts = [t.Relation(SIGNS[request.words[0]], from_sympy(sp.expand(poly.discriminant())), zero)]
    if lead.free_symbols:
        parts.append(t.Relation(t.Comparison.NE, from_sympy(lead), zero))
    whole = parts[0] if len(parts) == 1 else t.Junction(t.Connective.AND, tuple(parts))
    return check_link(whole, answer, Link.SOLUTION, (letter,), Deadline(SECONDS))


def _put_in(draft: Draft) -> t.Collection | None:
    """The set of solutions that was put into a sum or product."""
    found = [s.before for s in draft.steps if s.rule.id == "roots.put_in"]
    return found[0] if found and isinstance(found[0], t.Collection) else None


def _over_solutions(request: Request, answer: t.Expr, members: t.Collection) -> Verdict:
    """The set is proved to be all solutions, and the answer to be its sum or product."""
    deadline = Deadline(SECONDS)
    asked = _within(request.operands[0], request.domain, request.variables[0])
    if asked is None:
        return UNKNOWN
    solved = check_link(asked, members, Link.SOLUTION, request.variables, deadline)
    if not isinstance(solved, Proved) or _members(members) is None:
        return UNKNOWN
    line = t.add(*members.items) if request.topic == topics.ROOT_SUM else t.Mul(members.items)
    return check_equal(line, answer, (), deadline)


def _companion(poly: sp.Poly) -> sp.Matrix:
    """A matrix whose eigenvalues are the roots, each as often as it is one."""
    lead, *rest = poly.all_coeffs()
    size = len(rest)
    matrix = sp.zeros(size, size)
    for n in range(size - 1):
        matrix[n + 1, n] = 1
    for n, value in enumerate(reversed(rest)):
        matrix[n, size - 1] = -value / lead
    return matrix


def _same(value: sp.Expr, answer: sp.Expr, method: str) -> Verdict:
    gap = sp.together(sp.expand(sp.nsimplify(value - answer, rational=True)))
    if sp.expand(sp.fraction(gap)[0]) == 0:
        return Proved(method)
    if not gap.free_symbols and gap.is_Rational:
        return Refuted("", str(value), str(answer))
    return UNKNOWN


def _count(request: Request, draft: Draft) -> Verdict:
    """The set that was counted is proved to be the solutions, its members to differ."""
    if not draft.steps or not isinstance(draft.answer, t.Number):
        return UNKNOWN
    name, members, deadline = request.variables[0], draft.steps[-1].before, Deadline(SECONDS)
    whole, domain = without_whole(request.domain)
    asked = _within(request.operands[0], domain, name)
    if asked is None:
        return UNKNOWN
    if whole:
        reals = draft.steps[-2].before if len(draft.steps) > 1 else members
        verdict = check_whole(asked, reals, members, name, deadline)
    else:
        verdict = check_link(asked, members, Link.SOLUTION, (name,), deadline)
    if not isinstance(verdict, Proved):
        return UNKNOWN
    number = _members(members)
    if number is None:
        return UNKNOWN
    if draft.answer != t.integer(number):
        return Refuted("", str(number), str(draft.answer.value))
    return verdict


def _within(equation: t.Expr, domain: t.Expr | None, name: str) -> t.Expr | None:
    """The equation together with the range that its unknown is limited to."""
    if domain in (None, t.Constant(t.ConstantName.REALS)):
        return equation
    within = None if domain is None else as_statement(domain, (name,))
    return None if within is None else all_of([equation, within])


def _members(members: t.Expr) -> int | None:
    """How many members a finite set has, all clearly different."""
    if members == t.Constant(t.ConstantName.EMPTY):
        return 0
    if not isinstance(members, t.Collection) or members.kind is not t.Bracket.SET:
        return None
    try:
        with mp.workprec(BITS):
            values = sorted(mpf(evaluate(item, {}, bits=BITS)) for item in members.items)
            apart = all(b - a > 1e-30 for a, b in itertools.pairwise(values))
    except (NoValue, TypeError):
        return None
    return len(values) if apart else None
