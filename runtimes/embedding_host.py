"""An embedder whose engine lives in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence

from runtimes import frames
from runtimes.base import Cancel, OnProgress
from runtimes.embedding import Vector, spoken, stopped, unpacked
from runtimes.errors import EngineCrashed, EngineFailed
from runtimes.host import HostedModel
from runtimes.texts import Text
from runtimes.types import LoadOptions, MemoryPlan, ModelSpec


def embedder_in_child(
    engine: str,
    spec: ModelSpec,
    plan: MemoryPlan,
    options: LoadOptions,
    on_progress: OnProgress,
    cancel: Cancel,
) -> HostedEmbedder:
    """Load a model in a new process of ``engine`` (a name of ``runtimes.child.EMBEDDERS``).

    Raises ``runtimes.errors``; crashes are treated as those of a model that writes.
    """
    host = HostedModel(frames.Load(engine, spec, plan, options, embeds=True))
    host.start(on_progress, cancel)
    return HostedEmbedder(host)


class HostedEmbedder:
    """``Embedder`` over the process border."""

    def __init__(self, host: HostedModel) -> None:
        self._host = host

    @property
    def spec(self) -> ModelSpec:
        """What was loaded."""
        return self._host.spec

    def embed(self, texts: Sequence[str], cancel: Cancel) -> tuple[Vector, ...]:
        """See ``runtimes.embedding``."""
        if cancel.is_set():
            raise stopped()
        return spoken(texts, lambda said: self._asked(frames.Embed(tuple(said)), cancel))

    def _asked(self, request: frames.Embed, cancel: Cancel) -> list[Vector]:
        try:
            reply = self._host.ask(request, cancel)
        except EngineCrashed:
            reply = self._host.ask(request, cancel)  # started again, after a crash in safe mode
        if cancel.is_set():
            raise stopped()
        if isinstance(reply, frames.Embedded) and len(reply.vectors) == len(request.texts):
            try:
                return [unpacked(vector) for vector in reply.vectors]
            except ValueError:
                pass
        raise EngineFailed(Text("the engine speaks nonsense", "引擎的输出无法理解"))

    def close(self) -> None:
        """End the process."""
        self._host.close()
