"""The field for problems: it is read while one types, and never holds up the typing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from screens import run
from suspending import suspend
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from assistant.maths.types import Failure, Problem, Task, Trouble
from runtimes.texts import Lang
from tui.messages import ProblemRead, ProblemSent
from tui.widgets.problem_field import MOST_CHARACTERS, ProblemField

PATIENCE = 20.0


class FieldApp(App[None]):
    """The field alone."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang = lang
        self.read: list[ProblemRead] = []
        self.sent: list[str] = []

    def compose(self) -> ComposeResult:
        yield ProblemField(self.lang)

    def on_problem_read(self, message: ProblemRead) -> None:
        self.read.append(message)

    def on_problem_sent(self, message: ProblemSent) -> None:
        self.sent.append(message.text)


@dataclass
class Fields:
    app: FieldApp
    pilot: Pilot[None]
    field: ProblemField = field(init=False)

    def __post_init__(self) -> None:
        self.field = self.app.query_one(ProblemField)

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for it."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not holds():
            assert loop.time() < end, self.text
            await asyncio.sleep(0.03)

    async def until_read(self) -> Problem | Trouble:
        await self.until(lambda: self.field.result is not None)
        await self.pilot.pause()
        assert self.field.result is not None
        return self.field.result


@asynccontextmanager
async def one_field(
    lang: Lang = Lang.EN, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Fields]:
    app = FieldApp(lang)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Fields(app, pilot)


def test_what_is_typed_is_read_back_in_two_dimensions() -> None:
    async def journey() -> None:
        async with one_field() as one:
            await one.pilot.press(*"x/2=1")
            result = await one.until_read()
            assert isinstance(result, Problem)
            assert result.request.task is Task.SOLVE
            assert "Asked: solve for x" in one.text
            assert "─ = 1" in one.text
            assert one.app.sent == []

    run(journey)


def test_the_place_that_is_not_understood_is_shown() -> None:
    async def journey() -> None:
        async with one_field() as one:
            one.field.put("solve x + ) = 2")
            result = await one.until_read()
            assert isinstance(result, Trouble)
            await one.until(lambda: any(line.strip() == "^" for line in one.text.split("\n")))
            assert "Not readable yet" in one.text
            lines = one.text.split("\n")
            caret = next(line for line in lines if line.strip() == "^")
            shown = next(line for line in lines[1:] if "solve x + ) = 2" in line)
            assert shown[caret.index("^")] == ")"

    run(journey)


@pytest.mark.slow
def test_a_text_that_takes_long_holds_up_nobody() -> None:
    async def journey() -> None:
        async with one_field() as one:
            one.field.put("x = 1")
            assert isinstance(await one.until_read(), Problem)
            suspend(one.field.reader)
            one.field.put("x = 2")
            await asyncio.sleep(0.4)  # it is being read now
            one.field.put("x = ")
            await one.pilot.press("5")
            assert one.field.text == "x = 5"
            assert isinstance(await one.until_read(), Problem)
            suspend(one.field.reader)
            one.field.put("x = 6")
            result = await one.until_read()
            assert isinstance(result, Trouble)
            assert result.code is Failure.TIMEOUT
            assert "takes too long to read" in one.text
            texts = [message.question.text for message in one.app.read]
            assert texts == ["x = 1", "x = 5", "x = 6"]  # what was out of date was told to nobody

    run(journey)


def test_a_task_that_was_chosen_wins() -> None:
    async def journey() -> None:
        async with one_field() as one:
            one.field.put("x^2")
            assert isinstance(await one.until_read(), Problem)
            one.field.use_task(Task.DIFFERENTIATE)
            result = await one.until_read()
            assert isinstance(result, Problem)
            assert result.request.task is Task.DIFFERENTIATE

    run(journey)


def test_enter_sends_and_what_was_sent_comes_back() -> None:
    async def journey() -> None:
        async with one_field() as one:
            await one.pilot.press("enter")
            assert one.app.sent == []
            for text in ("x = 1", "x = 2"):
                one.field.put(text)
                await one.pilot.press("enter")
                one.field.remember(text)
            assert one.app.sent == ["x = 1", "x = 2"]
            one.field.put("half a pro")
            await one.pilot.press("up", "up")
            assert one.field.text == "x = 1"
            await one.pilot.press("down", "down")
            assert one.field.text == "half a pro"
            await one.pilot.press("ctrl+j", "y")
            assert one.field.text == "half a pro\ny"

    run(journey)


def test_a_text_too_long_for_a_problem_is_not_taken() -> None:
    async def journey() -> None:
        async with one_field(Lang.ZH) as one:
            one.field.put("x = 1")
            one.app.post_message(_paste("9" * (MOST_CHARACTERS + 1)))
            await one.pilot.pause()
            assert one.field.text == "x = 1"
            one.app.post_message(_paste("2"))
            await one.pilot.pause()
            assert one.field.text == "x = 12"

    run(journey)


@pytest.mark.slow
def test_hostile_text_is_drawn_harmless() -> None:
    async def journey() -> None:
        async with one_field() as one:
            hostile = "x + \u202e\x1b]52;c;aGk=\x07[red] = 2"
            one.field.put(hostile)
            one.app.post_message(_paste(hostile))
            assert isinstance(await one.until_read(), Trouble)
            assert one.text.count("[red] = 2") >= 2
            assert not {"\x1b", "\x07", "\u202e"} & set(one.text)

    run(journey)


def _paste(text: str) -> events.Paste:
    return events.Paste(text)
