"""The engine that does what it is told (``faulty_engine``), in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from runtimes.base import Cancel
from runtimes.host import HostedModel, load_in_child
from runtimes.plans import remote_plan
from runtimes.types import FileSource, LoadOptions, LoadProgress, ModelSpec, Wish

SUPPORT = str(Path(__file__).resolve().parent)
"""Where the engine's process finds it: its ``PYTHONPATH``."""


def hosted(
    folder: Path,
    title: str = "",
    cancel: Cancel | None = None,
    on_progress: Callable[[LoadProgress], None] = lambda _progress: None,
    **options: object,
) -> HostedModel:
    """Loaded; ``title`` is its order for the loading itself, and crashes are remembered in
    ``folder``.  To be closed."""
    spec = ModelSpec(id="m", title=title, runtime="llamacpp", source=FileSource("/none/m.gguf"))
    given = LoadOptions(state_folder=str(folder), **options)  # type: ignore[arg-type]
    plan = remote_plan(Wish(), 100)
    return load_in_child("faulty_engine", spec, plan, given, on_progress, cancel or Cancel())
