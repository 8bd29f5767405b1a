"""The whole command on terminals that draw pictures, and on others."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from picture_terminal import PictureTerminal
from screens import Lines
from turns import script

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pty"),
]
LINES = "".join(f"- line {n}\n" for n in range(30))
ANSWER: Lines = [
    {"text": "Before.\n\n$$x=\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}$$\n\n"},
    {"text": LINES},
    {"text": "\nIn the end: $$\\int_0^1 x^2\\,dx=\\frac13$$\n\nAfter.\n"},
]
ASK = "Please explain the formula of the roots in words\r"
DRAWN = "▒▒▒▒"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[dict[str, PictureTerminal]]:
    """Terminals by their kind; they are closed in the end."""
    terminals: dict[str, PictureTerminal] = {}
    yield terminals
    for one in terminals.values():
        one.close()


def start(kind: str, folder: Path, *words: str, setting: str = "picture") -> PictureTerminal:
    home = folder / "home"
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text(f'formulas = "{setting}"\n')
    terminal = PictureTerminal(kind, 80, 30)
    model = script(folder, ANSWER)
    terminal.start(
        [sys.executable, "-m", "tui", "-m", model, "--lang", "en", *words],
        {
            "ASSISTANT_HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
        },
    )
    terminal.until_shown("Ask something")
    terminal.type(ASK)
    terminal.until_shown("After.")
    return terminal


def quit_app(terminal: PictureTerminal) -> None:
    terminal.type("\x11")
    terminal.until(terminal.ended, "the end of the program")


def test_kitty_shows_images_that_scroll_and_are_deleted(
    tmp_path: Path, opened: dict[str, PictureTerminal]
) -> None:
    terminal = opened["kitty"] = start("kitty", tmp_path)
    terminal.until(lambda: terminal.images and DRAWN in terminal.text, "an image")
    image = next(iter(terminal.images.values()))
    assert (image.width, image.height) == (image.columns * 10, image.rows * 20)
    drawn = {
        terminal.pixel(x, y)
        for n, line in enumerate(terminal.text.split("\n"))
        if DRAWN in line
        for x in range(800)
        for y in range(n * 20, n * 20 + 20)
    }
    assert len(drawn) > 8  # its edges are smooth
    terminal.type("\x1b[5~" * 4)
    terminal.until(lambda: "Before." in terminal.text and len(terminal.images) > 1, "the first")
    terminal.until(lambda: terminal.text.count(DRAWN) >= 3, "the first formula")
    terminal.resize(60, 20, (12, 24))
    terminal.until(lambda: DRAWN in terminal.text, "an image of another size")
    terminal.until(
        lambda: any(one.height == one.rows * 24 for one in terminal.images.values()), "new images"
    )
    quit_app(terminal)
    assert not terminal.images


@pytest.mark.parametrize("kind", ["sixel", "wezterm"])
def test_sixel_is_painted_where_there_are_no_placeholders(
    tmp_path: Path, opened: dict[str, PictureTerminal], kind: str
) -> None:
    terminal = opened[kind] = start(kind, tmp_path)
    terminal.until(lambda: terminal.sixels, "a picture")
    assert not terminal.images
    inked = {at for line in terminal.canvas for at in line if at is not None}
    assert len(inked) >= 5
    terminal.type("\x1b[5~" * 4)
    terminal.until_shown("Before.")
    terminal.until(lambda: terminal.painted_lines() == 3, "the first formula, and no other")
    assert not terminal.scrolled
    quit_app(terminal)


@pytest.mark.parametrize(
    ("kind", "setting", "words"),
    [("none", "picture", ()), ("kitty", "text", ()), ("kitty", "picture", ("--screen-reader",))],
)
def test_other_terminals_and_other_wishes_have_text(
    tmp_path: Path,
    opened: dict[str, PictureTerminal],
    kind: str,
    setting: str,
    words: tuple[str, ...],
) -> None:
    terminal = opened[kind] = start(kind, tmp_path, *words, setting=setting)
    terminal.read_for(2)
    assert not terminal.images
    assert not terminal.sixels
    assert DRAWN not in terminal.text
    assert ("\x1b_G" in terminal.raw) == (kind == "none")  # it was asked, where that was wanted
    quit_app(terminal)
