"""The report of a file of tests that is judged as a whole."""

from __future__ import annotations

from dataclasses import replace

from assistant.coding.sandbox.types import NotRun, Outcome
from assistant.coding.trial import TestReport, TestResult, Verdict
from runtimes.texts import Text


def whole_report(
    verdict: Verdict,
    result: TestResult,
    outcome: Outcome,
    why: Text | None,
    code: Outcome | NotRun | None = None,
) -> TestReport:
    """What became of a file of tests as a whole."""
    return TestReport(
        verdict=verdict,
        results=(result,),
        outcome=replace(outcome, stdout=""),
        code=outcome if code is None else code,
        printed=outcome.stdout,
        why=why,
    )
