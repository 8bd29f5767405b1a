"""Equations and inequalities with other letters: literal equations, cases for parameters."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.found import real, real_symbol, written, zero_form
from assistant.maths.solving.equations.generators import Inside, exponent_of, inside
from assistant.maths.solving.equations.real_root import root as odd_root
from assistant.maths.solving.equations.unknowns import single_equation
from assistant.maths.types import Link, Request, Rule, Text

CLEAR = Rule("parameter.clear_denominators", "Multiply by the denominators", "去分母")
GATHER = Rule("parameter.gather", "Gather the terms with the unknown", "移项")
TAKE_OUT = Rule("parameter.take_out", "Take out the unknown", "提取未知数")
DIVIDE = Rule("parameter.divide", "Divide by the coefficient", "两边同除以系数")
FACTOR = Rule("parameter.factor", "Factor", "因式分解")
FORMULA = Rule("parameter.formula", "Use the quadratic formula", "用求根公式")
ROOT = Rule("parameter.square_roots", "Take square roots", "开平方")
UNDO = Rule("parameter.undo", "Apply the inverse function", "取反函数")
CASES = Rule("parameter.cases", "Cases for the parameter", "对参数分类讨论")

ZERO = t.integer(0)


def literal_equation(request: Request) -> Draft | None:
    """``A = pi r^2`` for ``r``, ``a x = b``, ``x^2 - (a+b) x + a b = 0``."""
    single = single_equation(request)
    if single is None or request.domain is not None:
        return None
    equation, name = single
    if len(t.symbols(equation)) < 2:
        return None
    trail = Trail(equation, Link.EQUIVALENT, name)
    try:
        value = zero_form(equation)
    except NotConvertible:
        return None
    work = _Work(trail, name, [])
    x = real_symbol(name)
    if not value.is_rational_function(x):
        found = inside(value, x, real_symbol("u_"))
        undone = None if found is None else _undone(work, found)
        if undone is None:
            return None
        value = undone
    roots = _polynomial(work, value)
    if roots is None or any(r.has(sp.I) for r in roots):
        return None
    return Draft(
        answer=t.Collection(t.Bracket.SET, tuple(map(written, roots))),
        steps=tuple(trail.steps),
        method="literal equation",
        variables=(name,),
        conditions=tuple(work.conditions),
        given=tuple(g for g in work.given if name not in t.symbols(g)),
    )


class _Work:
    """The line so far, and what the parameters must satisfy."""

    def __init__(self, trail: Trail, name: str, conditions: list[Text]) -> None:
        self.trail = trail
        self.name = name
        self.conditions = conditions
        self.given: list[t.Expr] = []
        self.fractions = False

    def require(self, value: sp.Expr, op: t.Comparison, zero: str = "", zero_zh: str = "") -> None:
        """Note a condition on the parameters, unless it always holds."""
        if not value.free_symbols:
            return
        condition = t.Relation(op, written(value), ZERO)
        self.given.append(condition)
        self.conditions.append(
            Text("This holds for {0}." + zero, "条件：{0}。" + zero_zh, (condition,))
        )


def _undone(work: _Work, found: Inside) -> sp.Expr | None:
    """The unknown stands in one function: undo it, and give the new zero form."""
    if not found.value.is_polynomial(found.u) or sp.degree(found.value, found.u) != 1:
        return None
    a, b = found.value.coeff(found.u, 1), found.value.coeff(found.u, 0)
    g, c = found.meaning, sp.factor(-b / a)
    if a.free_symbols:
        work.require(a, t.Comparison.NE)
    line = t.equation(written(g), written(c))
    why = Text("Leave {0} alone on the left.", "把 {0} 单独留在左边。", (written(g),))
    work.trail.to(line, GATHER, why)
    pair = exponent_of(g, real_symbol(work.name))
    if pair is not None:
        base, h = pair
        if not base.is_number:
            return None
        work.require(c, t.Comparison.GT)
        right = sp.log(c) / sp.log(base)
    elif isinstance(g, sp.log):
        h, right = g.args[0], sp.exp(c)
    elif g.is_Pow and g.exp == sp.Rational(1, 2):
        h, right = g.base, sp.expand(c**2)
        work.require(c, t.Comparison.GE)
    elif isinstance(g, sp.Abs):
        h, right = g.args[0], None
        work.require(c, t.Comparison.GE)
        sides = [t.equation(written(h), written(v)) for v in (c, -c)]
        why = Text(
            "The inside is {0} or its opposite.",
            "绝对值内的式子等于 {0} 或其相反数。",
            (written(c),),
        )
        both = t.Junction(t.Connective.OR, tuple(sides))
        work.trail.to(both, UNDO, why, given=tuple(work.given))
        return sp.expand((h - c) * (h + c))
    else:
        return None
    why = Text("Apply the inverse function to both sides.", "两边取反函数。")
    line = t.equation(written(h), written(right))
    work.trail.to(line, UNDO, why, given=tuple(work.given))
    return h - right


def _polynomial(work: _Work, value: sp.Expr) -> list[sp.Expr] | None:
    x = real_symbol(work.name)
    num, den = sp.fraction(sp.together(value))
    num = sp.expand(num)
    if not num.is_polynomial(x) or not _solvable(sp.Poly(num, x)):
        return None
    apart: list[sp.Expr] = []
    roots: list[sp.Expr] | None
    if den.free_symbols:
        factors = [factor for factor, _ in sp.factor_list(den)[1]]
        apart = [f for f in factors if f.has(x)]
        work.fractions = bool(apart)
        for factor in factors:
            if not factor.has(x):
                work.require(factor, t.Comparison.NE)
        line = work.trail.line
        assert isinstance(line, t.Relation)
        sides = [sp.expand(sp.cancel(real(s) * den)) for s in (line.left, line.right)]
        work.trail.to(
            t.equation(*map(written, sides)),
            CLEAR,
            Text("Multiply both sides by {0}.", "两边同乘 {0}。", (written(den),)),
            given=(t.Relation(t.Comparison.NE, written(den), ZERO),),
        )
    match sp.degree(num, x):
        case 1:
            roots = _linear(work, num, x)
        case 2:
            roots = _quadratic(work, num, x)
        case _:
            roots = _power(work, sp.Poly(num, x))
    return _kept_apart(work, roots, apart)


def _kept_apart(
    work: _Work, roots: list[sp.Expr] | None, apart: list[sp.Expr]
) -> list[sp.Expr] | None:
    """The denominators may not be zero: of one root that is a condition on the letters alone."""
    one = roots[0] if roots is not None and len(roots) == 1 else None
    for factor in apart:
        there = factor
        if one is not None:
            there = sp.factor(sp.fraction(sp.together(factor.subs(real_symbol(work.name), one)))[0])
        if there == 0:
            return None
        work.require(there, t.Comparison.NE)
    return roots


def _solvable(poly: sp.Poly) -> bool:
    """Degree 1 or 2, or a pure power."""
    return poly.degree() in (1, 2) or (
        2 < poly.degree() <= 9 and all(n in (0, poly.degree()) for (n,) in poly.monoms())
    )


def _power(work: _Work, poly: sp.Poly) -> list[sp.Expr]:
    """``V = 4/3 pi r^3``: the power alone, then the root."""
    n, top = poly.degree(), poly.LC()
    value = sp.factor(-poly.eval(0) / top)
    if top.free_symbols:
        work.require(top, t.Comparison.NE)
    line = t.equation(written(poly.gen**n), written(value))
    work.trail.to(line, DIVIDE, Text("Leave the power on the left.", "把幂单独留在左边。"))
    if n % 2:
        return _pair(work, [odd_root(value, sp.Integer(n))], ROOT)
    work.require(value, t.Comparison.GE)
    root = sp.root(value, n)
    return _pair(work, [-root, root], ROOT)


def _linear(work: _Work, value: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    a, b = value.coeff(x, 1), value.coeff(x, 0)
    if a.could_extract_minus_sign():
        a, b = -a, -b
    trail = work.trail
    unknown = written(sp.expand(a * x))
    right = written(-b)
    why = Text(
        "Terms with {0} to the left, all others to the right.",
        "含 {0} 的项移到左边，其余移到右边。",
        (t.Symbol(work.name),),
    )
    trail.to(t.equation(unknown, right), GATHER, why)
    coefficient = written(sp.factor(a))
    if a.is_Add:
        product = t.mul(coefficient, t.Symbol(work.name))
        trail.to(
            t.equation(product, right),
            TAKE_OUT,
            Text("Take out {0}.", "提取公因式 {0}。", (t.Symbol(work.name),)),
        )
    root = _quotient(-b, a)
    given: tuple[t.Expr, ...] = ()
    if a.free_symbols:
        given = (t.Relation(t.Comparison.NE, coefficient, ZERO),)
        work.given += given
        work.conditions.append(_cases(work, coefficient, written(sp.expand(-b))))
    if a != 1:
        why = Text("Divide both sides by {0}.", "两边同除以 {0}。", (coefficient,))
        trail.to(t.equation(t.Symbol(work.name), written(root)), DIVIDE, why, given=given)
    return [root]


def _quotient(top: sp.Expr, bottom: sp.Expr) -> sp.Expr:
    """A reduced fraction, its numerator multiplied out, its denominator without minus."""
    num, den = sp.fraction(sp.factor(top / bottom))
    if den.could_extract_minus_sign():
        num, den = -num, -den
    return sp.expand(num) / den


ONE_SOLUTION = Text(
    "One solution for {0}. If {1} and {2}, every real {4} is a solution; if {1} and {3}, "
    "there is none.",
    "当 {0} 时有唯一解；当 {1} 且 {2} 时，任意实数 {4} 都是解；当 {1} 且 {3} 时，无解。",
)
WHERE_DEFINED = Text(
    "One solution for {0}. If {1} and {2}, every real {4} for which both sides have a value is a "
    "solution; if {1} and {3}, there is none.",
    "当 {0} 时有唯一解；当 {1} 且 {2} 时，使两边有意义的任意实数 {4} 都是解；"
    "当 {1} 且 {3} 时，无解。",
)
"""The same where the unknown stood below a bar."""


def _cases(work: _Work, a: t.Expr, b: t.Expr) -> Text:
    """What a x = b means when a may be zero."""
    zero, other = t.equation(a, ZERO), t.Relation(t.Comparison.NE, a, ZERO)
    right, not_right = t.equation(b, ZERO), t.Relation(t.Comparison.NE, b, ZERO)
    text = WHERE_DEFINED if work.fractions else ONE_SOLUTION
    return Text(text.en, text.zh, (other, zero, right, not_right, t.Symbol(work.name)))


def _quadratic(work: _Work, value: sp.Expr, x: sp.Symbol) -> list[sp.Expr] | None:
    trail, name = work.trail, work.name
    poly = sp.Poly(value, x)
    a, b, c = poly.all_coeffs()
    if a.free_symbols:
        work.require(
            a, t.Comparison.NE, " (otherwise it is no quadratic equation)", "否则不是二次方程。"
        )
    trail.to(
        t.equation(_by_powers(poly), ZERO),
        GATHER,
        Text("Bring everything to one side.", "化为一般形式。"),
    )
    factors = [f for f, m in sp.factor_list(value)[1] for _ in range(m) if f.has(x)]
    if len(factors) == 2:
        product = t.equation(t.mul(*map(written, factors)), ZERO)
        trail.to(product, FACTOR, Text("Factor the left side.", "左边因式分解。"))
        roots = [sp.factor(-f.coeff(x, 0) / f.coeff(x, 1)) for f in map(sp.expand, factors)]
        return _pair(work, list(dict.fromkeys(roots)), FACTOR)
    if b == 0:
        square = sp.factor(-c / a)
        work.require(square, t.Comparison.GE)
        trail.to(
            t.equation(t.Pow(t.Symbol(name), t.integer(2)), written(square)),
            DIVIDE,
            Text("Leave the square on the left.", "把平方项留在左边。"),
        )
        return _pair(work, [-sp.sqrt(square), sp.sqrt(square)], ROOT)
    disc = sp.factor(b**2 - 4 * a * c)
    work.require(disc, t.Comparison.GE, " (for real solutions)", "（有实数解的条件）")
    root = sp.sqrt(disc)
    return _pair(work, [(-b - root) / (2 * a), (-b + root) / (2 * a)], FORMULA)


def _by_powers(poly: sp.Poly) -> t.Expr:
    """The polynomial with falling powers of the unknown, whatever its coefficients are."""
    terms: list[t.Expr] = []
    for (n,), c in poly.terms():
        negative = c.could_extract_minus_sign()
        size = -c if negative else c
        power = written(poly.gen**n)
        term = written(size * poly.gen**n) if not size.is_Add else t.mul(written(size), power)
        if n == 0:
            term = written(size)
        terms.append(t.Neg(term) if negative else term)
    return t.add(*terms)


def _pair(work: _Work, roots: Sequence[sp.Expr], rule: Rule) -> list[sp.Expr]:
    x = t.Symbol(work.name)
    sides = [t.equation(x, written(r)) for r in roots]
    line = sides[0] if len(sides) == 1 else t.Junction(t.Connective.OR, tuple(sides))
    why = Text("Both values solve the equation.", "得到方程的根。")
    work.trail.to(line, rule, why, given=tuple(work.given))
    return list(roots)
