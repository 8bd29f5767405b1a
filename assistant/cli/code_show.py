"""Draws the work on some code: on a terminal all of it, into a pipe the code alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from assistant.cli import diagnostics, render
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
from assistant.maths.showing.look import COLOURS, Badge
from assistant.records import event_record, failure_record, say
from assistant.visible import visible
from runtimes.texts import Lang, Text
from runtimes.types import ReasoningDelta, TextDelta

DIM, PLAIN = "\x1b[2m", "\x1b[0m"
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
        self._colour = colour
        self._live = live
        self._newline = True
        self._thinking = False
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
                self._break()
                self._line(say(TESTS.of(count), self._lang), None)
            case ReasoningDelta(text):
                self._thinking = True
                shade = (DIM, PLAIN) if self._live else ("", "")
                diagnostics.write(f"{shade[0]}{visible(text)}{shade[1]}")
                self._newline = text.endswith("\n")
                sys.stderr.flush()
            case TextDelta(text):
                self._words(visible(text))
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

    def _words(self, text: str) -> None:
        if self._thinking:
            diagnostics.write("\n" if self._newline else "\n\n")
            self._thinking = False
        if self._seen:
            render.write(text)
            sys.stdout.flush()
        else:
            diagnostics.write(text)
        self._newline = text.endswith("\n")

    def _judged(self, number: int, result: CodeReport | Refused) -> None:
        self._break()
        if number == 0:
            self._head(YOUR_FILE)
        badge = sign(result.verdict) if isinstance(result, CodeReport) else Badge.UNDECIDED
        for n, line in enumerate(report_lines(result, self._lang)):
            self._line(line if n else f"{badge.sign} {line}", None if n else badge)
        self._last = number

    def _finished(self, event: CodeFinished) -> None:
        self._break()
        best = event.best
        if best is None or event.change:
            return
        if not self._seen:
            if event.number and not self._fixing:
                render.write(visible(best.code.program.text))
        elif not self._fixing and event.number != self._last:
            self._line(say(BEST.of(event.number), self._lang), None)
            render.write(visible(best.code.program.text))

    def _head(self, text: Text) -> None:
        self._break()
        shade = (DIM, PLAIN) if self._live else ("", "")
        apart = "\n" if self._begun else ""  # a blank line between attempts
        self._begun = True
        diagnostics.write(f"{apart}{shade[0]}→ {say(text, self._lang)}{shade[1]}\n")
        sys.stderr.flush()

    def _line(self, text: str, badge: Badge | None) -> None:
        if badge is not None and self._colour:
            text = f"\x1b[{COLOURS[badge]}m{text}\x1b[0m"
        if self._seen:
            render.write_line(text)
            sys.stdout.flush()
        else:
            diagnostics.write(f"{text}\n")

    def _break(self) -> None:
        self._thinking = False
        if not self._newline:
            self._newline = True
            self._words("\n")


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
