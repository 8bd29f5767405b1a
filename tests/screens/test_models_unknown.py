"""The screen of the models: the one that answers, and where it cannot be told which there are."""

from __future__ import annotations

import pytest
from model_screens import app_for, on_machine, opened, small_machine, to_models
from screens import run
from turns import means

from assistant import paths
from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.messages import Told


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    on_machine(monkeypatch, small_machine())


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_a_damaged_catalogue_of_the_users_is_told_and_stays_told(lang: Lang) -> None:
    overlay = paths.overlay_file()
    overlay.parent.mkdir(parents=True)
    overlay.write_text("[model", encoding="utf-8")

    async def journey() -> None:
        async with opened(app_for(lang=lang), size=(160, 24)) as screens:
            await screens.press("f6")
            await screens.until_told("models.toml")
            assert [m for m in screens.messages if isinstance(m, Told) and m.wrong]
            screens.app.clear_notifications()
            await screens.until(lambda: "▌" not in screens.text, "the notice gone")
            assert str(overlay)[:40] in screens.text
            await screens.press("p", "c", "right", "k", "d", "e", "e")

    run(journey)


def test_a_fault_of_ours_is_told_in_the_place_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no driver")

    monkeypatch.setattr("assistant.overview.probe_machine", fail)

    async def journey() -> None:
        async with opened(app_for()) as screens:
            await screens.press("f6")
            await screens.until_told("no driver")
            assert "looking at this computer" not in screens.text

    run(journey)


@pytest.mark.slow
def test_the_cursor_goes_to_the_model_that_answers_whatever_form_it_has() -> None:
    async def journey() -> None:
        setup = Setup(lang=Lang.EN, model="micro:q8_0", means=lambda: means(None))
        async with opened(AssistantApp(setup)) as screens:
            screen = await to_models(screens)
            await screens.until_shown("▶ ● micro")
            assert screen.chosen is not None
            assert screen.chosen.item.name == "micro"
            await screens.until_shown("· llamacpp ·")

    run(journey)
