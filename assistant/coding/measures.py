"""What is measured of code whose tests pass: growth, agreement with an oracle, small faults."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.coding.examples import pairtests
from assistant.coding.growth import Agreement, asked_in, measure
from assistant.coding.mutation import check_mutations
from assistant.coding.properties import Reference, check_property
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limits, NotRun
from assistant.coding.trial import Verdict
from assistant.coding.types import Brief, Code, CodeReport, Effort, Failed, Failure, Origin
from assistant.coding.wording import worded
from runtimes.base import Cancel
from runtimes.texts import Text

NOT_MEASURED = Text("its growth was not measured: {0}", "未能测量增长：{0}")
NOT_COMPARED = Text("it was not compared with {0}: {1}", "未能与 {0} 比较：{1}")
NO_FUNCTION = Text("it is not clear which function is meant", "不清楚指的是哪个函数")
NO_FAULTS = Text("no faults were tried: {0}", "未能进行变异测试：{0}")
GROWTH_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Subject:
    """The code that has passed ``tests``, and what was asked for."""

    code: Code
    tests: str
    brief: Brief


def measured(
    report: CodeReport, subject: Subject, policy: Policy, effort: Effort, cancel: Cancel
) -> CodeReport:
    """The report with what was measured; an oracle that is not met makes the verdict a failure."""
    code, brief = subject.code, subject.brief
    if code.language is not Language.PYTHON:
        return report
    target = pairtests.target(code.program.text, brief.question)
    name = target.name if target and target.name == target.call else ""
    for step in (_compared, _grown) if effort.growth else (_compared,):
        if not cancel.is_set():
            report = step(report, subject, name, policy, cancel)
    slow = report.growth is not None and report.growth.agreement is Agreement.DISAGREES
    if slow or isinstance(report.verdict, Failed) or cancel.is_set():
        return report  # it will be written again
    if effort.mutants and subject.tests:
        job = _job(code, effort.seconds)
        found = check_mutations(job, subject.tests, policy, budget=effort.mutants, cancel=cancel)
        if isinstance(found, NotRun):
            return _noted(report, worded(NO_FAULTS, found.why))
        return replace(report, mutation=found)
    return report


def _compared(
    report: CodeReport, subject: Subject, name: str, policy: Policy, cancel: Cancel
) -> CodeReport:
    """Against the function that the user has named as an oracle."""
    like = subject.brief.like
    if not like:
        return report
    if not name:
        return _noted(report, worded(NOT_COMPARED, like, NO_FUNCTION))
    job = _job(subject.code, GROWTH_SECONDS)
    found = check_property(
        job, name, Reference(like), policy, examples=subject.tests, cancel=cancel
    )
    if isinstance(found, NotRun):
        return _noted(report, worded(NOT_COMPARED, like, found.why))
    report = replace(report, oracle=found)
    if found.verdict is not Verdict.FAILED or found.failing is None:
        return (
            report if found.why is None else _noted(report, worded(NOT_COMPARED, like, found.why))
        )
    wrong = found.failing
    failure = Failure(
        test=f"{name} ~ {like}", call=wrong.call, gave=wrong.gave, expected=wrong.expected
    )
    return replace(report, verdict=Failed(found.tried - 1, found.tried, Origin.ORACLE, failure))


def _grown(
    report: CodeReport, subject: Subject, name: str, policy: Policy, cancel: Cancel
) -> CodeReport:
    asked = subject.brief.growth or asked_in(subject.brief.question)
    if asked is None or isinstance(report.verdict, Failed):
        return report
    if not name:
        return _noted(report, worded(NOT_MEASURED, NO_FUNCTION))
    job = _job(subject.code, GROWTH_SECONDS)
    found = measure(job, name, policy, asked=asked, examples=subject.tests, cancel=cancel)
    if isinstance(found, NotRun):
        return _noted(report, worded(NOT_MEASURED, found.why))
    return replace(report, growth=found)


def _job(code: Code, seconds: float) -> Job:
    limits = Limits(seconds=seconds, cpu=max(1, round(seconds + 0.5)))
    return Job(language=code.language, files=code.files, limits=limits)


def _noted(report: CodeReport, note: Text) -> CodeReport:
    return replace(report, notes=(*report.notes, note))
