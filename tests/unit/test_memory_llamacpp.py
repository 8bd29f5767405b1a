"""The formulas for llama.cpp, held against what llama.cpp itself reserved.

The numbers were reported by llama.cpp (of llama-cpp-python 0.3.36) for files of these shapes in
Q4_K_M, opened as our adapter does: batches of 512, flash attention, logits for each sample only.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory_cases import KIB, MIB, SHAPES, costs

from runtimes.ggufs.shape import Layer, Parts
from runtimes.memory.llamacpp import LlamaCosts
from runtimes.memory.pieces import Setting
from runtimes.types import Device, KvType

REPORTED = [  # MiB of the cache, of computing, of outputs; eight windows as one context
    ("r1-1.5b", Setting(2048, KvType.F16, 512, 1), 56.00, 66.51, 0.58),
    ("r1-1.5b", Setting(256, KvType.F16, 512, 8), 56.00, 66.51, 4.64),
    ("r1-1.5b", Setting(2048, KvType.Q8_0, 512, 1), 29.75, 63.59, 0.58),
    ("r1-1.5b", Setting(2048, KvType.Q4_0, 512, 1), 15.75, 63.59, 0.58),
    ("r1-1.5b", Setting(32768, KvType.F16, 512, 1), 896.00, 96.51, 0.58),
    ("r1-1.5b", Setting(4096, KvType.Q8_0, 512, 8), 476.00, 93.59, 4.64),
    ("r1-1.5b", Setting(4096, KvType.Q4_0, 512, 8), 252.00, 93.59, 4.64),
    ("r1-7b", Setting(2048, KvType.F16, 512, 1), 112.00, 141.01, 0.58),
    ("r1-7b", Setting(2048, KvType.Q8_0, 512, 1), 59.50, 134.09, 0.58),
    ("r1-7b", Setting(2048, KvType.Q4_0, 512, 1), 31.50, 134.09, 0.58),
    ("r1-7b", Setting(32768, KvType.F16, 512, 1), 1792.00, 171.01, 0.58),
    ("r1-7b", Setting(32768, KvType.Q8_0, 512, 1), 952.00, 164.09, 0.58),
    ("r1-7b", Setting(4096, KvType.Q4_0, 512, 8), 504.00, 164.09, 4.64),
    ("llama-8b", Setting(2048, KvType.F16, 512, 1), 256.00, 118.01, 0.49),
    ("llama-8b", Setting(4096, KvType.Q8_0, 512, 8), 2176.00, 140.09, 3.91),
    ("mixtral", Setting(2048, KvType.F16, 512, 1), 256.00, 202.01, 0.12),
    ("mixtral", Setting(4096, KvType.Q8_0, 512, 8), 2176.00, 224.12, 0.98),
    ("qwen3-0.6b", Setting(2048, KvType.F16, 512, 1), 224.00, 28.01, 0.58),
    ("qwen3-0.6b", Setting(4096, KvType.Q4_0, 512, 8), 1008.00, 58.09, 4.64),
    ("qwen3-30b", Setting(2048, KvType.F16, 512, 1), 192.00, 90.01, 0.58),
    ("qwen3-30b", Setting(4096, KvType.Q8_0, 512, 8), 1632.00, 120.09, 4.64),
    ("yi-6b", Setting(2048, KvType.F16, 512, 1), 128.00, 98.51, 0.24),
    ("yi-6b", Setting(32768, KvType.Q4_0, 512, 1), 576.00, 120.59, 0.24),
]


@pytest.mark.parametrize(("name", "setting", "kv", "compute", "out"), REPORTED)
def test_what_llama_cpp_reserves(
    name: str, setting: Setting, kv: float, compute: float, out: float
) -> None:
    host, devices = costs(name).pieces([], [], setting)
    assert devices == ()
    assert host.kv == kv * MIB
    reserved = (compute + out) * MIB
    assert reserved - 20 * KIB <= host.compute <= 1.03 * reserved + 6 * MIB


@pytest.mark.parametrize(("kind", "compute"), [(KvType.F16, 144.0), (KvType.Q8_0, 148.5)])
def test_sliding_windows_have_a_mask_of_their_own(kind: KvType, compute: float) -> None:
    """As llama.cpp reported for a file of that shape, in Q8_0."""
    known = costs("gemma3-4b", "Q8_0")
    layers = tuple(replace(x, windowed=n % 6 != 5) for n, x in enumerate(known.parts.layers))
    gemma = replace(known, parts=replace(known.parts, layers=layers))
    host, _ = gemma.pieces([], [], Setting(32768, kind))
    assert 0.97 * compute * MIB <= host.compute <= 1.03 * compute * MIB


SETTING = Setting(8192, KvType.F16)


def test_the_cache_grows_in_steps() -> None:
    sizes = {
        context: costs("r1-7b").pieces([], [], Setting(context, KvType.F16))[0].kv
        for context in (1, 256, 257, 512)
    }
    assert sizes[1] == sizes[256]
    assert sizes[257] == sizes[512] == 2 * sizes[256]


def test_all_layers_on_one_gpu_leave_the_embedding_on_the_host() -> None:
    model = costs("r1-7b")
    host, (device,) = model.pieces([29], [Device.CUDA], SETTING)
    assert host.layers == 0
    assert host.kv == 0
    assert host.weights == model.parts.embedding
    assert device.weights == model.parts.weights - model.parts.embedding
    assert device.layers == 29


def test_the_last_layers_go_first_and_the_output_before_them() -> None:
    model = costs("r1-7b")
    _, (one,) = model.pieces([1], [Device.CUDA], SETTING)
    assert one.weights == model.parts.output
    assert one.kv == 0
    host, (two,) = model.pieces([2], [Device.CUDA], SETTING)
    assert two.weights == model.parts.output + model.parts.layers[-1].weights
    assert host.layers == 27


def test_nothing_is_lost_between_devices() -> None:
    model = costs("r1-7b")
    whole, _ = model.pieces([], [], SETTING)
    for counts in ([10, 10], [29, 0], [0, 29], [15, 14], [1, 0]):
        host, devices = model.pieces(counts, [Device.CUDA] * 2, SETTING)
        assert host.layers + sum(d.layers for d in devices) == 29
        assert host.kv + sum(d.kv for d in devices) == whole.kv
        assert host.weights + sum(d.weights for d in devices) == model.parts.weights


def test_a_shared_output_is_copied_to_the_gpu() -> None:
    layers = (Layer(1000, 500, 64, 64),) * 2
    parts = Parts(layers, embedding=5000, output=8, tied=True, file=8000)
    model = LlamaCosts(SHAPES["r1-1.5b"], parts)
    host, (device,) = model.pieces([3], [Device.CUDA], SETTING)
    assert host.weights == 5000
    assert device.weights == 2000 + 8 + 5000


def test_layers_on_the_host_cost_the_gpu_room_for_their_copies() -> None:
    model = costs("r1-7b")
    _, (some,) = model.pieces([20], [Device.CUDA], SETTING)
    _, (every,) = model.pieces([29], [Device.CUDA], SETTING)
    assert some.compute >= every.compute + max(x.largest for x in model.parts.layers)


# --- how weights lie in the host's memory ----------------------------------------------------


def test_a_mapped_file_counts_whole() -> None:
    model = costs("r1-7b")
    host, _ = model.pieces([], [], SETTING)
    assert host.weights == model.parts.file


def test_without_a_mapping_each_weight_is_there_once() -> None:
    model = costs("r1-1.5b", mapped=False)
    assert model.pieces([], [], SETTING)[0].weights == model.parts.weights


def test_narrow_heads_allow_no_quantised_cache() -> None:
    assert len(costs("r1-7b").kv_types) == 3
    shape = replace(SHAPES["r1-7b"], key_length=80, value_length=80)
    assert LlamaCosts(shape, costs("r1-7b").parts).kv_types == (KvType.F16,)
