"""Embeddings of a checkpoint in this process: the engine's side of the process border."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runtimes.base import Cancel
from runtimes.checkpoint import devices, quiet, weights
from runtimes.checkpoint.engine import TOKENIZED, WEIGHED, import_engine, path_of
from runtimes.checkpoint.failures import Cancelled, engine_errors, loading_errors
from runtimes.checkpoint.folder import examine
from runtimes.checkpoint.network import decoder_layers
from runtimes.checkpoint.pooling import Pooling, Recipe, read_recipe
from runtimes.checkpoint.precision import choose
from runtimes.checkpoint.usage import release
from runtimes.embedding import Vector, busy, direction, spoken, stopped, too_long
from runtimes.errors import EngineFailed
from runtimes.texts import Text
from runtimes.types import LoadProgress

if TYPE_CHECKING:
    from torch import Tensor

    from runtimes.base import OnProgress
    from runtimes.types import LoadOptions, MemoryPlan, ModelSpec

AT_ONCE = 16
"""Texts of one batch."""
MOST_TOKENS = 4096
"""Tokens of one batch, with those that fill its rows up."""


def load(
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> CheckpointEmbedder:
    """Load a checkpoint into this process, which is the engine's own.  Raises
    ``runtimes.errors``."""
    quiet.prepare_environment()
    folder, recipe = examine(path_of(spec)), read_recipe(path_of(spec))

    def progress(done: float) -> None:
        if cancel.is_set():
            raise Cancelled
        on_progress(LoadProgress(TOKENIZED + (WEIGHED - TOKENIZED) * done))

    try:
        with loading_errors(str(folder.path)):
            import_engine()
            devices.set_threads(options)
            config = weights.configuration(folder, embeds=True)
            stored = weights.stored(config)
            numbers = choose(spec.quantisation, stored, folder.method, devices.kind(plan))
            tokenizer = weights.tokenizer(folder)
            order = weights.Weights(folder, config, numbers, plan, options, embeds=True)
            module = weights.load(order, progress)
            on_progress(LoadProgress(1.0))
            return CheckpointEmbedder(Parts(spec, module, tokenizer, recipe), plan.context)
    except Cancelled as end:
        raise stopped() from end


@dataclass(frozen=True, slots=True)
class Parts:
    """What an embedder is made of."""

    spec: ModelSpec
    module: Any
    tokenizer: Any
    recipe: Recipe


class CheckpointEmbedder:
    """``Embedder`` on transformers.  Texts share a batch while they fit."""

    def __init__(self, parts: Parts, context: int) -> None:
        self._parts: Parts | None = parts
        self.spec = parts.spec
        module = parts.module.eval()
        module.config.use_cache = False
        self._device = module.get_input_embeddings().weight.device
        self._backend = parts.tokenizer.backend_tokenizer
        self._backend.no_truncation()  # what is too long is refused, not cut
        self._backend.no_padding()
        self._backend.encode_special_tokens = True  # tags in a text are only text
        fill = module.config.pad_token_id
        self._fill = fill if isinstance(fill, int) else 0
        self._window = _window(module, parts.recipe, context)
        self._lock = threading.Lock()
        self._closing = False
        self._cancel = Cancel()
        for layer in decoder_layers(module):
            layer.register_forward_pre_hook(self._listen)

    def embed(self, texts: Sequence[str], cancel: Cancel) -> tuple[Vector, ...]:
        """See ``runtimes.embedding``."""
        with self._alone(cancel) as parts:
            return spoken(texts, lambda said: self._embedded(parts, said, cancel))

    def close(self) -> None:
        """Stop, and free everything: now, or when the call that runs has ended."""
        self._closing = True
        if self._lock.acquire(blocking=False):
            self._free()
            self._lock.release()

    def _free(self) -> None:
        if self._parts is not None:
            self._parts = self._backend = None
            release()

    @contextmanager
    def _alone(self, cancel: Cancel) -> Iterator[Parts]:
        if not self._lock.acquire(blocking=False):
            raise busy()
        try:
            if self._parts is None or self._closing:
                raise EngineFailed(Text("the model was closed", "模型已关闭"))
            self._cancel = cancel
            with engine_errors():
                yield self._parts
        except Cancelled as end:
            raise stopped() from end
        finally:
            if self._closing:
                self._free()
            self._lock.release()

    def _listen(self, *_: object) -> None:
        if self._closing or self._cancel.is_set():
            raise Cancelled

    def _embedded(self, parts: Parts, texts: Sequence[str], cancel: Cancel) -> list[Vector]:
        rows = []
        for text in texts:  # all before the first is embedded: one may be too long
            if cancel.is_set():
                raise Cancelled
            rows.append(self._tokens(text.lower() if parts.recipe.lower else text))
        made: list[Vector] = []
        for group in _groups(rows):
            self._listen()
            made += self._read(parts, group)
        return made

    def _tokens(self, text: str) -> list[int]:
        """With the marks that the model wants around a text."""
        ids: list[int] = self._backend.encode(text.encode("utf-8", "replace").decode()).ids
        if not 0 < len(ids) <= self._window:
            raise too_long(len(ids), self._window)
        return ids

    def _read(self, parts: Parts, rows: Sequence[Sequence[int]]) -> list[Vector]:
        import torch

        width = max(map(len, rows))
        filled = [[*row, *[self._fill] * (width - len(row))] for row in rows]
        mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        with torch.inference_mode():
            ids, seen = (torch.tensor(part, device=self._device) for part in (filled, mask))
            states = parts.module(input_ids=ids, attention_mask=seen).last_hidden_state
            pooled = _pool(states.float(), seen.to(states.device), parts.recipe.pooling)
        return [direction(vector) for vector in pooled.tolist()]


def _pool(states: Tensor, seen: Tensor, pooling: Pooling) -> Tensor:
    """One vector for each row; ``seen`` is 1 where a token stands."""
    import torch

    wide = seen.unsqueeze(-1)
    match pooling:
        case Pooling.FIRST:
            return states[:, 0]
        case Pooling.LAST:
            rows = torch.arange(len(states), device=states.device)
            return states[rows, seen.sum(1) - 1]
        case Pooling.MOST:
            return states.masked_fill(wide == 0, -torch.inf).amax(1)
        case Pooling.MEAN:
            return (states * wide).sum(1) / wide.sum(1)


def _groups(rows: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Neighbours that fit into one batch together."""
    group: list[Sequence[int]] = []
    for row in rows:
        width = max(map(len, (*group, row)))
        if group and (len(group) == AT_ONCE or width * (len(group) + 1) > MOST_TOKENS):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _window(module: Any, recipe: Recipe, context: int) -> int:
    """Tokens of a text that it can read: as planned, as it was trained, as its files bound it."""
    bounds = [context, recipe.window, weights.trained_context(module.config)]
    for name, part in module.named_modules():
        if name.endswith("position_embeddings"):  # some families count from behind the filler
            before = getattr(part, "padding_idx", None)
            bounds.append(getattr(part, "num_embeddings", context) - (
                0 if before is None else before + 1
            ))  # fmt: skip
    return min(bound for bound in bounds if bound is not None)
