"""GGUF files made byte by byte, sound or broken in one place."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TYPES = {
    "f32": (0, 1, 4),
    "f16": (1, 1, 2),
    "q4_0": (2, 32, 18),
    "q8_0": (8, 32, 34),
    "iq2_k": (137, 256, 76),  # of another program
}
"""Number in the file, numbers in a block, bytes of a block."""


def text(words: str | bytes) -> bytes:
    """A string of the format."""
    data = words.encode() if isinstance(words, str) else words
    return struct.pack("<Q", len(data)) + data


def value(item: object) -> bytes:
    """A value with its type before it."""
    match item:
        case bool():
            return struct.pack("<I?", 7, item)
        case int():
            return struct.pack("<II", 4, item)
        case float():
            return struct.pack("<If", 6, item)
        case str():
            return struct.pack("<I", 8) + text(item)
        case [str(), *_]:
            words = b"".join(text(str(word)) for word in item)
            return struct.pack("<IIQ", 9, 8, len(item)) + words
        case [*numbers]:
            return struct.pack(f"<IIQ{len(numbers)}I", 9, 4, len(numbers), *numbers)
    raise TypeError(item)


@dataclass(frozen=True)
class Made:
    """A tensor to be written."""

    name: str
    dimensions: tuple[int, ...]
    kind: str = "f32"

    @property
    def size(self) -> int:
        """Bytes."""
        _, block, size = TYPES[self.kind]
        count = 1
        for dimension in self.dimensions:
            count *= dimension
        return count // block * size


@dataclass(frozen=True)
class Plan:
    """What a file is to hold; ``counts`` and ``offsets`` say something else than the truth."""

    keys: Mapping[str, object]
    tensors: Sequence[Made] = ()
    version: int = 3
    magic: bytes = b"GGUF"
    counts: tuple[int, int] | None = None
    offsets: Mapping[str, int] = field(default_factory=dict)
    raw_keys: bytes = b""
    alignment: int = 32
    cut: int = 0


def gguf(plan: Plan) -> bytes:
    """The bytes of a file."""
    counts = plan.counts or (len(plan.tensors), len(plan.keys) + bool(plan.raw_keys))
    head = plan.magic + struct.pack("<IQQ", plan.version, *counts)
    head += b"".join(text(key) + value(item) for key, item in plan.keys.items()) + plan.raw_keys
    offset, data = 0, b""
    for tensor in plan.tensors:
        head += text(tensor.name) + struct.pack("<I", len(tensor.dimensions))
        head += struct.pack(f"<{len(tensor.dimensions)}Q", *tensor.dimensions)
        at = plan.offsets.get(tensor.name, offset)
        head += struct.pack("<IQ", TYPES[tensor.kind][0], at)
        padded = -(-tensor.size // plan.alignment) * plan.alignment
        data += bytes(padded)
        offset += padded
    head += bytes(-len(head) % plan.alignment)
    whole = head + data
    return whole[: len(whole) - plan.cut] if plan.cut else whole


LLAMA: dict[str, object] = {
    "general.architecture": "llama",
    "llama.block_count": 2,
    "llama.context_length": 4096,
    "llama.embedding_length": 64,
    "llama.feed_forward_length": 96,
    "llama.attention.head_count": 4,
    "llama.attention.head_count_kv": 2,
    "tokenizer.ggml.tokens": ["a", "b", "c", "d"],
    "tokenizer.chat_template": "{{ messages }}",
}


def layer(number: int) -> list[Made]:
    """The tensors of one layer of a small Llama."""
    block = f"blk.{number}."
    return [
        Made(f"{block}attn_norm.weight", (64,)),
        Made(f"{block}attn_q.weight", (64, 64), "q8_0"),
        Made(f"{block}attn_k.weight", (64, 32), "q8_0"),
        Made(f"{block}attn_v.weight", (64, 32), "q8_0"),
        Made(f"{block}ffn_down.weight", (96, 64), "q4_0"),
    ]


def small(**changes: object) -> Plan:
    """A sound file with the changes of a test."""
    tensors = [
        Made("token_embd.weight", (64, 4), "f16"),
        *layer(0),
        *layer(1),
        Made("output_norm.weight", (64,)),
        Made("output.weight", (64, 4), "q8_0"),
    ]
    return Plan(**{"keys": LLAMA, "tensors": tensors, **changes})  # type: ignore[arg-type]


def with_keys(**changes: object) -> dict[str, object]:
    """The keys of the small model, some of them changed (``llama__x`` is ``llama.x``)."""
    return {**LLAMA, **{name.replace("__", "."): item for name, item in changes.items()}}
