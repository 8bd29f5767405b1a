"""What the user adds to the catalogue, named as one would name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import modelchoice
from runtimes.errors import NotFound
from runtimes.types import FileSource, HubSource


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of its own."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))


def test_a_path_needs_no_form_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "模型: a.gguf"
    path.write_bytes(b"GGUF")
    entry, spec = modelchoice.add(str(path))
    assert spec.source == FileSource(str(path))
    assert entry.id == "a"
    monkeypatch.chdir(tmp_path)
    assert modelchoice.add(f"./{path.name}", "again")[1].source == FileSource(str(path))


def test_nor_does_a_repository() -> None:
    _, spec = modelchoice.add("org/Some-Model-7B-GGUF")
    assert isinstance(spec.source, HubSource)
    assert spec.source.repo == "org/Some-Model-7B-GGUF"


@pytest.mark.parametrize("name", ["http://127.0.0.1:8000", "/nowhere/x.gguf", "no-such-model", ""])
def test_what_is_nothing_is_told(name: str) -> None:
    with pytest.raises(NotFound):
        modelchoice.add(name)


def test_a_model_without_a_quantisation_is_not_called_by_its_engine(tmp_path: Path) -> None:
    path = tmp_path / "damaged.gguf"
    path.write_bytes(b"GGUF")
    entry, _ = modelchoice.add(str(path))
    kept = modelchoice.add(f"file:{path}", "other")[0]
    assert [one.quantisation for one in (*entry.variants, *kept.variants)] == ["", ""]
