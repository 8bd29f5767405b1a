"""The steps of an answer in the chat, the exact solver's and a model's: rows with their marks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from screens import ASK, RIGHT, run, running
from solutions import linear
from solve_screens import solving
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip
from turns import script

from assistant.events import StepChecked, TurnEvent
from assistant.session.options import TurnOptions
from runtimes.texts import Lang
from tui.messages import Asked
from tui.rendering.solution import Node, Page, Work
from tui.turn.mailbox import Mailbox
from tui.turn.said import Exact, Said
from tui.widgets.drawn import Drawn, Fitted


@pytest.mark.parametrize("lang", list(Lang))
def test_the_steps_of_the_exact_solver_are_rows_that_unfold(lang: Lang) -> None:
    within, behind, proved = {
        Lang.EN: ("3 steps within", "how: exact on every interval", "proved"),
        Lang.ZH: ("内含 3 步", "方法：在数轴的每个区间上精确判定", "已证明"),
    }[lang]

    async def journey() -> None:
        async with running(None, options=TurnOptions(lang=lang), lang=lang) as screens:
            await screens.ask("2x + 3 = 11")
            await screens.until_shown(f"▸ {within}")
            await screens.answered()
            assert "█ ✓" not in screens.text
            await screens.press("ctrl+t")
            await screens.until_shown("█ ✓ 1.")
            await screens.press("down", "down", "enter")
            await screens.until_shown(behind)
            assert re.search(rf"█ ✓ 2\. .*{proved}", screens.text)
            assert "✓ 2.1" in screens.text
            assert "✓ 1.1" not in screens.text
            await screens.press("enter", "escape")
            await screens.until(lambda: "✓ 2.1" not in screens.text, "folded")
            assert screens.app.focused is screens.chat.composer.draft
            await screens.press("ctrl+t", "x")
            assert screens.chat.composer.text == "x"
            assert "█ ✓" not in screens.text

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 40), (40, 20)])
def test_a_row_of_an_exact_solution_is_scrolled_to_and_clicked(size: tuple[int, int]) -> None:
    async def journey() -> None:
        async with running(None, options=TurnOptions(lang=Lang.EN), size=size) as screens:
            await screens.ask("1/x = 2/(x-2)")
            await screens.answered()
            await screens.press("ctrl+t", *["down"] * 30)
            await screens.until_shown("█    ▸ 1 step within")
            await screens.press(*["up"] * 40)
            await screens.until_shown("█ ✓ 1.")
            at = next(n for n, line in enumerate(screens.text.split("\n")) if "✓ 1. W" in line)
            await screens.pilot.click(offset=(8, at))
            await screens.until_shown("rule: ")
            await screens.pilot.click(offset=(8, at))
            await screens.until(lambda: "rule: " not in screens.text, "folded")

    run(journey)


LONG = Work(linear()[0], replace(linear()[1], steps=linear()[1].steps * 250))


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[Node]:
    """The steps that are laid out."""
    steps: list[Node] = []
    step = Page.step

    def laid_out(page: Page, node: Node, width: int) -> Content:
        steps.append(node)
        return step(page, node, width)

    monkeypatch.setattr(Page, "step", laid_out)
    return steps


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines that are drawn."""
    lines: list[int] = []
    line = Drawn.render_line

    def drawn_line(widget: Drawn, y: int) -> Strip:
        lines.append(y)
        return line(widget, y)

    monkeypatch.setattr(Drawn, "render_line", drawn_line)
    return lines


@pytest.mark.slow
def test_a_key_costs_no_more_in_a_long_solution(laid: list[Node], drawn: list[int]) -> None:
    long = Exact(LONG.problem, LONG.solution, offered=False)

    async def journey() -> None:
        async with running(None, size=(80, 24)) as screens:
            await screens.chat.transcript.add(Said(Asked("2x + 3 = 11"), [long]))
            await screens.until_shown("Proved")
            await screens.press("ctrl+t")
            await screens.until_shown("█ ✓ 1.")
            for key in ("down", "enter", "down", "up", "enter"):
                laid.clear()
                drawn.clear()
                await screens.press(key)
                assert len(laid) <= 1
                assert 0 < len(drawn) < 200
            await screens.press("escape", "x")
            assert screens.chat.composer.text == "x"

    run(journey)


