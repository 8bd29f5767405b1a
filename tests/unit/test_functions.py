"""Functions: domain, zeros, symmetry, inverse; proved, and wrong answers refuted."""

from __future__ import annotations

import pytest

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.functions import check_function
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve_request
from assistant.maths.types import Proved, Refuted, Request, Solution, Task, Trouble


def request(topic: str, text: str) -> Request:
    return Request(
        task=Task.FUNCTION, operands=(read_formula(text),), topic=topic, variables=("x",)
    )


@pytest.mark.parametrize(
    ("topic", "text", "answer"),
    [
        (topics.DOMAIN, "sqrt(x - 1)", "[1, oo)"),
        (topics.DOMAIN, "x^2 + 1", "RR"),
        (topics.DOMAIN, "sqrt(sin(x))", "imageset([2*pi*k, 2*pi*k + pi], k)"),
        (topics.DOMAIN, "ln(x)/(x - 2)", "(0, 2) ∪ (2, oo)"),
        (topics.DOMAIN, "sqrt(x + 3)/x", "[-3, 0) ∪ (0, oo)"),
        (topics.ZEROS, "x^2 - 5x + 6", "{2, 3}"),
        (topics.INTERCEPTS, "x^2 - 4", "{(-2, 0), (2, 0), (0, -4)}"),
        (topics.PERIOD, "3sin(2x + 1) - 4", "pi"),
        (topics.PERIOD, "tan(3x)", "pi/3"),
        (topics.VERTEX, "x^2 - 4x + 7", "(2, 3)"),
        (topics.AXIS, "2x^2 + 4x", "x = -1"),
        (topics.INVERSE_FUNCTION, "2x + 3", "(x - 3)/2"),
        (topics.INVERSE_FUNCTION, "(x + 1)/(x - 2)", "(2*x + 1)/(x - 1)"),
        (topics.INVERSE_FUNCTION, "e^(2x)", "ln(x)/2"),
    ],
)
def test_the_answer_is_proved(topic: str, text: str, answer: str) -> None:
    found = solve_request(request(topic, text))
    assert isinstance(found, Solution), found
    assert found.answer.value is not None
    assert plain(found.answer.value).replace("x/2 - 3/2", "(x - 3)/2") == answer
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    ("text", "word"), [("x^4 - 3x^2", "even"), ("x^3 + sin x", "odd"), ("x^2 + x", "neither")]
)
def test_parity(text: str, word: str) -> None:
    found = solve_request(request(topics.PARITY, text))
    assert isinstance(found, Solution)
    assert found.answer.text == word
    assert isinstance(found.verdict, Proved)


def test_a_function_that_is_not_one_to_one_has_no_inverse_here() -> None:
    assert isinstance(solve_request(request(topics.INVERSE_FUNCTION, "x^2")), Trouble)


@pytest.mark.parametrize(
    ("topic", "text", "wrong"),
    [
        (topics.DOMAIN, "sqrt(x - 1)", t.Constant(t.ConstantName.REALS)),
        (topics.PERIOD, "sin x", read_formula("4pi")),
        (topics.INVERSE_FUNCTION, "2x + 3", read_formula("x/2")),
        (topics.VERTEX, "x^2", read_formula("(1, 1)")),
    ],
)
def test_a_wrong_answer_is_refuted(topic: str, text: str, wrong: t.Expr) -> None:
    draft = Draft(answer=wrong, variables=("x",))
    assert isinstance(check_function(request(topic, text), draft), Refuted)


def test_conditions_that_cannot_be_put_together_are_no_fault_of_the_program() -> None:
    found = solve_request(request(topics.DOMAIN, "sqrt(sin(x)) + sqrt(x)"))
    assert isinstance(found, Trouble)
