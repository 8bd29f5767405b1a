"""The recipe for llama-cpp-python.

PyPI has its source only.  Ready-made files lie on an index of the project's own; which ones, is
read off the workflows in its source package (0.3.36): files for any Python, ``cpu`` for a
processor with AVX2, ``metal`` for Apple processors with macOS 14 or newer, ``vulkan`` and
``cuNNN`` for Linux and Windows on x86-64.  The CUDA files are compiled for the processor of the
machine that built them, so they stop on some others (llama.cpp issue 28756): a build of one's
own goes before them.
"""

from __future__ import annotations

from dataclasses import replace

from runtimes.errors import NotInstalled
from runtimes.installer import advice
from runtimes.installer.choose import Wish, backend_of, dotted, usable
from runtimes.installer.facts import Backend, Facts, Installed, Version
from runtimes.installer.packages import one
from runtimes.installer.recipes import Install, Method, Recipe
from runtimes.texts import Text

NAME = "llama-cpp-python"
INDEX = "https://abetlen.github.io/llama-cpp-python/whl/"
BUILD_NEEDS = ("scikit-build-core[pyproject]>=0.9.2", "cmake>=3.21", "ninja>=1.5")
"""What its build from source asks for (its ``pyproject.toml``)."""
CUDA_FILES: tuple[Version, ...] = (
    (11, 8), (12, 1), (12, 2), (12, 3), (12, 4), (12, 5), (13, 0), (13, 2),
)  # fmt: skip
CUDA_FILES_WINDOWS: tuple[Version, ...] = ((11, 8), (12, 4), (12, 5), (13, 0), (13, 2))
CAPABILITIES: dict[int, tuple[Version, Version]] = {
    11: ((6, 0), (8, 9)),
    12: ((6, 0), (99, 0)),
    13: ((7, 5), (99, 0)),
}
"""For which GPUs the files of a CUDA version are made (its README)."""
CUDA_PACKAGES = {
    11: ("nvidia-cuda-runtime-cu11", "nvidia-cublas-cu11"),
    12: ("nvidia-cuda-runtime-cu12", "nvidia-cublas-cu12"),
    13: ("nvidia-cuda-runtime>=13,<14", "nvidia-cublas>=13,<14"),
}
"""The run-time libraries that the CUDA files leave out."""
SWITCHES = {
    Backend.CPU: (),
    Backend.CUDA: ("-DGGML_CUDA=on",),
    Backend.METAL: ("-DGGML_METAL=on",),
    Backend.VULKAN: ("-DGGML_VULKAN=on",),
}
NO_IMAGES = "-DLLAVA_BUILD=off"
"""Leaves out the library that reads images, which this program does not use: a quarter of the
build."""
NO_AMX = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
KNOWS_AMX = {"gcc": 11, "clang": 11}
"""From which version a compiler knows AMX: an older one neither uses it nor knows the flags."""
JOB_MEMORY = {Backend.CUDA: 3 << 30}
"""Bytes that one compiler process may take; 1 GiB for all but CUDA's."""


def choose(facts: Facts, wish: Wish, installed: Installed | None) -> Recipe:
    """The recipe for this machine.  Raises ``NotInstalled`` with what is missing."""
    pin = one("llamacpp", NAME)
    usable(facts.environment, (pin,))
    backend, why = backend_of(facts, wish)
    again = NAME if installed is not None else ""
    built = _source(facts, wish, backend, again)
    ready = None if wish.source else _wheel(facts, wish, backend, again)
    if ready is None and built is None:
        raise _missing(facts, backend)
    if ready is None or (built is not None and _build_is_better(facts, backend)):
        assert built is not None  # one of them is there
        return _because(built, why)
    return _because(ready, why, built)


def _because(recipe: Recipe, why: Text, fallback: Recipe | None = None) -> Recipe:
    return replace(recipe, because=(why, *recipe.because), fallback=fallback)


def _build_is_better(facts: Facts, backend: Backend) -> bool:
    """Is a build of one's own worth its minutes?  Ready-made ones know no AVX-512."""
    return backend is Backend.CUDA or (backend is Backend.CPU and "avx512f" in facts.flags)


# --- ready-made ------------------------------------------------------------------------------


def _wheel(facts: Facts, wish: Wish, backend: Backend, again: str) -> Recipe | None:
    """The recipe with a ready-made file; ``None`` where there can be none."""
    found = _index_name(facts, backend)
    if found is None:
        return None
    name, notes = found
    install = Install(
        packages=(one("llamacpp", NAME),),
        wheel=NAME,
        extra_index=wish.index or f"{INDEX}{name}",
        again=again,
        alone=bool(again),
        folder=wish.folder,
    )
    before: tuple[Install, ...] = ()
    if backend is Backend.CUDA and facts.system == "Linux":
        before = _cuda_libraries(facts, wish, int(name[2:4]))
    return Recipe(
        engine="llamacpp",
        backend=backend,
        method=Method.WHEEL,
        installs=(*before, install),
        because=notes,
    )


