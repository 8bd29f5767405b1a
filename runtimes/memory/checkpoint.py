"""What a checkpoint takes in transformers and torch, as our adapter runs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from runtimes.ggufs.shape import Layer, Parts
from runtimes.memory.estimates import is_tied, widths
from runtimes.memory.kernels import wanted
from runtimes.memory.pieces import MIB, Piece, Setting
from runtimes.memory.safetensors import Stored
from runtimes.texts import Text
from runtimes.types import Device, KvType, Shape

PROCESS = 420 * MIB
"""An interpreter with torch, transformers and bitsandbytes in it."""
DRIVER = {
    Device.CUDA: 520 * MIB,
    Device.ROCM: 640 * MIB,
    Device.METAL: 128 * MIB,
    Device.VULKAN: 0,
}
"""The context and the kernels of torch on an accelerator."""
DRIVER_ON_HOST = {
    Device.CUDA: 1400 * MIB,
    Device.ROCM: 1400 * MIB,
    Device.METAL: 300 * MIB,
    Device.VULKAN: 0,
}
"""CUDA's libraries, as torch loads them, in the host's memory."""
A_TOKEN = 700
"""Bytes for each entry of the vocabulary in the tokenizer."""

LINEAR = {
    "nf4": 0.5 + 1 / 64 + 4 / (64 * 256),
    "int8": 1.02,
    "awq": 0.53,
    "gptq-int4": 0.53,
    "gptq-int8": 1.04,
    "fp8": 1.01,
    "bf16": 2.0,
    "f16": 2.0,
    "f32": 4.0,
}
"""Bytes for each number of the layers' matrices; NF4 with doubly quantised scales."""
WHOLE = {"bf16": 2, "f16": 2, "f32": 4}
"""Bytes for each number of everything else, where the weights are not quantised."""
KV = {KvType.F16: 1.0, KvType.Q8_0: 0.5 * 34 / 32, KvType.Q4_0: 0.5 * 18 / 32}
"""Of a number in 16 bits."""
FOUR_BITS = frozenset({"nf4", "int8"})
"""bitsandbytes cannot have layers on two kinds of device."""
_LAYER = re.compile(r"(?:^|\.)(?:layers?|h|blocks)\.(\d{1,4})\.")


@dataclass(frozen=True, slots=True)
class TorchCosts:
    """``Costs`` in transformers.  The first layers go to accelerators, with all that is no
    layer; ``number`` is the size of a number in the cache and between the layers."""

    shape: Shape
    parts: Parts
    number: int
    whole: bool
    """All layers on one kind of device?"""
    wanted: tuple[Text, ...] = ()
    """What must be installed first."""

    @property
    def layers(self) -> int:
        """The transformer's own."""
        return len(self.parts.layers)

    @property
    def may_split(self) -> bool:
        """Not for weights that bitsandbytes quantises."""
        return not self.whole

    @property
    def kv_types(self) -> tuple[KvType, ...]:
        """All, where a head is a whole number of blocks."""
        if self.shape.key_length % 32 or self.shape.value_length % 32:
            return (KvType.F16,)
        return (KvType.F16, KvType.Q8_0, KvType.Q4_0)

    def table(self, kind: Device) -> int | None:
        """It is with the layers anyway."""
        del kind
        return None

    def filling(self, devices: int) -> Sequence[int]:
        """The first accelerator has the first layers."""
        return range(devices)

    def pieces(
        self, counts: Sequence[int], kinds: Sequence[Device], setting: Setting
    ) -> tuple[Piece, tuple[Piece, ...]]:
        """See ``Costs``."""
        first, outer = 0, self.parts.embedding + self.parts.output
        devices = []
        for kind, count in zip(kinds, counts, strict=True):
            if not count:
                devices.append(Piece())
                continue
            span = range(first, first + count)
            piece = self._piece(span, outer, DRIVER[kind], setting)
            devices.append(piece)
            first, outer = first + count, 0
        span = range(first, self.layers)
        used = {kind for kind, count in zip(kinds, counts, strict=True) if count}
        overhead = PROCESS + A_TOKEN * self.shape.vocabulary
        overhead += sum(DRIVER_ON_HOST[kind] for kind in used)
        if span or outer:
            return self._piece(span, outer, overhead, setting), tuple(devices)
        return Piece(overhead=overhead), tuple(devices)

    def remarks(self) -> tuple[Text, ...]:
        """What torch makes of the weights."""
        if self.number == 4:
            return (
                Text(
                    "this processor computes in 32 bits: the weights take twice their size",
                    "此处理器以 32 位计算，权重占用加倍",
                ),
                *self.wanted,
            )
        return self.wanted

    def _piece(self, span: range, outer: int, overhead: int, setting: Setting) -> Piece:
        layers = self.parts.layers[span.start : span.stop]
        numbers = sum(layer.key_width + layer.value_width for layer in layers)
        samples = max(setting.parallel, 1)  # each has a cache of its own
        kv = numbers * self.number * KV[setting.kv_type] * setting.context * samples
        if layers:  # a room grows by being copied, one layer after the other
            kv += kv / len(layers)
        return Piece(
            len(layers),
            outer + sum(layer.weights for layer in layers),
            int(kv),
            self._compute(setting),
            overhead,
        )

    def _compute(self, setting: Setting) -> int:
        """The widest states of a batch of the prompt, its mask, and the logits in 32 bits."""
        shape = self.shape
        batch = min(setting.batch, setting.context) * max(setting.parallel, 1)
        wide = 3 * shape.feed_forward * max(shape.experts_used, 1) + 6 * shape.hidden
        heads = shape.heads * shape.key_length
        states = self.number * (wide + 4 * heads) * batch
        mask = self.number * setting.context * batch
        repeated = 2 * self.number * heads * setting.context  # keys and values for every head
        logits = (4 + self.number) * shape.vocabulary * max(setting.parallel, 1)
        return states + mask + repeated + logits + 32 * MIB


