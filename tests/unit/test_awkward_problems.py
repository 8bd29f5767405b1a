"""Problems at the edges of formulas, and texts that are easily misread: right, or refused."""

from __future__ import annotations

import pytest
from asking import answer_of, proved, solved, told

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve
from assistant.maths.terms import Expr
from assistant.maths.types import Failure, Proved, Text, Trouble


def _said(text: Text) -> str:
    return text.en.format(*(plain(a) if isinstance(a, Expr) else a for a in text.args))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("derivative of x|x| at 0", "0"),
        ("f(x)=x|x|,求f'(0)", "0"),
        ("f(x)=|x|^3, f'(0)", "0"),
        ("derivative of |x| at x = 0", "undefined"),
        ("f(x) = sqrt(x), f'(0)", "undefined"),
        ("derivative of x^2 at 3", "6"),
    ],
)
def test_a_derivative_where_its_formula_ends_is_the_limit(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize("text", ["second derivative of x|x| at 0", "f(x)=x|x|, find f'(0)+1"])
def test_what_no_limit_tells_is_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("for all real x, x^2 > x", "false"),
        ("n^2 >= n for all integers n", "true"),
        ("n^2 > n for all positive integers n", "false"),
        ("x^2 + 1 > 0 for all x", "true"),
        ("a^2+b^2≥2ab for all a, b", "true"),
        ("x^2 = 4 for any x", "false"),
        ("对任意实数x, x^2+1>0", "true"),
        ("对任意正整数n,2^n>n", "true"),
        ("solve x^2 > x for all real x", "(-oo, 0) ∪ (1, oo)"),
    ],
)
def test_what_is_said_of_all_numbers_is_a_claim(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_a_claim_about_one_of_two_letters_is_no_claim() -> None:
    assert told("x^2 + ax + 1 > 0 for all x") == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("domain of x^0", "(-oo, 0) ∪ (0, oo)"),
        ("求 y=1/(x-1)^0 的定义域", "(-oo, 1) ∪ (1, oo)"),
        ("domain of log_x(2)", "(0, 1) ∪ (1, oo)"),
        ("domain of log_{x-1}(3-x)", "(1, 2) ∪ (2, 3)"),
        ("x-intercept of y = 5", "emptyset"),
        ("x-intercept of y = 0", "RR"),
        ("where is x^3 increasing", "increasing on (-oo, oo)"),
        ("函数f(x)=x^3的单调区间", "increasing on (-oo, oo)"),
        ("where is 1/x decreasing", "decreasing on (-oo, 0) and (0, oo)"),
        ("where is x^4 increasing", "increasing on (0, oo); decreasing on (-oo, 0)"),
        ("monotonicity of ln x", "increasing on (0, oo)"),
        ("is the function x^3+x odd", "odd"),
        ("is n^2+n even", "true"),
        ("Im((1+i)^2)", "2"),
        ("Re(3+4i)", "3"),
    ],
)
def test_functions_and_parts_of_numbers(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "is x^3 + x odd",
        "Re(z) = 2",
        "已知复数z满足|z|=1,求z",
        "已知复数z满足z^3=1,求z",
        "∫_{-3}^{3} sqrt(4-x^2) dx",
        "y' = x/y, y(0)=0",
        "x y' = y, y(0) = 1",
    ],
)
def test_what_could_only_be_guessed_is_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    "text", ["y' = 1/x, y(0) = 1", "y' + y/x = 0, y(0) = 1", "solve [[1,2],[3,4]] x = [5,6]"]
)
def test_what_has_no_answer_is_no_failure_within(text: str) -> None:
    found = solve(read_problem(text))
    assert isinstance(found, Trouble)
    assert found.code is Failure.UNSUPPORTED


