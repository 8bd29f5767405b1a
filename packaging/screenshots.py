"""Draws the README's pictures of every screen: ``python packaging/screenshots.py [NAME…]``.

Each picture is a function here that brings a screen to a telling state by keys, over the real
solver, checkers, sandbox and history, with a scripted model and a machine that is the same
everywhere.  The clock stands still, so the same program draws the same pictures; they are SVG
files of 120 by 36 cells in ``packaging/pictures/``.  A test sees to it that no screen is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import pytest  # noqa: E402 - what follows lies in the folders just added
from model_screens import app_for, go_to, on_machine, opened, small_machine, to_models  # noqa: E402
from rich.cells import cell_len  # noqa: E402
from screens import Screens, running  # noqa: E402
from textual.widgets import TextArea  # noqa: E402

from assistant import paths  # noqa: E402
from assistant.events import TurnEvent, TurnFinished  # noqa: E402
from assistant.history import open_history  # noqa: E402
from runtimes.texts import Lang  # noqa: E402
from tui.messages import CodeEnded, LessonMoved  # noqa: E402
from tui.turn import mailbox  # noqa: E402

FOLDER = ROOT / "packaging" / "pictures"
SIZE = (120, 36)
CELL = 12.2
"""Width of a cell in the pictures, as Rich has it."""
NOON = 1_767_268_800.0
"""2026-01-01 12:00 UTC, in seconds."""
XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
SCRIPT = "scripted:demo.jsonl"
ASKED = {
    Lang.EN: "Explain in words how to solve x^2/2 - 3x + 7/2 = 0 by completing the square",
    Lang.ZH: "请用文字解释怎样用配方法解 x^2/2 - 3x + 7/2 = 0",
}
SAID = {
    Lang.EN: (
        "Multiply both sides by 2:",
        "Move the 7, and add 9 on both sides:",
        "The left side is a square:",
        "Take the roots of both sides:",
    ),
    Lang.ZH: ("两边同乘以 2：", "移项，两边同加 9：", "左边是完全平方：", "两边开平方："),
}
WRITTEN = (
    r"$$\frac{x^2}{2} - 3x + \frac{7}{2} = 0$$",
    r"$x^2 - 6x + 7 = 0$",
    r"$x^2 - 6x + 9 = 2$",
    r"$(x - 3)^2 = 2$",
    r"$$x = 3 + \sqrt{2} \text{ or } x = 3 - \sqrt{2}$$",
)
Drive = Callable[[Screens], Awaitable[None]]
Run = AbstractAsyncContextManager[Screens]


@dataclass(frozen=True, slots=True)
class Picture:
    """``start`` gives the running app, ``drive`` brings it to what is drawn."""

    name: str
    start: Callable[[], Run]
    drive: Drive


PICTURES: list[Picture] = []


def picture(
    name: str, start: Callable[[], Run] = lambda: running(size=SIZE, incognito=False)
) -> Callable[[Drive], Drive]:
    """Makes a picture of a function."""

    def keep(drive: Drive) -> Drive:
        PICTURES.append(Picture(name, start, drive))
        return drive

    return keep


def with_model(lang: Lang) -> Run:
    """The app over a model that explains one equation."""
    lines: list[dict[str, object]] = [{"reasoning": "Half a square, so double it first. "}]
    lines.append({"text": WRITTEN[0] + "\n\n"})
    for said, formula in zip(SAID[lang], WRITTEN[1:], strict=True):
        space = "\n\n" if formula.startswith("$$") else " " * (lang is Lang.EN)
        lines.append({"text": f"{said}{space}{formula}\n\n"})
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    Path("demo.jsonl").write_text(text, encoding="utf-8")
    return running(SCRIPT, size=SIZE, lang=lang)


async def ask(screens: Screens, lang: Lang) -> None:
    """An answer with its steps, the details of one unfolded."""
    await screens.ask(ASKED[lang])
    await screens.answered()
    await screens.until_shown("4 proved" if lang is Lang.EN else "4 步已证明")
    await screens.press("ctrl+t", "down", "down", "enter")


@picture("chat", lambda: with_model(Lang.EN))
async def chat(screens: Screens) -> None:
    """A model's answer."""
    await ask(screens, Lang.EN)


@picture("chat_zh", lambda: with_model(Lang.ZH))
async def chat_zh(screens: Screens) -> None:
    """The same in Chinese."""
    await ask(screens, Lang.ZH)


@picture("solve")
async def solve(screens: Screens) -> None:
    """A solution, the details of a step unfolded."""
    await screens.press("f3")
    await screens.press(*"x^2/2 - 5x + 6 = 0")
    await screens.until_shown("x²")
    await screens.press("enter")
    await screens.until_shown("proved")
    await screens.press("down", "enter")


@picture("tutor")
async def tutor(screens: Screens) -> None:
    """A wrong line, and help."""
    from tui.screens.tutor import TutorScreen

    await screens.press("f4")
    await screens.until(lambda: isinstance(screens.app.screen, TutorScreen))
    screen = screens.app.screen
    assert isinstance(screen, TutorScreen)

    async def moved(*keys: str) -> None:
        before = screens.count(LessonMoved)
        await screens.press(*keys)
        await screens.until(lambda: screens.count(LessonMoved) > before)

    screen.field.put("2(x-3) = x/2 + 1")
    await moved("enter")
    for line in ("2x - 3 = x/2 + 1", "2x - 6 = x/2 + 1"):
        screen.line.put(line)
        await moved("enter")
    await moved("ctrl+t")
    await moved("ctrl+t")


