"""Lists of an answer: drawn as Textual draws them, of few widgets, and copied as they are seen."""

from __future__ import annotations

import random

import pytest
from pages import Page, on_page
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection
from textual.widgets import Markdown

from tui.widgets.document import AnswerMarkdown
from tui.widgets.items import Items, Row

LONG = "a sentence that is longer than a line of this screen and goes on in the next one " * 2
LISTS = {
    "bullets": f"- one\n- **two** and `three`\n- {LONG}\n- 四：{'中文的长句子，' * 12}\n",
    "numbers": "".join(f"{n}. line {n}\n" for n in range(7, 13)) + f"13. {LONG}\n",
    "nested": f"- a\n  - b\n    - {LONG}\n      1. x\n      2. y\n  - c\n- d\n\n  more of d\n- e\n",
    "loose": "- a\n\n- b\n\n- c\n",
    "hard breaks": f"- a  \n  b  \n  {LONG}\n- c\n",
    "empty": "- \n- a\n-\n- b\n",
    "formulas": "- $x^2$ and \\(\\frac{a}{b}\\)\n- $y$\n",
    "more than words": "1. a\n2. b\n   ```py\n   x = 1\n   ```\n3. $$x^2$$\n4. > q\n5. e\n6. f\n",
    "lists first": "- - a\n  - b\n- 1. c\n- d\n",
    "deep": "".join(f"{'  ' * n}- {LONG if n == 5 else n}\n" for n in range(12)),
}

OTHERWISE = {"empty", "deep"}
"""Textual hides an item without words, and gives a deep one a column of single letters."""


class Plain(AnswerMarkdown):
    """Textual's own lists."""

    BLOCKS = AnswerMarkdown.BLOCKS | {
        name: Markdown.BLOCKS[name] for name in ("bullet_list_open", "ordered_list_open")
    }


class PlainPage(Page):
    kind = Plain


@pytest.mark.parametrize("name", [name for name in LISTS if name not in OTHERWISE])
def test_lists_look_as_textual_draws_them(name: str) -> None:
    seen: list[list[object]] = []

    async def use(page: Page) -> None:
        await page.document.update(f"before\n\n{LISTS[name]}\nafter\n")
        await page.pilot.pause()
        seen.append([*page.cells()])

    on_page(use)
    on_page(use, PlainPage())
    for ours, textuals in zip(*seen, strict=True):
        assert ours == textuals


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_comes_in_pieces_looks_as_the_whole(name: str) -> None:
    chance = random.Random(name)
    text = f"before\n\n{LISTS[name]}\nafter\n"

    async def use(page: Page) -> None:
        await page.document.update(text)
        await page.pilot.pause()
        whole = page.cells()
        await page.document.update("")
        at = 0
        while at < len(text):
            step = chance.randint(1, 40)
            await page.document.append(text[at : at + step])
            at += step
        await page.pilot.pause()
        assert page.cells() == whole

    on_page(use)


def test_an_item_without_words_has_its_bullet_and_a_deep_one_half_of_the_width() -> None:
    async def use(page: Page) -> None:
        await page.document.update(LISTS["empty"])
        await page.pilot.pause()
        assert page.text()[:4] == ["  •", "  • a", "  •", "  • b"]
        deep = "".join(f"{'  ' * n}- {'word ' * 12}\n" for n in range(18))
        await page.document.update(deep)
        await page.pilot.pause()
        assert max(line.count("word") for line in page.text()[-24:]) >= 5

    on_page(use)


def test_a_thousand_items_are_one_widget() -> None:
    async def use(page: Page) -> None:
        await page.document.update("".join(f"- item {n}\n" for n in range(1000)))
        assert len(page.document.query("*")) == 2
        await page.document.append("- last\n  ```\n  code\n  ```\n")
        assert len(page.query(Items)) == len(page.query(Row)) == 1

    on_page(use)


def test_items_are_copied_as_they_are_seen_and_formulas_as_they_were_written() -> None:
    async def use(page: Page) -> None:
        await page.document.update(f"- one $x^2$ two\n- {LONG}\n  - in\n\n  more  \n  here\n")
        items = page.query_one(Items)
        found = items.get_selection(SELECT_ALL)
        assert found is not None
        assert found[0].splitlines() == [
            "• one $x^2$ two", f"• {LONG.strip()}", "  ▪ in", "  more", "  here"
        ]  # fmt: skip
        assert items.get_selection(Selection(Offset(6, 0), Offset(9, 0))) == ("$x^2$ ", "\n")
        assert items.get_selection(Selection(Offset(4, 2), Offset(3, 4))) == (
            "in\n  more\n  h",
            "\n",
        )

    on_page(use)


def test_items_are_selected_with_the_mouse() -> None:
    async def use(page: Page) -> None:
        await page.document.update(f"- alpha beta\n- {LONG}\n- gamma\n")
        await page.pilot.pause()
        items = page.query_one(Items)
        await page.pilot.mouse_down(items, offset=(8, 0))
        await page.pilot.hover(items, offset=(6, 2))  # on the second line of the second
        await page.pilot.mouse_up(items, offset=(6, 2))
        await page.pilot.pause()
        text = page.screen.get_selected_text() or ""
        assert text.startswith("beta\n• a sentence that is")
        second = LONG.index(page.document.query_one(Items).text.splitlines()[1][60:70])
        assert 50 < len(text.splitlines()[1]) < 75, (text, second)
        await page.pilot.click(items, offset=(5, 2), times=2)
        assert page.screen.get_selected_text() == LONG.strip()
        await page.pilot.click(items, offset=(0, 0), times=2)
        assert page.screen.get_selected_text() == "alpha beta"

    on_page(use)
