"""Which recipe each kind of machine gets."""

from __future__ import annotations

import shlex
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from installing import ADA, CUDA, GCC, PLAIN, VENV, XEON, with_pins, words

from runtimes.errors import NotInstalled, RuntimeFailure, Unsupported
from runtimes.installer import checkpoint, llamacpp
from runtimes.installer.carry import carry
from runtimes.installer.choose import Wish
from runtimes.installer.facts import Backend, Compiler, Facts, Gpu, Home, Installed, Toolkit
from runtimes.installer.recipes import Command, Method, Recipe


@pytest.fixture(autouse=True)
def _pins(monkeypatch: pytest.MonkeyPatch) -> None:
    with_pins(monkeypatch)


def llama(facts: Facts, there: Installed | None = None, **wish: object) -> Recipe:
    return llamacpp.choose(facts, Wish(**wish), there)  # type: ignore[arg-type]


def torch(facts: Facts, there: Installed | None = None, **wish: object) -> Recipe:
    return checkpoint.choose(facts, Wish(**wish), there)  # type: ignore[arg-type]


def shown(recipe: Recipe, facts: Facts = PLAIN) -> str:
    return words(recipe.commands(facts.environment))


def cmake(recipe: Recipe) -> list[str]:
    first, *rest = shlex.split(dict(recipe.installs[-1].env)["CMAKE_ARGS"])
    assert first == "-DLLAVA_BUILD=off"
    return rest


GPU = replace(PLAIN, gpus=(ADA,), driver="550.54", driver_cuda=(12, 4))
MAC = replace(PLAIN, system="Darwin", processor="arm64", release=(14, 5), flags=frozenset())

# --- llama.cpp ---------------------------------------------------------------------------------


def test_a_processor_with_avx2_takes_the_ready_made_file_and_may_fall_back_to_a_build() -> None:
    recipe = llama(PLAIN)
    assert (recipe.backend, recipe.method) == (Backend.CPU, Method.WHEEL)
    line = shown(recipe)
    assert "--only-binary llama-cpp-python" in line
    assert "--extra-index-url https://abetlen.github.io/llama-cpp-python/whl/cpu" in line
    assert line.endswith("llama-cpp-python==0.3.36")
    assert recipe.fallback is not None
    assert recipe.fallback.method is Method.SOURCE


def test_a_processor_with_amx_gets_a_build_of_its_own_without_amx() -> None:
    recipe = llama(replace(PLAIN, flags=XEON))
    assert recipe.method is Method.SOURCE
    assert recipe.fallback is None
    flags = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
    assert cmake(recipe) == [f"-DCMAKE_C_FLAGS={flags}", f"-DCMAKE_CXX_FLAGS={flags}"]
    line = shown(recipe)
    assert "--no-binary llama-cpp-python" in line
    assert "--no-cache-dir" in line
    assert any("AMX" in reason.en and "AMX" in reason.zh for reason in recipe.because)


@pytest.mark.parametrize(
    "compiler", [replace(GCC, major=10), Compiler(name="msvc", path="", major=17)]
)
def test_a_compiler_that_does_not_know_amx_is_not_told_of_it(compiler: Compiler) -> None:
    recipe = llama(replace(PLAIN, flags=XEON, compiler=compiler))
    assert cmake(recipe) == []


def test_an_old_processor_without_avx2_must_compile() -> None:
    assert llama(replace(PLAIN, flags=frozenset())).method is Method.SOURCE
    with pytest.raises(NotInstalled) as wrong:
        llama(replace(PLAIN, flags=frozenset(), compiler=None))
    assert wrong.value.remedy is not None
    assert "build-essential" in wrong.value.remedy.en


def test_without_a_compiler_the_ready_made_file_is_taken_even_with_avx512() -> None:
    recipe = llama(replace(PLAIN, flags=XEON, compiler=None))
    assert recipe.method is Method.WHEEL
    assert recipe.fallback is None


def test_cuda_is_compiled_for_the_gpu_that_is_there() -> None:
    recipe = llama(replace(GPU, toolkit=CUDA))
    assert (recipe.backend, recipe.method) == (Backend.CUDA, Method.SOURCE)
    assert cmake(recipe) == ["-DGGML_CUDA=on", "-DCMAKE_CUDA_ARCHITECTURES=89"]
    env = dict(recipe.installs[-1].env)
    assert env["CUDACXX"] == CUDA.nvcc
    assert env["CMAKE_BUILD_PARALLEL_LEVEL"] == "5"  # 3 GiB each


