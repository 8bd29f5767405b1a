"""The words of the store: progress of a pull, what is on disk, what a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from runtimes.errors import DownloadFailed
from runtimes.texts import Text


class Stage(StrEnum):
    """What a pull is busy with."""

    HERE = "here"
    """With nothing: what is looked for is on the disk, and unchanged."""
    ASKING = "asking"
    """The hub, about the files and their digests."""
    QUEUED = "queued"
    """Another pull of the same repository goes first."""
    WAITING = "waiting"
    """The hub asked for patience, or the connection broke and is tried again."""
    CHECKING = "checking"
    """Reading what is on the disk already."""
    FETCHING = "fetching"
    REPAIRING = "repairing"
    """The digest was wrong: looking for the bad part and fetching it again."""


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far a pull is; ``done`` never goes back, and ends at ``total``.

    Both count the bytes of all files of the model.  ``total`` is 0 until the hub has said what
    there is; ``speed`` (bytes a second, over the last seconds) is ``None`` while nothing is
    measured.
    """

    stage: Stage
    file: str
    done: int
    total: int
    speed: float | None = None

    @property
    def seconds_left(self) -> float | None:
        """At this speed; ``None`` where nobody can tell."""
        return (self.total - self.done) / self.speed if self.speed else None


class Stopped(DownloadFailed):
    """The pull was cancelled; what came is kept, and the next pull goes on from there."""


class FileState(StrEnum):
    """What a check found about a file."""

    GOOD = "good"
    MISSING = "missing"
    WRONG_SIZE = "wrong size"
    WRONG_DIGEST = "wrong digest"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    """Readable, but nobody has said what its digest should be: a file of the user's own."""
    BROKEN = "broken"
    """The same, and it cannot be what its name says: it ends too early, for one."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file with what it is and what it should be; sizes in bytes, digests are SHA-256."""

    name: str
    path: Path
    state: FileState
    size: int = 0
    expected_size: int = 0
    sha256: str = ""
    expected_sha256: str = ""
    why: Text | None = None
    """What is wrong with a file that is broken."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store.

    ``shared``: its bytes belong to another place too (a Hugging Face cache), so that removing
    it frees nothing.  ``complete`` is False where it is missing or has the wrong size.
    """

    name: str
    path: Path
    size: int
    sha256: str
    shared: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class InstalledRevision:
    """One revision of a repository in the store.

    ``path`` is its folder, ``when`` the time of the last pull in seconds since the epoch.
    """

    repo: str
    revision: str
    path: Path
    when: float
    files: tuple[StoredFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class DiskUse:
    """What the store takes, in bytes; ``partial`` of it are pulls that are not finished.

    ``shared`` bytes belong to a Hugging Face cache and are not in ``own``.
    """

    own: int
    shared: int
    partial: int
    free: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal does: the bytes that it frees, and the other models that go with it
    because they are the same files."""

    freed: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """How patient a pull is, and how big its bites are; times in seconds.

    ``tries`` counts failures in a row between which nothing came.  ``patience`` is the longest
    wait that a hub may ask for.
    """

    tries: int = 6
    first_wait: float = 1.0
    longest_wait: float = 30.0
    patience: float = 300.0
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    least_speed: float = 1000.0
    """Bytes a second; over ``read_timeout`` seconds less is taken for a dead connection."""
    span: int = 8 << 30
    """Bytes of one request: content networks refuse answers of more than 50 GB."""
    part: int = 16 << 20
    """Bytes that are compared at once when a bad part is looked for."""
    sync: int = 64 << 20
    """Bytes after which the disk is waited for, so that the end comes without a pause."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file as the hub lists it.  One of the digests at least is known for a download.

    ``git_sha1`` is git's name of the content: the digest of ``blob SIZE`` and the bytes.
    """

    name: str
    size: int
    sha256: str | None = None
    git_sha1: str | None = None

    @property
    def digest(self) -> str | None:
        """The stronger of the digests that are known; it names the content."""
        return self.sha256 or self.git_sha1


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a repository at a commit."""

    repo: str
    commit: str
    files: tuple[HubFile, ...]

    def find(self, name: str) -> HubFile | None:
        """The file of that name."""
        return next((file for file in self.files if file.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(file.name for file in self.files)


def bytes_text(count: int) -> str:
    """A number of bytes as a person reads it, in powers of 1000: ``4.68 GB``."""
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 999.5:  # from there on three digits would round to 1e+03
            return f"{size:.3g} {unit}" if unit != "B" else f"{count} B"
        size /= 1000
    return f"{size:.3g} TB" if size < 999.5 else f"{size:.0f} TB"


def damaged_answer(what: str) -> DownloadFailed:
    """The hub's own words about its files make no sense."""
    return DownloadFailed(
        Text("the hub's answer cannot be used: {0}", "模型站的回答无法使用：{0}", (what,)),
        Text(
            "try again later, or another mirror (HF_ENDPOINT)",
            "请稍后重试，或改用其他镜像（HF_ENDPOINT）",
        ),
    )
