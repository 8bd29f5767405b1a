"""Reports on code as JSON: plain values only, sentences in one language."""

from __future__ import annotations

from dataclasses import asdict

from assistant.coding.growth.types import Growth
from assistant.coding.telling import finding_text, measured_lines, verdict_text
from assistant.coding.types import (
    CodeReport,
    CodeVerdict,
    Failed,
    Failure,
    Finding,
    JudgedTest,
    Passed,
    Refused,
    Undecided,
)
from assistant.maths.showing.plain import plain
from assistant.maths.showing.words import filled
from runtimes.texts import Lang, Text

Json = dict[str, object]


def report_record(result: CodeReport | Refused, lang: Lang) -> Json:
    """One version of the code, and what is known of it."""
    if isinstance(result, Refused):
        return {"verdict": "not run", "why": _say(result.why, lang), "code": None}
    growth, faults = result.growth, result.mutation
    return {
        **verdict_record(result.verdict, lang),
        "said": _say(verdict_text(result.verdict), lang),
        "language": result.code.language.value,
        "code": result.code.program.text,
        "file": result.code.program.name,
        "files": {file.name: file.text for file in result.code.files[1:]},
        "tests": [_test(test, lang) for test in result.tests],
        "findings": [finding_record(finding, lang) for finding in result.findings],
        "growth": None if growth is None else _growth(growth, lang),
        "mutation": None
        if faults is None
        else {"noticed": faults.noticed, "tried": faults.tried, "possible": faults.possible},
        "measured": [_say(text, lang) for text in measured_lines(result)],
        "printed": result.printed,
        "isolation": list(result.layers),
        "seconds": round(result.seconds, 4),
    }


def _test(test: JudgedTest, lang: Lang) -> Json:
    return {
        "name": test.name,
        "by": test.origin.value,
        "outcome": test.outcome.value,
        "detail": test.detail,
        "why": None if test.why is None else _say(test.why, lang),
    }


def verdict_record(verdict: CodeVerdict, lang: Lang) -> Json:
    """The verdict: a word of the contract, and what belongs to it."""
    match verdict:
        case Passed(total, by):
            return {"verdict": "passed", "passed": total, "total": total, "by": by.value}
        case Failed(passed, total, by, failure):
            counts: Json = {"passed": passed, "total": total, "by": by.value}
            return {"verdict": "failed", **counts, "failure": failure_record(failure, lang)}
        case Undecided(why, isolation):
            lacks: Json = {"why": _say(why, lang), "lacks_isolation": isolation}
            return {"verdict": "not run", **lacks}


def failure_record(failure: Failure, lang: Lang) -> Json:
    """The smallest failing example."""
    return {
        "test": failure.test,
        "call": failure.call,
        "gave": failure.gave,
        "expected": failure.expected,
        "error": failure.error,
        "why": None if failure.why is None else _say(failure.why, lang),
        "explained": [_say(text, lang) for text in failure.explained],
        "frames": [asdict(frame) for frame in failure.frames],
    }


def finding_record(finding: Finding, lang: Lang) -> Json:
    """What was seen without running the code."""
    return {
        "kind": finding.kind.value,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "fatal": finding.fatal,
        "text": _say(finding.text, lang),
        "said": _say(finding_text(finding), lang),
    }


def _growth(growth: Growth, lang: Lang) -> Json:
    points = growth.worst.points if growth.worst else ()
    return {
        "function": growth.function,
        "order": None if growth.order is None else growth.order.value,
        "asked": None if growth.asked is None else growth.asked.value,
        "agreement": growth.agreement.value,
        "points": [[point.size, point.seconds] for point in points],
        "why": None if growth.why is None else _say(growth.why, lang),
    }


def _say(text: Text, lang: Lang) -> str:
    return filled(text, lang, plain)
