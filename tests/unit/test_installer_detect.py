"""Facts are read off programs and files; those of the tests stand in for machines we lack."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from runtimes.installer import detect
from runtimes.installer.facts import Home
from runtimes.machine import probe_machine

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def program(folder: Path, name: str, *lines: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty world: only what is put into this folder is on the path."""
    place = tmp_path / "bin"
    place.mkdir()
    monkeypatch.setenv("PATH", str(place))
    for name in ("CXX", "CUDACXX", "CUDA_PATH", "CUDA_HOME", "VULKAN_SDK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    return place


def test_the_facts_of_this_machine_are_sane() -> None:
    machine = probe_machine()
    facts = detect.detect(machine)
    assert facts.system == platform.system()
    assert facts.environment.python == sys.executable
    assert facts.environment.version == sys.version_info[:2]
    assert facts.cores == machine.host.cores
    assert facts.memory > 0
    assert facts.musl is False or "musl" in platform.libc_ver()[0] or not platform.libc_ver()[0]


@pytest.mark.parametrize(
    ("text", "kind", "major"),
    [
        ("g++ (Debian 12.2.0-14) 12.2.0", "gcc", 12),
        ("Apple clang version 15.0.0 (clang-1500.3.9.4)", "clang", 15),
        ("Ubuntu clang version 18.1.3", "clang", 18),
    ],
)
def test_a_compiler_tells_kind_and_version(folder: Path, text: str, kind: str, major: int) -> None:
    path = program(folder, "c++", f"echo '{text}'")
    found = detect.compiler()
    assert found is not None
    assert (found.name, found.major, found.path) == (kind, major, path)


def test_a_compiler_that_fails_or_is_not_there_is_none(folder: Path) -> None:
    assert detect.compiler() is None
    program(folder, "c++", "echo 'g++ 12.2.0'", "exit 1")
    assert detect.compiler() is None
    (folder / "g++").write_text("no program")
    (folder / "g++").chmod(0o755)
    assert detect.compiler() is None


def test_the_users_own_compiler_goes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(folder, "c++", "echo 'g++ 12.2.0'")
    monkeypatch.setenv("CXX", program(folder, "my-c++", "echo 'g++ 14.1.0'"))
    found = detect.compiler()
    assert found is not None
    assert found.major == 14


def test_a_program_that_does_not_answer_is_not_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detect, "PATIENCE", 0.2)
    slow = program(folder, "slow", "exec /bin/sleep 20")
    assert detect.said([slow]) == ""
    assert detect.said(["no-such-program"]) == ""


NVCC = "echo 'Cuda compilation tools, release 12.4, V12.4.131'"


@pytest.mark.parametrize("cublas", [True, False])
def test_a_cuda_toolkit_is_known_by_its_compiler_and_its_headers(
    folder: Path, tmp_path: Path, cublas: bool
) -> None:
    top = tmp_path / "cuda"
    (top / "include").mkdir(parents=True)
    if cublas:
        (top / "include" / "cublas_v2.h").touch()
    # a wrapper elsewhere, as distributions have it; nvcc itself tells where it lives
    program(folder, "nvcc", NVCC, f"echo '#$ TOP={top}/bin/..'")
    (top / "bin").mkdir()
    found = detect.cuda_toolkit()
    assert found is not None
    assert found.version == (12, 4)
    assert found.cublas is (cublas or Path("/usr/include/cublas_v2.h").exists())


def test_a_toolkit_off_the_path_is_found_by_its_variable(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_PATH", str(tmp_path / "toolkit"))
    path = program(tmp_path / "toolkit" / "bin", "nvcc", NVCC)
    found = detect.cuda_toolkit()
    assert found is not None
    assert found.nvcc == path


def test_the_vulkan_sdk_is_headers_and_a_shader_compiler(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sdk = tmp_path / "sdk"
    monkeypatch.setenv("VULKAN_SDK", str(sdk))
    program(sdk / "bin", "glslc", "exit 0")
    if not Path("/usr/include/vulkan/vulkan.h").exists():
        assert detect._vulkan_sdk() is False
    (sdk / "include" / "vulkan").mkdir(parents=True)
    (sdk / "include" / "vulkan" / "vulkan.h").touch()
    assert detect._vulkan_sdk() is True


def test_gpus_are_read_off_the_system(tmp_path: Path) -> None:
    for number, vendor in enumerate(("0x1002\n", "0x10de\n", "0x8086\n", "0xffff\n", "\xff")):
        place = tmp_path / f"card{number}" / "device"
        place.mkdir(parents=True)
        (place / "vendor").write_text(vendor, encoding="latin-1")
    vendors = [gpu.vendor for gpu in detect._other_gpus(tmp_path, known=False)]
    assert vendors == ["amd", "nvidia", "intel"]
    assert [g.vendor for g in detect._other_gpus(tmp_path, known=True)] == ["amd", "intel"]


@pytest.mark.parametrize(
    ("file", "home"), [("uv-receipt.toml", Home.UV_TOOL), ("pipx_metadata.json", Home.PIPX)]
)
def test_the_keeper_of_an_environment_is_known_by_its_file(
    tmp_path: Path, file: str, home: Home
) -> None:
    (tmp_path / file).touch()
    assert detect._home(tmp_path) is home


def test_a_python_of_the_system_is_known_by_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    assert detect._home(tmp_path) is Home.PLAIN
    (tmp_path / "EXTERNALLY-MANAGED").touch()
    assert detect._home(tmp_path) is Home.MANAGED
    (tmp_path / "conda-meta").mkdir()
    assert detect._home(tmp_path) is Home.VENV


def test_a_build_with_amx_kernels_is_known_by_its_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = tmp_path / "llama_cpp" / "__init__.py"
    library = tmp_path / "llama_cpp" / "lib" / "libggml-cpu.so"
    library.parent.mkdir(parents=True)
    spec = ModuleSpec("llama_cpp", None, origin=str(origin))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    assert not detect.has_amx_kernels()
    library.write_bytes(b"\0ggml_backend_cpu_buffer_type\0")
    assert not detect.has_amx_kernels()
    library.write_bytes(b"\0ggml_backend_amx_mul_mat(ggml_compute_params)\0")
    assert detect.has_amx_kernels()
    assert detect.runs_amx(frozenset({"avx2", "amx_int8"}))
    assert not detect.runs_amx(frozenset({"avx2", "amx_tile"}))  # the engine takes another path
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert not detect.has_amx_kernels()
    assert not detect.runs_amx(frozenset({"amx_int8"}))


@pytest.mark.parametrize(("text", "jobs"), [("", 0), ("4", 4), ("x", 0), ("-1", 0), ("٣", 0)])
def test_the_users_number_of_jobs(text: str, jobs: int) -> None:
    assert detect._jobs(text) == jobs


@pytest.mark.parametrize(
    ("text", "numbers"), [("14.5", (14, 5)), ("8.9", (8, 9)), ("", None), ("x", None)]
)
def test_a_version_is_its_first_two_numbers(text: str, numbers: object) -> None:
    assert detect.version(text) == numbers
