"""A GGUF model in this process: the engine's side of the process border.

The part that matters is the loop: one call of ``llama_decode`` and one of the sampler chain for
each token, and between them only what a token really needs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from runtimes.errors import Busy, EngineFailed, Overflow, Unsupported
from runtimes.llamacpp import memory
from runtimes.llamacpp.context import Aborted
from runtimes.llamacpp.library import open_library
from runtimes.llamacpp.loading import Loaded, Order, load_model
from runtimes.llamacpp.prompt import Prompter
from runtimes.llamacpp.sampling import Sampler, new_seed
from runtimes.llamacpp.vocabulary import Vocabulary
from runtimes.llamacpp.writer import Limits, Start, Writer
from runtimes.prompting import CLOSE_THINKING
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    FinishReason,
    GenerationParams,
    LoadOptions,
    MemoryPlan,
    MemoryReport,
    Message,
    ModelSpec,
    PromptProgress,
    StreamEvent,
)

if TYPE_CHECKING:
    from runtimes.base import Cancel, OnProgress

LEAST_CHUNK = 32
"""Tokens of a prompt that are read between two looks at the clock, at least."""


def load(
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> LlamaModel:
    """Load a GGUF file into this process.  Raises ``runtimes.errors``."""
    library = open_library()
    loaded = load_model(library, Order(spec, plan, options), on_progress, cancel)
    try:
        return LlamaModel(loaded, Order(spec, plan, options))
    except BaseException:
        loaded.close()
        raise


class LlamaModel:
    """``Model`` on llama.cpp."""

    def __init__(self, loaded: Loaded, order: Order) -> None:
        self._loaded = loaded
        self._library = loaded.library
        self._context = loaded.context
        self._options = order.options
        self._vocabulary = Vocabulary(loaded.library, loaded.model)
        self._prompter = Prompter(
            loaded.library, loaded.model, self._vocabulary, order.spec.defaults
        )
        self._window = order.plan.context
        self._spec = replace(order.spec, capabilities=self._capabilities())
        self._kept: list[int] = []
        self._turn_lock = threading.Lock()
        self._closing = False
        self._closed = False

    def _capabilities(self) -> frozenset[Capability]:
        can = {
            Capability.JSON_SCHEMA,
            Capability.GRAMMAR,
            Capability.LOGPROBS,
            Capability.SEED,
            Capability.SAMPLES,
            Capability.LORA,
        }
        if self._prompter.thinks:
            can |= {Capability.THINKING, Capability.THINKING_BUDGET}
        return frozenset(can)

    @property
    def spec(self) -> ModelSpec:
        """What was loaded, with what it really can do."""
        return self._spec

    @property
    def context(self) -> int:
        """Tokens of the window."""
        return self._window

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of these messages as a prompt."""
        self._check_open()
        return len(self._prompter.write(messages).tokens)

    def memory(self) -> MemoryReport:
        """What it takes now."""
        return memory.report(self._loaded.log)

    def close(self) -> None:
        """Stop, and free everything: now, or when the stream that is open has ended."""
        self._closing = True
        self._context.flag.set()
        if self._turn_lock.acquire(blocking=False):
            try:
                self._free()
            finally:
                self._turn_lock.release()

    def _free(self) -> None:
        if not self._closed:
            self._closed = True
            self._loaded.close()

    def _check_open(self) -> None:
        if self._closing:
            raise EngineFailed(Text("the model was closed", "模型已关闭"))

    # --- streams -----------------------------------------------------------------------------

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        """The answer as it is written; see ``runtimes.base``."""
        with self._turn(cancel):
            began = time.monotonic()
            prompt = self._prompter.write(messages, thinking=params.thinking_tokens != 0)
            room = self._room(len(prompt.tokens), params)
            cached = self._reuse(prompt.tokens)
            seed = new_seed() if params.seed is None else params.seed
            start = Start(len(prompt.tokens), cached, prompt.thinking, seed, began)
            writer = self._writer(params, start, room)
            try:
                yield from self._read(prompt.tokens, cached, cancel)
                yield from self._write(writer, cancel)
            except Aborted:
                pass
            finally:
                writer.close()
            yield writer.finished(writer.reason or FinishReason.CANCELLED)

    @contextmanager
    def _turn(self, cancel: Cancel) -> Iterator[None]:
        """One stream at a time; ``cancel`` stops what llama.cpp computes."""
        if not self._turn_lock.acquire(blocking=False):
            raise Busy(
                Text("the model is writing already", "模型正在生成中"),
                Text("wait for it, or cancel it", "请等待或取消"),
            )
        try:
            self._check_open()
            self._context.flag.clear()
            remove = cancel.listen(self._context.flag.set)
            try:
                yield
            finally:
                remove()
        finally:
            if self._closing:
                self._free()
            self._turn_lock.release()

    def _room(self, prompt: int, params: GenerationParams) -> int:
        """Tokens that the answer may have.  Raises ``Overflow``."""
        room = self._window - prompt
        if room < 1:
            raise Overflow(
                Text(
                    "the prompt has {0} tokens, the window {1}",
                    "提示词有 {0} 个词元，而窗口只有 {1} 个",
                    (str(prompt), str(self._window)),
                ),
                Text(
                    "shorten it, or load the model with a larger context",
                    "请缩短提示词，或以更大的上下文加载模型",
                ),
            )
        return room if params.max_tokens is None else min(room, params.max_tokens)

    def _writer(self, params: GenerationParams, start: Start, room: int) -> Writer:
        if params.tools:
            raise Unsupported(Text("llamacpp offers no tools", "llamacpp 不支持工具调用"))
        sampler = Sampler(self._library, self._vocabulary, params, start.seed)
        limits = Limits(
            length=room, thinking=params.thinking_tokens, stops=params.stop, rivals=params.logprobs
        )
        writer = Writer(self._vocabulary, sampler, start, limits)
        writer.budget(self._vocabulary.tokens(CLOSE_THINKING))
        return writer

    def _reuse(self, tokens: Sequence[int]) -> int:
        """Keep what the cache has in common with a prompt; how many tokens that is."""
        common = 0
        while (
            common < min(len(self._kept), len(tokens) - 1) and self._kept[common] == tokens[common]
        ):
            common += 1
        if not self._context.cut(common):
            self._context.clear()
            common = 0
        del self._kept[common:]
        return common

    def _read(self, tokens: Sequence[int], cached: int, cancel: Cancel) -> Iterator[PromptProgress]:
        total = len(tokens)
        yield PromptProgress(cached, total, cached)
        at = cached
        while at < total:
            if cancel.is_set():
                raise Aborted
            chunk = tokens[at : at + self._context.batch]
            last = at + len(chunk) == total
            try:
                self._context.read(chunk, at, outputs=1 if last else 0)
            finally:
                self._kept.extend(tokens[at : self._context.length()])
            at += len(chunk)
            yield PromptProgress(at, total, cached)

    def _write(self, writer: Writer, cancel: Cancel) -> Iterator[StreamEvent]:
        api, context = self._library.api, self._context
        index = -1
        while writer.reason is None:
            token = writer.sample(context.handle, index, api)
            for event in writer.take(token):
                if cancel.is_set():
                    return
                yield event
            if cancel.is_set():
                writer.reason = None
                return
            if writer.reason is None:
                context.step(token, len(self._kept))
                self._kept.append(token)
