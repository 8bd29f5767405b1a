"""GGUF files for tests, written with the reference implementation of the format."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np

RANK = 2
HIDDEN, QUERY = 128, 128
"""Sizes of the micro model."""


def write_adapter(
    path: Path, *, strength: float, hidden: int = HIDDEN, arch: str = "qwen2"
) -> Path:
    """A LoRA adapter for the micro model's queries; strength 0 changes nothing."""
    import gguf

    writer = gguf.GGUFWriter(path, arch)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(RANK))
    numbers = np.random.default_rng(5)
    for layer in range(4):
        name = f"blk.{layer}.attn_q.weight"
        down = numbers.standard_normal((RANK, hidden)).astype(np.float32)
        up = (strength * numbers.standard_normal((QUERY, RANK))).astype(np.float32)
        writer.add_tensor(f"{name}.lora_a", down)
        writer.add_tensor(f"{name}.lora_b", up)
    return _finish(writer, path)


def write_tiny(path: Path, arch: str = "qwen2", **keys: object) -> Path:
    """A file with a header and one tensor, which is no whole model."""
    import gguf

    writer = gguf.GGUFWriter(path, arch)
    writer.add_context_length(64)
    writer.add_embedding_length(32)
    writer.add_block_count(1)
    writer.add_feed_forward_length(64)
    writer.add_head_count(2)
    for key, value in keys.items():
        writer.add_string(key.replace("__", "."), str(value))
    writer.add_tensor("token_embd.weight", np.zeros((16, 32), dtype=np.float32))
    return _finish(writer, path)


def without(source: Path, target: Path, *prefixes: str) -> Path:
    """A copy of a model without the keys that begin so."""
    import gguf

    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(target, "qwen2")
    for name, field in reader.fields.items():
        if name.startswith(("GGUF.", "general.architecture", *prefixes)):
            continue
        kind = field.types[0]
        inner = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(name, field.contents(), kind, inner)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    return _finish(writer, target)


def split(source: Path, folder: Path, name: str, count: int) -> list[Path]:
    """A model in several files, as llama.cpp's own tool parts it."""
    import gguf

    reader = gguf.GGUFReader(source)
    kinds = gguf.GGUFValueType
    each = -(-len(reader.tensors) // count)
    made = []
    for n in range(count):
        path = folder / f"{name}-{n + 1:05d}-of-{count:05d}.gguf"
        writer = gguf.GGUFWriter(path, "qwen2")
        for key, field in reader.fields.items() if n == 0 else ():
            if not key.startswith(("GGUF.", "general.architecture")):
                kind = field.types[0]
                inner = field.types[-1] if kind == kinds.ARRAY else None
                writer.add_key_value(key, field.contents(), kind, inner)
        writer.add_key_value("split.no", n, kinds.UINT16)
        writer.add_key_value("split.count", count, kinds.UINT16)
        writer.add_key_value("split.tensors.count", len(reader.tensors), kinds.INT32)
        for tensor in reader.tensors[n * each : (n + 1) * each]:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
        made.append(_finish(writer, path))
    return made


def mutate(data: bytes, seed: int) -> bytes:
    """The same file, damaged in one of the ways in which files are damaged."""
    chance = random.Random(seed)
    out = bytearray(data)
    head = min(len(out), 24_000)  # the header of the micro model
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        at = chance.randrange(head if chance.random() < 0.9 else len(out))
        match chance.randrange(6):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
            case 2:
                out[at : at + 8] = chance.choice((2**64 - 1, 2**63, 2**32, 0, 2**31 - 1)).to_bytes(
                    8, "little"
                )
            case 3:
                out[at : at + 4] = chance.randbytes(4)
            case 4:
                del out[at : at + chance.randrange(1, 64)]
            case _:
                del out[chance.randrange(len(out)) :]
        if not out:
            return b""
        head = min(len(out), head)
    return bytes(out)


def write_encoder(path: Path) -> Path:
    """A tiny BERT, as embedding models are."""
    import gguf

    size, wide = 32, 64
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "▁a", "▁b"]
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_context_length(64)
    writer.add_embedding_length(size)
    writer.add_block_count(1)
    writer.add_feed_forward_length(wide)
    writer.add_head_count(2)
    writer.add_layer_norm_eps(1e-6)
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_token_type_count(2)
    writer.add_tokenizer_model("bert")
    writer.add_token_list(words)
    writer.add_token_types([3, 2, 3, 3, 3, 1, 1])
    for name, token in (("unknown", 1), ("bos", 2), ("seperator", 3), ("mask", 4), ("padding", 0)):
        writer.add_uint32(f"tokenizer.ggml.{name}_token_id", token)

    def add(name: str, *shape: int) -> None:
        writer.add_tensor(name, np.full(shape, 0.01, dtype=np.float32))

    add("token_embd.weight", len(words), size)
    add("position_embd.weight", 64, size)
    add("token_types.weight", 2, size)
    for name in ("token_embd_norm", "blk.0.attn_output_norm", "blk.0.layer_output_norm"):
        add(f"{name}.weight", size)
        add(f"{name}.bias", size)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        add(f"blk.0.{name}.weight", size, size)
        add(f"blk.0.{name}.bias", size)
    add("blk.0.ffn_up.weight", wide, size)
    add("blk.0.ffn_up.bias", wide)
    add("blk.0.ffn_down.weight", size, wide)
    add("blk.0.ffn_down.bias", size)
    return _finish(writer, path)


def _finish(writer: Any, path: Path) -> Path:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
