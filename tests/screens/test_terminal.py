"""The whole command on a terminal where things go wrong: storms, signals, full and closed disks."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from screens import LONG, RIGHT
from terminal import Terminal
from turns import script

from assistant.history import open_history

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "tui")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here"),
]
WORDS = "Explain how to solve 3x - 5 = 10 in words"
MARK = "✓ 3x = 15"
GREYS = {0, 7, 8, 15, 16, 59, 102, 145, 188, 231, *range(232, 256)}
"""Of the 256 colours of a terminal."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    one = Terminal(tmp_path)
    yield one
    one.tmux("kill-server")


def env(home: Path, **more: str) -> dict[str, str]:
    usual = {"ASSISTANT_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    return {**usual, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **more}


def command(*words: str, before: tuple[str, ...] = ()) -> str:
    """For the shell; the exit code is shown in the end."""
    return f"{shlex.join((*before, *PROGRAM, *words))}; echo left with $?"


def apps(model: str) -> list[psutil.Process]:
    """The running apps with a model, and all that they have started."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if model in words and "tui" in words and words[0] == sys.executable:
            found += [process, *process.children(recursive=True)]
    return found


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=20)
    return not alive


def test_a_storm_of_sizes_while_an_answer_is_written(tmp_path: Path, terminal: Terminal) -> None:
    model = script(tmp_path, LONG[:200], RIGHT)
    terminal.start(command("-m", model, "--lang", "en"), 80, 24, env(tmp_path / "home"))
    terminal.until("Ask something")
    terminal.type("tell me something")
    terminal.until("word1")
    for n in range(60):
        terminal.resize(10 + 37 * n % 150, 3 + 11 * n % 50)
    terminal.resize(40, 20)
    terminal.until("tokens", 60)
    terminal.type(WORDS)
    text = terminal.until(MARK, 60)
    assert all(len(line) <= 40 for line in text.splitlines())
    terminal.keys("C-q")
    terminal.until("left with 0")


@pytest.mark.parametrize("term", ["dumb", "vt100", "linux", "xterm-256color"])
def test_without_colours_marks_and_keys_are_all_there(
    tmp_path: Path, terminal: Terminal, term: str
) -> None:
    given = env(tmp_path / "home", NO_COLOR="1", TERM=term)
    terminal.start(command("-m", script(tmp_path, RIGHT), "--lang", "zh"), 100, 30, given)
    terminal.until("输入问题")
    terminal.type(WORDS)
    terminal.until(MARK)
    terminal.until("已证明")
    drawn = terminal.tmux("capture-pane", "-p", "-e")
    assert "命令" in drawn
    assert not re.search(r"\x1b\[([34]|9|10)[1-6]m|[34]8;2;", drawn)
    assert {int(n) for n in re.findall(r"[34]8;5;(\d+)", drawn)} <= GREYS
    terminal.keys("C-q")
    assert "输入问题" not in terminal.until("left with 0")


@pytest.mark.parametrize("signal", ["TERM", "HUP"])
def test_a_signal_ends_it_and_leaves_the_terminal_as_it_was(
    tmp_path: Path, terminal: Terminal, signal: str
) -> None:
    model = script(tmp_path, RIGHT, LONG)
    terminal.start(command("-m", model), 80, 24, env(tmp_path / "home"))
    terminal.until("Ask something")
    terminal.type(WORDS)
    terminal.until(MARK)
    terminal.type("tell me something")
    terminal.until("word1")
    running = apps(model)
    assert len(running) > 1  # the process that checks
    os.kill(running[0].pid, {"TERM": 15, "HUP": 1}[signal])
    text = terminal.until("left with " + {"TERM": "143", "HUP": "129"}[signal])
    assert "Ask something" not in text
    assert gone(running)
    with open_history(tmp_path / "home" / "data" / "history.db") as history:
        (one,) = history.list()
        assert one.title.startswith("Explain")


def test_a_terminal_that_is_closed_leaves_nothing_running(
    tmp_path: Path, terminal: Terminal
) -> None:
    model = script(tmp_path, LONG)
    terminal.start(command("-m", model), 80, 24, env(tmp_path / "home"))
    terminal.until("Ask something")
    terminal.type("tell me something")
    terminal.until("word1")
    running = apps(model)
    terminal.tmux("kill-server")
    assert gone(running)


def test_ctrl_c_while_it_starts_ends_it(tmp_path: Path, terminal: Terminal) -> None:
    terminal.start(command("-m", ""), 80, 24, env(tmp_path / "home"))
    time.sleep(0.15)  # Python runs, and loads the app
    end = time.monotonic() + 30
    while "left with" not in terminal.text and "Ctrl-Q ends" not in terminal.text:
        terminal.keys("C-c")
        if not terminal.tmux("list-sessions").strip():
            pytest.skip("it was so early that the shell went with it")
        assert time.monotonic() < end
        time.sleep(0.05)
    terminal.keys("C-q")
    terminal.until("left with")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


needs_mounts = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not here")
MOUNTED = ("bwrap", "--dev-bind", "/", "/")


@needs_mounts
def test_a_home_that_cannot_be_written_is_told_and_all_else_works(
    tmp_path: Path, terminal: Terminal, home: Path
) -> None:
    before = (*MOUNTED, "--ro-bind", str(home), str(home))
    model = script(tmp_path, RIGHT)
    terminal.start(command("-m", model, before=before), 100, 30, env(home))
    terminal.until("Ask something")
    terminal.type(WORDS)
    terminal.until("not kept in the history")
    terminal.until(MARK)
    terminal.keys("F8")
    terminal.until("Colours")
    terminal.keys("Down", "Right")
    terminal.until("the disk is read-only")
    terminal.keys("C-q")
    terminal.until("left with 0")
    assert list(home.iterdir()) == []


@needs_mounts
def test_a_full_disk_is_told_and_the_answer_is_shown(
    tmp_path: Path, terminal: Terminal, home: Path
) -> None:
    before = (*MOUNTED, "--size", "65536", "--tmpfs", str(home))
    model = script(tmp_path, RIGHT, RIGHT)
    terminal.start(command("-m", model, before=before), 100, 30, env(home))
    terminal.until("Ask something")
    terminal.type(WORDS)
    assert "Traceback" not in terminal.until(MARK)
    terminal.keys("PageUp")
    assert "Traceback" not in terminal.until("not kept in the history")
    terminal.type(WORDS)
    time.sleep(2)
    terminal.until(MARK)
    terminal.keys("C-q")
    terminal.until("left with 0")


def test_two_apps_keep_their_conversations_in_one_history(
    tmp_path: Path, terminal: Terminal, home: Path
) -> None:
    model = script(tmp_path, RIGHT, LONG[:30])
    line = command("-m", model)
    settings = [word for name, value in env(home).items() for word in ("-e", f"{name}={value}")]
    terminal.start(line, 100, 30, env(home))
    terminal.until("Ask something")
    terminal.tmux("split-window", "-h", *settings, f"{line}; sleep 60")
    terminal.resize(200, 40)
    end = time.monotonic() + 30
    while terminal.text.count("Ask something") < 1 or len(apps(model)) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)
    terminal.until("Ask something")
    terminal.type("the second app asks in words")
    terminal.until("≈ 3x = 15")
    terminal.tmux("select-pane", "-t", "0")
    terminal.type("the first app asks in words")
    terminal.until("≈ 3x = 15")
    terminal.keys("C-q")
    terminal.until("left with 0")
    terminal.tmux("select-pane", "-t", "1")
    terminal.keys("C-q")
    terminal.until("left with 0")
    with open_history(home / "data" / "history.db") as history:
        titles = {one.title for one in history.list()}
    assert titles == {"the first app asks in words", "the second app asks in words"}
