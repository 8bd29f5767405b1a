"""One answer as it is written: from tokens to events, with its limits and its end."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runtimes.llamacpp.sampling import logits
from runtimes.textstream import AnswerStream, Piece
from runtimes.types import (
    Finished,
    FinishReason,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    TokenLogprob,
    Usage,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from runtimes.llamacpp.sampling import Sampler
    from runtimes.llamacpp.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What bounds an answer, in tokens.

    ``length`` is for all of it, ``thinking`` for the thinking (``None``: unbounded); ``stops``
    end the answer.  ``rivals`` is the number of log-probabilities beside that of each token;
    0 gives none at all.
    """

    length: int
    thinking: int | None
    stops: tuple[str, ...]
    rivals: int


@dataclass(frozen=True, slots=True)
class Start:
    """Where an answer begins: the prompt's numbers, and when the work on it began."""

    prompt_tokens: int
    cached_tokens: int
    thinking: bool
    seed: int
    began: float


class Writer:
    """``sample`` and ``take`` in turn, until ``reason`` is set.  To be closed.

    ``close_thinking`` are the tokens that end the thinking when its budget is used up.
    ``constrain``, if given, makes the grammar that holds from where the answer begins.
    """

    def __init__(
        self, vocabulary: Vocabulary, sampler: Sampler, start: Start, limits: Limits
    ) -> None:
        self._vocabulary = vocabulary
        self._sampler = sampler
        self._start = start
        self._limits = limits
        self._stream = AnswerStream(thinking=start.thinking, stops=limits.stops)
        self._forced: deque[int] = deque()
        self._close_thinking: Sequence[int] = ()
        self._grammar: Callable[[], int] | None = None
        self._logprobs: list[TokenLogprob] = []
        self._reasoning = self._answer = 0
        self._first = 0.0
        self._cut = False
        self.drafted = self.accepted = 0
        self.reason: FinishReason | None = None
        """Why it ended; ``None`` while it has not."""
        self.tokens: list[int] = []
        """All that was written."""

    def budget(self, close_thinking: Sequence[int]) -> None:
        """Give the tokens that end the thinking; a budget of 0 ends it before it begins."""
        self._close_thinking = close_thinking
        self._hold_budget()

    def constrain(self, grammar: Callable[[], int]) -> None:
        """Let the answer, not the thinking, obey a grammar."""
        self._grammar = grammar
        self._hold_constraint()

    # --- token by token ----------------------------------------------------------------------

    @property
    def free(self) -> bool:
        """Is the next token the model's to choose?"""
        return not self._forced

    def sample(self, context: int, index: int, api: Any) -> int:
        """The next token: forced, or chosen from output ``index`` of the last batch."""
        if self._forced:
            token = self._forced.popleft()
            self._sampler.force(token)
        else:
            token = self._sampler.sample(context, index)
        if self._limits.rivals and not self._vocabulary.ends(token):
            row = logits(api, context, index, self._vocabulary.size)
            self._logprobs.append(self._logprob(token, row))
        return token

    def take(self, token: int) -> list[StreamEvent]:
        """Write a token; the events of the text that is certain now."""
        if not self._first:
            self._first = time.monotonic()
        if self._vocabulary.ends(token):
            return self.end(FinishReason.STOP)
        self.tokens.append(token)
        thinking = self._stream.thinking
        pieces = self._stream.feed(self._vocabulary.piece(token))
        if thinking or self._stream.thinking:
            self._reasoning += 1
        else:
            self._answer += 1
        if self._stream.stopped:
            self.reason = FinishReason.STOP
        elif self._reasoning + self._answer >= self._limits.length:
            return self._events(pieces) + self.end(FinishReason.LENGTH)
        elif self._stream.thinking:
            self._hold_budget()
        elif thinking:
            self._hold_constraint()
        return self._events(pieces)

    def end(self, reason: FinishReason) -> list[StreamEvent]:
        """End here; the events of what was held back."""
        self.reason = reason
        return self._events(self._stream.flush())

    def finished(self, reason: FinishReason) -> Finished:
        """The last event."""
        now = time.monotonic()
        usage = Usage(
            prompt_tokens=self._start.prompt_tokens,
            cached_tokens=self._start.cached_tokens,
            reasoning_tokens=self._reasoning,
            answer_tokens=self._answer,
            first_token_seconds=(self._first or now) - self._start.began,
            seconds=now - self._start.began,
            drafted=self.drafted,
            accepted=self.accepted,
            thinking_cut=self._cut,
            seed=self._start.seed,
        )
        return Finished(reason, usage)

    def close(self) -> None:
        """Free the sampler."""
        self._sampler.close()

    # --- inside ------------------------------------------------------------------------------

    def _hold_budget(self) -> None:
        budget = self._limits.thinking
        over = budget is not None and self._reasoning >= budget
        if over and self._stream.thinking and not self._forced and self._close_thinking:
            self._forced.extend(self._close_thinking)
            self._cut = True

    def _hold_constraint(self) -> None:
        if self._grammar is not None and not self._stream.thinking:
            self._sampler.constrain(self._grammar())
            self._grammar = None

    def _events(self, pieces: Sequence[Piece]) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        for piece in pieces:
            logprobs = tuple(self._logprobs)
            self._logprobs.clear()
            kind = ReasoningDelta if piece.thinking else TextDelta
            events.append(kind(piece.text, logprobs))
        return events

    def _logprob(self, token: int, row: Any) -> TokenLogprob:
        import numpy as np

        top = float(row.max())
        total = top + float(np.log(np.exp(row - top, dtype=np.float64).sum()))
        count = min(self._limits.rivals + 1, len(row))  # the token itself may be among them
        best = np.argpartition(-row, count - 1)[:count]
        best = best[np.argsort(-row[best], kind="stable")]
        best = best[best != token][: self._limits.rivals]

        def words(number: int) -> str:
            return self._vocabulary.piece(number).decode("utf-8", "replace")

        rivals = tuple((words(int(i)), float(row[i]) - total) for i in best)
        return TokenLogprob(words(token), float(row[token]) - total, rivals)
