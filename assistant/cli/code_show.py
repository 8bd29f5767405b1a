"""Draws the work on some code: on a terminal all of it, into a pipe the code alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from assistant.cli import diagnostics, render
from assistant.cli.pen import Pen
from assistant.coding import telling
from assistant.coding.recording import report_record
from assistant.coding.repair import (
    AttemptBegun,
    CodeEvent,
    CodeFinished,
    Judged,
    TestsWritten,
)
from assistant.coding.types import CodeReport, CodeVerdict, Failed, Passed, Refused
from assistant.events import Notice, Rewound
from assistant.maths.showing.look import Badge
from assistant.records import event_record, failure_record, say
from assistant.visible import visible
from runtimes.texts import Lang, Text
from runtimes.types import ReasoningDelta, TextDelta

MOST_FINDINGS = 5
MOST_LINE, MOST_PRINTED = 400, 10_000
"""Characters of a line that the code prints, and of all of them."""
TESTS_FIRST = Text("tests first, before there is any code", "先写测试，再写代码")
ATTEMPT = Text("attempt {0} of at most {1}", "第 {0} 次尝试（最多 {1} 次）")
TESTS = Text(
    "tests of the model's own: {0}; they count for less than yours",
    "模型自己写了 {0} 个测试，分量低于你提供的测试",
)
YOUR_FILE = Text("your file as it is", "你的文件（修改前）")
BEST = Text("the best version is that of attempt {0}:", "最好的版本来自第 {0} 次尝试：")
PRINTED = Text("printed:", "输出：")
AGAIN = Text("asked again from here: {0}", "从此处重新生成：{0}")


def sign(verdict: CodeVerdict) -> Badge:
    """The mark of a verdict.  Tests that pass support some code, and prove nothing."""
    match verdict:
        case Passed():
            return Badge.SUPPORTED
        case Failed():
            return Badge.REFUTED
        case _:
            return Badge.UNDECIDED


def report_lines(result: CodeReport | Refused, lang: Lang) -> Iterator[str]:
    """A report in lines, the verdict first; cleaned for a terminal."""
    if isinstance(result, Refused):
        yield visible(say(result.why, lang))
        return
    yield visible(say(telling.verdict_text(result.verdict), lang))
    if isinstance(result.verdict, Failed):
        for text in telling.failure_lines(result.verdict.failure):
            yield from _indented(say(text, lang))
    for finding in result.findings[:MOST_FINDINGS]:
        if not finding.fatal:
            yield from _indented(f"· {say(telling.finding_text(finding), lang)}")
    for text in telling.measured_lines(result):
        yield from _indented(f"· {say(text, lang)}")
    if result.printed.strip() and not isinstance(result.verdict, Passed):
        yield f"    {PRINTED.template(lang)}"
        for line in result.printed[:MOST_PRINTED].rstrip().split("\n")[:10]:
            yield f"      {visible(line if len(line) <= MOST_LINE else line[:MOST_LINE] + '…')}"


def _indented(text: str) -> Iterator[str]:
    for line in visible(text).split("\n"):
        yield f"    {line}"


class Drawing:
    """``seen``: stdout is a terminal, where the model's words and the verdicts appear; else they
    go to stderr, and stdout is given the code alone, at the end."""

    def __init__(
        self, lang: Lang, *, seen: bool, colour: bool, live: bool, fixing: bool = False
    ) -> None:
        """``fixing``: a file of the user's is mended, of which only the change is shown."""
        self._fixing = fixing
        self._lang = lang
        self._seen = seen
        self._pen = Pen(seen=seen, colour=colour, live=live)
        self._last = -1
        self._begun = False

    def draw(self, event: CodeEvent) -> None:
        """One event, at once."""
        match event:
            case AttemptBegun(0, _):
                self._head(TESTS_FIRST)
            case AttemptBegun(number, most):
                self._head(ATTEMPT.of(number, most))
            case TestsWritten(_, count):
                self._pen.break_line()
                self._pen.line(say(TESTS.of(count), self._lang))
            case ReasoningDelta(text):
                self._pen.thinks(text)
            case TextDelta(text):
                self._pen.says(text)
            case Judged(number, result):
                self._judged(number, result)
            case Rewound(_, _, _, why):
                self._head(AGAIN.of(say(why, self._lang)))
            case Notice(_, text):
                self._head(text)
            case CodeFinished():
                self._finished(event)
            case _:
                pass  # progress within one stream

    def _judged(self, number: int, result: CodeReport | Refused) -> None:
        self._pen.break_line()
        if number == 0:
            self._head(YOUR_FILE)
        badge = sign(result.verdict) if isinstance(result, CodeReport) else Badge.UNDECIDED
        first, *others = report_lines(result, self._lang)
        self._pen.sealed(badge, first)
        for line in others:
            self._pen.line(line)
        self._last = number

    def _finished(self, event: CodeFinished) -> None:
        self._pen.break_line()
        best = event.best
        if best is None or event.change:
            return
        if not self._seen:
            if event.number and not self._fixing:
                render.write(visible(best.code.program.text))
        elif not self._fixing and event.number != self._last:
            self._pen.line(say(BEST.of(event.number), self._lang))
            render.write(visible(best.code.program.text))

    def _head(self, text: Text) -> None:
        self._pen.break_line()
        diagnostics.write("\n" if self._begun else "")  # a blank line between attempts
        self._begun = True
        self._pen.aside(f"→ {say(text, self._lang)}")
        diagnostics.write("\n")
        sys.stderr.flush()


def code_record(event: CodeEvent, lang: Lang) -> dict[str, object]:
    """One event as JSON."""
    match event:
        case AttemptBegun(number, most):
            return {"event": "attempt", "number": number, "most": most}
        case TestsWritten(tests, count):
            return {"event": "tests", "by": "model", "count": count, "tests": tests}
        case Judged(number, result):
            return {"event": "code", "attempt": number, **report_record(result, lang)}
        case CodeFinished():
            best = event.best
            return {
                "event": "finished",
                "reason": event.end.value,
                "attempt": event.number,
                "attempts": event.attempts,
                "best": None if best is None else report_record(best, lang),
                "change": event.change,
                "gain": event.gain.value,
                "error": None if event.failure is None else failure_record(event.failure, lang),
            }
        case _:
            return event_record(event, lang)
