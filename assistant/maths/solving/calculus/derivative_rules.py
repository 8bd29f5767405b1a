"""The rules of differentiation on formula trees, each application a step of its own.

``derive`` returns the raw result of the rules; nothing is simplified but the numbers
that multiply.  Sources of the formulas: any first course, e.g. Apostol, Calculus I, 4.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.calculus.derivative_table import OUTER, one_over
from assistant.maths.solving.calculus.tidy import (
    ONE,
    ZERO,
    E,
    has,
    number,
    over,
    plus,
    power,
    times,
)
from assistant.maths.types import Link, Rule, Step, Text

CONSTANT = Rule("derivative.constant", "Derivative of a constant", "常数的导数")
IDENTITY = Rule("derivative.identity", "Derivative of the variable", "自变量的导数")
SUM = Rule("derivative.sum", "Sum rule", "和差求导法则")
MULTIPLE = Rule("derivative.multiple", "Constant multiple rule", "常数因子提出")
POWER = Rule("derivative.power", "Power rule", "幂函数求导公式")
PRODUCT = Rule("derivative.product", "Product rule", "乘积求导法则")
QUOTIENT = Rule("derivative.quotient", "Quotient rule", "商的求导法则")
RECIPROCAL = Rule("derivative.reciprocal", "Reciprocal rule", "倒数求导法则")
CHAIN = Rule("derivative.chain", "Chain rule", "链式法则（复合函数求导）")
EXPONENTIAL = Rule("derivative.exponential", "Derivative of an exponential", "指数函数求导公式")
LOGARITHM = Rule("derivative.logarithm", "Derivative of a logarithm", "对数函数求导公式")
FUNCTION = Rule("derivative.function", "Derivative of a standard function", "基本初等函数求导公式")
ABSOLUTE = Rule("derivative.absolute", "Derivative of an absolute value", "绝对值的导数")
LOGARITHMIC = Rule("derivative.logarithmic", "Logarithmic differentiation", "对数求导法")
TAKE_LOG = Rule("derivative.take_log", "Take logarithms of both sides", "两边取对数")
BOTH_SIDES = Rule("derivative.both_sides", "Differentiate both sides", "两边求导")
TIMES_Y = Rule("derivative.times_y", "Multiply by y", "两边同乘以 y")
REWRITE = Rule("derivative.rewrite", "Write as a power", "改写成幂的形式")


class NoRule(Exception):  # noqa: N818 - "don't know" is no error of the program
    """A formula that no rule here differentiates."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A derivative with the step that gives it; ``plain`` ones are said without a step."""

    value: t.Expr
    step: Step
    plain: bool = False


def _parts(*items: Derived) -> tuple[Step, ...]:
    return tuple(item.step for item in items if not item.plain)


def derive(expr: t.Expr, x: str) -> Derived:
    """The derivative of a formula with respect to ``x``.  Raises ``NoRule``."""
    if not has(expr, x):
        return concluded(expr, ZERO, x, (CONSTANT, CONSTANT_WHY), plain=True)
    match expr:
        case t.Symbol():
            return concluded(expr, ONE, x, (IDENTITY, IDENTITY_WHY), plain=True)
        case t.Neg(arg):
            inner = derive(arg, x)
            value = times(t.Neg(ONE), inner.value)
            return concluded(expr, value, x, (MULTIPLE, MULTIPLE_WHY), (inner,), plain=inner.plain)
        case t.Add(parts):
            return _sum(expr, parts, x)
        case t.Mul(factors):
            return _product(expr, factors, x)
        case t.Div(num, den):
            return _quotient(expr, num, den, x)
        case t.Pow(base, exponent):
            return _power(expr, base, exponent, x)
        case t.Call("exp", (arg,)):
            return _power(expr, E, arg, x)
        case t.Call("root", (arg, index)) if not has(index, x):
            return _power(expr, arg, t.Div(ONE, index), x)
        case t.Call("log", (arg, base)) if has(base, x):
            return derive(t.Div(t.Call("ln", (arg,)), t.Call("ln", (base,))), x)
        case t.Call("integrate", args) if len(args) == 4:
            from assistant.maths.solving.calculus.derivative_integral import of_integral

            return of_integral(expr, args, x)
        case t.Call(name, args):
            return _function(expr, name, args, x)
    raise NoRule(type(expr).__name__)


