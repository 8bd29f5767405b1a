"""LoRA adapters of PEFT on a loaded network."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from runtimes.checkpoint.failures import loading_errors
from runtimes.checkpoint.folder import damaged, read_json
from runtimes.errors import NotFound, NotInstalled, Unsupported
from runtimes.texts import Text


def attach(module: Any, folders: Sequence[str], *, merge: bool) -> Any:
    """The network with these adapters, in their order.

    ``merge`` adds them to the weights, so that they cost no time; quantised weights would lose
    by it and keep them beside.  Raises ``NotFound``, ``Unsupported`` or ``Damaged``.
    """
    for number, folder in enumerate(folders):
        path = Path(folder)
        _check(path)
        with loading_errors(str(path)), warnings.catch_warnings():
            # peft uses words that transformers will drop; what it would warn of, we check
            warnings.simplefilter("ignore")
            module = _attach(module, path, f"adapter_{number}", merge=merge)
    if folders and not merge:
        module.base_model.set_adapter([f"adapter_{number}" for number in range(len(folders))])
    return module


def _check(path: Path) -> None:
    if not path.is_dir():
        raise NotFound(Text("there is no folder {0}", "没有文件夹 {0}", (path,)))
    config = read_json(path / "adapter_config.json")
    if config.get("peft_type") != "LORA":
        raise Unsupported(
            Text(
                "{0} is an adapter of the kind “{1}”, not LoRA",
                "{0} 是“{1}”类型的适配器，不是 LoRA",
                (path, config.get("peft_type")),
            )
        )
    ranks = [config.get("r"), *(config.get("rank_pattern") or {}).values()]
    if config.get("megatron_config") is not None or not all(
        isinstance(r, int) and 0 < r < 2**13 for r in ranks
    ):
        raise damaged(path, "adapter_config.json asks for what no adapter needs")
    if not (path / "adapter_model.safetensors").is_file():
        raise Unsupported(
            Text(
                "{0} holds no adapter_model.safetensors",
                "{0} 中没有 adapter_model.safetensors",
                (path,),
            )
        )


def _attach(module: Any, path: Path, name: str, *, merge: bool) -> Any:
    try:
        from peft import LoraConfig, PeftModel
    except ImportError as wrong:
        raise NotInstalled(
            Text("LoRA adapters need the package peft", "LoRA 适配器需要安装 peft"),
            Text("install it beside torch: pip install peft", "请安装：pip install peft"),
        ) from wrong
    config = LoraConfig.from_pretrained(str(path), local_files_only=True)
    config.inference_mode, config.init_lora_weights = True, True  # the file fills them
    if isinstance(module, PeftModel):
        module.add_adapter(name, config)
    else:
        module = PeftModel(module, config, name)
    device = str(next(module.parameters()).device)
    read = module.load_adapter(str(path), name, torch_device=device, local_files_only=True)
    wrong_keys = [*read.missing_keys, *read.unexpected_keys]
    if wrong_keys:
        raise damaged(path, f"its weights are not this model's: {wrong_keys[0]}")
    return module.merge_and_unload() if merge else module
