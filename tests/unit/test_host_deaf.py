"""An engine that reads nothing: a question longer than the pipe must not hold the program up."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hosting import SUPPORT, hosted

from runtimes import crashes, host
from runtimes.base import Cancel
from runtimes.errors import EngineFailed, EngineHung
from runtimes.host import HostedModel
from runtimes.types import (
    FinishReason,
    GenerationParams,
    Message,
    Role,
    StreamEvent,
    TextDelta,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pauses processes")
LONG = (Message(Role.USER, "x " * (1 << 20)),)
SHORT = (Message(Role.USER, "say 1"),)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[HostedModel]:
    monkeypatch.setenv("PYTHONPATH", SUPPORT)
    made = hosted(tmp_path)
    yield made
    made.close()


def pause(model: HostedModel) -> None:
    assert model.pid is not None
    os.kill(model.pid, signal.SIGSTOP)
    time.sleep(0.1)  # a thread of it may be in the middle of reading


def ask(
    model: HostedModel, messages: tuple[Message, ...], cancel: Cancel | None = None
) -> list[StreamEvent]:
    return list(model.stream(messages, GenerationParams(), cancel or Cancel()))


@pytest.mark.parametrize("times", [1, 2])
def test_it_can_be_cancelled(model: HostedModel, times: int) -> None:
    pause(model)
    cancel, began = Cancel(), time.monotonic()
    timers = [threading.Timer(0.2 * (n + 1), cancel.set) for n in range(times)]
    for timer in timers:
        timer.start()
    (end,) = ask(model, LONG, cancel)
    assert getattr(end, "reason", None) is FinishReason.CANCELLED
    assert time.monotonic() - began < (6.0 if times == 1 else 3.0)
    assert [e.text for e in ask(model, SHORT) if isinstance(e, TextDelta)] == ["0 "]


def test_counting_its_tokens_can_be_cancelled(model: HostedModel) -> None:
    from runtimes import frames

    pause(model)
    cancel = Cancel()
    cancel.set()
    cancel.set()
    with pytest.raises(EngineFailed, match="stopped"):
        model.ask(frames.Count(LONG), cancel)


@pytest.mark.parametrize("forced", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_to_be_stopped_is_no_crash(model: HostedModel, tmp_path: Path, *, forced: bool) -> None:
    from runtimes import frames

    for _ in range(host.MOST_CRASHES + 1 if forced else 1):
        pause(model)
        cancel = Cancel()
        cancel.set()
        if forced:
            cancel.set()
        with pytest.raises(EngineFailed, match="stopped"):
            model.ask(frames.Count(LONG), cancel)
        assert model.count_tokens(SHORT) == 2
    assert not model._crashes
    assert not crashes.read(str(tmp_path))


def test_it_is_noticed(model: HostedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "STALL", 0.5)
    pause(model)
    with pytest.raises(EngineHung):
        ask(model, LONG)
    assert [e.text for e in ask(model, SHORT) if isinstance(e, TextDelta)] == ["0 "]


def test_who_stops_it_does_not_wait_for_it(model: HostedModel) -> None:
    """The pipe may be full when the word to stop is to go into it."""
    pause(model)
    process = model._process
    assert process is not None
    assert process._write(b"x" * (1 << 22), 0)  # not all of it has room
    stopping = threading.Thread(target=process.stop, daemon=True)
    stopping.start()
    stopping.join(5)
    assert not stopping.is_alive()


def test_a_long_question_arrives_whole(model: HostedModel) -> None:
    events = ask(model, (*LONG, *SHORT))
    assert [e.text for e in events if isinstance(e, TextDelta)] == ["0 "]
