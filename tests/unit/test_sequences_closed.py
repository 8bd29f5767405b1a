"""Formulas of sequences: from a recurrence, from the sums of the first terms."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.partial_sums import check_partial_sums
from assistant.maths.checking.tasks.progressions import check_recurrence
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.asked import reading
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Request, Task, Verdict


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a_1 = 1, a_{n+1} = a_n + 2n, find a_n", "n^2 - n + 1"),
        ("a_1 = 1, a_n = a_{n-1} + n (n>=2), find a_n", "n^2/2 + n/2"),
        ("a_1=1, a_{n+1} = a_n + 1/(n(n+1)), find a_n", "2 - 1/n"),
        ("a_1=1, a_{n+1} = 2a_n + 3^n, find a_n", "3^n - 2^n"),
        ("已知数列{a_n}满足a_1=1,a_{n+1}=2a_n+2^n,求a_n", "n*2^(n - 1)"),
        ("a_1=1, a_{n+1} = (n+1)a_n, find a_n", "n!"),
        ("a_1=1, a_{n+1} = a_n/(1+a_n), find a_n", "1/n"),
        ("已知a_1=1, a_{n+1}=2a_n/(a_n+2), 求通项公式", "2/(n + 1)"),
        ("a_1=1, a_{n+1} = a_n/(3a_n+2), find a_n", "1/(2^(n + 1) - 3)"),
        ("a_1=1, a_2=5, a_{n+2} = 5a_{n+1} - 6a_n, find a_n", "3^n - 2^n"),
        ("a_1=1, a_2=4, a_{n+2} = 4a_{n+1} - 4a_n, find a_n", "n*2^(n - 1)"),
    ],
)
def test_recurrences(text: str, wanted: str) -> None:
    assert proved(text) == wanted


def test_fibonacci() -> None:
    assert "sqrt(5)" in proved("a_1=1, a_2=1, a_{n+2} = a_{n+1} + a_n, find a_n")


@pytest.mark.parametrize(
    "text",
    [
        "a_1=1, a_{n+1} = a_n/(1-a_n), find a_n",  # the second term does not exist
        "a_1=2, a_{n+1} = a_n^2, find a_n",
        "a_1=1, a_{n+1} = a_n + 1/n, find a_n",
        "S_n = 1/(n-3), find a_n",
        "S_n = a_n + n, find a_n",
        "S_n = k n, find a_n",
        "S_n = n^2 + 2n (n ≥ 2), find a_n",  # the first term is not given
        "a_1=1, a_{n+1}=2a_n+1 (n≥2), find a_n",  # nor the second
        "a_1=1, a_{n+1}=2a_n + 1/n, find a_n",
        "已知数列{a_n}的前n项和为S_n, S_3 = 9, 求a_n",
        "S_n = S_n, find a_n",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert told(text)[1] is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("S_n = n^2 + 2n, find a_n", "2*n + 1"),
        ("S_n = n^2 + 2n, find a_5", "11"),
        ("The sum of the first n terms of a sequence is S_n = 3n^2 - n. Find a_n.", "6*n - 4"),
        ("The sum of the first n terms of a sequence is 3n^2 - n. Find the nth term.", "6*n - 4"),
        ("已知数列{a_n}的前n项和S_n=n^2+2n,求通项公式a_n", "2*n + 1"),
        ("已知数列{a_n}的前n项和为S_n=2^n-1,求a_n", "2^(n - 1)"),
        ("数列{an}的前n项和Sn=n^2+1,求数列{an}的通项公式",
         "piecewise(2, n = 1, 2*n - 1, n >= 2)"),
        ("S_n = 2a_n - 1, find a_n", "2^(n - 1)"),
        ("Let S_n be the sum of the first n terms of a sequence, with S_n = 2a_n - n. Find a_n",
         "2^n - 1"),
        ("设数列{a_n}的前n项和为S_n,且S_n=2a_n-2,求数列{a_n}的通项公式", "2^n"),
        ("设S_n为数列{a_n}的前n项和,已知2S_n=3a_n-3,求a_n", "3^n"),
        ("已知a_n=2n-1,求S_n", "n^2"),
        ("已知数列{a_n}的通项公式为a_n=1/(n(n+1)),求S_10", "10/11"),
    ],
)  # fmt: skip
def test_sums(text: str, wanted: str) -> None:
    found = solved(text)
    assert proved(text) == wanted
    assert not any(isinstance(s.verdict, Refuted) for s in found.steps)


def _sums(equation: str, answer: str) -> Verdict:
    statement = t.substitute(read_formula(equation), "s", t.Symbol("sum"))
    statement = t.substitute(statement, "a", t.Symbol("term"))
    request = Request(
        task=Task.SEQUENCE, topic=topics.PARTIAL_SUM, operands=(statement,), words=("a", "n")
    )
    return check_partial_sums(request, Draft(answer=read_formula(answer)))


def test_the_check_sees_the_first_term() -> None:
    assert isinstance(_sums("s = n^2 + 2n", "2n + 1"), Proved)
    assert isinstance(_sums("s = n^2 + 1", "2n - 1"), Refuted)
    assert not isinstance(_sums("s = n^2 + n", "3n - 1"), Proved)
    assert not isinstance(_sums("s = a + n", "2n"), Proved)
    assert isinstance(_sums("s = 2a - 1", "2^(n-1)"), Proved)


def _recurrence(rule: str, first: tuple[str, ...], answer: str) -> Verdict:
    body = t.substitute(read_formula(rule), "a", t.Symbol("p0"))
    body = t.substitute(body, "b", t.Symbol("p1"))
    request = Request(
        task=Task.SEQUENCE,
        topic=topics.RECURRENCE,
        operands=(body, *map(read_formula, first)),
        words=("a", "n"),
    )
    return check_recurrence(request, Draft(answer=read_formula(answer)))


def test_the_check_of_formulas() -> None:
    assert not isinstance(_recurrence("a + b", ("2", "3"), "n + 1"), Proved)
    assert isinstance(_recurrence("5a - 6b", ("1", "5"), "3^n - 2^n"), Proved)
    assert not isinstance(_recurrence("5a - 6b", ("1", "5"), "4n - 3"), Proved)
    assert not isinstance(_recurrence("a/(1 - a)", ("1",), "1/(2 - n)"), Proved)
    assert isinstance(_recurrence("a + 2n", ("1",), "n^2 - n + 2"), Refuted)


def test_it_is_read_back_as_it_was_written() -> None:
    from assistant.maths.reading import read_problem

    lines = reading(read_problem("a_1=1, a_{n+1} = n/(n+1) a_n, find a_n"))
    told_back = [plain(line) for line in lines if not hasattr(line, "en")]
    assert all("p0" not in line and "p_0" not in line for line in told_back)
    assert any("a_n" in line for line in told_back)
