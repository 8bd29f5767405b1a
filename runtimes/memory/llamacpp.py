"""What llama.cpp takes, as its own code reserves it (release of llama-cpp-python 0.3.36).

The formulas follow ``llama_kv_cache``, ``output_reserve`` and the graph that ``sched_reserve``
measures; ``tests/bench/memory_error.py`` holds them against its own report.  They rely on how
our adapter opens a context: flash attention where the device has it, one cache for all samples,
the whole window kept for sliding-window layers too (so that a prompt can be taken back), and
logits for one token of each sample only, or for the guesses that are checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runtimes.ggufs.shape import Layer, Parts
from runtimes.memory.pieces import KIB, MIB, Piece, Setting
from runtimes.texts import Text
from runtimes.types import Device, KvType, Shape

CELLS = 256
"""The cache grows in steps of so many tokens."""
BLOCKS = {KvType.F16: (1, 2), KvType.Q8_0: (32, 34), KvType.Q4_0: (32, 18)}
"""Numbers in a block, and its bytes."""

PROCESS = 40 * MIB
"""An interpreter with the library and our adapter in it."""
A_TOKEN = 330
"""Bytes that each entry of the vocabulary takes in llama.cpp's maps and ours."""
A_CELL = 128
"""Bytes of bookkeeping for each token of the cache."""
SPARE = 16 * MIB
"""Graphs, schedulers, thread stacks, the ends of large pages."""

LOOKED_UP = frozenset("f32 f16 bf16 q4_0 q4_1 q5_0 q5_1 q8_0 q2_k q3_k q4_k q5_k q6_k".split())
"""Types of a table of tokens whose rows the kernels for CUDA read (``GGML_OP_GET_ROWS``)."""

DRIVER = {
    Device.CUDA: 544 * MIB,
    Device.ROCM: 420 * MIB,
    Device.METAL: 64 * MIB,
    Device.VULKAN: 160 * MIB,
}
"""What an accelerator's context and libraries take on it beside what is loaded.  CUDA's is
measured on an H100; it grows with the number of processors, so smaller cards take less."""
DRIVER_ON_HOST = {
    Device.CUDA: 352 * MIB,
    Device.ROCM: 320 * MIB,
    Device.METAL: 64 * MIB,
    Device.VULKAN: 160 * MIB,
}
"""What its libraries take of the host's memory."""


