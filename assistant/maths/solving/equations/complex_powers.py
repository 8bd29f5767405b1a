"""The roots of a complex number: ``z^3 = 8i``, by its polar form."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.unknowns import single_equation
from assistant.maths.types import Link, Request, Rule, Step, Text

POLAR = Rule("complex.number_polar", "Write the number in polar form", "化为三角形式")
ROOTS = Rule("complex.take_roots", "Take the roots", "开方")
MOST = 12


def roots_of_number(request: Request) -> Draft | None:
    """``z^n = w`` for a number w that is not real, or where complex solutions are wanted."""
    single = single_equation(request)
    if single is None or request.domain not in (None, t.Constant(t.ConstantName.COMPLEXES)):
        return None
    equation, name = single
    match equation:
        case t.Relation(_, t.Pow(t.Symbol(base), t.Number(power)), right) if base == name:
            pass
        case _:
            return None
    if t.symbols(right) or power.denominator != 1 or not 2 <= power <= MOST:
        return None
    try:
        number = sp.expand(to_sympy(right), complex=True)
    except NotConvertible:
        return None
    real = number.is_real
    if real is None or number == 0 or (real and request.domain is None):
        return None
    radius, angle, n = sp.simplify(sp.Abs(number)), sp.simplify(sp.arg(number)), int(power)
    if not radius.is_positive or not (angle / sp.pi).is_Rational:
        return None
    polar = _polar(from_sympy(radius), from_sympy(angle))
    why = Text("Its modulus and its argument.", "求模与辐角。")
    steps = [Step(rule=POLAR, why=why, before=right, after=polar, link=Link.EQUAL)]
    values = [_value(sp.root(radius, n), (angle + 2 * sp.pi * k) / n) for k in range(n)]
    answer = t.Collection(t.Bracket.SET, tuple(map(from_sympy, values)))
    told = Text("The {0}-th root of the modulus; the argument and whole turns over {0}.",
                "模开 {0} 次方，辐角加整数圈后除以 {0}。", (t.integer(n),))  # fmt: skip
    steps.append(Step(rule=ROOTS, why=told, before=equation, after=answer, link=Link.SOLUTION,
                      variable=name))  # fmt: skip
    return Draft(answer=answer, steps=tuple(steps), method="de moivre", variables=(name,))


def _polar(radius: t.Expr, angle: t.Expr) -> t.Expr:
    sine = t.Mul((t.Constant(t.ConstantName.I), t.Call("sin", (angle,))))
    whole = t.Add((t.Call("cos", (angle,)), sine))
    return whole if radius == t.integer(1) else t.Mul((radius, whole))


def _value(radius: sp.Expr, angle: sp.Expr) -> sp.Expr:
    """With roots where the cosine has them, else in polar form."""
    return sp.expand(radius * (sp.cos(angle) + sp.I * sp.sin(angle)))
