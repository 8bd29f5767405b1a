"""From a header to what memory depends on: the dimensions, and the bytes of each part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from runtimes.errors import Damaged
from runtimes.ggufs.cursor import damaged
from runtimes.ggufs.values import Gguf, Header
from runtimes.texts import Text
from runtimes.types import Shape

MOST_LAYERS = 4096
_LAYER = re.compile(r"blk\.(\d{1,6})\.")
_INPUTS = ("token_embd", "per_layer_token_embd", "token_types", "position_embd")
"""Tensors that are looked up by row: llama.cpp leaves them on the host."""
_TABLE = "token_embd.weight"

EVERY = {  # architecture -> every which layer attends to all, and whether it is the first of them
    "gemma2": (2, False),
    "gemma3": (6, False),
    "gemma3n": (5, False),
    "gpt-oss": (2, False),
    "cohere2": (4, False),
    "exaone4": (4, False),
    "olmo2": (4, False),
    "llama4": (4, False),
    "plamo3": (8, False),
    "smallthinker": (4, True),
}
"""Where the file has no pattern of its sliding window, llama.cpp knows it by the architecture;
elsewhere it takes no notice of the window."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: the bytes of its weights and of its largest tensor; the numbers a token leaves
    in its KV cache; bytes of recurrent state; does it attend to a sliding window only?"""

    weights: int
    largest: int
    key_width: int
    value_width: int
    state: int = 0
    windowed: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What goes where: the layers, and what stands before and behind them.

    ``embedding`` is what is looked up by row, ``table`` the type of its numbers where that is
    the table of tokens alone.  ``output`` counts as one more layer; ``tied`` says that it is the
    embedding once more, which an accelerator needs its own copy of.
    """

    layers: tuple[Layer, ...]
    embedding: int
    output: int
    tied: bool
    file: int
    table: str = ""

    @property
    def weights(self) -> int:
        """Bytes of all tensors."""
        return self.embedding + self.output + sum(layer.weights for layer in self.layers)


def shape_of(model: Gguf) -> Shape:
    """The dimensions.  Raises ``Damaged`` where they are missing or absurd."""
    header = model.first
    reader = _Keys(header)
    hidden = reader.number("embedding_length", 1 << 20)
    layers = reader.number("block_count", MOST_LAYERS)
    heads = reader.most("attention.head_count", 1 << 16) or 1
    head = hidden // heads
    return Shape(
        architecture=reader.architecture,
        parameters=sum(tensor.count for tensor in model.tensors),
        layers=layers,
        hidden=hidden,
        heads=heads,
        kv_heads=reader.most("attention.head_count_kv", 1 << 16) or heads,
        key_length=reader.optional("attention.key_length", 1 << 16) or head,
        value_length=reader.optional("attention.value_length", 1 << 16) or head,
        feed_forward=_feed_forward(reader),
        vocabulary=_vocabulary(model),
        context=reader.number("context_length", 1 << 32),
        experts=reader.optional("expert_count", 1 << 16),
        experts_used=reader.most("expert_used_count", 1 << 16),
        window=reader.optional("attention.sliding_window", 1 << 32),
    )


def _feed_forward(reader: _Keys) -> int:
    """Width of the feed-forward network; of one expert's where there are experts."""
    wide = reader.most("feed_forward_length", 1 << 24)
    return reader.optional("expert_feed_forward_length", 1 << 24) or wide


def _vocabulary(model: Gguf) -> int:
    for tensor in model.tensors:
        if tensor.name == _TABLE:
            return tensor.dimensions[-1]
    return model.first.length("tokenizer.ggml.tokens") or 0


