"""Checkpoints: their headers, read without trust, and what they take in torch."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_cases import MIB, SHAPES, card, machine

from runtimes.checkpoint.precision import STORED
from runtimes.errors import Damaged, NotFound
from runtimes.memory import kernels, plan, planning
from runtimes.memory.checkpoint import TorchCosts, torch_costs
from runtimes.memory.kernels import PACKAGES
from runtimes.memory.needs import Needs
from runtimes.memory.pieces import Setting
from runtimes.memory.planning import plan_parts
from runtimes.memory.safetensors import (
    Stored,
    config_shape,
    read_checkpoint,
    read_tensors,
    stored,
)
from runtimes.types import Device, FileSource, Fit, KvType, ModelSpec, Wish

MICRO = Path(__file__).resolve().parents[2] / "runtimes/micro/checkpoint"
SETTING = Setting(4096, KvType.F16)
AMX = frozenset({"avx512_bf16"})


def file_of(header: object, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def tensor(dtype: str, dimensions: list[int], start: int, end: int) -> dict[str, object]:
    return {"dtype": dtype, "shape": dimensions, "data_offsets": [start, end]}


def read(data: bytes) -> list[Stored]:
    return read_tensors(lambda at, size: data[at : at + size], len(data), "m.safetensors")


def test_a_sound_header() -> None:
    header = {"__metadata__": {"format": "pt"}, "a": tensor("BF16", [4, 8], 0, 64)}
    assert read(file_of(header, bytes(64))) == [Stored("a", "BF16", (4, 8), 64)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(8),
        struct.pack("<Q", 1 << 62) + b"{}",
        file_of(b"[]"),
        file_of(b"{"),
        file_of(b"[" * 100_000),
        file_of({"a": tensor("F32", [4], 0, 16)}),
        file_of({"a": tensor("F32", [5], 0, 16)}, bytes(16)),
        file_of({"a": tensor("F32", [-4], 0, 16)}, bytes(16)),
        file_of({"a": tensor("F32", [1 << 50], 0, 16)}, bytes(16)),
        file_of({"a": tensor("F32", [4], 16, 0)}, bytes(16)),
        file_of({"a": {"dtype": 5}}, bytes(16)),
        file_of({"a": None}),
    ],
    ids=range(13),
)
def test_a_broken_header(data: bytes) -> None:
    with pytest.raises(Damaged, match=r"m\.safetensors"):
        read(data)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_a_header_of_any_bytes(data: bytes) -> None:
    for whole in (data, file_of(data)):
        try:
            read(whole)
        except Damaged:
            continue


def test_a_folder_without_weights(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        stored(tmp_path)


@pytest.mark.parametrize(
    "config",
    [
        b"",
        b"[1]",
        b'{"hidden_size": 0}',
        b'{"hidden_size": 64, "num_attention_heads": true, "num_hidden_layers": 2}',
        b'{"hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": 100000000}',
        b'{"hidden_size": "64", "num_attention_heads": 4, "num_hidden_layers": 2}',
    ],
)
def test_a_broken_configuration(config: bytes) -> None:
    with pytest.raises(Damaged, match=r"config\.json"):
        config_shape(config, "config.json")


@pytest.mark.skipif(not MICRO.is_dir(), reason="the micro model is not made")
def test_the_shipped_checkpoint() -> None:
    found = read_checkpoint(MICRO)
    assert found.shape.architecture == "qwen2"
    assert sum(t.size for t in found.tensors) == pytest.approx(
        sum(path.stat().st_size for path in MICRO.glob("*.safetensors")), rel=0.02
    )
    spec = ModelSpec(
        id="micro", title="", runtime="checkpoint", source=FileSource(str(MICRO)), quantisation=""
    )
    assert plan(spec, machine(8), Wish()).fit is Fit.HOST


# --- what it takes ---------------------------------------------------------------------------


def costs(quantisation: str, *, gpu: bool = False, flags: frozenset[str] = AMX) -> TorchCosts:
    return torch_costs(SHAPES["r1-7b"], quantisation, (), flags, gpu=gpu)


def test_sizes_by_quantisation() -> None:
    weights = {q: costs(q).parts.weights for q in ("bf16", "int8", "nf4")}
    assert weights["bf16"] == pytest.approx(15.23e9, rel=0.01)
    assert weights["int8"] == pytest.approx(8.7e9, rel=0.03)
    assert weights["nf4"] == pytest.approx(5.5e9, rel=0.03)


def test_a_processor_without_16_bits_needs_twice() -> None:
    assert costs("", flags=frozenset()).parts.weights == 2 * costs("", flags=AMX).parts.weights
    assert costs("", flags=frozenset(), gpu=True).parts.weights == costs("bf16").parts.weights


def test_files_say_it_exactly() -> None:
    tensors = [
        Stored("model.embed_tokens.weight", "BF16", (100, 64), 12800),
        Stored("model.layers.0.mlp.up_proj.weight", "BF16", (64, 64), 8192),
        Stored("model.layers.1.mlp.up_proj.qweight", "I32", (8, 64), 2048),
        Stored("model.layers.1.input_layernorm.weight", "F32", (64,), 256),
    ]
    plain = torch_costs(SHAPES["r1-7b"], "bf16", tensors, AMX, gpu=False)
    assert plain.parts.embedding == 12800
    assert [x.weights for x in plain.parts.layers[:3]] == [8192, 2048 + 128, 0]
    four = torch_costs(SHAPES["r1-7b"], "nf4", tensors, AMX, gpu=False)
    assert four.parts.layers[0].weights == pytest.approx(8192 / 3.87, rel=0.02)


def test_the_cache_by_its_type() -> None:
    sizes = {kind: costs("bf16").pieces([], [], Setting(4096, kind))[0].kv for kind in KvType}
    assert sizes[KvType.F16] == pytest.approx(4096 * 28 * 1024 * 2, rel=0.05)
    assert sizes[KvType.Q8_0] == pytest.approx(sizes[KvType.F16] * 0.53, rel=0.01)
    assert sizes[KvType.Q4_0] == pytest.approx(sizes[KvType.F16] * 0.28, rel=0.01)


def test_all_on_one_gpu() -> None:
    model = costs("nf4", gpu=True)
    host, (device,) = model.pieces([28], [Device.CUDA], SETTING)
    assert device.weights == model.parts.weights
    assert host.weights == 0
    assert host.total > 500 * MIB  # torch itself


def test_the_first_layers_go_to_the_first_gpu_with_all_that_is_no_layer() -> None:
    model = costs("bf16", gpu=True)
    host, (one, two) = model.pieces([10, 10], [Device.CUDA] * 2, SETTING)
    assert one.weights > two.weights
    assert (one.layers, two.layers, host.layers) == (10, 10, 8)


def test_four_bits_are_never_split(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = Needs("r1-qwen-7b:nf4", "checkpoint", costs("nf4", gpu=True), 8192, 32768, exact=False)
    monkeypatch.setattr(planning, "usable", lambda _engine, _there: (0,))
    made = plan_parts(needs, machine(32, card(4)), Wish())
    assert made.fit is Fit.HOST
    refused = plan_parts(needs, machine(32, card(4)), Wish(layers_on_gpu=10))
    assert refused.fit is Fit.NO


def test_what_quantised_weights_want_first_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine would refuse them, after a download of gigabytes."""
    monkeypatch.setattr(kernels, "find_spec", lambda name: object() if name == "optimum" else None)

    def told(quantisation: str) -> list[str]:
        costs = torch_costs(SHAPES["r1-7b"], quantisation, (), AMX, gpu=False)
        return [text.en.format(*text.args) for text in costs.remarks()]

    assert [text for kind in ("", "bf16", "nf4", "fp8") for text in told(kind)] == []
    for kind in ("awq", "gptq-int4", "GPTQ-Int8"):
        (said,) = told(kind)
        assert "gptqmodel" in said
    assert {kind: STORED[kind].packages for kind in PACKAGES} == PACKAGES
