"""Reading files again, to see whether they are still what they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.store import sums
from runtimes.store.digests import read_digest
from runtimes.store.names import is_taken, shards
from runtimes.store.shelf import Shelf
from runtimes.store.types import CheckedFile, FileState, HubFile
from runtimes.texts import Text

LARGEST_JSON = 64 << 20
"""Bytes of JSON that are read whole, which takes twenty times as much memory at worst; twice the
largest tokenizer that there is."""
OnCheck = Callable[[str, int, int], None]
"""Told the file, how many of its bytes are read, and how many it has."""


def checked(
    shelf: Shelf, commit: str, names: tuple[str, ...], on_check: OnCheck | None, cancel: Cancel
) -> Iterator[CheckedFile]:
    """Each file of the store with its state.

    One that is bad is not trusted any more: the next pull repairs it.
    """
    known = shelf.load().revisions[commit].files
    for name in names:
        path = shelf.path(commit, name)
        expected = CheckedFile(
            name,
            path,
            FileState.MISSING,
            expected_size=known[name].size if name in known else 0,
            expected_sha256=known[name].sha256 if name in known else "",
        )
        result = _read(expected, on_check, cancel)
        if result.state is FileState.WRONG_DIGEST:
            shelf.distrust(commit, name, cancel)
        yield result


def checked_own(path: Path, on_check: OnCheck | None, cancel: Cancel) -> Iterator[CheckedFile]:
    """The user's own files: a GGUF with its shards, or all of a checkpoint's folder.

    Where no ``SHA256SUMS`` promises anything about them, they are readable or not, and files of
    weights are as long as their headers say or not.
    """
    folder = path if path.is_dir() else path.parent
    digests = sums.promised(folder)
    names: Iterable[str] = shards(path.name)
    if path.is_dir():
        names = sorted({p.name for p in path.iterdir() if p.is_file()} | {*digests})
    for name in filter(is_taken, names):
        expected = CheckedFile(
            name, folder / name, FileState.MISSING, expected_sha256=digests.get(name, "")
        )
        yield _read(expected, on_check, cancel)


def _read(expected: CheckedFile, on_check: OnCheck | None, cancel: Cancel) -> CheckedFile:
    path = expected.path
    try:
        size = path.stat().st_size
        if expected.expected_size not in (0, size):  # 0 where it is not known
            return replace(expected, state=FileState.WRONG_SIZE, size=size)

        def report(done: int) -> None:
            if on_check is not None:
                on_check(expected.name, done, size)

        sha256 = read_digest(path, HubFile(expected.name, size), cancel, report).sha256
    except FileNotFoundError:
        return expected
    except OSError:
        return replace(expected, state=FileState.UNREADABLE)
    state = FileState.GOOD if sha256 == expected.expected_sha256 else FileState.WRONG_DIGEST
    why = None
    if not expected.expected_sha256:
        why = _damage(path)
        state = FileState.UNKNOWN if why is None else FileState.BROKEN
    return replace(expected, state=state, size=size, sha256=sha256, why=why)


def _damage(path: Path) -> Text | None:
    """What is wrong with a file by its kind alone: of weights, only the header is looked at."""
    from runtimes.ggufs import read_one
    from runtimes.memory.safetensors import tensors_of

    try:
        match path.suffix.lower():
            case ".gguf":
                read_one(path)
            case ".safetensors":
                tensors_of(path)
            case ".json" if path.stat().st_size <= LARGEST_JSON:
                json.loads(path.read_bytes())
    except RuntimeFailure as failure:
        return failure.message
    except OSError:  # it is gone by now
        return None
    except (ValueError, RecursionError):
        return Text("it is no JSON", "它不是 JSON")
    return None
