"""What the header of a GGUF file holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TensorType:
    """How numbers are stored: ``block`` of them in ``size`` bytes."""

    name: str
    block: int
    size: int


TENSOR_TYPES: Mapping[int, TensorType] = {
    0: TensorType("f32", 1, 4),
    1: TensorType("f16", 1, 2),
    2: TensorType("q4_0", 32, 18),
    3: TensorType("q4_1", 32, 20),
    6: TensorType("q5_0", 32, 22),
    7: TensorType("q5_1", 32, 24),
    8: TensorType("q8_0", 32, 34),
    9: TensorType("q8_1", 32, 36),
    10: TensorType("q2_K", 256, 84),
    11: TensorType("q3_K", 256, 110),
    12: TensorType("q4_K", 256, 144),
    13: TensorType("q5_K", 256, 176),
    14: TensorType("q6_K", 256, 210),
    15: TensorType("q8_K", 256, 292),
    16: TensorType("iq2_xxs", 256, 66),
    17: TensorType("iq2_xs", 256, 74),
    18: TensorType("iq3_xxs", 256, 98),
    19: TensorType("iq1_s", 256, 50),
    20: TensorType("iq4_nl", 32, 18),
    21: TensorType("iq3_s", 256, 110),
    22: TensorType("iq2_s", 256, 82),
    23: TensorType("iq4_xs", 256, 136),
    24: TensorType("i8", 1, 1),
    25: TensorType("i16", 1, 2),
    26: TensorType("i32", 1, 4),
    27: TensorType("i64", 1, 8),
    28: TensorType("f64", 1, 8),
    29: TensorType("iq1_m", 256, 56),
    30: TensorType("bf16", 1, 2),
    34: TensorType("tq1_0", 256, 54),
    35: TensorType("tq2_0", 256, 66),
    39: TensorType("mxfp4", 32, 17),
    40: TensorType("nvfp4", 64, 36),
    41: TensorType("q1_0", 128, 18),
    42: TensorType("q2_0", 64, 18),
}
"""By the number in the file; the gaps are types that were given up."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor.  ``dimensions`` begin with the length of a row; ``offset`` is in the file."""

    name: str
    dimensions: tuple[int, ...]
    type: TensorType
    offset: int

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.dimensions)

    @property
    def size(self) -> int:
        """Bytes."""
        return self.count // self.type.block * self.type.size


Scalar = int | float | bool | str


@dataclass(frozen=True, slots=True)
class Array:
    """An array of the header.  Only a short one of numbers is built: ``items`` is ``None`` for
    the rest, which begins at ``offset``.  ``kind`` is the format's number of the element type."""

    kind: int
    count: int
    offset: int
    items: tuple[int | float | bool, ...] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one file.  ``data`` is where the weights begin, ``size`` the file's size."""

    name: str
    version: int
    alignment: int
    values: Mapping[str, Scalar | Array]
    tensors: tuple[Tensor, ...]
    data: int
    size: int

    def integer(self, key: str) -> int | None:
        """A whole number; ``None`` where the key is absent or holds something else."""
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def integers(self, key: str) -> tuple[int, ...] | None:
        """Whole numbers (or truths) of an array."""
        value = self.values.get(key)
        if not isinstance(value, Array) or value.items is None:
            return None
        return tuple(int(item) for item in value.items if not isinstance(item, float))

    def text(self, key: str) -> str | None:
        """A string."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def length(self, key: str) -> int | None:
        """The number of elements of an array."""
        value = self.values.get(key)
        return value.count if isinstance(value, Array) else None


@dataclass(frozen=True, slots=True)
class Gguf:
    """A model in one file or several; the first one's header has the keys."""

    headers: tuple[Header, ...]

    @property
    def first(self) -> Header:
        """The header with the model's keys."""
        return self.headers[0]

    @property
    def tensors(self) -> tuple[Tensor, ...]:
        """Those of all shards."""
        return tuple(tensor for header in self.headers for tensor in header.tensors)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(header.size for header in self.headers)
