"""Which model is recommended for which machine."""

from __future__ import annotations

import pytest

from assistant.modellist import Row
from assistant.recommend import Recommendation, recommend
from runtimes.catalog import load_catalog
from runtimes.types import Fit, KvType, MemoryPlan

CATALOG = load_catalog()


def plan_of(size: int, gpu: int, memory: int, context: int) -> MemoryPlan:
    """A coarse planner: weights and two tenths more go wholly to one place or the other."""
    need = size * 6 // 5
    fit = Fit.GPU if need <= gpu else Fit.HOST if need <= memory else Fit.NO
    return MemoryPlan(
        fit=fit,
        context=context,
        kv_type=KvType.F16,
        layers_on=0,
        weight_bytes=size,
        kv_bytes=0,
        compute_bytes=0,
        reserve_bytes=0,
    )


def advice(gpu: float, memory: float, context: int = 8192) -> Recommendation:
    found = []
    for entry in CATALOG.entries:
        variant = entry.variant()
        assert variant is not None
        assert entry.shape is not None
        size = int(entry.shape.parameters * 0.61)
        plan = plan_of(size, int(gpu * 1e9), int(memory * 1e9), context)
        found.append(Row(entry=entry, variant=variant, here=(), size=size, plan=plan))
    return recommend(found, has_gpu=gpu > 0)


@pytest.mark.parametrize(
    ("gpu", "memory", "name"),
    [
        (0, 8, "r1-qwen-1.5b"),
        (0, 256, "r1-qwen-1.5b"),
        (2, 16, "r1-qwen-1.5b"),
        (1, 16, "r1-qwen-1.5b"),
        (8, 16, "r1-qwen-7b"),
        (12, 32, "r1-qwen-14b"),
        (24, 64, "r1-qwen-32b"),
        (96, 128, "r1-llama-70b"),
    ],
)
def test_the_strongest_on_a_gpu_else_the_fastest(gpu: float, memory: float, name: str) -> None:
    taken = advice(gpu, memory)
    assert taken.row is not None
    assert taken.row.entry.id == name
    why = taken.why.en.format(*taken.why.args)
    assert f"{taken.row.entry.math500}" in why
    assert ("there is no GPU" in why) == (gpu == 0)


def test_a_gpu_that_holds_none_is_told_apart_from_no_gpu() -> None:
    assert "doctor" in advice(1, 16).why.en


def test_nothing_is_recommended_without_room_to_think() -> None:
    for taken in (advice(0, 0.5), advice(24, 64, context=4096)):
        assert taken.row is None
        assert "micro" in taken.why.en
        assert "server:" in taken.why.zh


def test_a_model_without_plan_or_score_is_passed_over() -> None:
    assert recommend((), has_gpu=False).row is None
    micro = CATALOG.get("micro")
    assert micro is not None
    variant = micro.variant()
    assert variant is not None
    plan = plan_of(1000, 10**9, 10**9, 8192)
    rows = [Row(entry=micro, variant=variant, here=(), size=1, plan=p) for p in (plan, None)]
    assert recommend(rows, has_gpu=True).row is None
