"""Servers that lie, break off, fall silent or never end: an error of ours, soon, and no harm."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from openai_peer import MACHINE, free_port, spec
from raw_http import DONE, Page, chunk, event, head, listing, said, serving, status, whole
from raw_peer import ASKED, CALM, HI, SHORT, answered, opened, slow, text

from assistant.records import say
from runtimes.base import Cancel
from runtimes.errors import (
    Denied,
    EngineFailed,
    EngineHung,
    EngineOutOfMemory,
    NotHere,
    Overflow,
    RuntimeFailure,
    Unreachable,
)
from runtimes.httpclient import Patience
from runtimes.openai_server import OpenAiServer
from runtimes.texts import Lang
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    LoadOptions,
    Wish,
)


@pytest.mark.parametrize(
    "reply",
    [
        [head(), HI],  # cut after a whole event
        [head(), HI, b'data: {"choi'],  # cut inside one
        [head(), HI, DONE],  # it never said that the answer is complete
        [head(), b"data: not json\n\n"],
        [head(), b"data: [1, 2]\n\n"],
        [head(), b"data: " + b"[" * 100_000 + b"\n\n"],
        [head(), b"data: " + b"9" * 5000 + b"\n\n"],
        [head(), HI, event({"error": {"message": "boom", "code": 500}})],
        [head("text/html"), b"<html>login</html>"],
        [head("text/plain"), HI, DONE],
        whole(b"[" * 100_000),
        whole(b"\xff\xfe\x00"),
        [b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\n", HI],
        [b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n", b"\x1f\x8b"],
        [b"SSH-2.0-OpenSSH_9.2\r\n"],
        [b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000],
        [b""],
        status(500, {"error": {"message": "boom"}}),
        status(418, ["what"]),
        whole(b"x" * (1 << 20), 500),
    ],
    ids=[str(n) for n in range(20)],
)
def test_nonsense_is_an_error_of_ours(reply: list[bytes]) -> None:
    with pytest.raises(RuntimeFailure) as caught:
        answered(lambda _: reply, CALM)
    assert type(caught.value) is EngineFailed
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        (401, "no", Denied),
        (404, "The model `m` does not exist.", NotHere),
        (
            400,
            "This model's maximum context length is 4096 tokens. However, you requested",
            Overflow,
        ),
        (400, "request (5000 tokens) exceeds the available context size (4096 tokens)", Overflow),
        (422, "Input validation error: `inputs` must have less than 4096 tokens.", Overflow),
        (400, "top_k must be -1 or at least 1", EngineFailed),
        (500, "CUDA out of memory. Tried to allocate 2.00 GiB", EngineOutOfMemory),
        (502, "Bad Gateway", EngineFailed),
    ],
)
def test_refusals_are_told_apart(code: int, words: str, kind: type[Exception]) -> None:
    for body in ({"error": {"message": words}}, {"error": words}, {"detail": words}):
        with pytest.raises(RuntimeFailure) as caught:
            answered(lambda _, body=body: status(code, body), CALM)  # type: ignore[misc]
        assert type(caught.value) is kind
        assert words in str(caught.value)


FULL = b"request (19185 tokens) exceeds the available context size (16384 tokens)"


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        ([head(), HI, b'error: {"message": "%s"}\n\n' % FULL, DONE], Overflow, "19185"),
        ([head(), b'{"error": {"message": "%s"}}' % FULL], Overflow, "19185"),
        ([head(), HI, b'event: error\ndata: {"message": "no room"}\n\n'], EngineFailed, "no room"),
        ([head(), event({"error": {"message": "quota", "code": 429}})], Unreachable, "quota"),
        ([head(), event({"object": "error", "message": "a fault"}), DONE], EngineFailed, "a fault"),
        ([head(), event({"text": "a fault", "error_code": 50001}), DONE], EngineFailed, "a fault"),
        (whole(b'{"error": {"message": "no quota"}}'), EngineFailed, "no quota"),
        (whole(b'{"object": "error", "message": "full", "code": 503}'), Unreachable, "full"),
    ],
    ids=["field", "bare", "name", "code", "object", "error_code", "whole", "whole object"],
)  # fmt: skip
def test_a_failure_is_told_in_its_own_words_though_the_status_is_good(
    reply: list[bytes], kind: type[Exception], words: str
) -> None:
    with pytest.raises(RuntimeFailure) as caught:
        answered(lambda _: reply, CALM)
    assert type(caught.value) is kind
    assert words in str(caught.value)


PAGE = b"""<!DOCTYPE html>
<html><head><style>h1 { color: red }</style><title>
 504 Gateway  Time-out</title></head><body><h1>Sorry</h1><script>x()</script></body></html>"""


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (PAGE, "says: 504 Gateway Time-out"),
        (b" <html><body><h1>Too Large</h1></body></html>", "says: Too Large"),
        (b"<HTML></HTML>", "says: HTTP 504"),
        (b"upstream <request> timeout", "says: upstream <request> timeout"),
    ],
)
def test_of_a_page_that_a_proxy_wrote_only_the_title_is_told(page: bytes, words: str) -> None:
    with pytest.raises(EngineFailed) as caught:
        answered(lambda _: whole(page, 504, "text/html"), CALM)
    assert str(caught.value).endswith(words)


@pytest.mark.parametrize(
    "stream",
    [
        [head("Text/Event-Stream"), HI, event(chunk(reason="stop")), DONE],
        [b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", HI, event(chunk(reason="stop"))],
        [
            head(),
            event({**chunk(content="hi"), "error": None, "error_code": 0}),
            event(chunk(reason="stop")),
        ],
        [head(), HI, event(chunk(reason="stop"))],  # no [DONE]
        [head(), HI.replace(b"\n", b"\r\n"), event(chunk(reason="stop")), DONE],
        [head(), b": ping\n\n", HI, b": ping\n\n", event(chunk(reason="stop")), DONE],
        [head("text/event-stream; charset=utf-8"), HI, event(chunk(reason="stop")), DONE[:-2]],
        [head(), *[bytes([b]) for b in HI + event(chunk(reason="stop")) + DONE]],
        [head(), HI, event(chunk(reason="stop")), DONE, b"data: {{{ garbage after the end"],
    ],
    ids=[
        "capitals",
        "no kind",
        "no error",
        "no DONE",
        "crlf",
        "pings",
        "cut DONE",
        "every byte",
        "after DONE",
    ],
)
def test_what_is_only_untidy_is_understood(stream: list[bytes]) -> None:
    events = answered(lambda _: stream)
    assert text(events) == "hi"
    assert isinstance(events[-1], Finished)
    assert events[-1].reason is FinishReason.STOP


def test_a_server_that_is_busy_is_asked_again() -> None:
    tries = iter([status(503, {}, retry_after="0"), status(429, {}, retry_after="0.01")])
    good = said(chunk(content="hi"), chunk(reason="stop"))
    events = answered(lambda request: next(tries, None) or good(request))
    assert text(events) == "hi"


def test_a_server_that_stays_busy_is_given_up() -> None:
    asked: list[object] = []

    def page(request: object) -> list[bytes]:
        asked.append(request)
        return status(503, {"error": {"message": "Loading model"}}, retry_after="0")

    with pytest.raises(Unreachable) as caught:
        answered(page)
    assert "Loading model" in str(caught.value)
    assert len(asked) == 4


def test_nobody_there() -> None:
    wanted = spec(f"http://127.0.0.1:{free_port()}/v1", "m")
    runtime = OpenAiServer(SHORT)
    plan = runtime.plan(wanted, MACHINE, Wish(context=2048))
    assert plan.context == 2048
    with pytest.raises(Unreachable):
        runtime.load(wanted, plan, LoadOptions(), lambda _: None, Cancel())


# --- time ------------------------------------------------------------------------------------


def test_an_answer_that_is_complete_does_not_wait_for_the_connections_end() -> None:
    patience, began = Patience(first=5, between=5, last=0.2), time.monotonic()
    page = slow(head() + HI + event(chunk(reason="stop")), b"", pause=3)
    events = answered(page, patience)
    assert text(events) == "hi"
    assert time.monotonic() - began < 2.5


def test_a_prompt_that_is_read_slowly_is_no_silence() -> None:
    """A large batch of it takes a processor minutes, and only then it is told how far it is."""
    progress = [event({"prompt_progress": {"processed": n, "total": 2}}) for n in (1, 2)]
    page = slow(head(), *progress, HI + event(chunk(reason="stop")) + DONE, pause=0.4)
    events = answered(page, Patience(connect=1, first=5, between=0.2, reply=5))
    assert text(events) == "hi"


@pytest.mark.parametrize(
    "page",
    [
        slow(b"", b"", pause=1),  # not even a header
        slow(head(), b"", pause=1),  # a header and nothing more
        slow(head(), HI, b"", pause=0.7),  # in the middle
        slow(head(), *[b": ping\n\n"] * 40, pause=0.05),  # only signs of life
        slow(head(), *[b"d"] * 40, pause=0.05),  # a byte now and then
    ],
    ids=["no header", "no event", "stuck", "pings", "slow loris"],
)
def test_silence_is_noticed(page: Page) -> None:
    began = time.monotonic()
    with pytest.raises(EngineHung):
        answered(page)
    assert time.monotonic() - began < 3


def test_a_list_of_models_that_never_ends_is_given_up() -> None:
    def page(_request: object) -> Iterator[bytes]:
        yield head("application/json")
        while True:
            yield b" " * 4096 + b"\n"
            time.sleep(0.01)

    with serving({"/v1/models": page}) as raw, pytest.raises(EngineHung):
        opened(raw)


@pytest.mark.parametrize("field", ["content", "reasoning_content"])
@pytest.mark.parametrize(("allowed", "most"), [(100, 70_000), (None, 32 * 4096 + 70_000)])
def test_an_endless_answer_is_cut_off_by_what_it_may_have(
    field: str, allowed: int | None, most: int
) -> None:
    def endless(_request: object) -> Iterator[bytes]:
        yield head()
        while True:
            yield event({"choices": [{"index": 0, "delta": {field: "word " * 100}}]})

    with serving({"/v1/models": listing("tgi?"), "/v1/chat/completions": endless}) as raw:
        runtime, wanted = OpenAiServer(CALM), spec(f"{raw.url}/v1", "m")
        plan = runtime.plan(wanted, MACHINE, Wish(context=4096))
        model = runtime.load(wanted, plan, LoadOptions(), lambda _: None, Cancel())
        events = model.stream(ASKED, GenerationParams(max_tokens=allowed), Cancel())
        sizes: list[int] = []
        with pytest.raises(EngineFailed) as caught:
            sizes.extend(len(getattr(told, "text", "")) for told in events)
    assert 0 < sum(sizes) <= most
    assert f"{allowed or 4096} tokens" in str(caught.value)
    assert f"{allowed or 4096} 个词元" in say(caught.value.message, Lang.ZH)
    assert caught.value.remedy is not None


def test_an_endless_line_costs_no_memory() -> None:
    def page(_request: object) -> Iterator[bytes]:
        yield head() + b"data: "
        while True:
            yield b"x" * (1 << 20)

    with pytest.raises(EngineFailed) as caught:
        answered(page)
    assert not isinstance(caught.value, EngineHung)
