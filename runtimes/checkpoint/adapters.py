"""LoRA adapters of PEFT on a loaded network."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from runtimes.checkpoint.failures import loading_errors
from runtimes.checkpoint.folder import damaged, read_json
from runtimes.errors import NotFound, NotInstalled, Unsupported
from runtimes.texts import Text

NAMES = ("target_modules", "exclude_modules", "modules_to_save", "layers_pattern")
PATTERNS = ("rank_pattern", "alpha_pattern")
TAKEN = frozenset(
    (*NAMES, *PATTERNS, "r", "lora_alpha", "layers_to_transform", "bias", "lora_bias")
) | {"fan_in_fan_out", "use_rslora", "use_dora"}
"""What a configuration may say about how its weights are applied."""
LEFT = frozenset(
    """
    peft_type peft_version task_type base_model_name_or_path revision inference_mode auto_mapping
    megatron_core runtime_config lora_dropout init_lora_weights loftq_config eva_config
    corda_config lora_ga_config qalora_group_size ensure_weight_tying
    """.split()
)
"""What matters in training only, or to nobody: it is not handed on."""
MOST_RANK = 2**13
MOST_NAMES = 4096
_NAME = re.compile(r"[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*")
"""PEFT takes names for regular expressions; in these nothing can repeat, so none can hang."""


def attach(module: Any, folders: Sequence[str], *, merge: bool) -> Any:
    """The network with these adapters, in their order.

    ``merge`` adds them to the weights, so that they cost no time; quantised weights would lose
    by it and keep them beside.  Raises ``NotFound``, ``Unsupported`` or ``Damaged``.
    """
    for number, folder in enumerate(folders):
        path = Path(folder)
        taken = _check(path)
        with loading_errors(str(path)), warnings.catch_warnings():
            # peft uses words that transformers will drop; what it would warn of, we check
            warnings.simplefilter("ignore")
            module = _attach(module, path, f"adapter_{number}", taken)
            if merge:
                module = module.merge_and_unload()
    if folders and not merge:
        module.base_model.set_adapter([f"adapter_{number}" for number in range(len(folders))])
    return module


def _check(path: Path) -> dict[str, Any]:
    """What PEFT is told of the folder's configuration.

    Raises ``NotFound``, ``Unsupported`` or ``Damaged``.
    """
    if not path.is_dir():
        raise NotFound(
            Text("there is no folder {0}", "没有文件夹 {0}", (path,)),
            Text(
                "transformers takes the folder of a PEFT adapter; a GGUF file goes with llama.cpp",
                "transformers 的适配器是 PEFT 文件夹；GGUF 文件请与 llama.cpp 模型一起使用",
            ),
        )
    config = read_json(path / "adapter_config.json")
    if config.get("peft_type") != "LORA":
        raise Unsupported(
            Text(
                "{0} is an adapter of the kind “{1}”, not LoRA",
                "{0} 是“{1}”类型的适配器，不是 LoRA",
                (path, config.get("peft_type")),
            )
        )
    taken = _taken(path, config)
    if not (path / "adapter_model.safetensors").is_file():
        raise Unsupported(
            Text(
                "{0} holds no adapter_model.safetensors",
                "{0} 中没有 adapter_model.safetensors",
                (path,),
            )
        )
    return taken


def _taken(path: Path, config: dict[str, Any]) -> dict[str, Any]:
    """The fields that are known, with their names plain and their ranks bounded."""
    for field, value in config.items():
        if value and field not in TAKEN | LEFT:  # layer_replication, invocation tokens, …
            raise _unsupported(path, field)
    taken = {field: config[field] for field in sorted(TAKEN & config.keys())}
    for field in PATTERNS:
        if not isinstance(taken.get(field) or {}, dict):
            raise damaged(path, f"{field} is no object")
    for field in (*NAMES, *PATTERNS):
        if not _plain(taken.get(field)):
            raise _unsupported(path, field)
    ranks = [taken.get("r"), *(taken.get("rank_pattern") or {}).values()]
    if not all(isinstance(r, int) and 0 < r < MOST_RANK for r in ranks):
        raise damaged(path, "it has ranks that no adapter needs")
    return taken


def _plain(names: object) -> bool:
    """A name, some names, or none."""
    if not names:
        return True
    listed = [names] if isinstance(names, str) else names
    return (
        isinstance(listed, list | dict)
        and len(listed) <= MOST_NAMES
        and all(isinstance(name, str) and _NAME.fullmatch(name) is not None for name in listed)
    )


def _unsupported(path: Path, field: str) -> Unsupported:
    return Unsupported(
        Text(
            "the adapter {0} uses “{1}” in a way that is not supported",
            "适配器 {0} 使用“{1}”的方式不受支持",
            (path, field[:80]),
        ),
        Text(
            "take a plain LoRA adapter, whose modules are listed by their names",
            "请选用按名称列出模块的普通 LoRA 适配器",
        ),
    )


def _attach(module: Any, path: Path, name: str, taken: dict[str, Any]) -> Any:
    try:
        from peft import LoraConfig, PeftModel
    except ImportError as wrong:
        raise NotInstalled(
            Text("LoRA adapters need the package peft", "LoRA 适配器需要安装 peft"),
            Text("install it beside torch: pip install peft", "请安装：pip install peft"),
        ) from wrong
    config = LoraConfig(**taken, task_type="CAUSAL_LM", inference_mode=True)
    if isinstance(module, PeftModel):
        module.add_adapter(name, config)
    else:
        module = PeftModel(module, config, name)
    device = str(next(module.parameters()).device)
    read = module.load_adapter(str(path), name, torch_device=device, local_files_only=True)
    wrong_keys = [*read.missing_keys, *read.unexpected_keys]
    if wrong_keys:
        raise damaged(path, f"its weights are not this model's: {wrong_keys[0]}")
    return module
