"""A Hugging Face cache is found and used: nothing comes twice, and nothing of it is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hub import Hub
from storing import (
    FILE,
    REPO,
    Watch,
    checkpoint,
    gguf,
    noise,
    pull,
    quick_store,
    sealed_hub,
)

from runtimes.base import Cancel
from runtimes.errors import DownloadFailed, Offline
from runtimes.store import FileState, Store
from runtimes.store.cache import cache_folder

DATA = noise(100_000)
PARTS = {
    "config.json": b"{}",
    "tokenizer.json": b'{"model": {}}',
    "model.safetensors": noise(5_000, 2),
}


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA})
        hub.add("org/model", PARTS)
        yield hub


@pytest.fixture
def store(hub: Hub, tmp_path: Path) -> Store:
    return quick_store(tmp_path)


def cached(hub: Hub, repo: str, *names: str) -> list[Path]:
    """Files brought into the cache by the real library, from the same hub."""
    from huggingface_hub import hf_hub_download

    return [
        Path(hf_hub_download(repo, name, cache_dir=cache_folder(), endpoint=hub.url, token=False))
        for name in names
    ]


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Everything in a folder, with size and time of change."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and ".locks" not in path.parts:
            status = path.stat()
            found[str(path)] = (status.st_size, status.st_mtime_ns)
    return found


def test_the_real_library_reads_our_hub_and_we_read_its_cache(hub: Hub, store: Store) -> None:
    (file,) = cached(hub, REPO, FILE)
    assert file.read_bytes() == DATA
    before, asked = state(cache_folder()), len(hub.fetched(FILE))
    path = pull(store, gguf())
    assert path.read_bytes() == DATA
    assert len(hub.fetched(FILE)) == asked
    (revision,) = store.installed()
    assert [stored.shared for stored in revision.files] == [True]
    assert (store.disk_use().own < 10_000, store.disk_use().shared) == (True, len(DATA))
    assert store.remove(gguf()) == 0
    assert state(cache_folder()) == before


def test_other_uses_of_the_library_are_left_alone(hub: Hub, store: Store) -> None:
    pull(store, gguf())
    hub.add("org/large", {"large.gguf": bytes(33 << 20)})
    (file,) = cached(hub, "org/large", "large.gguf")  # more than we let a listing have
    assert file.stat().st_size == 33 << 20


def test_a_cached_checkpoint_is_used_without_a_network(hub: Hub, tmp_path: Path) -> None:
    cached(hub, "org/model", *PARTS)
    asked = len(hub.requests)
    store = Store(tmp_path / "models", offline=True)
    path = pull(store, checkpoint())
    assert {p.name: p.read_bytes() for p in path.iterdir()} == PARTS
    assert store.locate(checkpoint()) == path
    assert len(hub.requests) == asked


def test_what_the_cache_lacks_comes_from_the_hub(hub: Hub, store: Store) -> None:
    cached(hub, "org/model", "config.json", "model.safetensors")
    asked = len(hub.fetched("model.safetensors"))
    path = pull(store, checkpoint())
    assert {p.name: p.read_bytes() for p in path.iterdir()} == PARTS
    assert len(hub.fetched("model.safetensors")) == asked
    assert len(hub.fetched("tokenizer.json")) == 1


def test_an_incomplete_cache_is_not_enough_without_a_network(hub: Hub, tmp_path: Path) -> None:
    store = Store(tmp_path / "models", offline=True)
    for name in ("config.json", "model.safetensors"):
        cached(hub, "org/model", name)
        for spec in (gguf(), gguf("*Q4_K_M*.gguf"), checkpoint()):
            with pytest.raises(Offline):
                store.pull(spec, Watch(), Cancel())
            assert store.locate(spec) is None


def test_the_same_content_under_another_name_does_not_come_again(hub: Hub, store: Store) -> None:
    hub.add("org/model", {**PARTS, "generation_config.json": PARTS["config.json"]})
    cached(hub, "org/model", "config.json")
    path = pull(store, checkpoint())
    assert (path / "generation_config.json").read_bytes() == PARTS["config.json"]
    assert not hub.fetched("generation_config.json")


def test_a_damaged_copy_in_the_cache_is_left_and_fetched(
    hub: Hub, store: Store, tmp_path: Path
) -> None:
    (file,) = cached(hub, REPO, FILE)
    bad = b"\0" + DATA[1:]
    file.resolve().write_bytes(bad)
    offline = Store(tmp_path / "other", offline=True)
    with pytest.raises(DownloadFailed, match="damaged"):
        offline.pull(gguf(), Watch(), Cancel())
    assert offline.locate(gguf()) is None
    path = pull(store, gguf())
    assert path.read_bytes() == DATA
    assert file.read_bytes() == bad
    assert not path.samefile(file)


def test_a_shared_file_that_goes_bad_is_let_go_and_not_written_to(hub: Hub, store: Store) -> None:
    (file,) = cached(hub, REPO, FILE)
    path = pull(store, gguf())
    bad = DATA[:-1] + b"\0"
    with file.resolve().open("r+b") as out:  # in place: both names see it
        out.write(bad)
    assert [checked.state for checked in store.verify(gguf())] == [FileState.WRONG_DIGEST]
    assert pull(store, gguf()) == path
    assert path.read_bytes() == DATA
    assert file.read_bytes() == bad


def test_the_cache_may_go_and_the_model_stays(hub: Hub, store: Store) -> None:
    (file,) = cached(hub, REPO, FILE)
    path = pull(store, gguf())
    file.resolve().unlink()
    assert path.read_bytes() == DATA
    assert store.locate(gguf()) == path
    assert store.remove(gguf()) == len(DATA)


def test_a_disk_without_hard_links_gets_a_link_or_a_copy(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    (file,) = cached(hub, REPO, FILE)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = pull(store, gguf())
    assert path.is_symlink()
    assert store.remove(gguf()) == 0
    assert file.exists()
    monkeypatch.setattr(Path, "symlink_to", refuse)
    path = pull(store, gguf())
    assert not path.is_symlink()
    assert path.read_bytes() == DATA
    assert store.remove(gguf()) == len(DATA)
    assert file.exists()


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"HF_HUB_CACHE": "/a/hub", "HF_HOME": "/b"}, "/a/hub"),
        ({"HUGGINGFACE_HUB_CACHE": "/c", "HF_HOME": "/b"}, "/c"),
        ({"HF_HOME": "/b"}, "/b/hub"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/huggingface/hub"),
        ({"HOME": "/h"}, "/h/.cache/huggingface/hub"),
        ({"HOME": "/h", "HF_HOME": "~/hf"}, "/h/hf/hub"),
        ({"HF_HOME": "$ROOT/hf", "ROOT": "/r"}, "/r/hf/hub"),
    ],
)
def test_the_cache_is_where_the_library_looks(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], folder: str
) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(folder)
