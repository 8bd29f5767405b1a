"""What a processor can do, in the words of Linux, as far as an engine cares."""

from __future__ import annotations

import sys

from runtimes.machine.reading import ReadText

KNOWN = frozenset(
    """avx avx2 fma f16c avx_vnni avx512f avx512bw avx512_vnni avx512_bf16 avx512_fp16
    amx_tile amx_int8 amx_bf16 neon dotprod i8mm bf16 fp16 sve sve2 sme""".split()
)
RENAMED = {"asimd": "neon", "asimddp": "dotprod", "asimdhp": "fp16", "fphp": "fp16"}
"""Linux's words on ARM."""
APPLE = {
    "hw.optional.neon": "neon",
    "hw.optional.AdvSIMD": "neon",
    "hw.optional.arm.FEAT_DotProd": "dotprod",
    "hw.optional.arm.FEAT_I8MM": "i8mm",
    "hw.optional.arm.FEAT_BF16": "bf16",
    "hw.optional.arm.FEAT_FP16": "fp16",
    "hw.optional.arm.FEAT_SME": "sme",
    "hw.optional.avx1_0": "avx",
    "hw.optional.avx2_0": "avx2",
    "hw.optional.avx512f": "avx512f",
    "hw.optional.fma": "fma",
    "hw.optional.f16c": "f16c",
}
WINDOWS = {19: "neon", 39: "avx", 40: "avx2", 41: "avx512f", 43: "dotprod"}
"""Arguments of ``IsProcessorFeaturePresent``."""


def linux_flags(cpuinfo: str) -> frozenset[str]:
    """From ``/proc/cpuinfo``."""
    for line in cpuinfo.splitlines():
        key, colon, words = line.partition(":")
        if colon and key.strip().lower() in ("flags", "features"):
            return frozenset(RENAMED.get(word, word) for word in words.split()) & KNOWN
    return frozenset()


def apple_flags(sysctl: ReadText) -> frozenset[str]:
    """From the settings of macOS."""
    return frozenset(flag for name, flag in APPLE.items() if sysctl(name) == "1")


def windows_flags() -> frozenset[str]:
    """From the system's own question."""
    if sys.platform != "win32":
        return frozenset()
    import ctypes

    present = ctypes.windll.kernel32.IsProcessorFeaturePresent
    return frozenset(flag for number, flag in WINDOWS.items() if present(number))


def processor_name(cpuinfo: str) -> str:
    """The name of the processor in ``/proc/cpuinfo``; empty where it has none."""
    for line in cpuinfo.splitlines():
        key, colon, name = line.partition(":")
        if colon and key.strip().lower() in ("model name", "hardware", "cpu model"):
            return " ".join(name.split())
    return ""
