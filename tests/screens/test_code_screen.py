"""The code screen, driven by keys over the real sandbox and scripted models."""

from __future__ import annotations

from pathlib import Path

import pytest
from code_screens import TASK, WRONG, coding, isolated, opening
from screens import run
from turns import script

from assistant.coding.sandbox.types import Language
from runtimes.texts import Lang
from tui.rendering.codereport import report_content


@pytest.mark.slow
@isolated
def test_code_of_ones_own_is_run_with_the_examples_of_the_task_and_again_after_an_edit() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(task=TASK, code="def double(x):\n    return x + 2\n")
            await one.press("f12")
            await one.ended()
            await one.until_shown("✗ failed: passed 0 of 1 (the given examples)")
            assert "double(3) gave 5, and 6 was expected" in one.text
            one.put(code="def double(x):\n    return x + x\n")
            await one.press("f12")
            await one.ended(2)
            await one.until_shown("≈ passed 1 of 1")
            assert "held by: " in one.text
            await one.press("alt+up")
            await one.until_shown("your run 1: failed")
            await one.press("up", "enter")
            assert "x + 2" in one.screen.parts.text("code")
            assert "✗ failed" in one.text

    run(journey)


@pytest.mark.slow
@isolated
def test_a_verdict_on_what_was_edited_since_says_so(tmp_path: Path) -> None:
    earlier = "before your last edit"

    async def journey() -> None:
        async with coding() as one:
            one.put(task=TASK, code="def double(x):\n    return x + x\n")
            await one.press("f12")
            await one.ended()
            await one.until_shown("≈ passed 1 of 1")
            assert earlier not in one.text
            one.screen.parts.editor("code").focus()
            await one.press("#")
            await one.until_shown(earlier)
            await one.press("ctrl+z")
            await one.screens.until(lambda: earlier not in one.text, "it stands as it ran")
            one.put(tests="assert double(1) == 3")
            await one.until_shown(earlier)
            await one.press("f12")
            await one.ended(2)
            await one.until_shown("✗ failed")
            assert earlier not in one.text
            await one.press("alt+up", "up", "enter")  # the run before had no such tests
            await one.until_shown("≈ passed 1 of 1")
            await one.until_shown(earlier)
            one.put(tests="")
            await one.screens.until(lambda: earlier not in one.text, "as it ran")
            other = tmp_path / "other.py"
            other.write_text("pass\n", encoding="utf-8")
            await one.press("ctrl+g", "y")
            await opening(one, other, asked=True)
            await one.until_shown(earlier)

    run(journey)


@pytest.mark.slow
def test_without_consent_code_is_written_and_not_run(tmp_path: Path) -> None:
    async def journey() -> None:
        async with coding(script(tmp_path, [{"text": WRONG}])) as one:
            one.put(task=TASK)
            await one.press("f9", "n")
            await one.ended()
            await one.until_shown("you asked not to run it")
            assert "return x + 3" in one.screen.parts.text("code")

    run(journey)


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_is_missing_is_said() -> None:
    async def journey() -> None:
        async with coding() as one:
            await one.press("f9")
            await one.until_shown("write a task first")
            await one.press("f12")
            await one.until_shown("there is no code yet")
            one.put(task=TASK)
            await one.press("f9")
            await one.until_shown("no model writes here yet")

    run(journey)


@pytest.mark.slow
def test_an_engine_that_fails_is_told_with_its_remedy(tmp_path: Path) -> None:
    async def journey() -> None:
        async with coding(f"scripted:{tmp_path / 'nowhere.jsonl'}") as one:
            one.put(task=TASK)
            await one.press("f9", "n")
            await one.ended()
            await one.until_shown("nowhere.jsonl")
            assert one.screen.parts.text("task") == TASK

    run(journey)


@pytest.mark.slow
def test_a_narrow_screen_shows_one_part_at_a_time() -> None:
    async def journey() -> None:
        async with coding(size=(40, 20)) as one:
            for title in ("Task", "Code", "Tests", "Result"):
                assert f"[{title}]" in one.text.split("\n")[0]
                assert one.text.count("╭") == 1
                await one.press("ctrl+t")
            assert "[Task]" in one.text

    run(journey)


