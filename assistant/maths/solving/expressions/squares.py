"""Inequalities of degree two in several letters: the difference as a sum of squares."""

from __future__ import annotations

import itertools

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

DIFFERENCE = Rule("prove.difference", "Look at the difference of the sides", "考察两边之差")
SQUARES = Rule("prove.squares", "Write it as a sum of squares", "配成平方和")
SQUARE = Rule("prove.square", "A square is never negative", "平方非负")
PRODUCT = Rule("prove.product", "Write it as a product", "写成乘积")
FACTOR = Text("Factor.", "因式分解。")
MOST = 5
POSITIVE = t.Interval(
    t.integer(0), t.Constant(t.ConstantName.INFINITY), low_open=True, high_open=True
)
TURNED = {t.Comparison.LE: t.Comparison.GE, t.Comparison.LT: t.Comparison.GT}


def prove_by_squares(request: Request) -> Draft | None:
    """``a^2 + b^2 + c^2 >= ab + bc + ca``."""
    match request.operands:
        case (t.Relation(t.Comparison.GE, more, less) as statement,):
            pass
        case (t.Relation(t.Comparison.LE, less, more) as statement,):
            pass
        case _:
            return None
    if request.domain is not None:
        return None
    difference = t.sub(more, less)
    try:
        value = sp.expand(to_sympy(difference))
        letters = sorted(value.free_symbols, key=str)
        poly = sp.Poly(value, *letters)
    except (NotConvertible, sp.PolynomialError, sp.GeneratorsNeeded):
        return None
    if poly.total_degree() != 2 or len(letters) > MOST or poly.domain not in (sp.ZZ, sp.QQ):
        return None
    parts = _differences(poly) or _completed(poly)
    if parts is None:
        return None
    line = t.add(*map(from_sympy, parts)) if parts else t.integer(0)
    why = Text("Show that the difference is never negative.", "证明两边之差非负。")
    told = Text("{0} is never negative.", "{0} 恒为非负数。", (line,))
    last = t.Relation(t.Comparison.GE, line, t.integer(0))
    steps = (
        Step(rule=DIFFERENCE, why=why, before=statement, after=difference, link=Link.FORMULA),
        Step(
            rule=SQUARES, why=Text("Complete the squares.", "配方。"), before=difference, after=line
        ),
        Step(rule=SQUARE, why=told, before=last, after=t.Truth(value=True), link=Link.FORMULA),
    )
    return Draft(answer=t.Truth(value=True), steps=steps, method="sum of squares")


def prove_for_positive(request: Request) -> Draft | None:
    """``(a + b)/2 >= sqrt(ab)`` for positive letters: the difference as a product."""
    statement = request.operands[0] if len(request.operands) == 1 else None
    if request.domain != POSITIVE or not isinstance(statement, t.Relation):
        return None
    names = t.symbols(statement)
    up = statement.op in (t.Comparison.GE, t.Comparison.GT)
    if not (up or statement.op in (t.Comparison.LE, t.Comparison.LT)) or len(names) < 2:
        return None
    sides = (statement.left, statement.right) if up else (statement.right, statement.left)
    difference = t.sub(*sides)
    roots = {n: sp.Symbol(f"{n}_", positive=True) for n in names}
    try:
        value = to_sympy(difference).subs({sp.Symbol(n): r**2 for n, r in roots.items()})
    except NotConvertible:
        return None
    rooted = any(isinstance(n, t.Call) and n.name in ("sqrt", "root") for n in t.walk(difference))
    if rooted:
        whole = sp.factor(sp.cancel(sp.together(value)))
        whole = whole.subs({r: sp.sqrt(sp.Symbol(n)) for n, r in roots.items()})
    else:
        whole = sp.factor(sp.cancel(sp.together(to_sympy(difference))))
    line = from_sympy(whole)
    given = tuple(t.Relation(t.Comparison.GT, t.Symbol(n), t.integer(0)) for n in names)
    last = t.Relation(statement.op if up else TURNED[statement.op], line, t.integer(0))
    why = Text("Show that {0}.", "只需证明 {0}。", (t.Relation(last.op, difference, t.integer(0)),))
    told = Text("Squares are not negative, and sums of positive terms are positive.",
                "平方非负，正项之和为正。")  # fmt: skip
    steps = (
        Step(rule=DIFFERENCE, why=why, before=statement, after=difference, link=Link.FORMULA),
        Step(rule=PRODUCT, why=FACTOR, before=difference, after=line, given=given),
        Step(rule=SQUARE, why=told, before=last, after=t.Truth(value=True), link=Link.FORMULA),
    )  # fmt: skip
    return Draft(answer=t.Truth(value=True), steps=steps, method="positive letters")


def _differences(poly: sp.Poly) -> list[sp.Expr] | None:
    """``(a - b)^2/2 + (b - c)^2/2 + …`` for a form that is zero where all letters are equal."""
    letters = poly.gens
    value = poly.as_expr()
    parts = [
        -value.coeff(a, 1).coeff(b, 1) / 2 * (a - b) ** 2
        for a, b in itertools.combinations(letters, 2)
    ]
    parts = [p for p in parts if p != 0]
    positive = all(p.as_coeff_Mul()[0] > 0 for p in parts)
    return parts if parts and positive and sp.expand(sp.Add(*parts) - value) == 0 else None


def _completed(poly: sp.Poly) -> list[sp.Expr] | None:
    """Letter by letter, as one completes a square; ``None`` where a coefficient is negative."""
    rest, parts = poly.as_expr(), list[sp.Expr]()
    for letter in poly.gens:
        square, linear = rest.coeff(letter, 2), rest.coeff(letter, 1)
        if square == 0:
            if linear != 0:
                return None
            continue
        if not square.is_positive:
            return None
        part = square * (letter + sp.expand(linear / (2 * square))) ** 2
        parts.append(part)
        rest = sp.expand(rest - part)
    if rest.free_symbols or rest.is_negative:
        return None
    return [*parts, rest] if rest != 0 else parts
