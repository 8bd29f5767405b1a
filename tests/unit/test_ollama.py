"""Ollama: what is sent, what comes of it, stopping, failures.  Both sides are held to its API."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import ollama_api
import pytest
from ollama_models import MACHINE, loaded, spec
from ollama_replayer import Replayer, recorded, replaying
from raw_http import head, serving, status, whole

from runtimes.base import Cancel
from runtimes.errors import (
    Denied,
    EngineCrashed,
    EngineFailed,
    EngineHung,
    EngineOutOfMemory,
    NotFound,
    RuntimeFailure,
    Unreachable,
    Unsupported,
)
from runtimes.httpclient import Patience
from runtimes.ollama import Ollama
from runtimes.ollama.model import OllamaModel
from runtimes.types import (
    Capability,
    Finished,
    FinishReason,
    Fit,
    GenerationParams,
    Grammar,
    JsonSchema,
    LoadOptions,
    Message,
    ReasoningDelta,
    Role,
    StreamEvent,
    TextDelta,
    Thinking,
    Tool,
    ToolCall,
    Wish,
)

ASKED = [Message(Role.USER, "Hello")]
LONG = [Message(Role.USER, "Tell me a long story")]
SHORT = Patience(connect=1, first=0.6, between=0.3, reply=1.0)


@pytest.fixture
def server() -> Iterator[Replayer]:
    with replaying() as replayer:
        yield replayer
        assert not replayer.broken


def texts(events: list[StreamEvent]) -> tuple[str, str]:
    """What was thought and what was answered."""
    thought = "".join(e.text for e in events if isinstance(e, ReasoningDelta))
    return thought, "".join(e.text for e in events if isinstance(e, TextDelta))


def test_what_is_sent_and_what_comes_back_keep_to_the_api(server: Replayer) -> None:
    ollama_api.needed()
    model = loaded(server)
    tools = (Tool("add", "adds", '{"type": "object", "properties": {"a": {"type": "integer"}}}'),)
    for params in (
        GenerationParams(seed=1, max_tokens=9, stop=("x",), top_k=20, min_p=0.1, logprobs=3),
        GenerationParams(constraint=JsonSchema('{"type": "object"}')),
        GenerationParams(tools=tools, repeat_penalty=1.2),
    ):
        list(model.stream(ASKED, params, Cancel()))
    call = ToolCall("call_0", "add", '{"a": 1}')
    turns = [
        Message(Role.SYSTEM, "be brief"),
        *ASKED,
        Message(Role.ASSISTANT, "", "hm", (call,)),
        Message(Role.TOOL, "2", answers="call_0"),
    ]
    list(model.stream(turns, GenerationParams(tools=tools), Cancel()))
    model.close()
    assert [path for path, _ in server.requests].count("/api/chat") == 6
    assert not server.broken
    sent = set().union(*server.chats())
    undocumented = sent - ollama_api.known_fields("ChatRequest")
    assert undocumented == {"truncate", "shift"}  # in api/types.go since 0.12.6


def test_thinking_and_answer_as_recorded(server: Replayer) -> None:
    events = list(loaded(server).stream(ASKED, GenerationParams(), Cancel()))
    assert texts(events) == recorded("Hello")
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.STOP
    assert last.usage.prompt_tokens == 8
    assert last.usage.reasoning_tokens > 0 < last.usage.answer_tokens


@pytest.mark.parametrize("thinking", list(Thinking))
def test_tags_in_the_content_are_understood_too(thinking: Thinking) -> None:
    with replaying(Replayer(parses_thinking=False)) as server:
        model = loaded(server, wanted=spec(thinking=thinking))
        thought, answer = texts(list(model.stream(ASKED, GenerationParams(), Cancel())))
        assert (thought.strip(), answer) == recorded("Hello")
        assert "think" not in server.chats()[-1]  # it would be refused


def test_the_window_is_always_sent_and_every_sampler(server: Replayer) -> None:
    model = loaded(server, context=2048)
    params = GenerationParams(
        temperature=0.1, top_p=0.8, top_k=7, min_p=0.05, repeat_penalty=1.1, seed=3, max_tokens=5
    )
    list(model.stream(ASKED, params, Cancel()))
    assert server.chats()[-1]["options"] == {
        "num_ctx": 2048,
        "num_keep": -1,
        "num_predict": 5,
        "temperature": 0.1,
        "top_p": 0.8,
        "top_k": 7,
        "min_p": 0.05,
        "repeat_penalty": 1.1,
        "seed": 3,
    }
    loads = [body for path, body in server.requests if path == "/api/chat" and not body["messages"]]
    assert [body["options"] for body in loads] == [{"num_ctx": 2048}]


def test_thinking_off_is_sent_and_never_dropped(server: Replayer) -> None:
    model = loaded(server, wanted=spec(thinking=Thinking.OPTIONAL))
    events = list(model.stream(ASKED, GenerationParams(thinking_tokens=0), Cancel()))
    assert server.chats()[-1]["think"] is False
    assert texts(events) == ("", recorded("Hello")[1])
    list(model.stream(ASKED, GenerationParams(), Cancel()))
    assert server.chats()[-1]["think"] is True


@pytest.mark.parametrize(
    "params",
    [
        GenerationParams(constraint=Grammar('root ::= "a"')),
        GenerationParams(thinking_tokens=100),
        GenerationParams(thinking_tokens=0),  # a model that always thinks
    ],
)
def test_what_it_cannot_do_is_refused_before_anything_is_sent(
    server: Replayer, params: GenerationParams
) -> None:
    model = loaded(server)
    with pytest.raises(Unsupported):
        next(model.stream(ASKED, params, Cancel()))
    assert not server.chats()


def test_what_an_old_server_does_not_know_is_refused() -> None:
    with replaying(Replayer(version="0.12.10")) as server:
        model = loaded(server)
        assert Capability.LOGPROBS not in model.spec.capabilities
        with pytest.raises(Unsupported):
            next(model.stream(ASKED, GenerationParams(logprobs=1), Cancel()))


def test_a_tool_is_called_with_its_whole_schema(server: Replayer) -> None:
    schema = (
        '{"type": "object", "additionalProperties": false, "properties": '
        '{"n": {"type": "integer", "minimum": 3}}}'
    )
    asked = [Message(Role.USER, "please use the tool")]
    params = GenerationParams(tools=(Tool("count", "counts", schema),))
    events = list(loaded(server).stream(asked, params, Cancel()))
    calls = [event for event in events if isinstance(event, ToolCall)]
    assert calls == [ToolCall("call_0", "count", '{"n": 3}')]
    assert isinstance(events[-1], Finished)
    assert events[-1].reason is FinishReason.TOOL
    sent = server.chats()[-1]["tools"][0]["function"]["parameters"]
    assert sent["properties"]["n"]["minimum"] == 3
    assert sent["additionalProperties"] is False


def test_stop_strings_end_the_answer_and_not_the_thinking(server: Replayer) -> None:
    thought, answer = recorded("Hello")
    assert "greet" in thought
    params = GenerationParams(stop=("greet", "What"))
    events = list(loaded(server).stream(ASKED, params, Cancel()))
    assert texts(events) == (thought, answer[: answer.index("What")])
    assert "stop" not in server.chats()[-1]["options"]


def test_stopping_reaches_the_server_at_once() -> None:
    with replaying(Replayer(pace=0.02)) as server:
        model, cancel = loaded(server), Cancel()
        events = model.stream(LONG, GenerationParams(), cancel)
        next(events)
        cancel.set()
        began = time.monotonic()
        assert [type(event) for event in events] == [Finished]
        assert time.monotonic() - began < 0.2
        assert server.abandoned.wait(2)


def test_stopping_works_while_the_prompt_is_read() -> None:
    """No header has come yet: there is nothing that could be closed but the connection."""
    gone = threading.Event()

    def silent(_request: object) -> Iterator[bytes]:
        try:
            while not gone.wait(0.05):
                yield b""
        except OSError:
            gone.set()

    with replaying() as server, serving({"/api/chat": silent}) as mute:
        model = loaded(server)
        object.__setattr__(model._server, "url", mute.url)
        cancel, began = Cancel(), time.monotonic()
        threading.Timer(0.2, cancel.set).start()
        events = list(model.stream(ASKED, GenerationParams(), cancel))
        assert 0.2 <= time.monotonic() - began < 0.4
        assert events[-1].reason is FinishReason.CANCELLED  # type: ignore[union-attr]
        gone.set()


def test_it_gives_back_what_it_took_and_nothing_else(server: Replayer) -> None:
    model = loaded(server)
    assert server.running == {"micro:latest": 1024}
    model.close()
    model.close()
    assert server.running == {}
    server.running["micro:latest"] = 1024  # somebody else's
    loaded(server).close()
    assert server.running == {"micro:latest": 1024}


def test_keep_alive_goes_along_and_is_left_to_the_server_otherwise(server: Replayer) -> None:
    list(loaded(server).stream(ASKED, GenerationParams(), Cancel()))
    assert "keep_alive" not in server.chats()[-1]
    model = loaded(server, options=LoadOptions(keep_alive=60))
    list(model.stream(ASKED, GenerationParams(), Cancel()))
    assert server.chats()[-1]["keep_alive"] == 60


# --- failures --------------------------------------------------------------------------------


def test_no_server_says_how_to_start_one() -> None:
    with replaying() as server:
        pass
    there = Ollama(server.url).probe()
    assert not there.ready
    assert there.remedy is not None
    assert "ollama serve" in there.remedy.en
    with pytest.raises(Unreachable):
        loaded(server)


def test_a_missing_model_says_how_to_pull_it(server: Replayer) -> None:
    with pytest.raises(NotFound) as caught:
        loaded(server, wanted=spec("llama3"))
    assert caught.value.remedy is not None
    assert caught.value.remedy.args == ("llama3",)
    assert caught.value.remedy.en == "assistant pull ollama:{0}"


def test_too_little_memory_is_told_apart() -> None:
    with replaying(Replayer(memory=1024)) as server, pytest.raises(EngineOutOfMemory) as caught:
        loaded(server, context=16384)
    assert "more system memory" in str(caught.value)


def test_a_window_beyond_the_model_is_refused_and_not_made_smaller() -> None:
    with replaying(Replayer(trained=4096)) as server:
        runtime = Ollama(server.url)
        plan = runtime.plan(spec(), MACHINE, Wish(context=8192))
        assert plan.fit is Fit.NO
        assert plan.nearest[0].args == (4096,)
        with pytest.raises(Unsupported):
            runtime.load(spec(), plan, LoadOptions(), lambda _: None, Cancel())
        assert runtime.plan(spec(), MACHINE, Wish()).context == 4096


def test_adapters_are_refused(server: Replayer) -> None:
    with pytest.raises(Unsupported):
        loaded(server, options=LoadOptions(lora=("a.gguf",)))


@contextlib.contextmanager
def broken(reply: list[bytes]) -> Iterator[OllamaModel]:
    """A loaded model whose server has become another."""
    with replaying() as server, serving({"/api/chat": lambda _: reply}) as raw:
        model = loaded(server)
        object.__setattr__(model._server, "url", raw.url)
        yield model


LINE = b'{"model":"m","created_at":"","message":{"role":"assistant","content":"hi"},"done":false}\n'


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ([head("application/x-ndjson"), LINE], EngineFailed),  # cut
        ([head("application/x-ndjson"), LINE, b'{"error":"boom"}\n'], EngineFailed),
        (
            [
                head("application/x-ndjson"),
                LINE,
                b'{"error":"llama runner process has terminated: exit status 2"}\n',
            ],
            EngineCrashed,
        ),
        ([head("application/x-ndjson"), b"<html>\n"], EngineFailed),
        ([head("application/x-ndjson"), b"[1,2]\n"], EngineFailed),
        ([head("application/x-ndjson"), b'{"message": 7}\n'], EngineFailed),
        ([head("application/x-ndjson"), b'{"error": {"a": 1}}\n'], EngineFailed),
        ([head("application/x-ndjson"), b"[" * 100_000 + b"\n"], EngineFailed),
        ([head("application/x-ndjson"), *[b"x" * 65536] * 200], EngineFailed),  # no end of line
        ([b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n\x1f\x8b"], EngineFailed),
        ([b"garbage\r\n\r\n"], EngineFailed),
        (status(401, {"error": "unauthorized"}), Denied),
        (status(503, {"error": "server busy"}), Unreachable),
        (status(500, {"error": "CUDA error: out of memory"}), EngineOutOfMemory),
        (whole(b"", 302, location="http://example.org/"), Unreachable),
    ],
    ids=range(15),
)
def test_a_hostile_server_gives_an_error_of_ours(reply: list[bytes], kind: type) -> None:
    with broken(reply) as model, pytest.raises(RuntimeFailure) as caught:
        list(model.stream(ASKED, GenerationParams(), Cancel()))
    assert type(caught.value) is kind


def test_a_server_that_falls_silent_is_noticed() -> None:
    def stuck(_request: object) -> Iterator[bytes]:
        yield head("application/x-ndjson") + LINE
        time.sleep(1.5)

    with replaying() as server, serving({"/api/chat": stuck}) as raw:
        model = loaded(server, patience=SHORT)
        object.__setattr__(model._server, "url", raw.url)
        with pytest.raises(EngineHung):
            list(model.stream(ASKED, GenerationParams(), Cancel()))


@pytest.mark.parametrize("value", ["-5", "1e99", "99999999999999999999", "true", '"x"', "null"])
def test_absurd_counts_are_no_counts(value: str) -> None:
    last = LINE.replace(b'"done":false', b'"done":true,"prompt_eval_count":' + value.encode())
    with broken([head("application/x-ndjson"), last]) as model:
        try:
            events = list(model.stream(ASKED, GenerationParams(), Cancel()))
        except EngineFailed:
            return  # the package's own types refuse it
        assert events[-1].usage.prompt_tokens in (0, 1)  # type: ignore[union-attr]
