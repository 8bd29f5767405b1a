"""What a solution says beside its steps: other methods, and how far a check went."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.showing.story import sentence
from assistant.maths.solving.engine import solve
from assistant.maths.types import Lang, Solution, Supported
from assistant.maths.ways import FOR_SYSTEMS, OTHERS


@pytest.mark.parametrize("text", ["x^2 - 5x + 6 = 0", "x + y = 3, x - y = 1"])
def test_a_note_names_the_methods_and_no_option_of_a_program(text: str) -> None:
    found = solve(read_problem(text))
    assert isinstance(found, Solution)
    assert {n.en for n in found.notes} & {OTHERS.en, FOR_SYSTEMS.en}
    for note in found.notes:
        for lang in Lang:
            assert "--" not in note.template(lang)


def test_a_problem_with_one_method_names_none() -> None:
    found = solve(read_problem("2x + 1 = 5"))
    assert isinstance(found, Solution)
    assert not {n.en for n in found.notes} & {OTHERS.en, FOR_SYSTEMS.en}


@pytest.mark.parametrize(
    ("points", "words"), [(1, "at one point;"), (2, "at 2 points;"), (12, "at 12 points;")]
)
def test_the_number_of_points_is_said_in_good_english(points: int, words: str) -> None:
    said = sentence(Supported(points))
    assert words in said.en.format(*said.args)
    assert f"在 {points} 个点上" in said.zh.format(*said.args)
