"""The one token that proves an engine: whatever the engine does instead is told as what it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from runtimes import registry
from runtimes.base import Cancel, OnProgress
from runtimes.catalog import Catalog, load_catalog
from runtimes.errors import EngineCrashed, EngineFailed, EngineHung, NotFound
from runtimes.host import HostedModel, load_in_child
from runtimes.installer.trial import Trial, trial
from runtimes.machine import probe_machine
from runtimes.plans import remote_plan
from runtimes.types import (
    Availability,
    Fit,
    Host,
    LoadOptions,
    Machine,
    MemoryPlan,
    ModelSpec,
    Wish,
)

SUPPORT = Path(__file__).resolve().parents[1] / "support"
MACHINE = Machine(Host(system="L", processor="P", cores=1, memory_total=1, memory_free=1))


class Faulty:
    """A runtime with the engine that does the worst, in a real process of its own."""

    def __init__(
        self, order: str = "", fit: Fit = Fit.REMOTE, name: str = "llamacpp", quantised: str = ""
    ) -> None:
        self._order, self._fit, self.name, self._quantised = order, fit, name, quantised
        self.loaded: list[str] = []

    def probe(self) -> Availability:
        return Availability(ready=True)

    def plan(self, spec: ModelSpec, machine: Machine, wish: Wish) -> MemoryPlan:
        return replace(remote_plan(wish, 0), fit=self._fit)

    def load(
        self, spec: ModelSpec, plan: MemoryPlan, options: LoadOptions,
        on_progress: OnProgress, cancel: Cancel,
    ) -> HostedModel:  # fmt: skip
        self.loaded.append(spec.quantisation)
        order = self._quantised if spec.quantisation == "nf4" else self._order
        spec = replace(spec, title=order)
        return load_in_child("faulty_engine", spec, plan, options, on_progress, cancel)


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SUPPORT))


def tried(order: str = "", **other: object) -> Trial:
    patience = other.pop("patience", 60.0)
    assert isinstance(patience, float)
    runtime = Faulty(order, **other)  # type: ignore[arg-type]
    return trial(runtime, load_catalog(), MACHINE, patience)


def test_a_sound_engine_writes_its_token() -> None:
    result = tried()
    assert (result.failure, result.safe_mode) == (None, False)
    assert result.seconds > 0


def test_an_engine_that_crashes_at_first_is_known_by_its_safe_mode() -> None:
    result = tried("segfault-once")
    assert result.failure is None
    assert result.safe_mode


def test_an_engine_that_always_crashes_fails() -> None:
    failure = tried("abort").failure
    assert isinstance(failure, EngineCrashed)
    assert failure.remedy is not None


def test_an_engine_that_hangs_is_not_waited_for() -> None:
    result = tried("hang", patience=1.0)
    assert isinstance(result.failure, EngineHung)
    assert result.seconds < 20


def test_an_engine_that_raises_fails_with_its_words() -> None:
    failure = tried("fail").failure
    assert isinstance(failure, EngineFailed)
    assert "planted" in str(failure)


@pytest.mark.parametrize("there", [True, False])
def test_weights_of_4_bits_are_tried_where_their_library_is(
    there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runtimes.installer.trial.installed", lambda _: "0.50" if there else None)
    runtime = Faulty(name="checkpoint")
    result = trial(runtime, load_catalog(), MACHINE)
    assert (result.failure, result.lost) == (None, None)
    assert runtime.loaded == (["nf4"] if there else ["f32"])


def test_where_only_whole_weights_work_the_engine_works_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("runtimes.installer.trial.installed", lambda _: "0.50")
    half = trial(Faulty(name="checkpoint", quantised="fail"), load_catalog(), MACHINE)
    assert half.failure is None
    assert half.lost is not None
    assert "planted" in str(half.lost)
    none = trial(Faulty("abort", name="checkpoint", quantised="fail"), load_catalog(), MACHINE)
    assert isinstance(none.failure, EngineCrashed)


def test_no_memory_for_the_smallest_model_is_a_failure() -> None:
    assert isinstance(tried(fit=Fit.NO).failure, EngineFailed)


def test_a_catalogue_without_the_small_model_is_told() -> None:
    result = trial(Faulty(), Catalog(()), MACHINE)
    assert isinstance(result.failure, NotFound)


@pytest.mark.parametrize("engine", ["llamacpp", pytest.param("checkpoint", marks=pytest.mark.slow)])
def test_the_engines_that_are_here_write_their_token(engine: str) -> None:
    runtime = registry.runtime(engine)
    if not runtime.probe().ready:
        pytest.skip(f"{engine} is not installed")
    result = trial(runtime, load_catalog(), probe_machine())
    assert result.failure is None, result.failure
    assert result.lost is None, result.lost
    assert not result.safe_mode
