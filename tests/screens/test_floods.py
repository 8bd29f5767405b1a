"""Answers that come at once in thousands of lines: the app goes on, and keys with it."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest
from screens import Screens, run, running

from tui.widgets.exchange import Question

NUMBERS = range(2500)
FLOODS = {
    "items": [f"- line {n}" for n in NUMBERS],
    "numbers": [f"{n}. line" for n in NUMBERS],
    "nested": [f"{'  ' * (n % 5)}- line {n}" for n in NUMBERS],
    "rows": ["|a|b|c|", "|-|-|-|", *(f"|{n}|x|一二三|" for n in NUMBERS)],
    "quotations": [f"> line {n}\n" for n in NUMBERS],
    "one quotation": [f"> line {n}\n>" for n in NUMBERS],
    "headings": [f"## line {n}" for n in NUMBERS],
    "formulas": [f"$$x_{{{n}}}$$" for n in NUMBERS],
    "items with code": [f"- line {n}\n  ```\n  x = {n}\n  ```" for n in NUMBERS],
}
QUICK = {"items", "rows"}
MOST_WIDGETS = 400
SLICE = 0.75
"""Seconds of the processor that nothing may take at a stretch, on a machine that is slow."""


async def come(screens: Screens) -> tuple[int, float]:
    """How many widgets there were at most, and the longest stretch, until the end is drawn."""
    widgets, longest = 0, 0.0
    transcript = screens.chat.transcript
    last = time.thread_time()
    while True:
        await asyncio.sleep(0.005)
        now = time.thread_time()
        longest, last = max(longest, now - last), now
        widgets = max(widgets, len(transcript.query("*")))
        if not screens.chat.turns.busy and "THE END" in screens.text:
            return widgets, longest


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[] if n in QUICK else pytest.mark.slow) for n in FLOODS]
)
def test_a_flood_is_drawn_while_keys_work(tmp_path: Path, name: str) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text(json.dumps({"text": "\n".join([*FLOODS[name], "", "THE END"])}))

    async def journey() -> None:
        async with running(f"scripted:{script}") as screens:
            await screens.ask("warm up")  # what is imported then is not ours to measure
            await screens.answered(1)
            await screens.chat.action_new()
            await screens.ask("tell me something")
            widgets, longest = await asyncio.wait_for(come(screens), 60)
            assert widgets <= MOST_WIDGETS
            assert longest <= SLICE
            assert screens.chat.transcript.at_bottom
            last = screens.chat.transcript.last
            assert last is not None
            assert last.answer.count("\n") > len(NUMBERS)

    run(journey)


@pytest.mark.slow
def test_a_flood_below_what_is_worked_in_is_no_heavier(tmp_path: Path) -> None:
    script = tmp_path / "script.jsonl"
    flood = "\n".join([*FLOODS["headings"], "", "THE END"])
    lines = {"text": "Wait.\n\n"}, {"text": flood, "after": 1}
    script.write_text("\n".join(map(json.dumps, lines)))

    async def journey() -> None:
        async with running(f"scripted:{script}") as screens:
            await screens.ask("tell me something")
            await screens.until_shown("Wait.")
            screens.chat.transcript.query_one(Question).focus()
            await asyncio.sleep(0.1)
            assert isinstance(screens.app.focused, Question)
            widgets, _ = await asyncio.wait_for(come(screens), 60)
            assert widgets <= MOST_WIDGETS
            await screens.press(*"on")
            await screens.until(lambda: screens.chat.composer.text == "on", "what is typed")

    run(journey)
