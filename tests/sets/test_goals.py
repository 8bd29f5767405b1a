"""The development sets reach their goals, and no answer is wrong."""

from __future__ import annotations

from collections import Counter

import pytest
from data import rows
from goals import GOALS, Goal
from scoring import Grade, run_set


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("goal", GOALS, ids=lambda g: g.name)
@pytest.mark.xdist_group("goals")  # one after another, on one core: their limits are of the clock
def test_a_set_reaches_its_goal(goal: Goal) -> None:
    outcomes = list(run_set(goal.name, rows(goal.name)))
    wrong = [
        (o.row["id"], (o.record["answer"] or {}).get("text"))
        for o in outcomes
        if o.grade is Grade.WRONG and o.record["verdict"] in ("proved", "supported")
    ]
    assert wrong == []
    counts = Counter(o.grade for o in outcomes)
    assert counts[Grade.RIGHT] >= goal.share * len(outcomes)
