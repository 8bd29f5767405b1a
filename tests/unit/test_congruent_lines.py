"""Congruences of numbers in worked lines, and TeX that parts nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.work import check_work
from assistant.maths.reading.claims.line import read_line
from assistant.maths.types import Mark, Proved, Refuted, Supported, Undecided, Work


def mark(line: str, problem: str = "Find the remainder when 2^10 is divided by 7.") -> Mark:
    return check_work(Work(problem, (line,), 20.0)).marks[-1]


@pytest.mark.parametrize(
    "line",
    [
        "2^3 = 8 ≡ 1 (mod 7)",
        "2^10 = (2^3)^3 × 2 ≡ 1 × 2 = 2 (mod 7)",
        "Therefore $2^{10} \\equiv 2 \\pmod{7}$.",
        "7^100 = (7^2)^50 ≡ (-1)^50 = 1 (mod 5)",
        "$301^4 \\equiv 1 + 1200 = 1201 \\pmod{10000}$",
    ],
)
def test_right_congruences(line: str) -> None:
    assert isinstance(mark(line).verdict, Proved | Supported)


@pytest.mark.parametrize(
    "line",
    [
        "2^3 = 8 ≡ 2 (mod 7)",
        "2^10 = (2^3)^3 × 2 ≡ 1 × 2 = 3 (mod 7)",
        "Therefore $2^{10} \\equiv 3 \\pmod{7}$.",
        "7^100 = (7^2)^50 ≡ (-1)^50 = -1 (mod 5)",
    ],
)
def test_wrong_congruences(line: str) -> None:
    assert isinstance(mark(line).verdict, Refuted)


@pytest.mark.parametrize(
    "line",
    [
        "$3^{-1} \\equiv 7 \\pmod{10}$",
        "$17 \\not\\equiv 5 \\pmod 7$",
        "If $17 \\equiv 5 \\pmod 7$, then it would be 5.",
        "x ≡ 3 (mod 5)",
        "2^10 = 1017 ≡ 2 (mod 7)",
        "25 = 3*6 ≡ 4 (mod 7)",
        "17 ≡ 3 (mod 7), not 17 ≡ 5 (mod 7)",
        "5 ≡ 2 (mod 0)",
        "2 ≡ 9 (mod 7) and 2 ≡ 9 (mod 5)",
        f"2^{'9' * 30} ≡ 1 (mod 7)",
        "2^2^2^2^2^2 ≡ 1 (mod 7)",
    ],
)
def test_what_is_no_plain_congruence_is_not_decided(line: str) -> None:
    assert isinstance(mark(line).verdict, Undecided)


@settings(max_examples=40, deadline=None)
@given(st.integers(-200, 200), st.integers(-200, 200), st.integers(2, 30))
def test_congruences_of_numbers_are_marked_by_what_they_are(a: int, b: int, n: int) -> None:
    right = (a - b) % n == 0
    kind = Proved | Supported if right else Refuted
    assert isinstance(mark(f"{a} ≡ {b} (mod {n})", "").verdict, kind)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("$$11 = 1 \\cdot 8 + 3~.$$", Proved | Supported),
        ("$$11 = 1 \\cdot 8 + 4~.$$", Refuted),
        ("$5^2 + 12^2 = 169 = 13^2\\,.$", Proved | Supported),
        ("$5^2 + 12^2 = 169 = 14^2\\,.$", Refuted),
    ],
)
def test_spaces_of_tex_at_the_end(line: str, kind: type) -> None:
    assert isinstance(mark(line).verdict, kind)


@pytest.mark.parametrize(
    "line",
    [
        "$\\alpha + \\beta + \\gamma = 0$",
        "$u, v, z \\ge 0$",
        "$s = \\frac{118}{116} r = \\frac{59}{58} r$",
    ],
)
def test_formulas_that_are_read(line: str) -> None:
    (claim,) = read_line(line).claims
    assert not claim.unread
    assert claim.statement is not None
