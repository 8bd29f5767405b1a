"""The outcome of ``assistant code`` in the history: the task, the version that was kept, and what
its tests said; or a review, with the facts that it was given."""

from __future__ import annotations

import argparse

from assistant.cli import diagnostics
from assistant.cli.asking import Kept
from assistant.cli.options import lang_of
from assistant.coding.repair import CodeEnd, CodeFinished
from assistant.coding.reviewing.working import ReviewFinished
from assistant.coding.telling import failure_lines, verdict_text
from assistant.coding.types import CodeReport, Failed
from assistant.events import Account, CodeChecked, TurnEnd, TurnEvent, TurnFinished
from assistant.records import say
from assistant.session.recording import Recorder
from runtimes.texts import Lang
from runtimes.types import TextDelta

ENDS = {CodeEnd.CANCELLED: TurnEnd.CANCELLED, CodeEnd.BROKEN: TurnEnd.FAILED}


def keep(
    options: argparse.Namespace, task: str, label: str, finished: CodeFinished, account: Account
) -> None:
    """Store it as a conversation of one turn; what cannot be stored is told."""
    best = finished.best
    if best is None or not finished.attempts:
        return
    lang = lang_of(options, task)
    answer = as_answer(best, finished.change, lang)
    checked = CodeChecked(0, 0, answer.rindex("```") + 3, best)
    end = TurnFinished(ENDS.get(finished.end, TurnEnd.ANSWERED), answer, account, finished.failure)
    _store(options, (task, label, lang), (TextDelta(answer), checked, end))


def keep_review(
    options: argparse.Namespace,
    question: str,
    label: str,
    finished: ReviewFinished,
    account: Account,
) -> None:
    """Store a model's review likewise; ``question`` holds the facts that it was given."""
    if not finished.answer:
        return
    lang = lang_of(options, question)
    how = ENDS.get(finished.end, TurnEnd.ANSWERED)
    end = TurnFinished(how, finished.answer, account, finished.failure)
    _store(options, (question, label, lang), (TextDelta(finished.answer), end))


def _store(
    options: argparse.Namespace, asked: tuple[str, str, Lang], events: tuple[TurnEvent, ...]
) -> None:
    question, label, lang = asked
    with Kept(options) as kept:
        recorder = Recorder(kept.place, label)
        recorder.begin(question, ())
        for event in events:
            for notice in recorder.note(event, lang):
                diagnostics.complain(notice.text, lang)


def as_answer(best: CodeReport, change: str, lang: Lang) -> str:
    """The code, or the change to the user's file, with the verdict in words."""
    name, text = ("diff", change) if change else (best.code.language.value, best.code.program.text)
    said = [say(verdict_text(best.verdict), lang)]
    if isinstance(best.verdict, Failed):
        said += [say(line, lang) for line in failure_lines(best.verdict.failure)]
    lines = "\n".join(f"    {line}" for line in "\n".join(said).split("\n"))
    return f"```{name}\n{text.rstrip()}\n```\n\n{lines}\n"
