"""From what a server says to the events of a stream: a pure machine.

An adapter says in ``Delta`` what the server said; ``Answer`` makes one sample's events of it.

**Thinking.**  A server may send it in a field of its own; as text between tags; or, where the
template has put ``<think>`` into the prompt, as text that begins inside, with only the closing
tag to come.  The text alone does not tell the last case from a server that cuts the thinking
away, so an adapter must say whether the text ``begins_thinking``.  A field wins over that.  If it
was said and the model then ended its turn without a closing tag, the text is given once more, as
the answer: there is none other, and a model that stopped in the middle of a thought has none.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from runtimes.errors import EngineFailed
from runtimes.texts import Text
from runtimes.textstream import AnswerStream, Piece, Seam
from runtimes.thinktags import SPELLINGS
from runtimes.types import (
    Finished,
    FinishReason,
    PromptProgress,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    TokenLogprob,
    ToolCall,
    Usage,
)

_A_TOKEN, _MORE = 32, 1 << 16
"""Characters.  Single tokens may be longer, but no answer consists of those: an average one has
four characters or less.  The second is for short answers, and for servers that count the thinking
apart."""

_CLOSES_A_LINE = re.compile(
    r"(?:\A|\n)[ \t]*(?:" + "|".join(re.escape(tags.closes) for tags in SPELLINGS) + ")"
)
_TAIL = 64


@dataclass(frozen=True, slots=True)
class Thought:
    """Thinking, in a field of its own."""

    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Text, in which there may be tags of thinking."""

    text: str
    logprobs: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers of tokens; ``None`` where the server does not tell."""

    prompt: int | None = None
    cached: int | None = None
    reasoning: int | None = None
    written: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The sample is complete."""

    reason: FinishReason


Delta = Thought | Said | ToolCall | PromptProgress | Counted | Ended


