"""Marks can be read in every theme: at least the contrast that WCAG 2 (1.4.3) asks for text."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.theme import BUILTIN_THEMES, Theme

from assistant.maths.showing.look import Badge
from tui.rendering.verdicts import STYLES
from tui.themes import CONTRAST, LIGHT
from tui.widgets.memorybar import COMPUTE, KV, RESERVE, WEIGHTS, Part
from tui.widgets.rowlist import RowList

TUI = Path(__file__).resolve().parents[2] / "tui"
WORDS = sorted(
    {
        found
        for path in (*TUI.rglob("*.tcss"), *TUI.rglob("*.py"))
        for found in re.findall(
            r"\$text-(?:accent|error|primary|success|warning)\b", path.read_text()
        )
    }
)
"""The colours that words are written in."""

TEXT, GRAPHIC = 4.5, 3.0
"""What WCAG asks of text (1.4.3), and of a drawing (1.4.11)."""
GROUNDS = ("background", "surface", "panel", "boost", "block-cursor-blurred-background")
THEMES = {"dark": BUILTIN_THEMES["textual-dark"], "light": LIGHT, "contrast": CONTRAST}
"""Those whose colours are ours; the others take what the terminal has."""


def luminance(colour: Color) -> float:
    parts = (part / 255 for part in (colour.r, colour.g, colour.b))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def worst(theme: Theme, style: str) -> float:
    """The contrast of a style, on the ground where it is the least."""
    colours = theme.to_color_system().generate()
    value = colours[style.rpartition("$")[2]]
    page = Color.parse(colours["background"])
    found = []
    for name in GROUNDS:
        ground = page + Color.parse(colours[name])
        if value.startswith("auto"):
            share = int(value.removeprefix("auto").strip().removesuffix("%")) / 100
            colour = ground + ground.get_contrast_text(share)
        else:
            colour = ground + Color.parse(value)
        found.append(contrast(colour, ground))
    return min(found)


def test_the_contrast_is_computed_as_wcag_does() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("badge", Badge)
def test_a_mark_can_be_read(name: str, badge: Badge) -> None:
    assert worst(THEMES[name], STYLES[badge]) >= TEXT


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("style", WORDS)
def test_a_coloured_word_can_be_read(name: str, style: str) -> None:
    assert worst(THEMES[name], style) >= TEXT


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("part", [WEIGHTS, KV, COMPUTE, RESERVE])
def test_a_part_of_the_memory_bar_is_seen(name: str, part: Part) -> None:
    assert worst(THEMES[name], part.style) >= GRAPHIC


@pytest.mark.parametrize("theme", THEMES)
def test_the_chosen_row_is_written_in_the_colour_of_the_cursor(theme: str) -> None:
    class Page(App[None]):
        def compose(self) -> ComposeResult:
            yield RowList(*(Content.from_markup("[$text-success]proved[/]") for _ in range(2)))

    async def run() -> None:
        page = Page()
        async with page.run_test(size=(40, 6)) as pilot:
            page.register_theme(THEMES[theme])
            page.theme = THEMES[theme].name
            rows = page.query_one(RowList)
            rows.highlighted = 0
            await pilot.pause()
            cursor = rows.get_component_rich_style("option-list--option-highlighted")
            chosen, other = (
                next(s.style for s in rows.render_line(y) if "proved" in s.text) for y in (0, 1)
            )
            assert chosen is not None
            assert other is not None
            assert chosen.color == cursor.color != other.color

    asyncio.run(run())
