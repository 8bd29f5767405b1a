"""The chat, driven by keys over scripted models."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from screens import ASK, LONG, RIGHT, WRONG_THEN_RIGHT, Lines, marks, run, running
from textual.app import App
from turns import script

from assistant.maths.types import Doubt, Mark, Text, Undecided
from assistant.session.options import TurnOptions
from runtimes.texts import Lang
from tui.messages import Asked, Submitted, TurnEnded, TurnProgress, TurnStarted
from tui.turn.said import Row, Rows, Said, Spoken
from tui.widgets.steps import NEWEST, StepList
from tui.widgets.thinking import ThoughtText


def test_a_question_is_answered_with_marked_steps(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await screens.ask(ASK)
            await screens.answered()
            assert marks(screens) == ["•", "✓", "✓"]
            assert "We solve it." in screens.text
            assert "steps: 2 proved, 0 supported, 0 undecided, 0 refuted" in screens.text
            assert screens.chat.composer.text == ""
            kinds = [type(m) for m in screens.messages if not isinstance(m, TurnProgress)]
            kinds = [k for k in kinds if k in (Submitted, TurnStarted, TurnEnded)]
            assert kinds == [Submitted, TurnStarted, TurnEnded]

    run(journey)


@pytest.mark.slow
def test_the_thinking_is_folded_and_can_be_read(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await screens.ask(ASK)
            await screens.answered()
            assert "Let me see" not in screens.text
            assert not screens.chat.query(ThoughtText)
            await screens.press("ctrl+r")
            await screens.until_shown("Let me see what 3x is.")
            await screens.press("ctrl+r")
            await screens.until(lambda: "Let me see" not in screens.text)

    run(journey)


@pytest.mark.slow
def test_a_wrong_step_is_taken_back_and_the_line_says_why(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, *WRONG_THEN_RIGHT)) as screens:
            await screens.ask(ASK)
            await screens.answered()
            assert marks(screens) == ["•", "✓", "✓"]
            assert screens.chat.transcript.last is not None
            assert "3x = 16" not in screens.chat.transcript.last.answer
            await screens.until_shown("✓ x = 5")
            assert "↺ step 2 is taken back" in screens.text
            assert screens.text.index("x = 5") < screens.text.index("✓ x = 5")

    run(journey)


@pytest.mark.slow
def test_many_steps_leave_room_for_the_answer_until_it_is_whole(tmp_path: Path) -> None:
    many: Lines = [{"text": f"$1 + {n} = {n + 1}$\n\n", "after": 0.03} for n in range(45)]

    async def journey() -> None:
        async with running(script(tmp_path, many), size=(80, 150)) as screens:
            await screens.ask(ASK)
            await screens.until(lambda: screens.chat.query(StepList))
            live = screens.chat.query_one(StepList)
            await screens.until(lambda: live.option_count == 5)
            await screens.answered()
            lists = list(screens.chat.query(StepList))
            assert live not in lists
            assert [one.option_count for one in lists] == [20, 20, 5]

    run(journey)


def test_the_newest_steps_are_those_with_their_own_marks() -> None:
    def told(steps: StepList) -> list[str]:
        return [str(option.prompt) for option in steps.options]

    async def journey() -> None:
        rows = Rows({n: Row(n, f"step {n}") for n in range(5)})
        async with App[None]().run_test() as pilot:
            steps = StepList(rows, NEWEST, Lang.EN)
            await pilot.app.mount(steps)
            steps.highlighted = 3
            for n in (5, 6):
                rows.rows[n] = Row(n, f"step {n}")
                steps.draw()
            assert told(steps) == [f"… step {n}  being checked" for n in range(2, 7)]
            assert steps.highlighted == 1, "the same step"
            rows.rows[4].mark = Mark(Undecided(Doubt.NO_METHOD), 1, Text("", ""))
            steps.marked([4])
            assert told(steps)[2] == "? step 4  undecided"
            assert told(steps)[3] == "… step 5  being checked"

    run(journey)


def test_enter_on_a_step_shows_how_it_was_checked(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await screens.ask(ASK)
            await screens.answered()
            await screens.press("ctrl+t")
            await screens.until_shown("Enter details")
            assert screens.chat.query_one(StepList).highlighted == 0
            await screens.press("down", "enter")
            told = re.compile("how: |the numbers agree")  # a busy machine proves less
            await screens.until(lambda: told.search(screens.text), "how it was checked")
            assert "Enter send" not in screens.text
            await screens.press("ctrl+t", "h", "i")
            assert screens.chat.composer.text == "hi"

    run(journey)


def test_escape_stops_and_keeps_what_was_written(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, LONG)) as screens:
            await screens.ask("tell me something")
            await screens.until_shown("word5 ")
            await screens.press("escape")
            await screens.answered()
            assert "■ stopped" in screens.text
            assert screens.chat.transcript.last is not None
            answer = screens.chat.transcript.last.answer
            assert "word5 " in answer
            assert "word399" not in answer

    run(journey)


def test_answer_now_ends_the_thinking(tmp_path: Path) -> None:
    thinking: Lines = [{"reasoning": f"Let me try x = {n}. ", "after": 0.05} for n in range(400)]

    async def journey() -> None:
        model = script(tmp_path, thinking, [{"text": "It is five.\n"}])
        async with running(model) as screens:
            await screens.ask("tell me something")
            await screens.until_shown("thinking · ")
            await screens.until_shown("x = 3")
            await screens.press("ctrl+n")
            await screens.answered()
            assert "It is five." in screens.text
            assert "as you asked" in screens.text

    run(journey)


@pytest.mark.parametrize(("lang", "word"), [(Lang.EN, "answer now"), (Lang.ZH, "立即回答")])
def test_the_end_of_the_thinking_is_offered_until_it_is_over(
    tmp_path: Path, lang: Lang, word: str
) -> None:
    thinking: Lines = [{"reasoning": f"Let me try x = {n}. ", "after": 0.05} for n in range(20)]
    writing: Lines = [{"text": f"word{n} ", "after": 0.05} for n in range(400)]

    async def journey() -> None:
        model = script(tmp_path, [*thinking, *writing])
        async with running(model, lang=lang, size=(140, 30)) as screens:
            assert word not in screens.text
            await screens.ask("tell me something")
            await screens.until_shown(word)
            await screens.until_shown("Ctrl-R")
            await screens.until_shown("word2 ")
            await screens.until(lambda: word not in screens.text, "no such key any more")
            await screens.press("escape")
            await screens.answered()

    run(journey)


def test_no_thinking_is_offered_where_there_is_none() -> None:
    async def journey() -> None:
        async with running(None, options=TurnOptions(lang=Lang.EN), size=(140, 30)) as screens:
            await screens.ask("2x + 3 = 11")
            await screens.answered()
            await screens.until_shown("Ctrl-T steps")
            assert "Ctrl-R" not in screens.text

    run(journey)


def test_a_failure_shows_its_remedy_and_the_app_goes_on(tmp_path: Path) -> None:
    async def journey() -> None:
        model = script(tmp_path, [{"text": "Half "}, {"error": "the wheel is broken"}], RIGHT)
        async with running(model) as screens:
            await screens.ask("tell me something")
            await screens.answered()
            assert "the wheel is broken" in screens.text
            assert "Try: ask again; if it fails again, F6, then t looks" in screens.text
            assert "Half" in screens.text
            await screens.ask(ASK)
            await screens.answered(2)
            assert "We solve it." in screens.text

    run(journey)


def test_a_model_that_is_not_there_is_told_with_its_remedy() -> None:
    async def journey() -> None:
        async with running("r1-qwen-7b") as screens:
            await screens.ask("tell me something")
            await screens.answered()
            assert "Try: F6, then p" in screens.text

    run(journey)


def test_without_a_model_the_exact_solver_answers() -> None:
    async def journey() -> None:
        async with running(None, options=TurnOptions(lang=Lang.ZH), lang=Lang.ZH) as screens:
            await screens.ask("解方程 2x + 3 = 11")
            await screens.answered()
            assert "│ x = 4" in screens.text
            assert "精确求解，未用模型" in screens.text
            assert "发送" in screens.text

    run(journey)


HOSTILE = (
    "\x1b[2J\x1b]52;c;aGVsbG8=\x07 \x1b]8;;http://evil\x07click\x1b]8;;\x07 \u202egnp.exe "
    "[bold red]markup[/] [@click=app.quit]x[/] e" + "\u0301" * 500 + "\u200d" * 500 + "\r"
)


def test_hostile_output_is_drawn_harmless(tmp_path: Path) -> None:
    async def journey() -> None:
        answer: Lines = [{"reasoning": HOSTILE}, {"text": f"{HOSTILE}\n\n```\n{HOSTILE}\n```\n"}]
        async with running(script(tmp_path, answer)) as screens:
            await screens.ask(HOSTILE)
            await screens.answered()
            await screens.press("ctrl+r")
            await screens.press()
            text = screens.text
            assert not set("\x1b\x07\u202e\r") & set(text)
            assert text.count("\u0301") <= 50
            assert "[bold red]markup[/]" in text

    run(journey)


def test_a_new_conversation_is_empty_and_forgets_the_old_one(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT, RIGHT)) as screens:
            await screens.ask(ASK)
            await screens.answered()
            before = screens.app.desk.session().conversation
            await screens.press("ctrl+l")
            await screens.until(lambda: "We solve it." not in screens.text)
            await screens.ask(ASK)
            await screens.answered(2)
            assert screens.app.desk.session().conversation != before

    run(journey)


def test_a_conversation_of_the_history_comes_back_as_it_was(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT, LONG[:5])) as screens:
            await screens.ask(ASK)
            await screens.answered()
            number = screens.app.desk.session().conversation
            assert number is not None
            before = screens.text.splitlines()
            await screens.press("ctrl+l")
            await screens.until(lambda: "We solve it." not in screens.text)
            assert await screens.chat.open(number)
            await screens.until_shown("We solve it.")
            await screens.until(lambda: marks(screens) == ["•", "✓", "✓"])
            for words in ("We solve it.", "x = 5", "steps: 2 proved", "T 0.6"):
                assert any(words in line for line in before)
                assert words in screens.text
            await screens.ask("and then?")
            await screens.answered(2)
            assert screens.app.desk.session().conversation == number

    run(journey)


@pytest.mark.slow
def test_a_long_conversation_opens_at_its_end_and_scrolls_to_its_beginning(tmp_path: Path) -> None:
    turns = [
        Said(Asked(f"question {n}?"), [Spoken(f"answer {n}\n\n" + "text and text\n\n" * 6)])
        for n in range(500)
    ]

    async def journey() -> None:
        async with running(None) as screens:
            transcript = screens.chat.transcript
            await transcript.show(turns)
            await screens.until_shown("answer 499")
            assert len(list(screens.chat.query("*"))) < 250

            def earlier() -> bool:
                screens.app.simulate_key("pageup")
                shown = [n for n in range(500) if f"question {n}?" in screens.text]
                return bool(shown) and max(shown) < 496

            await screens.until(earlier, "an earlier question")
            assert len(list(screens.chat.query("*"))) < 250
            await screens.press("ctrl+end")
            await screens.until_shown("answer 499")

    run(journey)


GOOD, BAD = (f"def double(n):\n    return {n} * n\n" for n in (2, 3))
EXAMPLES = "Write a Python function double(n). For example double(2) == 4 and double(5) == 10."


@pytest.mark.slow
def test_a_block_of_code_has_its_verdict_under_it(tmp_path: Path) -> None:
    answer: Lines = [
        {"text": f"First try:\n\n```python\n{BAD}```\n\n"},
        {"text": f"Better:\n\n```python\n{GOOD}```\n\n", "after": 0.5},
        {"text": "That is all.\n"},
    ]

    async def journey() -> None:
        async with running(script(tmp_path, answer), size=(100, 60)) as screens:
            await screens.ask(EXAMPLES)
            await screens.answered()
            await screens.until_shown("That is all.")
            await screens.press()
            check(screens.text)
            number = screens.app.desk.conversation
            assert number is not None
            await screens.press("ctrl+l")
            await screens.until(lambda: "That is all." not in screens.text)
            assert await screens.chat.open(number)
            await screens.until_shown("That is all.")
            await screens.press()
            check(screens.text)

    def check(text: str) -> None:
        first = ("First try", "return 3 * n", "✗ failed", "double(2) gave 6")
        second = ("Better", "return 2 * n", "≈ passed", "That is all.")
        places = [text.index(words) for words in first + second]
        assert places == sorted(places)

    run(journey)


def test_the_parts_of_an_answer_stand_below_one_another(tmp_path: Path) -> None:
    more, third = (" ".join(f"{w} words {n}" for n in range(60)) for w in ("more", "third"))
    text = f"First words.\n\n```py\nx = 1\n```\n\n> a quotation\n\n{more}\n\n{third}\n\n"
    answer: Lines = [{"text": f"{text}```\ny = 2\n```\n\nLast words."}]

    async def journey() -> None:
        async with running(script(tmp_path, answer), size=(80, 60)) as screens:
            await screens.ask("tell me something")
            await screens.answered()
            lines = screens.text.split("\n")
            first, last = (
                next(n for n, line in enumerate(lines) if words in line)
                for words in ("First words.", "Last words.")
            )
            shown = lines[first : last + 1]
            begins = {len(line) - len(line.lstrip()) for line in shown if "words" in line}
            assert begins == {2}
            assert sum("a quotation" in line for line in shown) == 1
            at = next(n for n, line in enumerate(shown) if "a quotation" in line)
            assert not shown[at + 1].strip()
            assert "more words" in shown[at + 2]
            blank = "".join("1" if line.strip() else "0" for line in shown)
            assert "000" not in blank

    run(journey)
