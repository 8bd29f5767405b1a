"""Algebra from the text to the proved answer: each kind of problem a teacher would try."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_step
from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.answers import answer_text
from assistant.maths.types import (
    Link,
    Proved,
    Refuted,
    Rule,
    Solution,
    Step,
    Supported,
    Text,
    Trouble,
    Undecided,
)

RULE = Rule("test.line", "A line", "一行")
TRUE, FALSE = t.Truth(value=True), t.Truth(value=False)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Limits(seconds=10), 1) as made:
        yield made


def solved(pool: Pool, text: str) -> Solution:
    result = pool.run("solve", read_problem(text))
    assert isinstance(result, Solution), result
    return result


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("x^(1/3) + 2 = 0", "-8"),
        ("x^(2/3) = 4", "-8, 8"),
        ("root(x, 3)^3 = x", "RR"),
        ("root(x + 1, 3) + root(x - 1, 3) = root(2x, 3)", "-1, 0, 1"),
        ("sqrt(x^2 + 2x + 1) = |x + 1|", "RR"),
        ("sin(pi x) = 0", "imageset(k, k)"),
        ("x^5 - x - 1 = 0", "rootof(x^5 - x - 1, 0)"),
        ("2^x = x + 1", "0, 1"),
        ("e^x > x + 1", "(-oo, 0) ∪ (0, oo)"),
        ("(1/2)^x >= 4", "(-oo, -2]"),
        ("ln(x)^2 - 3 ln(x) + 2 = 0", "e, e^2"),
        ("3x^2 = 7", "sqrt(21)/3, -sqrt(21)/3"),
        ("2^x + 2^y = 12; x + y = 5", "{(2, 3), (3, 2)}"),
        ("2^x*3^y = 72; x + y = 5", "x = 3, y = 2"),
        ("|x| + y = 3; x + |y| = 1", "x = -1, y = 2"),
        ("solve V = 4/3 pi r^3 for r", "root(3*V/(4*pi), 3)"),
        ("solve (a-1) x = a^2 - 1 for x", "a + 1"),
        ("solve |x| = a for x", "a, -a"),
        ("solve a x + y = 1; x + a y = 1 for x, y", "x = 1/(a + 1), y = 1/(a + 1)"),
    ],
)
def test_it_is_solved_and_proved(pool: Pool, text: str, answer: str) -> None:
    solution = solved(pool, text)
    assert sorted(answer_text(solution).split(", ")) == sorted(answer.split(", "))
    assert isinstance(solution.verdict, Proved)


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("solve a x > 1 for x", "piecewise((1/a, oo), a > 0, (-oo, 1/a), a < 0, emptyset, a = 0)"),
        ("solve x^2 < a for x", "piecewise((-sqrt(a), sqrt(a)), a > 0, emptyset, a <= 0)"),
    ],
)
def test_the_cases_of_a_parameter_are_told(pool: Pool, text: str, cases: str) -> None:
    solution = solved(pool, text)
    assert answer_text(solution) == cases
    assert isinstance(solution.verdict, Proved | Supported)
    assert len(solution.conditions) == cases.count(",") // 2 or solution.conditions


def test_a_number_too_long_to_write_is_no_answer(pool: Pool) -> None:
    assert isinstance(pool.run("solve", read_problem("10^(10^6)*x = 5")), Trouble)


@pytest.mark.parametrize(
    "text", ["sqrt(x + 7) = x - 5", "x^4 - 5x^2 + 4 = 0", "4^x - 3*2^x + 2 = 0"]
)
def test_every_line_is_proved(pool: Pool, text: str) -> None:
    def lines(steps: tuple[Step, ...]) -> Iterator[Step]:
        for step in steps:
            yield step
            yield from lines(step.substeps)

    assert all(isinstance(s.verdict, Proved) for s in lines(solved(pool, text).steps))


def check(
    before: str,
    after: str | t.Expr,
    link: Link = Link.EQUIVALENT,
    names: str = "x",
    given: str = "",
) -> object:
    step = Step(
        rule=RULE,
        why=Text("", ""),
        before=read_formula(before),
        after=read_formula(after) if isinstance(after, str) else after,
        link=link,
        variable=names,
        given=(read_formula(given),) if given else (),
    )
    return check_step(step)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sqrt(9 + 7) = 9 - 5", TRUE),
        ("sqrt(2 + 7) = 2 - 5", FALSE),
        ("ln(sqrt(2) - 1) + ln(sqrt(2) + 1) = 0", TRUE),
        ("sin(1/2) > 1/2", FALSE),
        ("ln(3 - 1) >= 0", TRUE),
        ("2^x = 3^(x - 1)", "ln(2)*x = ln(3)*(x - 1)"),
        ("ln(x^2) = 4", "x^2 = e^4"),
        ("log(8, x) = 3", "x = 2"),
        ("cos(x) + sin(x) - 1 = 0", "sin(x + pi/4) = sqrt(2)/2"),
        ("ln(x) = x - 1", "x = 1"),
    ],
)
def test_a_line_that_holds_is_proved(before: str, after: str | t.Expr) -> None:
    assert isinstance(check(before, after), Proved)


@pytest.mark.parametrize(
    ("before", "after", "names", "given"),
    [
        ("sqrt(9 + 7) = 9 - 5", FALSE, "x", ""),
        ("x^4 - 5x^2 + 4 = 0", "u^2 - 5u + 5 = 0", "x", "u = x^2"),
        ("sqrt(x) = a", "x = a^2", "x", ""),
        ("ln(x - 2) = 1", "x < 2", "x", ""),
        ("log(x, 1) = 2", "x = 1", "x", ""),
        ("e^x = x + 1", "x = 1", "x", ""),
        ("2^x = x + 1", "x = 0", "x", ""),
        ("x + y = 5 and x*y = 6", "x = 2 and y = 3", "x, y", ""),
        ("|x| + |y| = 3 and x - y = 1", "x = 2 and y = 1", "x, y", ""),
        ("x^5 - 5x + 1 = 0", "x = rootof(x^5 - 5x + 1, 0)", "x", ""),
        ("a*x + y = 1 and x + a*y = 1", "x = 1/(a + 1) and y = 1/(a + 1)", "x, y", ""),
        ("sin(pi*x) = 0", "imageset(2*k, k)", "x", ""),
        ("x*ln(x) = 0", "x = 0 or ln(x) = 0", "x", ""),
        ("root(x, 3)^3 = x", "x >= 0", "x", ""),
        ("sqrt(x^2) = x", TRUE, "x", ""),
    ],
)
def test_a_line_that_does_not_hold_is_not_proved(
    before: str, after: str | t.Expr, names: str, given: str
) -> None:
    assert isinstance(check(before, after, Link.EQUIVALENT, names, given), Refuted | Undecided)


def test_a_root_of_a_parameter_holds_under_its_condition() -> None:
    assert isinstance(check("sqrt(x) = a", "x = a^2", given="a >= 0"), Proved)
