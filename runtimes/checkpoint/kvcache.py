"""The keys and values of what a model has read, kept so that a token costs only itself.

transformers' own dynamic cache copies the whole layer for every token, and cannot take a
quantised one back to an earlier place.  These layers hold rooms that grow in steps, write into
them in place, and forget by counting less; codecs store 16, 8 or 4 bits a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from runtimes.errors import Unsupported
from runtimes.texts import Text
from runtimes.types import KvType

if TYPE_CHECKING:
    from torch import Tensor

BLOCK = 32
"""Numbers that share a scale, as in llama.cpp's q8_0 and q4_0."""

STEP = 256
"""Tokens by which a room grows at least; beyond, by a half of what is in it."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How the numbers of a tensor (batch, heads, tokens, width) are stored: parts with the same
    first three dimensions, from which it can be had again."""

    encode: Callable[[Tensor], tuple[Tensor, ...]]
    decode: Callable[[tuple[Tensor, ...]], Tensor]


def _as_is(numbers: Tensor) -> tuple[Tensor, ...]:
    return (numbers,)


def _only(parts: tuple[Tensor, ...]) -> Tensor:
    return parts[0]


def encode_q8(numbers: Tensor) -> tuple[Tensor, ...]:
    """Whole numbers from -127 to 127 and a scale a block."""
    import torch

    blocks = numbers.unflatten(-1, (-1, BLOCK))
    scale = (blocks.abs().amax(-1, keepdim=True).float() / 127).clamp(min=1e-8)
    codes = (blocks / scale).round().to(torch.int8)
    return codes.flatten(-2), scale.squeeze(-1).to(numbers.dtype)


def decode_q8(parts: tuple[Tensor, ...]) -> Tensor:
    """The numbers again."""
    codes, scale = parts
    return (codes.unflatten(-1, (-1, BLOCK)) * scale.unsqueeze(-1)).flatten(-2)


def encode_q4(numbers: Tensor) -> tuple[Tensor, ...]:
    """Two numbers from -8 to 7 a byte, and a scale a block: its largest number becomes -8."""
    import torch

    blocks = numbers.unflatten(-1, (-1, BLOCK)).float()
    largest = blocks.gather(-1, blocks.abs().argmax(-1, keepdim=True))
    scale = largest / -8
    scale = torch.where(scale.abs() < 1e-8, 1e-8, scale)
    codes = ((blocks / scale).round() + 8).clamp(0, 15).to(torch.uint8).flatten(-2)
    low, high = codes.unflatten(-1, (-1, 2)).unbind(-1)
    return low | high << 4, scale.squeeze(-1).to(numbers.dtype)


def decode_q4(parts: tuple[Tensor, ...]) -> Tensor:
    """The numbers again."""
    import torch

    packed, scale = parts
    codes = torch.stack((packed & 15, packed >> 4), -1).flatten(-2).to(scale.dtype) - 8
    return (codes.unflatten(-1, (-1, BLOCK)) * scale.unsqueeze(-1)).flatten(-2)


CODECS = {
    KvType.F16: Codec(_as_is, _only),
    KvType.Q8_0: Codec(encode_q8, decode_q8),
    KvType.Q4_0: Codec(encode_q4, decode_q4),
}


