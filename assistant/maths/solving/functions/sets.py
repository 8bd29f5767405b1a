"""Union, intersection and difference of sets of real numbers, given in any way."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.found import real, written
from assistant.maths.solving.equations.inequalities import solve_statement
from assistant.maths.solving.equations.one_unknown import window_of
from assistant.maths.solving.equations.solution_sets import EMPTY, REALS, ordered, pieces_tree
from assistant.maths.types import Link, Request, Rule, Step, Text

RULES = {
    "union": (
        Rule("sets.union", "Union", "并集"),
        Text("Everything that is in one of the sets.", "属于其中任一集合的所有元素。"),
    ),
    "intersection": (
        Rule("sets.intersection", "Intersection", "交集"),
        Text("Everything that is in all of the sets.", "同时属于各集合的所有元素。"),
    ),
    "complement": (
        Rule("sets.difference", "Difference", "差集（补集）"),
        Text("What is in the first set and not in the second.", "属于前者而不属于后者的元素。"),
    ),
}
SOLVE = Rule("sets.condition", "Solve the condition", "解集合的条件")


def set_value(request: Request) -> Draft | None:
    """``A ∪ B``, ``A ∩ B``, ``A ∖ B`` and what is made of them."""
    match request.operands:
        case (t.Call(name, _) as whole,) if name in RULES:
            pass
        case _:
            return None
    steps: list[Step] = []
    try:
        value = _value(whole, steps)
    except (NotASet, TypeError, ValueError, NotImplementedError):
        return None
    answer = _tree(value)
    return None if answer is None else Draft(answer=answer, steps=tuple(steps), method="sets")


class NotASet(Exception):  # noqa: N818 - "not mine" as a value
    """Not a set of real numbers that is known here."""


def _value(expr: t.Expr, steps: list[Step]) -> sp.Set:
    """The set, with a step for each operation.  Raises ``NotASet``."""
    match expr:
        case t.Call(("union" | "intersection" | "complement") as name, args):
            parts = [_value(a, steps) for a in args]
            before = t.Call(name, tuple(_shown(p) for p in parts))
            value = _joined(name, parts)
            rule, why = RULES[name]
            after = _shown(value)
            if after != before:
                steps.append(
                    Step(rule=rule, why=why, before=before, after=after, link=Link.EQUAL,
                         variable="x")
                )  # fmt: skip
            return value
        case t.Collection(t.Bracket.SET, items):
            numbers = [real(i) for i in items]
            if any(n.free_symbols or not n.is_real for n in numbers):
                raise NotASet
            return sp.FiniteSet(*ordered(numbers))
        case t.Collection(kind, (low, high)):
            opened = kind is t.Bracket.TUPLE
            return _value(t.Interval(low, high, opened, opened), steps)
        case t.Interval():
            piece = window_of(expr)
            assert piece is not None
            return sp.Interval(piece.low, piece.high, piece.low_open, piece.high_open)
        case t.Constant(t.ConstantName.EMPTY):
            return sp.EmptySet
        case t.Constant(t.ConstantName.REALS):
            return sp.S.Reals
        case t.Call("conditionset", (t.Symbol(name), condition)):
            return _solved(expr, name, condition, steps)
    raise NotASet


def _joined(name: str, parts: list[sp.Set]) -> sp.Set:
    match name:
        case "union":
            return sp.Union(*parts)
        case "intersection":
            return sp.Intersection(*parts)
    if len(parts) != 2:
        raise NotASet
    return sp.Complement(*parts)


def _solved(expr: t.Expr, name: str, condition: t.Expr, steps: list[Step]) -> sp.Set:
    """The solutions of the condition of ``{x | …}``."""
    if t.symbols(condition) != (name,):
        raise NotASet
    found = solve_statement(condition, name)
    if found is None:
        raise NotASet
    lines, pieces = found
    after = pieces_tree(pieces)
    why = Text("Solve its condition.", "解集合的条件。")
    steps.append(
        Step(rule=SOLVE, why=why, before=expr, after=after, link=Link.EQUAL, variable=name,
             substeps=tuple(lines))
    )  # fmt: skip
    return sp.Union(
        *(
            sp.FiniteSet(p.low)
            if p.low == p.high
            else sp.Interval(p.low, p.high, p.low_open, p.high_open)
            for p in pieces
        )
    )


def _shown(value: sp.Set) -> t.Expr:
    tree = _tree(value)
    if tree is None:
        raise NotASet
    return tree


def _tree(value: sp.Set) -> t.Expr | None:
    """A SymPy set as a formula."""
    if value is sp.S.EmptySet:
        return EMPTY
    if value is sp.S.Reals:
        return REALS
    match value:
        case sp.FiniteSet():
            return t.Collection(t.Bracket.SET, tuple(written(v) for v in ordered(value.args)))
        case sp.Interval():
            ends = [_end(e) for e in (value.start, value.end)]
            return t.Interval(ends[0], ends[1], bool(value.left_open), bool(value.right_open))
        case sp.Union():
            parts = [_tree(a) for a in sorted(value.args, key=lambda a: a.inf)]
            if None in parts:
                return None
            return t.Call("union", tuple(p for p in parts if p is not None))
    return None


def _end(value: sp.Expr) -> t.Expr:
    infinity = t.Constant(t.ConstantName.INFINITY)
    if value in (sp.oo, -sp.oo):
        return infinity if value == sp.oo else t.Neg(infinity)
    return written(value)
