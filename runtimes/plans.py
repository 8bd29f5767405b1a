"""The plan of a model that runs elsewhere."""

from __future__ import annotations

from runtimes.texts import Text
from runtimes.types import Fit, KvType, MemoryPlan


def remote_plan(context: int) -> MemoryPlan:
    """Nothing of this machine is taken; ``context`` is what will be asked for."""
    return MemoryPlan(
        fit=Fit.REMOTE,
        context=context,
        kv_type=KvType.F16,
        layers_on=0,
        weight_bytes=0,
        kv_bytes=0,
        compute_bytes=0,
        reserve_bytes=0,
        because=(Text("it runs elsewhere", "在其他地方运行"),),
    )
