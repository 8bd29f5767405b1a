"""Many earlier conversations, long ones, and one that opens under something else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from histories import fill
from history_screens import at_history, talk, titles
from screens import run, running

from assistant import paths
from assistant.history import History
from runtimes.texts import Lang
from tui.screens.chat import ChatScreen
from tui.widgets.choosing import Choice


@pytest.mark.slow
def test_a_list_of_many_conversations_grows_as_one_goes_down(history: History) -> None:
    for n in range(230):
        history.ask(history.begin(), None, f"question {n:03}")

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "question 229")
            assert len(titles(screens)) == 100
            for _ in range(40):
                await screens.app._press_keys(["pagedown"])
                await asyncio.sleep(0.02)
            await screens.until(lambda: len(titles(screens)) == 230)
            assert titles(screens)[-1] == "question 000"
            found = screens.app.screen.found  # type: ignore[attr-defined]
            found.highlighted = 190
            talk(history, ("from elsewhere", "two"))
            await screens.until(lambda: titles(screens)[0] == "from elsewhere")
            assert len(titles(screens)) >= 191
            assert str(found.get_option_at_index(found.highlighted).prompt)[:12] == "question 039"

    run(journey)


def test_a_conversation_opens_where_something_lies_over_the_chat(history: History) -> None:
    talk(history, ("the first question", "one"))

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await screens.app.push_screen(Choice("which", [("a", "A")], "a", Lang.EN))
            await at_history(screens, "the first question")
            await screens.press("enter")
            await screens.until(lambda: screens.app.current_mode == "chat", "the chat")
            await screens.press("escape")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")
            await screens.until_shown("the first question")

    run(journey)


@pytest.mark.slow
def test_ten_thousand_turns_open_at_their_end_and_go_back(own_home: Path) -> None:
    path = paths.history_file()
    path.parent.mkdir(parents=True)
    fill(path, 10_000, in_one=10_000)

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "10000 turns")
            await screens.press("enter")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen))
            await screens.until_shown("▸ thought")
            transcript = screens.chat.transcript
            assert len(transcript.exchanges) <= 20
            for _ in range(30):
                screens.app.simulate_key("pageup")
                await asyncio.sleep(0.1)
            assert len(transcript.exchanges) > 4
            assert len(list(screens.chat.query("*"))) < 250

    run(journey)