class _Keys:
    """Numbers of the architecture's keys, each within its bound."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.architecture = header.text("general.architecture") or ""
        if not re.fullmatch(r"[a-z0-9][\w.-]{0,63}", self.architecture, re.ASCII):
            raise damaged(
                header.name,
                Text("it names no architecture", "未说明模型架构"),
            )

    def key(self, name: str) -> str:
        """The whole key."""
        return f"{self.architecture}.{name}"

    def optional(self, name: str, most: int) -> int:
        """A number, 0 where there is none."""
        value = self.header.integer(self.key(name))
        if value is None:
            return 0
        if not 0 <= value <= most:
            raise self.absurd(name, value)
        return value

    def number(self, name: str, most: int) -> int:
        """A number that must be there and is not 0."""
        value = self.optional(name, most)
        if value == 0:
            raise self.absurd(name, 0)
        return value

    def each(self, name: str, layers: int, most: int) -> tuple[int, ...] | None:
        """A number for each layer, also where the file has one for all."""
        values = self.header.integers(self.key(name))
        if values is None:
            value = self.header.integer(self.key(name))
            values = None if value is None else (value,) * layers
        if values is not None and not all(0 <= value <= most for value in values):
            raise self.absurd(name, max(values, key=abs))
        if values is not None and len(values) < layers:
            return values + (max(values, default=0),) * (layers - len(values))
        return values

    def most(self, name: str, most: int) -> int:
        """The largest of a value for each layer; 0 where there is none."""
        return max(self.each(name, 0, most) or (self.optional(name, most),))

    def absurd(self, name: str, value: int) -> Damaged:
        """The failure."""
        return damaged(
            self.header.name, Text("{0} is {1}", "{0} 为 {1}", (self.key(name), str(value)))
        )


def parts_of(model: Gguf) -> Parts:
    """The bytes of each part.  Raises ``Damaged`` as ``shape_of`` does."""
    shape = shape_of(model)
    weights, largest = [0] * shape.layers, [0] * shape.layers
    embedding = output = 0
    tied = True
    looked_up: dict[str, str] = {}
    for tensor in model.tensors:
        if found := _LAYER.match(tensor.name):
            layer = int(found[1])
            if layer >= shape.layers:
                raise damaged(
                    model.first.name,
                    Text("a tensor of layer {0}", "出现第 {0} 层的张量", (found[1],)),
                )
            weights[layer] += tensor.size
            largest[layer] = max(largest[layer], tensor.size)
        elif tensor.name.startswith(_INPUTS):
            embedding += tensor.size
            looked_up[tensor.name] = tensor.type.name
        else:
            tied = tied and tensor.name != "output.weight"
            output += tensor.size
    layers = tuple(
        Layer(weights[n], largest[n], *caches) for n, caches in enumerate(_caches(model, shape))
    )
    table = looked_up.get(_TABLE, "") if len(looked_up) == 1 else ""
    return Parts(layers, embedding, output, tied, model.size, table)


# --- the cache of each layer -----------------------------------------------------------------


def _caches(model: Gguf, shape: Shape) -> list[tuple[int, int, int, bool]]:
    """For each layer: numbers of keys and of values a token, bytes of state, is it windowed?"""
    reader = _Keys(model.first)
    heads = reader.each("attention.head_count_kv", shape.layers, 1 << 16)
    heads = heads or (shape.kv_heads,) * shape.layers
    # latent attention (DeepSeek V2 and V3) keeps one vector and makes keys and values of it
    latent = reader.optional("attention.key_length_mla", 1 << 16) > 0
    state = _state(reader)
    windowed = _windowed(reader, shape)
    return [
        (
            heads[n] * shape.key_length,
            0 if latent else heads[n] * shape.value_length,
            state,
            windowed[n],
        )
        for n in range(shape.layers)
    ]


def _state(reader: _Keys) -> int:
    """Bytes that a recurrent layer keeps of a sequence; 0 for pure attention.

    Where attention and recurrence alternate, both are counted for every layer: rather too much.
    """
    inner = reader.optional("ssm.inner_size", 1 << 24)
    if inner == 0:
        return 0
    size = reader.optional("ssm.state_size", 1 << 16)
    width = inner + 2 * reader.optional("ssm.group_count", 1 << 16) * size
    kernel = reader.optional("ssm.conv_kernel", 1 << 10)
    return 4 * (max(kernel - 1, 0) * width + size * inner)


def _windowed(reader: _Keys, shape: Shape) -> list[bool]:
    """Which layers attend to the sliding window only."""
    name = "attention.sliding_window_pattern"
    pattern = EVERY.get(shape.architecture)
    if shape.window == 0 or (pattern is None and reader.key(name) not in reader.header.values):
        return [False] * shape.layers
    listed = reader.header.integers(reader.key(name))
    if listed is not None and len(listed) >= shape.layers:
        return [bool(value) for value in listed[: shape.layers]]
    every, first = pattern or (0, False)
    every = reader.optional(name, 1 << 16) or every
    if every == 0:
        return [True] * shape.layers
    full = 0 if first else every - 1
    return [n % every != full for n in range(shape.layers)]
