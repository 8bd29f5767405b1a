"""CUDA's run-time libraries that came as Python packages.

A ready-made llama.cpp for CUDA on Linux expects them where the system's loader looks, and pip
puts them elsewhere (``nvidia/*/lib`` in the environment).  Loaded first, by hand, they are found.
"""

from __future__ import annotations

import ctypes
import importlib.util
import sys
from pathlib import Path

ORDER = ("libcudart.so.*", "libcublasLt.so.*", "libcublas.so.*")
"""Each needs those before it."""


def preload_cuda() -> tuple[str, ...]:
    """Load them into this process, where there are any; the result names what was loaded."""
    if not sys.platform.startswith("linux"):
        return ()
    loaded = []
    for pattern in ORDER:
        for path in _files(pattern):
            try:
                ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
            except OSError:  # for another version of CUDA; the system's own may do
                continue
            loaded.append(path.name)
    return tuple(loaded)


def _files(pattern: str) -> list[Path]:
    package = importlib.util.find_spec("nvidia")
    places = (package.submodule_search_locations or []) if package is not None else []
    return [file for place in places for file in sorted(Path(place).glob(f"*/lib/{pattern}"))]
