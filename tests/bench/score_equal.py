"""Scores ``equal``: ``python tests/bench/score_equal.py answer_pairs stack_answers``.

``--show wrong,none`` prints those rows; ``--only TEXT`` keeps rows with the text.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from data import rows

from assistant.maths.checking.equal import equal_answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--show", default="")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    for name in options.sets:
        grader = importlib.import_module(f"grade_{name}")
        pair = getattr(grader, "pair", lambda row: (row["gold"], row["prediction"]))
        grades: Counter[str] = Counter()
        times = []
        for row in rows(name):
            if options.only not in str(row) or (chosen := pair(row)) is None:
                continue
            start = time.perf_counter()
            result = equal_answers(*chosen)
            times.append(time.perf_counter() - start)
            outcome = grader.grade(row, result)
            grades[outcome.value] += 1
            if outcome.value in options.show.split(","):
                gold, answer = (text[-70:] for text in chosen)
                print(f"{outcome.value} {row['id']} expected {row['expected']}, got {result}")
                print(f"    {gold!r} | {answer!r} {times[-1]:.2f}s")
        print(f"{name}: {dict(grades)}; median {1000 * statistics.median(times):.1f} ms")


if __name__ == "__main__":
    main()
