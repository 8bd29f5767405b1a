"""Where the parts of a model go, in torch's words."""

from __future__ import annotations

from typing import Any

from runtimes.checkpoint.failures import INSTALL
from runtimes.errors import Unsupported
from runtimes.machine.host import host, readings
from runtimes.machine.reading import read_text, sysctl
from runtimes.texts import Text
from runtimes.types import Fit, LoadOptions, MemoryPlan


def set_threads(options: LoadOptions) -> None:
    """The processor's threads that torch may use: those asked for, else one a core."""
    import torch

    torch.set_num_threads(threads(options))


def threads(options: LoadOptions) -> int:
    """As many as were asked for; else the cores that we may use, half of them in safe mode.

    A container may have more cores than its quota pays for.
    """
    if options.threads is not None:
        return max(1, options.threads)
    cores = host(readings(), read_text, sysctl).cores
    return max(1, cores // 2) if options.safe_mode else cores


def kind(plan: MemoryPlan) -> str:
    """The device of the first layer: ``cpu``, ``mps`` or ``cuda:N``.

    Raises ``Unsupported`` where the plan wants a GPU that this torch does not know.
    """
    import torch

    if plan.fit not in (Fit.GPU, Fit.SPLIT):
        return "cpu"
    if torch.backends.mps.is_available():
        return "mps"
    first = next((p.accelerator for p in plan.placements if p.accelerator is not None), 0)
    if first < torch.cuda.device_count():
        return f"cuda:{first}"
    raise Unsupported(
        Text(
            "this build of torch ({0}) does not see the GPU of the plan",
            "此 torch 版本（{0}）看不到计划所用的显卡",
            (torch.__version__,),
        ),
        INSTALL,
    )


def maker(*, embeds: bool) -> Any:
    """What makes a network of a configuration: one that writes, or the states alone."""
    from transformers import AutoModel, AutoModelForCausalLM

    return AutoModel if embeds else AutoModelForCausalLM


def skeleton(config: Any, *, embeds: bool = False) -> list[tuple[str, Any]]:
    """All parameters and buffers by their names, with shapes and without numbers."""
    import torch
    from transformers.initialization import no_init_weights

    with torch.device("meta"), no_init_weights():
        module = maker(embeds=embeds).from_config(config)
    return [*module.named_parameters(), *module.named_buffers()]


def device_map(plan: MemoryPlan, config: Any, *, embeds: bool = False) -> dict[str, str]:
    """The device of each part of the network by its name; everything on one device is ``""``."""
    first = kind(plan)
    placed = [p for p in plan.placements if p.layers]
    if first in ("cpu", "mps") or len(placed) < 2:
        return {"": first}
    order = [
        "cpu" if p.accelerator is None else f"cuda:{p.accelerator}"
        for p in sorted(placed, key=lambda p: (p.accelerator is None, p.accelerator or 0))
        for _ in range(p.layers)
    ]
    return spread([name for name, _ in skeleton(config, embeds=embeds)], order)


def spread(tensors: list[str], order: list[str]) -> dict[str, str]:
    """Layer ``i`` onto ``order[i]`` (the last device for those beyond), the rest onto the first."""
    placed: dict[str, str] = {}
    for name in tensors:
        parts = name.split(".")
        number = next((i for i, part in enumerate(parts) if part.isdecimal()), None)
        if number is None:
            placed[name.rpartition(".")[0]] = order[0]
        else:
            layer = int(parts[number])
            placed[".".join(parts[: number + 1])] = order[min(layer, len(order) - 1)]
    return placed
