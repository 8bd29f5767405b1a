"""In which numbers a checkpoint is run: asked for, stored, or what the processor can do."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from runtimes.errors import NotInstalled, Unsupported
from runtimes.texts import Text

KNOWN = ("known are {1}", "可用：{1}")

DTYPES = {
    "bf16": "bfloat16",
    "f16": "float16",
    "fp16": "float16",
    "f32": "float32",
    "fp32": "float32",
}
SHORT = {"bfloat16": "bf16", "float16": "f16", "float32": "f32"}
BITS = ("nf4", "int8")
"""Quantised by bitsandbytes while the weights are loaded."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A quantisation that weights have already: the packages that transformers needs for it,
    and what a user may call it (the names begin so)."""

    packages: tuple[str, ...]
    names: tuple[str, ...]


STORED = {
    "gptq": Stored(("optimum", "gptqmodel"), ("gptq",)),
    "awq": Stored(("gptqmodel",), ("awq",)),
    "fp8": Stored((), ("fp8",)),
    "bitsandbytes": Stored(("bitsandbytes",), ("bnb", "bitsandbytes", "nf4", "int8")),
    "compressed-tensors": Stored(
        ("compressed_tensors",), ("compressed", "fp8", "int8", "w4", "w8")
    ),
}


@dataclass(frozen=True, slots=True)
class Precision:
    """``dtype`` is torch's word, or ``auto``; ``bits`` is ``nf4``, ``int8`` or empty.

    ``name`` is for showing.
    """

    name: str
    dtype: str
    bits: str = ""


def choose(asked: str, stored: str, method: str, device: str) -> Precision:
    """How to run weights that are ``stored`` in a dtype, or quantised by ``method``.

    Raises ``Unsupported`` or ``NotInstalled``.  What was asked for is never changed; where
    nothing was, a CPU runs 16-bit weights in 32 bits unless it has instructions for them.
    """
    asked = asked.lower()
    if method:
        return _quantised_already(asked, method, device)
    if asked in BITS:
        _need("bitsandbytes", asked)
        _need("accelerate", asked)
        if device == "mps":
            raise _unsupported(
                asked, "bitsandbytes has no kernels for Metal", "bitsandbytes 不支持 Metal"
            )
        return Precision(asked, _sixteen_bits(device), asked)
    if asked in DTYPES:
        return Precision(asked, DTYPES[asked])
    if asked:
        raise _unsupported(asked, *KNOWN, ", ".join((*BITS, *DTYPES)))
    if device == "cpu" and stored in ("bfloat16", "float16"):
        return _on_cpu(stored)
    return Precision(SHORT.get(stored, stored), stored if stored in SHORT else "auto")


def _on_cpu(stored: str) -> Precision:
    """16 bits where the processor multiplies them, else 32 (as the memory plan reckons)."""
    import torch

    # torch has no public word for these
    if not (torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()):  # noqa: SLF001
        return Precision("f32", "float32")
    if stored == "float16" and not torch.ops.mkldnn._is_mkldnn_fp16_supported():  # noqa: SLF001
        return Precision("bf16", "bfloat16")
    return Precision(SHORT[stored], stored)


def _quantised_already(asked: str, method: str, device: str) -> Precision:
    stored = STORED.get(method)
    if stored is None:
        raise _unsupported(method, *KNOWN, ", ".join(STORED))
    if asked and not asked.startswith(stored.names):
        raise _unsupported(asked, "the weights are quantised by {1}", "权重已用 {1} 量化", method)
    for package in stored.packages:
        _need(package, method)
    if method == "fp8" and not _has_fp8(device):
        raise _unsupported(
            method,
            "it needs an NVIDIA GPU of compute capability 8.9 or more",
            "需要计算能力 8.9 或以上的 NVIDIA 显卡",
        )
    return Precision(asked or method, "auto")


def _need(package: str, what: str) -> None:
    if find_spec(package) is None:
        raise NotInstalled(
            Text("{0} needs the package {1}", "{0} 需要安装 {1}", (what, package)),
            Text("install it beside torch: pip install {0}", "请安装：pip install {0}", (package,)),
        )


def _unsupported(what: str, en: str, zh: str, *args: object) -> Unsupported:
    return Unsupported(
        Text(f"“{{0}}” cannot be had: {en}", f"无法使用“{{0}}”：{zh}", (what, *args))
    )


def _sixteen_bits(device: str) -> str:
    """What quantised weights are multiplied in."""
    import torch

    if device.startswith("cuda") and torch.cuda.get_device_capability(device) < (8, 0):
        return "float16"
    return "bfloat16"


def _has_fp8(device: str) -> bool:
    import torch

    return device.startswith("cuda") and torch.cuda.get_device_capability(device) >= (8, 9)


def bits_config(precision: Precision) -> Any:
    """What bitsandbytes is asked to do; ``None`` for nothing."""
    import torch
    from transformers import BitsAndBytesConfig

    match precision.bits:
        case "nf4":
            return BitsAndBytesConfig(
                load_in_4bit=True,
                bnb_4bit_quant_type="nf4",
                bnb_4bit_use_double_quant=True,
                bnb_4bit_compute_dtype=getattr(torch, precision.dtype),
            )
        case "int8":
            return BitsAndBytesConfig(load_in_8bit=True)
    return None
