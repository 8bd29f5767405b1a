"""Answers written by hand the way small reasoning models write, some with one wrong step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.events import SpokenStep
from assistant.steps import StepParser

WRONG = "✗"
"""Stands behind the wrong step."""


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """``wrong`` is the place of the wrong step among the steps, where there is one."""

    name: str
    problem: str
    steps: tuple[SpokenStep, ...]
    wrong: int | None

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(step.text for step in self.steps)


def model_answers() -> list[ModelAnswer]:
    """All of them."""
    source = Path(__file__).parent / "texts" / "model_answers.md"
    found = []
    for n, block in enumerate(source.read_text(encoding="utf-8").split("=== ")[1:]):
        head, _, rest = block.partition("\n")
        problem, _, answer = rest.partition("\n---\n")
        found.append(_read(f"{head} {n}", problem, answer))
    return found


def _read(name: str, problem: str, answer: str) -> ModelAnswer:
    text, mark, rest = answer.partition(f" {WRONG}")
    parser = StepParser()
    steps = (*parser.feed(text + rest), *parser.flush())
    before = [n for n, step in enumerate(steps) if step.start < len(text)]
    return ModelAnswer(name, problem, steps, before[-1] if mark else None)
