"""Decimals without end: the number that is meant, or a refusal; never the first digits."""

from __future__ import annotations

import pytest
from asking import proved

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.recurring import kept
from assistant.maths.reading.formulas.tokens import ReadingError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Solve x = 0.333...", "1/3"),
        ("x = 0.333…", "1/3"),
        ("x = 0.333 ...", "1/3"),
        ("解方程 x = 0.333…", "1/3"),
        ("解方程 x+0.333…=1。", "2/3"),
        ("solve 3x = 0.999...", "1/3"),
        ("Solve 2x = 1.272727...", "7/11"),
        ("x^2 = 0.444...", "-2/3, 2/3"),
        ("x > 0.333...", "(1/3, oo)"),
        ("0.333... + 0.666...", "1"),
        ("simplify 0.333... + 1/3", "2/3"),
        ("0.1666... * 6", "1"),
        ("-0.333...", "-1/3"),
        ("0.333...^2", "1/9"),
        (r"\frac{1}{3} + 0.333\ldots", "2/3"),
        ("f(x) = x^2. Find f(0.333...)", "1/9"),
        ("Find the value of x when 3x = 0.333...", "1/9"),
        ("x + 0.(3) = 1", "2/3"),
        (r"solve x = 0.\overline{3}", "1/3"),
        (r"x = 0.\dot{3}", "1/3"),
        (r"2*0.1\overline{6}", "1/3"),
        ("x = 0.1\u03073\u0307", "13/99"),
        ("2·0.5(30)", "30"),
        ("find the 5th term of 2, 5, 8...", "14"),
        ("求数列1,3,5,7…的第10项", "19"),
        ("1, 2, 4, ...", "8"),
    ],
)
def test_the_number_is_the_one_that_is_meant(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "x = 3.14159...",
        "x = 3.14…",
        "2x + 0.5... = 3",
        "Solve x = 0.333..",
        "Solve x = 0.333 ..",
        "x = 5...",
        "Solve x + 2 = 5...",
        "解方程 x+2=5……",
        "2+2...",
        "mean of 0.1, 0.11, 0.111...",
        "求0.1、0.11、0.111…的平均数",
        "1.11 + 2.22 + 3.33...",
        "Let x = 0.12.... Find 2x",
    ],
)
def test_what_is_not_clear_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


def test_the_reading_is_told() -> None:
    (note,) = read_problem("Solve x = 0.1666...").notes
    assert note.args == ("0.1(6)",)


def test_a_formula_alone_is_read_so_too() -> None:
    assert read_formula("0.333...") == read_formula("(1/3)")
    with pytest.raises(ReadingError):
        read_formula("3.14...")


@pytest.mark.parametrize(
    "text", ["0.333...", "1..3", "1...10", "x = 5… and y", "2, 4, ...", "sum of i, i=1..n", "a..."]
)
def test_no_place_in_the_text_is_moved(text: str) -> None:
    assert len(kept(text)) == len(text)
    assert kept(text).replace("⋯", ".") == text.replace("…", ".")
