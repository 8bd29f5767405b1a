"""Every way of checking has a Chinese name; factors stand in the order of a textbook."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant.maths.checking
from assistant.maths import terms as t
from assistant.maths.checking.tasks.numbers import NUMBERS
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.checks import WAYS
from assistant.maths.showing.plain import plain
from assistant.maths.solving.calculus.tidy import times
from assistant.maths.solving.engine import solve
from assistant.maths.types import Solution

CHECKERS = Path(assistant.maths.checking.__path__[0])


def named() -> Iterator[str]:
    """The ways that are written down as such in the checkers."""
    for file in sorted(CHECKERS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"Proved": 0, "settled": 1}.get(node.func.id)
            if place is None or len(node.args) <= place:
                continue
            way = node.args[place]
            if isinstance(way, ast.Constant) and way.value:
                yield str(way.value)


def test_every_way_of_checking_has_a_chinese_name() -> None:
    ways = {*named(), *(way for _, way in NUMBERS.values())}
    assert len(ways) > 50
    assert sorted(ways - set(WAYS)) == []


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        (("2", "cos(x^2)", "x"), "2*x*cos(x^2)"),
        (("cos(x^2)", "3*x^2", "pi"), "3*pi*x^2*cos(x^2)"),
        (("e^(x^2)", "2", "x"), "2*x*e^x^2"),
        (("sin(x)", "y", "x"), "x*y*sin(x)"),
        (("(x + 1)^3", "4", "x"), "4*x*(x + 1)^3"),
        (("-x", "cos(x)", "2"), "-2*x*cos(x)"),
    ],
)
def test_numbers_then_letters_then_functions(factors: tuple[str, ...], expected: str) -> None:
    product = times(*map(read_formula, factors))
    assert plain(product) == expected
    assert plain(read_formula(plain(product))) == expected


def test_the_chain_rule_is_written_so() -> None:
    solution = solve(read_problem("derivative of sin(x^2)"))
    assert isinstance(solution, Solution)
    shown = [n for s in solution.steps for n in t.walk(s.after) if isinstance(n, t.Mul)]
    assert {plain(m) for m in shown} == {"2*x*cos(x^2)"}
