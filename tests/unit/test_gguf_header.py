"""Our own reader of GGUF headers: what it reads, and what it refuses, with what is wrong."""

from __future__ import annotations

import ctypes
import os
import struct
import tracemalloc
from pathlib import Path

import pytest
import tiny_gguf
from tiny_gguf import Made, Plan, gguf, small, text, value, with_keys

from runtimes.errors import Damaged, NotFound
from runtimes.ggufs import Array, Header, read_file, read_header
from runtimes.ggufs.cursor import FIRST_WINDOW, MOST_READ
from runtimes.ggufs.values import TENSOR_TYPES

MICRO = sorted(Path(__file__).resolve().parents[2].glob("runtimes/micro/*.gguf"))


def read(data: bytes) -> Header:
    return read_header(lambda at, size: data[at : at + size], len(data), "x.gguf")


def refusal(data: bytes) -> str:
    with pytest.raises(Damaged) as caught:
        read(data)
    assert "x.gguf" in caught.value.message.args
    assert any("\u4e00" <= c <= "\u9fff" for c in caught.value.message.zh)
    return str(caught.value)


@pytest.mark.parametrize("version", [2, 3])
def test_a_sound_file_is_read(version: int) -> None:
    header = read(gguf(small(version=version)))
    assert header.version == version
    assert header.text("general.architecture") == "llama"
    assert header.integer("llama.block_count") == 2
    assert header.length("tokenizer.ggml.tokens") == 4
    assert [t.name for t in header.tensors][:2] == ["token_embd.weight", "blk.0.attn_norm.weight"]
    assert header.tensors[0].size == 64 * 4 * 2
    assert header.tensors[0].offset == header.data


def test_values_of_each_kind_are_read() -> None:
    keys: dict[str, object] = {"a": 7, "b": 0.5, "c": True, "d": "ü中", "e": [3, 4], "f": ["x"]}
    header = read(gguf(Plan(keys)))
    assert [header.values[k] for k in "abcd"] == [7, 0.5, True, "ü中"]
    assert header.integers("e") == (3, 4)
    assert header.integer("c") is None  # a truth is no number
    strings = header.values["f"]
    assert isinstance(strings, Array)
    assert strings.items is None


def test_a_long_array_of_numbers_is_passed_over() -> None:
    header = read(gguf(Plan({"long": list(range(5000)), "after": 9})))
    long = header.values["long"]
    assert isinstance(long, Array)
    assert (long.count, long.items) == (5000, None)
    assert header.integer("after") == 9


def test_another_alignment_is_obeyed() -> None:
    plan = small(keys=with_keys(general__alignment=64), alignment=64)
    assert all(t.offset % 64 == 0 for t in read(gguf(plan)).tensors)


def test_the_types_are_those_of_ggml() -> None:
    spec = pytest.importorskip("importlib.util").find_spec("llama_cpp")
    if spec is None or spec.origin is None:
        pytest.skip("llama-cpp-python is not installed")
    found = sorted(Path(spec.origin).parent.glob("lib/libggml-base.*"))
    if not found:
        pytest.skip("no library of ggml of its own")
    ggml = ctypes.CDLL(os.fspath(found[0]))
    ggml.ggml_type_size.restype = ctypes.c_size_t
    ggml.ggml_blck_size.restype = ctypes.c_int64
    ggml.ggml_type_name.restype = ctypes.c_char_p
    for number in range(43):
        kind = TENSOR_TYPES.get(number)
        if kind is None:
            assert ggml.ggml_blck_size(number) == 0, number
            continue
        told = (ggml.ggml_blck_size(number), ggml.ggml_type_size(number))
        assert (kind.block, kind.size) == told, kind
        assert kind.name == ggml.ggml_type_name(number).decode()


# --- what is refused -------------------------------------------------------------------------


def test_no_gguf_at_all() -> None:
    assert "not with GGUF" in refusal(b"PK\x03\x04" + bytes(100))
    assert "ends too early" in refusal(b"")


def test_a_big_endian_file_is_named_as_such() -> None:
    assert "big-endian" in refusal(b"GGUF" + struct.pack(">IQQ", 3, 0, 0))


@pytest.mark.parametrize("version", [0, 1, 4, 77])
def test_another_version(version: int) -> None:
    assert f"version {version}" in refusal(gguf(small(version=version)))


def test_a_file_made_for_another_program_is_not_to_be_downloaded_again() -> None:
    with pytest.raises(Damaged) as caught:
        read(gguf(Plan({"general.architecture": "llama"}, [Made("a", (256,), "iq2_k")])))
    assert "of type 137" in str(caught.value)
    assert caught.value.remedy is not None
    assert "another quantisation" in caught.value.remedy.en
    assert "again" not in caught.value.remedy.en


@pytest.mark.parametrize("counts", [(1 << 60, 1), (1, 1 << 60), (1 << 63, 1 << 63), (70000, 9)])
def test_counts_that_lie(counts: tuple[int, int]) -> None:
    assert "announces" in refusal(gguf(small(counts=counts)))


def test_more_entries_than_there_are() -> None:
    data = gguf(small(counts=(13, 10)))
    assert refusal(data)


def test_a_file_cut_at_every_place_of_its_header() -> None:
    whole = gguf(small())
    end = read(whole).data
    for cut in range(end):
        assert refusal(whole[:cut])


def test_a_file_whose_weights_are_cut() -> None:
    assert "the file at" in refusal(gguf(small(cut=64)))


def test_a_string_of_absurd_length() -> None:
    raw = text("k") + struct.pack("<IQ", 8, 1 << 40)
    assert "string of" in refusal(gguf(small(raw_keys=raw)))


