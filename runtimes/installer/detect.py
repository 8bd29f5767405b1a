"""Gathering the facts: each question is asked of the system once, with a deadline."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from runtimes.installer.facts import (
    AMX_FLAG,
    Compiler,
    Environment,
    Facts,
    Gpu,
    Home,
    Installed,
    Toolkit,
    Version,
)
from runtimes.installer.packages import installed
from runtimes.types import Device, Machine

PATIENCE = 10.0
"""Seconds for a program to tell its version."""
VENDORS = {"0x10de": "nvidia", "0x1002": "amd", "0x8086": "intel"}
PROCESSORS = {"amd64": "x86_64", "aarch64": "arm64"}
LIBRARIES = {"llamacpp": "llama-cpp-python", "checkpoint": "torch"}
AMX_KERNEL = b"ggml_backend_amx_mul_mat"
"""A name that only a build with AMX kernels has in it."""
_NUMBER = re.compile(r"(\d+)\.(\d+)")


def detect(machine: Machine) -> Facts:
    """What an installation on this machine has to know."""
    processor = platform.machine().lower()
    gpus = tuple(
        Gpu(vendor="nvidia", name=a.name, capability=version(a.capability))
        for a in machine.accelerators
        if a.device is Device.CUDA
    )
    cuda = next((a for a in machine.accelerators if a.device is Device.CUDA), None)
    return Facts(
        system=platform.system(),
        processor=PROCESSORS.get(processor, processor),
        environment=environment(),
        release=version(platform.mac_ver()[0]) or (0, 0),
        flags=machine.host.flags,
        cores=machine.host.cores,
        memory=machine.host.memory_free,
        gpus=(*gpus, *_other_gpus(Path("/sys/class/drm"), known=bool(gpus))),
        driver=cuda.driver if cuda else "",
        driver_cuda=_driver_cuda() if cuda else None,
        toolkit=cuda_toolkit(),
        cuda_libraries=_cuda_libraries(),
        vulkan_loader=ctypes.util.find_library("vulkan") is not None
        or ctypes.util.find_library("vulkan-1") is not None,
        vulkan_sdk=_vulkan_sdk(),
        compiler=compiler(),
        musl=platform.system() == "Linux" and platform.libc_ver()[0] != "glibc",
        cmake_args=os.environ.get("CMAKE_ARGS", "").strip(),
        jobs=_jobs(os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL", "")),
    )


def version(text: str) -> Version | None:
    """The first two numbers of a version."""
    found = _NUMBER.search(text)
    return (int(found[1]), int(found[2])) if found else None


def found(engine: str) -> Installed | None:
    """The engine that is installed; ``None`` where it is not."""
    number = installed(LIBRARIES[engine])
    if number is None:
        return None
    return Installed(version=number, amx=engine == "llamacpp" and has_amx_kernels())


# --- the environment -------------------------------------------------------------------------


def environment() -> Environment:
    """The Python environment that this program runs in."""
    pip = installed("pip") if importlib.util.find_spec("pip") is not None else None
    return Environment(
        python=sys.executable,
        version=(sys.version_info.major, sys.version_info.minor),
        home=_home(Path(sys.prefix)),
        pip=version(pip) if pip else None,
        uv=shutil.which("uv"),
    )


def _home(prefix: Path) -> Home:
    if (prefix / "uv-receipt.toml").exists():
        return Home.UV_TOOL
    if (prefix / "pipx_metadata.json").exists():
        return Home.PIPX
    if sys.prefix != sys.base_prefix or (prefix / "conda-meta").is_dir():
        return Home.VENV
    if Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists():
        return Home.MANAGED
    return Home.PLAIN


def runs_amx(flags: frozenset[str]) -> bool:
    """Would the installed llama.cpp run its AMX kernels on a processor with these ``flags``?

    What the engine itself finds when it is loaded (``AMX_INT8 = 1``), told without loading it: a
    build without the kernels cannot, and of several builds in one folder, one for each kind of
    processor, it takes the one with them only where the processor has the instruction.
    """
    return AMX_FLAG in flags and has_amx_kernels()


def has_amx_kernels() -> bool:
    """Is the installed llama.cpp a build whose AMX kernels crash?  Read off its files."""
    library = importlib.util.find_spec("llama_cpp")
    if library is None or library.origin is None:
        return False
    folder = Path(library.origin).parent / "lib"
    for path in folder.glob("*ggml-cpu*"):
        try:
            if AMX_KERNEL in path.read_bytes():
                return True
        except OSError:
            continue
    return False


# --- compilers -------------------------------------------------------------------------------


def compiler() -> Compiler | None:
    """The C++ compiler that CMake would take."""
    if platform.system() == "Windows":
        return _visual_studio()
    if platform.system() == "Darwin" and not said(["xcode-select", "--print-path"]):
        return None  # its ``c++`` would only open a window
    for name in (os.environ.get("CXX", ""), "c++", "g++", "clang++"):
        path = shutil.which(name) if name else None
        text = said([path, "--version"]) if path else ""
        number = version(text)
        if path and number:
            kind = "clang" if "clang" in text.lower() else "gcc"
            return Compiler(name=kind, path=path, major=number[0])
    return None


def _visual_studio() -> Compiler | None:
    base = os.environ.get("PROGRAMFILES(X86)", r"C:\Program Files (x86)")
    asker = Path(base, "Microsoft Visual Studio", "Installer", "vswhere.exe")
    component = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    words = ["-latest", "-products", "*", "-requires", component, "-property"]
    path = said([str(asker), *words, "installationPath"]).strip()
    number = version(said([str(asker), *words, "installationVersion"]))
    return Compiler(name="msvc", path=path, major=number[0]) if path and number else None


def cuda_toolkit() -> Toolkit | None:
    """NVIDIA's compiler: the one that ``CUDACXX`` or ``CUDA_PATH`` names, the one on the path, or
    the one in the usual folder."""
    folders = [os.environ.get("CUDA_PATH", ""), os.environ.get("CUDA_HOME", ""), "/usr/local/cuda"]
    places = [os.environ.get("CUDACXX", ""), shutil.which("nvcc") or ""]
    places += [str(Path(folder, "bin", "nvcc")) for folder in folders if folder]
    for place in places:
        path = shutil.which(place) if place else None
        number = re.search(r"release (\d+)\.(\d+)", said([path, "--version"])) if path else None
        if path and number:
            return Toolkit(
                version=(int(number[1]), int(number[2])), nvcc=path, cublas=_has_cublas(path)
            )
    return None


def _has_cublas(nvcc: str) -> bool:
    """Are the headers of cuBLAS among those that this nvcc reads?"""
    text = said([nvcc, "--dryrun", "-c", "-x", "cu", os.devnull])
    found = re.search(r"^#\$ TOP=(.+)$", text, re.MULTILINE)
    top = Path(found[1].strip()) if found else Path(nvcc).resolve().parents[1]
    places = [top / "include", top / "targets" / "x86_64-linux" / "include"]
    return any((place / "cublas_v2.h").exists() for place in (*places, Path("/usr/include")))


def _vulkan_sdk() -> bool:
    sdk = os.environ.get("VULKAN_SDK", "")
    headers = [Path(sdk, "include"), Path(sdk, "Include")] if sdk else []
    tools = [Path(sdk, "bin"), Path(sdk, "Bin")] if sdk else []
    has_headers = any(
        (place / "vulkan" / "vulkan.h").exists() for place in (*headers, Path("/usr/include"))
    )
    searched = os.pathsep.join([*map(str, tools), os.environ.get("PATH", "")])
    return has_headers and shutil.which("glslc", path=searched) is not None


# --- GPUs ------------------------------------------------------------------------------------


def _other_gpus(folder: Path, *, known: bool) -> tuple[Gpu, ...]:
    """GPUs that Linux lists, without the NVIDIA ones where their driver has told of them."""
    gpus = []
    for file in sorted(folder.glob("card*/device/vendor")):
        try:
            vendor = VENDORS.get(file.read_text(encoding="ascii").strip())
        except (OSError, UnicodeDecodeError):
            continue
        if vendor is not None and not (known and vendor == "nvidia"):
            gpus.append(Gpu(vendor=vendor, name=f"{vendor.upper()} GPU"))
    return tuple(dict.fromkeys(gpus))


def _driver_cuda() -> Version | None:
    """The newest CUDA that the driver can run."""
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    try:
        number = int(pynvml.nvmlSystemGetCudaDriverVersion_v2())
    except pynvml.NVMLError:
        return None
    finally:
        pynvml.nvmlShutdown()
    return number // 1000, number % 1000 // 10


def _cuda_libraries() -> frozenset[int]:
    """Major versions whose run-time libraries the loader finds."""
    if platform.system() != "Linux":
        return frozenset()
    text = said(["ldconfig", "-p"]) or said(["/sbin/ldconfig", "-p"])
    names = set(re.findall(r"\blib(?:cudart|cublas)\.so\.[\d.]+", text))
    for folder in os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep):
        if folder:
            names |= {path.name for path in Path(folder).glob("libcu*.so.*")}
    runtime = {11: "libcudart.so.11.0", 12: "libcudart.so.12", 13: "libcudart.so.13"}
    return frozenset(n for n, name in runtime.items() if {name, f"libcublas.so.{n}"} <= names)


# --- asking ----------------------------------------------------------------------------------


def said(words: Sequence[str]) -> str:
    """What a program writes (both streams); nothing where it is not there or does not answer."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            list(words),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace") if not done.returncode else ""


def _jobs(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
