"""The sides of a linear equation: brackets opened, like terms collected, fractions cleared."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Trail
from assistant.maths.solving.equations.solution_sets import terminating
from assistant.maths.types import Rule, Step, Text

DISTRIBUTE = Rule("linear.distribute", "Open the brackets", "去括号")
COMBINE = Rule("linear.combine", "Collect like terms", "合并同类项")

WHY_DISTRIBUTE = Text(
    "Multiply every term in the brackets by the factor in front.",
    "用括号外的因数乘括号内的每一项。",
)
WHY_COMBINE = Text(
    "Add the coefficients of like terms and calculate the numbers.", "合并同类项，计算常数。"
)


def simplify_side(side: t.Expr, name: str = "x", *, decimals: bool = False) -> list[Step]:
    """The steps from a side as it was written to a sum of unlike terms."""
    trail = Trail(side)
    opened = _open_brackets(side)
    if opened != side and not same_terms(opened, side):
        trail.to(opened, DISTRIBUTE, WHY_DISTRIBUTE)
    final = linear_tree(sp.expand(to_sympy(side)), name, decimals=decimals)
    if final is not None and not same_terms(trail.line, final):
        trail.to(final, COMBINE, WHY_COMBINE)
    return trail.steps


def same_terms(left: t.Expr, right: t.Expr) -> bool:
    """Whether two sums have the same terms, whatever their order."""

    def parts(e: t.Expr) -> list[str]:
        return sorted(map(repr, e.terms if isinstance(e, t.Add) else (e,)))

    return parts(left) == parts(right)


def _open_brackets(expr: t.Expr) -> t.Expr:
    """Products of sums multiplied out, without collecting: ``2(x - 3) + 1`` -> ``2x - 6 + 1``."""
    terms = expr.terms if isinstance(expr, t.Add) else (expr,)
    opened: list[t.Expr] = []
    for term in terms:
        if any(isinstance(n, t.Add) for n in t.walk(term)):
            opened.append(from_sympy(sp.expand(to_sympy(term))))
        else:
            opened.append(term)
    return t.add(*opened)


def term_tree(coefficient: Fraction, part: t.Expr | None, *, decimals: bool) -> t.Expr:
    """``3x``, ``-x``, ``2x/3``, ``0.5x``, or a number where ``part`` is ``None``."""
    size = abs(coefficient)
    places = terminating(size) if decimals else None
    number: t.Expr
    if places is not None and 0 < places <= 12:
        number = t.Number(size, places)
    elif part is not None and size.denominator != 1:
        top = part if size.numerator == 1 else t.mul(t.integer(size.numerator), part)
        quotient: t.Expr = t.Div(top, t.integer(size.denominator))
        return t.Neg(quotient) if coefficient < 0 else quotient
    else:
        number = t.rational(size)
    if part is not None:
        number = part if size == 1 else t.mul(number, part)
    return t.Neg(number) if coefficient < 0 else number


def linear_tree(value: sp.Expr, name: str, *, decimals: bool = False) -> t.Expr | None:
    """A sum with the unknown first, other letters next, the number last."""
    by_part = value.as_coefficients_dict()
    x = sp.Symbol(name)

    def place(part: sp.Expr) -> tuple[int, int, str]:
        degree = 0 if part == sp.I else sp.total_degree(part)
        return (0 if part.has(x) else 2 if part == 1 else 1, -degree, str(part))

    terms: list[t.Expr] = []
    for part in sorted((p for p, c in by_part.items() if c != 0), key=place):
        c = by_part[part]
        if not c.is_Rational:
            return None
        written = None if part == 1 else from_sympy(part)
        terms.append(term_tree(Fraction(int(c.p), int(c.q)), written, decimals=decimals))
    return t.add(*terms)


def written_denominators(expr: t.Expr) -> list[int] | None:
    """Denominators of the terms of a side; ``None`` where a fraction sits inside a bracket."""
    found: list[int] = []
    for term in expr.terms if isinstance(expr, t.Add) else (expr,):
        core = term.arg if isinstance(term, t.Neg) else term
        match core:
            case t.Div(num, t.Number(value, None)) if value.denominator == 1:
                if any(isinstance(n, t.Div) for n in t.walk(num)):
                    return None
                found.append(int(value))
            case _ if any(isinstance(n, t.Div) for n in t.walk(core)):
                return None
    return found


def multiplied(number: int, side: t.Expr) -> t.Expr:
    """Each term multiplied by a number that its denominator divides."""
    terms: list[t.Expr] = []
    for term in side.terms if isinstance(side, t.Add) else (side,):
        negative = isinstance(term, t.Neg)
        core = term.arg if isinstance(term, t.Neg) else term
        factor = number
        if isinstance(core, t.Div) and isinstance(core.den, t.Number):
            factor, core = number // int(core.den.value), core.num
        if isinstance(core, t.Number):
            core = t.rational(core.value * factor)
        elif factor != 1 and any(isinstance(n, t.Add) for n in t.walk(core)):
            core = t.mul(t.integer(factor), core)
        elif factor != 1:
            core = from_sympy(sp.expand(factor * to_sympy(core)))
        terms.append(t.Neg(core) if negative else core)
    return t.add(*terms)
