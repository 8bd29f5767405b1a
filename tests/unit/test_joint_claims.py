"""Claims about the remainders of polynomials in several whole numbers."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from claiming import truth

from assistant.maths import terms as t
from assistant.maths.checking.tasks.joint_claims import check_joint_claim
from assistant.maths.reading.problem import read_problem
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved

if TYPE_CHECKING:
    from collections.abc import Callable


TRUE = [
    "Prove that the sum of two odd integers is even.",
    "Prove that the product of two odd numbers is odd",
    "Prove that the product of any two even numbers is divisible by 4",
    "Prove that the difference of two odd integers is even",
    "证明：两个奇数的和是偶数",
    "证明：任意两个奇数的积是奇数",
    "Prove that a b (a - b) is even",
    "Prove that 2 | a b (a + b)",
    "Prove that a b (a^2 - b^2) is divisible by 6",
    "Prove that a b (a + b)/2 is a multiple of 1",
    "证明 ab(a+b) 是偶数",
]
FALSE = [
    "Prove that the sum of two odd integers is divisible by 4",
    "Prove that the sum of two odd integers is odd",
    "Prove that the product of two even numbers is divisible by 8",
    "Prove that a^2 - b^2 is divisible by 3",
    "Prove that a b (a + b)/2 is even",
    "Prove that a^2 + b^2 + c^2 is not divisible by 8",
    "证明：两个偶数的和能被4整除",
]
OPEN = [
    "Prove that a^n - b^n is divisible by 3",
    "Prove that a^2 + b^2 is never divisible by 1000",
    "Prove that a/b is even",
    "Prove that sqrt(a b) is even",
    "Prove that a b c d is even",
    "Prove that a b is even for all real numbers a",
    "Prove that the sum of two odd primes is divisible by 4",
    "Prove that the sum of two numbers is even",
    "Prove that the sum of two odd functions is even",
    "Prove that the sum of an odd and an even number is even",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_holds_is_proved(text: str) -> None:
    assert truth(text) is True


@pytest.mark.parametrize("text", FALSE)
def test_what_fails_is_refuted(text: str) -> None:
    assert truth(text) is False


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_known_is_not_told(text: str) -> None:
    assert truth(text) is None


@pytest.mark.parametrize("text", [*TRUE, *FALSE])
def test_the_check_believes_no_wrong_answer(text: str) -> None:
    wrong = Draft(answer=t.Truth(value=text in FALSE))
    assert not isinstance(check_joint_claim(read_problem(text).request, wrong), Proved)


BODIES: dict[str, Callable[[int, int], int]] = {
    "a^2+b^2": lambda a, b: a * a + b * b,
    "a*b": lambda a, b: a * b,
    "a*b*(a+b)": lambda a, b: a * b * (a + b),
    "a^3-b^3": lambda a, b: a**3 - b**3,
    "4a+6b": lambda a, b: 4 * a + 6 * b,
    "(a-b)(a-b+1)": lambda a, b: (a - b) * (a - b + 1),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("modulus", [1, 2, 3, 4, 6, 7])
def test_the_check_agrees_with_trying_many_numbers(body: str, modulus: int) -> None:
    request = read_problem(f"prove that {body} is divisible by {modulus}").request
    tried = all(BODIES[body](a, b) % modulus == 0 for a, b in product(range(-8, 9), repeat=2))
    for value in (True, False):
        verdict = check_joint_claim(request, Draft(answer=t.Truth(value=value)))
        assert isinstance(verdict, Proved) is (value is tried)
