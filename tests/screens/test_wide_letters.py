"""Wide letters stay whole in what lies over other widgets."""

from __future__ import annotations

import pytest
from history_screens import talk
from rich.segment import Segment
from screens import run, running
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from assistant.history import History
from runtimes.texts import Lang, Text
from tui.compositing import WholeLetters, paint

LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"


@pytest.mark.parametrize("after", ["", "a"])
def test_what_is_told_over_columns_loses_no_letter(after: str, history: History) -> None:
    talk(history, ("earlier", "answer\n" * 60))
    told = Text("it is told", f"{LETTERS}{after}")

    async def journey() -> None:
        async with running(lang=Lang.ZH, size=(100, 30), incognito=False) as screens:
            await screens.press("f7")
            await screens.until_shown("earlier")
            screens.app.tell(told)
            await screens.until_shown("天")
            assert [letter for letter in LETTERS if letter not in screens.text] == []

    run(journey)


def drawn(line: dict[int, Strip | None]) -> str:
    return "".join(piece.text for piece in line.values() if piece is not None)


@pytest.mark.parametrize("at", range(1, 9))
def test_a_letter_on_a_cut_that_nobody_sees_stays(at: int) -> None:
    line: dict[int, Strip | None] = dict.fromkeys((0, at))
    paint(line, [0, at, 9], Strip([Segment("a中b文字 ")], 9))
    assert drawn(line) == "a中b文字 "


def test_half_a_letter_is_not_shown() -> None:
    over = Strip([Segment("xx")], 2)
    line: dict[int, Strip | None] = {0: None, 2: over, 4: None, 5: None}
    paint(line, [0, 2, 4, 5, 9], Strip([Segment("a中文字  ")], 9))
    assert drawn(line) == "a xx 字  "
    paint(line, [], Strip([Segment("")], 0))
    assert drawn(line) == "a xx 字  "


class Columns(Screen[None]):
    """Two columns."""

    def __init__(self, *, ours: bool) -> None:
        super().__init__()
        if ours:
            self._compositor = WholeLetters()

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("左边的一栏 " * 40)
            yield Static("right $x$ 右 " * 40)


@pytest.mark.parametrize("width", [31, 40, 77])
def test_without_anything_above_all_is_as_textual_draws_it(width: int) -> None:
    drawn = []

    async def journey() -> None:
        for ours in (True, False):
            app: App[None] = App()
            async with app.run_test(size=(width, 12)) as pilot:
                await app.push_screen(Columns(ours=ours))
                await pilot.pause()
                drawn.append([strip.text for strip in app.screen._compositor.render_strips()])

    run(journey)
    assert drawn[0] == drawn[1]


class Covered(Columns):
    """A line of wide letters over where the columns meet."""

    DEFAULT_CSS = """
    Covered {
        layers: below above;
        Static { width: 1fr; height: 1fr; }
        #over { layer: above; dock: top; width: 33; height: 1; margin: 2 0 0 3; }
    }
    """

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Static(LETTERS[:16], id="over")


@pytest.mark.parametrize("width", [40, 41, 42, 43])
def test_a_letter_stays_whole_where_what_lies_behind_it_changes(width: int) -> None:
    async def journey() -> None:
        app: App[None] = App()
        async with app.run_test(size=(width, 12)) as pilot:
            screen = Covered(ours=True)
            await app.push_screen(screen)
            await pilot.pause()
            left = screen.query(Static).first()
            left.refresh()
            screen._compositor.update_widgets({left})
            update = screen._compositor.render_partial_update()
            assert update is not None
            assert LETTERS[:16] in "".join(update.render_segments(app.console))

    run(journey)
