"""Models that an Ollama server only passes questions on to: those of its cloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runtimes.errors import Offline
from runtimes.httpclient import refuse_offline
from runtimes.ollama.host import reply
from runtimes.texts import Text

if TYPE_CHECKING:
    import ollama

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Who answers in the server's place: its address and the model's name there, as far as the
    server tells."""

    host: str
    name: str

    def refuse_offline(self) -> None:
        """Raises ``Offline`` where the network must not be used and this is another machine."""
        try:
            refuse_offline(self.host)
        except Offline as refused:
            raise Offline(
                Text(
                    "Ollama would send the question on to {0} ({1}), and the network must not be"
                    " used",
                    "Ollama 会把问题转发到 {0}（{1}），但当前禁止联网",
                    (self.host or "?", self.name or "?"),
                ),
                refused.remedy,
            ) from refused

    def told(self, url: str) -> Text:
        """Where the question goes."""
        return Text(
            "the Ollama server at {0} sends your question on to {1} ({2})",
            "{0} 的 Ollama 服务器会把你的问题转发到 {1}（{2}）",
            (url, self.host or "?", self.name or "?"),
        )


def elsewhere(client: ollama.Client, name: str, shown: Mapping[str, object]) -> Elsewhere | None:
    """Where questions to a model go; ``None`` where the server answers by itself.

    ``shown`` is all that the server says of it: the package leaves these fields away.  The list
    of models is asked as well, since only there they are documented.
    """
    if found := _of(shown):
        return found
    for entry in reply(client, "GET", "/api/tags")["models"] or ():
        if entry.get("model") in (name, f"{name}:latest") and (found := _of(entry)):
            return found
    return None


def _of(told: Mapping[str, object]) -> Elsewhere | None:
    host, name = (told.get(key) for key in ("remote_host", "remote_model"))
    if not host and not name:
        return None
    return Elsewhere(*(v[:_LONGEST] if isinstance(v, str) else "" for v in (host, name)))
