"""For which parameter an equation has equal, different, real or no roots."""

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
         "none": t.Comparison.LT, "real": t.Comparison.GE, "three": t.Comparison.GT}  # fmt: skip
WHY = {
    "one": Text("One root: the discriminant is zero.", "只有一个实数根：判别式等于零。"),
    "equal": Text("Equal roots: the discriminant is zero.", "有两个相等的实数根：判别式等于零。"),
    "two": Text(
        "Two different real roots: the discriminant is positive.",
        "有两个不相等的实数根：判别式大于零。",
    ),
    "none": Text("No real roots: the discriminant is negative.", "没有实数根：判别式小于零。"),
    "three": Text(
        "A cubic with three different real roots: the discriminant is positive.",
        "三次方程有三个不同的实数根：判别式大于零。",
    ),
    "real": Text("Real roots: the discriminant is not negative.", "有实数根：判别式不小于零。"),
}
WITHOUT_SQUARE = Text(
    "Where there is no square, it is a linear equation or none at all.",
    "二次项系数为零时，另行讨论一次方程的情形。",
)
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
    kind = request.words[0]
    if poly.degree() != (3 if kind == "three" else 2):
        return None
    zero = t.integer(0)
    given: list[t.Expr] = [t.Relation(SIGNS[kind], _discriminant(poly), zero)]
    steps = [Step(rule=CONDITION, why=WHY[kind], before=equation, after=given[0],
                  link=Link.FORMULA)]  # fmt: skip
    if not poly.LC().free_symbols:
        return _solved(given, letter, steps)
    lead = from_sympy(poly.LC())
    given.append(t.Relation(t.Comparison.NE, lead, zero))
    steps.append(Step(rule=CONDITION, why=replace(NOT_ZERO, args=(given[1],)), before=equation,
                      after=given[1], link=Link.FORMULA))  # fmt: skip
    if kind == "three":
        return None
    if kind in ("equal", "two") or "quadratic" in request.words:
        return _solved(given, letter, steps)
    square = t.Junction(t.Connective.AND, tuple(given))
    cases = _linear(poly, kind)
    if not cases:
        return _solved(given, letter, steps)
    whole = t.Junction(t.Connective.OR, (square, *cases))
    steps.append(Step(rule=CONDITION, why=WITHOUT_SQUARE, before=square, after=whole,
                      link=Link.FORMULA))  # fmt: skip
    return _solved([whole], letter, steps)


def _discriminant(poly: sp.Poly) -> t.Expr:
    """``b^2 - 4ac`` as it is written in school; that of a cubic worked out."""
    if poly.degree() != 2:
        return from_sympy(sp.factor(poly.discriminant()))
    a, b, c = map(from_sympy, poly.all_coeffs())
    return t.sub(t.Pow(b, t.integer(2)), t.Mul((t.integer(4), a, c)))


def _linear(poly: sp.Poly, kind: str) -> list[t.Expr]:
    """Where the equation is no quadratic and has as many roots as are wanted."""
    a, b, c = poly.all_coeffs()
    zero = t.integer(0)

    def said(value: sp.Expr, op: t.Comparison) -> t.Expr:
        if value.free_symbols:
            return t.Relation(op, from_sympy(value), zero)
        return t.Truth(value=(value == 0) == (op is t.Comparison.EQ))

    level, slope = said(a, t.Comparison.EQ), said(b, t.Comparison.NE)
    flat = said(b, t.Comparison.EQ)
    cases: list[list[t.Expr]] = [[level, slope]] if kind != "none" else []
    if kind == "real":
        cases.append([level, flat, said(c, t.Comparison.EQ)])
    if kind == "none":
        cases.append([level, flat, said(c, t.Comparison.NE)])
    kept = [[p for p in case if p != t.Truth(value=True)] for case in cases
            if t.Truth(value=False) not in case]  # fmt: skip
    return [k[0] if len(k) == 1 else t.Junction(t.Connective.AND, tuple(k)) for k in kept]


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
