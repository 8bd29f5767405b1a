"""Examples that stand in the rows of a table."""

from __future__ import annotations

import pytest

from assistant.coding.examples.asked import Example, examples_in
from assistant.coding.examples.pairs import Pair

ADD = [Example("add(1, 2)", "3", loose=True), Example("add(-1, 1)", "0", loose=True)]
RULE = "|---|---|\n"


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (f"| call | result |\n{RULE}| add(1, 2) | 3 |\n| `add(-1, 1)` | `0` |", ADD),
        ("| a | b | add(a, b) |\n|--|:-:|--:|\n| 1 | 2 | 3 |\n| -1 | 1 | 0 |", ADD),
        ("n | f(n)\n--|--\n2 | 4", [Example("f(2)", "4", loose=True)]),
        ("| 调用 | 实际 | 期望 |\n|-|-|-|\n| add(1, 2) | -1 | 3 |", ADD[:1]),
        (f"| 输入 | 输出 |\n{RULE}| [1, 2] | 3 |", [Pair("[1, 2]", "3", inline=True)]),
        (f"| Input | Expected output |\n{RULE}| 3 | 9 |", [Pair("3", "9", inline=True)]),
    ],
)
def test_the_rows_of_a_table_are_examples(table: str, found: list[object]) -> None:
    assert list(examples_in(f"Write it.\n\n{table}\n\nNothing else.")) == found


@pytest.mark.parametrize(
    "table",
    [
        f"| call | actual |\n{RULE}| add(1, 2) | -1 |",
        f"| call | now |\n{RULE}| add(1, 2) | -1 |",
        f"| Name | Age |\n{RULE}| Bob | 9 |",
        f"| call | what it does |\n{RULE}| add(1, 2) | adds |",
        "| a | b | and(b, c) |\n|-|-|-|\n| 1 | 2 | 3 |",
        "| call | result |\n| add(1, 2) | 3 |",
        f"| call | result |\n{RULE}| add(1, 2) | 3 | 4 |",
        "It gives wrong results now:\n" + f"| call | result |\n{RULE}| add(1, 2) | -1 |",
    ],
)
def test_other_tables_are_none(table: str) -> None:
    assert examples_in(f"Write it.\n\n{table}\n") == ()


def test_a_name_with_c_types_before_a_call_is_no_call() -> None:
    asked = "写一个函数 int gcd(int a, const int *b, int m[][3])，gcd(12, 18) 返回 6"
    assert list(examples_in(asked)) == [Example("gcd(12, 18)", "6", loose=True)]


def test_near_is_told_by_a_sign() -> None:
    assert list(examples_in("f(2) ≈ 1.41")) == [Example("f(2)", "1.41", loose=True)]
