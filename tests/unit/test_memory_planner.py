"""The planner: what it gives up and what never, for every machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_cases import GIB, SHAPES, card, machine, needs

from runtimes.memory import planning
from runtimes.memory.adapters import adapter_bytes
from runtimes.memory.estimates import estimated
from runtimes.memory.llamacpp import LlamaCosts
from runtimes.memory.needs import Needs
from runtimes.memory.pieces import DEVICE_MARGIN, HOST_MARGIN, expected_use
from runtimes.memory.planning import plan_parts
from runtimes.types import Device, Fit, KvType, Machine, MemoryPlan, Wish


@pytest.fixture(autouse=True)
def _any_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the engine here were built for every accelerator."""
    monkeypatch.setattr(
        planning, "usable", lambda _engine, there: tuple(range(len(there.accelerators)))
    )


def said(plan: MemoryPlan) -> str:
    lines = (*plan.because, *plan.nearest)
    return "\n".join(line.en.format(*line.args) for line in lines)


def made(name: str, there: Machine, **wish: object) -> MemoryPlan:
    return plan_parts(needs(name), there, Wish(**wish))  # type: ignore[arg-type]


# --- choices ---------------------------------------------------------------------------------


def test_a_roomy_gpu_takes_all_of_it_at_the_usual_context() -> None:
    plan = made("r1-7b", machine(16, card(24)))
    assert (plan.fit, plan.context, plan.kv_type) == (Fit.GPU, 32768, KvType.F16)
    assert plan.layers_on == 29


def test_precision_of_the_cache_goes_before_context() -> None:
    plan = made("r1-7b", machine(16, card(6.2)))
    assert (plan.fit, plan.context, plan.kv_type) == (Fit.GPU, 32768, KvType.Q8_0)
    assert "q8_0 instead of f16" in said(plan)


def test_layers_go_before_the_context_that_thinking_needs() -> None:
    plan = made("r1-7b", machine(16, card(4)))
    assert plan.fit is Fit.SPLIT
    assert plan.context >= 8192
    assert 0 < plan.layers_on < 29


@pytest.mark.parametrize("free", [3.0, 4.0, 4.5, 5.0, 5.4, 5.8, 6.5, 8.0])
def test_no_gpu_is_too_small_for_the_context_that_is_needed(free: float) -> None:
    assert made("r1-7b", machine(16, card(free))).context >= 8192


def test_spilling_to_the_host_is_said() -> None:
    plan = made("r1-7b", machine(16, card(4)))
    assert f"{plan.layers_on} of 29 layers go to Some Card" in said(plan)
    assert "slower" in said(plan)


def test_a_gpu_too_small_for_anything_is_said() -> None:
    plan = made("r1-7b", machine(16, card(0.7)))
    assert plan.fit is Fit.HOST
    assert "no room for a single layer" in said(plan)


def test_what_others_hold_is_counted_and_said() -> None:
    plan = made("r1-7b", machine(16, card(5, total=24)))
    assert "other programs hold 19 GiB of the 24 GiB" in said(plan)
    (on_card,) = (p for p in plan.placements if p.accelerator is not None)
    assert on_card.total <= 5 * GIB


def test_the_reserve_is_not_absurd() -> None:
    """2.6 GiB of weights and 3.2 GiB free: some programs refuse that."""
    parts = needs("r1-1.5b", "Q8_0")  # 1.8 GiB on the card
    plan = plan_parts(parts, machine(8, card(2.7)), Wish(context=4096))
    assert plan.fit is Fit.GPU
    assert plan.kv_type is KvType.F16


def test_two_cards_share_what_one_cannot_hold() -> None:
    plan = made("r1-32b", machine(16, card(16), card(16)))
    assert plan.fit is Fit.GPU
    assert sorted(p.layers for p in plan.placements if p.accelerator is not None) == [32, 33]


def test_the_table_of_tokens_follows_the_layers_where_there_is_plenty_of_room() -> None:
    roomy, tight = (made("r1-7b", machine(16, card(free)), context=8192) for free in (24, 5.7))
    assert roomy.table_on_gpu
    assert not tight.table_on_gpu
    assert (roomy.fit, tight.fit) == (Fit.GPU, Fit.GPU)
    table = needs("r1-7b").costs.table(Device.CUDA)
    assert table is not None
    (on_card, host), (card_alone, host_with) = roomy.placements, tight.placements
    assert on_card.weight_bytes - card_alone.weight_bytes == table
    assert host_with.weight_bytes == table
    assert host.weight_bytes == 0
    assert host.total < host_with.total


