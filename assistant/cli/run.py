"""``assistant run``: a program, or tests against it, in the sandbox; no model is needed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.diagnostics import Exit, advice, complain, write
from assistant.cli.run_options import LANGUAGES, combined, configure
from assistant.cli.run_tests import tested
from assistant.cli.sources import Unreadable, read_source
from assistant.maths.types import Lang
from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.coding.sandbox.policy import Policy
    from assistant.coding.sandbox.types import Job, Language, NotRun, Outcome
    from assistant.coding.tracing import Trace
    from assistant.coding.trial import TestReport, Verdict

USAGE = "FILE [--tests FILE] [--trace] [--growth FUNCTION] [--lang LANGUAGE] [--json]"
NOT_READ = Text("cannot read the file", "无法读取文件")
WHICH = Text(
    "which language is it? say so with --lang: {0}", "无法判断语言，请用 --lang 指定：{0}",
    (", ".join(LANGUAGES),),
)  # fmt: skip
UNSAFE = Text(
    "WARNING: not isolated. The code can reach your files and the network as you can: {0}",
    "警告：没有隔离。代码可以像你一样访问你的文件和网络：{0}",
)
HOW_UNSAFE = Text(
    "to run it nevertheless, this once, with access to your files: --unsafe",
    "如仍要运行（仅此一次，代码可访问你的文件）：--unsafe",
)
ENDED = Text("exit status {0} after {1} s · held by: {2}", "退出状态 {0}，用时 {1} 秒 · 隔离：{2}")
KILLED = Text(
    "ended by signal {0} after {1} s · held by: {2}", "被信号 {0} 终止，用时 {1} 秒 · 隔离：{2}"
)
HOW_CALLED = Text("to trace a call: --trace --call '{0}'", "跟踪一次调用：--trace --call '{0}'")
HOW_TRACED = Text(
    "assistant run {0} --trace shows the values that led there",
    "用 assistant run {0} --trace 查看导致出错的值",
)
LIMIT = Text("it was ended at a limit", "达到限制而被终止")
OUTCOMES = {
    "passed": Text("passed", "通过"),
    "failed": Text("failed", "未通过"),
    "skipped": Text("skipped", "跳过"),
    "unjudged": Text("unjudged", "无法判定"),
}
COMPILING = Text("it does not compile", "编译失败")
PASSED = Text("passed {0} of {1}", "通过 {0}/{1}")
REASON = Text("{0}: {1}", "{0}：{1}")
OWN_FAILS = Text(
    "line {1} of {0} is a test of the program's own, and none of yours; it fails while the file is "
    "loaded: {2}",
    "{0} 第 {1} 行是程序自带的测试，不是你的测试；它在加载文件时就失败了：{2}",
)
OWN_THERE = Text(
    "{0} also holds tests of its own; they are not yours, and are not counted here",
    "{0} 中还有程序自带的测试；它们不是你的测试，未计入结果",
)
MORE_WHYS = Text("… and {0} reasons more", "……另有 {0} 个原因")
MOST_WHYS = 8
"""Reasons that are told, and tests that are named for each."""


def run(options: argparse.Namespace) -> int:
    """Run a file; the result is the exit code."""
    from assistant.cli.diagnostics import locale_lang
    from assistant.coding import sandbox
    from assistant.coding.sandbox.types import NotRun

    lang = Lang(options.lang) if options.lang else locale_lang()
    if (misuse := combined(options)) is not None:
        complain(misuse, lang)
        return Exit.USAGE
    try:
        job = _job(options)
        tests = read_source(options.tests, NOT_READ) if options.tests else None
    except Unreadable as wrong:
        complain(wrong.message, lang)
        return Exit.USAGE
    if job is None:
        complain(WHICH, lang)
        return Exit.USAGE
    policy = sandbox.examine()
    if options.unsafe and not policy.isolated:
        policy = policy.without_isolation()
        warn(policy, lang)
    if options.trace or options.growth or options.tried or options.mutate:
        return _closer(options, job, tests or "", policy, lang)
    if tests is None:
        result = sandbox.run(job, policy)
        return (
            _no_run(options, result, lang)
            if isinstance(result, NotRun)
            else _show(options, result, job, lang)
        )
    report = tested(job, tests, policy, lang)
    if isinstance(report, NotRun):
        return _no_run(options, report, lang)
    return _show_tests(options, report, job, lang)


def _closer(options: argparse.Namespace, job: Job, tests: str, policy: Policy, lang: Lang) -> int:
    """A trace or a measurement; the result is the exit code."""
    from assistant.cli import run_measure
    from assistant.coding import tracing
    from assistant.coding.sandbox.types import NotRun

    if not options.trace:
        found = run_measure.measured(options, job, tests, policy, lang)
        return _no_run(options, found, lang) if isinstance(found, NotRun) else found
    traced = tracing.trace(job, policy, call=options.call)
    if isinstance(traced, NotRun):
        return _no_run(options, traced, lang)
    return _show_trace(options, traced, lang)


def _show_trace(options: argparse.Namespace, traced: Trace, lang: Lang) -> int:
    from assistant.cli import render, run_trace

    if options.json:
        verdict = "passed" if traced.outcome.succeeded else "failed"
        record = _record(traced.outcome, verdict, None, None)
        render.write_json({**record, "trace": run_trace.record(options, traced, lang)})
    else:
        run_trace.show(options, traced, lang)
        _say_end(traced.outcome, lang)
        words = [word for word in options.arguments if word.strip().endswith(")")]
        if not traced.steps and words:  # taken for a word that the program is given
            write(f"{advice(HOW_CALLED.of(words[0].strip()), lang)}\n")
    return run_trace.exit_code(traced)


def _code_of(verdict: Verdict) -> int:
    from assistant.coding.trial import Verdict

    codes = {Verdict.PASSED: Exit.OK, Verdict.FAILED: Exit.REFUTED}
    return codes.get(verdict, Exit.UNDECIDED)


def _job(options: argparse.Namespace) -> Job | None:
    """What is to be run; ``None`` where its language is not known."""
    from assistant.coding.sandbox import languages
    from assistant.coding.sandbox.types import Job, Language, Limits, SourceFile

    name = Path(options.file).name
    language: Language | None
    language = Language(options.code) if options.code else languages.language_of(name)
    text = read_source(options.file, NOT_READ)
    if language is None:
        return None
    suffix = next(end for end, of in languages.SUFFIXES.items() if of is language)
    if not languages.is_plain(name):
        name = f"program{suffix}"
    return Job(
        language=language,
        files=(SourceFile(name, text),),
        stdin=read_source(options.stdin, NOT_READ) if options.stdin else "",
        arguments=tuple(word.removeprefix(" ") for word in options.arguments),
        limits=Limits(
            seconds=options.time, cpu=max(1, round(options.time + 0.5)), memory=options.memory
        ),
    )


def warn(policy: Policy, lang: Lang) -> None:
    """Say plainly that the code is not held back, and from what."""
    lacking = policy.lacking or Text("", "")
    en, zh = UNSAFE.en.replace("{0}", lacking.en), UNSAFE.zh.replace("{0}", lacking.zh)
    complain(Text(en, zh, lacking.args), lang)


def _no_run(options: argparse.Namespace, result: NotRun, lang: Lang) -> int:
    """Nothing was started: say why."""
    from assistant.cli import render
    from assistant.maths.showing.words import filled

    if options.json:
        record: dict[str, object] = {
            "verdict": "not run",
            "exit": None,
            "stdout": "",
            "stderr": "",
            "limits": [],
            "tests": None,
            "isolation": [],
            "seconds": 0.0,
            "why": filled(result.why, lang, str),
        }
        render.write_json(record)
    complain(result.why, lang)
    if result.isolation:
        write(f"{advice(HOW_UNSAFE, lang)}\n")
    return Exit.USAGE if result.input else Exit.UNAVAILABLE


def _show(options: argparse.Namespace, outcome: Outcome, job: Job, lang: Lang) -> int:
    """A run without tests."""
    from assistant.cli import render

    if options.json:
        verdict = "passed" if outcome.succeeded else "failed"
        render.write_json(_record(outcome, verdict, None, None))
    else:
        render.write(_shown(outcome.stdout, terminal=sys.stdout.isatty()))
        sys.stdout.flush()
        said = _shown(outcome.stderr, terminal=sys.stderr.isatty())
        write(said if said.endswith("\n") or not said else f"{said}\n")
        _explain(options, outcome, job, lang)
        _say_end(outcome, lang)
    return Exit.OK if outcome.succeeded else Exit.REFUTED


def _explain(options: argparse.Namespace, outcome: Outcome, job: Job, lang: Lang) -> None:
    """What the exception means that ended a Python program."""
    from assistant.coding.sandbox.types import Language

    if outcome.succeeded or job.language is not Language.PYTHON:
        return
    from assistant.coding.tracing import located
    from assistant.coding.tracing.telling import explained
    from assistant.visible import visible

    raised = located(outcome.stderr, job.files[0])
    if raised is not None:
        for line in explained(raised, lang):
            write(f"{visible(line)}\n")
        read = all(frame.function for frame in raised.frames)  # else no line of it was run
        if options.file != "-" and raised.frames and read:
            write(f"{advice(HOW_TRACED.of(options.file), lang)}\n")


def _say_end(outcome: Outcome, lang: Lang) -> None:
    from assistant.coding.sandbox.types import ended_at

    held = ", ".join(layer.value for layer in outcome.layers)
    seconds = f"{outcome.seconds:.2f}"
    if outcome.compiling:
        complain(COMPILING, lang)
    if outcome.limits:
        complain(ended_at(LIMIT, outcome.limits), lang)
    if outcome.exit is not None:
        complain(ENDED.of(outcome.exit, seconds, held), lang)
    else:
        complain(KILLED.of(outcome.signal, seconds, held), lang)


def _show_tests(options: argparse.Namespace, report: TestReport, job: Job, lang: Lang) -> int:
    """A run of tests."""
    from assistant.cli import render
    from assistant.cli.columns import columns
    from assistant.maths.showing.words import filled

    code = _code_of(report.verdict)
    if options.json:
        why = filled(report.why, lang, str) if report.why else None
        tests = _tests_record(report, lang)
        record = _record(report.outcome, report.verdict.value, tests, why)
        render.write_json({**record, "stdout": report.printed + report.outcome.stdout})
        return code
    rows = [
        (OUTCOMES[result.outcome.value].template(lang), _shown(result.name, terminal=True))
        for result in report.results
    ]
    for line in columns(rows):
        render.write_line(line)
    if (failed := report.failed) is not None:
        detail = "\n".join((*failed.calls[-3:], failed.detail))
        render.write_line(_shown(detail, terminal=True))
    total = len(report.results)
    render.write_line(filled(PASSED.of(report.passed, total), lang, str))
    write(_shown(report.printed, terminal=True))
    for reason in (*_whys(report), *_own(report, job)):
        complain(reason, lang)
    _say_end(report.outcome, lang)
    return code


def _whys(report: TestReport) -> Iterator[Text]:
    """Why tests were not judged, those of one reason together; and why there is no verdict."""
    from assistant.coding.trial import TestOutcome
    from assistant.coding.wording import worded

    told: dict[Text, list[str]] = {}
    for result in report.results:
        if result.outcome is TestOutcome.UNJUDGED and result.why is not None:
            why = result.why if "{" in result.why.en else Text(result.why.en, result.why.zh)
            told.setdefault(why, []).append(result.name)
    for why, names in list(told.items())[:MOST_WHYS]:
        more = f" … (+{len(names) - MOST_WHYS})" if len(names) > MOST_WHYS else ""
        shown = ", ".join(names[:MOST_WHYS]) + more
        yield why if names[0] in why.args or len(told) == 1 else worded(REASON, shown, why)
    if len(told) > MOST_WHYS:
        yield MORE_WHYS.of(len(told) - MOST_WHYS)
    if report.why is not None and all(report.why.en != why.en for why in told):
        yield report.why


def _own(report: TestReport, job: Job) -> Iterator[Text]:
    """What is a test of the program's own, and none of the user's."""
    from assistant.coding.sandbox.types import Language

    if job.language is not Language.PYTHON:
        return
    from assistant.coding.parting import part
    from assistant.coding.tracing import located

    file = job.files[0]
    if (failed := report.failed) is not None:
        raised = located(failed.detail, file)
        last = raised.frames[-1] if raised is not None and raised.frames else None
        if raised and last and raised.kind == "AssertionError" and last.function == "<module>":
            yield OWN_FAILS.of(file.name, last.line, last.source.strip())
            return
    if part(file.text).tests:
        yield OWN_THERE.of(file.name)


def _record(
    outcome: Outcome, verdict: str, tests: dict[str, object] | None, why: str | None
) -> dict[str, object]:
    record: dict[str, object] = {
        "verdict": verdict,
        "exit": outcome.exit,
        "signal": outcome.signal,
        "stdout": outcome.stdout,
        "stderr": outcome.stderr,
        "limits": [limit.value for limit in outcome.limits],
        "tests": tests,
        "isolation": [layer.value for layer in outcome.layers],
        "seconds": round(outcome.seconds, 4),
        "memory": outcome.peak_memory,
        "compiling": outcome.compiling,
    }
    return record if why is None else {**record, "why": why}


def _tests_record(report: TestReport, lang: Lang) -> dict[str, object]:
    from assistant.maths.showing.words import filled

    results = [
        {
            "name": r.name,
            "outcome": r.outcome.value,
            "detail": r.detail,
            "calls": list(r.calls),
            "why": None if r.why is None else filled(r.why, lang, str),
        }
        for r in report.results
    ]
    return {"passed": report.passed, "total": len(results), "results": results}


def _shown(text: str, *, terminal: bool) -> str:
    """Text of the code: as it is into a file, and with nothing that a terminal would obey."""
    if not terminal:
        return text
    from assistant.visible import visible

    return visible(text)


__all__ = ["USAGE", "configure", "run"]
