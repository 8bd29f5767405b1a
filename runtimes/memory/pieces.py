"""The words of the forecast: a setting, what one device takes in it, and what an engine says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from runtimes.texts import Text
from runtimes.types import Device, KvType, MemoryPlan, Shape

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30

HOST_MARGIN = 256 * MIB
"""Left to the rest of the system, so that it does not begin to swap."""
DEVICE_MARGIN = 192 * MIB
"""Left on an accelerator: a desktop draws on it, and its allocator rounds up."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a plan chooses beside the devices.  ``context`` in tokens, for each of the ``parallel``
    samples; ``batch`` is how many tokens of a prompt are read at once, ``outputs`` how many of
    them are answered with logits: more than one where guesses are checked.  ``table``: the
    accelerator that has all layers has the table of tokens as well."""

    context: int
    kv_type: KvType
    batch: int = 512
    parallel: int = 1
    outputs: int = 1
    table: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What one device holds: its layers, and the bytes of each kind, without a margin."""

    layers: int = 0
    weights: int = 0
    kv: int = 0
    compute: int = 0
    overhead: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.kv + self.compute + self.overhead


class Costs(Protocol):
    """What a model takes in an engine."""

    @property
    def shape(self) -> Shape:
        """The model's dimensions."""

    @property
    def layers(self) -> int:
        """How many layers can be placed one by one."""

    @property
    def kv_types(self) -> tuple[KvType, ...]:
        """Those that the model's dimensions allow, the most exact first."""

    @property
    def may_split(self) -> bool:
        """Can some layers stay on the host while others are on an accelerator?"""

    def table(self, kind: Device) -> int | None:
        """Bytes of the table of tokens, where an accelerator of this kind can hold it too."""

    def filling(self, devices: int) -> Sequence[int]:
        """In which order accelerators are filled, so that the host gets what is left."""

    def pieces(
        self, counts: Sequence[int], kinds: Sequence[Device], setting: Setting
    ) -> tuple[Piece, tuple[Piece, ...]]:
        """What the host and each accelerator take where these hold so many layers."""

    def remarks(self) -> tuple[Text, ...]:
        """What a user should know about these numbers."""


def expected_use(plan: MemoryPlan) -> tuple[int, int]:
    """What a ``MemoryReport`` should say if a plan is right, in bytes: the peak of the engine's
    process (everything on the host but the margin), and the buffers on accelerators (without
    the driver's own memory, which no engine reports)."""
    host = device = 0
    for placement in plan.placements:
        if placement.accelerator is None:
            host += placement.total - HOST_MARGIN
        else:
            device += placement.total - placement.reserve_bytes
    return host, device


def memory_text(size: int) -> str:
    """Bytes as a person reads memory, in powers of 1024: ``4.36 GiB``."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if abs(size) >= unit:
            return (
                f"{size / unit:.3g} {name}" if abs(size) < 1000 * unit else f"{size // unit} {name}"
            )
    return f"{size} B"
