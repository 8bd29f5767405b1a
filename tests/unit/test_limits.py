from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.asymptotics.expand import limit_at_zero
from assistant.maths.checking.asymptotics.limits import UNDEFINED, check_value
from assistant.maths.checking.asymptotics.scales import Oscillates, T, Unknown
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.engine import solve_request
from assistant.maths.types import Proved, Refuted, Request, Solution, Step, Supported, Task


def solved(body: str, point: str, direction: str = "") -> Solution:
    request = Request(
        task=Task.LIMIT,
        operands=(read_formula(body), read_formula(point)),
        variables=("x",),
        direction=direction,
    )
    found = solve_request(request)
    assert isinstance(found, Solution), body
    return found


def rules(steps: tuple[Step, ...]) -> list[str]:
    return [r for s in steps for r in (s.rule.id, *rules(s.substeps))]


@pytest.mark.parametrize(
    ("body", "point", "expected", "rule"),
    [
        ("x^2+1", "2", "5", "limit.substitute"),
        ("(x^2-1)/(x-1)", "1", "2", "limit.cancel"),
        ("(sqrt(x+4)-2)/x", "0", "1/4", "limit.conjugate"),
        ("(3x^2+1)/(2x^2-5x)", "oo", "3/2", "limit.highest_power"),
        ("sqrt(x^2+x)-x", "oo", "1/2", "limit.highest_power"),
        ("sin(3x)/x", "0", "3", "limit.standard"),
        ("(1+1/x)^x", "oo", "e", "limit.logarithm"),
        ("(x-sin(x))/x^3", "0", "1/6", "limit.lhopital"),
        ("x*sin(1/x)", "0", "0", "limit.squeeze"),
        ("1/x^2", "0", "oo", "limit.unbounded"),
        ("x^x", "0", "1", "limit.logarithm"),
        ("2^x", "-oo", "0", "limit.growth"),
        ("(1/2)^x", "-oo", "oo", "limit.unbounded"),
        ("sin(1/x)^2+cos(1/x)^2", "0", "1", "limit.dominant"),
        ("(x^2-a^2)/(x-a)", "a", "2a", "limit.cancel"),
        ("x^x/(x+2)^x", "oo", "e^(-2)", "limit.one_power"),
        ("x!/(x+1)!", "oo", "0", "limit.factorials"),
        ("(2^x/x!)/(2^(x+1)/(x+1)!)", "oo", "oo", "limit.factorials"),
        ("x*(x+1)!/((x+2)!-(x+1)!)", "oo", "1", "limit.factorials"),
    ],
)
def test_value_and_method(body: str, point: str, expected: str, rule: str) -> None:
    solution = solved(body, point)
    assert solution.answer.value is not None
    wanted = to_sympy(read_formula(expected))
    assert sp.simplify(to_sympy(solution.answer.value) - wanted) in (0, sp.nan)
    assert rule in rules(solution.steps)
    assert isinstance(solution.verdict, Proved)


@pytest.mark.parametrize(
    ("body", "point"),
    [("1/x", "0"), ("abs(x)/x", "0"), ("sin(x)", "oo"), ("tan(x)", "pi/2"), ("tan(x)/x", "oo")],
)
def test_no_limit_is_an_answer(body: str, point: str) -> None:
    solution = solved(body, point)
    assert solution.answer.text == "does not exist"
    assert isinstance(solution.verdict, Proved)


def test_one_side_only() -> None:
    assert solved("1/x", "0", "+").answer.value == t.Constant(t.ConstantName.INFINITY)
    assert solved("abs(x)/x", "0", "-").answer.value == t.Neg(t.integer(1))


@pytest.mark.parametrize("body", ["x^x/(x+2)^x", "x^x/(2x+1)^x", "(x+1)^x/(x^x+1)"])
def test_the_rule_is_not_used_where_it_goes_round_in_circles(body: str) -> None:
    assert "limit.lhopital" not in rules(solved(body, "oo").steps)


def test_the_conditions_of_the_rule_are_steps() -> None:
    solution = solved("ln(x)/x", "oo")
    (step,) = [s for s in solution.steps if s.rule.id == "limit.lhopital"]
    assert [s.rule.id for s in step.substeps[:2]] == ["limit.laws", "limit.laws"]
    assert all(isinstance(s.verdict, Proved) for s in step.substeps)


@pytest.mark.parametrize(
    ("body", "point", "claim"),
    [
        ("sin(3x)/x", "0", "1"),
        ("2^x", "-oo", "oo"),
        ("(1/2)^x", "-oo", "0"),
        ("1/x", "0", "oo"),
        ("x", "oo", "5"),
        ("ln(ln(x))", "oo", "10"),
        ("(1+1/x)^x", "oo", "1"),
        ("x*sin(x)", "oo", "0"),
    ],
)
def test_a_wrong_value_is_refuted(body: str, point: str, claim: str) -> None:
    verdict = check_value(read_formula(body), ("x", read_formula(point), ""), read_formula(claim))
    assert isinstance(verdict, Refuted)


@pytest.mark.parametrize("body", ["x/sin(1/x)", "sin(1/x)", "floor(1/x)*x", "1/sin(1/x)"])
def test_an_oscillation_is_never_given_a_limit(body: str) -> None:
    where = ("x", t.integer(0), "+")
    claims = [t.integer(0), t.integer(2), t.Constant(t.ConstantName.INFINITY)]
    for claim in claims:
        verdict = check_value(read_formula(body), where, claim)
        if body == "floor(1/x)*x":  # its limit is 1
            assert not isinstance(verdict, Proved | Supported)
        else:
            assert not isinstance(verdict, Proved | Supported), claim


def test_an_existing_limit_is_not_called_missing() -> None:
    verdict = check_value(read_formula("sin(x)/x"), ("x", t.integer(0), ""), UNDEFINED)
    assert isinstance(verdict, Refuted)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(-4, 4), min_size=1, max_size=4),
    st.lists(st.integers(-4, 4), min_size=1, max_size=4),
)
def test_expansions_of_rational_functions_agree_with_division(
    top: list[int], bottom: list[int]
) -> None:
    num, den = sp.Poly(top, T).as_expr(), sp.Poly(bottom, T).as_expr()
    if den == 0:
        return
    assert limit_at_zero(num / den) == sp.limit(num / den, T, 0, "+")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (sp.exp(-1 / T) / T**9, 0),
        (T * sp.log(T), 0),
        (T**T, 1),
        ((sp.gamma(1 / T + 1)) ** T * T, sp.exp(-1)),
        ((1 - sp.cos(T)) / T**2, sp.Rational(1, 2)),
        ((sp.exp(T) - 1 - T - T**2 / 2) / T**3, sp.Rational(1, 6)),
        (sp.log(sp.log(1 / T)), sp.oo),
    ],
)
def test_expansion(body: sp.Expr, expected: sp.Expr) -> None:
    assert sp.simplify(limit_at_zero(body) - expected) in (0, sp.nan)


def test_expansion_that_has_no_limit() -> None:
    with pytest.raises(Oscillates):
        limit_at_zero(sp.sin(1 / T))
    with pytest.raises(Unknown):
        limit_at_zero(T / sp.sin(1 / T) ** 2 * sp.Symbol("a"))
