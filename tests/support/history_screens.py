"""The screen of earlier conversations, and conversations for it."""

from __future__ import annotations

from screens import Screens

from assistant.history import ConversationId, History
from tui.screens.history import HistoryScreen


def talk(history: History, *turns: tuple[str, str], thought: str = "") -> ConversationId:
    number = history.begin()
    above = None
    for question, answer in turns:
        writer = history.answer(history.ask(number, above, question), "micro")
        writer.reasoning(thought)
        writer.text(answer)
        writer.close("stop")
        above = writer.id
    return number


def titles(screens: Screens) -> list[str]:
    screen = screens.app.screen
    assert isinstance(screen, HistoryScreen)
    found = screen.found
    return [
        str(found.get_option_at_index(n).prompt).splitlines()[0] for n in range(found.option_count)
    ]


async def at_history(screens: Screens, shown: str) -> None:
    await screens.press("f7")
    await screens.until_shown(shown)
