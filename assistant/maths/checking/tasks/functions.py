"""Answers about functions, by what they mean."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.logic.domains import conjunction, guards, implied
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.tasks.defined import narrowed_in_silence, poles_apart
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Link, Proved, Refuted, Request, Undecided, Verdict

SECONDS = 2.5


def check_shape(request: Request, draft: Draft) -> Verdict:
    """Domain, zeros, intercepts, parity, period, vertex, axis, inverse."""
    expr = request.operands[0]
    if isinstance(expr, t.Relation):
        expr = expr.right
    name = draft.variables[0] if draft.variables else "x"
    deadline = Deadline(SECONDS)
    match request.topic, draft.answer:
        case topics.PARITY, _:
            return _parity(expr, name, draft.text, deadline)
        case topics.DOMAIN, answer if answer is not None:
            needed = (*guards(expr), *poles_apart(expr))
            if not needed and answer == t.Constant(t.ConstantName.REALS):
                return Proved("defined everywhere")
            return check_link(conjunction(needed), answer, Link.SOLUTION, (name,), deadline)
        case topics.ZEROS, answer if answer is not None:
            equation = t.equation(expr, t.integer(0))
            return check_link(equation, answer, Link.SOLUTION, (name,), deadline)
        case topics.INTERCEPTS, t.Collection(t.Bracket.SET, items):
            return _intercepts(expr, name, items, deadline)
        case topics.PERIOD, answer if answer is not None:
            return _period(expr, name, answer, deadline)
        case (topics.VERTEX, t.Collection(_, (h, k))):
            return _vertex(expr, name, (h, k))
        case (topics.AXIS, t.Relation(_, _, h)):
            return _vertex(expr, name, (h, None))
        case topics.INVERSE_FUNCTION, answer if answer is not None:
            return _inverse(expr, name, answer, deadline)
    return Undecided(Doubt.NO_METHOD)


def _parity(expr: t.Expr, name: str, word: str, deadline: Deadline) -> Verdict:
    mirrored = t.substitute(expr, name, t.Neg(t.Symbol(name)))
    even = check_equal(mirrored, expr, (), deadline)
    odd = check_equal(mirrored, t.Neg(expr), (), deadline)
    match word:
        case "even":
            return even
        case "odd":
            return odd
        case _:
            both = isinstance(even, Refuted) and isinstance(odd, Refuted)
            return Proved("counterexamples") if both else Undecided(Doubt.NO_METHOD)


def _intercepts(expr: t.Expr, name: str, items: tuple[t.Expr, ...], deadline: Deadline) -> Verdict:
    zero = t.integer(0)
    pairs = [i.items for i in items if isinstance(i, t.Collection)]
    roots = tuple(a for a, b in pairs if b == zero)
    others = [b for a, b in pairs if a == zero and b != zero]
    answer = t.Collection(t.Bracket.SET, roots) if roots else t.Constant(t.ConstantName.EMPTY)
    zeros = check_link(t.equation(expr, zero), answer, Link.SOLUTION, (name,), deadline)
    at_zero = to_sympy(t.substitute(expr, name, zero), real=True)
    for value in others:
        if sp.simplify(at_zero - to_sympy(value, real=True)) != 0:
            return Refuted(f"{name} = 0", str(at_zero), str(value))
    if not others and at_zero.is_finite and at_zero.is_real and sp.simplify(at_zero) != 0:
        return Refuted(f"{name} = 0", "an intercept is missing", "")
    return zeros


def _period(expr: t.Expr, name: str, answer: t.Expr, deadline: Deadline) -> Verdict:
    """It repeats after the answer, and not after a half, a third, … a sixth of it."""
    later = t.substitute(expr, name, t.add(t.Symbol(name), answer))
    whole = check_equal(later, expr, (), deadline)
    if not isinstance(whole, Proved):
        return whole
    for part in range(2, 7):
        sooner = t.add(t.Symbol(name), t.Div(answer, t.integer(part)))
        verdict = check_equal(t.substitute(expr, name, sooner), expr, (), deadline)
        if isinstance(verdict, Proved):
            return Refuted(f"1/{part} of it", "is a period too", "")
        if not isinstance(verdict, Refuted):
            return Undecided(Doubt.NO_METHOD)
    return _one_wave(expr, name)


def _one_wave(expr: t.Expr, name: str) -> Verdict:
    """With one wave in it, a function has no shorter period than a whole part of the wave's."""
    waves = [n for n in t.walk(expr) if isinstance(n, t.Call) and name in t.symbols(n)]
    if len(waves) == 1:
        return Proved("f(x + T) = f(x), and no part of T does it")
    return Undecided(Doubt.NO_METHOD)


