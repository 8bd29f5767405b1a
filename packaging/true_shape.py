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
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Q

CHUNK = 32 << 20
"""Bytes made at a time."""


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


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor to write; ``ne`` is in ggml's order, the row first."""

    name: str
    ne: tuple[int, ...]
    type: Q
    centre: float = 0.0
    spread: float = 0.02


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


# --- random blocks ---------------------------------------------------------------------------


def _half(value: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(np.float16(value).tobytes(), dtype=np.uint8)


def _k_scales(blocks: np.ndarray[Any, Any]) -> None:
    """Six-bit scales and minima, packed in twelve bytes: all of them are 32."""
    blocks[:, 4:12] = 0x80 | 32
    blocks[:, 12:16] = 0


def _q4_k(blocks: np.ndarray[Any, Any], spread: float) -> None:
    scale = spread / (32 * 4.61)  # 4.61: the deviation of 0..15
    blocks[:, 0:2], blocks[:, 2:4] = _half(scale), _half(7.5 * scale)
    _k_scales(blocks)


def _q5_k(blocks: np.ndarray[Any, Any], spread: float) -> None:
    scale = spread / (32 * 9.23)
    blocks[:, 0:2], blocks[:, 2:4] = _half(scale), _half(15.5 * scale)
    _k_scales(blocks)


def _q6_k(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 192:208] = 4
    blocks[:, 208:210] = _half(spread / (4 * 18.5))


def _q8_0(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 0:2] = _half(spread / 73.9)


def _q4_0(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 0:2] = _half(spread / 4.61)


def _q5_0(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 0:2] = _half(spread / 9.23)


def _q5_1(blocks: np.ndarray[Any, Any], spread: float) -> None:
    scale = spread / 9.23
    blocks[:, 0:2], blocks[:, 2:4] = _half(scale), _half(-15.5 * scale)


SCALERS: dict[Q, Callable[[np.ndarray[Any, Any], float], None]] = {
    Q.Q4_K: _q4_k,
    Q.Q5_K: _q5_k,
    Q.Q6_K: _q6_k,
    Q.Q8_0: _q8_0,
    Q.Q4_0: _q4_0,
    Q.Q5_0: _q5_0,
    Q.Q5_1: _q5_1,
}


def pieces(tensor: Tensor, rng: np.random.Generator) -> Iterator[bytes]:
    """The data of a tensor, a piece at a time."""
    numbers = int(np.prod(tensor.ne))
    block, size = gguf.GGML_QUANT_SIZES[tensor.type]
    blocks, most = numbers // block, max(1, CHUNK // size)
    for start in range(0, blocks, most):
        count = min(most, blocks - start)
        if tensor.type in SCALERS:
            data = np.frombuffer(rng.bytes(count * size), dtype=np.uint8)
            data = data.reshape(count, size).copy()
            SCALERS[tensor.type](data, tensor.spread)
            yield data.tobytes()
            continue
        values = rng.standard_normal(count, dtype=np.float32) * tensor.spread + tensor.centre
        yield _floats(values, tensor.type)


def _floats(values: np.ndarray[Any, Any], kind: Q) -> bytes:
    match kind:
        case Q.F32:
            return values.astype("<f4").tobytes()
        case Q.F16:
            return values.astype("<f2").tobytes()
        case Q.BF16:
            return (values.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()
        case _:
            raise ValueError(f"no random numbers for {kind.name}")


# --- the vocabulary --------------------------------------------------------------------------

SPECIAL = {
    0: "<｜end▁of▁sentence｜>",
    1: "<｜User｜>",
    2: "<｜Assistant｜>",
    3: "<｜begin▁of▁sentence｜>",
    4: "<|EOT|>",
    5: "<think>",
    6: "</think>",
}
"""DeepSeek-R1's special tokens, counted from the first place behind the ordinary ones."""
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ '<｜User｜>' + message['content'] }}"
    "{% elif message['role'] == 'assistant' %}"
    "{{ '<｜Assistant｜>' + message['content'].split('</think>')[-1] + eos_token }}"
    "{% else %}{{ message['content'] }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<｜Assistant｜><think>\\n' }}{% endif %}"
)
NORMAL, CONTROL, UNUSED = 1, 3, 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tokens with their kinds, and the merges of byte-pair encoding."""

    tokens: list[str]
    kinds: list[int]
    merges: list[str]
    first_special: int


def taken(path: Path, size: int) -> Vocabulary:
    """The vocabulary of another GGUF file, filled up to a size."""
    reader = gguf.GGUFReader(path)
    tokens = reader.fields["tokenizer.ggml.tokens"].contents()
    kinds = reader.fields["tokenizer.ggml.token_type"].contents()
    merges = reader.fields["tokenizer.ggml.merges"].contents()
    special = next((n for n, kind in enumerate(kinds) if kind == CONTROL), len(tokens))
    return _filled(tokens[:special], list(merges), size)


def synthetic(size: int) -> Vocabulary:
    """Byte tokens, then strings of letters that merges build from shorter ones."""
    tokens = byte_letters()
    room = size - len(SPECIAL) - len(tokens)
    merges: list[str] = []
    letters = [*"etaoinshrdlucmfwypvbgkjqxz", "Ġ"]
    level = letters
    while len(merges) < room and level:
        wider = []
        for head, tail in itertools.islice(
            itertools.product(level, letters), max(0, room - len(merges))
        ):
            if "Ġ" not in tail:
                wider.append(head + tail)
                merges.append(f"{head} {tail}")
        level = wider
    tokens += [merge.replace(" ", "") for merge in merges]
    return _filled(tokens, merges, size)


def byte_letters() -> list[str]:
    """GPT-2's printable letter for each byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = itertools.count(256)
    return [chr(byte if byte in shown else next(hidden)) for byte in range(256)]


def _filled(tokens: list[str], merges: list[str], size: int) -> Vocabulary:
    """Special tokens behind the ordinary ones, unused ones up to the size."""
    tokens = tokens[: size - len(SPECIAL)]
    first = len(tokens)
    kinds = [NORMAL] * first + [CONTROL] * len(SPECIAL)
    names = [*tokens, *SPECIAL.values()]
    for n in range(len(names), size):
        names.append(f"[PAD{n}]")
        kinds.append(UNUSED)
    return Vocabulary(names, kinds, merges, first)


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