@pytest.mark.slow
def test_the_interface_is_chinese() -> None:
    async def journey() -> None:
        async with coding(lang=Lang.ZH) as one:
            assert "任务" in one.text
            assert "按 F9 让模型编写代码" in one.text
            await one.press("f12")
            await one.until_shown("还没有代码")

    run(journey)


@pytest.mark.slow
@isolated
def test_a_failing_call_is_traced_with_its_values() -> None:
    async def journey() -> None:
        async with coding(size=(120, 50)) as one:
            one.put(task=TASK, code="def double(x):\n    y = x + 2\n    return y\n")
            await one.press("f12")
            await one.ended()
            await one.press("ctrl+r")
            await one.until_shown("call to trace")
            await one.press("enter")  # the smallest failing call stands there
            await one.ended(2)
            await one.until_shown("double(3) gave 5")
            assert "y = 5" in one.text
            assert "given x = 3" in one.text
            assert "the code's own run tells this" in one.text

    run(journey)


@pytest.mark.slow
@isolated
def test_what_code_prints_is_drawn_harmless() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(code="print('\\x1b]0;title\\x07 \\u202e shown')\n")
            await one.press("f12")
            await one.ended()
            await one.until_shown("shown")
            assert "\x1b" not in one.text
            assert "\u202e" not in one.text

    run(journey)


@pytest.mark.slow
@isolated
def test_no_more_of_a_long_line_is_drawn_than_can_be_read() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(code="print('\u4e2d b' * 200000)\nfor n in range(100):\n    print(n)\n")
            await one.press("f12")
            await one.ended()
            report = one.screen._versions[-1][1]
            drawn = report_content(report, Lang.EN).plain
            assert len(report.printed) > 100_000
            assert len(drawn) < 2_000
            assert "… and 41 more" in drawn

    run(journey)


@pytest.mark.slow
def test_what_is_typed_stands_where_it_was_typed() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.screen.parts.editor("code").focus()
            await one.press(*"x = 1", "enter", *"let y = [];", "enter", *"console.log(x);")
            assert one.screen.language is Language.JAVASCRIPT
            assert one.screen.parts.text("code") == "x = 1\nlet y = [];\nconsole.log(x);"

    run(journey)


@pytest.mark.slow
@isolated
def test_a_run_is_stopped_from_within_a_field() -> None:
    async def journey() -> None:
        async with coding() as one:
            one.put(code="while True:\n    pass\n")
            one.screen.parts.editor("code").focus()
            await one.press("f12")
            await one.until_shown("running…")
            await one.press("escape")
            assert one.screen.work.running is None or one.screen.work.running.cancel.is_set()
            await one.ended()
            assert one.screen.parts.editor("code").has_focus

    run(journey)


@pytest.mark.slow
@isolated
@pytest.mark.parametrize("lang", list(Lang))
def test_each_test_that_did_not_pass_says_why(lang: Lang) -> None:
    tests = (
        "import pytest\n\n\ndef test_a():\n    assert f(1) == 3\n\n\n"
        'def test_b():\n    f("a")\n\n\n'
        '@pytest.mark.skip(reason="later")\ndef test_c():\n    pass\n'
    )

    async def journey() -> None:
        async with coding(lang=lang) as one:
            one.put(code="def f(x):\n    return x + 1\n", tests=tests)
            await one.press("f12")
            await one.ended()
            assert "f(1)" in one.text
            assert "TypeError: can only concatenate" in one.text
            assert "later" in one.text

    run(journey)


@pytest.mark.slow
@isolated
def test_what_failed_as_a_whole_says_why_where_nothing_is_decided() -> None:
    async def journey() -> None:
        async with coding(lang=Lang.ZH) as one:
            code = "def double(x):\n    return 2 * x\n\n\n1 / 0\n"
            one.put(task=TASK, code=code, tests="1 + 1\n")
            await one.press("f12")
            await one.ended()
            assert "整个文件" in one.text
            assert "ZeroDivisionError" in one.text, one.text

    run(journey)
