"""What a teacher does to a limit: one move at a time.

A move looks at the formula under the limit and either gives the value, or another formula
with the same limit.  Whether its conditions hold is asked of the candidate values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.numeric import NoValue, evaluate
from assistant.maths.solving.calculus.derivative_rules import NoRule, derive
from assistant.maths.solving.calculus.limit_values import candidate
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

SUBSTITUTE = Rule("limit.substitute", "Direct substitution", "直接代入")
CANCEL = Rule("limit.cancel", "Factor and cancel", "因式分解并约分")
HIGHEST = Rule("limit.highest_power", "Divide by the highest power", "同除以最高次幂")
CONJUGATE = Rule("limit.conjugate", "Multiply by the conjugate", "有理化（乘以共轭式）")
STANDARD = Rule("limit.standard", "Standard limit", "重要极限")
SCALE = Rule("limit.scale", "Make the standard form", "凑成重要极限的形式")
LOGARITHM = Rule("limit.logarithm", "Write as a power of e", "取对数化为 e 的幂")
FRACTION = Rule("limit.fraction", "Write as one fraction", "化为一个分式")
HOSPITAL = Rule("limit.lhopital", "L'Hôpital's rule", "洛必达法则")
BARS = Rule("limit.bars", "Remove the absolute value", "去绝对值")
SQUEEZE = Rule("limit.squeeze", "Squeeze theorem", "夹逼准则")
UNBOUNDED = Rule("limit.unbounded", "The denominator goes to 0", "分母趋于 0")
GROWTH = Rule("limit.growth", "Compare the growth", "比较增长速度")
LAWS = Rule("limit.laws", "Limit laws", "极限的四则运算")
DOMINANT = Rule("limit.dominant", "Dominant term", "取主要部分")

OPERATORS = {"": "limit", "+": "limit_right", "-": "limit_left"}
JUMPS = frozenset("floor ceiling sign mod gamma factorial".split())


@dataclass(frozen=True, slots=True)
class Scene:
    """One limit: the body, the place (variable, point, direction), and its value."""

    body: t.Expr
    place: tuple[str, t.Expr, str]
    value: t.Expr

    @property
    def name(self) -> str:
        """The variable."""
        return self.place[0]

    @property
    def infinite(self) -> bool:
        """Whether the point is at infinity."""
        return self.place[1] in (INFINITY, t.Neg(INFINITY))

    def sign(self, body: t.Expr) -> t.Expr:
        """The limit of another body at the same place, as it is written."""
        return t.Call(OPERATORS[self.place[2]], (body, t.Symbol(self.name), self.place[1]))

    def other(self, body: t.Expr) -> t.Expr | None:
        """The value of another body's limit at the same place."""
        return candidate(body, self.place) if has(body, self.name) else body


@dataclass(frozen=True, slots=True)
class Move:
    """``lines`` are the values of the limit, written; ``body`` is what is still under a
    limit (``None``: done), ``wrap`` what is around it."""

    rule: Rule
    why: Text
    lines: tuple[t.Expr, ...]
    body: t.Expr | None = None
    wrap: Callable[[t.Expr], t.Expr] = lambda inner: inner
    substeps: tuple[Step, ...] = ()


def _sympy(expr: t.Expr) -> Any:
    return to_sympy(expr, real=True)


def _is_infinite(value: t.Expr | None) -> bool:
    return value in (INFINITY, t.Neg(INFINITY))


def substitute(scene: Scene) -> Move | None:
    """The function is continuous at the point."""
    if not has(scene.body, scene.name):
        why = Text("A constant is its own limit.", "常数的极限是它本身。")
        return Move(LAWS, why, (scene.body,))
    if scene.infinite or _is_infinite(scene.value):
        return None
    if any(isinstance(n, t.Call) and n.name in JUMPS for n in t.walk(scene.body)):
        return None
    placed = t.substitute(scene.body, scene.name, scene.place[1])
    free = t.symbols(placed)
    if not free:
        try:
            evaluate(placed, {}, complex_values=True)
        except NoValue:
            return None
    if not free and not _close(placed, scene.value):
        return None
    for node in t.walk(placed):
        if isinstance(node, t.Div) and free and sp.expand(_sympy(node.den)) == 0:
            return None
    for node in t.walk(scene.body):
        if isinstance(node, t.Pow) and has(node.base, scene.name) and has(node.exp, scene.name):
            base = t.substitute(node.base, scene.name, scene.place[1])
            if _sympy(base).is_zero is not False:
                return None
    why = Text(
        "The function is continuous at {0} = {1}, so the limit is its value there.",
        "函数在 {0} = {1} 处连续，极限等于函数值。",
        (t.Symbol(scene.name), scene.place[1]),
    )
    return Move(SUBSTITUTE, why, (placed,))


