"""Answers that are mathematically equal, counted as one."""

from __future__ import annotations

from assistant.maths.answers.clean import plain_words
from assistant.maths.checking.equal import equal_answers
from assistant.maths.checking.numerics.budget import Deadline

SECONDS = 8.0
"""For all comparisons together; answers that are left then are grouped by their text."""
MAX_ANSWER = 20_000
"""Characters of one answer that are looked at."""


def group_answers(answers: tuple[str, ...]) -> tuple[int, ...]:
    """The number of each answer's group, counted from 0 in the order of appearance.

    Two answers share a group where they are certainly equal, or the same text: undecided ones
    stay apart.  An answer is compared with the first of each group only.
    """
    deadline = Deadline(SECONDS)
    firsts: list[str] = []
    by_text: dict[str, int] = {}
    numbers: list[int] = []
    for answer in answers:
        answer = answer[:MAX_ANSWER]  # noqa: PLW2901 - the same answer, cut
        text = plain_words(answer)
        number = by_text.get(text)
        if number is None:
            same = (
                n
                for n, first in enumerate(firsts)
                if deadline.left > 0 and equal_answers(first, answer).equal
            )
            number = next(same, len(firsts))
            by_text[text] = number
        if number == len(firsts):
            firsts.append(answer)
        numbers.append(number)
    return tuple(numbers)
