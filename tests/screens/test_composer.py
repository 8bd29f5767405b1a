"""The field: files behind @, commands behind /."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screens import ASK, RIGHT, Screens, run, running, typed
from textual import events
from turns import script

from runtimes.texts import Lang
from tui.commands import completing
from tui.keyboard.keys import KEYS
from tui.messages import Asked, Submitted, Told
from tui.screens.chat import ChatScreen
from tui.widgets import composer
from tui.words import say


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


@pytest.mark.slow
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
    from tui.commands.commands import commands

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
            await screens.until_told("is there already")

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


@pytest.mark.slow
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


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("chat.py", "src/screens/chat.py", "src/chat_old.py", "src/my_chat.py", "文/聊天.txt",
             "node_modules/chat.py", ".git/chat.py")  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("hello")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("chat", ["chat.py", "src/chat_old.py", "src/screens/chat.py", "src/my_chat.py"]),
        ("scr/ch", ["src/screens/chat.py"]),
        ("src/ch", ["chat_old.py", "my_chat.py", "src/screens/chat.py"]),
        ("天.", ["文/聊天.txt"]),
        ("c", ["chat.py", "src/"]),
        ("./zz", []),
        ("(?:*", []),
    ],
)
def test_a_file_is_found_by_its_name_wherever_it_is(typed: str, found: list[str]) -> None:
    assert [one.shown for one in completing.paths(typed, 0)] == found


@pytest.mark.usefixtures("tree")
def test_a_file_from_further_down_is_attached() -> None:
    async def journey() -> None:
        async with running(None) as screens:
            await typed(screens, "read @scr/ch")
            await screens.until_shown("src/screens/chat.py")
            await screens.press("tab")
            await screens.until_shown("▤ src/screens/chat.py · 1 line")
            assert screens.chat.composer.text == "read @src/screens/chat.py "

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


def test_what_cannot_be_attached_is_told(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(None) as screens:
            await screens.ask(f"/attach {tmp_path / 'nofile'}")
            await screens.until_shown("nofile")
            await screens.until(lambda: screens.app._notifications, "a notice")

    run(journey)


def test_what_is_typed_beside_the_field_goes_into_it() -> None:
    async def journey() -> None:
        async with running(None) as screens:
            await screens.press("tab")
            await screens.press("h", "i")
            assert screens.chat.composer.draft.text == "hi"
            assert screens.app.focused is screens.chat.composer.draft

    run(journey)


@pytest.mark.parametrize("lang", list(Lang))
def test_a_path_that_cannot_be_attached_holds_the_question_once(tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary").write_bytes(b"\x00\x01\x02" * 100)
    with (tmp_path / "giant").open("wb") as file:
        file.truncate(300 << 20)
    names = ["nothing", "folder", "binary", "giant"]

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT), lang=lang) as screens:
            for name in names:
                question = f"read @{tmp_path / name} for me"
                await screens.ask(question)
                await screens.until_told(composer.ALL_THE_SAME.template(lang).split("{0}")[1])
                assert name in said(screens)
                assert screens.chat.composer.text == question
                assert not asked(screens)
                screens.app.clear_notifications()
            await screens.press("enter")
            await screens.answered()
            (one,) = asked(screens)
            assert one == Asked(question)

    run(journey)


def test_a_word_behind_the_sign_is_sent_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT, RIGHT)) as screens:
            question = "what does @property do, and @pytest.fixture, me@example.com?"
            await screens.ask(question)
            await screens.answered()
            assert asked(screens) == [Asked(question)]

    run(journey)


def test_all_files_that_are_named_go_along_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b b.txt"):
        (tmp_path / name).write_text(name)

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            question = f'@{tmp_path}/a.txt and @"{tmp_path}/b b.txt" and @{tmp_path}/a.txt again'
            await screens.ask(question)
            await screens.answered()
            (one,) = asked(screens)
            assert [text for _, text in one.pasted] == ["a.txt", "b b.txt"]
            screens.chat.composer.restore(one)
            await screens.press("enter")
            await screens.until(lambda: len(asked(screens)) == 2)
            assert asked(screens)[1] == one, "what came back is not attached again"

    run(journey)


@given(st.text(max_size=60))
def test_what_is_named_stands_in_the_text(text: str) -> None:
    for name in completing.named_paths(text):
        assert name
        assert f"@{name}" in text or f'@"{name}"' in text


@pytest.mark.parametrize("lines", [8, 15])
def test_a_paste_of_many_lines_is_undone_and_done_again(lines: int) -> None:
    async def journey() -> None:
        async with running(size=(80, 24)) as screens:
            draft, text = screens.chat.composer.draft, "\n".join(["a"] * lines)
            draft.post_message(events.Paste(text))
            await screens.until(lambda: draft.text == text, "the paste")
            for _ in range(2):
                await screens.press("ctrl+z")
                await screens.until(lambda: draft.text == "", "the undoing")
                assert draft.cursor_location == (0, 0)
                await screens.press("ctrl+y")
                await screens.until(lambda: draft.text == text, "it again")

    run(journey)
