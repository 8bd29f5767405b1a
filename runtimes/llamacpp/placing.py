"""Which device of llama.cpp's gets what."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from runtimes.llamacpp.library import Library
    from runtimes.types import MemoryPlan

TABLE = rb"^token_embd\.weight$"
"""The name of the table of tokens, as a regular expression."""
GPU = 1
"""``GGML_BACKEND_DEVICE_TYPE_GPU``"""


class _Place(ctypes.Structure):
    """``llama_model_tensor_buft_override``: where the tensors of some names are to lie."""

    _fields_ = (("names", ctypes.c_char_p), ("buffers", ctypes.c_void_p))


def shares_of(plan: MemoryPlan) -> list[float]:
    """The share of each accelerator in the layers, in the order of the machine's."""
    layers = {p.accelerator: p.layers for p in plan.placements if p.accelerator is not None}
    if not layers:
        return []
    return [float(layers.get(index, 0)) for index in range(max(layers) + 1)]


def table_on(library: Library, gpu: int) -> Any:
    """An order that the table of tokens lies on one of the GPUs, which are counted as llama.cpp
    counts them; an empty one where there is no such GPU.  It must outlive the load."""
    count = _ggml(library, "ggml_backend_dev_count", ctypes.c_size_t)()
    get = _ggml(library, "ggml_backend_dev_get")
    type_of = _ggml(library, "ggml_backend_dev_type", ctypes.c_int)
    devices = (ctypes.c_void_p(get(ctypes.c_size_t(n))) for n in range(count))
    gpus = [device for device in devices if type_of(device) == GPU]
    if gpu >= len(gpus):
        return (_Place * 1)()
    buffers = _ggml(library, "ggml_backend_dev_buffer_type")(gpus[gpu])
    return (_Place * 2)(_Place(TABLE, buffers))


def _ggml(library: Library, name: str, result: Any = ctypes.c_void_p) -> Any:
    """A function of ggml, for which the package has no name."""
    from llama_cpp._ctypes_extensions import load_shared_library

    folder = library.api._base_path  # noqa: SLF001 - where the package found the library itself
    for part in ("ggml", "ggml-base"):
        function = getattr(load_shared_library(part, folder), name, None)
        if function is not None:
            function.restype = result
            return function
    raise AttributeError(name)
