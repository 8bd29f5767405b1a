"""Judges one version of some code: looked at first, then run and tested from outside.

The verdict says what the tests say, and never that the code is correct.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from dataclasses import replace

from assistant.coding import failures, static
from assistant.coding.alone import RAN, run_alone
from assistant.coding.claimed import notes_of, run_claims
from assistant.coding.echoes import without_echoes
from assistant.coding.examples import testfiles
from assistant.coding.examples.asked import Example, QuestionExample, doctests_in, examples_in
from assistant.coding.examples.chance import asks_clock
from assistant.coding.examples.testfiles import TestFile
from assistant.coding.importing import asks_others, imported_as
from assistant.coding.linked import LINKED
from assistant.coding.naming import is_test_file, parsed
from assistant.coding.others import beyond, concerned, doubt_of, run_examples, run_file, untested
from assistant.coding.owntests import beside
from assistant.coding.parting import Parted, asked_for, part, without_broken, without_copies
from assistant.coding.programs import AT_LIMIT
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile, ended_at
from assistant.coding.trial import (
    WHOLE,
    TestOutcome,
    TestReport,
    Verdict,
    run_tests,
)
from assistant.coding.tried import (
    Trial,
    excuse,
    failing,
    idle_in,
    judged_in,
    limits_in,
    names_in,
    passed_in,
    total_in,
)
from assistant.coding.types import (
    Asking,
    Brief,
    Code,
    CodeReport,
    CodeVerdict,
    Effort,
    Failed,
    Failure,
    Finding,
    Frame,
    Judged,
    JudgedTest,
    Origin,
    Passed,
    Undecided,
)
from assistant.coding.wording import worded
from runtimes.base import Cancel
from runtimes.texts import Text

NO_SYNTAX = Text("line {0}: {1}", "第 {0} 行：{1}")
OWN_FAIL = Text(
    "a test that the model wrote itself fails ({0}); the tests that decide pass",
    "模型自己写的一个测试没有通过（{0}）；起决定作用的测试均通过",
)
OWN_USELESS = Text("tests of the model's own were left out: {0}", "模型自己写的测试未采用：{0}")
OWN_IDLE = Text(
    "tests of the model's own that check nothing of the code were not counted: {0}",
    "模型自己写的测试中，没有检查代码的未计入：{0}",
)
NO_TEST = Text("no test decides anything", "没有测试能够作出判断")
UNORDERED = Text(
    "the order of the items was not looked at, as the question allows any",
    "题目允许任意顺序，因此比较时没有考虑各项的顺序",
)
BY_THE_CLOCK = Text(
    "the code looks at the clock; what it does at another time or on another day was not tried",
    "代码会读取时钟；它在其他时间或日期的表现没有检验",
)
DECIDING = (Origin.USER, Origin.QUESTION)


def judge(
    code: Code,
    brief: Brief,
    policy: Policy,
    effort: Effort | None = None,
    cancel: Cancel | None = None,
) -> CodeReport:
    """Everything that can be found out about some code within the effort.

    The code runs in the sandbox alone; where the policy allows none, it is looked at only.
    """
    try:
        return _Judging(code, brief, policy, effort or Effort(), cancel or Cancel()).run()
    except RecursionError:  # a limit of ours, and no fault of the code
        return CodeReport(code=code, verdict=Undecided(static.TOO_DEEP))


def testable(code: Code, brief: Brief) -> bool:
    """Is there any test for this part of some code?"""
    if code.language is not Language.PYTHON:
        return concerned(code, brief.question)
    parted = _parted(code, brief)
    return any(True for _ in _test_files(_with_program(code, parted.code), parted.tests, brief))


def _parted(code: Code, brief: Brief) -> Parted:
    """What the user's tests and examples name is code, even where it is called like a test."""
    program = code.program.text
    if not brief.own_tests:  # the user's own are tests as they stand
        program = without_broken(program)
    asked = testfiles.of_question(brief.question, program)
    return part(program, asked_for(brief.user_tests, asked.text))


