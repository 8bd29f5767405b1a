"""What the machine draws while something runs, where that can be read.

NVIDIA's GPUs tell their power through NVML; Intel's and AMD's processors count their energy in
``/sys/class/powercap`` (most systems let only the administrator read it).
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

POWERCAP = Path("/sys/class/powercap")
OFTEN = 0.1
"""Seconds between two readings of a GPU."""


@dataclass(frozen=True, slots=True)
class Watts:
    """Average power; ``None`` where it cannot be read."""

    processor: float | None = None
    gpus: float | None = None


class PowerMeter:
    """Measures from ``start`` to ``stop``."""

    def __init__(self, folder: Path = POWERCAP) -> None:
        self._folder = folder
        self._stop = threading.Event()
        self._energy: dict[Path, int] = {}
        self._begun = 0.0
        self._samples: list[float] = []
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._energy = _energies(self._folder)
        self._begun = time.monotonic()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> Watts:
        """The average since ``start``."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        seconds = time.monotonic() - self._begun
        gpus = sum(self._samples) / len(self._samples) if self._samples else None
        return Watts(self._processor(seconds), gpus)

    def _processor(self, seconds: float) -> float | None:
        """The packages together; a counter that has wrapped goes on from its range."""
        now = _energies(self._folder)
        used = 0
        for path, before in self._energy.items():
            if path not in now:
                return None
            step = now[path] - before
            used += step if step >= 0 else step + (_number(path / "max_energy_range_uj") or 0)
        return used / 1e6 / seconds if self._energy and seconds > 0 else None

    def _watch(self) -> None:
        import pynvml

        from runtimes.machine.nvidia import cards

        try:
            pynvml.nvmlInit()
        except pynvml.NVMLError:
            return
        try:
            handles = [card for card in cards(pynvml) if card is not None]
            while handles and not self._stop.wait(OFTEN):
                draws = [float(pynvml.nvmlDeviceGetPowerUsage(handle)) for handle in handles]
                self._samples.append(sum(draws) / 1000)
        except pynvml.NVMLError:
            return  # a virtual GPU tells nothing
        finally:
            pynvml.nvmlShutdown()


def _energies(folder: Path) -> dict[Path, int]:
    """The counters of whole packages in microjoules: ``intel-rapl:0``, not its parts."""
    found = {}
    for place in sorted(folder.glob("intel-rapl:*")):
        if place.name.count(":") == 1:
            value = _number(place / "energy_uj")
            if value is not None:
                found[place] = value
    return found


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
