"""The engines: do they work, as fast as they can, and what has crashed before?"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.doctor.findings import Finding, Level, found
from runtimes.crashes import Crash
from runtimes.installer.detect import LIBRARIES
from runtimes.installer.facts import Facts
from runtimes.installer.packages import installed
from runtimes.installer.trial import Trial
from runtimes.process import RELOAD
from runtimes.texts import Text
from runtimes.types import Availability, Device, Machine

IN_PROCESS = ("llamacpp", "checkpoint")
INSTALL = Text("assistant engines install llamacpp", "assistant engines install llamacpp")
SHOWN_CRASHES = 5


def check(states: Mapping[str, Availability], try_out: Callable[[str], Trial]) -> Iterator[Finding]:
    """Each engine's own word, and one token of each that lives in this program."""
    if not any(state.ready for name, state in states.items() if name != "scripted"):
        none = Text("no engine works here: no model can answer", "没有可用的引擎，模型无法回答")
        yield Finding("engines", Level.PROBLEM, none, INSTALL)
    for name, state in states.items():
        yield _said(name, state)
        if state.ready and name in IN_PROCESS:
            yield _tried(name, try_out(name))


def _said(name: str, state: Availability) -> Finding:
    text = _with_version(state)
    if state.ready:
        # what a ready engine says of itself with a remedy is something that could be better
        level = Level.OK if state.remedy is None else Level.WARNING
        return Finding(name, level, text, state.remedy)
    broken = name in IN_PROCESS and installed(LIBRARIES[name]) is not None
    return Finding(name, Level.PROBLEM if broken else Level.NOTE, text, state.remedy)


def _with_version(state: Availability) -> Text:
    detail = state.detail
    if detail is None:
        word = Text("ready", "可用") if state.ready else Text("not here", "不可用")
        return Text("{0}", "{0}", (state.version,)) if state.version else word
    if not state.version:
        return detail
    place = f"{{{len(detail.args)}}}"
    args = (*detail.args, state.version)
    return Text(f"{place}: {detail.en}", f"{place}：{detail.zh}", args)


def _tried(name: str, result: Trial) -> Finding:
    if result.failure is not None:
        told = found(result.failure, name)
        return replace(told, remedy=_anew(name)) if told.remedy == RELOAD else told
    seconds = f"{result.seconds:.1f}"
    if result.safe_mode:
        text = Text(
            "it writes in its safe mode only: its fast paths crash here ({0} s)",
            "仅能以安全模式运行：其加速路径在本机会崩溃（{0} 秒）",
            (seconds,),
        )
        return Finding(name, Level.WARNING, text, _anew(name))
    if result.lost is not None:
        lost, again = result.lost.message, f"assistant engines install {name}"
        text = Text(
            f"weights of 4 bits do not work here: {lost.en}",
            f"4 位量化权重在本机不可用：{lost.zh}",
            lost.args,
        )
        remedy = result.lost.remedy or Text("{0}", "{0}", (again,))
        return Finding(name, Level.WARNING, text, remedy)
    text = Text(
        "it writes: one token {0} s after its start",
        "可以生成：启动 {0} 秒后写出一个词元",
        (seconds,),
    )
    return Finding(name, Level.OK, text)


def _anew(name: str) -> Text:
    """What puts another build in the place of one that crashes."""
    built = f"assistant engines install {name}{' --source' if name == 'llamacpp' else ''}"
    return Text("{0}", "{0}", (built,))


def check_gpu_use(machine: Machine, facts: Facts) -> Iterator[Finding]:
    """Is a GPU idle because an engine was built without it?"""
    devices = {accelerator.device for accelerator in machine.accelerators}
    library = importlib.util.find_spec("llama_cpp")
    if Device.CUDA in devices and library is not None and library.origin is not None:
        folder = Path(library.origin).parent / "lib"
        if not any(folder.glob("*ggml-cuda*")):
            yield _idle("llamacpp", facts)
    torch = installed("torch") or ""
    if Device.CUDA in devices and torch.endswith("+cpu"):
        yield _idle("checkpoint", facts)


def _idle(name: str, facts: Facts) -> Finding:
    gpu = facts.nvidia.name if facts.nvidia else "GPU"
    text = Text("this build does not use {0}", "此版本没有使用 {0}", (gpu,))
    command = f"assistant engines install {name} --backend cuda"
    return Finding(name, Level.WARNING, text, Text("{0}", "{0}", (command,)))


def check_crashes(notes: tuple[Crash, ...]) -> Iterator[Finding]:
    """What the program remembers about crashes here."""
    for note in sorted(notes, key=lambda one: one.when)[-SHOWN_CRASHES:]:
        day = time.strftime("%Y-%m-%d %H:%M", time.localtime(note.when))
        text = Text(
            "{0} crashed with {3} on {1}, so it starts in its safe mode: {2}",
            "{0} 曾于 {1} 运行 {3} 时崩溃，因此以安全模式启动：{2}",
            (note.engine, day, note.how, note.model),
        )
        remedy = Text(
            "another build gets a fresh chance: assistant engines install {0}",
            "更换版本后会重新尝试：assistant engines install {0}",
            (note.engine,),
        )
        yield Finding("crashes", Level.NOTE, text, remedy)
