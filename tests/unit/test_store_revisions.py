"""Which commit a model is read at, when the repository goes on and has other files by and by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub import Hub
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

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed, NotFound, NotHere, Offline
from runtimes.store import Store
from runtimes.store.hub import Hub as HubClient
from runtimes.types import HubSource, ModelSpec, RemoteFile

DATA = noise(300_000)
INDEX = {"metadata": {}, "weight_map": {"a": "m-1.safetensors", "b": "m-2.safetensors"}}
CHECKPOINT = {
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "model.safetensors.index.json": json.dumps(INDEX).encode(),
    "m-1.safetensors": noise(5_000, 1),
    "m-2.safetensors": noise(6_000, 2),
}


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA, "other.gguf": b"GGUF"})
        hub.add("org/model", CHECKPOINT)
        yield hub


@pytest.fixture
def store(hub: Hub, tmp_path: Path) -> Store:
    return quick_store(tmp_path)


def test_a_branch_is_pinned_to_the_commit_of_the_first_pull(hub: Hub, store: Store) -> None:
    first = pull(store, gguf())
    hub.add(REPO, {FILE: noise(10, 9)})
    assert pull(store, gguf()) == first
    assert first.read_bytes() == DATA


def test_a_first_pull_of_a_file_that_is_not_there_pins_nothing(hub: Hub, store: Store) -> None:
    with pytest.raises(NotHere, match="late"):
        store.pull(gguf("late.gguf"), Watch(), Cancel())
    hub.add(REPO, {FILE: DATA, "late.gguf": b"GGUF"})
    assert pull(store, gguf("late.gguf")).read_bytes() == b"GGUF"


def test_a_file_that_was_added_later_comes_from_its_own_commit(hub: Hub, store: Store) -> None:
    first = pull(store, gguf())
    later = hub.add(REPO, {FILE: noise(10, 9), "late-Q8_0.gguf": b"GGUF"})
    for named in ("late-Q8_0.gguf", "*q8_0.gguf"):
        there = pull(store, gguf(named))
        assert later in there.parts
        assert store.locate(gguf(named)) == there
    offline = Store(store.folder, offline=True)
    assert offline.locate(gguf()) == pull(offline, gguf()) == first
    assert first.read_bytes() == DATA
    first.write_bytes(b"bad")
    assert pull(store, gguf()) == first  # repaired, not replaced by what the branch has now
    assert first.read_bytes() == DATA
    store.remove(gguf())
    assert store.locate(gguf("late-Q8_0.gguf")) is not None
    assert pull(store, gguf()).read_bytes() == noise(10, 9)


def test_a_checkpoint_that_was_mended_later_can_be_pulled(hub: Hub, store: Store) -> None:
    broken = {name: data for name, data in CHECKPOINT.items() if name != "m-2.safetensors"}
    hub.add("org/model", broken)
    with pytest.raises(DownloadFailed):
        store.pull(checkpoint(), Watch(), Cancel())
    hub.add("org/model", CHECKPOINT)
    assert (pull(store, checkpoint()) / "m-2.safetensors").is_file()


def test_a_commit_that_is_gone_from_the_hub_pins_nobody(hub: Hub, store: Store) -> None:
    first = pull(store, gguf())
    hub.add(REPO, {"late.gguf": b"GGUF"})
    del hub.repos[REPO].commits[first.parent.name]
    assert pull(store, gguf("late.gguf")).read_bytes() == b"GGUF"
    assert store.locate(gguf()) == first


def test_a_digest_of_a_later_catalogue_is_found_at_the_later_commit(hub: Hub, store: Store) -> None:
    pull(store, gguf())
    new = noise(10, 9)
    hub.add(REPO, {FILE: new})
    wanted = RemoteFile(FILE, len(new), hashlib.sha256(new).hexdigest())
    assert pull(store, gguf(wanted)).read_bytes() == new


def test_what_a_new_commit_has_in_common_does_not_come_again(hub: Hub, store: Store) -> None:
    first = pull(store, gguf())
    later = hub.add(REPO, {FILE: DATA, "README.md": b"new"})
    second = pull(store, gguf(revision=later))
    assert second.samefile(first)
    assert len(hub.fetched(FILE)) == 1
    assert store.remove(gguf()) == len(DATA)


def test_a_header_can_be_read_before_anything_is_pulled(hub: Hub, store: Store) -> None:
    source = gguf().source
    assert isinstance(source, HubSource)
    with store.remote(source, Cancel()) as remote:
        file = remote.listing.find(FILE)
        assert file is not None
        assert remote.read_at(file)(10, 90) == DATA[10:100]
    assert not store.folder.exists()


def test_the_commit_that_a_pull_would_take_is_read(hub: Hub, store: Store) -> None:
    first = pull(store, gguf())
    later = hub.add(REPO, {FILE: noise(10, 9), "late.gguf": b"GGUF"})
    for spec, commit in ((gguf(), first.parent.name), (gguf("late.gguf"), later)):
        assert isinstance(spec.source, HubSource)
        with store.remote(spec.source, Cancel()) as remote:
            assert remote.listing.commit == commit
    with pytest.raises(NotHere), store.remote(HubSource("org/none", "main"), Cancel()):
        pass


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_the_hubs_own_variables_forbid_every_way_to_it(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "1")
    with pytest.raises(Offline), store.remote(HubSource(REPO, "main"), Cancel()):
        pass
    with pytest.raises(Offline, match=variable):
        HubClient(None, QUICK)
    assert hub.requests == []


@pytest.mark.parametrize(
    "spec",
    [gguf(repo="org/none"), gguf(revision="none"), gguf("none.gguf"), gguf("*none*.gguf")],
    ids=["repository", "revision", "file", "pattern"],
)
def test_what_is_not_there_is_told(hub: Hub, store: Store, spec: ModelSpec) -> None:
    with pytest.raises(NotHere):
        store.pull(spec, Watch(), Cancel())
    assert leftovers(store) == []
    assert store.installed() == ()


def test_what_is_no_name_is_no_missing_thing(hub: Hub, store: Store) -> None:
    for spec in (gguf(repo="../up"), gguf("*.gguf")):  # the pattern means several
        with pytest.raises(NotFound) as wrong:
            store.pull(spec, Watch(), Cancel())
        assert not isinstance(wrong.value, NotHere)
