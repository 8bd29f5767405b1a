"""Inequalities with factorials for whole numbers, by the growth of both sides."""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

import pytest
from claiming import truth

from assistant.maths import terms as t
from assistant.maths.checking.tasks.whole_inequalities import holds_for_whole
from assistant.maths.checking.verify import check_draft
from assistant.maths.reading.problem import read_problem
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted
from assistant.maths.whole_claims import counted

if TYPE_CHECKING:
    from collections.abc import Callable


TRUE = [
    "Show that n! > 2^n for n >= 4",
    "Prove by induction that n! > 2^n for all integers n >= 4.",
    "用数学归纳法证明：当n≥4时，n!>2^n",
    "Prove that n! >= 2^(n-1) for all n >= 1",
    "Prove that n! >= n",
    "Prove that 2^n < n! for all n >= 4",
    "Prove that n! > 3^n for n >= 7",
    "Prove that n! > n^3 for n >= 6",
    "Prove that (2n)! > 2^n n! for n >= 2",
    "Prove that (2n)!/(n!)^2 < 4^n for n >= 1",
    "Prove that (2n)!/(n!)^2 > 4^n/(2n+1) for n >= 1",
    "Prove that (n+1)! > 2^(n+3) for n >= 5",
    "Prove that (n-3)! > 2^n for n >= 12",
    "Prove that 1/n! <= 1/2^(n-1) for n >= 1",
    "Prove that 3^n >= 2^n * n for all integers n >= 0",
    "证明：对任意正整数n，n! ≥ 2^(n-1)",
]
FALSE = [
    "Prove that n! > 2^n for n >= 3",
    "Prove that n! > 2^n for all positive integers n",
    "Prove that n! > 2^n",
    "Prove that n! < 2^n for n >= 4",
    "Prove that n! > 1000^n for n >= 1",
    "Prove that n! > 3^n for n >= 6",
    "Prove that n! > n^3 for n >= 5",
    "Prove that n! > n for n >= 2",
    "Prove that (2n)!/(n!)^2 > 4^n for n >= 1",
    "Prove that (n-3)! > 2^n for n >= 3",
    "Prove that 1/n! < 1/2^(n-1) for n >= 1",
    "Prove that 2^n >= 3^n for all integers n >= 0",
    "证明：当n≥3时，n!>2^n",
]
OPEN = [
    "Prove that n! <= n^n for n >= 1",
    "Prove that n! > 1000^n for n >= 3000",
    "Prove that n! >= 2^n for n >= -3",
    "Prove that (-2)^n < n! for n >= 4",
    "Prove that n! > 2^n for n <= 3",
    "Prove that n! > 2^m for n >= 4",
    "Prove that (n^2)! > 2^n for n >= 4",
    "Prove that (n/2)! > 2^n for n >= 40",
    "Prove that (10-n)! >= 1 for n >= 1",
    "Prove that sin(n) < n! for n >= 1",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_holds_from_a_number_on_is_proved(text: str) -> None:
    assert truth(text) is True


@pytest.mark.parametrize("text", FALSE)
def test_what_fails_for_a_number_is_refuted(text: str) -> None:
    assert truth(text) is False


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_known_is_not_told(text: str) -> None:
    assert truth(text) is None


@pytest.mark.parametrize("text", [*TRUE, *FALSE])
def test_the_check_believes_no_wrong_answer(text: str) -> None:
    wrong = Draft(answer=t.Truth(value=text in FALSE))
    assert not isinstance(check_draft(read_problem(text).request, wrong).verdict, Proved)


SIDES: dict[str, Callable[[int], Fraction | int]] = {
    "n!": factorial,
    "2^n": lambda n: 1 << n,
    "3^(n-1)": lambda n: int(3 ** (n - 1)),
    "n^4": lambda n: n**4,
    "(n+2)!/30": lambda n: Fraction(factorial(n + 2), 30),
    "n^2*2^n": lambda n: n * n << n,
    "7": lambda _: 7,
    "(n-2)^2*3^n": lambda n: (n - 2) ** 2 * int(3**n),
}


@pytest.mark.parametrize("more", SIDES)
@pytest.mark.parametrize("less", [s for s in SIDES if s != "7"])
def test_the_check_agrees_with_trying_many_numbers(more: str, less: str) -> None:
    for start in (1, 2, 3, 5, 8, 14):
        for op in (">", ">="):
            text = f"prove that {more} {op} {less} for all integers n >= {start}"
            request = read_problem(text).request
            statement = request.operands[0]
            domain = counted(statement, request.domain) or request.domain
            tried = all(
                SIDES[more](n) > SIDES[less](n) or (op == ">=" and SIDES[more](n) == SIDES[less](n))
                for n in range(start, 90)
            )
            match holds_for_whole(statement, domain):
                case Proved():
                    assert tried, text
                case Refuted():
                    assert not tried, text
