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
    Task.SOLVE: "tasks.answers.check_solve",
    Task.SIMPLIFY: "tasks.answers.check_value",
    Task.EXPAND: "tasks.answers.check_expand",
    Task.FACTOR: "tasks.answers.check_factor",
    Task.EVALUATE: "tasks.answers.check_value",
    Task.DIFFERENTIATE: "tasks.answers.check_derivative_answer",
    Task.PROVE: "tasks.answers.check_truth",
    Task.INTEGRATE: "tasks.integrals.check_integral",
    Task.LIMIT: "asymptotics.limits.check_limit",
    Task.SERIES: "tasks.sums.check_series",
    Task.SUM: "tasks.sums.check_sum",
    Task.PRODUCT: "tasks.sums.check_sum",
    Task.DSOLVE: "tasks.odes.check_ode",
    Task.MATRIX: "tasks.matrices.check_matrix",
    Task.STATISTICS: "tasks.statistics.check_statistics",
    Task.FUNCTION: "tasks.functions.check_function",
    Task.GEOMETRY: "tasks.geometry.check_geometry",
    Task.NUMBER: "tasks.numbers.check_number",
    Task.COMPARE: "tasks.comparisons.check_compare",
    Task.SEQUENCE: "tasks.questions.check_sequence",
    Task.PROBABILITY: "tasks.questions.check_probability",
    Task.MEASURE: "tasks.questions.check_measure",
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
