"""Typed school questions about functions, figures, sequences, chance, data and vectors."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from asking import unanswered
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.verify import check_answer
from assistant.maths.reading import read_problem
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve, solve_request
from assistant.maths.types import Proved, Request, Solution, Supported, Task


def answered(text: str) -> str:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), (text, solution)
    assert isinstance(solution.verdict, Proved), (text, solution.verdict)
    assert solution.steps, text
    return answer_text(solution)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("find the range of x^2 - 6x + 11", "[2, oo)"),
        ("求函数 y=4-3sin x 的值域", "[1, 7]"),
        ("range of (x+1)/(x-4)", "(-oo, 1) ∪ (1, oo)"),
        ("range of x/(x^2+4)", "[-1/4, 1/4]"),
        ("求 y=\\sqrt{25-x^2} 的值域", "[0, 5]"),
        ("range of 3^x - 2", "(-2, oo)"),
        ("range of |x+5| - 2", "[-2, oo)"),
        ("range of sqrt(9 - 3^x)", "[0, 3)"),
        ("range of x^2 - 2x on [0, 4]", "[-1, 8]"),
        ("当 1≤x≤4 时，求函数 y=x^2-4x 的值域", "[-4, 0]"),
        ("求函数 y=3x-1 在区间 [1,2] 上的值域", "[2, 5]"),
        ("asymptotes of (3x-1)/(x+2)", "{x = -2, y = 3}"),
        ("find the oblique asymptote of (x^2+2)/(x+1)", "{y = x - 1}"),
        ("求曲线 y=\\frac{2}{x-5} 的水平渐近线和垂直渐近线", "{x = 5, y = 0}"),
        ("sketch y = x^2 - 6x + 8", "y = x^2 - 6*x + 8"),
        ("find the y-intercept of y = x^3 - 2x + 7", "7"),
    ],
)
def test_functions(text: str, expected: str) -> None:
    assert answered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("area of a circle with radius 7", "49*pi"),
        ("一个圆的面积是49π，求它的周长", "14*pi"),
        ("a rectangle has area 48 cm^2 and width 6 cm. find its perimeter", "28"),
        ("梯形的上底是2，下底是8，高是3，求面积", "15"),
        ("扇形的半径为9，圆心角为40°，求弧长", "2*pi"),
        ("A cone has radius 5 and height 12. Find its volume and lateral area.", "100*pi, 65*pi"),
        ("球的表面积是36π，求体积", "36*pi"),
        ("volume of a cuboid 2 by 5 by 7", "70"),
        ("each interior angle of a regular polygon is 150°. how many sides does it have?", "12"),
        ("一个多边形的内角和是1260°，求边数", "9"),
        ("In triangle ABC, AB=7, AC=8, angle A = 60°. Find BC.", "sqrt(57)"),
        ("在△ABC中，a=3，b=7，C=60°，求c", "sqrt(37)"),
        ("a right triangle has legs 8 and 15. find the hypotenuse", "17"),
        ("直角三角形的斜边长为25，一条直角边长为7，求另一条直角边", "24"),
        ("area of the triangle with vertices (1,1), (5,1), (1,4)", "6"),
        ("圆的半径为6，则圆的面积是（）A. 6π B. 12π C. 36π D. 18π", "C"),
    ],
)
def test_figures(text: str, expected: str) -> None:
    assert answered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("find the 15th term of the arithmetic sequence 4, 9, 14, ...", "74"),
        ("等差数列{a_n}中，a_3=9，a_8=24，求a_20", "60"),
        ("等比数列{a_n}中，a_2=10，a_5=80，求公比", "2"),
        ("geometric sequence with first term 5 and ratio 2, sum of the first 6 terms", "315"),
        ("sum to infinity of 9, 3, 1, ...", "27/2"),
        ("how many terms are in the sequence 6, 10, 14, ..., 86", "21"),
        ("2+4+8+...+256", "510"),
        ("已知数列{a_n}满足a_1=2，a_{n+1}=3a_n+2，求a_n", "3^n - 1"),
        ("a_1 = 4, a_n = a_{n-1} + n, find a_5", "18"),
        ("F_1=2, F_2=1, F_{n+2}=F_{n+1}+F_n, find F_7", "18"),
    ],
)  # fmt: skip
def test_sequences(text: str, expected: str) -> None:
    assert answered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("从9名学生中选4名参加比赛，有多少种不同的选法？", "126"),
        ("how many ways can 4 people stand in a line", "24"),
        ("6个人围成一圈有多少种坐法", "120"),
        ("how many arrangements of the letters of the word COMMITTEE", "45360"),
        ("X ~ B(4, 0.25), find P(X=1)", "0.421875"),
        ("设随机变量X~B(6,1/2)，求P(X>=5)", "7/64"),
        ("a fair coin is tossed 6 times. find the probability of at least one head", "63/64"),
        ("two dice are rolled. what is the probability that the sum is 9", "1/9"),
        ("掷一枚质地均匀的骰子，求点数大于2的概率", "2/3"),
        ("a bag contains 4 red and 6 blue balls. two balls are drawn without replacement. "
         "what is the probability that both are blue?", "1/3"),
        ("袋中有4个红球和3个白球，从中任取3个球，求恰有2个红球的概率", "18/35"),
    ],
)  # fmt: skip
def test_counting_and_chance(text: str, expected: str) -> None:
    assert answered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mode of 4 4 7", "4"),
        ("一组数据：6，8，8，9，求众数", "8"),
        ("已知一组数据 1, 5, x, 8 的平均数是5，求x", "6"),
        ("find the weighted mean of 70 and 95 with weights 3 and 2", "80"),
        ("interquartile range of 2, 4, 6, 8", "4"),
        ("已知向量a=(2,3)，b=(x,-4)，a⊥b，求x", "6"),
        ("已知向量a=(5,12)，求|a|", "13"),
        ("已知向量a=(1,-2)，b=(4,1)，求3a-b", "(-1, -7)"),
        ("unit vector in the direction of (5,12)", "(5/13, 12/13)"),
        ("projection of (4,2) onto (1,1)", "(3, 3)"),
    ],
)
def test_data_and_vectors(text: str, expected: str) -> None:
    assert answered(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A circle has radius 3. The radius is doubled. Find the area.",
        "Find the area of a circle inscribed in a square of side 4",
        "等差数列{a_n}中，a_1=2a_3，d=1，求a_5",
        "in triangle ABC a=b=3, C=60°, find c",
        "a triangle has sides 3:4:5. find its perimeter",
        "how many ways can you choose a committee of 3 from 8 people including Ann",
        "how many ways can 3 boys and 2 girls stand in a row",
        "how many ways to arrange 5 identical books on a shelf",
        "从5人中选2人，其中甲必须入选，有多少种选法",
        "从8人中选3人参加三项活动，有多少种选法",
        "5个人站成一排，甲不站在排头，有多少种排法",
        "a biased coin is tossed 3 times. what is the probability of 2 heads",
        "two dice are rolled. what is the probability that the sum is 7 given that the first is 3",
        "sector with radius 6 and angle 60. find the area",
    ],
)
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    assert unanswered(text)


ENDLESS = t.Constant(t.ConstantName.INFINITY)
WRONG: list[tuple[str, t.Expr]] = [
    ("range of x^2 - 6x + 11", t.Interval(t.integer(1), ENDLESS, False, True)),
    ("range of x^2 - 6x + 11", t.Interval(t.integer(2), ENDLESS, True, True)),
    ("range of x/(x^2+4)", t.Interval(t.integer(-1), t.integer(1), False, False)),
    (
        "asymptotes of (3x-1)/(x+2)",
        t.Collection(t.Bracket.SET, (t.equation(t.Symbol("y"), t.integer(3)),)),
    ),
    ("area of a circle with radius 7", t.integer(49)),
    ("interior angle of a regular octagon", t.Call("degrees", (t.integer(120),))),
    ("等差数列{a_n}中，a_3=9，a_8=24，求a_20", t.integer(63)),
    ("how many arrangements of the letters of the word LEVEL", t.integer(120)),
    ("X ~ B(4, 0.25), find P(X=1)", t.rational(Fraction(1, 4))),
    ("two dice are rolled. what is the probability that the sum is 9", t.rational(Fraction(1, 6))),
    (
        "projection of (4,2) onto (1,1)",
        t.Collection(t.Bracket.TUPLE, (t.integer(3), t.integer(2))),
    ),
    ("a_1 = 4, a_n = a_{n-1} + n, find a_5", t.integer(19)),
]


@pytest.mark.parametrize(("text", "wrong"), WRONG)
def test_a_wrong_answer_is_never_confirmed(text: str, wrong: t.Expr) -> None:
    request = read_problem(text).request
    good = solve_request(request)
    assert isinstance(good, Solution)
    verdict = check_answer(request, Draft(answer=wrong, variables=good.variables))
    assert not isinstance(verdict, Proved | Supported), verdict


@given(st.integers(1, 5), st.integers(-6, 6), st.integers(-9, 9), st.booleans())
@settings(max_examples=8, deadline=None)
def test_range_of_a_parabola(a: int, h: int, k: int, down: bool) -> None:
    a = -a if down else a
    expr = f"{a}*x^2 + ({-2 * a * h})*x + ({a * h * h + k})"
    assert answered(f"range of {expr}") == (f"(-oo, {k}]" if down else f"[{k}, oo)")


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
@settings(max_examples=8, deadline=None)
def test_measures_go_both_ways(a: int, b: int, c: int) -> None:
    values = {"length": a, "width": b, "height3": c}
    volume = _measure("volume", values)
    assert volume == t.integer(a * b * c)
    assert _measure("height3", {"length": a, "width": b, "volume": a * b * c}) == t.integer(c)


def _measure(wanted: str, values: dict[str, int]) -> t.Expr | None:
    request = Request(
        task=Task.GEOMETRY,
        topic=topics.MEASURE_OF,
        operands=tuple(map(t.integer, values.values())),
        words=(wanted, "cuboid", *values),
    )
    found = solve_request(request)
    assert isinstance(found, Solution)
    assert isinstance(found.verdict, Proved)
    return found.answer.value


def test_a_bound_on_the_variable_is_kept() -> None:
    """What is said of x must not be lost on the way to the answer."""
    problem = read_problem("当 0≤x≤3 时，求函数 y=x^2-2x 的值域")
    assert answer_text(_solution(problem)) == "[-1, 3]"
    looser = replace(problem, definitions=())
    assert answer_text(_solution(looser)) in ("[-1, 3]", "[-1, oo)")


def _solution(problem: object) -> Solution:
    found = solve(problem)  # type: ignore[arg-type]
    assert isinstance(found, Solution)
    return found
