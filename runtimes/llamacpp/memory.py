"""What a loaded model takes: llama.cpp's own report of its buffers, and the system's peak."""

from __future__ import annotations

import re
from collections.abc import Sequence

from runtimes.peak import host_peak
from runtimes.types import MemoryReport

_BUFFER = re.compile(r"(\S+)\s+(model|KV|RS|compute|output) buffer size\s*=\s*([\d.]+) MiB")
_ON_HOST = re.compile(r"CPU|Host|BLAS", re.IGNORECASE)
MIB = 1 << 20


def report(log: Sequence[str]) -> MemoryReport:
    """From the lines that llama.cpp logged while it loaded."""
    sizes = {"model": 0.0, "KV": 0.0, "RS": 0.0, "compute": 0.0, "output": 0.0}
    device = 0.0
    for line in log:
        match = _BUFFER.search(line)
        if match is None:
            continue
        size = float(match[3]) * MIB
        sizes[match[2]] += size
        if not _ON_HOST.search(match[1]):
            device += size
    return MemoryReport(
        weight_bytes=int(sizes["model"]),
        kv_bytes=int(sizes["KV"] + sizes["RS"]),
        compute_bytes=int(sizes["compute"] + sizes["output"]),
        host_peak=host_peak(),
        device_bytes=int(device),
    )
