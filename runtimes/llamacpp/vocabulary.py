"""Between text and tokens, as the model file defines them."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from runtimes.errors import EngineFailed, Unsupported
from runtimes.texts import Text
from runtimes.thinktags import ThinkTags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runtimes.llamacpp.library import Library


class Vocabulary:
    """Raises ``Unsupported`` for a file without one."""

    def __init__(self, library: Library, model: int) -> None:
        self._api = api = library.api
        self.handle = api.llama_model_get_vocab(model)
        if not self.handle or api.llama_vocab_type(self.handle) == api.LLAMA_VOCAB_TYPE_NONE:
            raise Unsupported(
                Text(
                    "the model file has no vocabulary, so it cannot write",
                    "模型文件没有词表，无法生成文本",
                )
            )
        self.size: int = api.llama_vocab_n_tokens(self.handle)
        self.tags = self._tags()
        raw: bytes | None = api.llama_model_chat_template(model, None)
        self.template = raw.decode("utf-8", "replace") if raw else ""
        """The chat template of the file; empty where there is none."""
        self.think = ThinkTags.of(self.tags, self.template)
        self.marks = self._marks()
        """The tokens that part thinking from answer, and their texts."""
        self._pieces: dict[int, bytes] = {}
        self._ends: dict[int, bool] = {}

    def _tags(self) -> frozenset[str]:
        """The texts that the tokenizer reads before all others, as ``<|im_end|>``."""
        api = self._api
        special = (
            api.LLAMA_TOKEN_ATTR_CONTROL
            | api.LLAMA_TOKEN_ATTR_USER_DEFINED
            | api.LLAMA_TOKEN_ATTR_UNKNOWN
        )
        found = (
            api.llama_vocab_get_text(self.handle, token)
            for token in range(self.size)
            if api.llama_vocab_get_attr(self.handle, token) & special
        )
        return frozenset(text.decode("utf-8", "replace") for text in found if text)

    def _marks(self) -> dict[int, str]:
        if self.think.spelled:
            return {}
        found = ((tag, self.tokens(tag)) for tag in self.think.acts)
        return {tokens[0]: tag for tag, tokens in found if len(tokens) == 1}

    def headed(self, tokens: Sequence[int]) -> bool:
        """Does this prompt end in a head (see ``TokenStream``)?"""
        return self.think.headed(map(self.marks.get, reversed(tokens)))

    def text(self, token: int) -> str:
        """The text of a special token; empty for none."""
        if not 0 <= token < self.size:
            return ""
        text: bytes = self._api.llama_vocab_get_text(self.handle, token) or b""
        return text.decode("utf-8", "replace")

    def ends_of_text(self) -> tuple[str, str]:
        """What chat templates know as ``bos_token`` and ``eos_token``."""
        api, handle = self._api, self.handle
        return self.text(api.llama_vocab_bos(handle)), self.text(api.llama_vocab_eos(handle))

    def begins_with(self) -> int | None:
        """The token that the model wants before every text; ``None`` where it wants none."""
        if not self._api.llama_vocab_get_add_bos(self.handle):
            return None
        token: int = self._api.llama_vocab_bos(self.handle)
        return token if 0 <= token < self.size else None

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text in which tags are tags.  Nothing is added before or behind."""
        raw = text.encode("utf-8", "replace")
        size = len(raw) + 8
        plain = (False, True)  # add no token of the model's own; read tags as tags
        for _ in range(2):
            room = (ctypes.c_int32 * size)()
            got: int = self._api.llama_tokenize(self.handle, raw, len(raw), room, size, *plain)
            if got >= 0:
                return room[:got]
            size = -got
        raise EngineFailed(Text("the text cannot be tokenised", "文本无法分词"))

    def prompt(self, pieces: Sequence[str]) -> list[int]:
        """The tokens of a prompt that was cut into pieces, with the first token it wants."""
        tokens = [token for piece in pieces for token in self.tokens(piece)]
        first = self.begins_with()
        if first is not None and (not tokens or tokens[0] != first):
            tokens.insert(0, first)
        return tokens

    def piece(self, token: int) -> bytes:
        """The bytes that a token writes: none for a control token, but for tags of thinking."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._read_piece(token)
        return known

    def words(self, token: int) -> bytes:
        """The same, but none for any tag: what may also be spelled in other tokens."""
        return b"" if self.text(token) in self.tags else self.piece(token)

    def _read_piece(self, token: int) -> bytes:
        if (tag := self.think.spoken(self.text(token))) is not None:
            return tag.encode()
        room = ctypes.create_string_buffer(64)
        arguments: tuple[Any, ...] = (0, False)  # leave no blank away; write no control token
        got: int = self._api.llama_token_to_piece(self.handle, token, room, 64, *arguments)
        if got < 0:
            room = ctypes.create_string_buffer(-got)
            got = self._api.llama_token_to_piece(self.handle, token, room, -got, *arguments)
        return room.raw[: max(got, 0)]

    def ends(self, token: int) -> bool:
        """Does this token end the model's turn?"""
        known = self._ends.get(token)
        if known is None:
            known = self._ends[token] = self._api.llama_vocab_is_eog(self.handle, token)
        return known