CONSTANT_WHY = Text("A constant has the derivative 0.", "常数的导数为 0。")
IDENTITY_WHY = Text("The variable itself has the derivative 1.", "自变量的导数为 1。")
MULTIPLE_WHY = Text("A constant factor stays: (c·u)' = c·u'.", "常数因子保留：(c·u)' = c·u'。")


def concluded(
    before: t.Expr,
    after: t.Expr,
    x: str,
    told: tuple[Rule, Text],
    parts: tuple[Derived, ...] = (),
    *,
    plain: bool = False,
) -> Derived:
    """A derivative with its step."""
    step = Step(
        rule=told[0],
        why=told[1],
        before=before,
        after=after,
        link=Link.DERIVATIVE,
        variable=x,
        substeps=_parts(*parts),
    )
    return Derived(after, step, plain)


def _sum(expr: t.Expr, parts: tuple[t.Expr, ...], x: str) -> Derived:
    done = [derive(part, x) for part in parts]
    simple = all(d.plain for d in done)
    why = (
        Text(
            "Differentiate term by term; the power rule gives (x^n)' = n·x^(n-1).",
            "逐项求导，用幂函数公式 (x^n)' = n·x^(n-1)。",
        )
        if simple
        else Text(
            "Differentiate term by term: (u + v)' = u' + v'.", "逐项求导：(u + v)' = u' + v'。"
        )
    )
    return concluded(expr, plus(*(d.value for d in done)), x, (SUM, why), tuple(done))


def _product(expr: t.Expr, factors: tuple[t.Expr, ...], x: str) -> Derived:
    constant = [f for f in factors if not has(f, x)]
    moving = [f for f in factors if has(f, x)]
    done = [derive(f, x) for f in moving]
    if len(moving) == 1:
        value = times(*constant, done[0].value)
        monomial = isinstance(moving[0], t.Symbol | t.Pow) and done[0].step.rule in (
            POWER,
            IDENTITY,
        )
        return concluded(
            expr, value, x, (MULTIPLE, MULTIPLE_WHY), tuple(done), plain=done[0].plain or monomial
        )
    terms = [
        times(*constant, *(done[j].value if i == j else f for j, f in enumerate(moving)))
        for i in range(len(moving))
    ]
    why = (
        Text(
            "(u·v)' = u'·v + u·v' with u = {0} and v = {1}.",
            "(u·v)' = u'·v + u·v'，其中 u = {0}，v = {1}。",
            (moving[0], moving[1]),
        )
        if len(moving) == 2
        else Text(
            "Differentiate one factor at a time, keep the others, and add.",
            "依次对每个因子求导，其余因子不变，再相加。",
        )
    )
    return concluded(expr, plus(*terms), x, (PRODUCT, why), tuple(done))


def _quotient(expr: t.Expr, num: t.Expr, den: t.Expr, x: str) -> Derived:
    if not has(den, x):
        inner = derive(num, x)
        return concluded(
            expr, _over(inner.value, den), x, (MULTIPLE, MULTIPLE_WHY), (inner,), plain=inner.plain
        )
    below = derive(den, x)
    if not has(num, x):
        if (exponent := _monomial(den, x)) is not None:
            return _negative_power(expr, num, x, exponent)
        if isinstance(den, t.Pow) and isinstance(den.exp, t.Number):
            return _power_below(expr, num, den, x)
        value = _opposite(over(times(num, below.value), power(den, t.integer(2))))
        why = Text("(c/v)' = -c·v'/v^2 with v = {0}.", "(c/v)' = -c·v'/v^2，其中 v = {0}。", (den,))
        return concluded(expr, times(value), x, (RECIPROCAL, why), (below,))
    above = derive(num, x)
    value = over(
        plus(times(above.value, den), _opposite(times(num, below.value))), power(den, t.integer(2))
    )
    why = Text(
        "(u/v)' = (u'·v - u·v')/v^2 with u = {0} and v = {1}.",
        "(u/v)' = (u'·v - u·v')/v^2，其中 u = {0}，v = {1}。",
        (num, den),
    )
    return concluded(expr, value, x, (QUOTIENT, why), (above, below))


