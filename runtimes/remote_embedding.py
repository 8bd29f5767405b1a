"""What embedders on a server have in common: ``Embedder`` over an adapter's replies."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence

from runtimes.base import Cancel
from runtimes.embedding import Vector, busy, direction, mean, spoken, stopped
from runtimes.errors import EngineFailed
from runtimes.httpclient import Patience, Wire, waited
from runtimes.texts import Text
from runtimes.types import ModelSpec

AT_ONCE = 16
"""Texts of one request."""


class RemoteEmbedder(ABC):
    """An ``Embedder`` whose engine is a server.  An adapter says how to ask it."""

    def __init__(self, spec: ModelSpec, patience: Patience) -> None:
        self._spec = spec
        self._patience = patience
        self._lock = threading.Lock()
        self._closing = Cancel()

    @property
    def spec(self) -> ModelSpec:
        """What was loaded."""
        return self._spec

    @abstractmethod
    def _vectors(self, texts: Sequence[str], wire: Wire) -> list[object]:
        """What the server gives for each text, in their order, as JSON has it.

        Raises ``Overflow`` for a text that the server would cut.
        """

    def embed(self, texts: Sequence[str], cancel: Cancel) -> tuple[Vector, ...]:
        """See ``runtimes.embedding``."""
        if self._closing.is_set():
            raise EngineFailed(Text("the model is closed", "模型已关闭"))
        if not self._lock.acquire(blocking=False):
            raise busy()
        stop = Cancel()  # by the user, or by ``close``
        removers = [cancel.listen(stop.set), self._closing.listen(stop.set)]
        try:
            return spoken(texts, lambda said: self._embedded(said, stop))
        finally:
            for remove in removers:
                remove()
            self._lock.release()

    def close(self) -> None:
        """Cut what is open; the server's own memory is the server's."""
        self._closing.set()

    def _embedded(self, texts: Sequence[str], stop: Cancel) -> list[Vector]:
        made: list[Vector] = []
        for at in range(0, len(texts), AT_ONCE):
            if stop.is_set():
                raise stopped()
            some = [text.encode("utf-8", "replace").decode() for text in texts[at : at + AT_ONCE]]
            found = waited(lambda wire, s=some: self._vectors(s, wire), stop, self._patience.first)  # type: ignore[misc]
            if len(found) != len(some):
                raise _nonsense(self._spec)
            made += [direction(self._pooled(value)) for value in found]
        return made

    def _pooled(self, value: object) -> Sequence[float]:
        """A vector, or the mean of those of the tokens, which a server that pools nothing gives."""
        if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
            return mean([self._numbers(row) for row in value])
        return self._numbers(value)

    def _numbers(self, value: object) -> list[float]:
        try:
            if isinstance(value, list) and all(type(n) in (int, float) for n in value):
                return [float(n) for n in value]
        except OverflowError:
            pass
        raise _nonsense(self._spec)


def _nonsense(spec: ModelSpec) -> EngineFailed:
    return EngineFailed(
        Text("{0} sent no embeddings", "{0} 没有返回嵌入向量", (spec.id,)),
        Text("is it an embedding model?", "它是嵌入模型吗？"),
    )
