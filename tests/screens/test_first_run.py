"""The first time: a problem is solved, a model is pulled, and nobody is kept from the chat."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub import Accident, Hub
from model_screens import FILE, MICRO, REPO, app_for, on_machine, opened, small_machine
from screens import run
from storing import sealed_hub
from textual import events
from textual.widgets import Input, OptionList

from assistant import firstrun, paths
from assistant.settings import Settings, change_settings, read_settings
from runtimes.texts import Lang
from tui.messages import JobEnded, JobMoved, Solved
from tui.screens.chat import ChatScreen
from tui.screens.first_run import FirstRunScreen
from tui.solving.work import Attempt, Solver


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    on_machine(monkeypatch, small_machine())


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as served:
        served.add(REPO, {FILE: MICRO.read_bytes()})
        yield served


@pytest.mark.slow
def test_solve_pull_and_go_on_by_the_keys_on_the_screen(hub: Hub) -> None:
    hub.plan(FILE, Accident(pace=700_000))

    async def journey() -> None:
        async with opened(app_for(welcome=True)) as screens:
            await screens.until_shown("Welcome.")
            assert "Ctrl-N next" in screens.text
            assert "Esc skip" in screens.text
            await screens.press("enter")
            await screens.until_shown("x = 2 or x = 3")
            assert screens.text.count("✓") >= 3
            assert screens.count(Solved) == 1
            await screens.press("ctrl+n")
            await screens.until_shown("DeepSeek-R1-Distill-Qwen-1.5B (r1-qwen-1.5b), 1.11 GB")
            await screens.until_shown("█ weights 1.04 GiB")
            assert "min at 10 MB/s" in screens.text
            await screens.press("enter")
            await screens.until_shown("kB/s")
            await screens.until_shown("Go on to the chat meanwhile")
            await screens.until_shown("● r1-qwen-1.5b is on this disk and answers in the chat")
            await screens.until_shown("KV cache 8 MiB")  # of the real file
            assert screens.count(JobMoved)
            assert screens.count(JobEnded) == 1
            assert read_settings(paths.settings_file()).default_model == "r1-qwen-1.5b"
            await screens.press("enter")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")
            await screens.until_shown("r1-qwen-1.5b")
            await screens.until(lambda: not firstrun.is_fresh(), "it is remembered")

    run(journey)


@pytest.mark.slow
def test_one_key_skips_it_and_it_never_comes_again() -> None:
    async def first() -> None:
        async with opened(app_for(welcome=True)) as screens:
            await screens.until_shown("Welcome.")
            await screens.press("escape")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")
            await screens.until(lambda: not firstrun.is_fresh(), "it is remembered")

    async def second() -> None:
        async with opened(app_for(welcome=True)) as screens:
            assert isinstance(screens.app.screen, ChatScreen)

    run(first)
    run(second)


def test_the_model_that_was_gone_to_is_taken_however_quickly(hub: Hub) -> None:
    async def journey() -> None:
        async with opened(app_for(welcome=True)) as screens:
            await screens.until_shown("Welcome.")
            await screens.press("ctrl+n")
            await screens.until_shown("Try micro")
            for key in ("down", "enter"):
                screens.app.post_message(events.Key(key, None).set_sender(screens.app))
            await screens.until_shown("micro answers in the chat from now on")
            assert screens.count(JobMoved) == 0

    run(journey)


def test_it_is_not_in_the_way_of_who_has_settings() -> None:
    change_settings(paths.settings_file(), Settings(history_days=3))

    async def journey() -> None:
        async with opened(app_for(welcome=True)) as screens:
            assert isinstance(screens.app.screen, ChatScreen)

    run(journey)


@pytest.mark.slow
def test_a_home_that_cannot_be_written_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(Path, "mkdir", refuse)

    async def journey() -> None:
        async with opened(app_for(welcome=True)) as screens:
            await screens.until_shown("Welcome.")
            await screens.press("escape")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")

    assert not firstrun.remember()
    run(journey)


@pytest.mark.slow
def test_an_own_problem_and_one_that_cannot_be_read() -> None:
    async def journey() -> None:
        async with opened(app_for(welcome=True, lang=Lang.ZH)) as screens:
            await screens.until_shown("欢迎")
            await screens.press("down")
            field = screens.app.screen.query_one("#asked", Input)
            assert "不定积分" in field.placeholder
            await screens.press("up")
            await screens.press(*"2x=(((", "enter")
            await screens.until_shown("2x=(((")
            await screens.until(lambda: screens.count(Solved) == 1, "an answer")
            await screens.until_shown("^")
            assert screens.app.focused is field
            await screens.press("ctrl+u", *"2x+3=11", "enter")
            await screens.until_shown("x = 4")
            await screens.until_shown("已证明")

    run(journey)


@pytest.mark.slow
def test_a_solution_that_comes_late_leaves_the_choice_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = threading.Event()
    solve = Solver._run

    def slowly(self: Solver, running: Attempt) -> None:
        late.wait(30)
        solve(self, running)

    monkeypatch.setattr(Solver, "_run", slowly)

    async def journey() -> None:
        async with opened(app_for(welcome=True, offline=True)) as screens:
            await screens.until_shown("Welcome.")
            await screens.press("enter", "ctrl+n")
            await screens.until_shown("Try micro")
            late.set()
            await screens.until(lambda: screens.count(Solved) == 1, "the solution")
            choice = screens.app.screen.query_one("#choice", OptionList)
            await screens.until(
                lambda: screens.app.screen.query(".answer"), "it is there, behind this page"
            )
            assert screens.app.focused is choice
            await screens.press("down", "enter")
            await screens.until(lambda: screens.app.desk.model_name == "micro", "the choice")

    run(journey)


@pytest.mark.slow
def test_offline_the_pull_is_not_offered(hub: Hub) -> None:
    async def journey() -> None:
        async with opened(app_for(welcome=True, offline=True)) as screens:
            await screens.until_shown("Welcome.")
            await screens.press("ctrl+n")
            await screens.until_shown("not now, the network must not be used")
            await screens.press("enter")
            assert isinstance(screens.app.screen, FirstRunScreen)
            await screens.press("down", "enter")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")
            await screens.until(lambda: screens.app.desk.model_name == "micro", "the toy")
            assert hub.requests == []

    run(journey)


@pytest.mark.slow
def test_a_pull_that_was_begun_goes_on_in_the_chat(hub: Hub) -> None:
    hub.plan(FILE, Accident(pace=500_000))

    async def journey() -> None:
        async with opened(app_for(welcome=True)) as screens:
            await screens.press("ctrl+n")
            await screens.until_shown("Pull r1-qwen-1.5b")
            await screens.press("enter")
            await screens.until_shown("kB/s")
            await screens.press("ctrl+n")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")
            await screens.until_shown("r1-qwen-1.5b is on this disk and")
            await screens.until(lambda: screens.app.desk.model_name == "r1-qwen-1.5b")

    run(journey)


@pytest.mark.slow
def test_a_stopped_pull_is_offered_again(hub: Hub) -> None:
    hub.plan(FILE, Accident(pace=200_000))

    async def journey() -> None:
        async with opened(app_for(welcome=True)) as screens:
            await screens.press("ctrl+n")
            await screens.until_shown("Pull r1-qwen-1.5b")
            await screens.press("enter")
            await screens.until_shown("kB/s")
            await screens.press("escape")
            await screens.until_shown("pulling again goes on from there")
            await screens.until_shown("Pull r1-qwen-1.5b")

    run(journey)


@pytest.mark.slow
def test_a_narrow_terminal_shows_the_way_on_beside_the_steps() -> None:
    async def journey() -> None:
        async with opened(app_for(welcome=True), size=(40, 20)) as screens:
            await screens.until_shown("Welcome.")
            await screens.press("enter")
            await screens.until_shown("Enter details")
            bar = screens.text.splitlines()[-1]
            assert "Ctrl-N next" in bar
            assert "F1 help" in bar

    run(journey)
