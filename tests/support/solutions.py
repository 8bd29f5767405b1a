"""Small solutions made by hand, one of each shape that a printer has to draw."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.types import (
    Answer,
    Doubt,
    Link,
    Problem,
    Proved,
    Request,
    Rule,
    Solution,
    Step,
    Supported,
    Task,
    Text,
    Undecided,
    Verdict,
)

X, Y, K, N = (t.Symbol(name) for name in "xykn")
EXACT = Proved("substitution")
NONE = Text("", "")
Pair = tuple[Problem, Solution]


def n(value: int) -> t.Expr:
    return t.integer(value)


def power(base: t.Expr, exp: int) -> t.Expr:
    return t.Pow(base, n(exp))


def values(*items: t.Expr) -> t.Expr:
    return t.Collection(t.Bracket.SET, items)


def step(
    rule: Rule,
    lines: tuple[t.Expr, t.Expr],
    link: Link = Link.EQUAL,
    why: Text = NONE,
    *,
    parts: tuple[Step, ...] = (),
    verdict: Verdict = EXACT,
) -> Step:
    before, after = lines
    return Step(
        rule=rule,
        why=why,
        before=before,
        after=after,
        link=link,
        variable="x",
        substeps=parts,
        verdict=verdict,
    )


def linear() -> Pair:
    first = t.equation(t.add(t.mul(n(2), X), n(3)), n(11))
    second = t.equation(t.mul(n(2), X), n(8))
    steps = (
        step(
            Rule("linear.collect", "Bring the unknown to one side", "移项"),
            (first, second),
            Link.EQUIVALENT,
            Text("Subtract {0} from both sides.", "两边同时减去 {0}。", (n(3),)),
        ),
        step(
            Rule("linear.divide", "Divide both sides", "两边同除"),
            (second, t.equation(X, n(4))),
            Link.EQUIVALENT,
            Text("Divide both sides by {0}.", "两边同除以 {0}。", (n(2),)),
        ),
    )
    request = Request(task=Task.SOLVE, operands=(first,), variables=("x",))
    return Problem(request=request, source="2x + 3 = 11"), Solution(
        kind=Task.SOLVE,
        answer=Answer(value=values(n(4))),
        steps=steps,
        verdict=EXACT,
        variables=("x",),
    )


def quadratic() -> Pair:
    left = t.add(power(X, 2), t.Neg(t.mul(n(5), X)), n(6))
    product = t.mul(t.sub(X, n(2)), t.sub(X, n(3)))
    given, second = t.equation(left, n(0)), t.equation(product, n(0))
    third = t.Junction(
        t.Connective.OR,
        (t.equation(t.sub(X, n(2)), n(0)), t.equation(t.sub(X, n(3)), n(0))),
    )
    pair = step(Rule("factor.pair", "Split the middle term", "十字相乘"), (left, product))
    steps = (
        step(
            Rule("quadratic.factor", "Factor the left side", "左边因式分解"),
            (given, second),
            Link.EQUIVALENT,
            Text(
                "Two numbers with the product {0} and the sum {1} are needed.",
                "找两个数，使它们的积为 {0}，和为 {1}。",
                (n(6), n(-5)),
            ),
            parts=(pair,),
        ),
        step(
            Rule("product.zero", "A product is zero when a factor is zero", "积为零则必有因式为零"),
            (second, third),
            Link.EQUIVALENT,
        ),
        step(Rule("quadratic.roots", "Read off the roots", "写出两根"),
             (third, values(n(2), n(3))), Link.SOLUTION),
    )  # fmt: skip
    note = Text("{0} was read as {1}", "{0} 理解为 {1}", ("x^2-5x", left))
    request = Request(task=Task.SOLVE, operands=(given,), variables=("x",))
    return Problem(request=request, notes=(note,), source="x^2-5x+6=0"), Solution(
        kind=Task.SOLVE,
        answer=Answer(value=values(n(2), n(3))),
        steps=steps,
        verdict=EXACT,
        variables=("x",),
        curves=(left,),
    )


def system() -> Pair:
    both = (t.equation(t.add(X, Y), n(5)), t.equation(t.sub(X, Y), n(1)))
    steps = (
        step(
            Rule("system.add", "Add the equations", "两式相加"),
            (t.Junction(t.Connective.AND, both), t.equation(t.mul(n(2), X), n(6))),
            Link.IMPLIES,
        ),
    )
    request = Request(task=Task.SOLVE, operands=both, variables=("x", "y"))
    point = t.Collection(t.Bracket.TUPLE, (n(3), n(2)))
    return Problem(request=request, source="x+y=5; x-y=1"), Solution(
        kind=Task.SOLVE,
        answer=Answer(value=values(point)),
        steps=steps,
        verdict=EXACT,
        variables=("x", "y"),
    )


def fractions() -> Pair:
    given = t.add(t.Div(n(12), n(18)), t.Div(n(5), n(6)))
    common = t.add(t.Div(n(4), n(6)), t.Div(n(5), n(6)))
    parts = (
        step(Rule("fraction.reduce", "Cancel", "约分"),
             (t.Div(n(12), n(18)), t.Div(n(2), n(3)))),
        step(Rule("fraction.widen", "Widen", "扩分"),
             (t.Div(n(2), n(3)), t.Div(t.mul(n(2), n(2)), t.mul(n(3), n(2))))),
    )  # fmt: skip
    steps = (
        step(
            Rule("fraction.common", "Common denominator", "通分"),
            (given, common),
            why=Text("The common denominator is {0}.", "公分母是 {0}。", (n(6),)),
            parts=parts,
        ),
        step(Rule("fraction.add", "Add the numerators", "分子相加"),
             (common, t.Div(n(3), n(2)))),
    )  # fmt: skip
    return Problem(request=Request(task=Task.SIMPLIFY, operands=(given,))), Solution(
        kind=Task.SIMPLIFY,
        answer=Answer(value=t.Div(n(3), n(2))),
        steps=steps,
        verdict=EXACT,
    )


def integral() -> Pair:
    exponential = t.Pow(t.Constant(t.ConstantName.E), X)
    body = t.mul(X, exponential)
    rest = t.sub(body, t.Call("integrate", (exponential, X)))
    answer = t.add(body, t.Neg(exponential), t.Symbol("C"))
    law = t.equation(t.Symbol("u"), X)
    steps = (
        step(Rule("parts.choice", "Choose u", "选取 u"), (body, law), Link.FORMULA,
             verdict=Undecided(Doubt.NOT_A_CLAIM)),
        step(Rule("integral.parts", "Integrate by parts", "分部积分"),
             (t.Call("integrate", (body, X)), rest)),
        step(Rule("integral.exp", "Integrate the exponential", "指数函数积分"), (rest, answer),
             verdict=Supported(6)),
    )  # fmt: skip
    request = Request(task=Task.INTEGRATE, operands=(body,), variables=("x",))
    condition = Text("{0} is any constant.", "{0} 为任意常数。", (t.Symbol("C"),))
    return Problem(request=request), Solution(
        kind=Task.INTEGRATE,
        answer=Answer(value=answer),
        steps=steps,
        verdict=Supported(6),
        conditions=(condition,),
    )


def matrix() -> Pair:
    given = t.Call("det", (t.Matrix(((n(2), n(1)), (n(3), t.Div(n(4), X)))),))
    worked = t.sub(t.mul(n(2), t.Div(n(4), X)), t.mul(n(1), n(3)))
    steps = (step(Rule("det.two", "Down minus up", "对角线法则"), (given, worked)),)
    return Problem(request=Request(task=Task.MATRIX, operands=(given,))), Solution(
        kind=Task.MATRIX,
        answer=Answer(value=worked),
        steps=steps,
        verdict=Undecided(Doubt.TIME),
    )


def cases() -> Pair:
    half = t.Number(Fraction(1, 2), 1)
    zero = n(0)
    formula = t.Call(
        "piecewise",
        (
            power(X, 2),
            t.Relation(t.Comparison.LT, X, zero),
            t.Call("sqrt", (t.Div(X, t.add(X, half)),)),
            t.Truth(value=True),
        ),
    )
    turn = t.mul(n(2), t.Constant(t.ConstantName.PI))
    families = tuple(
        t.Call("imageset", (t.add(t.Div(t.mul(n(k), turn.factors[1]), n(6)), t.mul(turn, i)), i))
        for k, i in ((1, K), (5, N))
        if isinstance(turn, t.Mul)
    )
    return Problem(request=Request(task=Task.SOLVE, operands=(formula,), variables=("x",))), (
        Solution(
            kind=Task.SOLVE,
            answer=Answer(value=t.Call("union", families)),
            steps=(),
            verdict=EXACT,
            variables=("x",),
        )
    )


def long_sum() -> Pair:
    terms = [t.mul(n(k * k + 3), power(X, k)) for k in range(12, 1, -1)]
    body = t.add(*terms, t.Neg(t.Div(t.Call("sqrt", (t.add(X, n(1)),)), n(2))))
    return Problem(request=Request(task=Task.EXPAND, operands=(body,))), Solution(
        kind=Task.EXPAND, answer=Answer(value=body), steps=(), verdict=EXACT
    )


SOLUTIONS = {
    made.__name__: made
    for made in (linear, quadratic, system, fractions, integral, matrix, cases, long_sum)
}


def unsafe(text: str) -> None:
    """Fail where a text has a character that no terminal should get."""
    found = {c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Co") and c != "\n"}
    found |= set(text) & set("\u202e\u2066\u200b\u200f\ufeff")
    assert not found
