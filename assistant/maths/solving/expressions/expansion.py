"""Multiplying out: brackets, minus before a bracket, powers of sums."""

from __future__ import annotations

from itertools import combinations
from math import comb

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.solving.expressions.shape import (
    ONE,
    TWO,
    Context,
    Product,
    Rewrite,
    is_symbolic,
    make_power,
    mul_all,
    negated,
    power,
    product,
)
from assistant.maths.types import Rule, Step, Text

MINUS = Rule(
    "expand.minus_bracket",
    "Minus before a bracket: change every sign",
    "去括号，括号前是负号，各项变号",
)
DISTRIBUTE = Rule("expand.distribute", "Multiply out the bracket", "用乘法分配律去括号")
TWO_BRACKETS = Rule("expand.two_brackets", "Multiply each term by each term", "多项式乘多项式")
SQUARE = Rule("expand.square", "Square of a sum", "完全平方公式")
CUBE = Rule("expand.cube", "Cube of a sum", "完全立方公式")
CONJUGATE = Rule("expand.difference_of_squares", "Sum times difference", "平方差公式")
BINOMIAL = Rule("expand.binomial", "Binomial theorem", "二项式定理")
BREAK_UP = Rule("fractions.break_up", "Divide each term by the number", "逐项除以分母")

MAX_TERMS = 200
SIMPLIFY_LIMIT = 4


def minus_bracket(node: t.Expr, context: Context) -> Rewrite | None:
    """``-(x - 2)`` and ``5 - (x - 2)``."""
    del context
    if isinstance(node, t.Neg) and isinstance(node.arg, t.Add):
        why = Text("Each sign in the bracket changes.", "括号内各项都变号。")
        return Rewrite(negated(node.arg), MINUS, why)
    return None


def distribute(node: t.Expr, context: Context) -> Rewrite | None:
    """``2*(x + 3)``, ``(x + 1)*(x + 2)``, ``-x*(y - 2)``, ``2*(x + 3)/3``."""
    if not isinstance(node, t.Neg | t.Mul | t.Div) or (
        isinstance(node, t.Neg) and isinstance(node.arg, t.Add)
    ):
        return None
    view = product(node)
    if any(is_symbolic(f) for f in view.den):
        return None
    sums = [n for n, f in enumerate(view.num) if isinstance(f, t.Add)]
    if not sums or len(view.num) == 1:
        return None
    if len(sums) >= 2:
        return _two_sums(view, sums[0], sums[1], context)
    bracket = view.num[sums[0]]
    outside = [f for n, f in enumerate(view.num) if n != sums[0]]
    assert isinstance(bracket, t.Add)
    sign = view.sign if not view.den else 1
    factor = Product(sign, outside, []).build()
    parts = tuple(times(factor, p) for p in bracket.terms)
    top: t.Expr = t.Add(parts)
    why = Text("Multiply each term of the bracket by {0}.", "用 {0} 乘括号内的每一项。", (factor,))
    after = t.Div(top, mul_all(view.den)) if view.den else top
    return Rewrite(
        t.Neg(after) if view.den and view.sign < 0 else after, DISTRIBUTE, why, settle=True
    )


def times(left: t.Expr, right: t.Expr) -> t.Expr:
    """The product of two terms with one sign in front."""
    a, b = product(left), product(right)
    both = Product(a.sign * b.sign, [*a.num, *b.num], [*a.den, *b.den])
    both.num = [f for f in both.num if f != ONE] or [ONE]
    return both.build()


