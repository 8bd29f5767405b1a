"""No teacher-level step that mathsteps shows is skipped."""

from __future__ import annotations

import pytest
from data import rows
from mathsteps_steps import compare
from scoring import answer

from assistant.maths.pool import Limits, Pool

LONG = 10


@pytest.mark.slow
@pytest.mark.data
def test_the_steps_are_those_of_mathsteps_at_least() -> None:
    compared = []
    with Pool(Limits(seconds=10), 1) as pool:
        for name in ("equations", "simplify", "factor"):
            with_steps = [r for r in rows(name) if r.get("mathsteps_head", {}).get("change_types")]
            compared += [compare(r, answer(pool, r)) for r in with_steps]
    fewer = [(c.row["input"], c.theirs, c.ours) for c in compared if c.ours < c.theirs]
    lacking = [(c.row["input"], c.missing) for c in compared if c.missing]
    print(f"{len(compared)} rows: fewer steps {fewer}, kinds missing {lacking}")
    assert len(lacking) <= len(compared) // 50
    assert len(fewer) <= len(compared) // 15
    assert not [c for c in compared if c.theirs >= LONG and c.ours < LONG]
