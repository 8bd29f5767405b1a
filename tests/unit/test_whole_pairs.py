"""One linear equation in two whole numbers: families, lists within bounds, and none."""

from __future__ import annotations

from math import gcd

import pytest
from asking import answer_of, solved, unanswered
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.whole_pairs import check_pairs
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.number_sets import number_set
from assistant.maths.solving.common import Draft
from assistant.maths.solving.numbers.whole_pairs import whole_pairs
from assistant.maths.types import Proved, Refuted, Request, Task, Undecided


def asked(equation: str, sign: str = "") -> Request:
    domain, operands = number_set(sign, "integer"), (read_formula(equation),)
    return Request(task=Task.NUMBER, topic=topics.WHOLE_PAIRS, variables=("x", "y"),
                   operands=operands, domain=domain)  # fmt: skip


FAMILY = "imageset((5*k + 2, -3*k - 1), k)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("find all integers x, y with 3x + 5y = 1", FAMILY),
        ("solve 3x+5y=1 over the integers", FAMILY),
        ("求不定方程3x+5y=1的整数解", FAMILY),
        ("求方程3x+5y=1的整数解", FAMILY),
        ("解不定方程 17x - 25y = 3", "imageset((25*k + 9, 17*k + 6), k)"),
        ("find all integer solutions of x/2 + y/3 = 1", "imageset((2*k, -3*k + 3), k)"),
        ("find all integers a and b such that 7a+11b=100", "imageset((11*k + 8, -7*k + 4), k)"),
        ("find all integers x, y with 4x + 6y = 1", "emptyset"),
        ("find all positive integers x, y with 3x + 5y = 31", "{(2, 5), (7, 2)}"),
        ("求3x+5y=31的正整数解", "{(2, 5), (7, 2)}"),
        ("求2x+3y=12的非负整数解", "{(0, 4), (3, 2), (6, 0)}"),
        ("find all pairs of positive integers (x, y) such that 2x + 3y = 12", "{(3, 2)}"),
        ("求方程2x+3y=1的正整数解", "emptyset"),
        ("find all positive integers y, x such that 2y + 3x = 7", "{(2, 1)}"),  # in the order asked
    ],
)
def test_answers(text: str, expected: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert answer_of(solution) == expected


@pytest.mark.parametrize(
    "text",
    [
        "find all positive integers x and y such that 3x - 5y = 1",  # no end to them
        "find all integers x and y such that x^2-2y^2=1",
        "find all integers x and y such that x + y = 1 and x - y = 3",
        "find all integers x and y such that x - x + y = 2",
        "find all integers x and y such that x^2/x + y = 2",
        "find all integers x and y such that 3x + 5z = 1",
        "Solve 3x+5y=50, where x is a positive integer and y is an integer",
        "解方程3x+5y=50，其中x是正整数",  # nothing is said of y
        "Solve x + 2a = 3 for x where x is an integer",
        "求关于x的方程2x+a=3的整数解",
    ],
)
def test_what_the_method_does_not_reach_gets_no_answer(text: str) -> None:
    assert unanswered(text)


@pytest.mark.parametrize(
    ("equation", "sign", "claim"),
    [
        ("3x + 5y = 1", "", "imageset((5*k + 2, -3*k - 2), k)"),  # no solution
        ("3x + 5y = 1", "", "imageset((10*k + 2, -6*k - 1), k)"),  # every second one
        ("3x + 5y = 1", "", "imageset((5*k + 2, 3*k - 1), k)"),  # leaves the line
        ("3x + 5y = 1", "", "(2, -1)"),
        ("4x + 6y = 1", "", "imageset((3*k, -2*k), k)"),
        ("3x + 5y = 31", "positive", "{(2, 5)}"),  # one is lost
        ("3x + 5y = 31", "positive", "{(2, 5), (7, 2), (12, -1)}"),  # one is too small
        ("2x + 3y = 12", "positive", "emptyset"),
    ],
)
def test_a_wrong_answer_is_never_proved(equation: str, sign: str, claim: str) -> None:
    answer = t.Constant(t.ConstantName.EMPTY)
    if claim.startswith("imageset"):
        body = read_formula(claim.removeprefix("imageset(").removesuffix(", k)"))
        answer = t.Call("imageset", (body, t.Symbol("k")))  # type: ignore[assignment]
    elif claim != "emptyset":
        answer = read_formula(claim)  # type: ignore[assignment]
    verdict = check_pairs(asked(equation, sign), Draft(answer=answer))
    assert isinstance(verdict, Refuted | Undecided)


@given(st.integers(-30, 30), st.integers(-30, 30), st.integers(-200, 200), st.booleans())
@settings(max_examples=60, deadline=None)
def test_it_agrees_with_trying(a: int, b: int, c: int, positive: bool) -> None:
    if not a or not b:
        return
    request = asked(f"({a})*x + ({b})*y = {c}", "positive" if positive else "")
    draft = whole_pairs(request)
    if draft is None:
        assert positive
        assert a * b < 0
        assert c % gcd(a, b) == 0
        return
    assert isinstance(check_pairs(request, draft), Proved)
    assert draft.answer is not None
    if positive and isinstance(draft.answer, t.Collection):
        tried = [(x, y) for x in range(1, 201) for y in range(1, 201) if a * x + b * y == c]
        assert len(draft.answer.items) == len(tried) > 0
    elif draft.answer == t.Constant(t.ConstantName.EMPTY):
        low = 1 if positive else -40
        assert not any(a * x + b * y == c for x in range(low, 41) for y in range(low, 41))