def test_a_table_that_is_the_output_too_costs_the_card_nothing() -> None:
    shape = replace(SHAPES["qwen3-0.6b"], parameters=596_000_000)
    parts = estimated(shape, "Q4_K_M")
    assert parts is not None
    assert parts.tied
    model = replace(needs("qwen3-0.6b"), costs=LlamaCosts(shape, parts))
    there = machine(16, card(24))
    plan, again = (plan_parts(model, there, Wish(layers_on_gpu=n)) for n in (None, 29))
    assert plan.table_on_gpu
    assert not again.table_on_gpu
    assert plan.placements[0].weight_bytes == again.placements[0].weight_bytes


def test_the_table_stays_where_it_was_not_measured_and_beside_layers() -> None:
    for there in (
        machine(16, card(24, device=Device.METAL)),
        machine(16, card(24, device=Device.VULKAN)),
        machine(16, card(3), card(3)),
        machine(16, card(4)),
        machine(16),
    ):
        assert not made("r1-7b", there).table_on_gpu


def test_what_fits_on_one_card_stays_on_the_roomiest() -> None:
    plan = made("r1-7b", machine(16, card(12), card(24)))
    assert [p.accelerator for p in plan.placements] == [1, None]


def test_unequal_cards_are_filled_as_they_can() -> None:
    plan = made("r1-32b", machine(16, card(24), card(6)))
    assert plan.fit is Fit.GPU
    assert all(p.total <= p.free for p in plan.placements)


def test_memory_that_is_shared_is_counted_once() -> None:
    there = machine(9, card(9, device=Device.METAL))
    plan = made("r1-7b", there)
    assert plan.fit is Fit.GPU
    assert sum(p.total for p in plan.placements) <= 9 * GIB
    small = machine(4.7, card(4.7, device=Device.METAL))
    refused = made("r1-7b", small)
    assert refused.fit is Fit.NO
    assert refused.nearest


def test_samples_cost_logits() -> None:
    one, many = (made("r1-7b", machine(16), parallel=n) for n in (1, 64))
    assert many.parallel == 64
    assert many.compute_bytes > one.compute_bytes


def test_a_tight_host_reads_prompts_in_smaller_steps() -> None:
    for free in range(5100, 5000, -2):
        plan = made("r1-7b", machine(free / 1024))
        if plan.batch < 512:
            assert plan.context == 8192
            assert "prompts are read" in said(plan)
            return
    pytest.fail("no size of the host needs it")


def test_an_engine_without_gpu_leaves_the_gpu_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "usable", lambda _engine, _there: ())
    plan = made("r1-7b", machine(16, card(24)))
    assert plan.fit is Fit.HOST
    assert "not built for it" in said(plan)


# --- wishes ----------------------------------------------------------------------------------


def test_a_context_that_was_asked_for_is_kept_or_refused() -> None:
    plan = made("r1-7b", machine(5.2), context=32768)
    assert (plan.fit, plan.context) == (Fit.NO, 32768)
    assert "MiB too little" in said(plan)
    assert "--context" in said(plan)


def test_a_context_beyond_training_is_had_with_a_warning() -> None:
    plan = made("r1-1.5b", machine(16), context=200_000)
    assert plan.fit is Fit.HOST
    assert "beyond" in said(plan)


def test_a_short_context_is_had_with_a_warning() -> None:
    plan = made("r1-7b", machine(16), context=1024)
    assert plan.context == 1024
    assert "8192 tokens are advised" in said(plan)


def test_a_kv_type_is_kept_and_a_smaller_one_named() -> None:
    there = machine(5.6)
    plan = made("r1-7b", there, context=16384, kv_type=KvType.F16)
    assert plan.fit is Fit.NO
    assert "--kv q8_0" in said(plan)
    wish = {"context": 16384, "kv_type": KvType.Q8_0}
    assert made("r1-7b", there, **wish).fit is Fit.HOST


