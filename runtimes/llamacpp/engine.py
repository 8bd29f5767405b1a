"""A GGUF model in this process: the engine's side of the process border."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from runtimes import continuing
from runtimes.errors import Busy, EngineFailed, Overflow, Unsupported
from runtimes.llamacpp import memory
from runtimes.llamacpp.constraint import CompiledGrammar
from runtimes.llamacpp.context import Aborted
from runtimes.llamacpp.decoding import write_ahead, write_alone, write_together
from runtimes.llamacpp.library import open_library
from runtimes.llamacpp.loading import Loaded, Order, identity, load_model
from runtimes.llamacpp.lookup import Drafts
from runtimes.llamacpp.prompt import Prompt, Prompter
from runtimes.llamacpp.reading import Reader
from runtimes.llamacpp.sampling import Sampler, new_seed
from runtimes.llamacpp.states import PromptStates
from runtimes.llamacpp.vocabulary import Vocabulary
from runtimes.llamacpp.writer import Limits, Start, Writer
from runtimes.spelling import as_known
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    FinishReason,
    Fit,
    GenerationParams,
    LoadOptions,
    MemoryPlan,
    MemoryReport,
    Message,
    ModelSpec,
    SampleEvent,
    StreamEvent,
)

if TYPE_CHECKING:
    from runtimes.base import Cancel, OnProgress

RESERVE = 512
"""Tokens of the window that are kept for the answer when a thinking would fill it all; a quarter
of the room, where that is less."""
MOST_RIVALS = 100


def load(
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> LlamaModel:
    """Load a GGUF file into this process.  Raises ``runtimes.errors``."""
    order = Order(spec, plan, options)
    loaded = load_model(open_library(), order, on_progress, cancel)
    try:
        return LlamaModel(loaded, order)
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
        self._prompter = Prompter(self._vocabulary, order.spec.defaults)
        self._window = order.plan.context
        self._spec = replace(order.spec, capabilities=self._capabilities())
        self._reader = Reader(
            self._context,
            _states(order),
            kind=loaded.kind,
            on_gpu=order.plan.layers_on > 0 or order.plan.fit is Fit.GPU,
        )
        self._turn_lock = threading.Lock()
        self._closing = False
        self._freed = False

    def _capabilities(self) -> frozenset[Capability]:
        can = {
            Capability.JSON_SCHEMA,
            Capability.GRAMMAR,
            Capability.LOGPROBS,
            Capability.SEED,
            Capability.SAMPLES,
            Capability.LORA,
            Capability.CONTINUE,
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

    @property
    def parallel(self) -> int:
        """Answers that are written side by side."""
        return self._context.sequences

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
        if not self._freed:
            self._context.flag.set()
        if self._turn_lock.acquire(blocking=False):
            try:
                self._free()
            finally:
                self._turn_lock.release()

    def _free(self) -> None:
        if not self._freed:
            self._freed = True
            self._loaded.close()

    def _check_open(self) -> None:
        if self._closing:
            raise EngineFailed(Text("the model was closed", "模型已关闭"))

    # --- streams -----------------------------------------------------------------------------

    def stream(
        self, messages: Sequence[Message], params: GenerationParams, cancel: Cancel
    ) -> Iterator[StreamEvent]:
        """The answer as it is written; see ``runtimes.base``.

        Guesses ahead are made where ``LoadOptions.lookup`` asks for them.  A seed that is given
        makes the text repeatable: it does not depend on what the model did before.
        """
        with self._turn(cancel), ExitStack() as frees:
            began = time.monotonic()
            prompt, grammar = self._begin(messages, params, frees)
            room = self._room(len(prompt.tokens))
            repeatable = params.seed is not None
            cached = self._reader.reuse(prompt, repeatable=repeatable)
            start = self._start(prompt, cached, params, began)
            writer = self._writer(params, grammar, start, prompt, room)
            frees.callback(writer.close)
            try:
                yield from self._reader.read(prompt, cached, cancel, repeatable=repeatable)
                yield from self._write(prompt, writer, cancel, repeatable=repeatable)
            except Aborted:
                self._reader.aborted()
            reason = None if cancel.is_set() else writer.reason
            yield writer.finished(reason or FinishReason.CANCELLED)

    def _write(
        self, prompt: Prompt, writer: Writer, cancel: Cancel, *, repeatable: bool
    ) -> Iterator[StreamEvent]:
        context, kept = self._context, self._reader.kept
        if self._options.lookup > 0 and not self._loaded.kind.recurrent:
            drafts = Drafts(self._options.lookup, timed=not repeatable)
            drafts.add(prompt.tokens)
            return write_ahead(context, kept, writer, drafts, cancel)
        return write_alone(context, kept, writer, cancel)

    def stream_many(
        self, messages: Sequence[Message], n: int, params: GenerationParams, cancel: Cancel
    ) -> Iterator[SampleEvent]:
        """``n`` answers side by side, in waves of as many as the plan's ``parallel``.

        Each has a window of its own, and all of a wave share the prompt.  Its progress is told as
        the first sample's of each wave.
        """
        with self._turn(cancel), ExitStack() as frees:
            began = time.monotonic()
            prompt, grammar = self._begin(messages, params, frees)
            width = max(1, min(n, self.parallel))
            room = self._room(len(prompt.tokens))
            start = self._start(prompt, 0, params, began)
            for first in range(0, n, width):
                seeds = range(start.seed + first, start.seed + min(first + width, n))
                cached = self._reader.reuse(prompt, repeatable=params.seed is not None)
                starts = [replace(start, seed=seed, cached_tokens=cached) for seed in seeds]
                writers = [self._writer(params, grammar, s, prompt, room) for s in starts]
                with ExitStack() as wave:
                    for writer in writers:
                        wave.callback(writer.close)
                    yield from self._wave(
                        prompt, writers, first, cancel, repeatable=params.seed is not None
                    )

    def _wave(
        self,
        prompt: Prompt,
        writers: Sequence[Writer],
        first: int,
        cancel: Cancel,
        *,
        repeatable: bool,
    ) -> Iterator[SampleEvent]:
        kept, cached = self._reader.kept, len(self._reader.kept)
        try:
            for event in self._reader.read(prompt, cached, cancel, repeatable=repeatable):
                yield SampleEvent(first, event)
            yield from write_together(self._context, kept, writers, first, cancel)
        except Aborted:
            self._reader.aborted()
        finally:
            for sequence in range(1, len(writers)):
                self._context.drop(sequence)
            self._context.cut(len(kept))
        for k, writer in enumerate(writers):
            if not writer.told:
                yield SampleEvent(first + k, writer.finished(FinishReason.CANCELLED))

    # --- the beginning of a stream -----------------------------------------------------------

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

    def _begin(
        self, messages: Sequence[Message], params: GenerationParams, frees: ExitStack
    ) -> tuple[Prompt, CompiledGrammar | None]:
        """All that may be refused before the first event.  Raises ``Unsupported``."""
        if params.tools:
            raise Unsupported(Text("llamacpp offers no tools", "llamacpp 不支持工具调用"))
        if params.logprobs > MOST_RIVALS:
            raise Unsupported(
                Text(
                    "at most {0} alternatives of a token are told",
                    "每个词元最多给出 {0} 个候选",
                    (str(MOST_RIVALS),),
                )
            )
        continuing.check(self._spec, messages)
        self._check_budget(params.thinking_tokens)
        prompt = self._prompter.write(
            messages, thinking=params.thinking_tokens != 0, held=params.constraint is not None
        )
        if prompt.seam is not None and params.seed is None:
            known = as_known(prompt.tokens, self._reader.kept, self._vocabulary.words)
            prompt = replace(prompt, tokens=tuple(known))
        if params.constraint is None:
            return prompt, None
        grammar = CompiledGrammar(self._library, self._vocabulary, params.constraint)
        frees.callback(grammar.close)
        return prompt, grammar

    def _check_budget(self, tokens: int | None) -> None:
        """A model that is not known to think has nothing to bound; that it should not think can
        be asked of a template that knows the switch."""
        if tokens is None or self._prompter.thinks or (tokens == 0 and self._prompter.has_switch):
            return
        raise Unsupported(
            Text(
                "this model does not think aloud, so its thinking has no budget",
                "此模型没有思考过程，无法设置思考预算",
            ),
            Text("leave the thinking budget out", "请不要设置思考预算"),
        )

    def _room(self, prompt: int) -> int:
        """Tokens of the window for an answer.  Raises ``Overflow``."""
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
        return room

    def _start(self, prompt: Prompt, cached: int, params: GenerationParams, began: float) -> Start:
        seed = new_seed() if params.seed is None else params.seed
        headed = self._vocabulary.headed(prompt.tokens)
        size = len(prompt.tokens)
        return Start(size, cached, prompt.thinking, seed, began, prompt.seam, headed)

    def _writer(
        self,
        params: GenerationParams,
        grammar: CompiledGrammar | None,
        start: Start,
        prompt: Prompt,
        room: int,
    ) -> Writer:
        length, thinking = params.max_tokens, params.thinking_tokens
        if length is None or length > room:
            length = room
            most = room - min(RESERVE, room // 4)
            thinking = most if thinking is None else min(thinking, most)
        limits = Limits(length=length, thinking=thinking, stops=params.stop, rivals=params.logprobs)
        sampler = Sampler(self._library, self._vocabulary, params, start.seed)
        sampler.remember(prompt.tokens)
        writer = Writer(self._vocabulary, sampler, start, limits)
        if grammar is not None:
            opens = prompt.seam is None or not prompt.seam.before  # in a turn that is not begun
            may_think = opens and self._prompter.thinks and params.thinking_tokens != 0
            writer.constrain(grammar, may_think=may_think)
        return writer


def _states(order: Order) -> PromptStates | None:
    if not order.options.state_folder:
        return None
    return PromptStates(Path(order.options.state_folder) / "prompts", identity(order))
