"""The parent's side: what it tells without torch, and the model in a process of its own."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from runtimes.base import Cancel, Model
from runtimes.checkpoint.runtime import Checkpoint
from runtimes.errors import Damaged
from runtimes.types import FinishReason, LoadOptions, TextDelta


def test_probing_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom runtimes.checkpoint.runtime import Checkpoint\nCheckpoint().probe()\n"
        "import runtimes.checkpoint.engine\n"
        "sys.exit(bool({'torch', 'transformers', 'peft', 'bitsandbytes'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_what_is_missing_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str, _package: str | None = None) -> ModuleSpec | None:
        return None if name == "torch" else ModuleSpec(name, None)

    monkeypatch.setattr("runtimes.checkpoint.runtime.find_spec", find)
    found = Checkpoint().probe()
    assert not found.ready
    assert found.detail is not None
    assert found.detail.args == ("torch",)
    assert found.remedy is not None


def test_another_line_of_transformers_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtimes.checkpoint.runtime.find_spec", lambda _name: object())
    monkeypatch.setattr("runtimes.checkpoint.runtime.version", lambda _name: "4.57.1")
    found = Checkpoint().probe()
    assert not found.ready
    assert found.detail is not None
    assert found.detail.args == ("4.57.1", "5.24")


if importlib.util.find_spec("torch") and importlib.util.find_spec("transformers"):
    from checkpoint_micro import CHINESE, GREEDY, ask, copied, finished, joined, plan, spec

    @pytest.fixture(scope="module")
    def hosted() -> Iterator[Model]:
        model = Checkpoint().load(spec(), plan(), LoadOptions(threads=1), lambda _p: None, Cancel())
        yield model
        model.close()

    def test_it_writes_from_a_process_of_its_own(hosted: Model) -> None:
        events = list(hosted.stream(ask(CHINESE), GREEDY, Cancel()))
        assert "x = 5" in joined(events, TextDelta)
        assert finished(events).reason is FinishReason.STOP
        samples = list(hosted.stream_many(ask(CHINESE), 2, GREEDY, Cancel()))
        for k in (0, 1):
            own = [e.event for e in samples if e.sample == k]
            assert joined(own) == joined(events)

    def test_a_failure_of_the_files_crosses_the_border(tmp_path: Path) -> None:
        folder = copied(tmp_path / "bad")
        (folder / "model.safetensors").write_bytes(b"\x00" * 100)
        with pytest.raises(Damaged) as caught:
            Checkpoint().load(
                spec(folder), plan(), LoadOptions(threads=1), lambda _p: None, Cancel()
            )
        assert "Safetensor" in str(caught.value.__cause__)
