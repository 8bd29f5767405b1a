"""Scores ``check``: ``python tests/bench/score_check.py student_steps stack_reasoning``.

``--show wrong,none`` prints those rows with their marks; ``--only TEXT`` keeps rows with the
text.
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

from assistant.maths.checking.work import check_work
from assistant.maths.types import Doubt, Lang, Mark, Undecided, Work, verdict_word


def is_claim(step: str, mark: Mark) -> bool:
    """Whether a step could be checked: there was a claim in it, or it has a relation sign."""
    silent = isinstance(mark.verdict, Undecided) and mark.verdict.doubt is Doubt.NOT_A_CLAIM
    return not silent or any(sign in step for sign in "=<>≈≤≥")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--show", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    for name in options.sets:
        grader = importlib.import_module(f"grade_{name}")
        grades: Counter[str] = Counter()
        marks: Counter[str] = Counter()
        claims = 0
        times = []
        for row in rows(name)[: options.limit]:
            if options.only not in str(row):
                continue
            problem, steps = grader.pose(row)
            start = time.perf_counter()
            report = check_work(Work(problem, tuple(steps)))
            times.append(time.perf_counter() - start)
            grade = grader.grade(row, report)
            grades[grade] += 1
            marks.update(verdict_word(m.verdict) for m in report.marks)
            claims += sum(map(is_claim, steps, report.marks))
            if any(grade.startswith(g) for g in options.show.split(",") if g):
                print(f"{grade} {row['id']}: {problem[:90]!r} {times[-1]:.2f}s")
                for n, (step, mark) in enumerate(zip(steps, report.marks, strict=True)):
                    doubt = mark.verdict.doubt if isinstance(mark.verdict, Undecided) else ""
                    why = mark.why.template(Lang.EN).format(*mark.why.args)
                    print(f"  {n} {step[:160]!r} {verdict_word(mark.verdict)} {doubt} | {why}")
        decided = sum(marks.values()) - marks["undecided"]
        print(f"{name}: {dict(grades)}; marks {dict(marks)}; "
              f"{decided} of {claims} claims decided ({decided / claims:.1%}); median "
              f"{1000 * statistics.median(times):.0f} ms, most {max(times):.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
