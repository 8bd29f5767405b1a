"""What a user may ask of a turn."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.events import Route
from runtimes.texts import Lang
from runtimes.types import JsonSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How to write; ``None`` means the model's own default.

    ``cool_down`` is the temperature that the answer ends with where the thinking begins with
    ``temperature`` (the schedule); ``seed`` ``None`` draws one.
    """

    temperature: float | None = None
    cool_down: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    repeat_penalty: float | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOptions:
    """``think`` is the budget of thinking tokens (``None``: what the window leaves when the
    answer has its room); ``repairs`` how often a refuted step may be written again; ``samples``
    how many answers vote; ``explain`` lets a model explain what the exact solver found.
    ``exact_first`` ``False``: a model is asked also where the exact solver would know.
    ``fold`` ``False``: a conversation that outgrows the window is refused, not folded.
    """

    lang: Lang
    route: Route | None = None
    think: int | None = None
    max_tokens: int | None = None
    sampling: Sampling = Sampling()
    schema: JsonSchema | None = None
    tools: bool = False
    samples: int = 1
    check: bool = True
    repairs: int = 2
    explain: bool = False
    fold: bool = True
    exact_first: bool = True
