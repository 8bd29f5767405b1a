"""What became of some code, for the screen."""

from __future__ import annotations

import time
from collections.abc import Iterator

from textual.content import Content

from assistant.coding import telling
from assistant.coding.failures import LIMITED, NO_END
from assistant.coding.repair import AttemptBegun
from assistant.coding.sandbox.types import NotRun
from assistant.coding.trial import WHOLE, TestOutcome
from assistant.coding.types import (
    CodeReport,
    CodeVerdict,
    Failed,
    JudgedTest,
    Passed,
    Refused,
    Undecided,
)
from assistant.maths.showing.look import Badge
from runtimes.texts import Count, Lang, Text
from tui.coding.work import Traced, Working, Write
from tui.rendering.plain import plain
from tui.rendering.verdicts import STYLES
from tui.words import harmless, one_line, say

TAIL, MOST_TAIL = 12, 4_000
"""Lines, and characters, of the answer that are shown while it is written."""
MOST_TESTS, MOST_PRINTED, MOST_FINDINGS, MOST_STEPS = 40, 60, 12, 200
MOST_LINE = 400
"""Characters of a line; more would make drawing slow, and nobody reads them."""
TESTS = Text("Tests", "测试")
PRINTED = Text("Printed", "输出")
SEEN = Text("Seen without running it", "静态检查")
MEASURED = Text("Measured, not proved", "实测（并非证明）")
MORE = Text("… and {0} more", "…… 另有 {0} 项")
ALL_OF_IT = Text("the whole file", "整个文件")
HELD = Text("held by: {0}", "隔离方式：{0}")
READY = Text("getting ready… {0} s", "正在准备…… {0} 秒")
RUNNING = Text("running… {0} s", "正在运行…… {0} 秒")
WRITING = Text(
    "attempt {0} of at most {1}: writing… {2} s", "第 {0} 次尝试（最多 {1} 次）：正在编写…… {2} 秒"
)
WRITING_TESTS = Text("the model writes tests first… {0} s", "模型先写测试…… {0} 秒")
THINKING = Count(
    Text("thinking: {0} token", "思考：{0} 个词元"),
    Text("thinking: {0} tokens", "思考：{0} 个词元"),
)
SIGNS = {
    TestOutcome.PASSED: (Badge.SUPPORTED, "+", Text("passed:", "通过：")),
    TestOutcome.FAILED: (Badge.REFUTED, "✗", Text("failed:", "未通过：")),
    TestOutcome.SKIPPED: (Badge.UNDECIDED, "-", Text("skipped:", "已跳过：")),
    TestOutcome.UNJUDGED: (Badge.UNDECIDED, "?", Text("not judged:", "未判定：")),
}


def progress_content(working: Working, attempt: AttemptBegun | None, lang: Lang) -> Content:
    """What is being done, and the end of what a model has written so far."""
    seconds = int(time.monotonic() - working.since)
    match attempt:
        case None:
            told = (READY if isinstance(working.order, Write) else RUNNING).of(seconds)
        case AttemptBegun(0, _):
            told = WRITING_TESTS.of(seconds)
        case AttemptBegun(number, most):
            told = WRITING.of(number, most, seconds)
    lines = [say(told, lang)]
    if working.text:
        lines += ["", *harmless(working.text[-MOST_TAIL:]).rstrip().split("\n")[-TAIL:]]
    elif working.thought:
        lines.append(say(THINKING.of(working.thought), lang))
    return Content("\n".join(lines))


def mark(verdict: CodeVerdict) -> Badge:
    """Tests that pass support some code; they prove nothing."""
    match verdict:
        case Passed():
            return Badge.SUPPORTED
        case Failed():
            return Badge.REFUTED
        case Undecided():
            return Badge.UNDECIDED


def headline(result: CodeReport | Refused, lang: Lang) -> tuple[Badge, str]:
    """The verdict in one line."""
    if isinstance(result, Refused):
        return Badge.UNDECIDED, say(result.why, lang)
    return mark(result.verdict), _cut(say(telling.verdict_text(result.verdict), lang))


def report_content(result: CodeReport | Refused, lang: Lang) -> Content:
    """All of it, the verdict first."""
    badge, line = headline(result, lang)
    parts: list[str | tuple[str, str]] = [
        (line if plain() else f"{badge.sign} {line}", STYLES[badge])
    ]
    if isinstance(result, CodeReport):
        parts += _parts(result, lang)
    return Content.assemble(*parts)


