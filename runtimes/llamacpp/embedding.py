"""Embeddings of a GGUF model in this process: the engine's side of the process border."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from runtimes.embedding import (
    MOST_NUMBERS,
    Vector,
    busy,
    direction,
    embeds_not,
    spoken,
    stopped,
    too_long,
)
from runtimes.errors import EngineFailed
from runtimes.llamacpp.context import ABORTED
from runtimes.llamacpp.library import AbortFlag, Library, open_library
from runtimes.llamacpp.loading import Order, load_weights, refused_context, threads
from runtimes.llamacpp.vocabulary import Vocabulary
from runtimes.texts import Text
from runtimes.types import Fit

if TYPE_CHECKING:
    from runtimes.base import Cancel, OnProgress
    from runtimes.types import LoadOptions, MemoryPlan, ModelSpec

AT_ONCE = 16
"""Texts of one batch."""


def load(
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> LlamaEmbedder:
    """Load a GGUF file into this process.  Raises ``runtimes.errors``."""
    library, order = open_library(), Order(spec, plan, options)
    with ExitStack() as undo:
        model = load_weights(library, order, on_progress, cancel)
        undo.callback(library.api.llama_model_free, model)
        made = LlamaEmbedder(library, model, order)
        undo.pop_all()
    return made


class LlamaEmbedder:
    """``Embedder`` on llama.cpp.

    A whole text is read as one micro-batch: what looks both ways, and what is pooled, cannot be
    read in parts.  Texts share a batch while they fit.
    """

    def __init__(self, library: Library, model: int, order: Order) -> None:
        self._api = api = library.api
        self._library, self._model = library, model
        self.spec = order.spec
        self._window = min(order.plan.context, api.llama_model_n_ctx_train(model))
        self._flag = AbortFlag(api)
        self._vocabulary = Vocabulary(library, model)
        self._handle = _context(library, model, order, self._window, self._flag)
        self._batch = api.llama_batch_init(self._window, 0, 1)
        self._size = min(api.llama_model_n_embd_out(model), MOST_NUMBERS)
        self._encodes = bool(
            api.llama_model_has_encoder(model) and not api.llama_model_has_decoder(model)
        )
        self._lock = threading.Lock()
        self._closing = self._freed = False

    def embed(self, texts: Sequence[str], cancel: Cancel) -> tuple[Vector, ...]:
        """See ``runtimes.embedding``."""
        if not self._lock.acquire(blocking=False):
            raise busy()
        try:
            if self._closing:
                raise EngineFailed(Text("the model was closed", "模型已关闭"))
            self._flag.clear()
            remove = cancel.listen(self._flag.set)
            try:
                return spoken(texts, lambda said: self._embedded(said, cancel))
            finally:
                remove()
        finally:
            if self._closing:
                self._free()
            self._lock.release()

    def close(self) -> None:
        """Stop, and free everything: now, or when the call that runs has ended."""
        self._closing = True
        if not self._freed:
            self._flag.set()
        if self._lock.acquire(blocking=False):
            try:
                self._free()
            finally:
                self._lock.release()

    def _free(self) -> None:
        if not self._freed:
            self._freed = True
            self._api.llama_batch_free(self._batch)
            self._api.llama_free(self._handle)
            self._api.llama_model_free(self._model)

    def _embedded(self, texts: Sequence[str], cancel: Cancel) -> list[Vector]:
        tokens = []
        for text in texts:  # all before the first is embedded: one may be too long
            if cancel.is_set():
                raise stopped()
            tokens.append(self._tokens(text))
        made: list[Vector] = []
        for group in _groups(tokens, self._window):
            if cancel.is_set():
                raise stopped()
            made += self._read(group)
        return made

    def _tokens(self, text: str) -> list[int]:
        """With the marks that the model wants around a text; tags in it are only text."""
        raw = text.encode("utf-8", "replace")
        size = len(raw) + 8
        room = (ctypes.c_int32 * size)()
        got: int = self._api.llama_tokenize(
            self._vocabulary.handle,
            raw,
            len(raw),
            room,
            size,
            True,  # noqa: FBT003 - C's: add the marks
            False,  # noqa: FBT003 - C's: read no tags
        )
        if not 0 < got <= self._window:
            raise too_long(abs(got), self._window)
        return room[:got]

    def _read(self, group: Sequence[Sequence[int]]) -> Iterator[Vector]:
        batch, n = self._batch, 0
        for sequence, tokens in enumerate(group):
            for position, token in enumerate(tokens):
                batch.token[n], batch.pos[n] = token, position
                batch.n_seq_id[n], batch.seq_id[n][0], batch.logits[n] = 1, sequence, 1
                n += 1
        batch.n_tokens = n
        memory = self._api.llama_get_memory(self._handle)
        if memory:
            self._api.llama_memory_clear(memory, True)  # noqa: FBT003 - C's
        compute = self._api.llama_encode if self._encodes else self._api.llama_decode
        status = compute(self._handle, batch)
        if status == ABORTED:
            raise stopped()
        if status != 0:
            raise EngineFailed(
                Text(
                    "llama.cpp could not compute: {0}",
                    "llama.cpp 计算失败：{0}",
                    (self._library.log.complaint() or str(status),),
                )
            )
        for sequence in range(len(group)):
            values = self._api.llama_get_embeddings_seq(self._handle, sequence)
            if not values:
                raise embeds_not(self.spec.id)
            yield direction(values[: self._size])


def _groups(tokens: Sequence[Sequence[int]], most: int) -> Iterator[list[Sequence[int]]]:
    """Neighbours that fit into one batch together."""
    group: list[Sequence[int]] = []
    size = 0
    for one in tokens:
        if group and (size + len(one) > most or len(group) == AT_ONCE):
            yield group
            group, size = [], 0
        group.append(one)
        size += len(one)
    if group:
        yield group


def _context(library: Library, model: int, order: Order, window: int, flag: AbortFlag) -> Any:
    """A context that pools as the file says, else by the mean.  Raises ``Unsupported`` for what
    ranks or makes pictures of noise."""
    api = library.api
    if api.llama_model_is_diffusion(model):
        raise embeds_not(order.spec.id)
    params = api.llama_context_default_params()
    params.n_ctx = params.n_batch = params.n_ubatch = params.n_outputs_max = window
    params.n_seq_max = AT_ONCE
    params.kv_unified = params.embeddings = True
    params.offload_kqv = params.op_offload = order.plan.layers_on > 0 or order.plan.fit is Fit.GPU
    params.n_threads = params.n_threads_batch = threads(order.options)
    params.abort_callback, params.abort_callback_data = flag.callback, flag.data
    params.no_perf = True
    params.pooling_type = api.LLAMA_POOLING_TYPE_UNSPECIFIED
    for _ in range(2):
        handle = api.llama_init_from_model(model, params)
        if not handle:
            raise refused_context(library)
        pooled = api.llama_pooling_type(handle)
        if pooled not in (api.LLAMA_POOLING_TYPE_NONE, api.LLAMA_POOLING_TYPE_RANK):
            return handle
        api.llama_free(handle)
        if pooled == api.LLAMA_POOLING_TYPE_RANK:
            break
        params.pooling_type = api.LLAMA_POOLING_TYPE_MEAN
    raise embeds_not(order.spec.id)
