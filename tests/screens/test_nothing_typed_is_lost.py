"""Whatever is typed while something else goes on is still there afterwards."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from screens import ASK, LONG, Screens, run, running
from solve_screens import solving
from textual.widgets import Input
from turns import script

from assistant.teaching.tutor import Tutor
from runtimes.texts import Lang
from tui.kept import Kept
from tui.messages import LessonMoved
from tui.screens.first_run import FirstRunScreen
from tui.screens.tutor import TutorScreen
from tui.solving.problems import Problems, Remembered
from tui.widgets.recall import Recall
from tui.words import before, typed_since


class Gate:
    """Work on a lesson that waits until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
        self.open = threading.Event()
        for name in names:
            monkeypatch.setattr(Tutor, name, self._late(getattr(Tutor, name)))

    def _late(self, work: Any) -> Any:
        def late(*given: Any) -> object:
            self.open.wait()
            return work(*given)

        return late


async def at_tutor(screens: Screens) -> TutorScreen:
    if not isinstance(screens.app.screen, TutorScreen):
        await screens.press("f4")
    await screens.until(lambda: isinstance(screens.app.screen, TutorScreen), "the screen")
    screen = screens.app.screen
    assert isinstance(screen, TutorScreen)
    return screen


@pytest.mark.slow
def test_what_is_typed_while_a_lesson_begins_is_its_first_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = Gate(monkeypatch, "begin")

    async def journey() -> None:
        async with running(None) as screens:
            screen = await at_tutor(screens)
            await screens.press(*"2x+3=11", "enter", *"2x=8")
            await screens.until_shown("checking…")
            assert screen.field.text == "2x=8"
            await screens.press("enter")  # it is no other problem
            gate.open.set()
            await screens.until(lambda: screen.lesson is not None, "the lesson")
            await screens.until(lambda: screen.line.display, "the field of the line")
            assert screen.line.text == "2x=8"
            assert screen.field.text == ""
            await screens.press(*"x", "ctrl+z", "enter")
            await screens.until_shown("✓  2x = 8")

    run(journey)


