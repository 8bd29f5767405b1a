"""A complex number in polar form, ``r (cos θ + i sin θ)``, or exponential form, ``r e^(iθ)``."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.expressions.complex_numbers import ARGUMENT, MODULUS
from assistant.maths.types import Link, Request, Rule, Step, Text

FORM = Rule("complex.polar", "Polar form", "三角形式")
I = t.Constant(t.ConstantName.I)


def polar(request: Request) -> Draft | None:
    """``1 + i`` is ``sqrt(2) (cos(pi/4) + i sin(pi/4))``; the argument is in (-π, π]."""
    if request.topic != topics.POLAR or len(request.operands) != 1:
        return None
    given = request.operands[0]
    if t.symbols(given):
        return None
    try:
        value = sp.expand_complex(to_sympy(given))
    except (NotConvertible, TypeError):
        return None
    a, b = value.as_real_imag()
    radius = sp.sqrtdenest(sp.sqrt(sp.expand(a**2 + b**2)))
    if radius == 0 or not radius.is_real:
        return None
    angle = sp.simplify(sp.atan2(b, a))
    r, theta = from_sympy(radius), from_sympy(angle)
    size = Trail(t.Call("abs", (given,)))
    parts = tuple(map(from_sympy, (a, b)))
    root = Text("The root of {0}² + {1}².", "{0} 与 {1} 的平方和的算术平方根。", parts)
    size.to(r, MODULUS, root)
    direction = Trail(t.Call("arg", (given,)))
    why = Text(
        "The angle of the point ({0}, {1}) from the real axis.",
        "点 ({0}, {1}) 与实轴正方向所成的角。",
        parts,
    )
    direction.to(theta, ARGUMENT, why)
    if "exponential" in request.words:
        size_of = theta.arg if isinstance(theta, t.Neg) else theta
        exponent: t.Expr = t.Mul((I, size_of))
        exponent = t.Neg(exponent) if isinstance(theta, t.Neg) else exponent
        turn: t.Expr = t.Pow(t.Constant(t.ConstantName.E), exponent)
    else:
        turn = t.Add((t.Call("cos", (theta,)), t.Mul((I, t.Call("sin", (theta,))))))
    answer = turn if r == t.integer(1) else t.Mul((r, turn))
    last = Step(rule=FORM, why=Text("Modulus and argument together.", "由模和辐角写出。"),
                before=given, after=answer, link=Link.EQUAL)  # fmt: skip
    steps = (*size.steps, *direction.steps, last)
    return Draft(answer=answer, steps=steps, method="polar form")
