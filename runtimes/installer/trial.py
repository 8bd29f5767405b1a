"""The proof that an engine works here: it writes one token of the model that ships."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from runtimes.base import Cancel, Runtime
from runtimes.catalog import Catalog
from runtimes.errors import EngineFailed, EngineHung, NotFound, RuntimeFailure
from runtimes.host import HostedModel
from runtimes.texts import Text
from runtimes.types import (
    Finished,
    Fit,
    GenerationParams,
    LoadOptions,
    LoadProgress,
    Machine,
    Message,
    ModelSpec,
    Role,
    Usage,
    Wish,
)

MODEL = "micro"
"""The model that ships, in a form for each in-process engine."""
CONTEXT = 512
QUESTION = "1 + 1 = ?"
PATIENCE = 180.0
"""Seconds; loading torch from a cold disk takes one of the three minutes."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How it went.  ``seconds`` count from the start of the engine's process; ``safe_mode`` says
    that it crashed at first and ran only with its fast paths off; ``failure`` is ``None`` where
    it wrote its token."""

    engine: str
    seconds: float
    safe_mode: bool = False
    failure: RuntimeFailure | None = None


def trial(
    runtime: Runtime, catalog: Catalog, machine: Machine, patience: float = PATIENCE
) -> Trial:
    """Load the shipped model in a process of its own and let it write one token, in at most so
    many seconds."""
    start, cancel = time.monotonic(), Cancel()
    alarm = threading.Timer(patience, cancel.set)
    alarm.daemon = True
    alarm.start()
    try:
        safe = _write(runtime, catalog, machine, cancel)
    except RuntimeFailure as failure:
        told = _too_slow(patience) if cancel.is_set() else failure
        return Trial(runtime.name, time.monotonic() - start, failure=told)
    finally:
        alarm.cancel()
    return Trial(runtime.name, time.monotonic() - start, safe)


def _write(runtime: Runtime, catalog: Catalog, machine: Machine, cancel: Cancel) -> bool:
    """Did it take the safe mode?  Raises ``runtimes.errors``."""
    spec = _spec(runtime.name, catalog)
    plan = runtime.plan(spec, machine, Wish(context=CONTEXT))
    if plan.fit is Fit.NO:
        small = Text("not even the smallest model fits", "连最小的模型也装不下")
        raise EngineFailed(small, *plan.because[:1])
    model = runtime.load(spec, plan, LoadOptions(), _ignored, cancel)
    try:
        params = GenerationParams(max_tokens=1, temperature=0.0, seed=1)
        events = list(model.stream((Message(Role.USER, QUESTION),), params, cancel))
        last = events[-1] if events else None
        if not isinstance(last, Finished) or not _written(last.usage):
            raise EngineFailed(Text("the engine wrote nothing", "引擎没有输出"))
        return isinstance(model, HostedModel) and model.safe_mode
    finally:
        model.close()


def _written(usage: Usage) -> int:
    return usage.reasoning_tokens + usage.answer_tokens


def _too_slow(seconds: float) -> EngineHung:
    return EngineHung(
        Text(
            "the engine wrote no token in {0} seconds",
            "引擎在 {0} 秒内没有生成任何词元",
            (f"{seconds:g}",),
        ),
        Text("close other programs and try again", "请关闭其他程序后重试"),
    )


def _spec(engine: str, catalog: Catalog) -> ModelSpec:
    entry = catalog.get(MODEL)
    forms = () if entry is None else entry.variants
    form = next((form for form in forms if form.runtime == engine), None)
    if entry is None or form is None:
        raise NotFound(Text("no small model came with the program", "程序未附带小模型"))
    return entry.spec(form)


def _ignored(_progress: LoadProgress) -> None:
    """A model of two megabytes needs no progress bar."""