@pytest.mark.parametrize("lang", list(Lang))
def test_a_problem_that_is_refused_comes_back_before_what_was_typed_since(
    monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    gate = Gate(monkeypatch, "begin")

    async def journey() -> None:
        async with running(None, lang=lang) as screens:
            screen = await at_tutor(screens)
            await screens.press(*"what is", "enter", *"next")
            await screens.until(lambda: screen.field.text == "next", "what was typed since")
            gate.open.set()
            await screens.until(lambda: screens.count(LessonMoved) == 1, "the work")
            await screens.until(lambda: screen.field.text == "what is\nnext", "the problem")

    run(journey)


@pytest.mark.slow
def test_a_lesson_stays_where_another_problem_is_refused() -> None:
    async def journey() -> None:
        async with running(None) as screens:
            screen = await at_tutor(screens)
            await screens.press(*"2x+3=11", "enter")
            await screens.until(lambda: screen.line.display, "the lesson")
            await screens.press(*"2x=8", "enter")
            await screens.until_shown("✓  2x = 8")
            await screens.press(*"x=", "ctrl+l")
            await screens.until(lambda: screen.field.display, "the field for a problem")
            await screens.press(*"hello what", "enter")
            await screens.until(lambda: screens.count(LessonMoved) == 3, "the work")
            await screens.until(lambda: screen.field.text == "hello what", "the problem")
            assert "✓  2x = 8" in screens.text
            await screens.until_shown("back")
            await screens.press("escape")
            await screens.until(lambda: screen.line.display, "the lesson")
            assert screen.line.text == "x="
            assert screen.lesson is not None
            assert [line.text for line in screen.lesson.written] == ["2x=8"]

    run(journey)


def test_lines_are_gone_through_and_one_taken_back_can_be_had_again() -> None:
    async def journey() -> None:
        async with running(None) as screens:
            screen = await at_tutor(screens)
            await screens.press(*"2x+3=11", "enter")
            await screens.until(lambda: screen.line.display, "the lesson")
            await screens.press(*"2x=8", "enter")
            await screens.until_shown("✓  2x = 8")
            screen.line.put("x = 1")
            await screens.press("ctrl+z")
            await screens.until(lambda: "✓" not in screens.text, "the line is taken back")
            assert screen.line.text == "x = 1"
            await screens.press("up")
            assert screen.line.text == "2x=8"
            await screens.press("down")
            assert screen.line.text == "x = 1"

    run(journey)


@pytest.mark.slow
def test_a_problem_half_typed_outlasts_the_program_and_a_lesson_that_comes_back(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = own_home / "state" / "app" / "0-lesson.json"

    async def first() -> None:
        async with running(None, incognito=False) as screens:
            screen = await at_tutor(screens)
            await screens.press(*"2x+3=11", "enter")
            await screens.until(lambda: screen.line.display, "the lesson")
            await screens.press("ctrl+l")
            await screens.until(lambda: screen.field.display, "the field for a problem")
            await screens.press(*"y=")

    async def second() -> None:
        gate = Gate(monkeypatch, "resumed")
        async with running(None, incognito=False) as screens:
            screen = await at_tutor(screens)
            await screens.until(lambda: screen.field.text == "y=", "what was typed")
            await screens.press("5")
            gate.open.set()
            await screens.until(lambda: screen.lesson is not None, "the lesson")
            assert screen.field.text == "y=5"
            assert screen.field.display

    run(first)
    assert json.loads(saved.read_text())["draft"] == "y="
    run(second)
    assert json.loads(saved.read_text())["draft"] == "y=5"


@pytest.mark.slow
def test_what_is_typed_before_the_last_run_is_known_does_not_wipe_it_out(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_home / "state" / "app"
    folder.mkdir(parents=True)
    left = {"problem": "2x + 3 = 11", "lines": ["2x = 8"], "level": 0, "typed": "x"}
    (folder / "0-lesson.json").write_text(json.dumps(left))
    known, read = threading.Event(), Kept.left

    def late(kept: Kept) -> Any:
        known.wait()
        return read(kept)

    monkeypatch.setattr(Kept, "left", late)

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            screen = await at_tutor(screens)
            await screens.press(*"y")
            known.set()
            await screens.until(lambda: screen.lesson is not None, "the lesson")
            await screens.until_shown("✓  2x = 8")
            assert screen.field.text == "y"
            await screens.press("escape")
            assert screen.line.text == "x"

    run(journey)


def test_answering_anew_leaves_alone_what_is_being_written(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, [{"text": "One.\n"}], [{"text": "Two.\n"}])) as screens:
            await screens.ask(ASK)
            await screens.answered()
            await screens.press(*"half a que")
            await screens.press("f12")
            await screens.answered(2)
            assert screens.chat.composer.text == "half a que"

    run(journey)


def test_an_edit_gives_back_what_was_being_written_and_its_attachments(tmp_path: Path) -> None:
    answers = [[{"text": f"Answer {n}.\n"}] for n in range(2)]

    async def journey() -> None:
        async with running(script(tmp_path, *answers), incognito=False) as screens:
            await screens.ask(ASK)
            await screens.answered()
            composer = screens.chat.composer
            await screens.press(*"half")
            composer._pasted = [("notes", "text")]
            await screens.press("ctrl+g")
            await screens.until(lambda: composer.text == ASK, "the question")
            attached = composer.pasted
            assert attached == ()
            assert composer.unsent == (f"half\n{ASK}", (("notes", "text"),))
            await screens.press("!", "enter")
            await screens.answered(2)
            assert composer.text == "half"
            assert composer.pasted == (("notes", "text"),)

    run(journey)


def test_what_is_typed_right_after_enter_is_not_sent_and_not_lost(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, LONG)) as screens:
            await screens.press(*"first?", "enter", *"second")
            await screens.until(lambda: screens.chat.turns.busy, "the turn")
            await screens.until(lambda: screens.chat.composer.text == "second", "what is typed")
            assert screens.chat.transcript.exchanges[0].said.asked.text == "first?"
            await screens.press("escape")

    run(journey)


@pytest.mark.slow
def test_what_an_example_takes_the_place_of_can_be_taken_back() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.press(*"my own problem")
            await one.press("alt+up", "enter")
            assert one.screen.field.text == "x^2 - 5x + 6 = 0"
            await one.press("ctrl+z")
            assert one.screen.field.text == "my own problem"

    run(journey)


@pytest.mark.slow
def test_a_problem_of_the_last_run_comes_back_before_what_is_typed_already(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = threading.Event()

    def late(_: Problems) -> Remembered:
        known.wait()
        return Remembered((), "x = 1")

    monkeypatch.setattr(Problems, "read", late)

    async def journey() -> None:
        async with solving() as one:
            await one.press(*"y")
            known.set()
            await one.screens.until(lambda: "x" in one.screen.field.text, "what was left")
            await one.press("ctrl+z", *"z")
            assert one.screen.field.text == "x = 1\nyz"

    run(journey)


@pytest.mark.slow
def test_what_is_typed_at_the_first_start_stays_and_goes_on_to_the_chat(own_home: Path) -> None:
    async def journey() -> None:
        async with running(None) as screens:
            screens.app.push_screen(FirstRunScreen(), screens.app._welcomed)
            await screens.until(lambda: isinstance(screens.app.screen, FirstRunScreen))
            await screens.press("down", *"x^2=9", "down", "up")
            assert screens.app.screen.query_one("#asked", Input).value == "x^2=9"
            await screens.press("escape")
            await screens.until(lambda: not isinstance(screens.app.screen, FirstRunScreen))
            await screens.until(lambda: screens.chat.composer.text == "x^2=9", "it goes on")

    run(journey)


def test_one_goes_through_what_was_sent_and_what_is_changed_on_the_way_stays() -> None:
    recall = Recall()
    for text in ("one", "two"):
        recall.remember(text)
    assert recall.go(-1, "half") == "two"
    assert recall.go(-1, "two, changed") == "one"
    assert recall.go(1, "one") == "two, changed"
    recall.remember("two, changed again")
    assert recall.sent == ["one", "two", "half", "two, changed again"]
    recall.go(-1, "other half")
    recall.replace(["old"])
    assert recall.sent == ["other half", "old"]
    recall.forget()
    assert recall.go(-1, "x") is None


@pytest.mark.parametrize(
    ("sent", "now", "since"),
    [
        ("abc", "abc", ""),
        ("abc", " abc \n", ""),
        ("abc", "abc def", " def"),
        ("abc", "xabc", "x"),
        ("aa", "aaa", "a"),
        ("abc", "ab", "ab"),
        ("abc", "", ""),
        ("abc", "other", "other"),
        ("", "x", "x"),
    ],
)
def test_what_was_typed_since(sent: str, now: str, since: str) -> None:
    assert typed_since(sent, now) == since


def test_what_comes_back_stands_before_what_is_there() -> None:
    assert before("a", "b") == "a\nb"
    assert before("a", " ") == "a"
    assert before("", "b") == "b"
