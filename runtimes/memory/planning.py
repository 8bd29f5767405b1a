"""From a model, a machine and a wish to a plan with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from runtimes.ggufs import Gguf
from runtimes.memory.adapters import Adapted
from runtimes.memory.engines import usable
from runtimes.memory.nearest import nearest
from runtimes.memory.needs import Needs, needs_of
from runtimes.memory.planner import Placed, Search, capped
from runtimes.memory.reasons import reasons, unquantised
from runtimes.memory.relatives import relatives
from runtimes.memory.safetensors import Checkpoint
from runtimes.types import Fit, KvType, Machine, MemoryPlan, ModelSpec, Wish

IN_PROCESS = frozenset({"llamacpp", "checkpoint"})
"""The engines whose memory is this machine's."""


def plan(
    spec: ModelSpec,
    machine: Machine,
    wish: Wish,
    others: Sequence[ModelSpec] | None = None,
    files: Gguf | Checkpoint | None = None,
) -> MemoryPlan:
    """Where each part of a model goes; its fit is ``NO`` where the wish cannot be had.

    ``others`` are models to name where this one does not fit, the best first (``None``: its
    relatives in the catalogue); ``files`` are the model's headers where the caller has read
    them already.  Raises ``Damaged`` for broken files, and ``NotFound`` where nothing is known
    of the model.
    """
    needs = needs_of(spec, machine, files)
    made = plan_parts(needs, machine, wish)
    if made.fit is not Fit.NO:
        return made
    named = relatives(spec, needs.costs.shape) if others is None else others
    known = [m for m in named if m.shape is not None and m.runtime in IN_PROCESS]
    return plan_parts(needs, machine, wish, [needs_of(m, machine) for m in known])


def plan_parts(
    needs: Needs, machine: Machine, wish: Wish, alternatives: Sequence[Needs] = ()
) -> MemoryPlan:
    """The same for a model whose needs are known."""
    if wish.adapters:
        needs = replace(needs, costs=Adapted(needs.costs, wish.adapters))
    can = usable(needs.engine, machine)
    # a cap is on one accelerator: with it, the others are left alone
    devices = can if wish.gpu_memory is None else can[:1] if wish.gpu_memory else ()
    search = Search(needs, capped(machine, devices, wish.gpu_memory), devices, wish)
    if not search.kv_types():
        return replace(_plan(search, _nothing(search), ()), nearest=unquantised(needs))
    found = search.best()
    if found is not None:
        return _plan(search, search.with_table(found), can)
    return replace(_plan(search, search.least(), can), nearest=nearest(search, alternatives))


def _nothing(search: Search) -> Placed:
    """For a KV type that the model's dimensions forbid."""
    allowed = replace(search.wish, kv_type=KvType.F16)
    return replace(replace(search, wish=allowed).least(), fits=False)


def _plan(search: Search, placed: Placed, usable_devices: Sequence[int]) -> MemoryPlan:
    setting = placed.setting
    made = MemoryPlan(
        fit=placed.fit,
        context=setting.context,
        kv_type=search.wish.kv_type or setting.kv_type,
        layers_on=placed.layers_on,
        weight_bytes=sum(p.weight_bytes for p in placed.placements),
        kv_bytes=sum(p.kv_bytes for p in placed.placements),
        compute_bytes=sum(p.compute_bytes for p in placed.placements),
        reserve_bytes=sum(p.reserve_bytes for p in placed.placements),
        placements=placed.placements,
        batch=setting.batch,
        parallel=setting.parallel,
        table_on_gpu=setting.table,
    )
    return replace(made, because=reasons(search, made, tuple(usable_devices)))
