"""The app speaks another language at once, on every screen, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import pytest
from model_screens import on_machine, small_machine
from screens import ASK, LONG, Lines, Screens, run, running, typed
from turns import script

from assistant.settings import read_settings
from runtimes.texts import Lang
from tui.messages import CodeEnded, LessonMoved, ModelsSeen, Solved
from tui.rooms import ROOMS
from tui.screens.code import CodeScreen
from tui.screens.help import HelpScreen
from tui.screens.models import ModelsScreen
from tui.screens.solve import SolveScreen
from tui.screens.tutor import TutorScreen
from tui.turn.said import Thought
from tui.widgets.thinking import Thinking

T = TypeVar("T")
ANSWER: Lines = [{"reasoning": "Let me see.\n"}, {"text": "Nobody knows.\n"}]
"""Without steps: how far those are checked depends on how busy the machine is."""
SECONDS = re.compile(r" · \d+ (s|秒)(?= ·)")
"""Of the thinking: there are none on a quick machine."""
CODE = "def double(x):\n    return 2 * x\n"


async def seen_everywhere(screens: Screens) -> dict[str, str]:
    """What stands on each screen, without its figures."""
    app, found = screens.app, {}
    for room in ROOMS:
        await app.action_room(room.name)
        app.clear_notifications()
        await screens.until(lambda: not app.screen.query("Toast"), "the notices gone")
        before = ""
        while before != screens.text:  # the parts draw themselves when they have their sizes
            before = screens.text
            await screens.press()
            await screens.press()
        found[room.name] = re.sub(r"[\d.:-]+", "#", SECONDS.sub("", before))
    return found


async def go_to(screens: Screens, key: str, kind: type[T]) -> T:
    """A screen, by its key."""
    await screens.press(key)
    await screens.until(lambda: isinstance(screens.app.screen, kind), "the screen")
    await screens.until(lambda: screens.app.screen.is_mounted, "its parts")
    screen = screens.app.screen
    assert isinstance(screen, kind)
    return screen


async def busy_day(screens: Screens) -> None:
    """Something on every screen."""
    await screens.ask(ASK)
    await screens.answered()
    await typed(screens, "what I was about to ask")
    solve = await go_to(screens, "f3", SolveScreen)
    solve.field.put("x^2 - 5x + 6 = 0")
    await screens.press("enter")
    await screens.until(lambda: screens.count(Solved), "the solution")
    tutor = await go_to(screens, "f4", TutorScreen)
    tutor.field.put("2x + 3 = 11")
    await screens.press("enter")
    await screens.until(lambda: tutor.line.draft.has_focus, "the lesson")
    tutor.line.put("2x = 14")
    await screens.press("enter")
    await screens.until(lambda: screens.count(LessonMoved) >= 2, "the line")
    await screens.press("ctrl+t")
    await screens.until(lambda: screens.count(LessonMoved) >= 3, "the hint")
    code = await go_to(screens, "f5", CodeScreen)
    code.parts.editor("code").put(CODE)
    await screens.press("f12")
    await screens.until(lambda: screens.count(CodeEnded), "the run")
    await go_to(screens, "f6", ModelsScreen)
    await screens.until(lambda: screens.count(ModelsSeen), "the models")
    await screens.until_shown("r1-qwen")


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [(Lang.EN, Lang.ZH), (Lang.ZH, Lang.EN)])
def test_every_screen_is_as_if_the_app_had_begun_in_the_other_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: Lang, new: Lang
) -> None:
    on_machine(monkeypatch, small_machine())
    found: list[dict[str, str]] = []

    async def journey(first: Lang) -> None:
        async with running(script(tmp_path, ANSWER), lang=first, size=(100, 40)) as screens:
            await busy_day(screens)
            if first is old:
                screens.app.use_language(new)
            found.append(await seen_everywhere(screens))

    run(lambda: journey(old))
    run(lambda: journey(new))
    switched, begun = found
    for room in ROOMS:
        assert switched[room.name] == begun[room.name], room.name


@pytest.mark.slow
def test_nothing_that_is_typed_scrolled_to_or_being_answered_is_lost(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, LONG), size=(60, 20)) as screens:
            await screens.ask("tell me something")
            await screens.until_shown("word1 ")
            chat = screens.chat
            await typed(screens, "my next question")
            chat.transcript.release_anchor()
            chat.transcript.scroll_home(animate=False)
            await screens.press("ctrl+r")
            await screens.until_shown("Let me try x = 3.")
            place = chat.transcript.scroll_y
            screens.app.use_language(Lang.ZH)
            await screens.until_shown("Let me try x = 3.")
            assert chat.turns.busy
            assert chat.composer.text == "my next question"
            assert chat.composer.draft.has_focus
            assert chat.transcript.scroll_y == place
            assert "停止" in screens.text, "the line of keys"
            await screens.answered()
            assert chat.transcript.last is not None
            assert chat.transcript.last.answer.split()[-1] == "word399"
            assert chat.composer.text == "my next question"

    run(journey)


@pytest.mark.slow
def test_it_is_switched_in_the_settings_and_by_a_command_and_is_written(own_home: Path) -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.press("f8")
            await screens.until_shown("as the system")
            await screens.press("right", "right")
            await screens.until_shown("已写入：语言")
            assert "设置 ·" in screens.text
            assert "帮助" in screens.text
            assert read_settings(own_home / "config" / "settings.toml").language is Lang.ZH
            await screens.press("ctrl+p")
            await screens.press(*"english", "enter")
            await screens.until_shown("Settings ·")
            written = own_home / "config" / "settings.toml"
            await screens.until(lambda: read_settings(written).language is Lang.EN, "the file")

    run(journey)


def test_the_help_and_a_notice_that_are_shown_speak_it_too() -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.press("ctrl+c", "f1")
            await screens.until_told("ends the program")
            assert isinstance(screens.app.screen, HelpScreen)
            screens.app.screen.query_one("Input").value = "ctrl+q"  # type: ignore[attr-defined]
            screens.app.use_language(Lang.ZH)
            await screens.until_told("退出程序")
            await screens.until_shown("关闭 · ↑ ↓ 滚动")
            assert "退出" in screens.text

    run(journey)


def test_the_language_changes_while_parts_come_and_go() -> None:
    async def journey() -> None:
        async with running() as screens:
            one, other = (Thinking(Thought(), Lang.EN) for _ in range(2))
            await screens.chat.mount(one, before=0)
            removal = one.remove()
            waits = screens.chat.mount(other, before=0)
            screens.app.use_language(Lang.ZH)
            await removal
            await waits
            await screens.until_shown("思考")
            await screens.until_shown("输入问题或题目")

    run(journey)
