"""CUDA's libraries from Python packages are loaded in the order in which they need each other."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import sysconfig
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from runtimes.installer.libraries import preload_cuda

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")


def a_library() -> Path:
    """Some shared library that every Linux Python has."""
    folder = Path(str(sysconfig.get_config_var("DESTSHARED")))
    found = sorted(folder.glob("_*.so"))
    if not found:
        pytest.skip("this Python has no shared libraries")
    return found[0]


def packages(monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> None:
    spec = None
    if folder is not None:
        spec = ModuleSpec("nvidia", None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)


def test_they_are_loaded_in_order_and_what_does_not_load_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (
        "cublas/lib/libcublas.so.12",
        "cublas/lib/libcublasLt.so.12",
        "cuda_runtime/lib/libcudart.so.12",
    ):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(a_library(), tmp_path / place)
    broken = tmp_path / "cu13" / "lib" / "libcudart.so.13"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no library")
    packages(monkeypatch, tmp_path)
    assert preload_cuda() == ("libcudart.so.12", "libcublasLt.so.12", "libcublas.so.12")


def test_where_there_are_none_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    packages(monkeypatch, None)
    assert preload_cuda() == ()
