"""The screen of the models: the list, the memory bar, and what is done by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hub import Accident, Hub
from model_screens import (
    FILE,
    GIB,
    MICRO,
    REPO,
    app_for,
    ended,
    go_to,
    on_machine,
    opened,
    small_machine,
    to_models,
)
from screens import run
from storing import sealed_hub
from textual.widgets import Input
from tiny_gguf import gguf, small

from assistant import paths
from assistant.settings import read_settings
from runtimes.errors import Offline
from runtimes.installer.trial import Trial
from runtimes.texts import Lang
from runtimes.types import (
    Accelerator,
    Device,
    Fit,
    KvType,
    Machine,
    MemoryPlan,
    Placement,
)
from tui.messages import ContextChosen, Forecast, JobMoved
from tui.models.jobs import Task
from tui.widgets.memorybar import MemoryBar
from tui.widgets.modelfacts import KvChoice
from tui.widgets.tabs import Tab


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    on_machine(monkeypatch, small_machine())


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as served:
        served.add(REPO, {FILE: MICRO.read_bytes()})
        yield served


@pytest.mark.slow
def test_the_list_shows_what_fits_and_the_bar_what_it_takes() -> None:
    async def journey() -> None:
        async with opened(app_for()) as screens:
            screen = await to_models(screens)
            assert screen.rows.item is not None
            assert screen.rows.item.name == "r1-qwen-1.5b"
            await screens.until_shown("12 GiB of 16 GiB memory free")
            await screens.until_shown("← recommended here")
            await screens.until_shown("fits, on the processor")
            for sign, part in zip(
                "█▓▒░·", ("weights", "KV", "comp", "reserve", "left"), strict=True
            ):
                await screens.until_shown(f"{sign} {part}")
            assert "r1-llama-70b" not in screens.text
            await screens.press("x")
            await go_to(screens, "r1-llama-70b")
            await screens.until_shown("! does not fit")
            await screens.until_shown("missing")
            assert "!!" in screens.text

    run(journey)


@pytest.mark.slow
def test_the_slider_and_the_kv_type_move_the_bar() -> None:
    async def journey() -> None:
        async with opened(app_for()) as screens:
            screen = await to_models(screens)
            await screens.until_shown("32768 of 131072 tokens, as is useful")
            before = len(screens.messages)
            await screens.press("right")
            await screens.until_shown("49152 of 131072 tokens")
            await screens.press("right", "left", "left")
            await screens.until_shown("32768 of 131072 tokens")
            assert "as is useful" not in screens.text
            moved = [m.tokens for m in screens.messages[before:] if isinstance(m, ContextChosen)]
            assert moved == [49152, 65536, 49152, 32768]
            await screens.until_shown("KV cache 896 MiB")
            await screens.press("k", "k")
            await screens.until_shown("[q8_0]")
            await screens.until_shown("KV cache 476 MiB")
            last = [m for m in screens.messages if isinstance(m, Forecast)][-1]
            assert last.answer.question.wish.kv_type is KvType.Q8_0
            await screens.press("0")
            await screens.until_shown("as is useful")
            slider = screen.facts.slider
            await screens.pilot.click(slider, offset=(12, 0))
            await screens.until(lambda: "as is useful" not in screens.text, "a click on the rail")
            chosen = screen.chosen
            assert chosen is not None
            assert chosen.wish.context is not None
            assert chosen.wish.context < 8192

    run(journey)


@pytest.mark.slow
def test_a_window_that_does_not_fit_says_what_would(monkeypatch: pytest.MonkeyPatch) -> None:
    on_machine(monkeypatch, small_machine(4 * GIB))

    async def journey() -> None:
        async with opened(app_for(lang=Lang.ZH)) as screens:
            await screens.press("f6")
            await screens.until_shown("放得下")
            await screens.press("k", *["right"] * 12)
            await screens.until_shown("! 放不下")
            await screens.until_shown("可行：")
            await screens.until_shown("还缺")

    run(journey)


@pytest.mark.slow
def test_pull_stop_resume_verify_use_and_remove_by_keys(hub: Hub) -> None:
    hub.plan(FILE, Accident(pace=250_000))

    async def journey() -> None:
        async with opened(app_for()) as screens:
            screen = await to_models(screens)
            await screens.press("p")
            await screens.until_shown("kB/s")
            assert "pulling r1-qwen-1.5b" in screens.text
            await screens.press("v", "p")
            await screens.until_shown("r1-qwen-1.5b goes on; stop it first")
            await screens.press("escape")
            stopped = await ended(screens, Task.PULL)
            assert stopped.job.said is None
            assert stopped.job.failure is None
            assert stopped.job.done > 0
            await screens.until_shown("pulling again goes on from there")
            await screens.press("p")
            await screens.until_shown("● r1-qwen-1.5b is on this disk")
            assert any(request.start > 0 for request in hub.fetched(FILE)), "it began anew"
            assert screens.count(JobMoved) > 2
            await screens.until_shown("● r1-qwen-1.5b")
            await screens.until_shown("8192 of 8192")  # the real file says so
            await screens.press("v")
            await screens.until_shown("files checked: 1, all good")
            await screens.press("s")
            await screens.until_shown("★● r1-qwen-1.5b")
            assert read_settings(paths.settings_file()).default_model == "r1-qwen-1.5b"
            await screens.press("right", "left", "c")
            await screens.until_shown("▶★● r1-qwen-1.5b")
            assert screens.app.desk.model_name == "r1-qwen-1.5b"
            assert screen.chosen is not None
            assert screens.app.desk.wishes["r1-qwen-1.5b"] == screen.chosen.wish
            await screens.press("d")
            await screens.until_shown("Remove r1-qwen-1.5b from this disk? That frees 742 kB.")
            await screens.press("n", "d", "y")
            await screens.until_shown("r1-qwen-1.5b is removed, 742 kB are free again")
            assert not list((paths.models_folder()).rglob("*.gguf"))

    run(journey)


@pytest.mark.slow
def test_offline_nothing_is_asked(hub: Hub) -> None:
    async def journey() -> None:
        async with opened(app_for(offline=True)) as screens:
            await to_models(screens)
            await screens.press("p")
            end = await ended(screens, Task.PULL)
            assert isinstance(end.job.failure, Offline)
            await screens.until_shown("! r1-qwen-1.5b:")
            await screens.press("e")
            await screens.until_shown("ollama  not asked: offline")
            assert hub.requests == []

    run(journey)


@pytest.mark.slow
def test_a_hub_that_fails_is_a_message_with_a_remedy(hub: Hub) -> None:
    hub.repos.clear()

    async def journey() -> None:
        async with opened(app_for()) as screens:
            await to_models(screens)
            await screens.press("p")
            end = await ended(screens, Task.PULL)
            assert end.job.failure is not None
            await screens.until_shown("try: ")
            await screens.press("down")
            assert "! r1-qwen-1.5b" in screens.text

    run(journey)


@pytest.mark.slow
def test_a_model_of_ones_own_is_added_and_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(gguf(small()))

    async def journey() -> None:
        async with opened(app_for()) as screens:
            screen = await to_models(screens)
            await screens.press("a", "enter")
            await screens.until_shown("which model?")
            source = screens.app.screen.query_one("#source", Input)
            source.value = "file:/nowhere/x.gguf"
            await screens.press("enter")
            await screens.until_shown("/nowhere/x.gguf")
            await screens.until_shown("there is no")
            source.value = str(path)  # its form may be left away
            await screens.press("tab", *"mine", "enter")
            await screens.until_shown("added as mine")
            assert screen.rows.item is not None
            assert screen.rows.item.name == "mine"  # the cursor is on it
            await screens.until_shown("fits, on the processor")
            await screens.press("delete")
            await screens.until_shown("Take mine out of the catalogue?")
            await screens.press("y")
            await screens.until_shown("mine is no longer in the catalogue")
            assert path.exists()
            await screens.press("a", "escape")
            await screens.until_shown("Models")

    run(journey)


@pytest.mark.slow
def test_names_from_outside_are_drawn_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "\x1b[2J[red]\u202eGPU\x07"
    gpu = Accelerator(device=Device.VULKAN, index=0, name=evil, total=GIB, free=GIB)
    on_machine(monkeypatch, Machine(small_machine().host, (gpu,)))

    async def journey() -> None:
        async with opened(app_for(), size=(140, 40)) as screens:
            screen = await to_models(screens)
            await screens.until_shown("�[2J[red]�GPU�")
            await screens.press("a")
            screens.app.screen.query_one(Input).value = f"file:/nowhere/{evil}.gguf"
            await screens.press("enter")
            await screens.until_shown("there is no")
            assert not set("\x1b\u202e\x07") & set(screens.text)
            await screens.press("escape")
            screen.facts.query_one(MemoryBar).show(
                _plan_on(0), Machine(small_machine().host, (gpu,))
            )
            await screens.until_shown("�[2J[red]�GPU� ")
            assert not set("\x1b\u202e\x07") & set(screens.text)

    run(journey)


def _plan_on(accelerator: int) -> MemoryPlan:
    placement = Placement(
        accelerator=accelerator,
        layers=1,
        weight_bytes=GIB // 2,
        kv_bytes=1,
        compute_bytes=1,
        reserve_bytes=1,
        free=GIB,
    )
    return MemoryPlan(
        fit=Fit.GPU,
        context=64,
        kv_type=KvType.F16,
        layers_on=1,
        weight_bytes=GIB // 2,
        kv_bytes=1,
        compute_bytes=1,
        reserve_bytes=1,
        placements=(placement,),
    )


@pytest.mark.slow
def test_tabs_and_choices_by_mouse_and_leaving_in_the_middle_of_a_pull(hub: Hub) -> None:
    hub.plan(FILE, Accident(times=-1, pace=50_000))

    async def journey() -> None:
        async with opened(app_for()) as screens:
            screen = await to_models(screens)
            await screens.pilot.click(screen.query(Tab).last())
            await screens.until_shown("scripted  ready")
            await screens.pilot.click(screen.query(Tab).first())
            await screens.until_shown("[auto")
            await screens.pilot.click(KvChoice)
            await screens.until_shown("[f16]")
            await screens.press("p")
            await screens.until_shown("pulling r1-qwen-1.5b")
            await screens.until(lambda: hub.fetched(FILE), "the first bytes")
            screens.app.exit()
        assert screens.app.jobs.running is None

    run(journey)


@pytest.mark.slow
def test_a_fault_of_ours_is_told_and_the_app_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("what")

    async def journey() -> None:
        async with opened(app_for()) as screens:
            await to_models(screens)
            monkeypatch.setattr("assistant.modelchoice.set_default", broken)
            await screens.press("s")
            await screens.until_shown("something went wrong inside the program")
            monkeypatch.setattr("tui.models.work.plan_parts", broken)
            await screens.press("down")
            await screens.until_shown("KeyError")

    run(journey)


@pytest.mark.slow
def test_engines_and_their_remedies() -> None:
    async def journey() -> None:
        async with opened(app_for(), size=(120, 40)) as screens:
            await to_models(screens)
            await screens.press("e")
            await screens.until_shown("scripted  ready")
            for _ in range(5):
                await screens.press("down")
                await screens.press("y")
            assert screens.app.clipboard != "" or "→" not in screens.text
            await screens.until_shown("Esc back")
            await screens.press("escape")
            await screens.until_shown("r1-qwen-7b")

    run(journey)


@pytest.mark.slow
def test_a_model_is_loaded_and_unloaded() -> None:
    pytest.importorskip("llama_cpp")

    async def journey() -> None:
        async with opened(app_for(real=True)) as screens:
            await to_models(screens)
            await go_to(screens, "micro")
            await screens.press("left", "l")
            end = await ended(screens, Task.LOAD)
            assert end.job.failure is None, end.job.failure
            await screens.until_shown("micro is loaded")
            model = screens.app.desk.loaded
            assert model is not None
            assert model.context == 6144
            await screens.until_shown("measured on")
            assert "l load" not in screens.text
            await screens.press("left")
            await screens.until_shown("l load")
            await screens.press("l")
            await screens.until(lambda: screens.app.desk.loaded not in (None, model), "anew")
            model = screens.app.desk.loaded
            assert model is not None
            assert model.context == 4096
            await screens.until_shown("micro is loaded")
            await screens.press("u")
            await screens.until_shown("micro is unloaded")
            assert screens.app.desk.loaded is None
            await screens.until(lambda: "micro is loaded" not in screens.text)

    run(journey)


@pytest.mark.slow
def test_the_machine_is_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.probing.try_engine", lambda name: Trial(name, 0.1))

    async def journey() -> None:
        async with opened(app_for(), size=(100, 60)) as screens:
            await to_models(screens)
            await screens.press("e")
            await screens.until_shown("scripted  ready")
            await screens.press("t")
            await screens.until_shown("Python: ")
            screens.app.use_language(Lang.ZH)
            await screens.until_shown("内存：")
            screens.app.use_language(Lang.EN)
            await ended(screens, Task.EXAMINE)
            await screens.until_shown("this machine is examined")

    run(journey)
