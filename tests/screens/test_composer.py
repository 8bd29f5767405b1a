"""The field: files behind @, commands behind /, a draft that outlasts the program."""

from __future__ import annotations

import asyncio
import json
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screens import ASK, RIGHT, Lines, Screens, run, running
from turns import script

from assistant.history import open_history
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang
from tui import completing, editor
from tui.kept import Kept, Left
from tui.keys import KEYS
from tui.messages import Asked, Submitted, Told
from tui.screens.chat import ChatScreen
from tui.words import say


async def typed(screens: Screens, text: str) -> None:
    """Type a text; all but its last letter at once."""
    screens.chat.composer.draft.insert(text[:-1])
    await screens.press(text[-1])


def asked(screens: Screens) -> list[Asked]:
    return [m.asked for m in screens.messages if isinstance(m, Submitted)]


def said(screens: Screens) -> str:
    """What the app has told, on one line."""
    told = [message.text for message in screens.messages if isinstance(message, Told)]
    return " ".join(say(text, Lang.EN) for text in told)


async def until_told(screens: Screens, words: str) -> None:
    await screens.until(lambda: words in said(screens), words)


# --- commands --------------------------------------------------------------------------------


def test_a_slash_offers_commands_and_enter_does_them(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await typed(screens, "/")
            await screens.until_shown("/model NAME")
            await typed(screens, "thi")
            await screens.until(lambda: "/model NAME" not in screens.text)
            await screens.press("enter")
            assert screens.chat.composer.text == "/think "
            await typed(screens, "200")
            await screens.press("enter")
            await screens.until_shown("thinking: up to 200 tokens")
            assert screens.app.desk.options.think == 200
            assert screens.chat.composer.text == ""
            await typed(screens, "/vote 3")
            await screens.press("enter")
            await screens.until(lambda: screens.app.desk.options.samples == 3)
            await typed(screens, "/tools on")
            await screens.press("enter")
            await screens.until(lambda: screens.app.desk.options.tools)
            assert screens.app.desk.options.samples == 1
            assert asked(screens) == []

    run(journey)


def test_every_action_with_a_key_can_be_typed(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await screens.ask(ASK)
            await screens.answered()
            await typed(screens, "/copy")
            await screens.press("enter")
            await screens.until_shown("copied")
            await typed(screens, "/new")
            await screens.press("enter")
            await screens.until(lambda: "We solve it." not in screens.text)
            await typed(screens, "/history")
            await screens.press("enter")
            await screens.until(lambda: not isinstance(screens.app.screen, ChatScreen))

    run(journey)
    from tui.commands import commands

    known = commands()
    for name in ("new", "help", "solve", "again", "edit", "editor", "quit", "thinking"):
        assert name in known
    assert {f"chat.{name.replace('-', '_')}" for name in known} & set(KEYS)


def test_a_command_that_is_wrong_stays_in_the_field() -> None:
    async def journey() -> None:
        async with running(None) as screens:
            for line, told in (
                ("/frobnicate", "there is no command /frobnicate"),
                ("/think much", "write: /think N"),
                ("/vote 0", "write: /vote N"),
                ("/tools perhaps", "write: /tools on"),
                ("/model no-such-model", "no-such-model"),
                ("/stop", "/stop cannot be done now"),
                ("/export x.md", "nothing was asked yet"),
            ):
                screens.chat.composer.draft.text = line
                await screens.press("enter")
                await screens.until_shown(told)
                assert screens.chat.composer.text == line
            screens.chat.composer.draft.text = "/etc/hosts is what?"
            await screens.press("enter")
            await screens.answered()
            assert [one.text for one in asked(screens)] == ["/etc/hosts is what?"]

    run(journey)


def test_solve_asks_no_model_and_export_writes_the_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            screens.chat.composer.draft.text = "/solve 2x + 3 = 11"
            await screens.press("enter")
            await screens.answered()
            await screens.until_shown("solved exactly, without a model")
            assert screens.chat.composer.text == ""
            screens.chat.composer.draft.text = "/export out.md"
            await screens.press("enter")
            await screens.until((tmp_path / "out.md").exists)
            assert "2x + 3 = 11" in (tmp_path / "out.md").read_text()
            screens.chat.composer.draft.text = "/export out.md"
            await screens.press("enter")
            await screens.until_shown("is there already")

    run(journey)


# --- files -----------------------------------------------------------------------------------


def test_a_file_is_completed_attached_and_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deep folder").mkdir()
    (tmp_path / "deep folder" / "文档.txt").write_text("the words\nof the file\n")
    (tmp_path / "other.txt").write_text("no")

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await typed(screens, "read @de")
            await screens.until_shown("deep folder/")
            await screens.press("tab")
            await screens.until_shown("文档.txt")
            await screens.press("enter")
            await screens.until_shown("▤ 文档.txt · 2 lines")
            assert screens.chat.composer.text == 'read @"deep folder/文档.txt" '
            await typed(screens, "please")
            await screens.press("enter")
            await screens.answered()
            (one,) = asked(screens)
            assert one.pasted == (("文档.txt", "the words\nof the file"),)
            assert "▤ 文档.txt" in screens.text

    run(journey)


def test_a_whole_path_is_attached_when_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"words of {name}")

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await typed(screens, "@one.txt ")
            await typed(screens, "and me@two.txt ")
            await typed(screens, "and @two.txt")
            await screens.until_shown("▤ one.txt")
            assert "▤ two.txt" not in screens.text
            await screens.press("enter")
            await screens.answered()
            (one,) = asked(screens)
            assert [name for name, _ in one.pasted] == ["one.txt", "two.txt"]

    run(journey)


def test_what_cannot_be_attached_is_told_and_the_text_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "image.bin").write_bytes(bytes(range(256)) * 50)

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            for name, told in (
                ("folder", "it is a folder"),
                ("image.bin", "it is no text"),
                ("nowhere.txt", "no such file"),
                ("/dev/zero", "it is no ordinary file"),
            ):
                screens.chat.composer.draft.text = f"/attach {name}"
                await screens.press("enter")
                await until_told(screens, told)
                assert screens.chat.composer.text == f"/attach {name}"
                assert screens.chat.composer.pasted == ()

    run(journey)


