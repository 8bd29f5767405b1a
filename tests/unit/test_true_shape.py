"""The maker of files in the shape of published models."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from runtimes.ggufs import parts_of, read_file, shape_of
from runtimes.memory.estimates import estimated

SCRIPT = Path(__file__).resolve().parents[2] / "packaging/true_shape.py"


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("gguf") is None, reason="the script needs gguf")
@pytest.mark.parametrize("quantisation", ["q4_k_m", "q8_0"])
def test_a_file_has_the_size_and_shape_of_the_published_one(
    quantisation: str, tmp_path: Path
) -> None:
    path = tmp_path / "half.gguf"
    subprocess.run(
        [sys.executable, SCRIPT, "qwen2.5-0.5b", quantisation, path], check=True, timeout=300
    )
    model = read_file(path)
    shape = shape_of(model)
    assert (shape.parameters, shape.layers, shape.hidden) == (494_032_768, 24, 896)
    assert path.stat().st_size == pytest.approx(
        {"q4_k_m": 397.8e6, "q8_0": 531.1e6}[quantisation], rel=0.01
    )
    reckoned = estimated(shape, quantisation)
    assert reckoned is not None
    assert reckoned.weights == pytest.approx(parts_of(model).weights, rel=0.001)
    assert not list(tmp_path.glob("*.part"))
