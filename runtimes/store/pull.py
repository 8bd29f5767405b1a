"""One pull, from the question what is needed to the last verified file."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from runtimes.base import Cancel
from runtimes.errors import DiskFull, DownloadFailed, NotHere, Offline, Unsupported
from runtimes.files import private_folder
from runtimes.store import cache, choice
from runtimes.store.digests import Digest, read_digest
from runtimes.store.download import Download, Line
from runtimes.store.hub import Hub
from runtimes.store.manifest import CHECKPOINT, KnownFile
from runtimes.store.meter import Meter
from runtimes.store.names import check_names
from runtimes.store.revisions import listed, settled
from runtimes.store.shelf import Shelf, is_unchanged
from runtimes.store.types import HubFile, Listing, Stage, Tuning, bytes_text
from runtimes.texts import Text
from runtimes.types import HubSource, ModelSpec

_SPARE = 64 << 20
"""Bytes that a pull leaves free on the disk."""


class Pull:
    """The pull of one model.  ``hub`` is ``None`` where the network must not be used."""

    def __init__(
        self, shelf: Shelf, hub: Hub | None, tuning: Tuning, meter: Meter, cancel: Cancel
    ) -> None:
        self._shelf = shelf
        self._hub = hub
        self._tuning = tuning
        self._meter = meter
        self._cancel = cancel
        self._stack = ExitStack()
        self._line: Line | None = None

    def run(self, spec: ModelSpec, source: HubSource) -> tuple[str, tuple[str, ...]]:
        """Bring all files; the result is the commit and their names."""
        with self._shelf.locked(self._cancel, self._meter.queued), self._stack:
            if done := self._settled(source):
                return done
            listing = self._listing(spec, source)
            meant = choice.meaning(source, listing.names)
            if source.files:
                names = chain.from_iterable(meant.values())
                files = choice.chosen_by_name(source, names, listing)
            else:
                files = self._checkpoint(spec, listing)
                meant = {CHECKPOINT: tuple(file.name for file in files)}
            check_names(file.name for file in files)
            self._remember(source.revision, listing)  # only now: all that is asked for is there
            self._bring(listing, files)
            known = self._shelf.load()
            for asked, parts in meant.items():
                known = known.with_choice(listing.commit, asked, parts)
            self._shelf.save(known)
            return listing.commit, tuple(file.name for file in files)

    def _remember(self, revision: str, listing: Listing) -> None:
        """The commit, and that the revision means it."""
        self._shelf.save(self._shelf.load().pinned(revision, listing.commit, time.time()))

    def _bring(self, listing: Listing, files: Sequence[HubFile]) -> None:
        self._check_room(listing, files)
        self._meter.begin(sum(file.size for file in files))
        for file in files:
            self._obtain(listing, file)
            self._meter.finish(file.size)

    # --- what is there ---------------------------------------------------------------------

    def _settled(self, source: HubSource) -> tuple[str, tuple[str, ...]] | None:
        """The answer without asking anybody, where all is here and right."""
        known = self._shelf.load()
        there = settled(source, known)
        if there is None:
            return None
        commit, names = there
        revision = known.revisions[commit]
        claimed = {file.name: file.sha256 for file in source.files}
        if any(claimed.get(name) not in (None, revision.files[name].sha256) for name in names):
            return None
        self._meter.begin(sum(revision.files[name].size for name in names))
        for name in names:
            if not self._is_good(commit, name, revision.files[name]):
                return None
            self._meter.finish(revision.files[name].size)
        return commit, names

    def _is_good(self, commit: str, name: str, known: KnownFile) -> bool:
        """By its time of change; where that is another, by reading it."""
        path = self._shelf.path(commit, name)
        if is_unchanged(path, known):
            return True
        if not path.is_file() or path.stat().st_size != known.size:
            return False
        digest = self._read(path, HubFile(name, known.size, known.sha256))
        if digest is not None:
            self._shelf.remember(commit, name, digest.sha256)
        return digest is not None

    def _read(self, path: Path, file: HubFile) -> Digest | None:
        """The digest of a file that is what it should be; ``None`` for another."""
        self._meter.start(file.name)
        try:
            digest = read_digest(
                path, file, self._cancel, lambda n: self._meter.report(Stage.CHECKING, n)
            )
        except OSError:  # an unreadable copy is no copy
            return None
        return digest if digest.fits and path.stat().st_size == file.size else None

    # --- what is needed --------------------------------------------------------------------

    def _listing(self, spec: ModelSpec, source: HubSource) -> Listing:
        if spec.runtime == "llamacpp" and not source.files:
            raise Unsupported(
                Text("{0}: no file is named", "{0}：没有指定文件", (source.repo,)),
                Text(
                    "name one of its GGUF files: hf:{0}:FILE",
                    "请指定其中一个 GGUF 文件：hf:{0}:文件",
                    (source.repo,),
                ),
            )
        if self._hub is None:
            try:
                return listed(source, self._shelf.load(), lambda at: self._cached(spec, source, at))
            except (NotHere, Unsupported) as wrong:  # a cache may hold just some of the files
                raise offline(spec.id) from wrong
        self._meter.report(Stage.ASKING, 0)
        hub, cancel, waiting = self._hub, self._cancel, self._meter.waiting
        return listed(
            source,
            self._shelf.load(),
            lambda revision: hub.listing(source.repo, revision, cancel, waiting),
        )

    def _cached(self, spec: ModelSpec, source: HubSource, revision: str) -> Listing:
        found = cache.listing(source.repo, revision)
        if found is None:
            raise offline(spec.id)
        return found

    def _checkpoint(self, spec: ModelSpec, listing: Listing) -> tuple[HubFile, ...]:
        """The files of a checkpoint; its index comes first, as it names the weights."""
        small, index = choice.configuration(listing), listing.find(choice.INDEX)
        path = None
        if index is not None:
            check_names([index.name])
            self._remember(listing.commit, listing)  # without a pin: its weights may be missing
            path = self._obtain(listing, index)
        if self._hub is None and not choice.is_loadable(listing, path):
            raise offline(spec.id)
        return (*small, *choice.weights(listing, path))

    def _check_room(self, listing: Listing, files: Sequence[HubFile]) -> None:
        """Is there room on the disk for all that must come?  Raises ``DiskFull``."""
        need = sum(self._missing_bytes(listing, file) for file in files)
        private_folder(self._shelf.folder)
        free = shutil.disk_usage(self._shelf.folder).free
        if need and need + _SPARE > free:
            raise DiskFull(
                Text(
                    "{0} are needed on this disk, {1} are free ({2})",
                    "需要 {0} 磁盘空间，仅剩 {1}（{2}）",
                    (bytes_text(need + _SPARE), bytes_text(free), str(self._shelf.folder)),
                ),
                Text(
                    "remove a model (assistant rm ID), or put the models on another disk "
                    "(ASSISTANT_HOME)",
                    "删除某个模型（assistant rm ID），或把模型放到其他磁盘（ASSISTANT_HOME）",
                ),
            )

    def _missing_bytes(self, listing: Listing, file: HubFile) -> int:
        place, partial = self._shelf.path(listing.commit, file.name), self._shelf.partial(file)
        if place.exists() or any(self._copies(listing, file)):
            return 0
        return file.size - min(file.size, partial.stat().st_size if partial.exists() else 0)

    # --- how it comes ----------------------------------------------------------------------

    def _obtain(self, listing: Listing, file: HubFile) -> Path:
        """Have a file in its place, verified: from here, from a cache, or from the hub."""
        shelf, commit = self._shelf, listing.commit
        place = shelf.path(commit, file.name)
        self._meter.start(file.name)
        known = shelf.load().revisions[commit].files.get(file.name)
        if (
            known
            and (known.size, file.sha256 or known.sha256) == (file.size, known.sha256)
            and is_unchanged(place, known)
        ):
            return place
        if place.exists() or place.is_symlink():
            if digest := self._read(place, file):
                shelf.remember(commit, file.name, digest.sha256)
                return place
            shelf.set_aside(commit, file)
        for copy in self._copies(listing, file):
            if digest := self._read(copy, file):
                shelf.share(copy, commit, file.name)
                shelf.remember(commit, file.name, digest.sha256)
                return place
        sha256 = self._download(listing, file)
        shelf.put(shelf.partial(file), commit, file.name)
        shelf.remember(commit, file.name, sha256)
        return place

    def _copies(self, listing: Listing, file: HubFile) -> Iterable[Path]:
        """Places where the same content may lie already."""
        yield from self._own_copies(listing.commit, file)
        yield from cache.copies(listing.repo, listing.commit, file)

    def _own_copies(self, commit: str, file: HubFile) -> Iterator[Path]:
        for other, revision in self._shelf.load().revisions.items():
            known = revision.files.get(file.name)
            same = known is not None and known.sha256 == file.sha256
            if other != commit and same:
                path = self._shelf.path(other, file.name)
                if path.is_file() and path.stat().st_size == file.size:
                    yield path

    def _download(self, listing: Listing, file: HubFile) -> str:
        if self._hub is None:
            raise DownloadFailed(
                Text(
                    "{0} in the Hugging Face cache is damaged, and the network must not be used",
                    "Hugging Face 缓存中的 {0} 已损坏，且不能联网",
                    (file.name,),
                ),
                Text("pull again without --offline", "去掉 --offline 后重新下载"),
            )
        if file.digest is None:
            raise DownloadFailed(
                Text("the hub gives no digest for {0}", "模型站没有给出 {0} 的摘要", (file.name,)),
                Text("use another mirror (HF_ENDPOINT)", "请改用其他镜像（HF_ENDPOINT）"),
            )
        if self._line is None:
            client = self._stack.enter_context(self._hub.web.client())
            self._line = Line(
                self._hub, client, self._hub.headers(), self._tuning, self._cancel, self._meter
            )
        partial = self._shelf.partial(file)
        return Download(self._line, listing.repo, listing.commit, file, partial).run()


def offline(name: str) -> Offline:
    """What is not here cannot come."""
    return Offline(
        Text(
            "{0} is not on this machine, and the network must not be used",
            "本机没有 {0}，且不能联网",
            (name,),
        ),
        Text(
            "pull it without --offline, or carry the folder of models over from another machine",
            "去掉 --offline 下载，或从其他机器复制模型文件夹",
        ),
    )
