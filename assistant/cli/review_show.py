"""Draws a review: the facts file by file, then what a model says, then where its remarks point."""

from __future__ import annotations

from assistant.cli import diagnostics
from assistant.cli.code_show import AGAIN
from assistant.cli.pen import BOLD, Pen
from assistant.coding.recording import finding_record
from assistant.coding.repair import CodeEnd
from assistant.coding.reviewing import telling
from assistant.coding.reviewing.portions import Span, named
from assistant.coding.reviewing.types import Comparison, FileReview, Remark, TestsReview
from assistant.coding.reviewing.working import Asking, Remarked, ReviewEvent, ReviewFinished
from assistant.coding.trial import TestReport, Verdict
from assistant.events import Notice, Rewound
from assistant.maths.showing.look import Badge
from assistant.records import event_record, failure_record, say
from assistant.visible import visible
from runtimes.texts import Lang, Text
from runtimes.types import ReasoningDelta, TextDelta

MODEL = Text(
    "the model's review (only the facts above were checked):",
    "模型的审阅（只有上面的事实经过检验）：",
)
PORTION = Text("part {0} of {1}: {2}", "第 {0}/{1} 部分：{2}")
POINTS = Text("where its remarks point:", "各条意见指向：")
NOTHING = Text("the diff is empty: nothing changes", "差异为空：没有任何修改")
VERDICTS = {CodeEnd.PASSED: "passed", CodeEnd.FAILED: "failed"}


class ReviewDrawing:
    """``colour``: stdout is a terminal that shows it; ``live``: stderr is one."""

    def __init__(self, lang: Lang, *, colour: bool, live: bool) -> None:
        self._lang = lang
        self._pen = Pen(seen=True, colour=colour, live=live)

    def draw(self, event: ReviewEvent) -> None:
        """One event, at once."""
        match event:
            case FileReview():
                self._file(event)
            case TestsReview():
                self._tests(event)
            case Asking(number, most, shown):
                self._pen.break_line()
                if number == 1:
                    self._head(say(MODEL, self._lang))
                if most > 1:
                    self._head(visible(say(PORTION.of(number, most, named(shown)), self._lang)))
            case ReasoningDelta(text):
                self._pen.thinks(text)
            case TextDelta(text):
                self._pen.says(text)
            case Remarked(remarks):
                self._remarks(remarks)
            case Rewound(_, _, _, why):
                self._pen.break_line()
                diagnostics.complain(AGAIN.of(say(why, self._lang)), self._lang)
            case Notice(_, text):
                self._pen.break_line()
                diagnostics.complain(text, self._lang)
            case ReviewFinished(files=files):
                self._pen.break_line()
                lines = (text for file in files for text in telling.unlooked_lines(file))
                for text in dict.fromkeys(lines):
                    diagnostics.complain(text, self._lang)
            case _:
                pass  # progress within one stream

    def _file(self, review: FileReview) -> None:
        self._pen.line(visible(say(telling.head_text(review), self._lang)), BOLD)
        for text in telling.file_lines(review):
            self._pen.line(f"    {visible(say(text, self._lang))}")
        for text in telling.broken_lines(review):
            self._pen.sealed(Badge.REFUTED, visible(say(text, self._lang)))

    def _tests(self, tests: TestsReview) -> None:
        badge = Badge.UNDECIDED
        if tests.after is not None and tests.after.verdict is not Verdict.NOT_RUN:
            failed = tests.after.verdict is Verdict.FAILED
            badge = Badge.REFUTED if failed else Badge.SUPPORTED
        first, *others = telling.tests_lines(tests)
        self._pen.sealed(badge, visible(say(first, self._lang)))
        for text in others:
            for line in visible(say(text, self._lang)).split("\n"):
                self._pen.line(f"    {line}")

    def _remarks(self, remarks: tuple[Remark, ...]) -> None:
        self._pen.break_line()
        self._head(say(POINTS, self._lang))
        for remark in remarks:
            first, *others = telling.remark_lines(remark)
            self._pen.line(f"· {visible(say(first, self._lang))}")
            for text in others:
                self._pen.line(f"    {visible(say(text, self._lang))}")

    def _head(self, text: str) -> None:
        self._pen.line("")
        self._pen.line(text, BOLD)


