"""Congruences in one whole number, alone and together."""

from __future__ import annotations

import pytest
from asking import answer_of, solved
from claiming import families, judged

from assistant.maths import terms as t
from assistant.maths.jobs import Job, run
from assistant.maths.reading import read_problem
from assistant.maths.types import (
    Failure,
    Link,
    Proved,
    Trouble,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Solve 3x ≡ 4 mod 7", "imageset(7*k + 6, k)"),
        ("Solve 6x ≡ 4 (mod 8)", "imageset(4*k + 2, k)"),
        ("Solve 6x ≡ 3 (mod 8)", "emptyset"),
        ("Solve 4x + 3 ≡ 1 mod 5", "imageset(5*k + 2, k)"),
        ("Solve x ≡ 2 (mod 3), x ≡ 3 (mod 5), x ≡ 2 (mod 7)", "imageset(105*k + 23, k)"),
        ("Solve x ≡ 1 mod 4, x ≡ 2 mod 6", "emptyset"),
        ("Solve x^2 ≡ 3 mod 7", "emptyset"),
        ("Solve x^2+x ≡ 0 mod 2", "ZZ"),
        ("Solve x mod 5 = 3", "imageset(5*k + 3, k)"),
        ("Solve x ≡ 1 mod 99991, x ≡ 2 mod 99989", "imageset(9998000099*k + 4999050046, k)"),
        ("Solve x mod 5 = 7", "emptyset"),
        ("Solve the congruence 3x ≡ 2 mod 7", "imageset(7*k + 3, k)"),
        ("解同余方程 3x≡2 (mod 7)", "imageset(7*k + 3, k)"),
        ("解同余方程组 x≡2 (mod 3), x≡3 (mod 5)", "imageset(15*k + 8, k)"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert all(isinstance(s.verdict, Proved) for s in solution.steps)
    assert answer_of(solution) == wanted


@pytest.mark.parametrize(
    ("claimed", "word"),
    [
        (families("6 + 7*k"), "proved"),
        (families("-1 - 7*k"), "proved"),
        (families("6 + 14*k", "13 + 14*k"), "proved"),
        (families("6 + 14*k"), "refuted"),
        (families("5 + 7*k"), "refuted"),
        (families("6 + 7*k/2"), "undecided"),
        (t.Constant(t.ConstantName.EMPTY), "refuted"),
    ],
)
def test_every_remainder_is_looked_at(claimed: t.Expr, word: str) -> None:
    before = read_problem("Solve 3x ≡ 4 mod 7").request.operands[0]
    assert judged(before, claimed, Link.SOLUTION) == word


def test_an_unreadable_power_of_a_matrix_is_refused() -> None:
    found = run(Job("solve", read_problem("e^[[0,1],[-1,0]]"), 10.0))
    assert isinstance(found, Trouble)
    assert found.code is Failure.UNSUPPORTED
