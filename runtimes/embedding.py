"""Texts as directions in a space of meaning, by the same engines that write.

The contract of ``Embedder.embed``, held by ``tests/contract`` over every runtime that embeds:

- a vector for each text, in their order, of length 1 and all of one size;
- a text without a visible character has no direction: its vector is empty;
- the same text gives the same vector, alone or among others, but for rounding;
- a text that is longer than the model's window raises ``Overflow``: nothing is cut in silence;
- after ``cancel.set()`` it ends at once, with ``EngineFailed``;
- a second call while one runs raises ``Busy``, one after ``close`` raises ``EngineFailed``;
- what writes only, or only ranks, raises ``Unsupported`` when it is loaded.

The tokens' vectors are pooled as the model's file says (mean, first or last token).  A model that
says nothing, as one that was made to write, gets their mean: poor, but something.
"""

from __future__ import annotations

import base64
import math
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from runtimes.errors import Busy, EngineFailed, Overflow, Unsupported
from runtimes.texts import Text

if TYPE_CHECKING:
    from runtimes.base import Cancel, OnProgress
    from runtimes.types import LoadOptions, MemoryPlan, ModelSpec

Vector = tuple[float, ...]
MOST_NUMBERS = 1 << 16
"""No model has vectors of more numbers."""


class Embedder(Protocol):
    """A model that is loaded to embed.  For one thread at a time, except for ``close``."""

    @property
    def spec(self) -> ModelSpec:
        """What was loaded."""

    def embed(self, texts: Sequence[str], cancel: Cancel) -> tuple[Vector, ...]:
        """The vector of each text (see the contract at the top)."""

    def close(self) -> None:
        """Stop, and give everything back; any number of times."""


@runtime_checkable
class Embeds(Protocol):
    """What a ``Runtime`` has, too, whose models can embed."""

    def load_embedder(
        self,
        spec: ModelSpec,
        plan: MemoryPlan,
        options: LoadOptions,
        on_progress: OnProgress,
        cancel: Cancel,
    ) -> Embedder:
        """Start the model.  Raises as ``Runtime.load`` does."""


def direction(values: Sequence[float]) -> Vector:
    """The vector of length 1 that points the same way.  Raises ``EngineFailed`` where there is
    none: of no numbers, of zeros, or of what is no number."""
    length = math.hypot(*values)
    if not 0 < length < math.inf or len(values) > MOST_NUMBERS:
        raise EngineFailed(
            Text("the model gave no usable vector", "模型没有给出可用的向量"),
            Text("choose a model that is made for embeddings", "请选择专用的嵌入模型"),
        )
    return tuple(value / length for value in values)


def mean(rows: Sequence[Sequence[float]]) -> list[float]:
    """The mean of vectors of one size.  Raises ``EngineFailed`` where they are of several."""
    if len({len(row) for row in rows}) != 1:
        raise EngineFailed(Text("the vectors are of several sizes", "向量长度不一致"))
    return [math.fsum(column) / len(rows) for column in zip(*rows, strict=True)]


def spoken(
    texts: Sequence[str], embed: Callable[[Sequence[str]], Sequence[Vector]]
) -> tuple[Vector, ...]:
    """What ``embed`` makes of the texts that say something; the others' vectors are empty."""
    said = [text for text in texts if text.strip()]
    found = iter(embed(said) if said else ())
    made = tuple(next(found) if text.strip() else () for text in texts)
    if len({len(vector) for vector in made if vector}) > 1:
        raise EngineFailed(Text("the vectors are of several sizes", "向量长度不一致"))
    return made


def packed(vector: Vector) -> str:
    """A vector as text, in single precision."""
    return base64.b64encode(array("f", vector).tobytes()).decode("ascii")


def unpacked(text: str) -> Vector:
    """The vector of a text.  Raises ``ValueError``."""
    values = array("f")
    values.frombytes(base64.b64decode(text, validate=True))
    return tuple(values)


def too_long(tokens: object, window: object) -> Overflow:
    """A text is longer than what the model reads."""
    return Overflow(
        Text(
            "a text of {0} tokens is longer than the {1} that the model embeds at once",
            "一段文字有 {0} 个词元，超过模型一次能嵌入的 {1} 个",
            (tokens, window),
        ),
        Text("embed it in parts", "请分段嵌入"),
    )


def embeds_not(what: str) -> Unsupported:
    """This runtime, or this model, has no vectors to give."""
    return unsupported(Text("{0} gives no embeddings", "{0} 不提供嵌入向量", (what,)))


def unsupported(why: Text) -> Unsupported:
    """The same, in the words of whoever refuses."""
    return Unsupported(
        why,
        Text(
            "use an embedding model: a GGUF file or a checkpoint, or one of Ollama or of a server",
            "请使用嵌入模型：GGUF 文件或检查点，或 Ollama、服务器上的模型",
        ),
    )


def busy() -> Busy:
    """It works already."""
    return Busy(
        Text("the model is embedding already", "模型正在计算嵌入"),
        Text("wait for it, or cancel it", "请等待或取消"),
    )


def stopped() -> EngineFailed:
    """What a cancelled call raises."""
    return EngineFailed(Text("stopped by the user", "已被用户停止"))
