"""A vector of a text that knows which words are in it, and nothing of their meaning."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

SIZE = 64


def bag_of_words(words: Sequence[str]) -> list[float]:
    """A direction of its own for each text, but for the order of its words."""
    vector = [0.0] * SIZE
    for word in words:
        vector[zlib.crc32(word.encode("utf-8", "replace")) % SIZE] += 1.0
    return vector
