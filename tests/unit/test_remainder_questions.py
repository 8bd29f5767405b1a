"""The least number with given remainders, multiples counted, last digits, sums of n terms."""

from __future__ import annotations

import pytest
from asking import answer_of, solved, unanswered

from assistant.maths import terms as t
from assistant.maths.checking.tasks.congruences import check_least
from assistant.maths.reading import read_problem
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Undecided


def by_trying(low: int, *remainders: tuple[int, int]) -> str:
    """The least number by trying all, with no theory."""
    return str(next(n for n in range(low, 10**6) if all(n % m == r for m, r in remainders)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smallest positive integer n with n = 2 mod 3, n = 3 mod 5", by_trying(1, (3, 2), (5, 3))),
        ("smallest positive integer n such that n ≡ 2 (mod 3) and n ≡ 3 (mod 5)", "8"),
        ("今有物不知其数，三三数之剩二，五五数之剩三，七七数之剩二，问物几何？", "23"),
        ("十一十一数之剩三，五五数之剩二，问物几何", by_trying(1, (11, 3), (5, 2))),
        ("一个数除以3余2，除以5余3，除以7余2，求这个数的最小值", "23"),
        ("What is the smallest positive integer that leaves a remainder of 1 when divided by 2, "
         "2 when divided by 3 and 3 when divided by 4?", by_trying(1, (2, 1), (3, 2), (4, 3))),
        ("Find the smallest positive integer that leaves remainder 2 when divided by 3 and "
         "remainder 3 when divided by 5", "8"),
        ("find the smallest integer greater than 1 that leaves a remainder of 1 when divided by "
         "2, 3, 4, 5 and 6", by_trying(2, *((m, 1) for m in range(2, 7)))),
        ("find the smallest positive integer that leaves a remainder of 1 when divided by "
         "2, 3, 4, 5 and 6", "1"),
        ("smallest positive integer that is divisible by 4 and 6", "12"),
        ("一个数被3除余2，被5除余3，求满足条件的最小正整数", "8"),
        ("求除以3余2，除以5余3，除以7余2的最小正整数", by_trying(1, (3, 2), (5, 3), (7, 2))),
        ("一个正整数除以3余2，除以5余3，这个数最小是多少", "8"),
        ("求大于1且被2,3,4,5,6除都余1的最小整数", "61"),
        ("smallest positive integer n with n = 1 mod 2, n = 0 mod 4", "emptyset"),
        ("smallest positive integer that leaves remainder 7 when divided by 5", "emptyset"),
        ("last two digits of 7^2023", str(pow(7, 2023, 100))),
        ("7^2023的末两位数字", "43"),
        ("last 3 digits of 2^100", str(pow(2, 100, 1000))),
        ("how many 3-digit numbers are divisible by 7", str(len(range(105, 1000, 7)))),
        ("三位数中能被7整除的有多少个", "128"),
        ("能被7整除的三位数有多少个", "128"),
        ("how many two-digit numbers are multiples of 9", "10"),
        ("how many integers from 1 to 100 are divisible by 3", "33"),
        ("1到100中能被3整除的数有多少个", "33"),
        ("sum of the first n terms of a_n = 2n+1", "n*(n + 2)"),
        ("find the sum of the first n terms of the sequence a_n = 1/(n(n+1))", "n/(n + 1)"),
        ("find the sum of the first ten terms of a_n = 2^n", str(sum(2**n for n in range(1, 11)))),
        ("求数列a_n=2n+1的前n项和", "n*(n + 2)"),
    ],
)  # fmt: skip
def test_answers(text: str, expected: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert not any(isinstance(s.verdict, Refuted) for s in solution.steps)
    assert answer_of(solution) == expected


def test_zeros_in_front_are_told() -> None:
    solution = solved("last two digits of 7^2025")
    assert answer_of(solution) == "7"
    notes = read_problem("last two digits of 7^2025").notes
    assert any("zeros stand before it" in note.en for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        "last two digits of 3 - 2^10",
        "last two digits of x",
        "last two digits of pi",
        "last two digits of 12.5",
        "how many 3-digit numbers are divisible by 7 and 5",
        "how many 3-digit numbers are not divisible by 7",
        "how many 3-digit numbers are divisible by 0",
        "smallest positive integer n with n = 2 mod 3, m = 3 mod 5",
        "smallest positive integer that is prime and leaves remainder 2 when divided by 3",
        "在10到100之间能被5整除的数有多少个",
        "sum of the first n terms of a_n = 2a_{n-1}",
        "sum of the first n terms of a_n = k n",
    ],
)
def test_what_is_unclear_gets_no_answer(text: str) -> None:
    assert unanswered(text)


def test_a_larger_or_wrong_number_is_refuted() -> None:
    asked = read_problem("smallest positive integer n with n = 2 mod 3, n = 3 mod 5").request
    assert isinstance(check_least(asked, Draft(answer=t.integer(8))), Proved)
    for wrong in (t.integer(23), t.integer(9), t.integer(-7), t.Constant(t.ConstantName.EMPTY)):
        assert isinstance(check_least(asked, Draft(answer=wrong)), Refuted)
    assert isinstance(check_least(asked, Draft(answer=t.integer(10**9))), Undecided)
