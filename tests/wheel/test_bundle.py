"""The standalone bundle is made, moved to another place and used there."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(
    platform.system() != "Linux" or shutil.which("ldd") is None,
    reason="the bundle is for Linux, and is made there",
)
def test_the_bundle_works_where_nothing_else_is(tmp_path: Path) -> None:
    folder = ROOT / "build" / "bundle-test"  # not below /tmp: the sandbox has one of its own
    try:
        done = subprocess.run(
            [sys.executable, str(ROOT / "packaging" / "bundle.py"), str(folder)],
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count("ok  ") == 10
        (archive,) = folder.glob("*.tar.xz")
        listed = subprocess.run(
            ["tar", "-tf", str(archive)], capture_output=True, text=True, check=True
        ).stdout
        assert "assistant/LICENCES.txt\n" in listed
        assert "sympy/__init__.py\n" in listed
        assert (folder / "assistant" / "LICENCES.txt").read_text().count("see its folder") == 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)
