"""Which engines work here, with what this program itself knows to add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from runtimes.texts import Text
from runtimes.types import Availability

SLOWER = Text(
    "this build has AMX kernels that crash on this processor: it runs without them and without"
    " the other extra kernels, more slowly",
    "此版本含有会在本处理器上崩溃的 AMX 内核：已停用这些内核及其他加速内核，速度较慢",
)
REBUILD = Text(
    "get the fast build: assistant engines install llamacpp",
    "安装快速版本：assistant engines install llamacpp",
)


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
