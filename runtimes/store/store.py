"""The models on this disk: bring them, find them, check them, remove them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from runtimes.base import Cancel
from runtimes.errors import Busy, NotFound, NotHere, Unsupported
from runtimes.store import choice, manifest
from runtimes.store.check import OnCheck, checked, checked_own
from runtimes.store.download import writing
from runtimes.store.hub import Hub, hub_allowed
from runtimes.store.manifest import Manifest
from runtimes.store.meter import Meter, OnPull
from runtimes.store.names import check_repo, check_revision
from runtimes.store.pull import Pull, offline
from runtimes.store.remote import RemoteFiles
from runtimes.store.revisions import listed, settled
from runtimes.store.shelf import Shelf, is_shared
from runtimes.store.types import (
    CheckedFile,
    DiskUse,
    InstalledRevision,
    Removal,
    StoredFile,
    Tuning,
)
from runtimes.texts import Text
from runtimes.types import FileSource, HubSource, ModelSpec


class Store:
    """A folder of models.

    ``offline``: no socket is opened; so do ``HF_HUB_OFFLINE`` and ``TRANSFORMERS_OFFLINE``.
    ``token`` is for private and gated repositories (default: ``HF_TOKEN``, or the one that
    ``hf auth login`` has kept).  Nothing is made on the disk before something is pulled.
    """

    def __init__(
        self,
        folder: Path,
        *,
        offline: bool = False,
        token: str | None = None,
        tuning: Tuning | None = None,
    ) -> None:
        self._folder = folder
        self._offline = offline
        self._token = token
        self._tuning = tuning or Tuning()

    @property
    def folder(self) -> Path:
        """Where the models lie."""
        return self._folder

    def locate(self, spec: ModelSpec) -> Path | None:
        """The GGUF file (the first of its shards) or the folder of the checkpoint.

        ``None`` where a file is missing or too short, and for a model that is no file.
        """
        match spec.source:
            case FileSource(path):
                return Path(path) if Path(path).exists() else None
            case HubSource() as source:
                shelf, known = self._shelf(source)
                there = settled(source, known)
                if there is None:
                    return None
                commit, names = there
                files = known.revisions[commit].files
                for name in names:
                    if _size(shelf.path(commit, name)) != files[name].size:
                        return None
                return _entry(shelf, commit, names)
        return None

    def pull(self, spec: ModelSpec, on_progress: OnPull, cancel: Cancel) -> Path:
        """Have all files of a model here and verified; the result is what ``locate`` tells.

        What is here already, in the store or in a Hugging Face cache, does not come again.
        Raises ``Stopped`` when cancelled, ``Offline``, ``Unreachable``, ``NotHere``,
        ``Denied``, ``DiskFull``, ``DownloadFailed``, ``Unsupported``.
        """
        match spec.source:
            case FileSource(path):
                if not Path(path).exists():
                    raise _no_file(path)
                return Path(path)
            case HubSource() as source:
                shelf, _ = self._shelf(source)
                meter = Meter(on_progress)
                with writing(shelf.folder):
                    task = Pull(shelf, self._hub(), self._tuning, meter, cancel)
                    try:
                        commit, names = task.run(spec, source)
                    except BaseException:
                        meter.stopped()
                        raise
                return _entry(shelf, commit, names)
        raise Unsupported(
            Text("{0} is not a model that is downloaded", "{0} 不是需要下载的模型", (spec.id,))
        )

    def verify(
        self, spec: ModelSpec, on_check: OnCheck | None = None, cancel: Cancel | None = None
    ) -> Iterator[CheckedFile]:
        """Read every file of a model again, and tell for each whether it is right.

        Raises ``NotHere`` where the model is not here, ``Stopped`` when cancelled.
        """
        cancel = cancel or Cancel()
        match spec.source:
            case FileSource(path):
                if not Path(path).exists():
                    raise _no_file(path)
                yield from checked_own(Path(path), on_check, cancel)
            case HubSource() as source:
                shelf, known = self._shelf(source)
                there = settled(source, known)
                if there is None:
                    raise _not_here(spec)
                yield from checked(shelf, *there, on_check, cancel)
            case _:
                raise Unsupported(Text("{0} has no files here", "{0} 在本机没有文件", (spec.id,)))

    def verify_revision(
        self,
        revision: InstalledRevision,
        on_check: OnCheck | None = None,
        cancel: Cancel | None = None,
    ) -> Iterator[CheckedFile]:
        """The same for everything of a revision that ``installed`` has told of."""
        names = tuple(file.name for file in revision.files)
        shelf = Shelf(self._folder, check_repo(revision.repo))
        yield from checked(shelf, revision.revision, names, on_check, cancel or Cancel())

    def removal(self, spec: ModelSpec, known: Iterable[ModelSpec] = ()) -> Removal:
        """What ``remove`` would do, also to other models out of those that are ``known``: several
        forms may be read from the same files.  Raises what ``remove`` raises."""
        shelf, source = self._own(spec)
        paths = [path for _, name, path in shelf.files() if _belongs(name, source)]
        return Removal(
            sum(path.lstat().st_size for path in paths if not is_shared(path)),
            tuple(other.id for other in known if other.id != spec.id and self._goes(other, source)),
        )

    def _goes(self, spec: ModelSpec, removed: HubSource) -> bool:
        """Is a model here, with a file among those of the source?"""
        source = spec.source
        if not isinstance(source, HubSource) or source.repo != removed.repo:
            return False
        there = settled(source, self._shelf(source)[1]) if self.locate(spec) else None
        return there is not None and any(_belongs(name, removed) for name in there[1])

    def remove(self, spec: ModelSpec) -> int:
        """Remove the files of a model, of every revision, and what came of a pull that was not
        finished; the result is how many bytes that frees.

        A Hugging Face cache keeps its files.  Raises ``NotHere`` where nothing is here,
        ``Unsupported`` for files that are not the store's, ``Busy`` while a pull brings some:
        that may go on for hours.
        """
        shelf, source = self._own(spec)

        def busy() -> None:
            raise Busy(
                Text("{0} is being downloaded right now", "{0} 正在下载中", (spec.id,)),
                Text("stop that pull first, or wait for its end", "请先停止该下载，或等待其完成"),
            )

        with writing(shelf.folder), shelf.locked(Cancel(), busy):
            known, freed = shelf.load(), 0
            for commit, name, path in tuple(shelf.files()):
                if not _belongs(name, source):
                    continue
                freed += 0 if is_shared(path) else path.stat().st_size
                path.unlink()
                if commit in known.revisions:
                    known = known.without(commit, frozenset({name}))
            shelf.save(known)
            shelf.prune()
        return freed

    def _own(self, spec: ModelSpec) -> tuple[Shelf, HubSource]:
        """The place of a model that lies in the store, whole or in part."""
        if not isinstance(spec.source, HubSource):
            raise Unsupported(
                Text(
                    "{0} does not lie in the store; it is left as it is",
                    "{0} 不在模型存储中，保持不动",
                    (spec.id,),
                )
            )
        shelf, _ = self._shelf(spec.source)
        if not any(_belongs(name, spec.source) for _, name, _ in shelf.files()):
            raise NotHere(
                _not_here(spec).message,
                Text("assistant models shows what is", "assistant models 列出本机已有的模型"),
            )
        return shelf, spec.source

    def installed(self) -> tuple[InstalledRevision, ...]:
        """What is on this disk, by repository and time."""
        if not self._folder.is_dir():
            return ()
        found = []
        for folder in sorted(self._folder.iterdir()):
            repo = manifest.repo_of(folder) if folder.is_dir() else None
            if repo is not None:
                found += self._revisions(repo, folder)
        return tuple(found)

    def _revisions(self, repo: str, folder: Path) -> list[InstalledRevision]:
        try:
            shelf = Shelf(self._folder, repo)
        except NotFound:
            return []
        if shelf.folder != folder:
            return []
        found = []
        for commit, revision in shelf.load().revisions.items():
            files = []
            for name, known in sorted(revision.files.items()):
                path = shelf.path(commit, name)
                complete = _size(path) == known.size
                shared = complete and is_shared(path)
                files.append(StoredFile(name, path, known.size, known.sha256, shared, complete))
            if files:
                place = shelf.folder / commit
                found.append(InstalledRevision(repo, commit, place, revision.when, tuple(files)))
        return sorted(found, key=lambda one: one.when)

    def disk_use(self) -> DiskUse:
        """What all of it takes."""
        own = shared = partial = 0
        for top in self._folder.iterdir() if self._folder.is_dir() else ():
            for folder, _, names in os.walk(top):
                for path in (Path(folder) / name for name in names):
                    size = _size(path) or 0
                    if is_shared(path):
                        shared += size
                    else:
                        own += size
                        partial += size if "partial" in path.relative_to(top).parts[:1] else 0
        there = next((p for p in (self._folder, *self._folder.parents) if p.exists()), Path())
        return DiskUse(own, shared, partial, shutil.disk_usage(there).free)

    def remote(self, source: HubSource, cancel: Cancel) -> RemoteFiles:
        """A model's files on the hub, at the commit that a pull would take, for reading parts of
        them (their headers); use it in a ``with``.

        Raises ``Offline``, and what a pull raises where the hub has no such model.
        """
        _, known = self._shelf(source)
        hub = self._hub()
        if hub is None:
            raise offline(source.repo)
        listing = listed(
            source, known, lambda at: hub.listing(source.repo, at, cancel, lambda: None)
        )
        return RemoteFiles(hub, listing, self._tuning, cancel)

    def _hub(self) -> Hub | None:
        """The hub, or ``None`` where no socket may be opened."""
        if self._offline or not hub_allowed():
            return None
        return Hub(self._token, self._tuning)

    def _shelf(self, source: HubSource) -> tuple[Shelf, Manifest]:
        check_revision(source.revision)
        shelf = Shelf(self._folder, source.repo)
        return shelf, shelf.load()


def _belongs(name: str, source: HubSource) -> bool:
    """Is a file one of those named, or, where none is, one of a checkpoint?"""
    if not source.files:
        return not name.lower().endswith(".gguf")
    return any(choice.matches(file.name, name) for file in source.files)


def _entry(shelf: Shelf, commit: str, names: tuple[str, ...]) -> Path:
    """What a runtime loads."""
    first = shelf.path(commit, names[0])
    return first if first.suffix.lower() == ".gguf" else shelf.folder / commit


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _no_file(path: str) -> NotHere:
    return NotHere(Text("there is no {0}", "没有 {0}", (path,)))


def _not_here(spec: ModelSpec) -> NotHere:
    return NotHere(
        Text("{0} is not on this disk", "本机没有 {0}", (spec.id,)),
        Text("assistant pull {0}", "assistant pull {0}", (spec.id,)),
    )
