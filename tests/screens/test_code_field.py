"""Whose the code in the field is, and the tests beside it: of a file, of a user, of a model."""

from __future__ import annotations

from pathlib import Path

import pytest
from code_screens import RIGHT, TASK, WRONG, coding, isolated, opening
from screens import run
from turns import script

from assistant.coding.repair import CodeFinished
from assistant.coding.sandbox.types import Language
from assistant.coding.types import Failed, Passed
from runtimes.texts import Lang
from tui.messages import CodeHappened
from tui.turn.ran import ran_before
from tui.words import say


@pytest.mark.slow
@isolated
def test_a_model_writes_and_mends_only_after_consent(tmp_path: Path) -> None:
    model = script(tmp_path, [{"text": WRONG}], [{"text": RIGHT}])

    async def journey() -> None:
        async with coding(model) as one:
            one.put(task=TASK)
            await one.press("f9")
            await one.until_shown("To test it, code that the model writes is run here")
            assert one.screens.count(CodeHappened) == 0
            await one.press("y")
            await one.ended()
            await one.until_shown("≈ passed 1 of 1")
            assert one.screen.parts.text("code") == "def double(x):\n    return 2 * x\n"
            events = [m.event for m in one.screens.messages if isinstance(m, CodeHappened)]
            assert isinstance(events[-1], CodeFinished)
            kept = [type(report.verdict) for _, report, _ in one.screen._versions]
            assert kept == [Failed, Passed]
            assert "double" in one.text

    run(journey)


@pytest.mark.slow
def test_a_file_is_opened_and_written_with_a_copy_of_the_old(tmp_path: Path) -> None:
    own = tmp_path / "own.js"
    own.write_bytes(b"let a = 1;\r\nlet b = 2;\r\n")

    async def journey() -> None:
        async with coding() as one:
            await one.press("ctrl+g", *"nowhere.py", "enter")
            await one.until_shown("there is no such file")
            field = one.screen.query_one("#answer")
            field.value = str(own)  # type: ignore[attr-defined]
            await one.press("enter")
            await one.until_shown("let a = 1;")
            assert one.screen.language is Language.JAVASCRIPT
            one.put(code="let a = 3;\nlet b = 2;\n")
            await one.press("ctrl+s")
            await one.until_shown("The old text is kept beside it")
            await one.press("y")
            await one.until_shown("written; the old text is in")

    run(journey)
    assert own.read_bytes() == b"let a = 3;\r\nlet b = 2;\r\n"
    copies = [path for path in tmp_path.iterdir() if path != own]
    assert [path.read_bytes() for path in copies] == [b"let a = 1;\r\nlet b = 2;\r\n"]


@pytest.mark.slow
def test_a_file_with_hidden_signs_is_not_opened_halfway(tmp_path: Path) -> None:
    own = tmp_path / "own.py"
    own.write_text("a = '\x1b]52;c;aGk=\x07\u202e'\n", encoding="utf-8")

    async def journey() -> None:
        async with coding() as one:
            await one.press("ctrl+g")
            one.screen.query_one("#answer").value = str(own)  # type: ignore[attr-defined]
            await one.press("enter")
            await one.until_shown("signs that cannot be shown")
            assert one.screen.parts.text("code") == ""

    run(journey)


@pytest.mark.slow
def test_what_was_not_edited_is_saved_byte_by_byte(tmp_path: Path) -> None:
    own = tmp_path / "own.py"
    body = b'\xef\xbb\xbfS = """\n\tx\r\n"""\nif True:\n\ty = 1\n    \tz = 2'
    own.write_bytes(body)

    async def journey() -> None:
        async with coding() as one:
            await opening(one, own)
            await one.until_shown("y = 1")
            editor = one.screen.parts.editor("code")
            assert editor.text.encode() == body[3:].replace(b"\r", b"")
            await one.press("ctrl+s", "y")
            await one.until_shown("nothing new to write")
            assert own.read_bytes() == body
            editor.move_cursor(editor.document.end)
            editor.focus()
            await one.press("enter", "tab", "z")
            assert editor.text.endswith("\n    \t\tz"), "set in as the line before, and by a tab"
            await one.press("ctrl+s", "y")
            await one.until_shown("written; the old text is in")

    run(journey)
    assert own.read_bytes() == body + b"\n    \t\tz"


