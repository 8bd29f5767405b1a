"""After the pull: what is on the disk, is it still right, and away with it."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hub import Accident, Hub
from storing import (
    FILE,
    QUICK,
    REPO,
    Watch,
    checkpoint,
    gguf,
    leftovers,
    noise,
    pull,
    quick_store,
    sealed_hub,
)

import runtimes
from runtimes.base import Cancel
from runtimes.errors import Busy, DownloadFailed, NotHere
from runtimes.store import FileState, Removal, Stage, Stopped, Store
from runtimes.store.shelf import Shelf
from runtimes.types import FileSource

DATA = noise(1_000_000)
OTHER = "model-Q8_0.gguf"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA, OTHER: noise(2_000, 5), "config.json": b"{}"})
        yield hub


@pytest.fixture
def store(hub: Hub, tmp_path: Path) -> Store:
    return quick_store(tmp_path)


def states(store: Store) -> list[FileState]:
    return [checked.state for checked in store.verify(gguf())]


def test_a_rotten_byte_is_found_and_only_its_part_comes_again(hub: Hub, store: Store) -> None:
    path = pull(store, gguf())
    status = path.stat()
    with path.open("r+b") as out:
        out.seek(400_000)
        out.write(b"\0\1\2")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # the disk says nothing
    (checked,) = store.verify(gguf())
    assert checked.state is FileState.WRONG_DIGEST
    assert checked.sha256 != checked.expected_sha256
    watch = Watch()
    assert pull(store, gguf(), watch).read_bytes() == DATA
    assert Stage.REPAIRING in {progress.stage for progress in watch.seen}
    assert states(store) == [FileState.GOOD]
    starts = [request.start for request in hub.fetched(FILE)[1:]]
    assert max(starts) <= 400_000 + QUICK.part
    assert leftovers(store) == []


@pytest.mark.parametrize("change", [-1, 1])
def test_a_file_of_the_wrong_size_is_no_model(hub: Hub, store: Store, change: int) -> None:
    path = pull(store, gguf())
    path.write_bytes(DATA[:change] if change < 0 else DATA + b"x")
    assert store.locate(gguf()) is None
    assert states(store) == [FileState.WRONG_SIZE]
    assert pull(store, gguf()).read_bytes() == DATA


def test_an_empty_file_is_no_model(hub: Hub, store: Store) -> None:
    pull(store, gguf()).write_bytes(b"")
    assert store.locate(gguf()) is None
    assert states(store) == [FileState.WRONG_SIZE]
    assert pull(store, gguf()).read_bytes() == DATA


def test_a_missing_file_is_told_and_comes_again(hub: Hub, store: Store) -> None:
    pull(store, gguf()).unlink()
    assert states(store) == [FileState.MISSING]
    assert pull(store, gguf()).read_bytes() == DATA


def test_a_folder_carried_to_another_machine_is_read_once_and_trusted(
    hub: Hub, store: Store
) -> None:
    path = pull(store, gguf())
    os.utime(path, (1, 1))
    offline = Store(store.folder, offline=True)
    assert offline.locate(gguf()) == path
    watch = Watch()
    assert pull(offline, gguf(), watch) == path
    assert Stage.CHECKING in {progress.stage for progress in watch.seen}
    again = Watch()
    pull(offline, gguf(), again)
    assert Stage.CHECKING not in {progress.stage for progress in again.seen}


def test_verify_can_be_stopped_and_needs_a_model(hub: Hub, store: Store) -> None:
    with pytest.raises(NotHere) as missing:
        list(store.verify(gguf()))
    assert missing.value.remedy is not None
    pull(store, gguf())
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Stopped):
        list(store.verify(gguf(), cancel=cancel))


def test_remove_takes_one_model_and_leaves_the_others(hub: Hub, store: Store) -> None:
    pull(store, gguf())
    other = pull(store, gguf(OTHER))
    assert store.removal(gguf(), (gguf(OTHER),)) == Removal(len(DATA))
    assert store.remove(gguf()) == len(DATA)
    assert store.locate(gguf()) is None
    assert store.locate(gguf(OTHER)) == other
    with pytest.raises(NotHere) as caught:
        store.remove(gguf())
    assert caught.value.remedy is not None
    assert "pull" not in caught.value.remedy.en
    assert store.remove(gguf("*q8_0*.gguf")) == 2_000
    assert store.installed() == ()
    assert [p.name for p in store.folder.iterdir()] == [".locks"]


def test_remove_takes_what_came_of_a_pull_that_was_stopped(hub: Hub, store: Store) -> None:
    hub.plan(FILE, Accident(times=-1, cut_at=300_000))
    with pytest.raises(DownloadFailed):
        store.pull(gguf(), Watch(), Cancel())
    assert store.disk_use().partial == 300_000
    assert store.remove(gguf()) == 300_000
    assert leftovers(store) == []


def test_remove_does_not_wait_for_a_pull_that_goes_on(hub: Hub, store: Store) -> None:
    path = pull(store, gguf())
    with Shelf(store.folder, REPO).locked(Cancel(), lambda: None):
        began = time.monotonic()
        with pytest.raises(Busy, match="being downloaded"):
            store.remove(gguf())
        assert time.monotonic() - began < 3
    assert path.exists()
    assert store.remove(gguf()) == len(DATA)


def test_a_checkpoint_and_a_file_of_one_repository_are_apart(hub: Hub, store: Store) -> None:
    hub.add(REPO, {FILE: DATA, "config.json": b"{}", "model.safetensors": noise(9_000)})
    folder = pull(store, checkpoint(REPO))
    file = pull(store, gguf())
    store.remove(checkpoint(REPO))
    assert file.exists()
    assert [p.name for p in folder.iterdir()] == [FILE]
    pull(store, checkpoint(REPO))
    store.remove(gguf())
    assert store.locate(checkpoint(REPO)) == folder


def test_other_forms_that_go_with_the_same_files_are_told(hub: Hub, store: Store) -> None:
    hub.add(REPO, {FILE: DATA, "config.json": b"{}", "model.safetensors": noise(9_000)})
    bf16, nf4 = (replace(checkpoint(REPO), id=f"m:{form}") for form in ("bf16", "nf4"))
    file = gguf("*q4_k_m.gguf", name="m:q4_k_m")
    pull(store, bf16)
    known = (bf16, nf4, file, gguf(name="same"), checkpoint("org/other"))
    assert store.removal(bf16, known).others == ("m:nf4",)
    pull(store, file)
    pull(store, gguf(name="same"))
    assert store.removal(bf16, known).others == ("m:nf4",)
    assert store.removal(file, known).others == ("same",)


def test_own_files_are_held_to_the_digests_that_lie_beside_them(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    (folder / "checkpoint").mkdir(parents=True)
    files = {"a.gguf": b"a", "b.gguf": b"b", "checkpoint/config.json": b"{}"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in files.items()]
    lines += [f"{'0' * 64} *checkpoint/gone.json", f"{'0' * 64}  checkpoint/../../up.json", "?"]
    (folder / "SHA256SUMS").write_text("\n".join(lines))

    def found(name: str) -> dict[str, FileState]:
        spec = replace(gguf(), source=FileSource(str(folder / name)))
        return {checked.name: checked.state for checked in store.verify(spec)}

    assert found("a.gguf") == {"a.gguf": FileState.GOOD}
    (folder / "b.gguf").write_bytes(b"c")
    assert found("b.gguf") == {"b.gguf": FileState.WRONG_DIGEST}
    (folder / "checkpoint" / "tokenizer.json").write_bytes(b"{}")
    assert found("checkpoint") == {
        "config.json": FileState.GOOD,
        "gone.json": FileState.MISSING,
        "tokenizer.json": FileState.UNKNOWN,
    }
    (folder / "SHA256SUMS").write_bytes(b"\xff\0" * 100)
    assert found("checkpoint/config.json") == {"config.json": FileState.UNKNOWN}


@pytest.mark.parametrize(
    "name", ["micro-q8_0.gguf", "checkpoint/model.safetensors", "checkpoint/config.json"]
)
def test_a_download_that_was_cut_is_not_called_good(
    name: str, store: Store, tmp_path: Path
) -> None:
    """A file of the user's own, of which nobody has told the digest."""
    whole = (Path(runtimes.__file__).parent / "micro" / name).read_bytes()
    own = tmp_path / Path(name).name
    spec = replace(gguf(), source=FileSource(str(own)))
    for size, state in ((len(whole), FileState.UNKNOWN), (len(whole) // 2, FileState.BROKEN)):
        own.write_bytes(whole[:size])
        (checked,) = store.verify(spec)
        assert checked.state is state
        assert (checked.why is not None) == (state is FileState.BROKEN)


def test_installed_tells_what_is_there(hub: Hub, store: Store) -> None:
    assert store.installed() == ()
    assert store.disk_use().own == 0
    path = pull(store, gguf())
    pull(store, gguf(OTHER))
    (revision,) = store.installed()
    assert (revision.repo, revision.path) == (REPO, path.parent)
    assert revision.revision == hub.repos[REPO].branches["main"]
    assert [file.name for file in revision.files] == [FILE, OTHER]
    assert revision.size == len(DATA) + 2_000
    assert all(file.complete and not file.shared for file in revision.files)
    path.unlink()
    (revision,) = store.installed()
    assert [file.complete for file in revision.files] == [False, True]
    checked = list(store.verify_revision(revision))
    assert [file.state for file in checked] == [FileState.MISSING, FileState.GOOD]
    assert store.disk_use().own >= 2_000
