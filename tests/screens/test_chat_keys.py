"""What is typed and pressed in the chat: the field, the queue, the palette, sizes, themes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from screens import ASK, LONG, RIGHT, Lines, run, running
from textual.events import Paste
from turns import script

from runtimes.texts import Lang
from tui.messages import Asked, Submitted
from tui.themes import SCHEMES
from tui.turn.said import Said


def test_ctrl_c_stops_and_then_tells_how_to_leave(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, LONG)) as screens:
            await screens.ask("tell me something")
            await screens.until_shown("word1 ")
            await screens.press("ctrl+c")
            await screens.answered()
            assert "■ stopped" in screens.text
            await screens.press("ctrl+c")
            await screens.until_shown("Ctrl-Q ends the program")

    run(journey)


def test_a_second_question_waits_and_a_third_stays_in_the_field(tmp_path: Path) -> None:
    async def journey() -> None:
        model = script(tmp_path, LONG[:60], [{"text": "The second answer.\n"}])
        async with running(model) as screens:
            await screens.ask("the first")
            await screens.until_shown("word0 ")
            await screens.ask("the second")
            await screens.until_shown("1 queued")
            await screens.ask("the third")
            assert screens.chat.composer.text == "the third"
            await screens.answered(2)
            assert "The second answer." in screens.text
            assert [m.asked.text for m in screens.messages if isinstance(m, Submitted)] == [
                "the first",
                "the second",
                "the third",
            ]

    run(journey)


def test_a_stop_gives_the_waiting_question_back(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, LONG)) as screens:
            await screens.ask("the first")
            await screens.until_shown("word0 ")
            await screens.ask("the second")
            await screens.press("escape")
            await screens.answered()
            assert screens.chat.composer.text == "the second"

    run(journey)


@pytest.mark.parametrize("key", ["pageup", "pagedown"])
def test_a_page_where_there_is_nothing_to_scroll_hides_nothing_that_comes(
    tmp_path: Path, key: str
) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, LONG[:40])) as screens:
            await screens.ask("tell me something")
            await screens.until_shown("word0 ")
            await screens.press(key, key)
            await screens.answered()
            assert "word38" in screens.text
            assert "thinking · first after" in screens.text

    run(journey)


def test_no_key_is_shown_that_there_is_nothing_for(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT), size=(120, 24)) as screens:
            await screens.until_shown("Enter send")
            bar = screens.text.splitlines()[-1]
            assert "thinking" not in bar
            assert "steps" not in bar
            assert "Ctrl-L new" in bar
            await screens.ask(ASK)
            await screens.answered()
            await screens.until_shown("Ctrl-R thinking Ctrl-T steps")

    run(journey)


def test_an_empty_question_is_not_sent() -> None:
    async def journey() -> None:
        async with running(None) as screens:
            await screens.press("enter", "space", "enter")
            await screens.press()
            assert screens.count(Submitted) == 0

    run(journey)


def test_a_question_of_several_lines_and_those_before_it(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await screens.press("a", "ctrl+j", "b")
            assert screens.chat.composer.text == "a\nb"
            await screens.press("enter")
            await screens.answered()
            await screens.press("c", "up")
            assert screens.chat.composer.text == "a\nb"
            await screens.press("down")
            assert screens.chat.composer.text == "c"

    run(journey)


def test_a_long_paste_becomes_an_attachment(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            screens.app.post_message(Paste("short"))
            screens.app.post_message(Paste("line of text\n" * 400_000))
            await screens.until_shown("▤ pasted 1 · 400000 lines  Ctrl-F removes")
            assert screens.chat.composer.text == "short"
            await screens.press("ctrl+f")
            await screens.until(lambda: "▤" not in screens.text)
            screens.app.post_message(Paste("line of text\n" * 30))
            await screens.until_shown("▤ pasted 2 · 30 lines")
            await screens.press("enter")
            await screens.answered()
            assert "▤ pasted 2" in screens.text

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 20), (20, 8)])
def test_any_size_and_any_change_of_it_can_be_drawn(tmp_path: Path, size: tuple[int, int]) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await screens.ask(ASK)
            for n in range(10):
                await screens.pilot.resize_terminal(size[0] + 7 * n, size[1] + n)
            await screens.pilot.resize_terminal(*size)
            await screens.answered()
            lines = screens.text.splitlines()
            assert len(lines) == size[1]

    run(journey)


def test_the_palette_finds_actions_and_themes_in_the_users_language() -> None:
    async def journey() -> None:
        async with running(None, lang=Lang.ZH) as screens:
            await screens.press("ctrl+p")
            await screens.until_shown("搜索命令")
            await screens.until_shown("复制最后的回答")
            await screens.press(*"浅色")
            await screens.until_shown("主题：浅色")
            await screens.until(lambda: "复制最后的回答" not in screens.text)
            await screens.press("enter")
            await screens.until(lambda: screens.app.theme == "textual-light")
            assert screens.chat.composer.draft.has_focus

    run(journey)


@pytest.mark.parametrize("theme", [scheme.name for scheme in SCHEMES])
def test_the_marks_differ_without_colours_in_every_theme(tmp_path: Path, theme: str) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT), theme=theme) as screens:
            await screens.ask(ASK)
            await screens.answered()
            assert "✓ 3x = 15  proved" in screens.text

    run(journey)


def test_the_users_own_keys_are_used(tmp_path: Path, own_home: Path) -> None:
    folder = own_home / "config"
    folder.mkdir(parents=True)
    (folder / "keys.toml").write_text('"chat.stop" = "f11"\n"chat.nothing" = "x"\n')

    async def journey() -> None:
        async with running(script(tmp_path, LONG)) as screens:
            await screens.until_shown("there is no action chat.nothing")
            await screens.ask("tell me something")
            await screens.until_shown("word1 ")
            await screens.press("f11")
            await screens.answered()
            assert "■ stopped" in screens.text

    run(journey)


@pytest.mark.parametrize("lang", list(Lang))
def test_an_empty_chat_says_what_can_be_done_until_something_is(tmp_path: Path, lang: Lang) -> None:
    first, keys = {
        Lang.EN: ("Type a problem: it is solved exactly", "Ctrl-P searches all commands"),
        Lang.ZH: ("输入题目：由精确引擎求解", "Ctrl-P 搜索全部命令"),
    }[lang]

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT), lang=lang, size=(60, 24)) as screens:
            await screens.until_shown(first)
            assert keys in screens.text
            await screens.ask(ASK)
            await screens.answered()
            assert first not in screens.text
            await screens.press("ctrl+l")
            await screens.until_shown(first)

    run(journey)


@pytest.mark.slow
def test_who_scrolls_up_is_shown_the_way_back(tmp_path: Path) -> None:
    long: Lines = [{"text": f"line {n}\n\n"} for n in range(80)]

    async def journey() -> None:
        async with running(script(tmp_path, long), size=(100, 20)) as screens:
            await screens.ask("tell me something")
            await screens.answered()
            assert "newest" not in screens.text
            await screens.press("pageup")
            await screens.until_shown("Ctrl-End newest")
            await screens.press("ctrl+end")
            await screens.until(lambda: "newest" not in screens.text, "at the bottom")
            assert "T 0.6" in screens.text

    run(journey)


def test_a_question_that_is_quicker_than_the_hints_has_none_beside_it(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            transcript = screens.chat.transcript
            await screens.until_shown("Type a problem")
            await transcript.show(())
            await transcript.clear()
            said = Said(Asked("a quick one"))
            async with transcript._changing:  # both wait for what is being changed
                both = asyncio.gather(transcript.welcome(), transcript.add(said))
                await asyncio.sleep(0)
            await both
            await screens.until_shown("a quick one")
            assert "Type a problem" not in screens.text
            assert len(transcript.blocks) == len(transcript.exchanges) == 1

    run(journey)
