"""Files are found by their names in all folders below, in no time, wherever that is."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import pytest

from tui.commands import completing


def test_folders_that_are_typed_are_looked_for_in_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path.joinpath(*["aaaaaaaaaa"] * 16)
    deep.mkdir(parents=True)
    (deep / "name").write_text("")
    monkeypatch.chdir(tmp_path)
    before = time.monotonic()
    assert [len(completing.paths(f"{'a/' * 8}{more}na", 0)) for more in ("", "b/")] == [1, 0]
    assert time.monotonic() - before < 1


def names(typed: str, over: Event | None = None) -> list[str]:
    return [one.shown for one in completing.paths(typed, 0, over)]


def test_a_large_folder_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in "abcd":
        (tmp_path / folder).mkdir()
        for number in range(completing.MOST_LOOKED_AT // 200):
            (tmp_path / folder / f"data{number}").write_text("")
        (tmp_path / folder / "in").mkdir()
        (tmp_path / folder / "in" / "wanted").write_text("")
    monkeypatch.chdir(tmp_path)
    assert len(names("wanted")) == 4
    monkeypatch.setattr(completing, "MOST_LOOKED_AT", 40)
    monkeypatch.setattr(completing, "MOST_OF_ONE", 5)
    assert {name[0] for name in names("data")} == set("abcd")


def test_nobody_looks_on_where_more_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "wanted").write_text("")
    monkeypatch.chdir(tmp_path)
    over = Event()
    assert names("wanted", over) == ["in/wanted"]
    over.set()
    assert names("wanted", over) == []


def test_links_that_lead_round_are_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "wanted").write_text("")
    (tmp_path / "in" / "round").symlink_to(tmp_path, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    assert names("wanted") == ["in/wanted"]
    assert names("in/round/in/wanted") == ["wanted"]
