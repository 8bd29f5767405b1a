"""The place of one repository in the store: where its files lie, and who may change them.

FOLDER/org--name/manifest.json        digests, and the commits that branches are pinned to
FOLDER/org--name/COMMIT/…             verified files only, under their own names
FOLDER/org--name/partial/…            what is not complete or not verified yet
FOLDER/.locks/org--name.lock          held by whoever changes any of it
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed
from runtimes.files import private_folder
from runtimes.store import manifest
from runtimes.store.digests import stopped
from runtimes.store.manifest import KnownFile, Manifest
from runtimes.store.names import COMMIT, folder_name, safe_name
from runtimes.store.types import HubFile
from runtimes.texts import Text

_PARTIAL = "partial"
_POLL = 0.2


class Shelf:
    """The files of one repository."""

    def __init__(self, root: Path, repo: str) -> None:
        self.repo = repo
        self.root = root
        self.folder = root / folder_name(repo)
        self._lock = root / ".locks" / f"{self.folder.name}.lock"

    @contextmanager
    def locked(self, cancel: Cancel, waiting: Callable[[], None]) -> Iterator[None]:
        """Alone with the repository; ``waiting`` is told while another process has it.

        The lock is the system's own: it ends with the process that holds it.
        """
        from filelock import FileLock, Timeout

        private_folder(self._lock.parent)
        lock = FileLock(self._lock)
        while True:
            try:
                lock.acquire(timeout=_POLL)
                break
            except NotImplementedError as wrong:
                raise DownloadFailed(
                    Text(
                        "the disk of {0} has no locks, so two pulls could spoil each other",
                        "{0} 所在磁盘不支持文件锁，同时下载可能互相破坏",
                        (str(self.root),),
                    ),
                    Text(
                        "put the models on another disk (ASSISTANT_HOME)",
                        "把模型放到其他磁盘（ASSISTANT_HOME）",
                    ),
                ) from wrong
            except Timeout:
                waiting()
                if cancel.is_set():
                    raise stopped() from None
        try:
            yield
        finally:
            lock.release()

    def load(self) -> Manifest:
        """What is remembered."""
        return manifest.load(self.folder, self.repo)

    def save(self, changed: Manifest) -> None:
        """Remember."""
        private_folder(self.folder)
        manifest.save(self.folder, changed)

    def path(self, commit: str, name: str) -> Path:
        """Where a verified file lies.  Raises ``DownloadFailed`` for a name that is unsafe."""
        return self.folder / commit / safe_name(name)

    def partial(self, file: HubFile) -> Path:
        """Where a file grows; the name holds its digest, so that it grows from one content."""
        return self.folder / _PARTIAL / f"{safe_name(file.name)}.{(file.digest or '')[:16]}"

    def put(self, new: Path, commit: str, name: str) -> Path:
        """Move a verified file to its place, in one step."""
        place = self._room(commit, name)
        new.replace(place)
        return place

    def share(self, copy: Path, commit: str, name: str) -> Path:
        """Let a verified file of another place stand in ours too, without a second copy of its
        bytes where the system can do that."""
        place = self._room(commit, name)
        place.unlink(missing_ok=True)
        try:
            place.hardlink_to(copy)
        except OSError:
            try:
                place.symlink_to(copy)
            except OSError:  # Windows without the right to make links, on two drives
                new = self.folder / _PARTIAL / f"{safe_name(name)}.copy"
                private_folder(new.parent)
                shutil.copyfile(copy, new)
                new.replace(place)
        return place

    def _room(self, commit: str, name: str) -> Path:
        place = self.path(commit, name)
        private_folder(place.parent)
        if not place.parent.resolve().is_relative_to(self.root.resolve()):
            raise DownloadFailed(
                Text("{0} leads out of the store", "{0} 指向存储文件夹之外", (str(place.parent),))
            )
        return place

    def set_aside(self, commit: str, file: HubFile) -> None:
        """Make a bad file a partial one, to be repaired; one that is shared is only let go."""
        place, partial = self.path(commit, file.name), self.partial(file)
        if is_shared(place) or partial.exists():
            place.unlink()
        else:
            private_folder(partial.parent)
            place.replace(partial)

    def remember(self, commit: str, name: str, sha256: str) -> None:
        """A file in its place is verified."""
        status = self.path(commit, name).stat()
        known = KnownFile(status.st_size, sha256, status.st_mtime_ns)
        self.save(self.load().with_file(commit, name, known))

    def distrust(self, commit: str, name: str, cancel: Cancel) -> None:
        """A file turned out bad: the next pull must look at it, not at its time of change."""
        with self.locked(cancel, lambda: None):
            known = self.load()
            if commit in known.revisions and name in known.revisions[commit].files:
                file = replace(known.revisions[commit].files[name], mtime_ns=0)
                self.save(known.with_file(commit, name, file))

    def files(self) -> Iterator[tuple[str, str, Path]]:
        """All files, as commit (empty for a partial one), name and path."""
        if not self.folder.is_dir():
            return
        for top in self.folder.iterdir():
            if top.name == _PARTIAL or COMMIT.fullmatch(top.name):
                for path in top.rglob("*"):
                    if path.is_symlink() or path.is_file():
                        name = path.relative_to(top).as_posix()
                        partial = top.name == _PARTIAL
                        bare = name.rpartition(".")[0] if partial else name
                        yield "" if partial else top.name, bare, path

    def prune(self) -> None:
        """Remove folders that are empty, and the manifest when nothing else is left."""
        if not any(self.files()):
            (self.folder / manifest.NAME).unlink(missing_ok=True)
        for folder, _, _ in os.walk(self.folder, topdown=False):
            if not any(Path(folder).iterdir()):
                Path(folder).rmdir()


def is_unchanged(path: Path, known: KnownFile) -> bool:
    """Is it as it was when its digest was right, by size and time of change?"""
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (known.size, known.mtime_ns)


def is_shared(path: Path) -> bool:
    """Do the bytes belong to another place too?"""
    status = path.lstat()
    return stat.S_ISLNK(status.st_mode) or status.st_nlink > 1