@pytest.mark.slow
def test_nothing_is_opened_or_saved_while_a_model_writes(tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("PRECIOUS = 1\n")
    slow = [{"text": f"word{n} ", "after": 0.05} for n in range(400)]

    async def journey() -> None:
        async with coding(script(tmp_path, slow)) as one:
            one.put(task=TASK)
            await one.press("f9", "n")
            await one.until_shown("word3")
            assert not any(one.screen.check_action(a, ()) for a in ("open", "save", "versions"))
            told = await one.screen._opened(str(other))  # the name was asked for before
            assert told is not None
            assert "something runs already" in told.en
            assert one.screen._place.own is None
            await one.press("escape")
            await one.ended()
            assert one.screen.check_action("open", ())
            assert "PRECIOUS" not in one.screen.parts.text("code")

    run(journey)


@pytest.mark.slow
def test_code_that_stands_in_no_file_is_not_lost_by_opening_one(tmp_path: Path) -> None:
    own = tmp_path / "own.py"
    own.write_text("a = 1\n")

    async def journey() -> None:
        async with coding() as one:
            one.put(code="mine = 1\n")
            await one.press("ctrl+g")
            await one.until_shown("would be lost")
            await one.press("n")
            assert one.screen.parts.text("code") == "mine = 1\n"
            await one.press("ctrl+g", "y")
            await opening(one, own, asked=True)
            await one.until_shown("a = 1")
            await one.press("ctrl+g")
            await one.until_shown("file to open")

    run(journey)


@pytest.mark.slow
@isolated
def test_tests_in_code_of_ones_own_are_ones_own(tmp_path: Path) -> None:
    tested = "def double(x):\n    return x\n\n\ndef test_a():\n    assert double(1) == 2\n"
    answer = "```python\ndef double(x):\n    return 2 * x\n\n\ndef test_b():\n    pass\n```\n"

    async def journey() -> None:
        async with coding(script(tmp_path, [{"text": answer}])) as one:
            one.put(code=tested)
            await one.press("f12")
            await one.ended()
            await one.until_shown("failed: passed 0 of 1 (your tests and examples)")
            await one.press("f9", "y")
            await one.ended(2)
            await one.until_shown("passed 1 of 1 (your tests and examples)")
            assert "def test_a():\n    assert double(1) == 2" in one.screen.parts.text("code")
            assert "your own tests stay as they were" in one.text
            await one.press("f12")
            await one.ended(3)
            await one.until_shown("passed 1 of 1 (your tests and examples)")
            told = [say(title(Lang.EN), Lang.EN) for title, *_ in one.screen._versions]
            titles = [title.partition(":")[0] for title in told]
            assert titles == ["your code", "attempt 1", "your run 2"]

    run(journey)


@pytest.mark.slow
@isolated
def test_tests_of_a_model_stay_its_own_however_they_are_indented(tmp_path: Path) -> None:
    tests = "```python\ndef test_a():\n\tassert double(2) == 4\n```\n"

    async def journey() -> None:
        async with coding(script(tmp_path, [{"text": tests}], [{"text": RIGHT}])) as one:
            one.put(task="write double(x) in Python")
            await one.press("f9", "y")
            await one.ended()
            assert "\tassert" in one.screen.parts.text("tests")
            await one.press("f12")
            await one.ended(2)
            await one.until_shown("passed 1 of 1 (tests that the model wrote itself)")

    run(journey)


@pytest.mark.slow
@isolated
def test_a_narrow_screen_turns_to_what_is_new(tmp_path: Path) -> None:
    own = tmp_path / "own.py"
    own.write_text("print('it ran')\n")

    async def journey() -> None:
        async with coding(size=(40, 20)) as one:
            await opening(one, own)
            await one.until_shown("[Code]")
            await one.press("f12")
            await one.ended()
            await one.until_shown("it ran")
            assert "[Result]" in one.text

    run(journey)


@pytest.mark.slow
@isolated
def test_code_that_no_attempt_betters_stays_and_that_is_said(tmp_path: Path) -> None:
    own = "def double(x):\n    return 0\n"

    async def journey() -> None:
        answers = [[{"text": f"Attempt {n}.\n\n{WRONG}"}] for n in range(4)]
        async with coding(script(tmp_path, *answers)) as one:
            one.put(task=TASK, code=own)
            await one.press("f9", "y")
            await one.ended()
            await one.until_shown("no attempt is better than your code")
            assert one.screen.parts.text("code") == own
            assert len(one.screen._versions) == 5

    run(journey)


def test_a_verdict_in_the_chat_is_as_long_as_can_be_read() -> None:
    lines = ["y" * 100_000 + "\n"] * 100
    record = {"end": 9, "verdict": "failed", "said": "x" * 1_000_000, "measured": lines}
    found = ran_before(record, Lang.EN)
    assert found is not None
    assert found.text.startswith("✗ xxx")
    assert len(found.text) + len(found.detail) < 10_000


@pytest.mark.slow
def test_code_that_is_long_has_no_colours_so_that_keys_are_not_slow() -> None:
    async def journey() -> None:
        async with coding() as one:
            editor = one.screen.parts.editor("code")
            editor.put("x = 1\n" * 5000)
            assert editor.language is None
            await one.press("ctrl+t", "y")
            assert editor.text.startswith("yx = 1\n")
            await one.press("ctrl+z", "ctrl+z")
            assert editor.text == ""
            editor.put("x = 1\n" * 50)
            assert editor.language == "python"

    run(journey)
