"""Models that say in the test's own process what a test has them say, whatever that is."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from turns import USUAL, SharedPool, end, of

from assistant.events import Rewound, StepChecked, StepProposed, TurnEvent
from assistant.history import History
from assistant.maths.pool import Pool
from assistant.records import event_record
from assistant.session.options import TurnOptions
from assistant.session.session import Session
from assistant.tools.toolbox import Job
from runtimes.base import Cancel
from runtimes.errors import Busy, EngineCrashed, RuntimeFailure
from runtimes.texts import Lang, Text
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

    @property
    def parallel(self) -> int:
        return 1

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


EQUATION = "Solve 2x + 3 = 11"
LOVE = "What is love?"
EVIL = (
    "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\\x1b]52;c;aGk=\x07\x1b[2J\x9b31m"
    "\u202eesrever\u2066\u200b\u200d\u200d\ufeff\x00\ud800\r"
)
WRONG: list[Item] = [think("Take 3. "), say("2x + 3 = 11\n\n2x = 9\n\n"), 1.0, say("x = 4.5\n")]
RIGHT: list[Item] = [say("2x = 8\n\nx = 4\n\nThe answer is \\boxed{x = 4}.")]


def held(events: list[TurnEvent]) -> str:
    """The answer as a front end holds it that obeys ``Rewound``."""
    text = ""
    for event in events:
        if isinstance(event, TextDelta):
            text += event.text
        elif isinstance(event, Rewound):
            text = text[: event.offset]
    return text


def sound(events: list[TurnEvent]) -> None:
    """What holds of every turn that was not left, however it went."""
    last = end(events)
    if of(TextDelta, events):
        assert held(events) == last.answer
    steps: set[int] = set()
    for event in events:
        if isinstance(event, Rewound):
            steps = {n for n in steps if n < event.step}
        elif isinstance(event, StepProposed):
            steps.add(event.step.index)
            assert steps == set(range(len(steps)))
        elif isinstance(event, StepChecked):
            assert event.index in steps
    for event in events:
        json.dumps(event_record(event, Lang.ZH), allow_nan=False)
