"""The micro model in llama.cpp, in this process: what the tests of the engine's parts share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from runtimes.base import Cancel
from runtimes.llamacpp.engine import LlamaModel, load
from runtimes.types import (
    Defaults,
    FileSource,
    Finished,
    Fit,
    GenerationParams,
    KvType,
    LoadOptions,
    MemoryPlan,
    Message,
    ModelSpec,
    ReasoningDelta,
    Role,
    StreamEvent,
    TextDelta,
    Thinking,
)

ROOT = Path(__file__).resolve().parents[2]
MICRO = ROOT / "runtimes" / "micro" / "micro-q8_0.gguf"
"""Its batches compute the same numbers whatever their size, so that texts can be compared."""
QUICK = LoadOptions(threads=1)
EXACT = LoadOptions(threads=1, flash_attention=False)
"""Without flash attention, whose sums in half precision depend on where a token lies in the
cache: a token that is nearly as likely as another may then win in one run and lose in another."""
PLAN = MemoryPlan(
    fit=Fit.HOST,
    context=1024,
    kv_type=KvType.F16,
    layers_on=0,
    weight_bytes=0,
    kv_bytes=0,
    compute_bytes=0,
    reserve_bytes=0,
)
GREEDY = GenerationParams(temperature=0.0, max_tokens=200)


def spec_of(path: Path, defaults: Defaults | None = None) -> ModelSpec:
    """A model of a file."""
    return ModelSpec(
        id="micro",
        title="Micro",
        runtime="llamacpp",
        source=FileSource(str(path)),
        defaults=defaults or Defaults(thinking=Thinking.ALWAYS),
    )


@contextmanager
def opened(
    path: Path = MICRO,
    options: LoadOptions = QUICK,
    plan: MemoryPlan = PLAN,
    defaults: Defaults | None = None,
) -> Iterator[LlamaModel]:
    """A loaded model."""
    model = load(spec_of(path, defaults), plan, options, lambda _progress: None, Cancel())
    try:
        yield model
    finally:
        model.close()


def user(text: str) -> tuple[Message, ...]:
    """A conversation of one question."""
    return (Message(Role.USER, text),)


def text_of(events: Iterable[StreamEvent]) -> str:
    """All that was written."""
    return "".join(e.text for e in events if isinstance(e, ReasoningDelta | TextDelta))


def answer_of(events: Iterable[StreamEvent]) -> str:
    """The answer alone."""
    return "".join(e.text for e in events if isinstance(e, TextDelta))


def end_of(events: Sequence[StreamEvent]) -> Finished:
    """The last event."""
    last = events[-1]
    assert isinstance(last, Finished)
    return last


def write(
    model: LlamaModel, messages: Sequence[Message] | str, params: GenerationParams = GREEDY
) -> list[StreamEvent]:
    """A whole stream."""
    turns = user(messages) if isinstance(messages, str) else messages
    return list(model.stream(turns, params, Cancel()))


def with_plan(**changes: object) -> MemoryPlan:
    """The usual plan, changed."""
    return replace(PLAN, **changes)  # type: ignore[arg-type]
