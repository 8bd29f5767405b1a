"""Integrals, limits, derivatives and sums with dots in worked lines."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.reading.claims.line import read_line
from assistant.maths.reading.claims.written_out import written_out
from assistant.maths.types import Mark, Proved, Refuted, Supported, Work


def mark(problem: str, line: str) -> Mark:
    (found,) = check_work(Work(problem, (line,))).marks
    return found


CUBE, AREA = "Find $\\int x^2 dx$.", "Evaluate $\\int_0^1 x^2 dx$."
LIMIT, GAUSS = "Find $\\lim_{x\\to 0} \\frac{\\sin 3x}{x}$.", "计算 1+2+3+…+100"


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (CUBE, "Using the power rule, $\\int x^2 \\, dx = 2x + C$."),
        (CUBE, "\\int x^2 \\, dx = \\frac{x^2}{2} + C"),
        ("求不定积分 ∫ cos 2x dx", "由公式得 ∫ cos 2x dx = sin 2x + C。"),
        ("求不定积分 ∫ 1/x dx", "∫ 1/x dx = -1/x^2 + C"),
        (AREA, "\\int_0^1 x^2 dx = \\frac{1}{2}"),
        (AREA, "\\int_0^1 x^2 dx = \\left[ \\frac{x^3}{3} \\right]_0^1 = \\frac{1}{2}"),
        (AREA, "\\int_0^1 x^2 dx = \\left[ x^3 \\right]_0^1 = 1"),
        ("Evaluate $\\int_0^\\pi \\sin x dx$.", "$\\int_0^\\pi \\sin x\\, dx = 0$."),
        ("计算定积分 ∫_0^1 (2x+1) dx", "∫_0^1 (2x+1) dx = 3"),
        (LIMIT, "\\lim_{x\\to 0} \\frac{\\sin 3x}{x} = \\frac{1}{3}"),
        (LIMIT, "\\lim_{x\\to 0} \\frac{\\sin 3x}{x} = \\infty"),
        ("求极限 lim_{x→0} (1-cos x)/x^2", "lim_{x→0} (1-cos x)/x^2 = 1"),
        (GAUSS, "1+2+3+…+100 = 100×99/2 = 4950"),
        (GAUSS, "$1 + 2 + 3 + \\cdots + 100 = \\frac{100 \\times 99}{2}$"),
        ("", "1 + 2 + 4 + ... + 64 = 128"),
        ("Find the derivative of $y = \\ln(x^2+1)$.", "\\frac{d}{dx}(x^2 + 1) = x"),
    ],
)
def test_a_wrong_value_is_refuted(problem: str, line: str) -> None:
    found = mark(problem, line)
    assert isinstance(found.verdict, Refuted)
    assert found.why.args


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (CUBE, "Using the power rule, $\\int x^2 \\, dx = \\frac{x^3}{3} + C$."),
        ("求不定积分 ∫ cos 2x dx", "由公式得 ∫ cos 2x dx = sin 2x/2 + C。"),
        (AREA, "\\int_0^1 x^2 dx = \\left[ \\frac{x^3}{3} \\right]_0^1 = \\frac{1}{3}"),
        (AREA, "\\int_0^1 x^2 dx = \\left. \\frac{x^3}{3} \\right|_0^1 = \\frac{1}{3}"),
        (AREA, "\\int_0^1 x^2 dx \\approx 0.33"),
        (AREA, "\\int_0^1 x^2 dx = 0.333"),
        ("计算定积分 ∫_0^1 (2x+1) dx", "∫_0^1 (2x+1) dx = (x^2 + x)|_0^1 = 2"),
        ("Find a", "\\int_0^a x dx = 8"),
        ("Find a and b", "\\int (a x + b) dx = x^2 + 3x + C"),
        ("Solve d/dx (x^3) = 12", "\\frac{d}{dx} x^3 = 12"),
        (CUBE, "It is wrong that $\\int x^2 dx = 2x + C$."),
        (CUBE, "Suppose $\\int x^2 dx = 2x + C$."),
        ("", "\\lim_{x \\to 30} \\sin x = \\frac{1}{2}"),
        ("Differentiate $f(x) = x^3 - 3x$.", "Set $f'(x) = 0$: $3x^2 - 3 = 0$, so $x = \\pm 1$."),
        ("Differentiate $f(x) = x^3 - 3x$.", "f'(x) = 3x^2 - 3 = 0"),
        ("Differentiate $x^3 - 3x$.", "\\frac{d}{dx}(x^3 - 3x) = 0"),
        ("Factor x^2 - 5x + 6", "We solve $x^2 - 5x + 6 = 0$."),
        (GAUSS, "1+2+3+…+100 = 100×101/2 = 5050"),
        ("", "1 + 2 + ... + 64 = 127"),
        ("", "17 ÷ 5 = 3…2"),
        ("", "the value f|_0 = 3"),
        ("", "由公式得 ∫_0^1 2 dx = 2"),
        ("", "The area is ∫_0^2 3 dx = 6 units."),
    ],
)
def test_what_may_be_right_is_not_refuted(problem: str, line: str) -> None:
    assert not isinstance(mark(problem, line).verdict, Refuted)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (GAUSS, "1+2+3+…+100 = 100×101/2 = 5050"),
        ("", "1 + 2 + 4 + ... + 64 = 127"),
        ("", "[x^2]_1^3 = 9 - 1 = 8"),
        ("", "\\left[ x^2 \\right]_{1}^{3} = 8"),
    ],
)
def test_a_right_value_is_proved(problem: str, line: str) -> None:
    assert isinstance(mark(problem, line).verdict, Proved | Supported)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("1+2+3+…+100", "5050"),
        ("1 + 3 + 5 + ... + 99", "2500"),
        ("1 + 2 + 4 + … + 1024", "2047"),
        ("2 + 4 + … + 98 + 100", "2550"),
        ("1+2+…+100", "1+2+…+100"),  # all numbers, or the divisors of 100
        ("2 + 3 + … + 97", "2 + 3 + … + 97"),
        ("1 + 2 + 4 + … + 100", "1 + 2 + 4 + … + 100"),
        ("3·1+2+3+…+10", "3·1+2+3+…+10"),
        ("1+2+3+…+10!", "1+2+3+…+10!"),
        ("5 - 1+2+3+…+10", "5 - 1+2+3+…+10"),
        ("1+2+3+…+n", "1+2+3+…+n"),
        ("1+1+1+…+1", "1+1+1+…+1"),
        ("1+2+3+…+100000000000", "1+2+3+…+100000000000"),
        ("[x^2]_1^3", "(3^2 - 1^2)"),
        ("(x^2 + x)|_0^1", "(1^2 + 1 - (0^2 + 0))"),
        ("= x^3/3 + x|_0^1", "= x^3/3 + x|_0^1"),  # of x alone, or of all
        ("[xy]_0^1", "[xy]_0^1"),
        ("[e^{-x}]_0^{\\infty}", "[e^{-x}]_0^{\\infty}"),
        ("|x|_2^2", "|x|_2^2"),
        ("(a)_2^3", "(a)_2^3"),
    ],
)
def test_what_is_written_short_is_written_out_where_it_is_clear(text: str, full: str) -> None:
    assert written_out(text) == full


@pytest.mark.parametrize(
    "text",
    ids=("open", "sum", "bars"),
    argvalues=["[" * 300 + "]_0^1", "1+" * 250 + "…+9", "(x)|_0^1" * 60],
)
def test_hostile_lines_end_in_time(text: str) -> None:
    read_line(text)


@pytest.mark.parametrize(
    ("line", "proved"),
    [
        ("∫ (1+x)^2 dx = (1+x)^3/3 = x + x^2 + x^3/3", False),
        ("∫ (1+x)^2 dx = (1+x)^3/3 + C = 1/3 + x + x^2 + x^3/3 + C", True),
        ("∫ (1+x)^2 dx = (1+x)^3/3 + C = x + x^2 + x^3/3 + C", True),
    ],
)
def test_only_integrals_are_equal_but_for_a_constant(line: str, proved: bool) -> None:
    assert isinstance(mark("Find ∫ (1+x)^2 dx", line).verdict, Proved | Supported) is proved
