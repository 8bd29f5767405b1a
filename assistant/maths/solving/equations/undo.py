"""The outermost function is undone: ``f(h) = c`` becomes ``h = …``."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import (
    Found,
    branches,
    real,
    real_symbol,
    step,
    written,
)
from assistant.maths.solving.equations.generators import exponent_of, primitive
from assistant.maths.solving.equations.solution_sets import K, family, sign_of, union
from assistant.maths.types import Link, Rule, Step, Text

SAME_BASE = Rule("exponential.same_base", "Write both sides with the same base", "化为同底数的幂")
COMPARE = Rule("exponential.compare_exponents", "Compare the exponents", "比较指数")
TAKE_LOG = Rule("exponential.take_logarithm", "Take logarithms of both sides", "两边取对数")
EXPONENTIATE = Rule("logarithmic.definition", "Use the definition of the logarithm", "化为指数式")
ABSOLUTE = Rule(
    "absolute.two_cases", "Two numbers have this absolute value", "去绝对值（两种情况）"
)
POWER = Rule("radical.raise", "Raise both sides to a power", "两边乘方")
NEVER = Rule("equation.never_true", "Never true", "不成立")
GENERAL = Rule("trigonometric.general_solution", "General solution", "写出通解")
INVERSE = Rule("equation.inverse_function", "Apply the inverse function", "取反函数")


def _never(line: t.Relation, name: str, why: Text, method: str) -> Found:
    return Found(steps=(step(line, t.Truth(value=False), NEVER, why, name=name),), method=method)


def undo(line: t.Relation, name: str, depth: int) -> Found | None:
    """The candidates of ``f(h) = c`` with a number ``c``."""
    x, c = real_symbol(name), real(line.right)
    g = real(line.left)
    sign = sign_of(c)
    if sign is None:
        return None
    if exponent_of(g, x) is not None:
        return _exponential(line, name, depth, sign)
    if isinstance(line.left, t.Call) and line.left.name in ("ln", "log"):
        return _logarithm(line, name, depth)
    if isinstance(g, sp.Abs):
        return _absolute(line, name, depth, sign)
    if g.is_Pow or type(g).__name__ == "root":
        return _root(line, name, depth, sign)
    if isinstance(g, sp.sin | sp.cos | sp.tan | sp.cot):
        return _circular(line, name)
    if isinstance(g, sp.asin | sp.acos | sp.atan):
        return _arc(line, name, depth)
    return None


def _continue(
    steps: list[Step], sides: list[t.Relation], name: str, depth: int, method: str
) -> Found | None:
    parts = [find(s, name, depth + 1) for s in sides]
    if any(p is None for p in parts):
        return None
    found = branches(name, sides, [p for p in parts if p is not None], method=method)
    return replace(found, steps=(*steps, *found.steps))


def _exponential(line: t.Relation, name: str, depth: int, sign: int) -> Found | None:
    pair = exponent_of(real(line.left), real_symbol(name))
    assert pair is not None
    base, h = pair
    c = real(line.right)
    if sign <= 0:
        why = Text("A power of a positive number is always positive.", "正数的幂恒为正。")
        return _never(line, name, why, "exponential")
    exponent = _as_exponent(c, base)
    steps: list[Step] = []
    if exponent is not None:
        power = t.Pow(written(base), written(h))
        left = line.left if real(line.left) != real(power) or _base(line.left) == base else power
        same = t.equation(left, t.Pow(written(base), written(exponent)))
        why = Text("{0} is a power of {1}.", "{0} 是 {1} 的幂。", (line.right, written(base)))
        steps.append(step(line, same, SAME_BASE, why, name=name))
        after = t.equation(written(h), written(exponent))
        why = Text(
            "Equal powers of the same base have equal exponents.", "同底数的幂相等，则指数相等。"
        )
        steps.append(step(same, after, COMPARE, why, name=name))
    else:
        value = sp.log(c) / sp.log(base)
        after = t.equation(written(h), written(value))
        why = Text("Take the logarithm of both sides.", "两边取对数。")
        steps.append(step(line, after, TAKE_LOG, why, name=name))
    return _continue(steps, [after], name, depth, "exponential")


def _base(expr: t.Expr) -> sp.Expr | None:
    """The base of a power, as it is written."""
    return real(expr.base) if isinstance(expr, t.Pow) else None


def _as_exponent(value: sp.Expr, base: sp.Expr) -> sp.Expr | None:
    """The rational exponent that makes ``value`` of ``base``, if there is one."""
    if value == 1:
        return sp.Integer(0)
    if not value.is_Rational or not base.is_Rational:
        return None
    small, n = primitive(base)
    own, m = primitive(value)
    return sp.Rational(m, n) if own == small else None


def _logarithm(line: t.Relation, name: str, depth: int) -> Found | None:
    assert isinstance(line.left, t.Call)
    argument = line.left.args[0]
    c = real(line.right)
    base: t.Expr = t.Constant(t.ConstantName.E)
    if line.left.name == "log":
        base = line.left.args[1]
        if name in t.symbols(base):
            return None
    power = t.equation(argument, t.Pow(base, line.right))
    why = Text(
        "The logarithm says to which power {0} is raised.", "由对数的定义（底数为 {0}）。", (base,)
    )
    steps = [step(line, power, EXPONENTIATE, why, name=name)]
    value = real(base) ** c
    after = t.equation(argument, written(sp.simplify(value)))
    if after != power:
        why = Text("Calculate the power.", "计算幂。")
        steps.append(step(power, after, INVERSE, why, name=name))
    if argument == t.Symbol(name):
        return Found(steps=tuple(steps), roots=(sp.simplify(value),), method="logarithmic")
    return _continue(steps, [after], name, depth, "logarithmic")


def _absolute(line: t.Relation, name: str, depth: int, sign: int) -> Found | None:
    if sign < 0:
        why = Text("An absolute value is never negative.", "绝对值不可能为负数。")
        return _never(line, name, why, "absolute value")
    inner = written(real(line.left).args[0])
    if isinstance(line.left, t.Call) and line.left.name == "abs":
        inner = line.left.args[0]
    values = [real(line.right)] if sign == 0 else [real(line.right), -real(line.right)]
    sides = [t.equation(inner, written(v)) for v in values]
    after = sides[0] if len(sides) == 1 else t.Junction(t.Connective.OR, tuple(sides))
    why = Text(
        "The inside is {0} or its opposite.", "绝对值内的式子等于 {0} 或其相反数。", (line.right,)
    )
    one = step(line, after, ABSOLUTE, why, name=name)
    return _continue([one], sides, name, depth, "absolute value")


def _root(line: t.Relation, name: str, depth: int, sign: int) -> Found | None:
    g, c = real(line.left), real(line.right)
    if type(g).__name__ == "root":
        inner, n = g.args
        even = False
    else:
        inner, n = g.base, 1 / g.exp
        even = True
        if not g.exp.is_Rational or g.exp.p != 1 or (sign < 0 and g.exp.q % 2):
            return None  # whether an odd root written as a power has negative values is a custom
    if even and sign < 0:
        why = Text("A root with an even index is never negative.", "偶次方根不可能为负数。")
        return _never(line, name, why, "radical")
    value = sp.expand(c**n) if n.is_Integer else sp.powsimp(c**n)
    after = t.equation(written(inner), written(value))
    why = Text("Raise both sides to the power {0}.", "两边同取 {0} 次方。", (written(n),))
    one = step(line, after, POWER, why, name=name)
    if inner == real_symbol(name):
        return Found(steps=(one,), roots=(value,), method="radical")
    return _continue([one], [after], name, depth, "radical")


def _circular(line: t.Relation, name: str) -> Found | None:
    x, g, c = real_symbol(name), real(line.left), real(line.right)
    h = g.args[0]
    if not h.is_polynomial(x) or sp.degree(h, x) != 1:
        return None
    bounded = isinstance(g, sp.sin | sp.cos)
    if bounded and any(sign_of(s) == 1 for s in (c - 1, -1 - c)):
        why = Text("Sine and cosine stay between −1 and 1.", "正弦和余弦的值在 −1 与 1 之间。")
        return _never(line, name, why, "trigonometric")
    a, b = h.coeff(x, 1), h.coeff(x, 0)
    if a.free_symbols or b.free_symbols:
        return None
    angles = _angles(g, c)
    families = tuple(family_of((angle - b) / a) for angle in angles)
    after = union([family(f) for f in families])
    why = Text(
        "Write all angles with this value; {0} is any integer.",
        "写出所有满足条件的角；{0} 为任意整数。",
        (t.Symbol(K.name),),
    )
    one = step(line, after, GENERAL, why, name=name, link=Link.SOLUTION)
    return Found(steps=(one,), families=families, method="trigonometric")


def _angles(g: sp.Expr, c: sp.Expr) -> list[sp.Expr]:
    """All arguments at which a circular function has a value, with the integer k."""
    turn, half = 2 * sp.pi * K, sp.pi * K
    match g:
        case sp.sin():
            if c == 0:
                return [half]
            base = sp.asin(c)
            return [base + turn] if abs(c) == 1 else [base + turn, sp.pi - base + turn]
        case sp.cos():
            if c == 0:
                return [sp.pi / 2 + half]
            base = sp.acos(c)
            return [base + turn] if abs(c) == 1 else [base + turn, -base + turn]
        case sp.tan():
            return [sp.atan(c) + half]
        case _:
            return [(sp.pi / 2 if c == 0 else sp.atan(1 / c)) + half]


def family_of(value: sp.Expr) -> sp.Expr:
    """A family in its usual form: the step positive, the start within one step of zero."""
    value = sp.expand(value)
    step_size, start = value.coeff(K, 1), value.coeff(K, 0)
    if sign_of(step_size) == -1:
        step_size = -step_size
    if (start / step_size).is_Rational:
        ratio = start / step_size
        start = (ratio - sp.floor(ratio)) * step_size
    return start + step_size * K


def _arc(line: t.Relation, name: str, depth: int) -> Found | None:
    g, c = real(line.left), real(line.right)
    low, high = {
        "asin": (-sp.pi / 2, sp.pi / 2),
        "acos": (sp.Integer(0), sp.pi),
        "atan": (-sp.pi / 2, sp.pi / 2),
    }[type(g).__name__]
    below, above = sign_of(c - low), sign_of(high - c)
    if below is None or above is None:
        return None
    if below < 0 or above < 0 or (isinstance(g, sp.atan) and 0 in (below, above)):
        why = Text("The value is outside the range of the function.", "该值不在函数的值域内。")
        return _never(line, name, why, "trigonometric")
    back = {"asin": sp.sin, "acos": sp.cos, "atan": sp.tan}[type(g).__name__]
    after = t.equation(written(g.args[0]), written(back(c)))
    why = Text("Apply the function to both sides.", "两边取三角函数值。")
    return _continue([step(line, after, INVERSE, why, name=name)], [after], name, depth, "inverse")
