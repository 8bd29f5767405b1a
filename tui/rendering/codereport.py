"""What became of some code, for the screen."""

from __future__ import annotations

import time
from collections.abc import Iterator

from textual.content import Content

from assistant.coding import telling
from assistant.coding.repair import AttemptBegun
from assistant.coding.trial import TestOutcome
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
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang, Text
from tui.codework import Working, Write
from tui.rendering.verdicts import STYLES
from tui.words import harmless, one_line, say

TAIL, MOST_TAIL = 12, 4_000
"""Lines, and characters, of the answer that are shown while it is written."""
MOST_TESTS, MOST_PRINTED, MOST_FINDINGS = 40, 60, 12
TESTS = Text("Tests", "测试")
PRINTED = Text("Printed", "输出")
SEEN = Text("Seen without running it", "静态检查")
MEASURED = Text("Measured, not proved", "实测（并非证明）")
MORE = Text("… and {0} more", "…… 另有 {0} 项")
HELD = Text("held by: {0}", "隔离方式：{0}")
READY = Text("getting ready… {0} s", "正在准备…… {0} 秒")
RUNNING = Text("running… {0} s", "正在运行…… {0} 秒")
WRITING = Text(
    "attempt {0} of at most {1}: writing… {2} s", "第 {0} 次尝试（最多 {1} 次）：正在编写…… {2} 秒"
)
WRITING_TESTS = Text("the model writes tests first… {0} s", "模型先写测试…… {0} 秒")
THINKING = Text("thinking: {0} tokens", "思考：{0} 个词元")
SIGNS = {
    TestOutcome.PASSED: (Badge.SUPPORTED, "+"),
    TestOutcome.FAILED: (Badge.REFUTED, "✗"),
    TestOutcome.SKIPPED: (Badge.UNDECIDED, "-"),
    TestOutcome.UNJUDGED: (Badge.UNDECIDED, "?"),
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


def failure_content(failure: RuntimeFailure, lang: Lang) -> Content:
    """Why the engine failed, and what to do about it."""
    texts = [failure.message, *((failure.remedy,) if failure.remedy else ())]
    return Content("\n".join(say(text, lang) for text in texts))


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
    return mark(result.verdict), say(telling.verdict_text(result.verdict), lang)


def report_content(result: CodeReport | Refused, lang: Lang) -> Content:
    """All of it, the verdict first."""
    badge, line = headline(result, lang)
    parts: list[str | tuple[str, str]] = [(f"{badge.sign} {line}", STYLES[badge])]
    if isinstance(result, CodeReport):
        parts += _parts(result, lang)
    return Content.assemble(*parts)


def _parts(report: CodeReport, lang: Lang) -> Iterator[str | tuple[str, str]]:
    if isinstance(report.verdict, Failed):
        for text in telling.failure_lines(report.verdict.failure):
            yield f"\n  {say(text, lang)}"
    seen = [say(telling.finding_text(finding), lang) for finding in report.findings]
    yield from _section(SEEN, seen, MOST_FINDINGS, lang)
    measured = [say(text, lang) for text in telling.measured_lines(report)]
    yield from _section(MEASURED, measured, MOST_FINDINGS, lang)
    if report.tests:
        yield f"\n\n{TESTS.template(lang)}"
        for test in report.tests[:MOST_TESTS]:
            yield _test(test)
        yield from _rest(len(report.tests) - MOST_TESTS, lang)
    printed = harmless(report.printed).rstrip().split("\n") if report.printed.strip() else []
    yield from _section(PRINTED, printed, MOST_PRINTED, lang)
    if report.layers:
        yield f"\n\n{say(HELD.of(', '.join(report.layers)), lang)}", "$text-muted"


def _test(test: JudgedTest) -> tuple[str, str]:
    badge, sign = SIGNS[test.outcome]
    return f"\n  {sign} {one_line(test.name, 120)}", STYLES[badge]


def _section(title: Text, lines: list[str], most: int, lang: Lang) -> Iterator[str]:
    if not lines:
        return
    yield f"\n\n{title.template(lang)}"
    for line in lines[:most]:
        yield f"\n  {line}"
    yield from _rest(len(lines) - most, lang)


def _rest(count: int, lang: Lang) -> Iterator[str]:
    if count > 0:
        yield f"\n  {say(MORE.of(count), lang)}"
