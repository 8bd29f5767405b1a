"""AMD's GPUs, as the kernel's driver shows them in ``/sys``; ROCm need not be installed."""

from __future__ import annotations

from runtimes.machine.reading import ReadText, number
from runtimes.types import Accelerator, Device

MOST_CARDS = 32
VENDOR = "0x1002"
LEAST = 1 << 30
"""Bytes; less is the window of a processor's own graphics, which has no memory of its own."""


def amd_gpus(read: ReadText, visible: str | None) -> tuple[Accelerator, ...]:
    """Cards with memory of their own.  ``visible`` is the value of ``HIP_VISIBLE_DEVICES``."""
    driver = (read("/sys/module/amdgpu/version") or "").strip()
    found: list[Accelerator] = []
    for card in range(MOST_CARDS):
        folder = f"/sys/class/drm/card{card}/device"
        if (read(f"{folder}/vendor") or "").strip() != VENDOR:
            continue
        total = number(read(f"{folder}/mem_info_vram_total"))
        used = number(read(f"{folder}/mem_info_vram_used"))
        if total is None or used is None or total < LEAST:
            continue
        found.append(
            Accelerator(
                device=Device.ROCM,
                index=len(found),
                name=(read(f"{folder}/product_name") or "").strip() or f"AMD card {card}",
                total=total,
                free=max(0, total - used),
                driver=driver,
            )
        )
    return _visible(found, visible)


def _visible(found: list[Accelerator], visible: str | None) -> tuple[Accelerator, ...]:
    if visible is None:
        return tuple(found)
    chosen: list[Accelerator] = []
    for word in visible.split(","):
        place = number(word)
        if place is None or not 0 <= place < len(found):
            break
        there = found[place]
        chosen.append(
            Accelerator(
                device=there.device,
                index=len(chosen),
                name=there.name,
                total=there.total,
                free=there.free,
                driver=there.driver,
            )
        )
    return tuple(chosen)
