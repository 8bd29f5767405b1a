"""Models of the replayed Ollama server, loaded the way the program does it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ollama_replayer import Replayer, replaying

from runtimes.base import Cancel
from runtimes.httpclient import Patience
from runtimes.ollama import Ollama
from runtimes.ollama.model import OllamaModel
from runtimes.types import (
    Defaults,
    Host,
    LoadOptions,
    Machine,
    ModelSpec,
    OllamaSource,
    Thinking,
    Wish,
)

MACHINE = Machine(Host(system="Linux", processor="any", cores=2, memory_total=0, memory_free=0))


def spec(name: str = "micro", thinking: Thinking = Thinking.ALWAYS) -> ModelSpec:
    """A model of an Ollama server."""
    return ModelSpec(
        id=f"ollama:{name}",
        title=name,
        runtime="ollama",
        source=OllamaSource(name),
        defaults=Defaults(thinking=thinking),
    )


def loaded(
    replayer: Replayer,
    context: int | None = 1024,
    wanted: ModelSpec | None = None,
    options: LoadOptions | None = None,
    patience: Patience | None = None,
) -> OllamaModel:
    """The model, loaded with this window."""
    runtime, wanted = Ollama(replayer.url, patience), wanted or spec()
    plan = runtime.plan(wanted, MACHINE, Wish(context=context))
    return runtime.load(wanted, plan, options or LoadOptions(), lambda _: None, Cancel())


@contextlib.contextmanager
def opened(replayer: Replayer | None = None) -> Iterator[OllamaModel]:
    """The recorded model, at a server of its own, at a pace at which it can be stopped."""
    with replaying(replayer or Replayer(pace=0.002)) as server:
        model = loaded(server)
        try:
            yield model
        finally:
            model.close()
        assert not server.broken, server.broken
