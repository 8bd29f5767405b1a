"""One answer of a model to messages that are given, with all that steers a turn: the budget of
thinking, circles, the window.  Nothing is remembered."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace

from assistant.coding.repair import Written
from assistant.events import Account, CodeCounts, StepCounts, TurnEvent
from assistant.session.answering import Answering
from assistant.session.conversation import Conversation
from assistant.session.desk import Desk
from assistant.session.draft import Draft
from assistant.session.means import Means
from assistant.session.options import TurnOptions
from assistant.session.preparing import Preparing
from assistant.session.pump import Pump
from assistant.session.tally import Outcome, Tally
from assistant.session.watch import ThoughtWatch
from runtimes.base import Cancel
from runtimes.types import Message, ModelSpec, StreamEvent


class ModelWriter:
    """Writes with the model of some ``means``; a ``coding.repair.Writer``."""

    def __init__(self, means: Means, options: TurnOptions, cancel: Cancel) -> None:
        self._means = means
        self._options = options
        self._cancel = cancel
        self._desk: Desk | None = None
        self._tally = Tally()
        self._written = 0

    @property
    def spec(self) -> ModelSpec:
        """The model's; it is loaded for it."""
        return self._means.model(self._cancel).spec

    def answer_now(self) -> None:
        """End the thinking; from any thread."""
        desk = self._desk
        if desk is not None:
            desk.now = True
            desk.pump.ring()

    def account(self) -> Account:
        """What all answers took together.  Call it once, at the end."""
        return self._tally.account(Outcome(steps=StepCounts(), code=CodeCounts()))

    def write(self, messages: tuple[Message, ...]) -> Generator[TurnEvent, None, Written]:
        """One answer.  Raises ``RuntimeFailure``."""
        model = self._means.model(self._cancel)
        preparing = Preparing(self._means, self._options, Conversation(), None)
        prepared = yield from preparing.given(model, messages)
        order, seed = prepared.order, prepared.order.params.seed
        if seed is not None:  # the same one would write the same mistake again
            order = replace(order, params=replace(order.params, seed=seed + self._written))
        self._written += 1
        pump: Pump[StreamEvent] = Pump(self._cancel)
        self._desk = Desk(model, self._options, pump, self._cancel, self._tally)
        draft = Draft()
        answering = Answering(self._desk, draft, ThoughtWatch(prepared.watched))
        try:
            with closing(answering.run(order)) as events:
                yield from events
        finally:
            self._desk = None
        return Written(draft.text, answering.end)
