"""Asks the questions of a set one by one and judges the answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from assistant.evaluation.results import Outcome, Result
from assistant.evaluation.sets import Item
from assistant.events import TurnEnd, TurnFinished
from assistant.maths.answers.extract import extract_answer
from assistant.maths.pool import Runner
from assistant.teaching.marking.comparing import Comparing, Held
from runtimes.errors import Overflow

Ask = Callable[[str], TurnFinished]
"""A whole turn of a conversation of its own."""
DECIDED = {Held.TRUE: Outcome.RIGHT, Held.FALSE: Outcome.WRONG}


def evaluate(items: Sequence[Item], ask: Ask, runner: Runner, settings: str) -> Iterator[Result]:
    """A result for each question, as it comes; ends with one that was cancelled.

    Raises ``RuntimeFailure`` where the model fails; a question that it has no room for only counts
    as not answered.
    """
    for item in items:
        began = time.monotonic()
        finished = ask(item.question)
        if finished.end is TurnEnd.CANCELLED:
            return
        if finished.failure is not None and not isinstance(finished.failure, Overflow):
            raise finished.failure
        answer = extract_answer(finished.answer) if finished.answer.strip() else ""
        account = finished.account
        yield Result(
            id=item.id,
            question=item.question,
            gold=item.gold,
            answer=answer,
            outcome=judged(runner, item, answer, finished.end),
            settings=settings,
            tokens=account.reasoning_tokens + account.answer_tokens,
            seconds=round(time.monotonic() - began, 2),
            refuted=account.steps.refuted,
        )


def judged(runner: Runner, item: Item, answer: str, end: TurnEnd) -> Outcome:
    """Is the answer the right one?  One that was cut off is none."""
    if not answer.strip() or end is not TurnEnd.ANSWERED:
        return Outcome.NONE
    held = Comparing(runner, item.question).outcome((item.gold,), answer)
    return DECIDED.get(held, Outcome.OPEN)
