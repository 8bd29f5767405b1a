"""The runtimes by name; an adapter is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from runtimes.base import Runtime
from runtimes.errors import NotFound
from runtimes.texts import Text

ADAPTERS = {
    "llamacpp": "runtimes.llamacpp.runtime:LlamaCpp",
    "checkpoint": "runtimes.checkpoint.runtime:Checkpoint",
    "ollama": "runtimes.ollama:Ollama",
    "server": "runtimes.openai_server:OpenAiServer",
    "scripted": "runtimes.scripted:Scripted",
}


def runtime(name: str) -> Runtime:
    """The runtime of a name.  Raises ``NotFound``."""
    place = ADAPTERS.get(name)
    if place is None:
        listed = ", ".join(ADAPTERS)
        raise NotFound(
            Text(
                "there is no runtime “{0}”; there are {1}",
                "没有运行引擎“{0}”，可用：{1}",
                (name, listed),
            )
        )
    module, _, kind = place.partition(":")
    made: Runtime = getattr(import_module(module), kind)()
    return made


def runtimes() -> dict[str, Runtime]:
    """All of them, in the order of the documentation."""
    return {name: runtime(name) for name in ADAPTERS}
