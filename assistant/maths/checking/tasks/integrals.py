"""Antiderivatives and values of integrals, checked without the rules that found them.

Indefinite integrals are equal up to a constant: two lines agree when their derivatives do.
In a line after a substitution ``u = g(x)`` the chain rule gives the derivative by ``x``.
A definite value is proved by an antiderivative that is shown to be one and to have no jump
(the fundamental theorem), else supported by quadrature of its own.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.sampling import narrowed
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Doubt,
    Proved,
    Refuted,
    Request,
    Step,
    Supported,
    Undecided,
    Verdict,
)

SECONDS = 2.5
INVENTED = (sp.Subs, sp.DiracDelta, sp.Derivative, sp.Integral, sp.zoo, sp.nan)


class LogAbs(sp.Function):  # type: ignore[misc]
    """``ln |g|`` with its derivative ``g'/g``, valid on both sides of a zero of ``g``."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The derivative by the argument."""
        del argindex
        return 1 / self.args[0]


class AbsOf(sp.Function):  # type: ignore[misc]
    """``|g|`` with its derivative ``|g|/g``, where ``g`` is not 0."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The derivative by the argument."""
        del argindex
        return AbsOf(self.args[0]) / self.args[0]


class StepOf(sp.Function):  # type: ignore[misc]
    """``floor`` or ``ceiling`` between its jumps, where its derivative is 0."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The derivative by the argument; the second only says which function it is."""
        del argindex
        return sp.S.Zero


STEPS = {sp.floor: sp.Symbol("floor"), sp.ceiling: sp.Symbol("ceiling")}


def _marked(value: sp.Expr) -> sp.Expr:
    value = value.replace(
        lambda n: isinstance(n, sp.log) and isinstance(n.args[0], sp.Abs),
        lambda n: LogAbs(n.args[0].args[0]),
    )
    value = value.replace(sp.Abs, AbsOf)
    for kind, letter in STEPS.items():
        value = value.replace(kind, lambda a, n=letter: StepOf(a, n))
    return value


def line_derivative(expr: t.Expr, name: str, given: tuple[t.Expr, ...] = ()) -> t.Expr | None:
    """The derivative by ``name`` of a line with indefinite integrals, everything in ``name``.

    ``given`` may hold ``u = g(x)``, in the order in which they were chosen.
    """
    try:
        value = _marked(to_sympy(expr, real=True))
        chain = [
            (sp.Symbol(g.left.name, real=True), _marked(to_sympy(g.right, real=True)))
            for g in given
            if isinstance(g, t.Relation)
            and g.op is t.Comparison.EQ
            and isinstance(g.left, t.Symbol)
            and g.left.name != name
        ]
        return from_sympy(_total(value, sp.Symbol(name, real=True), chain))
    except NotConvertible:
        return None


def _total(value: sp.Expr, x: sp.Symbol, chain: list[tuple[sp.Symbol, sp.Expr]]) -> sp.Expr:
    """The total derivative by ``x``; raises ``NotConvertible`` where there is none."""
    rates: dict[sp.Symbol, sp.Expr] = {x: sp.S.One}
    for u, g in chain:
        rates[u] = sum((sp.diff(g, v) * r for v, r in rates.items()), sp.S.Zero)
    marks: dict[sp.Symbol, sp.Expr] = {}
    for integral in value.atoms(sp.Integral):
        if len(integral.limits) != 1 or len(integral.limits[0]) != 1:
            raise NotConvertible("definite integral")
        mark = sp.Dummy("F", real=True)
        marks[mark] = integral
        value = value.xreplace({integral: mark})
    total = sum((sp.diff(value, v) * r for v, r in rates.items()), sp.S.Zero)
    for mark, integral in marks.items():
        (v,) = integral.limits[0]
        if v not in rates:
            raise NotConvertible("a variable that was not introduced")
        total += sp.diff(value, mark) * integral.function * rates[v]
    for u, g in reversed(chain):
        total = total.xreplace({u: g})
    if total.has(*INVENTED):
        raise NotConvertible("derivative")
    for kind, letter in STEPS.items():
        total = total.replace(
            lambda n, c=letter: isinstance(n, StepOf) and n.args[1] == c,
            lambda n, k=kind: k(n.args[0]),
        )
    total = total.replace(LogAbs, lambda a: sp.log(sp.Abs(a, evaluate=False)))
    return total.replace(AbsOf, lambda a: sp.Abs(a, evaluate=False))


def has_indefinite(expr: t.Expr) -> bool:
    """Whether an indefinite integral stands in the formula."""
    return any(map(_is_indefinite, t.walk(expr)))


def _is_indefinite(node: t.Expr) -> bool:
    return isinstance(node, t.Call) and node.name == "integrate" and len(node.args) == 2


def substituted(step: Step) -> bool:
    """Whether a line before the return from a substitution: it has the ``u`` of ``u = g(x)``."""
    return bool(_chosen(step) & {*t.symbols(step.before), *t.symbols(step.after)})


