"""The search for the best plan.

What is given up, in this order, until it fits: the context above what the model needs, and the
precision of the KV cache, to have all layers on accelerators; then layers; then the precision of
the cache again.  The context that a model needs is never given up, and a wish neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from runtimes.memory.needs import Needs
from runtimes.memory.pieces import DEVICE_MARGIN, HOST_MARGIN, Piece, Setting
from runtimes.types import Device, Fit, KvType, Machine, Placement, Wish

SMALL_BATCHES = (256, 128)
"""Tried where a batch of 512 does not fit: prompts are read more slowly, nothing else."""
BATCH = 512
STEP = 1024
"""Contexts are chosen in such steps."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A setting with the parts in their places.  ``fits`` says whether there is room."""

    setting: Setting
    placements: tuple[Placement, ...]
    layers_on: int
    fits: bool

    @property
    def fit(self) -> Fit:
        """Where the layers are."""
        if not self.fits:
            return Fit.NO
        if self.layers_on == 0:
            return Fit.HOST
        on_host = any(p.accelerator is None and p.layers for p in self.placements)
        return Fit.SPLIT if on_host else Fit.GPU


_Find = Callable[[Setting], Placed | None]


@dataclass(frozen=True, slots=True)
class Search:
    """Finds the best place for a model; ``devices`` are the accelerators that may be used, as
    indices into the machine's, ``machine`` already under the caps of the wish."""

    needs: Needs
    machine: Machine
    devices: tuple[int, ...]
    wish: Wish

    def best(self) -> Placed | None:
        """The first of the candidates that fits."""
        asked = self.wish.layers_on_gpu
        if asked is not None:
            return self._first(self.settings(), lambda s: self.with_layers(asked, s))
        for settings, find in (
            (self.settings(), self.on_devices),
            (self._halved(), self.split),
            (self.settings(), self.split),
            (self.settings(), self.on_host),
        ):
            if (found := self._first(settings, find)) is not None:
                return found
        return None

    def with_table(self, placed: Placed) -> Placed:
        """The same with the table of tokens on the accelerator that has all layers, where as
        much again stays free.

        The processor then has no part in a step: on an H200 that takes 7 % of the time from
        reading a prompt with a model of 1.5B, and 2 % from each token.
        """
        if placed.fit is not Fit.GPU or self.wish.layers_on_gpu is not None:
            return placed
        used = [p for p in placed.placements if p.accelerator is not None]
        if len(used) != 1 or (n := used[0].accelerator) is None:
            return placed
        there = self.machine.accelerators[n]
        size = None if there.shared_memory else self.needs.costs.table(there.device)
        if size is None or used[0].free - used[0].total < 2 * size:
            return placed
        counts = [placed.layers_on if d == n else 0 for d in self.devices]
        return self.placed(counts, replace(placed.setting, table=True))

    def least(self) -> Placed:
        """The most modest candidate, for showing what is lacking where none fits."""
        *_, setting = self.settings()
        if self.wish.layers_on_gpu is not None:
            return self.with_layers(self.wish.layers_on_gpu, setting)
        return self.split(setting) or self.on_host(setting)

    def _first(self, settings: Iterator[Setting], find: _Find) -> Placed | None:
        """The first setting that fits; the last is the most modest: without it none does."""
        listed = tuple(settings)
        if not listed or (last := find(listed[-1])) is None or not last.fits:
            return None
        return next((p for s in listed if (p := find(s)) is not None and p.fits), None)

    @property
    def usual(self) -> int:
        """The window to aim at.  Half of it does where several answers have one each."""
        if self.wish.parallel <= 1:
            return self.needs.usual
        return max(self.needs.least, self.needs.usual // 2)

    # --- candidates --------------------------------------------------------------------------

    def settings(self) -> Iterator[Setting]:
        """What may be chosen, the best first; only wishes where there are wishes."""
        kinds = self.kv_types()
        for batch in (self.wish.batch,) if self.wish.batch else (BATCH, *SMALL_BATCHES):
            for context in self.contexts():
                for kind in kinds:
                    # four bits cost exactness: rather a smaller window, but for the smallest
                    last = context == self.contexts()[-1]
                    if kind is not KvType.Q4_0 or last or self.wish.kv_type is not None:
                        parallel, outputs = max(self.wish.parallel, 1), 1 + self.wish.lookup
                        yield Setting(context, kind, batch, parallel, outputs)

    def _halved(self) -> Iterator[Setting]:
        """Those with eight bits in the cache: where layers spill, it makes room for more."""
        return (s for s in self.settings() if s.kv_type is KvType.Q8_0)

    def kv_types(self) -> tuple[KvType, ...]:
        """Those that may be chosen."""
        possible = self.needs.costs.kv_types
        if self.wish.kv_type is None:
            return possible
        return (self.wish.kv_type,) if self.wish.kv_type in possible else ()

    def contexts(self) -> tuple[int, ...]:
        """Windows that may be chosen, the largest first."""
        if self.wish.context is not None:
            return (self.wish.context,)
        found, context = [], self.usual
        while context > self.needs.least:
            found.append(context)
            context = max(self.needs.least, context * 3 // 4 // STEP * STEP)
        return (*found, self.needs.least)

    # --- places ------------------------------------------------------------------------------

    def on_devices(self, setting: Setting) -> Placed | None:
        """All layers on as few accelerators as possible."""
        if not self.devices:
            return None
        every = self.needs.costs.layers
        roomiest = sorted(self.devices, key=lambda n: -self.machine.accelerators[n].free)
        for n in roomiest:
            counts = [every if d == n else 0 for d in self.devices]
            if (placed := self.placed(counts, setting)).fits:
                return placed
        if (placed := self.placed(self._shared_out(every), setting)).fits:
            return placed
        filled = self._filled(every, setting)
        return self.placed(filled, setting) if sum(filled) == every else None

    def split(self, setting: Setting) -> Placed | None:
        """As many layers on accelerators as fit."""
        if not self.devices or not self.needs.costs.may_split:
            return None
        counts = self._filled(self.needs.costs.layers, setting)
        return self.placed(counts, setting) if sum(counts) else None

    def on_host(self, setting: Setting) -> Placed:
        """Nothing on accelerators."""
        return self.placed([0] * len(self.devices), setting)

    def with_layers(self, asked: int, setting: Setting) -> Placed:
        """Just so many layers on accelerators; where they do not fit, all on the first."""
        every = self.needs.costs.layers
        wanted = min(asked, every)
        if 0 < wanted < every and not self.needs.costs.may_split:
            return replace(self.on_host(setting), fits=False)
        counts = self._filled(wanted, setting)
        if sum(counts) < wanted:
            if not self.devices:
                return replace(self.on_host(setting), fits=False)
            first = self.needs.costs.filling(len(self.devices))[0]
            counts[first] += wanted - sum(counts)
        return self.placed(counts, setting)

    def _shared_out(self, wanted: int) -> list[int]:
        """The layers in proportion to what each accelerator has free."""
        free = [self.machine.accelerators[n].free for n in self.devices]
        whole = max(sum(free), 1)
        ends = [0, *(round(wanted * part / whole) for part in accumulate(free))]
        return [end - start for start, end in pairwise(ends)]

    def _filled(self, wanted: int, setting: Setting) -> list[int]:
        """How many layers each accelerator gets if it is filled up before the next."""
        counts = [0] * len(self.devices)
        for place in self.needs.costs.filling(len(self.devices)):
            low, high = 0, wanted - sum(counts)
            while low < high:  # each further layer takes more
                counts[place] = (low + high + 1) // 2
                if self._has_room(place, counts, setting):
                    low = counts[place]
                else:
                    high = counts[place] - 1
            counts[place] = low
        return counts

    def _has_room(self, place: int, counts: Sequence[int], setting: Setting) -> bool:
        _, pieces = self.needs.costs.pieces(counts, self._kinds(), setting)
        there = self.machine.accelerators[self.devices[place]]
        return pieces[place].total + DEVICE_MARGIN <= there.free

    def _kinds(self) -> list[Device]:
        return [self.machine.accelerators[n].device for n in self.devices]

    def placed(self, counts: Sequence[int], setting: Setting) -> Placed:
        """Everything in its place, and whether there is room for it."""
        host, pieces = self.needs.costs.pieces(counts, self._kinds(), setting)
        placements = [
            _placement(n, piece, DEVICE_MARGIN, self.machine.accelerators[n].free)
            for n, piece in zip(self.devices, pieces, strict=True)
            if piece.layers
        ]
        placements.append(_placement(None, host, HOST_MARGIN, self.machine.host.memory_free))
        there = tuple(placements)
        return Placed(setting, there, sum(counts), _fit(there, self.machine))


def _placement(accelerator: int | None, piece: Piece, margin: int, free: int) -> Placement:
    return Placement(
        accelerator=accelerator,
        layers=piece.layers,
        weight_bytes=piece.weights,
        kv_bytes=piece.kv,
        compute_bytes=piece.compute,
        reserve_bytes=piece.overhead + margin,
        free=free,
    )


def _fit(placements: Sequence[Placement], machine: Machine) -> bool:
    """Is there room everywhere?  What shares the host's memory is counted there as well."""
    on_host = 0
    for placement in placements:
        if placement.total > placement.free:
            return False
        n = placement.accelerator
        if n is None or machine.accelerators[n].shared_memory:
            on_host += placement.total
    return on_host <= machine.host.memory_free


def capped(machine: Machine, devices: Sequence[int], gpu_memory: int | None) -> Machine:
    """The machine with no more of these accelerators free than a wish allows."""
    if gpu_memory is None:
        return machine
    accelerators = tuple(
        replace(a, free=min(a.free, gpu_memory)) if n in devices else a
        for n, a in enumerate(machine.accelerators)
    )
    return replace(machine, accelerators=accelerators)
