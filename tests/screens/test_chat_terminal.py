"""The app on a real terminal: it starts, is resized, answers, and leaves the terminal as it was."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal
from turns import script

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys
from tui.app import AssistantApp
from tui.desk import Setup
AssistantApp(Setup(model=sys.argv[1], theme="terminal")).run()
print("left with", 7 * 6)
"""
pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    one = Terminal(tmp_path)
    yield one
    one.tmux("kill-server")


@pytest.mark.slow
@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_a_whole_run_on_a_terminal(tmp_path: Path, terminal: Terminal, term: str) -> None:
    answer: list[dict[str, object]] = [{"text": "你好，**one** two.\n"}]
    start = tmp_path / "start.py"
    start.write_text(START, encoding="utf-8")
    words = [sys.executable, str(start), script(tmp_path, answer)]
    env = {"ASSISTANT_HOME": str(tmp_path / "home"), "TERM": term, "PYTHONPATH": str(ROOT)}
    env |= {"LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
    terminal.start(shlex.join(words), 80, 24, env)
    terminal.until("Ask something")
    terminal.tmux("send-keys", "tell me something", "Enter")
    terminal.until("你好，one two.")
    for width, height in ((40, 20), (120, 40), (20, 6), (80, 24)):
        terminal.tmux("resize-window", "-x", str(width), "-y", str(height))
        time.sleep(0.1)
    time.sleep(1)  # what is seen while the size changes is half of either
    text = terminal.until("你好，one two.")
    assert "1st:" in text  # what came at once has no speed
    terminal.tmux("send-keys", "C-c")
    terminal.until("Ctrl-Q ends the program")
    terminal.tmux("send-keys", "C-q")
    text = terminal.until("left with 42")
    assert "Ask something" not in text


@pytest.mark.slow
def test_what_was_typed_outlasts_a_kill(tmp_path: Path, terminal: Terminal) -> None:
    start = tmp_path / "start.py"
    note = "import os\nopen(sys.argv[2], 'w').write(str(os.getpid()))\nfrom tui"
    start.write_text(START.replace("from tui", note, 1), encoding="utf-8")
    number = tmp_path / "number"
    words = shlex.join([sys.executable, str(start), "", str(number)])
    env = {"ASSISTANT_HOME": str(tmp_path / "home"), "TERM": "xterm", "PYTHONPATH": str(ROOT)}
    env |= {"LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
    terminal.start(f"{words}; clear; {words}", 80, 24, env)
    terminal.until("Ask something")
    time.sleep(1.5)
    terminal.tmux("send-keys", "-l", "half a question")
    terminal.until("half a question")
    time.sleep(1.0)
    killed = number.read_text()
    os.kill(int(killed), signal.SIGKILL)
    end = time.monotonic() + 30
    while number.read_text() in (killed, ""):
        assert time.monotonic() < end, "it did not start again"
        time.sleep(0.1)
    terminal.until("half a question")