def _chosen(step: Step) -> set[str]:
    return {
        g.left.name
        for g in step.given
        if isinstance(g, t.Relation)
        and g.op is t.Comparison.EQ
        and isinstance(g.left, t.Symbol)
        and g.left.name != step.variable
        and step.variable
        and g.left.name not in t.symbols(g.right)
    }


def _returned(expr: t.Expr, step: Step) -> t.Expr:
    """Every substitution undone, the last one first."""
    for g in reversed(step.given):
        match g:
            case t.Relation(t.Comparison.EQ, t.Symbol(name), right) if name in _chosen(step):
                expr = t.substitute(expr, name, right)
    return expr


def _facts(step: Step, name: str) -> tuple[t.Expr, ...]:
    """The conditions that hold in a line, about the variable itself."""
    conditions = (_returned(g, step) for g in step.given if _a_condition(g, name))
    return tuple(g for g in conditions if name in t.symbols(g))


def check_line(step: Step, deadline: Deadline) -> Verdict:
    """Whether two lines with indefinite integrals agree up to a constant.

    Lines without an integral must have the same value, with the substitutions undone.
    """
    name = step.variable or "x"
    if not has_indefinite(step.before) and not has_indefinite(step.after):
        facts = _facts(step, name)
        return check_equal(
            _returned(step.before, step), _returned(step.after, step), facts, deadline
        )
    before = line_derivative(step.before, name, step.given)
    after = line_derivative(step.after, name, step.given)
    if before is None or after is None:
        return Undecided(Doubt.NO_METHOD, "derivative")
    verdict = check_equal(before, after, _facts(step, name), deadline)
    ways = ((step.before, before, step.after), (step.after, after, step.before))
    if isinstance(verdict, Proved | Supported) and any(_on_a_part(step, *way) for way in ways):
        return Undecided(Doubt.NO_METHOD, "the antiderivative is defined on a part only")
    return verdict


def _on_a_part(step: Step, whole: t.Expr, slope: t.Expr, part: t.Expr) -> bool:
    """Whether a line without an integral has no value where one with an integral has:
    ``ln x`` for the integral of ``1/x``."""
    if not has_indefinite(whole) or has_indefinite(part):
        return False
    rest = t.transform(whole, lambda n: t.integer(0) if _is_indefinite(n) else n)
    name = step.variable or "x"
    return narrowed(t.add(slope, _returned(rest, step)), _returned(part, step), _facts(step, name))


def _a_condition(g: t.Expr, name: str) -> bool:
    return isinstance(g, t.Relation) and (g.op is not t.Comparison.EQ or g.left == t.Symbol(name))


def check_antiderivative(f: t.Expr, value: t.Expr, name: str) -> Verdict:
    """Whether ``value`` has the derivative ``f``."""
    slope = line_derivative(value, name)
    if slope is None:
        return Undecided(Doubt.NO_METHOD, "derivative")
    verdict = check_equal(f, slope, (), Deadline(SECONDS))
    if isinstance(verdict, Proved | Supported) and narrowed(f, value):
        return Undecided(Doubt.NO_METHOD, "the antiderivative is defined on a part only")
    if isinstance(verdict, Proved | Supported) and _has_steps(value):
        return _joined(value, name)
    return verdict


def _has_steps(value: t.Expr) -> bool:
    return any(
        isinstance(n, t.Call) and n.name in ("floor", "ceiling", "sign", "piecewise")
        for n in t.walk(value)
    )


def _joined(value: t.Expr, name: str) -> Verdict:
    """Whether a function made of pieces has no jump, tried at integers and halves: no proof."""
    x = sp.Symbol(name, real=True)
    big = to_sympy(value, real=True)
    tiny = sp.Rational(1, 10**9)
    points = 0
    for k in range(-12, 13):
        at = sp.Rational(k, 2)
        sides = [sp.N(big.subs(x, at + d), 20) for d in (-tiny, sp.S.Zero, tiny)]
        if not all(v.is_Float or v.is_Number for v in sides):
            continue
        if max(abs(v - sides[1]) for v in sides) > 1e-4:
            return Refuted(f"{name} = {at}", str(sides[0]), str(sides[2]))
        points += 1
    return Supported(points) if points else Undecided(Doubt.NO_POINTS)


def check_integral(request: Request, draft: Draft) -> Verdict:
    """The verdict on the answer to ``integrate``."""
    if (draft.answer is None and not draft.text) or not draft.variables:
        return Undecided(Doubt.NO_METHOD)
    name = draft.variables[0]
    if request.topic == topics.REGION:
        from assistant.maths.checking.tasks.iterated import check_region

        return check_region(request, draft)
    match request.operands:
        case (f,) if draft.answer is not None:
            return check_antiderivative(f, draft.answer, name)
        case (f, low, high):
            from assistant.maths.checking.tasks.definite import check_value
            from assistant.maths.checking.tasks.iterated import check_iterated, is_nested

            if is_nested(t.Call("integrate", (f, t.Symbol(name), low, high))):
                return check_iterated(request, draft, request.variables[0])
            return check_value((f, low, high), draft, name)
        case _:
            return Undecided(Doubt.NO_METHOD)
