"""The folder of a checkpoint, looked at before any engine touches it.

Everything in it comes from outside: only safetensors and JSON are read, sizes are bounded, and
nothing in it is ever run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtimes.errors import Damaged, NotFound, Unsupported
from runtimes.texts import Text

LARGEST_JSON = 4 * 2**20
LARGEST_TOKENIZER = 256 * 2**20
MOST_SHARDS = 2_000
LARGEST_NUMBER = 2**24
"""No dimension of a language model is larger."""
MOST_LAYERS = 1_000

AGAIN = Text(
    "check the files (assistant verify) or pull them again",
    "请检查文件（assistant verify）或重新下载",
)
PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")


@dataclass(frozen=True, slots=True)
class Folder:
    """A checkpoint that may be loaded.

    ``config`` is its configuration, without pointers to code.  ``method`` names the
    quantisation that its weights already have, empty for none.
    """

    path: Path
    config: dict[str, Any]
    shards: tuple[Path, ...]
    method: str
    ends: frozenset[int]


def examine(path: Path) -> Folder:
    """The folder, if it is whole and harmless.

    Raises ``NotFound``, ``Unsupported`` or ``Damaged``.
    """
    if not path.is_dir():
        raise NotFound(Text("there is no folder {0}", "没有文件夹 {0}", (path,)))
    config = read_json(path / "config.json")
    if (path / "adapter_config.json").exists():
        raise Unsupported(
            Text("{0} is an adapter, not a model", "{0} 是适配器，不是模型", (path,)),
            Text(
                "load its base model and give it with --lora",
                "请加载其基础模型，并用 --lora 指定它",
            ),
        )
    config.pop("auto_map", None)  # it points to code; ours comes with transformers
    _check_numbers(config)
    _check_tokenizer(path)
    quantised = config.get("quantization_config")
    method = quantised.get("quant_method", "bitsandbytes") if isinstance(quantised, dict) else ""
    return Folder(path, config, _shards(path), str(method).lower(), _ends(path, config))


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object of bounded size.  Raises ``Damaged``."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_JSON + 1)
    except FileNotFoundError:
        raise Damaged(Text("{0} is missing", "缺少 {0}", (path,)), AGAIN) from None
    except OSError as wrong:
        raise Damaged(Text("{0} cannot be read", "无法读取 {0}", (path,)), AGAIN) from wrong
    if len(data) > LARGEST_JSON:
        raise damaged(path, "too large")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as wrong:
        raise damaged(path, "no JSON") from wrong
    if not isinstance(value, dict):
        raise damaged(path, "no JSON object")
    return value


def damaged(path: Path, why: str) -> Damaged:
    """The failure of a file that is not what it should be."""
    return Damaged(Text("{0} is broken: {1}", "{0} 已损坏：{1}", (path, why)), AGAIN)


def _check_numbers(config: dict[str, Any]) -> None:
    """No configuration may make the engine build something absurd."""
    waiting: list[object] = [config]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            layers = value.get("num_hidden_layers")
            if isinstance(layers, int) and not 0 < layers <= MOST_LAYERS:
                raise damaged(Path("config.json"), f"num_hidden_layers is {layers}")
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise damaged(Path("config.json"), f"it holds the number {value:.3g}")


def _check_tokenizer(path: Path) -> None:
    file = path / "tokenizer.json"
    if not file.is_file():
        file = path / "tokenizer.model"
    if not file.is_file():
        raise Damaged(
            Text("{0} holds no tokenizer.json", "{0} 中没有 tokenizer.json", (path,)), AGAIN
        )
    if file.stat().st_size > LARGEST_TOKENIZER:
        raise damaged(file, "too large")


def _shards(path: Path) -> tuple[Path, ...]:
    """The files of the weights, each lying directly in the folder."""
    index = path / "model.safetensors.index.json"
    single = path / "model.safetensors"
    if single.is_file():
        return (single,)
    if not index.is_file():
        raise _no_safetensors(path)
    names = _shard_names(index)
    for name in names:
        if Path(name).name != name or not name.endswith(".safetensors"):
            raise damaged(index, f"it names {name[:80]!r}")
        if not (path / name).is_file():
            raise Damaged(Text("{0} is missing", "缺少 {0}", (path / name,)), AGAIN)
    return tuple(path / name for name in names)


def _shard_names(index: Path) -> list[str]:
    weights = read_json(index).get("weight_map")
    if not isinstance(weights, dict) or not weights:
        raise damaged(index, "no weight_map")
    if not all(isinstance(name, str) for name in weights.values()):
        raise damaged(index, "weight_map names no files")
    names = sorted(set(weights.values()))
    if len(names) > MOST_SHARDS:
        raise damaged(index, "too many files")
    return names


def _no_safetensors(path: Path) -> Unsupported | Damaged:
    if any(file.suffix in PICKLES for file in path.iterdir()):
        return Unsupported(
            Text(
                "{0} holds weights only as pickles, which can run code",
                "{0} 只含 pickle 格式的权重，它可能执行代码",
                (path,),
            ),
            Text(
                "take a revision with safetensors, or convert it on a machine that you can lose",
                "请选用含 safetensors 的版本，或在隔离的机器上转换",
            ),
        )
    return Damaged(Text("{0} holds no safetensors", "{0} 中没有 safetensors 文件", (path,)), AGAIN)


def _ends(path: Path, config: dict[str, Any]) -> frozenset[int]:
    """The tokens that end a turn, by the checkpoint's own words."""
    found: set[int] = set()
    file = path / "generation_config.json"
    for words in (read_json(file) if file.is_file() else {}, config):
        given = words.get("eos_token_id")
        ids = given if isinstance(given, list) else [given]
        found.update(i for i in ids if isinstance(i, int) and not isinstance(i, bool))
    return frozenset(found)
