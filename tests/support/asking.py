"""Typed text to a checked solution, within the test's own process."""

from __future__ import annotations

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution, Verdict


def solved(text: str) -> Solution:
    """The solution of a problem; the test fails where there is none."""
    found = solve(read_problem(text))
    assert isinstance(found, Solution), found
    return found


def answer_of(found: Solution) -> str:
    """The plain text of an answer that is a formula."""
    assert found.answer.value is not None
    return plain(found.answer.value)


def unanswered(text: str) -> bool:
    """Whether the product says that it does not know."""
    try:
        return not isinstance(solve(read_problem(text)), Solution)
    except ReadingError:
        return True


def told(text: str) -> tuple[str, Verdict | None]:
    """The answer as it is told, with its verdict; an empty one where the text is refused."""
    try:
        problem = read_problem(text)
    except ReadingError:
        return "", None
    found = solve(problem)
    return (answer_text(found), found.verdict) if isinstance(found, Solution) else ("", None)


def proved(text: str) -> str:
    """The answer as it is told; the test fails where it is not proved."""
    found = solved(text)
    assert isinstance(found.verdict, Proved), found.verdict
    return answer_text(found)
