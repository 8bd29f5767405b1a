"""A story's answer is proved for the equations alone, and that is said."""

from __future__ import annotations

import pytest

from assistant.maths.reading.problem import read_problem
from assistant.maths.showing.story import story
from assistant.maths.solving.engine import solve
from assistant.maths.types import Solution

STORY_EN = "Tom has 3 apples. He buys 4 more apples. How many apples does he have now?"
STORY_ZH = "小明有12个苹果，又买了5个，现在有多少个苹果？"


def verdict(text: str) -> tuple[str, str]:
    problem = read_problem(text)
    found = solve(problem)
    assert isinstance(found, Solution), found
    said = story(problem, found).verdict
    return said.en, said.zh


@pytest.mark.parametrize("text", [STORY_EN, STORY_ZH])
def test_the_reader_is_asked_to_compare_the_equations(text: str) -> None:
    en, zh = verdict(text)
    assert "whether they say what the story means" in en
    assert "是否符合题意" in zh


@pytest.mark.parametrize("text", ["solve 2x = 8", "f(x) = x^2, f(3)", "Suppose 2x = 4. What is x?"])
def test_a_formula_needs_no_such_word(text: str) -> None:
    en, zh = verdict(text)
    assert en.startswith("Proved by an independent check")
    assert "题意" not in zh