def torch_costs(
    shape: Shape, quantisation: str, tensors: Sequence[Stored], flags: frozenset[str], *, gpu: bool
) -> TorchCosts:
    """The costs of a checkpoint: by its files where they are here, else by its dimensions."""
    asked = quantisation.lower()
    number = 4 if asked == "f32" or (not gpu and asked == "" and not _has_16_bits(flags)) else 2
    by_files = _by_files(shape, tensors, asked, number) if tensors else None
    parts = by_files or _by_shape(shape, asked, number)
    return TorchCosts(shape, parts, number, asked in FOUR_BITS, wanted(asked))


def _has_16_bits(flags: frozenset[str]) -> bool:
    return bool(flags & {"avx512_bf16", "amx_tile", "amx_bf16"})


def _by_files(shape: Shape, tensors: Sequence[Stored], asked: str, number: int) -> Parts:
    """Stored sizes, but for what is converted while it is loaded."""
    weights, largest = [0] * shape.layers, [0] * shape.layers
    outer = 0
    for tensor in tensors:
        found = _LAYER.search(tensor.name)
        size = _loaded(tensor, asked if found else "", number)
        if found and int(found[1]) < shape.layers:
            weights[int(found[1])] += size
            largest[int(found[1])] = max(largest[int(found[1])], size)
        else:
            outer += size
    layers = tuple(
        Layer(weight, large, *widths(shape)) for weight, large in zip(weights, largest, strict=True)
    )
    file = sum(tensor.size for tensor in tensors)
    return Parts(layers, outer, 0, is_tied(shape), file)


def _loaded(tensor: Stored, asked: str, number: int) -> int:
    """Bytes of a tensor once it is loaded."""
    if tensor.dtype not in ("F64", "F32", "F16", "BF16"):
        return tensor.size  # quantised already
    count = tensor.size * 8 // {"F64": 64, "F32": 32}.get(tensor.dtype, 16)
    if asked in FOUR_BITS and len(tensor.dimensions) == 2:
        return int(count * LINEAR[asked])
    return count * number


def _by_shape(shape: Shape, asked: str, number: int) -> Parts:
    table = shape.vocabulary * shape.hidden
    tied = is_tied(shape)
    outer = table * (1 if tied else 2)
    body = max(0, shape.parameters - outer)
    each = LINEAR.get(asked, float(number)) if number == 2 else 4.0
    layer = int(body * each / shape.layers)
    keys, values = widths(shape)
    layers = tuple(Layer(layer, layer // 3, keys, values) for _ in range(shape.layers))
    return Parts(layers, outer * number, 0, tied, int(body * each) + outer * number)
