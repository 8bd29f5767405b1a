"""From the name of a model to a loaded one: find, locate, plan, load, and learn from it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant import paths
from runtimes import registry
from runtimes.errors import DoesNotFit, NotFound, NotHere, NotInstalled, RuntimeFailure
from runtimes.texts import Text
from runtimes.types import (
    FileSource,
    Fit,
    Host,
    HubSource,
    LoadOptions,
    Machine,
    MemoryPlan,
    ModelSpec,
    Wish,
)

if TYPE_CHECKING:
    from runtimes.base import Cancel, Model, OnProgress, Runtime
    from runtimes.embedding import Embedder

NO_MODEL = Text("no model was named, and none is set as the default", "未指定模型，也没有默认模型")
CHOOSE = Text(
    "assistant models shows which fit here; -m micro needs no download",
    "assistant models 列出适合本机的模型；-m micro 无需下载",
)
ELSEWHERE = Machine(Host(system="", processor="", cores=0, memory_total=0, memory_free=0))
"""Stands for the machine where nothing of it is needed."""
MOST_ABREAST = 16
"""Answers that are written side by side at most: more of them are hardly faster, and each takes
the memory of a window."""
EMBEDS_AT_ONCE = 1024
"""Tokens that an embedder reads at once: a passage of the notes has some four hundred."""
NO_FIT = Text("{0} does not fit into this machine's memory", "本机内存装不下 {0}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to load: a name (``None``: the default model), and how.  ``samples`` answers are to be
    written side by side, as many of them as there is memory for."""

    name: str | None = None
    samples: int = 1
    wish: Wish = field(default_factory=Wish)
    options: LoadOptions = field(default_factory=LoadOptions)


def find_spec(name: str | None) -> ModelSpec:
    """What a name means, or the default model.  Raises ``NotFound`` or ``Damaged``."""
    from assistant.settings import read_settings
    from runtimes.catalog import load_catalog

    wanted = name or read_settings(paths.settings_file()).default_model
    if not wanted:
        raise NotFound(NO_MODEL, CHOOSE)
    return load_catalog(paths.overlay_file()).find(wanted)


def located(spec: ModelSpec) -> ModelSpec:
    """The same model with its files on this disk.  Raises ``NotHere`` where they are not."""
    if not isinstance(spec.source, HubSource):
        return spec
    from runtimes.store import Store

    path = Store(paths.models_folder(), offline=True).locate(spec)
    if path is None:
        raise NotHere(
            Text("{0} is not on this disk", "本机没有 {0}", (spec.id,)),
            Text("assistant pull {0}", "assistant pull {0}", (spec.id,)),
        )
    return replace(spec, source=FileSource(str(path)))


def _planned(runtime: Runtime, spec: ModelSpec, wish: Wish) -> MemoryPlan:
    """Where each part of a model would go; the machine is looked at only for what runs on it."""
    if isinstance(spec.source, HubSource | FileSource):
        from runtimes.machine import probe_machine

        return runtime.plan(spec, probe_machine(), wish)
    return runtime.plan(spec, ELSEWHERE, wish)