def _index_name(facts: Facts, backend: Backend) -> tuple[str, tuple[Text, ...]] | None:
    """The last word of the index with the files for this machine."""
    intel = facts.processor == "x86_64"
    ready = (Text("a ready-made file: nothing to compile", "使用预编译文件，无需编译"),)
    match backend:
        case Backend.CPU if _has_cpu_file(facts):
            return "cpu", ready
        case Backend.METAL if facts.processor == "arm64" and facts.release >= (14, 0):
            return "metal", ready
        case Backend.VULKAN if intel and facts.system != "Darwin" and not facts.musl:
            return "vulkan", ready
        case Backend.CUDA if intel and facts.system != "Darwin" and not facts.musl:
            version = cuda_file(facts)
            if version is not None:
                warning = Text(
                    "a ready-made file for CUDA {0}; it was compiled for another processor, so the"
                    " trial at the end decides whether it runs on this one",
                    "使用 CUDA {0} 的预编译文件；它是为另一种处理器编译的，能否在本机运行"
                    "由最后的试运行决定",
                    (dotted(version),),
                )
                return f"cu{version[0]}{version[1]}", (warning,)
    return None


def _has_cpu_file(facts: Facts) -> bool:
    match facts.system, facts.processor:
        case ("Linux" | "Windows", "x86_64"):
            return "avx2" in facts.flags
        case ("Linux", "arm64" | "riscv64"):
            return True
        case ("Darwin", "arm64"):
            return facts.release >= (14, 0)
    return False


def cuda_file(facts: Facts) -> Version | None:
    """The newest CUDA version with a file that this driver and this GPU can run."""
    if facts.driver_cuda is None:
        return None
    known = CUDA_FILES_WINDOWS if facts.system == "Windows" else CUDA_FILES
    capability = facts.nvidia.capability if facts.nvidia else None
    for version in sorted(known, reverse=True):
        least, most = CAPABILITIES[version[0]]
        runs = version <= facts.driver_cuda
        if runs and (capability is None or least <= capability <= most):
            return version
    return None


def _cuda_libraries(facts: Facts, wish: Wish, major: int) -> tuple[Install, ...]:
    if major in facts.cuda_libraries:
        return ()
    return (Install(packages=CUDA_PACKAGES[major], wheel=":all:", folder=wish.folder),)


# --- from source -----------------------------------------------------------------------------


def _source(facts: Facts, wish: Wish, backend: Backend, again: str) -> Recipe | None:
    """The recipe that compiles; ``None`` where something for it is missing."""
    if missing(facts, backend) is not None:
        return None
    install = Install(
        packages=(one("llamacpp", NAME),),
        source=NAME,
        again=again,
        alone=bool(again),
        folder=wish.folder,
        env=_variables(facts, backend),
    )
    notes = [Text("compiled here, for this processor", "在本机编译，针对本机处理器优化")]
    if _amx_off(facts):
        notes.append(
            Text(
                "without AMX kernels: they crash on this kind of processor",
                "不含 AMX 内核：它们在此类处理器上会崩溃",
            )
        )
    return Recipe(
        engine="llamacpp",
        backend=backend,
        method=Method.SOURCE,
        installs=(install,),
        because=tuple(notes),
        build_needs=BUILD_NEEDS,
    )


def missing(facts: Facts, backend: Backend) -> Text | None:
    """What a build would still need, and how to get it; ``None`` where all is there."""
    if facts.compiler is None:
        return advice.compiler(facts.system)
    match backend:
        case Backend.CUDA if facts.toolkit is None:
            return advice.cuda_toolkit(facts.driver_cuda)
        case Backend.CUDA if facts.toolkit is not None and not facts.toolkit.cublas:
            return advice.CUBLAS
        case Backend.VULKAN if not facts.vulkan_sdk:
            return advice.vulkan(facts.system)
        case Backend.METAL if facts.system != "Darwin":
            return advice.NO_METAL
    return None


def _missing(facts: Facts, backend: Backend) -> NotInstalled:
    return NotInstalled(
        Text(
            "llama.cpp for {0} cannot be installed: there is no ready-made file for this machine,"
            " and a build lacks something",
            "无法安装 {0} 版 llama.cpp：没有适合本机的预编译文件，编译所需的工具也不完整",
            (backend.value,),
        ),
        missing(facts, backend),
    )


def _amx_off(facts: Facts) -> bool:
    compiler = facts.compiler
    if compiler is None or not facts.amx:
        return False
    return compiler.major >= KNOWS_AMX.get(compiler.name, compiler.major + 1)


def _variables(facts: Facts, backend: Backend) -> tuple[tuple[str, str], ...]:
    words = [NO_IMAGES, *SWITCHES[backend]]
    gpu = facts.nvidia
    if backend is Backend.CUDA and gpu is not None and gpu.capability is not None:
        words.append(f"-DCMAKE_CUDA_ARCHITECTURES={gpu.capability[0]}{gpu.capability[1]}")
    if _amx_off(facts):
        words += [f"-DCMAKE_C_FLAGS='{NO_AMX}'", f"-DCMAKE_CXX_FLAGS='{NO_AMX}'"]
    if facts.cmake_args:
        words.append(facts.cmake_args)  # the last word is the user's
    found = [("CMAKE_ARGS", " ".join(words))]
    if backend is Backend.CUDA and facts.toolkit is not None:
        found.append(("CUDACXX", facts.toolkit.nvcc))
    return (*found, ("CMAKE_BUILD_PARALLEL_LEVEL", str(jobs(facts, backend))))


def jobs(facts: Facts, backend: Backend) -> int:
    """Compiler processes at a time: as many as the user says, or as there are cores, and memory
    for."""
    each = JOB_MEMORY.get(backend, 1 << 30)
    return facts.jobs or max(1, min(facts.cores, facts.memory // each))
