"""The engine may do what it likes in its process: the program goes on, and says why."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from hosting import SUPPORT, hosted

from runtimes import crashes, host
from runtimes.base import Cancel
from runtimes.errors import (
    Busy,
    EngineCrashed,
    EngineFailed,
    EngineHung,
    EngineOutOfMemory,
    Unsupported,
)
from runtimes.host import HostedModel, load_in_child
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    LoadProgress,
    Message,
    Role,
    StreamEvent,
    TextDelta,
)

Load = Callable[..., HostedModel]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Load]:
    """Loads the engine that obeys orders; closes what was loaded."""
    monkeypatch.setenv("PYTHONPATH", SUPPORT)
    opened: list[HostedModel] = []

    def loaded(title: str = "", cancel: Cancel | None = None, **options: object) -> HostedModel:
        opened.append(hosted(tmp_path, title, cancel, progress.append, **options))
        return opened[-1]

    progress: list[LoadProgress] = []
    yield loaded
    for model in opened:
        model.close()


def ask(model: HostedModel, text: str, cancel: Cancel | None = None) -> Iterator[StreamEvent]:
    params = GenerationParams(temperature=2.0)
    return model.stream((Message(Role.USER, text),), params, cancel or Cancel())


def said(events: Iterator[StreamEvent]) -> str:
    return "".join(e.text for e in events if isinstance(e, TextDelta))


def is_running(number: int) -> bool:
    """Is there such a process, and not only its name waiting to be read by its parent?"""
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_events_come_over_the_border_as_they_are(load: Load) -> None:
    model = load()
    events = list(ask(model, "say 3"))
    assert [e.text for e in events if isinstance(e, TextDelta)] == ["0 ", "1 ", "2 "]
    last = events[-1]
    assert isinstance(last, Finished)
    assert (last.reason, last.usage.answer_tokens) == (FinishReason.STOP, 3)
    assert model.count_tokens((Message(Role.USER, "one two"),)) == 2
    report = model.memory()
    assert report is not None
    assert report.host_peak == 4


def test_samples_come_with_their_numbers(load: Load) -> None:
    events = list(
        load().stream_many((Message(Role.USER, "say 1"),), 2, GenerationParams(), Cancel())
    )
    assert [e.sample for e in events if isinstance(e.event, Finished)] == [0, 1]


@pytest.mark.parametrize("order", ["segfault", "abort", "exit"])
def test_a_crash_in_the_middle_is_a_failure_with_its_reason(load: Load, order: str) -> None:
    model = load()
    with pytest.raises(EngineCrashed) as caught:
        list(ask(model, f"late {order}"))
    assert "–" not in str(caught.value)
    words = {"segfault": "SIGSEGV", "abort": "GGML_ASSERT(planted)", "exit": "exit code 7"}
    assert words[order] in str(caught.value)
    assert caught.value.remedy is not None
    assert said(ask(model, "say 2")) == "0 1 "


def test_a_crash_before_the_first_word_is_answered_in_the_safe_mode(load: Load) -> None:
    model = load()
    assert said(ask(model, "segfault-once")) == "safe"
    assert model.safe_mode


def test_what_crashed_here_starts_in_the_safe_mode_the_next_time(
    load: Load, tmp_path: Path
) -> None:
    load(title="segfault-once").close()
    (note,) = crashes.read(str(tmp_path))
    assert (note.engine, note.model, note.how) == ("faulty_engine", "m.gguf", "SIGSEGV")
    assert said(ask(load(title="segfault-once"), "which?")) == "safe"
    crashes.forget(str(tmp_path))
    assert said(ask(load(), "which?")) == "usual"


def test_an_engine_that_always_crashes_is_given_up(load: Load) -> None:
    model = load()
    with pytest.raises(EngineCrashed):
        list(ask(model, "segfault"))
    with pytest.raises(EngineCrashed, match="in a row"):
        list(ask(model, "say 1"))
    with pytest.raises(EngineCrashed):
        load(title="segfault")


def test_killed_from_outside_is_told_as_want_of_memory(load: Load) -> None:
    model = load()
    events = ask(model, "say 2000")
    next(events)
    assert model.pid is not None
    os.kill(model.pid, signal.SIGKILL)
    with pytest.raises(EngineOutOfMemory, match="killed"):
        list(events)
    assert said(ask(model, "which?")) == "usual"  # no fault of its own


def test_an_engine_that_ends_for_want_of_memory_is_no_faulty_one(
    load: Load, tmp_path: Path
) -> None:
    model = load()
    with pytest.raises(EngineOutOfMemory, match="out of memory"):
        list(ask(model, "starve"))
    assert not crashes.read(str(tmp_path))
    assert said(ask(model, "which?")) == "usual"


def test_exceptions_of_the_engine_become_failures(load: Load) -> None:
    model = load()
    with pytest.raises(EngineFailed, match="planted") as caught:
        list(ask(model, "fail"))
    assert "ValueError" in str(caught.value.__cause__)
    with pytest.raises(EngineOutOfMemory):
        list(ask(model, "memory"))
    with pytest.raises(Unsupported) as refused:
        list(ask(model, "unsupported"))
    assert refused.value.message.args == ("this",)
    assert said(ask(model, "say 1")) == "0 "


def test_cancel_ends_the_stream_at_once_and_the_engine_stays(load: Load) -> None:
    model, cancel = load(), Cancel()
    pid = model.pid
    events = ask(model, "say 5000", cancel)
    next(events)
    next(events)
    cancel.set()
    start = time.monotonic()
    rest = list(events)
    assert time.monotonic() - start < 1.0
    assert [type(e) for e in rest] == [Finished]
    assert rest[0] == Finished(FinishReason.CANCELLED, rest[0].usage)  # type: ignore[union-attr]
    assert said(ask(model, "say 1")) == "0 "
    assert model.pid == pid


def test_cancelled_before_it_began_says_so(load: Load) -> None:
    cancel = Cancel()
    cancel.set()
    (only,) = list(ask(load(), "say 3", cancel))
    assert isinstance(only, Finished)
    assert only.reason is FinishReason.CANCELLED


def test_an_engine_that_does_not_obey_is_killed(load: Load) -> None:
    model, cancel = load(), Cancel()
    pid = model.pid
    events = ask(model, "stubborn", cancel)
    next(events)
    next(events)
    cancel.set()
    cancel.set()  # the second time means now
    start = time.monotonic()
    (last,) = list(events)
    assert time.monotonic() - start < 1.5
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.CANCELLED
    assert said(ask(model, "say 1")) == "0 "
    assert model.pid != pid


def test_an_abandoned_stream_leaves_an_idle_engine(load: Load) -> None:
    model = load()
    pid = model.pid
    events = ask(model, "say 5000")
    next(events)
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert said(ask(model, "say 1")) == "0 "
    assert model.pid == pid


def test_a_hang_is_noticed(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "STALL", 0.5)
    model = load()
    with pytest.raises(EngineHung):
        list(ask(model, "late hang"))
    assert said(ask(model, "say 1")) == "0 "


def test_a_second_stream_is_refused_while_one_is_open(load: Load) -> None:
    model = load()
    events = ask(model, "say 50")
    next(events)
    with pytest.raises(Busy):
        next(ask(model, "say 1"))
    with pytest.raises(Busy):
        model.count_tokens(())
    assert len(said(events).split()) == 50


def test_what_a_library_prints_does_not_come_between(load: Load) -> None:
    assert said(ask(load(), "chatter")) == "usual"


def test_nonsense_in_the_pipe_ends_the_engine_not_the_program(load: Load) -> None:
    model = load()
    with pytest.raises(EngineFailed, match="nonsense"):
        list(ask(model, "late garbage"))
    assert said(ask(model, "say 1")) == "0 "


def test_close_ends_the_process_also_under_an_open_stream(load: Load) -> None:
    model = load()
    pid = model.pid
    assert pid is not None
    events = ask(model, "say 5000")
    next(events)
    threading.Timer(0.2, model.close).start()
    last = list(events)[-1]
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.CANCELLED
    model.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(EngineFailed, match="closed"):
        list(ask(model, "say 1"))


def test_idle_for_the_keep_alive_time_it_is_unloaded_and_comes_again(load: Load) -> None:
    model = load(keep_alive=0.2)
    assert said(ask(model, "say 1")) == "0 "
    pid = model.pid
    deadline = time.monotonic() + 5
    while model.pid is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert model.pid is None
    assert said(ask(model, "say 1")) == "0 "
    assert model.pid not in (None, pid)


def test_loading_can_be_cancelled(load: Load) -> None:
    cancel = Cancel()
    threading.Timer(0.3, cancel.set).start()
    start = time.monotonic()
    with pytest.raises(EngineFailed, match="cancelled"):
        load(title="slow", cancel=cancel)
    assert time.monotonic() - start < 5


def test_an_engine_that_is_not_there_says_so(load: Load) -> None:
    model = load()
    order = model._order
    with pytest.raises(EngineFailed, match="no_such_engine"):
        load_in_child(
            "no_such_engine", order.spec, order.plan, order.options, lambda _p: None, Cancel()
        )


def test_a_damaged_note_of_crashes_is_no_note(tmp_path: Path) -> None:
    (tmp_path / crashes.FILE).write_text('[{"key": 1}, "x"]')
    assert crashes.read(str(tmp_path)) == ()
    crashes.remember(str(tmp_path), "k", "SIGSEGV")
    assert crashes.remembered(str(tmp_path), "k")
    crashes.remember("/proc/nowhere", "k", "SIGSEGV")
    assert not crashes.remembered("/proc/nowhere", "k")


def test_closing_while_it_loads_again_loads_nothing(load: Load) -> None:
    model = load()
    model.unload()
    model._order = replace(model._order, spec=replace(model._order.spec, title="slow"))
    threading.Timer(0.5, model.close).start()
    with pytest.raises(EngineFailed, match="closed"):
        list(ask(model, "say 1"))
    assert model.pid is None


def test_cancelling_while_it_loads_again_is_a_cancelled_answer(load: Load) -> None:
    model, cancel = load(), Cancel()
    model.unload()
    model._order = replace(model._order, spec=replace(model._order.spec, title="slow"))
    threading.Timer(0.5, cancel.set).start()
    (only,) = list(ask(model, "say 1", cancel))
    assert isinstance(only, Finished)
    assert only.reason is FinishReason.CANCELLED


def test_unloading_under_an_open_stream_ends_it_as_cancelled(load: Load) -> None:
    model = load()
    events = ask(model, "say 5000")
    next(events)
    threading.Timer(0.2, model.unload).start()
    last = list(events)[-1]
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.CANCELLED
    assert said(ask(model, "say 1")) == "0 "


def test_a_hang_makes_the_next_start_a_safe_one(
    load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(host, "STALL", 0.5)
    model = load()
    with pytest.raises(EngineHung):
        list(ask(model, "late hang"))
    assert said(ask(model, "which?")) == "safe"
    assert [note.how for note in crashes.read(str(tmp_path))] == ["hung"]


def test_what_the_engine_has_started_itself_goes_with_it(load: Load, tmp_path: Path) -> None:
    model = load()
    start = time.monotonic()
    said(ask(model, f"spawn {tmp_path / 'number'}"))
    number = int((tmp_path / "number").read_text())
    model.close()
    assert time.monotonic() - start < 10
    deadline = time.monotonic() + 10
    while is_running(number) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(number)


def test_no_samples_are_no_events(load: Load) -> None:
    model = load()
    assert not list(model.stream_many((Message(Role.USER, "x"),), 0, GenerationParams(), Cancel()))