def _power_below(expr: t.Expr, num: t.Expr, den: t.Pow, x: str) -> Derived:
    """``c/u^n`` by the power rule for ``c·u^(-n)``."""
    inner = derive(den.base, x)
    above = times(num, den.exp, inner.value)
    value = _opposite(over(above, power(den.base, _plus_one(den.exp))))
    why = _chain_why("(u^(-n))' = -n/u^(n+1)", den.base)
    return concluded(expr, times(value), x, (CHAIN, why), (inner,))


def _plus_one(exponent: t.Expr) -> t.Expr:
    """A literal exponent one higher."""
    return t.rational((number(exponent) or Fraction(0)) + 1)


def _over(num: t.Expr, den: t.Expr) -> t.Expr:
    """A fraction in which numbers are reduced."""
    value, below = number(num), number(den)
    return t.rational(value / below) if value is not None and below else over(num, den)


def _opposite(expr: t.Expr) -> t.Expr:
    match expr:
        case t.Neg(arg):
            return arg
        case _:
            return t.Neg(expr)


def _monomial(expr: t.Expr, x: str) -> int | None:
    match expr:
        case t.Symbol(name) if name == x:
            return 1
        case t.Pow(t.Symbol(name), t.Number(value)) if name == x and value.denominator == 1:
            return int(value)
    return None


def _negative_power(expr: t.Expr, num: t.Expr, x: str, exponent: int) -> Derived:
    """``c/x^n`` by the power rule for ``c·x^(-n)``."""
    value = _opposite(
        over(times(t.integer(exponent), num), power(t.Symbol(x), t.integer(exponent + 1)))
    )
    written = times(num, t.Pow(t.Symbol(x), t.integer(-exponent)))
    why = Text(
        "Power rule for a negative exponent: the formula is {0}.",
        "负指数的幂函数公式：原式即 {0}。",
        (written,),
    )
    return concluded(expr, times(value), x, (POWER, why), plain=True)


def _power(expr: t.Expr, base: t.Expr, exponent: t.Expr, x: str) -> Derived:
    if not has(exponent, x):
        return _constant_power(expr, base, exponent, x)
    if has(base, x):
        return _logarithmic(expr, base, exponent, x)
    inner = derive(exponent, x)
    factor = () if base == E else (t.Call("ln", (base,)),)
    value = times(expr, *factor, inner.value)
    formula = ("(e^x)' = e^x" if base == E else "(a^x)' = a^x·ln(a)").replace(
        "x", "u" if exponent != t.Symbol(x) else x
    )
    if exponent == t.Symbol(x):
        return concluded(expr, value, x, (EXPONENTIAL, Text(f"{formula}.", f"{formula}。")))
    return concluded(expr, value, x, (CHAIN, _chain_why(formula, exponent)), (inner,))


def _chain_why(formula: str, inner: t.Expr) -> Text:
    return Text(
        f"With the inner function u = {{0}}: {formula}, times u'.",
        f"设内层函数 u = {{0}}：{formula}，再乘以 u'。",
        (inner,),
    )


def _constant_power(expr: t.Expr, base: t.Expr, exponent: t.Expr, x: str) -> Derived:
    value = number(exponent)
    lower = t.rational(value - 1) if value is not None else t.sub(exponent, ONE)
    inner = derive(base, x)
    outer = _scaled_power(exponent, base, lower)
    if base == t.Symbol(x):
        why = Text(
            "(x^n)' = n·x^(n-1) with n = {0}.", "(x^n)' = n·x^(n-1)，其中 n = {0}。", (exponent,)
        )
        simple = value is not None and value.denominator == 1 and isinstance(expr, t.Pow)
        return concluded(expr, outer, x, (POWER, why), plain=simple)
    why = _chain_why("(u^n)' = n·u^(n-1)", base)
    return concluded(expr, times(outer, inner.value), x, (CHAIN, why), (inner,))


def _scaled_power(exponent: t.Expr, base: t.Expr, lower: t.Expr) -> t.Expr:
    if isinstance(lower, t.Neg):
        return times(exponent, t.Div(ONE, power(base, lower.arg)))
    return times(exponent, power(base, lower))


