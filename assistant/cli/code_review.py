"""``assistant code --review``: a diff looked through by exact tools, and by a model where there
is one.  Nothing on the disk is changed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import diagnostics, render
from assistant.cli.diagnostics import Exit, advice, complain
from assistant.cli.sources import Unreadable, read_source
from runtimes.base import Cancel
from runtimes.texts import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Generator

    from assistant.coding.reviewing.reviewing import ReviewTask
    from assistant.coding.reviewing.working import ReviewEvent, ReviewFinished
    from assistant.session.writing import ModelWriter

NOT_READ = Text("cannot read the diff", "无法读取差异")
NO_DIFF = Text(
    "no diff was given; try: git diff | assistant code --review",
    "没有差异；例如：git diff | assistant code --review",
)
NO_TESTS = Text("cannot read the tests", "无法读取测试")
BOTH_PIPED = Text(
    "the diff and the tests cannot both be read from standard input",
    "差异和测试不能都从标准输入读取",
)
TOGETHER = Text("--review does not go together with {0}", "--review 不能与 {0} 同时使用")
WITHOUT = Text(
    "these are facts; with a model (-m MODEL) they would be followed by its review",
    "以上是事实；指定模型（-m MODEL）后还会给出模型的审阅",
)
REVIEWED = Text("Review of {0}", "审阅 {0}")


def run(options: argparse.Namespace) -> int:
    """Review a diff; the result is the exit code."""
    from assistant.cli.asking import interruptible, means_for
    from assistant.cli.code import policy_for, turn_options
    from assistant.cli.options import lang_of
    from assistant.coding.reviewing.working import work
    from assistant.session.writing import ModelWriter

    lang = lang_of(options, options.task)
    try:
        task = _task(options)
    except Unreadable as wrong:
        complain(wrong.message, lang)
        return Exit.USAGE
    if not task.patches:
        from assistant.cli.review_show import NOTHING

        complain(NOTHING, lang)
        return Exit.OK
    cancel = Cancel()
    with interruptible(cancel) as signals, means_for(options, lang, signals) as means:
        writer = (
            ModelWriter(means, turn_options(options, lang), cancel) if means.has_model else None
        )
        if writer is not None:
            signals.answer_now = writer.answer_now
        events = work(task, (options.task, lang), writer, policy_for(options, lang), cancel)
        finished = _followed(events, options, lang)
        if writer is not None:
            _account_for(options, means.label, finished, writer, lang)
    if writer is None and not options.json:
        complain(WITHOUT, lang)
    return _ended(options, finished, lang)


def _task(options: argparse.Namespace) -> ReviewTask:
    """What is to be reviewed.  Raises ``Unreadable``."""
    from assistant.coding.diffs import DiffError
    from assistant.coding.reviewing.patches import read_patches
    from assistant.coding.reviewing.reviewing import ReviewTask
    from assistant.coding.types import Effort

    others = (("--fix", options.fix), ("--like", options.like), ("--growth", options.growth),
              ("--yes", options.yes))  # fmt: skip
    for name, given in others:
        if given:
            raise Unreadable(TOGETHER.of(name))
    if options.review == "-" and options.tests == "-":
        raise Unreadable(BOTH_PIPED)
    if options.review == "-" and sys.stdin.isatty():
        raise Unreadable(NO_DIFF)
    text = read_source(options.review, NOT_READ)
    tests = read_source(options.tests, NO_TESTS) if options.tests else ""
    try:
        patches = read_patches(text)
    except DiffError as wrong:
        raise Unreadable(wrong.why) from wrong
    return ReviewTask(
        patches=patches,
        folder=Path.cwd(),
        tests=tests,
        run=not options.no_run,
        effort=Effort(seconds=options.time, memory=options.memory, types=True),
    )


def _followed(
    events: Generator[ReviewEvent, None, None], options: argparse.Namespace, lang: Lang
) -> ReviewFinished:
    """Draw or write the events; the result is the last one."""
    from assistant.cli.review_show import ReviewDrawing, review_record
    from assistant.coding.reviewing.working import ReviewFinished

    drawing = ReviewDrawing(
        lang,
        colour=diagnostics.live(plain=options.plain, stream=sys.stdout),
        live=diagnostics.live(plain=options.plain),
    )
    last: ReviewEvent | None = None
    try:
        for event in events:
            if options.json:
                render.write_json(review_record(event, lang))
            else:
                drawing.draw(event)
            last = event
    finally:
        events.close()
    assert isinstance(last, ReviewFinished)
    return last


def _account_for(
    options: argparse.Namespace,
    label: str,
    finished: ReviewFinished,
    writer: ModelWriter,
    lang: Lang,
) -> None:
    """Which model, how much of it, and the history."""
    from assistant.cli.code_kept import keep_review
    from assistant.coding.reviewing.telling import for_model

    account = writer.account()
    names = ", ".join(file.patch.name for file in finished.files[:5])
    facts = for_model(list(finished.files), finished.tests, lang)
    question = "\n\n".join((options.task or REVIEWED.of(names).template(lang), facts))
    keep_review(options, question, label, finished, account)
    if account.model and not options.json:
        from assistant.cli.answering import account_line
        from assistant.records import say

        diagnostics.write(f"{say(account_line(account), lang)}\n")


def _ended(options: argparse.Namespace, finished: ReviewFinished, lang: Lang) -> int:
    from assistant.coding.repair import CodeEnd

    if finished.end is CodeEnd.BROKEN and finished.failure is not None:
        if options.json:
            return diagnostics.exit_of(finished.failure)
        return diagnostics.report(finished.failure, lang)
    if finished.end is CodeEnd.CANCELLED:
        return Exit.INTERRUPTED
    if finished.end is CodeEnd.FAILED:
        return Exit.REFUTED
    if finished.tests is not None and finished.tests.isolation:
        from assistant.cli.run import HOW_UNSAFE

        diagnostics.write(f"{advice(HOW_UNSAFE, lang)}\n")
        return Exit.UNAVAILABLE
    undecided = finished.end is CodeEnd.UNDECIDED
    return Exit.UNDECIDED if options.strict and undecided else Exit.OK


__all__ = ["run"]