def _side_by_side(runtime: Runtime, spec: ModelSpec, order: Order) -> MemoryPlan:
    """The plan for the most answers side by side that take nothing from what one would have: no
    layer from the GPU, no precision from the cache, and of the window no more than half."""
    wish = _whole_wish(order)
    alone = _planned(runtime, spec, wish)
    if order.samples <= 1 or alone.fit in (Fit.REMOTE, Fit.NO):
        return alone
    waves = -(-order.samples // MOST_ABREAST)
    while (width := -(-order.samples // waves)) > 1:
        plan = _planned(runtime, spec, replace(wish, parallel=width))
        where = (plan.fit, plan.layers_on, plan.kv_type)
        alike = where == (alone.fit, alone.layers_on, alone.kv_type)
        if alike and 2 * plan.context >= alone.context:
            return plan
        waves *= 2
    return alone


def open_model(order: Order, on_progress: OnProgress, cancel: Cancel) -> Model:
    """The model, loaded.  Raises ``runtimes.errors``, each with its remedy.

    What it really takes is noted afterwards, so that the next forecast shows its error.
    """
    spec = located(find_spec(order.name))
    runtime = registry.runtime(spec.runtime)
    _check_ready(runtime, spec)
    plan = _side_by_side(runtime, spec, order)
    if plan.fit is Fit.NO:
        raise DoesNotFit(Text(NO_FIT.en, NO_FIT.zh, (spec.id,)), plan=plan)
    model = runtime.load(spec, plan, _lasting(order.options), on_progress, cancel)
    try:
        with suppress(RuntimeFailure):  # it is loaded all the same
            _note_memory(spec, plan, model)
    except BaseException:
        model.close()
        raise
    return model


def _lasting(options: LoadOptions) -> LoadOptions:
    """With the time for which the user wants a model kept that nobody asks."""
    from assistant.settings import read_settings

    minutes = None
    with suppress(RuntimeFailure):  # a damaged file is told where it is looked into
        minutes = read_settings(paths.settings_file()).keep_minutes
    if minutes is None or options.keep_alive is not None:
        return options
    return replace(options, keep_alive=60.0 * minutes)


def _whole_wish(order: Order) -> Wish:
    """With what the options of the engine take of the memory."""
    wish = replace(order.wish, lookup=order.options.lookup)
    if not order.options.lora:
        return wish
    from runtimes.memory.adapters import adapter_bytes

    return replace(wish, adapters=adapter_bytes(order.options.lora))


def open_embedder(name: str, on_progress: OnProgress, cancel: Cancel) -> Embedder:
    """A model that is to embed, loaded.  Raises ``runtimes.errors``."""
    from runtimes.embedding import Embeds, embeds_not

    spec = located(find_spec(name))
    runtime = registry.runtime(spec.runtime)
    if not isinstance(runtime, Embeds):
        raise embeds_not(spec.id)
    _check_ready(runtime, spec)
    plan = _planned(runtime, spec, Wish(context=EMBEDS_AT_ONCE))
    if plan.fit is Fit.NO:
        raise DoesNotFit(Text(NO_FIT.en, NO_FIT.zh, (spec.id,)), plan=plan)
    options = LoadOptions(state_folder=str(paths.state_folder()))
    return runtime.load_embedder(spec, plan, options, on_progress, cancel)


def embedder_key(name: str) -> str:
    """What vectors belong to: the model's name, and of a file on this disk which one it is now.

    Raises ``NotFound``, ``NotHere`` or ``Damaged``.
    """
    spec = located(find_spec(name))
    if not isinstance(spec.source, FileSource):
        return spec.id
    try:
        size, stamp = _stamp(spec.source.path)
    except OSError as wrong:
        raise NotHere(
            Text("there is no file {0}", "文件不存在：{0}", (spec.source.path,))
        ) from wrong
    return f"{spec.id} {size} {stamp}"


def _stamp(path: str) -> tuple[int, int]:
    """Size and time of a file, or of all that lies in the folder of a checkpoint.  Raises
    ``OSError``."""
    if not os.path.isdir(path):  # noqa: PTH112 - a name as the user gave it
        status = os.stat(path)  # noqa: PTH116
        return status.st_size, status.st_mtime_ns
    found = [entry.stat() for entry in os.scandir(path) if entry.is_file()]
    return sum(one.st_size for one in found), max((one.st_mtime_ns for one in found), default=0)


def _check_ready(runtime: Runtime, spec: ModelSpec) -> None:
    there = runtime.probe()
    if not there.ready:
        unknown = Text(
            "the engine {0} does not work here", "引擎 {0} 在本机不可用", (spec.runtime,)
        )
        raise NotInstalled(there.detail or unknown, there.remedy)


def _note_memory(spec: ModelSpec, plan: MemoryPlan, model: Model) -> None:
    report = model.memory()
    if report is not None:
        from runtimes.memory import record_measurement

        record_measurement(paths.state_folder(), spec.id, plan, report)