def _test_files(code: Code, own: str, brief: Brief) -> Iterator[tuple[Origin, TestFile]]:
    """The files of tests, those that decide first; ``own`` stood in the code itself."""
    program = code.program.text
    if brief.user_tests:
        yield Origin.USER, TestFile(brief.user_tests)
    if brief.own_tests:
        yield Origin.USER, TestFile(brief.own_tests)
    examples = testfiles.examples_for(brief.question, program)
    if not brief.whole:
        examples = tuple(e for e in examples if testfiles.concerns(e, program, brief.question))
    asked = testfiles.from_examples(examples, program, brief.question)
    if asked.text:
        yield Origin.QUESTION, asked
    filed = (file.text for file in code.files[1:] if is_test_file(file.name))
    apart = [text for text in filed if not asks_others(text, code)]
    for text in (without_copies(brief.model_tests, program), beside(own, brief.own_tests), *apart):
        if text.strip():
            yield Origin.MODEL, TestFile(without_echoes(text, program))
    used = [e for e in doctests_in(brief.shown) if testfiles.concerns(e, program, brief.shown)]
    shown = testfiles.from_examples((*_docs(program), *used), program)
    if shown.text:
        yield Origin.MODEL, shown


class _Judging:
    def __init__(
        self, code: Code, brief: Brief, policy: Policy, effort: Effort, cancel: Cancel
    ) -> None:
        self._given = code
        self._brief = brief
        self._policy = policy
        self._effort = effort
        self._cancel = cancel
        self._notes: list[Text] = []
        self._findings: list[Finding] = []
        self._python = code.language is Language.PYTHON
        parted = _parted(code, brief) if self._python else None
        self._own = parted.tests if parted else ""
        self._code = _with_program(code, parted.code) if parted else code

    def run(self) -> CodeReport:
        start = time.monotonic()
        findings = static.check(self._given, self._effort)
        fatal = next((finding for finding in findings if finding.fatal), None)
        report = self._broken(fatal) if fatal else self._tried()
        findings = (*findings, *self._findings)
        return replace(report, findings=findings, seconds=time.monotonic() - start)

    def _report(self, verdict: CodeVerdict) -> CodeReport:
        return CodeReport(code=self._given, verdict=verdict, notes=tuple(self._notes))

    def _broken(self, finding: Finding) -> CodeReport:
        """Nobody can load it, so no test can pass."""
        if (newer := static.newer(self._given, finding)) is not None:
            return self._report(Undecided(newer))
        why = worded(NO_SYNTAX, finding.line, finding.text) if finding.line else finding.text
        at = finding.line
        answer = self._given.answer_line(at) if finding.file == self._given.program.name else 0
        lines = self._given.program.text.split("\n")
        source = lines[at - 1].strip() if 0 < at <= len(lines) else ""
        frames = (Frame(finding.file, at, "", source[:200], answer),) if at else ()
        failure = Failure(test=WHOLE, why=why, frames=frames)
        given = (self._brief.user_tests, self._brief.own_tests)
        total = sum(len(names_in(text)) for text in given) + len(examples_in(self._brief.question))
        by = Origin.USER if any(given) else Origin.QUESTION
        return self._report(Failed(0, total, by, failure))

    # tests

    def _tried(self) -> CodeReport:
        trials = list(self._trials()) if self._python else list(self._filed())
        asked = any(trial.origin is Origin.QUESTION for trial in trials)
        pairs = [] if asked or (self._python and not self._brief.whole) else self._examples()
        if asked and self._brief.whole:
            pairs = beyond(self._code, self._brief.question)
        endless = any(isinstance(t.result, TestReport) and limits_in(t.result) for t in trials)
        limits = self._effort.limits
        claims = [] if endless else run_claims(self._code, self._policy, limits, self._cancel)
        self._notes += notes_of(claims)
        if not (trials or pairs):
            # of a false comment nobody knows whether it or the code is to be mended
            pairs = [(test, failure) for test, failure in claims if failure and failure.why]
        told = any(t.outcome is not TestOutcome.UNJUDGED or t.detail for t, _ in pairs)
        alone = self._brief.whole and self._code.language is not Language.SQL
        if trials or told or (pairs and not alone):
            return self._decided(trials, pairs)
        verdict, printed, layers = run_alone(
            self._code, self._policy, self._effort.limits, self._cancel
        )
        if pairs and _says_nothing(verdict, pairs[0][0]):
            verdict = Undecided(doubt_of(pairs[0][0]))
        tests = tuple(test for test, _ in pairs if test.why is not None)
        return replace(self._report(verdict), printed=printed, layers=layers, tests=tests)

    def _examples(self) -> list[Judged]:
        """The question's examples that are not tested in Python: calls, or input and output."""
        how = Asking(self._policy, self._effort.limits, self._cancel, whole=self._brief.whole)
        called = run_examples(self._code, self._brief.question, how)
        self._findings += called.findings
        self._notes += called.notes
        return list(called.tests)

    def _filed(self) -> Iterator[Trial]:
        """The user's file of tests in another language."""
        if not self._brief.user_tests:
            return
        code, tests = self._code, self._brief.user_tests
        job = Job(language=code.language, files=code.files, limits=self._effort.limits)
        question = self._brief.question
        filed = run_file(code, job, tests, self._policy, self._cancel, question)
        if isinstance(filed, NotRun):
            yield Trial(Origin.USER, TestFile(tests), code, filed)
            return
        self._findings += filed.findings
        self._notes += filed.notes
        yield Trial(Origin.USER, TestFile(tests), code, filed.report)

    def _trials(self) -> Iterator[Trial]:
        for origin, file in _test_files(self._code, self._own, self._brief):
            stem = imported_as(file.text, self._code)
            code = _renamed(self._code, stem) if stem else self._code
            code = _with_program(code, code.program.text + file.beside)
            job = Job(language=code.language, files=code.files, limits=self._effort.limits)
            result = run_tests(
                job, file.text, self._policy, self._cancel, forgiving=origin is Origin.MODEL
            )
            yield Trial(origin, file, code, result)

    # the verdict

    def _decided(self, trials: list[Trial], pairs: list[Judged]) -> CodeReport:
        tests = [test for trial in trials for test in judged_in(trial)]
        tests += [test for test, _ in pairs]
        deciding = [trial for trial in trials if trial.origin in DECIDING]
        verdict = self._verdict(deciding or trials, pairs)
        self._notes += untested(self._code, self._brief.question) if self._brief.whole else ()
        if isinstance(verdict, Passed):
            self._notes += self._left_open(tests)
        idle = [test.name for trial in trials for test in idle_in(trial)]
        if idle:
            self._notes.append(OWN_IDLE.of(", ".join(idle)))
        if (deciding or pairs) and isinstance(verdict, Passed):
            self._tell_own([trial for trial in trials if trial not in deciding])
        ran = [t.result for t in trials if isinstance(t.result, TestReport)]
        printed = "".join(report.printed for report in ran)
        layers = tuple(layer.value for layer in ran[0].outcome.layers) if ran else ()
        report = replace(self._report(verdict), tests=tuple(tests), printed=printed, layers=layers)
        if not isinstance(verdict, Passed):
            return report
        from assistant.coding.measures import Subject, measured

        first = (deciding or trials)[:1]
        code, file = (first[0].code, first[0].file.text) if first else (self._code, "")
        subject = Subject(code, file, self._brief)
        return measured(report, subject, self._policy, self._effort, self._cancel)

    def _left_open(self, tests: list[JudgedTest]) -> Iterator[Text]:
        """What the tests that have passed did not look at."""
        if self._unordered(tests):
            yield UNORDERED
        if asks_clock(self._code.program.text, self._brief.question):
            yield BY_THE_CLOCK

    def _unordered(self, tests: list[JudgedTest]) -> bool:
        """Did some tests not look at the order of what a call gives?"""
        if testfiles.order_of(self._brief.question) != "free":
            return False
        names = [test.name for test in tests if test.origin is Origin.QUESTION]
        return any("→ [" in name or "→ (" in name for name in names)

    def _verdict(self, trials: list[Trial], pairs: list[Judged]) -> CodeVerdict:
        passed = sum(passed_in(trial) for trial in trials)
        total = sum(total_in(trial) for trial in trials) + len(pairs)
        passed += sum(test.outcome is TestOutcome.PASSED for test, _ in pairs)
        for trial in trials:
            result = trial.result
            if isinstance(result, NotRun):
                if trial.origin is Origin.MODEL and result.input and len(trials) > 1:
                    self._notes.append(worded(OWN_USELESS, result.why))
                    total -= total_in(trial)
                    continue
                return Undecided(result.why, result.isolation)
            if result.verdict is Verdict.FAILED:
                if not self._brief.whole and (limits := limits_in(result)):
                    return Undecided(ended_at(AT_LIMIT, limits))
                told = [(r, excuse(r, trial)) for r in failing(result)]
                real = tuple(r for r, why in told if why is None)
                if told and not real:
                    return Undecided(next(why for _, why in told if why is not None))
                shown = replace(result, results=real)
                failure = failures.smallest(shown, trial.file.cases, trial.code)
                return Failed(passed, total, trial.origin, self._explained(failure, trial.code))
        for test, failure_ in pairs:
            if failure_ is not None:
                return Failed(passed, total, test.origin, failure_)
        for test, _ in pairs:
            if test.outcome is TestOutcome.UNJUDGED:
                return Undecided(doubt_of(test))
        for trial in trials:
            if isinstance(trial.result, TestReport) and trial.result.verdict is Verdict.NOT_RUN:
                assert trial.result.why is not None
                return Undecided(trial.result.why)
        by = trials[0].origin if trials else pairs[0][0].origin if pairs else Origin.QUESTION
        if not passed or passed < total:
            return Undecided(NO_TEST)
        return Passed(passed, by)

    def _explained(self, failure: Failure, code: Code) -> Failure:
        """The exception of a call in words, from a run of that call alone."""
        if not failure.gave.startswith("raised ") or self._cancel.is_set():
            return failure
        if f"def {LINKED}{failure.call.partition('(')[0]}(" in code.program.text:
            return failure  # by itself it would be handed a list
        from assistant.coding.tracing import explain, trace

        job = Job(language=code.language, files=code.files, limits=self._effort.limits)
        traced = trace(job, self._policy, call=failure.call, cancel=self._cancel)
        raised = None if isinstance(traced, NotRun) else traced.raised
        if raised is None or failure.gave != f"raised {raised.kind}":
            return failure
        told = explain(raised)
        return replace(failure, explained=tuple(t for t in (told.meaning, told.here) if t))

    def _tell_own(self, trials: list[Trial]) -> None:
        for trial in trials:
            if isinstance(trial.result, TestReport) and trial.result.verdict is Verdict.FAILED:
                names = [result.name for result in failing(trial.result)]
                self._notes.append(OWN_FAIL.of(", ".join(names) or WHOLE))


def _says_nothing(verdict: CodeVerdict, test: JudgedTest) -> bool:
    """Does a run without tests say less than the example that decides nothing?"""
    if test.why is not None:
        return isinstance(verdict, Undecided) and not verdict.isolation
    return verdict in (Undecided(RAN), Undecided(failures.READS))


def _with_program(code: Code, text: str) -> Code:
    first, *others = code.files
    return replace(code, files=(SourceFile(first.name, text), *others))


def _renamed(code: Code, stem: str) -> Code:
    first, *others = code.files
    return replace(code, files=(SourceFile(f"{stem}.py", first.text), *others))


def _docs(program: str) -> Iterator[QuestionExample]:
    """The doctests in the code's own words, and the calls of which a function tells what they
    give."""
    tree = parsed(program)
    kinds = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, kinds) and (text := ast.get_docstring(node)):
            yield from doctests_in(text)
            if isinstance(node, ast.FunctionDef):
                for example in examples_in(text):
                    own = isinstance(example, Example) and not example.paired
                    if own and testfiles.concerns(example, program, text):
                        yield example


__all__ = ["judge"]
