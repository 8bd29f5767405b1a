"""How long a prompt is, and how it ends, by the server's own template and tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from runtimes.httpclient import Wire
from runtimes.openai_server.discover import Served
from runtimes.openai_server.kinds import Kind
from runtimes.openai_server.talk import Server
from runtimes.openai_server.values import Json
from runtimes.textstream import OPEN

_LAST, _LAST_LETTERS = 8, 64
"""Tokens, and letters, at the end of a prompt that are looked at."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A prompt as the model reads it: how long it is, and its last words."""

    tokens: int
    ending: str

    @property
    def opens_thinking(self) -> bool:
        """Does it end in an open tag?"""
        return self.ending.rstrip().endswith(OPEN)


def measured(
    server: Server, served: Served, said: Mapping[str, object], wire: Wire
) -> Measured | None:
    """The prompt of a conversation (``said``: the fields of a request that make the prompt);
    ``None`` where this server does not tell."""
    match served.kind:
        case Kind.VLLM:
            return _by_vllm(server, served.name, said, wire)
        case Kind.LLAMA_SERVER:
            return _by_llama_server(server, said, wire)
        case Kind.TGI:
            page = server.page("/chat_tokenize", wire, {"model": served.name, **said}) or Json()
            tokens = list(page["tokenize_response"])
            text = page["templated_text"].text
            return Measured(len(tokens), text[-_LAST_LETTERS:]) if tokens and text else None
        case _:
            return None


def _by_vllm(server: Server, name: str, said: Mapping[str, object], wire: Wire) -> Measured | None:
    page = server.page("/tokenize", wire, {"model": name, **said}) or Json()
    count = page["count"].count
    if count is None:
        return None
    last = [token.count for token in page["tokens"]][-_LAST:]
    text = server.page("/detokenize", wire, {"model": name, "tokens": last}) or Json()
    return Measured(count, text["prompt"].text)


def _by_llama_server(server: Server, said: Mapping[str, object], wire: Wire) -> Measured | None:
    prompt = (server.page("/apply-template", wire, said) or Json())["prompt"].text
    if not prompt:
        return None
    asked = {"content": prompt, "add_special": True, "parse_special": True}
    tokens = list((server.page("/tokenize", wire, asked) or Json())["tokens"])
    return Measured(len(tokens), prompt[-_LAST_LETTERS:]) if tokens else None
