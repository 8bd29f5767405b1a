"""One whole journey in a real browser: through the token, a question, its steps, a stop."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser import CHROMIUM, Page, browser
from screens import LONG, RIGHT
from turns import script

from assistant.history import open_history
from assistant.paths import history_file
from tui.rooms import ROOMS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed: no journey in a browser"),
]
CTRL = 2


async def through_the_door(page: Page, address: str) -> None:
    """A wrong token is refused; the right one opens the app, and leaves the address."""
    await page.go(re.sub("token=.*", "token=wrong", address))
    await page.until_true("document.body?.innerText.includes('token')")
    await page.go(address)
    await page.until("Ask something")
    assert await page.evaluate("location.search") == ""
    assert await page.evaluate("document.cookie") == ""
    await page.evaluate("document.querySelector('.xterm-helper-textarea').focus()")


async def ask(page: Page, question: str) -> int:
    """Type it and send it; the length of what was drawn before."""
    since = len(page.drawn)
    await page.type(question)
    await page.until(question[-8:], since)
    await page.press("Enter", 13)
    return since


async def journey(address: str, folder: Path, pictures: Path) -> None:
    async with browser(folder) as page:
        await through_the_door(page, address)
        since = await ask(page, "Explain how to solve 3x - 5 = 10 in words, please")
        for seen in ("✓ 3x = 15", "✓ x = 5", "2 proved"):
            await page.until(seen, since)
        await page.picture(pictures / "web_steps.png")
        since = await ask(page, "Explain something long to me, please")
        await page.until("word3", since)
        await page.press("Escape", 27)
        await page.until("■ stopped", since)
        await page.picture(pictures / "web_stopped.png")
        if any(room.name == "history" for room in ROOMS):
            since = len(page.drawn)
            await page.press("F7", 118)
            await page.until("3x - 5 = 10", since)
            await page.picture(pictures / "web_history.png")
        ours = address.partition("?")[0].removeprefix("http")
        asked = [one for one in page.requested if not one.startswith("data:")]
        assert all(one.removeprefix("http").removeprefix("ws").startswith(ours) for one in asked)
        assert [line for line in page.said if "401" not in line] == []
        await page.press("q", 81, CTRL)
        await page.until_true("document.body.classList.contains('-closed')")
        assert "ended" in await page.evaluate("document.querySelector('.ended').innerText")


def test_a_journey_in_a_browser(tmp_path: Path, own_home: Path) -> None:
    pictures = Path(os.environ.get("ASSISTANT_ARTEFACTS") or tmp_path)
    command = [sys.executable, "-m", "tui", "--web", "-m", script(tmp_path, RIGHT, LONG)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http\S+", server.stdout.readline())
            assert found
            asyncio.run(journey(found[0], tmp_path, pictures))
        finally:
            server.terminate()
            assert server.wait(20) == 0
    assert (pictures / "web_steps.png").stat().st_size > 10_000
    with open_history(history_file()) as history:
        assert history.list()
