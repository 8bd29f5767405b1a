"""How many divisors and subsets there are, throws of one die, and complex numbers by name."""

from __future__ import annotations

import pytest
from asking import proved

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("360的正因数有多少个", "24"),
        ("12有多少个因数", "6"),
        ("How many factors does 36 have?", "9"),
        ("number of divisors of 97", "2"),
        ("number of divisors of 1", "1"),
        ("集合{1,2,3}的真子集个数", "7"),
        ("集合{1,2,3}的非空真子集有多少个", "6"),
        ("How many subsets does {1,2,3,4} have?", "16"),
        ("How many proper subsets does {a,b} have?", "3"),
        ("求复数(1+2i)(3-i)", "5 + 5*i"),
        ("已知复数z=3+4i，求|z|", "5"),
        ("复数z=(1+i)^2，求|z|", "2"),
        ("若复数z满足z(1+i)=2，求z", "1 - i"),
        ("若实数x满足x^2=4，求x", "-2, 2"),
        ("What is the last digit of 7^2023?", "3"),
        ("7^2023的末位数字", "3"),
        ("A die is rolled twice. What is the probability that the sum is 7?", "1/6"),
        ("掷一枚质地均匀的骰子两次，两次点数之和为7的概率", "1/6"),
    ],
)
def test_it_is_counted(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "How many subsets does {1,1,2} have?",
        "How many subsets does {1,1.0} have?",
        "How many even subsets does {1,2} have?",
        "集合{a,1}的子集个数",
        "How many common factors do 12 and 18 have?",
        "How many factors does 1.5 have?",
        "How many factors does -6 have?",
        "360的质因数有多少个",
        "求复数3+4",
        "A die is rolled twice. What is the probability of getting a 6?",
    ],
)
def test_what_is_not_clear_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)
