"""The standalone bundle is made, moved to another place and used there."""

from __future__ import annotations

import importlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "packaging" / "bundle.py"


def bundle(*words: str) -> subprocess.CompletedProcess[str]:
    """It is called with these words."""
    return subprocess.run(
        [sys.executable, str(BUNDLE), *words],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def test_a_folder_of_somebody_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "thesis.txt"
    mine.write_text("years of work", encoding="utf-8")
    for place in (tmp_path, mine):
        done = bundle(str(place))
        assert done.returncode == 1
        assert "nothing was touched" in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
        assert mine.read_text(encoding="utf-8") == "years of work"


def test_only_a_folder_that_it_has_made_is_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(BUNDLE.parent)
    emptied: Callable[[Path], Path] = importlib.import_module("bundle").emptied
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").touch()
    folder = emptied(tmp_path / "out" / "new")
    (folder / "assistant").mkdir()
    (folder / "assistant" / "file").touch()
    (folder / "link").symlink_to(elsewhere)
    emptied(folder)
    assert len(list(folder.iterdir())) == 1  # the mark alone
    assert (elsewhere / "mine").exists()


def test_it_says_what_it_does_and_does_nothing() -> None:
    done = bundle("--help")
    assert done.returncode == 0
    assert "FOLDER" in done.stdout
    assert not Path("--help").exists()


@pytest.mark.slow
@pytest.mark.skipif(
    platform.system() != "Linux" or shutil.which("ldd") is None,
    reason="the bundle is for Linux, and is made there",
)
def test_the_bundle_works_where_nothing_else_is(tmp_path: Path) -> None:
    folder = ROOT / "build" / "bundle-test"  # not below /tmp: the sandbox has one of its own
    try:
        done = bundle(str(folder))
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
