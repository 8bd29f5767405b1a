"""Prints the README's table of figures: ``python tests/bench/table.py [SET …]``."""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from data import rows
from goals import GOALS
from scoring import Grade, Outcome, run_set


def all_steps_shown(outcome: Outcome) -> bool:
    """Whether nothing was left to computer algebra, or nothing was to be done."""
    steps = outcome.record["steps"]
    if any("computer_algebra" in s["rule"] for s in steps):
        return False
    return bool(steps) or bare(outcome.record["answer"]["text"]) in bare(outcome.row["input"])


def bare(text: str) -> str:
    """The letters, digits and signs of a formula."""
    return "".join(c for c in text if c not in " *()")


def main() -> None:
    print("| set | rows | right | goal | wrong | proved | all steps | median |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for goal in (g for g in GOALS if g.name in sys.argv[1:] or not sys.argv[1:]):
        outcomes = list(run_set(goal.name, rows(goal.name), jobs=1))
        grades = Counter(o.grade for o in outcomes)
        right = [o for o in outcomes if o.grade is Grade.RIGHT]
        proved = sum(o.record["verdict"] == "proved" for o in right)
        steps = sum(map(all_steps_shown, right))
        n = len(outcomes)
        median = 1000 * statistics.median(o.seconds for o in outcomes)
        print(
            f"| {goal.what} | {n} | {grades[Grade.RIGHT] / n:.1%} | {goal.share:.0%} "
            f"| {grades[Grade.WRONG]} | {proved / n:.1%} | {steps / n:.1%} | {median:.0f} ms |",
            flush=True,
        )


if __name__ == "__main__":
    main()
