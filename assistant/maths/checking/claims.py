"""What a step claims, and who decides it."""

from __future__ import annotations

from typing import TypeGuard

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.asymptotics import limits
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.logic.equivalence import check_equal, worst
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.logic.statements import as_statement, is_set
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.exponents import Hidden, settled
from assistant.maths.checking.numerics.sampling import narrowed
from assistant.maths.checking.tasks.definite import check_definite_line, has_definite
from assistant.maths.checking.tasks.integrals import check_line, has_indefinite, substituted
from assistant.maths.checking.tasks.matrices import equal_values, has_matrix, row_equivalent
from assistant.maths.types import (
    Doubt,
    Link,
    Proved,
    Refuted,
    Step,
    Supported,
    Undecided,
    Verdict,
)

NARROWED = Undecided(Doubt.NO_METHOD, "the antiderivative is defined on a part only")


def check_claim(step: Step, deadline: Deadline) -> Verdict:
    """The verdict on ``before --link--> after``.  Raises ``OutOfTime``."""
    try:
        before, after = settled(step.before), settled(step.after)
    except Hidden:
        return Undecided(Doubt.NO_METHOD, "an exponent")
    match step.link:
        case Link.EQUAL if (is_statement(before) and is_statement(after)) or (
            is_operation(before) and is_set(after)
        ):
            return check_link(before, after, Link.EQUIVALENT, _names(step), deadline, step.given)
        case Link.EQUAL if has_indefinite(before) or has_indefinite(after) or substituted(step):
            return check_line(step, deadline)
        case Link.EQUAL if has_definite(before) or has_definite(after):
            return check_definite_line(step, deadline)
        case Link.EQUAL:
            return check_equality(before, after, step.given, deadline)
        case Link.EQUIVALENT | Link.IMPLIES | Link.SOLUTION:
            return check_link(before, after, step.link, _names(step), deadline, step.given)
        case Link.DERIVATIVE:
            return check_derivative(before, after, step.variable or "x", step.given, deadline)
        case Link.ANTIDERIVATIVE:
            given = (*step.given, *guards(before))
            verdict = check_derivative(after, before, step.variable or "x", given, deadline)
            if isinstance(verdict, Proved | Supported) and narrowed(before, after, step.given):
                return NARROWED
            return verdict
        case Link.ROW_EQUIVALENT:
            return row_equivalent(before, after)
        case Link.SATISFIES:
            return check_satisfies(step)
        case _:
            return Undecided(Doubt.NOT_A_CLAIM)


def _names(step: Step) -> tuple[str, ...]:
    if step.variable:
        return tuple(n.strip() for n in step.variable.split(","))
    return t.symbols(step.before) or t.symbols(step.after)


def is_statement(expr: t.Expr) -> bool:
    """Whether a formula is true or false, or a set of solutions, and no value."""
    if isinstance(expr, t.Collection):
        return False
    return is_set(expr) or isinstance(expr, t.Relation | t.Junction | t.Truth)


def is_operation(expr: t.Expr) -> bool:
    """Whether a formula is made of sets."""
    return isinstance(expr, t.Call) and expr.name in ("union", "intersection", "complement")


def check_equality(
    before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...], deadline: Deadline
) -> Verdict:
    """Values, lists of values, and operators that can be carried out exactly."""
    if has_matrix(before) and not isinstance(before, t.Collection):
        return equal_values(before, after)
    if isinstance(before, t.Collection) and isinstance(after, t.Collection):
        return check_items(before, after, given, deadline)
    if limits.has_limits(before, after):
        return limits.check_lines(before, after)
    first, second = carried_out(before), carried_out(after)
    return check_equal(first, second, given, deadline)


