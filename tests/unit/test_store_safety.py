"""A hub that means harm: it gets no secret, no file outside the folder, and no endless patience."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hub import Accident, Hub
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
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
from runtimes.errors import Denied, DownloadFailed, RuntimeFailure
from runtimes.store import Store
from runtimes.store.manifest import Manifest, load
from runtimes.store.names import EMPTY_SHA256

DATA = noise(100_000)
Listing = dict[str, Any]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA})
        yield hub


@pytest.fixture
def store(hub: Hub, tmp_path: Path) -> Store:
    return quick_store(tmp_path)


def test_the_token_goes_to_the_hub_and_nowhere_else(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", hub.token)
    hub.plan(FILE, Accident(cut_at=5000))
    pull(store, gguf())
    told = {request.port for request in hub.requests if "authorization" in request.headers}
    assert told == {hub.port}
    assert {request.port for request in hub.requests} == {hub.port, hub.content_port}


def test_a_token_that_can_be_none_is_said_to_be_wrong(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", f"{hub.token}密钥")
    with pytest.raises(Denied, match="no token can hold") as caught:
        pull(store, gguf())
    assert hub.token not in str(caught.value)
    assert not hub.requests


def test_nothing_is_told_about_this_machine(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    def detect() -> None:
        raise AssertionError("the library looks around, and asks the hub what to look for")

    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", False)
    monkeypatch.setattr("huggingface_hub.utils._headers.detect_agent", detect)
    pull(store, gguf())
    assert len(hub.requests) == 3  # the listing, the file, and where it really is
    assert {request.headers["user-agent"] for request in hub.requests} == {"offline-assistant"}


def test_the_token_does_not_go_over_a_line_that_others_can_read() -> None:
    import httpx2

    from runtimes.store.web import Web

    def headers(endpoint: str, url: str) -> httpx2.Headers:
        web = Web(endpoint, QUICK)
        request = httpx2.Request("GET", url, headers={"Authorization": "Bearer x"})
        web._check_request(request)
        return request.headers

    assert "authorization" in headers("https://hub.example", "https://hub.example/a")
    assert "authorization" in headers("http://127.0.0.1:9", "http://127.0.0.1:9/a")
    assert "authorization" not in headers("http://hub.example", "http://hub.example/a")
    assert "authorization" not in headers("https://hub.example", "https://cdn.example/a")
    assert "authorization" not in headers("https://hub.example", "https://hub.example:444/a")
    for endpoint, url in (
        ("https://hub.example", "http://hub.example/a"),
        ("https://hub.example", "http://127.0.0.1/a"),
        ("http://127.0.0.1:9", "http://192.168.0.1/a"),
        ("http://hub.example", "http://127.0.0.1/a"),
        ("https://hub.example", "ftp://hub.example/a"),
        ("https://hub.example", "https://hub.example:99999/a"),
        ("https://hub.example", "https://hub.example:0/a"),
    ):
        with pytest.raises(DownloadFailed, match="unsafe address"):
            headers(endpoint, url)


@pytest.mark.parametrize(
    "target",
    [
        "http://192.0.2.1/model.gguf",
        "http://example.invalid/model.gguf",
        "file:///etc/passwd",
        "ftp://127.0.0.1/model.gguf",
        "//192.0.2.1/model.gguf",
        "http://[",
        "http://127.0.0.1:99999/model.gguf",
        "https://example.invalid:0/model.gguf",
    ],
)
def test_a_redirect_to_elsewhere_is_refused(hub: Hub, store: Store, target: str) -> None:
    hub.plan(FILE, Accident(times=-1, redirect=target))
    start = time.monotonic()
    with pytest.raises(DownloadFailed):
        store.pull(gguf(), Watch(), Cancel())
    assert time.monotonic() - start < 3
    assert store.locate(gguf()) is None


def test_redirects_in_a_circle_end(hub: Hub, store: Store) -> None:
    circle = f"{hub.content_url}/content/{REPO}/{hub.repos[REPO].branches['main']}/{FILE}"
    hub.plan(FILE, Accident(times=-1, redirect=circle))
    with pytest.raises(DownloadFailed):
        store.pull(gguf(), Watch(), Cancel())
    assert len(hub.requests) < 20


@pytest.mark.parametrize(
    "name",
    [
        "../evil.json",
        "/evil.json",
        "a/../../evil.json",
        "C:\\evil.json",
        "evil\\..\\x.json",
        "con.json",
        "CONFIG.json",
        "config.json/x.json",
    ],
)
def test_a_hostile_name_in_a_repository_stops_the_pull(
    hub: Hub, store: Store, name: str, tmp_path: Path
) -> None:
    hub.add("org/model", {"config.json": b"{}", "model.safetensors": DATA})

    def evil(listing: Listing) -> Listing:
        listing["siblings"].append({"rfilename": name, "size": 2, "blobId": "0" * 40})
        return listing

    hub.repos["org/model"].change_listing = evil
    before = sorted(tmp_path.rglob("*evil*"))
    if "/" in name:  # only files at the top belong to a checkpoint: named, it is refused
        with pytest.raises(RuntimeFailure):
            store.pull(gguf(name, repo="org/model"), Watch(), Cancel())
    else:
        with pytest.raises(DownloadFailed):
            store.pull(checkpoint(), Watch(), Cancel())
    assert sorted(tmp_path.rglob("*evil*")) == before


def _sibling(key: str, value: object) -> Callable[[Listing], Listing]:
    def change(listing: Listing) -> Listing:
        listing["siblings"][0][key] = value
        return listing

    return change


def _top(key: str, value: object) -> Callable[[Listing], object]:
    return lambda listing: {**listing, key: value}


LFS = {"sha256": hashlib.sha256(DATA).hexdigest(), "size": len(DATA), "pointerSize": 1}
LIES: dict[str, Callable[[Listing], object]] = {
    "no commit": _top("sha", None),
    "a commit that is a path": _top("sha", "../../../../evil"),
    "no files": _top("siblings", None),
    "files that are no list": _top("siblings", 7),
    "an odd date": _top("createdAt", "yesterday"),
    "a list": lambda _: [1, 2],
    "nothing": lambda _: None,
    "a negative size": _sibling("size", -1),
    "a size in words": _sibling("size", "much"),
    "a true size": _sibling("size", True),
    "no size": _sibling("size", None),
    "an empty weight": _sibling("size", 0),
    "two sizes": _sibling("lfs", {**LFS, "size": 5}),
    "the digest of nothing": _sibling("lfs", {**LFS, "sha256": EMPTY_SHA256}),
    "a digest that is a path": _sibling("lfs", {**LFS, "sha256": "../" * 21 + "x"}),
    "no digest": _top("siblings", [{"rfilename": FILE, "size": len(DATA)}]),
    "the digest of its pointer": _sibling("lfs", None),
    "a wrong digest": _sibling("lfs", {**LFS, "sha256": "0" * 64}),
    "a name that is no text": _sibling("rfilename", 5),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_listing_that_lies_makes_no_file(hub: Hub, store: Store, lie: str) -> None:
    hub.repos[REPO].change_listing = LIES[lie]
    with pytest.raises(RuntimeFailure):
        store.pull(gguf(), Watch(), Cancel())
    assert store.locate(gguf()) is None
    assert leftovers(store) == []


def test_a_listing_without_end_is_cut_off(hub: Hub, store: Store) -> None:
    hub.repos[REPO].change_listing = lambda listing: {**listing, "x": "y" * (33 << 20)}
    with pytest.raises(DownloadFailed, match="without end"):
        store.pull(gguf(), Watch(), Cancel())


def test_nested_json_does_not_break_the_program(hub: Hub, store: Store) -> None:
    nested: list[object] = []
    for _ in range(500):
        nested = [nested]
    hub.repos[REPO].change_listing = lambda listing: {**listing, "x": nested}
    pull(store, gguf())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": 1}',
        "[" * 100_000,
        '{"format": 9, "repo": "org/model-GGUF"}',
    ],
)
def test_a_damaged_manifest_is_made_anew_from_the_files(hub: Hub, store: Store, text: str) -> None:
    path = pull(store, gguf())
    (path.parents[1] / "manifest.json").write_text(text)
    assert store.locate(gguf()) is None
    assert pull(store, gguf()) == path
    assert store.locate(gguf()) == path
    assert len(hub.fetched(FILE)) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just("a" * 40),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(JSON, st.sampled_from(["pins", "revisions", "files", "chosen", "a.gguf", "when", "size"]))
def test_no_manifest_breaks_the_reader(tmp_path: Path, value: object, key: str) -> None:
    file = {"size": 1, "sha256": "0" * 64, "mtime_ns": 1}
    revision: Listing = {"when": 1.0, "chosen": {}, "files": {"a.gguf": file}}
    pins = {"main": ["a" * 40]}
    data: Listing = {"format": 2, "repo": "o/n", "pins": pins, "revisions": {"a" * 40: revision}}
    for table in (data, revision, revision["files"], file):
        if key in table:
            table[key] = value
    (tmp_path / "manifest.json").write_text(json.dumps(data))
    assert isinstance(load(tmp_path, "o/n"), Manifest)


def test_a_manifest_cannot_name_files_outside(hub: Hub, store: Store, tmp_path: Path) -> None:
    path = pull(store, gguf())
    manifest = path.parents[1] / "manifest.json"
    (tmp_path / "precious.gguf").write_bytes(b"x")
    manifest.write_text(manifest.read_text().replace(FILE, "../../../precious.gguf"))
    assert store.installed() == ()
    store.remove(gguf())
    assert (tmp_path / "precious.gguf").exists()


def test_a_folder_that_is_a_link_leads_nowhere(hub: Hub, store: Store, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    store.folder.mkdir()
    (store.folder / "org--model-GGUF").symlink_to(tmp_path / "outside", target_is_directory=True)
    with pytest.raises(DownloadFailed, match="out of the store"):
        store.pull(gguf(), Watch(), Cancel())
    assert not list((tmp_path / "outside").rglob("*.gguf"))
