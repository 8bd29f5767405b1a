"""Why a plan is as it is, in sentences for a user."""

from __future__ import annotations

from collections.abc import Iterator

from runtimes.memory.needs import Needs
from runtimes.memory.pieces import memory_text
from runtimes.memory.planner import BATCH, Search
from runtimes.texts import Text
from runtimes.types import Fit, KvType, Machine, MemoryPlan, Placement

NOTED = 1 << 30
"""Bytes that others must hold of an accelerator to be named."""

REBUILD = {
    "llamacpp": "assistant engines install llamacpp",
    "checkpoint": "assistant engines install checkpoint",
}


def reasons(search: Search, plan: MemoryPlan, usable: tuple[int, ...]) -> tuple[Text, ...]:
    """The lines of ``MemoryPlan.because``."""
    if plan.fit is Fit.NO:
        return (
            *_lacking(search, plan),
            *_even_so(search, plan),
            *_unused(search, usable),
            *_held_by_others(search),
            *search.needs.costs.remarks(),
            *_certainty(search.needs),
        )
    return (
        *_where(search, plan, usable),
        *_window(search, plan),
        *_abreast(plan),
        *_cache(search, plan),
        *_batch(search, plan),
        *search.needs.costs.remarks(),
        *_certainty(search.needs),
    )


# --- devices ---------------------------------------------------------------------------------


def _where(search: Search, plan: MemoryPlan, usable: tuple[int, ...]) -> Iterator[Text]:
    machine, layers = search.machine, search.needs.costs.layers
    match plan.fit:
        case Fit.GPU:
            names = ", ".join(_names(machine, plan))
            yield Text("all {0} layers fit on {1}", "全部 {0} 层均可放入 {1}", (layers, names))
        case Fit.SPLIT:
            names = ", ".join(_names(machine, plan))
            yield Text(
                "{0} of {1} layers go to {2}; the others stay on the processor, which is slower",
                "{1} 层中的 {0} 层放入 {2}；其余留在处理器上，速度较慢",
                (plan.layers_on, layers, names),
            )
        case _:
            yield from _only_host(search)
    if search.wish.gpu_memory and search.devices:
        yield Text(
            "at most {0} of the memory of {1}, as asked, and no other GPU",
            "按要求最多使用 {1} 的 {0} 显存，不使用其他显卡",
            (memory_text(search.wish.gpu_memory), device_name(machine, search.devices[0])),
        )
    yield from _unused(search, usable)
    yield from _held_by_others(search)


def _names(machine: Machine, plan: MemoryPlan) -> Iterator[str]:
    for placement in plan.placements:
        if placement.accelerator is not None:
            yield device_name(machine, placement.accelerator)


def device_name(machine: Machine, index: int) -> str:
    """The name of an accelerator, with its number where there are several."""
    name = machine.accelerators[index].name
    return f"{name} ({index})" if len(machine.accelerators) > 1 else name


def _only_host(search: Search) -> Iterator[Text]:
    if not search.machine.accelerators and search.wish.gpu_memory:
        yield Text(
            "there is no GPU that can be used, so the {0} asked for on one mean nothing: the model "
            "runs on the processor",
            "没有可用的显卡，要求的 {0} 显存不起作用：模型在处理器上运行",
            (memory_text(search.wish.gpu_memory),),
        )
    elif not search.machine.accelerators:
        yield Text(
            "there is no GPU that can be used: the model runs on the processor",
            "没有可用的显卡：模型在处理器上运行",
        )
    elif search.wish.gpu_memory == 0 or search.wish.layers_on_gpu == 0:
        yield Text("no GPU, as asked", "按要求不使用显卡")
    elif search.devices and not search.needs.costs.may_split:
        yield Text(
            "the GPU has no room for all layers, and these weights cannot be split: the model "
            "runs on the processor, slowly",
            "显卡放不下全部层，而此类权重不能拆分：模型在处理器上运行，速度较慢",
        )
    elif search.devices:
        yield Text(
            "the GPU has no room for a single layer: the model runs on the processor, slowly",
            "显卡连一层也放不下：模型在处理器上运行，速度较慢",
        )


def _unused(search: Search, usable: tuple[int, ...]) -> Iterator[Text]:
    """Accelerators that the engine is not built for."""
    for index in range(len(search.machine.accelerators)):
        if index not in usable and search.wish.gpu_memory != 0:
            yield Text(
                "{0} is not used: the installed engine is not built for it (see: {1})",
                "未使用 {0}：已安装的引擎不支持它（参见：{1}）",
                (device_name(search.machine, index), REBUILD[search.needs.engine]),
            )


