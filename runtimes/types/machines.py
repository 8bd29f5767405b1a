"""Machines, and what a model takes of their memory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from runtimes.texts import Text


class Device(StrEnum):
    """Kinds of accelerator."""

    CUDA = "cuda"
    ROCM = "rocm"
    METAL = "metal"
    VULKAN = "vulkan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The computer itself.

    ``memory_total`` and ``memory_free`` honour the limit of a container.  ``cores`` are
    physical ones that this process may use; ``flags`` those of the processor that matter to an
    engine (``avx2``, ``avx512f``, ``amx_int8``, …).
    """

    system: str
    processor: str
    cores: int
    memory_total: int
    memory_free: int
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accelerator:
    """One GPU.  ``capability`` is CUDA's (``8.9``); Metal's memory is the host's
    (``shared_memory``), and ``total`` is its recommended working set."""

    device: Device
    index: int
    name: str
    total: int
    free: int
    driver: str = ""
    capability: str = ""
    shared_memory: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a model is to run."""

    host: Host
    accelerators: tuple[Accelerator, ...] = ()


class KvType(StrEnum):
    """The numbers of the KV cache."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asked of a plan; ``None`` leaves it to the planner.

    A wish is never changed in silence: where it cannot be had, the plan refuses.
    ``gpu_memory`` is how much of the first accelerator may be used (0: none).
    ``parallel`` is the number of answers that are to be written side by side, each with a window
    of ``context`` tokens of which all share the prompt.  ``adapters`` are the bytes
    of LoRA adapters that come on top; ``lookup`` is how many tokens are guessed ahead.
    """

    context: int | None = None
    kv_type: KvType | None = None
    layers_on_gpu: int | None = None
    gpu_memory: int | None = None
    batch: int | None = None
    parallel: int = 1
    adapters: int = 0
    lookup: int = 0


class Fit(StrEnum):
    """How a model sits on a machine."""

    GPU = "gpu"
    """All of it on accelerators."""
    SPLIT = "split"
    """Some layers on an accelerator, the others on the host."""
    HOST = "host"
    REMOTE = "remote"
    """On a server; nothing of this machine is needed."""
    NO = "no"
    """It does not fit; ``because`` says what is missing, ``nearest`` what would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What one device holds.  ``accelerator`` is an index into ``Machine.accelerators``;
    ``None`` is the host.  ``free`` is what it had before."""

    accelerator: int | None
    layers: int
    weight_bytes: int
    kv_bytes: int
    compute_bytes: int
    reserve_bytes: int
    free: int

    @property
    def total(self) -> int:
        """All that it takes, the margin included."""
        return self.weight_bytes + self.kv_bytes + self.compute_bytes + self.reserve_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryPlan:
    """Where each part of a model would go, and why.

    The four sizes are sums over ``placements``; ``reserve_bytes`` is engine overhead and the
    margin.  ``layers_on`` is the number of layers on accelerators; ``table_on_gpu``: the one
    that has them all has the table of tokens too.  ``nearest`` names what would fit where this
    does not (or would fit better), the best first.
    """

    fit: Fit
    context: int
    kv_type: KvType
    layers_on: int
    weight_bytes: int
    kv_bytes: int
    compute_bytes: int
    reserve_bytes: int
    placements: tuple[Placement, ...] = ()
    batch: int = 512
    parallel: int = 1
    table_on_gpu: bool = False
    because: tuple[Text, ...] = ()
    nearest: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryReport:
    """What a loaded model really takes, as its engine and the system report it.

    ``host_peak`` is the engine process's peak of resident memory.
    """

    weight_bytes: int
    kv_bytes: int
    compute_bytes: int
    host_peak: int
    device_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How to start an engine; what a memory plan does not say.

    ``threads`` None: the physical cores that are free.  ``keep_alive`` is after how many idle
    seconds the engine is unloaded (it loads again by itself); None: never.  ``lora`` are
    adapter files.  ``lookup`` is how many tokens are guessed ahead from the prompt (0: off).
    ``safe_mode`` gives up speed for a start that works: no extra buffer types, fewer threads.
    """

    threads: int | None = None
    keep_alive: float | None = None
    lora: tuple[str, ...] = ()
    lookup: int = 0
    safe_mode: bool = False
    flash_attention: bool | None = None
    state_folder: str = ""
    """Where saved prompt states and the notes of crashes lie; empty: nowhere."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a runtime works here; if not, why, and what to do."""

    ready: bool
    version: str = ""
    detail: Text | None = None
    remedy: Text | None = None


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a model is loaded: from 0 to 1."""

    fraction: float
