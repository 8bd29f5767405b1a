"""What models on a server have in common: the contract of ``Model`` over an adapter's replies."""

from __future__ import annotations

import queue
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from runtimes.answering import Answer, Counted, Delta
from runtimes.base import Cancel
from runtimes.errors import Busy, EngineFailed, EngineHung, RuntimeFailure, Truncated
from runtimes.httpclient import Patience, Wire, pumped
from runtimes.texts import Text
from runtimes.textstream import Seam
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    MemoryReport,
    Message,
    ModelSpec,
    PromptProgress,
    SampleEvent,
    StreamEvent,
    Usage,
)

_AT_ONCE = 16
"""Requests of one ``stream_many`` that are open together, where a server has no other limit."""

_UNKNOWN_WINDOW = 1 << 18

_WORD = re.compile(r"(?<!\S)[A-Za-z0-9]+(?!\S)")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: what is asked, of how many samples, and what is expected of the reply.

    ``opens_thinking``: the prompt ends in an open tag.  ``begins_thinking``: and so the text that
    comes begins inside (not if the server sends the thinking in a field).  ``at_least`` is a
    number of tokens that the prompt certainly has.  ``seam``: the rest of an answer is asked for.
    """

    messages: tuple[Message, ...]
    params: GenerationParams
    samples: int = 1
    opens_thinking: bool = False
    begins_thinking: bool = False
    at_least: int = 0
    seam: Seam | None = None


class RemoteModel(ABC):
    """A ``Model`` whose engine is a server.  An adapter says how to ask it."""

    def __init__(self, spec: ModelSpec, context: int, patience: Patience) -> None:
        self._spec = spec
        self._context = context
        self._patience = patience
        self._lock = threading.Lock()
        self._closing = Cancel()

    @property
    def spec(self) -> ModelSpec:
        """What was loaded, with the capabilities that it has there."""
        return self._spec

    @property
    def context(self) -> int:
        """Tokens of the window; 0 where the server does not tell."""
        return self._context

    @property
    def parallel(self) -> int:
        """Requests that are open together."""
        return self._at_once()

    @abstractmethod
    def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """See ``Model``."""

    @abstractmethod
    def _prepared(self, messages: Sequence[Message], params: GenerationParams, stop: Cancel) -> Ask:
        """Raises ``Unsupported`` or ``Overflow`` before anything is written."""

    @abstractmethod
    def _replies(self, ask: Ask, wire: Wire) -> Iterator[tuple[int, Delta]]:
        """Ask the server, in a thread of its own; deltas with the sample they belong to."""

    def _shares(self, params: GenerationParams) -> bool:
        """Can one request deliver several samples?"""
        return False

    def _at_once(self) -> int:
        """How many requests may be open together?"""
        return _AT_ONCE

    def _heard(self, answer: Answer) -> None:  # noqa: B027 - most have nothing to learn
        """An answer is over: what is to be learned of it?"""

    def _check(self, ask: Ask, counted: Counted) -> None:
        """Raises ``Truncated`` where the server read less than was sent."""
        if counted.prompt is not None and counted.prompt < ask.at_least:
            raise truncated(counted.prompt, ask.at_least)

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        """See ``Model``."""
        # by hand: Python 3.12.3 leaves what a closed generator iterates over open
        with closing(self.stream_many(messages, 1, params, cancel)) as events:
            for event in events:
                yield event.event

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Generator[SampleEvent]:
        """See ``Model``.  Side by side in one request where the server can, else in several."""
        if self._closing.is_set():
            raise EngineFailed(Text("the model is closed", "模型已关闭"))
        if not self._lock.acquire(blocking=False):
            raise Busy(
                Text("the model is writing already", "模型正在输出"),
                Text("wait until it has finished, or stop it", "请等待其结束或先停止"),
            )
        stop = Cancel()  # by the user, or by ``close``
        removers = [cancel.listen(stop.set), self._closing.listen(stop.set)]
        try:
            yield from _cancellable(self._samples(messages, n, params, stop), n, stop)
        finally:
            for remove in removers:
                remove()
            self._lock.release()

    def memory(self) -> MemoryReport | None:
        """``None``: it runs elsewhere."""
        return None

    def close(self) -> None:
        """Cut what is open; the server's own memory is the server's."""
        self._closing.set()

    def _samples(
        self, messages: Sequence[Message], n: int, params: GenerationParams, stop: Cancel
    ) -> Iterator[SampleEvent]:
        ask = self._prepared(messages, params, stop)
        if n == 1 or self._shares(params):
            yield from self._one_request(replace(ask, samples=n), stop, queued=1)
        else:
            yield from self._requests(ask, n, stop)

    def _one_request(self, ask: Ask, stop: Cancel, queued: int) -> Iterator[SampleEvent]:
        most = self._context or _UNKNOWN_WINDOW
        most = min(most, ask.params.max_tokens or most)
        seed = ask.params.seed
        answers = [
            Answer(
                ask.params.stop,
                most,
                None if seed is None else seed + k,
                begins_thinking=ask.begins_thinking,
                seam=ask.seam,
            )
            for k in range(ask.samples)
        ]
        patience, first = self._patience, self._patience.first * queued

        def after(said: tuple[int, Delta]) -> float:
            if all(answer.complete for answer in answers):
                return patience.last
            return first if isinstance(said[1], PromptProgress) else patience.between

        deltas = pumped(
            lambda wire: self._replies(ask, wire),
            stop,
            first=first,
            between=patience.between,
            after=after,
        )
        try:
            for sample, delta in _until_complete(deltas, answers):
                for event in answers[sample].feed(delta):
                    yield SampleEvent(sample, event)
                if isinstance(delta, Counted):
                    self._check(ask, answers[sample].counted)
                if all(answer.done for answer in answers):
                    break
        finally:
            deltas.close()  # type: ignore[attr-defined]  # a generator: the wire is cut
        for sample, answer in enumerate(answers):
            for event in () if answer.done else self._rest(ask, answer, stop):
                yield SampleEvent(sample, event)
            self._heard(answer)

    def _rest(self, ask: Ask, answer: Answer, stop: Cancel) -> Sequence[StreamEvent]:
        if stop.is_set():
            return [answer.cancelled()]
        if not answer.complete:
            raise _broken_off(began=answer.began)
        self._check(ask, answer.counted)
        return answer.end()

    def _requests(self, ask: Ask, n: int, stop: Cancel) -> Iterator[SampleEvent]:
        """``n`` requests, some of them open together; the first failure ends all."""
        events: queue.SimpleQueue[SampleEvent | BaseException | None] = queue.SimpleQueue()
        numbers, turn = iter(range(n)), threading.Lock()
        inner = Cancel()
        remove = stop.listen(inner.set)

        def work() -> None:
            try:
                while (sample := _next(numbers, turn)) is not None:
                    seed = ask.params.seed
                    params = replace(ask.params, seed=None if seed is None else seed + sample)
                    # A server with one slot answers one after the other: the last waits for all.
                    for event in self._one_request(replace(ask, params=params), inner, queued=n):
                        events.put(SampleEvent(sample, event.event))
            except BaseException as error:  # noqa: BLE001 - it is raised again below
                events.put(error)
            finally:
                events.put(None)

        threads = [
            threading.Thread(target=work, name="sample", daemon=True)
            for _ in range(min(n, self._at_once()))
        ]
        for thread in threads:
            thread.start()
        try:
            yield from _merged(events, len(threads))
        finally:
            remove()
            inner.set()
            for thread in threads:
                thread.join(timeout=1.0)


def _until_complete(
    deltas: Iterator[tuple[int, Delta]], answers: Sequence[Answer]
) -> Iterator[tuple[int, Delta]]:
    """The same; a server that has said that all is complete need not say that no more comes."""
    try:
        yield from deltas
    except EngineHung:
        if not all(answer.complete for answer in answers):
            raise


def _broken_off(*, began: bool) -> EngineFailed:
    """An answer without its end.  One without a beginning, too, is how some servers say that the
    question is longer than their window."""
    if began:
        return EngineFailed(
            Text("the server broke off in the middle of the answer", "服务器在回答中途断开"),
            Text(
                "it may have crashed or run out of memory; its own log says why",
                "服务器可能已崩溃或内存不足，请查看其日志",
            ),
        )
    return EngineFailed(
        Text("the server answered with nothing at all", "服务器没有给出任何回答"),
        Text(
            "perhaps the question, with what was said before, is longer than its window: name the "
            "window (--context N), so that it is kept; the server's own log says more",
            "问题连同之前的对话可能超出其窗口：请用 --context N 指定窗口大小；"
            "服务器日志中有更多信息",
        ),
    )


def _next(numbers: Iterator[int], turn: threading.Lock) -> int | None:
    with turn:
        return next(numbers, None)


def _merged(
    events: queue.SimpleQueue[SampleEvent | BaseException | None], workers: int
) -> Iterator[SampleEvent]:
    while workers:
        match events.get():
            case None:
                workers -= 1
            case BaseException() as error:
                raise error
            case event:
                yield event


def _cancellable(events: Iterator[SampleEvent], n: int, stop: Cancel) -> Iterator[SampleEvent]:
    """The same events, but nothing other than ``Finished(CANCELLED)`` after ``stop``."""
    open_samples = set(range(n))
    try:
        for event in events:
            said = event.event
            if isinstance(said, Finished):
                open_samples.discard(event.sample)
                if stop.is_set():
                    said = replace(said, reason=FinishReason.CANCELLED)
            elif stop.is_set():
                continue
            yield SampleEvent(event.sample, said)
    except RuntimeFailure:
        if not stop.is_set():
            raise
    for sample in sorted(open_samples):
        yield SampleEvent(sample, Finished(FinishReason.CANCELLED, Usage()))


def fewest_tokens(messages: Sequence[Message]) -> int:
    """A number of tokens that these messages have at least, whatever the tokenizer.

    No tokenizer in use joins words across a blank that is followed by a letter or digit, so each
    word is a token at least.  Nothing is added for other scripts: their longest tokens are
    phrases.
    """
    return sum(len(_WORD.findall(message.text)) for message in messages)


def truncated(read: int, sent: int) -> Truncated:
    """A server read ``read`` tokens of at least ``sent``."""
    return Truncated(
        Text(
            "the server read only {0} of at least {1} tokens and cut off the rest, so its answer "
            "is not to this question",
            "服务器只读取了至少 {1} 个词元中的 {0} 个，其余被截断，因此回答并不针对本问题",
            (read, sent),
        ),
        Text(
            "give the model a larger window (--context), or ask something shorter",
            "请增大上下文窗口（--context），或缩短问题",
        ),
    )
