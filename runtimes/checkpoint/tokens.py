"""Text to tokens and tokens to text, with a checkpoint's own tokenizer and template."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from runtimes.chat_template import ChatTemplate
from runtimes.continuing import Begun, begun
from runtimes.errors import Unsupported
from runtimes.prompting import (
    Segment,
    begin_thinking,
    conversation,
    opens_thinking,
    pieces,
)
from runtimes.spelling import as_known
from runtimes.texts import Text
from runtimes.thinktags import ThinkTags, thinks
from runtimes.types import Defaults, Message, Thinking


class Tokens:
    """A tokenizer of the tokenizers library, behind the few things that we ask of it."""

    def __init__(self, tokenizer: Any, defaults: Defaults) -> None:
        """Raises ``Damaged`` where the chat template is no template."""
        self._tokenizer = tokenizer
        self._backend = tokenizer.backend_tokenizer
        self._defaults = defaults
        self._added: dict[int, Any] = dict(tokenizer.added_tokens_decoder)
        self._tags = [token.content for token in self._added.values()]
        self.think = ThinkTags.of(self._tags, _template(tokenizer))
        self._marks = frozenset(() if self.think.spelled else self.think.acts)
        # runs of blanks, and single letters, are ordinary text
        self._steers = {
            i for i, t in self._added.items() if len(t.content) > 1 and t.content.strip(" \t\r\n▁")
        }
        self._bytes: dict[int, bytes] = {}
        self._to_bytes = _byte_reader(self._backend)
        self._template = ChatTemplate(
            _template(tokenizer), tokenizer.bos_token or "", tokenizer.eos_token or ""
        )

    # --- prompts -----------------------------------------------------------------------------

    @property
    def template(self) -> str:
        """The chat template; empty where there is none."""
        return self._template.source

    def prompt(
        self,
        messages: Sequence[Message],
        *,
        think: bool = True,
        force: bool = False,
        held: bool = False,
    ) -> tuple[list[int], bool]:
        """The tokens to begin with, and whether the answer begins inside the thinking.

        ``think`` False asks a template that has the choice to leave it out; ``force`` makes the
        answer begin inside it; ``held``: the answer obeys a constraint.  Where the last message is
        the beginning of an answer, they end behind it.  Raises ``Unsupported`` where the template
        takes no such conversation.
        """
        turn = self.begun(messages, think=think, held=held)
        if turn is None:
            made = self._head(messages, think=think, force=force)
            opens = opens_thinking(made)
        else:
            head = self._head(messages[:-1], think=turn.think, force=force and turn.think)
            opens, made = turn.thinking_at(head), turn.behind(head, self.think.lead)
        made = self.think.own(made)
        tokens = [t for piece in pieces(made, self._tags) for t in self.encode(piece)]
        self._check_tags(made, tokens)
        return tokens, opens

    def begun(self, messages: Sequence[Message], *, think: bool, held: bool) -> Begun | None:
        """The turn that is to go on, if these messages end in one."""
        thinks = self.thinks or self._defaults.thinking is not Thinking.NEVER
        return begun(messages, thinks=thinks, think=think, held=held)

    def as_known(self, tokens: Sequence[int], known: Sequence[int]) -> list[int]:
        """The same text, in tokens that are ``known`` as far as may be."""
        if self._to_bytes is None:  # what a token writes depends on those beside it
            return list(tokens)
        return as_known(tokens, known, self._words)

    def _words(self, token: int) -> bytes:
        return b"" if token in self._steers else self.bytes_of(token)

    def _head(
        self, messages: Sequence[Message], *, think: bool, force: bool
    ) -> tuple[Segment, ...]:
        """Up to where the assistant's turn begins."""
        made = conversation(
            messages,
            lambda turns: self._apply(turns, think=think),
            instructions=self._defaults.system_prompt,
        )
        made = self.think.known(made)
        return begin_thinking(made) if force or self._defaults.force_thinking else made

    def _check_tags(self, made: Sequence[Segment], tokens: Sequence[int]) -> None:
        """A tokenizer may rewrite text (NFKC and the like) before it looks for tags, and so find
        one that nobody wrote: then the conversation is refused."""
        alone = [replace(part, text="x") if part.content else part for part in made]
        own = self.encode("".join(part.text for part in alone))
        if self._steering(tokens) > self._steering(own):
            raise Unsupported(
                Text(
                    "the conversation holds text that this model would read as a control token",
                    "对话中含有会被此模型当作控制符的文本",
                )
            )

    def _steering(self, tokens: Sequence[int]) -> int:
        return sum(token in self._steers for token in tokens)

    def encode(self, text: str) -> list[int]:
        """The tokens of a text whose tags are meant."""
        ids: list[int] = self._backend.encode(text, add_special_tokens=False).ids
        return ids

    def _apply(self, turns: Sequence[Message], *, think: bool) -> str:
        # a template that knows no such switch does not look at it
        optional = self._defaults.thinking is Thinking.OPTIONAL
        return self._template.render(turns, thinking=think if optional else None)

    # --- answers -----------------------------------------------------------------------------

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end a turn, by the tokenizer's own words."""
        end = self._tokenizer.eos_token_id
        return frozenset() if end is None else frozenset({int(end)})

    @property
    def backend(self) -> Any:
        """The tokenizer of the tokenizers library."""
        return self._backend

    def id_of(self, text: str) -> int | None:
        """The token with exactly this text, if there is one."""
        found: int | None = self._backend.token_to_id(text)
        return found

    @cached_property
    def thinks(self) -> bool:
        """Does the template or the vocabulary know the tags of thinking?"""
        return thinks(self.template) or self.id_of(self.think.closes) is not None

    def mark(self, token: int) -> str:
        """Its text, if it is one of those that part thinking from answer."""
        added = self._added.get(token)
        return added.content if added is not None and added.content in self._marks else ""

    def headed(self, prompt: Sequence[int]) -> bool:
        """Does this prompt end in a head (see ``TokenStream``)?"""
        return self.think.headed(map(self.mark, reversed(prompt)))

    def writer(self) -> Callable[[int], bytes | str]:
        """Gives the text of one token after the other: bytes where the vocabulary has bytes."""
        if self._to_bytes is not None:
            return self.bytes_of
        from tokenizers.decoders import DecodeStream

        stream = DecodeStream(skip_special_tokens=True)
        return lambda token: stream.step(self._backend, token) or ""

    def bytes_of(self, token: int) -> bytes:
        """What a token stands for; nothing for those that only steer."""
        found = self._bytes.get(token)
        if found is None:
            found = self._bytes[token] = self._read(token)
        return found

    def _read(self, token: int) -> bytes:
        added = self._added.get(token)
        if added is not None:
            told = self.think.spoken(added.content) or ("" if added.special else added.content)
            return told.encode()
        piece = self._backend.id_to_token(token)
        if piece is None:  # the network's vocabulary is padded beyond the tokenizer's
            return b""
        if self._to_bytes is None:
            return bytes(self._backend.decode([token], skip_special_tokens=False).encode())
        return self._to_bytes(piece)


