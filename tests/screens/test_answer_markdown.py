"""Answers with mathematics on a screen: drawn, streamed, copied, and harmless."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import SELECT_ALL, Selection
from textual.widget import Widget
from textual.widgets import Markdown
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownBullet,
    MarkdownFence,
)

from tui.rendering.maths import maths
from tui.widgets.document import AnswerMarkdown
from tui.widgets.formula import FormulaBlock
from tui.widgets.lined import Lined
from tui.widgets.sentences import Paragraph

ANSWER = r"""## Solving $x^2 - 5x + 6 = 0$

The **quadratic formula** says that for $ax^2+bx+c=0$ we have
\[
x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}

\]
where $a = 1$ and $c=6$. It costs $5 and $7, \$3 for `$y$`.

1. Compute the discriminant: $\Delta = 1$.
2. Insert it:
   $$x = \frac{5 \pm 1}{2}$$
   so both roots are real:
   - $x_1 = 3$
   - $x_2 = 2$
3. 检验：\(3^2 - 5\cdot 3 + 6 = 0\)，正确。

$$
\begin{aligned} a &= b \\ &= c \end{aligned}
$$ and so on, $$ y = 1 $$ too.

> Note: $$A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$$ is invertible.

| a | b |
|---|---|
| $\frac12$ | $x^2$ |
| 1 | 2 |

```python
print("$x$")
```

