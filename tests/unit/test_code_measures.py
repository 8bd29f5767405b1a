"""Points, times and line numbers are no results of a call."""

from __future__ import annotations

import pytest

from assistant.coding.examples.asked import examples_in


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("grade(95) returns [1, 2] in any order", 1),
        ("grade(95) returns [1, 2] in that order.", 1),
        ("grade(95) returns [1, 2] in order to please", 0),
        ("Points per test:\n- grade(95) = 10\n- grade(50) = 5\n", 0),
        ("Runtime: grade(95) = 10", 0),
        ("Runtimes in ms:\n- grade(95) = 10\n", 0),
        ("运行时间：grade(95) = 10", 0),
        ("Runtime is no matter. Examples: grade(95) = 10", 1),
        ("Convert seconds to minutes: grade(95) = 10", 1),
        ("Count the characters: grade(95) == 10", 1),
        ("把秒数转换为时间：grade(95) → 10", 1),
        ("把秒数转换为时间：\n- grade(95) → 10\n", 1),
        ("求字符串的长度：grade(95) → 10", 1),
        ("Convert seconds to durations:\n- grade(95) → 10\n", 1),
        ("每个测试的分值：\n- grade(95) → 10\n- grade(50) → 5\n", 0),
        ("Line numbers:\ngrade(95)  # 1\ngrade(50)  # 2\n", 0),
        ("Someone wrote it so that grade(95) == 12. Write a correct one.", 0),
        ("Unlike C, where grade(95) == 12, it takes texts.", 0),
        ("有人写的 grade(95) == 12，请改正。", 0),
        ("Write grade(s) that returns the points:\n- grade(95) = 10\n- grade(50) = 5\n", 2),
        ("Examples (n is the length):\n- grade(95) = 10\n", 1),
        ("分值：\n- grade(95) = 10\n示例：\n- grade(50) = 5\n", 1),
    ],
)
def test_points_of_tests_are_no_results(text: str, count: int) -> None:
    assert len(examples_in(text)) == count
