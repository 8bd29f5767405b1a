"""How are the steps of model solutions marked, beside the labels that people gave them?

    python tests/bench/step_marks.py FOLDER [--show N]

Reads ``worked_solutions.jsonl`` and ``worked_solutions_hard.jsonl`` of the development data.  A
label names the first step that is wrong, mostly because the wrong thing was calculated: its
formula is true all the same.  Counts the marks on labelled steps, refutations before them, and
how many lines with something to check were decided.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

from assistant.maths.pool import Limits, Pool
from assistant.maths.types import Proved, Work, WorkReport, verdict_word

SETS = ("worked_solutions", "worked_solutions_hard")


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    for name in SETS:
        labelled: collections.Counter[str] = collections.Counter()
        claims: collections.Counter[str] = collections.Counter()
        early: list[str] = []
        proved: list[str] = []
        with Pool(Limits(20.0)) as pool:
            for line in (options.folder / f"{name}.jsonl").read_text("utf-8").splitlines():
                row = json.loads(line)
                report = pool.run("check", Work(row["problem"], tuple(row["steps"])))
                assert isinstance(report, WorkReport)
                label = row["first_wrong_step"]
                for number, mark in enumerate(report.marks):
                    word = verdict_word(mark.verdict)
                    claims[word] += bool(mark.claims)
                    if number == label:
                        labelled[word] += 1
                        if isinstance(mark.verdict, Proved):
                            proved.append(f"{mark.verdict.method}: {row['steps'][number][:100]}")
                    elif word == "refuted" and (label is None or number < label):
                        early.append(row["id"])
        total = sum(claims.values())
        print(f"{name}: labelled wrong {dict(labelled)}, refuted before the label {len(early)}")
        print(f"  decided {1 - claims['undecided'] / total:.1%} of {total}: {dict(claims)}")
        for text in proved[: options.show]:
            print(f"  proved by {text}")


if __name__ == "__main__":
    main()
