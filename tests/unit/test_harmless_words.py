"""A mark of proof stands only beside words that leave the formula as it is."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.reading.claims.harmless import is_harmless
from assistant.maths.types import Proved, Refuted, Supported, Undecided, Work

DENIALS = [
    "So $x=2$ cannot be the solution.",
    "Hence there is no solution $x=2$",
    "Nobody believes that $x=2$.",
    "$x=2$ is a spurious root.",
    "So we can drop $x=2$.",
    "All but $x=2$ are solutions.",
    "We have to leave $x=2$ aside.",
    "x = 2 (spurious)",
    r"$x=2 \text{ is a trap}$",
    "因此 $x=2$ 无解。",
    "$x=2$ 应剔除",
    "$x=2$ 非原方程的解",
    "$x=2$ 要去掉",
    "$x=2$ 没有意义",
    "x=2 只是猜测",
]
FOLLOWS = [
    "So $x=2$.",
    "Therefore, subtracting 1 from both sides, we get $x=2$.",
    "The solution is $x=2$.",
    "x = 2 (subtract 1)",
    "移项得 $x=2$。",
    "所以方程的解是 x=2",
]
DENIED_SUMS = [
    "It is wrong to write $2+2={}$.",
    "$2+2={}$ 是错误的。",
    "$2+2={}$ 这一步是错的。",
    "Therefore $2+2={}$ is false.",
    "Nobody believes that $2+2={}$.",
    "2+2={} (wrong)",
    "2 + 2 = {} is not true",
]
NOT_OF_THE_SUM = [
    "So $25 - 1 = 24$, which is not a perfect square.",
    "The customers who did not return them are 1000 x 0.63 = 630.",
    "She makes 12 x 3 = 36 mistakes.",
]


@pytest.mark.parametrize("line", DENIALS)
def test_words_that_are_not_known_take_the_mark_away(line: str) -> None:
    mark = check_work(Work("", ("$x+1=3$", line))).marks[1]
    assert isinstance(mark.verdict, Undecided), mark


@pytest.mark.parametrize("line", FOLLOWS)
def test_known_words_keep_it(line: str) -> None:
    mark = check_work(Work("", ("$x+1=3$", line))).marks[1]
    assert isinstance(mark.verdict, Proved), mark


@pytest.mark.parametrize("line", DENIED_SUMS)
def test_a_denied_sum_is_neither_right_nor_wrong(line: str) -> None:
    for value in "45":
        mark = check_work(Work("", (line.format(value),))).marks[0]
        assert not isinstance(mark.verdict, Proved | Supported | Refuted), mark


@pytest.mark.parametrize("line", NOT_OF_THE_SUM)
def test_a_denial_of_something_else_takes_nothing(line: str) -> None:
    assert isinstance(check_work(Work("", (line,))).marks[0].verdict, Supported)


@pytest.mark.parametrize("line", ["no solution", "无解"])
def test_to_have_no_solution_is_an_answer(line: str) -> None:
    assert isinstance(check_work(Work("", ("x+1=x+2", line))).marks[1].verdict, Proved)


@pytest.mark.parametrize(
    "words", ["so, we get", "移项并合并同类项，得", "", "we have $ $ as not only"]
)
def test_harmless(words: str) -> None:
    assert is_harmless(words)


@pytest.mark.parametrize("words", ["so not", "得不到", "all but", "unheard of", "неверно", "莫非"])
def test_not_known_to_be_harmless(words: str) -> None:
    assert not is_harmless(words)


@pytest.mark.parametrize(
    "line",
    [
        "If $n = 3$, then $m = 123$, and the GCD of $2m = 246$ and $3n = 9$ is $9$.",
        "So $x = 4$ and the product of the roots is $7$.",
        "所以 $x = 4$，两根的积为 $7$。",
    ],
)
def test_a_value_that_words_claim_is_not_passed_over(line: str) -> None:
    marks = check_work(Work("", ("$m = 41n$" if "GCD" in line else "$2x = 8$", line))).marks
    assert not isinstance(marks[1].verdict, Proved)