def _two_sums(view: Product, first: int, second: int, context: Context) -> Rewrite | None:
    left, right = view.num[first], view.num[second]
    assert isinstance(left, t.Add)
    assert isinstance(right, t.Add)
    if len(left.terms) * len(right.terms) > MAX_TERMS:
        return None
    rest = [f for n, f in enumerate(view.num) if n not in (first, second)]
    rule, why = (
        TWO_BRACKETS,
        Text(
            "Each term of the first bracket times each of the second.",
            "用第一个括号的每一项乘第二个括号的每一项。",
        ),
    )
    substeps: tuple[Step, ...] = ()
    conjugate = _conjugate(left, right)
    if conjugate is not None:
        a, b = conjugate
        product_: t.Expr = t.sub(t.Pow(a, TWO), t.Pow(b, TWO))
        rule = CONJUGATE
        why = Text(
            "(a + b)(a - b) = a^2 - b^2 with a = {0}, b = {1}.",
            "(a + b)(a - b) = a^2 - b^2，其中 a = {0}，b = {1}。",
            (a, b),
        )
    else:
        rows = [
            t.mul(p, right) if not isinstance(p, t.Neg) else t.Neg(t.mul(p.arg, right))
            for p in left.terms
        ]
        product_ = t.Add(tuple(times(p, q) for p in left.terms for q in right.terms))
        substeps = chain(
            [
                (t.Mul((left, right)), DISTRIBUTE, why),
                (
                    t.Add(tuple(rows)),
                    DISTRIBUTE,
                    Text(
                        "Each term of the first bracket times the second.",
                        "第一个括号的每一项分别乘第二个括号。",
                    ),
                ),
                (product_, DISTRIBUTE, Text("Multiply out.", "逐项相乘。")),
            ]
        )
    del context
    num = [product_ if n == first else f for n, f in enumerate(view.num) if n != second]
    after = Product(view.sign, num, view.den).build()
    del rest
    return Rewrite(after, rule, why, substeps, settle=True)


def _conjugate(left: t.Add, right: t.Add) -> tuple[t.Expr, t.Expr] | None:
    """``a`` and ``b`` where the brackets are ``a + b`` and ``a - b`` in either order."""
    if len(left.terms) != 2 or len(right.terms) != 2:
        return None
    for a, b in (left.terms, left.terms[::-1]):
        if isinstance(a, t.Neg):
            continue
        if set(right.terms) == {a, negated(b)}:
            return a, b.arg if isinstance(b, t.Neg) else b
    return None


def conjugate_powers(node: t.Expr, context: Context) -> Rewrite | None:
    """``(2 + sqrt(3))^5*(2 - sqrt(3))^4``: the common power of the product first."""
    del context
    view = product(node)
    places = [n for n, f in enumerate(view.num) if isinstance(power(f)[0], t.Add)]
    for first, second in combinations(places, 2):
        (left, m), (right, n) = power(view.num[first]), power(view.num[second])
        counts = [rational_value(e) for e in (m, n)]
        if is_symbolic(left) or any(c is None or c.denominator != 1 or c < 2 for c in counts):
            continue
        if not isinstance(left, t.Add) or not isinstance(right, t.Add):
            continue
        sides = _conjugate(left, right)
        if sides is None:
            continue
        p, q = (int(c) for c in counts if c is not None)
        shared = min(p, q)
        rest = make_power(left if p > q else right, t.integer(abs(p - q)))
        squares = t.sub(*[t.Pow(s, TWO) for s in sides])
        joined = [t.Pow(squares, t.integer(shared)), rest]
        num = [f for k, f in enumerate(view.num) if k not in (first, second)]
        why = Text(
            "a^n·b^n = (a·b)^n with n = {0}.", "a^n·b^n = (a·b)^n，n = {0}。", (t.integer(shared),)
        )
        after = Product(view.sign, [*num, *[f for f in joined if f != ONE]], view.den)
        return Rewrite(after.build(), CONJUGATE, why)
    return None


