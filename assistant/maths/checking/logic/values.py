"""Solutions that a statement spells out, tried in the other statement."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.logic.cells import NotAlgebraic, truth_table
from assistant.maths.checking.logic.domains import poles
from assistant.maths.checking.logic.equivalence import check_equal, worst
from assistant.maths.checking.logic.statements import Claim, word
from assistant.maths.checking.numerics.algebraic import exact_holds, is_zero
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import NoValue, evaluate
from assistant.maths.checking.numerics.sampling import (
    certainly_different,
    needs_complex,
    show_value,
)
from assistant.maths.types import Doubt, Proved, Refuted, Supported, Undecided, Verdict

Assignment = tuple[tuple[str, t.Expr], ...]


def solutions(statement: t.Expr, names: tuple[str, ...]) -> tuple[Assignment, ...] | None:
    """The solutions that ``x = 1 or x = 2`` spells out, ``None`` where it is of another form."""
    match statement:
        case t.Truth(value):
            return None if value else ()
        case t.Junction(t.Connective.OR, args):
            parts = [solutions(a, names) for a in args]
            return None if None in parts else tuple(s for p in parts if p for s in p)
        case t.Junction(t.Connective.AND, args):
            pairs = [_pair(a, names) for a in args]
            found = tuple(p for p in pairs if p is not None)
            distinct = len({n for n, _ in found}) == len(pairs)
            return (found,) if distinct else None
        case _:
            pair = _pair(statement, names)
            return None if pair is None else ((pair,),)


def _pair(statement: t.Expr, names: tuple[str, ...]) -> tuple[str, t.Expr] | None:
    match statement:
        case t.Relation(t.Comparison.EQ, t.Symbol(name), value) if name in names:
            return None if set(t.symbols(value)) & set(names) else (name, value)
        case t.Relation(t.Comparison.EQ, value, t.Symbol(name)) if name in names:
            return None if set(t.symbols(value)) & set(names) else (name, value)
    return None


def put_in(statement: t.Expr, solution: Assignment) -> t.Expr:
    """The statement with the values in place of the unknowns."""
    for name, value in solution:
        statement = t.substitute(statement, name, value)
    return statement


def true_at(
    statement: t.Expr, solution: Assignment, given: tuple[t.Expr, ...], deadline: Deadline
) -> Verdict:
    """Whether a statement holds at a solution: proved, supported, refuted or undecided."""
    return always_true(put_in(statement, solution), given, deadline)


def always_true(statement: t.Expr, given: tuple[t.Expr, ...], deadline: Deadline) -> Verdict:
    """Whether a statement about constants (and parameters) holds."""
    complex_values = needs_complex(statement)
    if not t.symbols(statement):
        try:
            if exact_holds(statement, complex_values=complex_values):
                return Proved("substitution")
            return Refuted("", "false", "true")
        except NoValue:
            pass
    match statement:
        case t.Relation(t.Comparison.EQ, left, right):
            return check_equal(left, right, given, deadline)
        case t.Junction(t.Connective.AND, args):
            return worst([always_true(a, given, deadline) for a in args])
        case t.Junction(t.Connective.OR, args):
            verdicts = [always_true(a, given, deadline) for a in args]
            if all(isinstance(v, Refuted) for v in verdicts) and not t.symbols(statement):
                return verdicts[0]
            order = (Proved, Supported, Undecided, Refuted)
            best = min(verdicts, key=lambda v: order.index(type(v)))
            return Undecided(Doubt.NO_METHOD) if isinstance(best, Refuted) else best
    return Undecided(Doubt.NO_METHOD)


def _exists(solution: Assignment) -> bool:
    """Whether every value in it is a number: ``x = ln(-1)`` holds nowhere."""
    try:
        for _, value in solution:
            evaluate(value, {}, complex_values=needs_complex(value))
    except NoValue:
        return False
    return True


def show_solution(solution: Assignment) -> str:
    """``x = 2`` with numbers."""
    shown = []
    for name, value in solution:
        try:
            number = evaluate(value, {}, complex_values=needs_complex(value))
            shown.append(f"{name} = {show_value(number)}")
        except NoValue:
            shown.append(name)
    return ", ".join(shown)


def by_refuting(claim: Claim) -> Verdict | None:
    """A value that solves the one and not the other, where one of them spells its values out.

    Never more than a refutation: that nothing is invented does not say that nothing is lost.
    """
    if claim.given:
        return None  # whether a spelled-out value obeys the conditions would be a question too
    for one, other, counts in (
        (claim.before, claim.after, True),
        (claim.after, claim.before, claim.both_ways),
    ):
        spelled = solutions(one, claim.names) if counts else None
        if set(t.symbols(one) + t.symbols(other)) - set(claim.names):
            continue  # with parameters a failing point may lie outside of what is meant
        for solution in spelled or ():
            verdict = true_at(other, solution, claim.given, claim.deadline)
            if isinstance(verdict, Refuted) and _exists(solution):
                left, right = word(one is claim.before), word(one is not claim.before)
                return Refuted(show_solution(solution), left, right)
    return None


def by_counting(claim: Claim) -> Verdict | None:
    """An algebraic equation and numbers that fulfil it: as many as it has solutions."""
    spelled = solutions(claim.after, claim.names)
    if not spelled or len(claim.names) != 1 or not claim.both_ways or claim.given:
        return None
    name = claim.names[0]
    try:
        table = truth_table([claim.before], name)
        count = sum(true for _, (true,) in table)
        if any(true for _, (true,) in table[::2]) or not _all_different(spelled):
            return None
    except (NotAlgebraic, NoValue):
        return None
    for solution in spelled:
        verdict = true_at(claim.before, solution, (), claim.deadline)
        if not isinstance(verdict, Proved):
            return None
    if count == len(spelled):
        return Proved("as many solutions as the equation has")
    return Refuted("number of solutions", str(count), str(len(spelled)))


def _all_different(spelled: tuple[Assignment, ...]) -> bool:
    """Whether the numbers are surely different."""
    values = [s[0][1] for s in spelled]
    return all(
        certainly_different(one, other, {})[0]
        for n, one in enumerate(values)
        for other in values[:n]
    )


def by_complex_roots(claim: Claim) -> Verdict | None:
    """All complex roots of a polynomial: each fulfils it, and there are as many as its
    square-free part has."""
    if not needs_complex(claim.after) or len(claim.names) != 1:
        return None
    spelled = solutions(claim.after, claim.names)
    if spelled is None or not isinstance(claim.before, t.Relation):
        return None
    if claim.before.op is not t.Comparison.EQ or not claim.both_ways:
        return None
    difference = t.sub(claim.before.left, claim.before.right)
    if poles(difference):
        return None
    try:
        poly = sp.Poly(to_sympy(difference), sp.Symbol(claim.names[0]))
    except (NotConvertible, sp.PolynomialError):
        return None
    values = [s[0][1] for s in spelled]
    if not all(is_zero(put_in(difference, s), {}, complex_values=True) for s in spelled):
        return None
    for n, one in enumerate(values):
        for other in values[:n]:
            if is_zero(t.sub(one, other), {}, complex_values=True) is not False:
                return None
    roots = poly.sqf_part().degree()
    if roots == len(values):
        return Proved("as many roots as the degree")
    return Refuted("number of complex roots", str(roots), str(len(values)))
