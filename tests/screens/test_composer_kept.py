"""What outlasts the program; versions of a question; the user's own editor."""

from __future__ import annotations

import asyncio
import json
import signal
import stat
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest
from screens import ASK, RIGHT, Lines, run, running, typed
from turns import means, script

from assistant.history import open_history
from assistant.session.options import TurnOptions
from assistant.session.session import Session
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang
from tui import editor
from tui.kept import Kept, Left
from tui.messages import Asked, Told, TurnEnded
from tui.screens.chat import ChatScreen
from tui.turn.turns import Fate, Turns
from tui.widgets.code_editor import Editor

# --- the draft outlasts the program ----------------------------------------------------------


@pytest.mark.slow
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
            recall = screens.chat.composer.draft.recall
            await screens.until(lambda: recall.sent, "what was asked before")
            await screens.press("ctrl+a", "ctrl+k", "up")
            assert screens.chat.composer.text == ASK
            assert screens.app.desk.conversation is None

    for journey in (first, second, third, fresh):
        run(journey)


@pytest.mark.slow
def test_what_was_sent_and_is_in_no_history_comes_back_before_the_draft(
    tmp_path: Path, own_home: Path
) -> None:
    late: Lines = [{"after": 30, "text": "too late"}]
    model = script(tmp_path, late)
    saved = own_home / "state" / "app" / "0-asked.json"

    async def first() -> None:
        async with running(model, incognito=False) as screens:
            await screens.ask("the first question?")
            await screens.until(lambda: screens.chat.turns.busy, "the turn")
            await screens.until(lambda: not screens.chat.turns.unstored, "it is stored")
            screens.chat.composer._pasted = [("notes", "long")]
            await screens.ask("a second one?")
            waits = [["a second one?", [["notes", "long"]]]]
            await screens.until(
                lambda: saved.exists() and json.loads(saved.read_text()) == waits, "what waits"
            )
            await typed(screens, "third")

    async def second() -> None:
        async with running(model, incognito=False) as screens:
            await screens.until_shown("stopped; what was written is kept")
            assert screens.chat.composer.text == "a second one?\nthird"
            assert screens.chat.composer.pasted == (("notes", "long"),)
            await screens.until(lambda: not saved.exists(), "it is in the draft now")

    run(first)
    run(second)


def test_what_was_asked_is_unstored_until_the_history_has_it(tmp_path: Path) -> None:
    opened = threading.Event()
    ended = threading.Event()
    options, tools = TurnOptions(lang=Lang.EN, exact_first=False), means(script(tmp_path, RIGHT))

    def session() -> Session:
        opened.wait(20)
        return Session(tools, options, open_history(tmp_path / "history.db"))

    turns = Turns(session, lambda one: ended.set() if isinstance(one, TurnEnded) else None)
    first, second, third = Asked("first"), Asked("second"), Asked("third")
    assert [turns.ask(one) for one in (first, second, third)] == [
        Fate.STARTED, Fate.QUEUED, Fate.REFUSED
    ]  # fmt: skip
    assert list(turns.unstored) == [first, second]
    opened.set()
    assert ended.wait(40)
    assert list(turns.unstored) == [second]
    turns.close()
    assert list(turns.unstored) == [second]
    assert turns.ask(third) is Fate.REFUSED
    tools.close()


@pytest.mark.parametrize(("key", "stays"), [("x", True), ("f2", True), ("", False)])
def test_who_has_begun_in_the_chat_is_not_led_to_another_screen(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, key: str, stays: bool
) -> None:
    folder = own_home / "state" / "app"
    folder.mkdir(parents=True)
    (folder / "0.json").write_text('{"text": "draft", "conversation": null, "room": "history"}')
    known, opened = threading.Event(), Kept.open

    def late(kept: Kept) -> Left:
        known.wait(20)
        return opened(kept)

    monkeypatch.setattr(Kept, "open", late)

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            chat = screens.chat
            if key:
                await screens.press(key)
            known.set()
            await screens.until(lambda: "draft" in chat.composer.text, "the draft")
            await asyncio.sleep(0.5)
            if stays:
                assert screens.app.screen is chat
            else:
                await screens.until(lambda: screens.app.screen is not chat, "the history")

    run(journey)


