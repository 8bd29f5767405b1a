"""What the user makes of the catalogue: the default model, entries added and taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from assistant import overlay, paths
from assistant.settings import change_settings, read_settings
from runtimes.catalog import Entry, Origin, load_catalog
from runtimes.catalog.names import meant
from runtimes.errors import Unsupported
from runtimes.texts import Text
from runtimes.types import FileSource, ModelSpec, ScriptSource

WEB = ("http://", "https://")
"""Before an address, which says no model of the server."""
KNOWN = Text(
    "{0} is in the catalogue already: assistant models show {0}",
    "{0} 已在目录中：assistant models show {0}",
)


def add(name: str, own_id: str = "") -> tuple[Entry, ModelSpec]:
    """Write a model (``hf:``, ``file:``, ``ollama:``, ``server:``) into the user's catalogue; the
    form may be left away before a path and before a repository, which no id looks like.

    ``own_id`` is its id there, else one is made of its title.  Raises ``RuntimeFailure``.
    """
    path = paths.overlay_file()
    catalog = load_catalog(path)
    whole = meant(name)
    spec = catalog.find(name if whole is None or name.startswith(WEB) else whole)
    head = spec.id.partition(":")[0]
    if catalog.get(head) is not None:
        raise Unsupported(KNOWN.of(head))
    return overlay.add_model(path, catalog, spec, own_id), spec


def default_model() -> str | None:
    """The model that is meant where none is named.  Raises ``Damaged``."""
    return read_settings(paths.settings_file()).default_model


def set_default(name: str | None) -> str | None:
    """Set it, or (``None``) have none; the result is the name as it is kept.

    Raises ``NotFound`` for a name that means nothing, ``Damaged`` for damaged settings.
    """
    path = paths.settings_file()
    kept = None
    settings = read_settings(path)
    if name is not None:
        kept = lasting(name.strip(), load_catalog(paths.overlay_file()).find(name))
    change_settings(path, replace(settings, default_model=kept))
    return kept


def lasting(name: str, spec: ModelSpec) -> str:
    """The name as it will mean the same from any folder."""
    match spec.source:
        case FileSource(path) if name.casefold().startswith("file:"):
            return f"file:{path}"
        case ScriptSource(path):
            return f"scripted:{Path(path).absolute()}"
        case _:
            return spec.id if ":" in name else name.casefold()


@dataclass(frozen=True, slots=True)
class TakenOut:
    """An entry that is no longer in the user's catalogue: whose it was, and whether it was the
    default model (there is none now)."""

    name: str
    origin: Origin
    was_default: bool


def take_out(name: str) -> TakenOut:
    """Take a model out of the user's catalogue.  Raises ``RuntimeFailure``."""
    path, settings_file = paths.overlay_file(), paths.settings_file()
    settings = read_settings(settings_file)
    wanted = name.strip().casefold()
    origin = overlay.remove_model(path, load_catalog(path), wanted)
    usual = (settings.default_model or "").partition(":")[0]
    gone = origin is Origin.OWN and usual == wanted
    if gone:
        change_settings(settings_file, replace(settings, default_model=None))
    return TakenOut(wanted, origin, gone)
