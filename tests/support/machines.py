"""Other machines, played to the probe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from runtimes.machine.host import Readings
from runtimes.machine.probe import Senses

GIB = 1 << 30
CPUINFO = "model name\t: Some  CPU\nflags\t\t: fpu sse2 avx avx2 avx512f amx_tile amx_int8\n"


def told(facts: Mapping[str, str]) -> Callable[[str], str | None]:
    """Reads files that a test made up."""
    return facts.get


def senses(**changes: Any) -> Senses:
    """Those of a plain Linux machine with 16 threads, and what is different."""
    now = Readings(
        system=changes.pop("system", "Linux"),
        machine=changes.pop("machine", "x86_64"),
        memory_total=changes.pop("total", 64 * GIB),
        memory_free=changes.pop("free", 48 * GIB),
        physical=8,
        allowed=changes.pop("allowed", tuple(range(16))),
    )
    files = {"/proc/cpuinfo": CPUINFO, **changes.pop("files", {})}
    settings = changes.pop("settings", {})
    return Senses(
        readings=lambda: now,
        read=told(files),
        sysctl=told(settings),
        nvml=lambda: changes.get("nvml"),
        environment=changes.get("environment", {}),
    )
