"""Tests run against code: two worlds, and a verdict that the code cannot write.

The tests run in one sandbox and the code in another.  The code is asked for answers over a pipe,
and has no other: the tests' text, what they expect, and the pipe for results are not in its
world.  A verdict of ``PASSED`` takes a result for every test that is seen in the file from here.

Between two worlds values are copies, and some things do not cross.  So the tests run once more
beside the code, in one process of a third sandbox, as they would elsewhere.  There the code could
write any result; therefore it decides nothing, and only takes away: a test has passed, or failed,
where it has in both.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.coding import worlds
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limit, NotRun, Outcome, ended_at
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.unjudging import is_idle, why_of
from runtimes.base import Cancel
from runtimes.texts import Text

FILE = "tests.py"
WHOLE = "(the whole file)"
"""The name of what stands outside of every test function."""
MOST_TESTS_TEXT = 1 << 20
"""Bytes; ``ast`` needs a hundred times as much."""
ONLY_PYTHON = Text("only Python code can be tested", "目前只能测试 Python 代码")
ONLY_LINUX = Text("tests are run on Linux alone so far", "目前只能在 Linux 上运行测试")
CODE_ENDED = Text("the code was ended at a limit", "代码因达到限制而被终止")
NO_TESTS = Text("there is no test in the file", "文件中没有测试")
CANCELLED = Text("it was cancelled", "已取消")
EARLY = Text(
    "no result came for {0}: the tests ended early",
    "没有得到 {0} 的结果：测试提前结束",
)
GONE = Text("the tests do not run {0}", "测试文件没有运行 {0}")
ONLY_APART = Text(
    "{0} passes where the code is kept apart from the tests, but not where both share one "
    "process; something that they share makes a difference",
    "代码与测试隔离时 {0} 通过，在同一进程中却没有通过：两者共享的数据影响了结果，因此不作判断",
)
ONLY_TOGETHER = Text(
    "{0} fails where the code is kept apart from the tests, but not where both share one "
    "process; the separation may be the cause",
    "代码与测试隔离时 {0} 没有通过，在同一进程中却没有失败：可能是隔离造成的，因此不作判断",
)
DIFFERENT = Text(
    "{0} gives one result where the code is kept apart from the tests, and another where both "
    "share one process",
    "代码与测试隔离时和在同一进程中时，{0} 的结果不同，因此不作判断",
)


class Verdict(StrEnum):
    """What the tests say of the code; never that it is correct."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"


