"""The settings screen: every row by keys, what holds at once, what cannot be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from screens import ASK, RIGHT, Screens, run, running
from textual.widgets import Input
from turns import script

from assistant.coding.trial import TestOutcome
from assistant.coding.types import JudgedTest, Origin
from assistant.settings import THEMES, Settings, change_settings, read_settings
from runtimes.texts import Lang
from tui.rendering import codereport
from tui.screens.settings import SettingsScreen
from tui.settable import NOT_BOTH, SETTINGS, changed, read_value, stepped, value_of
from tui.settled import Wanted, setup_for
from tui.themes import SCHEMES, scheme_named

AT = {setting.key: n for n, setting in enumerate(SETTINGS)}
BY_KEY = {setting.key: setting for setting in SETTINGS}


@pytest.fixture(autouse=True)
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test sets is taken back."""
    monkeypatch.setenv("ASSISTANT_OFFLINE", "")


async def go_to(screens: Screens, key: str) -> SettingsScreen:
    """The screen, with a row chosen."""
    await screens.press("f8")
    await screens.until(lambda: isinstance(screens.app.screen, SettingsScreen))
    screen = screens.app.screen
    assert isinstance(screen, SettingsScreen)
    screen.list.highlighted = AT[key]
    await screens.press()
    return screen


def file_in(home: Path) -> Path:
    return home / "config" / "settings.toml"


def test_every_setting_of_the_app_has_a_row() -> None:
    assert set(BY_KEY) == set(Settings.__dataclass_fields__) - {"embedding_model"}
    assert {scheme.name for scheme in SCHEMES} == set(THEMES)


@pytest.mark.slow
def test_a_theme_holds_at_once_and_is_written_beside_what_is_not_known(own_home: Path) -> None:
    file_in(own_home).parent.mkdir(parents=True)
    file_in(own_home).write_text("# mine\nunknown = 7\n", encoding="utf-8")

    async def journey() -> None:
        async with running() as screens:
            await go_to(screens, "theme")
            await screens.press("right", "right")
            await screens.until(lambda: screens.app.theme == "textual-light")
            await screens.press("left")
            await screens.until(lambda: screens.app.theme == "textual-dark")
            await screens.press("enter")
            await screens.until(lambda: screens.app.theme == "textual-light")
            await screens.until_shown("written: Colours")
            text = file_in(own_home).read_text(encoding="utf-8")
            assert text == '# mine\nunknown = 7\ntheme = "light"\n'
            await screens.press("delete")
            await screens.until_shown("as the terminal can")
            assert file_in(own_home).read_text(encoding="utf-8") == "# mine\nunknown = 7\n"

    run(journey)


def test_what_a_turn_is_asked_with_holds_from_the_next_question(own_home: Path) -> None:
    async def journey() -> None:
        async with running() as screens:
            screen = await go_to(screens, "think")
            await screens.press("enter")
            await screens.press(*"12x")
            await screens.until_shown("a whole number from 0 to 131072")
            await screens.press("enter")
            assert isinstance(screens.app.screen.query_one(Input), Input)
            await screens.press("backspace", "enter")
            await screens.until(lambda: screens.app.desk.options.think == 12)
            await screens.until_shown("12 tokens")
            screen.list.highlighted = AT["vote"]
            await screens.press("right")
            await screens.until(lambda: screens.app.desk.options.samples == 3)
            screen.list.highlighted = AT["tools"]
            await screens.press("right")
            await screens.until_shown("a vote does not go with tools")
            assert not screens.app.desk.options.tools
            assert read_settings(file_in(own_home)) == Settings(think=12, vote=3)

    run(journey)


@pytest.mark.slow
def test_a_default_model_must_mean_something(own_home: Path) -> None:
    async def journey() -> None:
        async with running() as screens:
            await go_to(screens, "default_model")
            await screens.press("enter", *"micrro", "enter")
            await screens.until_shown("micrro")
            assert not file_in(own_home).exists()
            await screens.press("backspace", "backspace", "backspace", *"ro", "enter")
            await screens.until_shown("from the next start")
            assert read_settings(file_in(own_home)).default_model == "micro"

    run(journey)


def test_the_language_changes_at_once_and_is_written(own_home: Path) -> None:
    async def journey() -> None:
        async with running(lang=Lang.ZH) as screens:
            await go_to(screens, "language")
            await screens.press("right")
            await screens.until_shown("Language")

    run(journey)
    assert setup_for(Wanted(lang=Lang.ZH)).lang is Lang.EN
    assert setup_for(Wanted(lang=Lang.ZH, asked=True)).lang is Lang.ZH


def test_offline_holds_at_once(own_home: Path) -> None:
    async def journey() -> None:
        async with running() as screens:
            await go_to(screens, "offline")
            await screens.press("right")
            await screens.until(lambda: screens.app.desk.setup.offline)
            assert os.environ["ASSISTANT_OFFLINE"] == "1"
            await screens.press("f2")
            await screens.until_shown("offline")
            await screens.press("f8")
            await screens.press("right")
            await screens.until(lambda: not screens.app.desk.setup.offline)
            assert "ASSISTANT_OFFLINE" not in os.environ

    run(journey)


