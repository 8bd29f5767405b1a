"""Small screens over others: keys struck twice, a screen below or above, sizes that come fast."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path

import pytest
from screens import Screens, run, running
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from runtimes.texts import Lang
from tui.commands.palette import entries
from tui.screens.base import AppScreen, Overlay
from tui.screens.chat import ChatScreen
from tui.screens.help import HelpScreen
from tui.screens.palette import PaletteScreen
from tui.widgets.choosing import Choice
from tui.widgets.saving import SaveAs


def shown(screens: Screens) -> Screen[object]:
    return screens.app.screen


def test_an_overlay_that_is_left_twice_leaves_what_lies_below_it() -> None:
    async def journey() -> None:
        taken: list[str | None] = []
        async with running() as screens:
            lower = Choice("lower", [("a", "A")], "a", Lang.EN)
            upper = Choice("upper", [("b", "B")], "b", Lang.EN)
            await screens.app.push_screen(lower, taken.append)
            await screens.app.push_screen(upper, taken.append)
            upper.leave("b")
            upper.leave("b")
            await screens.until(lambda: shown(screens) is lower, "the one below")
            await screens.until(lambda: taken == ["b"], "what was taken")
            await screens.press("escape", "escape", "escape")
            await screens.until(lambda: isinstance(shown(screens), ChatScreen), "the chat")
            await screens.until(lambda: taken == ["b", None], "what was taken")

    run(journey)


def test_enter_struck_twice_takes_one_thing() -> None:
    async def journey() -> None:
        taken: list[str | None] = []
        async with running() as screens:
            choice = Choice("which", [("a", "A"), ("b", "B")], "b", Lang.EN)
            await screens.app.push_screen(choice, taken.append)
            rows = choice.query_one("RowList")
            rows.action_select()  # type: ignore[attr-defined]
            rows.action_select()  # type: ignore[attr-defined]
            await screens.until(lambda: isinstance(shown(screens), ChatScreen), "the chat")
            await screens.until(lambda: taken == ["b"], "what was taken")
            await screens.press("/", "m", "o")
            await screens.until(lambda: screens.chat.composer.choices.offered, "commands")
            screens.chat.composer.choices.action_select()
            screens.chat.composer.choices.action_select()
            await screens.until(lambda: screens.chat.composer.text == "/model ", "the command")

    run(journey)


def test_a_file_that_is_written_late_closes_its_own_question_alone(tmp_path: Path) -> None:
    async def journey() -> None:
        may, written = threading.Event(), []

        def write(path: Path, replace: bool) -> None:
            del replace
            may.wait(20)
            written.append(path)

        async with running() as screens:
            told: list[Path | None] = []
            save = SaveAs(write, tmp_path / "a.md", Lang.EN)
            await screens.app.push_screen(save, told.append)
            await screens.press("enter", "f1")
            await screens.until(lambda: isinstance(shown(screens), HelpScreen), "the help")
            may.set()
            await screens.until(lambda: written, "the file")
            await asyncio.sleep(0.2)
            assert isinstance(shown(screens), HelpScreen)
            await screens.press("f1")
            await screens.until(lambda: isinstance(shown(screens), ChatScreen), "the chat")
            await screens.until(lambda: told == [tmp_path / "a.md"], "the path")

    run(journey)


@pytest.mark.slow
def test_a_list_left_open_elsewhere_is_closed_where_the_language_changes() -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.press("f3")
            await screens.press("f9")
            await screens.until_shown("What is to be done")
            await screens.press("f8")
            await screens.until_shown("Language")
            screens.app.use_language(Lang.ZH)
            await screens.until_shown("语言")
            await screens.press("f3")
            await screens.until(lambda: "SolveScreen" in repr(shown(screens)), "to solve")
            await screens.until_shown("按题目要求")

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("room", ["f2", "f3", "f4", "f5", "f6", "f7", "f8"])
def test_a_terminal_of_one_column_is_survived(room: str) -> None:
    async def journey() -> None:
        async with running(size=(80, 24)) as screens:
            await screens.press(room)
            for keys in (("f1", "f1"), ("ctrl+p", "escape")):
                await screens.press(keys[0])
                await screens.pilot.resize_terminal(1, 1)
                await screens.pilot.resize_terminal(80, 24)
                await screens.press(keys[1])
            await screens.until(lambda: "F1" in screens.text, "the keys")

    run(journey)


def test_a_list_in_a_terminal_of_one_column_is_survived() -> None:
    async def journey() -> None:
        async with running(size=(80, 24)) as screens:
            await screens.app.push_screen(Choice("which", [("a", "a word")], "a", Lang.EN))
            await screens.pilot.resize_terminal(1, 1)
            await screens.pilot.resize_terminal(80, 24)
            await screens.until_shown("a word")

    run(journey)


class Nudge(Message):
    """Stands between others."""


class Restless(AppScreen[None]):
    """Has something to do after each size, as a screen with lists and breakpoints has."""

    sizes = 0

    def on_resize(self) -> None:
        self.sizes += 1
        assert self.sizes < 100, "sizes call one another up"
        self.post_message(Nudge())


class Veil(Overlay[None]):
    """Through which it is seen."""


def test_sizes_that_come_fast_come_to_an_end() -> None:
    async def journey() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            below = Restless()
            await app.push_screen(below)
            await app.push_screen(Veil())
            for size in (Size(40, 20), Size(80, 24)) * 2:
                below.post_message(events.Resize(size, size))
                below.post_message(Nudge())
            await pilot.pause()
            assert below.size == app.size == Size(80, 24)

    run(journey)


@pytest.mark.slow
def test_keys_that_come_before_an_overlay_is_there_do_nothing() -> None:
    async def journey() -> None:
        async with running() as screens:
            for key in ("pageup", "down", "escape"):
                for overlay in (HelpScreen(), PaletteScreen(entries(screens.app))):
                    waits = screens.app.push_screen(overlay)
                    for action in ("page(1)", "scroll(1)", "close", "move('page_up')"):
                        await screens.app.run_action(action, overlay)
                    await waits
                    await screens.until(partial(overlay.query, "*"), "its parts")
                    await screens.press(key, "escape")
                    await screens.until(lambda: isinstance(shown(screens), ChatScreen), "the chat")

    run(journey)


def test_a_click_on_what_was_just_taken_away_is_none() -> None:
    async def journey() -> None:
        async with running() as screens:
            line = Static("a word of it")
            await screens.chat.mount(line, before=0)
            await screens.until_shown("a word of it")
            x, y = line.region.offset
            line._parent = None  # as while it is removed
            press = (None, x, y, 0, 0, 1, False, False, False, x, y)
            screens.app.screen._forward_event(events.MouseDown(*press))
            line._parent = screens.chat
            screens.app.screen._forward_event(events.MouseDown(*press))

    run(journey)


def test_what_lies_below_an_overlay_stays_in_sight() -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.until_shown("Ask something")
            await screens.app.push_screen(Choice("which", [("a", "A")], "a", Lang.EN))
            assert shown(screens).is_modal
            assert shown(screens).styles.background.a < 1
            await screens.until(lambda: "which" in screens.text, "the list")

    run(journey)


def test_keys_at_the_end_do_nothing() -> None:
    async def journey() -> None:
        async with running() as screens:
            assert screens.chat.check_action("new", ())
            screens.app.exit()
            assert not screens.chat.check_action("new", ())

    run(journey)
