"""What a run in the sandbox costs over a bare ``python -c``: at most 60 ms.

Run by hand on a machine that is doing nothing else: ``python tests/bench/sandbox_overhead.py``.
Both are measured in turn, and the median of the differences counts, so that a machine whose
speed drifts deceives neither.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import examine
from assistant.coding.sandbox.types import Job, Language, NotRun, SourceFile
from assistant.coding.sandbox.view import interpreter

TURNS = 40
MOST_MS = 60.0


def main() -> int:
    """Print the figures; the result is 1 where the overhead is too large."""
    policy = examine()
    job = Job(language=Language.PYTHON, files=(SourceFile("x.py", "pass"),))
    bare, held = [], []
    for _ in range(TURNS):
        start = time.perf_counter()
        subprocess.run([interpreter(), "-c", "pass"], check=True)
        bare.append(time.perf_counter() - start)
        start = time.perf_counter()
        result = runner.run(job, policy)
        held.append(time.perf_counter() - start)
        assert not isinstance(result, NotRun), result
        assert result.succeeded
    over = statistics.median(h - b for h, b in zip(held, bare, strict=True)) * 1000
    print(f"held by: {', '.join(policy.layers)}")
    print(f"bare   {statistics.median(bare) * 1000:6.1f} ms (least {min(bare) * 1000:.1f})")
    print(f"held   {statistics.median(held) * 1000:6.1f} ms (least {min(held) * 1000:.1f})")
    print(f"over   {over:6.1f} ms (least {(min(held) - min(bare)) * 1000:.1f})")
    return 1 if over > MOST_MS else 0


if __name__ == "__main__":
    sys.exit(main())
