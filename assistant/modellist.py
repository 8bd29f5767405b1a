"""The catalogue as it is on this machine: what is on the disk, and how each model would fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from runtimes import registry
from runtimes.catalog import Catalog, Entry, Variant
from runtimes.errors import RuntimeFailure
from runtimes.plans import remote_plan
from runtimes.store import Store
from runtimes.store.names import shards
from runtimes.store.types import InstalledRevision
from runtimes.texts import Text
from runtimes.types import (
    FileSource,
    HubSource,
    Machine,
    MemoryPlan,
    ModelSpec,
    OllamaSource,
    ServerSource,
    Wish,
)

NOT_ASKED = Text(
    "its server was not asked; assistant fit {0} asks it",
    "尚未询问其服务器；assistant fit {0} 会去询问",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model of the catalogue here.

    ``variant`` is the form that is meant by default, or, where only others are on the disk, the
    first of those.  ``here`` are the names of all forms on the disk; ``size`` their bytes, or
    what the weights would take.  ``plan`` is ``None`` where nobody can tell, and ``trouble``
    says why.
    """

    entry: Entry
    variant: Variant
    here: tuple[str, ...]
    size: int
    plan: MemoryPlan | None
    trouble: Text | None = None


@dataclass(frozen=True, slots=True)
class Stray:
    """Files on the disk that belong to no entry."""

    name: str
    size: int


class Shelves:
    """Which models are on this disk, asked of the store once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._installed = store.installed()

    def located(self, spec: ModelSpec) -> Path | None:
        """Where a model's files lie; ``None`` where they do not, or it has none."""
        match spec.source:
            case HubSource(repo):
                known = any(revision.repo == repo for revision in self._installed)
                return self._store.locate(spec) if known else None
            case FileSource():
                return self._store.locate(spec)
            case _:
                return None

    def strays(self, catalog: Catalog) -> Iterator[Stray]:
        """What is on the disk from repositories that no entry names."""
        known = {
            variant.source.repo
            for entry in catalog.entries
            for variant in entry.variants
            if isinstance(variant.source, HubSource)
        }
        for revision in self._installed:
            if revision.repo not in known:
                yield from _strays(revision)


def _strays(revision: InstalledRevision) -> Iterator[Stray]:
    """Each GGUF file, a split one once, and the rest as a checkpoint."""
    ggufs: dict[str, int] = {}
    rest = 0
    for file in revision.files:
        if file.name.casefold().endswith(".gguf"):
            first = shards(file.name)[0]
            ggufs[first] = ggufs.get(first, 0) + file.size
        else:
            rest += file.size
    if rest and not ggufs:
        yield Stray(f"hf:{revision.repo}", rest)
    yield from (Stray(f"hf:{revision.repo}:{name}", size) for name, size in ggufs.items())


def rows(catalog: Catalog, machine: Machine, shelves: Shelves) -> tuple[Row, ...]:
    """All entries, in the order of the catalogue."""
    return tuple(row(entry, machine, shelves) for entry in catalog.entries)


def row(entry: Entry, machine: Machine, shelves: Shelves, name: str = "") -> Row:
    """One entry, in a form of this name (else as ``Row`` says)."""
    here = {
        variant.name: path
        for variant in entry.variants
        if (path := shelves.located(entry.spec(variant))) is not None
    }
    wanted = name or (entry.default if entry.default in here else next(iter(here), entry.default))
    variant = entry.variant(wanted)
    assert variant is not None
    spec = entry.spec(variant)
    path = here.get(variant.name)
    if path is not None:
        spec = replace(spec, source=FileSource(str(path)))
    plan, trouble = _plan(spec, machine)
    size = plan.weight_bytes if plan else 0
    return Row(
        entry=entry,
        variant=variant,
        here=tuple(here),
        size=size if path is None else bytes_of(path),
        plan=plan,
        trouble=trouble,
    )


def _plan(spec: ModelSpec, machine: Machine) -> tuple[MemoryPlan | None, Text | None]:
    """How it would fit.  A listing asks no server: its runtime's own plan would."""
    if isinstance(spec.source, OllamaSource | ServerSource):
        because = Text(NOT_ASKED.en, NOT_ASKED.zh, (spec.id,))
        return remote_plan(Wish(), spec.shape.context if spec.shape else 0, (because,)), None
    try:
        return registry.runtime(spec.runtime).plan(spec, machine, Wish()), None
    except RuntimeFailure as failure:
        return None, failure.message


def bytes_of(path: Path) -> int:
    """What a GGUF file with all of its shards, or a checkpoint's folder, takes."""
    files: Sequence[Path]
    if path.is_dir():
        files = [file for file in path.iterdir() if file.is_file()]
    else:
        files = [path.with_name(name) for name in shards(path.name)]
    return sum(file.stat().st_size for file in files if file.exists())