def test_a_number_of_layers_is_kept_or_refused() -> None:
    there = machine(16, card(4))
    plan = made("r1-7b", there, layers_on_gpu=5)
    assert (plan.fit, plan.layers_on) == (Fit.SPLIT, 5)
    refused = made("r1-7b", there, layers_on_gpu=29)
    assert (refused.fit, refused.layers_on) == (Fit.NO, 29)
    assert "--gpu-layers" in said(refused)


def test_layers_on_a_gpu_that_is_not_there() -> None:
    plan = made("r1-7b", machine(16), layers_on_gpu=5)
    assert plan.fit is Fit.NO
    assert "there is none" in said(plan)


def test_no_gpu_if_none_is_asked_for() -> None:
    for wish in ({"gpu_memory": 0}, {"layers_on_gpu": 0}):
        plan = made("r1-7b", machine(16, card(24)), **wish)
        assert plan.fit is Fit.HOST
        assert "as asked" in said(plan)


def test_a_cap_on_a_gpu_that_is_not_there_is_told() -> None:
    assert "4 GiB asked for on one mean nothing" in said(
        made("r1-7b", machine(16), gpu_memory=4 * GIB)
    )
    assert "asked for" not in said(made("r1-7b", machine(16)))


def test_a_cap_on_the_gpus_memory_is_kept() -> None:
    plan = made("r1-7b", machine(16, card(24)), gpu_memory=4 * GIB)
    assert plan.fit is Fit.SPLIT
    (on_card,) = (p for p in plan.placements if p.accelerator is not None)
    assert on_card.total <= 4 * GIB


def test_a_cache_that_the_heads_forbid() -> None:
    model = needs("r1-7b")
    narrow = replace(model.costs, shape=replace(SHAPES["r1-7b"], key_length=80, value_length=80))  # type: ignore[type-var]
    plan = plan_parts(replace(model, costs=narrow), machine(64), Wish(kv_type=KvType.Q4_0))
    assert (plan.fit, plan.kv_type) == (Fit.NO, KvType.Q4_0)
    assert "--kv f16" in said(plan)


def test_what_fits_instead_really_fits() -> None:
    there = machine(6)
    others = [needs("r1-7b", "Q4_K_M"), needs("r1-7b", "Q3_K_M"), needs("r1-1.5b")]
    plan = plan_parts(needs("r1-32b"), there, Wish(), others)
    assert plan.fit is Fit.NO
    assert "r1-7b:q4_k_m: it takes" in said(plan)
    assert "server:" in said(plan)
    for other in others:
        assert plan_parts(other, there, Wish()).fit is Fit.HOST


# --- what holds always -----------------------------------------------------------------------

MODELS = st.sampled_from([needs(name, q) for name in SHAPES for q in ("Q4_K_M", "Q8_0")])
DEVICES = st.sampled_from([Device.CUDA, Device.ROCM, Device.VULKAN])
CARDS = st.lists(st.builds(card, st.floats(0.2, 48), device=DEVICES), max_size=3)
MACHINES = st.builds(lambda free, cards: machine(free, *cards), st.floats(0.5, 64), CARDS)
METALS = st.builds(
    lambda free, share: machine(free, card(free * share, device=Device.METAL)),
    st.floats(1, 96),
    st.floats(0.3, 1),
)
WISHES = st.builds(
    Wish,
    context=st.none() | st.integers(64, 140_000),
    kv_type=st.none() | st.sampled_from(KvType),
    layers_on_gpu=st.none() | st.integers(0, 70),
    gpu_memory=st.none() | st.integers(0, 30 * GIB),
    batch=st.none() | st.integers(32, 2048),
    parallel=st.integers(1, 16),
)


