"""The README's pictures: one for each screen, and all can still be drawn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tui.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "packaging" / "pictures"
NAMES = [*(room.name for room in ROOMS), "help", "first_run", "chat_zh"]


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_has_a_picture_that_needs_nothing_from_elsewhere(name: str) -> None:
    svg = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "url(http" not in svg
    assert "href" not in svg


@pytest.mark.slow
def test_all_pictures_can_be_drawn(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "packaging" / "screenshots.py"), "--into", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert {path.stem for path in tmp_path.glob("*.svg")} == set(NAMES)
    for name, shown in (("chat", "proved"), ("tutor", "refuted"), ("chat_zh", "已证明")):
        assert shown in (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
