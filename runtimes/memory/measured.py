"""What loaded models really took, kept beside what was forecast.

A small JSON file in the state folder.  It is a note and no more: where it cannot be written
nothing is lost, and what is unreadable in it is passed over.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runtimes.files import replace_file
from runtimes.memory.pieces import expected_use
from runtimes.types import KvType, MemoryPlan, MemoryReport

FILE = "memory.json"
MOST_BYTES = 1 << 20
MOST_NOTES = 200
MOST_OF_ONE = 8
LARGEST = 1 << 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One load: the setting, what was forecast and what was used, in bytes; ``when`` in seconds
    of the epoch.  The host's use is the peak of the engine's process."""

    when: float
    context: int
    kv_type: KvType
    layers_on: int
    batch: int
    host_forecast: int
    host_used: int
    device_forecast: int
    device_used: int
    parallel: int = 1

    @property
    def error(self) -> float:
        """How much of what was used the forecast missed: 0.02 for 2 % too much."""
        used = self.host_used + self.device_used
        return (self.host_forecast + self.device_forecast - used) / used if used else 0.0


def record_measurement(
    folder: Path, model_id: str, plan: MemoryPlan, report: MemoryReport
) -> Measurement:
    """Note what a model took.  Where the note cannot be written, that is all."""
    host, device = expected_use(plan)
    made = Measurement(
        when=time.time(),
        context=plan.context,
        kv_type=plan.kv_type,
        layers_on=plan.layers_on,
        batch=plan.batch,
        host_forecast=host,
        host_used=report.host_peak,
        device_forecast=device,
        device_used=report.device_bytes,
        parallel=plan.parallel,
    )
    notes = _read(folder)
    own = [*(m for name, m in notes if name == model_id), made][-MOST_OF_ONE:]
    others = [(name, m) for name, m in notes if name != model_id]
    kept = [*others, *((model_id, m) for m in own)][-MOST_NOTES:]
    with contextlib.suppress(OSError):
        _write(folder, kept)
    return made


def measurements(folder: Path, model_id: str) -> tuple[Measurement, ...]:
    """The notes of one model, the oldest first."""
    return tuple(m for name, m in _read(folder) if name == model_id)


def _write(folder: Path, notes: list[tuple[str, Measurement]]) -> None:
    records = [{"model": name, **_record(m)} for name, m in notes]
    replace_file(folder / FILE, json.dumps(records))


def _record(note: Measurement) -> dict[str, object]:
    return {
        "when": note.when,
        "context": note.context,
        "kv": note.kv_type.value,
        "layers_on": note.layers_on,
        "batch": note.batch,
        "host_forecast": note.host_forecast,
        "host_used": note.host_used,
        "device_forecast": note.device_forecast,
        "device_used": note.device_used,
        "parallel": note.parallel,
    }


def _read(folder: Path) -> list[tuple[str, Measurement]]:
    try:
        with (folder / FILE).open("rb") as file:
            data = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return []
    found = []
    for record in data if isinstance(data, list) else []:
        with contextlib.suppress(ValueError, TypeError, KeyError, OverflowError):
            found.append((str(record["model"])[:300], _note(record)))
    return found[-MOST_NOTES:]


def _note(record: Mapping[str, object]) -> Measurement:
    """Raises ``ValueError``, ``TypeError`` or ``KeyError`` for what is no note."""
    when = record["when"]
    if isinstance(when, bool) or not isinstance(when, int | float) or not 0 <= when < LARGEST:
        raise ValueError(when)

    def number(key: str, usual: int | None = None) -> int:
        value = record[key] if usual is None else record.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < LARGEST:
            raise ValueError(key)
        return value

    return Measurement(
        when=float(when),
        context=number("context"),
        kv_type=KvType(str(record["kv"])),
        layers_on=number("layers_on"),
        batch=number("batch"),
        host_forecast=number("host_forecast"),
        host_used=number("host_used"),
        device_forecast=number("device_forecast"),
        device_used=number("device_used"),
        parallel=number("parallel", 1),
    )