def test_cuda_without_a_toolkit_takes_a_file_that_the_driver_can_run_and_its_libraries() -> None:
    recipe = llama(GPU)
    assert recipe.method is Method.WHEEL
    first, second = recipe.commands(VENV)
    assert "nvidia-cublas-cu12" in first.argv
    assert "https://abetlen.github.io/llama-cpp-python/whl/cu124" in second.argv
    assert any("another processor" in reason.en for reason in recipe.because)
    assert len(llama(replace(GPU, cuda_libraries=frozenset({12}))).installs) == 1
    assert len(llama(replace(GPU, system="Windows")).installs) == 1


@pytest.mark.parametrize(
    ("driver", "capability", "system", "version"),
    [
        ((13, 1), (8, 9), "Linux", (13, 0)),
        ((13, 5), (12, 0), "Linux", (13, 2)),
        ((13, 2), (6, 1), "Linux", (12, 5)),
        ((12, 3), (8, 6), "Windows", (11, 8)),
        ((12, 0), (9, 0), "Linux", None),
        ((11, 4), (8, 0), "Linux", None),
        ((12, 8), (5, 2), "Linux", None),
    ],
)
def test_the_cuda_file_is_one_that_driver_and_gpu_can_run(
    driver: tuple[int, int], capability: tuple[int, int], system: str, version: object
) -> None:
    gpu = replace(ADA, capability=capability)
    assert (
        llamacpp.cuda_file(replace(GPU, driver_cuda=driver, gpus=(gpu,), system=system)) == version
    )


def test_a_toolkit_without_cublas_says_so_where_cuda_was_asked_for() -> None:
    facts = replace(PLAIN, toolkit=Toolkit(version=(13, 0), nvcc="/usr/bin/nvcc", cublas=False))
    with pytest.raises(NotInstalled) as wrong:
        llama(facts, backend=Backend.CUDA)
    assert wrong.value.remedy is not None
    assert "cuBLAS" in wrong.value.remedy.en


def test_a_gpu_whose_driver_does_not_answer_is_named_in_the_reason() -> None:
    recipe = llama(replace(PLAIN, gpus=(replace(ADA, capability=None),)))
    assert recipe.backend is Backend.CPU
    assert "driver does not answer" in recipe.because[0].en


def test_a_mac_gets_metal() -> None:
    recipe = llama(MAC)
    assert (recipe.backend, recipe.method) == (Backend.METAL, Method.WHEEL)
    assert "/whl/metal" in shown(recipe)
    old = llama(
        replace(MAC, release=(12, 0), compiler=Compiler(name="clang", path="c++", major=14))
    )
    assert old.method is Method.SOURCE
    assert "-DGGML_METAL=on" in cmake(old)


def test_an_amd_gpu_gets_vulkan_and_an_intel_one_only_when_asked() -> None:
    amd = replace(PLAIN, vulkan_loader=True, gpus=(Gpu(vendor="amd", name="AMD GPU"),))
    assert llama(amd).backend is Backend.VULKAN
    assert "/whl/vulkan" in shown(llama(amd))
    intel = replace(amd, gpus=(Gpu(vendor="intel", name="INTEL GPU"),))
    assert llama(intel).backend is Backend.CPU
    assert llama(intel, backend=Backend.VULKAN).backend is Backend.VULKAN


def test_an_insisted_build_needs_its_sdk() -> None:
    with pytest.raises(NotInstalled) as wrong:
        llama(PLAIN, backend=Backend.VULKAN, source=True)
    assert wrong.value.remedy is not None
    assert "glslc" in wrong.value.remedy.en
    built = llama(replace(PLAIN, vulkan_sdk=True), backend=Backend.VULKAN, source=True)
    assert cmake(built) == ["-DGGML_VULKAN=on"]


def test_a_build_in_place_of_another_leaves_its_dependencies_alone() -> None:
    line = shown(llama(replace(PLAIN, flags=XEON), Installed(version="0.3.36", amx=True)))
    assert "--force-reinstall --no-deps" in line


