"""What do the checks cost the model that is writing?

    python tests/bench/checking_cost.py FILE.gguf [--rounds 5] [--threads N] [--words 12]

The model decodes through its own process as ever; with every so many tokens (a line of worked
mathematics is about a dozen) one line of a worked solution goes to the checker, as in a turn.
Rounds with and without checks take turns; the ratio of their tokens per second is the median of
the rounds.  Also printed: how long a line waited for its mark while the model was writing.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time

from assistant.events import SpokenStep
from assistant.maths.pool import Limits, Pool
from assistant.session.checks import StepChecks
from runtimes import registry
from runtimes.base import Cancel, Model
from runtimes.catalog import load_catalog
from runtimes.machine import probe_machine
from runtimes.types import (
    GenerationParams,
    LoadOptions,
    Message,
    ReasoningDelta,
    Role,
    TextDelta,
    Wish,
)

TOKENS = 160
LINES = (
    "3(x - 2) + 5 = 2x + 7", "3x - 6 + 5 = 2x + 7", "3x - 1 = 2x + 7", "x = 8",
    "So 3*60 = 180 video games were sold.", "Then 180 / 2 = 90 are left.",
    "x^2 - 5x + 6 = 0", "(x - 2)(x - 3) = 0", "x = 2 or x = 3",
    "$\\frac{1}{2} + \\frac{1}{3} = \\frac{5}{6}$", "因此 2x = 10，x = 5",
    "$\\int_0^1 x^2 dx = \\frac{1}{3}$",
)  # fmt: skip


def write(model: Model, checks: StepChecks | None, words: int) -> tuple[float, list[float]]:
    """Tokens per second of one answer, and the seconds that each line waited for its mark."""
    lines = itertools.cycle(LINES)
    sent: list[float] = []
    waited: list[float] = []
    params = GenerationParams(max_tokens=TOKENS, temperature=0.0)
    begun, count = 0.0, 0
    for event in model.stream((Message(Role.USER, "Go on."),), params, Cancel()):
        if not isinstance(event, TextDelta | ReasoningDelta):
            continue
        begun = begun or time.monotonic()
        count += 1
        if checks is not None and count % words == 0:
            step = SpokenStep(len(sent), next(lines), 0, 0)
            sent.append(time.monotonic())
            checks.submit(step)
        ready = checks.ready() if checks is not None else []
        waited += [time.monotonic() - sent[checked.index] for checked in ready]
    return (count - 1) / (time.monotonic() - begun), waited


def main() -> None:
    """Measure, round by round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--words", type=int, default=12)
    options = parser.parse_args()
    spec = load_catalog().find(f"file:{options.file}")
    runtime = registry.runtime(spec.runtime)
    plan = runtime.plan(spec, probe_machine(), Wish(context=2048))
    loaded = LoadOptions(threads=options.threads)
    model = runtime.load(spec, plan, loaded, lambda _p: None, Cancel())
    ratios, speeds, waits = [], [], []
    with Pool(Limits()) as pool:
        pool.run("open", "")
        write(model, None, options.words)
        for _ in range(options.rounds):
            alone, _none = write(model, None, options.words)
            checks = StepChecks(pool, "")
            together, waited = write(model, checks, options.words)
            checks.close()
            ratios.append(together / alone)
            speeds.append(alone)
            waits += waited
    model.close()
    speed, ratio = statistics.median(speeds), statistics.median(ratios)
    print(f"tokens/s alone {speed:.1f}, with checks x {ratio:.3f}")
    if len(waits) > 1:
        p95 = statistics.quantiles(waits, n=20)[-1]
        print(f"mark after {statistics.median(waits) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")


if __name__ == "__main__":
    main()
