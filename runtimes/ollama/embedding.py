"""Embeddings of a model that an Ollama server has."""

from __future__ import annotations

from collections.abc import Sequence

from runtimes.httpclient import Wire
from runtimes.ollama.host import Host, reply
from runtimes.remote_embedding import RemoteEmbedder
from runtimes.types import ModelSpec, OllamaSource


class OllamaEmbedder(RemoteEmbedder):
    """See ``Embedder``.  ``window``: what the model shall read at once, in tokens."""

    def __init__(self, spec: ModelSpec, server: Host, window: int) -> None:
        super().__init__(spec, server.patience)
        self._server = server
        self._window = window

    def _vectors(self, texts: Sequence[str], wire: Wire) -> list[object]:
        assert isinstance(self.spec.source, OllamaSource)
        body = {
            "model": self.spec.source.name,
            "input": list(texts),
            "truncate": False,
            "options": {"num_ctx": self._window},
        }
        said = self._server.one(lambda client: reply(client, "POST", "/api/embed", body), wire)
        found = said.get("embeddings") if isinstance(said, dict) else None
        return found if isinstance(found, list) else []