@pytest.mark.parametrize(
    "text", ["(-1)!", "ln 0", "log_1(5)", "log_2(0)", "arg(0)", "7 mod 0", "lg 0"]
)
def test_values_that_there_are_not(text: str) -> None:
    found = solved(text)
    assert answer_of(found) == "undefined"
    assert not isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("prove ln(x^2) = 2 ln x", ["valid for x > 0"]),
        ("prove e^(ln x) = x", ["valid for x > 0"]),
        ("prove sin(arcsin x) = x", ["valid for x >= -1", "valid for x <= 1"]),
        ("prove ln(x^2) = 2 ln|x|", []),
        ("simplify ln(x^2) - 2ln(x)", ["valid for x > 0"]),
        ("simplify sqrt(x) sqrt(x)", ["valid for x >= 0"]),
        ("simplify ln x + ln y", ["valid for x > 0", "valid for y > 0"]),
        ("simplify sqrt(x^2)", []),
        ("∫_1^a 1/x dx", ["for a > 0"]),
        ("∫_1^x 1/t dt", ["for x > 0"]),
        ("∫_0^a x dx", []),
        ("sum_{k=0}^n a^k", ["for a != 1"]),
        ("sum_{k=1}^n k a^k", ["for a != 1"]),
        ("sum_{k=1}^n 1/(k(k+1))", []),
        ("prove sqrt(x^2) = |x|", []),
        ("x^2 y'' + x y' - y = 0", ["C, C1, C2 stand for any constants."]),
        ("x^2 y'' + x y' + y = 0", ["C, C1, C2 stand for any constants.", "for x > 0"]),
    ],
)
def test_where_it_holds_is_said(text: str, conditions: list[str]) -> None:
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    assert [_said(c) for c in found.conditions] == conditions


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("y' = |x|", "y(x) = x*|x|/2 + C"),
        ("y'=x/y, y(0)=2", "y(x) = sqrt(x^2 + 4)"),
        ("y'=1/sqrt(x), y(0)=1", "y(x) = 2*sqrt(x) + 1"),
    ],
)
def test_differential_equations(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("area bounded by x = y^2 and y = x - 2", "9/2"),
        ("area bounded by x = y^2 and y = x^2", "1/3"),
        ("area bounded by y^2 = 4x and x^2 = 4y", "16/3"),
        ("area bounded by x = y^2 and y = -x^2", "1/3"),
        ("area bounded by y^2 = x and x = 4", "32/3"),
        ("area bounded by y^2 = 4 - x and the y-axis", "32/3"),
        ("area bounded by 2x+y=3, y = x^2", "32/3"),
        ("area bounded by 2x^2 = 3y and y^2 = 2x/5", "1/5"),
        ("area bounded by y = ln x, y = 0, x = e", "1"),
        ("area bounded by y = x, y = 2x, x = 3", "9/2"),
        ("由曲线y^2=x与y=x^2所围成的图形的面积", "1/3"),
        ("求抛物线y^2=2x与直线y=x-4所围成的图形的面积", "18"),
        ("由曲线y=x^2和x=y^2围成的平面图形绕x轴旋转一周所得旋转体的体积", "3*pi/10"),
    ],
)
def test_regions_of_curves_in_either_letter(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "area bounded by y=x^2, y = 2x, x=1",  # two regions
        "area bounded by x = y^2 - 1 and y = x^2",
        "area bounded by y^2 = x^3 and x=1",
        "area bounded by y = 1/x, y = x, x = 2",
        "area bounded by x = y^2, y = x, x = 4",
    ],
)
def test_regions_that_are_not_plain_are_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("solve x^2 + 2ix - 1 = 0", "-i"),
        ("x^2+2ix-2=0", "-1 - i, 1 - i"),
        ("z^2 + (1-i)z - i = 0", "-1, i"),
        ("z^2=-5+12i", "-2 - 3*i, 2 + 3*i"),
        ("iz + 2 = 0", "2*i"),
        ("solve x^2 + (1 - sqrt(3)) x - sqrt(3) = 0", "-1, sqrt(3)"),
    ],
)
def test_quadratic_equations_with_awkward_coefficients(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize("text", ["x^4 + i x^2 = 0", "ix > 2", "x^2+i>0", "|x| = i"])
def test_real_methods_leave_the_unit_alone(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("已知等差数列{a_n}的前n项和为S_n,且a_1=1,S_3=9,求a_5", "9"),
        ("等差数列{a_n}的前n项和为S_n，若S_3=9,S_6=36,求S_9", "81"),
        ("设S_n为等差数列{a_n}的前n项和,a_1=1,S_3=9,求a_5", "9"),
        ("记S_n为等差数列{a_n}的前n项和.若S_3=9,a_1=1,则a_5=", "9"),
        ("已知等比数列{a_n}的前n项和为S_n,a_1=1,q=2,求S_5", "31"),
        ("已知等差数列{a_n}的前n项和为S_n,a_1=1,d=2,求S_n", "n^2"),
        ("求等差数列{a_n}的前n项和S_n,其中a_1=1,d=2", "n^2"),
        ("Let S_n be the sum of the first n terms of an arithmetic sequence. "
         "If a_1 = 1 and S_3 = 9, find a_5", "9"),
    ],
)  # fmt: skip
def test_a_name_for_the_sum_asks_for_nothing(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_a_condition_on_two_equations_is_refused() -> None:
    assert told("for what values of k does the system x + y = 1, kx + y = 2 have no solution") == (
        "",
        None,
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Let f(x) = x^2 - 1. Find the zeros of f", "-1, 1"),
        ("设f(x)=x^2-1,求f的零点", "-1, 1"),
        ("let f(x)=x^2-1. solve f = 0", "-1, 1"),
        ("Let f(x)=x^2-1. How many zeros does f have?", "2"),
        ("Let f(x)=x^2 and g(x)=x+2. Solve f = g", "-1, 2"),
        ("Let f(x)=x^2 and g(t)=t+2. Solve f = g", "-1, 2"),
        ("Let f(x)=x^2 and g(x)=x+2. Find f + g", "x^2 + x + 2"),
        ("sin of pi over 6", "1/2"),
    ],
)
def test_a_function_that_is_named_without_its_letter(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Let f(x) = 2x. Find f^2(3)",
        "Let f(x,y) = xy. Find f(2)",
        "square root of 16 over 2",
    ],
)
def test_what_a_function_is_taken_of_must_be_clear(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("sin x > 1/2, 0 ≤ x ≤ 2π", "(pi/6, 5*pi/6)"),
        ("tan x < 0, 0<x<2π", "(pi/2, pi) ∪ (3*pi/2, 2*pi)"),
        ("解不等式 sin x>1/2, x∈[0,2π]", "(pi/6, 5*pi/6)"),
        ("x^2>4, x<0", "(-oo, -2)"),
        ("solve sin x = 1/2 for 0° ≤ x ≤ 360°", "pi/6, 5*pi/6"),
        ("solve sin x = 0.5 for 0 ≤ x ≤ 2π", "pi/6, 5*pi/6"),
    ],
)
def test_inequalities_of_angles_within_bounds(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text", ["sin x = 1/2, 0 <= x <= 360", "cos x = 0, -180<x<180", "解方程 sin x=1/2, 0≤x≤360"]
)
def test_bounds_like_degrees_without_their_sign_are_asked_about(text: str) -> None:
    with pytest.raises(ReadingError, match="degrees or in radians"):
        read_problem(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("10% of 50 + 50% of 10", "10"),
        ("20% of 30 - 10% of 20 + 50% of 2", "5"),
        ("5 + 20% of 30", "11"),
        ("5 - 20% of 30", "-1"),
        ("-20% of 50", "-10"),
        ("20% of (30 + 5)", "7"),
        ("30的20%", "6"),
    ],
)
def test_percents_belong_to_the_number_before_them(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "20% of 30 + 5",
        "30的5+20%",
        "9+16的平方根",
        "10 + 5 increased by 20%",
        "10 + 5 decreased by 20%",
        "the quotient of 20 and 4 minus 1",
        "the difference of 10 and 3 plus 1",
        "the mean of 2, 4, and 6 squared",
    ],
)
def test_how_far_a_word_goes_is_asked(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


def test_monotony_is_said_of_each_interval_by_itself() -> None:
    """1/x falls on two intervals, and not on their union: 1/(-1) < 1/1."""
    said = solved("f(x)=1/x 的单调区间").answer.said
    assert [s.zh for s in said] == ["在 {0} 和 {1} 上分别单调递减"]
    assert [plain(a) for a in said[0].args if isinstance(a, Expr)] == ["(-oo, 0)", "(0, oo)"]
