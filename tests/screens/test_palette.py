"""The palette: every action with its screen and its keys, done there, in both languages."""

from __future__ import annotations

import pytest
from screens import Screens, run, running

from runtimes.texts import Lang
from tui.commands.palette import OF_A_ROW, entries
from tui.commands.palette import sought as narrowed
from tui.keyboard.keys import KEYS, ONLY_TYPING
from tui.rooms import ROOMS
from tui.screens.palette import PaletteScreen
from tui.screens.tutor import TutorScreen
from tui.themes import SCHEMES
from tui.words import say


async def sought(screens: Screens, words: str) -> PaletteScreen:
    """The palette, with some words in its field."""
    await screens.press("ctrl+p")
    await screens.until(lambda: isinstance(screens.app.screen, PaletteScreen), "the palette")
    screen = screens.app.screen
    assert isinstance(screen, PaletteScreen)
    await screens.until(lambda: screen.list.option_count > 10, "its lines")
    await screens.press(*words)
    return screen


def test_it_lists_every_action_of_every_screen_with_its_keys() -> None:
    async def journey() -> None:
        async with running() as screens:
            listed = {one.name: one for one in entries(screens.app)}
            rooms = {"app", *(room.name for room in ROOMS)}
            for name in KEYS:
                place, _, what = name.partition(".")
                if place in rooms and what not in ONLY_TYPING and name != "app.palette":
                    assert (name in listed) == (name not in OF_A_ROW), name
            assert all(one.keys for one in listed.values() if one.name)
            assert listed["tutor.undo"].keys == "Ctrl-Z"
            assert listed["tutor.undo"].room is not None

    run(journey)


@pytest.mark.slow
def test_it_goes_to_the_screen_of_an_action_and_does_it_there() -> None:
    async def journey() -> None:
        async with running(size=(80, 24)) as screens:
            await sought(screens, "task choose")
            await screens.until_shown("Solve  F9")
            await screens.press("enter")
            await screens.until_shown("What is to be done")
            await screens.press("escape", "f2")
            await sought(screens, "counterexamples")
            await screens.press("enter")
            await screens.until(lambda: isinstance(screens.app.screen, TutorScreen), "the tutor")
            await screens.until_told("this cannot be done now: show or hide the counterexamples")

    run(journey)


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 40)])
def test_it_speaks_the_language_of_the_user_and_finds_words_of_both(size: tuple[int, int]) -> None:
    async def journey() -> None:
        async with running(lang=Lang.ZH, size=size) as screens:
            await screens.press("ctrl+p")
            await screens.until_shown("搜索命令")
            await screens.until_shown("执行 · Esc 关闭")
            await screens.press(*"undo")
            await screens.until_shown("撤销输入")
            assert "Ctrl-Z" in screens.text
            await screens.press(*"nosuchword")
            await screens.until_shown("没有符合的命令")
            assert not any(char.isascii() and char.isalpha() for char in _own(screens.text))
            await screens.press("ctrl+p")
            await screens.until(lambda: "搜索命令" not in screens.text)
            assert screens.chat.composer.draft.has_focus

    run(journey)


def _own(text: str) -> str:
    """What the box says by itself, without what was typed and the names of keys."""
    for typed in ("undonosuchword", "Esc", "Enter"):
        text = text.replace(typed, "")
    return text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("thm cntrst", ["theme: high contrast"]),
        ("thm", [f"theme: {scheme.title.en}" for scheme in SCHEMES]),
        ("zzq", []),
        ("(*", []),
    ],
)
def test_letters_in_their_order_find_what_no_word_does(words: str, found: list[str]) -> None:
    async def journey() -> None:
        async with running() as screens:
            hits = narrowed(entries(screens.app), words.split())
            told = [say(one.does, Lang.EN) for one in hits]
            assert [one for one in told if one.startswith("theme")] == found
            assert bool(hits) == bool(found)

    run(journey)
