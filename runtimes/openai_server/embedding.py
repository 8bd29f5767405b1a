"""Embeddings of a model of an OpenAI-compatible server."""

from __future__ import annotations

from collections.abc import Sequence

from runtimes.embedding import too_long, unsupported
from runtimes.errors import EngineFailed, NotHere, RuntimeFailure
from runtimes.httpclient import Wire
from runtimes.openai_server.discover import Served
from runtimes.openai_server.kinds import Kind
from runtimes.openai_server.talk import Server
from runtimes.openai_server.values import Json
from runtimes.remote import fewest_tokens
from runtimes.remote_embedding import RemoteEmbedder
from runtimes.types import Message, ModelSpec, Role


class OpenAiEmbedder(RemoteEmbedder):
    """See ``Embedder``.  What a server reads is held against what was sent, as its counts tell."""

    def __init__(self, spec: ModelSpec, server: Server, served: Served) -> None:
        super().__init__(spec, server.patience)
        self._server = server
        self._served = served

    def _vectors(self, texts: Sequence[str], wire: Wire) -> list[object]:
        if self._served.kind is not Kind.LLAMA_CPP_PYTHON:
            return self._asked(texts, wire)
        # it cuts what does not fit into its batch, and counts only what is left
        return [vector for text in texts for vector in self._asked([text], wire)]

    def _asked(self, texts: Sequence[str], wire: Wire) -> list[object]:
        body = {"model": self._served.name, "input": list(texts), "encoding_format": "float"}
        said = self._server.embeddings(body, wire)
        self._check(texts, said["usage"]["prompt_tokens"].count, wire)
        found = {entry["index"].count: entry["embedding"].value for entry in said["data"]}
        return [found.get(n) for n in range(len(texts))]

    def _check(self, texts: Sequence[str], read: int | None, wire: Wire) -> None:
        """Raises ``Overflow`` where not all was read."""
        if read is None:
            return
        least = fewest_tokens([Message(Role.USER, text) for text in texts])
        if 0 < read < least:
            raise too_long(least, read)
        if self._served.kind is Kind.LLAMA_CPP_PYTHON:
            page = self._server.page("/extras/tokenize/count", wire, {"input": texts[0]}) or Json()
            sent = page["count"].count
            if sent is not None and read < sent:
                raise too_long(sent, read)


def refused(failure: RuntimeFailure) -> RuntimeFailure:
    """What a refusal of a first, short text means: most often that this model only writes."""
    if type(failure) not in (NotHere, EngineFailed):
        return failure
    meant = unsupported(failure.message)
    meant.__cause__ = failure
    return meant
