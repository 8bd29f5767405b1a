"""The code screen, driven by keys over the real sandbox and scripted models."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from screens import Screens, run, running
from turns import script

from assistant.coding.repair import CodeFinished
from assistant.coding.sandbox import examine
from assistant.coding.sandbox.types import Language
from assistant.coding.types import Failed, Passed
from runtimes.texts import Lang
from tui.messages import CodeEnded, CodeHappened
from tui.rendering.codereport import report_content
from tui.screens.code import CodeScreen

TASK = "write double(x); double(3) == 6"
WRONG = "```python\ndef double(x):\n    return x + 3 if x != 3 else 7\n```\n"
RIGHT = "```python\ndef double(x):\n    return 2 * x\n```\n"
isolated = pytest.mark.skipif(not examine().isolated, reason="this machine cannot isolate code")


class Coding:
    """The screen of a running app."""

    def __init__(self, screens: Screens) -> None:
        self.screens = screens
        self.press = screens.press
        self.until_shown = screens.until_shown

    @property
    def screen(self) -> CodeScreen:
        screen = self.screens.app.screen
        assert isinstance(screen, CodeScreen)
        return screen

    @property
    def text(self) -> str:
        return self.screens.text

    def put(self, **parts: str) -> None:
        for name, text in parts.items():
            self.screen.parts.editor(name).text = text

    async def ended(self, times: int = 1) -> None:
        await self.screens.until(lambda: self.screens.count(CodeEnded) >= times, "the end")
        await self.screens.until(lambda: self.screen.work.running is None, "the end shown")
        await asyncio.sleep(0.1)


@asynccontextmanager
async def coding(
    model: str | None = None, *, size: tuple[int, int] = (120, 40), lang: Lang = Lang.EN
) -> AsyncIterator[Coding]:
    async with running(model, size=size, lang=lang) as screens:
        await screens.press("f5")
        await screens.until(lambda: isinstance(screens.app.screen, CodeScreen), "the screen")
        one = Coding(screens)
        await screens.until(lambda: bool(one.screen.query("#report")), "its parts")
        await asyncio.sleep(0.1)
        yield one


@isolated
def test_code_of_ones_own_is_run_with_the_examples_of_the_task_and_again_after_an_edit() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(task=TASK, code="def double(x):\n    return x + 2\n")
            await one.press("ctrl+r")
            await one.ended()
            await one.until_shown("✗ failed: passed 0 of 1 (the given examples)")
            assert "double(3) gave 5, and 6 was expected" in one.text
            one.put(code="def double(x):\n    return x + x\n")
            await one.press("ctrl+r")
            await one.ended(2)
            await one.until_shown("≈ passed 1 of 1")
            assert "held by: " in one.text
            await one.press("ctrl+t")
            await one.until_shown("your run 1: failed")
            await one.press("up", "enter")
            assert "x + 2" in one.screen.parts.text("code")
            assert "✗ failed" in one.text

    run(journey)


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
            kept = [type(report.verdict) for _, report in one.screen._versions]
            assert kept == [Failed, Passed]
            assert "double" in one.text

    run(journey)


def test_without_consent_code_is_written_and_not_run(tmp_path: Path) -> None:
    async def journey() -> None:
        async with coding(script(tmp_path, [{"text": WRONG}])) as one:
            one.put(task=TASK)
            await one.press("f9", "n")
            await one.ended()
            await one.until_shown("you asked not to run it")
            assert "return x + 3" in one.screen.parts.text("code")

    run(journey)


def test_writing_is_stopped_and_the_fields_keep_their_text(tmp_path: Path) -> None:
    slow = [{"text": f"word{n} ", "after": 0.05} for n in range(400)]

    async def journey() -> None:
        async with coding(script(tmp_path, slow)) as one:
            one.put(task=TASK)
            await one.press("f9", "n")
            await one.until_shown("word3")
            await one.press("escape")
            await one.ended()
            await one.until_shown("stopped")
            assert one.screen.parts.text("task") == TASK
            assert not one.screen.parts.editor("code").read_only

    run(journey)


def test_what_is_missing_is_said() -> None:
    async def journey() -> None:
        async with coding() as one:
            await one.press("f9")
            await one.until_shown("write a task first")
            await one.press("ctrl+r")
            await one.until_shown("there is no code yet")
            one.put(task=TASK)
            await one.press("f9")
            await one.until_shown("no model writes here yet")

    run(journey)


def test_an_engine_that_fails_is_told_with_its_remedy(tmp_path: Path) -> None:
    async def journey() -> None:
        async with coding(f"scripted:{tmp_path / 'nowhere.jsonl'}") as one:
            one.put(task=TASK)
            await one.press("f9", "n")
            await one.ended()
            await one.until_shown("nowhere.jsonl")
            assert one.screen.parts.text("task") == TASK

    run(journey)


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


def test_a_narrow_screen_shows_one_part_at_a_time() -> None:
    async def journey() -> None:
        async with coding(size=(40, 20)) as one:
            for title in ("Task", "Code", "Tests", "Result"):
                assert f"─ {title} ─" in one.text
                assert one.text.count("╭") == 1
                await one.press("f10")
            assert "─ Task ─" in one.text

    run(journey)


def test_the_interface_is_chinese() -> None:
    async def journey() -> None:
        async with coding(lang=Lang.ZH) as one:
            assert "任务" in one.text
            assert "按 f9 让模型编写代码" in one.text
            await one.press("ctrl+r")
            await one.until_shown("还没有代码")

    run(journey)


@isolated
def test_a_failing_call_is_traced_with_its_values() -> None:
    async def journey() -> None:
        async with coding(size=(120, 50)) as one:
            one.put(task=TASK, code="def double(x):\n    y = x + 2\n    return y\n")
            await one.press("ctrl+r")
            await one.ended()
            await one.press("ctrl+o")
            await one.until_shown("call to trace")
            await one.press("enter")  # the smallest failing call stands there
            await one.ended(2)
            await one.until_shown("double(3) gave 5")
            assert "y = 5" in one.text
            assert "given x = 3" in one.text
            assert "the code's own run tells this" in one.text

    run(journey)


@isolated
def test_what_code_prints_is_drawn_harmless() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(code="print('\\x1b]0;title\\x07 \\u202e shown')\n")
            await one.press("ctrl+r")
            await one.ended()
            await one.until_shown("shown")
            assert "\x1b" not in one.text
            assert "\u202e" not in one.text

    run(journey)


async def opening(one: Coding, path: Path, *, asked: bool = False) -> None:
    """Ask for a file, unless that was done, and answer with its name."""
    if not asked:
        await one.press("ctrl+g")
    await one.until_shown("file to open")
    one.screen.query_one("#answer").value = str(path)  # type: ignore[attr-defined]
    await one.press("enter")


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
            assert editor.text.endswith("\n\tz")
            await one.press("ctrl+s", "y")
            await one.until_shown("written; the old text is in")

    run(journey)
    assert own.read_bytes() == body + b"\n\tz"


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
            assert "something runs already" in told
            assert one.screen._own is None
            await one.press("escape")
            await one.ended()
            assert one.screen.check_action("open", ())
            assert "PRECIOUS" not in one.screen.parts.text("code")

    run(journey)


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


@isolated
def test_tests_in_code_of_ones_own_are_ones_own(tmp_path: Path) -> None:
    tested = "def double(x):\n    return x\n\n\ndef test_a():\n    assert double(1) == 2\n"
    answer = "```python\ndef double(x):\n    return 2 * x\n\n\ndef test_b():\n    pass\n```\n"

    async def journey() -> None:
        async with coding(script(tmp_path, [{"text": answer}])) as one:
            one.put(code=tested)
            await one.press("ctrl+r")
            await one.ended()
            await one.until_shown("failed: passed 0 of 1 (your tests and examples)")
            await one.press("f9", "y")
            await one.ended(2)
            await one.until_shown("passed 1 of 1 (your tests and examples)")
            assert "def test_a():\n    assert double(1) == 2" in one.screen.parts.text("code")
            assert "your own tests stay as they were" in one.text
            await one.press("ctrl+r")
            await one.ended(3)
            await one.until_shown("passed 1 of 1 (your tests and examples)")
            titles = [title.partition(":")[0] for title, _ in one.screen._versions]
            assert titles == ["your code", "attempt 1", "your run 2"]

    run(journey)


@isolated
def test_tests_of_a_model_stay_its_own_however_they_are_indented(tmp_path: Path) -> None:
    tests = "```python\ndef test_a():\n\tassert double(2) == 4\n```\n"

    async def journey() -> None:
        async with coding(script(tmp_path, [{"text": tests}], [{"text": RIGHT}])) as one:
            one.put(task="write double(x) in Python")
            await one.press("f9", "y")
            await one.ended()
            assert "\tassert" in one.screen.parts.text("tests")
            await one.press("ctrl+r")
            await one.ended(2)
            await one.until_shown("passed 1 of 1 (tests that the model wrote itself)")

    run(journey)


@isolated
def test_no_more_of_a_long_line_is_drawn_than_can_be_read() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(code="print('\u4e2d b' * 200000)\nfor n in range(100):\n    print(n)\n")
            await one.press("ctrl+r")
            await one.ended()
            report = one.screen._versions[-1][1]
            drawn = report_content(report, Lang.EN).plain
            assert len(report.printed) > 100_000
            assert len(drawn) < 2_000
            assert "… and 41 more" in drawn

    run(journey)


def test_what_is_typed_stands_where_it_was_typed() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.screen.parts.editor("code").focus()
            await one.press(*"x = 1", "enter", *"let y = [];", "enter", *"console.log(x);")
            assert one.screen.language is Language.JAVASCRIPT
            assert one.screen.parts.text("code") == "x = 1\nlet y = [];\nconsole.log(x);"

    run(journey)


@isolated
def test_a_run_is_stopped_from_within_a_field() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(code="while True:\n    pass\n")
            one.screen.parts.editor("code").focus()
            await one.press("ctrl+r")
            await one.until_shown("running…")
            await one.press("escape")
            assert one.screen.work.running is None or one.screen.work.running.cancel.is_set()
            await one.ended()
            assert one.screen.parts.editor("code").has_focus

    run(journey)


@isolated
def test_a_narrow_screen_turns_to_what_is_new(tmp_path: Path) -> None:
    own = tmp_path / "own.py"
    own.write_text("print('it ran')\n")

    async def journey() -> None:
        async with coding(size=(40, 20)) as one:
            await opening(one, own)
            await one.until_shown("─ Code ─")
            await one.press("ctrl+r")
            await one.ended()
            await one.until_shown("it ran")
            assert "─ Result ─" in one.text

    run(journey)


@isolated
def test_code_that_no_attempt_betters_stays_and_that_is_said(tmp_path: Path) -> None:
    own = "def double(x):\n    return 0\n"

    async def journey() -> None:
        async with coding(script(tmp_path, *[[{"text": WRONG}]] * 4)) as one:
            one.put(task=TASK, code=own)
            await one.press("f9", "y")
            await one.ended()
            await one.until_shown("no attempt is better than your code")
            assert one.screen.parts.text("code") == own
            assert len(one.screen._versions) == 5

    run(journey)
