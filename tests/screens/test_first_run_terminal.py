"""A newcomer with an empty home, on a real terminal: solve, pull, see the memory bar, ask."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub import Accident, serving
from model_screens import FILE, MICRO, REPO
from terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here"),
]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    one = Terminal(tmp_path)
    yield one
    one.tmux("kill-server")


def environment(home: Path, endpoint: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH",)}
    return {
        **kept,
        "HOME": str(home),
        "ASSISTANT_HOME": "",
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(home / "hf"),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def test_a_newcomer_solves_pulls_sees_the_bar_and_asks(tmp_path: Path, terminal: Terminal) -> None:
    pytest.importorskip("llama_cpp")
    home = tmp_path / "newcomer"
    home.mkdir()
    with serving() as hub:
        hub.add(REPO, {FILE: MICRO.read_bytes()})
        hub.plan(FILE, Accident(pace=300_000))
        env = environment(home, hub.url)
        command = f"{sys.executable} -m tui"
        terminal.start(command, 80, 24, env)
        terminal.until("Welcome.")
        terminal.keys("Enter")
        terminal.until("x = 2 or x = 3")
        terminal.keys("C-n")
        terminal.until("weights")
        terminal.keys("Enter")
        terminal.until("kB/s")
        terminal.until("answers in the chat")
        terminal.keys("Enter")
        terminal.until("Ask something")
        terminal.keys("F6")
        assert "▶★● r1-qwen-1.5b" in terminal.until("8192 of 8192 tokens")
        terminal.keys("F2")
        terminal.type("Say hello in plain words, please")
        assert "thought" in terminal.until("tokens/s", 60)
        terminal.keys("C-q")
        again = Terminal(home)
        try:
            again.start(command, 80, 24, env)
            assert "Welcome." not in again.until("r1-qwen-1.5b")
        finally:
            again.tmux("kill-server")
