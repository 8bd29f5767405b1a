"""Runs a development set through the product and grades it.

A set's grader is the module ``grade_<set>`` beside this one, with
``grade(row, record) -> Grade``: it judges the batch record by its own means
(SymPy, numbers, the expected value), never by the product's checker.  A module whose
rows are not in the product's spelling has ``pose(row) -> row`` too.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.record import solution_record, trouble_record
from assistant.maths.types import Failure, Lang, Solution, Task, Trouble


class Grade(StrEnum):
    """What became of a problem."""

    RIGHT = "right"
    WRONG = "wrong"  # answered, and the answer is not the expected one
    NONE = "none"  # no answer, which is not wrong
    UNSURE = "unsure"  # the grader cannot tell


@dataclass(frozen=True)
class Outcome:
    row: dict[str, Any]
    record: dict[str, Any]
    grade: Grade
    seconds: float


def answer(pool: Pool, row: dict[str, Any]) -> dict[str, Any]:
    """The batch record for one row."""
    task = row.get("task")
    known = {t.value for t in Task}
    try:
        problem = read_problem(
            row["input"], Task(task) if task in known else None, row.get("variable") or ""
        )
    except ReadingError as wrong:
        return trouble_record(
            Trouble(Failure.UNREADABLE, wrong.message, wrong.at, wrong.suggestion), Lang.EN
        )
    result = pool.run("solve", problem)
    if isinstance(result, Solution):
        return solution_record(problem, result, Lang.EN)
    assert isinstance(result, Trouble), result
    return trouble_record(result, Lang.EN)


def run_set(
    name: str, rows: list[dict[str, Any]], *, jobs: int = 1, seconds: float = 10.0
) -> Iterator[Outcome]:
    """Every row's outcome, in order."""
    grade: Callable[[dict[str, Any], dict[str, Any]], Grade]
    grader = importlib.import_module(f"grade_{name}")
    grade = grader.grade
    pose: Callable[[dict[str, Any]], dict[str, Any]] = getattr(grader, "pose", dict)

    def one(raw: dict[str, Any]) -> Outcome:
        row = pose(raw)
        start = time.perf_counter()
        record = answer(pool, row)
        spent = time.perf_counter() - start
        return Outcome(row, record, grade(row, record), spent)

    with Pool(Limits(seconds=seconds), jobs) as pool, ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(one, rows)
