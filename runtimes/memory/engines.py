"""What the installed engines can use, told by their files: neither is loaded here."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from runtimes.types import Device, Machine

BACKENDS = {
    Device.CUDA: ("cuda", "vulkan"),
    Device.ROCM: ("hip", "vulkan"),
    Device.METAL: ("metal",),
    Device.VULKAN: ("vulkan",),
}
"""Parts of the names of llama.cpp's libraries that can use a device."""
_BUILT = re.compile(r"^(cuda|hip)\s*(?::[^=]*)?=\s*'[\d.]", re.MULTILINE)
"""A line of torch's ``version.py``, which names the toolkit that it was built with."""


def usable(engine: str, machine: Machine) -> tuple[int, ...]:
    """The indices of the accelerators that an engine can use.

    Where the engine is not installed, all of them: it will be installed for this machine.
    """
    devices = _llamacpp() if engine == "llamacpp" else _torch()
    return tuple(
        n for n, a in enumerate(machine.accelerators) if devices is None or a.device in devices
    )


def _folder(package: str) -> Path | None:
    try:
        found = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).parent if found is not None and found.origin else None


def _llamacpp() -> frozenset[Device] | None:
    folder = _folder("llama_cpp")
    if folder is None:
        return None
    names = " ".join(path.name.lower() for path in (folder / "lib").glob("*ggml-*"))
    return frozenset(
        device
        for device, backends in BACKENDS.items()
        if any(f"ggml-{backend}" in names for backend in backends)
    )


def _torch() -> frozenset[Device] | None:
    folder = _folder("torch")
    if folder is None:
        return None
    try:
        built = set(_BUILT.findall((folder / "version.py").read_text(encoding="utf-8")))
    except OSError:
        return None
    found = {Device.METAL}
    found |= {Device.CUDA} if "cuda" in built else set()
    found |= {Device.ROCM} if "hip" in built else set()
    return frozenset(found)
