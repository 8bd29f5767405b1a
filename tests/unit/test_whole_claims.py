"""Claims about all whole numbers: what is divisible, even or odd, and inequalities."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.tasks.whole_claims import check_whole_claim, decide
from assistant.maths.checking.verify import check_draft
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.problem import read_problem
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Refuted, Solution, Text, Trouble, Undecided
from assistant.maths.whole_claims import Claim, claimed

N = "n"


def _solved(text: str) -> Solution:
    found = solve(read_problem(text))
    assert isinstance(found, Solution), found
    return found


def _truth(text: str) -> bool:
    found = _solved(text)
    assert isinstance(found.verdict, Proved), (text, found.verdict)
    assert isinstance(found.answer.value, t.Truth)
    return found.answer.value.value


TRUE = [
    "Prove that n^3 - n is divisible by 6",
    "Prove that n^3 - n is divisible by 6 for all integers n",
    "Prove that for every integer n, n^3 - n is divisible by 6.",
    "prove that n^3 - n is divisible by -6",
    "证明 n^3-n 能被6整除",
    "对任意整数n，证明 n^2+n 是偶数",
    "证明对任意正整数n，n^3-n能被6整除",
    "证明：对任意的正整数n，3^(2n)-1能被8整除",
    "设n为整数，证明 n^2+n 是偶数",
    "已知n是正整数，求证 n^3-n 能被6整除",
    "prove n^2 + n is even for every integer n",
    "Let n be an integer. Prove that n^2 + n is even.",
    "is n^2+n even for every integer n?",
    "is n^2 + n always even?",
    "is it true that n^2+n is even for all integers n",
    "n^2+n 是偶数吗？",
    "show that 3^(2n) - 1 is divisible by 8 for all n >= 1",
    "show that 3^(2n) - 1 is divisible by 8 for all natural numbers n",
    "Prove that 11^n - 4^n is a multiple of 7",
    "Prove that 2^n is even for all integers n >= 1",
    "Prove by induction that 4^n + 15n - 1 is divisible by 9 for all positive integers n",
    "用数学归纳法证明：4^n+15n-1 能被9整除(n是正整数)",
    "Prove that 3^(2n+2) - 8n - 9 is divisible by 64",
    "prove that (-1)^n + 1 is even for all integers n",
    "prove that n(n+1)/2 is divisible by 1",
    "prove that n(n+1)(2n+1)/6 is a multiple of 1",
    "prove that n^5 - n is divisible by 30",
    "prove that the product of three consecutive integers is divisible by 6",
    "证明任意三个连续整数的积能被6整除",
    "Prove that the sum of five consecutive integers is divisible by 5",
    "Prove that n^2 + 1 is not divisible by 3",
    "Prove that 6 divides n^3 - n",
    "Prove that for all n in N, n^3 - n is divisible by 6",
    "Show that n^2 + n is an even number for all n∈Z",
    "证明：n∈N*，n^3-n能被6整除",
    "证明：当n为正整数时，n^3-n能被6整除",
    "试证：对一切正整数n，n^3+5n能被6整除",
    "求证：n(n+1)(2n+1)是6的倍数",
    "对于任意正整数n，7^n-1能被6整除",
    "7^n - 1 一定能被6整除吗？",
    "如果n是整数，那么n^2+n是偶数",
    "Does 3 divide n^3 + 2n for all positive integers n?",
    r"Prove that $n^3 - n$ is divisible by $6$ for all $n \in \mathbb{Z}$",
    r"Prove that \(n^3 - n\) is divisible by 6 for all integers \(n\).",
    r"证明对任意的 $n \in N^*$, $n^3-n$ 能被 6 整除",
    "If n is odd, prove that n^2 - 1 is divisible by 8",
    "Prove that if n is odd, then n^2 - 1 is divisible by 8",
    "Prove that n^2 is odd for all odd integers n",
    "若n是奇数，证明n^2-1能被8整除",
    "prove that n^2 leaves remainder 1 when divided by 8 if n is odd",
]
FALSE = [
    "Prove that n^2 + n + 1 is even for all integers n",
    "Prove that n^2 - 1 is divisible by 8",
    "prove that n(n+1)/2 is even",
    "is n^2 always even?",
    "证明 n^2+1 能被3整除",
    "Prove that n^2 - n + 41 is not divisible by 43",
    "prove that n^3 - n is divisible by 12",
    "prove that (2n+1)/2 is divisible by 1",
    "prove that n is not even for all integers n >= 5",
    "若n是偶数，证明n^2能被8整除",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_holds_for_all_whole_numbers_is_proved(text: str) -> None:
    assert _truth(text) is True


@pytest.mark.parametrize("text", FALSE)
def test_what_fails_for_one_of_them_is_refuted(text: str) -> None:
    assert _truth(text) is False


def test_a_natural_number_may_begin_with_1() -> None:
    found = _solved("show that 2^n is even for all natural numbers n")
    assert isinstance(found.verdict, Proved)
    assert [s.en for s in found.answer.said] == ["false for {0}, but true for every {1}"]
    plain = _solved("show that 2^n is divisible by 4 for all natural numbers n")
    assert isinstance(plain.verdict, Proved)
    assert plain.answer.said == ()  # wrong for 1 too


def test_powers_with_negative_exponents_are_no_whole_numbers() -> None:
    found = _solved("prove that 3^n - 1 is divisible by 2 for all integers n")
    assert isinstance(found.verdict, Proved)
    assert found.answer.value == t.Truth(value=False)
    assert found.answer.said
    shifted = _solved("prove that 2^(n-1) is divisible by 1 for all natural numbers n")
    assert shifted.answer.value == t.Truth(value=False)


def test_it_is_told_which_numbers_are_meant() -> None:
    def notes(text: str) -> list[str]:
        return [note.en for note in _solved(text).notes]

    assert "{0} stands for whole numbers" in notes("Prove that n^3 - n is divisible by 6")
    assert "{0} stands for 0, 1, 2, …" in notes("Prove that 11^n - 4^n is divisible by 7")


@pytest.mark.parametrize(
    "text",
    [
        "prove that n^3 - n is divisible by 0",
        "prove that n^3 - n is divisible by 6 for all real numbers n",
        "prove that n^3 - n is divisible by 6 for all n in R",
        "is n^3 - n divisible by 6 for all real n?",
        "对任意实数n，证明 n^2+n 是偶数",
        "prove that sqrt(n) is even for all integers n",
        "prove that 2^(n^2) is even for all n >= 1",
        "prove that 0^n is even",
        "prove that n^n is even",
        "prove that 1/n is even",
    ],
)
def test_what_is_not_understood_is_not_answered(text: str) -> None:
    try:
        found = solve(read_problem(text))
    except ReadingError:
        return
    assert isinstance(found, Trouble) or not isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    "text",
    [
        "prove that n^3 - n is divisible by 1000003",
        "prove that 3^(10^9*n) - 1 is divisible by 999983",
        "prove that n^60 - n^2 is divisible by 9999991",
        "prove that 7^(n+10^12) - 1 is divisible by 10^40",
        "prove that (n+1)^60 (n+2)^60 is divisible by 2^60",
    ],
)
def test_large_numbers_end_in_time(text: str) -> None:
    began = time.monotonic()
    solve(read_problem(text))
    assert time.monotonic() - began < 10


def test_a_letter_with_a_value_leaves_a_statement_of_numbers() -> None:
    assert _truth("prove that n^2+3n+2 is divisible by 2 for n = 5") is True
    assert _truth("let n = 5. prove that n^2 is even") is False


def test_what_is_given_is_no_question() -> None:
    """能被…整除 in a condition is none."""
    found = read_problem("多项式 x^2+ax+6 能被 x-2 整除，求a的值")
    assert found.more == ()
    assert found.definitions
    with pytest.raises(ReadingError):
        read_problem("已知整数n能被3整除。证明n^2能被9整除")


INEQUALITIES = [
    ("Prove that 2^n >= n + 1 for all n in N", True),
    ("Prove that n^2 >= n for all integers n", True),
    ("Prove n^2 >= n for integers n", True),
    ("证明 n^2 ≥ n，其中 n 是整数", True),
    ("证明 n^2 >= n，n 为整数", True),
    ("证明 x^2 >= x 对任意整数x成立", True),
    ("Prove that n^2 > n for all integers n >= 2", True),
    ("Prove that n^2 > n for all integers n", False),
    ("prove that n^3 >= n for all positive integers n", True),
    ("prove that n^3 >= n for all integers n", False),
    ("prove that n^2 - 21n + 110 >= 0 for all integers n", True),
    ("prove that n^2 - 21n + 109 >= 0 for all integers n", False),
    ("Prove that 2^n > n for all natural numbers n", True),
    ("Prove by induction that 2^n > n^2 for all integers n >= 5", True),
    ("用数学归纳法证明：对任意整数 n>=5，2^n > n^2", True),
    ("Prove that 2^n > n^2 for all integers n >= 1", False),
    ("prove that 3^n >= 2n + 1 for all natural numbers n", True),
    ("prove that 2^n > 100n for all integers n >= 10", True),
    ("prove that 2^n > 100n for all integers n >= 9", False),
]


@pytest.mark.parametrize(("text", "holds"), INEQUALITIES)
def test_inequalities_between_whole_numbers(text: str, *, holds: bool) -> None:
    assert _truth(text) is holds


SUMS = [
    ("Prove by induction that 1+2+...+n = n(n+1)/2", True),
    ("Prove that 1 + 2 + 3 + … + n = n(n+1)/2 for all positive integers n", True),
    ("证明 1^2+2^2+…+n^2 = n(n+1)(2n+1)/6", True),
    ("用数学归纳法证明：1+3+5+…+(2n-1)=n^2", True),
    ("Prove that 1 + 2 + 4 + ... + 2^n = 2^(n+1) - 1", True),
    ("prove 1/(1*2) + 1/(2*3) + ... + 1/(n(n+1)) = n/(n+1)", True),
    ("Use mathematical induction to prove that 1 + 2 + ... + n = n(n+1)/2 for all n >= 1", True),
    ("对任意正整数n，证明1+2+…+n=n(n+1)/2", True),
    ("Prove that 1 + 2 + ... + n = n^2", False),
    ("Prove that 1 + 2 + 4 + ... + 2^n = 2^n - 1", False),
    (r"Prove that $1^3 + 2^3 + \cdots + n^3 = n^2(n+1)^2/4$", True),
]


@pytest.mark.parametrize(("text", "holds"), SUMS)
def test_closed_forms_of_sums(text: str, *, holds: bool) -> None:
    assert _truth(text) is holds


def test_real_numbers_are_still_real() -> None:
    assert _truth("对任意实数x，证明 x^2+1>0") is True
    assert _truth("证明: 对一切实数 x, x^2+x+1>0 恒成立") is True
    assert _truth("Prove that x^2 >= x for all real numbers x") is False


def test_numbers_and_known_letters_are_asked_about_as_before() -> None:
    assert read_problem("Is 12 even?").request.topic == "is_even"
    assert read_problem("let n = 5. is n^2 even?").request.topic == "is_even"
    assert read_problem("3x - 2 = 7. is x even?").request.topic == "is_even"
    assert read_problem("is 91 divisible by 7").request.topic == "is_factor"


def _claim(text: str) -> Claim:
    found = claimed(read_problem(text).request)
    assert found is not None
    return found


def test_the_check_believes_no_wrong_answer() -> None:
    for text in TRUE[:20]:
        request = read_problem(text).request
        wrong = Draft(answer=t.Truth(value=False), text="False")
        assert not isinstance(check_whole_claim(request, wrong), Proved), text
    for text in FALSE:
        request = read_problem(text).request
        wrong = Draft(answer=t.Truth(value=True), text="True")
        assert not isinstance(check_draft(request, wrong).verdict, Proved), text
    request = read_problem("show that 2^n is divisible by 4 for all natural numbers n").request
    said = Draft(answer=t.Truth(value=False), said=(Text("true from 1 on", "从 1 起成立"),))
    assert isinstance(check_whole_claim(request, said), Undecided)


BODIES: dict[str, Callable[[int], int]] = {
    "n^2+n": lambda n: n**2 + n,
    "n^3-n": lambda n: n**3 - n,
    "n^2-1": lambda n: n**2 - 1,
    "2^n": lambda n: 1 << n,
    "3^n-1": lambda n: int(3**n) - 1,
    "4^n+15n-1": lambda n: int(4**n) + 15 * n - 1,
    "n*2^n": lambda n: n << n,
    "6^n-n": lambda n: int(6**n) - n,
    "2^(n+3)-n^2": lambda n: (8 << n) - n**2,
}


@pytest.mark.parametrize("body", BODIES)
def test_the_check_agrees_with_trying_many_numbers(body: str) -> None:
    for modulus in (1, 2, 3, 4, 6, 8, 9, 12):
        claim = _claim(f"prove that {body} is divisible by {modulus} for all n >= 3")
        tried = all(BODIES[body](n) % modulus == 0 for n in range(3, 60))
        assert isinstance(decide(claim), Proved if tried else Refuted), (body, modulus)
