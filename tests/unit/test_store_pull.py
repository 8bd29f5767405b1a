"""Bringing models from a hub: what is needed comes once, is verified, and is found again."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import socket
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

from runtimes.base import Cancel
from runtimes.errors import (
    Denied,
    DiskFull,
    DownloadFailed,
    NotFound,
    NotHere,
    Offline,
    Unreachable,
    Unsupported,
)
from runtimes.store import FileState, Stage, Store
from runtimes.store.types import bytes_text
from runtimes.types import FileSource, OllamaSource, RemoteFile

DATA = noise(300_000)
SHARDS = [f"big-Q8_0-0000{n}-of-00003.gguf" for n in (1, 2, 3)]
INDEX = {"metadata": {}, "weight_map": {"a": "m-1.safetensors", "b": "m-2.safetensors"}}
CHECKPOINT = {
    "config.json": b"{}",
    "tokenizer.json": b'{"a": 1}',
    "tokenizer.model": noise(100),
    "chat_template.jinja": b"{{ x }}",
    "merges.txt": b"a b",
    "model.safetensors.index.json": json.dumps(INDEX).encode(),
    "m-1.safetensors": noise(50_000, 1),
    "m-2.safetensors": noise(60_000, 2),
    "consolidated.safetensors": noise(110_000, 3),
    "pytorch_model.bin": b"pickle",
    "modeling_model.py": b"import os",
    "original/params.json": b"{}",
    "README.md": b"# model",
}


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA, "README.md": b"x", **{n: noise(9_000, 7) for n in SHARDS}})
        hub.add("org/model", CHECKPOINT)
        yield hub


@pytest.fixture
def store(hub: Hub, tmp_path: Path) -> Store:
    return quick_store(tmp_path)


def test_a_pulled_file_is_found_again_without_a_request(hub: Hub, store: Store) -> None:
    assert store.locate(gguf()) is None
    path = pull(store, gguf())
    assert path.name == FILE
    assert path.read_bytes() == DATA
    asked = len(hub.requests)
    assert store.locate(gguf()) == path
    assert pull(store, gguf()) == path
    assert len(hub.requests) == asked


@pytest.mark.parametrize("named", [SHARDS[0], SHARDS[2], "*q8_0*.gguf"])
def test_all_shards_of_a_split_file_come(hub: Hub, store: Store, named: str) -> None:
    path = pull(store, gguf(named))
    assert path.name == SHARDS[0]
    assert sorted(p.name for p in path.parent.iterdir()) == SHARDS
    path.with_name(SHARDS[1]).unlink()
    assert store.locate(gguf(named)) is None


def test_a_missing_shard_is_told_before_anything_comes(hub: Hub, store: Store) -> None:
    hub.add(REPO, {name: noise(9_000) for name in SHARDS[:2]})
    with pytest.raises(NotFound, match="00003-of"):
        store.pull(gguf(SHARDS[0]), Watch(), Cancel())
    assert not hub.fetched(SHARDS[0])


def test_a_pattern_means_one_file_and_is_kept_offline(hub: Hub, store: Store) -> None:
    path = pull(store, gguf("*Q4_k_m*.gguf"))
    assert path.name == FILE
    assert Store(store.folder, offline=True).locate(gguf("*Q4_k_m*.gguf")) == path
    with pytest.raises(NotFound, match="like"):
        store.pull(gguf("*Q5*.gguf"), Watch(), Cancel())
    with pytest.raises(NotFound, match="several") as several:
        store.pull(gguf("*.gguf"), Watch(), Cancel())
    assert FILE in str(several.value.remedy)


def test_a_checkpoint_is_what_its_index_names_and_no_code(hub: Hub, store: Store) -> None:
    path = pull(store, checkpoint())
    came = {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob("*")}
    left = {"consolidated.safetensors", "pytorch_model.bin", "modeling_model.py", "README.md"}
    assert came == {
        name: data for name, data in CHECKPOINT.items() if name not in left and "/" not in name
    }
    assert store.locate(checkpoint()) == path
    (path / "m-2.safetensors").unlink()
    assert store.locate(checkpoint()) is None


def test_an_index_that_names_what_is_not_there_is_refused(hub: Hub, store: Store) -> None:
    hub.add("org/model", {k: v for k, v in CHECKPOINT.items() if k != "m-2.safetensors"})
    with pytest.raises(DownloadFailed, match=r"m-2\.safetensors"):
        store.pull(checkpoint(), Watch(), Cancel())
    assert not hub.fetched("m-1.safetensors")


def test_a_repository_of_pickles_is_refused_and_gguf_is_offered(hub: Hub, store: Store) -> None:
    hub.add("org/old", {"config.json": b"{}", "pytorch_model.bin": b"x", "a.gguf": b"GGUF"})
    with pytest.raises(Unsupported, match="safetensors") as refused:
        store.pull(checkpoint("org/old"), Watch(), Cancel())
    assert "a.gguf" in str(refused.value.remedy)
    with pytest.raises(DownloadFailed, match="code"):
        store.pull(gguf("pytorch_model.bin", repo="org/old"), Watch(), Cancel())


def test_what_the_catalogue_knows_for_certain_decides(hub: Hub, store: Store) -> None:
    good = RemoteFile(FILE, len(DATA), hashlib.sha256(DATA).hexdigest())
    for bad in (replace(good, sha256="0" * 64), replace(good, size=7)):
        with pytest.raises(DownloadFailed, match="catalogue"):
            store.pull(gguf(bad), Watch(), Cancel())
    assert not hub.fetched(FILE)
    assert pull(store, gguf(good)).read_bytes() == DATA
    with pytest.raises(DownloadFailed, match="catalogue"):
        store.pull(gguf(replace(good, sha256="0" * 64)), Watch(), Cancel())


def test_offline_opens_no_socket(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pull(quick_store(tmp_path), gguf())

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    store = Store(tmp_path / "models", offline=True)
    assert pull(store, gguf()) == path
    with pytest.raises(Offline):
        store.pull(gguf("other.gguf"), Watch(), Cancel())
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(Offline):
        Store(tmp_path / "models").pull(checkpoint(), Watch(), Cancel())


def test_without_a_network_the_answer_comes_at_once(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(Unreachable) as failed:
            store.pull(gguf(), Watch(), Cancel())
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize(
    "endpoint",
    [
        "nonsense",
        "ftp://host",
        "https://",
        "https://hub:99999",
        "https://hub:x",
        "https://hub:0",
        "https://[::1",
    ],
)
def test_a_mirror_that_is_no_address_is_told(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    with pytest.raises(Unreachable, match="HF_ENDPOINT is no address"):
        store.pull(gguf(), Watch(), Cancel())


@pytest.mark.parametrize(
    "endpoint", ["https://a:hush@c", "https://:hush@c", "a:hush@c", "https://a:hush/x@c:99999"]
)
def test_a_password_in_the_mirrors_address_is_the_reason_and_is_not_shown(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    with pytest.raises(Unreachable, match="password") as refused:
        store.pull(gguf(), Watch(), Cancel())
    assert "hush" not in f"{refused.value.message}{refused.value.remedy}"


def test_a_pull_that_asks_nobody_does_not_say_that_it_asks(hub: Hub, store: Store) -> None:
    pull(store, gguf())
    watch = Watch()
    pull(store, gguf(), watch)
    assert {progress.stage for progress in watch.seen} == {Stage.HERE}
    watch = Watch()
    with pytest.raises(Offline):
        Store(store.folder, offline=True).pull(checkpoint(), watch, Cancel())
    assert watch.seen == []


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (999_700_000, "1 GB"),
        (4_680_000_000, "4.68 GB"),
        (10**15, "1000 TB"),
    ],
)
def test_bytes_are_read_by_people(count: int, text: str) -> None:
    assert bytes_text(count) == text


def test_a_gated_repository_says_how_to_get_access(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repos[REPO].gated = True
    with pytest.raises(Denied, match="gated") as denied:
        store.pull(gguf(), Watch(), Cancel())
    remedy = denied.value.remedy
    assert remedy is not None
    assert remedy.args == (f"{hub.url}/{REPO}",)
    assert "HF_TOKEN" in remedy.en
    monkeypatch.setenv("HF_TOKEN", hub.token)
    assert pull(store, gguf()).read_bytes() == DATA


def test_a_private_repository_opens_to_a_token(hub: Hub, store: Store) -> None:
    hub.repos[REPO].private = True
    with pytest.raises(NotFound, match="private"):
        store.pull(gguf(), Watch(), Cancel())
    with_token = Store(store.folder, token=hub.token, tuning=QUICK)
    assert pull(with_token, gguf()).read_bytes() == DATA


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_is_wrong_is_told(hub: Hub, store: Store, status: int) -> None:
    words = "Invalid credentials in Authorization header"
    refused = Accident(status=status, headers=(("X-Error-Message", words),))
    hub.listing_accidents.append(refused)
    hub.plan(FILE, refused)
    for _ in range(2):  # once for the listing, once for the file
        with pytest.raises(Denied, match=words):
            store.pull(gguf(), Watch(), Cancel())
    assert pull(store, gguf()).read_bytes() == DATA


def test_room_on_the_disk_is_looked_at_first(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(store.folder.parent)
    small = usage._replace(free=(64 << 20) + len(DATA) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: small)
    with pytest.raises(DiskFull, match="needed"):
        store.pull(gguf(), Watch(), Cancel())
    assert not hub.fetched(FILE)
    hub.plan(FILE, Accident(times=-1, cut_at=1000))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DownloadFailed):
        store.pull(gguf(), Watch(), Cancel())
    hub.accidents.clear()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: small)
    assert pull(store, gguf()).read_bytes() == DATA  # the partial file counts


def test_a_disk_that_fills_up_keeps_what_came(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int) -> None:
        if "partial" in {p.parent.name for p in store.folder.rglob("*") if _is_open(p, file)}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _is_open(path: Path, file: int) -> bool:
        return os.path.samestat(path.stat(), os.fstat(file))

    hub.plan(FILE, Accident(pace=1_000_000))
    slow = Store(store.folder, tuning=replace(QUICK, sync=1))
    with monkeypatch.context() as patched:
        patched.setattr("runtimes.store.download.os.fsync", full)
        with pytest.raises(DiskFull):
            slow.pull(gguf(), Watch(), Cancel())
    assert len(leftovers(store)) == 1
    assert pull(store, gguf()).read_bytes() == DATA
    assert hub.fetched(FILE)[-1].start > 0


def test_own_files_are_taken_as_they_are(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "own.gguf"
    spec = replace(gguf(), source=FileSource(str(file)))
    assert store.locate(spec) is None
    with pytest.raises(NotFound):
        store.pull(spec, Watch(), Cancel())
    file.write_bytes(b"GGUF")
    assert store.pull(spec, Watch(), Cancel()) == store.locate(spec) == file
    (checked,) = store.verify(spec)
    assert (checked.state, checked.size) == (FileState.BROKEN, 4)
    with pytest.raises(Unsupported):
        store.remove(spec)
    with pytest.raises(Unsupported):
        store.pull(replace(spec, source=OllamaSource("x")), Watch(), Cancel())


def test_a_pattern_that_means_none_tells_what_there_is(hub: Hub, store: Store) -> None:
    hub.add(
        "org/other-GGUF", {"o-Q8_0.gguf": DATA, "O-00001-of-00002.gguf": b"x", "README.md": b""}
    )
    with pytest.raises(NotHere, match="no file like") as caught:
        pull(store, gguf("*Q4_K_M*.gguf", repo="org/other-GGUF"))
    assert caught.value.remedy is not None
    assert caught.value.remedy.args == ("org/other-GGUF", "O-00001-of-00002.gguf, o-Q8_0.gguf")
    hub.add("org/none", {"README.md": b""})
    with pytest.raises(NotHere) as caught:
        pull(store, gguf("*Q4_K_M*.gguf", repo="org/none"))
    assert caught.value.remedy is None
