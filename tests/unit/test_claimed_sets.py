"""Final answers that are sets, words or functions: each with its right and its wrong twin."""

from __future__ import annotations

import time

import pytest

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.jobs import Job, run
from assistant.maths.types import AnswerClaim, AnswerMark, Proved, Refuted, Undecided

FOUR, QUARTIC, BETWEEN = "Solve x^2 > 4", "Solve x^4 - 5x^2 + 4 = 0", "解不等式 x^2 - 3x + 2 < 0"
SINE, COSINE = "Solve $\\sin x = \\frac{1}{2}$.", "Solve cos x = 1/2"
TWO, LIMIT = "Solve x^2 - 5x + 6 = 0.", "Evaluate $\\lim_{x \\to 0} \\frac{\\sin 3x}{x}$"
ROOTS, POLES = "求函数 f(x)=sqrt(4-x^2) 的定义域", "Find the domain of f(x) = 1/(x^2-1)"


def mark(problem: str, answer: str) -> AnswerMark:
    found = run(Job("answer", AnswerClaim(problem, f"\\boxed{{{answer}}}"), 10.0))
    assert isinstance(found, AnswerMark)
    return found


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        (QUARTIC, ["x = \\pm 1 \\text{ or } x = \\pm 2", "x = ±1 or x = ±2", "x = \\pm 1, \\pm 2"]),
        (TWO, ["x = 2 or 3", "2 \\text{ and } 3", "x \\in \\{2, 3\\}", "x=2或3"]),
        (FOUR, ["x > 2 or x < -2", "x \\in (-\\infty, -2) \\cup (2, +\\infty)", "|x| > 2",
                "x \\in (-\\infty,-2) \\text{ or } x \\in (2,\\infty)"]),
        (BETWEEN, ["1 < x < 2", "(1, 2)", "\\{x \\mid 1 < x < 2\\}"]),
        (SINE, ["x = \\frac{\\pi}{6} + 2k\\pi \\text{ or } x = \\frac{5\\pi}{6} + 2k\\pi",
                "x = (-1)^n \\frac{\\pi}{6} + n\\pi, n \\in \\mathbb{Z}",
                "x = pi/6 + 2k*pi or x = 5pi/6 + 2k*pi, k in Z"]),
        (COSINE, ["x = \\pm\\frac{\\pi}{3} + 2k\\pi, k \\in \\mathbb{Z}"]),
        ("解方程 sin x = 0", ["x = kπ (k∈Z)", "x = k\\pi\\ (k\\in\\mathbf{Z})", "x = kπ，k为整数"]),
        ("Solve tan x = 1", ["x = π/4 + nπ, \\text{ where } n \\text{ is an integer}"]),
        ("Solve x^2 + 1 = 0", ["\\text{no solution}", "there are no real solutions", "无实数根"]),
        ("Solve 2(x + 1) = 2x + 2", ["\\mathbb{R}", "\\text{all real numbers}", "x为任意实数"]),
        (ROOTS, ["[-2, 2]", "\\{x \\mid -2 \\le x \\le 2\\}", "x∈[-2,2]"]),
        ("Is 91 prime?", ["\\text{No}", "\\text{No, } 91 = 7 \\times 13", "False",
                           "\\text{No, it is composite}"]),
        ("91是质数吗？", ["不是", "否"]),
        ("Is 97 a prime number?", ["Yes", "\\text{True}"]),
        ("Does the series sum 1/n^2 converge?", ["\\text{Yes}", "\\text{It converges}", "收敛"]),
        ("判断函数 f(x)=x^2+1 的奇偶性", ["偶函数", "\\text{even}"]),
        ("Find $\\lim_{x\\to 0} \\frac{1}{x}$", ["\\text{DNE}", "不存在"]),
        ("Find the inverse of f(x) = 2x + 3", ["f^{-1}(x) = \\frac{x-3}{2}"]),
        ("Solve dy/dx = 2y", ["y = Ce^{2x}"]),
    ],
)  # fmt: skip
def test_a_right_answer_is_proved(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert isinstance(mark(problem, answer).verdict, Proved), answer


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        (QUARTIC, ["x = \\pm 1 \\text{ or } x = \\pm 3", "x = \\pm 1"]),
        (TWO, ["\\text{no solution}", "x \\in \\{2, 4\\}", "无解", "\\mathbb{R}"]),
        (FOUR, ["x > 2", "-2 < x < 2", "(-\\infty, -2] \\cup [2, \\infty)", "\\mathbb{R}",
                "\\text{no solution}"]),
        (BETWEEN, ["x < 1 或 x > 2", "[1, 2]", "(-\\infty,1)\\cup(2,+\\infty)"]),
        ("Solve 2x + 3 < 7", ["x > 2", "x \\le 2", "(2, \\infty)"]),
        ("Solve x^2 < 0", ["x < 0"]),
        (SINE, ["x = \\frac{\\pi}{6} + 2k\\pi, k \\in \\mathbb{Z}",
                "x = \\frac{\\pi}{6} + k\\pi, k \\in \\mathbb{Z}"]),
        (COSINE, ["x = \\pm\\frac{\\pi}{6} + 2k\\pi", "x = π/3 + 2kπ"]),
        ("解方程 sin x = 0", ["x = 2kπ (k∈Z)", "x=\\frac{\\pi}{2}+k\\pi, k\\in\\mathbb{Z}"]),
        ("Solve 2(x + 1) = 2x + 2", ["\\text{no solution}", "x = 1"]),
        ("解方程 2(x+1) = 2x + 3", ["任意实数", "x = 0"]),
        (ROOTS, ["(-2, 2)", "x \\le 2"]),
        (POLES, ["x \\ne 1", "\\text{all real numbers}", "(-1, 1)"]),
        ("Is 91 prime?", ["Yes", "\\text{True}"]),
        ("91是质数吗？", ["是", "是的"]),
        ("Does the series sum 1/n^2 converge?", ["\\text{No}", "\\text{diverges}"]),
        ("判断函数 f(x)=x^2+1 的奇偶性", ["奇函数"]),
        (LIMIT, ["\\frac{1}{3}", "0", "\\infty", "\\text{does not exist}"]),
        ("Find $\\lim_{x\\to 0} \\frac{1}{x}$", ["0"]),
        ("Find the derivative of f(x) = x^3 \\sin x", ["f'(x) = 3x^2 \\cos x"]),
        ("求不定积分 ∫ cos 2x dx", ["\\sin 2x + C"]),
        ("计算定积分 ∫_0^π sin x dx", ["0", "-2"]),
        ("Find the inverse of f(x) = 2x + 3", ["f^{-1}(x) = \\frac{x+3}{2}"]),
        ("Solve dy/dx = 2y", ["y = Ce^{x/2}", "y = e^{2x} + C"]),
        ("Find the equation of the line through (1, 2) and (3, 8).", ["y = 3x + 1"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_refuted(problem: str, answers: list[str]) -> None:
    for answer in answers:
        found = mark(problem, answer)
        assert isinstance(found.verdict, Refuted), answer
        assert found.why.args, answer


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        (FOUR, ["x < -2, x > 2", "x < -2 \\text{ and } x > 2", "-2, 2", "x > \\pm 2"]),
        (POLES, ["x \\ne \\pm 1", "x \\neq -1, 1", "\\mathbb{R} \\setminus \\{-1, 1\\}"]),
        ("Solve 3x > 10", ["x > 3.33"]),
        ("Solve x^2 = 9", ["x = 3 or x = -3 are the two real solutions",
                           "\\text{the two solutions are } 3 \\text{ and } -3"]),
        ("Find the domain of sqrt(x - 3)",
         ["\\text{all real numbers } x \\text{ such that } x \\ge 3"]),
        (SINE, ["x = \\frac{\\pi}{6}", "x = 30^\\circ + 360^\\circ k"]),
        ("Solve x^2 = -4", ["x = \\pm 2i"]),
        ("Is 91 prime?", ["\\text{maybe}", "\\text{Yes, it is not prime}", "7 \\times 13"]),
        ("Is 91 prime or composite?", ["\\text{Yes}"]),
        ("Is 97 prime?", ["\\text{Yes, if it is odd}", "\\text{Yes, it is composite}"]),
        ("91是质数吗？", ["不，质数", "是，如果它是奇数"]),
        ("Does the series sum 1/n^2 converge?", ["\\text{No, it converges}", "Yes, it diverges"]),
        ("Find $\\lim_{x\\to 0} \\frac{1}{x}$", ["\\infty"]),
        ("Find $\\lim_{x \\to 0^+} \\ln x$", ["\\text{does not exist}"]),
        ("Evaluate $\\int x^2 \\, dx$", ["\\frac{x^3}{3}"]),
        ("Solve dy/dx = x/y", ["y^2 = x^2 + C", "y = \\sqrt{x^2 + C}"]),
    ],
)  # fmt: skip
def test_what_may_be_meant_well_is_undecided(problem: str, answers: list[str]) -> None:
    for answer in answers:
        assert isinstance(mark(problem, answer).verdict, Undecided), answer


@pytest.mark.parametrize("answer", ["{x" + " " * 1900 + "|", "x = k" + " " * 1900 + "!",
                                    " " * 50_000 + "x", "\\text{x" * 5000])  # fmt: skip
def test_runs_of_spaces_cost_no_time(answer: str) -> None:
    begun = time.process_time()
    assert isinstance(check_claimed(AnswerClaim(SINE, answer)).verdict, Undecided)
    assert time.process_time() - begun < 2.5