def test_the_users_own_flags_and_jobs_are_kept() -> None:
    recipe = llama(replace(PLAIN, flags=XEON, cmake_args="-DGGML_BLAS=ON", jobs=1))
    assert cmake(recipe)[-1] == "-DGGML_BLAS=ON"
    assert dict(recipe.installs[-1].env)["CMAKE_BUILD_PARALLEL_LEVEL"] == "1"


def test_little_memory_means_few_compilers() -> None:
    assert llamacpp.jobs(replace(PLAIN, memory=1 << 29), Backend.CPU) == 1
    assert llamacpp.jobs(replace(PLAIN, memory=3 << 30), Backend.CPU) == 3


def test_a_mirror_takes_the_place_of_the_index() -> None:
    assert "https://mirror.example/whl" in shown(llama(PLAIN, index="https://mirror.example/whl"))


# --- the environment ---------------------------------------------------------------------------


def test_uv_is_used_where_there_is_no_pip() -> None:
    uv = replace(VENV, pip=None, uv="/usr/bin/uv", home=Home.UV_TOOL)
    facts = replace(PLAIN, environment=uv, flags=XEON)
    line = shown(llama(facts, Installed(version="0.3.36")), facts)
    assert "/usr/bin/uv pip install --python /env/bin/python" in line
    assert "--reinstall-package llama-cpp-python" in line
    assert "--no-input" not in line


@pytest.mark.parametrize(
    ("home", "way"),
    [
        (Home.UV_TOOL, "uv pip install --python /env/bin/python llama-cpp-python==0.3.36"),
        (Home.PIPX, "pipx inject offline-assistant llama-cpp-python==0.3.36"),
        (Home.VENV, "-m ensurepip"),
        (Home.MANAGED, "pipx install ."),
    ],
)
def test_where_nothing_can_be_installed_the_way_out_is_named(home: Home, way: str) -> None:
    pip = (23, 0) if home is Home.MANAGED else None
    environment = replace(VENV, home=home, pip=pip)
    with pytest.raises(NotInstalled) as wrong:
        llama(replace(PLAIN, environment=environment))
    remedy = wrong.value.remedy
    assert remedy is not None
    assert way in remedy.en.format(*remedy.args)
    assert way in remedy.zh.format(*remedy.args)


def test_an_old_pip_is_not_asked_for_plain_numbers() -> None:
    old = replace(PLAIN, environment=replace(VENV, pip=(23, 2)))
    assert "--progress-bar off" in shown(llama(old), old)
    assert "--progress-bar raw" in shown(llama(PLAIN))


# --- torch -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("driver", "capability", "folder"),
    [
        ((13, 0), (8, 9), "cu130"),
        ((12, 9), (8, 9), "cu126"),
        ((12, 8), (12, 0), "cu128"),
        ((13, 0), (6, 1), "cu126"),
        ((12, 2), (8, 6), "cu126"),  # a driver runs newer minor versions of its own major one
        ((13, 0), (7, 0), "cu126"),
    ],
)
def test_torch_fits_driver_and_gpu(
    driver: tuple[int, int], capability: tuple[int, int], folder: str
) -> None:
    facts = replace(GPU, driver_cuda=driver, gpus=(replace(ADA, capability=capability),))
    recipe = torch(facts)
    assert recipe.backend is Backend.CUDA
    first, second = recipe.commands(VENV)
    assert f"https://download.pytorch.org/whl/{folder}" in first.argv
    assert first.argv[-1] == ("torch>=2.9,<2.12" if folder == "cu128" else "torch>=2.9")
    assert "transformers<5.25,>=5.24" in second.argv
    assert not any("index-url" in word for word in second.argv)


def test_an_old_driver_gets_the_cpu_build_with_the_reason() -> None:
    recipe = torch(replace(GPU, driver_cuda=(11, 4)))
    assert recipe.backend is Backend.CPU
    assert any("driver" in reason.en for reason in recipe.because)
    with pytest.raises(Unsupported):
        torch(replace(GPU, driver_cuda=(11, 4)), backend=Backend.CUDA)


def test_a_mac_takes_torch_from_the_usual_index() -> None:
    (only,) = torch(MAC).commands(VENV)
    assert not any("index-url" in word for word in only.argv)


def test_torch_for_another_device_is_replaced_and_pypis_own_is_not() -> None:
    again = torch(PLAIN, Installed(version="2.13.0+cu130"))
    assert "--force-reinstall" in again.commands(VENV)[0].argv
    assert "--no-deps" not in again.commands(VENV)[0].argv
    assert "--force-reinstall" not in shown(torch(PLAIN, Installed(version="2.13.0+cpu")))
    assert "--force-reinstall" not in shown(torch(PLAIN, Installed(version="2.13.0")))


