"""Tests run against code: two worlds, and a verdict that the code cannot write.

The tests run in one sandbox and the code in another.  The code is asked for answers over a pipe,
and has no other: the tests' text, what they expect, and the pipe for results are not in its
world.  A verdict of ``PASSED`` takes a result for every test that is seen in the file from here.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from enum import StrEnum

from assistant.coding import worlds
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limit, NotRun, Outcome, ended_at
from assistant.coding.sandbox.view import UnsuitableError
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
    """One test.  ``detail`` and ``calls`` (of the code, with what they gave) are from outside."""

    __test__ = False
    name: str
    outcome: TestOutcome
    detail: str = ""
    calls: tuple[str, ...] = ()


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
    names = []
    for node in tree.body:
        if isinstance(node, functions) and node.name.startswith("test"):
            names.append(node.name)
        elif isinstance(node, ast.ClassDef) and _holds_tests(node):
            names += [
                f"{node.name}.{item.name}"
                for item in node.body
                if isinstance(item, functions) and item.name.startswith("test")
            ]
    if not names or any(isinstance(node, ast.Assert) for node in tree.body):
        names.insert(0, WHOLE)
    if names == [WHOLE] and not any(isinstance(node, ast.Assert) for node in ast.walk(tree)):
        return ()
    return tuple(dict.fromkeys(names))


def _holds_tests(node: ast.ClassDef) -> bool:
    bases = [base.attr if isinstance(base, ast.Attribute) else base for base in node.bases]
    words = [base.id if isinstance(base, ast.Name) else str(base) for base in bases]
    return node.name.startswith("Test") or "TestCase" in words


def run_tests(
    job: Job, tests: str, policy: Policy, cancel: Cancel | None = None
) -> TestReport | NotRun:
    """Run Python tests (functions ``test…``, ``unittest``, plain asserts) against Python code.

    The limits of the job hold for the tests and for the code, each.  ``NotRun`` where nothing
    was started; a report with ``Verdict.NOT_RUN`` where what was started decides nothing.
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
    try:
        return _Trial(expected).run(job, tests, policy, cancel or Cancel())
    except UnsuitableError as wrong:
        return runner.unsuitable(wrong)


class _Trial:
    """One run of the tests."""

    def __init__(self, expected: tuple[str, ...]) -> None:
        self._expected = expected

    def run(self, job: Job, tests: str, policy: Policy, cancel: Cancel) -> TestReport | NotRun:
        """Both worlds, until the tests have ended."""
        told = _Told()
        files = ((FILE, tests.encode("utf-8", "replace")),)
        outcome, code = worlds.examined(job, policy, ("tester", files), told.take, cancel)
        if isinstance(outcome, NotRun):
            return outcome
        return self._report(outcome, code, told)

    def _report(self, outcome: Outcome, code: Outcome | NotRun, lines: _Told) -> TestReport:
        results = list(lines.results)
        if lines.open and outcome.limits:
            words = ", ".join(limit.value for limit in outcome.limits)
            results.append(TestResult(lines.open, TestOutcome.FAILED, f"limit: {words}"))
        elif lines.open:
            results.append(TestResult(lines.open, TestOutcome.FAILED, "the tests ended early"))
        whole = WHOLE in self._expected
        results = [r for r in results if whole or r.name != WHOLE or _decides(r)]
        verdict, why = self._verdict(results, outcome, ended=lines.ended)
        if verdict is Verdict.FAILED and (hit := _limits(code)):
            why = ended_at(CODE_ENDED, hit)
        return TestReport(
            verdict=verdict,
            results=tuple(results),
            outcome=outcome,
            code=code,
            printed=lines.printed,
            why=why,
        )

    def _verdict(
        self, results: list[TestResult], outcome: Outcome, *, ended: bool
    ) -> tuple[Verdict, Text | None]:
        outcomes = {result.outcome for result in results}
        if Limit.CANCELLED in outcome.limits:
            return Verdict.NOT_RUN, Text("it was cancelled", "已取消")
        if TestOutcome.FAILED in outcomes:
            return Verdict.FAILED, None
        if TestOutcome.UNJUDGED in outcomes:
            return Verdict.NOT_RUN, Text(
                "the code answers with objects of its own, which would judge themselves; compare "
                "their parts",
                "代码返回了自定义对象，若直接比较等于让它自己下结论；请比较其各个部分",
            )
        names = {result.name.partition("[")[0] for result in results}
        missing = [name for name in self._expected if name not in names]
        if missing or not ended or not outcome.succeeded:
            left = missing[0] if missing else WHOLE
            return Verdict.FAILED, Text(
                "no result came for {0}: the tests ended early",
                "没有得到 {0} 的结果：测试提前结束",
                (left,),
            )
        if outcomes == {TestOutcome.SKIPPED}:
            return Verdict.NOT_RUN, Text("every test was skipped", "所有测试都被跳过")
        return Verdict.PASSED, None


def _limits(code: Outcome | NotRun) -> tuple[Limit, ...]:
    """The limits that ended the code; that it is ended after the tests is none."""
    limits = code.limits if isinstance(code, Outcome) else ()
    return tuple(limit for limit in limits if limit is not Limit.CANCELLED)


def _decides(result: TestResult) -> bool:
    return result.outcome in (TestOutcome.FAILED, TestOutcome.UNJUDGED)


class _Told:
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
            result = TestResult(
                str(record["name"]),
                TestOutcome(str(record["outcome"])),
                str(record["detail"]),
                tuple(str(call) for call in calls),
            )
            self.results.append(result)
            self.open = ""


__all__ = ["TestOutcome", "TestReport", "TestResult", "Verdict", "expected_tests", "run_tests"]
