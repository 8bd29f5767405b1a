"""The app on a terminal that nobody sees, driven by keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from textual.message import Message
from textual.notifications import Notification, Notify
from textual.pilot import Pilot
from turns import means

from assistant.session.options import TurnOptions
from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.messages import TurnEnded
from tui.pictures.terminal import Graphics
from tui.screens.chat import ChatScreen
from tui.widgets.steps import StepList

Lines = list[dict[str, object]]
ASK = "Please explain how to solve 3x - 5 = 10 in words"
RIGHT: Lines = [
    {"reasoning": "Let me see what 3x is.\n"},
    {"text": "We solve it.\n\n$3x - 5 = 10$\n\n$3x = 15$\n\n$x = 5$\n"},
]
WRONG_THEN_RIGHT: tuple[Lines, Lines] = (
    [{"text": "$3x - 5 = 10$\n\n"}, {"text": "$3x = 16$\n\n"}, {"text": "So far.\n", "after": 2}],
    [{"text": "$3x = 15$\n\n$x = 5$\n"}],
)
LONG: Lines = [
    {"reasoning": "Let me try x = 3. "},
    *({"text": f"word{n} ", "after": 0.02} for n in range(400)),
]
USUAL = TurnOptions(lang=Lang.EN, exact_first=False)
PATIENCE = 45.0
"""Seconds that a test waits for what must come: on a busy machine the first check does, until the
process that computes has started."""


@dataclass
class Screens:
    """A running app, the messages of ours that it has seen, and its notices, gone or not."""

    app: AssistantApp
    pilot: Pilot[None]
    messages: list[Message] = field(default_factory=list)
    told: list[Notification] = field(default_factory=list)

    @property
    def chat(self) -> ChatScreen:
        """The chat."""
        screen = self.app.screen
        assert isinstance(screen, ChatScreen)
        return screen

    @property
    def text(self) -> str:
        """What is on the screen, as lines."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    def count(self, kind: type[Message]) -> int:
        """How many messages of a kind were seen."""
        return sum(isinstance(message, kind) for message in self.messages)

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait for it."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not holds():
            assert loop.time() < end, f"it did not come: {what}\n{self.text}"
            await asyncio.sleep(0.05)

    async def until_shown(self, words: str) -> None:
        """Wait until these words are on the screen."""
        await self.until(lambda: words in self.text, words)

    async def until_told(self, words: str) -> None:
        """Wait for a notice with these words; on the screen its lines break anywhere.  One that
        is gone again counts once."""

        def found() -> bool:
            for notice in self.told:
                if words in notice.message:
                    self.told.remove(notice)
                    return True
            return any(words in notice.message for notice in self.app._notifications)

        await self.until(found, words)

    async def press(self, *keys: str) -> None:
        """Press keys; unlike the pilot it does not wait until the processor is idle."""
        await self.app._press_keys(keys)
        await asyncio.sleep(0.1)

    async def ask(self, question: str) -> None:
        """Type a question, and send it."""
        self.chat.composer.draft.text = question
        await self.press("enter")

    async def answered(self, turns: int = 1) -> None:
        """Wait until so many turns are over and drawn."""
        await self.until(lambda: self.count(TurnEnded) >= turns, "the end of the turn")
        await self.until(lambda: not self.chat.turns.busy, "the end of the turn on the screen")
        await asyncio.sleep(0.1)


@asynccontextmanager
async def running(
    model: str | None = None,
    *,
    lang: Lang = Lang.EN,
    size: tuple[int, int] = (100, 40),
    options: TurnOptions = USUAL,
    theme: str = "dark",
    incognito: bool = True,
    fresh: bool = False,
    context: int | None = None,
    graphics: Graphics | None = None,
) -> AsyncIterator[Screens]:
    """The app over a scripted model, or without one; nothing of it is kept, unless it is not
    ``incognito``.  ``context``: tokens of the model's window; ``graphics``: formulas are
    pictures, on such a terminal."""
    setup = Setup(
        lang=lang,
        model=model or "",
        options=options,
        incognito=incognito,
        fresh=fresh,
        theme=theme,
        means=lambda: means(model, context=context),
        pictures=graphics is not None,
        graphics=graphics,
    )
    app = AssistantApp(setup)
    seen: list[Message] = []
    told: list[Notification] = []
    known: set[int] = set()

    def note(message: Message) -> None:
        if isinstance(message, Notify) and message.notification not in told:
            told.append(message.notification)
        ours = type(message).__module__.startswith("tui.")
        if ours and id(message) not in known:  # it comes by once a widget
            known.add(id(message))
            seen.append(message)

    async with app.run_test(size=size, notifications=True, message_hook=note) as pilot:
        await pilot.pause()
        yield Screens(app, pilot, seen, told)


async def typed(screens: Screens, text: str) -> None:
    """Type a text into the chat's field; all but its last letter at once."""
    screens.chat.composer.draft.insert(text[:-1])
    await screens.press(text[-1])


def run(journey: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a journey to its end."""
    asyncio.run(journey())


def marks(screens: Screens) -> list[str]:
    """The marks of the first steps."""
    steps = screens.chat.query_one(StepList)
    return [str(steps.get_option_at_index(n).prompt)[:1] for n in range(steps.option_count)]
