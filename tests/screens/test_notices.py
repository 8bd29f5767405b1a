"""What is told in passing stands where one does not type; the line of keys always has the help."""

from __future__ import annotations

import pytest
from screens import Screens, run, running
from textual.widgets._toast import Toast

from runtimes.texts import Lang, Text
from tui.rooms import ROOMS

TOLD = Text("something was told", "有一条消息")


def rows(screens: Screens) -> set[int]:
    """The lines that notices cover."""
    found = screens.app.screen.query(Toast)
    return {y for toast in found for y in range(toast.region.y, toast.region.bottom)}


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
def test_a_notice_never_covers_the_line_in_which_one_types(size: tuple[int, int]) -> None:
    async def journey() -> None:
        async with running(None, size=size) as screens:
            for room in ("f2", "f3", "f4", "f7", "f5"):
                screens.app.clear_notifications()
                await screens.press(room, "x")
                screens.app.tell(TOLD, seconds=60)
                await screens.until(lambda: rows(screens), "the notice")
                at = screens.app.cursor_position.y
                await screens.until(lambda at=at: at not in rows(screens), room)  # type: ignore[misc]
            await screens.press(*["enter"] * 15)  # the cursor goes down to where the notice is
            await screens.until(
                lambda: screens.app.cursor_position.y not in rows(screens), "it makes way"
            )

    run(journey)


@pytest.mark.slow
def test_a_notice_stands_aside_where_nothing_was_typed_yet() -> None:
    async def journey() -> None:
        async with running(None, size=(80, 24)) as screens:
            await screens.press("f6", "f2")
            await screens.press("ctrl+c")
            await screens.until(lambda: rows(screens), "the notice")
            await screens.until(lambda: max(rows(screens)) < 12, "it is above")

    run(journey)


def test_a_notice_makes_way_where_another_screen_is_shown() -> None:
    async def journey() -> None:
        async with running(None) as screens:
            await screens.press("f3", "x")
            screens.app.tell(TOLD, seconds=60)
            await screens.until(lambda: rows(screens), "the notice")
            assert min(rows(screens)) > 20
            await screens.press("f2", "x")
            await screens.until(lambda: rows(screens) and max(rows(screens)) < 20, "it is above")

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
def test_the_narrowest_line_of_keys_has_the_first_key_and_the_help(lang: Lang) -> None:
    helped = {Lang.EN: "F1 help", Lang.ZH: "F1 帮助"}[lang]

    async def journey() -> None:
        async with running(None, lang=lang, size=(40, 20)) as screens:
            for n in range(2, 2 + len(ROOMS)):
                await screens.press(f"f{n}")
                await screens.until(lambda: helped in screens.text.split("\n")[-1], helped)
                assert "^" not in screens.text.split("\n")[-1]

    run(journey)


@pytest.mark.parametrize(("size", "widest"), [((50, 18), 50), ((30, 18), 30), ((120, 40), 60)])
def test_a_notice_is_read_to_its_end(size: tuple[int, int], widest: int) -> None:
    words = (
        "未附加 some/folder/请讲讲二次方程怎么解.txt：文件或文件夹并不在那里，请再看一看它的名字。"
    )

    async def journey() -> None:
        async with running(None, size=size) as screens:
            screens.app.tell(Text(words, words), seconds=60)
            await screens.until_shown("未附加")
            await screens.until_shown("名字。")
            (toast,) = screens.app.screen.query(Toast)
            assert toast.region.width <= widest
            assert toast.region.x >= 0

    run(journey)
