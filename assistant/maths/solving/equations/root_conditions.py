"""For which parameter a quadratic equation has equal, different, real or no roots."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.showing.answers import set_lines
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Task, Text

CONDITION = Rule("roots.condition", "Condition on the discriminant", "判别式的条件")
SIGNS = {"equal": t.Comparison.EQ, "one": t.Comparison.EQ, "two": t.Comparison.GT,
         "none": t.Comparison.LT, "real": t.Comparison.GE}  # fmt: skip
WHY = {
    "one": Text("One root: the discriminant is zero.", "只有一个实数根：判别式等于零。"),
    "equal": Text("Equal roots: the discriminant is zero.", "有两个相等的实数根：判别式等于零。"),
    "two": Text(
        "Two different real roots: the discriminant is positive.",
        "有两个不相等的实数根：判别式大于零。",
    ),
    "none": Text("No real roots: the discriminant is negative.", "没有实数根：判别式小于零。"),
    "real": Text("Real roots: the discriminant is not negative.", "有实数根：判别式不小于零。"),
}
NOT_ZERO = Text("It is quadratic: {0}.", "二次项系数不为零：{0}。")


def root_condition(request: Request) -> Draft | None:
    """The values of the parameter, from the sign of ``b^2 - 4ac``."""
    if request.topic != topics.ROOT_CONDITION or len(request.variables) != 2:
        return None
    name, letter = request.variables
    match request.operands:
        case (t.Relation(t.Comparison.EQ, left, right) as equation,):
            pass
        case _:
            return None
    if not is_polynomial(equation, name, letter):
        return None
    try:
        poly = sp.Poly(to_sympy(t.sub(left, right)), sp.Symbol(name))
    except (NotConvertible, sp.PolynomialError):
        return None
    if poly.degree() != 2:
        return None
    a, b, c = poly.all_coeffs()
    kind = request.words[0]
    if a.free_symbols and kind in ("real", "none", "one") and "quadratic" not in request.words:
        return None  # for some value it is linear, and the question does not say what then
    zero = t.integer(0)
    square, product = from_sympy(b), t.Mul((t.integer(4), from_sympy(a), from_sympy(c)))
    given: list[t.Expr] = [
        t.Relation(SIGNS[kind], t.sub(t.Pow(square, t.integer(2)), product), zero)
    ]
    steps = [Step(rule=CONDITION, why=WHY[kind], before=equation, after=given[0],
                  link=Link.FORMULA)]  # fmt: skip
    if a.free_symbols:
        given.append(t.Relation(t.Comparison.NE, from_sympy(a), zero))
        steps.append(Step(rule=CONDITION, why=replace(NOT_ZERO, args=(given[1],)), before=equation,
                          after=given[1], link=Link.FORMULA))  # fmt: skip
    return _solved(given, letter, steps)


def _solved(given: list[t.Expr], letter: str, steps: list[Step]) -> Draft | None:
    from assistant.maths.solving.registry import methods

    whole = given[0] if len(given) == 1 else t.Junction(t.Connective.AND, tuple(given))
    asked = Request(task=Task.SOLVE, operands=(whole,), variables=(letter,))
    for method in methods(Task.SOLVE):
        found = method(asked)
        if found is None or found.answer is None:
            continue
        lines = set_lines(found.answer, (letter,))
        said = tuple(
            line if isinstance(line, Text) else Text("{0}", "{0}", (line,)) for line in lines
        )
        return replace(found, steps=(*steps, *found.steps), variables=(letter,), said=said,
                       notes=(), curves=(), conditions=())  # fmt: skip
    return None
