"""A model of an OpenAI-compatible server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from runtimes import continuing
from runtimes.answering import Answer, Delta
from runtimes.base import Cancel
from runtimes.errors import EngineFailed, Overflow
from runtimes.httpclient import Wire, waited
from runtimes.openai_server.discover import Served
from runtimes.openai_server.kinds import Kind
from runtimes.openai_server.prompts import Measured, measured
from runtimes.openai_server.reply import Reply
from runtimes.openai_server.request import Manner, check, encoded, prompt_fields
from runtimes.openai_server.talk import Server
from runtimes.remote import Ask, RemoteModel, fewest_tokens
from runtimes.texts import Text
from runtimes.textstream import Seam
from runtimes.types import GenerationParams, Message, ModelSpec

_AROUND, _A_TURN = 512, 64
"""Tokens that a template may add, to a prompt and to each turn, at most."""

_SLACK = 4
"""Tokens by which a server's two ways of counting a prompt may differ: marks of its begin."""


class OpenAiModel(RemoteModel):
    """See ``Model``.

    ``spec`` tells of the model as it is there (``able_there``).  What a server then does is
    remembered: once it has sent thinking in a field of its own, or a closing tag without an
    opening one, the next answers are read accordingly.
    """

    def __init__(
        self, spec: ModelSpec, server: Server, served: Served, context: int, *, measures: bool
    ) -> None:
        """``measures``: the server lends its tokenizer and its template."""
        super().__init__(spec, context, server.patience)
        self._server = server
        self._served = served
        self._opens_thinking = spec.defaults.force_thinking
        self._in_field = False
        self._measures = measures
        self._manner = Manner()

    def count_tokens(self, messages: Sequence[Message]) -> int | None:
        """By the server's tokenizer and template, where it lends them."""
        usual = GenerationParams()
        fields = prompt_fields(self._spec, self._served, messages, usual, self._manner)
        found = self._measured(fields, Cancel()) if self._measures else None
        return None if found is None else found.tokens

    def _measured(self, fields: Mapping[str, object], stop: Cancel) -> Measured | None:
        return waited(
            lambda wire: measured(self._server, self._served, fields, wire),
            stop,
            self._patience.reply,
        )

    def _prepared(self, messages: Sequence[Message], params: GenerationParams, stop: Cancel) -> Ask:
        check(self._spec, self._served, params)
        continuing.check(self._spec, messages)
        at_least = fewest_tokens(messages)
        most = sum(len(m.text.encode()) + _A_TURN for m in messages) + _AROUND
        needed = max(params.max_tokens or 0, 1)
        if self._measures and self._context and (most + needed > self._context or params.tools):
            fields = prompt_fields(self._spec, self._served, messages, params, self._manner)
            found = self._measured(fields, stop)
            if found is not None:
                most = found.tokens + _SLACK
                at_least = max(at_least, found.tokens - _SLACK)
        if self._context and at_least >= self._context:
            raise self._overflow(at_least)
        if params.max_tokens is None and self._served.kind is Kind.TGI and self._context:
            # By itself it would stop after 100 tokens, and it takes none that might not fit.
            params = replace(params, max_tokens=max(self._context - most, 1))
        opens = self._opens_thinking and params.thinking_tokens != 0
        return Ask(
            tuple(messages),
            params,
            opens_thinking=opens,
            begins_thinking=opens and not self._in_field,
            at_least=at_least,
            seam=_seam(messages, held=params.constraint is not None),
        )

    def _overflow(self, tokens: int) -> Overflow:
        return Overflow(
            Text(
                "the prompt has {0} tokens, the window {1}",
                "提示有 {0} 个词元，窗口只有 {1} 个",
                (tokens, self._context),
            ),
            Text(
                "ask something shorter, or start the server with a larger window",
                "请缩短问题，或以更大的窗口启动服务器",
            ),
        )

    def _replies(self, ask: Ask, wire: Wire) -> Iterator[tuple[int, Delta]]:
        # A manner of its own: samples that are asked for side by side are refused side by side.
        reply, manner, began = Reply(ask.samples), self._manner, False
        body = encoded(self._spec, self._served, ask, manner)
        while True:
            try:
                for chunk in self._server.chat(body, wire):
                    self._manner, began = manner, True
                    yield from reply.feed(chunk)
                return
            except EngineFailed as refused:
                other = None if began else self._otherwise(ask, manner, body, str(refused))
                if other is None:
                    raise
                manner, body = other

    def _otherwise(
        self, ask: Ask, manner: Manner, body: bytes, refusal: str
    ) -> tuple[Manner, bytes] | None:
        """The next manner that makes another request of it than the one that was refused."""
        tried = manner.after(refusal)
        while tried is not None:
            again = encoded(self._spec, self._served, ask, tried)
            if again != body:
                return tried, again
            tried = tried.after(refusal)
        return None

    def _shares(self, params: GenerationParams) -> bool:
        return self._served.dialect.samples

    def _at_once(self) -> int:
        # llama-cpp-python breaks an answer off when the next request comes.
        return 1 if self._served.kind is Kind.LLAMA_CPP_PYTHON else super()._at_once()

    def _heard(self, answer: Answer) -> None:
        self._in_field |= answer.thinks_in_field
        self._opens_thinking |= answer.closed_unopened


def _seam(messages: Sequence[Message], *, held: bool) -> Seam | None:
    """Where the new text joins what was begun, all blanks at whose end are kept from the server.
    Under a constraint they are not written again."""
    turn = continuing.begun(messages, thinks=False)
    if turn is None:
        return None
    return Seam(turn.text) if held else Seam.bare(turn.text)
