"""Removing the files of a model: what would go, what else with it, and the doing of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant import paths
from runtimes.catalog import load_catalog
from runtimes.store import Store
from runtimes.types import ModelSpec, OllamaSource


@dataclass(frozen=True, slots=True)
class Removing:
    """A removal: the bytes that it frees (``None``: nobody knows), the ids of the other models
    that go with it, and what does it (raising ``RuntimeFailure``)."""

    size: int | None
    others: tuple[str, ...]
    remove: Callable[[], object]


def removing(spec: ModelSpec) -> Removing:
    """What the removal of a model would do.  Raises ``NotHere`` where nothing of it is here,
    ``Unsupported`` for files that are not ours, ``Unreachable`` where its server is silent."""
    entries = load_catalog(paths.overlay_file()).entries
    known = [entry.spec(variant) for entry in entries for variant in entry.variants]
    if not isinstance(spec.source, OllamaSource):
        store = Store(paths.models_folder(), offline=True)
        removal = store.removal(spec, known)
        return Removing(removal.freed, removal.others, lambda: store.remove(spec))
    from runtimes.ollama import Ollama

    server, name = Ollama(), spec.source.name
    sizes = dict(server.installed())
    same = (one.id for one in known if one.source == spec.source and one.id != spec.id)
    size = sizes.get(name, sizes.get(f"{name}:latest"))
    return Removing(size, tuple(same), lambda: server.remove(spec))
