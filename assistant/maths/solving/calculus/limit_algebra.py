"""Moves on limits that are algebra: substitute, cancel, divide, conjugate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.checking.numerics.numeric import NoValue, evaluate
from assistant.maths.solving.calculus.limit_scene import (
    CANCEL,
    CANCEL_FACTORIALS,
    CONJUGATE,
    DOMINANT,
    HIGHEST,
    JUMPS,
    LAWS,
    SUBSTITUTE,
    Move,
    Scene,
    value_of,
)
from assistant.maths.solving.calculus.tidy import (
    INFINITY,
    ONE,
    ZERO,
    has,
    over,
    shortest,
)
from assistant.maths.types import Link, Step, Text

_N = t.Symbol("n")
_NEXT = t.Add((_N, ONE))
FACTORS = t.Relation(
    t.Comparison.EQ,
    t.Call("factorial", (_NEXT,)),
    t.Mul((_NEXT, t.Call("factorial", (_N,)))),
)


def substitute(scene: Scene) -> Move | None:
    """The function is continuous at the point."""
    if not has(scene.body, scene.name):
        why = Text("A constant is its own limit.", "常数的极限是它本身。")
        return Move(LAWS, why, (scene.body,))
    if scene.infinite or t.is_infinite(scene.value):
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
        if isinstance(node, t.Div) and free and sp.expand(value_of(node.den)) == 0:
            return None
    for node in t.walk(scene.body):
        if isinstance(node, t.Pow) and has(node.base, scene.name) and has(node.exp, scene.name):
            base = t.substitute(node.base, scene.name, scene.place[1])
            if value_of(base).is_zero is not False:
                return None
    why = Text(
        "The function is continuous at {0} = {1}, so the limit is its value there.",
        "函数在 {0} = {1} 处连续，极限等于函数值。",
        (t.Symbol(scene.name), scene.place[1]),
    )
    return Move(SUBSTITUTE, why, (placed,))


def _close(left: t.Expr, right: t.Expr) -> bool:
    """Whether two constants agree to many digits; on a branch cut they may not."""
    difference = sp.N(value_of(left) - value_of(right), 20)
    return bool(difference.is_number and abs(difference) < sp.Float("1e-12"))


def without_factorials(body: t.Expr) -> t.Expr:
    """The same with quotients of factorials reduced where none is left: (n + 1)! = (n + 1)·n!."""

    def change(node: t.Expr) -> t.Expr:
        if not (isinstance(node, t.Div) and any(_is_factorial(n) for n in t.walk(node))):
            return node
        after = shortest(from_sympy(sp.combsimp(value_of(node))))
        return node if any(_is_factorial(n) for n in t.walk(after)) else after

    try:
        after = t.transform(body, change)
    except NotConvertible:
        return body
    return body if after == body else shortest(after)


def _is_factorial(node: t.Expr) -> bool:
    return isinstance(node, t.Call) and node.name in ("factorial", "gamma", "binomial")


def cancel_factorials(scene: Scene) -> Move | None:
    """Factorials that differ by a few factors, far out."""
    after = without_factorials(scene.body)
    if after == scene.body or not scene.infinite:
        return None
    why = Text(
        "Cancel the factors that the factorials share: {0}.",
        "约去阶乘的公因数：{0}。",
        (FACTORS,),
    )
    return Move(CANCEL_FACTORIALS, why, (), after)


def cancel(scene: Scene) -> Move | None:
    """A rational function of the form 0/0 at a finite point."""
    value = value_of(scene.body)
    x = sp.Symbol(scene.name, real=True)
    if scene.infinite or not value.is_rational_function(x):
        return None
    num, den = sp.fraction(sp.together(value))
    common = sp.gcd(num, den)
    if not common.has(x) or den.subs(x, value_of(scene.place[1])) != 0:
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
    value, x = value_of(scene.body), sp.Symbol(scene.name, real=True)
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
    if not roots or not plain or not den.has(x):
        return None
    if not value.subs({p: sp.Dummy() for p in roots}).is_rational_function(x):
        return None

    def reduce(term: Any) -> Any:
        root = next((p for p in roots if term.has(p)), None)
        if root is None:
            return sp.cancel(term / x)
        side = 1 if scene.place[1] == INFINITY else -1  # sqrt(x^2) is -x where x < 0
        return side * term / root * sp.sqrt(sp.expand(root.base / x**2))

    return _divided(scene, x, over(_termwise(num, reduce), _termwise(den, reduce)))


def conjugate(scene: Scene) -> Move | None:
    """A difference with a square root, of the form 0/0 or infinity minus infinity."""
    num, den = sp.fraction(sp.together(value_of(scene.body)))
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
        return all(t.is_infinite(scene.other(from_sympy(abs(a)))) for a in part.args)
    return value == ZERO
