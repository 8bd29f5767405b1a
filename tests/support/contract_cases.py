"""The runtimes that the contract is held over, each with a real model behind it."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import ollama_models
import openai_peer
import pytest
from ollama_replayer import Replayer

from runtimes import registry
from runtimes.base import Cancel, Model
from runtimes.catalog import load_catalog
from runtimes.machine import probe_machine
from runtimes.types import (
    Finished,
    LoadOptions,
    Message,
    ReasoningDelta,
    Role,
    StreamEvent,
    TextDelta,
    Wish,
)

LONG = "Tell me a long story"
"""A question that the micro model answers with several hundred tokens."""


def ask(text: str) -> tuple[Message, ...]:
    """A conversation of one question."""
    return (Message(Role.USER, text),)


def joined(events: Iterable[StreamEvent], *kinds: type[TextDelta] | type[ReasoningDelta]) -> str:
    """All text of some kinds."""
    return "".join(e.text for e in events if isinstance(e, kinds))


def finished(events: list[StreamEvent]) -> Finished:
    """The last event."""
    last = events[-1]
    assert isinstance(last, Finished)
    return last


@dataclass(frozen=True, slots=True)
class Case:
    """One runtime with a model, and what can be expected of the pair."""

    name: str
    opened: Callable[[], AbstractContextManager[Model]]
    needs: tuple[str, ...] = ()
    thinks: bool = True
    counts: bool = True
    in_process: bool = True
    knows_the_dialogues: bool = True
    reuses_the_prompt: bool = True
    slow: bool = False
    """Another precision of an engine that is tested anyway, or one that takes its time."""

    def skip_unless_possible(self) -> None:
        """Skip where a library is missing."""
        for module in self.needs:
            if importlib.util.find_spec(module) is None:
                pytest.skip(f"{self.name} needs {module}")


def from_catalog(name: str) -> Callable[[], AbstractContextManager[Model]]:
    """A model by its name, loaded the way the program does it."""

    @contextmanager
    def opened() -> Iterator[Model]:
        spec = load_catalog().find(name)
        runtime = registry.runtime(spec.runtime)
        plan = runtime.plan(spec, probe_machine(), Wish(context=1024))
        model = runtime.load(spec, plan, LoadOptions(threads=1), lambda _p: None, Cancel())
        try:
            yield model
        finally:
            model.close()

    return opened


SCRIPT = (
    {"after": 0.01, "reasoning": "The user greets me."},
    *({"after": 0.01, "text": f"word{n} 你好 "} for n in range(50)),
)


@contextmanager
def scripted() -> Iterator[Model]:
    """A script of fifty words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "script.jsonl")
        path.write_text("\n".join(json.dumps(line) for line in SCRIPT), encoding="utf-8")
        with from_catalog(f"scripted:{path}")() as model:
            yield model


CASES = (
    Case(
        "scripted", scripted, in_process=False, knows_the_dialogues=False, reuses_the_prompt=False
    ),
    Case("llamacpp", from_catalog("micro:q8_0"), ("llama_cpp",)),
    Case("llamacpp-f16", from_catalog("micro:f16"), ("llama_cpp",), slow=True),
    Case("checkpoint", from_catalog("micro:checkpoint"), ("torch", "transformers")),
    Case(
        "checkpoint-nf4",
        from_catalog("micro:nf4"),
        ("torch", "transformers", "bitsandbytes"),
        knows_the_dialogues=False,
        slow=True,
    ),
    Case(
        "server",
        openai_peer.opened,
        ("llama_cpp", "uvicorn"),
        counts=False,
        in_process=False,
        reuses_the_prompt=False,
    ),
    Case("llama-server", openai_peer.opened_llama_server, in_process=False),
    Case(
        "ollama-tags",
        lambda: ollama_models.opened(Replayer(pace=0.002, parses_thinking=False)),
        counts=False,
        in_process=False,
        reuses_the_prompt=False,
    ),
    Case("ollama", ollama_models.opened, counts=False, in_process=False, reuses_the_prompt=False),
)