def check_items(
    before: t.Collection, after: t.Collection, given: tuple[t.Expr, ...], deadline: Deadline
) -> Verdict:
    """Lists and tuples item by item; sets as statements."""
    if before.kind is t.Bracket.SET and after.kind is t.Bracket.SET:
        width = max((len(i.items) for i in before.items if isinstance(i, t.Collection)), default=1)
        names = tuple(f"x_{n}" for n in range(width))
        return check_link(before, after, Link.EQUIVALENT, names, deadline, given)
    if len(before.items) != len(after.items):
        return Refuted("length", str(len(before.items)), str(len(after.items)))
    pairs = zip(before.items, after.items, strict=True)
    return worst([
        check_link(a, b, Link.EQUIVALENT, t.symbols(a), deadline, given)
        if is_statement(a) and is_statement(b)
        else check_equality(a, b, given, deadline)
        for a, b in pairs
    ])  # fmt: skip


def derivative(expr: t.Expr, name: str) -> t.Expr | None:
    """The derivative as a formula; the integrand for an indefinite integral.  None of ``f(2)``:
    ``f'(2)`` is written so, and means the slope there."""
    if name not in t.symbols(expr) and any(map(_is_unknown, t.walk(expr))):
        return None
    try:
        value = to_sympy(expr, real=True)
        x = sp.Symbol(name, real=True)
        marks: dict[sp.Basic, sp.Basic] = {}
        for integral in value.atoms(sp.Integral):
            if integral.limits == ((x,),):
                mark = sp.Function(f"F{len(marks)}", real=True)(x)
                marks[mark] = integral
                value = value.xreplace({integral: mark})
        result = sp.diff(value, x)
        for mark, integral in marks.items():
            result = result.xreplace({sp.Derivative(mark, x): integral.function, mark: integral})
        return plain(result)
    except NotConvertible:
        return None


def plain(value: sp.Basic) -> t.Expr:
    """A SymPy derivative as a formula, without the markers that SymPy invents.

    Raises ``NotConvertible``.
    """
    if value.has(sp.Subs, sp.DiracDelta, sp.Derivative, sp.Integral, sp.zoo, sp.nan):
        raise NotConvertible("derivative")
    return from_sympy(value)


def carried_out(expr: t.Expr) -> t.Expr:
    """The same expression with every derivative of a known function carried out."""

    def change(node: t.Expr) -> t.Expr:
        match node:
            case t.Call("diff", (body, t.Symbol(name), *order)):
                count = order[0] if order else t.integer(1)
                if not isinstance(count, t.Number) or count.value > 12:
                    return node
                result: t.Expr | None = body
                for _ in range(int(count.value)):
                    result = derivative(result, name) if result is not None else None
                return node if result is None else result
        return node

    if any(isinstance(n, t.Call) and n.name == "diff" for n in t.walk(expr)):
        return t.transform(expr, change)
    return expr


def check_derivative(
    function: t.Expr, claimed: t.Expr, name: str, given: tuple[t.Expr, ...], deadline: Deadline
) -> Verdict:
    """Whether ``claimed`` is the derivative of ``function`` by ``name``."""
    if isinstance(function, t.Relation) and isinstance(claimed, t.Relation):
        return worst([
            check_derivative(function.left, claimed.left, name, given, deadline),
            check_derivative(function.right, claimed.right, name, given, deadline),
        ])  # fmt: skip
    if as_statement(function, (name,)) is not None:
        return Undecided(Doubt.NO_METHOD)
    exact = derivative(carried_out(function), name)
    if exact is None:
        return Undecided(Doubt.NO_METHOD, "derivative")
    where = (*given, *guards(function))  # its derivative may have values where it has none
    return check_equal(exact, carried_out(claimed), where, deadline)


def check_satisfies(step: Step) -> Verdict:
    """Whether a function fulfils a differential equation: the residual is zero."""
    from assistant.maths.checking.tasks.odes import satisfies

    function = next((n.name for n in t.walk(step.after) if _is_unknown(n)), "")
    function = function or (
        step.after.left.name
        if isinstance(step.after, t.Relation) and isinstance(step.after.left, t.Symbol)
        else ""
    )
    if not function or not step.variable:
        return Undecided(Doubt.NO_METHOD)
    return satisfies(step.before, step.after, function, step.variable)


def _is_unknown(node: t.Expr) -> TypeGuard[t.Call]:
    """A function applied that is none of the known ones."""
    return isinstance(node, t.Call) and len(node.name) == 1
