"""Models that say in the test's own process what a test has them say, whatever that is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from turns import USUAL, SharedPool

from assistant.events import TurnEvent
from assistant.history import History
from assistant.maths.pool import Pool
from assistant.session.options import TurnOptions
from assistant.session.session import Session
from assistant.tools.toolbox import Job
from runtimes.base import Cancel
from runtimes.errors import Busy, EngineCrashed, RuntimeFailure
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    Finished,
    FinishReason,
    GenerationParams,
    MemoryReport,
    Message,
    ModelSpec,
    ReasoningDelta,
    SampleEvent,
    ScriptSource,
    StreamEvent,
    TextDelta,
    ToolCall,
    Usage,
)

USUALLY = frozenset({Capability.THINKING, Capability.TOOLS, Capability.CONTINUE})
PLAIN = frozenset({Capability.THINKING})
"""A server that can neither go on in a turn nor has a form for tools."""
DIES = EngineCrashed(Text("the engine died: {0}", "引擎已退出：{0}", ("\x1b[2J\u202egnp",)))

Item = StreamEvent | RuntimeFailure | float | Callable[[], None]
"""An event, a failure, seconds to wait, or something to be done meanwhile."""


def say(text: str) -> TextDelta:
    """A piece of an answer."""
    return TextDelta(text)


def think(text: str) -> ReasoningDelta:
    """A piece of a thinking."""
    return ReasoningDelta(text)


class Talker:
    """Gives its answers in turn, the last one again and again, without looking at the question.

    ``asked`` is what it was sent; ``open`` how many streams are being read.
    """

    def __init__(
        self,
        *answers: Sequence[Item],
        capabilities: frozenset[Capability] = USUALLY,
        context: int = 32_768,
        counts: bool = True,
    ) -> None:
        self.spec = ModelSpec(
            id="talker",
            title="talker",
            runtime="scripted",
            source=ScriptSource("nowhere"),
            capabilities=capabilities,
        )
        self.context = context
        self.asked: list[tuple[tuple[Message, ...], GenerationParams]] = []
        self.open = 0
        self._answers = answers
        self._counts = counts

    def count_tokens(self, messages: Sequence[Message]) -> int | None:
        return sum(len(m.text.split()) for m in messages) if self._counts else None

    def memory(self) -> MemoryReport | None:
        return None

    def close(self) -> None:
        pass

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        if self.open:
            raise Busy(Text("busy", "忙"))
        answer = self._answers[min(len(self.asked), len(self._answers) - 1)]
        self.asked.append((tuple(messages), params))
        self.open += 1
        try:
            yield from self._told(answer, params, cancel)
        finally:
            self.open -= 1

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Iterator[SampleEvent]:
        for sample in range(n):
            for event in self.stream(messages, params, cancel):
                yield SampleEvent(sample, event)

    def _told(
        self, answer: Sequence[Item], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        thought = written = 0
        reason = FinishReason.STOP
        for item in answer:
            if isinstance(item, float):
                cancel.wait(item)
            if cancel.is_set():
                reason = FinishReason.CANCELLED
                break
            if params.max_tokens is not None and thought + written >= params.max_tokens:
                reason = FinishReason.LENGTH
                break
            match item:
                case RuntimeFailure():
                    raise item
                case Finished():
                    yield item
                    return
                case ReasoningDelta() | TextDelta() | ToolCall():
                    thought += isinstance(item, ReasoningDelta)
                    written += isinstance(item, TextDelta)
                    yield item
                case float():
                    pass
                case _ if callable(item):
                    item()
        usage = Usage(prompt_tokens=1, reasoning_tokens=thought, answer_tokens=written)
        yield Finished(reason, usage)


@contextmanager
def talking(
    model: Talker,
    options: TurnOptions = USUAL,
    history: History | None = None,
    tools: Callable[[Pool], tuple[Job, ...]] | None = None,
) -> Iterator[Session]:
    """A session with such a model; afterwards no stream is open and no thread of ours is left."""
    before = set(threading.enumerate())
    with SharedPool(lambda _: model, label="talker", tools=tools) as means:
        means.pool()  # the pool outlives the session, and so do its threads
        before |= set(threading.enumerate())
        yield Session(means, options, history)
    left = [t for t in threading.enumerate() if t not in before and t.name != "history"]
    for thread in left:
        thread.join(5)
    assert not [thread for thread in left if thread.is_alive()]
    assert model.open == 0


def asked(
    model: Talker,
    question: str = "What is love?",
    options: TurnOptions = USUAL,
    tools: Callable[[Pool], tuple[Job, ...]] | None = None,
) -> list[TurnEvent]:
    """The events of one turn."""
    with talking(model, options, tools=tools) as session:
        return list(session.ask(question, Cancel()))
