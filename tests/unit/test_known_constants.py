"""Sentences that tell what i, e and π are anyway change nothing, wherever they stand."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ("设 i 是虚数单位，求 (1+i)^2", "求 (1+i)^2"),
        ("已知i为虚数单位，计算(1+i)/(1-i)", "计算(1+i)/(1-i)"),
        ("已知复数z=1+i，其中i为虚数单位，求|z|", "已知复数z=1+i，求|z|"),
        ("若复数z=1+2i（i为虚数单位），则z的虚部为", "若复数z=1+2i，则z的虚部为"),
        ("(1+i)^2，其中i为虚数单位", "(1+i)^2"),
        ("Let i be the imaginary unit. Find (1+i)^2", "Find (1+i)^2"),
        ("Find (2+3i)(1-i), where i is the imaginary unit.", "Find (2+3i)(1-i)."),
        ("设函数f(x)=x e^x（e为自然对数的底数），求f'(x)", "设函数f(x)=x e^x，求f'(x)"),
        ("f(x)=ln x，其中e=2.71828…是自然对数的底数，求f(e)", "f(x)=ln x，求f(e)"),
        ("Let e be Euler's number. Find ln(e^2)", "Find ln(e^2)"),
        ("计算 sin(π/6)，其中π为圆周率", "计算 sin(π/6)"),
    ],
)
def test_the_meaning_of_a_constant_is_no_part_of_a_problem(told: str, plain: str) -> None:
    with_words, without = read_problem(told), read_problem(plain)
    assert with_words.request == without.request
    assert with_words.definitions == without.definitions


def test_another_meaning_is_one() -> None:
    assert read_problem("设i=4，求i^2").request != read_problem("求i^2").request
