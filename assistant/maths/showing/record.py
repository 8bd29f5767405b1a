"""Solutions as the records of the batch contract (``--json``, ``--batch``)."""

from __future__ import annotations

from assistant.maths.showing.answers import answer_parts, answer_text
from assistant.maths.showing.latex import latex
from assistant.maths.showing.plain import plain
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang, Problem, Proved, Solution, Step, Text, Trouble, verdict_word

Json = dict[str, object]


def fill(text: Text, lang: Lang) -> str:
    """A sentence with its formulas in plain text."""
    return filled(text, lang, plain)


def step_record(step: Step, lang: Lang) -> Json:
    """One step and the steps inside it."""
    verdict = step.verdict
    return {
        "rule": step.rule.id,
        "title": step.rule.title(lang),
        "why": fill(step.why, lang),
        "before": plain(step.before),
        "after": plain(step.after),
        "latex_before": latex(step.before, lang),
        "latex_after": latex(step.after, lang),
        "verdict": verdict_word(verdict) if verdict else "undecided",
        "method": verdict.method if isinstance(verdict, Proved) else "",
        "steps": [step_record(s, lang) for s in step.substeps],
    }


def solution_record(problem: Problem, solution: Solution, lang: Lang) -> Json:
    """The record of a solved problem; the caller adds ``id`` and ``seconds``.

    Its notes begin with how an ambiguous problem was read.
    """
    return {
        "kind": solution.kind.value,
        "answer": {
            "text": answer_text(solution),
            "latex": ", ".join(latex(part, lang) for part in answer_parts(solution)),
            "srepr": solution.answer.srepr,
        },
        "variables": list(solution.variables),
        "steps": [step_record(s, lang) for s in solution.steps],
        "verdict": verdict_word(solution.verdict),
        "method": solution.method,
        "conditions": [fill(c, lang) for c in solution.conditions],
        "notes": [fill(n, lang) for n in (*problem.notes, *solution.notes)],
        "error": None,
    }


def trouble_record(trouble: Trouble, lang: Lang) -> Json:
    """The record of a problem that was not solved."""
    return {
        "kind": None,
        "answer": None,
        "steps": [],
        "verdict": "undecided",
        "conditions": [],
        "error": {
            "code": trouble.code.value,
            "message": fill(trouble.message, lang),
            "at": trouble.at,
        },
    }
