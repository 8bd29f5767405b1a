"""A model's parts where only its dimensions are known: before anything is downloaded.

llama.cpp's recipes for a quantisation are followed matrix by matrix, so the sum is that of the
file to within a few thousandths; checkpoints are their parameters times the size of a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from runtimes.ggufs.shape import Layer, Parts
from runtimes.types import Shape

TYPES = {
    "q2_k": 84 / 256, "q3_k": 110 / 256, "q4_k": 144 / 256, "q5_k": 176 / 256, "q6_k": 210 / 256,
    "q8_0": 34 / 32, "q4_0": 18 / 32, "q4_1": 20 / 32, "q5_0": 22 / 32, "q5_1": 24 / 32,
    "iq4_nl": 18 / 32, "iq4_xs": 136 / 256, "f16": 2.0, "bf16": 2.0, "f32": 4.0,
}  # fmt: skip
"""Bytes for each number."""
WHOLE = ("f16", "bf16", "f32")
HEADER = 6 << 20
"""Bytes of a header with a vocabulary of 150 thousand."""


@dataclass(frozen=True, slots=True)
class Mix:
    """The types of a quantisation: of most matrices, of the values and the down projection in
    the layers that are more sensitive and in the others, of the attention's output, and of the
    model's output."""

    usual: str
    more: str
    less: str
    attention: str
    output: str = "q6_k"


MIXES = {
    "Q2_K": Mix("q2_k", "q3_k", "q3_k", "q3_k"),
    "Q3_K_S": Mix("q3_k", "q3_k", "q3_k", "q3_k"),
    "Q3_K_M": Mix("q3_k", "q4_k", "q4_k", "q4_k"),
    "Q3_K_L": Mix("q3_k", "q5_k", "q5_k", "q5_k"),
    "Q4_0": Mix("q4_0", "q4_0", "q4_0", "q4_0"),
    "Q4_1": Mix("q4_1", "q4_1", "q4_1", "q4_1"),
    "Q4_K_S": Mix("q4_k", "q4_k", "q4_k", "q4_k"),
    "Q4_K_M": Mix("q4_k", "q6_k", "q4_k", "q4_k"),
    "Q5_0": Mix("q5_0", "q5_0", "q5_0", "q5_0"),
    "Q5_K_S": Mix("q5_k", "q5_k", "q5_k", "q5_k"),
    "Q5_K_M": Mix("q5_k", "q6_k", "q5_k", "q5_k"),
    "Q6_K": Mix("q6_k", "q6_k", "q6_k", "q6_k"),
    "Q8_0": Mix("q8_0", "q8_0", "q8_0", "q8_0", "q8_0"),
    "IQ4_XS": Mix("iq4_xs", "q5_k", "iq4_xs", "iq4_xs"),
    "IQ4_NL": Mix("iq4_nl", "q5_k", "iq4_nl", "iq4_nl"),
    "F16": Mix("f16", "f16", "f16", "f16", "f16"),
    "BF16": Mix("bf16", "bf16", "bf16", "bf16", "bf16"),
    "F32": Mix("f32", "f32", "f32", "f32", "f32"),
}


SUBSTITUTES = {
    "q2_k": "iq4_nl",
    "q3_k": "iq4_nl",
    "iq4_xs": "iq4_nl",
    "q4_k": "q5_0",
    "q5_k": "q5_1",
    "q6_k": "q8_0",
}
"""What llama.cpp takes where a row is no whole number of blocks of 256."""


def fitting(kind: str, row: int) -> str:
    """The type of a matrix with rows of that length."""
    return SUBSTITUTES.get(kind, kind) if row % 256 else kind


def estimated(shape: Shape, quantisation: str) -> Parts | None:
    """The parts of a GGUF file; ``None`` for a quantisation that is not known."""
    mix = MIXES.get(quantisation.upper())
    if mix is None:
        return None
    table = shape.vocabulary * shape.hidden
    tied = is_tied(shape)
    layers = []
    for n in range(shape.layers):
        matrices = list(_matrices(shape, mix, sensitive=_more_bits(n, shape.layers)))
        sizes = [int(count * TYPES[kind]) for kind, count in matrices]
        layers.append(Layer(sum(sizes) + 4 * _vectors(shape), max(sizes), *widths(shape)))
    shown = fitting(mix.output, shape.hidden)
    looked_up = shown if tied else fitting(mix.usual, shape.hidden)
    embedding = int(table * TYPES[looked_up])
    output = 4 * shape.hidden + (0 if tied else int(table * TYPES[shown]))
    whole = embedding + output + sum(layer.weights for layer in layers)
    return Parts(tuple(layers), embedding, output, tied, whole + HEADER, looked_up)


def widths(shape: Shape) -> tuple[int, int]:
    """The numbers that a token leaves in the cache of a layer: of keys and of values."""
    return shape.kv_heads * shape.key_length, shape.kv_heads * shape.value_length


def is_tied(shape: Shape) -> bool:
    """Do the embedding and the output share their numbers?  Told by the parameters' sum."""
    table = shape.vocabulary * shape.hidden
    matrices = sum(count for _, count in _matrices(shape, MIXES["F16"], sensitive=False))
    body = shape.layers * matrices
    return shape.parameters < body + 1.5 * table


def _matrices(shape: Shape, mix: Mix, *, sensitive: bool) -> Iterator[tuple[str, int]]:
    """The matrices of one layer: the type and how many numbers."""
    keys, values = widths(shape)
    hidden, wide = shape.hidden, shape.feed_forward
    queries = shape.heads * shape.key_length
    chosen = mix.more if sensitive else mix.less
    usual = fitting(mix.usual, hidden)
    yield usual, hidden * queries
    # with eight experts llama.cpp spends a little on keys and values
    spent = "q8_0" if shape.experts == 8 and mix.usual not in WHOLE else ""
    yield spent or usual, hidden * keys
    yield spent or fitting(chosen, hidden), hidden * values
    yield fitting(mix.attention, queries), hidden * shape.heads * shape.value_length
    experts = max(shape.experts, 1)
    yield usual, 2 * hidden * wide * experts
    yield fitting(chosen, wide), hidden * wide * experts
    if shape.experts:
        yield "f32", hidden * shape.experts


def _vectors(shape: Shape) -> int:
    """Numbers in the norms and biases of one layer, which stay in 32 bits."""
    keys, values = widths(shape)
    biases = shape.heads * shape.key_length + keys + values
    return 2 * shape.hidden + (biases if shape.architecture == "qwen2" else 0)


def _more_bits(layer: int, layers: int) -> bool:
    """llama.cpp's choice of the layers that get more bits."""
    eighth = layers // 8
    return layer < eighth or layer >= 7 * layers // 8 or (layer - eighth) % 3 == 2
