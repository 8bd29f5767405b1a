"""Functions told in cases: read in braces and in words, their values, equations, continuity."""

from __future__ import annotations

import pytest
from asking import proved, unanswered
from hypothesis import given, settings
from hypothesis import strategies as st

LATEX = r"\begin{cases} x+2, & x\le -1 \\ x^2, & -1<x<2 \\ 2x, & x\ge 2\end{cases}"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Let f(x) = x^2 for x < 1 and 2x - 1 for x >= 1. Find f(0) + f(3)", "5"),
        ("Let f(x) = x^2 if x < 1 and f(x) = 2x - 1 if x >= 1. Find f(3)", "5"),
        ("设 f(x) = {x^2, x<1; 2x-1, x≥1}，求 f(f(0.5))", "0.0625"),
        (r"设 f(x)=\begin{cases} 2^x, & x\le 0 \\ \log_2 x, & x>0 \end{cases}，求 f(f(1/2))",
         "1/2"),
        (rf"已知 f(x)={LATEX}，若 f(x)=3，求 x", "sqrt(3)"),
        (rf"已知 f(x)={LATEX}，解不等式 f(x)>1", "(1, oo)"),
        (r"Solve f(x) = 3 where f(x) = \begin{cases} x^2 - 1 & x < 0 \\ 2x + 1 & x \ge 0 "
         r"\end{cases}", "-2, 1"),
        ("设 f(x)={x+1, x≤0; 2^x, x>0}，解方程 f(x)=4", "2"),
        ("{1, 2, 3} ∪ {4}", "{1, 2, 3, 4}"),
    ],
)  # fmt: skip
def test_values_and_equations(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (r"设 f(x)=\begin{cases} ax+1, & x<2 \\ x^2-1, & x\ge 2\end{cases} 在 x=2 处连续，求 a",
         "1"),
        (r"For what value of c is f(x) = \begin{cases} cx^2+2x & x<2 \\ x^3-cx & x \ge 2 "
         r"\end{cases} continuous everywhere?", "2/3"),
        (r"Find a and b such that f(x) = \begin{cases} 2, & x \le -1 \\ ax+b, & -1<x<3 \\ -2, & "
         r"x \ge 3\end{cases} is continuous", "a = -1, b = 1"),
        (r"Let f(x) = \begin{cases} x+1 & x<0 \\ x^2 & x\ge 0 \end{cases}. Is f continuous at 0?",
         "False"),
        (r"判断函数 f(x)=\begin{cases} x^2, & x\le 1 \\ 2-x, & x>1\end{cases} 在 x=1 处是否连续",
         "True"),
    ],
)  # fmt: skip
def test_continuity(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        # no value at 0, a quotient that has none, two cases on one side, a gap between them
        r"Is f(x) = \begin{cases} x & x<0 \\ x+1 & x>0 \end{cases} continuous at 0?",
        r"求 a：f(x)=\begin{cases} 1/x, & x<0 \\ a, & x\ge 0\end{cases} 在 x=0 处连续，求 a",
        r"设 f(x)=\begin{cases} x, & x<1 \\ x+a, & x\le 1\end{cases} 在 x=1 处连续，求 a",
        r"设 f(x)=\begin{cases} x, & x\le 0 \\ x+a, & x\ge 1\end{cases} 在 x=1 处连续，求 a",
        "Let f(x) = x^2 for x < 2 and 2x - 1 for x >= 1. Solve f(x) = 1",  # they overlap
    ],
)
def test_what_is_not_certain_is_not_answered(text: str) -> None:
    assert unanswered(text)


@settings(max_examples=10, deadline=None)
@given(st.integers(-4, 4), st.integers(-4, 4), st.integers(-6, 6))
def test_the_case_of_a_number(border: int, shift: int, at: int) -> None:
    text = f"设 f(x) = {{x^2+({shift}), x<{border}; 2x-1, x≥{border}}}，求 f({at})"
    assert proved(text) == str(at * at + shift if at < border else 2 * at - 1)
