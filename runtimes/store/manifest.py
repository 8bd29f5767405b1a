"""What the store remembers of a repository: pinned commits, and a digest for each file.

A JSON file beside the revisions.  It is written whole and put in place in one step.  A damaged
one counts as absent: the next pull reads the files again and writes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from runtimes.errors import DownloadFailed
from runtimes.files import replace_file
from runtimes.store.names import COMMIT, SHA256, safe_name

NAME = "manifest.json"
CHECKPOINT = ""
"""What is asked for where no file is named."""
_FORMAT = 2
_LARGEST = 16 << 20


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file whose digest was right when it had this time of change (nanoseconds)."""

    size: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Revision:
    """The files of one commit.

    ``chosen`` tells what a pattern meant, and (under ``CHECKPOINT``) which files were taken when
    none was named; ``when`` is the time of the last pull.
    """

    when: float
    files: Mapping[str, KnownFile]
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is known of a repository; ``pins`` are branches and the commits that they meant
    when something was pulled, the last one first."""

    repo: str
    pins: Mapping[str, tuple[str, ...]]
    revisions: Mapping[str, Revision]

    def commits(self, revision: str) -> tuple[str, ...]:
        """The commits of a revision, as far as they are settled here; the last one first."""
        return (revision,) if COMMIT.fullmatch(revision) else self.pins.get(revision, ())

    def pinned(self, revision: str, commit: str, when: float) -> Manifest:
        """With a branch fixed to a commit; what was pulled of an earlier one stays its own."""
        pins = dict(self.pins)
        if revision != commit:
            earlier = (at for at in pins.get(revision, ()) if at != commit)
            pins[revision] = (commit, *earlier)
        known = self.revisions.get(commit, Revision(when, {}))
        return replace(
            self, pins=pins, revisions={**self.revisions, commit: replace(known, when=when)}
        )

    def with_file(self, commit: str, name: str, file: KnownFile) -> Manifest:
        """With a file that is verified."""
        known = self.revisions[commit]
        changed = replace(known, files={**known.files, name: file})
        return replace(self, revisions={**self.revisions, commit: changed})

    def with_choice(self, commit: str, asked: str, names: tuple[str, ...]) -> Manifest:
        """With the names of the files that were meant."""
        known = self.revisions[commit]
        changed = replace(known, chosen={**known.chosen, asked: names})
        return replace(self, revisions={**self.revisions, commit: changed})

    def without(self, commit: str, names: frozenset[str]) -> Manifest:
        """With files forgotten; a commit that has none left goes, and with it its pins."""
        known = self.revisions[commit]
        files = {name: file for name, file in known.files.items() if name not in names}
        chosen = {asked: meant for asked, meant in known.chosen.items() if not names & {*meant}}
        revisions = {**self.revisions, commit: replace(known, files=files, chosen=chosen)}
        if not files:
            del revisions[commit]
        left = {name: tuple(filter(revisions.get, at)) for name, at in self.pins.items()}
        pins = {name: at for name, at in left.items() if at}
        return replace(self, pins=pins, revisions=revisions)


def load(folder: Path, repo: str) -> Manifest:
    """The manifest in the folder of a repository; an empty one where there is none."""
    try:
        with (folder / NAME).open("rb") as stream:
            text = stream.read(_LARGEST + 1)
        return _read(json.loads(text), repo)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, DownloadFailed):
        return Manifest(repo, {}, {})
    except RecursionError:  # JSON that is nested on purpose
        return Manifest(repo, {}, {})


def repo_of(folder: Path) -> str | None:
    """The repository whose manifest lies in a folder."""
    try:
        with (folder / NAME).open("rb") as stream:
            repo = json.loads(stream.read(_LARGEST + 1))["repo"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return repo if isinstance(repo, str) else None


def _read(data: dict[str, object], repo: str) -> Manifest:
    pins, revisions = data["pins"], data["revisions"]
    if data["format"] != _FORMAT or data["repo"] != repo:
        raise ValueError(repo)
    if not isinstance(pins, dict) or not isinstance(revisions, dict):
        raise TypeError(repo)
    if not all(isinstance(commits, list) and commits for commits in pins.values()):
        raise TypeError(pins)
    if not all(map(COMMIT.fullmatch, [*chain(*pins.values()), *revisions])):
        raise ValueError(repo)
    meant = {name: tuple(commits) for name, commits in pins.items()}
    return Manifest(repo, meant, {at: _read_revision(known) for at, known in revisions.items()})


def _read_revision(data: dict[str, object]) -> Revision:
    files, chosen = data["files"], data["chosen"]
    if not isinstance(files, dict) or not isinstance(chosen, dict):
        raise TypeError(files)
    if not all(isinstance(names, list) and names for names in chosen.values()):
        raise TypeError(chosen)
    for name in chain(files, *chosen.values()):
        safe_name(name)
    known = {name: _read_file(file) for name, file in files.items()}
    meant = {asked: tuple(names) for asked, names in chosen.items()}
    return Revision(float(str(data["when"])), known, meant)


def _read_file(data: dict[str, object]) -> KnownFile:
    size, sha256, mtime = data["size"], data["sha256"], data["mtime_ns"]
    if not (isinstance(size, int) and isinstance(mtime, int) and isinstance(sha256, str)):
        raise TypeError(data)
    if size < 0 or not SHA256.fullmatch(sha256):
        raise ValueError(data)
    return KnownFile(size, sha256, mtime)


def save(folder: Path, manifest: Manifest) -> None:
    """Write it beside the old one, then take its place."""
    data = {
        "format": _FORMAT,
        "repo": manifest.repo,
        "pins": {name: list(commits) for name, commits in manifest.pins.items()},
        "revisions": {
            commit: {
                "when": known.when,
                "chosen": {asked: list(names) for asked, names in known.chosen.items()},
                "files": {
                    name: {"size": f.size, "sha256": f.sha256, "mtime_ns": f.mtime_ns}
                    for name, f in known.files.items()
                },
            }
            for commit, known in manifest.revisions.items()
        },
    }
    replace_file(folder / NAME, json.dumps(data, ensure_ascii=False, indent=1))
