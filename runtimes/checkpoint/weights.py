"""From the files of a checkpoint to a network of torch, by transformers' own classes only."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from runtimes.checkpoint import devices
from runtimes.checkpoint.failures import words
from runtimes.checkpoint.folder import Folder, damaged
from runtimes.checkpoint.precision import Precision, bits_config
from runtimes.errors import Unsupported
from runtimes.texts import Text
from runtimes.types import LoadOptions, MemoryPlan

PACKED = 16
"""Numbers that quantised weights may hold in one of their own."""

OnPart = Callable[[float], None]
"""Told how much of the weights is read, from 0 to 1; may raise to stop."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What is to be read, and how."""

    folder: Folder
    config: Any
    numbers: Precision
    plan: MemoryPlan
    options: LoadOptions
    embeds: bool = False
    """Without a head that writes: its states are wanted."""


def configuration(folder: Folder, *, embeds: bool = False) -> Any:
    """The configuration as transformers' own class for it.  Raises ``Unsupported``."""
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING, MODEL_MAPPING

    kind = str(folder.config.get("model_type", ""))
    if kind in CONFIG_MAPPING:
        config = CONFIG_MAPPING[kind].from_dict(dict(folder.config))
        known = MODEL_MAPPING if embeds else MODEL_FOR_CAUSAL_LM_MAPPING
        if type(config) in known and not (embeds and config.is_encoder_decoder):
            return config
    raise Unsupported(
        Text(
            "transformers has no text model of the kind “{0}”",
            "transformers 没有“{0}”类型的文本模型",
            (kind,),
        ),
        Text(
            "code that comes with a checkpoint is never run; take a converted one (often “-hf”)",
            "不会运行检查点自带的代码；请选用已转换的版本（名称常带“-hf”）",
        ),
    )


def stored(config: Any) -> str:
    """The dtype in which the weights lie on the disk, in torch's word."""
    return str(config.get_text_config(decoder=True).dtype or "").removeprefix("torch.")


def trained_context(config: Any) -> int | None:
    """The window that the model was trained for."""
    found = getattr(config.get_text_config(decoder=True), "max_position_embeddings", None)
    return int(found) if isinstance(found, int) else None


def tokenizer(folder: Folder) -> Any:
    """The tokenizer, exactly as its file says.

    The automatic class would build the pipeline of the model's family anew and change it.
    """
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    whole = (folder.path / "tokenizer.json").is_file()
    kind = PreTrainedTokenizerFast if whole else AutoTokenizer
    made = kind.from_pretrained(str(folder.path), local_files_only=True, trust_remote_code=False)
    if not hasattr(made, "backend_tokenizer"):
        raise Unsupported(
            Text(
                "the tokenizer of {0} is of a kind that cannot be used",
                "无法使用 {0} 的分词器类型",
                (folder.path,),
            ),
            Text("take a checkpoint with a tokenizer.json", "请选用含 tokenizer.json 的检查点"),
        )
    return made


def load(weights: Weights, on_part: OnPart) -> Any:
    """The network.  Raises ``Damaged`` where a weight is missing or of another shape."""
    import torch

    numbers, plan, folder = weights.numbers, weights.plan, weights.folder
    check(folder, weights.config, embeds=weights.embeds)
    placed = devices.device_map(plan, weights.config, embeds=weights.embeds)
    if numbers.bits and len(set(placed.values())) > 1 and "cpu" in placed.values():
        raise Unsupported(
            Text(
                "bitsandbytes cannot split layers between the GPU and the processor",
                "bitsandbytes 不能在显卡与处理器之间拆分层",
            ),
            Text("take a smaller model or a smaller context", "请选用更小的模型或更短的上下文"),
        )
    options = weights.options
    plain = options.safe_mode or options.flash_attention is False
    with _watched(on_part):
        module, report = devices.maker(embeds=weights.embeds).from_pretrained(
            str(folder.path),
            config=weights.config,
            dtype=numbers.dtype if numbers.dtype == "auto" else getattr(torch, numbers.dtype),
            device_map=placed,
            quantization_config=bits_config(numbers),
            attn_implementation="eager" if plain else None,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
    lacking = sorted(report["missing_keys"]) + sorted(map(str, report["mismatched_keys"]))
    if weights.embeds:  # made for other ends than ours, and often left out
        lacking = [name for name in lacking if not name.startswith("pooler.")]
    if lacking:
        raise damaged(folder.path, f"no weights for {', '.join(lacking[:3])}")
    return module


def check(folder: Folder, config: Any, *, embeds: bool = False) -> None:
    """Read the heads of the files: they must hold the network that the configuration describes.

    Raises ``Damaged``.  transformers would first make up what is missing, at any size.
    """
    held = _shapes(folder)
    total = sum(math.prod(shape) for shape in held.values())
    if embeds:  # what writes keeps the states' network under a name of its own
        held = {name.partition(".")[2]: shape for name, shape in held.items()} | held
    unknown = 0
    for name, tensor in devices.skeleton(config, embeds=embeds):
        shape = held.get(name)
        if shape is None:
            unknown += tensor.numel()  # it has another name in the file, or is tied
        elif shape != tuple(tensor.shape) and not folder.method:
            raise damaged(folder.path, f"{name} has the shape {shape}")
    if unknown > total * (PACKED if folder.method else 1):
        raise damaged(folder.path, "most of the weights are missing")


def _shapes(folder: Folder) -> dict[str, tuple[int, ...]]:
    """The tensors of all files; their sizes and offsets agree with the files' lengths."""
    from safetensors import SafetensorError, safe_open

    shapes: dict[str, tuple[int, ...]] = {}
    for shard in folder.shards:
        try:
            with safe_open(str(shard), framework="pt") as file:
                for name in file.keys():  # noqa: SIM118 - it is no mapping
                    shapes[name] = tuple(file.get_slice(name).get_shape())
        except SafetensorError as wrong:
            raise damaged(shard, words(wrong)) from wrong
    return shapes


class _Bar:
    """Takes the place of a progress bar of transformers."""

    def __init__(self, items: Iterable[Any], on_part: OnPart) -> None:
        self._items = list(items)
        self._on_part = on_part

    def __iter__(self) -> Iterator[Any]:
        for done, item in enumerate(self._items):
            self._on_part(done / len(self._items))
            yield item
        self._on_part(1.0)


@contextmanager
def _watched(on_part: OnPart) -> Iterator[None]:
    from transformers.utils.logging import set_tqdm_hook

    def bar(factory: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        if options.get("desc") == "Loading weights" and args:
            return _Bar(args[0], on_part)
        return factory(*args, **options)

    before = set_tqdm_hook(bar)
    try:
        yield
    finally:
        set_tqdm_hook(before)
