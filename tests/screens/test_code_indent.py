"""The field for code sets lines in as one types; a paste, and whatever was typed, stays."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from screens import Screens, run, running
from textual.events import Paste
from textual.widgets.text_area import Selection

from tui.indenting import dedented, indented, newline, unit_of
from tui.kept import Kept, Left
from tui.screens.code import CodeScreen
from tui.widgets.code_editor import Editor


@asynccontextmanager
async def coding(text: str = "") -> AsyncIterator[tuple[Screens, Editor]]:
    async with running(None, size=(110, 40)) as screens:
        await screens.press("f5")
        await screens.until(lambda: isinstance(screens.app.screen, CodeScreen), "the screen")
        screen = screens.app.screen
        assert isinstance(screen, CodeScreen)
        field = screen.parts.editor("code")
        field.begin_with(text)
        field.focus()
        await screens.press()
        yield screens, field


async def typed(screens: Screens, text: str) -> None:
    names = {"\n": "enter", " ": "space", "⇤": "shift+tab", "⌫": "backspace"}
    await screens.press(*(names.get(sign, sign) for sign in text))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("def f(x):\nif x:\nreturn 1", "def f(x):\n    if x:\n        return 1"),
        ("if x:  # why:\ny", "if x:  # why:\n    y"),
        ("# note:\ny", "# note:\ny"),
        ("x = 1\ny", "x = 1\ny"),
        ("if a:\nb\n⌫c", "if a:\n    b\nc"),
        ("if a:\nb\n⇤c", "if a:\n    b\nc"),
        ("int f() {\nx;\n}\ny", "int f() {\n    x;\n}\ny"),
        ("f(\n1,\n)", "f(\n    1,\n)"),
        ("  x\ny", "  x\n  y"),
    ],
)
def test_enter_goes_on_as_the_line_is_set_in(keys: str, text: str) -> None:
    async def journey() -> None:
        async with coding() as (screens, field):
            await typed(screens, keys)
            assert field.text == text

    run(journey)


def test_a_new_line_is_one_step_back_and_a_bracket_at_the_cursor_gets_its_own() -> None:
    async def journey() -> None:
        async with coding("int f() {}") as (screens, field):
            field.move_cursor((0, 9))
            await screens.press("enter")
            assert field.text == "int f() {\n    \n}"
            assert field.cursor_location == (1, 4)
            await screens.press("ctrl+z")
            assert field.text == "int f() {}"

    run(journey)


@pytest.mark.slow
def test_tab_and_shift_tab_set_the_selected_lines_in_and_out_in_one_step() -> None:
    async def journey() -> None:
        async with coding("a\n\n  b\nc") as (screens, field):
            field.selection = Selection((0, 1), (3, 0))
            await screens.press("tab")
            assert field.text == "  a\n\n    b\nc", "blank lines, and the one not reached, stay"
            assert field.selection == Selection((0, 3), (3, 0))
            await screens.press("shift+tab", "shift+tab")
            assert field.text == "a\n\nb\nc"
            await screens.press("ctrl+z", "ctrl+z")
            assert field.text == "  a\n\n    b\nc"
            await screens.press("ctrl+z")
            assert field.text == "a\n\n  b\nc"

    run(journey)


@pytest.mark.slow
def test_tab_without_a_selection_goes_on_to_the_next_place_and_tabs_stay_tabs() -> None:
    async def journey() -> None:
        async with coding("if x:\n\ty = 1") as (screens, field):
            field.move_cursor((1, 6))
            await typed(screens, "\nz")
            assert field.text == "if x:\n\ty = 1\n\tz"
            await screens.press("home", "tab")
            assert field.text.endswith("\n\t\tz")
            field.begin_with("")
            await screens.press("x", "tab", "y")
            assert field.text == "x   y"

    run(journey)


@pytest.mark.slow
def test_a_paste_stays_as_it_is() -> None:
    async def journey() -> None:
        async with coding("if x:\n    ") as (screens, field):
            field.move_cursor((1, 4))
            screens.app.post_message(Paste("for y in z:\n    print(y)\n"))
            await screens.until(lambda: "print" in field.text)
            assert field.text == "if x:\n    for y in z:\n    print(y)\n"

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_paste_has_its_lines_whatever_the_terminal_ends_them_with(end: str) -> None:
    lines = ["def f(x):", "    return 1", "\tz", ""]

    async def journey() -> None:
        async with coding() as (screens, field):
            screens.app.post_message(Paste(end.join(lines)))
            await screens.until(lambda: "z" in field.text)
            assert field.text == "\n".join(lines)
            await screens.press("f2")
            screens.app.post_message(Paste(end.join(["a\tb\x1b[2J", "c"])))
            await screens.until(lambda: "c" in screens.chat.composer.text)
            assert screens.chat.composer.text == "a\tb�[2J\nc"
            screens.app.post_message(Paste(end.join(["line"] * 30)))
            await screens.until(lambda: screens.chat.composer.pasted)
            assert screens.chat.composer.pasted[0][1].count("\n") == 29
            await screens.press("f8", *["down"] * 3, "enter")
            screens.app.post_message(Paste("1\x1b2"))
            await screens.until_shown("1�2")

    run(journey)


@pytest.mark.slow
def test_nothing_is_set_in_while_a_model_writes_and_the_task_keeps_its_keys() -> None:
    async def journey() -> None:
        async with coding("x") as (screens, field):
            field.read_only = True
            await screens.press("enter", "tab", "shift+tab", "}")
            assert field.text == "x"
            task = screens.app.screen.query_one("#task", Editor)
            task.focus()
            await screens.press("a", "shift+enter", "b", "tab")
            assert task.text == "a\nb"
            assert not task.has_focus

    run(journey)


@pytest.mark.slow
def test_what_is_put_in_place_of_a_text_can_be_taken_back() -> None:
    async def journey() -> None:
        async with coding() as (screens, field):
            await typed(screens, "mine")
            field.put("theirs\n")
            await screens.press("ctrl+z")
            assert field.text == "mine"

    run(journey)


@pytest.mark.slow
def test_what_was_left_is_not_lost_where_one_types_before_it_is_back(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_home / "state" / "app"
    folder.mkdir(parents=True)
    (folder / "0-code.json").write_text(json.dumps(["task", "old = 1", "assert old"]))
    known, left = threading.Event(), Kept.left

    def late(kept: Kept) -> Left:
        known.wait()
        return left(kept)

    monkeypatch.setattr(Kept, "left", late)

    async def journey() -> None:
        async with running(None, size=(110, 40), incognito=False) as screens:
            await screens.press("f5")
            await screens.until(lambda: isinstance(screens.app.screen, CodeScreen), "the screen")
            await screens.press(*"new")
            task = screens.app.screen.query_one("#task", Editor)
            assert task.text == "new"
            known.set()
            await screens.until(lambda: "task" in task.text, "what was left")
            await screens.press(*"er")
            assert task.text == "task\nnewer"
            assert screens.app.screen.query_one("#code", Editor).text == "old = 1"

    run(journey)
    kept = json.loads((folder / "0-code.json").read_text())
    assert kept == ["task\nnewer", "old = 1", "assert old"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", ("\n", 1)),
        ("    ", "x", ("\n    ", 5)),
        ("\tif x:", "", ("\n\t  ", 4)),
        ("f(", ") + 1", ("\n  \n", 3)),
        ("f(", "]", ("\n  ", 3)),
        ("x[1]", "", ("\n", 1)),
        ('"#"', "", ("\n", 1)),
    ],
)
def test_a_new_line(before: str, after: str, told: tuple[str, int]) -> None:
    assert newline(before, after, "  ") == told


def test_lines_in_and_out() -> None:
    assert indented(["a", "", "  b"], "  ") == ["  a", "", "    b"]
    assert dedented(["    a", " b", "c", "\td", "      e"], "    ") == ["a", "b", "c", "d", "  e"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "    "), ("x", "    "), ("a\n  b\n    c", "  "), ("a\n\tb", "\t"),
        ("/*\n * x\n */\nf\n   g", "   "), ("a\n            b", "    "),
    ],
)  # fmt: skip
def test_one_level_of_a_text(text: str, unit: str) -> None:
    assert unit_of(text) == unit