def _parts(report: CodeReport, lang: Lang) -> Iterator[str | tuple[str, str]]:
    if isinstance(report.verdict, Failed):
        for text in telling.failure_lines(report.verdict.failure):
            yield f"\n  {_cut(say(text, lang))}"
    seen = [say(telling.finding_text(finding), lang) for finding in report.findings]
    yield from _section(SEEN, seen, MOST_FINDINGS, lang)
    measured = [say(text, lang) for text in telling.measured_lines(report)]
    yield from _section(MEASURED, measured, MOST_FINDINGS, lang)
    if report.tests:
        yield f"\n\n{TESTS.template(lang)}"
        for test in report.tests[:MOST_TESTS]:
            yield _test(test, lang)
            if not _explained(test, report.verdict) and (why := _reason(test, lang)):
                yield f"\n      {why}", "$text-muted"
        yield from _rest(len(report.tests) - MOST_TESTS, lang)
    yield from _printed(report.printed, lang)
    if report.layers:
        yield f"\n\n{say(HELD.of(', '.join(report.layers)), lang)}", "$text-muted"


def _test(test: JudgedTest, lang: Lang) -> tuple[str, str]:
    badge, sign, word = SIGNS[test.outcome]
    shown = word.template(lang) if plain() else sign
    name = ALL_OF_IT.template(lang) if test.name == WHOLE else one_line(test.name, 120)
    return f"\n  {shown} {name}", STYLES[badge]


def _explained(test: JudgedTest, verdict: CodeVerdict) -> bool:
    """Is it the failing one that stands below the verdict?"""
    if not isinstance(verdict, Failed):
        return False
    call = verdict.failure.call
    return test.name == verdict.failure.test or bool(call and test.name.startswith(f"{call} → "))


def _reason(test: JudgedTest, lang: Lang) -> str:
    """Why a test has not passed: what was raised, or the line where that says nothing."""
    if test.outcome is TestOutcome.PASSED:
        return ""
    if test.why is not None:
        return _cut(say(test.why, lang))
    if test.detail.startswith(LIMITED):
        return say(NO_END, lang)
    first, *others = test.detail.partition("\nTraceback")[0].strip().split("\n")
    raised = others[-1] if others else first
    return one_line(first if raised == "AssertionError" else raised, 160)


def _section(title: Text, lines: list[str], most: int, lang: Lang) -> Iterator[str]:
    if not lines:
        return
    yield f"\n\n{title.template(lang)}"
    for line in lines[:most]:
        yield f"\n  {_cut(line)}"
    yield from _rest(len(lines) - most, lang)


def _printed(text: str, lang: Lang) -> Iterator[str]:
    """The beginning of what was printed, which may be much: only what is shown is looked at."""
    text = text.rstrip()
    if text:
        lines = text.split("\n", MOST_PRINTED)[:MOST_PRINTED]
        yield from _section(PRINTED, [harmless(_cut(line)) for line in lines], MOST_PRINTED, lang)
        yield from _rest(text.count("\n") + 1 - len(lines), lang)


def _cut(line: str) -> str:
    return line if len(line) <= MOST_LINE else f"{line[:MOST_LINE]}…"


def _rest(count: int, lang: Lang) -> Iterator[str]:
    if count > 0:
        yield f"\n  {say(MORE.of(count), lang)}"


def trace_content(traced: Traced, lang: Lang) -> Content:
    """The lines of a run with their values, and how it ended."""
    from assistant.coding.tracing import telling as words

    found = traced.result
    if isinstance(found, NotRun):
        return Content(say(found.why, lang))
    parts: list[str | tuple[str, str]] = []
    for step in found.steps[:MOST_STEPS]:
        line, source, values = (harmless(_cut(part)) for part in words.row(step, lang))
        parts += [(f"{line:>4} ", "$text-muted"), source]
        parts += [(f"\n       {values}\n", "$text-success") if values else "\n"]
    parts += (
        _rest(len(found.steps) - MOST_STEPS, lang) if found.steps else [say(words.NOTHING, lang)]
    )
    if found.value is not None:
        parts.append(f"\n{_cut(say(words.GAVE.of(traced.call, found.value), lang))}\n")
    if found.raised is not None:
        parts += [f"\n{harmless(_cut(line))}" for line in words.explained(found.raised, lang)]
    parts += _printed(found.outcome.stdout, lang)
    parts += [
        (f"\n\n{say(text, lang)}", "$text-muted") for text in (found.cut, words.BY_ITSELF) if text
    ]
    return Content.assemble(*parts)
