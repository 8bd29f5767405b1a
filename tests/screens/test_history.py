"""Earlier conversations on their screen: found, opened, renamed, exported, deleted."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from history_screens import at_history, talk, titles
from screens import Screens, run, running
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.history import History
from runtimes.texts import Lang
from tui.conversations import bin as thrown
from tui.messages import Told
from tui.screens import history as history_screen
from tui.screens.chat import ChatScreen
from tui.widgets.conversations import FOUND
from tui.widgets.lined import Lined
from tui.widgets.look import Look


def looked(screens: Screens) -> str:
    """What is shown beside the list."""
    return "\n".join(one.plain for one in contents(screens))


def contents(screens: Screens) -> list[Content]:
    """The same with its styles."""
    out: list[Content] = []

    def take(text: Content) -> Content:
        out.append(text)
        return text

    for part in screens.app.screen.query_one(Look).query(Static):
        if isinstance(part, Lined):
            part.restyle(take)
        else:
            out.append(
                part.content if isinstance(part.content, Content) else Content(str(part.content))
            )
    return out


def stands_out(screens: Screens) -> set[str]:
    """What stands out in it."""
    return {
        one.plain[span.start : span.end]
        for one in contents(screens)
        for span in one.spans
        if span.style == FOUND
    }


def test_the_newest_is_first_and_opens_in_the_chat(history: History) -> None:
    talk(history, ("the first question", "one"))
    second = talk(history, ("the second question", "**two** it is"))

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "the second question")
            assert titles(screens) == ["the second question", "the first question"]
            await screens.until(lambda: "two it is" in looked(screens), "drawn as Markdown")
            await screens.press("down", "up", "enter")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen))
            await screens.until_shown("two it is")
            assert screens.app.desk.conversation == second

    run(journey)


def test_what_is_typed_is_found_in_questions_answers_and_thinking(history: History) -> None:
    talk(history, ("about triangles", "they have three sides"))
    talk(history, ("关于圆的问题", "圆的面积"), thought="先想一想半径 r 是多少")
    talk(history, ("nothing of it", "at all"))

    async def journey() -> None:
        async with running(None, incognito=False, size=(120, 30)) as screens:
            await at_history(screens, "nothing of it")
            await screens.press(*"SIDES")
            await screens.until(lambda: titles(screens) == ["about triangles"])
            await screens.until_shown("messages found: 1")

            def marked() -> set[str]:
                hit = screens.app.screen.query_one("#found", OptionList)
                prompt = hit.get_option_at_index(0).prompt
                assert isinstance(prompt, Content)
                return {prompt.plain[span.start : span.end] for span in prompt.spans}

            await screens.until(lambda: "sides" in marked(), "the mark")
            await screens.press("escape")
            await screens.until(lambda: len(titles(screens)) == 3)
            await screens.press(*"半径")
            await screens.until(lambda: titles(screens) == ["关于圆的问题"])
            await screens.until_shown("thinking")
            await screens.until(lambda: "先想一想半径" in looked(screens), "the look")
            await screens.press(*"xyz")
            await screens.until_shown("nothing found")

    run(journey)


@pytest.mark.slow
def test_an_answer_is_drawn_beside_the_list_as_in_the_chat(history: History) -> None:
    formula = "Half of it:\n\n$$\n\\frac{a}{b}\n$$\n\n"
    code = "```python\nneedle = 1\n```\n"
    ends = "| a | needle |\n|-|-|\n\n- it: needle\n"
    talk(history, ("how?", f"{formula}Then **a needle** in `code`.\n\n{code}{ends}"))
    code = "```\n" + "x\n" * 300 + "haystack\n"
    talk(history, ("what?", "text\n\n" * 99_000 + code))

    async def journey() -> None:
        async with running(None, incognito=False, size=(140, 40)) as screens:
            await at_history(screens, "how?")
            await screens.press("down")
            await screens.until(lambda: "Half of it" in looked(screens), "the look")
            assert "frac" not in screens.text
            assert "**" not in looked(screens)

            def drawn() -> str:
                lines = screens.text.split("\n")
                return "\n".join(line.rpartition("│")[2].strip() for line in lines)

            await screens.until(lambda: "\na\n─\nb\n" in drawn(), "the formula")
            await screens.press(*"needle")
            await screens.until(lambda: "needle" in stands_out(screens), "the mark")
            styled = [part for part in looked(screens).split("\n") if "needle" in part]
            assert len(styled) == 4, "in the words, in the code, in the table, in the list"
            await screens.press("escape", *"frac")
            await screens.until(lambda: "frac" in stands_out(screens), "its source")
            await screens.press("escape", *"haystack")
            await screens.until(lambda: "haystack" in stands_out(screens), "in a giant")
            assert len(looked(screens)) < 5_000

    run(journey)


@pytest.mark.slow
def test_what_was_found_is_shown_in_a_long_conversation(history: History) -> None:
    turns = [(f"question {n}?", f"answer {n}\n\n" + "text\n\n" * 8) for n in range(60)]
    turns[20] = ("question 20?", "the needle is here\n\n" + "text\n\n" * 8)
    talk(history, *turns)

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "60 turns")
            await screens.press(*"needle")
            await screens.until_shown("messages found: 1")
            await screens.press("enter")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen))
            await screens.until_shown("question 20?")
            await screens.until_shown("the needle is here")
            await asyncio.sleep(0.5)
            await screens.until_shown("the needle is here")
            await screens.press("ctrl+end")
            await screens.until_shown("answer 59")

    run(journey)


def test_branches_are_shown_and_gone_on_with(history: History) -> None:
    number = talk(history, ("one question", "the old answer"))
    question = history.messages(number)[0].id
    writer = history.answer(question, "micro")
    writer.text("the new answer")
    writer.close("stop")

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "one question")
            await screens.until_shown("2 branches")
            await screens.press("ctrl+r")
            await screens.until(lambda: len(titles(screens)) == 2)
            assert titles(screens) == ["● the new answer", "○ the old answer"]
            await screens.press("down", "enter")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen))
            await screens.until_shown("the old answer")
            assert "⎇ 1/2" in screens.text
            await screens.press("alt+down")
            await screens.until_shown("the new answer")
            assert "the old answer" not in screens.text

    run(journey)


@pytest.mark.slow
def test_a_title_is_changed_and_escape_leaves_it(history: History) -> None:
    number = talk(history, ("one question", "an answer"))

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "one question")
            await screens.press("ctrl+g", "!")
            await screens.until_shown("Enter take Esc back")
            await screens.press("escape")
            assert history.find(number).title == "one question"
            await screens.press("ctrl+g")
            await screens.until_shown("new title:")
            await screens.press("!", "enter")
            await screens.until(lambda: titles(screens) == ["one question!"])
            assert history.find(number).title == "one question!"

    run(journey)


@pytest.mark.slow
def test_an_export_never_replaces_a_file_unasked(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(history, ("one question", "an answer"))
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "one-question.md"
    there.write_text("mine")

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "one question")
            await screens.press("ctrl+s")
            await screens.until_shown("one-question.md")
            await screens.press("enter")
            await screens.until_shown("Enter replaces it")
            assert there.read_text() == "mine"
            await screens.press("enter")
            await screens.until(lambda: "an answer" in there.read_text())
            await screens.press("ctrl+s", *["backspace"] * 2, *"json", "enter")
            out = tmp_path / "one-question.json"
            await screens.until(out.exists)
            assert json.loads(out.read_text())["title"] == "one question"
            await screens.press("ctrl+s", *["backspace"] * 3, *"/no/x.html", "enter")
            await screens.until_shown("cannot write")
            await screens.press("escape", "ctrl+s", *["backspace"] * 3, "enter")
            await screens.until_shown("end the name of the file with")

    run(journey)


@pytest.mark.slow
def test_a_deletion_is_taken_back_or_is_final_on_leaving(history: History) -> None:
    first = talk(history, ("the first question", "one"))
    second = talk(history, ("the second question", "two"))

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "the second question")
            await screens.press(*"second")
            await screens.until_shown("messages found: 1")
            await screens.press("ctrl+d")
            await screens.until_shown("nothing found")
            await screens.press("ctrl+z")
            await screens.until_shown("messages found: 1")
            await screens.press("escape")
            await screens.until(lambda: len(titles(screens)) == 2)
            await screens.press("ctrl+d")
            await screens.until(lambda: titles(screens) == ["the first question"])
            assert history.find(second)
            await screens.press("ctrl+z")
            await screens.until(lambda: len(titles(screens)) == 2)
            assert screens.app.screen.found.row.conversation == second  # type: ignore[attr-defined]
            await screens.press("down", "ctrl+d")
            await screens.until(lambda: titles(screens) == ["the second question"])
            await screens.press("escape")
            await screens.until(lambda: len(history.list()) == 1, "the deletion")
            assert [one.id for one in history.list()] == [second]
            assert first not in {one.id for one in history.list()}

    run(journey)


@pytest.mark.slow
def test_a_deletion_is_final_after_its_time_and_at_the_end(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "three"):
        talk(history, (f"question {name}", "answer"))
    monkeypatch.setattr(thrown, "SECONDS", 0.5)

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "question three")
            await screens.press("ctrl+d")
            await screens.until(lambda: len(history.list()) == 2)
            monkeypatch.setattr(thrown, "SECONDS", 60)
            await screens.press("ctrl+d")
            assert len(history.list()) == 2
            assert screens.app.desk.bin.thrown

    run(journey)
    assert [one.title for one in history.list()] == ["question one"]


@pytest.mark.slow
def test_the_chat_lets_go_of_a_conversation_that_is_deleted(history: History) -> None:
    number = talk(history, ("one question", "an answer"))

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "one question")
            await screens.press("enter")
            await screens.until(lambda: screens.app.desk.conversation == number)
            await at_history(screens, "open now")
            await screens.press("ctrl+d", "f2")
            await screens.until(lambda: screens.app.desk.conversation is None)
            await screens.until(lambda: "an answer" not in screens.text)

    run(journey)


@pytest.mark.slow
def test_what_another_program_does_is_seen(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_screen, "LOOK_EVERY", 0.2)
    first = talk(history, ("the first question", "one"))

    async def journey() -> None:
        async with running(None, incognito=False) as screens:
            await at_history(screens, "the first question")
            await asyncio.sleep(0.6)
            talk(history, ("from elsewhere", "two"))
            await screens.until(lambda: len(titles(screens)) == 2)
            history.delete(first)
            await screens.until(lambda: titles(screens) == ["from elsewhere"])
            gone = history.list()[0].id
            history.delete(gone)
            await screens.press("enter")
            await screens.until(lambda: screens.count(Told) > 0, "what went wrong")

    run(journey)


def test_hostile_titles_are_drawn_harmless(history: History) -> None:
    talk(history, ("\x1b]52;c;aGk=\x07[bold]x[/] \u202etxt.exe", "\x1b[2J [red]y[/]"))

    async def journey() -> None:
        async with running(None, incognito=False, lang=Lang.ZH) as screens:
            await at_history(screens, "[bold]x[/]")
            await screens.until_shown("[red]y[/]")
            assert not set("\x1b\x07\u202e") & set(screens.text)

    run(journey)
