"""The plan of a model that runs elsewhere."""

from __future__ import annotations

from dataclasses import replace

from runtimes.texts import Text
from runtimes.types import Fit, KvType, MemoryPlan, Wish


def remote_plan(wish: Wish, window: int, because: tuple[Text, ...] = ()) -> MemoryPlan:
    """Nothing of this machine is needed.  ``window`` is the largest that there is (0: unknown);
    a wish for a larger one cannot be had."""
    plan = MemoryPlan(
        fit=Fit.REMOTE,
        context=wish.context or window,
        kv_type=wish.kv_type or KvType.F16,
        layers_on=0,
        weight_bytes=0,
        kv_bytes=0,
        compute_bytes=0,
        reserve_bytes=0,
        parallel=wish.parallel,
        because=because,
    )
    if not (wish.context and window and wish.context > window):
        return plan
    too_large = Text(
        "its window there has {0} tokens, not {1}",
        "其窗口为 {0} 个词元，而不是 {1}",
        (window, wish.context),
    )
    smaller = Text("a window of {0} tokens", "{0} 个词元的窗口", (window,))
    return replace(plan, fit=Fit.NO, because=(too_large, *because), nearest=(smaller,))
