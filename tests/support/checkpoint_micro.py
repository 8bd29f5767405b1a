"""The micro model as a checkpoint in this process, for the tests of that adapter."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from runtimes.base import Cancel
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

for library in ("torch", "transformers"):
    pytest.importorskip(library, reason=f"the checkpoint engine needs {library}")

MICRO = Path(__file__).resolve().parents[2] / "runtimes" / "micro" / "checkpoint"
DEFAULTS = Defaults(system_prompt=False, thinking=Thinking.ALWAYS, force_thinking=True)
GREEDY = GenerationParams(temperature=0.0, max_tokens=200)
HELLO = "Hello"
CHINESE = "解方程 3x - 5 = 10"


def ask(text: str) -> tuple[Message, ...]:
    return (Message(Role.USER, text),)


def spec(folder: Path = MICRO, quantisation: str = "f32") -> ModelSpec:
    return ModelSpec(
        id="micro",
        title="micro",
        runtime="checkpoint",
        source=FileSource(str(folder)),
        quantisation=quantisation,
        defaults=DEFAULTS,
    )


def plan(context: int = 2048, kv_type: KvType = KvType.F16) -> MemoryPlan:
    return MemoryPlan(
        fit=Fit.HOST,
        context=context,
        kv_type=kv_type,
        layers_on=0,
        weight_bytes=0,
        kv_bytes=0,
        compute_bytes=0,
        reserve_bytes=0,
    )


def opened(model: ModelSpec | None = None, memory: MemoryPlan | None = None, **options: Any) -> Any:
    """The model, loaded into this process with one thread."""
    from runtimes.checkpoint.engine import load_here

    chosen = replace(LoadOptions(threads=1), **options)
    return load_here(model or spec(), memory or plan(), chosen, lambda _p: None, Cancel())


def copied(target: Path) -> Path:
    """A copy of the checkpoint that a test may spoil."""
    return Path(shutil.copytree(MICRO, target))


def joined(events: Iterable[StreamEvent], *kinds: type[TextDelta] | type[ReasoningDelta]) -> str:
    wanted = kinds or (TextDelta, ReasoningDelta)
    return "".join(e.text for e in events if isinstance(e, wanted))


def finished(events: list[StreamEvent]) -> Finished:
    last = events[-1]
    assert isinstance(last, Finished)
    return last
