"""From the options of ``assistant ask`` to a session."""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from assistant import paths
from assistant.cli.diagnostics import complain
from assistant.cli.loading import load
from assistant.cli.sources import Unreadable, read_source
from assistant.events import Route
from assistant.maths.types import Lang
from assistant.records import say
from assistant.session.means import Means
from assistant.session.options import Sampling, TurnOptions
from assistant.settings import read_settings
from runtimes.base import Cancel, Model
from runtimes.texts import Text
from runtimes.types import JsonSchema

if TYPE_CHECKING:
    from assistant.history import History
    from assistant.maths.pool import Pool
    from assistant.notes.attached import Attachments
    from assistant.session.session import Session
    from assistant.tools.toolbox import Job

NOT_READ = Text("cannot read the schema", "无法读取模式")
NO_JSON = Text("the schema {0} is no JSON: {1}", "模式 {0} 不是 JSON：{1}")
NOT_ATTACHED = Text("cannot read the attachment", "无法读取附件")
NOTHING_BEFORE = Text("there is no conversation to go on with", "没有可以继续的对话")


def options_of(options: argparse.Namespace, lang: Lang) -> TurnOptions:
    """What is asked of the turn.  Raises ``Unreadable`` for the schema's file."""
    schema = None
    if options.schema is not None:
        schema = JsonSchema(read_source(options.schema, NOT_READ))
        try:  # before a model is loaded for it
            json.loads(schema.schema)
        except (ValueError, RecursionError) as wrong:
            raise Unreadable(Text(NO_JSON.en, NO_JSON.zh, (options.schema, wrong))) from wrong
    return TurnOptions(
        lang=lang,
        route=Route(options.route) if options.route else None,
        think=options.think,
        max_tokens=options.max_tokens,
        sampling=Sampling(
            temperature=options.temperature,
            cool_down=options.cool_down,
            top_p=options.top_p,
            top_k=options.top_k,
            min_p=options.min_p,
            repeat_penalty=options.repeat_penalty,
            seed=options.seed,
        ),
        schema=schema,
        tools=options.tools,
        samples=options.vote,
        check=not options.no_check,
        repairs=options.repairs,
        explain=options.explain,
        exact_first=(options.model is None or options.explain) and schema is None,
        fold=not options.no_fold,
    )


def attachments_of(
    options: argparse.Namespace, piped: str, cancel: Cancel, lang: Lang
) -> Attachments | None:
    """What goes with the question; what of it could not be read is told.  Raises ``Unreadable``."""
    if not piped and not options.attach:
        return None
    from assistant.notes import types as notes
    from assistant.notes.attached import Attachments

    attached = Attachments()
    if piped:
        attached.add_text("stdin", piped)
    for name in options.attach:
        if name == "-":
            attached.add_text("stdin", read_source("-", NOT_ATTACHED))
            continue
        try:
            missed = attached.add_file(Path(name), cancel)
        except notes.Unreadable as wrong:
            en, zh = NOT_ATTACHED.en, NOT_ATTACHED.zh
            why, at = wrong.why, f"{{{len(wrong.why.args)}}}"
            raise Unreadable(
                Text(f"{en}: {why.en}: {at}", f"{zh}：{why.zh}：{at}", (*why.args, name))
            ) from wrong
        if missed is not None:
            complain(Text("{0}: {1}", "{0}：{1}", (name, say(missed, lang))), lang)
    return attached


@dataclass(slots=True)
class Signals:
    """``answering``: an answer is being written, which ends itself when it is cancelled.
    ``answer_now`` ends its thinking."""

    answering: bool = True
    answer_now: Callable[[], None] | None = None


@contextmanager
def interruptible(cancel: Cancel) -> Iterator[Signals]:
    r"""Ctrl-C once stops the answer and keeps it; at any other time, or a second time, it ends
    the program, and the engine with it.  Ctrl-\ ends the thinking."""
    signals = Signals()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        now = cancel.is_set() or not signals.answering
        cancel.set()
        if now:
            raise KeyboardInterrupt

    def hurried(_number: int, _frame: FrameType | None) -> None:
        if signals.answer_now is not None:
            signals.answer_now()

    before = [(signal.SIGINT, signal.signal(signal.SIGINT, interrupted))]
    if hasattr(signal, "SIGQUIT"):
        before.append((signal.SIGQUIT, signal.signal(signal.SIGQUIT, hurried)))
    try:
        yield signals
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def means_for(
    options: argparse.Namespace, lang: Lang, signals: Signals, samples: int = 1
) -> Iterator[Means]:
    """The model (loaded when a question needs it, for so many answers side by side), the checking
    process, the tools."""
    label = options.model or read_settings(paths.settings_file()).default_model or ""

    def opened(cancel: Cancel) -> Model:
        signals.answering = False  # a load that is interrupted ends the program
        try:
            return load(options, lang, cancel, samples)
        finally:
            signals.answering = True

    with Means(opened if label else None, label=label, tools=_tools) as means:
        yield means


def _tools(pool: Pool) -> tuple[Job, ...]:
    from assistant.tools.offered import offered

    return offered(pool, paths.notes_file())


class Kept:
    """The history of a command, opened when it is first needed."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._wanted = not options.incognito
        self._history: History | None = None

    def open(self) -> History:
        """Raises ``HistoryFailure``."""
        from assistant.history import open_history

        if self._history is None:
            days = read_settings(paths.settings_file()).history_days
            self._history = open_history(paths.history_file(), days=days)
        return self._history

    @property
    def place(self) -> Callable[[], History] | None:
        """Where the session keeps what is said; ``None`` for nowhere."""
        return self.open if self._wanted else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._history is not None:
            self._history.close()


def resume(session: Session, kept: Kept, lang: Lang) -> None:
    """Go on with the conversation that was touched last, where there is one.

    Raises ``HistoryFailure``.
    """
    latest = kept.open().latest() if kept.place else None
    if latest is None:
        complain(NOTHING_BEFORE, lang)
    else:
        session.resume(latest)
