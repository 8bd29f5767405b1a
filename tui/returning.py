"""Coming back to where one was: the draft, the conversation, the screen."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from runtimes.errors import RuntimeFailure
from tui import garbage
from tui.messages import Asked
from tui.rooms import ROOMS

if TYPE_CHECKING:
    from tui.screens.chat import ChatScreen


async def come_back(chat: ChatScreen) -> None:
    """After the first frame: load what a question needs, and put back what was left, or say what
    can be done."""
    await _put_back(chat)
    if chat.is_running:
        await chat.transcript.welcome()


async def _put_back(chat: ChatScreen) -> None:
    await asyncio.to_thread(_get_ready)
    garbage.pause()
    desk = chat.app.desk
    kept = desk.kept
    if kept is None:
        return
    left = await asyncio.to_thread(kept.open)
    if not chat.is_running:
        return
    typed = chat.composer.text
    if left.text or left.pasted:
        chat.composer.restore(Asked(left.text, left.pasted))
    for text, pasted in reversed(left.asked):
        chat.composer.restore(Asked(text, pasted))
    chat.keeping.draft()
    chat.keeping.asked()
    draft = chat.composer.text
    await _recall(chat)
    untouched = not chat.turns.busy and not chat.transcript.exchanges
    if desk.setup.fresh or not untouched:
        return
    if left.conversation is not None:
        try:
            await chat.open(left.conversation)
        except RuntimeFailure:
            desk.new_session()  # it was deleted
    if not (chat.is_running and chat.is_current):
        return
    begun = typed or chat.composer.text != draft or kept.now.room != left.room
    if left.room in {room.name for room in ROOMS} and not begun:  # else they stay here
        await chat.app.action_room(left.room)


async def _recall(chat: ChatScreen) -> None:
    """What was asked before, in other conversations too, can be gone back to."""
    with suppress(RuntimeFailure):  # whoever needs the history itself is told
        before = await asyncio.to_thread(lambda: chat.app.desk.history().asked())
        if chat.is_running:
            recall = chat.composer.draft.recall
            recall.replace((*before, *recall.sent))


def _get_ready() -> None:
    """What takes longer to load than all that the first frame needs."""
    for module in ("tui.widgets.exchange", "assistant.session.session"):
        import_module(module)