def test_hostile_names_are_offered_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a\x1b[2J\n\u202ex.txt").write_text("hello")

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await typed(screens, "@a")
            await screens.until_shown("x.txt")
            await screens.press("tab")
            await screens.until_shown("▤ a")
            assert not set("\x1b\u202e\n") & set(screens.chat.composer.text)
            assert screens.chat.composer.pasted[0][1] == "hello"

    run(journey)


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at_for_what_stands_behind_it(text: str) -> None:
    begun = completing.begun_path(text)
    if begun is not None:
        assert text[begun[1]] == "@"
        completing.paths(*begun)
    completing.begun_command(text)
    completing.ended_path(text)
    command = completing.command_of(text)
    assert command is None or text.strip().startswith("/")


# --- the draft outlasts the program ----------------------------------------------------------


def test_the_draft_and_the_place_come_back(tmp_path: Path, own_home: Path) -> None:
    model = script(tmp_path, RIGHT)

    async def first() -> None:
        async with running(model, incognito=False) as screens:
            await screens.ask(ASK)
            await screens.answered()
            await asyncio.sleep(0.5)
            await typed(screens, "half a question")
            saved = own_home / "state" / "app" / "0.json"
            await screens.until(lambda: "half a question" in saved.read_text(), "the draft")
            assert stat.S_IMODE(saved.stat().st_mode) == 0o600

    async def second() -> None:
        async with running(model, incognito=False) as screens:
            await screens.until_shown("half a question")
            await screens.until_shown("We solve it.")
            await screens.press("ctrl+a", "ctrl+k", "up")
            assert screens.chat.composer.text == ASK
            await screens.press("f7")
            await screens.until(lambda: not isinstance(screens.app.screen, ChatScreen))

    async def third() -> None:
        async with running(model, incognito=False) as screens:
            await screens.until(lambda: not isinstance(screens.app.screen, ChatScreen))
            await screens.until_shown(ASK[:30])

    async def fresh() -> None:
        async with running(model, incognito=False, fresh=True) as screens:
            await asyncio.sleep(1.0)
            assert "We solve it." not in screens.text
            assert screens.app.desk.conversation is None

    for journey in (first, second, third, fresh):
        run(journey)


def test_incognito_leaves_nothing_behind(tmp_path: Path, own_home: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await typed(screens, "a secret")
            await screens.press("enter")
            await screens.answered()
            await asyncio.sleep(0.6)

    run(journey)
    left = [path for path in own_home.rglob("*") if path.is_file()] if own_home.exists() else []
    assert not any(b"secret" in path.read_bytes() for path in left)
    assert not (own_home / "state" / "app").exists()


def test_two_apps_keep_two_drafts_and_a_dead_one_is_taken_over(tmp_path: Path) -> None:
    told: list[object] = []
    one, two = Kept(tmp_path, told.append), Kept(tmp_path, told.append)
    assert one.open() == Left() == two.open()
    one.draft("of the first", (("name", "text\ud800"),))
    two.draft("of the second", ())
    one.close()
    three = Kept(tmp_path, told.append)
    assert three.open() == Left(text="of the first", pasted=(("name", "text\ud800"),))
    three.draft("", ())
    three.close()
    two.close()
    words = b"".join(path.read_bytes() for path in (tmp_path / "app").iterdir())
    assert b"of the first" not in words
    assert b"of the second" in words
    assert told == []


@pytest.mark.parametrize(
    "damage", ["", "[]", "null", '{"text": 5, "conversation": "x", "room": []}', "[" * 5000]
)
def test_a_damaged_file_is_an_empty_draft(tmp_path: Path, damage: str) -> None:
    (tmp_path / "app").mkdir()
    for name in ("0.json", "0-attached.json"):
        (tmp_path / "app" / name).write_text(damage)
    kept = Kept(tmp_path, lambda _: None)
    assert kept.open() == Left()
    kept.draft("new", ())
    kept.close()
    assert json.loads((tmp_path / "app" / "0.json").read_text())["text"] == "new"


def test_where_nothing_can_be_written_the_app_says_so_once(tmp_path: Path) -> None:
    (tmp_path / "app").write_text("a file in the way")
    told: list[object] = []
    kept = Kept(tmp_path, told.append)
    assert kept.open() == Left()
    kept.draft("x", ())
    kept.close()
    assert [type(one) for one in told] == [Told]


# --- versions --------------------------------------------------------------------------------


def test_a_question_is_edited_and_answered_anew_as_branches(tmp_path: Path) -> None:
    answers: list[Lines] = [[{"text": f"This is answer {n}.\n"}] for n in range(5)]

    async def journey() -> None:
        async with running(script(tmp_path, *answers)) as screens:
            for n, question in enumerate(("the first?", "the second?")):
                await screens.ask(question)
                await screens.answered(n + 1)
            await screens.press("ctrl+b")
            await screens.answered(3)
            await screens.until_shown("This is answer 2.")
            assert "This is answer 1." not in screens.text
            assert "⎇ 2/2" in screens.text
            await screens.press("alt+up")
            await screens.until_shown("This is answer 1.")
            assert "⎇ 1/2" in screens.text
            await screens.press("f10")
            assert screens.chat.composer.text == "the second?"
            await screens.press("f10")
            assert screens.chat.composer.text == "the first?"
            await screens.until_shown("this will stand beside the old question")
            await typed(screens, "!")
            await screens.press("enter")
            await screens.answered(4)
            await screens.until_shown("This is answer 3.")
            assert "the second?" not in screens.text
            assert "the first?!" in screens.text
            await screens.press("alt+up")
            await screens.until_shown("This is answer 2.")
            await screens.press("f10", "ctrl+g")
            assert screens.chat.composer.fork is None

    run(journey)


def test_a_branch_can_be_gone_on_with_in_a_new_start(tmp_path: Path, own_home: Path) -> None:
    model = script(tmp_path, [{"text": "Old.\n"}], [{"text": "New.\n"}], [{"text": "More.\n"}])

    async def journey() -> None:
        async with running(model, incognito=False) as screens:
            await screens.ask("one?")
            await screens.answered()
            await screens.press("ctrl+b")
            await screens.answered(2)
            await screens.press("alt+up")
            await screens.until_shown("Old.")
            await screens.ask("and then?")
            await screens.answered(3)

    run(journey)
    with open_history(own_home / "data" / "history.db") as history:
        turns = history.turns(history.list()[0].id)
        texts = [(t.question.text, t.answer.text.strip() if t.answer else "") for t in turns]
        assert texts == [("one?", "Old."), ("and then?", "More.")]


# --- the user's own editor -------------------------------------------------------------------


def test_the_editor_gets_a_private_file_and_no_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = tmp_path / "my editor.py"
    edit.write_text(
        "import os, sys\n"
        "path = sys.argv[-1]\n"
        "assert sys.argv[1:-1] == ['--wait', '; touch x'], sys.argv\n"
        "assert os.stat(path).st_mode & 0o777 == 0o600\n"
        "text = open(path, encoding='utf-8').read()\n"
        "open(path, 'w', encoding='utf-8').write(text + ' 修改\\n')\n"
    )
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{edit}' --wait '; touch x'")
    assert editor.edited("draft", editor.command()) == "draft 修改"
    assert not (tmp_path / "x").exists()


def test_an_editor_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    with pytest.raises(RuntimeFailure):
        editor.edited("draft", editor.command())
    monkeypatch.setenv("VISUAL", "'unclosed")
    with pytest.raises(RuntimeFailure):
        editor.command()
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c 'raise SystemExit(3)'")
    with pytest.raises(RuntimeFailure):
        editor.edited("draft", editor.command())
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeFailure):
        editor.command()
