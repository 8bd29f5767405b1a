"""Numbers that a question means are used by what answers it, or the question is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.checking.verify import check_answer
from assistant.maths.checking.work import check_work
from assistant.maths.domains import TOPICS, USED, is_used
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve, solve_request
from assistant.maths.types import (
    AnswerClaim,
    Proved,
    Refuted,
    Request,
    Solution,
    Task,
    Trouble,
    Undecided,
    Work,
)

X = t.Symbol("x")
INTEGERS = t.Constant(t.ConstantName.INTEGERS)
FROM_0_TO_9 = t.Interval(t.integer(0), t.integer(9), low_open=False, high_open=False)
DOMAINS = (
    FROM_0_TO_9,
    INTEGERS,
    t.Call("intersection", (FROM_0_TO_9, INTEGERS)),
    t.Constant(t.ConstantName.RATIONALS),
    t.Constant(t.ConstantName.COMPLEXES),
)


@pytest.mark.parametrize("task", list(Task))
def test_a_task_that_does_not_say_that_it_uses_a_domain_neither_answers_nor_decides(
    task: Task,
) -> None:
    for domain in DOMAINS:
        request = Request(task=task, operands=(X,), variables=("x",), domain=domain)
        if is_used(request):
            assert task in USED
            continue
        refused = solve_request(request)
        assert isinstance(refused, Trouble)
        assert "not understood for this kind of question" in refused.message.en
        assert isinstance(check_answer(request, Draft(answer=X, steps=())), Undecided)


def test_what_is_not_named_uses_no_domain() -> None:
    unnamed = [task for task in Task if task not in USED]
    assert Task.MATRIX in unnamed
    for task in unnamed:
        for domain in (*DOMAINS, t.Constant(t.ConstantName.REALS)):
            assert not is_used(Request(task=task, operands=(X,), domain=domain))
    assert all(isinstance(topic, str) for topic in TOPICS)


@pytest.mark.parametrize(
    "text",
    [
        "Prove x^2 >= 0 over the complex numbers",
        "Find the values of k for which x^2 + kx + 9 = 0 has two distinct positive roots",
        "For which k does x^2 + kx + 9 = 0 have two distinct roots in the interval [0, 10]?",
        "Find the values of k for which x^2 + kx + 9 = 0 has equal roots, k > 0",
        "Find the integer values of k for which x^2 + kx + 9 = 0 has no real roots",
        "Find the limit of |x|/x as x -> 0 for positive x",
        "求 sin(nπ) 当 n→∞ 时的极限，n 为正整数",
        "Write -1 - i in polar form in the interval [0, 2pi)",
        "factor x^2 + 1 over the complex numbers",
        "Find the eigenvalues of [[0,1],[-1,0]] over the reals",
        "Find integer solutions of x^2 - 2y^2 = 1",
        "How many integer solutions does x^2 + y^2 = 25 have?",
        "A = {1, a}, B = {1, 2}. Find A ∩ B",
        "A = {y | y = x^2}, B = {1}. Find A ∪ B",
        "Find the arc length of y = i x from 0 to 2",
        "Find the volume when y = i x is rotated about the x-axis from x = 0 to 2",
    ],
)
def test_no_answer_to_another_question(text: str) -> None:
    try:
        found = solve(read_problem(text))
    except ReadingError:
        return
    assert isinstance(found, Trouble), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Find the values of k for which x^2 + kx + 9 = 0 has equal roots", "{-6, 6}"),
        ("Is x > 3 for positive integers x?", "false"),
        ("证明 n^2 ≥ n，其中 n 是正整数", "true"),
        ("Simplify sqrt(n^2) where n is a positive integer", "n"),
        ("Simplify sqrt(x^2) sqrt(y^2) for positive x", "x*|y|"),
        ("Solve x^4 = 16 over the complex numbers", "2, -2, -2*i, 2*i"),
        ("Solve x^2 = 9 over the complex numbers", "-3, 3"),
        ("在实数范围内分解因式 x^4 - 4", "(x - sqrt(2))*(x + sqrt(2))*(x^2 + 2)"),
        ("integrate 1/x for x > 0", "ln(|x|)"),
        ("What is the sum of the roots of sqrt(x)^4 - 1 = 0", "1"),
        ("What is the product of the roots of x^3/x - x = 0", "1"),
        ("What is the sum of the roots of (x-1)(x+2) = 3x/2", "1/2"),
        ("Find the volume when y = x is rotated about the x-axis from x = 1 to 0", "pi/3"),
    ],
)
def test_what_is_used_is_still_answered(text: str, expected: str) -> None:
    found = solve(read_problem(text))
    assert isinstance(found, Solution), found
    assert isinstance(found.verdict, Proved)
    assert sorted(answer_text(found).split(", ")) == sorted(expected.split(", "))


def test_a_length_has_no_direction() -> None:
    there, back = (read_problem(f"Find the arc length of y = x^2 from {e}").request
                   for e in ("0 to 1", "1 to 0"))  # fmt: skip
    assert there == back


def test_the_real_solutions_are_not_proved_to_be_all_complex_ones() -> None:
    request = read_problem("Solve x^3 = 8 over the complex numbers").request
    real = t.Collection(t.Bracket.SET, (t.integer(2),))
    assert isinstance(check_answer(request, Draft(answer=real, steps=())), Undecided)
    alone = replace(request, domain=None)
    assert isinstance(check_answer(alone, Draft(answer=real, steps=())), Proved)


@pytest.mark.parametrize("text", ["x^4 + 1", "x^2 - 2"])
def test_what_has_real_factors_is_not_proved_to_have_none(text: str) -> None:
    request = read_problem(f"Factor {text} over the reals").request
    whole = Draft(answer=request.operands[0], steps=())
    assert isinstance(check_answer(request, whole), Undecided)


@pytest.mark.parametrize(
    ("problem", "lines", "verdicts"),
    [
        ("Simplify sqrt(x^2) where x is negative", ["-x"], [Undecided]),
        ("化简 sqrt(x^2)，x 为负数", ["-x"], [Undecided]),
        ("Simplify |x| + x for negative x", ["0"], [Undecided]),
        ("solve x^3 = 8 over the complex numbers", ["x = 2"], [Undecided]),
        ("solve x^2 = -1 over the complex numbers", ["no solution"], [Undecided]),
        (
            "Solve 2x < 7 for positive integers",
            ["x < 3.5", "x <= 3", "x = 1, 2, 3"],
            [Proved, Undecided, Undecided],
        ),
        ("Solve x^2 > 4 for natural numbers", ["x > 2", "x >= 3"], [Undecided, Undecided]),
        ("Solve |x| = x^2 - 2 for x < 0", ["x = 1 or x = -2"], [Undecided]),
        ("Solve x^2 = 4 for x > 0", ["x = 3"], [Refuted]),
        ("Solve x^2 = 9 for integers x", ["x = 4"], [Refuted]),
        ("Solve x^2 = 9 over the reals", ["x = 4"], [Refuted]),
    ],
)
def test_no_line_is_judged_by_numbers_that_are_not_meant(
    problem: str, lines: list[str], verdicts: list[type]
) -> None:
    marks = check_work(Work(problem, tuple(lines))).marks
    assert [type(mark.verdict) for mark in marks] == verdicts


@pytest.mark.parametrize(
    ("problem", "answer", "verdict"),
    [
        ("Simplify sqrt(x^2) where x is negative", "-x", Proved),
        ("Simplify sqrt(x^2) where x is negative", "x", Undecided),
        ("differentiate x|x| for x > 0", "2x", Undecided),
        ("solve x^3 = 8 over the complex numbers", "x = 2", Undecided),
        ("Solve x^2 = 9 for positive x", "x = -3", Refuted),
        ("Solve x^2 = 9 for positive x", "x = 3", Proved),
    ],
)
def test_no_answer_is_judged_by_numbers_that_are_not_meant(
    problem: str, answer: str, verdict: type
) -> None:
    assert type(check_claimed(AnswerClaim(problem, answer)).verdict) is verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [("x^2 - 3x/2 + sqrt(2)", True), ("(x - k)^3", True), ("sqrt(x)^4", False),
     ("x^3/x", False), ("e^(2 ln x)", False), ("x^0", False), ("x^2 + sqrt(k)^2", True)],
)  # fmt: skip
def test_a_polynomial_by_its_own_signs(text: str, expected: bool) -> None:
    request = read_problem(f"Simplify {text}").request
    assert is_polynomial(request.operands[0], "x") is expected
