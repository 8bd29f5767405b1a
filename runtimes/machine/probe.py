"""The whole machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from runtimes.machine import nvidia, reading
from runtimes.machine.amd import amd_gpus
from runtimes.machine.host import Readings, host, readings
from runtimes.machine.metal import metal_gpus
from runtimes.types import Accelerator, Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Senses:
    """What the machine is looked at with; a test plays another machine."""

    readings: Callable[[], Readings] = readings
    read: reading.ReadText = reading.read_text
    sysctl: reading.ReadText = reading.sysctl
    nvml: Callable[[], Any | None] = nvidia.library
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


def probe_machine(senses: Senses | None = None) -> Machine:
    """Memory, cores and accelerators as they are now.  Starts no engine and changes nothing."""
    look = senses or Senses()
    now = look.readings()
    there = host(now, look.read, look.sysctl)
    cuda = nvidia.nvidia_gpus(look.nvml(), look.environment.get("CUDA_VISIBLE_DEVICES"), there)
    rocm: tuple[Accelerator, ...] = ()
    if not cuda and there.system == "Linux":
        rocm = amd_gpus(look.read, look.environment.get("HIP_VISIBLE_DEVICES"))
    return Machine(there, cuda or rocm or metal_gpus(there, now.machine, look.sysctl))
