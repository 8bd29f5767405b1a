"""One answer as it is written: from tokens to events, with its limits and its end."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runtimes.sentences import Budget
from runtimes.textstream import Piece, Seam
from runtimes.thinktags import TokenStream
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
    from collections.abc import Sequence

    from runtimes.llamacpp.constraint import CompiledGrammar
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
    """Where an answer begins: the prompt's numbers, and when the work on it began.  ``seam``: it
    is the rest of an answer.  ``headed``: see ``TokenStream``."""

    prompt_tokens: int
    cached_tokens: int
    thinking: bool
    seed: int
    began: float
    seam: Seam | None = None
    headed: bool = False


class Writer:
    """``sample`` and ``take`` in turn, until ``reason`` is set.  To be closed."""

    def __init__(
        self, vocabulary: Vocabulary, sampler: Sampler, start: Start, limits: Limits
    ) -> None:
        self._vocabulary = vocabulary
        self._sampler = sampler
        self._start = start
        self._limits = limits
        self._stream = TokenStream(
            vocabulary.think,
            thinking=start.thinking,
            headed=start.headed,
            stops=limits.stops,
            seam=start.seam,
        )
        self._budget = Budget(limits.thinking)
        self._forced: deque[int] = deque()
        self._grammar: CompiledGrammar | None = None
        self._may_think = False
        self._logprobs: list[TokenLogprob] = []
        self._reasoning = self._answer = 0
        self._first = 0.0
        self._cut = False
        self.drafted = self.accepted = 0
        self.reason: FinishReason | None = None
        """Why it ended; ``None`` while it has not."""
        if limits.length <= 0:
            self.reason = FinishReason.LENGTH
        self.told = False
        """Was its end told, by ``finished``?"""
        self._hold_budget(b"")

    def constrain(self, grammar: CompiledGrammar, *, may_think: bool) -> None:
        """Let the answer obey a grammar, and the thinking before it be free.

        ``may_think``: the model may begin by opening a thinking that the prompt did not open.
        """
        self._grammar = grammar
        self._may_think = may_think and not self._stream.thinking
        if not self._stream.thinking and not self._may_think:
            self._begin_held()

    # --- token by token ----------------------------------------------------------------------

    def sample(self, logits: Any) -> int:
        """The next token: forced, or chosen by the logits that the last one gave."""
        if self._forced:
            token = self._forced.popleft()
        else:
            token = self._sampler.sample(logits)
            if self._may_think:
                self._may_think = False
                if token not in self._vocabulary.marks and not self._is_spelled(token):
                    self._begin_held()
                    token = self._forced.popleft() if self._forced else self._sampler.sample(logits)
        self._sampler.remember((token,))
        if self._limits.rivals and not self._vocabulary.ends(token):
            self._logprobs.append(self._logprob(token, logits))
        return token

    def is_last(self, token: int) -> bool:
        """Is it known, before its text is looked at, that nothing can follow this token?"""
        written = self._reasoning + self._answer + 1
        return written >= self._limits.length or self._vocabulary.ends(token)

    def take(self, token: int) -> list[StreamEvent]:
        """Write a token; the events of the text that is certain now."""
        if not self._first:
            self._first = time.monotonic()
        if self._vocabulary.ends(token):
            return self.end(FinishReason.STOP)
        thinking = self._stream.thinking
        piece = self._vocabulary.piece(token)
        pieces = self._stream.take(self._vocabulary.marks.get(token, ""), piece)
        if thinking or self._stream.thinking:
            self._reasoning += 1
        else:
            self._answer += 1
        if self._stream.stopped:
            self.reason = FinishReason.STOP
        elif self._reasoning + self._answer >= self._limits.length:
            return self._events(pieces) + self.end(FinishReason.LENGTH)
        elif self._stream.thinking:
            self._hold_budget(piece)
        elif not self._stream.headed:
            self._begin_answer(piece)
        return self._events(pieces)

    def end(self, reason: FinishReason) -> list[StreamEvent]:
        """End here; the events of what was held back."""
        self.reason = reason
        return self._events(self._stream.flush())

    def finished(self, reason: FinishReason) -> Finished:
        """The last event."""
        self.told = True
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

    def _hold_budget(self, piece: bytes) -> None:
        """End the thinking where its budget says so; ``piece`` was its last token."""
        if self._forced or self._stream.headed or not self._stream.thinking:
            return
        if self._budget.over(self._reasoning, piece):
            thought = "\n" if piece.endswith(b"\n") else ""
            self._forced.extend(self._vocabulary.tokens(self._vocabulary.think.end(thought)))
            self._cut = True

    def _begin_answer(self, last: bytes) -> None:
        """The thinking is over, or the model has closed one that it did not open.  It leaves a
        blank line there; a grammar has none."""
        if self._grammar is not None:
            self._hold_constraint()
            blank = self._vocabulary.think.blank
            if blank and not self._forced and not last.endswith(b"\n"):
                self._forced.extend(self._vocabulary.tokens(blank))

    def _is_spelled(self, token: int) -> bool:
        """Does this token, by itself, open a thinking in a vocabulary without tags for it?"""
        think = self._vocabulary.think
        return think.spelled and self._vocabulary.piece(token) == think.opens.encode()

    def _begin_held(self) -> None:
        """Let the answer begin here, without a thinking."""
        if self._stream.headed:
            self._forced.extend(self._vocabulary.tokens(self._vocabulary.think.lead))
        else:
            self._hold_constraint()

    def _hold_constraint(self) -> None:
        if self._grammar is not None:
            self._sampler.constrain(self._grammar.fresh())
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