@pytest.mark.parametrize("backend", [Backend.VULKAN, Backend.METAL])
def test_torch_has_no_such_backend_here(backend: Backend) -> None:
    with pytest.raises(Unsupported) as wrong:
        torch(PLAIN, backend=backend)
    assert wrong.value.remedy is not None


# --- carrying over -----------------------------------------------------------------------------


def test_what_is_carried_over_can_be_built_without_a_network() -> None:
    facts = replace(PLAIN, flags=XEON)
    needed = carry(llama(facts), facts)
    there = words(needed.there)
    assert "pip download --dest assistant-engine --no-binary llama-cpp-python" in there
    assert "scikit-build-core" in there
    assert "ninja" in there
    assert needed.here.argv[-3:] == ("--source", "--from", "assistant-engine")
    by_hand = words(needed.by_hand)
    assert "--no-index --find-links assistant-engine" in by_hand
    assert "-mno-amx-int8" in by_hand
    assert "Python 3.11" in needed.kind


def test_what_is_carried_over_for_torch_has_the_index_in_it() -> None:
    needed = carry(torch(GPU), GPU)
    assert "https://download.pytorch.org/whl/cu126" in words(needed.there)
    assert "index-url" not in words(needed.by_hand)


@pytest.mark.parametrize(
    ("facts", "there", "taken"),
    [
        (PLAIN, ("2.12.0", "2.13.0", "2.13.0+cpu"), "2.13.0+cpu"),
        (
            replace(GPU, driver_cuda=(12, 8), gpus=(replace(ADA, capability=(12, 0)),)),
            ("2.11.0", "2.11.0+cu128", "2.13.0"),
            "2.11.0+cu128",
        ),
    ],
)
def test_one_torch_is_carried_over_the_right_one(
    facts: Facts, there: tuple[str, ...], taken: str, tmp_path: Path
) -> None:
    """The call as it is printed, with a folder in the place of the two indexes."""
    (command,) = carry(torch(facts), facts).there
    at = command.argv.index("--extra-index-url")
    assert command.argv[at + 1].endswith(taken.partition("+")[2])
    needs = [word for word in command.argv[at + 2 :] if word.startswith("torch")]
    for version in there:
        empty_wheel(tmp_path / "index", "torch", version)
    empty_wheel(tmp_path / "index", "accelerate", "1.10", "Requires-Dist: torch>=2\n")
    places = ["--no-index", "--find-links", str(tmp_path / "index"), "--dest", str(tmp_path / "to")]
    subprocess.run(
        [sys.executable, "-m", "pip", "--isolated", "download", "-q", *places, "accelerate",
         *needs],
        check=True, timeout=60, capture_output=True,
    )  # fmt: skip
    names = {path.name for path in (tmp_path / "to").iterdir()}
    assert names == {f"torch-{taken}-py3-none-any.whl", "accelerate-1.10-py3-none-any.whl"}


def empty_wheel(folder: Path, name: str, version: str, more: str = "") -> None:
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        wheel.writestr(f"{info}/METADATA", head + more)
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def test_files_from_a_folder_need_no_index() -> None:
    line = shown(llama(PLAIN, folder="/media/stick"))
    assert "--no-index --find-links /media/stick" in line
    assert "extra-index-url" not in line


# --- as a person would type it -------------------------------------------------------------------


def test_a_command_can_be_pasted_into_a_shell() -> None:
    command = Command(("/a b/python", "-m", "pip", "install", "x>=1"), (("A", "-D 'q'"),))
    assert shlex.split(command.shown(windows=False)) == ["A=-D 'q'", *command.argv]
    assert command.shown(windows=True) == (
        "$env:A = '-D ''q'''; & '/a b/python' -m pip install 'x>=1'"
    )


def test_every_refusal_has_a_remedy_in_both_languages() -> None:
    with pytest.raises(RuntimeFailure) as wrong:
        llama(replace(PLAIN, processor="arm64", system="Windows", compiler=None))
    remedy = wrong.value.remedy
    assert remedy is not None
    assert "winget" in remedy.en
    assert "winget" in remedy.zh
