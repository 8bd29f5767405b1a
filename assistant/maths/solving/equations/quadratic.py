"""Quadratic equations: by factoring, by completing the square, by the formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import ways
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.common import Trail
from assistant.maths.solving.equations.found import WHY_ZERO_PRODUCT, ZERO_PRODUCT, Found, branches
from assistant.maths.solving.equations.linear import (
    ADD_BOTH,
    DIVIDE,
    SUBTRACT_BOTH,
    isolate,
    linear_work,
)
from assistant.maths.solving.equations.linear_sides import COMBINE
from assistant.maths.solving.equations.solution_sets import one_of, sign_of, value_tree
from assistant.maths.types import Link, Rule, Step, Text

FACTOR = Rule("quadratic.factor", "Factor the left side", "左边因式分解")
COMMON = Rule("quadratic.common_factor", "Divide by the common factor", "约去公因数")
ISOLATE = Rule("quadratic.isolate_square", "Isolate the square", "把平方项单独留在一边")
MONIC = Rule("quadratic.make_monic", "Make the leading coefficient 1", "二次项系数化为 1")
COMPLETE = Rule("quadratic.complete_square", "Complete the square", "配方")
PERFECT = Rule("quadratic.perfect_square", "Write as a square", "写成完全平方")
ROOTS = Rule("quadratic.square_roots", "Take square roots", "开平方")
COEFFICIENTS = Rule("quadratic.coefficients", "Read off the coefficients", "确定系数")
DISCRIMINANT = Rule("quadratic.discriminant", "Calculate the discriminant", "计算判别式")
FORMULA = Rule("quadratic.formula", "Use the quadratic formula", "代入求根公式")
SIMPLIFY = Rule("quadratic.simplify_roots", "Simplify the roots", "化简根")
NO_REAL = Rule("quadratic.no_real_root", "No real solution", "无实数根")

NAMES = ("factoring", "completing_square", "formula")


def coefficients(poly: sp.Poly) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """a, b and c of a x² + b x + c."""
    a, b, c = poly.all_coeffs()
    return a, b, c


def no_real_roots(trail: Trail, name: str, poly: sp.Poly) -> Found:
    """The ending where the discriminant is negative; the complex roots are told beside."""
    why = Text(
        "The square of a real number is never negative, so there is no real solution.",
        "实数的平方不可能是负数，所以方程没有实数根。",
    )
    trail.to(t.Truth(value=False), NO_REAL, why)
    return Found(steps=tuple(trail.steps), conditions=(complex_roots(name, poly),))


def complex_roots(name: str, poly: sp.Poly) -> Text:
    """What to say of a quadratic equation without real solutions."""
    a, b, c = coefficients(poly)
    half = sp.sqrt(sp.expand(4 * a * c - b**2)) / (2 * a)
    middle = -b / (2 * a)
    pair = [sp.expand(middle + s * half * sp.I) for s in (1, -1)]
    return Text(
        "There is no real solution; the complex solutions are {0} and {1}.",
        "方程没有实数解；复数解为 {0} 和 {1}。",
        tuple(t.equation(t.Symbol(name), from_sympy(r)) for r in pair),
    )


def by_factoring(trail: Trail, name: str, poly: sp.Poly) -> Found | None:
    """Two linear factors with rational coefficients."""
    a, b, c = coefficients(poly)
    if not all(k.is_Integer for k in (a, b, c)):
        return None
    _, factors = poly.factor_list()
    if any(f.degree() != 1 for f, _ in factors):
        return None
    content = sp.gcd_list([a, b, c]) * (1 if a > 0 else -1)
    x = poly.gen
    if content != 1:
        a, b, c = a / content, b / content, c / content
        trail.to(
            t.equation(from_sympy(a * x**2 + b * x + c), t.integer(0)),
            COMMON,
            Text("Divide both sides by {0}.", "两边同除以 {0}。", (from_sympy(content),)),
        )
    parts = [(from_sympy(f.as_expr()), m) for f, m in factors]
    product = t.mul(*(p if m == 1 else t.Pow(p, t.integer(m)) for p, m in parts))
    trail.to(t.equation(product, t.integer(0)), FACTOR, _why_factor(a, b, c))
    equations = [t.equation(p, t.integer(0)) for p, _ in parts]
    return zero_product(trail, name, equations)


def _why_factor(a: sp.Expr, b: sp.Expr, c: sp.Expr) -> Text:
    if c == 0:
        return Text("Take out the common factor.", "提取公因式。")
    if b == 0:
        return Text("This is a difference of two squares.", "用平方差公式。")
    if b**2 == 4 * a * c:
        return Text("This is a perfect square.", "用完全平方公式。")
    root = sp.sqrt(b**2 - 4 * a * c)
    p, q = (b - root) / 2, (b + root) / 2
    args = tuple(map(from_sympy, (p, q, a * c, b)))
    if a == 1:
        return Text(
            "{0} and {1} have the product {2} and the sum {3}.",
            "十字相乘：{0} 与 {1} 的积是 {2}，和是 {3}。",
            args,
        )
    return Text(
        "Split the middle term: {0} and {1} have the product {2} (first times last coefficient) "
        "and the sum {3}.",
        "十字相乘：把一次项拆开，{0} 与 {1} 的积是 {2}（首末项系数之积），和是 {3}。",
        args,
    )


def zero_product(trail: Trail, name: str, equations: list[t.Relation]) -> Found:
    """Linear factors set to zero, one by one."""
    parts: list[Found] = []
    for equation in equations:
        work = linear_work(equation, name)
        value = isolate(work)
        assert not isinstance(value, bool)
        x = sp.Symbol(name, real=True)
        root = value.subs(sp.Symbol(name), x)
        parts.append(Found(steps=tuple(work.trail.steps), roots=(root,)))
    line = equations[0] if len(equations) == 1 else t.Junction(t.Connective.OR, tuple(equations))
    trail.to(line, ZERO_PRODUCT, WHY_ZERO_PRODUCT)
    found = branches(name, equations, parts)
    return replace(found, steps=(*trail.steps, *found.steps), method="factoring")


def _isolating_square(line: t.Expr, name: str, coeffs: tuple[sp.Expr, sp.Expr]) -> tuple[Step, ...]:
    """``2x^2 - 6 = 0``: the number to the right, then divide."""
    a, c = coeffs
    if not isinstance(line, t.Relation) or line.right != t.integer(0) or not c.is_Rational:
        return ()
    inner = Trail(line, Link.EQUIVALENT, name)
    size = value_tree(abs(c))
    shift = t.Neg(size) if c > 0 else size
    rule = SUBTRACT_BOTH if c > 0 else ADD_BOTH
    word = ("Subtract {0} from", "减去 {0}") if c > 0 else ("Add {0} to", "加上 {0}")
    why = Text(f"{word[0]} both sides.", f"两边{word[1]}。", (size,))
    inner.to(t.equation(t.add(line.left, shift), t.add(line.right, shift)), rule, why)
    square = t.Pow(t.Symbol(name), t.integer(2))
    term = square if a == 1 else t.mul(value_tree(a), square)
    inner.to(t.equation(term, value_tree(-c)), COMBINE, Text("Simplify.", "化简。"))
    if a != 1:
        why = Text("Divide both sides by {0}.", "两边同除以 {0}。", (value_tree(a),))
        inner.to(t.equation(square, value_tree(-c / a)), DIVIDE, why)
    return tuple(inner.steps)


def by_square_roots(trail: Trail, name: str, poly: sp.Poly) -> Found | None:
    """a x² + c = 0 where the roots are no rational numbers: x² = -c/a."""
    a, b, c = coefficients(poly)
    if b != 0:
        return None
    x = poly.gen
    value = sp.radsimp(-c / a)
    trail.to(
        t.equation(from_sympy(x**2), value_tree(value)),
        ISOLATE,
        Text("Leave the square of {0} on the left.", "把 {0} 的平方留在左边。", (t.Symbol(name),)),
        substeps=_isolating_square(trail.line, name, (a, c)),
    )
    if sign_of(value) == -1:
        return replace(no_real_roots(trail, name, poly), method="square roots")
    root = sp.sqrt(value)
    trail.to(one_of(name, (root, -root)), ROOTS, WHY_ROOTS)
    return Found(steps=tuple(trail.steps), roots=(-root, root), method="square roots")


WHY_ROOTS = Text(
    "A positive number has two square roots, one positive and one negative.",
    "正数有两个平方根，它们互为相反数。",
)


def by_completing_square(trail: Trail, name: str, poly: sp.Poly) -> Found | None:
    """x² + p x = q, then (x + p/2)² = q + (p/2)²."""
    a, b, c = coefficients(poly)
    if b == 0:
        return by_square_roots(trail, name, poly)
    x = poly.gen
    p, q = sp.radsimp(b / a), sp.radsimp(-c / a)
    square = from_sympy(x**2)
    if a != 1:
        trail.to(
            t.equation(from_sympy(x**2 + p * x - q), t.integer(0)),
            MONIC,
            Text("Divide both sides by {0}.", "两边同除以 {0}。", (from_sympy(a),)),
        )
    trail.to(
        t.equation(from_sympy(x**2 + p * x), from_sympy(q)),
        ISOLATE,
        Text("Move the constant term to the right.", "把常数项移到右边。"),
    )
    half = p / 2
    bonus = (
        t.Pow(value_tree(half), t.integer(2))
        if half.is_Integer and half > 0
        else from_sympy(half**2)
    )
    trail.to(
        t.equation(t.add(square, from_sympy(p * x), bonus), t.add(from_sympy(q), bonus)),
        COMPLETE,
        Text(
            "Add the square of half the coefficient of {0}, {1}, to both sides.",
            "两边同加一次项系数一半的平方 {1}（未知数为 {0}）。",
            (t.Symbol(name), from_sympy(half**2)),
        ),
    )
    rest = sp.radsimp(sp.expand(q + half**2))
    whole = t.Pow(from_sympy(x + half), t.integer(2))
    trail.to(
        t.equation(whole, value_tree(rest)),
        PERFECT,
        Text("The left side is now a perfect square.", "左边成为完全平方。"),
    )
    return _roots_of_square(trail, name, poly, (half, rest))


def _roots_of_square(
    trail: Trail, name: str, poly: sp.Poly, values: tuple[sp.Expr, sp.Expr]
) -> Found | None:
    half, rest = values
    x = poly.gen
    sign = sign_of(rest)
    if sign is None:
        return None
    if sign < 0:
        return replace(no_real_roots(trail, name, poly), method="completing the square")
    root = sp.sqrt(rest)
    inner = from_sympy(x + half)
    sides = [t.equation(inner, value_tree(r)) for r in dict.fromkeys((root, -root))]
    line = sides[0] if len(sides) == 1 else t.Junction(t.Connective.OR, tuple(sides))
    trail.to(line, ROOTS, WHY_ROOTS)
    roots = tuple(dict.fromkeys(sp.expand(r - half) for r in (-root, root)))
    why = Text("Solve for {0}.", "解出 {0}。", (t.Symbol(name),))
    trail.to(one_of(name, roots), ISOLATE, why)
    return Found(steps=tuple(trail.steps), roots=roots, method="completing the square")


def by_formula(trail: Trail, name: str, poly: sp.Poly) -> Found | None:
    """x = (-b ± √(b² - 4ac)) / (2a)."""
    a, b, c = coefficients(poly)
    disc = sp.radsimp(sp.expand(b**2 - 4 * a * c))
    sign = sign_of(disc)
    if sign is None:
        return None
    line = trail.line
    trail.steps.append(_discriminant_step(poly, disc, sign))
    if sign < 0:
        return replace(no_real_roots(trail, name, poly), method="formula")
    two_a = t.mul(t.integer(2), value_tree(a))
    minus_b = t.Neg(value_tree(b)) if b >= 0 else value_tree(-b)
    root = t.Call("sqrt", (value_tree(disc),))
    x = t.Symbol(name)
    forms = [t.equation(x, t.Div(t.add(minus_b, s), two_a)) for s in (root, t.Neg(root))]
    trail.line = line
    why = Text(
        "Put a, b, c into {0}.",
        "把 a、b、c 代入求根公式 {0}。",
        (FORMULA_TREE,),
    )
    trail.to(t.Junction(t.Connective.OR, tuple(forms)), FORMULA, why)
    half = sp.sqrtdenest(sp.sqrt(disc))
    roots = tuple(dict.fromkeys(sp.radsimp(sp.expand((-b + s * half) / (2 * a))) for s in (-1, 1)))
    trail.to(one_of(name, roots), SIMPLIFY, Text("Simplify.", "化简。"))
    return Found(steps=tuple(trail.steps), roots=roots, method="formula")


A, B, C = (t.Symbol(n) for n in "abc")
FORMULA_TREE = t.equation(
    t.Symbol("x"),
    t.Div(
        t.Add(
            (
                t.Neg(B),
                t.Call(
                    "plusminus",
                    (
                        t.Call(
                            "sqrt",
                            (t.sub(t.Pow(B, t.integer(2)), t.mul(t.integer(4), A, C)),),
                        ),
                    ),
                ),
            )
        ),
        t.mul(t.integer(2), A),
    ),
)


def _discriminant_step(poly: sp.Poly, disc: sp.Expr, sign: int) -> Step:
    a, b, c = map(value_tree, coefficients(poly))
    count = {
        1: ("There are two different real roots.", "方程有两个不相等的实数根。"),
        0: ("There is one double real root.", "方程有两个相等的实数根。"),
        -1: ("It is negative: there is no real root.", "判别式为负，方程没有实数根。"),
    }[sign]
    return Step(
        rule=DISCRIMINANT,
        why=Text(
            "With a = {0}, b = {1}, c = {2}, the discriminant b² − 4ac decides. " + count[0],
            "a = {0}，b = {1}，c = {2}，判别式 Δ = b² − 4ac。" + count[1],
            (a, b, c),
        ),
        before=t.sub(t.Pow(b, t.integer(2)), t.mul(t.integer(4), a, c)),
        after=value_tree(disc),
        link=Link.EQUAL,
    )


WAYS: dict[str, Callable[[Trail, str, sp.Poly], Found | None]] = {
    "factoring": by_factoring,
    "completing_square": by_completing_square,
    "formula": by_formula,
}


def quadratic(standard: t.Relation, name: str, poly: sp.Poly, method: str = "") -> Found | None:
    """The roots of ``poly = 0``, by the method asked for or the shortest that applies; nothing for
    complex coefficients, whose discriminant says nothing about real roots."""
    if any(c.has(sp.I) for c in coefficients(poly)):
        return None
    if method in WAYS:
        return WAYS[method](Trail(standard, Link.EQUIVALENT, name), name, poly)
    for way in (by_factoring, by_square_roots, by_formula):
        found = way(Trail(standard, Link.EQUIVALENT, name), name, poly)
        if found is not None:
            return found
    return None


def others(chosen: str, *, rational: bool) -> Text:
    """Names the methods that were not used, for a person who wants to see another."""
    used = {"completing the square": "completing_square"}.get(chosen, chosen)
    rest = [n for n in NAMES if n != used and (rational or n != "factoring")]
    return ways.OTHERS.of(", ".join(rest))
