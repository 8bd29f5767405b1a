"""The bar: what a person sees on a terminal, and what a log gets."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import on_terminal
from hub import Accident, Hub
from storing import REPO, noise, sealed_hub
from wcwidth import wcswidth

from assistant.cli.progress import Bar, duration, fitted
from assistant.maths.types import Lang
from runtimes.texts import Text

DATA = noise(600_000)
FILE = "通义千问-一个名字很长的模型文件-Q4_K_M.gguf"
NAME = f"hf:{REPO}:{FILE}"
CSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
        hub.add(REPO, {FILE: DATA})
        yield hub


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_bar_moves_in_its_line_and_goes_away(hub: Hub, columns: int) -> None:
    hub.plan(FILE, Accident(pace=600_000))
    code, out = on_terminal(["pull", NAME], columns=columns)
    assert code == 0
    drawn = [CSI.sub("", part) for part in re.findall(r"\r([^\r\n]*)", out)]
    bars = [line for line in drawn if "%" in line]
    assert len(bars) > 3
    assert all(wcswidth(line) < columns for line in bars)
    percents = [int(m[1]) for line in bars if (m := re.search(r"(\d+) %", line))]
    assert percents == sorted(percents)
    assert any("B/s" in line and "left" in line for line in bars)
    assert any("█" in line and "░" in line for line in bars) or columns == 40
    assert re.search(r"\r\x1b\[2K/[^\r\n]*\.gguf\n", out)  # the bar is gone before the answer
    assert out.rstrip().endswith(f'assistant: next: assistant ask -m {NAME} "…"')


@pytest.mark.slow
def test_rm_asks_and_takes_no_for_an_answer(hub: Hub, tmp_path: Path) -> None:
    assert on_terminal(["pull", NAME])[0] == 0
    code, out = on_terminal(["rm", NAME], typed=[(2.0, b"n\n")])
    assert (code, "[y/N]" in out, "nothing was removed" in out) == (2, True, True)
    assert list((tmp_path / "home").rglob("*.gguf"))
    code, out = on_terminal(["rm", NAME], typed=[(2.0, b"y\n")])
    assert (code, "600 kB are free again" in out) == (0, True)
    assert not list((tmp_path / "home").rglob("*.gguf"))


@pytest.mark.slow
def test_ctrl_c_on_a_terminal(hub: Hub) -> None:
    hub.plan(FILE, Accident(cut_at=300_000, hold=60))
    code, out = on_terminal(["pull", NAME], typed=[(4.0, b"\x03")])
    assert code == 130
    assert "the same command goes on from there" in out or "nothing had come yet" in out
    assert "Traceback" not in out


class Terminal(io.StringIO):
    """Takes what is written and says that it is a terminal, or not."""

    encoding = "utf-8"

    def __init__(self, *, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


def test_a_log_gets_a_line_for_each_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    log = Terminal(tty=False)
    monkeypatch.setattr(sys, "stderr", log)
    with Bar(Lang.EN) as bar:
        for done in range(0, 1_000_001, 1000):
            bar.show("m.gguf", done, 1_000_000, 2e6)
    lines = log.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[0] == "m.gguf, 0 %, 0 B / 1 MB, 2 MB/s, 0:00 left"
    assert lines[-1] == "m.gguf, 100 %, 1 MB / 1 MB, 2 MB/s"


def test_a_name_from_outside_cannot_move_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal(tty=True)
    monkeypatch.setattr(sys, "stderr", screen)
    with Bar(Lang.ZH) as bar:
        bar.show("\x1b[2Jevil\u202e\r\n.gguf", 5, 10, None, Text("waiting", "等待中"))
    assert "\x1b[2J" not in screen.getvalue()
    assert "\n" not in screen.getvalue()
    assert "等待中" in screen.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0:00"), (67, "1:07"), (7530, "2:05:30"), (1e12, "99:59:59")],
)
def test_a_duration_is_read_at_a_glance(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize("width", range(12))
def test_a_long_name_keeps_its_end(width: int) -> None:
    name = fitted("模型-Q4_K_M.gguf", width)
    assert wcswidth(name) <= width
    assert width < 2 or name.endswith("f")
