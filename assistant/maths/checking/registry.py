"""The checks of answers for each task, named and loaded when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Task, Verdict

Check = Callable[[Request, Draft], Verdict]
"""Looks at what was asked and at the draft's answer; the steps are no evidence."""

CHECKS: dict[Task, str] = {
    Task.SOLVE: "answers.check_solve",
    Task.SIMPLIFY: "answers.check_value",
    Task.EXPAND: "answers.check_expand",
    Task.FACTOR: "answers.check_factor",
    Task.EVALUATE: "answers.check_value",
    Task.DIFFERENTIATE: "answers.check_derivative_answer",
    Task.PROVE: "answers.check_truth",
    Task.INTEGRATE: "integrals.check_integral",
    Task.LIMIT: "limits.check_limit",
    Task.SERIES: "sums.check_series",
    Task.SUM: "sums.check_sum",
    Task.PRODUCT: "sums.check_sum",
    Task.DSOLVE: "odes.check_ode",
    Task.MATRIX: "matrices.check_matrix",
    Task.STATISTICS: "statistics.check_statistics",
    Task.FUNCTION: "functions.check_function",
    Task.GEOMETRY: "geometry.check_geometry",
    Task.NUMBER: "numbers.check_number",
    Task.COMPARE: "comparisons.check_compare",
    Task.SEQUENCE: "questions.check_sequence",
    Task.PROBABILITY: "questions.check_probability",
    Task.MEASURE: "questions.check_measure",
}
"""``module.function`` within this package."""


def check_for(task: Task) -> Check | None:
    """The check of a task's answers, or ``None`` where there is none."""
    name = CHECKS.get(task)
    if name is None:
        return None
    module, function = name.rsplit(".", 1)
    if find_spec(f"{__package__}.{module}") is None:
        return None
    return cast("Check | None", getattr(import_module(f"{__package__}.{module}"), function, None))
