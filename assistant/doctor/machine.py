"""The computer: memory, processor, GPU and its driver."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.doctor.findings import Finding, Level
from runtimes.installer.choose import dotted
from runtimes.installer.facts import Facts
from runtimes.machine import nvidia
from runtimes.memory.pieces import memory_text
from runtimes.texts import Text
from runtimes.types import Accelerator, Machine

LITTLE = 2 << 30
"""Bytes of free memory below which hardly any model fits."""


def check(machine: Machine, facts: Facts) -> Iterator[Finding]:
    """What there is to compute with."""
    yield _memory(machine)
    yield from _limits(machine)
    yield _processor(machine)
    yield from _gpus(machine, facts)
    yield _compiler(facts)


def _memory(machine: Machine) -> Finding:
    host = machine.host
    text = Text(
        "{0} of {1} free",
        "共 {1}，可用 {0}",
        (memory_text(host.memory_free), memory_text(host.memory_total)),
    )
    if host.memory_free < LITTLE:
        remedy = Text("close other programs", "请关闭其他程序")
        return Finding("memory", Level.WARNING, text, remedy)
    return Finding("memory", Level.OK, text)


def _limits(machine: Machine) -> Iterator[Finding]:
    """A container may have less than the computer."""
    import psutil

    whole = int(psutil.virtual_memory().total)
    if machine.host.memory_total < whole:
        text = Text(
            "a container limits memory to {0} of {1}",
            "容器将内存限制为 {0}（总共 {1}）",
            (memory_text(machine.host.memory_total), memory_text(whole)),
        )
        yield Finding("memory", Level.NOTE, text)


def _processor(machine: Machine) -> Finding:
    host = machine.host
    notable = sorted(host.flags & {"avx2", "avx512f", "amx_int8", "neon"})
    en, zh = "{0}, {1} cores for this program", "{0}，可用 {1} 核"
    if notable:
        en, zh = f"{en} ({{2}})", f"{zh}（{{2}}）"
    text = Text(en, zh, (host.processor, host.cores, ", ".join(notable)))
    return Finding("processor", Level.OK, text)


def _gpus(machine: Machine, facts: Facts) -> Iterator[Finding]:
    for accelerator in machine.accelerators:
        yield Finding("gpu", Level.OK, _gpu_text(accelerator, facts))
    lost = nvidia.lost_gpus(nvidia.library())
    if lost:
        yield _lost(lost)
    if machine.accelerators or lost:
        return
    if facts.nvidia is not None:
        text = Text(
            "there is an NVIDIA GPU, but its driver does not answer",
            "检测到 NVIDIA 显卡，但驱动无响应",
        )
        remedy = Text(
            "install NVIDIA's driver (in a container: start it with the GPU, --gpus all)",
            "请安装 NVIDIA 驱动（若在容器中，请以 --gpus all 启动）",
        )
        yield Finding("gpu", Level.WARNING, text, remedy)
    elif facts.gpus:
        names = ", ".join(gpu.name for gpu in facts.gpus)
        text = Text("{0}: may be used through Vulkan", "{0}：可通过 Vulkan 使用", (names,))
        remedy = Text(
            "assistant engines install llamacpp --backend vulkan",
            "assistant engines install llamacpp --backend vulkan",
        )
        yield Finding("gpu", Level.NOTE, text, remedy)
    else:
        yield Finding("gpu", Level.NOTE, Text("none: the CPU computes", "没有显卡，使用 CPU"))


def _lost(numbers: tuple[int, ...]) -> Finding:
    text = Text(
        "the NVIDIA GPUs with these numbers do not answer, and are not used: {0}",
        "以下编号的 NVIDIA 显卡没有响应，不会使用：{0}",
        (", ".join(map(str, numbers)),),
    )
    remedy = Text(
        "restart the computer; if they stay away, look at their power and their seat (nvidia-smi "
        "and dmesg tell more)",
        "请重启电脑；若仍无响应，请检查显卡的供电和插槽（nvidia-smi 和 dmesg 会给出更多信息）",
    )
    return Finding("gpu", Level.WARNING, text, remedy)


def _gpu_text(accelerator: Accelerator, facts: Facts) -> Text:
    en, zh = "{0} ({1}), {2} of {3} free", "{0}（{1}），可用 {2}，共 {3}"
    if accelerator.driver:
        en, zh = f"{en}, driver {{4}}", f"{zh}，驱动 {{4}}"
        if facts.driver_cuda:
            en, zh = f"{en}, CUDA {{5}}", f"{zh}，CUDA {{5}}"
    return Text(
        en,
        zh,
        (
            accelerator.name,
            accelerator.device.value,
            memory_text(accelerator.free),
            memory_text(accelerator.total),
            accelerator.driver,
            dotted(facts.driver_cuda) if facts.driver_cuda else "",
        ),
    )


def _compiler(facts: Facts) -> Finding:
    """For a build of llama.cpp: not needed where a ready-made file does."""
    parts: list[tuple[str, str]] = []
    args: list[str] = []
    if facts.compiler is not None:
        parts.append(("{0}", "{0}"))
        args.append(f"{facts.compiler.name} {facts.compiler.major}")
    if (toolkit := facts.toolkit) is not None:
        lacking = ("", "") if toolkit.cublas else (" (no cuBLAS)", "（缺 cuBLAS）")
        place = f"{{{len(args)}}}"
        parts.append((f"CUDA toolkit {place}{lacking[0]}", f"CUDA 工具包 {place}{lacking[1]}"))
        args.append(dotted(toolkit.version))
    if facts.vulkan_sdk:
        parts.append(("Vulkan SDK", "Vulkan SDK"))
    if parts:
        en, zh = ", ".join(en for en, _ in parts), "，".join(zh for _, zh in parts)
        return Finding("build tools", Level.OK, Text(en, zh, tuple(args)))
    none = Text("none: llama.cpp cannot be built here", "没有编译工具：无法在本机编译 llama.cpp")
    return Finding("build tools", Level.NOTE, none)
