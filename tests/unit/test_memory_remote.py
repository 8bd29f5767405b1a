"""Headers of models on a hub: a part of the file is fetched, whatever the hub does."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny_gguf
from hub import Accident, Hub
from storing import QUICK, REPO, sealed_hub
from tiny_gguf import Made, Plan, gguf, small

from runtimes.base import Cancel
from runtimes.errors import (
    Damaged,
    Denied,
    DownloadFailed,
    NotHere,
    Offline,
    RuntimeFailure,
    Unsupported,
)
from runtimes.ggufs import Gguf, parts_of
from runtimes.memory.remote import remote_checkpoint, remote_gguf
from runtimes.store import Store
from runtimes.types import HubSource, ModelSpec, RemoteFile

FILE = "m-Q8_0.gguf"
WORDS = {**tiny_gguf.LLAMA, "tokenizer.ggml.tokens": [f"token {n}" for n in range(30_000)]}
LARGE = small(
    keys=WORDS, tensors=[*small().tensors[:-1], Made("output.weight", (64, 40_000), "q8_0")]
)
DATA = gguf(LARGE)
STORE = Store(Path("/nowhere/models"), tuning=QUICK)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with sealed_hub(tmp_path, monkeypatch) as hub:
        hub.add(REPO, {FILE: DATA})
        yield hub


def asked(name: str = FILE) -> Gguf:
    return remote_gguf(STORE, HubSource(REPO, "main", (RemoteFile(name),)), Cancel())


def test_the_header_alone_is_fetched(hub: Hub) -> None:
    model = asked()
    assert model.size == len(DATA)
    assert parts_of(model).output > 2_000_000
    ranges = [r.headers["range"] for r in hub.fetched(FILE)]
    ends = [r.removeprefix("bytes=").split("-") for r in ranges]
    bytes_asked = sum(int(end) - int(start) + 1 for start, end in ends)
    assert 400_000 < bytes_asked < 1_600_000 < len(DATA)


def test_a_pattern_is_resolved(hub: Hub) -> None:
    assert asked("*q8_0*.gguf").size == len(DATA)


def test_all_shards_are_asked(hub: Hub) -> None:
    names = [f"m-{n:05d}-of-00002.gguf" for n in (1, 2)]
    parts = [
        gguf(Plan({**tiny_gguf.LLAMA, "split.no": 0, "split.count": 2}, [Made("a", (32,))])),
        gguf(Plan({"split.no": 1, "split.count": 2}, [Made("b", (32,))])),
    ]
    hub.add(REPO, dict(zip(names, parts, strict=True)))
    assert [t.name for t in asked(names[0]).tensors] == ["a", "b"]


@pytest.mark.parametrize(
    "accident",
    [
        Accident(status=500),
        Accident(status=429),
        Accident(cut_at=1000),
        Accident(wrong_range=True),
    ],
    ids=["500", "429", "cut", "wrong range"],
)
def test_an_accident_is_tried_again(hub: Hub, accident: Accident) -> None:
    hub.plan(FILE, accident)
    assert asked().size == len(DATA)


@pytest.mark.parametrize(
    "accident",
    [
        Accident(times=-1, status=500),
        Accident(times=-1, cut_at=1000),
        Accident(times=-1, wrong_range=True),
        Accident(times=-1, status=404),
        Accident(times=-1, redirect="http://example.com/m.gguf"),
        Accident(times=-1, redirect="file:///etc/passwd"),
    ],
    ids=["500", "cut", "wrong range", "404", "elsewhere", "file"],
)
def test_an_accident_without_end_is_a_failure(hub: Hub, accident: Accident) -> None:
    hub.plan(FILE, accident)
    with pytest.raises(RuntimeFailure):
        asked()


def test_a_hub_that_knows_no_ranges(hub: Hub) -> None:
    """Its beginning would do, but the rest of a long header cannot be had."""
    hub.plan(FILE, Accident(times=-1, no_ranges=True))
    with pytest.raises(DownloadFailed, match="parts of files"):
        asked()


def test_wrong_bytes_are_damage(hub: Hub) -> None:
    hub.plan(FILE, Accident(times=-1, flip=(0,)))
    with pytest.raises(Damaged):
        asked()


def test_a_gated_repository_says_so(hub: Hub) -> None:
    hub.repos[REPO].gated = True
    with pytest.raises(Denied, match="gated"):
        asked()


def test_a_file_that_is_not_there(hub: Hub) -> None:
    with pytest.raises(NotHere):
        asked("other.gguf")


def test_no_hub_is_asked_where_its_own_variables_forbid_it(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(Offline):
        asked()
    assert hub.requests == []


def test_the_commit_that_a_pull_takes_is_read(hub: Hub, tmp_path: Path) -> None:
    store = Store(tmp_path / "models", tuning=QUICK)
    source = HubSource(REPO, "main", (RemoteFile(FILE),))
    spec = ModelSpec(id="m", title="m", runtime="llamacpp", source=source)
    store.pull(spec, lambda _: None, Cancel())
    hub.add(REPO, {FILE: gguf(small())})
    assert remote_gguf(store, source, Cancel()).size == len(DATA)
    assert remote_gguf(STORE, source, Cancel()).size == len(gguf(small()))


# --- checkpoints -----------------------------------------------------------------------------


def checkpoint() -> dict[str, bytes]:
    header = json.dumps(
        {"model.layers.0.w": {"dtype": "BF16", "shape": [8, 8], "data_offsets": [0, 128]}}
    ).encode()
    config = {
        "model_type": "qwen2",
        "hidden_size": 64,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "num_hidden_layers": 1,
        "intermediate_size": 96,
        "vocab_size": 100,
        "max_position_embeddings": 4096,
    }
    return {
        "config.json": json.dumps(config).encode(),
        "model.safetensors": struct.pack("<Q", len(header)) + header + bytes(128),
    }


def test_a_checkpoint_by_its_headers(hub: Hub) -> None:
    hub.add(REPO, checkpoint())
    found = remote_checkpoint(STORE, HubSource(REPO, "main"), Cancel())
    assert found.shape.hidden == 64
    assert [t.size for t in found.tensors] == [128]


def test_a_checkpoint_without_weights(hub: Hub) -> None:
    hub.add(REPO, {"config.json": b"{}"})
    with pytest.raises(Unsupported, match="safetensors"):
        remote_checkpoint(STORE, HubSource(REPO, "main"), Cancel())
