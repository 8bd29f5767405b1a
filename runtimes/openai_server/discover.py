"""Who answers at an address, and what it serves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from runtimes.errors import NotHere
from runtimes.httpclient import Wire
from runtimes.openai_server.kinds import DIALECTS, OWNERS, Dialect, GrammarField, Kind
from runtimes.openai_server.talk import Server
from runtimes.openai_server.values import Json
from runtimes.texts import Text

_LISTED = 12


@dataclass(frozen=True, slots=True)
class Served:
    """A model where it is served.  ``context`` is 0 where the server does not tell; ``listed``:
    the server itself says that it has the model, and not only somebody answers there."""

    kind: Kind
    version: str
    name: str
    context: int
    listed: bool = False

    @property
    def dialect(self) -> Dialect:
        """What this kind of server understands."""
        return DIALECTS[self.kind]

    @property
    def grammar(self) -> GrammarField:
        """The field for a grammar: vLLM renamed it in 0.11."""
        if self.kind is Kind.VLLM and (0, 0) < _numbers(self.version) < (0, 11):
            return GrammarField.GUIDED
        return self.dialect.grammar


def discover(server: Server, name: str, wire: Wire) -> Served:
    """What serves ``name`` there (empty: the only model there is).

    Raises ``NotHere`` with the names that there are, ``Unreachable``, ``Denied`` and
    ``EngineFailed``.
    """
    try:
        listed = server.models(wire)
    except NotHere:
        listed = Json()
    models = {entry["id"].text: entry for entry in listed["data"] if entry["id"].text}
    if not name and len(models) == 1:
        (name,) = models
    entry = models.get(name, Json())
    if models and not entry:
        raise NotHere(
            Text("{0} serves no model “{1}”", "{0} 没有提供模型“{1}”", (server.url, name)),
            Text("there are: {0}", "可用的有：{0}", (_names(list(models)),)),
        )
    kind = OWNERS.get(entry["owned_by"].text, Kind.UNKNOWN)
    served = _asked(server, name, entry, kind, wire)
    base = models.get(entry["parent"].text, Json())  # vLLM tells the window of an adapter's base
    context = served.context or base["max_model_len"].count or 0
    return replace(served, context=context, listed=bool(models))


def _asked(server: Server, name: str, entry: Json, kind: Kind, wire: Wire) -> Served:
    """Ask the pages that only this kind has."""
    context = entry["max_model_len"].count or 0
    version = ""
    match kind:
        case Kind.VLLM:
            version = (server.page("/version", wire) or Json())["version"].text
        case Kind.LLAMA_SERVER:
            props = server.page("/props", wire) or Json()
            version = props["build_info"].text
            context = props["default_generation_settings"]["n_ctx"].count or 0
        case Kind.LM_STUDIO:
            page = server.page("/api/v0/models", wire) or Json()
            told = next((one for one in page["data"] if one["id"].text == name), Json())
            if not told["max_context_length"]:
                return Served(Kind.UNKNOWN, "", name, 0)
            # the largest that there can be is seldom what it is loaded with, at the first question
            context = told["loaded_context_length"].count or 0
        case Kind.OLLAMA:
            version = (server.page("/api/version", wire) or Json())["version"].text
            running = server.page("/api/ps", wire) or Json()
            loaded = {
                model["name"].text: model["context_length"].count for model in running["models"]
            }
            context = loaded.get(name) or 0
        case Kind.UNKNOWN:
            info = server.page("/info", wire) or Json()
            if info["max_total_tokens"].count and info["model_id"].text:
                version, context = info["version"].text, info["max_total_tokens"].count or 0
                kind = Kind.TGI
    return Served(kind, version, name, context)


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version."""
    found = re.match(r"v?(\d+)\.(\d+)", version)
    return tuple(map(int, found.groups())) if found else (0, 0)


def _names(names: list[str]) -> str:
    more = ", …" if len(names) > _LISTED else ""
    return ", ".join(sorted(names)[:_LISTED]) + more
