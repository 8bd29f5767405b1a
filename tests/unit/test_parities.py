"""Claims about odd and even numbers as sentences, and the bar that says divides."""

from __future__ import annotations

import pytest
from claiming import truth

from assistant.maths import terms as t
from assistant.maths.reading.problem import read_problem


@pytest.mark.parametrize(
    "text",
    [
        "Let n be an odd integer. Show that n^2 - 1 is divisible by 8.",
        "Assume that n is an odd integer. Show that 8 divides n^2-1.",
        "Suppose n is even. Prove that n^2 is divisible by 4.",
        "Show that if n is odd then n^2 - 1 is divisible by 8.",
        "For every odd n >= 3, show that n^2 - 1 is divisible by 8.",
        "Let n be an even positive integer. Show that 2^n is divisible by 4.",
        "Let n be a positive integer. Show that if n is even, then 2^n is divisible by 4.",
        "Prove that 2^n is divisible by 4 for every even positive integer n",
        "Let n be an odd natural number. Prove that 2^n + 1 is divisible by 3.",
        r"Let $n$ be an odd integer. Show that $n^2 - 1$ is divisible by $8$.",
        "设n为奇数，求证：n^2-1能被8整除。",
        "设 n 是奇数。证明 n²-1 能被 8 整除。",
        "设n为正偶数，求证：2^n 能被 4 整除。",
        "Prove that the square of any odd integer is odd.",
        "Show that the cube of an even number is divisible by 8.",
        "证明：任意奇数的平方除以8余1",
        "6 | n^3 - n",
        r"$6 \mid n^3 - n$",
        "6∣n^3-n",
        "6 ∤ n^2 + 1",
        "Prove that 6 | n^3 - n for all integers n.",
        "证明：对任意整数n，6∣n^3-n",
    ],
)
def test_what_holds_is_proved(text: str) -> None:
    assert truth(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "Let n be an even integer. Show that n^2 - 1 is divisible by 8.",
        "Let n be an odd integer. Show that n^2 - 1 is divisible by 16.",
        "Let n be an odd integer. Show that n^2 - 1 is not divisible by 8.",
        "Let n be an even natural number. Show that 2^n is divisible by 4.",  # 0 is one
        "Let n be an even integer. Show that n is divisible by 4.",
        "设 n 是偶数。证明 n²-1 能被 8 整除。",
        "Prove that the square of any odd integer is even.",
        "Show that the square of an even number is divisible by 8.",
        "12 | n^3 - n",
        "6 ∤ n^3 - n",
        "3 | 2n",
        "证明 7|n^3-n",
    ],
)
def test_what_fails_is_refuted(text: str) -> None:
    assert truth(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "Let n be an odd real number. Show that n^2 - 1 is divisible by 8.",
        "Let n be an odd integer. Show that m^2 - 1 is divisible by 8.",
        "Let n be an odd integer. Solve n^2 = 9.",
        "Let x be an odd integer. Find x + 1.",
        "Let n be an odd integer. Show that n^2 > 0.",
        "Let n be an odd integer. Show that n^2 is odd and n^2 - 1 is divisible by 16.",
        "Suppose that n is an odd prime. Show that n^2 - 1 is divisible by 8.",
        "Let n be an odd integer greater than 3. Show that n^2-1 is divisible by 120.",
        "Let n be an odd multiple of 3. Show that n is divisible by 9.",
        "Let f be an odd function. Show that f^2 is divisible by 8.",
        "Let n be a real number. Show that if n is odd, then n^2 - 1 is divisible by 8.",
        "If n is not odd, show that n^2 is divisible by 8.",
        "Suppose n is odd or even. Show that n^2 is divisible by 2.",
        "Let n be an odd integer and m an even integer. Show that n is divisible by 2.",
        "设 f 是奇函数，证明 f^2 能被 8 整除。",
        "设 n 不是奇数，证明 n^2 能被 8 整除。",
        "设 n 为奇数，解方程 n^2=9",
        "若 n 是奇质数，证明 n^2-1 能被 24 整除",
        "2|x = 6",
        "5 | 12",
        "Prove that the square of any odd prime is divisible by 3.",
        "Prove that the square of a number is even.",
    ],
)
def test_what_is_not_understood_is_no_claim(text: str) -> None:
    assert truth(text) is None


def test_bars_are_still_absolute_values() -> None:
    for text in ("2|x|", "2|x| = 6", "3|x| - 2", "2|x-1|+3"):
        assert any(n == "abs" for n in _calls(text)), text


def _calls(text: str) -> list[str]:
    operands = read_problem(text).request.operands
    return [n.name for o in operands for n in t.walk(o) if isinstance(n, t.Call)]


def test_the_odd_numbers_between_bounds_are_meant() -> None:
    request = read_problem("For every odd n >= 4, show that n^2 - 1 is divisible by 8.").request
    whole = t.Constant(t.ConstantName.INTEGERS)
    beyond = t.Interval(
        t.integer(2), t.Constant(t.ConstantName.INFINITY), low_open=False, high_open=True
    )
    assert request.domain == t.Call("intersection", (beyond, whole))
