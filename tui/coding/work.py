"""Works on code in a thread, one thing at a time; the screen hears of it by messages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from textual.message import Message

from runtimes.base import Cancel
from runtimes.texts import Text
from runtimes.types import ReasoningDelta, TextDelta
from tui.messages import CodeEnded, CodeHappened, CodeWritten

if TYPE_CHECKING:
    from assistant.coding.repair import CodeTask
    from assistant.coding.sandbox.policy import Policy
    from assistant.coding.sandbox.types import Job, NotRun
    from assistant.coding.tracing import Trace as Found
    from assistant.coding.types import Brief, Code, CodeReport, Effort
    from assistant.session.writing import ModelWriter
    from tui.desk import Desk

OFTEN = 0.1
"""Seconds between two messages about what a model has written."""
ALLOW = Text(
    "To test it, code that the model writes is run here, in the sandbox: without network, without "
    "your files. May it run while the app is open?",
    "为了测试，模型编写的代码将在本机沙盒中运行：没有网络，也接触不到你的文件。"
    "在程序打开期间允许运行吗？",
)
ALLOW_LOOSE = Text(
    "This machine cannot isolate the code: it could read and change your files and use the "
    "network. Run it all the same, this once?",
    "本机无法隔离代码：它可能读取、修改你的文件并使用网络。仍要运行这一次吗？",
)
FAULT = Text("the program itself failed: {0}", "程序自身出错：{0}")


@dataclass(frozen=True, slots=True)
class Write:
    """The model writes code for a task, and mends it."""

    task: CodeTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Code of the user's, or as the user has changed it, is run and tested.

    ``loose``: even where this machine cannot isolate it; the user has said so for this run.
    """

    code: Code
    brief: Brief
    effort: Effort
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """Code is run with its values written down; ``call`` empty: the whole program."""

    job: Job
    call: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """What a traced run has shown."""

    call: str
    result: Found | NotRun


Order = Write | Run | Trace


@dataclass(eq=False, slots=True)
class Working:
    """An order that is being worked on, and what the model has written for it.

    ``thought`` counts pieces of thinking; ``text`` is the answer so far of this attempt.
    """

    order: Order
    cancel: Cancel = field(default_factory=Cancel)
    text: str = ""
    thought: int = 0
    since: float = field(default_factory=time.monotonic)

    @property
    def thinks(self) -> bool:
        """Does a model think, or may it begin to?"""
        return isinstance(self.order, Write) and not self.text


class CodeWork:
    """For the screen's thread; ``post`` may be called from any."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._desk = desk
        self._post = post
        self._writer: ModelWriter | None = None
        self.running: Working | None = None

    def start(self, order: Order) -> Working | None:
        """Begin; ``None`` where something runs."""
        if self.running is not None:
            return None
        working = self.running = Working(order)
        threading.Thread(target=self._run, args=(working,), name="code", daemon=True).start()
        return working

    def stop(self) -> None:
        """Stop it; a second time, at once."""
        if self.running is not None:
            self.running.cancel.set()

    def answer_now(self) -> None:
        """End the thinking."""
        if self._writer is not None:
            self._writer.answer_now()

    def ended(self, working: Working) -> None:
        """The screen has heard of the end."""
        if working is self.running:
            self.running = None

    def _run(self, working: Working) -> None:
        error: Text | None = None
        try:
            match working.order:
                case Write(task):
                    self._follow(working, task)
                case Run():
                    self._post(CodeHappened(working, self._judged(working.order, working.cancel)))
                case Trace():
                    self._post(CodeHappened(working, self._traced(working.order, working.cancel)))
        except Exception as wrong:  # noqa: BLE001 - shown; the app goes on
            error = FAULT.of(f"{type(wrong).__name__}: {wrong}"[:300])
        self._post(CodeEnded(working, error))

    def _follow(self, working: Working, task: CodeTask) -> None:
        from assistant.coding.repair import AttemptBegun, work
        from assistant.coding.sandbox import examine

        told = 0.0
        with closing(work(task, self._writer_for(working), examine(), working.cancel)) as events:
            for event in events:
                match event:
                    case TextDelta(text):
                        working.text += text
                    case ReasoningDelta():
                        working.thought += 1
                    case AttemptBegun():
                        working.text, working.thought = "", 0
                        self._post(CodeHappened(working, event))
                        continue
                    case _:
                        self._post(CodeHappened(working, event))
                        continue
                if time.monotonic() - told >= OFTEN:
                    told = time.monotonic()
                    self._post(CodeWritten(working))

    def _writer_for(self, working: Working) -> ModelWriter | None:
        from assistant.events import Route
        from assistant.session.writing import ModelWriter

        means = self._desk.means()
        if not means.has_model:
            return None
        options = replace(
            self._desk.options, route=Route.CODE, check=False, tools=False, samples=1, schema=None
        )
        self._writer = ModelWriter(means, options, working.cancel)
        return self._writer

    @staticmethod
    def _judged(order: Run, cancel: Cancel) -> CodeReport:
        from assistant.coding.judging import judge

        return judge(order.code, order.brief, _policy(loose=order.loose), order.effort, cancel)

    @staticmethod
    def _traced(order: Trace, cancel: Cancel) -> Traced:
        from assistant.coding.tracing import trace

        found = trace(order.job, _policy(loose=False), call=order.call, cancel=cancel)
        return Traced(order.call, found)


def _policy(*, loose: bool) -> Policy:
    from assistant.coding.sandbox import examine

    policy = examine()
    return policy.without_isolation() if loose and not policy.isolated else policy
