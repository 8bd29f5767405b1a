"""Terms of sequences that the problem defines, in worked lines."""

from __future__ import annotations

import pytest

from assistant.maths.checking.lines.laws import laws
from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.types import NextLine, Proved, Refuted, Supported, Undecided, Verdict, Work

EXPLICIT, STEPWISE = (
    "Find the 5th term of a_n = 2n^2 - 1.",
    "Let a_1 = 2 and a_{n+1} = 3a_n - 1. Find a_4.",
)
CHINESE = "已知数列{a_n}满足 a_1=1，a_{n+1}=2a_n+1，求a_4"
BACKWARDS = "a_1 = 3, a_n = a_{n-1} + 4n. Find a_3."


def verdicts(problem: str, *lines: str) -> list[Verdict]:
    """Of the last line: of finished work, and while it is written."""
    state = first_state(problem)
    for line in lines:
        streamed = next_line(NextLine(state, line))
        state = streamed.state
    return [check_work(Work(problem, lines, 20.0)).marks[-1].verdict, streamed.mark.verdict]


@pytest.mark.parametrize(
    ("problem", "line", "kind"),
    [
        (EXPLICIT, "a_5 = 2*25 - 1 = 49", Proved),
        (EXPLICIT, "a_1 + a_2 + a_3 = 1 + 7 + 17 = 25", Proved),
        (EXPLICIT, "a_5 = 2*5 - 1 = 9", Refuted),
        (STEPWISE, "a_2 = 3a_1 - 1 = 5", Proved),
        (STEPWISE, "So a_4 = 41.", Proved),
        (STEPWISE, "$a_{4} = 43$", Refuted),
        (STEPWISE, "a_3 = 3a_2 - 1 = 15", Refuted),
        (CHINESE, "a_3 = 2×3+1 = 7，a_4 = 2×7+1 = 15", Proved),
        (CHINESE, "a_3 = 7，a_4 = 14", Refuted),
        (BACKWARDS, "a_3 = 11 + 12 = 23", Proved),
        (BACKWARDS, "a_2 = 3 + 4 = 7", Refuted),
    ],
)
def test_terms(problem: str, line: str, kind: type) -> None:
    for verdict in verdicts(problem, line):
        assert isinstance(verdict, kind)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("Let a_n = n^2 if n is odd and a_n = 2n if n is even. Find a_4.", "a_4 = 16"),
        ("a_1 = 1, a_n = 3n for n >= 2. Find a_5", "a_1 = 3"),
        ("a_1 = 1, a_{n+1} = 2a_n for n >= 2. Find a_5", "a_2 = 2"),
        ("a_n = 3n for n from 3 to 10. Find a_2", "a_2 = 6"),
        ("For the first 5 terms a_n = 3n. Find a_7", "a_7 = 21"),
        ("a_n = 3n and a_1 = 4. Find a_1", "a_1 = 3"),
        ("A bank pays so that b_n = 100*1.05^n. How much after 2 years?", "b_2 = 115"),
        (STEPWISE, "Suppose a_4 = 43."),
        (STEPWISE, "a_0 = 7"),
        (STEPWISE, "a_9999 = 7"),
        (STEPWISE, "b_2 = 7"),
    ],
)
def test_what_the_problem_does_not_fix_is_not_refuted(problem: str, line: str) -> None:
    for verdict in verdicts(problem, line):
        assert not isinstance(verdict, Refuted | Proved)


@pytest.mark.parametrize(
    "problem",
    [
        "F_1 = 1, F_2 = 1, F_n = F_{n-1} + F_{n-2}",
        "a_n = 2n and a_n = 3n",
        "a_{n+1} = b_n",
        "a_n = ((((((" * 50,
        "a_{n+1} = " + "a_n^" * 30 + "2, a_1 = 9",
    ],
)
def test_other_laws_are_left_alone(problem: str) -> None:
    assert all(law.term(200) is None for law in laws(problem).values())


def test_a_law_after_a_supposition_stays() -> None:
    found = verdicts(STEPWISE, "Let x = 5.", "a_2 = 5")
    assert all(isinstance(verdict, Proved | Supported | Undecided) for verdict in found)


def test_a_bound_that_leaves_out_no_term_changes_nothing() -> None:
    for problem in (
        "a_1 = 1, a_n = 2a_{n-1} + 1 (n ≥ 2). Find a_3",
        "a_n = 3n - 2 for n >= 1. Find a_3",
    ):
        assert all(isinstance(v, Proved) for v in verdicts(problem, "a_3 = 7"))
