"""The proof that an engine works here: it writes one token of the model that ships."""

from __future__ import annotations

import time
from dataclasses import dataclass

from runtimes.base import Cancel, Runtime
from runtimes.catalog import Catalog
from runtimes.errors import EngineFailed, NotFound, RuntimeFailure
from runtimes.host import HostedModel
from runtimes.texts import Text
from runtimes.types import (
    Finished,
    FinishReason,
    Fit,
    GenerationParams,
    LoadOptions,
    LoadProgress,
    Machine,
    Message,
    ModelSpec,
    Role,
    Wish,
)

MODEL = "micro"
"""The model that ships, in a form for each in-process engine."""
CONTEXT = 512
QUESTION = "1 + 1 = ?"


@dataclass(frozen=True, slots=True)
class Trial:
    """How it went.  ``seconds`` count from the start of the engine's process; ``safe_mode`` says
    that it crashed at first and ran only with its fast paths off; ``failure`` is ``None`` where
    it wrote its token."""

    engine: str
    seconds: float
    safe_mode: bool = False
    failure: RuntimeFailure | None = None


def trial(runtime: Runtime, catalog: Catalog, machine: Machine) -> Trial:
    """Load the shipped model in a process of its own and let it write one token."""
    start = time.monotonic()
    try:
        safe = _write(runtime, catalog, machine)
    except RuntimeFailure as failure:
        return Trial(runtime.name, time.monotonic() - start, failure=failure)
    return Trial(runtime.name, time.monotonic() - start, safe)


def _write(runtime: Runtime, catalog: Catalog, machine: Machine) -> bool:
    """Did it take the safe mode?  Raises ``runtimes.errors``."""
    spec = _spec(runtime.name, catalog)
    plan = runtime.plan(spec, machine, Wish(context=CONTEXT))
    if plan.fit is Fit.NO:
        raise EngineFailed(
            Text("not even the smallest model fits", "连最小的模型也装不下"), *plan.because[:1]
        )
    model = runtime.load(spec, plan, LoadOptions(), _ignored, Cancel())
    try:
        params = GenerationParams(max_tokens=1, temperature=0.0, seed=1)
        events = list(model.stream((Message(Role.USER, QUESTION),), params, Cancel()))
        last = events[-1]
        if not isinstance(last, Finished) or last.reason is FinishReason.CANCELLED:
            raise EngineFailed(Text("the engine wrote nothing", "引擎没有输出"))
        if not last.usage.reasoning_tokens + last.usage.answer_tokens:
            raise EngineFailed(Text("the engine wrote nothing", "引擎没有输出"))
        return isinstance(model, HostedModel) and model.safe_mode
    finally:
        model.close()


def _spec(engine: str, catalog: Catalog) -> ModelSpec:
    entry = catalog.get(MODEL)
    forms = () if entry is None else entry.variants
    form = next((form for form in forms if form.runtime == engine), None)
    if entry is None or form is None:
        raise NotFound(Text("no small model came with the program", "程序未附带小模型"))
    return entry.spec(form)


def _ignored(_progress: LoadProgress) -> None:
    """A model of two megabytes needs no progress bar."""
