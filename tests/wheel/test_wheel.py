"""The wheel, installed alone in a clean environment and used from the root folder."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_works_on_its_own(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "clean"
    venv.create(home, with_pip=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-q"]
    constraints = str(ROOT / "packaging" / "constraints.txt")
    subprocess.run([*pip, "-c", constraints, str(wheel)], check=True, timeout=300, cwd="/")
    done = subprocess.run(
        [str(home / "bin" / "assistant"), "solve", "2x + 3 = 11"],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"PATH": "/usr/bin", "LC_ALL": "C.UTF-8"},
    )
    assert "x = 4" in done.stdout
