"""What memory a loaded checkpoint takes, as torch and the system report it."""

from __future__ import annotations

import gc

from runtimes.peak import host_peak
from runtimes.types import MemoryReport


def release() -> None:
    """Give back what nobody refers to any more, on the devices too."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


def measure(weight_bytes: int, kv_bytes: int) -> MemoryReport:
    """The report for this process.

    torch tells apart what it holds only on CUDA, so elsewhere the compute buffers are 0 and
    show in the peak alone.
    """
    import torch

    compute = device = 0
    if torch.cuda.is_available():
        held = sum(torch.cuda.max_memory_allocated(i) for i in range(torch.cuda.device_count()))
        device = sum(torch.cuda.memory_reserved(i) for i in range(torch.cuda.device_count()))
        compute = max(0, held - weight_bytes - kv_bytes)
    elif torch.backends.mps.is_available():
        device = torch.mps.driver_allocated_memory()
    return MemoryReport(
        weight_bytes=weight_bytes,
        kv_bytes=kv_bytes,
        compute_bytes=compute,
        host_peak=host_peak(),
        device_bytes=device,
    )
