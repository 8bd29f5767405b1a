"""From facts to a recipe: pure functions, so that every machine can be tried on this one."""

from __future__ import annotations

from dataclasses import dataclass

from runtimes.errors import NotInstalled
from runtimes.installer.facts import Backend, Environment, Facts, Home
from runtimes.installer.packages import OURS
from runtimes.installer.recipes import Command
from runtimes.texts import Text

VULKAN_LIBRARY = {"amd"}
"""GPUs for which Vulkan is the best way; Intel's built-in ones are seldom faster than the CPU."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asked for.  ``backend`` ``None`` is the best for the machine; ``source``
    insists on a build; ``index`` and ``folder`` are other places to take files from."""

    backend: Backend | None = None
    source: bool = False
    index: str = ""
    folder: str = ""


def usable(environment: Environment, packages: tuple[str, ...]) -> None:
    """Raise ``NotInstalled`` with the way out where nothing may or can be installed."""
    if environment.home is Home.MANAGED:
        raise NotInstalled(
            Text(
                "this Python belongs to the operating system, which forbids installing into it",
                "当前 Python 由操作系统管理，不允许向其中安装软件包",
            ),
            way_in(environment, packages),
        )
    if environment.pip is None and environment.uv is None:
        raise NotInstalled(
            Text(
                "there is neither pip nor uv in the program's Python environment",
                "本程序的 Python 环境中既没有 pip 也没有 uv",
            ),
            way_in(environment, packages),
        )


def way_in(environment: Environment, packages: tuple[str, ...]) -> Text:
    """What a person does to have ``packages`` beside the program: a line to type, in the words of
    the tool that looks after the environment, even where it is not on the path."""
    python = environment.python
    match environment:
        case Environment(home=Home.MANAGED):
            return Text(
                "install the program in an environment of its own: pipx install . in its folder,"
                " or python3 -m venv with a folder of your choice",
                "请将本程序安装到独立环境：在其文件夹中执行 pipx install .，或用 python3 -m venv"
                " 新建虚拟环境",
            )
        case Environment(home=Home.PIPX):
            words = ("pipx", "inject", OURS, *packages)
        case Environment(pip=(_, _)):
            words = (python, "-m", "pip", "install", *packages)
        case Environment(home=Home.UV_TOOL) | Environment(uv=str()):
            words = (environment.uv or "uv", "pip", "install", "--python", python, *packages)
        case _:
            words = (python, "-m", "ensurepip")
    return Text("{0}", "{0}", (Command(words).shown(),))


def backend_of(facts: Facts, wish: Wish) -> tuple[Backend, Text]:
    """What to compute on, and why."""
    if wish.backend is not None:
        return wish.backend, Text("{0}, as you asked", "{0}（按你的要求）", (wish.backend.value,))
    if facts.system == "Darwin" and facts.processor == "arm64":
        return Backend.METAL, Text("Metal: this Mac has an Apple GPU", "Metal：本机为苹果 GPU")
    if facts.nvidia is not None and facts.driver_cuda is not None:
        return Backend.CUDA, Text(
            "CUDA: {0}, driver {1} (up to CUDA {2})",
            "CUDA：{0}，驱动 {1}（最高支持 CUDA {2}）",
            (facts.nvidia.name, facts.driver, dotted(facts.driver_cuda)),
        )
    if facts.vulkan_loader and any(gpu.vendor in VULKAN_LIBRARY for gpu in facts.gpus):
        name = next(gpu.name for gpu in facts.gpus if gpu.vendor in VULKAN_LIBRARY)
        return Backend.VULKAN, Text("Vulkan: {0}", "Vulkan：{0}", (name,))
    if facts.nvidia is not None:
        return Backend.CPU, Text(
            "plain CPU: there is an NVIDIA GPU, but its driver does not answer",
            "仅用 CPU：检测到 NVIDIA 显卡，但驱动无响应",
        )
    return Backend.CPU, Text("plain CPU: no GPU was found", "仅用 CPU：未检测到显卡")


def dotted(version: tuple[int, int]) -> str:
    """``(12, 4)`` as ``12.4``."""
    return f"{version[0]}.{version[1]}"
