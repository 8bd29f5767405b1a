"""Screens that are put together or taken down offer nothing: their parts are not there."""

from __future__ import annotations

import asyncio

import pytest
from screens import run, running
from textual.binding import Binding

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
