"""The screens about models: the app on a machine that is the same everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from screens import Screens
from textual.message import Message
from turns import means

from runtimes.texts import Lang
from runtimes.types import Host, Machine
from tui.app import AssistantApp
from tui.desk import Setup
from tui.messages import Forecast, JobEnded, ModelsSeen
from tui.models.jobs import Task
from tui.screens.models import ModelsScreen

GIB = 1 << 30
REPO = "bartowski/DeepSeek-R1-Distill-Qwen-1.5B-GGUF"
FILE = "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M.gguf"
MICRO = Path(__file__).resolve().parents[2] / "runtimes" / "micro" / "micro-q8_0.gguf"


def small_machine(memory: int = 16 * GIB) -> Machine:
    """One without a GPU."""
    return Machine(
        Host(
            system="Linux",
            processor="a processor",
            cores=4,
            memory_total=memory,
            memory_free=memory * 3 // 4,
        )
    )


def on_machine(patch: pytest.MonkeyPatch, machine: Machine) -> None:
    """Let the app see this machine, and no other engine than ours."""
    patch.setattr("assistant.overview.probe_machine", lambda: machine)
    patch.setattr("runtimes.machine.probe_machine", lambda: machine)


def app_for(
    *,
    lang: Lang = Lang.EN,
    welcome: bool = False,
    offline: bool = False,
    theme: str = "dark",
    real: bool = False,
) -> AssistantApp:
    """The app; ``real``: with means of its own, so that models can be loaded."""
    return AssistantApp(
        Setup(
            lang=lang,
            welcome=welcome,
            offline=offline,
            theme=theme,
            means=None if real else lambda: means(None),
        )
    )


@asynccontextmanager
async def opened(app: AssistantApp, *, size: tuple[int, int] = (100, 40)) -> AsyncIterator[Screens]:
    """The app, running."""
    seen: list[Message] = []

    def note(message: Message) -> None:
        ours = type(message).__module__.startswith("tui.")
        if ours and not any(message is one for one in seen):
            seen.append(message)

    async with app.run_test(size=size, notifications=True, message_hook=note) as pilot:
        await pilot.pause()
        yield Screens(app, pilot, seen)


async def to_models(screens: Screens) -> ModelsScreen:
    """The screen of the models, when it knows them, with the first forecast drawn."""
    await screens.press("f6")
    await screens.until(lambda: screens.count(ModelsSeen), "the models")
    await screens.until(lambda: screens.count(Forecast), "a forecast")
    await screens.until_shown("context")
    screen = screens.app.screen
    assert isinstance(screen, ModelsScreen)
    return screen


async def go_to(screens: Screens, name: str) -> None:
    """Move the cursor to a model, by keys."""
    screen = screens.app.screen
    assert isinstance(screen, ModelsScreen)
    await screens.press("home")
    for _ in range(screen.rows.option_count):
        item = screen.rows.item
        if item is not None and item.name == name:
            return
        await screens.press("down")
    raise AssertionError(f"{name} is not in the list\n{screens.text}")


async def ended(screens: Screens, task: Task) -> JobEnded:
    """Wait for the end of a job."""

    def found() -> list[JobEnded]:
        ends = [m for m in screens.messages if isinstance(m, JobEnded)]
        return [end for end in ends if end.job.task is task]

    await screens.until(found, f"the end of {task}")
    return found()[-1]
