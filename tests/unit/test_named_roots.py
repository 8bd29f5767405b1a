"""Expressions in the named roots of a quadratic, and coefficients by the general term."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths import topics
from assistant.maths.checking.tasks.numbers import check_number
from assistant.maths.checking.tasks.root_questions import check_roots
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Request, Task


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("find the sum and the product of the roots of 2x^2 - 5x + 1 = 0", "5/2, 1/2"),
        ("求方程x^2-3x+1=0的两根之和与两根之积", "3, 1"),
        ("if α and β are the roots of x^2 - 5x + 3 = 0, find α^2 + β^2", "19"),
        ("If p and q are the roots of x^2 - 5x + 3 = 0, find 1/p + 1/q", "5/3"),
        ("设x_1,x_2是方程x^2-5x+3=0的两根,求x_1^2+x_2^2", "19"),
        ("已知方程x^2-5x+3=0的两根为x_1,x_2,求1/x_1+1/x_2的值", "5/3"),
        ("设α,β是方程x^2+x-1=0的两个实数根，求α^3+β^3", "-4"),
        ("if α and β are the roots of x^2 - 5x + 3 = 0, find |α - β|", "sqrt(13)"),
        ("constant term in the expansion of (x + 1/x)^6", "20"),
        ("求(x-2/x)^8的展开式中的常数项", "1120"),
        ("find the term independent of x in the expansion of (2x - 1/x^2)^9", "-5376"),
        ("coefficient of 1/x in (x - 2/x)^7", "560"),
        ("constant term of (x+2)^5", "32"),
        ("constant term of (a x + 2)^5", "32"),
        ("term independent of y in (x+y)^5", "x^5"),
        ("term independent of x in (x+y)^5", "y^5"),
        ("求(x^2-2/x)^9的展开式中不含x的项", "5376"),
        ("constant term of (x + 1/x)^5", "0"),
        ("二项式(sqrt(x)+1/x)^6的展开式中的常数项", "15"),
        ("求复数1+i的模和辐角", "sqrt(2), pi/4"),
        ("find the quotient and remainder when x^4+1 is divided by x^2+1", "x^2 - 1, 2"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    problem = read_problem(text)
    if problem.more:
        assert told(text)[0] == wanted
        return
    assert proved(text) == wanted
    assert not any(isinstance(s.verdict, Refuted) for s in solved(text).steps)


@pytest.mark.parametrize(
    "text",
    [
        "constant term in (x+y)^5",
        "constant term of (x+y+z)^3",
        "求(x+y)^5展开式中的常数项",
        "term independent of z in (x+y)^5",
        "求(x+y)^5展开式中不含z的项",
    ],
)
def test_a_letter_is_not_chosen_silently(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


@pytest.mark.parametrize(
    "text",
    [
        "if α and β are the roots of x^2 - 5x + 3 = 0, find α - β",  # which root is which?
        "if α and β are the roots of x^2 - 5x + 3 = 0, find α^2 + 2β",
        "if α and β are the roots of x^3 - 5x + 3 = 0, find α + β",
        "if α and β are the roots of x^2 + x + 3 = 0, find |α - β|",
    ],
)
def test_what_the_equation_does_not_fix(text: str) -> None:
    assert told(text)[1] is None


def test_the_checks() -> None:
    request = Request(
        task=Task.NUMBER,
        topic=topics.SYMMETRIC,
        operands=(read_formula("x^2 - 5x + 3 = 0"), read_formula("p^2 + q^2")),
        variables=("x",),
        words=("p", "q"),
    )
    assert isinstance(check_roots(request, Draft(answer=read_formula("19"))), Proved)
    assert not isinstance(check_roots(request, Draft(answer=read_formula("25"))), Proved)
    term = Request(
        task=Task.NUMBER,
        topic=topics.COEFFICIENT,
        operands=(read_formula("(x - 2/x)^8"), read_formula("x^0")),
    )
    assert isinstance(check_number(term, Draft(answer=read_formula("1120"))), Proved)
    assert isinstance(check_number(term, Draft(answer=read_formula("-1120"))), Refuted)
