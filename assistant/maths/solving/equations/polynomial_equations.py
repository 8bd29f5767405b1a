"""Polynomial equations with numbers as coefficients.

Source: the rational root theorem.
"""

from __future__ import annotations

from dataclasses import replace
from math import gcd

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.common import Trail
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import (
    WHY_ZERO_PRODUCT,
    ZERO_PRODUCT,
    Found,
    branches,
    fresh,
    real,
    real_symbol,
    step,
    zero_form,
)
from assistant.maths.solving.equations.irreducible import cubic, isolated, palindrome
from assistant.maths.solving.equations.letters import substitute
from assistant.maths.solving.equations.linear import (
    DIVIDE,
    MULTIPLY,
    SWAP,
    is_linear,
    isolate,
    linear_work,
)
from assistant.maths.solving.equations.linear_sides import COMBINE
from assistant.maths.solving.equations.log_quotients import (
    LOGARITHMS,
    WHY_LOGARITHMS,
    quotient_of_logarithms,
)
from assistant.maths.solving.equations.quadratic import complex_roots, quadratic
from assistant.maths.solving.equations.solution_sets import LINE, one_of, sign_of, value_tree
from assistant.maths.types import Link, Rule, Step, Text

STANDARD = Rule("polynomial.standard_form", "Bring everything to one side", "化为一般形式")
FACTOR = Rule("polynomial.factor", "Factor the left side", "左边因式分解")
RATIONAL_ROOT = Rule("polynomial.rational_root", "Split off a rational root", "用有理根分解")
POWER_ROOT = Rule("polynomial.take_root", "Take roots", "两边开方")
NEVER = Rule("equation.never_true", "Never true", "不成立")
ALWAYS = Rule("equation.always_true", "True for every value", "恒成立")

MAX_DEGREE = 120


def polynomial_of(equation: t.Relation, name: str) -> sp.Poly | None:
    """Left minus right as a polynomial in the unknown; no other letters."""
    whole = zero_form(equation)
    x = real_symbol(name)
    if whole.free_symbols - {x}:
        return None
    whole = sp.expand(whole)
    if not whole.is_polynomial(x):
        return None
    poly = sp.Poly(whole, x)
    return poly if poly.degree() <= MAX_DEGREE else None


def written_as_polynomial(equation: t.Relation, name: str) -> bool:
    """Whether no unknown stands in a denominator or inside a function, as written."""
    for node in t.walk(equation):
        match node:
            case t.Div(_, den) if name in t.symbols(den):
                return False
            case t.Call(_, args) if any(name in t.symbols(a) for a in args):
                return False
            case t.Pow(base, exp) if name in t.symbols(exp) or (
                name in t.symbols(base) and not _whole(exp)
            ):
                return False
    return True


def _whole(exp: t.Expr) -> bool:
    return isinstance(exp, t.Number) and exp.value.denominator == 1


def linear(equation: t.Relation, name: str, depth: int) -> Found | None:
    """Degree one at most, in a teacher's steps."""
    del depth
    if not written_as_polynomial(equation, name):
        return None
    if is_linear(equation, name) and len(t.symbols(equation)) == 1:
        work = linear_work(equation, name)
        value = isolate(work)
        steps = tuple(work.trail.steps)
        if isinstance(value, bool):
            return Found(steps=steps, pieces=(LINE,) if value else (), method="linear")
        if value.has(sp.log):
            short = quotient_of_logarithms(*sp.fraction(sp.together(value)))
            lines = one_of(name, (value,)), one_of(name, (short,))
            if sp.count_ops(short) < sp.count_ops(value):
                steps = (*steps, step(*lines, LOGARITHMS, WHY_LOGARITHMS, name=name))
                value = short
        return Found(steps=steps, roots=(value,), method="linear")
    poly = polynomial_of(equation, name)
    if poly is None or poly.degree() > 1:
        return None
    if poly.degree() < 1:
        truth = poly.is_zero
        text = Text("After expanding, both sides are the same.", "展开后两边相同。")
        if not truth:
            text = Text("After expanding, the unknown drops out.", "展开后未知数消去，等式不成立。")
        rule = ALWAYS if truth else NEVER
        one = step(equation, t.Truth(truth), rule, text, name=name)
        return Found(steps=(one,), pieces=(LINE,) if truth else (), method="linear")
    if equation.left == t.Symbol(name) and name not in t.symbols(equation.right):
        return Found(roots=(real(equation.right),), method="linear")
    standard, steps = standard_form(equation, name, poly)
    a, b = poly.all_coeffs()
    root = sp.radsimp(sp.expand(-b / a))
    if root.has(sp.log):
        root = quotient_of_logarithms(-b, a)
    why = Text("Divide by the coefficient {0}.", "两边同除以系数 {0}。", (from_sympy(a),))
    return Found(
        steps=(*steps, step(standard, one_of(name, (root,)), COMBINE, why, name=name)),
        roots=(root,),
        method="linear",
    )


