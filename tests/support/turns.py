"""Whole turns of a session over scripted models, in the test's own process."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from assistant import loader
from assistant.events import TurnEvent, TurnFinished
from assistant.maths.pool import Limits, Pool
from assistant.session.means import Means
from assistant.session.options import TurnOptions
from assistant.session.session import Session
from assistant.tools.toolbox import Job
from runtimes.base import Cancel, Model
from runtimes.texts import Lang
from runtimes.types import Wish

T = TypeVar("T")
USUAL = TurnOptions(lang=Lang.EN, exact_first=False)


def script(folder: Path, *answers: Sequence[Mapping[str, object]], name: str = "script") -> str:
    """A script of several answers; the name of its model."""
    path = folder / f"{name}.jsonl"
    parts = ["\n".join(json.dumps(line) for line in answer) for answer in answers]
    path.write_text('\n{"next": true}\n'.join(parts), encoding="utf-8")
    return f"scripted:{path}"


def opener(model: str, context: int | None = None) -> Callable[[Cancel], Model]:
    """Opens a model by its name."""
    order = loader.Order(name=model, wish=Wish(context=context))
    return lambda cancel: loader.open_model(order, lambda _: None, cancel)


class SharedPool(Means):
    """Means whose checking process is shared by many tests, and outlives them."""

    _warm: Pool | None = None

    def pool(self) -> Pool:
        if SharedPool._warm is None:
            SharedPool._warm = Pool(Limits())
        return SharedPool._warm

    def close(self) -> None:
        self._pool = None
        super().close()


def means(
    model: str | None,
    *,
    context: int | None = None,
    tools: Callable[[Pool], tuple[Job, ...]] | None = None,
) -> Means:
    """Means with a model, or without."""
    opened = None if model is None else opener(model, context)
    return SharedPool(opened, label=model or "", tools=tools)


def turn(
    model: str | None, question: str, options: TurnOptions = USUAL, **more: object
) -> list[TurnEvent]:
    """The events of one turn."""
    with means(model, **more) as given:  # type: ignore[arg-type]
        return list(Session(given, options).ask(question, Cancel()))


def of(kind: type[T], events: list[TurnEvent]) -> list[T]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]


def end(events: list[TurnEvent]) -> TurnFinished:
    """The last event; there is one, and it is the last."""
    finished = of(TurnFinished, events)
    assert len(finished) == 1
    assert events[-1] is finished[0]
    return finished[0]
