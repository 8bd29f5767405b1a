"""A thousand damaged files: the reader ends at once, with a value or with ``Damaged``."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_gguf import gguf, small

from runtimes.errors import Damaged
from runtimes.ggufs import Gguf, parts_of, read_header, read_shards, shape_of

MICRO = Path(__file__).resolve().parents[2] / "runtimes/micro/micro-q8_0.gguf"
MUTANTS = 1000
SECONDS = 1.0
"""No single file may take longer, on a busy machine either."""


def look(data: bytes) -> Gguf | None:
    """What the program does with a file; ``None`` where it is refused."""
    try:
        model = read_shards(
            [read_header(lambda at, size: data[at : at + size], len(data), "x.gguf")]
        )
        shape_of(model)
        parts_of(model)
    except Damaged:
        return None
    return model


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with one or several accidents, most of them in its header."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        at = chance.randrange(min(len(out), chance.choice((64, 400, 20_000, len(out)))))
        match chance.randrange(6):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at : at + 8] = chance.randbytes(8)
            case 2:  # a length or count that lies
                lies = (0, 1, 255, 1 << 31, 1 << 32, 1 << 60, (1 << 63) - 1, (1 << 64) - 1)
                out[at : at + 8] = chance.choice(lies).to_bytes(8, "little")
            case 3:
                del out[at : at + chance.choice((1, 4, 8, 1000))]
            case 4:
                out[at:at] = chance.randbytes(chance.choice((1, 4, 8, 64)))
            case _:
                del out[at:]
        if not out:
            return b""
    return bytes(out)


def original() -> bytes:
    return MICRO.read_bytes() if MICRO.is_file() else gguf(small())


def test_a_thousand_mutants() -> None:
    data = original()
    assert look(data) is not None
    refused, slowest = 0, 0.0
    for seed in range(MUTANTS):
        broken = mutated(data, random.Random(seed))
        begin = time.process_time()
        refused += look(broken) is None
        slowest = max(slowest, time.process_time() - begin)
    assert slowest < SECONDS
    assert refused > MUTANTS // 4  # the accidents are real ones


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind(data: bytes) -> None:
    look(b"GGUF\x03\x00\x00\x00" + data)


@pytest.mark.parametrize("byte", [0x00, 0xFF, 0x41])
def test_every_byte_of_a_small_header_replaced(byte: int) -> None:
    data = gguf(small())
    for at in range(700):
        look(data[:at] + bytes([byte]) + data[at + 1 :])
