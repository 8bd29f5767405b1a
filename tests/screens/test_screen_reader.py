"""For a screen reader: every screen says in words what others show by signs, boxes and bars."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from screens import ASK, USUAL, Lines, Screens, run, running
from turns import means, script

from assistant.history import open_history
from assistant.paths import history_file
from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.messages import LessonMoved
from tui.rendering.plain import key_in_words
from tui.screens.chat import ChatScreen

SIGNS = re.compile("[←-⇿⌀-⏿①-⓿─-▟■-◿☀-⛿✀-➿⠀-⣿⬀-⯿≈·•▤⎇⚙↺\U0001f300-\U0001faff]")
"""Arrows, boxes, blocks, dots, Braille, emoji: nobody says them in a sentence."""
ANSWER: Lines = [
    {"reasoning": "Let me see. "},
    {"text": "We solve it.\n\n$3x - 5 = 10$\n\n$3x = 16$\n\n- one\n  - two\n\n> said\n\n"},
    {"text": "| a | b |\n|---|---|\n| 1 | 2 |\n\n$$\\frac{a}{b}$$\n\n---\n\n1. last\n"},
]


@asynccontextmanager
async def read_aloud(model: str, lang: Lang, *, exact: bool = False) -> AsyncIterator[Screens]:
    """The app as it is for a screen reader."""
    setup = Setup(
        lang=lang,
        model=model,
        options=replace(USUAL, lang=lang, repairs=0, exact_first=exact),
        screen_reader=True,
        fresh=True,
        means=lambda: means(model or None),
    )
    app = AssistantApp(setup)
    seen: list[object] = []
    async with app.run_test(size=(100, 40), notifications=True, message_hook=seen.append) as pilot:
        screens = Screens(app, pilot, seen)  # type: ignore[arg-type]
        await screens.until(lambda: isinstance(app.screen, ChatScreen))
        yield screens


def without_signs(screens: Screens) -> str:
    """What is on the screen; no sign is there."""
    text = screens.text
    wrong = [line for line in text.split("\n") if SIGNS.search(line)]
    assert not wrong, "\n".join(wrong)
    return text


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_an_answer_is_said_in_words(tmp_path: Path, lang: Lang, own_home: Path) -> None:
    async def journey() -> None:
        async with read_aloud(script(tmp_path, ANSWER), lang) as screens:
            without_signs(screens)
            await screens.ask(ASK)
            refuted = {Lang.EN: "refuted: 3x = 16", Lang.ZH: "已否定： 3x = 16"}[lang]
            await screens.until_shown(refuted)
            await screens.until(lambda: not screens.chat.turns.busy)
            await screens.until_shown(", T 0.6")
            text = without_signs(screens)
            for words in ("We solve it.", "- one", "said", "a/b", "1. last"):
                assert words in text
            await screens.press("f7")
            await screens.until(lambda: text.split("\n")[0] in screens.text)
            await screens.until(lambda: not isinstance(screens.app.screen, ChatScreen))
            await screens.until(lambda: screens.text.count(refuted.split("3x")[0]) > 0)
            without_signs(screens)

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_every_screen_is_said_in_words(tmp_path: Path, lang: Lang, own_home: Path) -> None:
    history_file().parent.mkdir(parents=True)
    with open_history(history_file()) as history:
        for answer in ("one", "**two**"):
            with history.answer(history.ask(history.begin(), None, "how?"), "micro") as writer:
                writer.text(answer)
    there = {
        "f3": {Lang.EN: "Enter solves it", Lang.ZH: "按 Enter 求解"},
        "f5": {Lang.EN: "Task", Lang.ZH: "任务"},
        "f6": {Lang.EN: "this machine", Lang.ZH: "本机"},
        "f7": {Lang.EN: "1 turn", Lang.ZH: "1 轮"},
        "f8": {Lang.EN: "Language", Lang.ZH: "语言"},
        "f1": {Lang.EN: "refuted: it is wrong", Lang.ZH: "已否定："},
    }

    async def journey() -> None:
        async with read_aloud("", lang) as screens:
            for key, words in there.items():
                await screens.press(key)
                await screens.until_shown(words[lang])
                await asyncio.sleep(0.3)
                text = without_signs(screens)
                assert "Ctrl-" in text
                if key == "f5":
                    titles = ("Task", "Code", "Tests", "Result")
                    titles = titles if lang is Lang.EN else ("任务", "代码", "测试", "结果")
                    assert all(title in text for title in titles)

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_an_exact_answer_is_said_in_words_and_again_out_of_the_history(
    lang: Lang, own_home: Path
) -> None:
    proved, answer, by = {
        Lang.EN: ("proved: 1.", "Answer:", "exact solver"),
        Lang.ZH: ("已证明： 1.", "答案：", "精确求解器"),
    }[lang]

    async def journey() -> None:
        async with read_aloud("", lang, exact=True) as screens:
            await screens.ask("Solve 2x + 3 = 11")
            await screens.until_shown(answer)
            await screens.answered()
            await screens.until_shown(proved)
            assert "▸" not in screens.text
            without_signs(screens)
            await screens.press("f7")
            await screens.until_shown(by)
            text = without_signs(screens)
            assert "$" not in text
            await screens.press("enter")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")
            await screens.until_shown(proved[:3])
            assert "$" not in without_signs(screens)

    run(journey)


@pytest.mark.slow
def test_a_lesson_is_said_in_words(own_home: Path) -> None:
    async def journey() -> None:
        async with read_aloud("", Lang.EN) as screens:
            await screens.press("f4")
            await screens.until_shown("Type a problem")
            for count, keys in enumerate((["2x+3=11"], ["2x=14"]), 1):
                await screens.press(*keys[0], "enter")
                await screens.until(lambda n=count: screens.count(LessonMoved) >= n)  # type: ignore[misc]
            await screens.until_shown("refuted: 2x = 14")
            await screens.press("ctrl+t")
            await screens.until_shown("Help: level 1 of 4")
            without_signs(screens)

    run(journey)


def chosen(screens: Screens) -> list[str]:
    """The rows that are told to be the chosen ones."""
    lines = (line.strip() for line in screens.text.split("\n"))
    return [
        line.partition(word)[2].strip()
        for line in lines
        for word in ("chosen:", "已选：")
        if line.startswith(word)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_the_chosen_row_of_every_list_is_said(lang: Lang, own_home: Path) -> None:
    history_file().parent.mkdir(parents=True)
    with open_history(history_file()) as history:
        for question in ("how?", "why?"):
            with history.answer(history.ask(history.begin(), None, question), "micro") as writer:
                writer.text("so")
    first, second = {Lang.EN: ("Language:", "Colours:"), Lang.ZH: ("语言:", "配色:")}[lang]

    async def journey() -> None:
        async with read_aloud("", lang) as screens:
            await screens.press("f8")
            await screens.until(lambda: chosen(screens))
            assert [row.partition(" ")[0] for row in chosen(screens)] == [first]
            await screens.press("down")
            await screens.until(lambda: chosen(screens)[0].startswith(second))
            await screens.press("f7")
            await screens.until(lambda: [row[:4] for row in chosen(screens)] == ["why?"])
            await screens.press("down")
            await screens.until(lambda: [row[:4] for row in chosen(screens)] == ["how?"])
            await screens.press("f6")
            await screens.until(lambda: len(chosen(screens)) == 1)
            await screens.press("ctrl+p")
            await screens.press("down")
            await screens.until(lambda: len(chosen(screens)) == 1)
            await screens.press("escape", "f3", *"x^2-5x+6=0", "enter")
            await screens.until(lambda: chosen(screens) and "1. " in chosen(screens)[0])
            await screens.press("down")
            await screens.until(lambda: "2. " in chosen(screens)[0])
            assert len(chosen(screens)) == 1
            without_signs(screens)

    run(journey)


def test_nothing_is_said_of_a_row_whose_colour_tells_it(own_home: Path) -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.press("f8")
            await screens.until_shown("Colours")
            assert not chosen(screens)
            screens.app.use_screen_reader(True)
            await screens.until(lambda: chosen(screens))
            screens.app.use_screen_reader(False)
            await screens.until(lambda: not chosen(screens))

    run(journey)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Enter", "Enter"), ("Ctrl-R", "Ctrl-R"), ("Ctrl-↑", "Ctrl-Up"), ("Alt-↓", "Alt-Down"),
        ("F1", "F1"), ("+", "+"), ("Ctrl-+", "Ctrl-+"), ("-", "-"), ("a", "a"),
        ("PgDn", "Page Down"),
    ],
)  # fmt: skip
def test_a_key_has_a_name(written: str, said: str) -> None:
    assert key_in_words(written, Lang.EN) == said
