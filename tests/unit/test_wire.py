"""What crosses the border of a process comes out as it went in, or not at all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtimes import errors, frames, wire
from runtimes.plans import remote_plan
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    Finished,
    FinishReason,
    GenerationParams,
    HubSource,
    JsonSchema,
    LoadOptions,
    LoadProgress,
    MemoryReport,
    Message,
    ModelSpec,
    RemoteFile,
    Role,
    SampleEvent,
    TextDelta,
    TokenLogprob,
    Usage,
    Wish,
)

SPEC = ModelSpec(
    id="m",
    title="标题",
    runtime="llamacpp",
    source=HubSource("a/b", "main", (RemoteFile("f", 3, None),)),
    capabilities=frozenset({Capability.SEED, Capability.LORA}),
)
FRAMES = [
    frames.Load("llamacpp", SPEC, remote_plan(Wish(), 100), LoadOptions(lora=("a",), keep_alive=3)),
    frames.Stream(
        (Message(Role.USER, "hi"),), GenerationParams(constraint=JsonSchema("{}"), stop=("x",)), 3
    ),
    frames.Count((Message(Role.TOOL, "", answers="1"),)),
    frames.Stop(),
    frames.Measure(),
]
REPLIES = [
    LoadProgress(1),
    frames.Loaded(SPEC, 10),
    frames.Counted(None),
    frames.Measured(MemoryReport(weight_bytes=1, kv_bytes=2, compute_bytes=3, host_peak=4)),
    frames.Measured(None),
    frames.Event(TextDelta("x", (TokenLogprob("a", -0.5, (("b", -2.0),)),))),
    SampleEvent(1, Finished(FinishReason.LENGTH, Usage(seed=3, seconds=0.25))),
    frames.Done(),
    frames.failed(errors.Overflow(Text("{0} > {1}", "{0} > {1}", (3, 2)))),
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: type(f).__name__)
def test_requests_come_back_equal(frame: frames.Request) -> None:
    assert wire.loads(wire.dumps(frame), frames.Request) == frame


@pytest.mark.parametrize("frame", REPLIES, ids=lambda f: type(f).__name__)
def test_replies_come_back_equal(frame: frames.Reply) -> None:
    assert wire.loads(wire.dumps(frame), frames.Reply) == frame


@given(st.text())
def test_any_text_is_one_line(text: str) -> None:
    line = wire.dumps(frames.Event(TextDelta(text)))
    assert line.count(b"\n") == 1
    assert wire.loads(line, frames.Reply) == frames.Event(TextDelta(text))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["", "event", "text", "spec", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values)
def test_nonsense_is_a_value_error_and_nothing_else(value: object) -> None:
    try:
        wire.loads(json.dumps(value).encode(), frames.Reply)
    except ValueError:
        return
    raise AssertionError(value)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff",
        b'{"": "Event", "event": {"": "Load"}}',
        b'{"": "Event"}',
        b'{"": "Done", "x": 1}',
        b'{"": "Counted", "tokens": true}',
        b'{"": "Counted", "tokens": "3"}',
        b'{"": "Popen", "args": "true"}',
        b"[" * 100_000,
    ],
)
def test_a_frame_is_built_only_from_what_was_expected(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the kind is the promise
        wire.loads(line, frames.Reply)


def test_a_failure_keeps_its_kind_its_words_and_its_cause() -> None:
    failure = errors.DoesNotFit(
        Text("{0}", "{0}", (1,)), Text("less", "少"), remote_plan(Wish(), 1)
    )
    failure.__cause__ = OSError("no")
    got = frames.raised(frames.failed(failure))
    assert isinstance(got, errors.DoesNotFit)
    assert (got.message.args, got.remedy) == (("1",), Text("less", "少"))
    assert "OSError: no" in str(got.__cause__)
    unknown = frames.raised(frames.Failed("SystemExit", Text("x", "x")))
    assert type(unknown) is errors.EngineFailed
