"""Make a GGUF file with the true shape of a published model and random weights.

    python packaging/true_shape.py r1-qwen-1.5b q4_k_m OUT.gguf [--vocab FILE] [--seed N]

Speed and memory of an engine do not depend on the values of the weights, so such a file stands
in for the real one where no hub can be reached.  The weights are written straight in their
quantised blocks: random numbers under fixed scales, so that the logits stay finite.  What each
tensor's type is follows llama.cpp's recipe for the mix.  ``--vocab`` takes the tokens of another
GGUF file; without it a synthetic vocabulary of the true size is made.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Q
from true_shape_parts import TEMPLATE, Tensor, Vocabulary, pieces, synthetic, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The dimensions of a dense transformer of the Qwen2 or Llama family."""

    architecture: str
    layers: int
    hidden: int
    feed_forward: int
    heads: int
    kv_heads: int
    vocabulary: int
    context: int
    rope_base: float
    tied: bool = False

    @property
    def kv_width(self) -> int:
        """Numbers of a token's keys in one layer."""
        return self.hidden // self.heads * self.kv_heads


SHAPES = {
    "r1-qwen-1.5b": Shape(
        architecture="qwen2",
        layers=28,
        hidden=1536,
        feed_forward=8960,
        heads=12,
        kv_heads=2,
        vocabulary=151936,
        context=131072,
        rope_base=1e4,
    ),
    "r1-qwen-7b": Shape(
        architecture="qwen2",
        layers=28,
        hidden=3584,
        feed_forward=18944,
        heads=28,
        kv_heads=4,
        vocabulary=152064,
        context=131072,
        rope_base=1e4,
    ),
    "qwen2.5-0.5b": Shape(
        architecture="qwen2",
        layers=24,
        hidden=896,
        feed_forward=4864,
        heads=14,
        kv_heads=2,
        vocabulary=151936,
        context=32768,
        rope_base=1e6,
        tied=True,
    ),
    "llama3.2-1b": Shape(
        architecture="llama",
        layers=16,
        hidden=2048,
        feed_forward=8192,
        heads=32,
        kv_heads=8,
        vocabulary=128256,
        context=131072,
        rope_base=5e5,
        tied=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Mix:
    """The types of a quantisation's tensors; ``more`` is for the sensitive layers."""

    file_type: gguf.LlamaFileType
    usual: Q
    more: Q
    output: Q


F = gguf.LlamaFileType
MIXES = {
    "f16": Mix(F.MOSTLY_F16, Q.F16, Q.F16, Q.F16),
    "bf16": Mix(F.MOSTLY_BF16, Q.BF16, Q.BF16, Q.BF16),
    "q8_0": Mix(F.MOSTLY_Q8_0, Q.Q8_0, Q.Q8_0, Q.Q8_0),
    "q6_k": Mix(F.MOSTLY_Q6_K, Q.Q6_K, Q.Q6_K, Q.Q6_K),
    "q5_k_m": Mix(F.MOSTLY_Q5_K_M, Q.Q5_K, Q.Q6_K, Q.Q6_K),
    "q4_k_m": Mix(F.MOSTLY_Q4_K_M, Q.Q4_K, Q.Q6_K, Q.Q6_K),
    "q4_0": Mix(F.MOSTLY_Q4_0, Q.Q4_0, Q.Q4_0, Q.Q6_K),
}


def tensors(shape: Shape, mix: Mix) -> Iterator[Tensor]:
    """All tensors of a model in the order of llama.cpp's own files."""
    hidden, vocabulary = shape.hidden, shape.vocabulary
    # where they are shared, the embedding takes the type of the output
    embedding = mix.output if shape.tied else mix.usual
    yield Tensor("token_embd.weight", (hidden, vocabulary), fitting(embedding, hidden))
    for layer in range(shape.layers):
        yield from _layer(shape, mix, layer)
    yield Tensor("output_norm.weight", (hidden,), Q.F32, centre=1.0)
    if not shape.tied:
        yield Tensor("output.weight", (hidden, vocabulary), fitting(mix.output, hidden))


def _layer(shape: Shape, mix: Mix, layer: int) -> Iterator[Tensor]:
    hidden, wide, narrow = shape.hidden, shape.feed_forward, shape.kv_width
    sensitive = mix.more if more_bits(layer, shape.layers) else mix.usual
    block = f"blk.{layer}."
    matrices = (
        ("attn_q", hidden, hidden, mix.usual),
        ("attn_k", hidden, narrow, mix.usual),
        ("attn_v", hidden, narrow, sensitive),
        ("attn_output", hidden, hidden, mix.usual),
        ("ffn_gate", hidden, wide, mix.usual),
        ("ffn_up", hidden, wide, mix.usual),
        ("ffn_down", wide, hidden, sensitive),
    )
    for name, row, rows, kind in matrices:
        # the usual initialisation: the sum over a row keeps its size
        yield Tensor(f"{block}{name}.weight", (row, rows), fitting(kind, row), 0.0, row**-0.5)
    for name in ("attn_norm", "ffn_norm"):
        yield Tensor(f"{block}{name}.weight", (hidden,), Q.F32, centre=1.0)
    if shape.architecture == "qwen2":
        for name, size in (("attn_q", hidden), ("attn_k", narrow), ("attn_v", narrow)):
            yield Tensor(f"{block}{name}.bias", (size,), Q.F32)


def more_bits(layer: int, layers: int) -> bool:
    """llama.cpp's choice of the layers that get more bits in a mixed quantisation."""
    eighth = layers // 8
    return layer < eighth or layer >= 7 * layers // 8 or (layer - eighth) % 3 == 2


def fitting(kind: Q, row: int) -> Q:
    """The type, or llama.cpp's stand-in where a row is no whole number of its blocks."""
    if row % gguf.GGML_QUANT_SIZES[kind][0] == 0:
        return kind
    substitute = {Q.Q4_K: Q.Q5_0, Q.Q5_K: Q.Q5_1, Q.Q6_K: Q.Q8_0}.get(kind, Q.F16)
    return substitute if row % gguf.GGML_QUANT_SIZES[substitute][0] == 0 else Q.F16


# --- the file --------------------------------------------------------------------------------


def write(path: Path, shape: Shape, mix: Mix, vocabulary: Vocabulary, seed: int) -> None:
    """Write the whole file; it appears under its name only when it is complete."""
    partial = path.with_name(path.name + ".part")
    writer = gguf.GGUFWriter(partial, shape.architecture)
    _add_shape(writer, shape, mix)
    _add_vocabulary(writer, vocabulary)
    listed = list(tensors(shape, mix))
    for tensor in listed:
        block, size = gguf.GGML_QUANT_SIZES[tensor.type]
        count = int(np.prod(tensor.ne))
        rows = (*reversed(tensor.ne[1:]), tensor.ne[0] // block * size)
        writer.add_tensor_info(
            tensor.name, rows, np.dtype(np.uint8), count // block * size, tensor.type
        )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    writer.close()
    rng = np.random.default_rng(seed)
    with partial.open("ab") as file:
        for tensor in listed:
            file.write(bytes(-file.tell() % 32))
            for piece in pieces(tensor, rng):
                file.write(piece)
        file.write(bytes(-file.tell() % 32))
    partial.replace(path)


def _add_shape(writer: gguf.GGUFWriter, shape: Shape, mix: Mix) -> None:
    writer.add_name("random weights in the shape of a published model")
    writer.add_file_type(mix.file_type)
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.hidden)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    if shape.architecture == "llama":
        writer.add_rope_dimension_count(shape.hidden // shape.heads)


def _add_vocabulary(writer: gguf.GGUFWriter, vocabulary: Vocabulary) -> None:
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("deepseek-r1-qwen")
    writer.add_token_list(vocabulary.tokens)
    writer.add_token_types(vocabulary.kinds)
    writer.add_token_merges(vocabulary.merges)
    writer.add_bos_token_id(vocabulary.first_special + 3)
    writer.add_eos_token_id(vocabulary.first_special)
    writer.add_pad_token_id(vocabulary.first_special)
    writer.add_add_bos_token(False)  # noqa: FBT003 - the library's signature
    writer.add_chat_template(TEMPLATE)


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("quant", choices=MIXES, type=str.lower)
    parser.add_argument("out", type=Path)
    parser.add_argument("--vocab", type=Path, help="take the tokens of this GGUF file")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not re.fullmatch(r".+\.gguf", asked.out.name):
        parser.error("OUT must end in .gguf")
    shape, mix = SHAPES[asked.shape], MIXES[asked.quant]
    size = shape.vocabulary
    vocabulary = taken(asked.vocab, size) if asked.vocab else synthetic(size)
    write(asked.out, shape, mix, vocabulary, asked.seed)


if __name__ == "__main__":
    main()