@pytest.mark.slow
def test_a_long_solution_has_few_widgets_and_a_new_width_begins_with_what_is_in_sight(
    laid: list[Node], drawn: list[int]
) -> None:
    async def journey() -> None:
        async with solving(size=(80, 24)) as one:
            await one.view.show(LONG)
            one.view.focus()
            await one.until("█✓ 1.")
            assert len(one.rows) == len(set(laid)) == 500
            assert len(one.view.children) < 10
            await one.press(*["down"] * 40)
            for key in ("down", "enter", "up"):
                laid.clear()
                drawn.clear()
                await one.press(key)
                await one.screens.until(lambda: drawn, "it is drawn again")
                assert len(laid) <= 1
                assert len(drawn) < 200
            await one.until("█✓ 41.")
            at = one.line("✓ 41.")
            laid.clear()
            for width in (50, 49, 30):
                one.screens.app.post_message(Resize(Size(width, 24), Size(width, 24)))
            await one.screens.until(lambda: laid, "steps in sight")
            assert len(laid) < 50
            await one.screens.until(lambda: len(set(laid)) == 500, "the others")
            await one.until("✓ 41.")
            assert one.line("✓ 41.") <= at + 8

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "within", "behind"),
    [(Lang.EN, "3 steps within", "rule: linear"), (Lang.ZH, "内含 3 步", "依据：linear")],
)
def test_an_exact_answer_out_of_the_history_has_rows_that_unfold(
    lang: Lang, within: str, behind: str
) -> None:
    async def journey() -> None:
        options = TurnOptions(lang=lang)
        async with running(None, options=options, lang=lang, incognito=False) as screens:
            await screens.ask("2x + 3 = 11")
            await screens.answered()
            await screens.press("ctrl+l")
            await screens.until(lambda: within not in screens.text, "a new conversation")
            await screens.press("f7")
            await screens.until_shown("2x + 3 = 11")
            await screens.press("enter")
            await screens.until_shown(f"▸ {within}")
            await screens.press("ctrl+t")
            await screens.until_shown("█ ✓ 1.")
            await screens.press("enter")
            await screens.until_shown(behind)
            await screens.until_shown("✓ 1.1")

    run(journey)


def test_a_line_of_a_solution_that_is_too_wide_goes_on_in_the_next() -> None:
    lines = ["short", "a b " * 12, "", "宽" * 30, "a\tb"]
    fitted = Fitted(lambda _: Content("\n".join(lines)))
    assert [line.plain.rstrip() for line in fitted.within(20)] == [
        "short", *["a b a b a b a b a b"] * 2, "a b a b", "", *["宽" * 10] * 3, "a       b"
    ]  # fmt: skip
    assert max(line.cell_length for line in fitted.within(20)) <= 20


def test_the_exact_answer_is_copied_as_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    async def journey() -> None:
        async with running(None, options=TurnOptions(lang=Lang.EN)) as screens:
            monkeypatch.setattr(screens.app, "copy_to_clipboard", copied.append)
            await screens.press("ctrl+o")
            await screens.until_told("there is no answer to copy yet")
            await screens.ask("2x + 3 = 11")
            await screens.answered()
            await screens.press("ctrl+o")
            await screens.until_told("copied")
            assert len(copied) == 1
            assert "$$" in copied[0]
            assert "x = 4" in copied[0]

    run(journey)


def test_a_step_that_was_never_checked_says_so_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Mailbox.put

    def breaking(box: Mailbox, event: TurnEvent) -> None:
        if isinstance(event, StepChecked):
            raise LookupError("the program itself is broken")  # noqa: TRY004 - as a bug does
        put(box, event)

    async def journey() -> None:
        async with running(script(tmp_path, RIGHT)) as screens:
            await screens.ask(ASK)
            await screens.answered()
            assert "something went wrong in the program itself" in screens.text
            await screens.until_shown("3x - 5 = 10  not checked")
            assert "being checked" not in screens.text
            assert screens.chat.composer.text == ASK

    monkeypatch.setattr(Mailbox, "put", breaking)
    run(journey)


@pytest.mark.slow
def test_the_steps_are_gone_to_from_far_above() -> None:
    async def journey() -> None:
        async with running(None, options=TurnOptions(lang=Lang.EN), size=(60, 20)) as screens:
            for number in range(2, 8):
                await screens.ask(f"{number}x + 3 = 11")
                await screens.answered()
            await screens.press(*["pageup"] * 12)
            await screens.until_shown("2x + 3 = 11")
            exact = screens.chat.transcript.last
            assert exact is not None
            await screens.until(lambda: exact.blocks[-1].widget is None, "it is far away")
            await screens.press("ctrl+t")
            await screens.until_shown("█ ✓ 1.")
            await screens.press("down")
            await screens.until_shown("█ ✓ 2.")
            await screens.press("enter")
            await screens.until_shown("rule: linear.divide")

    run(journey)