class TestOutcome(StrEnum):
    """What became of one test."""

    __test__ = False
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    """The test says itself that it does not apply."""
    UNJUDGED = "unjudged"
    """An object of the code would have had to judge itself."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test.  ``detail`` and ``calls`` (of the code, with what they gave) are from outside.

    ``why`` is set where it was not judged.
    """

    __test__ = False
    name: str
    outcome: TestOutcome
    detail: str = ""
    calls: tuple[str, ...] = ()
    why: Text | None = None

    @property
    def idle(self) -> bool:
        """Does the test check nothing, or nothing of the code?"""
        return self.why is not None and is_idle(self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestReport:
    """A file of tests against a file of code.

    ``outcome`` is the run of the tests; ``code`` that of the code, whose stdout was given to the
    tests.  ``why`` is set where the verdict is not that all passed, or one failed, alone.
    """

    __test__ = False
    verdict: Verdict
    results: tuple[TestResult, ...]
    outcome: Outcome
    code: Outcome | NotRun
    printed: str = ""
    why: Text | None = None

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(result.outcome is TestOutcome.PASSED for result in self.results)

    @property
    def failed(self) -> TestResult | None:
        """The first test that failed."""
        return next((r for r in self.results if r.outcome is TestOutcome.FAILED), None)


def expected_tests(text: str) -> tuple[str, ...]:
    """The tests that a file holds, read and not run.  ``ValueError`` where it is no Python."""
    if len(text) > MOST_TESTS_TEXT:
        raise ValueError("too long")
    try:
        tree = ast.parse(text)
    except (SyntaxError, RecursionError, MemoryError) as wrong:
        raise ValueError(str(wrong)) from wrong
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    last = {n.name: n for n in tree.body if isinstance(n, (*functions, ast.ClassDef))}
    names = []
    for node in last.values():  # a name that is defined twice means the last
        if isinstance(node, ast.ClassDef):
            if _holds_tests(node, last):
                names += [
                    f"{node.name}.{item.name}"
                    for item in node.body
                    if isinstance(item, functions) and item.name.startswith("test")
                ]
        elif node.name.startswith("test"):
            names.append(node.name)
    if not names or any(isinstance(node, ast.Assert) for node in tree.body):
        names.insert(0, WHOLE)
    if names == [WHOLE] and not any(isinstance(node, ast.Assert) for node in ast.walk(tree)):
        return ()
    return tuple(dict.fromkeys(names))


def _holds_tests(node: ast.ClassDef, known: Mapping[str, ast.stmt]) -> bool:
    """By its name, or by a base, which may be another class of the file."""
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        bases = waiting.pop().bases
        words = {base.attr for base in bases if isinstance(base, ast.Attribute)}
        words |= {base.id for base in bases if isinstance(base, ast.Name)}
        if "TestCase" in words:
            return True
        found = (known.get(word) for word in words - seen)
        waiting += [item for item in found if isinstance(item, ast.ClassDef)]
        seen |= words
    return node.name.startswith("Test")


def run_tests(
    job: Job,
    tests: str,
    policy: Policy,
    cancel: Cancel | None = None,
    *,
    failing_once: bool = False,
    forgiving: bool = False,
) -> TestReport | NotRun:
    """Run Python tests (functions ``test…``, ``unittest``, plain asserts) against Python code.

    The limits of the job hold for the tests and for the code, each, and again for both together
    in the run that confirms.  With ``failing_once`` a failure is not confirmed: for code that is
    known to be wrong.  ``forgiving``: tests that check nothing are left out where others check
    something.  ``NotRun`` where nothing was started; a report with ``Verdict.NOT_RUN``
    where what was started decides nothing.
    """
    if refusal := runner.refused(policy):
        return refusal
    if sys.platform != "linux":
        return NotRun(ONLY_LINUX)
    if job.language is not Language.PYTHON:
        return NotRun(ONLY_PYTHON, input=True)
    try:
        expected = expected_tests(tests)
    except ValueError as wrong:
        text = Text("the tests are no Python: {0}", "测试不是 Python：{0}", (str(wrong),))
        return NotRun(text, input=True)
    if not expected:
        return NotRun(NO_TESTS, input=True)
    stop = cancel or Cancel()
    try:
        found = _Apart(expected, forgiving=forgiving).run(job, tests, policy, stop)
        if isinstance(found, NotRun) or found.verdict is Verdict.NOT_RUN:
            return found
        if failing_once and found.verdict is Verdict.FAILED:
            return found
        return confirmed(found, job, tests, policy, stop)
    except UnsuitableError as wrong:
        return runner.unsuitable(wrong)


class _Apart:
    """One run of the tests, apart from the code."""

    def __init__(self, expected: tuple[str, ...], *, forgiving: bool = False) -> None:
        self._expected = expected
        self._forgiving = forgiving

    def run(self, job: Job, tests: str, policy: Policy, cancel: Cancel) -> TestReport | NotRun:
        """Both worlds, until the tests have ended."""
        told = Told()
        files = ((FILE, tests.encode("utf-8", "replace")),)
        outcome, code = worlds.examined(job, policy, ("tester", files), told.take, cancel)
        if isinstance(outcome, NotRun):
            return outcome
        return self._report(outcome, code, told)

    def _report(self, outcome: Outcome, code: Outcome | NotRun, told: Told) -> TestReport:
        whole = WHOLE in self._expected
        results = [r for r in told.all(outcome) if whole or r.name != WHOLE or _decides(r)]
        if self._forgiving:
            results = _without_idle(results)
        verdict, why = self._verdict(results, outcome, ended=told.ended)
        if verdict is Verdict.FAILED and (hit := limits_of(code)):
            why = ended_at(CODE_ENDED, hit)
        return TestReport(
            verdict=verdict,
            results=tuple(results),
            outcome=outcome,
            code=code,
            printed=told.printed,
            why=why,
        )

    def _verdict(
        self, results: list[TestResult], outcome: Outcome, *, ended: bool
    ) -> tuple[Verdict, Text | None]:
        outcomes = {result.outcome for result in results}
        if Limit.CANCELLED in outcome.limits:
            return Verdict.NOT_RUN, CANCELLED
        if TestOutcome.FAILED in outcomes:
            return Verdict.FAILED, None
        unjudged = next((r for r in results if r.outcome is TestOutcome.UNJUDGED), None)
        if unjudged is not None:
            return Verdict.NOT_RUN, unjudged.why
        names = {result.name.partition("[")[0] for result in results}
        missing = [name for name in self._expected if name not in names]
        if ended and outcome.succeeded and missing:
            return Verdict.NOT_RUN, GONE.of(missing[0])
        if not ended or not outcome.succeeded:
            return Verdict.FAILED, EARLY.of(missing[0] if missing else WHOLE)
        if outcomes == {TestOutcome.SKIPPED}:
            return Verdict.NOT_RUN, Text("every test was skipped", "所有测试都被跳过")
        return Verdict.PASSED, None


def limits_of(code: Outcome | NotRun) -> tuple[Limit, ...]:
    """The limits that ended the code; that it is ended after the tests is none."""
    limits = code.limits if isinstance(code, Outcome) else ()
    return tuple(limit for limit in limits if limit is not Limit.CANCELLED)


def _without_idle(results: list[TestResult]) -> list[TestResult]:
    """With those skipped that check nothing, where others do."""
    if not any(r.outcome in (TestOutcome.PASSED, TestOutcome.FAILED) for r in results):
        return results
    return [replace(r, outcome=TestOutcome.SKIPPED) if r.idle else r for r in results]


def _decides(result: TestResult) -> bool:
    return result.outcome in (TestOutcome.FAILED, TestOutcome.UNJUDGED)


def confirmed(
    report: TestReport, job: Job, tests: str, policy: Policy, cancel: Cancel
) -> TestReport | NotRun:
    """The report, less what does not hold where code and tests share one process."""
    told = Told()
    taken = {file.name for file in job.files}
    file = next(name for name in (FILE, *(f"tests_{n}.py" for n in range(99))) if name not in taken)
    beside = (file, tests.encode("utf-8", "replace"))
    outcome = worlds.together(job, policy, beside, told.take, cancel)
    if isinstance(outcome, NotRun):
        return outcome
    if Limit.CANCELLED in outcome.limits:
        return replace(report, verdict=Verdict.NOT_RUN, why=CANCELLED)
    there = {result.name: result for result in told.all(outcome)}
    results = tuple(_both(result, there.get(result.name)) for result in report.results)
    if any(result.outcome is TestOutcome.FAILED for result in results):
        return replace(report, results=results)
    unjudged = next((r for r in results if r.outcome is TestOutcome.UNJUDGED), None)
    if unjudged is not None:
        return replace(report, results=results, verdict=Verdict.NOT_RUN, why=unjudged.why)
    if (report.verdict is Verdict.PASSED) != told.ended:
        why = DIFFERENT.of(WHOLE)
        return replace(report, results=results, verdict=Verdict.NOT_RUN, why=why)
    return replace(report, results=results)


def _both(result: TestResult, other: TestResult | None) -> TestResult:
    """A test's result, where it is the same in both runs."""
    found = other.outcome if other is not None else None
    if result.outcome in (TestOutcome.UNJUDGED, found) or result.idle:
        return result
    if other is not None and found is TestOutcome.UNJUDGED:
        why = other.why
    else:
        why = {TestOutcome.PASSED: ONLY_APART, TestOutcome.FAILED: ONLY_TOGETHER}.get(
            result.outcome, DIFFERENT
        ).of(result.name)
    return replace(result, outcome=TestOutcome.UNJUDGED, why=why)


class Told:
    """What was reported; ``open`` is the test that has not ended."""

    def __init__(self) -> None:
        self.results: list[TestResult] = []
        self.open = ""
        self.ended = False
        self.printed = ""

    def take(self, record: dict[str, object]) -> None:
        """One record of the tester."""
        if "start" in record:
            self.open = str(record["start"])
        elif "end" in record:
            self.ended, self.open = True, ""
            self.printed = str(record["printed"])
        else:
            calls = record["calls"]
            if not isinstance(calls, list):
                raise TypeError("no list")
            outcome = TestOutcome(str(record["outcome"]))
            detail = str(record["detail"])
            name = str(record["name"])
            why = None
            if outcome is TestOutcome.UNJUDGED:
                why = why_of(str(record["reason"]), name, detail)
            self.results.append(
                TestResult(name, outcome, detail, tuple(str(call) for call in calls), why)
            )
            self.open = ""

    def all(self, outcome: Outcome) -> list[TestResult]:
        """The results, with that of a test in the middle of which all ended."""
        if not self.open:
            return self.results
        limits = ", ".join(limit.value for limit in outcome.limits)
        detail = f"limit: {limits}" if limits else "the tests ended early"
        return [*self.results, TestResult(self.open, TestOutcome.FAILED, detail)]


__all__ = ["TestOutcome", "TestReport", "TestResult", "Verdict", "expected_tests", "run_tests"]
