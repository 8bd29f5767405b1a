"""How well is memory foretold?  Each load is planned, done in its own process, and measured.

    python tests/bench/memory_error.py FILE.gguf… [--contexts 2048,8192,32768] [--kv f16,q8_0,q4_0]

For each file, context and KV type: what the plan expects without its margin, what llama.cpp
reports of its own buffers, and the peak of the engine's process after a whole batch of a prompt
was read.  Within 3 % or 100 MiB, and never more than 1 % too little, is right; the exit code says
whether all are.  Files with the true shape of published models: ``packaging/true_shape.py``.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from dataclasses import dataclass
from pathlib import Path

from runtimes import registry
from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.machine import probe_machine
from runtimes.memory import expected_use
from runtimes.types import (
    FileSource,
    Fit,
    GenerationParams,
    KvType,
    LoadOptions,
    MemoryPlan,
    MemoryReport,
    Message,
    ModelSpec,
    Role,
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

    @property
    def expected(self) -> int:
        """Bytes that the plan expects, on the host and on accelerators."""
        return sum(expected_use(self.plan))

    @property
    def used(self) -> int:
        """Bytes that were used: the peak of the process, and the buffers on accelerators."""
        return self.report.host_peak + self.report.device_bytes

    @property
    def right(self) -> bool:
        """Near enough, and not too little."""
        off = self.expected - self.used
        near = abs(off) <= max(SLACK, TOO_MUCH * self.used)
        return near and off >= -TOO_LITTLE * self.used

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
        cells += [f"{100 * off / self.used:+.2f} %", "yes" if self.right else "NO"]
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
    "right",
)


def measure(path: Path, wish: Wish, words: int) -> Row:
    """Plan, load, read a prompt of about so many tokens, and look."""
    spec = ModelSpec(
        id=path.stem, title=path.stem, runtime="llamacpp", source=FileSource(str(path))
    )
    runtime = registry.runtime("llamacpp")
    plan = runtime.plan(spec, probe_machine(), wish)
    if plan.fit is Fit.NO:
        raise SystemExit(f"{path} does not fit here with {wish}")
    cancel = Cancel()
    model = runtime.load(spec, plan, LoadOptions(), lambda _: None, cancel)
    try:
        prompt = Message(Role.USER, " ".join(f"word {n}" for n in range(words)))
        params = GenerationParams(max_tokens=2, temperature=0.0)
        for _ in model.stream([prompt], params, cancel):
            pass
        report = model.memory()
    finally:
        model.close()
    assert report is not None
    return Row(path.name, plan, report)


def main() -> int:
    """Print the table; 0 where every row is right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--contexts", default="2048,8192,32768")
    parser.add_argument("--kv", default="f16,q8_0,q4_0")
    parser.add_argument("--words", type=int, default=160, help="words of the prompt")
    asked = parser.parse_args()
    contexts = [int(n) for n in asked.contexts.split(",")]
    kinds = [KvType(kind) for kind in asked.kv.split(",")]
    print("sizes in MiB; the plan without its margin")
    print("| " + " | ".join(HEAD) + " |\n|" + " --- |" * len(HEAD))
    right = True
    for path, context, kind in itertools.product(asked.files, contexts, kinds):
        try:
            row = measure(path, Wish(context=context, kv_type=kind), asked.words)
        except RuntimeFailure as failure:
            raise SystemExit(f"{path}: {failure}") from failure
        right = right and row.right
        print(row.line(), flush=True)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
