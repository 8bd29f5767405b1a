"""Exponential equations: the same base, logarithms of both sides, division by a power."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.checking.logic.towers import high_tower
from assistant.maths.hyperbolic import has_hyperbolic, in_exponentials
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import (
    Found,
    real_symbol,
    step,
    written,
    zero_form,
)
from assistant.maths.solving.equations.generators import exponent_of, prime_vector, primitive
from assistant.maths.solving.equations.solution_sets import sign_of
from assistant.maths.solving.equations.undo import COMPARE, SAME_BASE, TAKE_LOG
from assistant.maths.types import Link, Rule, Text

EXPONENTIALS = Rule("exponential.hyperbolic", "Write it with exponentials", "化为指数函数")
DIVIDE = Rule("exponential.divide", "Divide by a power", "两边同除以一个幂")


def _power_product(term: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, dict[sp.Expr, sp.Expr]] | None:
    """A term as a positive or negative number times powers ``b^h(x)``."""
    number = sp.Integer(1)
    powers: dict[sp.Expr, sp.Expr] = {}
    for factor in sp.Mul.make_args(term):
        if not factor.has(x):
            number *= factor
            continue
        pair = exponent_of(factor, x)
        if pair is None or not pair[1].is_polynomial(x) or sign_of(pair[0]) != 1:
            return None
        small, n = primitive(pair[0])
        powers[small] = sp.expand(powers.get(small, 0) + n * pair[1])
    return number, powers


def same_base(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``2^(x^2) = 8*2^(2x)``, ``3^x = 5^(x-1)``: two terms, each a product of powers."""
    x = real_symbol(name)
    terms = sp.Add.make_args(zero_form(equation))
    if len(terms) != 2:
        return None
    parts = [_power_product(term, x) for term in terms]
    first, second = parts
    if first is None or second is None:
        return None
    (c, left), (d, right) = first, second
    if not left and not right:
        return None
    ratio = sp.simplify(-d / c)
    sign = sign_of(ratio)
    if sign is None or sign <= 0:
        return None
    bases = set(left) | set(right)
    own, power = primitive(ratio) if ratio.is_Rational and ratio != 1 else (None, 0)
    if len(bases) == 1 and ((own is None and ratio == 1) or own in bases):
        base = next(iter(bases))
        exponents = left.get(base, sp.Integer(0)), right.get(base, sp.Integer(0)) + power
        return _compared(equation, name, depth, base, exponents)
    return _logarithms(equation, name, depth, (left, right, ratio))


def _compared(
    equation: t.Relation,
    name: str,
    depth: int,
    base: sp.Expr,
    exponents: tuple[sp.Expr, sp.Expr],
) -> Found | None:
    sides = [written(sp.expand(e)) for e in exponents]
    powers = [t.Pow(written(base), s) for s in sides]
    same = t.equation(powers[0], powers[1])
    after = t.equation(sides[0], sides[1])
    steps = []
    if same != equation:
        why = Text(
            "Write both sides as a power of {0}.", "把两边都写成 {0} 的幂。", (written(base),)
        )
        steps.append(step(equation, same, SAME_BASE, why, name=name))
    why = Text(
        "Equal powers of the same base have equal exponents.", "同底数的幂相等，则指数相等。"
    )
    steps.append(step(same, after, COMPARE, why, name=name))
    found = find(after, name, depth + 1)
    return (
        None
        if found is None
        else replace(found, steps=(*steps, *found.steps), method="exponential")
    )