def _held_by_others(search: Search) -> Iterator[Text]:
    if search.wish.gpu_memory is not None:
        return
    for index in search.devices:
        there = search.machine.accelerators[index]
        held = there.total - there.free
        if there.shared_memory or held < max(NOTED, there.total // 10):
            continue
        yield Text(
            "other programs hold {0} of the {1} of {2}",
            "其他程序占用了 {2} 的 {1} 显存中的 {0}",
            (memory_text(held), memory_text(there.total), device_name(search.machine, index)),
        )


def _lacking(search: Search, plan: MemoryPlan) -> Iterator[Text]:
    """What there is too little of; the plan that is shown is the most modest one."""
    if search.wish.layers_on_gpu and not search.devices:
        yield Text(
            "layers on a GPU were asked for, and there is none that can be used",
            "要求在显卡上放置层，但没有可用的显卡",
        )
    if search.wish.kv_type is not None and search.wish.kv_type not in search.needs.costs.kv_types:
        yield Text(
            "the heads of this model are too narrow for a KV cache in {0}",
            "此模型的注意力头宽度不支持 {0} 的 KV 缓存",
            (search.wish.kv_type.value,),
        )
    shared = 0
    for placement in plan.placements:
        yield from _short(search.machine, placement)
        on = placement.accelerator
        if on is None or search.machine.accelerators[on].shared_memory:
            shared += placement.total
    free = search.machine.host.memory_free
    if shared > free and all(p.total <= p.free for p in plan.placements):
        yield Text(
            "processor and GPU share their memory: together {0} are needed, {1} too much",
            "处理器与显卡共用内存：共需 {0}，尚缺 {1}",
            (memory_text(shared), memory_text(shared - free)),
        )


def _short(machine: Machine, placement: Placement) -> Iterator[Text]:
    lacking = placement.total - placement.free
    if lacking <= 0:
        return
    sizes = tuple(map(memory_text, (placement.total, placement.free, lacking)))
    if placement.accelerator is None:
        yield Text(
            "it needs {0} of the computer's memory, and {1} are free: {2} too little",
            "需要 {0} 内存，可用 {1}，尚缺 {2}",
            sizes,
        )
    else:
        yield Text(
            "it needs {0} on {3}, and {1} are free: {2} too little",
            "{3} 上需要 {0}，可用 {1}，尚缺 {2}",
            (*sizes, device_name(machine, placement.accelerator)),
        )


def _even_so(search: Search, plan: MemoryPlan) -> Iterator[Text]:
    """The setting that was tried last."""
    if all(p.total <= p.free for p in plan.placements):
        return
    values = (plan.context, plan.kv_type.value)
    if search.wish.context is not None and search.wish.kv_type is not None:
        yield Text(
            "that is with a context of {0} tokens and a KV cache in {1}, as asked",
            "以上按要求的设置计算：上下文 {0} 词元，KV 缓存 {1}",
            values,
        )
    else:
        yield Text(
            "that is with a context of {0} tokens and a KV cache in {1}: less may not be chosen",
            "以上按可选的最低设置计算：上下文 {0} 词元，KV 缓存 {1}",
            values,
        )


# --- the setting -----------------------------------------------------------------------------


def _window(search: Search, plan: MemoryPlan) -> Iterator[Text]:
    needs = search.needs
    if plan.context > needs.trained:
        yield Text(
            "a context of {0} tokens, as asked: beyond the {1} that the model was trained for, "
            "its answers get worse",
            "按要求使用 {0} 词元的上下文：超出模型训练的 {1} 词元后，回答质量会下降",
            (plan.context, needs.trained),
        )
    elif search.wish.context is not None:
        yield Text(
            "a context of {0} tokens, as asked", "按要求使用 {0} 词元的上下文", (plan.context,)
        )
        if plan.context < needs.least:
            yield Text(
                "that is short for this model: {0} tokens are advised at least",
                "对此模型而言偏短：建议至少 {0} 词元",
                (needs.least,),
            )
    elif plan.context < search.usual:
        yield Text(
            "a context of {0} tokens instead of {1}: more does not fit",
            "上下文为 {0} 词元而非 {1}：更长则放不下",
            (plan.context, search.usual),
        )
    elif plan.context < needs.trained:
        yield Text(
            "a context of {0} tokens; the model can have up to {1} (--context)",
            "上下文为 {0} 词元；模型最多支持 {1}（--context）",
            (plan.context, needs.trained),
        )


def _abreast(plan: MemoryPlan) -> Iterator[Text]:
    if plan.parallel > 1:
        yield Text(
            "{0} answers side by side, each with a window of its own",
            "同时生成 {0} 个回答，各有自己的窗口",
            (plan.parallel,),
        )


def _cache(search: Search, plan: MemoryPlan) -> Iterator[Text]:
    if search.wish.kv_type is not None:
        yield Text(
            "a KV cache in {0}, as asked", "按要求使用 {0} 的 KV 缓存", (plan.kv_type.value,)
        )
    elif plan.kv_type is not KvType.F16:
        yield Text(
            "a KV cache in {0} instead of f16, to make room", "KV 缓存用 {0} 代替 f16 以节省空间",
            (plan.kv_type.value,),
        )  # fmt: skip


def _batch(search: Search, plan: MemoryPlan) -> Iterator[Text]:
    if search.wish.batch is None and plan.batch < BATCH:
        yield Text(
            "prompts are read {0} tokens at a time instead of {1}, to make room",
            "每次读入 {0} 个提示词元而非 {1}，以节省空间",
            (plan.batch, BATCH),
        )


def _certainty(needs: Needs) -> Iterator[Text]:
    if not needs.exact:
        yield Text(
            "reckoned from the model's dimensions; its files say it exactly",
            "按模型维度估算；以实际文件为准",
        )


def unquantised(needs: Needs) -> tuple[Text, ...]:
    """What can be had where a KV type cannot."""
    listed = ", ".join(kind.value for kind in needs.costs.kv_types)
    return (Text("a KV cache in {0}: --kv {0}", "使用 {0} 的 KV 缓存：--kv {0}", (listed,)),)
