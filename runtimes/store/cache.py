"""A Hugging Face cache on this disk: what is there is not downloaded again, and never touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from runtimes.store.names import COMMIT, SHA256, is_taken
from runtimes.store.types import HubFile, Listing

_MOST_FILES = 20_000


def cache_folder() -> Path:
    """Where ``huggingface_hub`` keeps its files, by the variables that it reads."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~") / ".cache")
    home = os.environ.get("HF_HOME") or str(Path(home) / "huggingface")
    folder = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    return Path(os.path.expandvars(folder or str(Path(home) / "hub"))).expanduser()


def copies(repo: str, commit: str, file: HubFile) -> Iterator[Path]:
    """Files of the cache that may have this content; their size is right, the rest is not
    looked at."""
    from huggingface_hub import try_to_load_from_cache

    folder = cache_folder()
    found = try_to_load_from_cache(repo, file.name, cache_dir=folder, revision=commit)
    places = [Path(found)] if isinstance(found, str) else []
    if file.digest:
        places.append(_repo_folder(folder, repo) / "blobs" / file.digest)
    for place in places:
        try:
            real = place.resolve(strict=True)
            if real.is_file() and real.stat().st_size == file.size:
                yield real
        except OSError:
            continue


def listing(repo: str, revision: str) -> Listing | None:
    """What the cache holds of a revision: for a pull without a network.

    The digests are those by which the cache names its blobs; where it has no such names
    (Windows without links), none is known.
    """
    folder = _repo_folder(cache_folder(), repo)
    try:
        commit = revision
        if not COMMIT.fullmatch(revision):
            commit = (folder / "refs" / revision).read_text(encoding="ascii")[:41].strip()
        if not COMMIT.fullmatch(commit):
            return None
        snapshot = folder / "snapshots" / commit
        files = []
        for count, path in enumerate(snapshot.rglob("*")):
            if count > _MOST_FILES:
                return None
            name = path.relative_to(snapshot).as_posix()
            if is_taken(name) and path.is_file():
                files.append(_cached_file(name, path))
    except (OSError, UnicodeError):
        return None
    return Listing(repo, commit, tuple(sorted(files, key=lambda file: file.name)))


def _cached_file(name: str, path: Path) -> HubFile:
    digest = path.readlink().name if path.is_symlink() else ""
    return HubFile(
        name,
        path.stat().st_size,
        digest if SHA256.fullmatch(digest) else None,
        digest if COMMIT.fullmatch(digest) else None,
    )


def _repo_folder(folder: Path, repo: str) -> Path:
    return folder / f"models--{repo.replace('/', '--')}"
