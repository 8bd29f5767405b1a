"""Integrals as a user meets them: the answer, its verdict, and the steps."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from asking import proved

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.continuity import bad_points
from assistant.maths.checking.tasks.integrals import check_integral, line_derivative
from assistant.maths.checking.work import check_work
from assistant.maths.reading import read_problem
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve_request
from assistant.maths.solving.integration.area import area_between
from assistant.maths.types import (
    Proved,
    Refuted,
    Request,
    Solution,
    Step,
    Supported,
    Task,
    Trouble,
    Work,
    verdict_word,
)

X = sp.Symbol("x", real=True)


def solved(text: str) -> Solution:
    result = solve_request(read_problem(text, Task.INTEGRATE).request)
    assert isinstance(result, Solution), result
    return result


def rules(steps: tuple[Step, ...]) -> set[str]:
    found = {s.rule.id for s in steps}
    for step in steps:
        found |= rules(step.substeps)
    return found


@pytest.mark.parametrize(
    ("text", "answer", "rule"),
    [
        ("x^2", "x^3/3", "integral.power"),
        ("x*e^x", "x*e^x - e^x", "integral.by_parts"),
        ("2x*cos(x^2)", "sin(x^2)", "integral.substitute"),
        ("1/x", "ln(|x|)", "integral.reciprocal"),
        ("|x|", "x*|x|/2", "integral.absolute"),
        ("tan(x)", "-ln(|cos(x)|)", "integral.table"),
    ],
)
def test_indefinite(text: str, answer: str, rule: str) -> None:
    solution = solved(text)
    assert solution.answer.value is not None
    assert plain(solution.answer.value) == plain(read_problem(answer).request.operands[0]) or (
        isinstance(solution.verdict, Proved)
    )
    assert rule in rules(solution.steps)
    assert isinstance(solution.verdict, Proved)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "1/(x^6+2)",
        "sqrt(9-x^2)/x^2",
        "1/(4*sin(x)^2+9*cos(x)^2)",
        "e^(atan(x))/(1+x^2)",
        "sqrt((1+x)/x)",
        "x^3*sqrt(x^2+1)",
        "sec(x)^3",
        "e^(2x)*cos(3x)",
        "(x^2+1)/(x^3-x)",
        "1/(x^2+2x+5)^2",
        "sin(x)^4*cos(x)^2",
        "sqrt(tan(x))*sec(x)^2",
        "x*atan(x)",
        "floor(x)",
    ],
)
def test_harder_ones_are_found_and_not_wrong(text: str) -> None:
    assert isinstance(solved(text).verdict, Proved | Supported)


@pytest.mark.parametrize("text", ["x*e^x", "2x*cos(x^2)", "1/(x^2-1)", "e^x*sin(x)"])
def test_every_line_of_a_school_integral_is_proved(text: str) -> None:
    for step in solved(text).steps:
        assert isinstance(step.verdict, Proved), plain(step.after)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("integrate(x^2,(x,0,1))", sp.Rational(1, 3)),
        ("integrate(1/(2+cos(x)),(x,0,2*pi))", 2 * sp.pi / sp.sqrt(3)),
        ("integrate(exp(-x^2),(x,-oo,oo))", sp.sqrt(sp.pi)),
        ("integrate(|x-1|,(x,0,3))", sp.Rational(5, 2)),
        ("integrate(x^3*cos(x),(x,-1,1))", sp.S.Zero),
        ("integrate(x,(x,2,0))", sp.Integer(-2)),
        ("integrate(1/sqrt(x),(x,0,1))", sp.Integer(2)),
        ("integrate(1/(1+x^2),(x,-oo,oo))", sp.pi),
        ("integrate(floor(x),(x,0,3))", sp.Integer(3)),
        ("integrate(max(x,x^2),(x,0,2))", sp.Rational(17, 6)),
    ],
)
def test_definite(text: str, value: sp.Expr) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved), solution.verdict
    got = sp.sympify(solution.answer.srepr)  # our own spelling, no outside text
    assert sp.simplify(got - value) == 0


@pytest.mark.parametrize(
    "text",
    [
        "integrate(1/x^2,(x,-1,1))",
        "integrate(1/x,(x,-1,1))",
        "integrate(1/x,(x,1,oo))",
        "integrate(tan(x),(x,0,pi))",
        "integrate(cos(x),(x,0,oo))",
    ],
)
def test_divergence_is_seen(text: str) -> None:
    solution = solved(text)
    assert solution.answer.text == "diverges"
    assert not isinstance(solution.verdict, Refuted)


def test_what_only_numbers_support_is_called_supported() -> None:
    solution = solved("integrate(x^2*e^(-x^2),(x,0,oo))")
    assert isinstance(solution.verdict, Supported)
    assert solution.answer.value is not None
    assert plain(solution.answer.value) == "sqrt(pi)/4"


@pytest.mark.parametrize(("text", "condition"), [("x^n", "n + 1 != 0"), ("1/(x^2+a)", "a > 0")])
def test_conditions_on_parameters_are_said(text: str, condition: str) -> None:
    solution = solved(f"integrate({text},x)")
    said = [a for c in solution.conditions for a in c.args if not isinstance(a, str)]
    assert condition in map(plain, said)


def test_a_wrong_antiderivative_is_refuted() -> None:
    request = read_problem("x^2", Task.INTEGRATE).request
    wrong = Draft(answer=t.Pow(t.Symbol("x"), t.integer(3)), variables=("x",))
    assert isinstance(check_integral(request, wrong), Refuted)


def test_a_wrong_value_is_refuted_and_a_jump_is_not_overlooked() -> None:
    request = read_problem("integrate(1/(2+cos(x)),(x,0,2*pi))", Task.INTEGRATE).request
    naive = Draft(answer=t.integer(0), variables=("x",))
    assert isinstance(check_integral(request, naive), Refuted)


def test_the_chain_rule_reaches_through_a_substitution() -> None:
    line = t.Call("integrate", (t.Call("cos", (t.Symbol("u"),)), t.Symbol("u")))
    given = (t.equation(t.Symbol("u"), t.Pow(t.Symbol("x"), t.integer(2))),)
    slope = line_derivative(line, "x", given)
    assert slope is not None
    assert plain(slope) == "2*x*cos(x^2)"


@pytest.mark.parametrize(
    ("f", "low", "high", "points"),
    [
        (1 / X, -1, 1, [0]),
        (1 / (X**2 + 1), -5, 5, []),
        (sp.tan(X), 0, sp.pi, [sp.pi / 2]),
        (1 / (sp.exp(X) - 1), -1, 1, [0]),
        (sp.log(X - 1), 0, 3, [1]),
        (1 / (2 + sp.cos(X)), 0, 10, []),
    ],
)
def test_bad_points(f: sp.Expr, low: sp.Expr, high: sp.Expr, points: list[sp.Expr]) -> None:
    assert bad_points(f, X, sp.sympify(low), sp.sympify(high)) == points


def test_an_unknown_zero_set_is_not_called_empty() -> None:
    assert bad_points(1 / (X - sp.cos(X)), X, sp.S.Zero, sp.S.One) is None


def test_area_between_a_line_and_a_parabola() -> None:
    x = t.Symbol("x")
    request = Request(
        task=Task.FUNCTION,
        topic=topics.AREA_BETWEEN,
        operands=(x, t.Pow(x, t.integer(2))),
        variables=("x",),
    )
    draft = area_between(request)
    assert draft is not None
    assert draft.answer == t.rational(Fraction(1, 6))


@pytest.mark.parametrize("text", ["x^x", "sin(x)/ln(x)"])
def test_no_closed_form_is_said_and_not_guessed(text: str) -> None:
    result = solve_request(read_problem(text, Task.INTEGRATE).request)
    assert isinstance(result, Trouble) or not isinstance(result.verdict, Refuted)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\int 1/x dx = ln x + C", "undecided"),
        (r"\int 1/x dx = ln|x| + C", "proved"),
        (r"\int tan x dx = -ln(cos x) + C", "undecided"),
        (r"\int tan x dx = -ln|cos x| + C", "proved"),
        (r"\int 2x/(x^2-1) dx = ln(x^2-1) + C", "undecided"),
        (r"\int 2x/(x^2+1) dx = ln(x^2+1) + C", "proved"),
        (r"\int ln x dx = x ln x - x + C", "proved"),
        (r"ln x + C = \int 1/x dx", "undecided"),
    ],
)
def test_a_line_with_an_integral_holds_wherever_that_has_a_value(line: str, word: str) -> None:
    assert verdict_word(check_work(Work("", (line,))).marks[0].verdict) == word


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("integrate max(x,1) from 0 to a", "(a^2 + |a - 1|*(a - 1) + 2*a)/4 + 1/4"),
        ("∫_0^a (|x-1| + x) dx", "(a^2 + |a - 1|*(a - 1))/2 + 1/2"),
        ("∫_{-a}^{a} |x| dx", "a*|a|"),
        ("integrate |x-1| + |x-2| from 0 to 3", "5"),
        ("integrate max(x,1) from 0 to 2", "5/2"),
    ],
)
def test_bars_and_maxima_up_to_a_letter(text: str, answer: str) -> None:
    assert proved(text) == answer
