"""No test of the screens sees the user's own settings, keys or history."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import paths
from assistant.history import History, open_history
from tui import garbage


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("ASSISTANT_HOME", str(home))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return home


@pytest.fixture(autouse=True)
def own_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    """An app looks for garbage in its own objects, and not in all tests of this process."""
    monkeypatch.setattr(garbage, "pause", gc.collect)


@pytest.fixture
def history(own_home: Path) -> Iterator[History]:
    """The user's own, open in another program."""
    paths.history_file().parent.mkdir(parents=True)
    with open_history(paths.history_file()) as one:
        yield one
