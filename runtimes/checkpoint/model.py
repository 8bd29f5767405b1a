"""A loaded checkpoint: reads prompts, writes answers, keeps what it has read."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from runtimes import continuing
from runtimes.base import Cancel
from runtimes.checkpoint.answer import Answer, Begin
from runtimes.checkpoint.constraints import Guides
from runtimes.checkpoint.failures import engine_errors
from runtimes.checkpoint.kvcache import KvCache
from runtimes.checkpoint.network import Network
from runtimes.checkpoint.tokens import Tokens
from runtimes.checkpoint.usage import measure, release
from runtimes.checkpoint.writing import write
from runtimes.errors import Busy, EngineFailed, Overflow, Unsupported
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    Finished,
    FinishReason,
    GenerationParams,
    Grammar,
    JsonSchema,
    MemoryReport,
    Message,
    ModelSpec,
    SampleEvent,
    StreamEvent,
    Thinking,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a loader makes, and a model is made of."""

    spec: ModelSpec
    network: Network
    tokens: Tokens
    kv: KvCache
    context: int
    parallel: int
    ends: frozenset[int]
    guides: Guides


class CheckpointModel:
    """``Model`` over transformers, in this process.

    Once ``close`` was called, everything but ``close`` raises ``EngineFailed``.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts: Parts | None = parts
        self._spec, self._context, self._parallel = parts.spec, parts.context, parts.parallel
        self._using = threading.Lock()
        self._closing = False

    @property
    def spec(self) -> ModelSpec:
        """What was loaded, with the capabilities that it has."""
        return self._spec

    @property
    def context(self) -> int:
        """Tokens of the window."""
        return self._context

    @property
    def parallel(self) -> int:
        """Answers that share a batch."""
        return self._parallel

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens that these messages take as a prompt."""
        with engine_errors():
            return len(self._ready.tokens.prompt(messages)[0])

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        """The answer as it is written."""
        answers = self._answers(messages, 1, params)
        return self._single(answers, cancel)

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Iterator[SampleEvent]:
        """``n`` answers over one reading of the prompt, in batches of the plan's ``parallel``: the
        cache of each takes its memory."""
        return self._write(self._answers(messages, n, params), cancel)

    def memory(self) -> MemoryReport:
        """What it takes now."""
        parts = self._ready
        return measure(parts.network.weight_bytes(), parts.kv.nbytes)

    def close(self) -> None:
        """Stop, and give everything back: now, or when the stream that is open has ended."""
        parts = self._parts
        if parts is None:
            return
        self._closing = parts.network.closed = True
        del parts
        self._give_back()

    # --- inside ------------------------------------------------------------------------------

    @property
    def _ready(self) -> Parts:
        if self._parts is None or self._closing:
            raise EngineFailed(Text("the model was closed", "模型已关闭"))
        return self._parts

    def _give_back(self) -> None:
        """Everything, once it is to be closed; while a stream is open it does so at its end."""
        if self._closing and self._using.acquire(blocking=False):
            self._parts = None
            self._using.release()
            release()

    def _answers(
        self, messages: Sequence[Message], n: int, params: GenerationParams
    ) -> tuple[Answer, ...]:
        started = time.monotonic()
        parts = self._ready
        if self._using.locked():
            raise _busy()
        self._check(params)
        continuing.check(self._spec, messages)
        always = self._spec.defaults.thinking is Thinking.ALWAYS
        think, held = params.thinking_tokens != 0, params.constraint is not None
        with engine_errors():
            prompt, thinking = parts.tokens.prompt(
                messages,
                think=think,
                # a constraint holds for the answer, so it must be seen where that begins
                force=held and always,
                held=held,
            )
            turn = parts.tokens.begun(messages, think=think, held=held)
            if turn is not None and params.seed is None:
                prompt = parts.tokens.as_known(prompt, parts.kv.tokens)
        room = self._context - len(prompt)
        if room <= 0:
            raise _overflow(len(prompt), self._context)
        limit = room if params.max_tokens is None else min(room, params.max_tokens)
        seam = None if turn is None else turn.seam
        begin = Begin(started, tuple(prompt), thinking, limit, parts.ends, seam)
        seed = secrets.randbelow(2**31) if params.seed is None else params.seed
        wanted = params.constraint
        guides = [parts.guides.begin(wanted) if wanted else None for _ in range(n)]
        return tuple(
            Answer(parts.tokens, params, begin, seed + k, guide) for k, guide in enumerate(guides)
        )

    def _single(self, answers: Sequence[Answer], cancel: Cancel) -> Iterator[StreamEvent]:
        # by hand: Python 3.12.3 leaves what a closed generator iterates over open
        with closing(self._write(answers, cancel)) as samples:
            for sample in samples:
                yield sample.event

    def _write(self, answers: Sequence[Answer], cancel: Cancel) -> Generator[SampleEvent]:
        try:
            yield from self._events(answers, cancel)
        finally:
            self._give_back()  # here, where no frame holds the parts any more

    def _events(self, answers: Sequence[Answer], cancel: Cancel) -> Iterator[SampleEvent]:
        open_ = dict(enumerate(answers))
        with self._alone() as parts:
            for first in range(0, len(answers), self._parallel):
                wave = answers[first : first + self._parallel]
                with closing(write(parts.network, parts.kv, parts.tokens, wave, cancel)) as events:
                    for sample in events:
                        if cancel.is_set():
                            break
                        number = first + sample.sample
                        if isinstance(sample.event, Finished):
                            del open_[number]
                        yield SampleEvent(number, sample.event)
                if cancel.is_set():
                    break
            for number, answer in open_.items():
                for event in answer.finish(FinishReason.CANCELLED):
                    yield SampleEvent(number, event)

    @contextmanager
    def _alone(self) -> Iterator[Parts]:
        if not self._using.acquire(blocking=False):
            raise _busy()
        try:
            parts = self._ready
            with engine_errors():
                yield parts
        finally:
            self._using.release()

    def _check(self, params: GenerationParams) -> None:
        """Raises ``Unsupported`` for what this model cannot do."""
        needs = {
            Capability.THINKING_BUDGET: params.thinking_tokens is not None,
            Capability.JSON_SCHEMA: isinstance(params.constraint, JsonSchema),
            Capability.GRAMMAR: isinstance(params.constraint, Grammar),
            Capability.TOOLS: bool(params.tools),
        }
        for capability, needed in needs.items():
            if needed and capability not in self._spec.capabilities:
                raise Unsupported(
                    Text(
                        "{0} cannot do this here: {1}",
                        "{0} 在此不支持：{1}",
                        (self._spec.title, str(capability)),
                    )
                )


def _busy() -> Busy:
    return Busy(
        Text("the model is writing already", "模型正在生成"),
        Text("wait for it, or stop it", "请等待或停止当前生成"),
    )


def _overflow(tokens: int, context: int) -> Overflow:
    return Overflow(
        Text(
            "the conversation takes {0} tokens, the window has {1}",
            "对话需要 {0} 个词元，窗口只有 {1} 个",
            (tokens, context),
        ),
        Text(
            "shorten it, or load the model with a larger context",
            "请缩短对话，或以更大的上下文加载模型",
        ),
    )
