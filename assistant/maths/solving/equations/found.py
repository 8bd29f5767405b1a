"""What a finder of roots returns, and the small tools that all finders share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import ToSympy, from_sympy
from assistant.maths.solving.equations.real_root import root
from assistant.maths.solving.equations.solution_sets import (
    K,
    Piece,
    as_set,
    log_to_base,
    one_of,
    ordered,
    pieces_tree,
    points,
    union,
    value_tree,
)
from assistant.maths.types import Link, Rule, Step, Text

MAX_DEPTH = 9
"""How often finders may call one another: squaring twice, a substitution, a product."""

EITHER = Rule("equation.cases", "Solve each equation", "分别求解")
ZERO_PRODUCT = Rule("equation.zero_product", "A product is zero", "积为零")
WHY_ZERO_PRODUCT = Text(
    "A product is zero exactly when one of its factors is zero.",
    "若干个因式的积为零，则至少有一个因式为零。",
)
WHY_EITHER = Text("Solve each of the equations by itself.", "分别解每一个方程。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Candidates that contain every solution, with the steps that led to them.

    ``families`` are expressions in the integer ``k``; ``pieces`` are intervals all of
    whose points satisfy the equation (where it is defined).  Steps may have invented
    roots: who asked checks each in the original equation.
    """

    steps: tuple[Step, ...] = ()
    roots: tuple[sp.Expr, ...] = ()
    families: tuple[sp.Expr, ...] = ()
    pieces: tuple[Piece, ...] = ()
    without: tuple[sp.Expr, ...] = ()
    """Members of the families that are no solutions."""
    method: str = ""
    conditions: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def finite(self) -> bool:
        """Whether the candidates are single numbers."""
        return not self.families and not self.pieces


def answer_set(found: Found) -> t.Expr:
    """The set of the solutions that were found."""
    families = as_set((), found.families)
    if found.without:
        families = t.Call("complement", (families, points(found.without)))
    return union([pieces_tree(found.pieces), points(found.roots), families])


def last_line(found: Found, name: str) -> tuple[t.Expr, Link]:
    """The line that says what was found, and how it follows from the equation."""
    if found.finite:
        return one_of(name, found.roots), Link.EQUIVALENT
    return answer_set(found), Link.SOLUTION


def merge(parts: Sequence[Found]) -> Found:
    """The candidates of several equations, each of which may hold."""
    return Found(
        roots=tuple(ordered(r for p in parts for r in p.roots)),
        families=condensed([f for p in parts for f in p.families]),
        pieces=tuple(dict.fromkeys(i for p in parts for i in p.pieces)),
        conditions=tuple(dict.fromkeys(c for p in parts for c in p.conditions)),
        notes=tuple(dict.fromkeys(n for p in parts for n in p.notes)),
    )


def is_member(value: sp.Expr, family: sp.Expr) -> bool:
    """Whether a number is one of a family."""
    width, start = family.coeff(K, 1), family.coeff(K, 0)
    return bool(width != 0 and sp.simplify((value - start) / width).is_Integer)


def condensed(families: Sequence[sp.Expr]) -> tuple[sp.Expr, ...]:
    """Families that interlock as one: ``2kπ`` and ``π + 2kπ`` are ``kπ``."""
    rest = list(dict.fromkeys(families))
    for n, one in enumerate(rest):
        width, start = one.coeff(K, 1), one.coeff(K, 0)
        for other in rest[n + 1 :]:
            apart = sp.expand(other.coeff(K, 0) - start)
            if other.coeff(K, 1) == width and abs(apart) == width / 2:
                kept = [f for f in rest if f not in (one, other)]
                first = start if apart == width / 2 else other.coeff(K, 0)
                return condensed([*kept, first + width / 2 * K])
    return tuple(rest)


def branches(
    name: str, equations: Sequence[t.Expr], parts: Sequence[Found], *, method: str = ""
) -> Found:
    """Several equations joined by *or*: one step whose sub-steps solve them in turn."""
    merged = replace(merge(parts), method=method)
    if len(equations) == 1:
        return replace(merged, steps=parts[0].steps)
    before = t.Junction(t.Connective.OR, tuple(equations))
    after, link = last_line(merged, name)
    if after == before:
        return merged
    step = Step(
        rule=EITHER,
        why=WHY_EITHER,
        before=before,
        after=after,
        link=link,
        variable=name,
        substeps=tuple(s for p in parts for s in p.steps),
    )
    return replace(merged, steps=(step,))


def step(
    before: t.Expr,
    after: t.Expr,
    rule: Rule,
    why: Text,
    *,
    name: str,
    link: Link = Link.EQUIVALENT,
) -> Step:
    """One line of an equation's solution."""
    return Step(rule=rule, why=why, before=before, after=after, link=link, variable=name)


class _School(ToSympy):
    """Real symbols, and roots with an odd index that are real everywhere."""

    def call(self, name: str, args: tuple[t.Expr, ...]) -> sp.Basic:
        match name, args:
            case "root", (x, t.Number(n)) if n.denominator == 1 and n % 2 == 1:
                return root(self(x), sp.Integer(int(n)))
        return super().call(name, args)


def real(expr: t.Expr) -> sp.Expr:
    """The SymPy value with real symbols: what the finders compute with."""
    return _School(real=True)(expr)


def real_symbol(name: str) -> sp.Symbol:
    """The SymPy symbol of the unknown."""
    return sp.Symbol(name, real=True)


def written(value: sp.Expr) -> t.Expr:
    """The formula of a value; a quotient of logarithms is a logarithm to a base."""
    if value.is_Float:
        return value_tree(value)
    return t.transform(from_sympy(value), log_to_base)


def zero_form(equation: t.Relation) -> sp.Expr:
    """Left side minus right side."""
    return real(equation.left) - real(equation.right)


def fresh(name: str, *used: t.Expr) -> str:
    """A letter for a substitution that nothing uses yet."""
    taken = {n for e in used for n in t.symbols(e)} | {name}
    return next(c for c in "utvwsqp" if c not in taken)
