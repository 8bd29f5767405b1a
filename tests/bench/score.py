"""Scores development sets: ``python tests/bench/score.py equations limits --jobs 2``.

``--show wrong,none`` prints those rows; ``--only TEXT`` keeps rows whose id or input has
the text.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from data import rows
from scoring import run_set


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    for name in options.sets:
        chosen = [
            r for r in rows(name) if options.only in r["id"] or options.only in str(r["input"])
        ]
        grades: Counter[str] = Counter()
        verdicts: Counter[str] = Counter()
        times = []
        for out in run_set(
            name, chosen[: options.limit], jobs=options.jobs, seconds=options.seconds
        ):
            grades[out.grade.value] += 1
            verdicts[f"{out.grade.value}/{out.record['verdict']}"] += 1
            times.append(out.seconds)
            if out.grade.value in options.show.split(","):
                got = (out.record["answer"] or {}).get("text") or out.record["error"]
                print(
                    f"{out.grade.value}/{out.record['verdict']} {out.row['id']}"
                    f" {out.row['input']!r}"
                    f"\n    expected {out.row.get('expected')!r}\n    got      {got}"
                )
        print(
            f"{name}: {dict(grades)} of {sum(grades.values())}; {dict(verdicts)}; "
            f"median {1000 * statistics.median(times):.0f} ms"
        )


if __name__ == "__main__":
    main()
