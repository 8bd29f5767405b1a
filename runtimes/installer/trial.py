"""The proof that an engine works here: it writes one token of the model that ships."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from runtimes.base import Cancel, Runtime
from runtimes.catalog import Catalog
from runtimes.errors import EngineFailed, EngineHung, NotFound, RuntimeFailure
from runtimes.host import HostedModel
from runtimes.installer.packages import installed
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
QUANTISED = "nf4"
CONTEXT = 512
QUESTION = "1 + 1 = ?"
PATIENCE = 180.0
"""Seconds; loading torch from a cold disk takes one of the three minutes."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How it went.  ``seconds`` count from the start of the engine's process; ``safe_mode`` says
    that it crashed at first and ran only with its fast paths off; ``failure`` is ``None`` where
    it wrote its token.  ``lost`` is why it could not do so with weights of 4 bits, where only
    whole ones work."""

    engine: str
    seconds: float
    safe_mode: bool = False
    failure: RuntimeFailure | None = None
    lost: RuntimeFailure | None = None


def trial(
    runtime: Runtime, catalog: Catalog, machine: Machine, patience: float = PATIENCE
) -> Trial:
    """Load the shipped model in a process of its own and let it write one token, in at most so
    many seconds."""
    lost: RuntimeFailure | None = None
    while True:
        start, cancel = time.monotonic(), Cancel()
        alarm = threading.Timer(patience, cancel.set)
        alarm.daemon = True
        alarm.start()
        try:
            spec = _spec(runtime.name, catalog, quantised=lost is None)
            safe = _write(runtime, spec, machine, cancel)
            return Trial(runtime.name, time.monotonic() - start, safe, lost=lost)
        except RuntimeFailure as failure:
            told = _too_slow(patience) if cancel.is_set() else failure
            if lost is not None or not _has_quantised(runtime.name):
                return Trial(runtime.name, time.monotonic() - start, failure=told)
            lost = told
        finally:
            alarm.cancel()


def _write(runtime: Runtime, spec: ModelSpec, machine: Machine, cancel: Cancel) -> bool:
    """Did it take the safe mode?  Raises ``runtimes.errors``."""
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


def _has_quantised(engine: str) -> bool:
    """Are weights of 4 bits a matter of their own?  They take a library beside torch."""
    return engine == "checkpoint" and installed("bitsandbytes") is not None


def _spec(engine: str, catalog: Catalog, *, quantised: bool) -> ModelSpec:
    entry = catalog.get(MODEL)
    forms = [] if entry is None else [form for form in entry.variants if form.runtime == engine]
    if quantised and _has_quantised(engine):
        forms.sort(key=lambda form: form.quantisation != QUANTISED)
    if entry is None or not forms:
        raise NotFound(Text("no small model came with the program", "程序未附带小模型"))
    return entry.spec(forms[0])


def _ignored(_progress: LoadProgress) -> None:
    """A model of two megabytes needs no progress bar."""
