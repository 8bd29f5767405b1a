"""Folders that lie, lack or attack: refused with the reason, and nothing in them is run."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from checkpoint_micro import MICRO, copied, opened, plan, spec

from runtimes.base import Cancel
from runtimes.checkpoint.folder import LARGEST_JSON, examine
from runtimes.errors import Damaged, EngineFailed, NotFound, RuntimeFailure, Unsupported
from runtimes.types import HubSource, LoadOptions, LoadProgress

Spoil = Callable[[Path], object]


def configured(**changes: object) -> Spoil:
    """Changes fields of config.json; ``None`` takes one away."""

    def spoil(folder: Path) -> None:
        file = folder / "config.json"
        made = {**json.loads(file.read_text(encoding="utf-8")), **changes}
        kept = {name: value for name, value in made.items() if value is not None}
        file.write_text(json.dumps(kept), encoding="utf-8")

    return spoil


def written(name: str, text: str) -> Spoil:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def without(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def pickled(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def indexed(weights: object) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / "model.safetensors").rename(folder / "part.safetensors")
        index = json.dumps({"metadata": {}, "weight_map": weights})
        (folder / "model.safetensors.index.json").write_text(index, encoding="utf-8")

    return spoil


def cut(share: float) -> Spoil:
    def spoil(folder: Path) -> None:
        file = folder / "model.safetensors"
        data = file.read_bytes()
        file.write_bytes(data[: int(len(data) * share)])

    return spoil


def headed(change: Callable[[dict[str, dict[str, object]]], object]) -> Spoil:
    """Changes the header of the weights."""

    def spoil(folder: Path) -> None:
        file = folder / "model.safetensors"
        data = file.read_bytes()
        (length,) = struct.unpack("<Q", data[:8])
        header = json.loads(data[8 : 8 + length])
        change(header)
        made = json.dumps(header).encode()
        file.write_bytes(struct.pack("<Q", len(made)) + made + data[8 + length :])

    return spoil


def lengthened(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(struct.pack("<Q", 2**60) + file.read_bytes()[8:])


NORM = "model.norm.weight"
AT_A_GLANCE: tuple[tuple[str, Spoil, type[RuntimeFailure]], ...] = (
    ("no config", without("config.json"), Damaged),
    ("config is no JSON", written("config.json", "{"), Damaged),
    ("config is a list", written("config.json", "[]"), Damaged),
    ("config too deep", written("config.json", "[" * 100_000), Damaged),
    ("config too long", written("config.json", " " * (LARGEST_JSON + 1)), Damaged),
    ("a million layers", configured(num_hidden_layers=10**6), Damaged),
    ("no layers", configured(num_hidden_layers=0), Damaged),
    ("absurd width", configured(hidden_size=2**40), Damaged),
    ("absurd width inside", configured(text_config={"vocab_size": 2**40}), Damaged),
    ("no tokenizer", without("tokenizer.json"), Damaged),
    ("no weights", without("model.safetensors"), Damaged),
    ("only pickles", pickled, Unsupported),
    ("an adapter", written("adapter_config.json", "{}"), Unsupported),
    ("a shard elsewhere", indexed({"a": "../../part.safetensors"}), Damaged),
    ("a shard that is a pickle", indexed({"a": "part.bin"}), Damaged),
    ("a shard that is missing", indexed({"a": "other.safetensors"}), Damaged),
    ("an index of nothing", indexed({}), Damaged),
    ("an index of lists", indexed({"a": ["part.safetensors"]}), Damaged),
)
ON_LOADING: tuple[tuple[str, Spoil, type[RuntimeFailure]], ...] = (
    ("cut weights", cut(0.5), Damaged),
    ("cut header", cut(0.0005), Damaged),
    ("empty weights", cut(0.0), Damaged),
    ("a header longer than the file", lengthened, Damaged),
    ("a missing tensor", headed(lambda h: h.update({"other": h.pop(NORM)})), Damaged),
    ("another shape", headed(lambda h: h[NORM].update(shape=[64, 2])), Damaged),
    ("wrong offsets", headed(lambda h: h[NORM].update(data_offsets=[0, 2**40])), Damaged),
    ("wider than its weights", configured(intermediate_size=2**23), Damaged),
    ("more layers than weights", configured(num_hidden_layers=5), Damaged),
    ("an unknown kind", configured(model_type="own", auto_map={"AutoConfig": "x.Y"}), Unsupported),
    ("no language model", configured(model_type="vit"), Unsupported),
    ("heads that do not divide", configured(num_attention_heads="2"), Damaged),
    ("a tokenizer that is none", written("tokenizer.json", "{}"), Damaged),
    ("a tokenizer that is no JSON", written("tokenizer.json", "x"), Damaged),
    ("no template", written("tokenizer_config.json", "{}"), Unsupported),
    ("unknown quantisation", configured(quantization_config={"quant_method": "own"}), Unsupported),
)


@pytest.mark.parametrize(
    ("spoil", "failure"), [c[1:] for c in AT_A_GLANCE], ids=[c[0] for c in AT_A_GLANCE]
)
def test_a_bad_folder_is_refused_at_a_glance(
    spoil: Spoil, failure: type[RuntimeFailure], tmp_path: Path
) -> None:
    folder = copied(tmp_path / "bad")
    spoil(folder)
    with pytest.raises(failure) as caught:
        examine(folder)
    assert caught.value.message.zh


@pytest.mark.parametrize(
    ("spoil", "failure"), [c[1:] for c in ON_LOADING], ids=[c[0] for c in ON_LOADING]
)
def test_a_bad_folder_is_refused_on_loading(
    spoil: Spoil, failure: type[RuntimeFailure], tmp_path: Path
) -> None:
    folder = copied(tmp_path / "bad")
    spoil(folder)
    with pytest.raises(failure):
        opened(spec(folder))


def test_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        examine(tmp_path / "nowhere")
    with pytest.raises(NotFound):
        examine(MICRO / "config.json")


def test_code_that_comes_with_a_folder_is_never_run(tmp_path: Path) -> None:
    folder = copied(tmp_path / "model")
    touched = tmp_path / "touched"
    code = f"import pathlib\npathlib.Path({str(touched)!r}).touch()\n"
    (folder / "evil.py").write_text(code, encoding="utf-8")
    names = ("AutoConfig", "AutoModelForCausalLM", "AutoTokenizer")
    auto = dict.fromkeys(names, "evil.Evil")
    configured(auto_map=auto)(folder)
    file = folder / "tokenizer_config.json"
    made = {**json.loads(file.read_text(encoding="utf-8")), "auto_map": auto}
    file.write_text(json.dumps(made), encoding="utf-8")
    opened(spec(folder)).close()
    assert not touched.exists()


def test_shards_of_an_index_are_loaded(tmp_path: Path) -> None:
    folder = copied(tmp_path / "model")
    with (folder / "model.safetensors").open("rb") as weights:
        (length,) = struct.unpack("<Q", weights.read(8))
        names = [name for name in json.loads(weights.read(length)) if name != "__metadata__"]
    indexed(dict.fromkeys(names, "part.safetensors"))(folder)
    opened(spec(folder)).close()


def test_a_model_that_is_not_here_must_be_pulled_first() -> None:
    from dataclasses import replace

    from runtimes.checkpoint.engine import load_here

    with pytest.raises(Unsupported, match="not on this disk"):
        load_here(
            replace(spec(), source=HubSource("a/b", "main")),
            plan(),
            LoadOptions(),
            lambda _p: None,
            Cancel(),
        )


@pytest.mark.parametrize("stage", [0.0, 0.1, 0.15, 0.5])
def test_loading_can_be_stopped_at_every_stage(stage: float) -> None:
    from runtimes.checkpoint.engine import load_here

    cancel = Cancel()
    seen: list[float] = []

    def progress(event: LoadProgress) -> None:
        seen.append(event.fraction)
        if event.fraction >= stage:
            cancel.set()

    with pytest.raises(EngineFailed, match="stopped"):
        load_here(spec(), plan(), LoadOptions(threads=1), progress, cancel)
    assert seen == sorted(seen)
    assert seen[-1] < 1


def test_progress_rises_to_the_end() -> None:
    from runtimes.checkpoint.engine import load_here

    seen: list[float] = []
    load_here(
        spec(), plan(), LoadOptions(threads=1), lambda p: seen.append(p.fraction), Cancel()
    ).close()
    assert seen == sorted(seen)
    assert seen[0] == 0
    assert seen[-1] == 1
    assert len(seen) > 20
