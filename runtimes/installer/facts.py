"""What the choice of an engine's build depends on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Version = tuple[int, int]
"""Major and minor."""


AMX_FLAG = "amx_int8"
"""What a compiler for the very processor needs to switch llama.cpp's AMX kernels on."""


class Backend(StrEnum):
    """What an engine computes on."""

    CPU = "cpu"
    CUDA = "cuda"
    METAL = "metal"
    VULKAN = "vulkan"


class Home(StrEnum):
    """Who looks after the Python environment that the program runs in."""

    VENV = "venv"
    """A virtual environment (or a Conda one): ours to change."""
    UV_TOOL = "uv tool"
    PIPX = "pipx"
    MANAGED = "managed"
    """The operating system (PEP 668): nothing may be installed there."""
    PLAIN = "plain"
    """A Python of its own, without a virtual environment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The environment that the program runs in.  ``pip`` is its version, ``uv`` a program;
    ``None`` where there is none."""

    python: str
    version: Version
    home: Home
    pip: Version | None
    uv: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiler:
    """A C++ compiler: ``gcc``, ``clang`` or ``msvc``."""

    name: str
    path: str
    major: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolkit:
    """NVIDIA's compiler.  ``cublas``: with the headers of cuBLAS, which the build needs too."""

    version: Version
    nvcc: str
    cublas: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """A GPU.  ``vendor`` is ``nvidia``, ``amd``, ``intel`` or ``apple``; ``capability`` CUDA's."""

    vendor: str
    name: str
    capability: Version | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The engine that is there already.  ``amx``: built with the kernels that crash on
    processors with AMX."""

    version: str
    amx: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A machine as the choice sees it.

    ``system`` is ``Linux``, ``Darwin`` or ``Windows``; ``release`` the version of macOS;
    ``processor`` ``x86_64`` or ``arm64``.  ``memory`` is free memory in bytes.  ``driver`` is
    NVIDIA's driver and ``driver_cuda`` the newest CUDA that it can run.  ``cuda_libraries`` are
    the major versions whose run-time libraries the linker finds.
    """

    system: str
    processor: str
    environment: Environment
    release: Version = (0, 0)
    flags: frozenset[str] = frozenset()
    cores: int = 1
    memory: int = 0
    gpus: tuple[Gpu, ...] = ()
    driver: str = ""
    driver_cuda: Version | None = None
    toolkit: Toolkit | None = None
    cuda_libraries: frozenset[int] = frozenset()
    vulkan_loader: bool = False
    vulkan_sdk: bool = False
    compiler: Compiler | None = None
    musl: bool = False
    cmake_args: str = ""
    """What the user has set in ``CMAKE_ARGS``; it is kept."""
    jobs: int = 0
    """What the user has set in ``CMAKE_BUILD_PARALLEL_LEVEL``; 0: nothing."""

    @property
    def nvidia(self) -> Gpu | None:
        """The first NVIDIA GPU."""
        return next((gpu for gpu in self.gpus if gpu.vendor == "nvidia"), None)

    @property
    def amx(self) -> bool:
        """Has the processor the instructions that llama.cpp's kernels crash with?"""
        return AMX_FLAG in self.flags
