"""What outlasts the program: the problems that were solved, and the one that was being typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from screens import Screens, run
from turns import means

from assistant import paths
from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.screens.solve import SolveScreen
from tui.solving.problems import FILE, MOST, MOST_CHARACTERS, Problems, Remembered
from tui.widgets.recall import Recall


def nobody(message: object) -> None:
    raise AssertionError(message)


def settled(problems: Problems, holds: Callable[[Remembered], object]) -> Remembered:
    """What is in the file, once it is as it should be."""
    import time

    end = time.monotonic() + 10
    while not holds(left := problems.read()):
        assert time.monotonic() < end, left
        time.sleep(0.02)
    return left


def test_solved_problems_and_the_draft_are_read_again(tmp_path: Path) -> None:
    first = Problems(tmp_path, nobody)
    assert first.read() == Remembered()
    for n, text in enumerate(("x = 1", "x = 2", "x = 1"), 1):
        first.solved(text)
        settled(first, lambda left, n=n: len(left.solved) == min(n, 2))  # type: ignore[misc]
    first.typed("half a prob")
    first.close()
    second = Problems(tmp_path, nobody)
    assert second.read() == Remembered(("x = 2", "x = 1"), "half a prob")
    second.forget()
    settled(second, lambda left: not left.solved)


def test_two_apps_keep_what_the_other_has_written(tmp_path: Path) -> None:
    one, other = Problems(tmp_path, nobody), Problems(tmp_path, nobody)
    one.solved("x = 1")
    settled(one, lambda left: left.solved)
    other.solved("x = 2")
    assert settled(one, lambda left: len(left.solved) == 2).solved == ("x = 1", "x = 2")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[1]", id="a list"),
        pytest.param('{"solved": 1, "draft": []}', id="other values"),
        pytest.param('{"solved": [1, null, {}]}', id="other items"),
        pytest.param("[" * 50_000, id="too deep"),
        pytest.param("\x00", id="no JSON"),
    ],
)
def test_a_file_of_another_kind_is_no_problem(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert Problems(tmp_path, nobody).read() == Remembered()


def test_a_huge_file_is_cut(tmp_path: Path) -> None:
    texts = ["x" * (MOST_CHARACTERS + 1), *(f"x = {n}" for n in range(3 * MOST))]
    (tmp_path / FILE).write_text(json.dumps({"solved": texts, "draft": "y"}), encoding="utf-8")
    left = Problems(tmp_path, nobody).read()
    assert left.solved == tuple(texts[-MOST:])
    assert left.draft == "y"


def test_a_disk_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    told: list[object] = []
    place = tmp_path / "file"
    place.write_text("", encoding="utf-8")
    problems = Problems(place, told.append)  # a file where the folder should be
    for text in ("x = 1", "x = 2"):
        problems.typed(text)
        problems.close()
    assert len(told) == 1


def test_one_goes_through_what_was_sent() -> None:
    recall = Recall()
    assert recall.go(-1, "draft") is None
    for text in ("a", "b", "a"):
        recall.remember(text)
    assert recall.sent == ["b", "a"]
    assert [recall.go(-1, "draft"), recall.go(-1, "a"), recall.go(-1, "b")] == ["a", "b", None]
    assert [recall.go(1, "b"), recall.go(1, "a"), recall.go(1, "draft")] == ["a", "draft", None]
    recall.forget()
    assert recall.go(-1, "") is None


@pytest.mark.slow
def test_the_screen_comes_back_to_where_one_was() -> None:
    async def once(work: Callable[[Screens, SolveScreen], object]) -> None:
        app = AssistantApp(Setup(lang=Lang.EN, model="", means=lambda: means(None)))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            screens = Screens(app, pilot)
            await screens.press("f3")
            await screens.until(lambda: isinstance(app.screen, SolveScreen))
            screen = app.screen
            assert isinstance(screen, SolveScreen)
            work(screens, screen)
            await screens.press("enter")
            await screens.until(lambda: screen.view.work is not None)
            screen.field.put("and half of ano")
            await pilot.pause()

    async def journey() -> None:
        await once(lambda _, screen: screen.field.put("x = 41"))
        app = AssistantApp(Setup(lang=Lang.EN, model="", means=lambda: means(None)))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            screens = Screens(app, pilot)
            await screens.press("f3")
            await screens.until_shown("and half of ano")
            await screens.press("up")
            await screens.until_shown("x = 41")
            await screens.press("alt+up", "end", "enter")
            await screens.until_shown("are forgotten")
            file = paths.state_folder() / "app" / FILE
            await screens.until(lambda: json.loads(file.read_text())["solved"] == [])

    run(journey)


@pytest.mark.slow
def test_nothing_is_kept_where_nothing_should_be(own_home: Path) -> None:
    async def journey() -> None:
        setup = Setup(lang=Lang.EN, model="", incognito=True, means=lambda: means(None))
        app = AssistantApp(setup)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            screens = Screens(app, pilot)
            await screens.press("f3", *"x=41", "enter")
            await screens.until_shown("Answer")
        assert not list(own_home.rglob(FILE))

    run(journey)
