"""Ellipses and hyperbolas by their equations: the curve must be the one that is named."""

from __future__ import annotations

import pytest
from asking import proved

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("椭圆x^2/25+y^2/9=1的离心率", "4/5"),
        (r"椭圆\frac{x^2}{25}+\frac{y^2}{9}=1的离心率为", "4/5"),
        ("求椭圆 x^2/4+y^2=1 的离心率", "sqrt(3)/2"),
        ("椭圆x^2/9+y^2/25=1的焦距", "8"),
        ("椭圆9x^2+25y^2=225的长轴长", "10"),
        ("双曲线x^2/9-y^2/16=1的离心率", "5/3"),
        ("双曲线x^2/9-y^2/16=1的渐近线方程", "[y = -4*x/3, y = 4*x/3]"),
        ("求双曲线y^2/4-x^2/5=1的实轴长", "4"),
        ("双曲线 x²/4 − y² = 1 的焦距", "2*sqrt(5)"),
        ("Find the eccentricity of the ellipse x^2/25 + y^2/9 = 1", "4/5"),
        ("Find the length of the minor axis of the ellipse x^2/25 + y^2/9 = 1", "6"),
        ("Find the asymptotes of the hyperbola x^2/9 - y^2/16 = 1", "[y = -4*x/3, y = 4*x/3]"),
    ],
)
def test_a_measure_of_the_curve_is_found(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "椭圆x^2/9-y^2/4=1的离心率",
        "双曲线x^2/9+y^2/4=1的离心率",
        "椭圆x^2/9+y^2/9=1的离心率",
        "椭圆x^3/9+y^2/4=1的离心率",
        "椭圆x^2/9+y^4/4=1的离心率",
        "椭圆x^2/9+xy+y^2/4=1的离心率",
        "椭圆x^2/9+y^2/4+x=1的离心率",
        "椭圆x^2/9+y^2/4=0的离心率",
        "椭圆x^2/m+y^2/4=1的离心率",
        "双曲线y=1/x的离心率",
        "Find the eccentricity of the ellipse 9/x^2 + y^2/4 = 1",
    ],
)
def test_another_curve_is_not_taken_for_it(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)
