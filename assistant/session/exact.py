"""The exact solver's part of a turn."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.maths.showing.markdown import solution_markdown
from assistant.maths.types import Failure, Problem, Refuted, Solution, Text, Trouble, Undecided
from assistant.session.means import Means
from runtimes.base import Cancel
from runtimes.texts import Lang

UNSURE = Trouble(
    Failure.UNSUPPORTED,
    Text("an answer was found, but it could not be confirmed", "找到了答案，但无法确认其正确"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A solution whose answer is proved or supported, with the problem as it was read."""

    problem: Problem
    solution: Solution

    def markdown(self, lang: Lang) -> str:
        """The whole solution, as it is stored and as a model is told it."""
        return solution_markdown(self.problem, self.solution, lang)


def solve_exactly(means: Means, problem: Problem, cancel: Cancel) -> Found | Trouble | None:
    """The checked solution of a problem, or why there is none; ``None`` when cancelled.

    A draft whose answer was refuted or not decided is no answer to offer unasked.
    """
    result = means.compute("solve", problem, cancel)
    if result is None or isinstance(result, Trouble):
        return result
    assert isinstance(result, Solution)
    if isinstance(result.verdict, Refuted | Undecided):
        return UNSURE
    return Found(problem, result)
