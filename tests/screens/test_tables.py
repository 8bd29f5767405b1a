"""Tables of an answer: every cell is there, in every script and width, and copied as written."""

from __future__ import annotations

import pytest
from pages import Page, on_page
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection

from tui.widgets.table import Table

CHINESE = f"|名称|说明|x|\n|-|:-:|-|\n|数学|{'很长的中文说明，' * 8}|1|\n|b|`c` **d** $x^2$|3|\n"


async def shown(page: Page, text: str, width: int = 60) -> str:
    await page.pilot.resize_terminal(width, 40)
    await page.document.update(text)
    await page.pilot.pause()
    return "\n".join(page.text()).rstrip()


@pytest.mark.parametrize("width", [24, 40, 60, 120])
def test_no_cell_of_a_chinese_table_is_left_out(width: int) -> None:
    async def use(page: Page) -> None:
        text = await shown(page, CHINESE, width)
        assert "…" not in text
        signs = "".join(sign for sign in text if sign not in " ─│┌┬┐├┼┤└┴┘\n")
        if width >= 40:  # else the columns are read one by one, but a line breaks within
            assert signs.startswith("名称说明x数学")
            assert signs.endswith("bcdx²3")
        assert all(sign in text for sign in "名称说明数学文bcd3")
        assert text.count("很长的中文说明") + text.count("，") >= 8

    on_page(use)


def test_a_narrow_column_is_not_broken_for_a_wide_one() -> None:
    async def use(page: Page) -> None:
        text = await shown(page, f"|name|what|\n|-|-|\n|longer name|{'some words ' * 12}|\n")
        assert "│ longer name │ some words" in text
        assert all(len(line) <= 58 for line in text.splitlines())

    on_page(use)


def test_more_columns_than_fit_are_lines() -> None:
    async def use(page: Page) -> None:
        heads = "|".join(f"head{n}" for n in range(30))
        row = "|".join(f"cell{n}" for n in range(30))
        text = await shown(page, f"|{heads}|\n|{'-|' * 30}\n|{row}|\n")
        assert "head0 · head1" in text
        assert "head7: cell7" in text
        assert "head29: cell29" in text

    on_page(use)


def test_a_table_is_one_widget_and_grows() -> None:
    async def use(page: Page) -> None:
        await page.document.append("|a|b|\n|-|-|\n|1|2")
        table = page.query_one(Table)
        await page.document.append("2|\n" + "".join(f"|{n}|x|\n" for n in range(3, 500)))
        await page.pilot.pause()
        assert page.query_one(Table) is table
        assert len(page.document.query("*")) == 1
        assert table.text.splitlines()[:3] == ["a | b", "1 | 22", "3 | x"]
        assert table.size.height == 2 * 499 + 1

    on_page(use)


def test_cells_are_copied_with_their_formulas() -> None:
    async def use(page: Page) -> None:
        await shown(page, CHINESE)
        table = page.query_one(Table)
        found = table.get_selection(SELECT_ALL)
        assert found is not None
        assert found[0].splitlines()[0] == "名称 | 说明 | x"
        assert found[0].splitlines()[2] == "b | c d $x^2$ | 3"
        part = table.get_selection(Selection(Offset(5, 0), Offset(2, 1)))
        assert part == ("说明 | x\n数学", "\n")

    on_page(use)


def test_cells_are_selected_with_the_mouse() -> None:
    async def use(page: Page) -> None:
        await shown(page, "|a|b|\n|-|-|\n|one two|three four|\n|five|six|\n")
        table = page.query_one(Table)
        at = next(n for n, line in enumerate(page.text()) if "one two" in line)
        line = page.text()[at]
        y = at - table.region.y
        await page.pilot.mouse_down(table, offset=(line.index("two") - table.region.x, y))
        await page.pilot.hover(table, offset=(line.index("four") - table.region.x - 1, y))
        await page.pilot.mouse_up(table, offset=(line.index("four") - table.region.x - 1, y))
        await page.pilot.pause()
        text = page.screen.get_selected_text() or ""
        assert text.startswith("two | three"), text

    on_page(use)