def _divided(
    equation: t.Relation, name: str, depth: int, product: tuple[t.Expr, t.Expr]
) -> Found | None:
    """``3 (x - 1)^2 = 12``: the factor goes to the other side first."""
    factor, power = product
    if t.symbols(factor) or t.symbols(equation.right) or name not in t.symbols(power):
        return None
    size = real(factor)
    if size == 0:
        return None
    line = t.equation(power, value_tree(sp.radsimp(real(equation.right) / size)))
    found = powers(line, name, depth)
    if found is None:
        return None
    why = Text("Divide both sides by {0}.", "两边同除以 {0}。", (factor,))
    return replace(found, steps=(step(equation, line, DIVIDE, why, name=name), *found.steps))


def powers(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``(x - 1)^2 = 9``: take roots on both sides."""
    match equation.left:
        case t.Pow(base, t.Number(n)) if n.denominator == 1 and 2 <= n <= MAX_DEGREE:
            degree = int(n)
        case t.Mul((factor, t.Pow(_, t.Number(n)) as power)) if n.denominator == 1 and n >= 2:
            return _divided(equation, name, depth, (factor, power))
        case _:
            return None
    if t.symbols(equation.right) or name not in t.symbols(base):
        return None
    value = real(equation.right)
    sign = sign_of(value)
    if sign is None:
        return None
    if sign < 0 and degree % 2 == 0:
        why = Text("An even power is never negative.", "偶次幂不可能为负数。")
        found = Found(steps=(step(equation, t.Truth(value=False), NEVER, why, name=name),))
        poly = polynomial_of(equation, name)
        if poly is not None and poly.degree() == 2:
            found = replace(found, conditions=(complex_roots(name, poly),))
        return found
    root = sp.sqrtdenest(sp.root(sp.Abs(value), degree)) * (sign or 1)
    values = [root] if sign == 0 or degree % 2 else [root, -root]
    sides = [t.equation(base, value_tree(v)) for v in values]
    line = sides[0] if len(sides) == 1 else t.Junction(t.Connective.OR, tuple(sides))
    why = Text(
        "Take the root of order {0} on both sides.", "两边开 {0} 次方。", (t.integer(degree),)
    )
    first = step(equation, line, POWER_ROOT, why, name=name)
    if base == t.Symbol(name):
        return Found(steps=(first,), roots=tuple(values), method="roots")
    parts = [find(s, name, depth + 1) for s in sides]
    if any(p is None for p in parts):
        return None
    found = branches(name, sides, [p for p in parts if p is not None], method="roots")
    return replace(found, steps=(first, *found.steps))


def products(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``x (x - 5)^2 = 0``: one of the factors is zero."""
    if equation.right != t.integer(0):
        return None
    left = equation.left.arg if isinstance(equation.left, t.Neg) else equation.left
    factors = left.factors if isinstance(left, t.Mul) else (left,)
    if len(factors) == 1 and not isinstance(factors[0], t.Pow):
        return None
    bases: list[t.Expr] = []
    for factor in factors:
        base = factor.base if isinstance(factor, t.Pow) and _whole(factor.exp) else factor
        if name in t.symbols(base):
            if isinstance(base, t.Pow):
                return None
            bases.append(base)
        elif t.symbols(base) or sign_of(real(base)) in (0, None):
            return None
    if not bases or (len(factors) == 1 and bases[0] == factors[0]):
        return None
    sides = [t.equation(b, t.integer(0)) for b in dict.fromkeys(bases)]
    parts = [find(s, name, depth + 1) for s in sides]
    if any(p is None for p in parts):
        return None
    line = sides[0] if len(sides) == 1 else t.Junction(t.Connective.OR, tuple(sides))
    first = step(equation, line, ZERO_PRODUCT, WHY_ZERO_PRODUCT, name=name)
    if len(t.symbols(equation)) and not written_as_polynomial(equation, name):
        first = replace(first, link=Link.IMPLIES)  # a factor may be undefined at another's zero
    found = branches(name, sides, [p for p in parts if p is not None], method="zero product")
    return replace(found, steps=(first, *found.steps))


def standard_form(
    equation: t.Relation, name: str, poly: sp.Poly
) -> tuple[t.Relation, tuple[Step, ...]]:
    """``… = 0`` with whole coefficients where they are rational, and the step to it."""
    if equation.left == t.integer(0):
        swapped = t.equation(equation.right, equation.left)
        swap = step(equation, swapped, SWAP, Text("Swap the sides.", "交换两边。"), name=name)
        standard, rest = standard_form(swapped, name, -poly)
        return standard, (swap, *rest)
    coeffs = poly.all_coeffs()
    tree = from_sympy(poly.as_expr())
    zero = t.integer(0)
    trail = Trail(equation, Link.EQUIVALENT, name)
    target = t.equation(tree, zero)
    already = equation.right == zero and not any(
        isinstance(n, t.Mul) and any(isinstance(f, t.Add) for f in n.factors)
        for n in t.walk(equation.left)
    )
    expanded = sp.expand(real(equation.left))
    same = already and expanded == poly.as_expr() and _as_long(equation.left, tree)
    if not same:
        why = Text(
            "Expand, and bring all terms to the left side.", "展开，把所有项移到左边并合并同类项。"
        )
        if poly.LC().is_Rational and poly.LC() < 0 and equation.right != zero:
            poly = -poly
            coeffs, target = poly.all_coeffs(), t.equation(from_sympy(poly.as_expr()), zero)
            why = Text(
                "Expand, and bring all terms to one side; the leading coefficient is positive.",
                "展开并移项，使最高次项系数为正。",
            )
        inner = Trail(equation, Link.EQUIVALENT, name)
        opened = t.equation(from_sympy(expanded), from_sympy(sp.expand(real(equation.right))))
        inner.to(opened, COMBINE, Text("Expand both sides.", "展开两边。"))
        inner.to(target, STANDARD, Text("Bring all terms to one side.", "移项。"))
        trail.to(target, STANDARD, why, substeps=inner.steps if len(inner.steps) > 1 else ())
    if all(c.is_Rational for c in coeffs):
        whole = poly.clear_denoms(convert=True)[1]
        factor = whole.LC() / poly.LC()
        if whole.LC() < 0:
            whole, factor = -whole, -factor
        if factor != 1:
            trail.to(
                t.equation(from_sympy(whole.as_expr()), zero),
                MULTIPLY,
                Text("Multiply both sides by {0}.", "两边同乘 {0}。", (from_sympy(factor),)),
            )
    line = trail.line
    assert isinstance(line, t.Relation)
    return line, tuple(trail.steps)


def _as_long(left: t.Expr, right: t.Expr) -> bool:
    return sum(1 for _ in t.walk(left)) <= sum(1 for _ in t.walk(right))


def polynomial(equation: t.Relation, name: str, depth: int, method: str = "") -> Found | None:
    """Degree two and more."""
    if not written_as_polynomial(equation, name):
        return None
    poly = polynomial_of(equation, name)
    if poly is None or poly.degree() < 2:
        return None
    standard, steps = standard_form(equation, name, poly)
    whole = sp.Poly(real(standard.left), real_symbol(name))
    found = _by_degree(standard, name, whole, depth, method)
    return None if found is None else replace(found, steps=(*steps, *found.steps))


def _by_degree(
    standard: t.Relation, name: str, poly: sp.Poly, depth: int, method: str
) -> Found | None:
    if poly.degree() == 2:
        return quadratic(standard, name, poly, method)
    if not all(c.is_Rational for c in poly.all_coeffs()):
        return _in_a_power(standard, name, poly, depth)
    if _exponent(poly) > 1 and poly.degree() == 2 * _exponent(poly):
        found = _in_a_power(standard, name, poly, depth)
        if found is not None:
            return found
    if len(poly.terms()) == 2 and poly.eval(0) != 0:
        return _in_a_power(standard, name, poly, depth)
    _, factors = poly.factor_list()
    if len(factors) > 1 or factors[0][1] > 1:
        return _factored(standard, name, factors, depth)
    for way in (_in_a_power, palindrome, cubic, isolated):
        found = way(standard, name, poly, depth)
        if found is not None:
            return found
    return None


def _factored(
    standard: t.Relation, name: str, factors: list[tuple[sp.Poly, int]], depth: int
) -> Found | None:
    factors = sorted(factors, key=lambda fm: (fm[0].degree(), abs(fm[0].eval(0))))
    parts = [from_sympy(f.as_expr()) for f, _ in factors]
    product = t.mul(
        *(p if m == 1 else t.Pow(p, t.integer(m)) for p, (_, m) in zip(parts, factors, strict=True))
    )
    poly = sp.Poly(real(standard.left), real_symbol(name))
    content = poly.LC() / sp.prod(f.LC() ** m for f, m in factors)
    if content != 1:
        product = t.mul(from_sympy(content), product)
    after = t.equation(product, t.integer(0))
    first = replace(
        step(standard, after, FACTOR, _why_factors(factors), name=name),
        substeps=_divisions(standard.left, factors, name),
    )
    found = products(after, name, depth)
    if found is None:
        return None
    return replace(found, steps=(first, *found.steps), method="factoring")


def _why_factors(factors: list[tuple[sp.Poly, int]]) -> Text:
    roots = [-f.eval(0) / f.LC() for f, _ in factors if f.degree() == 1]
    shown = [r for r in roots if r != 0]
    if not roots:
        return Text("The left side is a product of factors.", "左边可以分解因式。")
    if not shown:
        return Text("Take out the common factor.", "提取公因式。")
    return Text(
        "{0} is a root (a divisor of the constant over a divisor of the leading coefficient), "
        "so it gives a linear factor.",
        "{0} 是方程的根（常数项的因数除以首项系数的因数），由此得到一次因式。",
        (value_tree(shown[0]),),
    )


def _divisions(left: t.Expr, factors: list[tuple[sp.Poly, int]], name: str) -> tuple[Step, ...]:
    """One linear factor after the other is split off."""
    rest = sp.Poly(real(left), real_symbol(name))
    trail = Trail(left)
    split: list[t.Expr] = []
    linear_factors = [f for f, m in factors if f.degree() == 1 for _ in range(m)]
    for factor in linear_factors:
        rest = rest.quo(factor)
        split.append(from_sympy(factor.as_expr()))
        if rest.degree() < 1:
            break
        root = value_tree(-factor.eval(0) / factor.LC())
        why = Text(
            "{0} makes this zero; divide by {1}.", "代入 {0} 得零；除以 {1}。", (root, split[-1])
        )
        trail.to(t.mul(*split, from_sympy(rest.as_expr())), RATIONAL_ROOT, why)
    return tuple(trail.steps) if len(trail.steps) > 1 else ()


def _exponent(poly: sp.Poly) -> int:
    """The largest n such that the polynomial is one in x to the n."""
    return gcd(*(int(m) for (m,) in poly.monoms())) or 1


def _in_a_power(standard: t.Relation, name: str, poly: sp.Poly, depth: int) -> Found | None:
    """``x^4 - 3x^2 + 1 = 0`` with ``u = x^2``; ``x^5 = 7``."""
    n = _exponent(poly)
    if n < 2:
        return None
    x = t.Symbol(name)
    power = t.Pow(x, t.integer(n))
    if len(poly.terms()) == 2 and poly.degree() == n:
        value = -poly.eval(0) / poly.LC()
        after = t.equation(power, value_tree(value))
        why = Text("Leave the power on the left.", "把幂留在左边。")
        inner = powers(after, name, depth + 1)
        if inner is None:
            return None
        first = step(standard, after, COMBINE, why, name=name)
        return replace(inner, steps=(first, *inner.steps))
    letter = fresh(name, standard)
    u = real_symbol(letter)
    reduced = sp.Poly({(m // n,): c for (m,), c in poly.terms()}, u)
    equation = t.equation(from_sympy(reduced.as_expr()), t.integer(0))
    return substitute(standard, (name, letter), power, equation, depth)
