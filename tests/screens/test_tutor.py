"""The screen on which one practises: every key, with the real solver and checker."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from screens import Screens, run, running
from textual.events import Paste

from assistant.teaching.tutor import Tutor
from assistant.teaching.types import Level, Standing
from runtimes.texts import Lang
from tui.kept import NO_LESSON, Kept
from tui.messages import LessonMoved, LineSent, ProblemSent
from tui.screens.tutor import TutorScreen
from tui.tutoring import Tutoring


@asynccontextmanager
async def tutoring(
    problem: str = "", *, lang: Lang = Lang.EN, size: tuple[int, int] = (100, 40)
) -> AsyncIterator[tuple[Screens, TutorScreen]]:
    """The screen, with a lesson on a problem if one is named."""
    async with running(None, lang=lang, size=size) as screens:
        await screens.press("f4")
        await screens.until(lambda: isinstance(screens.app.screen, TutorScreen), "the screen")
        screen = screens.app.screen
        assert isinstance(screen, TutorScreen)
        if problem:
            screen.field.put(problem)
            await moved(screens, "enter")
        yield screens, screen


async def moved(screens: Screens, *keys: str) -> None:
    """Press keys, and wait for what comes of them."""
    before = screens.count(LessonMoved)
    await screens.press(*keys)
    await screens.until(lambda: screens.count(LessonMoved) > before, "the work")
    await screens.press()


async def write(screens: Screens, screen: TutorScreen, line: str) -> None:
    screen.line.put(line)
    await moved(screens, "enter")


@pytest.mark.slow
def test_a_lesson_from_the_problem_to_the_answer() -> None:
    async def journey() -> None:
        async with tutoring() as (screens, screen):
            assert "you ask for it (Ctrl-T)" in screens.text
            screen.field.put("2x + 3 = 11")
            await moved(screens, "enter")
            await write(screens, screen, "2x = 14")
            assert "✗  2x = 14" in screens.text
            assert "when 3 goes to the other side without changing its sign" in screens.text
            assert screen.line.text == "2x = 14", "a refused line comes back to be mended"
            await write(screens, screen, "2x = 8")
            assert "✓  2x = 8" in screens.text
            await write(screens, screen, "x = 4")
            assert "Solved. Your answer is the exact one" in screens.text
            kinds = [type(m) for m in screens.messages if isinstance(m, ProblemSent | LineSent)]
            assert kinds == [ProblemSent, LineSent, LineSent, LineSent]

    run(journey)


@pytest.mark.slow
def test_help_comes_by_a_key_a_level_at_a_time() -> None:
    async def journey() -> None:
        async with tutoring("2x + 3 = 11") as (screens, screen):
            assert "Help" not in screens.text
            shown = [
                ("Look at 3 on the left side.", "which rule"),
                ("Rule: Subtract the same from both sides", "the next line with a gap"),
                ("2x = □", "Ctrl-T: the next line"),
                ("2x = 8", ""),
            ]
            for level, (told, following) in enumerate(shown, 1):
                await moved(screens, "ctrl+t")
                assert screen.lesson is not None
                assert screen.lesson.level == level
                assert f"Help: level {level} of 4" in screens.text
                assert told in screens.text
                assert following in screens.text
            await write(screens, screen, "2x = 8")
            assert screen.lesson is not None
            assert screen.lesson.level is Level.NONE
            assert "Help" not in screens.text

    run(journey)


@pytest.mark.slow
def test_the_counterexample_undo_and_another_problem() -> None:
    async def journey() -> None:
        async with tutoring("x^2 - 5x + 6 = 0") as (screens, screen):
            await write(screens, screen, "x = 4")
            assert "counterexample" not in screens.text
            await screens.press("ctrl+r")
            assert "counterexample: x = 4 fulfils your line" in screens.text
            await screens.press("ctrl+r")
            assert "counterexample" not in screens.text
            await moved(screens, "ctrl+z")
            assert screen.lesson is not None
            assert screen.lesson.written == ()
            assert screen.line.text == "x = 4"
            await screens.press("ctrl+l")
            assert screen.field.display
            await screens.press("escape")
            assert not screen.field.display, "back to the lesson"
            await screens.press("ctrl+l")
            screen.field.put("x + 1 = 3")
            await moved(screens, "enter")
            assert "x + 1 = 3" in screens.text
            assert "x² - 5x" not in screens.text

    run(journey)


@pytest.mark.slow
def test_a_line_is_read_back_while_it_is_typed() -> None:
    async def journey() -> None:
        async with tutoring("2x + 3 = 11") as (screens, screen):
            screen.line.put("x = 1/2")
            await screens.until_shown("x = ─")
            screen.line.put("and so on")
            await screens.until_shown("not read as one formula")

    run(journey)


def test_without_a_readable_problem_there_is_a_message() -> None:
    async def journey() -> None:
        async with tutoring("hello world what") as (screens, screen):
            assert "this word is not understood here" in screens.text
            assert screen.lesson is None
            assert screen.field.text == "hello world what"
            await screens.press("ctrl+t", "ctrl+r", "ctrl+z", "ctrl+l", "pageup", "pagedown")
            assert screen.field.text == "hello world what"

    run(journey)


def test_escape_gives_up_and_keeps_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def journey() -> None:
        async with tutoring("2x + 3 = 11") as (screens, screen):
            monkeypatch.setattr(Tutoring, "_run", lambda *args: None)  # it never ends
            screen.line.put("2x = 8")
            await screens.press("enter")
            await screens.until_shown("checking…")
            await screens.press("escape")
            await screens.until(lambda: screen.line.text == "2x = 8", "the line")
            assert "checking…" not in screens.text

    run(journey)


@pytest.mark.slow
def test_a_fault_is_a_message_and_the_lesson_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    async def journey() -> None:
        async with tutoring("2x + 3 = 11") as (screens, screen):

            def broken(*args: object) -> None:
                raise ValueError("broken")

            monkeypatch.setattr("assistant.teaching.tutor.Tutor.write", broken)
            await write(screens, screen, "2x = 8")
            await screens.until_shown("the program itself failed")
            assert screen.line.text == "2x = 8"
            assert screen.lesson is not None

    run(journey)


@pytest.mark.slow
def test_leaving_the_screen_loses_nothing() -> None:
    async def journey() -> None:
        async with tutoring("2x + 3 = 11") as (screens, screen):
            await write(screens, screen, "2x = 8")
            screen.line.put("x =")
            await screens.press("f2", "f4")
            await screens.until(lambda: screens.app.screen is screen, "the screen")
            assert "✓  2x = 8" in screens.text
            assert screen.line.text == "x ="

    run(journey)


@pytest.mark.slow
def test_in_chinese_at_a_narrow_width() -> None:
    async def journey() -> None:
        async with tutoring("解方程 2(x-3)=x/2+1", lang=Lang.ZH, size=(40, 20)) as (
            screens,
            screen,
        ):
            await write(screens, screen, "2x - 3 = x/2 + 1")
            assert screen.lesson is not None
            assert screen.lesson.written[-1].standing is Standing.REFUSED
            await moved(screens, "ctrl+t")
            assert "提示：第 1 级，共 4 级" in screens.text
            assert "看左边的 2(x - 3)。" in screens.text
            assert all(len(line) <= 40 for line in screens.text.splitlines())

    run(journey)


@pytest.mark.slow
def test_a_paste_is_one_harmless_line_and_a_long_one_is_refused() -> None:
    async def journey() -> None:
        async with tutoring("2x + 3 = 11") as (screens, screen):
            screens.app.post_message(Paste("2x =\x1b[2J\n 8"))
            await screens.until(lambda: "8" in screen.line.text)
            assert "\x1b" not in screen.line.text
            assert "\n" not in screen.line.text
            screens.app.post_message(Paste("x" * 100_000))
            await screens.until_shown("too long for one line")

    run(journey)


# --- over the end of the program -------------------------------------------------------------


@asynccontextmanager
async def started_again(lang: Lang = Lang.EN) -> AsyncIterator[tuple[Screens, TutorScreen]]:
    """A new start that keeps what is done, on this screen."""
    async with running(None, lang=lang, incognito=False) as screens:
        if not isinstance(screens.app.screen, TutorScreen):
            await screens.press("f4")
        await screens.until(lambda: isinstance(screens.app.screen, TutorScreen), "the screen")
        screen = screens.app.screen
        assert isinstance(screen, TutorScreen)
        yield screens, screen


@pytest.mark.slow
def test_a_lesson_comes_back_and_is_judged_again(own_home: Path) -> None:
    saved = own_home / "state" / "app" / "0-lesson.json"

    async def first() -> None:
        async with started_again() as (screens, screen):
            screen.field.put("2x + 3 = 11")
            await moved(screens, "enter")
            await write(screens, screen, "2x = 8")
            await moved(screens, "ctrl+t")
            await moved(screens, "ctrl+t")
            await write(screens, screen, "x = 5")
            screen.line.put("x = ")

    async def second() -> None:
        async with started_again() as (screens, screen):
            await screens.until(lambda: screen.lesson is not None, "the lesson")
            lesson = screen.lesson
            assert lesson is not None
            standings = [(line.text, line.standing) for line in lesson.written]
            assert standings == [("2x = 8", Standing.FIRM), ("x = 5", Standing.REFUSED)]
            assert lesson.level is Level.RULE
            await screens.until_shown("✓  2x = 8")
            await screens.until_shown("✗  x = 5")
            assert screen.line.text == "x ="

    async def changed_meanwhile() -> None:
        words = json.loads(saved.read_text())
        assert set(words) == {"problem", "lines", "level", "typed", "draft"}, "no verdict"
        saved.write_text(json.dumps({**words, "lines": ["2x = 14"], "verdict": "proved"}))
        async with started_again() as (screens, _):
            await screens.until_shown("✗  2x = 14")
            assert "✓" not in screens.text

    for journey in (first, second, changed_meanwhile):
        run(journey)


@pytest.mark.slow
def test_what_was_left_has_no_mark_until_it_is_checked(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_home / "state" / "app"
    folder.mkdir(parents=True)
    left = {"problem": "2x + 3 = 11", "lines": ["2x = 8", "x = 4"], "level": 99, "typed": "x"}
    (folder / "0-lesson.json").write_text(json.dumps(left))
    checked, resumed = threading.Event(), Tutor.resumed

    def late(tutor: Tutor, *left: Any) -> object:
        checked.wait()
        return resumed(tutor, *left)

    monkeypatch.setattr(Tutor, "resumed", late)

    async def journey() -> None:
        async with started_again() as (screens, screen):
            await screens.until_shown("Kept from the last time")
            await screens.until_shown("checking…")
            assert "2x = 8" in screens.text
            assert "✓" not in screens.text
            await screens.press("escape")
            await screens.until_told("Stopped.")
            assert screen.lesson is None
            assert "x = 4" in screens.text, "given up: it is still there"
            checked.set()
            await moved(screens, "enter")
            await screens.until_shown("Solved.")
            assert screen.lesson is not None
            assert len(screen.lesson.written) == 2

    run(journey)


@pytest.mark.parametrize(
    "left",
    [
        pytest.param("[]", id="a list"),
        pytest.param('{"problem": 5, "lines": [], "level": 0}', id="no problem"),
        pytest.param('{"problem": "x = 1", "lines": "x", "level": 0}', id="no lines"),
        pytest.param(json.dumps({"problem": "x" * 50_000, "lines": [], "level": 1}), id="huge"),
        pytest.param("[" * 50_000, id="deep"),
    ],
)
def test_a_file_of_another_kind_is_no_lesson(left: str, tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "0-lesson.json").write_text(left)
    kept = Kept(tmp_path, lambda _: None)
    assert kept.open().lesson == NO_LESSON
    kept.close()
