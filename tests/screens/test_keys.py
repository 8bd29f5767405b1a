"""One key for a meaning on all screens, and none that a terminal keeps for itself."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from screens import run

from assistant import paths
from runtimes.texts import Lang
from tui.__main__ import app_for
from tui.keyboard.keys import KEYS
from tui.keyboard.ownkeys import clashes, is_key, read_keys
from tui.keyboard.spelling import named, spelled
from tui.settled import Wanted

SAME = [
    ("chat.stop", "solve.stop", "tutor.stop", "code.stop", "models.stop", "first.stop"),
    ("chat.give_up", "history.back", "first.skip", "box.close", "help.close", "solve.edit"),
    ("chat.send", "problem.send", "tutor.send", "code.send", "history.open", "settings.change"),
    ("chat.newline", "problem.newline", "code.newline"),
    ("history.undo", "tutor.undo"),
    ("chat.export", "solve.export", "history.export", "code.save"),
    ("chat.copy", "solve.copy", "code.copy", "models.copy"),
    ("chat.new", "solve.new", "tutor.new"),
    ("chat.answer_now", "code.answer_now"),
    ("chat.thinking", "tutor.why", "code.trace", "history.branches"),
    ("chat.steps", "tutor.hint", "code.part"),
    ("chat.version_before", "code.versions", "solve.recent"),
    ("chat.again", "code.run"),
]
EATEN = {"ctrl+b", "f11", "ctrl+h", "ctrl+i", "ctrl+m", "ctrl+space", "ctrl+pageup", "ctrl+tab"}
"""By tmux, by Windows Terminal and GNOME's, or the same signs as another key."""
OF_A_FIELD = {f"ctrl+{letter}" for letter in "aekuvwxy"}
"""These move, cut and paste in a field of text."""


def keys_of(name: str) -> list[str]:
    return KEYS[name].keys.split(",")


@pytest.mark.parametrize("names", SAME, ids=lambda names: str(names[0]))
def test_like_actions_have_like_keys(names: tuple[str, ...]) -> None:
    assert len({keys_of(name)[0] for name in names}) == 1


def test_further_keys_mean_the_same_too() -> None:
    assert "ctrl+r" in keys_of("solve.unfold")
    assert "ctrl+t" in keys_of("solve.next")
    assert "ctrl+d" in keys_of("models.remove")
    assert keys_of("history.delete") == ["ctrl+d"]


def test_no_key_is_one_that_a_terminal_keeps_or_a_field_needs() -> None:
    assert not EATEN & set(chain.from_iterable(map(keys_of, KEYS)))
    assert not OF_A_FIELD & set(chain.from_iterable(map(keys_of, KEYS)))
    only = [name for name in KEYS if keys_of(name) == ["f10"]]
    assert not only, "the menu of some terminals"


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("ctrl+x", True), ("f5", True), (" question_mark", True), ("plus", True), ("é", True),
        ("ctrl+shift+left", True), ("ctrl+banana", False), ("Ctrl-X", True), ("Alt-↑", True),
        ("Esc", True), ("+", True), ("-", True), ("", False), ("ctrl+", False), ("Ctrl-", False),
        ("strg+x", False), ("Strg-X", False),
    ],
)  # fmt: skip
def test_the_name_of_a_key_is_known_or_not(key: str, known: bool) -> None:
    assert is_key(key) is known


def test_all_our_own_keys_are_keys() -> None:
    assert all(is_key(key) for name in KEYS for key in keys_of(name))


def test_a_key_that_is_none_is_told_and_takes_no_action_its_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"app.help" = "ctrl+banana"\n"chat.stop" = "ctrl+x"\n', encoding="utf-8")
    found, wrong = read_keys(path)
    assert found == {"chat.stop": "ctrl+x"}
    assert [text.args for text in wrong] == [("keys.toml", "app.help", "ctrl+banana")]


def test_two_actions_of_one_screen_with_one_key_are_told(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"chat.stop" = "Ctrl-P"\n"problem.send" = "Ctrl-L"\n', encoding="utf-8")
    assert [text.args for text in read_keys(path)[1]] == [
        ("keys.toml", "Ctrl-P", "app.palette", "chat.stop"),
        ("keys.toml", "Ctrl-L", "problem.send", "solve.new"),
        ("keys.toml", "Ctrl-L", "problem.send", "tutor.new"),
    ]
    path.write_text('"app.help" = "Esc"\n', encoding="utf-8")
    assert 0 < len(read_keys(path)[1]) < 5, "not a screen full of them"


def test_keys_that_are_exchanged_or_on_other_screens_do_not_clash() -> None:
    assert not list(clashes({}))
    assert not list(clashes({"chat.copy": "ctrl+s", "chat.export": "ctrl+o"}))
    assert not list(clashes({"history.rename": "ctrl+o"}))


def test_broken_settings_are_told_once() -> None:
    async def journey() -> None:
        file = paths.settings_file()
        file.parent.mkdir(parents=True)
        file.write_text('theme = "pink"\n', encoding="utf-8")
        app = app_for(Wanted(lang=Lang.EN, incognito=True))
        async with app.run_test(notifications=True) as pilot:
            await pilot.pause(1.0)
            assert len([one for one in app._notifications if "pink" in one.message]) == 1

    run(journey)


def test_a_key_in_the_file_may_be_written_as_the_screen_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"chat.stop" = "Ctrl-X, Esc"\n"chat.send" = "ctrl+enter"\n', encoding="utf-8")
    assert read_keys(path) == ({"chat.stop": "ctrl+x,escape", "chat.send": "ctrl+enter"}, ())


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("enter", "Enter"), ("ctrl+r", "Ctrl-R"), ("shift+enter", "Shift-Enter"), ("f1", "F1"),
        ("ctrl+up", "Ctrl-↑"), ("alt+down", "Alt-↓"), ("escape", "Esc"), ("a", "a"), ("A", "A"),
        ("plus", "+"), ("ctrl+plus", "Ctrl-+"), ("pagedown", "PgDn"), ("delete", "Del"),
        ("question_mark", "?"), ("space", "Space"), ("f", "f"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_key_is_written_in_one_way(key: str, written: str) -> None:
    assert spelled(key) == written


def test_what_is_written_means_its_key() -> None:
    for name in KEYS:
        for key in keys_of(name):
            assert named(spelled(key)) == key
