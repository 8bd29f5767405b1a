"""The computer itself: its memory and its cores, as far as this process may use them."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass

from runtimes.machine.cgroups import Limits, limits
from runtimes.machine.flags import apple_flags, linux_flags, processor_name, windows_flags
from runtimes.machine.reading import ReadText, number
from runtimes.types import Host

TOPOLOGY = "/sys/devices/system/cpu/cpu{0}/topology/{1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What the system says: memory in bytes, physical cores, the CPUs that we may run on."""

    system: str
    machine: str
    memory_total: int
    memory_free: int
    physical: int | None
    allowed: tuple[int, ...]


def readings() -> Readings:
    """Those of this machine."""
    import psutil

    memory = psutil.virtual_memory()
    if hasattr(os, "sched_getaffinity"):
        allowed = tuple(sorted(os.sched_getaffinity(0)))
    else:
        allowed = tuple(range(os.cpu_count() or 1))
    return Readings(
        system=platform.system(),
        machine=platform.machine(),
        memory_total=memory.total,
        memory_free=memory.available,
        physical=psutil.cpu_count(logical=False),
        allowed=allowed,
    )


def host(now: Readings, read: ReadText, sysctl: ReadText) -> Host:
    """The computer, under the limits of its container where it is one."""
    linux = now.system == "Linux"
    held = limits(read) if linux else Limits()
    total, free = now.memory_total, now.memory_free
    if held.memory is not None:
        total = min(total, held.memory)
    if held.free is not None:
        free = min(free, held.free)
    cpuinfo = (read("/proc/cpuinfo") or "") if linux else ""
    return Host(
        system=now.system,
        processor=_name(now, cpuinfo, sysctl),
        cores=_cores(now, held, read),
        memory_total=total,
        memory_free=free,
        flags=_flags(now, cpuinfo, sysctl),
    )


def _name(now: Readings, cpuinfo: str, sysctl: ReadText) -> str:
    told = sysctl("machdep.cpu.brand_string") if now.system == "Darwin" else None
    return told or processor_name(cpuinfo) or platform.processor() or now.machine


def _flags(now: Readings, cpuinfo: str, sysctl: ReadText) -> frozenset[str]:
    match now.system:
        case "Darwin":
            return apple_flags(sysctl)
        case "Windows":
            return windows_flags()
        case _:
            return linux_flags(cpuinfo)


def _cores(now: Readings, held: Limits, read: ReadText) -> int:
    """Physical cores among the CPUs that we may run on, and no more than the quota pays for.

    A quota is rounded down: a thread too many waits in the middle of every step of an engine.
    """
    cores = _distinct(now, read)
    if held.cores is not None:
        cores = min(cores, int(held.cores))
    return max(1, cores)


def _distinct(now: Readings, read: ReadText) -> int:
    """Two threads of one core have the same package and core number."""
    if now.system == "Linux":
        pairs = [
            tuple(
                number(read(TOPOLOGY.format(cpu, part)))
                for part in ("physical_package_id", "core_id")
            )
            for cpu in now.allowed
        ]
        if pairs and all(part is not None for pair in pairs for part in pair):
            return len(set(pairs))
    return min(now.physical or len(now.allowed), len(now.allowed))
