"""Screens that are put together or taken down offer nothing: their parts are not there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from screens import run, running
from textual.binding import Binding
from textual.widgets import Input, TextArea
from turns import script

from tui.rooms import ROOMS, Room
from tui.screens.base import AppScreen

OURS = [room for room in ROOMS if room.name != "chat"]


def actions(screen: AppScreen[None]) -> list[str]:
    """All that its keys do."""
    return [one.action for one in screen.BINDINGS if isinstance(one, Binding)]


async def asked_all_the_while(screen: AppScreen[None]) -> None:
    """A line of keys asks what can be done, whichever part is the next to go."""
    while screen.is_running or screen.is_attached:
        for action in actions(screen):
            screen.check_action(action, ())
        await asyncio.sleep(0)


@pytest.mark.parametrize("room", OURS, ids=lambda room: room.name)
def test_nothing_is_offered_before_and_after(room: Room) -> None:
    async def journey() -> None:
        async with running() as screens:
            bare = room.open()
            assert isinstance(bare, AppScreen)
            assert not any(bare.check_action(action, ()) for action in actions(bare))
            await screens.app.push_screen(bare)
            await screens.until(lambda: bare.is_mounted, "its parts")
            assert any(bare.check_action(action, ()) for action in actions(bare))
            asking = asyncio.create_task(asked_all_the_while(bare))
            await screens.app.pop_screen()
            await asking
            assert not any(bare.check_action(action, ()) for action in actions(bare))

    run(journey)


HELLO = [{"text": "Hello."}]
STEPS = [{"text": "$2x + 3 = 11$\n\n$2x = 8$\n\n$x = 4$\n"}]


def test_the_way_to_the_steps_is_offered_where_there_are_some(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, HELLO, STEPS)) as screens:
            assert not screens.chat.offers("steps")
            await screens.ask("tell me something")
            await screens.answered()
            assert not screens.chat.offers("steps")
            await screens.ask("2x + 3 = 11")
            await screens.answered(2)
            assert screens.chat.offers("steps")
            await screens.press("ctrl+t")
            assert screens.chat.offers("steps")  # the way back

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("room", ["solve", "tutor", "history"])
def test_what_is_copied_is_told(room: str) -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.app.action_room(room)
            await screens.until(lambda: isinstance(screens.app.focused, TextArea | Input), room)
            await screens.press("2", "x", "ctrl+c")
            assert "copied" not in screens.text
            await screens.press("shift+home", "ctrl+c")
            await screens.until_shown("copied")
            assert screens.app.clipboard == "2x"

    run(journey)
