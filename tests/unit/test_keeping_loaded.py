"""For how long a model stays in memory that nobody asks is the user's to settle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ollama_replayer import Replayer, replaying

from assistant import loader, paths
from assistant.settings import Settings, change_settings
from runtimes.base import Cancel
from runtimes.types import GenerationParams, LoadOptions, Message, Role

ASKED = (Message(Role.USER, "hi"),)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replayer]:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    with replaying() as replayer:
        monkeypatch.setenv("OLLAMA_HOST", replayer.url)
        yield replayer


def sent(server: Replayer, options: LoadOptions | None = None) -> object:
    """What the server is told about keeping the model."""
    order = loader.Order(name="ollama:micro", options=options or LoadOptions())
    model = loader.open_model(order, lambda _: None, Cancel())
    list(model.stream(ASKED, GenerationParams(), Cancel()))
    model.close()
    return next(chat for chat in server.chats() if chat["messages"]).get("keep_alive")


def test_without_a_setting_the_engine_has_its_own(server: Replayer) -> None:
    assert sent(server) is None


def test_the_setting_holds(server: Replayer) -> None:
    change_settings(paths.settings_file(), Settings(keep_minutes=5))
    assert sent(server) == 300


def test_what_is_asked_for_goes_before_the_setting(server: Replayer) -> None:
    change_settings(paths.settings_file(), Settings(keep_minutes=5))
    assert sent(server, LoadOptions(keep_alive=7)) == 7


def test_a_damaged_file_keeps_no_model_away(server: Replayer) -> None:
    paths.settings_file().parent.mkdir(parents=True)
    paths.settings_file().write_text("keep_minutes = 'x'", encoding="utf-8")
    assert sent(server) is None
