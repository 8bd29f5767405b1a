"""Periodic equations on a half line: families cut off at one end."""

from __future__ import annotations

import pytest
from asking import answer_of, solved, told

from assistant.maths import terms as t
from assistant.maths.cas.convert import srepr
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.answers import answer_lines
from assistant.maths.types import Link, Proved


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("solve sin x = 1/2 for x > 0",
         "(imageset(2*pi*k + pi/6, k) ∪ imageset(2*pi*k + 5*pi/6, k)) ∩ (0, oo)"),
        ("当x>0时，解方程 sin x = 1/2",
         "(imageset(2*pi*k + pi/6, k) ∪ imageset(2*pi*k + 5*pi/6, k)) ∩ (0, oo)"),
        ("solve cos(2x) = 0 for x < 0", "imageset(-pi*k/2 - pi/4, k) ∩ (-oo, 0)"),
        ("solve sin x = 0, x >= 0", "imageset(pi*k, k) ∩ [0, oo)"),
        ("solve sin x = 0 for x > 0", "imageset(pi*k + pi, k) ∩ (0, oo)"),
        ("solve sin(pi x) = 0 for x > 0", "imageset(k + 1, k) ∩ (0, oo)"),
        ("solve tan x = 1 for x >= pi", "imageset(pi*k + 5*pi/4, k) ∩ [pi, oo)"),
    ],
)  # fmt: skip
def test_families_are_cut_off(text: str, wanted: str) -> None:
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    assert answer_of(found) == wanted
    assert all(isinstance(s.verdict, Proved) for s in found.steps)


def test_it_is_said_as_a_person_would() -> None:
    (line,) = answer_lines(solved("solve sin x = 0 for x > 0"))
    assert isinstance(line, t.Call)
    assert read_formula("x > 0") in line.args


def test_the_set_for_machines_is_the_same() -> None:
    value = solved("solve cos(2x) = 0 for x < 0").answer.value
    assert value is not None
    assert srepr(value).startswith("Intersection(")


def test_no_count_is_made_of_what_never_ends() -> None:
    assert not isinstance(told("how many solutions does sin x = 1/2 have for x > 0")[1], Proved)
    assert not isinstance(told("sum of the solutions of sin x = 1/2 for x > 0")[1], Proved)


def _checked(statement: str, body: str, span: t.Interval) -> object:
    family = t.Call("imageset", (read_formula(body), t.Symbol("k")))
    claim = t.Call("intersection", (family, span))
    return check_link(read_formula(statement), claim, Link.SOLUTION, ("x",), Deadline(3))


def test_the_check_compares_the_bounds_and_the_families() -> None:
    positive = t.Interval(t.integer(0), t.Constant(t.ConstantName.INFINITY), True, True)
    from_zero = t.Interval(t.integer(0), t.Constant(t.ConstantName.INFINITY), False, True)
    assert isinstance(_checked("sin(x) = 0 and x > 0", "pi*k", positive), Proved)
    assert not isinstance(_checked("sin(x) = 0 and x > 0", "pi*k", from_zero), Proved)
    assert not isinstance(_checked("sin(x) = 0", "pi*k", positive), Proved)
    assert not isinstance(_checked("sin(x) = 0 and x > 0", "2*pi*k", positive), Proved)
