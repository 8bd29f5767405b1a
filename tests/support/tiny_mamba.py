"""A recurrent model of random weights, small enough to be written in a moment."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

WIDTH, INNER, STATE, RANK, KERNEL, LAYERS = 64, 128, 16, 8, 4, 3


def write_mamba(path: Path, vocabulary: Path) -> None:
    """Write a Mamba with the tokenizer of another GGUF file."""
    writer = gguf.GGUFWriter(path, "mamba")
    writer.add_context_length(2048)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(0)
    writer.add_head_count(0)
    writer.add_block_count(LAYERS)
    writer.add_ssm_conv_kernel(KERNEL)
    writer.add_ssm_inner_size(INNER)
    writer.add_ssm_state_size(STATE)
    writer.add_ssm_time_step_rank(RANK)
    writer.add_layer_norm_rms_eps(1e-5)
    size = _copy_tokenizer(writer, vocabulary)
    chance = np.random.default_rng(0)

    def add(name: str, *shape: int, scale: float = 0.1) -> None:
        weights = chance.standard_normal(shape) * scale
        writer.add_tensor(name, weights.astype(np.float32))

    add("token_embd.weight", size, WIDTH, scale=1)
    add("output.weight", size, WIDTH, scale=1)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for layer in range(LAYERS):
        head = f"blk.{layer}."
        writer.add_tensor(head + "attn_norm.weight", np.ones(WIDTH, np.float32))
        add(head + "ssm_in.weight", 2 * INNER, WIDTH)
        add(head + "ssm_conv1d.weight", INNER, KERNEL, scale=0.5)
        add(head + "ssm_conv1d.bias", INNER)
        add(head + "ssm_x.weight", RANK + 2 * STATE, INNER)
        add(head + "ssm_dt.weight", INNER, RANK)
        add(head + "ssm_dt.bias", INNER)
        decay = -np.abs(chance.standard_normal((INNER, STATE)))
        writer.add_tensor(head + "ssm_a", decay.astype(np.float32))
        writer.add_tensor(head + "ssm_d", np.ones(INNER, np.float32))
        add(head + "ssm_out.weight", WIDTH, INNER)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _copy_tokenizer(writer: gguf.GGUFWriter, vocabulary: Path) -> int:
    """The number of tokens."""
    size = 0
    for key, field in gguf.GGUFReader(vocabulary).fields.items():
        if not key.startswith("tokenizer."):
            continue
        value = field.contents()
        if field.types[0] is gguf.GGUFValueType.ARRAY:
            writer.add_array(key, value)
        elif field.types[0] is gguf.GGUFValueType.STRING:
            writer.add_string(key, value)
        elif field.types[0] is gguf.GGUFValueType.BOOL:
            writer.add_bool(key, bool(value))
        else:
            writer.add_uint32(key, int(value))
        if key == "tokenizer.ggml.tokens":
            size = len(value)
    return size
