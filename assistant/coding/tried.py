"""Tests of one origin that were run, and what they said, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.coding import failures
from assistant.coding.examples.testfiles import TestFile
from assistant.coding.sandbox.types import Limit, NotRun
from assistant.coding.trial import (
    WHOLE,
    TestOutcome,
    TestReport,
    TestResult,
    expected_tests,
    limits_of,
)
from assistant.coding.types import Code, JudgedTest, Origin
from runtimes.texts import Text


@dataclass(frozen=True, slots=True)
class Trial:
    """Tests of one origin, and what they said."""

    origin: Origin
    file: TestFile
    code: Code
    result: TestReport | NotRun


def names_in(tests: str) -> tuple[str, ...]:
    """The tests of a file by their names; none where it is no Python."""
    try:
        return tuple(name for name in expected_tests(tests) if name != WHOLE)
    except ValueError:
        return ()


def judged_in(trial: Trial) -> Iterator[JudgedTest]:
    """Each test, and what became of it."""
    if isinstance(trial.result, TestReport):
        for result in counted(trial.result):
            case = trial.file.cases.get(result.name)
            name = f"{case.call} → {case.wanted}" if case and case.wanted else result.name
            failed = result.outcome is TestOutcome.FAILED
            excused = failed and excuse(result, trial) is not None
            outcome = TestOutcome.UNJUDGED if excused else result.outcome
            yield JudgedTest(name, trial.origin, outcome, result.detail, result.why)


def excuse(result: TestResult, trial: Trial) -> Text | None:
    """Why a test that failed says nothing of the code, where that is so."""
    said = failures.unsure(result) if trial.file.cases else None
    said = (trial.file.others if failures.other_value(result) else None) or said
    return said or failures.excuse(result.detail, trial.code) or failures.stranger(result)


def limits_in(report: TestReport) -> tuple[Limit, ...]:
    """The limits at which the tests or the code were ended."""
    return *limits_of(report.outcome), *limits_of(report.code)


def counted(report: TestReport) -> list[TestResult]:
    """The results that count: the file as a whole only where there is nothing else."""
    own = [result for result in report.results if result.name != WHOLE]
    return own or list(report.results)


def idle_in(trial: Trial) -> list[TestResult]:
    """The tests that were left out, as they check nothing."""
    results = trial.result.results if isinstance(trial.result, TestReport) else ()
    return [r for r in results if r.outcome is TestOutcome.SKIPPED and r.idle]


def failing(report: TestReport) -> list[TestResult]:
    """The tests that failed."""
    return [r for r in report.results if r.outcome is TestOutcome.FAILED]


def passed_in(trial: Trial) -> int:
    """How many tests passed."""
    if isinstance(trial.result, NotRun):
        return 0
    return sum(r.outcome is TestOutcome.PASSED for r in counted(trial.result))


def total_in(trial: Trial) -> int:
    """With the tests that were not reached; without those that do not apply."""
    names = names_in(trial.file.text)
    if isinstance(trial.result, NotRun):
        return len(names)
    results = counted(trial.result)
    reached = {result.name.partition("[")[0] for result in results}
    missing = [name for name in names if name not in reached]
    skipped = sum(r.outcome is TestOutcome.SKIPPED for r in results)
    whole = sum(r.name == WHOLE for r in results) if missing else 0
    return len(results) - skipped - whole + len(missing)
