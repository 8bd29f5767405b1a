"""How well is memory foretold?  Each load is planned, done in its own process, and measured.

    python tests/bench/memory_error.py FILE.gguf… [--contexts 2048,8192,32768] [--kv f16,q8_0,q4_0]

For each file, context and KV type: what the plan expects without its margin, what llama.cpp
reports of its own buffers, and the peak of the engine's process after a whole batch of a prompt
was read.  With graphics cards also what these have less free by then, as the driver says, the
driver's own memory included.  Within 3 % or 100 MiB, and never more than 1 % too little, is
right; the exit code says whether all are.  Files with the true shape of published models:
``packaging/true_shape.py``.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from runtimes import registry
from runtimes.base import Cancel
from runtimes.llamacpp.library import open_library
from runtimes.llamacpp.loading import Order, load_model
from runtimes.llamacpp.memory import report
from runtimes.machine import probe_machine
from runtimes.memory import expected_use
from runtimes.memory.pieces import DEVICE_MARGIN
from runtimes.process import surroundings
from runtimes.types import (
    FileSource,
    Fit,
    KvType,
    LoadOptions,
    MemoryPlan,
    MemoryReport,
    ModelSpec,
    Wish,
)

MIB = 1 << 20
TOO_MUCH, TOO_LITTLE, SLACK = 0.03, 0.01, 100 * MIB


@dataclass(frozen=True, slots=True)
class Row:
    """One load."""

    file: str
    plan: MemoryPlan
    report: MemoryReport
    cards: int
    """Bytes less that the cards have free."""

    @property
    def expected(self) -> int:
        """Bytes that the plan expects, on the host and on accelerators."""
        return sum(expected_use(self.plan))

    @property
    def used(self) -> int:
        """Bytes that were used: the peak of the process, and the buffers on accelerators."""
        return self.report.host_peak + self.report.device_bytes

    @property
    def expected_on_cards(self) -> int:
        """Bytes that the plan expects cards to lose."""
        places = [p for p in self.plan.placements if p.accelerator is not None]
        return sum(p.total - DEVICE_MARGIN for p in places)

    @property
    def right(self) -> bool:
        """Near enough, and not too little; on the cards too."""
        on_cards = not self.plan.layers_on or _near(self.expected_on_cards, self.cards)
        return on_cards and _near(self.expected, self.used)

    def line(self) -> str:
        """The row of the table."""
        plan, report = self.plan, self.report
        off = self.expected - self.used
        numbers = (
            plan.kv_bytes,
            report.kv_bytes,
            plan.compute_bytes,
            report.compute_bytes,
            self.expected,
            self.used,
            off,
        )
        cells = [self.file, str(plan.context), plan.kv_type.value]
        cells += [f"{number / MIB:.1f}" for number in numbers]
        cells += [f"{100 * off / self.used:+.2f} %"]
        cells += [f"{n / MIB:.1f}" for n in (report.host_peak, self.expected_on_cards, self.cards)]
        cells += ["yes" if self.right else "NO"]
        return "| " + " | ".join(cells) + " |"


HEAD = (
    "file",
    "context",
    "KV",
    "KV plan",
    "KV used",
    "compute plan",
    "compute used",
    "all plan",
    "all used",
    "off",
    "off",
    "host used",
    "cards plan",
    "cards used",
    "right",
)


def _near(expected: int, used: int) -> bool:
    off = expected - used
    return -TOO_LITTLE * used <= off <= max(SLACK, TOO_MUCH * used)


def _free_on_cards() -> int:
    return sum(card.free for card in probe_machine().accelerators)


def measure(path: Path, wish: Wish) -> Row:
    """Plan, load as our adapter does, read one whole batch, and look.

    This is the engine's own process, so that its peak is that of one load; the batch is read at
    once, which our reader does only where that is quick.
    """
    spec = ModelSpec(
        id=path.stem, title=path.stem, runtime="llamacpp", source=FileSource(str(path))
    )
    plan = registry.runtime("llamacpp").plan(spec, probe_machine(), wish)
    if plan.fit is Fit.NO:
        raise SystemExit(f"{path} does not fit here with {wish}")
    order = Order(spec, plan, LoadOptions())
    free = _free_on_cards()
    loaded = load_model(open_library(), order, lambda _: None, Cancel())
    try:
        tokens = [100 + n for n in range(loaded.context.batch)]
        loaded.context.read(tokens, 0, outputs=1)
        loaded.context.wait()
        found, free = report(loaded.log), free - _free_on_cards()
    finally:
        loaded.close()
    return Row(path.name, plan, found, free)


def main() -> int:
    """Print the table; 0 where every row is right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--contexts", default="2048,8192,32768")
    parser.add_argument("--kv", default="f16,q8_0,q4_0")
    parser.add_argument("--parallel", type=int, default=1, help="answers side by side")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    contexts = [int(n) for n in asked.contexts.split(",")]
    kinds = [KvType(kind) for kind in asked.kv.split(",")]
    if asked.one:
        wish = Wish(context=contexts[0], kv_type=kinds[0], parallel=asked.parallel)
        row = measure(asked.files[0], wish)
        print(row.line(), flush=True)
        return 0 if row.right else 1
    print("sizes in MiB; the plan without its margin")
    print("| " + " | ".join(HEAD) + " |\n|" + " --- |" * len(HEAD), flush=True)
    wrong = 0
    for path, context, kind in itertools.product(asked.files, contexts, kinds):
        command = [sys.executable, __file__, str(path), "--one", "--parallel", str(asked.parallel)]
        done = subprocess.run(
            [*command, "--contexts", str(context), "--kv", kind.value],
            check=False,
            env=surroundings(),
        )
        wrong += done.returncode != 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
