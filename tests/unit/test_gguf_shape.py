"""From a header to dimensions and to the bytes of each part."""

from __future__ import annotations

import pytest
from tiny_gguf import LLAMA, Made, Plan, gguf, layer, small, with_keys

from runtimes.errors import Damaged
from runtimes.ggufs import Gguf, Parts, parts_of, read_header, read_shards, shape_of
from runtimes.memory.estimates import estimated, is_tied
from runtimes.types import Shape


def model(plan: Plan) -> Gguf:
    data = gguf(plan)
    return read_shards([read_header(lambda at, size: data[at : at + size], len(data), "x.gguf")])


def parts(**changes: object) -> Parts:
    return parts_of(model(small(**changes)))


def test_the_dimensions() -> None:
    shape = shape_of(model(small()))
    assert (shape.layers, shape.hidden, shape.heads, shape.kv_heads) == (2, 64, 4, 2)
    assert (shape.key_length, shape.value_length) == (16, 16)
    assert (shape.feed_forward, shape.vocabulary, shape.context) == (96, 4, 4096)


def test_dimensions_that_the_file_says_itself() -> None:
    keys = with_keys(
        llama__attention__key_length=24,
        llama__attention__value_length=8,
        llama__expert_count=8,
        llama__expert_used_count=2,
        llama__expert_feed_forward_length=48,
    )
    shape = shape_of(model(small(keys=keys)))
    assert (shape.key_length, shape.value_length) == (24, 8)
    assert (shape.experts, shape.experts_used, shape.feed_forward) == (8, 2, 48)


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("general.architecture", "../../etc"),
        ("general.architecture", 3),
        ("llama.block_count", 0),
        ("llama.block_count", 1 << 31),
        ("llama.embedding_length", 0),
        ("llama.attention.head_count", (1 << 32) - 1),
        ("llama.context_length", 0),
    ],
)
def test_absurd_dimensions(key: str, item: object) -> None:
    with pytest.raises(Damaged):
        shape_of(model(small(keys={**LLAMA, key: item})))


def test_a_key_that_is_missing() -> None:
    keys = {key: item for key, item in LLAMA.items() if "embedding" not in key}
    with pytest.raises(Damaged, match="embedding_length"):
        shape_of(model(small(keys=keys)))


def test_every_tensor_is_counted_once() -> None:
    found = parts()
    assert found.weights == sum(t.size for t in model(small()).tensors)
    assert found.embedding == 64 * 4 * 2
    assert found.output == 64 * 4 + 64 * 4 // 32 * 34
    assert not found.tied
    assert found.layers[0].weights == sum(t.size for t in layer(0))


def test_an_output_that_is_the_embedding() -> None:
    tensors = [t for t in small().tensors if t.name != "output.weight"]
    assert parts(tensors=tensors).tied


def test_a_layer_beyond_the_last() -> None:
    with pytest.raises(Damaged, match="layer 2"):
        parts(tensors=[Made("blk.2.w", (32,))])


def test_the_heads_of_each_layer() -> None:
    keys = with_keys(llama__attention__head_count_kv=[2, 1])
    assert [x.key_width for x in parts(keys=keys).layers] == [32, 16]


def test_a_sliding_window_by_its_architecture() -> None:
    keys = {key.replace("llama.", "gemma2."): item for key, item in LLAMA.items()}
    keys |= {"general.architecture": "gemma2", "gemma2.attention.sliding_window": 512}
    keys["gemma2.block_count"] = 5
    assert [x.windowed for x in parts(keys=keys).layers] == [True, False, True, False, True]


def test_a_window_that_llama_cpp_ignores() -> None:
    keys = with_keys(llama__attention__sliding_window=512)
    assert not any(x.windowed for x in parts(keys=keys).layers)


def test_recurrent_layers_keep_a_state() -> None:
    keys = with_keys(
        llama__ssm__inner_size=128, llama__ssm__state_size=16, llama__ssm__conv_kernel=4
    )
    assert parts(keys=keys).layers[0].state == 4 * (3 * 128 + 16 * 128)


# --- reckoned without a file -----------------------------------------------------------------


R1_7B = Shape(
    architecture="qwen2",
    parameters=7_615_616_512,
    layers=28,
    hidden=3584,
    heads=28,
    kv_heads=4,
    key_length=128,
    value_length=128,
    feed_forward=18944,
    vocabulary=152064,
    context=131072,
)
PUBLISHED = {"Q3_K_M": 3.81e9, "Q4_K_M": 4.68e9, "Q5_K_M": 5.44e9, "Q6_K": 6.25e9, "Q8_0": 8.10e9}
"""Sizes of the published GGUF files of DeepSeek-R1-Distill-Qwen-7B."""


@pytest.mark.parametrize("quantisation", list(PUBLISHED))
def test_the_size_of_a_file_by_its_dimensions(quantisation: str) -> None:
    found = estimated(R1_7B, quantisation)
    assert found is not None
    assert found.file == pytest.approx(PUBLISHED[quantisation], rel=0.006)


def test_an_unknown_quantisation_is_not_guessed() -> None:
    assert estimated(R1_7B, "Q9_Z") is None


QWEN_HALF = Shape(
    architecture="qwen2",
    parameters=494_032_768,
    layers=24,
    hidden=896,
    heads=14,
    kv_heads=2,
    key_length=64,
    value_length=64,
    feed_forward=4864,
    vocabulary=151936,
    context=32768,
)


def test_a_shared_output_is_told_by_the_parameters() -> None:
    assert not is_tied(R1_7B)
    assert is_tied(QWEN_HALF)


@pytest.mark.parametrize(
    ("quantisation", "published"), [("Q4_K_M", 397.8e6), ("Q6_K", 505.7e6), ("Q8_0", 531.1e6)]
)
def test_rows_that_are_no_whole_number_of_blocks(quantisation: str, published: float) -> None:
    """Qwen2.5-0.5B has rows of 896: most of its matrices get another type than the name says."""
    found = estimated(QWEN_HALF, quantisation)
    assert found is not None
    assert found.file == pytest.approx(published, rel=0.01)
