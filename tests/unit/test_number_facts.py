"""Facts about whole numbers that a worked line states in words."""

from __future__ import annotations

import time

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.reading.claims.facts import facts
from assistant.maths.types import Work, verdict_word


def _word(line: str, *before: str) -> str:
    report = check_work(Work("", (*before, line)))
    return verdict_word(report.marks[-1].verdict)


@pytest.mark.parametrize(
    "line",
    [
        "2, 3 and 5 are prime",
        "So 7 is a prime number.",
        "$7$ is prime",
        "7 divides 21 and 28 and 3 is prime",
        "12 is a multiple of 3, 4, and 5 is prime",
        "7 divides 21 and 28 and 3 are coprime",
        "91 is not prime",
        "4 and 9 are not prime",
        "4 and 9 are composite numbers",
        "4 is even and 9 is odd",
        "0 is even",
        "16 and 25 are perfect squares",
        "12 is divisible by 3 and 4",
        "12 and 18 are multiples of 6",
        "1, 2, 3 are factors of 12",
        "3 divides 12",
        "5 does not divide 12",
        "8 and 15 are coprime",
        "The factors of 12 are 1, 2, 3, 4, 6, 12",
        "Some factors of 12 are 2 and 3",
        "The factors of 12 include 4",
        "The prime factors of 60 are 2, 3 and 5",
        "The prime factors of 60 are 2, 2, 3, 5",
        "The primes less than 10 are 2, 3, 5 and 7.",
        "The gcd of 12 and 18 is 6",
        "The least common multiple of 4, 6 and 10 is 60",
        "2 和 3 都是质数",
        "9不是素数",
        "12能被3整除",
        "12 不能被 5 整除",
        "12的因数有1,2,3,4,6,12",
        "8 和 15 互质",
        "8 和 12 不互质",
        "12和18的最大公因数是6",
        "12和18的最小公倍数是36",
        "12是3的倍数",
        "3是12的约数",
    ],
)
def test_true_facts_are_proved(line: str) -> None:
    assert _word(line) == "proved"


@pytest.mark.parametrize(
    "line",
    [
        "2, 3 and 9 are prime",
        "1 is prime",
        "91 is prime",
        "7 is not prime",
        "0 is odd",
        "4 is even and 8 is odd",
        "15 is a perfect square",
        "12 is divisible by 5",
        "5 is a factor of 12",
        "12 is a factor of 3",
        "5 divides 12",
        "3 does not divide 12",
        "8 and 12 are coprime",
        "The factors of 12 are 1, 2, 5",
        "The prime factors of 60 are 2, 3, 4",
        "The primes less than 10 are 2, 3, 5, 7, 9",
        "The gcd of 12 and 18 is 3",
        "The lcm of 12 and 18 is 72",
        "2、3、4都是质数",
        "12能被5整除",
        "8 和 12 互质",
        "8 和 15 不互质",
        "12和18的最大公约数是3",
        "3是12的倍数",
    ],
)
def test_false_facts_are_refuted(line: str) -> None:
    assert _word(line) == "refuted"


@pytest.mark.parametrize(
    "line",
    [
        "The factors of 12 are 3 and 4",  # of a product, perhaps
        "The factors of 12 are 1, 2, 3, …",
        "12的因数有1,2,3",
        "The primes less than 10 are 2, 3, 5",
        "The prime factors of 60 are 2, 2, 2, 3, 5",
        "2 and 9 are not prime",
        "2 and 9 are not both prime",
        "6, 10 and 15 are coprime",
        "12 and 9 are divisible by 4 and 3",
        "12 is divisible by 0",
        "0 is a factor of 12",
        "2,345 are odd",
        "2,345都是奇数",
        "If 9 is prime, we are done",
        "Suppose 9 is prime",
        "9 is prime?",
        "Is 9 prime",
        "It is false that 9 is prime",
        "Tom says that 9 is prime",
        "-3 and 5 are even",
        "2.5 is even",
        "2^9 is odd",
        "n = 4 is odd",
        "9 is almost prime",
        "9 is prime to 4",
        "9 is a prime example",
        "15 is a perfect square root",
        "若9是质数",
        "9是质数吗",
        "小明说9是质数",
        "7整除21，28，3是质数",
    ],
)
def test_nothing_is_decided_on_a_guess(line: str) -> None:
    assert _word(line) == "undecided"


def test_a_contradiction_may_be_false() -> None:
    assert _word("3 is even", "Suppose for contradiction that n is odd and even.") == "undecided"


def test_long_lines_end_in_time() -> None:
    began = time.monotonic()
    for line in (
        "2 and " * 300 + "3 are prime",
        "7 divides 21 and " * 17 + "3 is prime",
        "2, " * 90 + "3 are prime",
        "all of the " * 20 + "3 are prime",
        "2 is even and " * 20 + "3 is",
        "999999999999999989 is prime and 999999999999999999 is prime",
        "the factors of 999999999989 are 1, 999999999989",
    ):
        facts(line)
        _word(line)
    assert time.monotonic() - began < 5