def expand_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``(3x + 5)^2``, ``(x - 1)^3``, ``(a + b)^6``, ``(a + b + c)^2``."""
    if not (isinstance(node, t.Pow) and isinstance(node.base, t.Add)):
        return None
    exp = rational_value(node.exp)
    if exp is None or exp.denominator != 1 or exp < 2:
        return None
    count, terms = int(exp), node.base.terms
    if comb(len(terms) + count - 1, count) > MAX_TERMS:
        return None
    if count > SIMPLIFY_LIMIT and not context.expand and is_symbolic(node):
        return None
    if len(terms) == 2:
        return _binomial(terms[0], terms[1], count)
    square = _square_of_many(terms)
    why = Text(
        "The squares of all terms, and twice each product of two terms.",
        "各项的平方和，加上每两项乘积的两倍。",
    )
    if count == 2:
        return Rewrite(square, SQUARE, why, settle=True)
    return Rewrite(t.Mul((square, make_power(node.base, t.integer(count - 2)))), SQUARE, why)


def _square_of_many(terms: tuple[t.Expr, ...]) -> t.Expr:
    """``(a + b + c)^2 = a^2 + b^2 + c^2 + 2ab + 2ac + 2bc``."""
    squares = [t.Pow(p.arg if isinstance(p, t.Neg) else p, TWO) for p in terms]
    doubled = [times(TWO, times(p, q)) for p, q in combinations(terms, 2)]
    return t.Add((*squares, *doubled))


def _binomial(a: t.Expr, b: t.Expr, count: int) -> Rewrite:
    minus = isinstance(b, t.Neg) and not isinstance(a, t.Neg)
    second = b.arg if isinstance(b, t.Neg) and minus else b
    parts = []
    for k in range(count + 1):
        factors = [
            t.integer(comb(count, k)),
            make_power(a, t.integer(count - k)),
            make_power(second, t.integer(k)),
        ]
        term = mul_all(factors)
        parts.append(t.Neg(term) if minus and k % 2 else term)
    after = t.Add(tuple(parts))
    if count == 2:
        sign = "-" if minus else "+"
        law = f"(a {sign} b)^2 = a^2 {sign} 2ab + b^2"
        rule = SQUARE
    elif count == 3:
        law = (
            "(a - b)^3 = a^3 - 3a^2·b + 3a·b^2 - b^3"
            if minus
            else "(a + b)^3 = a^3 + 3a^2·b + 3a·b^2 + b^3"
        )
        rule = CUBE
    else:
        why = Text(
            "The binomial coefficients of row {0} are the coefficients.",
            "系数是杨辉三角第 {0} 行的二项式系数。",
            (t.integer(count),),
        )
        return Rewrite(after, BINOMIAL, why, settle=True)
    return Rewrite(
        after,
        rule,
        Text("{0} with a = {1}, b = {2}.", "{0}，其中 a = {1}，b = {2}。", (law, a, second)),
        settle=True,
    )


def break_up(node: t.Expr, context: Context) -> Rewrite | None:
    """``(2x + 6)/3`` is ``2x/3 + 2``: a sum over what goes into every term, term by term."""
    del context
    return _broken_up(node, leaving=0)


def split_fraction(node: t.Expr, context: Context) -> Rewrite | None:
    """``(1 + 2a)/a`` is ``1/a + 2``: the denominator goes into all terms but one."""
    del context
    return _broken_up(node, leaving=1)


def _broken_up(node: t.Expr, *, leaving: int) -> Rewrite | None:
    sign = 1
    if isinstance(node, t.Neg):
        node, sign = node.arg, -1
    if not (isinstance(node, t.Div) and isinstance(node.num, t.Add)):
        return None
    if rational_value(node.den) is None and not _goes_into(node.den, node.num, leaving):
        return None
    parts = [
        t.Neg(t.Div(p.arg, node.den)) if isinstance(p, t.Neg) else t.Div(p, node.den)
        for p in node.num.terms
    ]
    total = t.Add(tuple(parts if sign > 0 else map(negated, parts)))
    return Rewrite(
        total,
        BREAK_UP,
        Text("Divide each term by {0}.", "每一项都除以 {0}。", (node.den,)),
        settle=True,
    )


def _goes_into(bottom: t.Expr, top: t.Add, leaving: int) -> bool:
    """Whether a denominator of one term goes into all terms above it but so many."""
    if any(isinstance(n, t.Add | t.Call) for n in t.walk(bottom)):
        return False
    left = sum(not _divides(bottom, term) for term in top.terms)
    return left <= leaving and left < len(top.terms)


def _divides(bottom: t.Expr, term: t.Expr) -> bool:
    above = dict(map(power, product(term).num))
    for base, exp in map(power, product(bottom).num):
        need, have = rational_value(exp), rational_value(above.get(base, t.integer(0)))
        if rational_value(base) is None and (need is None or have is None or have < need):
            return False
    return True
