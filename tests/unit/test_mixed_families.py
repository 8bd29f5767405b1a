"""Equations with the unknown in an angle and outside of it: families without, or beside, points."""

from __future__ import annotations

import pytest
from asking import answer_of, solved
from claiming import families, judged

from assistant.maths import terms as t
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import Link, Proved


def points(*values: str) -> t.Expr:
    """A finite set."""
    return t.Collection(t.Bracket.SET, tuple(map(read_formula, values)))


def without(members: t.Expr, *values: str) -> t.Expr:
    """A set but for some points."""
    return t.Call("complement", (members, points(*values)))


def beside(members: t.Expr, *values: str) -> t.Expr:
    """A set and some points."""
    return t.Call("union", (points(*values), members))


K = families("k*pi")


@pytest.mark.parametrize(
    ("equation", "claimed", "word"),
    [
        ("sin(x)/x = 0", without(K, "0"), "proved"),
        ("sin(x)/x = 0", K, "refuted"),
        ("sin(x)/x = 0", without(K, "0", "pi"), "refuted"),
        ("sin(x)/x = 0", without(families("2*k*pi"), "0"), "undecided"),
        ("(1-cos(x))/x^2 = 0", without(families("2*k*pi"), "0"), "proved"),
        ("x*sin(x) = 0", K, "proved"),
        ("x*sin(x) = 0", beside(K, "0"), "proved"),
        ("(x-1)*sin(x) = 0", beside(K, "1"), "proved"),
        ("(x-1)*sin(x) = 0", K, "refuted"),
        ("(x-1)*sin(x) = 0", beside(K, "2"), "refuted"),
        ("(x-pi/2)*tan(x) = 0", K, "proved"),
        ("(x-pi/2)*tan(x) = 0", beside(K, "pi/2"), "refuted"),
        ("(x^2-2)*cos(x) = 0", beside(families("pi/2+k*pi"), "sqrt(2)", "-sqrt(2)"), "proved"),
        ("(x^2-2)*cos(x) = 0", beside(families("pi/2+k*pi"), "sqrt(2)"), "refuted"),
        ("x*cos(x) = x", families("2*k*pi"), "proved"),
        ("sqrt(x)*sin(x) = 0", K, "refuted"),
    ],
)
def test_each_single_point_counts(equation: str, claimed: t.Expr, word: str) -> None:
    assert judged(equation, claimed, Link.SOLUTION) == word


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Solve sin(x)/x = 0", "imageset(pi*k, k) ∖ {0}"),
        ("解方程 x sin(x) = 0", "imageset(pi*k, k)"),
        ("Solve (x-1) sin(x) = 0", "{1} ∪ imageset(pi*k, k)"),
        ("Solve sin(x)/x = 0 on [0, 10]", "{pi, 2*pi, 3*pi}"),
        ("Solve (x-1) cos(x) = 0 on [0, 5]", "{1, pi/2, 3*pi/2}"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert answer_of(solution) == wanted
