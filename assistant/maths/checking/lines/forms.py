"""Steps that are known by their form, where the general checks of statements give no answer."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.lines.marks import Finding, linked, on, proved
from assistant.maths.checking.lines.rounded_roots import has_decimals
from assistant.maths.checking.logic.values import show_solution, solutions, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.types import Link, Proved, Refuted, Text

ADDED = (
    "follows from the line before, but solutions may have been added:"
    " test them in the first equation",
    "由上一行可推出本行，但可能产生增根，需代入原方程检验",
)


def by_form(before: t.Expr, after: t.Expr) -> Finding | None:
    """Two steps with parameters that are known by their form: ``u^2 = v`` as ``u = ±√v``
    (neither has solutions for v < 0), and a value put into a statement."""
    match before, after:
        case (
            t.Relation(t.Comparison.EQ, t.Pow(base, t.Number(two)), square),
            t.Relation(t.Comparison.EQ, left, t.Call("plusminus", (t.Call("sqrt", (radicand,)),))),
        ) if two == 2 and all(
            isinstance(linked(a, b, Link.EQUAL), Proved)
            for a, b in ((base, left), (square, radicand))
        ):
            told = ("has the same solutions as the line before", "与上一行同解")
            return on(proved("square root of both sides", *told), before)
        case t.Relation(t.Comparison.EQ, t.Symbol(name), value), _ if name not in t.symbols(value):
            put = t.substitute(after, name, value)
            if isinstance(put, t.Relation) and put.op is t.Comparison.EQ and _has_value(put):
                same = linked(put.left, put.right, Link.EQUAL)
                if isinstance(same, Proved):
                    return on(proved(f"implication: {same.method}", *ADDED), before)
    return by_values(before, after)


def _has_value(formula: t.Expr) -> bool:
    """Whether it has a value wherever its letters have one, by its form."""

    def total(node: t.Expr) -> bool:
        match node:
            case t.Div(_, den):
                return not t.symbols(den)
            case t.Pow(_, t.Number(value)):
                return value.denominator == 1
            case t.Call(name, _):
                return name in ("abs", "sin", "cos", "exp")
        return not isinstance(node, t.Pow)

    return all(total(n) for n in t.walk(formula))


def by_values(before: t.Expr, after: t.Expr) -> Finding | None:
    """Values put into a statement: ``x = 2, y = 3`` and then ``2x + y = 7``."""
    names = t.symbols(before)
    found = solutions(before, names)
    if not found or not set(t.symbols(after)) <= set(names):
        return None
    if any(t.symbols(value) for solution in found for _, value in solution):
        return None
    verdicts = [true_at(after, s, (), Deadline(0.5)) for s in found]
    if all(isinstance(v, Proved) for v in verdicts):
        return on(proved("implication: substitution", *ADDED), before)
    if all(isinstance(v, Refuted) for v in verdicts) and not has_decimals(after):
        values = show_solution(found[0])
        why = Text("false for {0}", "当 {0} 时不成立", (values,))
        return Finding(Refuted(values, "true", "false"), why)
    return None
