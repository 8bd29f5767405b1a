"""A model that an Ollama server has loaded."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from runtimes import continuing
from runtimes.answering import Counted, Delta, Ended, Said, Thought
from runtimes.base import Cancel
from runtimes.errors import Overflow, RuntimeFailure, Truncated
from runtimes.httpclient import Wire, pumped
from runtimes.ollama.host import Host
from runtimes.ollama.request import Session, asking, check, unloading
from runtimes.remote import Ask, RemoteModel, fewest_tokens, truncated
from runtimes.texts import Text
from runtimes.types import (
    Capability,
    FinishReason,
    GenerationParams,
    Message,
    Thinking,
    TokenLogprob,
    ToolCall,
)

if TYPE_CHECKING:
    import ollama

_COUNTS_ALL = (0, 2, 0)
"""From here on ``prompt_eval_count`` counts what was cached, too …"""
_COUNTS_NEW = (0, 30, 0)
"""… and from here on, for some versions, again not."""
_REFUSES_CUTS = (0, 12, 6)
"""From here on ``truncate`` and ``shift`` are known."""


class OllamaModel(RemoteModel):
    """See ``Model``.  ``ours``: nobody had it loaded before, so that ``close`` unloads it."""

    def __init__(
        self, session: Session, server: Host, version: tuple[int, ...], *, ours: bool
    ) -> None:
        super().__init__(session.spec, session.context, server.patience)
        self._session = session
        self._server = server
        self._version = version
        self._ours = ours

    def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """``None``: Ollama lends its tokenizer to nobody."""
        return None

    def close(self) -> None:
        """Cut what is open, and give the memory back if we took it."""
        super().close()
        ours, self._ours = self._ours, False
        if ours:
            with contextlib.suppress(RuntimeFailure):  # it is gone, and the memory with it
                self._unload()

    def _unload(self) -> None:
        limit = self._patience.reply
        body = unloading(self._session)
        for _ in pumped(
            lambda wire: self._server.chat(body, wire), Cancel(), first=limit, between=limit
        ):
            pass

    def _prepared(self, messages: Sequence[Message], params: GenerationParams, stop: Cancel) -> Ask:
        check(self._spec, params)
        continuing.check(self._spec, messages)
        at_least = fewest_tokens(messages)
        if at_least >= self._context:
            raise Overflow(
                Text(
                    "the prompt has at least {0} tokens, the window {1}",
                    "提示至少有 {0} 个词元，窗口只有 {1} 个",
                    (at_least, self._context),
                ),
                Text(
                    "ask something shorter, or give a larger --context",
                    "请缩短问题，或增大 --context",
                ),
            )
        # With the server's own parser, thinking comes in its field.  A model that it does not
        # know as thinking writes its tags; where its template opens them, only we know.
        always = self._spec.defaults.thinking is Thinking.ALWAYS
        bare = always and Capability.THINKING not in self._spec.capabilities
        return Ask(tuple(messages), params, begins_thinking=bare, at_least=at_least)

    def _replies(self, ask: Ask, wire: Wire) -> Iterator[tuple[int, Delta]]:
        calls = sum(len(message.calls) for message in ask.messages)
        for piece in self._server.chat(asking(self._session, ask), wire):
            for delta in _deltas(piece, calls):
                calls += isinstance(delta, ToolCall)
                yield 0, delta

    def _check(self, ask: Ask, counted: Counted) -> None:
        """Raises ``Truncated`` where the server has cut the prompt, as far as its counts tell.

        A cut prompt fills the window (``num_keep`` -1), or it has fewer tokens than the question
        has words; the latter only of servers whose count is known to be of the whole prompt.  One
        that is longer than the window was not cut: some engines (MLX) do not keep to it.
        """
        read, window = counted.prompt, self._context
        if read is None:
            return
        counts_all = _COUNTS_ALL <= self._version < _COUNTS_NEW
        if window - 1 <= read <= window or (counts_all and read < ask.at_least):
            raise truncated(read, max(ask.at_least, read + 1))
        shifts = () < self._version < _REFUSES_CUTS
        if shifts and read + (counted.written or 0) > window + 1:
            raise Truncated(
                Text(
                    "the window of {0} tokens overflowed, and the server threw away the middle of "
                    "what it was writing",
                    "{0} 个词元的窗口已溢出，服务器丢弃了正在书写的内容的中间部分",
                    (window,),
                ),
                Text(
                    "give a larger --context, or update Ollama",
                    "请增大 --context，或更新 Ollama",
                ),
            )


def _deltas(piece: ollama.ChatResponse, calls: int) -> Iterator[Delta]:
    logprobs = tuple(_logprobs(piece))
    said = piece.message
    if said.thinking:
        yield Thought(said.thinking, () if said.content else logprobs)
    if said.content:
        yield Said(said.content, logprobs)
    for number, call in enumerate(said.tool_calls or ()):
        arguments = json.dumps(call.function.arguments, ensure_ascii=False)
        yield ToolCall(f"call_{calls + number}", call.function.name, arguments)
    if piece.done:
        yield Counted(prompt=_count(piece.prompt_eval_count), written=_count(piece.eval_count))
        length = piece.done_reason == "length"
        yield Ended(FinishReason.LENGTH if length else FinishReason.STOP)


def _logprobs(piece: ollama.ChatResponse) -> Iterator[TokenLogprob]:
    found: Sequence[ollama._types.Logprob] = getattr(piece, "logprobs", None) or ()
    for token in found:
        if math.isfinite(token.logprob):
            rivals = tuple(
                (rival.token, rival.logprob)
                for rival in token.top_logprobs or ()
                if math.isfinite(rival.logprob)
            )
            yield TokenLogprob(token.token, token.logprob, rivals)


def _count(value: int | None) -> int | None:
    """A number of tokens that can be true."""
    return value if value is not None and 0 <= value < 1 << 40 else None