@dataclass(slots=True)
class Room:
    """One tensor that grows along its tokens (the third dimension), to ``limit`` at most."""

    limit: int
    space: Tensor | None = None

    def write(self, at: int, numbers: Tensor) -> Tensor:
        """Put numbers behind the first ``at`` tokens; the result is all of it, uncopied."""
        end = at + numbers.shape[2]
        if self.space is None or self.space.shape[2] < end:
            self._grow(at, end, numbers)
        assert self.space is not None
        self.space[:, :, at:end] = numbers
        return self.space[:, :, :end]

    def _grow(self, used: int, end: int, like: Tensor) -> None:
        size = max(end, min(max(end + STEP, used + used // 2), self.limit))
        space = like.new_empty((*like.shape[:2], size, like.shape[3]))
        if self.space is not None:
            space[:, :, :used] = self.space[:, :, :used]
        self.space = space

    def select(self, rows: Tensor, used: int) -> None:
        """Keep these rows of the batch, in this order; one may be named more than once."""
        if self.space is not None:
            self.space = self.space[:, :, :used].index_select(0, rows)

    @property
    def nbytes(self) -> int:
        """What it takes."""
        return 0 if self.space is None else self.space.numel() * self.space.element_size()


@dataclass(slots=True)
class Half:
    """The keys, or the values, of a layer."""

    codec: Codec
    limit: int
    rooms: list[Room] = field(default_factory=list)

    def write(self, at: int, numbers: Tensor) -> Tensor:
        """Store more numbers; the result is all of them."""
        parts = self.codec.encode(numbers)
        self.rooms = self.rooms or [Room(self.limit) for _ in parts]
        stored = (room.write(at, part) for room, part in zip(self.rooms, parts, strict=True))
        return self.codec.decode(tuple(stored))


@cache
def layer_class() -> Any:
    """A layer for ``transformers.Cache`` made of two halves (torch is imported first here)."""
    from transformers.cache_utils import DynamicLayer

    class GrowingLayer(DynamicLayer):  # type: ignore[misc]
        def __init__(self, codec: Codec, limit: int) -> None:
            super().__init__()
            self.length = 0
            self.halves = (Half(codec, limit), Half(codec, limit))

        def update(
            self, key_states: Tensor, value_states: Tensor, *_: object, **__: object
        ) -> tuple[Tensor, Tensor]:
            if not self.is_initialized:
                self.lazy_initialization(key_states, value_states)
            at, self.length = self.length, self.length + key_states.shape[-2]
            keys, values = self.halves
            return keys.write(at, key_states), values.write(at, value_states)

        def get_seq_length(self) -> int:
            return int(self.length)

        def crop(self, tokens_to_remove: int) -> None:
            self.length += tokens_to_remove  # it is negative

        def reset(self) -> None:
            self.crop(-self.length)

        def reorder_cache(self, beam_idx: Tensor) -> None:
            for half in self.halves:
                for room in half.rooms:
                    room.select(beam_idx.to(self.device), self.length)

    return GrowingLayer


class KvCache:
    """What a model has read, and the tokens that it was.

    ``tokens`` are those that all rows share, and of the only row while there is one.  The first
    ``exact`` of them were read in pieces of ``Network.grid``: their numbers are the same to the
    last bit whatever was read or written before.
    """

    def __init__(self, config: Any, kv_type: KvType, context: int) -> None:
        self._config = config
        self._kv_type = kv_type
        self._context = context
        self.tokens: list[int] = []
        self.exact = 0
        self.cache: Any = None
        self.rows = 1
        self.forget()

    @property
    def plain(self) -> bool:
        """Every layer attends to everything, so it can go back to any place."""
        return all_full_attention(self._config)

    def forget(self) -> None:
        """Begin anew."""
        from transformers.cache_utils import Cache, DynamicCache

        self.tokens, self.exact, self.rows = [], 0, 1
        if self.plain:
            count = self._config.get_text_config(decoder=True).num_hidden_layers
            layer, codec = layer_class(), CODECS[self._kv_type]
            self.cache = Cache(layers=[layer(codec, self._context) for _ in range(count)])
        else:
            self.cache = DynamicCache(config=self._config)

    def keep(self, count: int) -> int:
        """Go back to the first ``count`` tokens of one row; the result is how many are left.

        Layers that have let go of the past (sliding windows) can only stay or begin anew.
        """
        self.select([0]) if self.rows > 1 else None
        if not self.plain:
            if count != len(self.tokens) or self.cache.get_seq_length() != count:
                self.forget()
            return len(self.tokens)
        for layer in self.cache.layers:
            # a forward pass that was stopped has reached some layers only
            layer.crop(min(0, count - layer.get_seq_length()))
        del self.tokens[count:]
        self.exact = min(self.exact, count)
        return count

    def select(self, rows: list[int]) -> None:
        """Keep these rows; naming one more than once copies it."""
        import torch

        if rows != list(range(self.rows)):
            self.cache.reorder_cache(torch.tensor(rows))
            self.rows = len(rows)

    @property
    def nbytes(self) -> int:
        """What the keys and values take."""
        return sum(_nbytes(layer) for layer in self.cache.layers)


def all_full_attention(config: Any) -> bool:
    """Does every layer of a model attend to all that came before?"""
    from transformers.cache_utils import get_layer_types_and_kwargs

    kinds, _ = get_layer_types_and_kwargs(config.get_text_config(decoder=True))
    return set(kinds) == {"full_attention"}


def check_cache(config: Any, kv_type: KvType) -> None:
    """Raises ``Unsupported`` where a model's keys and values cannot be stored so."""
    if kv_type is KvType.F16:
        return
    text = config.get_text_config(decoder=True)
    width = getattr(text, "head_dim", None) or text.hidden_size // text.num_attention_heads
    if not all_full_attention(config) or width % BLOCK:
        raise Unsupported(
            Text(
                "this model's KV cache cannot be stored as {0}",
                "此模型的 KV 缓存不能以 {0} 存储",
                (str(kv_type),),
            ),
            Text("load it with the KV type f16", "请使用 f16 类型的 KV 缓存加载"),
        )


def _nbytes(layer: Any) -> int:
    if isinstance(layer, layer_class()):
        return sum(room.nbytes for half in layer.halves for room in half.rooms)
    held = (getattr(layer, name, None) for name in ("keys", "values"))
    return sum(t.numel() * t.element_size() for t in held if t is not None)
