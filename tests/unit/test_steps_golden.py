"""Answers as models write them, and the steps that are found in each.

``UPDATE_GOLDEN=1 pytest tests/unit/test_steps_golden.py`` writes the files anew; look at the
difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Refuted, Work
from assistant.steps import StepParser

GOLDEN = Path(__file__).parent / "golden" / "steps"
ANSWERS = sorted(path.stem for path in GOLDEN.glob("*.md"))


def answer(name: str) -> str:
    return (GOLDEN / f"{name}.md").read_bytes().decode()


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_gives_the_steps_it_gave_before(name: str) -> None:
    text = answer(name)
    parser = StepParser()
    steps = [*parser.feed(text), *parser.flush()]
    lines = [f"{step.text}\n    {text[step.start : step.end]!r}\n" for step in steps]
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text("".join(lines), encoding="utf-8")
    assert "".join(lines) == path.read_text(encoding="utf-8")


def test_there_are_answers_in_both_languages() -> None:
    assert len(ANSWERS) >= 25
    assert {name[:3] for name in ANSWERS} == {"en_", "zh_"}


RIGHT = [
    "en_linear", "zh_apples", "en_clips", "zh_system", "en_cases", "en_aligned", "zh_plain_lines",
    "zh_r1_distill", "en_r1_distill", "zh_contradiction", "en_contradiction", "en_substituted",
]  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_nothing_in_a_right_answer_is_refuted(name: str) -> None:
    text = answer(name)
    parser = StepParser()
    steps = [*parser.feed(text), *parser.flush()]
    report = check_work(Work("", tuple(step.text for step in steps)))
    refuted = [
        step.text
        for step, mark in zip(steps, report.marks, strict=True)
        if isinstance(mark.verdict, Refuted)
    ]
    assert refuted == []