def _logarithmic(expr: t.Expr, base: t.Expr, exponent: t.Expr, x: str) -> Derived:
    """``u^v`` through ``ln y = v ln u`` (where ``u > 0``)."""
    y, slope = t.Symbol("y"), t.Symbol("y'")
    logarithm = times(exponent, t.Call("ln", (base,)))
    inner = derive(logarithm, x)
    value = times(expr, inner.value)
    lines = (
        t.equation(y, expr),
        t.equation(t.Call("ln", (y,)), logarithm),
        t.equation(t.Div(slope, y), inner.value),
        t.equation(slope, value),
    )
    told = (
        (
            TAKE_LOG,
            Text(
                "Base and exponent both contain {0}; with y = {1} "
                "a logarithm brings the exponent down.",
                "底数和指数都含有 {0}；令 y = {1}，取对数把指数化为因子。",
                (t.Symbol(x), expr),
            ),
            (),
        ),
        (
            BOTH_SIDES,
            Text("The left side gives y'/y by the chain rule.", "左边由链式法则得 y'/y。"),
            (inner.step,),
        ),
        (TIMES_Y, Text("Multiply by y = {0}.", "两边同乘以 y = {0}。", (expr,)), ()),
    )
    substeps = tuple(
        Step(rule=r, why=w, before=a, after=b, link=Link.FORMULA, variable=x, substeps=s)
        for (r, w, s), a, b in zip(told, lines, lines[1:], strict=False)
    )
    step = Step(
        rule=LOGARITHMIC,
        why=Text(
            "For y = u^v take ln(y) = v·ln(u) and differentiate (where {0} > 0).",
            "对 y = u^v 取对数 ln(y) = v·ln(u) 再求导（{0} > 0）。",
            (base,),
        ),
        before=expr,
        after=value,
        link=Link.DERIVATIVE,
        variable=x,
        given=(t.Relation(t.Comparison.GT, base, ZERO),),
        substeps=substeps,
    )
    return Derived(value, step)


def _outer(name: str, args: tuple[t.Expr, ...]) -> t.Expr:
    if name in OUTER and len(args) == 1:
        return OUTER[name](args[0])
    match name, args:
        case "log", (u, base):
            return one_over(t.mul(u, t.Call("ln", (base,))))
        case "diff", _:
            raise NoRule(name)
    if len(args) != 1:
        raise NoRule(name)
    try:
        value = to_sympy(t.Call(name, (t.Symbol("u_"),)), real=True)
        slope = value.diff(sp.Symbol("u_", real=True))
        if slope.has(sp.Derivative, sp.Subs) or slope.is_zero:
            raise NoRule(name)
        return t.substitute(from_sympy(slope), "u_", args[0])
    except NotConvertible as unknown:
        raise NoRule(name) from unknown


def _function(expr: t.Expr, name: str, args: tuple[t.Expr, ...], x: str) -> Derived:
    """A function of the table, with the chain rule where its argument is not ``x``."""
    slope, u = _outer(name, args), args[0]
    rule = {"ln": LOGARITHM, "log": LOGARITHM, "abs": ABSOLUTE}.get(name, FUNCTION)
    if u == t.Symbol(x):
        why = Text("The table gives ({0})' = {1}.", "由求导公式 ({0})' = {1}。", (expr, slope))
        return concluded(expr, slope, x, (rule, why))
    inner = derive(u, x)
    value = _chained(slope, inner.value)
    letter = t.Symbol("u")
    table = t.Call(name, (letter, *args[1:])), _outer(name, (letter, *args[1:]))
    why = Text(
        "With the inner function u = {0}: ({1})' = {2}, times u'.",
        "设内层函数 u = {0}：({1})' = {2}，再乘以 u'。",
        (u, *table),
    )
    return concluded(expr, value, x, (CHAIN, why), (inner,))


def _chained(outer: t.Expr, inner: t.Expr) -> t.Expr:
    """``1/v`` times ``u'`` is written ``u'/v``."""
    match outer:
        case t.Neg(arg):
            return times(t.Neg(ONE), _chained(arg, inner))
        case t.Div(num, den):
            return over(times(num, inner), den)
        case _:
            return times(inner, outer) if number(inner) is not None else times(outer, inner)
