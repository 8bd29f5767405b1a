"""Formulas as pictures on the chat and the solve screen, as if the terminal drew them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from picture_terminal import PictureTerminal
from rich.console import Console
from screens import Lines, Screens, run, running
from textual._compositor import CompositorUpdate
from turns import script

from assistant.session.options import TurnOptions
from assistant.settings import read_settings
from runtimes.texts import Lang
from tui.messages import TurnEnded
from tui.pictures.cells import CELLS, Cell
from tui.pictures.output import Painter, paint_for
from tui.pictures.terminal import Graphics, Way
from tui.screens.settings import SettingsScreen
from tui.settable import SETTINGS
from tui.widgets.formula import FormulaBlock
from tui.widgets.solution import PageRow
from tui.widgets.steprows import StepRows

CELL = (10, 20)
SOURCE = r"$$x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}$$"
ANSWER: Lines = [{"text": f"Before.\n\n{SOURCE}\n\n$$\\foo{{x}}+1$$\n\nAfter.\n"}]
ASK = "Please explain the formula of the roots in words"


def graphics(way: Way = Way.KITTY) -> Graphics:
    return Graphics(way, Cell(*CELL))


def shown(screens: Screens, way: Way) -> PictureTerminal:
    """The screen as such a terminal would show it."""
    studio = screens.app.studio
    assert studio is not None
    size = screens.app.size
    terminal = PictureTerminal(way.name.lower(), size.width, size.height, CELL)
    painter = Painter(studio.shelf, paint_for(way), lambda: True)
    update = screens.app.screen._compositor.render_update(full=True)
    assert isinstance(update, CompositorUpdate)
    text = update.render_segments(Console(color_system="truecolor", force_terminal=True))
    terminal.feed(painter.painted(text, size.height))
    return terminal


def cells(screens: Screens) -> int:
    return sum(map(len, CELLS.findall(screens.text)))


@pytest.mark.slow
@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize(("theme", "light"), [("dark", False), ("light", True)])
def test_a_formula_in_an_answer_is_a_picture_in_the_colours_of_the_theme(
    tmp_path: Path, way: Way, theme: str, light: bool
) -> None:
    async def journey() -> None:
        model = script(tmp_path, ANSWER)
        async with running(model, graphics=graphics(way), theme=theme) as one:
            await one.ask(ASK)
            await one.until_shown("After.")
            await one.until(lambda: cells(one), "a picture")
            assert r"\foo{x}" in one.text
            terminal = shown(one, way)
            assert bool(terminal.images) == (way is Way.KITTY)
            assert bool(terminal.sixels) == (way is Way.SIXEL)
            lines = [n for n, line in enumerate(one.text.split("\n")) if CELLS.search(line)]
            assert len(lines) == 3
            row = lines[1]
            colours = [
                sum(terminal.pixel(x, y))
                for x in range(terminal.columns * CELL[0])
                for y in range(row * CELL[1], (row + 1) * CELL[1])
            ]
            paper, ink = colours[0], (min if light else max)(colours)
            assert (paper > 600) == light
            assert abs(ink - paper) > 400

    run(journey)


@pytest.mark.slow
def test_copying_gives_the_source_and_what_is_gone_is_not_held(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, ANSWER), graphics=graphics()) as one:
            await one.ask(ASK)
            await one.until(lambda: cells(one), "a picture")
            await one.until(lambda: one.count(TurnEnded), "the end")
            one.chat.text_select_all()
            copied = one.chat.get_selected_text()
            assert copied is not None
            assert SOURCE in copied
            assert not CELLS.search(copied)
            studio = one.app.studio
            assert studio is not None
            assert len(studio._shown) == 1
            await one.press("ctrl+l")
            await one.until(lambda: not one.chat.query(FormulaBlock), "an empty chat")
            await one.until(lambda: not len(studio._shown), "the picture is let go")
            studio._kept.clear()
            assert studio.shelf.gone

    run(journey)


@pytest.mark.slow
def test_a_narrow_screen_and_a_screen_reader_have_text(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, ANSWER), graphics=graphics()) as one:
            await one.ask(ASK)
            await one.until(lambda: cells(one), "a picture")
            await one.pilot.resize_terminal(18, 40)
            await one.until(lambda: not cells(one), "text")
            await one.pilot.resize_terminal(100, 40)
            await one.until(lambda: cells(one), "a picture")
            one.app.use_screen_reader(True)
            one.app._draw_formulas()
            await one.until(lambda: not cells(one), "text")

    run(journey)


@pytest.mark.slow
def test_other_cells_of_the_terminal_make_another_picture(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(script(tmp_path, ANSWER), graphics=graphics()) as one:
            await one.ask(ASK)
            await one.until(lambda: cells(one), "a picture")
            assert one.app.studio is not None
            assert not one.app.studio.resized(Cell(*CELL))
            assert one.app.studio.resized(Cell(12, 20))
            wide = cells(one)
            one.app._draw_formulas()
            await one.until(lambda: 0 < cells(one) < wide, "a picture of fewer cells")

    run(journey)


@pytest.mark.slow
def test_the_steps_of_a_solution_are_pictures_and_copied_as_text(tmp_path: Path) -> None:
    async def journey() -> None:
        async with running(graphics=graphics()) as one:
            await one.press("f3")
            await one.press(*"x/2=1", "enter")
            await one.until_shown("Answer")
            await one.until(lambda: cells(one) > 12, "pictures")
            rows = {*one.app.screen.query(PageRow), *one.app.screen.query(StepRows)}
            assert shown(one, Way.KITTY).images
            one.app.screen.text_select_all()
            copied = one.app.screen.get_selected_text()
            assert copied is not None
            assert not CELLS.search(copied)
            assert re.search(r"x\s*=\s*2", copied)
            assert one.app.studio is not None
            assert set(one.app.studio._shown) <= rows
            one.app.use_pictures(False)
            await one.until(lambda: not cells(one), "text again")
            assert "x = 2" in one.text

    run(journey)


@pytest.mark.slow
def test_the_exact_answer_in_the_chat_has_pictures() -> None:
    async def journey() -> None:
        async with running(graphics=graphics(), options=TurnOptions(lang=Lang.EN)) as one:
            await one.ask("Solve x/2 = 1")
            framed = re.compile(rf"│ {CELLS.pattern} +│")
            await one.until(lambda: framed.search(one.text), "a picture in the frame")

    run(journey)


def test_the_setting_says_why_formulas_stay_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    at = next(n for n, one in enumerate(SETTINGS) if one.key == "formulas")

    async def journey() -> None:
        async with running(size=(120, 40)) as one:
            monkeypatch.setattr("tui.pictures.terminal.lack", lambda: None)
            await one.press("f8")
            screen = one.app.screen
            assert isinstance(screen, SettingsScreen)
            screen.list.highlighted = at
            await one.press("right")
            await one.until_shown("it holds from the next start on")
            assert screen.settings.formulas == "picture"
            await one.press("right")
            await one.until(lambda: screen.settings.formulas is None, "text again")
            monkeypatch.undo()
            monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
            monkeypatch.setattr("assistant.maths.showing.raster.installed", lambda: False)
            await one.press("right")
            await one.until_shown("They stay text: the extra is not installed")
        assert read_settings(tmp_path / "config" / "settings.toml").formulas == "picture"

    run(journey)


@pytest.mark.slow
def test_a_formula_that_is_a_paragraph_is_a_picture_and_one_in_a_sentence_is_text(
    tmp_path: Path,
) -> None:
    answer: Lines = [
        {"text": "Before $x^2$ in it.\n\n$x = \\fra"},
        {"text": "c{1}{2}$.\n\n- $y = 3$\n\nAnd **$z$** too.\n\nAfter.\n"},
    ]

    async def journey() -> None:
        async with running(script(tmp_path, answer), graphics=graphics()) as one:
            await one.ask(ASK)
            await one.until_shown("After.")
            await one.until(lambda: len(one.chat.query(FormulaBlock)) == 2, "two formulas")
            await one.until(lambda: cells(one), "a picture")
            assert "Before x² in it." in one.text
            assert "And z too." in one.text
            one.chat.text_select_all()
            copied = one.chat.get_selected_text()
            assert copied is not None
            assert "$x = \\frac{1}{2}$" in copied
        async with running(script(tmp_path, answer)) as one:
            await one.ask(ASK)
            await one.until_shown("After.")
            assert "x = ½." in one.text
            assert not one.chat.query(FormulaBlock)

    run(journey)
