"""Congruences in one whole number, alone and together."""

from __future__ import annotations

import pytest
from asking import solved

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_step
from assistant.maths.jobs import Job, run
from assistant.maths.reading import read_problem
from assistant.maths.reading.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    Failure,
    Link,
    Proved,
    Rule,
    Step,
    Text,
    Trouble,
    verdict_word,
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
    assert solution.answer.value is not None
    assert plain(solution.answer.value) == wanted


def family(*bodies: str) -> t.Expr:
    """All their values for whole k."""
    parts = tuple(t.Call("imageset", (read_formula(b), t.Symbol("k"))) for b in bodies)
    return parts[0] if len(parts) == 1 else t.Call("union", parts)


@pytest.mark.parametrize(
    ("claimed", "word"),
    [
        (family("6 + 7*k"), "proved"),
        (family("-1 - 7*k"), "proved"),
        (family("6 + 14*k", "13 + 14*k"), "proved"),
        (family("6 + 14*k"), "refuted"),
        (family("5 + 7*k"), "refuted"),
        (family("6 + 7*k/2"), "undecided"),
        (t.Constant(t.ConstantName.EMPTY), "refuted"),
    ],
)
def test_every_remainder_is_looked_at(claimed: t.Expr, word: str) -> None:
    before = read_problem("Solve 3x ≡ 4 mod 7").request.operands[0]
    step = Step(rule=Rule("test.rule", "a rule", "规则"), why=Text("because", "因为"),
                before=before, after=claimed, link=Link.SOLUTION, variable="x")  # fmt: skip
    assert verdict_word(check_step(step)) == word


def test_an_unreadable_power_of_a_matrix_is_refused() -> None:
    found = run(Job("solve", read_problem("e^[[0,1],[-1,0]]"), 10.0))
    assert isinstance(found, Trouble)
    assert found.code is Failure.UNSUPPORTED
