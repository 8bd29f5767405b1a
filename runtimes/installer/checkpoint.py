"""The recipe for transformers and torch, with 4-bit weights and adapters.

PyPI's torch is the CUDA build on Linux and the CPU build elsewhere; PyTorch's own index has one
folder for each CUDA version and one for the CPU.
"""

from __future__ import annotations

from typing import assert_never

from runtimes.errors import Unsupported
from runtimes.installer import advice
from runtimes.installer.choose import Wish, backend_of, dotted, usable
from runtimes.installer.facts import Backend, Facts, Installed, Version
from runtimes.installer.packages import one, requirements
from runtimes.installer.recipes import Install, Method, Recipe
from runtimes.texts import Text

INDEX = "https://download.pytorch.org/whl/"
CUDA_BUILDS: tuple[tuple[Version, Version, Version], ...] = (
    ((13, 0), (7, 5), (99, 0)),
    ((12, 6), (5, 0), (9, 0)),
    ((12, 8), (7, 0), (99, 0)),
)
"""CUDA version with the GPUs that its build knows (PyTorch issue 157517), the best first."""
ENDS = {"cu128": "2.12"}
"""Folders that go no further: the first release that is not there."""


def choose(facts: Facts, wish: Wish, installed: Installed | None) -> Recipe:
    """The recipe for this machine.  Raises ``NotInstalled``, or ``Unsupported`` for a backend
    that torch has none for."""
    pins = requirements("checkpoint")
    usable(facts.environment, pins)
    backend, why = backend_of(facts, wish)
    build = _build(facts, wish, backend)
    notes = [why]
    installs: list[Install] = []
    if build is not None:
        folder, reason = build
        backend = Backend.CPU if folder == "cpu" else backend
        notes.append(reason)
        installs.append(_torch(wish, installed, folder))
    installs.append(Install(packages=pins, wheel="torch", folder=wish.folder))
    return Recipe(
        engine="checkpoint",
        backend=backend,
        method=Method.PACKAGES,
        installs=tuple(installs),
        because=tuple(notes),
    )


def _torch(wish: Wish, installed: Installed | None, folder: str) -> Install:
    """``2.11.0+cu128`` counts as newer than the ``2.11.0`` of the usual index, but not as newer
    than a 2.12 there, which must be ruled out where both are looked at."""
    end = f",<{ENDS[folder]}" if folder in ENDS else ""
    return Install(
        packages=(one("checkpoint", "torch") + end,),
        index=wish.index or f"{INDEX}{folder}",
        again="torch" if installed is not None and _differs(installed, folder) else "",
        folder=wish.folder,
    )


def _build(facts: Facts, wish: Wish, backend: Backend) -> tuple[str, Text] | None:
    """The folder of PyTorch's index and why that one; ``None``: PyPI has the right build."""
    if facts.system == "Darwin":
        return None
    match backend:
        case Backend.CPU:
            return "cpu", Text("torch for the CPU: about 200 MB", "CPU 版 torch，约 200 MB")
        case Backend.CUDA:
            return _cuda(facts, wish)
        case Backend.METAL:
            raise Unsupported(advice.NO_METAL, advice.TAKE_CPU)
        case Backend.VULKAN:
            if wish.backend is None:
                return "cpu", Text(
                    "torch for the CPU: it has no Vulkan backend",
                    "CPU 版 torch：它没有 Vulkan 后端",
                )
            raise Unsupported(
                Text("torch has no Vulkan backend", "torch 没有 Vulkan 后端"), advice.TAKE_CPU
            )
        case _:
            assert_never(backend)


def _cuda(facts: Facts, wish: Wish) -> tuple[str, Text]:
    build = cuda_build(facts)
    if build is not None:
        return f"cu{build[0]}{build[1]}", Text(
            "torch for CUDA {0}: several GB", "CUDA {0} 版 torch，数 GB", (dotted(build),)
        )
    unfit = Text(
        "no build of torch runs with this NVIDIA driver and GPU",
        "没有适合当前 NVIDIA 驱动与显卡的 torch",
    )
    if wish.backend is Backend.CUDA:
        raise Unsupported(unfit, advice.TAKE_CPU)
    return "cpu", Text(f"torch for the CPU: {unfit.en}", f"CPU 版 torch：{unfit.zh}")


def cuda_build(facts: Facts) -> Version | None:
    """The CUDA version of the build for this driver and GPU.

    A driver runs newer minor versions of its own major version too; an exact match goes first.
    """
    if facts.driver_cuda is None:
        return None
    capability = facts.nvidia.capability if facts.nvidia else None
    fits = [
        version
        for version, least, most in CUDA_BUILDS
        if capability is None or least <= capability <= most
    ]
    exact = [version for version in fits if version <= facts.driver_cuda]
    minor = [version for version in fits if version[0] == facts.driver_cuda[0]]
    return next(iter([*exact, *minor]), None)


def _differs(installed: Installed, folder: str) -> bool:
    """Is the torch that is there built for something else?  PyPI's build does not say."""
    _, plus, build = installed.version.partition("+")
    return bool(plus) and build != folder
