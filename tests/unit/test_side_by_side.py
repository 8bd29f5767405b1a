"""A vote loads the model for as many answers side by side as cost a single one nothing."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_mamba import write_mamba

from assistant import loader
from runtimes import registry
from runtimes.base import Cancel
from runtimes.machine import probe_machine
from runtimes.memory import expected_use
from runtimes.types import (
    FileSource,
    Finished,
    Fit,
    GenerationParams,
    LoadOptions,
    Machine,
    MemoryPlan,
    Message,
    ModelSpec,
    ReasoningDelta,
    Role,
    TextDelta,
    Wish,
)

ASKED = (Message(Role.USER, "Tell me a long story"),)
LIVE = pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None, reason="llama-cpp-python is not installed"
)


class Stop(Exception):  # noqa: N818 - ends a load where its plan is known
    def __init__(self, plan: MemoryPlan) -> None:
        super().__init__(plan)
        self.plan = plan


def planned(
    monkeypatch: pytest.MonkeyPatch, samples: int, plan: Callable[[Wish], MemoryPlan]
) -> MemoryPlan:
    """The plan by which the micro model would be loaded."""

    class Runtime:
        def plan(self, _spec: ModelSpec, _machine: Machine, wish: Wish) -> MemoryPlan:
            return plan(wish)

        def load(self, _spec: ModelSpec, plan: MemoryPlan, *_rest: object) -> None:
            raise Stop(plan)

    monkeypatch.setattr(registry, "runtime", lambda _name: Runtime())
    monkeypatch.setattr(loader, "_check_ready", lambda *_: None)
    with pytest.raises(Stop) as stop:
        loader.open_model(loader.Order(name="micro", samples=samples), lambda _: None, Cancel())
    return stop.value.plan


def made(wish: Wish, fit: Fit = Fit.GPU, layers: int = 28) -> MemoryPlan:
    from runtimes.types import KvType

    return MemoryPlan(
        fit=fit, context=8192, kv_type=wish.kv_type or KvType.F16, layers_on=layers,
        weight_bytes=0, kv_bytes=0, compute_bytes=0, reserve_bytes=0, parallel=wish.parallel,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("samples", "room", "width"),
    [
        (1, 99, 1),
        (8, 99, 8),
        (8, 7, 4),
        (8, 3, 2),
        (8, 1, 1),
        (5, 4, 3),
        (64, 99, 16),
        (20, 99, 10),
    ],
)
def test_as_many_as_take_no_layer_from_the_gpu(
    monkeypatch: pytest.MonkeyPatch, samples: int, room: int, width: int
) -> None:
    def plan(wish: Wish) -> MemoryPlan:
        return made(wish) if wish.parallel <= room else made(wish, Fit.SPLIT, 20)

    assert planned(monkeypatch, samples, plan).parallel == width


def test_as_many_as_leave_each_half_of_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short window cuts thinking off, and a conversation: rather a few answers at a time."""

    def plan(wish: Wish) -> MemoryPlan:
        windows = {1: 32_768, 2: 16_384}
        return replace(made(wish), context=windows.get(wish.parallel, 9_216))

    found = planned(monkeypatch, 8, plan)
    assert (found.parallel, found.context) == (2, 16_384)


@LIVE
def test_a_vote_writes_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    order = loader.Order(name="micro", samples=5, wish=Wish(context=512, layers_on_gpu=0))
    model = loader.open_model(order, lambda _: None, Cancel())
    try:
        assert model.parallel == 5
        params = GenerationParams(max_tokens=30, temperature=1.0, seed=1)
        events = list(model.stream_many(ASKED, 5, params, Cancel()))
    finally:
        model.close()
    first_end = next(n for n, e in enumerate(events) if isinstance(e.event, Finished))
    assert {e.sample for e in events[:first_end]} == set(range(5))
    assert sum(isinstance(e.event, Finished) for e in events) == 5


@LIVE
def test_a_recurrent_model_writes_the_same_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "mamba.gguf"
    micro = loader.located(loader.find_spec("micro")).source
    assert isinstance(micro, FileSource)
    write_mamba(path, Path(micro.path))
    spec = ModelSpec(id="m", title="", runtime="llamacpp", source=FileSource(str(path)))
    runtime = registry.runtime("llamacpp")
    params = GenerationParams(max_tokens=12, temperature=0.8, seed=5)

    def written(parallel: int) -> list[dict[int, str]]:
        wish = Wish(context=512, layers_on_gpu=0, parallel=parallel)
        plan = runtime.plan(spec, probe_machine(), wish)
        model = runtime.load(spec, plan, LoadOptions(threads=1), lambda _: None, Cancel())
        texts: list[dict[int, str]] = [{}, {}]
        try:
            for one in texts:
                for event in model.stream_many(ASKED, 6, params, Cancel()):
                    if isinstance(event.event, TextDelta | ReasoningDelta):
                        one[event.sample] = one.get(event.sample, "") + event.event.text
        finally:
            model.close()
        return texts

    one, again = written(1)
    assert len(set(one.values())) > 1
    assert one == again
    assert written(4) == [one, one]


@LIVE
def test_each_has_its_window_in_the_plan() -> None:
    spec = loader.located(loader.find_spec("micro"))
    one, eight = (
        registry.runtime(spec.runtime).plan(
            spec, probe_machine(), Wish(context=2048, layers_on_gpu=0, parallel=n)
        )
        for n in (1, 8)
    )
    assert eight.context == one.context
    assert eight.kv_bytes == 8 * one.kv_bytes
    assert expected_use(eight) > expected_use(one)
