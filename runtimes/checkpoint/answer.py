"""One answer while it is written: from its tokens to its events, and when it ends."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from runtimes.checkpoint.sampling import PENALTY_WINDOW
from runtimes.checkpoint.tokens import Tokens
from runtimes.sentences import Budget
from runtimes.textstream import Piece, Seam
from runtimes.thinktags import TokenStream
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    TokenLogprob,
    Usage,
)

if TYPE_CHECKING:
    from torch import Tensor


class Guide(Protocol):
    """Holds an answer to a constraint, token by token."""

    def allow(self, logits: Tensor) -> Tensor:
        """The logits with what may not come next at minus infinity."""

    def take(self, token: int) -> None:
        """This token was written."""

    @property
    def done(self) -> bool:
        """Nothing more may come."""


@dataclass(frozen=True, slots=True)
class Begin:
    """What an answer begins with.

    ``thinking``: the prompt ends in an open tag.  ``limit`` is the number of tokens that the
    answer may have, ``ends`` are those that end a turn.  ``seam``: it is the rest of an answer.
    """

    started: float
    prompt: tuple[int, ...]
    thinking: bool
    limit: int
    ends: frozenset[int]
    seam: Seam | None = None


@dataclass(eq=False)
class Answer:
    """The state of one answer; ``take`` gives it its next token.

    ``cached`` tokens of the prompt were known already.
    """

    tokens: Tokens
    params: GenerationParams
    begin: Begin
    seed: int
    guide: Guide | None = None
    cached: int = 0
    reason: FinishReason | None = None
    written: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - sampling, no secret
        self.recent = deque(self.begin.prompt, maxlen=PENALTY_WINDOW)
        headed = self.tokens.headed(self.begin.prompt)
        self._stream = TokenStream(
            self.tokens.think,
            thinking=self.begin.thinking,
            headed=headed,
            stops=self.params.stop,
            seam=self.begin.seam,
        )
        self._budget = Budget(self.params.thinking_tokens)
        self._text = self.tokens.writer()
        self._forced: deque[int] = deque()
        if headed and self.guide is not None:  # what it holds must be seen to begin
            self._forced.extend(self.tokens.encode(self.tokens.think.lead))
        self._logprobs: list[TokenLogprob] = []
        self._reasoning = 0
        self._cut = False
        self._first: float | None = None
        if self.begin.limit <= 0:
            self.reason = FinishReason.LENGTH
        self._mind_budget(b"")

    @property
    def thinking(self) -> bool:
        """Is the model thinking at this place?"""
        return self._stream.thinking

    @property
    def guided(self) -> bool:
        """Must the next token obey the constraint?"""
        held = self.guide is not None and not self._forced
        return held and not self.thinking and not self._stream.headed

    def uniform(self) -> float:
        """The next random number of this answer, from 0 up to 1."""
        return self._random.random()

    def forced(self) -> int | None:
        """The token that must come next, whatever the model would write."""
        return self._forced[0] if self._forced else None

    def take(self, token: int, logprob: TokenLogprob | None = None) -> list[StreamEvent]:
        """The events that the next token makes certain; sets ``reason`` where it is the last."""
        guided = self.guided
        if self._forced:
            self._forced.popleft()
        elif token in self.begin.ends:
            self.reason = FinishReason.STOP
            return []
        thinking = self._stream.thinking
        self.written.append(token)
        self.recent.append(token)
        if logprob is not None:
            self._logprobs.append(logprob)
        piece = self._text(token)
        events = self._events(self._stream.take(self.tokens.mark(token), piece))
        self._reasoning += thinking or self._stream.thinking
        if guided and self.guide is not None:
            self.guide.take(token)
        if self._stream.stopped or (guided and self.guide is not None and self.guide.done):
            self.reason = FinishReason.STOP
        elif len(self.written) >= self.begin.limit:
            self.reason = FinishReason.LENGTH
        self._mind_budget(piece if isinstance(piece, bytes) else piece.encode())
        return events

    def finish(self, reason: FinishReason | None = None) -> list[StreamEvent]:
        """The last events; ``reason`` where something else than the answer ended it."""
        reason = reason or self.reason or FinishReason.STOP
        now = time.monotonic()
        begin = self.begin
        usage = Usage(
            prompt_tokens=len(begin.prompt),
            cached_tokens=self.cached,
            reasoning_tokens=self._reasoning,
            answer_tokens=len(self.written) - self._reasoning,
            first_token_seconds=(self._first or now) - begin.started,
            seconds=now - begin.started,
            thinking_cut=self._cut,
            seed=self.seed,
        )
        # what a stream held back is no longer wanted once the user has stopped it
        rest = [] if reason is FinishReason.CANCELLED else self._events(self._stream.flush())
        return [*rest, Finished(reason, usage)]

    def _mind_budget(self, piece: bytes) -> None:
        """End the thinking where its budget says so; ``piece`` was its last token."""
        if self._cut or self._stream.headed or not self._stream.thinking:
            return
        if self._budget.over(self._reasoning, piece):
            thought = "\n" if piece.endswith(b"\n") else ""
            self._forced.extend(self.tokens.encode(self.tokens.think.end(thought)))
            self._cut = True

    def _events(self, pieces: Iterable[Piece]) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        for piece in pieces:
            self._first = self._first or time.monotonic()
            logprobs, self._logprobs = tuple(self._logprobs), []
            kind = ReasoningDelta if piece.thinking else TextDelta
            events.append(kind(piece.text, logprobs))
        return events
