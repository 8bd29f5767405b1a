"""Multiplying out."""

from __future__ import annotations

import pytest
from lines import answer, asked, lines, rules

from assistant.maths import terms as t
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import TooLarge
from assistant.maths.solving.engine import solve_request
from assistant.maths.solving.expressions.methods import expand
from assistant.maths.types import Failure, Proved, Request, Solution, Task, Trouble


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(5 + x)*(x + 3)", "x^2 + 8*x + 15"),
        ("(3x + 5)^2", "9*x^2 + 30*x + 25"),
        ("(x - 1)^3", "x^3 - 3*x^2 + 3*x - 1"),
        ("(2a + b)(2a - b)", "4*a^2 - b^2"),
        ("-x*y^4*(6x*y^2 + 5x*y - 3x)", "-6*x^2*y^6 - 5*x^2*y^5 + 3*x^2*y^4"),
        ("(a + b + c)^2", "a^2 + 2*a*b + 2*a*c + b^2 + 2*b*c + c^2"),
        ("5 - (x - 2)", "-x + 7"),
        ("(x + 1)^6", "x^6 + 6*x^5 + 15*x^4 + 20*x^3 + 15*x^2 + 6*x + 1"),
        ("(x - 3x + 5x)*(-66 - 148 + 5x + 212)", "15*x^2 - 6*x"),
    ],
)
def test_the_expanded_form(text: str, expected: str) -> None:
    assert answer(asked(Task.EXPAND, text)) == expected


def test_the_formula_is_named() -> None:
    assert rules(asked(Task.EXPAND, "(x + 3)^2")) == ["expand.square"]
    assert rules(asked(Task.EXPAND, "(x + 3)*(x - 3)")) == ["expand.difference_of_squares"]


def test_products_are_written_before_they_are_collected() -> None:
    assert lines(asked(Task.EXPAND, "(x + 2)*(x + 3)")) == [
        "x^2 + 3*x + 2*x + 6",
        "x^2 + 5*x + 6",
    ]


def test_a_giant_power_is_not_multiplied_out() -> None:
    with pytest.raises(TooLarge):
        expand(Request(task=Task.EXPAND, operands=(read_formula("(a + b + c + d)^400"),)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(x + 1)^5000", "the expansion has 5001 terms, more than can be written out (1000)"),
        ("(a + b)^1000000", "the expansion has 1000001 terms, more than can be written out (1000)"),
        ("((x + 1)^100 + 1)^100", "the expansion has too many terms to write out"),
        ("(sin(x) + 1)^300", "the expansion has too many terms to write out"),
    ],
)
def test_too_many_terms_are_said_to_be_too_many(text: str, message: str) -> None:
    found = solve_request(Request(task=Task.EXPAND, operands=(read_formula(text),)))
    assert isinstance(found, Trouble)
    assert found.code is Failure.UNSUPPORTED
    assert found.message.en.format(*found.message.args) == message


@pytest.mark.parametrize(
    ("text", "terms", "first"),
    [
        ("(x + 1)^300", 301, "x^300 + 300*x^299 + "),
        ("(a + b + c + d)^12", 455, "a^12 + 12*a^11*b + "),
    ],
)
def test_a_large_power_is_multiplied_out_at_once_and_proved(
    text: str, terms: int, first: str
) -> None:
    found = solve_request(Request(task=Task.EXPAND, operands=(read_formula(text),)))
    assert isinstance(found, Solution)
    assert isinstance(found.verdict, Proved)
    assert isinstance(found.answer.value, t.Add)
    assert len(found.answer.value.terms) == terms
    assert plain(found.answer.value).startswith(first)