class Answer:
    """The events of one sample.

    ``most`` is the number of tokens that it may have.  ``seam``: it goes on with an answer that
    was begun.
    """

    def __init__(
        self,
        stops: Sequence[str],
        most: int,
        seed: int | None,
        *,
        begins_thinking: bool,
        seam: Seam | None = None,
    ) -> None:
        self._begins_thinking = begins_thinking
        self._keeping = begins_thinking
        self._stops = tuple(stops)
        self._text = AnswerStream(
            thinking=begins_thinking, stops=stops, seam=seam, spellings=SPELLINGS
        )
        self._tail = ""
        self._kept: list[str] = []
        self._logprobs: tuple[TokenLogprob, ...] = ()
        self._most = most
        self._room = most * _A_TOKEN + _MORE
        self._thought_pieces = self._said_pieces = 0
        self._opened = self._answered = self._called = False
        self._reason: FinishReason | None = None
        self._asked = time.monotonic()
        self._first: float | None = None
        self._seed = seed
        self.counted = Counted()
        self.done = False
        self.thinks_in_field = False
        """Thinking has come in a field of its own."""
        self.closed_unopened = False
        """A closing tag has come without an opening one: that stands in the prompt."""

    @property
    def complete(self) -> bool:
        """Has the server said that this sample is over?"""
        return self._reason is not None

    @property
    def began(self) -> bool:
        """Has anything been written?"""
        return self._first is not None

    def feed(self, delta: Delta) -> list[StreamEvent]:
        """The events that are certain now.  Nothing comes of a sample that is done."""
        if self.done:
            return []
        match delta:
            case Thought():
                return self._thought(delta)
            case Said():
                return self._said(delta)
            case ToolCall():
                self._called = True
                return [*self._drained(), delta]
            case PromptProgress():
                return [delta]
            case Counted():
                self._count(delta)
            case Ended(reason):
                self._reason = reason
            case _:
                assert_never(delta)
        return []

    def end(self) -> list[StreamEvent]:
        """What was held back, and ``Finished``."""
        events = self._drained()
        reason = self._reason or FinishReason.STOP
        if self._called and reason is FinishReason.STOP:
            reason = FinishReason.TOOL
        if self._keeping and reason is FinishReason.STOP:
            events += self._given_again()
        self.done = True
        return [*events, Finished(reason, self._usage())]

    def cancelled(self) -> Finished:
        """The end of a sample that nobody wants any more."""
        self.done = True
        return Finished(FinishReason.CANCELLED, self._usage())

    def _thought(self, delta: Thought) -> list[StreamEvent]:
        text = delta.text if self.thinks_in_field else delta.text.lstrip()
        if not text:
            return []
        self._take(text)
        if not self.thinks_in_field:
            self.thinks_in_field = True
            if not self._answered:  # no more than blanks can have come
                self._text = AnswerStream(thinking=False, stops=self._stops)
        self._thought_pieces += 1
        return [ReasoningDelta(text, delta.logprobs)]

    def _said(self, delta: Said) -> list[StreamEvent]:
        if not delta.text:
            return []
        self._take(delta.text)
        self._logprobs += delta.logprobs
        before = self._text.thinking
        events = self._events(self._text.feed(delta.text))
        after = self._text.thinking
        if before or after:
            self._thought_pieces += 1
        else:
            self._said_pieces += 1
        self._look_for_tags(delta.text, closed=before and not after)
        if self._text.stopped:
            self._reason = FinishReason.STOP
            return [*events, *self.end()]
        return events

    def _look_for_tags(self, text: str, *, closed: bool) -> None:
        tail = self._tail + text
        self._opened |= any(tags.opens in tail for tags in SPELLINGS)
        if closed or self._opened:
            self._keeping = False  # it was thinking indeed
            self._kept.clear()
        if not (self._begins_thinking or self._opened or self.thinks_in_field):
            self.closed_unopened |= _CLOSES_A_LINE.search(tail) is not None
        self._tail = tail[-_TAIL:]

    def _events(self, pieces: Sequence[Piece]) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        for piece in pieces:
            logprobs, self._logprobs = self._logprobs, ()
            if piece.thinking:
                if self._keeping:
                    self._kept.append(piece.text)
                events.append(ReasoningDelta(piece.text, logprobs))
            else:
                self._answered = True
                events.append(TextDelta(piece.text, logprobs))
        return events

    def _drained(self) -> list[StreamEvent]:
        events = self._events(self._text.flush())
        self._text = AnswerStream(thinking=False, stops=self._stops)
        return events

    def _given_again(self) -> list[StreamEvent]:
        if self._answered or self._called or self.thinks_in_field:
            return []
        again = AnswerStream(thinking=False, stops=self._stops)
        return self._events([*again.feed("".join(self._kept)), *again.flush()])

    def _take(self, text: str) -> None:
        if self._first is None:
            self._first = time.monotonic()
        self._room -= len(text)
        if self._room < 0:
            raise _without_end(self._most)

    def _count(self, new: Counted) -> None:
        old = self.counted
        self.counted = Counted(
            prompt=old.prompt if new.prompt is None else new.prompt,
            cached=old.cached if new.cached is None else new.cached,
            reasoning=old.reasoning if new.reasoning is None else new.reasoning,
            written=old.written if new.written is None else new.written,
        )

    def _usage(self) -> Usage:
        """Where the server counts thinking and answer together, they are parted by the number of
        pieces that came: a piece is nearly always a token."""
        now = time.monotonic()
        pieces = self._thought_pieces + self._said_pieces
        written = pieces if self.counted.written is None else self.counted.written
        reasoning = self.counted.reasoning
        if reasoning is None:
            reasoning = round(written * self._thought_pieces / pieces) if pieces else 0
        return Usage(
            prompt_tokens=self.counted.prompt or 0,
            cached_tokens=self.counted.cached or 0,
            reasoning_tokens=min(reasoning, written),
            answer_tokens=max(written - reasoning, 0),
            first_token_seconds=(self._first or now) - self._asked,
            seconds=now - self._asked,
            seed=self._seed,
        )


def _without_end(most: int) -> EngineFailed:
    return EngineFailed(
        Text(
            "the server writes on and on: it has sent far more than the {0} tokens that this "
            "answer may have, and was cut off",
            "服务器不停地输出：所发内容远超此回答允许的 {0} 个词元，已中断",
            (most,),
        ),
        Text(
            "ask again; if it happens again, the model or its chat template is broken there",
            "请重试；若再次出现，说明该服务器上的模型或其对话模板有问题",
        ),
    )