def test_an_array_of_absurd_length() -> None:
    for kind in (4, 8):
        raw = text("k") + struct.pack("<IIQ", 9, kind, 1 << 60)
        assert "ends too early" in refusal(gguf(small(raw_keys=raw)))


def test_an_array_of_arrays() -> None:
    raw = text("k") + struct.pack("<IIQ", 9, 9, 1) + struct.pack("<IQ", 4, 0)
    assert "type 9" in refusal(gguf(small(raw_keys=raw)))


def test_an_unknown_type_of_value() -> None:
    assert "type 99" in refusal(gguf(small(raw_keys=text("k") + struct.pack("<I", 99) + bytes(9))))


def test_a_key_twice() -> None:
    assert "twice" in refusal(gguf(small(raw_keys=text("llama.block_count") + value(3))))


def test_a_tensor_twice() -> None:
    twice = [Made("a", (32,)), Made("a", (32,))]
    assert "twice" in refusal(gguf(small(tensors=twice)))


@pytest.mark.parametrize(
    "dimensions",
    [(1 << 32, 1 << 32), (1 << 63, 2, 2, 2), (0, 4), (), (2, 2, 2, 2, 2)],
)
def test_dimensions_that_cannot_be(dimensions: tuple[int, ...]) -> None:
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("w")
    head += struct.pack(f"<I{len(dimensions)}QIQ", len(dimensions), *dimensions, 0, 0)
    assert "“w”" in refusal(head + bytes(4096))


def test_a_row_that_is_no_whole_number_of_blocks() -> None:
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("w") + struct.pack("<IQIQ", 1, 33, 8, 0)
    assert "rows of 33" in refusal(head + bytes(4096))


def test_a_type_that_does_not_exist() -> None:
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + text("w") + struct.pack("<IQIQ", 1, 32, 5, 0)
    assert "type 5" in refusal(head + bytes(4096))


@pytest.mark.parametrize("offset", [1, 32, 1 << 62])
def test_an_offset_that_is_wrong(offset: int) -> None:
    assert "lies at" in refusal(gguf(small(offsets={"token_embd.weight": offset})))


@pytest.mark.parametrize("alignment", [0, 3, 1 << 31])
def test_an_absurd_alignment(alignment: int) -> None:
    assert "alignment" in refusal(gguf(small(keys=with_keys(general__alignment=alignment))))


def test_a_header_without_end_is_not_read_for_ever() -> None:
    """A sparse file of a terabyte that is one long array of empty strings."""
    head = b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("k") + struct.pack("<IIQ", 9, 8, 1 << 36)
    seen = 0

    def read_at(at: int, size: int) -> bytes:
        nonlocal seen
        seen += size
        return (head[at : at + size] + bytes(size))[:size]

    with pytest.raises(Damaged):
        read_header(read_at, 1 << 40, "x.gguf")
    assert seen <= MOST_READ


def test_a_vocabulary_costs_little_memory() -> None:
    data = gguf(Plan({"tokens": [f"token {n}" for n in range(50_000)]}))
    tracemalloc.start()
    try:
        read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * (FIRST_WINDOW + len(data))


# --- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MICRO, ids=lambda p: p.name)
def test_the_shipped_model_is_read(path: Path) -> None:
    model = read_file(path)
    assert model.first.text("general.architecture") == "qwen2"
    assert model.size == path.stat().st_size


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_file(tmp_path / "none.gguf")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gguf")
    with pytest.raises(Damaged):
        read_file(tmp_path / "pipe.gguf")


def shard(number: int, count: int, tensors: list[Made], total: int = 3) -> bytes:
    keys = {"split.no": number, "split.count": count, "split.tensors.count": total}
    first = tiny_gguf.LLAMA if number == 0 else {}
    return gguf(Plan({**first, **keys}, tensors))


def three(folder: Path) -> list[Path]:
    paths = [folder / f"m-{n:05d}-of-00003.gguf" for n in (1, 2, 3)]
    for n, path in enumerate(paths):
        path.write_bytes(shard(n, 3, [Made(f"blk.{n}.w", (32,))]))
    return paths


def test_every_shard_is_found_from_any_of_them(tmp_path: Path) -> None:
    paths = three(tmp_path)
    for path in paths:
        model = read_file(path)
        assert [t.name for t in model.tensors] == ["blk.0.w", "blk.1.w", "blk.2.w"]
        assert model.size == sum(p.stat().st_size for p in paths)


def test_a_shard_is_missing(tmp_path: Path) -> None:
    three(tmp_path)[1].unlink()
    with pytest.raises(NotFound, match="00002"):
        read_file(tmp_path / "m-00001-of-00003.gguf")


@pytest.mark.parametrize(
    "wrong",
    [
        shard(2, 3, [Made("blk.1.w", (32,))]),
        shard(1, 2, [Made("blk.1.w", (32,))]),
        shard(1, 3, [Made("blk.0.w", (32,))]),
        shard(1, 3, [Made("blk.1.w", (32,)), Made("more", (32,))]),
    ],
    ids=["number", "count", "same tensor", "one too many"],
)
def test_shards_that_do_not_belong_together(wrong: bytes, tmp_path: Path) -> None:
    paths = three(tmp_path)
    paths[1].write_bytes(wrong)
    with pytest.raises(Damaged):
        read_file(paths[0])


def test_a_single_part_of_several(tmp_path: Path) -> None:
    (tmp_path / "alone.gguf").write_bytes(shard(0, 3, [Made("w", (32,))]))
    with pytest.raises(Damaged, match="3 parts"):
        read_file(tmp_path / "alone.gguf")