def _close(left: t.Expr, right: t.Expr) -> bool:
    """Whether two constants agree to many digits; on a branch cut they may not."""
    difference = sp.N(_sympy(left) - _sympy(right), 20)
    return bool(difference.is_number and abs(difference) < sp.Float("1e-12"))


def cancel(scene: Scene) -> Move | None:
    """A rational function of the form 0/0 at a finite point."""
    value = _sympy(scene.body)
    x = sp.Symbol(scene.name, real=True)
    if scene.infinite or not value.is_rational_function(x):
        return None
    num, den = sp.fraction(sp.together(value))
    common = sp.gcd(num, den)
    if not common.has(x) or den.subs(x, _sympy(scene.place[1])) != 0:
        return None
    top, bottom = (sp.factor(part) for part in (num, den))
    left = sp.cancel(num / common), sp.cancel(den / common)
    after = over(from_sympy(sp.factor(left[0])), from_sympy(sp.factor(left[1])))
    shown = over(from_sympy(top), from_sympy(bottom))
    factored = Step(
        rule=CANCEL,
        why=Text("Factor numerator and denominator.", "分子分母分别因式分解。"),
        before=scene.body,
        after=shown,
        link=Link.EQUAL,
    )
    why = Text(
        "The form is 0/0; cancel the common factor {0}, which is not 0 near the point.",
        "属于 0/0 型；约去公因式 {0}（在该点附近不为 0）。",
        (from_sympy(sp.factor(common)),),
    )
    return Move(CANCEL, why, (), after, substeps=(factored,))


def highest_power(scene: Scene) -> Move | None:
    """A rational function at infinity, or one with square roots that grow like ``x``."""
    value, x = _sympy(scene.body), sp.Symbol(scene.name, real=True)
    if not scene.infinite:
        return None
    if not value.is_rational_function(x):
        return _highest_of_roots(scene, value, x)
    num, den = sp.fraction(sp.together(value))
    if not (num.is_polynomial(x) and den.is_polynomial(x)):
        return None
    degree = sp.degree(den, x)
    if degree == 0:
        why = Text("The highest power decides.", "由最高次项决定。")
        return Move(DOMINANT, why, (scene.value,))
    if not num.has(x):
        why = Text("The denominator grows without bound.", "分母无限增大。")
        return Move(LAWS, why, (scene.value,))
    top, bottom = (
        _termwise(part, lambda term: sp.cancel(term / x**degree))
        for part in (sp.expand(num), sp.expand(den))
    )
    return _divided(scene, x**degree, over(top, bottom))


def _termwise(part: Any, change: Callable[[Any], Any]) -> t.Expr:
    return t.add(*(from_sympy(change(term)) for term in sp.Add(part).as_ordered_terms()))


def _divided(scene: Scene, power: Any, quotient: t.Expr) -> Move:
    why = Text(
        "Divide numerator and denominator by {0}; the terms with {1} in the denominator go to 0.",
        "分子分母同除以 {0}；分母中含 {1} 的项趋于 0。",
        (from_sympy(power), t.Symbol(scene.name)),
    )
    return Move(HIGHEST, why, (scene.sign(quotient), scene.value))


def _highest_of_roots(scene: Scene, value: Any, x: Any) -> Move | None:
    num, den = sp.fraction(value)
    roots = [p for p in value.atoms(sp.Pow) if abs(p.exp) == sp.Rational(1, 2)]
    plain = all(sp.Poly(p.base, x).degree() == 2 for p in roots if p.base.is_polynomial(x))
    if scene.place[1] != INFINITY or not roots or not plain or not den.has(x):
        return None
    if not value.subs({p: sp.Dummy() for p in roots}).is_rational_function(x):
        return None

    def reduce(term: Any) -> Any:
        root = next((p for p in roots if term.has(p)), None)
        if root is None:
            return sp.cancel(term / x)
        return term / root * sp.sqrt(sp.expand(root.base / x**2))

    return _divided(scene, x, over(_termwise(num, reduce), _termwise(den, reduce)))


