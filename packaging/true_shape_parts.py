"""Parts of ``true_shape``: random blocks of each quantised type, and vocabularies."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Q

CHUNK = 32 << 20
"""Bytes made at a time."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor to write; ``ne`` is in ggml's order, the row first."""

    name: str
    ne: tuple[int, ...]
    type: Q
    centre: float = 0.0
    spread: float = 0.02


# --- random blocks ---------------------------------------------------------------------------


def _half(value: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(np.float16(value).tobytes(), dtype=np.uint8)


def _k_scales(blocks: np.ndarray[Any, Any]) -> None:
    """Six-bit scales and minima, packed in twelve bytes: all of them are 32."""
    blocks[:, 4:12] = 0x80 | 32
    blocks[:, 12:16] = 0


def _q4_k(blocks: np.ndarray[Any, Any], spread: float) -> None:
    scale = spread / (32 * 4.61)  # 4.61: the deviation of 0..15
    blocks[:, 0:2], blocks[:, 2:4] = _half(scale), _half(7.5 * scale)
    _k_scales(blocks)


def _q5_k(blocks: np.ndarray[Any, Any], spread: float) -> None:
    scale = spread / (32 * 9.23)
    blocks[:, 0:2], blocks[:, 2:4] = _half(scale), _half(15.5 * scale)
    _k_scales(blocks)


def _q6_k(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 192:208] = 4
    blocks[:, 208:210] = _half(spread / (4 * 18.5))


def _q8_0(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 0:2] = _half(spread / 73.9)


def _q4_0(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 0:2] = _half(spread / 4.61)


def _q5_0(blocks: np.ndarray[Any, Any], spread: float) -> None:
    blocks[:, 0:2] = _half(spread / 9.23)


def _q5_1(blocks: np.ndarray[Any, Any], spread: float) -> None:
    scale = spread / 9.23
    blocks[:, 0:2], blocks[:, 2:4] = _half(scale), _half(-15.5 * scale)


SCALERS: dict[Q, Callable[[np.ndarray[Any, Any], float], None]] = {
    Q.Q4_K: _q4_k,
    Q.Q5_K: _q5_k,
    Q.Q6_K: _q6_k,
    Q.Q8_0: _q8_0,
    Q.Q4_0: _q4_0,
    Q.Q5_0: _q5_0,
    Q.Q5_1: _q5_1,
}


def pieces(tensor: Tensor, rng: np.random.Generator) -> Iterator[bytes]:
    """The data of a tensor, a piece at a time."""
    numbers = int(np.prod(tensor.ne))
    block, size = gguf.GGML_QUANT_SIZES[tensor.type]
    blocks, most = numbers // block, max(1, CHUNK // size)
    for start in range(0, blocks, most):
        count = min(most, blocks - start)
        if tensor.type in SCALERS:
            data = np.frombuffer(rng.bytes(count * size), dtype=np.uint8)
            data = data.reshape(count, size).copy()
            SCALERS[tensor.type](data, tensor.spread)
            yield data.tobytes()
            continue
        values = rng.standard_normal(count, dtype=np.float32) * tensor.spread + tensor.centre
        yield _floats(values, tensor.type)


def _floats(values: np.ndarray[Any, Any], kind: Q) -> bytes:
    match kind:
        case Q.F32:
            return values.astype("<f4").tobytes()
        case Q.F16:
            return values.astype("<f2").tobytes()
        case Q.BF16:
            return (values.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()
        case _:
            raise ValueError(f"no random numbers for {kind.name}")


# --- the vocabulary --------------------------------------------------------------------------

SPECIAL = {
    0: "<｜end▁of▁sentence｜>",
    1: "<｜User｜>",
    2: "<｜Assistant｜>",
    3: "<｜begin▁of▁sentence｜>",
    4: "<|EOT|>",
    5: "<think>",
    6: "</think>",
}
"""DeepSeek-R1's special tokens, counted from the first place behind the ordinary ones."""
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ '<｜User｜>' + message['content'] }}"
    "{% elif message['role'] == 'assistant' %}"
    "{{ '<｜Assistant｜>' + message['content'].split('</think>')[-1] + eos_token }}"
    "{% else %}{{ message['content'] }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<｜Assistant｜><think>\\n' }}{% endif %}"
)
NORMAL, CONTROL, UNUSED = 1, 3, 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tokens with their kinds, and the merges of byte-pair encoding."""

    tokens: list[str]
    kinds: list[int]
    merges: list[str]
    first_special: int


def taken(path: Path, size: int) -> Vocabulary:
    """The vocabulary of another GGUF file, filled up to a size."""
    reader = gguf.GGUFReader(path)
    tokens = reader.fields["tokenizer.ggml.tokens"].contents()
    kinds = reader.fields["tokenizer.ggml.token_type"].contents()
    merges = reader.fields["tokenizer.ggml.merges"].contents()
    special = next((n for n, kind in enumerate(kinds) if kind == CONTROL), len(tokens))
    return _filled(tokens[:special], list(merges), size)


def synthetic(size: int) -> Vocabulary:
    """Byte tokens, then strings of letters that merges build from shorter ones."""
    tokens = byte_letters()
    room = size - len(SPECIAL) - len(tokens)
    merges: list[str] = []
    letters = [*"etaoinshrdlucmfwypvbgkjqxz", "Ġ"]
    level = letters
    while len(merges) < room and level:
        wider = []
        for head, tail in itertools.islice(
            itertools.product(level, letters), max(0, room - len(merges))
        ):
            if "Ġ" not in tail:
                wider.append(head + tail)
                merges.append(f"{head} {tail}")
        level = wider
    tokens += [merge.replace(" ", "") for merge in merges]
    return _filled(tokens, merges, size)


def byte_letters() -> list[str]:
    """GPT-2's printable letter for each byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = itertools.count(256)
    return [chr(byte if byte in shown else next(hidden)) for byte in range(256)]


def _filled(tokens: list[str], merges: list[str], size: int) -> Vocabulary:
    """Special tokens behind the ordinary ones, unused ones up to the size."""
    tokens = tokens[: size - len(SPECIAL)]
    first = len(tokens)
    kinds = [NORMAL] * first + [CONTROL] * len(SPECIAL)
    names = [*tokens, *SPECIAL.values()]
    for n in range(len(names), size):
        names.append(f"[PAD{n}]")
        kinds.append(UNUSED)
    return Vocabulary(names, kinds, merges, first)
