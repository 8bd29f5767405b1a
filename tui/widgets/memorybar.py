"""What a model would take of a device's memory, as a bar with the figures below it.

The parts differ by their signs as well as by their colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from runtimes.memory.pieces import memory_text
from runtimes.texts import Lang, Text
from runtimes.types import Machine, MemoryPlan, Placement
from tui.words import one_line, say

COMPUTER = Text("computer", "内存")
LEFT = Text("left", "余下")
MISSING = Text("missing", "还缺")
SHARE = Text("{0} % of {1} free", "占可用 {1} 的 {0}%")
NARROW, WIDEST = 8, 60
"""Cells of a bar."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar: its sign, its name, its style."""

    sign: str
    title: Text
    style: str


WEIGHTS = Part("█", Text("weights", "权重"), "$primary")
KV = Part("▓", Text("KV cache", "KV 缓存"), "$accent")
COMPUTE = Part("▒", Text("computing", "计算"), "$success")
RESERVE = Part("░", Text("reserve", "预留"), "$foreground")
FREE = Part("·", LEFT, "$text-muted")
OVER = Part("!", MISSING, "bold $text-error")
"""What is beyond the memory that there is."""


def shares(placement: Placement) -> tuple[tuple[Part, int], ...]:
    """The parts in bytes, in the order of the bar; then what is left, or is missing."""
    left = placement.free - placement.total
    return (
        (WEIGHTS, placement.weight_bytes),
        (KV, placement.kv_bytes),
        (COMPUTE, placement.compute_bytes),
        (RESERVE, placement.reserve_bytes),
        (FREE, left) if left >= 0 else (OVER, -left),
    )


def cells(placement: Placement, width: int) -> list[tuple[Part, int]]:
    """How many cells each part gets of a bar that is as wide as what is free, or as what would
    be taken where that is more: then the cells behind the end of the memory are ``OVER``."""
    taken, free = placement.total, placement.free
    scale = max(taken, free, 1)
    edges = [0]
    for _, size in shares(placement)[:4]:
        edges.append(edges[-1] + size)
    ends = [round(edge * width / scale) for edge in edges]
    limit = width if taken <= free else min(free * width // scale, width - 1)
    found = []
    for (part, _), (start, end) in zip(shares(placement), pairwise(ends), strict=False):
        found.append((part, max(min(end, limit) - start, 0)))
    rest = width - sum(count for _, count in found)
    found.append((OVER if taken > free else FREE, rest))
    return found


def bar(placement: Placement, width: int) -> Content:
    """The bar in so many cells."""
    drawn = [
        (part.sign * count, f"{part.style} on $background")  # on the row of the cursor too
        for part, count in cells(placement, width)
        if count
    ]
    return Content.assemble(*drawn)


def legend(placement: Placement, lang: Lang, width: int, *, signs: bool = True) -> Content:
    """Each part with its sign and its size, wrapped to the width."""
    lines: list[list[tuple[str, str]]] = [[]]
    room = width
    for part, size in shares(placement):
        told = f" {part.title.template(lang)} {memory_text(size)}"
        needed = 1 + cell_len(told) + 2
        if needed > room + 2 and lines[-1]:
            lines.append([])
            room = width
        lines[-1] += [(part.sign if signs else "", part.style), (told + "  ", "")]
        room -= needed
    return Content("\n").join([Content.assemble(*line).rstrip() for line in lines])


def device(machine: Machine, placement: Placement, lang: Lang) -> str:
    """The name of what holds it."""
    if placement.accelerator is None:
        return COMPUTER.template(lang)
    name = one_line(machine.accelerators[placement.accelerator].name, 40)
    return f"{name} ({placement.accelerator})" if len(machine.accelerators) > 1 else name


def share_text(placement: Placement, lang: Lang) -> str:
    """How much of what is free it takes."""
    share = 100 * placement.total / placement.free if placement.free else 999
    return say(SHARE.of(f"{min(share, 999):.0f}", memory_text(placement.free)), lang)


class MemoryBar(Static):
    """Draws a plan: a bar and a legend for each device that holds some of it."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(classes="memory", markup=False)
        self._lang = lang
        self._plan: MemoryPlan | None = None
        self._machine: Machine | None = None

    def show(self, plan: MemoryPlan | None, machine: Machine) -> None:
        """Draw this one."""
        self._plan, self._machine = plan, machine
        self.display = plan is not None and bool(plan.placements)
        self._draw()

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
        self._draw()

    def on_resize(self) -> None:
        """Draw it for the width."""
        self._draw()

    def _draw(self) -> None:
        plan, machine = self._plan, self._machine
        if plan is None or machine is None or not plan.placements:
            return
        lang, width = self._lang, self.content_size.width or self.app.size.width - 2
        plain = self.app.has_class("-plain")  # for a screen reader: the figures alone
        lines: list[Content] = []
        for placement in plan.placements:
            name = device(machine, placement, lang)
            told = share_text(placement, lang)
            room = width - cell_len(name) - cell_len(told) - 2
            if plain:
                lines.append(Content(f"{name}: {told}"))
            elif room >= NARROW:
                drawn = bar(placement, min(room, WIDEST))
                lines.append(Content.assemble(f"{name} ", drawn, f" {told}"))
            else:
                lines += [Content(f"{name} {told}"), bar(placement, width)]
            lines.append(legend(placement, lang, width, signs=not plain))
        self.update(Content("\n").join(lines))