def _template(tokenizer: Any) -> str:
    chosen = tokenizer.chat_template
    if isinstance(chosen, dict):
        chosen = chosen.get("default")
    return chosen if isinstance(chosen, str) else ""


def _byte_reader(backend: Any) -> Callable[[str], bytes] | None:
    """How a vocabulary's pieces spell bytes, by its decoder; ``None`` for rarer kinds."""
    if backend.decoder is None:
        return None
    made = json.loads(backend.decoder.__getstate__())
    parts = made.get("decoders", [made])
    kinds = {part["type"] for part in parts}
    if kinds == {"ByteLevel"}:
        letters = _byte_letters()
        return lambda piece: bytes(letters[c] for c in piece if c in letters)
    if "ByteFallback" in kinds and kinds <= {"ByteFallback", "Replace", "Fuse", "Strip"}:
        return _sentencepiece_bytes
    return None


def _byte_letters() -> dict[str, int]:
    """GPT-2's alphabet: a printable letter for each byte, the others from U+0100 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = {chr(byte): byte for byte in printable}
    letters.update({chr(256 + n): byte for n, byte in enumerate(others)})
    return letters


def _sentencepiece_bytes(piece: str) -> bytes:
    if len(piece) == 6 and piece.startswith("<0x") and piece.endswith(">"):
        return bytes([int(piece[3:5], 16)])
    return piece.replace("▁", " ").encode()