@settings(max_examples=150, deadline=None)
@given(MODELS, MACHINES | METALS, WISHES)
def test_never_more_than_is_free_and_never_other_than_asked(
    model: Needs, there: Machine, wish: Wish
) -> None:
    plan = plan_parts(model, there, wish)
    assert wish.context in (None, plan.context)
    assert wish.kv_type in (None, plan.kv_type)
    assert wish.batch in (None, plan.batch)
    assert plan.parallel == wish.parallel
    for placement in plan.placements:
        assert placement.reserve_bytes >= (
            HOST_MARGIN if placement.accelerator is None else DEVICE_MARGIN
        )
    sums = [sum(getattr(p, f"{k}_bytes") for p in plan.placements) for k in ("weight", "kv")]
    assert sums == [plan.weight_bytes, plan.kv_bytes]
    if plan.fit is Fit.NO:
        assert plan.nearest
        assert plan.because
        return
    if wish.layers_on_gpu is not None:
        assert plan.layers_on == min(wish.layers_on_gpu, model.costs.layers)
    if wish.context is None:
        assert plan.context >= model.least
    on_host = 0
    for placement in plan.placements:
        index = placement.accelerator
        free = there.host.memory_free if index is None else there.accelerators[index].free
        assert placement.total <= free
        if index == 0 and wish.gpu_memory is not None:
            assert placement.total <= wish.gpu_memory
        if index is None or there.accelerators[index].shared_memory:
            on_host += placement.total
    assert on_host <= there.host.memory_free
    assert all(part > 0 for part in expected_use(plan)[:1])


@settings(max_examples=60, deadline=None)
@given(MODELS, MACHINES, st.integers(256, 60_000), st.integers(1, 60_000))
def test_more_context_never_takes_less(
    model: Needs, there: Machine, context: int, more: int
) -> None:
    small, large = (
        plan_parts(model, there, Wish(context=n, kv_type=KvType.F16, layers_on_gpu=0, batch=512))
        for n in (context, context + more)
    )
    assert sum(p.total for p in large.placements) >= sum(p.total for p in small.placements)
    if large.fit is not Fit.NO:
        assert small.fit is not Fit.NO


@settings(max_examples=40, deadline=None)
@given(MODELS, MACHINES)
def test_more_memory_never_makes_it_worse(model: Needs, there: Machine) -> None:
    roomier = Machine(
        replace(there.host, memory_free=there.host.memory_free + GIB),
        tuple(replace(a, free=a.free + GIB) for a in there.accelerators),
    )
    before, after = (plan_parts(model, m, Wish()) for m in (there, roomier))
    order = (Fit.NO, Fit.HOST, Fit.SPLIT, Fit.GPU)
    assert order.index(after.fit) >= order.index(before.fit)


def test_a_refusal_is_quick() -> None:
    """A catalogue plans dozens of models before it is shown."""
    import time

    begin = time.process_time()
    for _ in range(5):
        made("r1-32b", machine(2, card(0.5), card(0.5)))
    assert time.process_time() - begin < 5 * 0.15


# --- adapters --------------------------------------------------------------------------------


def test_adapters_lie_with_the_layers_that_they_change() -> None:
    size = 600 << 20
    for there in (machine(16, card(24)), machine(16, card(4)), machine(16)):
        wish = {"context": 8192, "kv_type": KvType.F16, "batch": 512}
        plain = made("r1-7b", there, **wish)
        more = made("r1-7b", there, **wish, adapters=size)
        assert more.weight_bytes > plain.weight_bytes or more.layers_on < plain.layers_on
        assert "600 MiB more" in said(more)
        assert "more" not in said(plain)
        if more.layers_on == plain.layers_on:
            assert 0 <= more.weight_bytes - plain.weight_bytes - size < 8


def test_an_adapter_that_has_no_room_is_refused() -> None:
    there = machine(7)
    assert made("r1-7b", there, context=8192).fit is Fit.HOST
    assert made("r1-7b", there, context=8192, adapters=3 * GIB).fit is Fit.NO


def test_guesses_cost_logits() -> None:
    there = machine(16)
    usual = made("r1-1.5b", there, context=4096)
    guessing = made("r1-1.5b", there, context=4096, lookup=64)
    assert 4 * 151_936 * 64 <= guessing.compute_bytes - usual.compute_bytes < 100 << 20


def test_the_size_of_adapters_is_that_of_their_weights(tmp_path: Path) -> None:
    file, folder = tmp_path / "one.gguf", tmp_path / "two"
    file.write_bytes(bytes(1000))
    folder.mkdir()
    (folder / "adapter_model.safetensors").write_bytes(bytes(500))
    (folder / "optimizer.pt").write_bytes(bytes(9000))
    assert adapter_bytes([str(file), str(folder), str(tmp_path / "none")]) == 1500
