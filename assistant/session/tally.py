"""What a turn took: tokens, seconds, energy, over all the streams that it opened."""

from __future__ import annotations

import time
from dataclasses import dataclass

from assistant.events import Account, CodeCounts, StepCounts, VoteCounted
from assistant.maths.types import Verdict
from assistant.session.orders import window_of
from runtimes.base import Model
from runtimes.power import PowerMeter
from runtimes.types import GenerationParams, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the account says of the answer itself."""

    steps: StepCounts
    code: CodeCounts
    answer_verdict: Verdict | None = None
    votes: VoteCounted | None = None
    repairs: int = 0


_AT_ONCE = 1e-4
"""Seconds a token: what comes faster was not written then, it came all at once."""


class Tally:
    """Counts from its making on."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._first: float | None = None
        self._usages: list[Usage] = []
        self._meter = PowerMeter()
        self._metered_from: float | None = None
        self._model: Model | None = None
        self._params: GenerationParams | None = None

    def start(self, model: Model, params: GenerationParams) -> None:
        """A model is about to write; the energy counts from the first time on."""
        if self._metered_from is None:
            self._metered_from = time.monotonic()
            self._meter.start()
        self._model, self._params = model, self._params or params

    def delta(self) -> None:
        """Something was written."""
        if self._first is None:
            self._first = time.monotonic() - self._begun

    def add(self, usage: Usage) -> None:
        """A stream has ended."""
        self._usages.append(usage)

    @property
    def written(self) -> int:
        """Tokens of all streams, thinking and answers."""
        return sum(u.reasoning_tokens + u.answer_tokens for u in self._usages)

    @property
    def seed(self) -> int | None:
        """The seed of the first stream: with it the turn can be run again."""
        return self._usages[0].seed if self._usages else None

    def account(self, outcome: Outcome) -> Account:
        """The honest line.  Call it once: it ends the measurement of energy."""
        seconds = time.monotonic() - self._begun
        writing = sum(max(u.seconds - u.first_token_seconds, 0.0) for u in self._usages)
        later = sum(max(u.reasoning_tokens + u.answer_tokens - 1, 0) for u in self._usages)
        params, spec = self._params, None if self._model is None else self._model.spec
        return Account(
            steps=outcome.steps,
            code=outcome.code,
            answer_verdict=outcome.answer_verdict,
            votes=outcome.votes,
            repairs=outcome.repairs,
            model="" if spec is None else spec.id,
            quantisation="" if spec is None else spec.quantisation,
            seed=self.seed,
            temperature=None if params is None else params.temperature,
            prompt_tokens=max((u.prompt_tokens for u in self._usages), default=0),
            cached_tokens=self._usages[0].cached_tokens if self._usages else 0,
            reasoning_tokens=sum(u.reasoning_tokens for u in self._usages),
            answer_tokens=sum(u.answer_tokens for u in self._usages),
            first_token_seconds=self._first or 0.0,
            tokens_per_second=later / writing if writing > later * _AT_ONCE > 0 else None,
            seconds=seconds,
            joules=self._joules(),
            context=None if self._model is None else window_of(self._model),
        )

    def _joules(self) -> float | None:
        """Energy of processor and GPUs while the models wrote; ``None`` where nobody tells."""
        if self._metered_from is None:
            return None
        seconds = time.monotonic() - self._metered_from
        watts = self._meter.stop()
        known = [w for w in (watts.processor, watts.gpus) if w is not None]
        return sum(known) * seconds if known else None
