"""Events of a turn as JSON: for ``assistant ask --json``, and for the history.

The names are those of the command line's contract; a record holds plain values only.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import assert_never

from assistant.events import (
    Account,
    AnswerChecked,
    CodeChecked,
    Gist,
    Notice,
    Rewound,
    Routed,
    Solved,
    StepChecked,
    StepProposed,
    ToolRan,
    TurnEvent,
    TurnFinished,
    VoteCounted,
)
from assistant.maths.showing.plain import plain
from assistant.maths.showing.words import filled
from assistant.maths.types import Mark, Proved, Refuted, Supported, Undecided, Verdict, verdict_word
from runtimes import errors
from runtimes.texts import Lang, Text
from runtimes.types import PromptProgress, ReasoningDelta, TextDelta, ToolCall

Json = dict[str, object]


def event_record(event: TurnEvent, lang: Lang) -> Json:
    """One event; sentences in one language."""
    match event:
        case PromptProgress(done, total, cached):
            return {"event": "prompt", "done": done, "total": total, "cached": cached}
        case ReasoningDelta(text):
            return {"event": "reasoning", "text": text}
        case TextDelta(text):
            return {"event": "text", "text": text}
        case ToolCall(number, name, arguments):
            return {"event": "tool", "id": number, "name": name, "arguments": _json(arguments)}
        case ToolRan(call, result, failed):
            return {"event": "result", "id": call.id, "result": result, "failed": failed}
        case Routed(route, why, forced):
            told = say(why, lang)
            return {"event": "route", "route": route.value, "why": told, "forced": forced}
        case Solved(problem, solution, offered):
            from assistant.maths.showing.record import solution_record

            record = solution_record(problem, solution, lang)
            return {"event": "solution", "offered": offered, "solution": record}
        case Gist(text):
            return {"event": "gist", "text": say(text, lang)}
        case Notice(kind, text, detail):
            return {
                "event": "notice", "kind": kind.value, "text": say(text, lang), "detail": detail
            }  # fmt: skip
        case StepProposed(step):
            return {"event": "step", **asdict(step)}
        case StepChecked(index, mark):
            return {"event": "verdict", "index": index, **mark_record(mark, lang)}
        case Rewound(offset, step, attempt, why):
            return {
                "event": "rewound", "offset": offset, "step": step, "attempt": attempt,
                "why": say(why, lang),
            }  # fmt: skip
        case CodeChecked(index, start, end, report):
            from assistant.coding.recording import report_record

            place = {"index": index, "start": start, "end": end}
            return {"event": "code", **place, **report_record(report, lang)}
        case AnswerChecked(answer, verdict, why, exact):
            return {
                "event": "answer", "answer": answer, **verdict_record(verdict),
                "why": say(why, lang), "exact": exact,
            }  # fmt: skip
        case VoteCounted():
            return {"event": "vote", **asdict(event)}
        case TurnFinished():
            return _finished(event, lang)
    assert_never(event)


def _finished(event: TurnFinished, lang: Lang) -> Json:
    account = event.account
    return {
        "event": "finished",
        "reason": event.end.value,
        "answer": event.answer,
        "steps": asdict(account.steps),
        "usage": {
            "prompt_tokens": account.prompt_tokens,
            "cached_tokens": account.cached_tokens,
            "reasoning_tokens": account.reasoning_tokens,
            "answer_tokens": account.answer_tokens,
        },
        **_rest(account),
        "error": None if event.failure is None else failure_record(event.failure, lang),
    }


def _rest(account: Account) -> Json:
    verdict = account.answer_verdict
    return {
        "answer_verdict": None if verdict is None else verdict_word(verdict),
        "code": asdict(account.code),
        "votes": None if account.votes is None else asdict(account.votes),
        "repairs": account.repairs,
        "model": account.model,
        "quantisation": account.quantisation,
        "seed": account.seed,
        "temperature": account.temperature,
        "context": account.context,
        "first_token_seconds": round(account.first_token_seconds, 4),
        "tokens_per_second": _rounded(account.tokens_per_second, 2),
        "seconds": round(account.seconds, 4),
        "joules": _rounded(account.joules, 1),
    }


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits)


def mark_record(mark: Mark, lang: Lang) -> Json:
    """A mark with its reason."""
    return {**verdict_record(mark.verdict), "claims": mark.claims, "why": say(mark.why, lang)}


def verdict_record(verdict: Verdict) -> Json:
    """A verdict as the batch contract has it: the word, and what belongs to it."""
    word: Json = {"verdict": verdict_word(verdict)}
    match verdict:
        case Proved(method):
            return {**word, "method": method}
        case Supported(points):
            return {**word, "points": points}
        case Refuted(witness, left, right):
            truths = {"true", "false", ""}
            values = "" if {left, right} <= truths else f": {left} ≠ {right}"
            return {**word, "witness": f"{witness}{values}"}
        case Undecided(doubt):
            return {**word, "doubt": doubt.value}
    assert_never(verdict)


def failure_record(failure: errors.RuntimeFailure, lang: Lang) -> Json:
    """What went wrong, as an event of its own or within the last one."""
    plan = failure.plan if isinstance(failure, errors.DoesNotFit) else None
    return {
        "event": "error",
        "kind": type(failure).__name__,
        "message": say(failure.message, lang),
        "because": [say(text, lang) for text in (plan.because if plan else ())],
        "remedy": None if failure.remedy is None else say(failure.remedy, lang),
        "nearest": [say(text, lang) for text in (plan.nearest if plan else ())],
    }


def say(text: Text, lang: Lang) -> str:
    """A sentence in one language, its formulas in plain text."""
    return filled(text, lang, plain)


def _json(arguments: str) -> object:
    """The arguments of a call; as text where the model wrote no JSON."""
    try:
        value: object = json.loads(arguments)
        json.dumps(value, allow_nan=False)  # Python reads NaN and 1e999, which are no JSON
    except (ValueError, RecursionError):
        return arguments
    return value
