"""What the line of status tells: of the model, its memory, and the turn that runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.events import TurnEvent
    from runtimes.base import Model
    from tui.desk import Desk
    from tui.turn.mailbox import Pace
    from tui.widgets.status import StatusBar


class Gauges:
    """Reads them, and shows them in ``bar``."""

    def __init__(self, desk: Desk, bar: StatusBar) -> None:
        self._desk = desk
        self._bar = bar
        self._prompt = 0

    def model(self) -> None:
        """Which one answers, and where."""
        loaded, name = self._desk.loaded, self._desk.model_name
        if name != self._bar.status.model:  # the figures are of another one
            self._bar.change(rate=None, first=None, used=None, memory=None)
        self._bar.change(
            model=name,
            engine="" if loaded is None else loaded.spec.runtime,
            window=None if loaded is None else loaded.context or None,
            offline=self._desk.setup.offline,
        )

    async def memory(self) -> None:
        """What the engine takes."""
        model = self._desk.loaded
        taken = None if model is None else await asyncio.to_thread(engine_memory, model)
        self._bar.change(memory=taken)

    def turn(self, events: tuple[TurnEvent, ...], pace: Pace) -> None:
        """How a turn goes."""
        for event in events:
            self._event(event)
        if pace.first is None:
            return
        left = None
        budget = self._desk.options.think
        if budget is not None and not pace.written:
            left = max(budget - pace.thought, 0)
        self._bar.change(first=pace.first, rate=pace.rate, left=left, reading=None)
        if self._prompt:
            self._bar.change(used=self._prompt + pace.thought + pace.written)

    def _event(self, event: TurnEvent) -> None:
        from assistant.events import TurnFinished, VoteCounted
        from runtimes.types import PromptProgress

        change = self._bar.change
        match event:
            case PromptProgress(done, total):
                change(loading=None, reading=(done, total) if done < total else None)
                self._prompt = total
            case VoteCounted():
                done = event.samples - event.open
                change(voting=(done, event.samples) if event.open else None)
            case TurnFinished(_, _, account):
                self._prompt = 0
                written = account.reasoning_tokens + account.answer_tokens
                if account.votes is not None:  # each answer has a window of its own
                    written //= max(account.votes.samples, 1)
                if account.context:
                    change(used=account.prompt_tokens + written, window=account.context)
                if account.tokens_per_second:  # none where it was stopped before the first token
                    change(rate=account.tokens_per_second)
            case _:
                pass


def engine_memory(model: Model) -> int | None:
    """Bytes of main memory in the process of a model; ``None`` where the engine is elsewhere.

    It looks at the process from outside: an engine that writes answers no question.
    """
    from runtimes.host import HostedModel

    pid = model.pid if isinstance(model, HostedModel) else None
    if pid is None:
        return None
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return None