def review_record(event: ReviewEvent, lang: Lang) -> dict[str, object]:
    """One event as JSON."""
    match event:
        case FileReview():
            return {"event": "file", **_file_record(event, lang)}
        case TestsReview():
            return {"event": "tests", **_tests_record(event, lang)}
        case Asking(number, most, shown):
            return {"event": "attempt", "number": number, "most": most, "shown": _spans(shown)}
        case Remarked(remarks):
            return {"event": "remarks", "remarks": [_remark(remark) for remark in remarks]}
        case ReviewFinished():
            return {
                "event": "finished",
                "reason": event.end.value,
                "verdict": VERDICTS.get(event.end, "not run"),
                "answer": event.answer,
                "not_shown": _spans(event.unseen),
                "error": None if event.failure is None else failure_record(event.failure, lang),
            }
        case _:
            return event_record(event, lang)


def _spans(spans: tuple[Span, ...]) -> list[dict[str, object]]:
    return [{"file": span.file, "first": span.first, "last": span.last} for span in spans]


def _file_record(review: FileReview, lang: Lang) -> dict[str, object]:
    patch, outline = review.patch, review.outline
    return {
        "file": patch.name,
        "before": patch.old or None,
        "after": patch.new or None,
        "change": patch.change.value,
        "binary": patch.binary,
        "added": patch.added,
        "removed": patch.removed,
        "hunks": [
            {
                "old": hunk.old,
                "new": hunk.new,
                "added": hunk.count("+"),
                "removed": hunk.count("-"),
                "in": review.places[number] if number < len(review.places) else "",
            }
            for number, hunk in enumerate(patch.hunks)
        ],
        "why": None if review.why is None else say(review.why, lang),
        "note": None if review.note is None else say(review.note, lang),
        "broken": review.broken,
        "findings": [finding_record(finding, lang) for finding in review.findings],
        "unlooked": [kind.value for kind in review.unlooked],
        "same": outline is not None and outline.same,
        "definitions": [
            {
                "name": item.name,
                "touch": item.touch.value,
                "line": item.line,
                "before": item.before or None,
                "after": item.after or None,
            }
            for item in (outline.definitions if outline else ())
        ],
        "functions": [_comparison(comparison, lang) for comparison in review.comparisons],
        "uncompared": review.uncompared,
        "said": [
            say(text, lang) for text in (*telling.broken_lines(review), *telling.file_lines(review))
        ],
    }


def _comparison(comparison: Comparison, lang: Lang) -> dict[str, object]:
    found = comparison.difference
    return {
        "function": comparison.function,
        "inputs": list(comparison.shapes),
        "tried": comparison.tried,
        "raised": comparison.raised,
        "guessed": comparison.guessed,
        "reached": comparison.reached,
        "difference": None
        if found is None
        else {
            "call": found.call,
            "in": found.aspect.value,
            "before": found.before,
            "after": found.after,
        },
        "why": None if comparison.why is None else say(comparison.why, lang),
    }


def _tests_record(tests: TestsReview, lang: Lang) -> dict[str, object]:
    return {
        "file": tests.file,
        "before": _report(tests.before, lang),
        "after": _report(tests.after, lang),
        "newly_failing": [result.name for result in tests.newly],
        "why": None if tests.why is None else say(tests.why, lang),
    }


def _report(report: TestReport | None, lang: Lang) -> dict[str, object] | None:
    if report is None:
        return None
    return {
        "verdict": report.verdict.value,
        "passed": report.passed,
        "total": len(report.results),
        "results": [
            {"name": r.name, "outcome": r.outcome.value, "detail": r.detail} for r in report.results
        ],
        "why": None if report.why is None else say(report.why, lang),
    }


def _remark(remark: Remark) -> dict[str, object]:
    return {
        "text": remark.text,
        "places": [
            {"file": at.file, "line": at.line, "sign": at.sign, "text": at.text}
            for at in remark.places
        ],
        "not_in_the_diff": list(remark.strange),
    }
