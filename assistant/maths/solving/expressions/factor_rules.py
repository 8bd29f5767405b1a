"""The methods of factoring a polynomial with rational coefficients, in the order tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.types import Rule, Step, Text

COMMON = Rule("factor.common", "Take out the common factor", "提公因式")
SQUARES = Rule("factor.difference_of_squares", "Difference of squares", "平方差公式")
SUM_CUBES = Rule("factor.sum_of_cubes", "Sum of cubes", "立方和公式")
DIFFERENCE_CUBES = Rule("factor.difference_of_cubes", "Difference of cubes", "立方差公式")
PERFECT_SQUARE = Rule("factor.perfect_square", "Perfect square", "完全平方公式")
PERFECT_CUBE = Rule("factor.perfect_cube", "Perfect cube", "完全立方公式")
SUM_PRODUCT = Rule("factor.sum_product", "Two numbers with this sum and product", "十字相乘法")
SPLIT = Rule("factor.split_middle", "Split the middle term", "拆项，十字相乘法")
GROUP = Rule("factor.grouping", "Factor by grouping", "分组分解法")
SUBSTITUTE = Rule("factor.substitution", "Substitute", "换元法")
ROOT = Rule("factor.rational_root", "A root gives a factor", "试根法，因式定理")
REAL_ROOTS = Rule("factor.real_roots", "Factor with the roots", "用求根公式分解")


@dataclass(frozen=True, slots=True)
class Found:
    """A polynomial as ``number`` times powers of factors."""

    rule: Rule
    why: Text
    factors: list[tuple[sp.Expr, int]]
    number: sp.Rational = sp.S.One
    substeps: tuple[Step, ...] = ()


def common_factor(value: sp.Expr) -> Found | None:
    """A number, a sign, and letters that all terms share."""
    terms = sp.Add.make_args(value)
    names = sorted(value.free_symbols, key=str)
    poly = sp.Poly(value, *names)
    coefficients = poly.coeffs()
    bottom = sp.ilcm(*[c.q for c in coefficients])
    top = sp.igcd(*[c.p for c in coefficients])
    if bottom != 1 and squares(value) is not None:
        bottom, top = sp.S.One, sp.S.One
    number = sp.Rational(top, bottom)
    if isinstance(_first(value), t.Neg):
        number = -number
    letters = sp.S.One
    for n, name in enumerate(names):
        letters *= name ** min(m[n] for m in poly.monoms())
    if number == 1 and letters == 1:
        return None
    rest = sp.expand(value / number / letters)
    factors = [(b, int(e)) for b, e in letters.as_powers_dict().items() if b != 1]
    del terms
    shown = from_sympy(number * letters)
    why = Text("Every term contains the factor {0}.", "各项都含有公因式 {0}。", (shown,))
    if number == -1 and letters == 1:
        why = Text(
            "Take out the minus sign, so that the first term is positive.", "首项为负，先提出负号。"
        )
    return Found(COMMON, why, [*factors, (rest, 1)], number)


def _first(value: sp.Expr) -> t.Expr:
    tree = from_sympy(value)
    return tree.terms[0] if isinstance(tree, t.Add) else tree


def _root(value: sp.Expr, index: int) -> sp.Expr | None:
    """The exact root of one term, if its coefficient and exponents allow it."""
    coefficient, rest = value.as_coeff_Mul()
    if index % 2 == 0 and coefficient < 0:
        return None
    tops = [sp.integer_nthroot(abs(int(n)), index) for n in (coefficient.p, coefficient.q)]
    if not all(exact for _, exact in tops):
        return None
    root = sp.Rational(int(tops[0][0]), int(tops[1][0])) * (-1 if coefficient < 0 else 1)
    for base, exp in rest.as_powers_dict().items():
        if base == 1:
            continue
        if not exp.is_Integer or exp % index:
            return None
        root *= base ** (exp // index)
    return root


def squares(value: sp.Expr) -> Found | None:
    """``a^2 - b^2 = (a + b)(a - b)``."""
    terms = sp.Add.make_args(value)
    if len(terms) != 2:
        return None
    first, second = sorted(terms, key=lambda u: bool(u.as_coeff_Mul()[0] < 0))
    if second.as_coeff_Mul()[0] >= 0 or first.as_coeff_Mul()[0] < 0:
        return None
    a, b = _root(first, 2), _root(-second, 2)
    if a is None or b is None:
        return None
    left, right = from_sympy(a), from_sympy(b)
    why = Text(
        "a^2 - b^2 = (a + b)(a - b) with a = {0}, b = {1}.",
        "a^2 - b^2 = (a + b)(a - b)，其中 a = {0}，b = {1}。",
        (left, right),
    )
    shown = t.sub(t.Pow(left, t.integer(2)), t.Pow(right, t.integer(2)))
    after = t.Mul((t.add(left, right), t.sub(left, right)))
    inner = chain(
        [
            (from_sympy(value), SQUARES, why),
            (shown, SQUARES, Text("Write both terms as squares.", "两项都写成平方。")),
            (after, SQUARES, why),
        ]
    )
    return Found(SQUARES, why, [(a + b, 1), (a - b, 1)], substeps=inner)


def cubes(value: sp.Expr) -> Found | None:
    """``a^3 ± b^3 = (a ± b)(a^2 ∓ ab + b^2)``."""
    terms = sp.Add.make_args(value)
    if len(terms) != 2:
        return None
    first, second = sorted(terms, key=lambda u: (bool(u.as_coeff_Mul()[0] < 0), bool(u.is_number)))
    a, b = _root(first, 3), _root(second, 3)
    if a is None or b is None:
        return None
    minus = second.as_coeff_Mul()[0] < 0
    rule = DIFFERENCE_CUBES if minus else SUM_CUBES
    left, right = from_sympy(a), from_sympy(-b if minus else b)
    law = "a^3 - b^3 = (a - b)(a^2 + ab + b^2)" if minus else "a^3 + b^3 = (a + b)(a^2 - ab + b^2)"
    why = Text("{0} with a = {1}, b = {2}.", "{0}，其中 a = {1}，b = {2}。", (law, left, right))
    return Found(rule, why, [(a + b, 1), (sp.expand(a**2 - a * b + b**2), 1)])


def perfect_power(value: sp.Expr) -> Found | None:
    """``a^2 ± 2ab + b^2`` and ``a^3 ± 3a^2 b + 3ab^2 ± b^3``."""
    count = len(sp.Add.make_args(value))
    if count not in (3, 4):
        return None
    number, parts = sp.sqf_list(value)
    if len(parts) != 1 or parts[0][1] != count - 1 or number != 1:
        return None
    base = parts[0][0]
    if len(sp.Add.make_args(base)) != 2:
        return None
    tree = from_sympy(base)
    assert isinstance(tree, t.Add)
    a, b = tree.terms
    plus = b.arg if isinstance(b, t.Neg) else b
    if count == 3:
        law = (
            "a^2 - 2ab + b^2 = (a - b)^2" if isinstance(b, t.Neg) else "a^2 + 2ab + b^2 = (a + b)^2"
        )
        rule = PERFECT_SQUARE
    else:
        law = (
            "a^3 - 3a^2·b + 3a·b^2 - b^3 = (a - b)^3"
            if isinstance(b, t.Neg)
            else "a^3 + 3a^2·b + 3a·b^2 + b^3 = (a + b)^3"
        )
        rule = PERFECT_CUBE
    why = Text("{0} with a = {1}, b = {2}.", "{0}，其中 a = {1}，b = {2}。", (law, a, plus))
    return Found(rule, why, [(base, count - 1)])


def quadratic(value: sp.Expr) -> Found | None:
    """``x^2 + 5x + 6`` and ``6x^2 + x - 2`` (also in two letters, ``x^2 + 5xy + 6y^2``)."""
    names = sorted(value.free_symbols, key=str)
    poly = sp.Poly(value, *names)
    if len(names) > 2 or poly.total_degree() != 2 or (len(names) == 2 and not poly.is_homogeneous):
        return None
    x = names[0]
    y = names[1] if len(names) == 2 else sp.S.One
    a, b, c = (sp.expand(value).coeff(x, n) / y ** (2 - n) for n in (2, 1, 0))
    if not all(k.is_Integer for k in (a, b, c)) or a == 0:
        return None
    square = b * b - 4 * a * c
    if square < 0 or not sp.sqrt(square).is_Integer:
        return None
    p, q = (b + sp.sqrt(square)) / 2, (b - sp.sqrt(square)) / 2
    first = a * x + p * y
    common = sp.igcd(a, p)
    left = sp.expand(first / common)
    right = sp.expand(sp.cancel(value / left))
    numbers = tuple(map(from_sympy, (p, q, b, a * c)))
    if a == 1:
        why = Text(
            "{0} and {1} have the sum {2} and the product {3}.",
            "{0} 与 {1} 的和是 {2}，积是 {3}。",
            numbers,
        )
        return Found(SUM_PRODUCT, why, [(left, 1), (right, 1)])
    why = Text(
        "Split the middle term: {0} and {1} have the sum {2} and the product {3}.",
        "拆中间项：{0} 与 {1} 的和是 {2}，积是 {3}。",
        numbers,
    )
    split = t.add(*map(from_sympy, (a * x**2, p * x * y, q * x * y, c * y**2)))
    outside = common * x
    other = sp.cancel((q * x * y + c * y**2) / left)
    grouped = t.add(_times(outside, left), _times(other, left))
    lines = [
        (from_sympy(value), SPLIT, why),
        (split, SPLIT, why),
        (grouped, GROUP, Text("Take the common factor out of each pair.", "分别提取公因式。")),
        (
            t.Mul((from_sympy(left), from_sympy(right))),
            COMMON,
            Text("Take out {0}.", "提取公因式 {0}。", (from_sympy(left),)),
        ),
    ]
    return Found(SPLIT, why, [(left, 1), (right, 1)], substeps=chain(lines))


def _times(factor: sp.Expr, bracket: sp.Expr) -> t.Expr:
    outside = from_sympy(factor)
    if isinstance(outside, t.Neg):
        return t.Neg(t.mul(outside.arg, from_sympy(bracket)))
    return from_sympy(bracket) if factor == 1 else t.mul(outside, from_sympy(bracket))


def substitution(value: sp.Expr) -> Found | None:
    """``x^4 - 5x^2 + 4`` is a quadratic in ``x^2``."""
    names = list(value.free_symbols)
    if len(names) != 1 or len(sp.Add.make_args(value)) < 3:
        return None
    x = names[0]
    poly = sp.Poly(value, x)
    step = sp.igcd(*[m[0] for m in poly.monoms()])
    if step < 2:
        return None
    u = sp.Symbol("u" if x.name != "u" else "v")
    inner = sum(c * u ** (m[0] // step) for m, c in poly.terms())
    number, parts = sp.factor_list(inner)
    if len(parts) == 1 and parts[0][1] == 1:
        return None
    factors = [(sp.expand(f.subs(u, x**step)), int(n)) for f, n in parts]
    shown = t.mul(*[from_sympy(f**n) for f, n in parts])
    power = from_sympy(x**step)
    why = Text(
        "With {0} = {1} it is {2} = {3}.",
        "设 {0} = {1}，则原式为 {2} = {3}。",
        (t.Symbol(u.name), power, from_sympy(inner), shown),
    )
    return Found(SUBSTITUTE, why, factors, number)


def grouping(value: sp.Expr) -> Found | None:
    """``x^3 + x^2 + x + 1 = x^2(x + 1) + (x + 1)``."""
    tree = from_sympy(value)
    if not isinstance(tree, t.Add) or len(tree.terms) != 4:
        return None
    terms = [u for u in (_back(p, value) for p in tree.terms) if u is not None]
    if len(terms) != 4:
        return None
    for pair in list(combinations(range(4), 2))[:3]:
        others = tuple(n for n in range(4) if n not in pair)
        first, second = (sum(terms[n] for n in group) for group in (pair, others))
        found = _shared(first, second)
        if found is None:
            continue
        g, h, bracket = found
        grouped = t.add(_times(g, bracket), _times(h, bracket))
        why = Text(
            "Group the terms; both groups contain {0}.",
            "分组后，两组都含有因式 {0}。",
            (from_sympy(bracket),),
        )
        groups = t.add(from_sympy(first), from_sympy(second))
        after = t.Mul((from_sympy(g + h), from_sympy(bracket)))
        lines = [
            (tree, GROUP, why),
            (groups, GROUP, Text("Group the terms.", "分组。")),
            (
                grouped,
                COMMON,
                Text("Take the common factor out of each group.", "各组分别提公因式。"),
            ),
            (after, COMMON, Text("Take out {0}.", "提取公因式 {0}。", (from_sympy(bracket),))),
        ]
        return Found(GROUP, why, [(sp.expand(g + h), 1), (bracket, 1)], substeps=chain(lines))
    return None


def _back(part: t.Expr, value: sp.Expr) -> sp.Expr | None:
    """The term of ``value`` that is written as ``part``."""
    return next((u for u in sp.Add.make_args(value) if from_sympy(u) == part), None)


def _shared(first: sp.Expr, second: sp.Expr) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    """``g``, ``h`` and a sum ``s`` with ``first = g*s`` and ``second = h*s``."""
    common = sp.gcd(first, second)
    if len(sp.Add.make_args(common)) != 2:
        return None
    g, h = sp.cancel(first / common), sp.cancel(second / common)
    if len(sp.Add.make_args(g)) != 1 or len(sp.Add.make_args(h)) != 1:
        return None
    if isinstance(_first(common), t.Neg):
        g, h, common = -g, -h, sp.expand(-common)
    return g, h, common


def rational_root(value: sp.Expr) -> Found | None:
    """A rational root ``r`` gives the factor ``x - r``; the rest by division."""
    names = list(value.free_symbols)
    if len(names) != 1 or sp.degree(value, names[0]) < 3:
        return None
    x = names[0]
    linear = [f for f, _ in sp.factor_list(value)[1] if sp.degree(f, x) == 1]
    if not linear:
        return None
    roots = [(-f.coeff(x, 0) / f.coeff(x, 1), f) for f in linear]
    root, divisor = min(roots, key=lambda pair: (pair[0].q, abs(pair[0]), bool(pair[0] < 0)))
    rest = sp.expand(sp.quo(value, divisor, x))
    why = Text(
        "{0} = {1} makes it zero, so {2} is a factor; dividing by it leaves {3}.",
        "{0} = {1} 时值为零，所以 {2} 是因式；相除得商 {3}。",
        (from_sympy(x), from_sympy(root), from_sympy(divisor), from_sympy(rest)),
    )
    return Found(ROOT, why, [(divisor, 1), (rest, 1)])


def square_roots(value: sp.Expr) -> Found | None:
    """A quadratic with irrational roots, over the reals."""
    names = list(value.free_symbols)
    if len(names) != 1 or sp.degree(value, names[0]) != 2:
        return None
    x = names[0]
    a, b, c = (value.coeff(x, n) for n in (2, 1, 0))
    square = b * b - 4 * a * c
    if square <= 0:
        return None
    roots = [sp.expand((-b + s * sp.sqrt(square)) / (2 * a)) for s in (1, -1)]
    why = Text("The roots are {0} and {1}.", "两根为 {0} 和 {1}。", tuple(map(from_sympy, roots)))
    return Found(REAL_ROOTS, why, [(x - r, 1) for r in roots], a)


METHODS: tuple[Callable[[sp.Expr], Found | None], ...] = (
    common_factor,
    squares,
    cubes,
    perfect_power,
    quadratic,
    substitution,
    grouping,
    rational_root,
)
