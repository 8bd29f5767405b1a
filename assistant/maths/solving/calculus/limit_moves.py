"""What a teacher does to a limit: one move at a time.

A move looks at the formula under the limit and either gives the value, or another formula
with the same limit.  Whether its conditions hold is asked of the candidate values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.solving.calculus.derivative_rules import NoRule, derive
from assistant.maths.solving.calculus.limit_algebra import (
    cancel,
    cancel_factorials,
    conjugate,
    highest_power,
    substitute,
)
from assistant.maths.solving.calculus.limit_scene import (
    BARS,
    DOMINANT,
    FRACTION,
    GROWTH,
    HOSPITAL,
    JUMPS,
    LAWS,
    LOGARITHM,
    ONE_POWER,
    SQUEEZE,
    STANDARD,
    UNBOUNDED,
    Move,
    Scene,
    value_of,
)
from assistant.maths.solving.calculus.tidy import (
    INFINITY,
    ONE,
    ZERO,
    E,
    has,
    over,
    power,
    shortest,
    size,
    times,
)
from assistant.maths.types import Link, Rule, Step, Text


def _standard_forms() -> tuple[tuple[Any, Any, str], ...]:
    u = sp.Wild("u")
    return (
        (sp.sin(u), u, "sin(u)/u -> 1"),
        (sp.tan(u), u, "tan(u)/u -> 1"),
        (sp.asin(u), u, "asin(u)/u -> 1"),
        (sp.atan(u), u, "atan(u)/u -> 1"),
        (sp.exp(u) - 1, u, "(e^u - 1)/u -> 1"),
        (1 - sp.cos(u), u**2 / 2, "(1 - cos(u))/u^2 -> 1/2"),
        (sp.log(u + 1), u, "ln(1 + u)/u -> 1"),
    )


def standard(scene: Scene) -> Move | None:
    """``sin(3x)/x`` and its like: the standard limit with a factor."""
    x = sp.Symbol(scene.name, real=True)
    whole = value_of(scene.body)
    for top in sp.Mul.make_args(whole):
        for form, size_of, told in _standard_forms():
            found = top.match(form)
            if found is None or len(found) != 1:
                continue
            ((wild, u),) = found.items()
            if not u.has(x) or scene.other(from_sympy(u)) != ZERO:
                continue
            square = size_of != wild
            outside = sp.cancel(whole / top * (u**2 if square else u))
            if outside.has(x):
                continue
            return _standard_move(scene, top, u, (outside, square, told))
    return None


def _standard_move(scene: Scene, top: Any, u: Any, rest: tuple[Any, bool, str]) -> Move:
    outside, square, told = rest
    why = Text(
        f"Standard limit with u = {{0}} going to 0: {told}.",
        f"重要极限（u = {{0}} 趋于 0）：{told}。",
        (from_sympy(u),),
    )
    if outside == 1:
        return Move(STANDARD, why, (scene.value,))
    factor = from_sympy(outside)
    inner = scene.sign(over(from_sympy(top), power(from_sympy(u), t.integer(2 if square else 1))))
    limit = t.Div(ONE, t.integer(2)) if square else ONE
    return Move(STANDARD, why, (times(factor, inner), t.mul(factor, limit), scene.value))


def as_power_of_e(scene: Scene) -> Move | None:
    """1^inf, 0^0 and inf^0."""
    match scene.body:
        case t.Pow(base, exponent) if has(base, scene.name) and has(exponent, scene.name):
            inner = times(exponent, t.Call("ln", (base,)))
            why = Text(
                "Base and exponent both move: u^v = e^(v·ln(u)), and e^z is continuous.",
                "底数和指数都在变化：u^v = e^(v·ln(u))，而 e^z 连续。",
            )
            return Move(LOGARITHM, why, (), inner, wrap=lambda part: t.Pow(E, part))
    return None


def one_power(scene: Scene) -> Move | None:
    """A quotient of powers with the same moving exponent, of bases that are positive far out."""
    match scene.body:
        case t.Div(t.Pow(above, exponent), t.Pow(below, same)) if exponent == same:
            pass
        case _:
            return None
    moving = all(has(part, scene.name) for part in (above, below, exponent))
    if not moving or any(scene.other(base) != INFINITY for base in (above, below)):
        return None
    why = Text("The exponents are equal: u^w/v^w = (u/v)^w.", "指数相同：u^w/v^w = (u/v)^w。")
    return Move(ONE_POWER, why, (), t.Pow(over(above, below), exponent))


def squeeze(scene: Scene) -> Move | None:
    """A bounded factor times one that goes to 0."""
    if scene.value != ZERO:
        return None
    factors = sp.Mul.make_args(value_of(scene.body))
    bounded = [f for f in factors if _bounded(f)]
    if not bounded or len(bounded) == len(factors):
        return None
    rest = from_sympy(sp.Mul(*(f for f in factors if f not in bounded)))
    if scene.other(rest) != ZERO or scene.other(from_sympy(sp.Mul(*bounded))) is not None:
        return None
    why = Text(
        "{0} stays between -1 and 1, and {1} goes to 0; so the product goes to 0.",
        "{0} 介于 -1 与 1 之间，而 {1} 趋于 0，所以乘积趋于 0。",
        (from_sympy(sp.Mul(*bounded)), rest),
    )
    return Move(SQUEEZE, why, (scene.value,))


def _bounded(factor: Any) -> bool:
    if isinstance(factor, sp.sin | sp.cos):
        return True
    return factor.is_Pow and factor.exp.is_Integer and factor.exp > 0 and _bounded(factor.base)


def unbounded(scene: Scene) -> Move | None:
    """A numerator with a limit that is not 0 over a denominator that goes to 0."""
    if not t.is_infinite(scene.value):
        return None
    num, den = sp.fraction(sp.together(value_of(scene.body)))
    top, bottom = from_sympy(num), from_sympy(den)
    above = scene.other(top)
    if above is None or above == ZERO or t.is_infinite(above) or scene.other(bottom) != ZERO:
        return None
    why = Text(
        "The numerator goes to {0}, the denominator to 0 with a fixed sign.",
        "分子趋于 {0}，分母趋于 0 且符号不变。",
        (above,),
    )
    return Move(UNBOUNDED, why, (scene.value,))


def one_fraction(scene: Scene) -> Move | None:
    """A difference of fractions, or 0 times infinity, written as one fraction."""
    match scene.body:
        case t.Add():
            num, den = sp.fraction(sp.together(value_of(scene.body)))
            if not den.has(sp.Symbol(scene.name, real=True)):
                return None
        case t.Mul(factors):
            split = [(f, scene.other(f)) for f in factors]
            logs = [f for f, v in split if t.is_infinite(v) and value_of(f).has(sp.log)]
            zero = [f for f, v in split if v == ZERO]
            if len(split) != len(logs) + len(zero) or not logs or not zero:
                return None
            num = sp.Mul(*map(value_of, logs))
            den = 1 / sp.Mul(*map(value_of, zero))
        case _:
            return None
    after = over(from_sympy(num), from_sympy(den))
    if after == scene.body:
        return None
    why = Text("Write it as one fraction.", "化为一个分式。")
    return Move(FRACTION, why, (), after)


def hospital(scene: Scene) -> Move | None:
    """0/0 or inf/inf, with the conditions looked at."""
    if isinstance(scene.body, t.Div):
        num, den = scene.body.num, scene.body.den
    else:
        parts = sp.fraction(value_of(scene.body))
        num, den = (from_sympy(p) for p in parts)
    if not has(num, scene.name) or not has(den, scene.name):
        return None
    above, below = scene.other(num), scene.other(den)
    if above is None or below is None:
        return None
    if not (above == below == ZERO or (t.is_infinite(above) and t.is_infinite(below))):
        return None
    if any(isinstance(n, t.Call) and n.name in (*JUMPS, "abs") for n in t.walk(scene.body)):
        return None
    try:
        top, bottom = derive(num, scene.name), derive(den, scene.name)
    except NoRule:
        return None
    raw = over(top.value, bottom.value)
    after = shortest(raw)
    if size(after) > 2 * size(scene.body) + 12 or scene.other(after) is None:
        return None
    if any(_comes_again(n, scene.name) for n in t.walk(scene.body)) and size(after) >= size(
        scene.body
    ):
        return None
    form = "0/0" if above == ZERO else "∞/∞"
    conditions = tuple(
        Step(
            rule=LAWS,
            why=Text("The condition of the rule.", "验证法则的条件。"),
            before=scene.sign(part),
            after=value,
            link=Link.EQUAL,
        )
        for part, value in ((num, above), (den, below))
    )
    why = Text(
        f"The form is {form}; numerator and denominator are differentiable near the point and "
        "the limit of {0} exists, so it is the limit asked for.",
        f"属于 {form} 型；分子分母在该点附近可导，且 {{0}} 的极限存在，可用洛必达法则。",
        (raw,),
    )
    return Move(HOSPITAL, why, (), after, substeps=(*conditions, top.step, bottom.step))


def _comes_again(node: t.Expr, name: str) -> bool:
    """Roots and powers like x^x stand in their own derivatives: the rule goes round in circles."""
    match node:
        case t.Call("sqrt" | "root"):
            return True
        case t.Pow(base, exponent):
            return has(base, name) and has(exponent, name)
    return False


def growth(scene: Scene) -> Move | None:
    """Exponentials, powers and logarithms at infinity."""
    if not scene.infinite or not (scene.value == ZERO or t.is_infinite(scene.value)):
        return None
    value = value_of(scene.body)
    moving = [
        *(e.exp for e in value.atoms(sp.Pow) if e.exp.free_symbols),
        *(f.args[0] for f in value.atoms(sp.exp, sp.log)),
    ]
    if not any(t.is_infinite(scene.other(from_sympy(part))) for part in moving):
        return None
    why = Text(
        "Exponentials outgrow powers, powers outgrow logarithms; the fastest part decides.",
        "指数函数快于幂函数，幂函数快于对数函数；由增长最快的部分决定。",
    )
    return Move(GROWTH, why, (scene.value,))


def without_bars(scene: Scene) -> Move | None:
    """Absolute values of formulas with a fixed sign on the side asked for."""
    if not scene.place[2] and not scene.infinite:
        return None
    opened: list[tuple[t.Expr, t.Expr]] = []

    def change(node: t.Expr) -> t.Expr:
        if isinstance(node, t.Call) and node.name == "abs":
            side = scene.other(over(node, node.args[0]))
            if side in (ONE, t.Neg(ONE)):
                opened.append((node, node.args[0] if side == ONE else t.Neg(node.args[0])))
                return opened[-1][1]
        return node

    after = t.transform(scene.body, change)
    if not opened:
        return None
    why = Text("On this side {0} = {1}.", "在这一侧 {0} = {1}。", opened[0])
    return Move(BARS, why, (), shortest(after))


def dominant(scene: Scene) -> Move:
    """What is left: the leading term of the expansion at the point."""
    why = Text("The leading term at the point decides.", "由该点处展开式的主要部分决定。")
    return Move(DOMINANT, why, (scene.value,))


MOVES: tuple[Callable[[Scene], Move | None], ...] = (
    cancel_factorials, substitute, without_bars, cancel, highest_power, standard, conjugate,
    squeeze, unbounded, one_power, as_power_of_e, one_fraction, hospital, growth, dominant,
)  # fmt: skip


def next_move(scene: Scene, used: dict[Rule, int]) -> Move:
    """The first move that fits; each kind a few times at most."""
    for move in MOVES:
        try:
            found = move(scene)
        except (NotConvertible, sp.PolynomialError, NotImplementedError, ValueError):
            continue
        if found is not None and used.get(found.rule, 0) < 3:
            used[found.rule] = used.get(found.rule, 0) + 1
            return found
    return dominant(scene)