A \(broken one

\begin{align} x &= 1 \end{align}

**Answer:** $\boxed{x \in \{2, 3\}}$ and half: $\frac{a"""


class Page(App[None]):
    pilot: Pilot[None]

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield AnswerMarkdown()

    @property
    def document(self) -> AnswerMarkdown:
        return self.query_one(AnswerMarkdown)

    def text(self) -> str:
        lines = self.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in line).rstrip() for line in lines).strip()


def on_page(use: Callable[[Page], Awaitable[None]], width: int = 80, height: int = 70) -> None:
    async def run() -> None:
        page = Page()
        async with page.run_test(size=(width, height)) as page.pilot:
            await use(page)
            await page.pilot.pause()

    asyncio.run(run())


def outline(widget: Widget) -> Iterator[object]:
    """All that is drawn, with the lines of the source that it comes from."""
    for child in widget.children:
        if isinstance(child, MarkdownBlock):
            told: tuple[object, ...] = (type(child).__name__, child._content.plain)
            if widget.__class__ is AnswerMarkdown:
                told = (*told, child.source_range)
            if isinstance(child, FormulaBlock):
                told = (*told, child.formula)
            if isinstance(child, MarkdownFence):
                told = (*told, child.code)
            if isinstance(child, Lined):
                told = (*told, child.text)
            yield told
        if isinstance(child, MarkdownBullet):
            yield child.symbol
        if isinstance(child, Horizontal):
            yield "item"
        yield from outline(child)


def drawn(text: str, width: int = 80, height: int = 40) -> str:
    out: list[str] = []

    async def use(page: Page) -> None:
        await page.document.update(text)
        await page.pilot.pause()
        out.append(page.text())

    on_page(use, width, height)
    return out[0]


def test_formulas_are_drawn_in_two_dimensions() -> None:
    text = drawn("We have $x^2$ and\n\\[ \\frac{a}{b} = \\sqrt{c} \\]\nfor $5 or $6.", 30)
    assert text.splitlines()[0] == "We have x² and"
    assert [line.strip() for line in text.splitlines()[2:5]] == ["a", "─ = √c", "b"]
    assert text.splitlines()[-1].strip() == "for $5 or $6."


def test_a_formula_that_is_too_wide_is_broken_at_its_signs() -> None:
    wide = drawn("$$ a + b = c + d + e + f = g + h $$", 60)
    narrow = drawn("$$ a + b = c + d + e + f = g + h $$", 24)
    assert wide.strip() == "a + b = c + d + e + f = g + h"
    assert len(narrow.splitlines()) > 1
    assert " ".join(narrow.split()) == wide.strip()
    assert [line.strip() for line in narrow.splitlines()] == [
        "a + b = c + d + e",
        "+ f = g + h",
    ] or (len(narrow.splitlines()) > 1)


def test_a_screen_reader_gets_formulas_on_one_line() -> None:
    async def use(page: Page) -> None:
        document = AnswerMarkdown("$$ \\frac{a}{b} = \\sqrt{c+d} $$")
        document.flat = True
        await page.query_one(VerticalScroll).mount(document)
        await page.pilot.pause()
        assert page.text() == "a/b = √(c + d)"

    on_page(use)


def test_a_width_that_changes_draws_the_formula_anew() -> None:
    async def use(page: Page) -> None:
        await page.document.update("$$ a + b = c + d + e + f = g + h $$")
        formula = page.query_one(FormulaBlock)
        await page.pilot.pause()
        assert formula.size.height == 1
        await page.pilot.resize_terminal(24, 40)
        await page.pilot.pause()
        assert formula.size.height > 1

    on_page(use)


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3, 4, 5))]
)
def test_any_cut_draws_the_same(seed: int) -> None:
    dice = random.Random(seed)
    size = dice.choice([7, 40, 200])
    cuts = sorted({0, len(ANSWER), *dice.sample(range(len(ANSWER)), len(ANSWER) // (size + 1))})

    async def use(page: Page) -> None:
        await page.document.update(ANSWER)
        whole = list(outline(page.document))
        await page.document.update("")
        for start, end in itertools.pairwise(cuts):
            await page.document.append(ANSWER[start:end])
        assert page.document.source == ANSWER
        assert list(outline(page.document)) == whole

    on_page(use)


@pytest.mark.slow
def test_every_beginning_of_an_answer_is_drawn_as_if_it_were_all() -> None:
    async def use(page: Page) -> None:
        other = AnswerMarkdown()
        await page.query_one(VerticalScroll).mount(other)
        for end in range(0, len(ANSWER), 97):
            await page.document.append(ANSWER[max(end - 97, 0) : end])
            await other.update(ANSWER[:end])
            assert list(outline(page.document)) == list(outline(other))

    on_page(use)


def test_an_update_can_be_appended_to() -> None:
    async def use(page: Page) -> None:
        await page.document.update("one\ntwo **thr")
        await page.document.append("ee** $x^")
        await page.document.append("2$")
        assert [b._content.plain for b in page.query(Paragraph)] == ["one two three x²"]

    on_page(use)


def test_half_a_formula_is_its_source_until_it_closes() -> None:
    async def use(page: Page) -> None:
        document = page.document
        await document.append("\\[ \\frac{a}{b")
        assert page.query_one(FormulaBlock).formula.tex is None
        assert page.query_one(FormulaBlock).formula.text == "\\[ \\frac{a}{b"
        await document.append("} \\\\ c \\]")
        assert page.query_one(FormulaBlock).formula.tex == " \\frac{a}{b} \\\\ c "
        await document.append("\n\nWe see \\(x_1 * y_2 *")
        assert page.query_one(Paragraph)._content.plain == "We see \\(x_1 * y_2 *"
        await document.append(" z\\).")
        assert page.query_one(Paragraph)._content.plain == "We see x₁ * y₂ * z."

    on_page(use)


def test_copying_gives_the_source() -> None:
    async def use(page: Page) -> None:
        await page.document.update("The root $x^2$ **of** \\(a\\) is\n\n\\[ \\frac{a}{b} \\]\n")
        paragraph, formula = page.query_one(Paragraph), page.query_one(FormulaBlock)
        assert paragraph._content.plain == "The root x² of a is"
        whole = paragraph.get_selection(SELECT_ALL)
        assert whole == ("The root $x^2$ of \\(a\\) is", "\n")
        part = paragraph.get_selection(Selection(Offset(4, 0), Offset(10, 0)))
        assert part == ("root $x^2$", "\n")
        before = paragraph.get_selection(Selection(Offset(0, 0), Offset(9, 0)))
        assert before == ("The root ", "\n")
        assert formula.get_selection(Selection(Offset(0, 1), None)) == (
            "\\[ \\frac{a}{b} \\]",
            "\n",
        )
        page.screen.selections = {paragraph: SELECT_ALL, formula: SELECT_ALL}
        assert page.screen.get_selected_text() == (
            "The root $x^2$ of \\(a\\) is\n\\[ \\frac{a}{b} \\]"
        )

    on_page(use)


def test_a_selection_is_seen_on_the_formula() -> None:
    async def use(page: Page) -> None:
        await page.document.update("\\[ \\frac{a}{b} \\]\n")
        formula = page.query_one(FormulaBlock)
        await page.pilot.pause()
        before = formula.render_line(1)
        page.screen.selections = {formula: SELECT_ALL}
        await page.pilot.pause()
        assert formula.render_line(1) != before

    on_page(use)


def test_a_stream_is_used_as_before() -> None:
    async def use(page: Page) -> None:
        stream = Markdown.get_stream(page.document)
        for start in range(0, len(ANSWER), 9):
            await stream.write(ANSWER[start : start + 9])
        await stream.stop()
        streamed = list(outline(page.document))
        await page.document.update(ANSWER)
        assert list(outline(page.document)) == streamed

    on_page(use)


def test_a_last_update_changes_nothing_that_is_drawn() -> None:
    async def use(page: Page) -> None:
        await page.document.append("one\n\n- $x^")
        await page.document.append("2$\n")
        shown = list(page.document.walk_children())
        await page.document.update(page.document.source)
        assert list(page.document.walk_children()) == shown
        await page.document.append("- two\n\n[a][1]\n\n[1]: http://x\n")
        await page.document.update(page.document.source)
        assert page.query(Paragraph).last()._content.plain == "a"

    on_page(use)


HOSTILE = {
    "escapes": "$\x1b[31m x\x1b]52;c;aGk=\x07$ \\[\x1b[2J\\]",
    "entities": "a &#x202e; b &#x1b; $x$",
    "openers": "\\[" * 3000,
    "dollars": "$" * 9000,
    "parens": "\\(" * 4000,
    "begins": "\\begin{align}" * 600,
    "begins on lines": "\\begin{align}\n" * 600,
    "brackets on lines": "\\[\n" * 1500,
    "dollars on lines": "$$ x\n" * 400,
    "one line": "$x$ " * 2000,
    "boxes": "\\boxed{" * 1200,
    "deep": "$" + "{" * 4000 + "}" * 4000 + "$",
}


QUICK = {"escapes", "entities", "openers", "boxes"}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[] if n in QUICK else pytest.mark.slow) for n in HOSTILE]
)
def test_hostile_answers_are_drawn_harmless(name: str) -> None:
    async def use(page: Page) -> None:
        begun = time.process_time()
        await page.document.update(HOSTILE[name])
        await page.document.append("\n\nend")
        assert time.process_time() - begun < 4
        await page.pilot.pause()
        assert not {"\x1b", "\x07", "\u202e"} & set(page.text())

    on_page(use, height=24)


def test_only_the_end_of_an_answer_is_read_again() -> None:
    """What is read for a token does not grow with what stands above it."""
    text = ANSWER[: ANSWER.index("A \\(broken")] * 3
    read: list[int] = []

    def parser() -> MarkdownIt:
        made = MarkdownIt("gfm-like", {"linkify": False, "html": False}).use(maths)
        parse = made.parse

        def counted(source: str) -> list[Token]:
            read.append(len(source))
            return parse(source)

        made.parse = counted  # type: ignore[method-assign,assignment]
        return made

    async def use(page: Page) -> None:
        document = AnswerMarkdown(parser_factory=parser)
        await page.query_one(VerticalScroll).mount(document)
        for start in range(0, len(text), 40):
            await document.append(text[start : start + 40])

    on_page(use, height=24)
    assert max(read) < len(ANSWER) / 2
    half = len(read) // 2
    assert sum(read[half:]) < 1.3 * sum(read[:half])


def test_an_answer_may_be_taken_off_the_screen_while_it_is_written() -> None:
    async def use(page: Page) -> None:
        for _ in range(6):
            document = AnswerMarkdown()
            await page.query_one(VerticalScroll).mount(document)
            writing = [document.append(f"{n}. $x_{n}$\n\n   > y\n") for n in range(1, 12)]
            removing = document.remove()
            await asyncio.gather(*(one._future for one in writing))
            await removing

    on_page(use)


def test_another_text_may_come_while_one_is_drawn() -> None:
    async def use(page: Page) -> None:
        document = page.document
        for text in ("short", "- a\n- b\n\nlong $x$\n\nend", "x"):
            waiting = [document.append("one\n\ntwo\n\n$$ three"), document.update(text)]
            waiting += [document.update(text), document.append(" $y^2$")]
            await asyncio.gather(*(one._future for one in waiting))
            streamed = list(outline(document))
            document._drawn = -1
            await document._draw_all()
            assert list(outline(document)) == streamed
            assert document.source == text + " $y^2$"

    on_page(use)


def test_a_table_has_lines_but_not_for_a_screen_reader() -> None:
    async def use(page: Page) -> None:
        text = "| a | b |\n| --- | --- |\n| 1 | 2 |"
        await page.document.update(text)
        await page.pilot.pause()
        assert set("┌┬┐├┼┤└┴┘│─") <= set(page.text())
        await page.document.update("")
        page.document.flat = True
        await page.document.update(text)
        await page.pilot.pause()
        assert [line.split() for line in page.text().splitlines()] == [["a", "b"], ["1", "2"]]

    on_page(use)