@dataclass(frozen=True, slots=True)
class LlamaCosts:
    """``Costs`` in llama.cpp.  The output counts as one more layer, as in its own messages; the
    last layers go to accelerators first, the embedding only after all of them.

    ``mapped``: the file is mapped into memory, so that all of it counts as soon as the host has
    all layers; else each tensor that the host has is copied into memory of its own.
    """

    shape: Shape
    parts: Parts
    mapped: bool = True

    @property
    def layers(self) -> int:
        """The transformer's, and the output."""
        return len(self.parts.layers) + 1

    @property
    def may_split(self) -> bool:
        """Always."""
        return True

    @property
    def kv_types(self) -> tuple[KvType, ...]:
        """A row of each head must be a whole number of blocks."""
        shape = self.shape
        blocked = shape.key_length % 32 or shape.value_length % 32
        return (KvType.F16,) if blocked else (KvType.F16, KvType.Q8_0, KvType.Q4_0)

    def table(self, kind: Device) -> int | None:
        """Only where llama.cpp's kernels look up numbers of that type, and it was measured."""
        known = kind is Device.CUDA and self.parts.table.lower() in LOOKED_UP
        return self.parts.embedding if known else None

    def filling(self, devices: int) -> Sequence[int]:
        """The last accelerator has the output."""
        return range(devices - 1, -1, -1)

    def pieces(
        self, counts: Sequence[int], kinds: Sequence[Device], setting: Setting
    ) -> tuple[Piece, tuple[Piece, ...]]:
        """See ``Costs``."""
        first = self.layers - sum(counts)
        used = {kind for kind, count in zip(kinds, counts, strict=True) if count}
        host = self._host(first, used, setting)
        several = sum(1 for count in counts if count) > 1
        devices = []
        spilled = max((layer.largest for layer in self.parts.layers[:first]), default=0)
        for kind, count in zip(kinds, counts, strict=True):
            span = range(first, first + count)
            first += count
            piece = self._device(span, kind, setting) if count else Piece()
            extra = 0
            if count and spilled:
                # a prompt's batch is computed here with the host's weights, copied one by one
                extra = 2 * spilled
            elif count and several:
                extra = 3 * self._inputs(setting)  # four batches are under way at once
            devices.append(_more_compute(piece, extra))
        return host, tuple(devices)

    def remarks(self) -> tuple[Text, ...]:
        """None: the numbers speak for themselves."""
        return ()

    # --- the host ----------------------------------------------------------------------------

    def _host(self, count: int, used: set[Device], setting: Setting) -> Piece:
        """The host with the first ``count`` layers."""
        span = range(count)
        weights = self._weights(span) + (0 if setting.table else self.parts.embedding)
        if count == self.layers and self.mapped:
            weights = max(weights, self.parts.file)
        if count:
            compute = self._compute(span, setting)
        else:
            compute = self._inputs(setting)
            if not setting.table:  # the tokens are looked up here
                compute += 4 * self.shape.hidden * _batch(setting)
        compute += self._outputs(setting)
        overhead = (
            PROCESS
            + SPARE
            + A_TOKEN * self.shape.vocabulary
            + A_CELL * cells(setting)
            + (self._work(setting) if count else 0)
            + sum(DRIVER_ON_HOST[kind] for kind in used)
        )
        return Piece(count, weights, self._kv(span, setting), compute, overhead)

    # --- an accelerator ----------------------------------------------------------------------

    def _device(self, span: range, kind: Device, setting: Setting) -> Piece:
        weights = self._weights(span)
        if setting.table or (span.stop == self.layers and self.parts.tied):
            weights += self.parts.embedding
        overhead = DRIVER[kind] + 64 * MIB + self._work(setting)
        if setting.kv_type is not KvType.F16:
            # a long prompt's attention takes one layer's keys and values as f16
            widest = max((x.key_width + x.value_width for x in self.parts.layers), default=0)
            overhead += 2 * widest * cells(setting)
        return Piece(
            len(span), weights, self._kv(span, setting), self._compute(span, setting), overhead
        )

    # --- parts -------------------------------------------------------------------------------

    def _span(self, span: range) -> tuple[Layer, ...]:
        return self.parts.layers[span.start : span.stop]

    def _weights(self, span: range) -> int:
        size = sum(layer.weights for layer in self._span(span))
        return size + (self.parts.output if self.layers - 1 in span else 0)

    def _kv(self, span: range, setting: Setting) -> int:
        block, size = BLOCKS[setting.kv_type]
        rows = sum(
            -(-width // block) * size
            for layer in self._span(span)
            for width in (layer.key_width, layer.value_width)
        )
        states = sum(layer.state for layer in self._span(span)) * setting.parallel
        return rows * cells(setting) + states

    def _compute(self, span: range, setting: Setting) -> int:
        """The most that lives at once in the graph of one batch, with flash attention.

        It is the feed-forward network (gate, up and their product beside four states), or the
        outputs of the experts, or the attention, each with the mask and the other inputs; or
        the logits.
        """
        shape = self.shape
        width = max((layer.key_width + layer.value_width for layer in self._span(span)), default=0)
        heads = shape.heads * max(shape.key_length, shape.value_length)
        used = shape.experts_used if shape.experts else 1
        wide = 3 * used * shape.feed_forward
        if shape.experts:
            wide = max(wide, 2 * used * shape.hidden + 2 * shape.hidden)
        states = max(wide + 4 * shape.hidden, 2 * shape.hidden + 3 * heads + width)
        busy = 4 * states * _batch(setting) + self._inputs(setting)
        if span.stop < self.layers:
            return busy
        logits = 4 * (shape.vocabulary + 5 * shape.hidden) * _logits(setting)
        return max(busy, logits + 4 * 5 * shape.hidden * _batch(setting) + MIB)

    def _inputs(self, setting: Setting) -> int:
        """The mask in f16 (one more for sliding windows), places, tokens, and the rotations of a
        quantised cache."""
        masks = 1 + any(layer.windowed for layer in self.parts.layers)
        turned = 2 * 4 * 128 * 128 if setting.kv_type is not KvType.F16 else 0
        return _batch(setting) * (2 * cells(setting) * masks + 64) + turned + 16 * KIB

    def _outputs(self, setting: Setting) -> int:
        """The logits that are handed out."""
        return 4 * self.shape.vocabulary * _logits(setting)

    def _work(self, setting: Setting) -> int:
        """A batch's widest states, quantised for a product with quantised weights."""
        used = self.shape.experts_used if self.shape.experts else 1
        widest = max(used * self.shape.feed_forward, self.shape.hidden)
        return widest * _batch(setting) * 292 // 256


def cells(setting: Setting) -> int:
    """Tokens that the cache has room for: a window for each of those that write side by side."""
    return -(-setting.context * max(setting.parallel, 1) // CELLS) * CELLS


def _batch(setting: Setting) -> int:
    return min(setting.batch, cells(setting))


def _logits(setting: Setting) -> int:
    return min(_batch(setting), max(setting.parallel, setting.outputs, 1))


def _more_compute(piece: Piece, extra: int) -> Piece:
    return Piece(piece.layers, piece.weights, piece.kv, piece.compute + extra, piece.overhead)
