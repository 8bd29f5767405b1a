"""Writes one answer: one stream of a model after another, steered where that is needed.

A stream is ended early, and another one goes on where it left off, when the thinking has used its
budget, runs in circles, or the user wants the answer now; when a step was refuted; and when the
model asks for a tool.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from assistant.events import Notice, NoticeKind, Rewound, StepChecked, TurnEnd, TurnEvent
from assistant.maths.types import Refuted
from assistant.session import orders
from assistant.session.calling import Calling
from assistant.session.desk import Base, Desk
from assistant.session.draft import Draft
from assistant.session.orders import Fault, Order, can
from assistant.session.pump import Bell
from assistant.session.watch import ThoughtWatch
from runtimes.texts import Lang, Text
from runtimes.types import (
    Capability,
    Finished,
    FinishReason,
    PromptProgress,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    ToolCall,
)

if TYPE_CHECKING:
    from assistant.coding.blocks import Block

DRAIN_SECONDS = 10.0
"""What the marks of the last steps may take after the answer is whole."""
STOPPED_SECONDS = 1.0
"""The same after the user has stopped the answer."""
LOOPS = 2
"""How often a model that runs in circles is helped on."""
HURRIES = 2
"""How often a model is told to answer that goes on to think."""

BUDGET_USED = Text("the thinking has used its budget", "思考已用完预算")
ASKED_NOW = Text("the thinking was ended, as you asked", "已按要求结束思考")
THOUGHT_LOOP = Text(
    "the thinking ran in circles and was ended: “{0}”", "思考陷入重复，已结束：“{0}”"
)
SILENT = Text("the thinking ended without an answer", "思考结束，但没有给出回答")
TEXT_LOOP = Text(
    "the answer ran in circles and is written again from there: “{0}”",
    "回答陷入重复，从该处重写：“{0}”",
)
STUCK = Text("the answer ran in circles and was ended there", "回答陷入重复，已在该处结束")
ANSWER_CUT = Text("the answer was cut: the tokens were used up", "回答被截断：词元已用完")
NO_ANSWER = Text(
    "the tokens were used up by thinking; --think N leaves more of them for the answer",
    "词元已被思考用完；可用 --think N 为回答留出更多",
)
NO_ROOM = Text(
    "a wrong step is not written again, and the answer ends here: the window is full",
    "窗口已满，错误的步骤不再重写，回答到此为止",
)


class Steer(Enum):
    """Why a stream was ended by us."""

    BUDGET = auto()
    NOW = auto()
    LOOP = auto()
    REPAIR = auto()
    CALL = auto()
    CALLED = auto()
    COOL = auto()


class Answering:
    """One answer; afterwards ``end`` and ``repairs`` say how it went."""

    def __init__(self, desk: Desk, draft: Draft, watch: ThoughtWatch) -> None:
        self._desk = desk
        self._draft = draft
        self._watch = watch
        self._steer: Steer | None = None
        self._bases: list[Base] = []
        self._thinking = False
        self._calling = Calling(desk.toolbox)
        self._finished: Finished | None = None
        self._loops = self._hurries = 0
        self._cooled = desk.options.sampling.cool_down is None
        self.repairs = 0
        self.end = TurnEnd.ANSWERED

    def run(self, first: Order) -> Generator[TurnEvent, None, None]:
        """Write until the answer stands; raises ``RuntimeFailure``, what was written is kept."""
        self._bases = [Base(first, 0, 0)]
        order: Order | None = first
        while order is not None:
            yield from self._stream(order)
            if self._desk.cancel.is_set():
                self._steer = None
            if self._steer is None:
                yield from self._settle()
            order = yield from self._next(order)

    # one stream

    def _stream(self, order: Order) -> Iterator[TurnEvent]:
        desk = self._desk
        self._steer, self._finished = None, None
        desk.tally.start(desk.model, order.params)
        with closing(
            desk.pump.run(lambda stop: desk.model.stream(order.prompt, order.params, stop))
        ) as stream:
            for event in stream:
                yield from self._take(event)
                yield from self._look()

    def _take(self, event: StreamEvent | Bell) -> Iterator[TurnEvent]:
        desk = self._desk
        match event:
            case Bell():
                pass
            case Finished():
                self._finished = event
                desk.tally.add(event.usage)
            case _ if self._steer is not None:
                pass  # what still comes from a stream that we have ended
            case PromptProgress():
                yield event
            case ReasoningDelta(text):
                desk.tally.delta()
                self._draft.think(text)
                yield event
                yield from self._thought(text)
            case TextDelta(text):
                desk.tally.delta()
                yield from self._wrote(text)
            case ToolCall():
                self._calling.add(event)

    def _thought(self, text: str) -> Iterator[TurnEvent]:
        self._thinking = True
        yield from self._watch.think(text)
        if self._watch.loop is not None:
            self._stop(Steer.LOOP)
        elif self._watch.used_up:
            self._stop(Steer.BUDGET)

    def _wrote(self, text: str) -> Iterator[TurnEvent]:
        if self._thinking and not self._cooled and can(self._desk.model, Capability.CONTINUE):
            self._stop(Steer.COOL)
            return
        self._thinking = False
        calling = self._calling
        yield from self._say(calling.feed(text))
        if calling.closed:
            self._stop(Steer.CALLED)
        elif calling.opened and not calling.held and self._can_hold_calls:
            self._stop(Steer.CALL)
        elif self._watch.loop is not None:
            self._stop(Steer.LOOP)

    def _say(self, text: str) -> Iterator[TurnEvent]:
        code, text = self._desk.code, self._draft.apart(text, self._base.text)
        for piece, block in code.feed(text) if code is not None else ((text, None),):
            if piece:
                steps = list(self._draft.write(piece))  # on its way to the checker, first
                self._watch.write(piece)
                yield TextDelta(piece)
                yield from steps
            if block is not None:
                yield from self._ran(block)

    def _ran(self, block: Block) -> Iterator[TurnEvent]:
        """Run a block that has ended, while the model writes on; the marks before it come first."""
        assert self._desk.code is not None
        checked = self._desk.code.check(block)
        if checked is not None:
            yield from self._look()
            yield checked

    def _look(self) -> Iterator[TurnEvent]:
        """Marks that are there, and what the user wishes."""
        desk = self._desk
        if desk.checks is not None:
            yield from self._marked(desk.checks.ready())
        if desk.now and self._thinking and self._finished is None:
            self._stop(Steer.NOW)

    def _marked(self, marks: Iterable[StepChecked]) -> Iterator[TurnEvent]:
        """Tell marks up to one that has its step written again: those after it fall with it, and
        so does whatever else the stream was to be ended for."""
        for checked in marks:
            yield from self._draft.note(checked)
            if isinstance(checked.mark.verdict, Refuted) and self._may_repair:
                self._stop(Steer.REPAIR)
                self._steer = Steer.REPAIR
                return

    @property
    def _may_repair(self) -> bool:
        desk = self._desk
        return desk.may_repair and self.repairs < desk.options.repairs and not desk.cancel.is_set()

    def _stop(self, steer: Steer) -> None:
        if self._steer is None:
            self._steer = steer
            if self._finished is None:
                self._desk.pump.stop()

    def _settle(self) -> Iterator[TurnEvent]:
        """The model has said all: what was held back, the last steps, and all marks."""
        desk = self._desk
        yield from self._say(self._calling.flush())
        if self._calls_now:
            return
        for block in desk.code.flush() if desk.code is not None else ():
            yield from self._ran(block)
        yield from self._draft.end()
        if desk.checks is not None:
            seconds = STOPPED_SECONDS if desk.cancel.is_set() else DRAIN_SECONDS
            yield from self._marked(desk.checks.drain(desk.cancel, seconds))

    @property
    def _calls_now(self) -> bool:
        """Is a tool to be run?  Not for a user who has stopped, nor by a call that was cut."""
        finished = self._finished
        cut = finished is not None and finished.reason is FinishReason.LENGTH
        wanted = self._calling.whole if cut else self._calling.wanted
        return wanted and not self._desk.cancel.is_set()

    # what comes next

    def _next(self, order: Order) -> Generator[TurnEvent, None, Order | None]:
        """The stream that follows, or ``None`` where the answer stands."""
        match self._steer:
            case Steer.BUDGET:
                yield Notice(NoticeKind.THINKING_CUT, BUDGET_USED)
                return (yield from self._hurried(order))
            case Steer.NOW:
                self._desk.now = False
                yield Notice(NoticeKind.THINKING_CUT, ASKED_NOW)
                return self._to_answer(order)
            case Steer.COOL:
                self._cooled = True
                cool = self._desk.options.sampling.cool_down
                assert cool is not None
                return self._to_answer(
                    replace(order, params=replace(order.params, temperature=cool))
                )
            case Steer.LOOP:
                return (yield from self._after_loop(order))
            case Steer.REPAIR:
                return (yield from self._after_fault())
            case Steer.CALL:
                return self._to_call()
            case Steer.CALLED:
                return (yield from self._after_calls(order))
            case None if self._calls_now:
                return (yield from self._after_calls(order))
            case None if self._fell_silent:
                yield Notice(NoticeKind.THINKING_CUT, SILENT)
                return (yield from self._hurried(order))
            case None:
                yield from self._ended()
                return None
            case _:
                assert_never(self._steer)

    @property
    def _fell_silent(self) -> bool:
        """Has the model ended in the middle of its thinking?"""
        stopped = self._finished is not None and self._finished.reason is FinishReason.STOP
        return stopped and self._thinking and not self._desk.cancel.is_set()

    def _ended(self) -> Iterator[TurnEvent]:
        finished = self._finished
        if self._desk.cancel.is_set():
            self.end = TurnEnd.CANCELLED
        elif finished is not None and finished.reason is FinishReason.LENGTH:
            self.end = TurnEnd.LENGTH
            empty = not self._draft.text.strip()
            yield Notice(NoticeKind.ANSWER_CUT, NO_ANSWER if empty else ANSWER_CUT)
        if finished is not None and finished.usage.thinking_cut:
            yield Notice(NoticeKind.THINKING_CUT, BUDGET_USED)

    @property
    def _base(self) -> Base:
        """Where the model's turn that is being written began."""
        return self._bases[-1]

    def _spent(self, order: Order) -> Order:
        """The same with the tokens that are written taken off."""
        used = None if self._finished is None else self._finished.usage
        return orders.spent(order, used.reasoning_tokens + used.answer_tokens if used else 0)

    def _hurried(self, order: Order) -> Generator[TurnEvent, None, Order | None]:
        """On to the answer, unless the model was told so in vain."""
        self._hurries += 1
        if self._hurries <= HURRIES:
            return self._to_answer(order)
        yield from self._settle()
        self.end = TurnEnd.LENGTH
        yield Notice(NoticeKind.ANSWER_CUT, NO_ANSWER)
        return None

    def _to_answer(self, order: Order) -> Order:
        self._thinking = False
        thought = self._draft.reasoning[self._base.thought :]
        self._watch.hurry(self._draft)
        return orders.to_answer(self._spent(order), self._desk.model, thought, self._lang)

    def _to_call(self) -> Order:
        self._calling.hold()
        said = self._draft.text[self._base.text :]
        assert self._desk.toolbox is not None
        tools = self._desk.toolbox.tools
        return orders.to_call(self._base.order, self._desk.model, said, tools, self._lang)

    def _cut(self, offset: int) -> int:
        """Take back the answer from ``offset`` on, with all that was begun behind it; so many
        steps stand."""
        standing = self._draft.cut(offset)
        self._calling.restart(self._draft.text[self._base.text :])
        self._watch.restart(self._draft)
        if self._desk.code is not None:
            self._desk.code.restart(self._draft.text)
        self._thinking = False
        return standing

    def _after_loop(self, order: Order) -> Generator[TurnEvent, None, Order | None]:
        loop = self._watch.loop
        assert loop is not None
        self._loops += 1
        if self._thinking:
            yield Notice(NoticeKind.LOOP, THOUGHT_LOOP.of(loop.sample))
            self._draft.unthink(loop.start)
            return (yield from self._hurried(order))
        text = self._draft.text[self._base.text : loop.start]
        thought = self._draft.reasoning[self._base.thought :]
        following = orders.go_on(self._spent(order), self._desk.model, text, thought)
        standing = self._cut(loop.start)
        why = TEXT_LOOP.of(loop.sample) if following and self._loops <= LOOPS else STUCK
        yield Notice(NoticeKind.LOOP, why)
        yield Rewound(loop.start, standing, self._loops, why)
        if why is not STUCK:
            return following
        yield from self._settle()
        return None

    def _after_fault(self) -> Generator[TurnEvent, None, Order | None]:
        """From the last good step on; where that does not fit, what is written stays."""
        desk, draft = self._desk, self._draft
        step = draft.first_refuted()
        assert step is not None
        while step.start < self._base.text:  # the step stands before the last call of a tool
            self._bases.pop()
        text, mark, at = draft.text, draft.marks[step.index], step.start
        if not can(desk.model, Capability.CONTINUE):  # it begins a line, and no open formula ends
            at = max(draft.line(at), self._base.text)
        kept, wrong = text[self._base.text : at], text[step.start : step.end]
        fault = Fault(kept, wrong, mark, self.repairs + 1)
        following = orders.to_repair(self._base.order, desk.model, fault, self._lang)
        if not orders.fits(following, desk.model):
            self.repairs = desk.options.repairs  # there is no room for another try
            self.end = TurnEnd.LENGTH
            yield Notice(NoticeKind.REPAIR, NO_ROOM)
            return None
        self.repairs += 1
        yield Rewound(at, self._cut(at), self.repairs, mark.why)
        return following

    def _after_calls(self, order: Order) -> Generator[TurnEvent, None, Order | None]:
        """Do what the model asked for, and tell it."""
        draft, base = self._draft, self._base
        text, thought = draft.text[base.text :], draft.reasoning[base.thought :]
        said = yield from self._calling.run(text, thought, self._desk.cancel)
        if not said:
            yield from self._settle()
            return None
        following = replace(self._spent(order), messages=(*base.order.messages, *said), spoken=None)
        following = replace(following, params=replace(following.params, constraint=None))
        self._bases.append(Base(following, draft.length, len(draft.reasoning)))
        self._watch.restart(draft)
        return following

    @property
    def _can_hold_calls(self) -> bool:
        return can(self._desk.model, Capability.JSON_SCHEMA)

    @property
    def _lang(self) -> Lang:
        return self._desk.options.lang
