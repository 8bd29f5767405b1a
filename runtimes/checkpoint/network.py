"""The network itself: tokens in, logits out, and out of the middle when the user says stop."""

from __future__ import annotations

import inspect
import time
from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from runtimes.base import Cancel
from runtimes.checkpoint.failures import Cancelled
from runtimes.checkpoint.kvcache import KvCache
from runtimes.types import KvType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

PIECE = 0.08
"""Seconds that one layer may work on a chunk of a prompt: between two layers a stop is heard."""

CHUNK_SECONDS = 2.0
"""And the whole chunk, so that progress is seen."""

SMALLEST_CHUNK = 16

GRID, GRID_ON_GPU = 64, 512
"""Tokens of a chunk of what is to be repeatable.  Measured speeds must not choose it: the last
bits of what is read depend on the length of the chunks, and with them a text."""


class Network:
    """A causal language model of transformers."""

    def __init__(self, module: Any) -> None:
        self._module = module.eval()
        self._device = module.get_input_embeddings().weight.device
        self._last_only = (
            {"logits_to_keep": 1}
            if "logits_to_keep" in inspect.signature(_plain(module).forward).parameters
            else {}
        )
        self._stop: Cancel | None = None
        self.closed = False
        self.grid = GRID if self._device.type == "cpu" else GRID_ON_GPU
        self.chunk = SMALLEST_CHUNK
        layers = decoder_layers(module)
        self.layers = len(layers)
        for layer in layers:
            layer.register_forward_pre_hook(self._listen)

    @property
    def vocabulary(self) -> int:
        """Logits in a row."""
        return int(self._module.config.get_text_config(decoder=True).vocab_size)

    def _listen(self, *_: object) -> None:
        if self.closed or (self._stop is not None and self._stop.is_set()):
            raise Cancelled

    def step(self, rows: Sequence[Sequence[int]], kv: KvCache, cancel: Cancel) -> Tensor:
        """Read the next tokens of each row; the logits of what follows, a row each.

        Raises ``Cancelled`` between two layers; ``kv`` must then go back to where it was.
        """
        import torch

        with torch.inference_mode(), self._stoppable(cancel):
            ids = torch.tensor(rows, device=self._device)
            out = self._module(input_ids=ids, cache=kv.cache, use_cache=True, **self._last_only)
            logits: Tensor = out.logits[:, -1]
        return logits

    @contextmanager
    def _stoppable(self, cancel: Cancel) -> Iterator[None]:
        self._stop = cancel
        try:
            yield
        finally:
            self._stop = None

    def warm_up(self, most: int, context: int, cancel: Cancel) -> None:
        """Pay what the first pass costs, and choose the length of a chunk by measuring.

        ``most`` tokens are the longest chunk that there is memory for.
        """
        self.grid = min(self.grid, most)
        sample, seconds = list(range(min(SMALLEST_CHUNK, context))), float("inf")
        for _ in range(2):
            kv = KvCache(self._module.config, KvType.F16, context)
            start = time.perf_counter()
            self.step([sample], kv, cancel)
            self._wait()
            seconds = min(seconds, time.perf_counter() - start)
        speed = len(sample) / max(seconds, 1e-6)
        wanted = int(speed * min(CHUNK_SECONDS, PIECE * self.layers))
        chunk = SMALLEST_CHUNK
        while chunk * 2 <= min(wanted, most):
            chunk *= 2
        self.chunk = chunk

    def _wait(self) -> None:
        """Until the device has done what it was told."""
        import torch

        if self._device.type != "cpu":
            torch.accelerator.synchronize(self._device)

    def weight_bytes(self) -> int:
        """What the parameters and buffers take."""
        tensors = (*self._module.parameters(), *self._module.buffers())
        unique = {t.data_ptr(): t.numel() * t.element_size() for t in tensors}
        return sum(unique.values())


def _plain(module: Any) -> Any:
    """The model of transformers below an adapter of PEFT."""
    return module.get_base_model() if hasattr(module, "get_base_model") else module


def decoder_layers(module: Any) -> list[Any]:
    """The layers of the decoder, in their order."""
    import torch

    count = module.config.get_text_config(decoder=True).num_hidden_layers
    for part in module.modules():
        if isinstance(part, torch.nn.ModuleList) and len(part) == count:
            return list(part)
    return []
