"""What the doctor says of engines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from installing import ADA, PLAIN

from assistant.doctor import engines, machine
from assistant.doctor.findings import Level
from runtimes.crashes import Crash
from runtimes.errors import EngineCrashed, EngineFailed
from runtimes.installer.trial import Trial
from runtimes.process import RELOAD
from runtimes.texts import Text
from runtimes.types import Accelerator, Availability, Device, Host, Machine

HOST = Host(system="Linux", processor="P", cores=4, memory_total=8 << 30, memory_free=6 << 30)
CARD = Accelerator(
    device=Device.CUDA, index=0, name="RTX 4090", total=24 << 30, free=20 << 30, driver="550.54"
)


def said(text: Text | None) -> str:
    assert text is not None
    return text.en.format(*text.args)


def works(name: str) -> Trial:
    return Trial(name, 0.5)


def test_no_engine_at_all_is_a_problem_with_its_command() -> None:
    states = {
        "llamacpp": Availability(ready=False, detail=Text("gone", "没有")),
        "scripted": Availability(ready=True),
    }
    first = next(engines.check(states, works))
    assert first.level is Level.PROBLEM
    assert said(first.remedy) == "assistant engines install llamacpp"


def test_a_ready_engine_is_tried() -> None:
    states = {"llamacpp": Availability(ready=True, version="0.3.36")}
    found = list(engines.check(states, works))
    assert [finding.level for finding in found] == [Level.OK, Level.OK]
    assert said(found[0].text) == "0.3.36"


def test_a_server_is_not_tried() -> None:
    def never(_name: str) -> Trial:
        raise AssertionError

    assert len(list(engines.check({"ollama": Availability(ready=True)}, never))) == 1


def test_a_crash_in_the_trial_is_a_problem_and_a_safe_start_a_warning() -> None:
    states = {"llamacpp": Availability(ready=True)}
    crash = EngineCrashed(Text("it crashed", "崩溃"), Text("build it", "重新编译"))
    broken = list(engines.check(states, lambda n: Trial(n, 1, failure=crash)))[-1]
    assert (broken.level, said(broken.remedy)) == (Level.PROBLEM, "build it")
    usual = EngineCrashed(crash.message, RELOAD)
    again = list(engines.check(states, lambda n: Trial(n, 1, failure=usual)))[-1]
    assert said(again.remedy) == "assistant engines install llamacpp --source"
    safe = list(engines.check(states, lambda n: Trial(n, 1, safe_mode=True)))[-1]
    assert safe.level is Level.WARNING
    assert "--source" in said(safe.remedy)


def test_weights_of_4_bits_that_do_not_work_are_a_warning() -> None:
    lost = EngineFailed(Text("no {0}", "没有{0}", ("kernel",)))
    states = {"checkpoint": Availability(ready=True)}
    found = list(engines.check(states, lambda n: Trial(n, 1, lost=lost)))[-1]
    assert found.level is Level.WARNING
    assert said(found.text) == "weights of 4 bits do not work here: no kernel"
    assert said(found.remedy) == "assistant engines install checkpoint"


def test_what_a_ready_engine_could_do_better_is_a_warning() -> None:
    slow = Availability(
        ready=True, version="1", detail=Text("slow on {0}", "{0} 上较慢", ("P",)),
        remedy=Text("r", "r"),
    )  # fmt: skip
    found = next(engines.check({"llamacpp": slow}, works))
    assert found.level is Level.WARNING
    assert said(found.text) == "1: slow on P"


def test_an_engine_that_is_installed_and_broken_is_worse_than_one_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states = {
        "checkpoint": Availability(ready=False, detail=Text("no", "不")),
        "server": Availability(ready=True),
    }
    for version, level in (("2.13", Level.PROBLEM), (None, Level.NOTE)):
        monkeypatch.setattr(engines, "installed", lambda _name, it=version: it)
        assert next(engines.check(states, works)).level is level


def test_an_idle_gpu_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "installed", lambda _name: "2.13.0+cpu")
    facts = replace(PLAIN, gpus=(ADA,))
    found = list(engines.check_gpu_use(Machine(HOST, (CARD,)), facts))
    assert "assistant engines install checkpoint --backend cuda" in [said(f.remedy) for f in found]
    assert not list(engines.check_gpu_use(Machine(HOST), PLAIN))


def test_a_gpu_that_has_died_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtimes.machine.nvidia.lost_gpus", lambda _nvml: (1, 3))
    facts = replace(PLAIN, gpus=(ADA,), driver_cuda=(12, 4))
    living, lost = (f for f in machine.check(Machine(HOST, (CARD,)), facts) if f.topic == "gpu")
    assert (living.level, lost.level) == (Level.OK, Level.WARNING)
    assert "1, 3" in said(lost.text)
    assert "没有响应" in lost.text.zh
    assert lost in machine.check(Machine(HOST), facts)


def test_crashes_are_remembered_the_last_ones() -> None:
    notes = tuple(Crash(f"llamacpp 1 x86_64 m{n}", 1e9 + n, "SIGSEGV") for n in range(9))
    found = list(engines.check_crashes(notes))
    assert len(found) == engines.SHOWN_CRASHES
    assert "m8" in said(found[-1].text)
    assert "x86_64" not in said(found[-1].text)
    assert "SIGSEGV" in said(found[-1].text)
    assert said(found[-1].remedy).endswith("assistant engines install llamacpp")
