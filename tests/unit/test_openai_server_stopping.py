"""Stopping an answer of a server, whatever the server does."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator

import pytest
from openai_peer import MACHINE, spec
from raw_http import Page, chunk, event, head, listing, said, serving, status
from raw_peer import ASKED, HI, answered, opened

from runtimes.base import Cancel
from runtimes.errors import (
    Busy,
    EngineFailed,
)
from runtimes.httpclient import Patience
from runtimes.openai_server import OpenAiServer
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    LoadOptions,
    Wish,
)


def dripping(_request: object) -> Iterator[bytes]:
    yield head()
    while True:
        yield HI
        time.sleep(0.02)


def stuck(_request: object) -> Iterator[bytes]:
    yield head() + HI
    time.sleep(3)


def mute(_request: object) -> Iterator[bytes]:
    time.sleep(3)
    yield head()


@pytest.mark.parametrize("page", [dripping, stuck, mute])
def test_stopping_takes_no_time(page: Page) -> None:
    patience = Patience(connect=1, first=10, between=10, reply=1)
    with serving({"/v1/models": listing("x"), "/v1/chat/completions": page}) as raw:
        runtime, wanted = OpenAiServer(patience), spec(f"{raw.url}/v1", "m")
        model = runtime.load(
            wanted, runtime.plan(wanted, MACHINE, Wish()), LoadOptions(), lambda _: None, Cancel()
        )
        cancel, began = Cancel(), time.monotonic()
        threading.Timer(0.3, cancel.set).start()
        events = list(model.stream(ASKED, GenerationParams(), cancel))
        assert 0.3 <= time.monotonic() - began < 0.5
        assert isinstance(events[-1], Finished)
        assert events[-1].reason is FinishReason.CANCELLED
        if page is dripping:
            assert raw.gone.wait(2)


def test_an_abandoned_stream_lets_the_server_go() -> None:
    pages = {"/v1/models": listing("x"), "/v1/chat/completions": dripping}
    with serving(pages) as raw:
        model = opened(raw)
        events = model.stream(ASKED, GenerationParams(), Cancel())
        next(events)
        with pytest.raises(Busy):
            next(model.stream(ASKED, GenerationParams(), Cancel()))
        del events
        assert raw.gone.wait(2)
        next(model.stream(ASKED, GenerationParams(), Cancel()))


def test_closing_from_another_thread_ends_the_stream() -> None:
    pages = {"/v1/models": listing("x"), "/v1/chat/completions": dripping}
    with serving(pages) as raw:
        model = opened(raw)
        threading.Timer(0.2, model.close).start()
        events = list(model.stream(ASKED, GenerationParams(), Cancel()))
        assert isinstance(events[-1], Finished)
        assert events[-1].reason is FinishReason.CANCELLED
        with pytest.raises(EngineFailed):
            next(model.stream(ASKED, GenerationParams(), Cancel()))


def test_stopping_while_busy_is_waited_out_ends_the_waiting() -> None:
    page = status(503, {}, retry_after="5")
    with serving({"/v1/models": listing("x"), "/v1/chat/completions": lambda _: page}) as raw:
        runtime, wanted = OpenAiServer(), spec(f"{raw.url}/v1", "m")
        plan = runtime.plan(wanted, MACHINE, Wish())
        model = runtime.load(wanted, plan, LoadOptions(), lambda _: None, Cancel())
        cancel, began = Cancel(), time.monotonic()
        threading.Timer(0.2, cancel.set).start()
        list(model.stream(ASKED, GenerationParams(), cancel))
        assert time.monotonic() - began < 0.5


def test_a_fast_server_is_not_read_far_ahead_of_its_reader() -> None:
    sent = itertools.count()

    def flood(_request: object) -> Iterator[bytes]:
        yield head()
        while True:
            next(sent)
            yield event(chunk(content="x" * 4000))

    with serving({"/v1/models": listing("x"), "/v1/chat/completions": flood}) as raw:
        events = opened(raw).stream(ASKED, GenerationParams(), Cancel())
        next(events)
        time.sleep(1.0)
        so_far = next(sent)
        time.sleep(0.3)
        assert next(sent) - so_far <= 2  # it waits for us
        events.close()  # type: ignore[attr-defined]


def test_threads_do_not_pile_up() -> None:
    before = threading.active_count()
    for _ in range(20):
        answered(said(chunk(content="hi"), chunk(reason="stop")))
    assert threading.active_count() <= before + 1
