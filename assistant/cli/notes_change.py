"""Documents that the user adds to the notes, reads again, or takes out."""

from __future__ import annotations

import argparse
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from assistant import paths
from assistant.cli import diagnostics, notes_meaning, render
from assistant.cli.diagnostics import Exit
from assistant.cli.notes_show import name_of
from assistant.cli.ticker import Ticker
from assistant.maths.showing.words import filled
from assistant.maths.types import Lang
from assistant.notes.notes import EMPTY, OnProgress, open_notes
from assistant.notes.types import FileReport, Outcome, Progress
from runtimes.base import Cancel
from runtimes.installer import progress
from runtimes.texts import Text

READING = Text("reading", "正在读取")
WORDS = {
    Outcome.ADDED: Text("{0} added", "新增 {0} 个"),
    Outcome.UPDATED: Text("{0} updated", "更新 {0} 个"),
    Outcome.UNCHANGED: Text("{0} unchanged", "未变 {0} 个"),
    Outcome.REMOVED: Text("{0} removed", "移除 {0} 个"),
    Outcome.SKIPPED: Text("{0} skipped", "跳过 {0} 个"),
}
READ = Text("{0} passages read by {1}", "{1} 已阅读 {0} 个段落")
NOTHING = Text("nothing to read there", "没有可读取的文件")
SKIP = Text("skipped {0}: {1}", "跳过 {0}：{1}")
PARTLY = Text("{0}: {1}", "{0}：{1}")
MORE = Text("… and {0} more (see --json)", "… 另有 {0} 个（见 --json）")
NOT_THERE = Text("not in the notes: {0}", "不在笔记中：{0}")
STOPPED = Text("stopped; what was read is kept", "已停止；已读入的内容保留")
AT_ONCE = 0.5
"""Seconds of work that need no telling how far it is."""
MOST_TOLD = 20
"""Skipped files that are named."""


def add(options: argparse.Namespace, words: list[str], lang: Lang) -> int:
    """Read files and folders.  Raises ``RuntimeFailure``."""
    with open_notes(paths.notes_file()) as notes, stoppable() as cancel, Ticker(lang) as ticker:
        reports = notes.add([Path(word) for word in words], _shown(ticker), cancel)
        read = notes_meaning.read_new(notes, options, lang, cancel)
    return _told(_Done(reports, read), options, lang, cancel)


def refresh(options: argparse.Namespace, _words: list[str], lang: Lang) -> int:
    """Read again what has changed.  Raises ``RuntimeFailure``."""
    with (
        open_notes(paths.notes_file(), make=False) as notes,
        stoppable() as cancel,
        Ticker(lang) as ticker,
    ):
        reports = notes.refresh(_shown(ticker), cancel)
        read = notes_meaning.read_new(notes, options, lang, cancel)
    return _told(_Done(reports, read), options, lang, cancel)


def remove(options: argparse.Namespace, words: list[str], lang: Lang) -> int:
    """Take files out of the notes; the files themselves stay.  Raises ``RuntimeFailure``."""
    with open_notes(paths.notes_file(), make=False) as notes:
        missing = [word for word in words if not notes.holds(Path(word))]
        removed = notes.remove([Path(word) for word in words])
    if options.json:
        render.write_json({"removed": list(removed), "missing": missing})
    else:
        for path in removed:
            render.write_line(name_of(path))
        for word in missing:
            diagnostics.complain(Text(NOT_THERE.en, NOT_THERE.zh, (word,)), lang)
    return Exit.USAGE if missing else Exit.OK


@contextmanager
def stoppable() -> Iterator[Cancel]:
    """Ctrl-C keeps what is done."""
    cancel = Cancel()

    def stop(_number: int, _frame: FrameType | None) -> None:
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def _shown(ticker: Ticker) -> OnProgress:
    begun = time.monotonic()

    def show(now: Progress) -> None:
        if time.monotonic() - begun < AT_ONCE:
            return
        fraction = now.done / now.total
        ticker.show(progress.Progress(READING, fraction, name_of(now.path)))

    return show


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of the files, and how many passages a model has read."""

    reports: Sequence[FileReport]
    read: int


def _told(done: _Done, options: argparse.Namespace, lang: Lang, cancel: Cancel) -> int:
    """Say what was done; the result is the exit code."""
    reports = done.reports
    counts = Counter(report.outcome for report in reports)
    if options.json:
        render.write_json({**_record(reports, counts, lang), "read": done.read})
    else:
        _say_counts(counts, lang)
        if done.read:
            name = notes_meaning.model_of(options)
            render.write_line(filled(Text(READ.en, READ.zh, (done.read, name)), lang, str))
        _say_troubles([r for r in reports if r.why and (r.named or r.why != EMPTY)], lang)
    if cancel.is_set():
        diagnostics.complain(STOPPED, lang)
        return Exit.INTERRUPTED
    failed = any(r.named and r.outcome is Outcome.SKIPPED for r in reports)
    return Exit.USAGE if failed else Exit.OK


def _say_counts(counts: Counter[Outcome], lang: Lang) -> None:
    parts = [
        filled(Text(text.en, text.zh, (counts[outcome],)), lang, str)
        for outcome, text in WORDS.items()
        if counts[outcome]
    ]
    comma = "，" if lang is Lang.ZH else ", "
    render.write_line(comma.join(parts) or NOTHING.template(lang))


def _say_troubles(troubled: Sequence[FileReport], lang: Lang) -> None:
    first = sorted(troubled, key=lambda report: not report.named)  # what was asked for by name
    for report in first[:MOST_TOLD]:
        why = filled(report.why, lang, str) if report.why else ""
        text = SKIP if report.outcome is Outcome.SKIPPED else PARTLY
        diagnostics.complain(Text(text.en, text.zh, (name_of(report.path), why)), lang)
    if len(first) > MOST_TOLD:
        diagnostics.complain(Text(MORE.en, MORE.zh, (len(first) - MOST_TOLD,)), lang)


def _record(
    reports: Sequence[FileReport], counts: Counter[Outcome], lang: Lang
) -> dict[str, object]:
    return {
        **{outcome.value: counts[outcome] for outcome in Outcome},
        "files": [
            {
                "path": report.path,
                "outcome": report.outcome.value,
                "passages": report.passages,
                "why": report.why and filled(report.why, lang, str),
            }
            for report in reports
        ],
    }
