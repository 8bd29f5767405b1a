"""Checks a draft: every step and the answer, by code that did not produce them.

A solution is refuted when any of its steps or its answer is.  Else its verdict is that of
the answer alone: the answer is checked against the problem itself, not against the steps,
so a step that could not be decided takes nothing from it (the step shows its own mark).
"""

from __future__ import annotations

import time
from dataclasses import replace

from assistant.maths.cas.convert import NotConvertible, srepr
from assistant.maths.checking.claims import check_claim
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.registry import check_for
from assistant.maths.domains import is_used
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Answer,
    Doubt,
    Link,
    Refuted,
    Request,
    Solution,
    Step,
    Undecided,
    Verdict,
)

STEP_SECONDS = 0.8
"""What one step's check may take."""
DRAFT_SECONDS = 3.0
"""What the checks of all steps of a draft may take together, by the clock: somebody waits."""


def check_step(step: Step, seconds: float = STEP_SECONDS) -> Verdict:
    """The verdict on one step's claim; never raises, ends in time."""
    if step.link is Link.FORMULA:
        return Undecided(Doubt.NOT_A_CLAIM)
    if seconds <= 0:
        return Undecided(Doubt.TIME)
    try:
        with alarm(seconds * 1.5):
            return check_claim(step, Deadline(seconds))
    except OutOfTime:
        return Undecided(Doubt.TIME)
    except (MemoryError, RecursionError):
        raise
    except Exception as wrong:  # noqa: BLE001 - a bug in a check must not cost the solution
        return Undecided(Doubt.NO_METHOD, f"{type(wrong).__name__}: {wrong}"[:200])


def check_answer(request: Request, draft: Draft) -> Verdict:
    """The verdict on the answer as an answer to the request."""
    check = check_for(request.task)
    if check is None or not is_used(request):
        return Undecided(Doubt.NO_METHOD)
    try:
        return check(request, draft)
    except OutOfTime:
        return Undecided(Doubt.TIME)
    except (MemoryError, RecursionError):
        raise
    except Exception as wrong:  # noqa: BLE001 - as above
        return Undecided(Doubt.NO_METHOD, f"{type(wrong).__name__}: {wrong}"[:200])


def check_steps(steps: tuple[Step, ...], deadline: Deadline | None = None) -> tuple[Step, ...]:
    """The same steps, sub-steps too, with their verdicts."""
    deadline = deadline or Deadline(DRAFT_SECONDS, time.monotonic)
    return tuple(
        replace(
            step,
            verdict=check_step(step, min(STEP_SECONDS, deadline.left)),
            substeps=check_steps(step.substeps, deadline),
        )
        for step in steps
    )


def _first_refuted(steps: tuple[Step, ...]) -> Refuted | None:
    for step in steps:
        if isinstance(step.verdict, Refuted):
            return step.verdict
        if (inner := _first_refuted(step.substeps)) is not None:
            return inner
    return None


def check_draft(request: Request, draft: Draft) -> Solution:
    """A solution with all its verdicts; refuted where any part of it is."""
    steps = check_steps(draft.steps)
    verdict = _first_refuted(steps) or check_answer(request, draft)
    spelling = ""
    if draft.answer is not None:
        try:
            spelling = srepr(draft.answer)
        except (NotConvertible, ValueError):  # no SymPy form, or more digits than are written
            spelling = ""
    return Solution(
        kind=request.task,
        answer=Answer(value=draft.answer, text=draft.text, srepr=spelling, said=draft.said),
        steps=steps,
        verdict=verdict,
        variables=draft.variables,
        conditions=draft.conditions,
        notes=draft.notes,
        method=draft.method,
        curves=draft.curves,
    )
