"""Symmetric expressions of the two roots of a quadratic: by their sum and their product."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

VIETA = Rule("roots.vieta", "Vieta's formulas", "韦达定理（根与系数的关系）")
REWRITE = Rule("roots.symmetric", "Write it by sum and product", "用两根之和与积表示")
WORK_OUT = Rule("roots.work_out", "Work it out", "计算")
S, P = sp.Symbol("sum_"), sp.Symbol("product_")


def symmetric(request: Request) -> Draft | None:
    """``α² + β²`` for the roots α, β of an equation of degree two."""
    if request.topic != topics.SYMMETRIC or len(request.words) != 2:
        return None
    equation, asked = request.operands
    (name,) = request.variables
    if not isinstance(equation, t.Relation):
        return None
    try:
        poly = sp.Poly(to_sympy(t.sub(equation.left, equation.right)), sp.Symbol(name))
        value = to_sympy(asked)
    except (NotConvertible, sp.PolynomialError):
        return None
    letters = tuple(map(sp.Symbol, request.words))
    if poly.degree() != 2 or value.free_symbols - set(letters) - poly.free_symbols_in_domain:
        return None
    a, b, c = poly.all_coeffs()
    total, product = sp.cancel(-b / a), sp.cancel(c / a)
    inner, rooted = value, False
    if isinstance(value, sp.Abs):
        inner, rooted = value.args[0] ** 2, True
        if not (poly.discriminant().is_number and poly.discriminant() >= 0):
            return None
    form = _by_sum_and_product(inner, letters)
    if form is None:
        return None
    one, other = map(t.Symbol, request.words)
    both: dict[str, t.Expr] = {"sum_": t.Add((one, other)), "product_": t.Mul((one, other))}
    shown = from_sympy(form)
    line = _put(shown, both)
    result = sp.simplify(form.subs({S: total, P: product}))
    put = _put(shown, {"sum_": from_sympy(total), "product_": from_sympy(product)})
    if rooted:
        line, put = t.Call("sqrt", (line,)), t.Call("sqrt", (put,))
        result = sp.sqrt(result)
    vieta = (t.equation(both["sum_"], from_sympy(total)),
             t.equation(both["product_"], from_sympy(product)))  # fmt: skip
    told = t.Junction(t.Connective.AND, vieta)
    law = Text("The sum is −b/a, the product c/a.", "两根之和为 −b/a，两根之积为 c/a。")
    steps = [
        Step(rule=VIETA, why=law, before=equation, after=told, link=Link.FORMULA),
        Step(rule=REWRITE, why=Text("It is symmetric in the roots.", "该式关于两根对称。"),
             before=asked, after=line, link=Link.EQUAL),
        Step(rule=WORK_OUT, why=Text("Put in and work out.", "代入计算。"), before=put,
             after=from_sympy(result)),
    ]  # fmt: skip
    return Draft(answer=from_sympy(result), steps=tuple(steps), method="vieta")


def _by_sum_and_product(value: sp.Expr, letters: tuple[sp.Symbol, sp.Symbol]) -> sp.Expr | None:
    """A symmetric quotient of polynomials in the sum and the product."""
    parts = []
    for part in sp.fraction(sp.cancel(sp.together(value))):
        if not part.is_polynomial(*letters):
            return None
        form, rest, names = sp.symmetrize(sp.expand(part), list(letters), formal=True)
        if rest != 0:
            return None
        known = {symbol: (S if sp.expand(e - sum(letters)) == 0 else P) for symbol, e in names}
        parts.append(form.subs(known))
    return sp.Mul(parts[0], 1 / parts[1])


def _put(form: t.Expr, values: dict[str, t.Expr]) -> t.Expr:
    def change(node: t.Expr) -> t.Expr:
        return values.get(node.name, node) if isinstance(node, t.Symbol) else node

    return t.transform(form, change)
