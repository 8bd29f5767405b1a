"""Which engines work here, with what this program itself knows to add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from runtimes.texts import Text
from runtimes.types import Availability

if TYPE_CHECKING:
    from runtimes.installer.trial import Trial

SLOWER = Text(
    "this build has AMX kernels that crash on this processor: it runs without them and without"
    " the other extra kernels, more slowly",
    "此版本含有会在本处理器上崩溃的 AMX 内核：已停用这些内核及其他加速内核，速度较慢",
)
REBUILD = Text(
    "get the fast build: assistant engines install llamacpp",
    "安装快速版本：assistant engines install llamacpp",
)

TITLES = {
    "llamacpp": Text(
        "GGUF files through llama.cpp, in this program", "用 llama.cpp 运行 GGUF 文件"
    ),
    "checkpoint": Text(
        "safetensors through torch and transformers, in this program",
        "用 torch 与 transformers 运行 safetensors",
    ),
    "ollama": Text("models of an Ollama server", "Ollama 服务器上的模型"),
    "server": Text("models of any OpenAI-compatible server", "兼容 OpenAI 接口的服务器上的模型"),
    "scripted": Text("replays a file of events, for demonstrations", "重放事件文件，用于演示"),
}


def probed(names: Sequence[str] = ()) -> Mapping[str, Availability]:
    """What each runtime says of itself (all of them where none is named)."""
    from runtimes import registry

    return {name: _probe(name) for name in names or tuple(registry.ADAPTERS)}


def _probe(name: str) -> Availability:
    from runtimes import registry

    state = registry.runtime(name).probe()
    if name == "llamacpp" and state.ready and runs_without_extras():
        return replace(state, detail=SLOWER, remedy=REBUILD)
    return state


def runs_without_extras() -> bool:
    """Is llama.cpp a build whose AMX kernels must stay off here?"""
    from runtimes.installer.detect import runs_amx
    from runtimes.machine import probe_machine

    return runs_amx(probe_machine().host.flags)


def try_engine(engine: str) -> Trial:
    """Let an engine write one token.  Raises ``runtimes.errors`` only where the trial itself
    cannot be made."""
    from runtimes import registry
    from runtimes.catalog import load_catalog
    from runtimes.installer.trial import trial
    from runtimes.machine import probe_machine

    return trial(registry.runtime(engine), load_catalog(), probe_machine())