def conjugate(scene: Scene) -> Move | None:
    """A difference with a square root, of the form 0/0 or infinity minus infinity."""
    num, den = sp.fraction(sp.together(_sympy(scene.body)))
    for part, is_num in ((num, True), (den, False)):
        if not _surd_difference(part) or not _vanishes(part, scene, is_num=is_num):
            continue
        first, second = part.as_ordered_terms()
        partner = min((first - second, second - first), key=lambda e: str(e).count("-"))
        product = sp.expand(part * partner)
        top, bottom = (product, den * partner) if is_num else (num * partner, product)
        top, bottom = sp.fraction(sp.cancel(sp.factor(top) / sp.factor(bottom)))
        after = over(from_sympy(top), from_sympy(sp.factor_terms(bottom)))
        why = Text(
            "Multiply numerator and denominator by the conjugate {0}.",
            "分子分母同乘以共轭式 {0}。",
            (from_sympy(partner),),
        )
        return Move(CONJUGATE, why, (), after)
    return None


def _surd_difference(part: Any) -> bool:
    return (
        part.is_Add
        and len(part.args) == 2
        and any(p.exp == sp.Rational(1, 2) for a in part.args for p in a.atoms(sp.Pow))
    )


def _vanishes(part: Any, scene: Scene, *, is_num: bool) -> bool:
    value = scene.other(from_sympy(part))
    if scene.infinite and is_num:
        return all(_is_infinite(scene.other(from_sympy(abs(a)))) for a in part.args)
    return value == ZERO


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
    whole = _sympy(scene.body)
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


def squeeze(scene: Scene) -> Move | None:
    """A bounded factor times one that goes to 0."""
    if scene.value != ZERO:
        return None
    factors = sp.Mul.make_args(_sympy(scene.body))
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
    if not _is_infinite(scene.value):
        return None
    num, den = sp.fraction(sp.together(_sympy(scene.body)))
    top, bottom = from_sympy(num), from_sympy(den)
    above = scene.other(top)
    if above is None or above == ZERO or _is_infinite(above) or scene.other(bottom) != ZERO:
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
            num, den = sp.fraction(sp.together(_sympy(scene.body)))
            if not den.has(sp.Symbol(scene.name, real=True)):
                return None
        case t.Mul(factors):
            split = [(f, scene.other(f)) for f in factors]
            logs = [f for f, v in split if _is_infinite(v) and _sympy(f).has(sp.log)]
            zero = [f for f, v in split if v == ZERO]
            if len(split) != len(logs) + len(zero) or not logs or not zero:
                return None
            num = sp.Mul(*map(_sympy, logs))
            den = 1 / sp.Mul(*map(_sympy, zero))
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
        parts = sp.fraction(_sympy(scene.body))
        num, den = (from_sympy(p) for p in parts)
    if not has(num, scene.name) or not has(den, scene.name):
        return None
    above, below = scene.other(num), scene.other(den)
    if above is None or below is None:
        return None
    if not (above == below == ZERO or (_is_infinite(above) and _is_infinite(below))):
        return None
    if any(isinstance(n, t.Call) and n.name in (*JUMPS, "abs") for n in t.walk(scene.body)):
        return None
    try:
        top, bottom = derive(num, scene.name), derive(den, scene.name)
    except NoRule:
        return None
    raw = over(top.value, bottom.value)
    after = shortest(raw)
    if size(after) > 2 * size(scene.body) + 12:
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


def growth(scene: Scene) -> Move | None:
    """Exponentials, powers and logarithms at infinity."""
    if not scene.infinite:
        return None
    value = _sympy(scene.body)
    moving = [
        *(e.exp for e in value.atoms(sp.Pow) if e.exp.free_symbols),
        *(f.args[0] for f in value.atoms(sp.exp, sp.log)),
    ]
    if not any(_is_infinite(scene.other(from_sympy(part))) for part in moving):
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
    substitute, without_bars, cancel, highest_power, standard, conjugate, squeeze, unbounded, as_power_of_e,
    one_fraction, hospital, growth, dominant,
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