@pytest.mark.slow
def test_a_question_that_nobody_could_answer_comes_back(tmp_path: Path, own_home: Path) -> None:
    asked = "Why is the sky blue?"

    async def first() -> None:
        async with running(None, incognito=False) as screens:
            await screens.ask(asked)
            await screens.answered()
            assert screens.chat.composer.text == ""

    async def second() -> None:
        async with running(script(tmp_path, RIGHT), incognito=False) as screens:
            await screens.until(lambda: screens.chat.composer.text == asked, "the question")
            await screens.press("enter")
            await screens.answered()
            assert not screens.chat.turns.unstored

    run(first)
    assert "sky" in (own_home / "state" / "app" / "0-asked.json").read_text()
    run(second)
    assert not (own_home / "state" / "app" / "0-asked.json").exists()


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
    "damage",
    ["", "[]", "null", '{"text": 5, "conversation": "x", "room": []}', "[" * 5000, '[[1], ["x"]]'],
)
def test_a_damaged_file_is_an_empty_draft(tmp_path: Path, damage: str) -> None:
    (tmp_path / "app").mkdir()
    for name in ("0.json", "0-attached.json", "0-asked.json"):
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


@pytest.mark.slow
def test_a_question_is_edited_and_answered_anew_as_branches(tmp_path: Path) -> None:
    answers: list[Lines] = [[{"text": f"This is answer {n}.\n"}] for n in range(5)]

    async def journey() -> None:
        async with running(script(tmp_path, *answers)) as screens:
            for n, question in enumerate(("the first?", "the second?")):
                await screens.ask(question)
                await screens.answered(n + 1)
            await screens.press("f12")
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
            await screens.press("ctrl+g")
            await screens.until_shown("this will stand beside the old question · Esc gives it up")
            await screens.until_shown("give up the edit")
            await screens.press("escape")
            await screens.until(lambda: "stand beside" not in screens.text, "the end of the edit")
            assert screens.chat.composer.fork is None
            assert screens.chat.composer.text == "the second?", "what is written stays"
            assert "give up the edit" not in screens.text

    run(journey)


@pytest.mark.slow
def test_a_branch_can_be_gone_on_with_in_a_new_start(tmp_path: Path, own_home: Path) -> None:
    model = script(tmp_path, [{"text": "Old.\n"}], [{"text": "New.\n"}], [{"text": "More.\n"}])

    async def journey() -> None:
        async with running(model, incognito=False) as screens:
            await screens.ask("one?")
            await screens.answered()
            await screens.press("f12")
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
        "open(path, 'w', encoding='utf-8').write(text + '修改\\n')\n"
    )
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{edit}' --wait '; touch x'")
    assert editor.edited("draft", editor.command()) == "draft\n修改"
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


def test_ctrl_c_in_the_editor_is_not_the_end_of_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt = "import os, signal; os.kill(os.getppid(), signal.SIGINT); "
    own = "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler"
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c '{interrupt}{own}'")
    before = signal.getsignal(signal.SIGINT)

    class Waiting:
        """An app that makes way."""

        suspend = staticmethod(nullcontext)

    assert editor.write(Waiting(), "draft") == "draft"  # type: ignore[arg-type]
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(("lang", "kept"), [(Lang.EN, "is as it was"), (Lang.ZH, "保持不变")])
def test_an_editor_that_fails_leaves_the_text_and_says_so(
    monkeypatch: pytest.MonkeyPatch, lang: Lang, kept: str
) -> None:
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c 'raise SystemExit(3)'")

    async def journey() -> None:
        async with running(lang=lang) as screens:
            monkeypatch.setattr(screens.app, "suspend", nullcontext)
            screens.chat.composer.draft.text = "my draft"
            await screens.press("f9")
            await screens.until_told(kept)
            assert screens.chat.composer.text == "my draft"

    run(journey)


@pytest.mark.slow
def test_the_fields_of_the_code_screen_come_back(own_home: Path) -> None:
    code = "def f(x):\n\treturn 2 * x\n"

    async def first() -> None:
        async with running(None, incognito=False) as screens:
            await asyncio.sleep(1.0)  # the slot is open
            await screens.press("f5")
            await screens.until(lambda: screens.app.screen.query("#report"), "the code screen")
            for name, text in (("task", "f(1) == 2"), ("code", code)):
                screens.app.screen.query_one(f"#{name}", Editor).put(text)
            saved = own_home / "state" / "app" / "0-code.json"
            await screens.until(saved.exists, "the fields")

    async def second() -> None:
        async with running(None, incognito=False) as screens:
            await screens.until(lambda: screens.app.screen.query("#report"), "the code screen")
            await screens.until_shown("f(1) == 2")
            assert screens.app.screen.query_one("#code", Editor).text == code

    for journey in (first, second):
        run(journey)
