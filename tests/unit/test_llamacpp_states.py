"""Prompts kept on the disk: read once, found by the next process, never trusted."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("llama_cpp")

from micro_llama import EXACT, GREEDY, end_of, opened, text_of, with_plan, write

from runtimes.llamacpp import states
from runtimes.types import KvType, Message, Role

pytestmark = pytest.mark.xdist_group("llamacpp")
SYSTEM = Message(Role.SYSTEM, "Answer shortly and check every step of it. " * 25)
HELLO = (SYSTEM, Message(Role.USER, "Hello"))
OTHER = (SYSTEM, Message(Role.USER, "Solve 2x + 3 = 11"))
PLAN = with_plan(context=2048)


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.state"))


def test_the_next_process_finds_the_instructions(tmp_path: Path) -> None:
    options = replace(EXACT, state_folder=str(tmp_path / "state" / "models"))
    with opened(options=EXACT, plan=PLAN) as plain:
        expected = text_of(write(plain, OTHER))
    with opened(options=options, plan=PLAN) as first:
        assert end_of(write(first, HELLO)).usage.cached_tokens == 0
    (path,) = files(tmp_path)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        for folder in (path.parent, tmp_path / "state" / "models", tmp_path / "state"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    with opened(options=options, plan=PLAN) as second:
        events = write(second, OTHER)
        assert end_of(events).usage.cached_tokens > states.LEAST_TOKENS
        assert text_of(events) == expected
    assert files(tmp_path) == [path]  # the same instructions are kept once


def test_instructions_in_the_users_turn_are_kept_too(tmp_path: Path) -> None:
    from runtimes.types import Defaults, Thinking

    options = replace(EXACT, state_folder=str(tmp_path))
    r1 = Defaults(system_prompt=False, thinking=Thinking.ALWAYS)
    with opened(options=options, plan=PLAN, defaults=r1) as first:
        write(first, HELLO)
    with opened(options=options, plan=PLAN, defaults=r1) as second:
        assert end_of(write(second, OTHER)).usage.cached_tokens > states.LEAST_TOKENS


def test_what_is_too_large_to_be_kept_is_not_even_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "LARGEST", 10_000)
    with opened(options=replace(EXACT, state_folder=str(tmp_path)), plan=PLAN) as model:
        assert text_of(write(model, HELLO))
        assert model._context.state(10_000) is None  # no memory was planned for it
        assert model._context.state(1 << 30) is not None
    assert not files(tmp_path)


def test_a_short_prompt_is_not_kept(tmp_path: Path) -> None:
    options = replace(EXACT, state_folder=str(tmp_path))
    with opened(options=options) as loaded:
        write(loaded, (Message(Role.SYSTEM, "Be short."), Message(Role.USER, "Hello")))
    assert files(tmp_path) == []


def test_another_kind_of_cache_does_not_read_it(tmp_path: Path) -> None:
    options = replace(EXACT, state_folder=str(tmp_path))
    with opened(options=options, plan=PLAN) as first:
        write(first, HELLO)
    quantised = replace(options, flash_attention=None)
    with opened(options=quantised, plan=replace(PLAN, kv_type=KvType.Q8_0)) as second:
        assert end_of(write(second, HELLO)).usage.cached_tokens == 0


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1000] ^= 1
    path.write_bytes(data)


def lie(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[80:84] = (1 << 30).to_bytes(4, "little")
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def rubbish(path: Path) -> None:
    path.write_bytes(os.urandom(100_000))


@pytest.mark.parametrize("spoil", [cut, flip, lie, empty, rubbish])
def test_a_spoiled_file_is_ignored_and_removed(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    options = replace(EXACT, state_folder=str(tmp_path))
    with opened(options=options, plan=PLAN) as first:
        expected = text_of(write(first, HELLO))
    (path,) = files(tmp_path)
    spoil(path)
    spoiled = path.read_bytes()
    with opened(options=options, plan=PLAN) as second:
        events = write(second, HELLO)
        assert end_of(events).usage.cached_tokens == 0
        assert text_of(events) == expected
    assert all(p.read_bytes() != spoiled for p in files(tmp_path))
    assert list(tmp_path.rglob("*.taken")) == []


def test_a_forged_file_with_a_right_digest_is_refused_by_the_engine(tmp_path: Path) -> None:
    """The worst that a file can be: everything is right but the state itself."""
    options = replace(EXACT, state_folder=str(tmp_path))
    with opened(options=options, plan=PLAN) as first:
        expected = text_of(write(first, HELLO))
        (path,) = files(tmp_path)
        kept = first._reader._states
        assert kept is not None
        header = kept._header(path)
        assert header is not None
        size = path.stat().st_size
        kept._write(path, header.tokens, os.urandom(size))
    with opened(options=options, plan=PLAN) as second:
        events = write(second, HELLO)
        assert end_of(events).usage.cached_tokens == 0
        assert text_of(events) == expected


def test_a_folder_that_cannot_be_written_harms_nobody(tmp_path: Path) -> None:
    place = tmp_path / "a file"
    place.write_text("")
    with opened(options=replace(EXACT, state_folder=str(place)), plan=PLAN) as loaded:
        assert text_of(write(loaded, HELLO, GREEDY))


def test_the_folder_keeps_to_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "MOST_BYTES", 1_000_000)
    options = replace(EXACT, state_folder=str(tmp_path))
    with opened(options=options, plan=PLAN) as loaded:
        for n in range(5):
            first = replace(SYSTEM, text=f"{n} {SYSTEM.text}")
            write(loaded, (first, HELLO[1]), replace(GREEDY, max_tokens=1))
    assert files(tmp_path)
    assert sum(p.stat().st_size for p in files(tmp_path)) <= 1_000_000


def test_wrecks_are_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    folder.mkdir()
    old, young = folder / "x.state.taken", folder / "y.part"
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (1, 1))
    with opened(options=replace(EXACT, state_folder=str(tmp_path)), plan=PLAN) as loaded:
        write(loaded, HELLO, replace(GREEDY, max_tokens=1))
    assert not old.exists()
    assert young.exists()
