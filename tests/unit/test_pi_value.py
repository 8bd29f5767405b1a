"""π with the number that the text gives."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.terms import Expr


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("取 π = 3.14，求半径为 5 的圆的面积", "78.5"),
        ("求半径为 5 的圆的面积（π取3.14）", "78.5"),
        ("圆的半径为5，π取3.14，求面积", "78.5"),
        ("圆柱底面半径为2，高为5，求体积（π取3）", "60"),
        ("圆的周长是31.4厘米，求半径（π取3.14）", "5"),
        ("Find the area of a circle with radius 7. Use π = 22/7.", "154"),
        ("Find the area of a circle with radius 10 using pi = 3.14", "314"),
        ("What is the circumference of a circle with radius 10 (use pi = 3.14)?", "62.8"),
        ("圆的半径是5，求周长和面积（π取3.14）", "31.4, 78.5"),
        ("解方程 2πx=6.28，π取3.14", "1"),
        ("Solve π x^2 = 78.5 for x, use π = 3.14", "-5, 5"),
        ("sin(π/6)（π取3.14）", "1/2"),
        ("设 π=3，求 2π", "6"),
        ("已知π=3.14，求半径为2的圆的面积", "12.56"),
        ("cos(π), π≈3.14", "-1"),
        ("Compute cos(π), π≈3.14", "-1"),
        ("Is π = 3.14?", "False"),
    ],
)
def test_pi_is_worked_out_as_the_text_wants(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_the_exact_value_stands_beside() -> None:
    notes = solved("圆的半径为5，求面积（π≈3.14）").notes
    assert [plain(a) for a in notes[-1].args if isinstance(a, Expr)] == ["25*pi"]


@pytest.mark.parametrize("text", ["Solve sin x = 0, use π = 3.14", "Solve x > π, use π = 3.14"])
def test_it_is_said_where_pi_is_kept(text: str) -> None:
    assert solved(text).notes[-1].en == "π is kept: the answer is exact"


@pytest.mark.parametrize("text", ["π = 3.14", "(π取3.14)", "let π = 4, find 2π"])
def test_pi_gets_no_other_meaning(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)
    assert told(text) == ("", None)
