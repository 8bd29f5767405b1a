"""What an engine's process leaves behind: its last words, and replies that nobody waits for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hosting import SUPPORT, hosted

from runtimes.base import Cancel
from runtimes.errors import EngineCrashed
from runtimes.host import HostedModel
from runtimes.process import EngineProcess, surroundings
from runtimes.types import (
    GenerationParams,
    Message,
    Role,
    StreamEvent,
    TextDelta,
)

Load = Callable[..., HostedModel]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Load]:
    """Loads the engine that obeys orders; closes what was loaded."""
    monkeypatch.setenv("PYTHONPATH", SUPPORT)
    opened: list[HostedModel] = []

    def loaded(title: str = "") -> HostedModel:
        opened.append(hosted(tmp_path, title))
        return opened[-1]

    yield loaded
    for model in opened:
        model.close()


def ask(model: HostedModel, text: str) -> Iterator[StreamEvent]:
    return model.stream((Message(Role.USER, text),), GenerationParams(), Cancel())


@pytest.mark.parametrize("before", ["complain", "recover complain", None])
def test_what_it_has_outlived_is_not_what_it_died_of(load: Load, before: str | None) -> None:
    model = load(title="" if before else "complain")
    if before:
        list(ask(model, before))
    with pytest.raises(EngineCrashed) as caught:
        list(ask(model, "late segfault"))
    assert "allocate" not in str(caught.value)


def test_in_one_answer_too(load: Load) -> None:
    with pytest.raises(EngineCrashed) as caught:
        list(ask(load(), "recover segfault"))
    assert "allocate" not in str(caught.value)


def test_an_interrupted_question_leaves_no_reply_for_the_next(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load()

    def interrupted(*_: object) -> Iterator[object]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EngineProcess, "replies", interrupted)
        with pytest.raises(KeyboardInterrupt):
            model.count_tokens((Message(Role.USER, "one two three"),))
    assert model.count_tokens((Message(Role.USER, "one"),)) == 1
    assert [e.text for e in ask(model, "say 1") if isinstance(e, TextDelta)] == ["0 "]


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (None, "glibc.malloc.hugetlb=1"),
        ("glibc.malloc.check=0", "glibc.malloc.hugetlb=1:glibc.malloc.check=0"),
        ("glibc.malloc.hugetlb=0", "glibc.malloc.hugetlb=0"),
    ],
)
def test_large_pages_are_asked_for_where_the_user_says_nothing_of_them(
    monkeypatch: pytest.MonkeyPatch, theirs: str | None, told: str
) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if theirs is not None:
        monkeypatch.setenv("GLIBC_TUNABLES", theirs)
    assert surroundings()["GLIBC_TUNABLES"] == told


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone shows it, and has such pages")
def test_an_engine_is_started_with_large_pages(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    environment = Path(f"/proc/{load().pid}/environ").read_bytes().split(b"\0")
    assert b"GLIBC_TUNABLES=glibc.malloc.hugetlb=1" in environment
