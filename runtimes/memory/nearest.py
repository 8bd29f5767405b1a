"""What would fit where a plan does not: each line says what to ask for instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from runtimes.memory.engines import usable
from runtimes.memory.needs import Needs
from runtimes.memory.pieces import memory_text
from runtimes.memory.planner import STEP, Search
from runtimes.texts import Text
from runtimes.types import KvType

MOST = 3
"""Other models that are named."""
SERVER = Text(
    "a computer with more memory: -m server:URL#NAME",
    "使用内存更大的计算机：-m server:URL#NAME",
)


def nearest(search: Search, alternatives: Sequence[Needs] = ()) -> tuple[Text, ...]:
    """The nearest that fits, the best first: less of what was asked for, else another model."""
    if elsewhere := tuple(_other_layers(search)):
        return elsewhere  # it is the number of layers that does not fit, and nothing else
    return (
        *_less_exact(search),
        *_shorter(search),
        *_more_gpu(search),
        *_others(search, alternatives),
        SERVER,
    )


def _less_exact(search: Search) -> Iterator[Text]:
    """A more compact KV cache, where one was asked for."""
    for kind in _no_more_exact(search)[1:]:
        if replace(search, wish=replace(search.wish, kv_type=kind)).best() is not None:
            yield Text(
                "a KV cache in {0}: --kv {0}",
                "使用 {0} 的 KV 缓存：--kv {0}",
                (kind.value if kind else "",),
            )
            return


def _shorter(search: Search) -> Iterator[Text]:
    """The largest context that fits, where a larger one was asked for or is advised; with a more
    compact cache, too, where only that leaves the model what it needs."""
    for kind in _no_more_exact(search):
        wish = replace(search.wish, kv_type=kind)
        most = _longest(replace(search, wish=wish))
        if not most:
            continue
        if kind is search.wish.kv_type:
            yield Text(
                "a context of {0} tokens: --context {0}",
                "{0} 词元的上下文：--context {0}",
                (most,),
            )
        else:
            yield Text(
                "a context of {0} tokens, with a KV cache in {1}: --context {0} --kv {1}",
                "{0} 词元的上下文，KV 缓存用 {1}：--context {0} --kv {1}",
                (most, kind.value if kind else ""),
            )
        if most >= search.needs.least:
            return


def _no_more_exact(search: Search) -> tuple[KvType | None, ...]:
    """The KV type that was asked for, and those that take less."""
    asked = search.wish.kv_type
    if asked is None:
        return (None,)
    order = tuple(KvType)
    possible = search.needs.costs.kv_types
    return tuple(kind for kind in order[order.index(asked) :] if kind in possible)


def _longest(search: Search) -> int:
    """The largest context below the one that does not fit; 0 for none."""
    most = search.wish.context or search.needs.least
    low, high = 0, (most - 1) // STEP
    while low < high:
        middle = (low + high + 1) // 2
        wish = replace(search.wish, context=middle * STEP)
        if replace(search, wish=wish).best() is not None:
            low = middle
        else:
            high = middle - 1
    return low * STEP


def _other_layers(search: Search) -> Iterator[Text]:
    """Leaving the number of layers to the planner."""
    if search.wish.layers_on_gpu is None:
        return
    found = replace(search, wish=replace(search.wish, layers_on_gpu=None)).best()
    if found is not None:
        yield Text(
            "{0} layers on the GPU: --gpu-layers {0}",
            "显卡上放 {0} 层：--gpu-layers {0}",
            (found.layers_on,),
        )


def _more_gpu(search: Search) -> Iterator[Text]:
    """Without the cap on the GPU's memory there may be room; the planner cannot see past it."""
    if search.wish.gpu_memory is not None:
        yield Text(
            "more of the GPU's memory: without --gpu-memory",
            "使用更多显存：去掉 --gpu-memory",
        )


def _others(search: Search, alternatives: Sequence[Needs]) -> Iterator[Text]:
    named = 0
    for other in alternatives:
        wish = replace(search.wish, layers_on_gpu=None, context=_within(search, other))
        devices = tuple(n for n in search.devices if n in usable(other.engine, search.machine))
        found = replace(search, needs=other, wish=wish, devices=devices).best()
        if found is not None and named < MOST:
            named += 1
            yield Text(
                "{0}: it takes {1}",
                "{0}：需要 {1}",
                (other.name, memory_text(sum(p.total for p in found.placements))),
            )


def _within(search: Search, other: Needs) -> int | None:
    """The context that was asked for, as far as the other model has it."""
    asked = search.wish.context
    return asked if asked is None or asked <= other.trained else None