def test_a_first_click_chooses_and_a_second_changes() -> None:
    async def journey() -> None:
        async with running() as screens:
            screen = await go_to(screens, "language")
            place = (4, AT["tools"])
            await screens.pilot.click("#settings", offset=place)
            await screens.until(lambda: screen.list.highlighted == AT["tools"])
            assert not screens.app.desk.options.tools
            await screens.pilot.click("#settings", offset=place)
            await screens.until(lambda: screens.app.desk.options.tools)

    run(journey)


def test_the_line_of_keys_can_be_hidden() -> None:
    async def journey() -> None:
        async with running() as screens:
            await go_to(screens, "hide_keys")
            assert "commands" in screens.text
            await screens.press("right")
            await screens.until(lambda: "commands" not in screens.text)
            await screens.press("left")
            await screens.until_shown("commands")

    run(journey)


def test_a_damaged_file_is_told_and_left_alone(own_home: Path) -> None:
    file_in(own_home).parent.mkdir(parents=True)
    file_in(own_home).write_text("theme = 5\n", encoding="utf-8")

    async def journey() -> None:
        async with running() as screens:
            await go_to(screens, "theme")
            await screens.until_shown("theme")
            await screens.press("right")
            await screens.until_shown("correct the file")
            assert file_in(own_home).read_text(encoding="utf-8") == "theme = 5\n"

    run(journey)
    setup = setup_for(Wanted(lang=Lang.EN))
    assert setup.theme is None
    assert any("theme" in str(text.args) for text in setup.notices)


def test_a_folder_that_cannot_be_written_is_told_and_nothing_changes(own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config").write_text("a file, where a folder should be")

    async def journey() -> None:
        async with running() as screens:
            before = screens.app.theme
            await go_to(screens, "theme")
            await screens.press("right", "right")
            told = "cannot be read"  # the path before it may fill its line
            await screens.until(lambda: told in " ".join(screens.text.split()), told)
            assert screens.app.theme == before

    run(journey)


def test_a_screen_reader_hears_words_and_no_signs(tmp_path: Path, own_home: Path) -> None:
    change_settings(file_in(own_home), Settings(screen_reader=True))
    assert setup_for(Wanted(lang=Lang.EN)).screen_reader

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            screens.app.use_screen_reader(True)
            await screens.ask(ASK)
            await screens.answered()
            assert "proved: 3x = 15" in screens.text
            assert not {sign for sign in "✓│┃▌─" if sign in screens.text}, screens.text
            await go_to(screens, "offline")
            assert "Offline: off" in screens.text

    run(journey)


def test_a_screen_reader_hears_how_each_test_of_code_went() -> None:
    test = JudgedTest("double(3) gives 6", Origin.USER, TestOutcome.FAILED)

    async def journey() -> None:
        async with running() as screens:
            assert codereport._test(test, Lang.EN)[0] == "\n  ✗ double(3) gives 6"
            screens.app.use_screen_reader(True)
            assert codereport._test(test, Lang.EN)[0] == "\n  failed: double(3) gives 6"
            assert codereport._test(test, Lang.ZH)[0] == "\n  未通过： double(3) gives 6"

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 20), (20, 8)])
@pytest.mark.parametrize("lang", list(Lang))
def test_all_rows_can_be_reached_at_any_size(size: tuple[int, int], lang: Lang) -> None:
    async def journey() -> None:
        async with running(size=size, lang=lang) as screens:
            screen = await go_to(screens, "language")
            for setting in SETTINGS[1:]:
                await screens.press("down")
                for word in setting.title.template(lang).split():  # 20 columns hold a word or two
                    await screens.until_shown(word)
            assert screen.list.highlighted == len(SETTINGS) - 1

    run(journey)


def test_steps_go_round_and_a_typed_number_goes_to_its_neighbours() -> None:
    days = BY_KEY["history_days"]
    assert stepped(days, None, -1) == 365
    assert stepped(days, 365, 1) is None
    assert stepped(days, 31, 1) == 90
    assert stepped(days, 31, -1) == 30
    assert stepped(days, 5000, 1) is None
    assert value_of(Settings(tools=True), BY_KEY["tools"]) == 1


@pytest.mark.parametrize("typed", ["-1", "1.5", "1e3", "0", "36501", "９", "9" * 5000, "x\x1b[2J"])
def test_a_number_that_cannot_be_is_told(typed: str) -> None:
    assert not isinstance(read_value(BY_KEY["history_days"], typed), int)


def test_a_vote_of_one_goes_with_tools() -> None:
    one = changed(Settings(vote=1), BY_KEY["tools"], 1)
    assert one == Settings(vote=1, tools=True)
    assert changed(Settings(vote=2), BY_KEY["tools"], 1) == NOT_BOTH


def test_the_terminals_own_colours_are_light_where_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert scheme_named("terminal").name == "terminal-light"
    monkeypatch.setenv("COLORFGBG", "15;0")
    assert scheme_named("terminal").name == "terminal"
