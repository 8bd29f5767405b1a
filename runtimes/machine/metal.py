"""Apple's GPU: it uses the memory of the host, up to a limit that macOS sets."""

from __future__ import annotations

from runtimes.machine.reading import ReadText, number
from runtimes.types import Accelerator, Device, Host

MIB, GIB = 1 << 20, 1 << 30
LARGE = 36 * GIB
"""From this memory on macOS lets the GPU have three quarters of it, below two thirds."""


def metal_gpus(host: Host, machine: str, sysctl: ReadText) -> tuple[Accelerator, ...]:
    """The one GPU of a Mac with Apple's own processor.

    ``iogpu.wired_limit_mb`` is the limit where the user has set one; 0 or absent means macOS's
    rule, which ``recommendedMaxWorkingSetSize`` follows.
    """
    if host.system != "Darwin" or machine != "arm64":
        return ()
    memory = number(sysctl("hw.memsize")) or host.memory_total
    limit = (number(sysctl("iogpu.wired_limit_mb")) or 0) * MIB
    if limit <= 0:
        limit = memory * 3 // 4 if memory >= LARGE else memory * 2 // 3
    limit = min(limit, memory)
    return (
        Accelerator(
            device=Device.METAL,
            index=0,
            name=host.processor,
            total=limit,
            free=min(limit, host.memory_free),
            driver=(sysctl("kern.osproductversion") or ""),
            shared_memory=True,
        ),
    )
