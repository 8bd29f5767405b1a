"""What is offered as a method is one that the problem can be solved by, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from screens import run
from solve_screens import solving
from turns import SharedPool

from assistant.maths.reader import Reader
from assistant.maths.types import Problem, Question, Solution, Trouble
from runtimes.texts import Lang
from tui.solving.methods import methods_of

SQUARE = ["completing_square", "formula"]
ALL = ["factoring", *SQUARE]
SYSTEM = ["substitution", "elimination"]
OFFERED = [
    ("x^2 - 5x + 6 = 0", ALL), ("t^2 = 9", ALL), ("x(x - 3) = 0", ALL), ("(x + 1)^2 = 9", ALL),
    ("x^2/2 = 8", ALL), ("0.5x^2 - 1.5x + 1 = 0", ALL), ("用配方法解方程 x²－6x＋5＝0", ALL),
    ("x^2 = 4 and x > 0", ALL), ("x^2 - 2 = 0", SQUARE), ("x^2 + x + 1 = 0", SQUARE),
    ("sqrt(2) x^2 = 1", SQUARE), ("x^2 - pi = 0", SQUARE),
    ("2x + y = 5, x - y = 1", [*SYSTEM, "matrix"]), ("x + y = 2; 2x + 2y = 4", SYSTEM),
    ("x + y = 3; x - y = 1; 2x = 4", SYSTEM), ("解方程组 2x+y=5, x-y=1", [*SYSTEM, "matrix"]),
]  # fmt: skip
NOT_OFFERED = [
    "2x + 3 = 11", "sin x = 1/2", "x^3 - x = 0", "x^2 > 4", "x^2 = x^2 + x", "1/x = 2", "|x-3| = 2",
    "x^4 - 5x^2 + 4 = 0", "x^2 + y = 3, x - y = 1", "x + y = 5", "a x^2 + b x + c = 0", "x = x",
    "x^2 + y^2 = 25; x + y = 7", "integrate x^2 dx", "x^2 - 5x + 6", "hello world", "1/0 = x^2",
    "(x+1)^1000 = x^2", "x^2 = 10^(10^10)", "(sqrt(2)^2 - 2) x^2 + x = 1", "sqrt(-1) x^2 = 1",
    "((((x+y+z+a)^8)^8)^8) = 1, x = 2",
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    found = Reader()
    yield found
    found.close()


def offered(read: Problem | Trouble) -> list[str]:
    return [name for name, _ in methods_of(read)]


@pytest.mark.parametrize(("text", "names"), OFFERED)
def test_a_problem_is_solved_by_each_method_that_is_offered(
    text: str, names: list[str], reader: Reader
) -> None:
    problem = reader.read(Question(text))
    assert offered(problem) == names
    assert isinstance(problem, Problem)
    pool = SharedPool(None).pool()
    for name in names:
        request = replace(problem.request, method=name)
        solution = pool.run("solve", replace(problem, request=request), 10.0)
        assert isinstance(solution, Solution)
        assert not any("was not used" in note.en for note in solution.notes), name


@pytest.mark.parametrize("text", NOT_OFFERED, ids=lambda text: str(text)[:30])
def test_nothing_is_offered_for_what_has_no_methods(text: str, reader: Reader) -> None:
    assert offered(reader.read(Question(text))) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_the_key_says_why_there_is_nothing_to_choose(lang: Lang) -> None:
    told = {Lang.EN: "quadratic equations", Lang.ZH: "一元二次方程"}[lang]

    async def journey() -> None:
        async with solving(lang=lang) as one:
            await one.solve("2x + 3 = 11")
            await one.press("ctrl+g")
            await one.screens.until_told(told)
            await one.solve("sqrt(2) x^2 = 1")
            await one.press("ctrl+g")
            title = {Lang.EN: "factoring", Lang.ZH: "因式分解法"}[lang]
            await one.until({Lang.EN: "quadratic formula", Lang.ZH: "公式法"}[lang])
            assert title not in one.text

    run(journey)