def _vertex(expr: t.Expr, name: str, at: tuple[t.Expr, t.Expr | None]) -> Verdict:
    """Symmetric about it, and with the value there."""
    x, d = sp.Symbol(name, real=True), sp.Dummy("d", real=True)
    f = to_sympy(expr, real=True)
    h = to_sympy(at[0], real=True)
    if sp.expand(f.subs(x, h + d) - f.subs(x, h - d)) != 0:
        return Refuted(f"{name} = {h}", "not symmetric", "")
    if at[1] is not None and sp.expand(f.subs(x, h) - to_sympy(at[1], real=True)) != 0:
        return Refuted(f"{name} = {h}", str(f.subs(x, h)), "")
    return Proved("symmetry")


def _inverse(expr: t.Expr, name: str, answer: t.Expr, deadline: Deadline) -> Verdict:
    """``g(f(x)) = x`` wherever f is defined: then f is one-to-one and g undoes it."""
    symbol = t.Symbol(name)
    return check_equal(t.substitute(answer, name, expr), symbol, tuple(guards(expr)), deadline)


def _length(request: Request, draft: Draft) -> Verdict:
    """The value of the integral of ``sqrt(1 + f'^2)``, with a derivative of our own."""
    from assistant.maths.checking.claims import derivative
    from assistant.maths.checking.tasks.definite import check_value

    body, low, high = request.operands
    name = request.variables[0]
    slope = derivative(body, name)
    if slope is None or not _unbroken(body, name, (low, high)):
        return Undecided(Doubt.NO_METHOD)
    root = t.Call("sqrt", (t.Add((t.integer(1), t.Pow(slope, t.integer(2)))),))
    return check_value((root, low, high), draft, name)


UNBROKEN = frozenset("sqrt root exp ln log sin cos tan atan asin acos sinh cosh tanh abs".split())
"""Functions that are continuous wherever they have a value."""


def _unbroken(body: t.Expr, name: str, ends: tuple[t.Expr, t.Expr]) -> bool:
    """Whether a curve surely has a value, and no jump, everywhere between the ends: ``ln x``
    has a slope at -1, and no point there."""
    if any(isinstance(n, t.Call) and n.name not in UNBROKEN for n in t.walk(body)):
        return False
    x = t.Symbol(name)
    between = (t.Relation(t.Comparison.GE, x, ends[0]), t.Relation(t.Comparison.LE, x, ends[1]))
    return all(implied(between, wanted) for wanted in (*guards(body), *poles_apart(body)))


OWN = frozenset(
    {
        topics.DOMAIN,
        topics.ZEROS,
        topics.INTERCEPTS,
        topics.PARITY,
        topics.PERIOD,
        topics.VERTEX,
        topics.AXIS,
        topics.INVERSE_FUNCTION,
    }
)


def check_function(request: Request, draft: Draft) -> Verdict:
    """The check for the topic."""
    bodies = [o for o in request.operands if not isinstance(o, t.Relation | t.Collection)]
    if request.topic != topics.DOMAIN and any(map(narrowed_in_silence, bodies)):
        return Undecided(Doubt.NO_METHOD, "where the function is defined")
    if request.topic in OWN:
        return check_shape(request, draft)
    if request.topic == topics.RANGE:
        from assistant.maths.checking.tasks.ranges import check_range

        return check_range(request, draft, Deadline(SECONDS))
    if request.topic == topics.ASYMPTOTES:
        from assistant.maths.checking.tasks.asymptotes import check_asymptotes

        return check_asymptotes(request, draft)
    if request.topic == topics.ARC_LENGTH:
        return _length(request, draft)
    if request.topic == topics.SKETCH:  # its properties were proved one by one
        same = draft.answer == t.equation(t.Symbol("y"), request.operands[0])
        return Proved("each property on its own") if same else Undecided(Doubt.NO_METHOD)
    from assistant.maths.checking.tasks.curves import check_curve

    return check_curve(request, draft)
