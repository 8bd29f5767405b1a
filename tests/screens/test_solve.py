"""The solve screen, driven by keys over the real solver."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from screens import run
from solve_screens import solving
from textual.widgets import Input, OptionList

from assistant.maths.types import Failure, Proved, Solution, Task, Trouble
from runtimes.texts import Lang
from tui.messages import PictureMade, ProblemRead, ProblemSent, Solved
from tui.rendering.solution import Work
from tui.screens.chat import ChatScreen
from tui.solving.solvable import EXAMPLES
from tui.widgets.choosing import Choice
from tui.widgets.saving import SaveAs

QUADRATIC = "x^2 - 5x + 6 = 0"
HARD = "integrate sqrt(tan(x)) * x * exp(x) * log(1 + x) dx"


@pytest.mark.slow
def test_a_problem_is_read_back_and_solved_in_steps() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.press(*"x/2=1")
            await one.until("Asked: solve for x")
            await one.press("enter")
            await one.solved(1)
            await one.until("x = 2")
            assert "✓ 1. " in one.text
            assert "✓ Proved by an independent check" in one.text
            kinds = (ProblemRead, ProblemSent, Solved)
            seen = [type(m) for m in one.screens.messages if isinstance(m, kinds)]
            assert list(dict.fromkeys(seen)) == list(kinds)
            assert seen.count(ProblemSent) == seen.count(Solved) == 1
            assert one.screens.app.focused is one.view

    run(journey)


@pytest.mark.slow
def test_enter_shows_what_is_behind_a_mark_and_the_steps_within() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            assert one.rows == ["1", "2", "3"]
            await one.press("down", "down", "enter")
            assert one.rows == ["1", "2", "3", "3.1", "3.2"]
            details = one.whole
            assert "before: x - 3 = 0 or x - 2 = 0" in details
            assert "after: x = 2 or x = 3" in details
            assert "rule: equation.cases" in details
            assert "claim: the same solutions" in details
            assert "how: exact on every interval of the line" in details
            await one.press("down", "enter")
            assert one.rows == ["1", "2", "3", "3.1", "3.1.1", "3.1.2", "3.1.3", "3.2"]
            await one.press("up", "enter")
            assert one.rows == ["1", "2", "3"]
            assert "before:" not in one.whole

    run(journey)


@pytest.mark.slow
def test_steps_come_one_at_a_time_and_the_answer_last() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            await one.press("o")
            assert one.rows == ["1"]
            assert "2 more: Space shows the next step, a all" in one.text
            assert "Answer" not in one.text
            assert "x = 2 or x = 3" not in one.whole
            await one.press("space")
            assert one.rows == ["1", "2"]
            await one.press("space")
            assert one.rows == ["1", "2", "3"]
            await one.until("Answer")
            await one.solve("x^2 - 7x + 12 = 0")
            assert one.rows == ["1"]  # it stays so for the next problem
            await one.press("a")
            assert one.rows == ["1", "2", "3"]
            await one.until("x = 3 or x = 4")

    run(journey)


@pytest.mark.slow
def test_another_method_solves_it_again() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            assert "1. Factor the left side" in one.text
            assert "there are other methods; Ctrl-G shows them" in one.text
            await one.press("ctrl+g", "down", "down", "enter")
            await one.solved(2)
            await one.until("Complete the square")
            assert "Method: completing the square" in one.text
            await one.solve("2x + y = 5, x - y = 1")  # it has no such method
            await one.until("Method: the shortest")
            assert isinstance(one.screens.app.focused, type(one.view))

    run(journey)


@pytest.mark.slow
def test_another_task_wins_over_the_text() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.press(*"x^2")
            await one.press("f9")
            assert isinstance(one.front(), Choice)
            await one.press(*["down"] * 6, "enter")
            await one.until("Task: differentiate")
            await one.press("enter")
            await one.solved(1)
            assert one.view.work is not None
            assert one.view.work.problem.request.task is Task.DIFFERENTIATE
            await one.until("2x")
            await one.press("f9", "escape")
            assert "Task: differentiate" in one.text

    run(journey)


@pytest.mark.slow
def test_the_graph_is_drawn_and_hidden() -> None:
    async def journey() -> None:
        async with solving(size=(80, 60)) as one:
            await one.solve(QUADRATIC)
            await one.press("g")
            await one.until("Graph")
            await one.until("●")
            assert one.screens.count(PictureMade) == 1
            await one.press("g")
            assert "●" not in one.text
            await one.solve("gcd(12, 18)")
            await one.press("g")
            await one.until("there is nothing to draw here")

    run(journey)


@pytest.mark.slow
def test_escape_stops_at_once_and_the_next_problem_is_solved() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve("x = 1")
            one.screen.field.put(HARD)
            one.screen.field.draft.focus()
            await one.press("enter")
            await one.until("Solving…")
            await one.press("escape")
            await one.until("Stopped.")
            assert one.screen.field.text == HARD
            await one.solve(QUADRATIC)
            await one.until("x = 2 or x = 3")
            last = [m for m in one.screens.messages if isinstance(m, Solved)][-1]
            assert isinstance(last.result, Work)

    run(journey)


@pytest.mark.slow
def test_after_a_timeout_enter_takes_more_time() -> None:
    async def journey() -> None:
        async with solving() as one:
            one.screen.seconds = 0.3
            await one.solve(HARD)
            await one.until("No answer within 0.3 s.")
            assert "Enter tries again for 1.2 s." in one.text
            await one.press("enter")
            await one.solved(2)
            await one.until("No answer within 1.2 s.")
            one.screen.seconds = 20.0  # its process has to start anew
            await one.solve(QUADRATIC)
            await one.until("x = 2 or x = 3")

    run(journey)


@pytest.mark.slow
def test_what_is_not_solved_has_a_remedy() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve("Tom has three apples and likes them")
            await one.until("In the chat (F2) a model can try it")
            assert "Not readable yet" in one.text
            await one.solve("x^5+y^5+z^5=1, x*y*z=2, x^2+y=z^9, x^3+y^7=z^8")
            await one.until("no method here solves it")
            assert "In the chat (F2) a model can try it" in one.text
            codes = [m.result.code for m in one.screens.messages
                     if isinstance(m, Solved) and isinstance(m.result, Trouble)]  # fmt: skip
            assert codes == [Failure.UNREADABLE, Failure.UNSUPPORTED]

    run(journey)


@pytest.mark.slow
def test_the_solution_is_copied_in_its_forms() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.press("ctrl+o")
            await one.until("there is no solution yet")
            await one.solve(QUADRATIC)
            await one.press("ctrl+o", "enter")
            assert one.screens.app.clipboard == "2, 3"
            await one.press("ctrl+o", "down", "enter")
            assert "x = 2" in one.screens.app.clipboard
            for number, words in ((2, "## Steps"), (3, "\\documentclass"), (4, "<!DOCTYPE html>")):
                await one.press("ctrl+o", *["down"] * number, "enter")
                assert words in one.screens.app.clipboard

    run(journey)


@pytest.mark.slow
def test_an_export_asks_for_a_path_and_replaces_nothing_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            await one.press("ctrl+s", "enter")
            assert isinstance(one.front(), SaveAs)
            await one.press("enter")
            await one.until("written:")
            first = tmp_path / "solution.md"
            assert "## Answer" in first.read_text(encoding="utf-8")
            first.write_text("mine", encoding="utf-8")
            await one.press("ctrl+s", "enter")
            assert one.front().query_one(Input).value.endswith("solution-2.md")
            await one.press("ctrl+u", "ctrl+k", *"solution.md", "enter")
            await one.until("there is a file of that name")
            assert first.read_text(encoding="utf-8") == "mine"
            await one.press("enter")
            await one.screens.until(lambda: first.read_text(encoding="utf-8") != "mine")
            assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["solution.md"]

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "said"),
    [("no/such/folder.md", "there is no such folder"), (".", "that is a folder")],
)
def test_a_path_that_cannot_be_written_is_told(
    path: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def journey() -> None:
        async with solving() as one:
            await one.solve("x = 1")
            await one.press("ctrl+s", "enter", "ctrl+u", "ctrl+k", *path, "enter")
            await one.until(said)
            assert isinstance(one.front(), SaveAs)
            await one.press("escape")
            assert one.front() is one.screen
            assert not [p for p in tmp_path.iterdir() if p.is_file()]

    run(journey)


@pytest.mark.slow
def test_recent_problems_and_examples_are_offered() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve("x = 41")
            await one.solve("x = 42")
            await one.press("alt+up")
            await one.until("x = 41")
            assert EXAMPLES[0].en in one.text
            await one.press("down", "enter")
            assert one.screen.field.text == "x = 41"

    run(journey)


@pytest.mark.slow
def test_what_is_shown_stays_while_another_screen_is_open() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            one.screen.field.put("half a prob")
            await one.press("f2")
            assert isinstance(one.front(), ChatScreen)
            await one.press("f3")
            assert one.front() is one.screen
            assert one.screen.field.text == "half a prob"
            assert one.rows == ["1", "2", "3"]

    run(journey)


@pytest.mark.slow
def test_a_click_unfolds_a_step() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            await one.screens.pilot.click(offset=(8, one.line("✓ 2. A product")))
            await one.until("rule: equation.zero_product")

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 20)])
def test_nothing_is_wider_than_the_screen(lang: Lang, size: tuple[int, int]) -> None:
    async def journey() -> None:
        async with solving(lang=lang, size=size) as one:
            await one.solve("x^4 + x = 1" if lang is Lang.EN else "求 x^3 sin x 的导数")
            await one.press("enter")
            for row in one.view.children:
                assert row.virtual_region.right <= one.view.content_size.width
            assert isinstance(one.view.work, Work)
            assert isinstance(one.view.work.solution, Solution)
            assert isinstance(one.view.work.solution.verdict, Proved)
            assert ("已证明" in one.text) is (lang is Lang.ZH)

    run(journey)


@pytest.mark.slow
def test_resizing_keeps_the_solution_whole() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            for size in ((40, 20), (20, 8), (120, 40), (80, 40)):
                await one.screens.pilot.resize_terminal(*size)
                await asyncio.sleep(0.1)
            await one.until("x = 2 or x = 3")

    run(journey)


@pytest.mark.slow
def test_text_is_selected_by_mouse_and_copied() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            y = one.line("✓ 2. A product")
            pilot = one.screens.pilot
            await pilot.mouse_down(offset=(8, y))
            await pilot.hover(offset=(23, y))
            await pilot.mouse_up(offset=(23, y))
            await one.press("ctrl+c")
            assert one.screens.app.clipboard.strip() in "2. A product is zero  proved"
            assert "product" in one.screens.app.clipboard
            assert one.rows == ["1", "2", "3"]
            assert "rule:" not in one.whole

    run(journey)


@pytest.mark.slow
def test_task_and_method_are_chosen_by_mouse() -> None:
    async def journey() -> None:
        async with solving() as one:
            await one.solve(QUADRATIC)
            await one.screens.pilot.click("#way", offset=(3, 0))
            await one.until("What is to be done")
            await one.press("escape")
            await one.screens.pilot.click("#way", offset=(40, 0))
            await one.until("completing the square")
            await one.screens.pilot.click(OptionList, offset=(4, 2))
            await one.until("Method: completing the square")

    run(journey)


@pytest.mark.slow
def test_for_a_screen_reader_formulas_stand_on_the_line_and_marks_are_words() -> None:
    async def journey() -> None:
        async with solving() as one:
            one.screens.app.use_screen_reader(True)
            one.screen.field.put("solve x + ) = 2")
            await one.until("At character 11, before “) = 2”:")
            await one.solve("x/2 = 1/3")
            shown = one.whole
            assert "x/2 = 1/3" in shown
            assert "proved: 1. " in shown
            assert not set("✓─▸") & set(shown)

    run(journey)
