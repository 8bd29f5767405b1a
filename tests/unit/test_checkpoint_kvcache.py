"""Rooms that grow, forget and divide; numbers in 8 and 4 bits that are near enough."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes.types import KvType

torch = pytest.importorskip("torch", reason="the checkpoint engine needs torch")
pytest.importorskip("transformers", reason="the checkpoint engine needs transformers")

from runtimes.checkpoint.kvcache import (  # noqa: E402 - torch may be missing
    BLOCK,
    CODECS,
    STEP,
    Room,
    layer_class,
)

STEPS = {KvType.F16: 0.0, KvType.Q8_0: 0.5 / 127, KvType.Q4_0: 1 / 8}
"""How far a number may be off, as a share of the largest of its block."""


def numbers(tokens: int, seed: int = 0, width: int = 2 * BLOCK, rows: int = 1) -> Any:
    return torch.randn(rows, 2, tokens, width, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("kind", list(KvType))
@given(scale=st.floats(1e-3, 1e3), seed=st.integers(0, 99))
def test_stored_numbers_come_back_near_enough(kind: KvType, scale: float, seed: int) -> None:
    given_, codec = numbers(5, seed) * scale, CODECS[kind]
    error = (codec.decode(codec.encode(given_)) - given_).abs().unflatten(-1, (-1, BLOCK))
    largest = given_.abs().unflatten(-1, (-1, BLOCK)).amax(-1, keepdim=True)
    assert bool((error <= largest * (STEPS[kind] * 1.001 + 1e-9)).all())


@pytest.mark.parametrize("kind", list(KvType))
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32])
def test_zeros_and_dtypes_survive(kind: KvType, dtype: Any) -> None:
    zeros = torch.zeros(1, 1, 3, BLOCK, dtype=dtype)
    back = CODECS[kind].decode(CODECS[kind].encode(zeros))
    assert back.dtype == dtype
    assert torch.equal(back, zeros)


@pytest.mark.parametrize(("kind", "bits"), [(KvType.Q8_0, 8.5), (KvType.Q4_0, 4.5)])
def test_a_number_takes_the_bits_that_a_plan_reckons(kind: KvType, bits: float) -> None:
    given_ = numbers(7).to(torch.bfloat16)
    parts = CODECS[kind].encode(given_)
    assert sum(p.numel() * p.element_size() for p in parts) * 8 == given_.numel() * bits


def test_a_room_grows_in_steps_and_never_beyond_its_limit() -> None:
    room, whole, sizes = Room(limit=2 * STEP), numbers(2 * STEP), set()
    for at in range(0, 2 * STEP, 8):
        seen = room.write(at, whole[:, :, at : at + 8])
        assert torch.equal(seen, whole[:, :, : at + 8])
        assert room.space is not None
        sizes.add(room.space.shape[2])
    assert max(sizes) == 2 * STEP
    assert len(sizes) <= 3


@pytest.mark.parametrize("kind", list(KvType))
def test_a_layer_forgets_by_counting_less(kind: KvType) -> None:
    layer = layer_class()(CODECS[kind], 999)
    first, second, third = numbers(4, 1), numbers(3, 2), numbers(2, 3)
    layer.update(first, first)
    layer.update(second, second)
    layer.crop(-3)
    keys, _ = layer.update(third, third)
    fresh = layer_class()(CODECS[kind], 999)
    fresh.update(first, first)
    expected, _ = fresh.update(third, third)
    assert layer.get_seq_length() == 6
    assert torch.equal(keys, expected)


@pytest.mark.parametrize("kind", list(KvType))
def test_rows_are_copied_and_dropped(kind: KvType) -> None:
    layer = layer_class()(CODECS[kind], 999)
    shared = numbers(4, 1)
    layer.update(shared, shared)
    layer.reorder_cache(torch.tensor([0, 0, 0]))
    own = numbers(1, 2, rows=3)
    keys, _ = layer.update(own, own)
    assert keys.shape[0] == 3
    layer.reorder_cache(torch.tensor([2, 0]))
    more = numbers(1, 3, rows=2)
    left, _ = layer.update(more, more)
    assert torch.equal(left[:, :, :5], keys[[2, 0]])
