"""All models at one look: the machine, what is on its disk, how each would fit, which to take."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import paths
from assistant.modellist import Row, Shelves, Stray, rows
from assistant.recommend import Recommendation, recommend
from assistant.settings import read_settings
from runtimes.catalog import Catalog, Origin, load_catalog
from runtimes.machine import probe_machine
from runtimes.memory.pieces import memory_text
from runtimes.store import Store
from runtimes.texts import Text
from runtimes.types import Fit, Machine

FITS = {
    Fit.GPU: Text("GPU, {0}", "显卡，{0}"),
    Fit.SPLIT: Text("GPU {1}/{2}, {0}", "显卡 {1}/{2} 层，{0}"),
    Fit.HOST: Text("processor, {0}", "处理器，{0}"),
    Fit.REMOTE: Text("elsewhere", "远程"),
    Fit.NO: Text("too large", "放不下"),
}
UNKNOWN = Text("not known", "未知")


@dataclass(frozen=True, slots=True)
class Overview:
    """``default`` is the name of the default model, empty where there is none."""

    machine: Machine
    catalog: Catalog
    rows: tuple[Row, ...]
    strays: tuple[Stray, ...]
    default: str
    advice: Recommendation


def overview() -> Overview:
    """As it is now.  Opens no socket.  Raises ``Damaged`` for a damaged file of the user's."""
    catalog = load_catalog(paths.overlay_file())
    machine = probe_machine()
    shelves = Shelves(Store(paths.models_folder(), offline=True))
    found = rows(catalog, machine, shelves)
    return Overview(
        machine=machine,
        catalog=catalog,
        rows=found,
        strays=tuple(shelves.strays(catalog)),
        default=read_settings(paths.settings_file()).default_model or "",
        advice=recommend(found, has_gpu=bool(machine.accelerators)),
    )


def worth_showing(row: Row) -> bool:
    """Is it on the disk, would it fit, or has the user to do with it?"""
    fits = row.plan is not None and row.plan.fit is not Fit.NO
    return bool(row.here or fits or row.entry.origin is not Origin.SHIPPED)


def machine_line(machine: Machine) -> Text:
    """The memory of this machine in a sentence."""
    host = machine.host
    parts = [memory_text(host.memory_free), memory_text(host.memory_total), host.cores]
    en = "this machine: {0} of {1} memory free, {2} cores"
    zh = "本机：内存可用 {0} / {1}，{2} 核"
    for gpu in machine.accelerators:
        at = len(parts)
        en += f"; {{{at}}}: {{{at + 1}}} of {{{at + 2}}} free"
        zh += f"；{{{at}}}：可用 {{{at + 1}}} / {{{at + 2}}}"
        parts += [gpu.name, memory_text(gpu.free), memory_text(gpu.total)]
    return Text(en, zh, tuple(parts))


def fit_text(row: Row) -> Text:
    """How a model would sit on this machine, in two words."""
    plan = row.plan
    if plan is None:
        return UNKNOWN
    text = FITS[plan.fit]
    layers = row.entry.shape.layers if row.entry.shape else "?"
    return Text(text.en, text.zh, (f"{plan.context // 1024}k", plan.layers_on, layers))