def _logarithms(
    equation: t.Relation,
    name: str,
    depth: int,
    parts: tuple[dict[sp.Expr, sp.Expr], dict[sp.Expr, sp.Expr], sp.Expr],
) -> Found | None:
    """Logarithms of both sides give a polynomial equation."""
    left, right, ratio = parts
    sums = [
        sum((h * sp.log(b) for b, h in side.items()), start=sp.Integer(0)) for side in (left, right)
    ]
    after = t.equation(written(sums[0]), written(sums[1] + sp.log(ratio)))
    if not left:
        after = t.equation(written(sums[1]), written(sp.log(1 / ratio)))
    x = real_symbol(name)
    poly = sp.Poly(sp.expand(sums[0] - sums[1] - sp.log(ratio)), x)
    if poly.degree() != 1:
        return None
    why = Text("Both sides are positive: take logarithms.", "两边都为正，取对数。")
    first = step(equation, after, TAKE_LOG, why, name=name)
    if sign_of(poly.LC()) in (0, None):
        return None
    found = find(after, name, depth + 1)
    if found is None:
        return None
    return replace(found, steps=(first, *found.steps), method="exponential")


def hyperbolic(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``cosh x = 2``: an equation in ``e^x``."""
    if not has_hyperbolic(equation) or t.symbols(equation) != (name,):
        return None
    written_out = in_exponentials(equation)
    assert isinstance(written_out, t.Relation)
    found = find(written_out, name, depth + 1)
    if found is None:
        return None
    why = Text("Write the hyperbolic functions with exponentials.", "将双曲函数写成指数函数。")
    first = step(equation, written_out, EXPONENTIALS, why, name=name)
    return replace(found, steps=(first, *found.steps), method="exponential")


def tower(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``x^x = 4``: logarithms of both sides, where no power of a negative base is so high."""
    if not isinstance(equation.left, t.Pow) or high_tower(equation, name) is None:
        return None
    base, exp, value = equation.left.base, equation.left.exp, equation.right
    after = t.equation(t.mul(exp, t.Call("ln", (base,))), t.Call("ln", (value,)))
    found = find(after, name, depth + 1)
    if found is None:
        return None
    why = Text("Both sides are positive: take logarithms.", "两边都为正，取对数。")
    first = step(equation, after, TAKE_LOG, why, name=name)
    return replace(found, steps=(first, *found.steps), method="exponential")


def both_sides(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``4^x + 6^x = 9^x``: divided by one of the powers, the rest are powers of one number."""
    x = real_symbol(name)
    terms = sp.Add.make_args(sp.expand(zero_form(equation)))
    if len(terms) < 3:
        return None
    rates: list[tuple[sp.Expr, dict[int, int]]] = []
    for term in terms:
        number, rest = term.as_independent(x, as_Add=False)
        pairs = [exponent_of(f, x) for f in sp.Mul.make_args(rest)]
        vector: dict[int, int] = {}
        for pair in pairs:
            prime = prime_vector(pair[0]) if pair else None
            if pair is None or prime is None or not (pair[1] / x).is_Integer:
                return None
            for p, e in prime.items():
                vector[p] = vector.get(p, 0) + e * int(pair[1] / x)
        rates.append((number, vector))
    return _divided(equation, name, depth, rates)


def _divided(
    equation: t.Relation, name: str, depth: int, rates: list[tuple[sp.Expr, dict[int, int]]]
) -> Found | None:
    primes = sorted({p for _, v in rates for p in v})
    rows = [[v.get(p, 0) for p in primes] for _, v in rates]
    first = rows[-1]
    moved = [[a - b for a, b in zip(row, first, strict=True)] for row in rows]
    if sp.Matrix(moved).rank() != 1 or len(primes) < 2:
        return None
    x = real_symbol(name)
    base = sp.prod(sp.Integer(p) ** e for p, e in zip(primes, first, strict=True))
    value = sum(
        c * sp.prod(sp.Integer(p) ** e for p, e in zip(primes, row, strict=True)) ** x
        for (c, _), row in zip(rates, moved, strict=True)
    )
    after = t.equation(written(value), t.integer(0))
    if after == equation:
        return None
    why = Text(
        "Divide both sides by {0}.", "两边同除以 {0}。", (t.Pow(written(base), t.Symbol(name)),)
    )
    one = step(equation, after, DIVIDE, why, name=name, link=Link.EQUIVALENT)
    found = find(after, name, depth + 1)
    return (
        None if found is None else replace(found, steps=(one, *found.steps), method="exponential")
    )
