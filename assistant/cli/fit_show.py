"""How ``assistant fit`` shows a forecast: a table of devices, each with a bar, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.cli.columns import terminal_width, without
from assistant.forecast import VERDICTS, measured_text, window_text
from assistant.maths.showing.words import clean, filled
from assistant.maths.types import Lang
from runtimes.memory import Measurement
from runtimes.memory.pieces import memory_text
from runtimes.texts import Text
from runtimes.types import Machine, MemoryPlan, ModelSpec, Placement

BAR = 16
"""Cells of a bar."""
SPARE = (5, 4, 1)
"""Columns that a narrow terminal goes without: the reserve, what computing takes, the layers."""
BLOCKS, ASCII = "█░", "#-"
"""What a bar is drawn with: taken, and free."""
HEAD = (
    Text("device", "设备"),
    Text("layers", "层数"),
    Text("weights", "权重"),
    Text("KV cache", "KV 缓存"),
    Text("computing", "计算"),
    Text("reserve", "预留"),
    Text("together", "合计"),
    Text("free", "可用"),
    Text("", ""),
)
COMPUTER = Text("computer", "内存")
SETTING = Text(
    "context {0} tokens · KV cache {1} · prompts in steps of {2}",
    "上下文 {0} 词元 · KV 缓存 {1} · 每次读入 {2} 词元",
)
WHY = Text("why", "原因")
REPLAY = Text("a replay, which takes no memory", "重放文件，不占用内存")
INSTEAD = Text("what would fit", "可行的方案")


@dataclass(frozen=True, slots=True)
class Forecast:
    """All that is shown: what was asked about, the plan, and what the model took last time."""

    spec: ModelSpec
    machine: Machine
    plan: MemoryPlan
    measured: Measurement | None


def forecast_lines(forecast: Forecast, lang: Lang, signs: str) -> Iterator[str]:
    """The lines for a person.  ``signs`` are what the bars are drawn with."""
    plan = forecast.plan
    title = clean(f"{forecast.spec.title}  {forecast.spec.quantisation}").strip()
    verdict = REPLAY if forecast.spec.runtime == "scripted" else VERDICTS[plan.fit]
    yield f"{title}: {verdict.template(lang)}"
    if plan.placements:
        yield ""
        yield from without(_table(forecast, lang, signs), SPARE, terminal_width())
        yield ""
        window = window_text(plan.context, plan.parallel)
        values = (window, plan.kv_type.value, plan.batch)
        yield filled(Text(SETTING.en, SETTING.zh, values), lang, str)
    yield from _listed(WHY, plan.because, lang)
    yield from _listed(INSTEAD, plan.nearest, lang)
    if forecast.measured is not None:
        yield ""
        yield filled(measured_text(forecast.measured), lang, str)


def _listed(head: Text, texts: tuple[Text, ...], lang: Lang) -> Iterator[str]:
    if texts:
        yield ""
        yield f"{head.template(lang)}:" if lang is Lang.EN else f"{head.template(lang)}："
        for text in texts:
            yield f"  - {filled(text, lang, str)}"


def _table(forecast: Forecast, lang: Lang, signs: str) -> list[list[str]]:
    rows = [[cell.template(lang) for cell in HEAD]]
    for placement in forecast.plan.placements:
        sizes = (
            placement.weight_bytes,
            placement.kv_bytes,
            placement.compute_bytes,
            placement.reserve_bytes,
            placement.total,
            placement.free,
        )
        rows.append(
            [
                _device(forecast.machine, placement, lang),
                str(placement.layers),
                *map(memory_text, sizes),
                _bar(placement, signs),
            ]
        )
    return _numbers_right(rows)


def _numbers_right(rows: list[list[str]]) -> list[list[str]]:
    """The cells between the first and the last, moved to the right of their columns."""
    from rich.cells import cell_len

    inner = range(1, len(rows[0]) - 1)
    widest = {at: max(cell_len(row[at]) for row in rows) for at in inner}
    return [
        [
            " " * (widest[at] - cell_len(cell)) + cell if at in widest else cell
            for at, cell in enumerate(row)
        ]
        for row in rows
    ]


def _device(machine: Machine, placement: Placement, lang: Lang) -> str:
    if placement.accelerator is None:
        return COMPUTER.template(lang)
    there = machine.accelerators[placement.accelerator]
    name = clean(there.name)
    return f"{name} ({placement.accelerator})" if len(machine.accelerators) > 1 else name


def _bar(placement: Placement, signs: str) -> str:
    """How much of what is free would be taken."""
    share = placement.total / placement.free if placement.free else 2.0
    full = min(BAR, round(BAR * share))
    return f"{signs[0] * full}{signs[1] * (BAR - full)} {100 * min(share, 9.99):.0f} %"


# --- JSON ------------------------------------------------------------------------------------


def forecast_record(forecast: Forecast, lang: Lang) -> dict[str, object]:
    """The record for a program; sizes in bytes."""
    plan = forecast.plan
    return {
        "id": forecast.spec.id,
        "title": forecast.spec.title,
        "runtime": forecast.spec.runtime,
        "fit": plan.fit.value,
        "context": plan.context,
        "kv": plan.kv_type.value,
        "batch": plan.batch,
        "parallel": plan.parallel,
        "layers_on_gpu": plan.layers_on,
        "weights": plan.weight_bytes,
        "kv_cache": plan.kv_bytes,
        "computing": plan.compute_bytes,
        "reserve": plan.reserve_bytes,
        "placements": [_placement(forecast.machine, p) for p in plan.placements],
        "because": [filled(text, lang, str) for text in plan.because],
        "nearest": [filled(text, lang, str) for text in plan.nearest],
        "measured": forecast.measured and _measurement(forecast.measured),
    }


def _placement(machine: Machine, placement: Placement) -> dict[str, object]:
    index = placement.accelerator
    return {
        "device": "host" if index is None else machine.accelerators[index].device.value,
        "index": index,
        "name": None if index is None else machine.accelerators[index].name,
        "layers": placement.layers,
        "weights": placement.weight_bytes,
        "kv_cache": placement.kv_bytes,
        "computing": placement.compute_bytes,
        "reserve": placement.reserve_bytes,
        "total": placement.total,
        "free": placement.free,
    }


def _measurement(note: Measurement) -> dict[str, object]:
    return {
        "when": note.when,
        "context": note.context,
        "parallel": note.parallel,
        "kv": note.kv_type.value,
        "layers_on_gpu": note.layers_on,
        "forecast": note.host_forecast + note.device_forecast,
        "used": note.host_used + note.device_used,
        "error": round(note.error, 4),
    }
