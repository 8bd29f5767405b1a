"""Equations with the unknown in a denominator."""

from __future__ import annotations

from dataclasses import replace
from math import lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import Found, real, real_symbol, step
from assistant.maths.solving.equations.solution_sets import LINE
from assistant.maths.types import Link, Rule, Step, Text

MULTIPLY = Rule("rational.multiply_by_lcd", "Multiply by the common denominator", "去分母")
NUMERATOR = Rule("rational.numerator", "The numerator is zero", "分子为零")
ALWAYS = Rule("equation.always_true", "True for every value", "恒成立")
NEVER = Rule("equation.never_true", "Never true", "不成立")


def fractions(equation: t.Relation, name: str, depth: int) -> Found | None:
    """Both sides are multiplied by the least common denominator; roots may be invented."""
    if not any(isinstance(n, t.Div | t.Pow) for n in t.walk(equation)):
        return None
    x = real_symbol(name)
    left, right = real(equation.left), real(equation.right)
    if not left.is_rational_function(x) or not right.is_rational_function(x):
        return None
    if (left.free_symbols | right.free_symbols) - {x}:
        return None
    lcd = _common_denominator((equation.left, equation.right), x)
    if lcd is None:
        return None
    cleared = [sp.expand(sp.cancel(side * lcd)) for side in (left, right)]
    if not all(side.is_polynomial(x) for side in cleared):
        return None
    after = t.equation(*(from_sympy(side) for side in cleared))
    first = _multiplied(equation, after, from_sympy(sp.factor(lcd)), name)
    if cleared[0] == cleared[1]:
        why = Text("Both sides are the same.", "两边相同。")
        last = step(after, t.Truth(value=True), ALWAYS, why, name=name)
        return Found(steps=(first, last), pieces=(LINE,), method="rational")
    if not after.left or name not in t.symbols(after):
        why = Text("This holds for no value.", "该等式不成立。")
        last = step(after, t.Truth(value=False), NEVER, why, name=name)
        return Found(steps=(first, last), method="rational")
    found = find(after, name, depth + 1)
    return None if found is None else replace(found, steps=(first, *found.steps), method="rational")


def quotient(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``sin(x)/x = 0``: a quotient is zero exactly where its numerator is, and it has a value."""
    match equation:
        case t.Relation(t.Comparison.EQ, t.Div(num, den), t.Number(value)) if value == 0:
            pass
        case _:
            return None
    if name not in t.symbols(den) or name not in t.symbols(num):
        return None
    after = t.equation(num, t.integer(0))
    why = Text(
        "A quotient is zero where its numerator is zero and its denominator is not.",
        "分式为零，当且仅当分子为零且分母不为零。",
    )
    found = find(after, name, depth + 1)
    if found is None:
        return None
    first = step(equation, after, NUMERATOR, why, name=name, link=Link.IMPLIES)
    return replace(found, steps=(first, *found.steps), method="numerator")


def _common_denominator(sides: tuple[t.Expr, ...], x: sp.Symbol) -> sp.Expr | None:
    """The least common multiple of all denominators that are written."""
    result = sp.Integer(1)
    for side in sides:
        for node in t.walk(side):
            match node:
                case t.Div(_, den):
                    value = sp.fraction(sp.together(real(den)))[0]
                case t.Pow(base, t.Neg(t.Number(n))) if n.denominator == 1:
                    value = sp.fraction(sp.together(real(base)))[0] ** int(n)
                case _:
                    continue
            if not value.is_polynomial(x):
                return None
            result = sp.lcm(result, value) if x in value.free_symbols else result * 1
    numbers = [sp.fraction(sp.together(real(s)))[1].as_coeff_Mul()[0] for s in sides]
    content = lcm(*(int(n) for n in numbers)) if all(n.is_Integer for n in numbers) else 1
    if result.is_number:
        return sp.Integer(content)
    return sp.primitive(result)[1] * content


def _multiplied(equation: t.Relation, after: t.Relation, lcd: t.Expr, name: str) -> Step:
    why = Text(
        "Multiply both sides by the common denominator {0}. This may invent solutions where it "
        "is zero.",
        "两边同乘最简公分母 {0}（可能产生增根，需要检验）。",
        (lcd,),
    )
    between = t.equation(t.mul(lcd, equation.left), t.mul(lcd, equation.right))
    inner = (
        step(equation, between, MULTIPLY, why, name=name, link=Link.IMPLIES),
        step(
            between,
            after,
            MULTIPLY,
            Text("Cancel and expand.", "约分并展开。"),
            name=name,
            link=Link.IMPLIES,
        ),
    )
    first = step(equation, after, MULTIPLY, why, name=name, link=Link.IMPLIES)
    return replace(first, substeps=inner)
