"""The runtimes that embed, each with a real model or server behind it."""

from __future__ import annotations

import contextlib
import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import ollama_models
import openai_peer
import pytest
from ollama_replayer import Replayer, replaying

from runtimes import registry
from runtimes.base import Cancel
from runtimes.catalog import load_catalog
from runtimes.embedding import Embedder, Embeds
from runtimes.machine import probe_machine
from runtimes.ollama import Ollama
from runtimes.openai_server import OpenAiServer
from runtimes.types import LoadOptions, Wish

WINDOW = 256
MICRO = Path(__file__).resolve().parents[2] / "runtimes" / "micro" / "checkpoint"


@dataclass(frozen=True, slots=True)
class Case:
    """One runtime with a model that embeds."""

    name: str
    opened: Callable[[], AbstractContextManager[Embedder]]
    needs: tuple[str, ...] = ()

    def skip_unless_possible(self) -> None:
        """Skip where a library is missing."""
        for module in self.needs:
            if importlib.util.find_spec(module) is None:
                pytest.skip(f"{self.name} needs {module}")


@contextlib.contextmanager
def micro() -> Iterator[Embedder]:
    """The model that ships, in a process of its own."""
    spec = load_catalog().find("micro:q8_0")
    runtime = registry.runtime(spec.runtime)
    assert isinstance(runtime, Embeds)
    plan = runtime.plan(spec, probe_machine(), Wish(context=WINDOW))
    with contextlib.closing(
        runtime.load_embedder(spec, plan, LoadOptions(threads=1), lambda _: None, Cancel())
    ) as embedder:
        yield embedder


@contextlib.contextmanager
def server() -> Iterator[Embedder]:
    """The same model behind llama-cpp-python's server, which pools nothing."""
    with openai_peer.peer(embeds=True) as url:
        runtime, spec = OpenAiServer(), openai_peer.spec(url)
        plan = runtime.plan(spec, openai_peer.MACHINE, Wish())
        with contextlib.closing(
            runtime.load_embedder(spec, plan, LoadOptions(), lambda _: None, Cancel())
        ) as embedder:
            yield embedder


@contextlib.contextmanager
def ollama() -> Iterator[Embedder]:
    """A replayed Ollama server."""
    with replaying(Replayer(pace=0.001)) as replayer:
        runtime, spec = Ollama(replayer.url), ollama_models.spec()
        plan = runtime.plan(spec, ollama_models.MACHINE, Wish(context=WINDOW))
        with contextlib.closing(
            runtime.load_embedder(spec, plan, LoadOptions(), lambda _: None, Cancel())
        ) as embedder:
            yield embedder
        assert replayer.broken == []


@contextlib.contextmanager
def checkpoint(folder: Path, context: int = WINDOW) -> Iterator[Embedder]:
    """A checkpoint, in a process of its own."""
    spec = load_catalog().find(f"file:{folder}")
    runtime = registry.runtime(spec.runtime)
    assert isinstance(runtime, Embeds)
    plan = runtime.plan(spec, probe_machine(), Wish(context=context))
    with contextlib.closing(
        runtime.load_embedder(spec, plan, LoadOptions(threads=1), lambda _: None, Cancel())
    ) as embedder:
        yield embedder


@contextlib.contextmanager
def encoder() -> Iterator[Embedder]:
    """A tiny encoder in the form of sentence-transformers, whose tokens are bytes."""
    from tiny_bert import tiny_bert

    with tempfile.TemporaryDirectory() as place:
        folder = tiny_bert(Path(place) / "m", window=512)
        with checkpoint(folder, 512) as found:
            yield found


TORCH = ("torch", "transformers")
CASES = (
    Case("llamacpp", micro, ("llama_cpp",)),
    Case("encoder", encoder, TORCH),
    Case("checkpoint", lambda: checkpoint(MICRO), TORCH),
    Case("server", server, ("llama_cpp", "uvicorn")),
    Case("ollama", ollama),
)
