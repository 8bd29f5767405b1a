"""How long a step waits for its mark: ``python tests/bench/step_checks.py [SET …]``.

Each step of the worked sets is handed over as soon as the mark of the one before is there,
as a slow model would; the time runs until the mark can be drawn.  Then all are handed over
at once, for the checks a second.  Prints JSON; times in milliseconds.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from data import rows

from assistant.events import SpokenStep
from assistant.maths.pool import Limits, Pool
from assistant.maths.types import verdict_word
from assistant.session.checks import StepChecks
from runtimes.base import Cancel

SETS = ("worked_solutions", "worked_solutions_hard", "student_steps")


def answers(name: str, limit: int | None) -> Iterator[tuple[str, list[SpokenStep]]]:
    """Problems and the steps of an answer."""
    grader = importlib.import_module(f"grade_{name}")
    for row in rows(name)[:limit]:
        problem, steps = grader.pose(row)
        yield problem, [SpokenStep(n, text, 0, 0) for n, text in enumerate(steps)]


def measure(pool: Pool, name: str, limit: int | None) -> dict[str, object]:
    waits: list[float] = []
    words: Counter[str] = Counter()
    together, count = 0.0, 0
    for problem, steps in answers(name, limit):
        slow, fast = StepChecks(pool, problem), StepChecks(pool, problem)
        for step in steps:
            start = time.perf_counter()
            slow.submit(step)
            marks = list(slow.drain(Cancel(), 10.0))
            waits.append(1000 * (time.perf_counter() - start))
            words.update(verdict_word(m.mark.verdict) for m in marks)
        slow.close()
        start = time.perf_counter()
        for step in steps:
            fast.submit(step)
        count += len(list(fast.drain(Cancel(), 60.0)))
        together += time.perf_counter() - start
        fast.close()
    waits.sort()
    share = {f"p{p}": round(waits[len(waits) * p // 100], 1) for p in (50, 95, 99)}
    return {
        "set": name, "steps": count, **share, "most": round(waits[-1], 1),
        "checks_per_second": round(count / together), **words,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    with Pool(Limits(seconds=10)) as pool:
        pool.run("open", "")
        for name in options.sets or SETS:
            print(json.dumps(measure(pool, name, options.limit)), flush=True)


if __name__ == "__main__":
    main()
