"""What is pasted is text: it presses no key, whatever is in it and however it comes."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from terminal import Terminal
from textual import events
from textual.constants import ESCAPE_DELAY
from textual.drivers import linux_driver
from textual.message import Message

from tui.keyboard.pasting import END, START, Parser, reading

EVIL = "x\x1b[31mred\x1b[200~\x1b\r\x1b[19~ and so on for more than thirty signs\x1b\x1b[20\n汉字"
ROOT = Path(__file__).resolve().parents[2]


def read(*pieces: str) -> list[Message]:
    parser = Parser()
    found: list[Message] = []
    for piece in pieces:
        found += parser.feed(piece)
    return found


def keys(found: list[Message]) -> list[str]:
    return [one.key for one in found if isinstance(one, events.Key)]


def pastes(found: list[Message]) -> list[str]:
    return [one.text for one in found if isinstance(one, events.Paste)]


def test_escapes_and_line_ends_in_a_paste_press_no_key() -> None:
    found = read(f"a{START}{EVIL}{END}b")
    assert keys(found) == ["a", "b"]
    assert pastes(found) == [EVIL.replace("\x1b", "\ufffd")]


@given(st.lists(st.integers(0, 200), max_size=8))
def test_the_pieces_in_which_it_comes_make_no_difference(cuts: list[int]) -> None:
    text = f"a\x1b[A{START}{EVIL}{END}b{START}{END}{START}two{END}\x1b[20~"
    ends = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    found = read(*(text[low:high] for low, high in pairwise(ends) if low < high))
    assert keys(found) == keys(read(text)) == ["a", "up", "b", "f9"]
    assert pastes(found) == pastes(read(text)) == [EVIL.replace("\x1b", "\ufffd"), "", "two"]


def test_what_is_typed_is_not_held_back() -> None:
    parser = Parser()
    for piece, pressed in (("\x1b[20", []), ("~", ["f9"]), ("\x1b[A", ["up"]), ("é", ["é"])):
        assert keys(list(parser.feed(piece))) == pressed


def test_a_paste_whose_first_mark_comes_slowly_is_not_lost() -> None:
    parser = Parser()
    list(parser.feed(START[:4]))
    time.sleep(1.2 * ESCAPE_DELAY)
    list(parser.tick())  # Textual takes it for keys
    found = list(parser.feed(f"{START[4:]}one\ntwo{END}x"))
    assert pastes(found) == ["one\ntwo"]
    assert keys(found)[-1] == "x"


def test_a_large_paste_comes_whole() -> None:
    text = "x+\x1b" * 1_700_000
    whole = f"{START}{text}{END}"
    pieces = [whole[at : at + 4096] for at in range(0, len(whole), 4096)]
    assert pastes(read(*pieces)) == [text.replace("\x1b", "\ufffd")]


def test_bytes_that_are_no_text_end_nothing() -> None:
    class Driver(linux_driver.LinuxDriver):
        """Made where Textual's own is."""

    Driver.__module__ = linux_driver.__name__
    assert reading(Driver) is Driver
    assert vars(linux_driver)["XTermParser"] is Parser
    decode = vars(linux_driver)["getincrementaldecoder"]("utf-8")().decode
    assert decode(b"a\xff\xe6\xb1") + decode(b"\x89b") == "a\ufffd汉b"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    one = Terminal(tmp_path)
    yield one
    one.tmux("kill-server")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_the_app_lives_on_after_a_hostile_paste(tmp_path: Path, terminal: Terminal) -> None:
    file = tmp_path / "evil"
    file.write_text(EVIL * 20, encoding="utf-8")
    env = {"ASSISTANT_HOME": str(tmp_path / "home"), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    env |= {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    terminal.start(f"{sys.executable} -m tui -m micro --lang en; echo left", 80, 24, env)
    terminal.until("Ask something")
    terminal.tmux("load-buffer", str(file))
    terminal.tmux("paste-buffer", "-p")
    terminal.until("pasted 1")
    terminal.tmux("send-keys", "-H", "ff", "fe")
    terminal.keys("F3")
    text = terminal.until("Type a problem")
    assert "left" not in text
    assert "one question is waiting" not in text