@picture("code")
async def code(screens: Screens) -> None:
    """Code that fails one of its tests."""
    from tui.screens.code import CodeScreen

    await screens.press("f5")
    await screens.until(lambda: isinstance(screens.app.screen, CodeScreen))
    screen = screens.app.screen
    assert isinstance(screen, CodeScreen)
    await screens.until(lambda: bool(screen.query("#report")))
    await screens.press()
    screen.parts.editor(
        "task"
    ).text = "write median(numbers); median([3, 1, 2]) == 2; median([4, 1, 3, 2]) == 2.5"
    screen.parts.editor("code").text = (
        "def median(numbers):\n    numbers = sorted(numbers)\n"
        "    return numbers[len(numbers) // 2]\n"
    )
    await screens.press("f12")
    await screens.until(lambda: screens.count(CodeEnded))
    await screens.until_shown("failed")


@picture("models", lambda: opened(app_for(), size=SIZE))
async def models(screens: Screens) -> None:
    """What fits, and where its parts go."""
    await to_models(screens)
    await go_to(screens, "r1-qwen-7b")
    await screens.until_shown("r1-qwen-7b")


@picture("history")
async def history(screens: Screens) -> None:
    """A search."""
    with patch("time.time", iter(range(int(NOON), int(NOON) + 100_000, 701)).__next__):
        file = paths.history_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        with open_history(file) as kept:
            for question, answer in (
                ("Why is the square root of 2 irrational?", "Suppose $\\sqrt{2} = p/q$ …"),
                ("解方程 x^2 - 5x + 6 = 0", "因式分解得 $(x-2)(x-3) = 0$，所以 $x=2$ 或 $x=3$。"),
                ("A function that counts primes", "The sieve marks multiples of each prime."),
                ("What is the square of a binomial?", "$(a+b)^2 = a^2 + 2ab + b^2$"),
                ("Area of a triangle from its sides", "Heron: a square root of a product."),
            ):
                writer = kept.answer(kept.ask(kept.begin(), None, question), "r1-qwen-1.5b")
                writer.text(answer)
                writer.close("stop")
    await screens.press("f7")
    await screens.until_shown("binomial")
    await screens.press(*"square")
    await screens.until(lambda: "primes" not in screens.text)


@picture("settings")
async def settings(screens: Screens) -> None:
    """The rows, one of them changed."""
    await screens.press("f8", "down", "down", "down", "right", "right")
    await screens.until_shown("1024 tokens")


@picture("help")
async def help_(screens: Screens) -> None:
    """Marks and keys."""
    await screens.press("f1")
    await screens.until_shown("How marks are to be read")


@picture("first_run", lambda: opened(app_for(welcome=True), size=SIZE))
async def first_run(screens: Screens) -> None:
    """A problem solved at once."""
    await screens.until_shown("Welcome")
    await screens.press("enter")
    await screens.until_shown("x = 2 or x = 3")


# --- drawing ---------------------------------------------------------------------------------


@contextmanager
def still() -> Iterator[None]:
    """A home of its own, the same machine, a clock that stands still."""
    put = mailbox.Mailbox.put
    before = Path.cwd()

    def timeless(box: mailbox.Mailbox, event: TurnEvent) -> None:
        if isinstance(event, TurnFinished):
            account = replace(event.account, first_token_seconds=0.0, tokens_per_second=None)
            event = replace(event, account=account)
        put(box, event)

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as change:
        for name, value in (("HOME", folder), ("TZ", "UTC"), ("COLORTERM", "truecolor")):
            change.setenv(name, value)
        for name in ("ASSISTANT_HOME", "COLORFGBG", "NO_COLOR", *XDG):
            change.delenv(name, raising=False)
        change.setattr(mailbox.Mailbox, "put", timeless)
        change.setattr(mailbox.Mailbox, "pace", mailbox.Pace())
        on_machine(change, small_machine())
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


async def drawn(one: Picture) -> str:
    """The picture."""
    async with one.start() as screens:
        screens.app.animation_level = "none"
        await one.drive(screens)
        for editor in screens.app.screen.query(TextArea):
            editor.cursor_blink = False
        await asyncio.sleep(1)
        screens.app.clear_notifications()
        await screens.pilot.pause()
        return alone(screens.app.export_screenshot(title="assistant"))


def alone(svg: str) -> str:
    """Without the fonts that it would fetch from elsewhere."""
    svg = re.sub(r",?\s*url\([^)]*\)\s*format\([^)]*\)", "", svg)
    svg = re.sub(r'textLength="[\d.]+"([^>]*>)([^<]*)', _as_wide, svg)
    return svg.replace("monospace", 'Menlo, Consolas, "DejaVu Sans Mono", monospace')


def _as_wide(text: re.Match[str]) -> str:
    """Rich takes every sign for one cell; Chinese ones have two."""
    wide = CELL * cell_len(unescape(text[2]))
    return f'textLength="{wide:.1f}"{text[1]}{text[2]}'


def main() -> None:
    """Draw those that are named, or all."""
    parser = argparse.ArgumentParser(description="Draws the README's pictures.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")
    wanted = parser.parse_args()
    folder: Path = wanted.into.resolve()
    folder.mkdir(exist_ok=True)
    for one in PICTURES:
        if not wanted.names or one.name in wanted.names:
            with still():
                svg = asyncio.run(drawn(one))
            (folder / f"{one.name}.svg").write_text(svg, encoding="utf-8")
            sys.stdout.write(f"{one.name}.svg  {len(svg) // 1000} kB\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
