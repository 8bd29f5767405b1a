"""Solutions that are kept whole, and come back as they were; and what is no such thing."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
import solutions
from solutions import linear

from assistant.maths import terms as t
from assistant.maths.showing import keeping
from assistant.maths.showing.keeping import kept, restored
from assistant.maths.types import Answer, Definition, Problem, Refuted, Solution, Supported, Text

ALL = [solutions.linear, solutions.quadratic, solutions.system]
Value = dict[str, object]


def stored(problem: Problem, solution: Solution) -> Value:
    """As it comes out of a file."""
    value = json.loads(json.dumps(kept(problem, solution)))
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("made", ALL)
def test_a_solution_comes_back_as_it_was(made: object) -> None:
    assert callable(made)
    problem, solution = made()
    assert restored(stored(problem, solution)) == (problem, solution)


def test_all_kinds_of_values_come_back() -> None:
    problem, solution = linear()
    third = t.Number(Fraction(-1, 3), 4)
    given = t.Matrix(((third, t.Truth(True)), (t.Interval(third, third, True, False), third)))
    problem = replace(
        problem,
        definitions=(
            Definition("f", ("x",), given, Text("as {0} says", "据 {0}", ("it\x1b", given))),
            Definition("", (), problem.request, keep=(given,)),
        ),
        told=True,
    )
    first, second = solution.steps
    steps = (
        replace(first, verdict=None, substeps=(replace(second, verdict=Supported(3)),)),
        replace(second, verdict=Refuted("x = 1", "1", "2"), given=(given, given)),
    )
    solution = replace(solution, steps=steps, answer=Answer(value=None, text="10:37 AM"))
    assert restored(stored(problem, solution)) == (problem, solution)


def test_what_occurs_again_is_kept_once() -> None:
    problem, solution = linear()
    once = len(json.dumps(kept(problem, solution)))
    many = replace(solution, steps=solution.steps * 300)
    assert len(json.dumps(kept(problem, many))) < once + 300 * 16
    assert restored(stored(problem, many)) == (problem, many)


def test_what_is_too_long_or_cannot_be_kept_is_not() -> None:
    problem, solution = linear()
    deep: t.Expr = t.Symbol("x")
    for _ in range(5_000):
        deep = t.Neg(deep)
    huge = t.integer(10**5_000)
    wide = t.Add(tuple(t.integer(n) for n in range(keeping.MOST)))
    for value in (deep, huge, wide):
        assert kept(problem, replace(solution, answer=Answer(value=value))) is None
    strange = replace(solution, conditions=(Text("{0}", "{0}", (3,)),))  # type: ignore[arg-type]
    assert restored(kept(problem, strange)) is None


def damaged() -> list[object]:
    """Values that are almost what was kept."""
    value = stored(*linear())
    records = value["records"]
    assert isinstance(records, list)
    at = next(n for n, one in enumerate(records) if one[0] == "Number")
    wrong: list[object] = [
        None, [], "x", 5, {}, {**value, "problem": None}, {**value, "problem": -1},
        {**value, "problem": True}, {**value, "solution": len(records)},
        {**value, "problem": value["solution"]}, {**value, "records": None},
        {**value, "records": records[:-1]}, {**value, "records": [*records[:-1], "Solution"]},
    ]  # fmt: skip
    others: list[object] = [
        None, [], ["Number"], ["Popen", "ls"], ["Number", "1/0", None], ["Number", "1e9", None],
        ["Number", 3, None], ["Number", "٣", None], ["Number", "9" * 9_999, None],
        ["Number", "1", "4"], ["Number", "1", None, None], [["Number"], "1", None],
        ["Neg", at], ["Neg", 10**9], ["Constant", "no such constant"], ["Symbol", 5],
    ]  # fmt: skip
    return [*wrong, *({**value, "records": [*records[:at], o, *records[at + 1 :]]} for o in others)]


@pytest.mark.parametrize("value", damaged())
def test_what_is_damaged_is_no_solution(value: object) -> None:
    assert restored(value) is None


def test_a_small_file_does_not_become_a_huge_solution() -> None:
    value = stored(*linear())
    records = value["records"]
    assert isinstance(records, list)
    first = len(records)
    twice = [["Add", [first + n, first + n]] for n in range(60)]
    assert restored({**value, "records": [*records, ["Symbol", "x"]]}) == linear()
    assert restored({**value, "records": [*records, ["Symbol", "x"], *twice]}) is None
