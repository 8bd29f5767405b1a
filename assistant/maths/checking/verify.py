"""Checks a draft: every step and the answer, by code that did not produce them."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths.cas.convert import NotConvertible, srepr
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Answer,
    Doubt,
    Refuted,
    Request,
    Solution,
    Step,
    Undecided,
    Verdict,
)


def check_step(step: Step) -> Verdict:
    """The verdict on one step's claim (being written)."""
    del step
    return Undecided(Doubt.NO_METHOD)


def check_answer(request: Request, draft: Draft) -> Verdict:
    """The verdict on the answer as an answer to the request (being written)."""
    del request, draft
    return Undecided(Doubt.NO_METHOD)


def check_steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same steps, sub-steps too, with their verdicts."""
    return tuple(
        replace(step, substeps=check_steps(step.substeps), verdict=check_step(step))
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
        except NotConvertible:
            spelling = ""
    return Solution(
        kind=request.task,
        answer=Answer(value=draft.answer, text=draft.text, srepr=spelling),
        steps=steps,
        verdict=verdict,
        variables=draft.variables,
        conditions=draft.conditions,
        notes=draft.notes,
        method=draft.method,
        curves=draft.curves,
    )
