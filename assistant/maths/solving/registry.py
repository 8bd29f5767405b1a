"""The methods for each task, in the order in which they are tried.

Named, not imported: a worker loads only the topics that it is asked about, so that a
linear equation does not wait for the integrals.  A test resolves every name.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from assistant.maths.solving.common import Method
from assistant.maths.types import Task

METHODS: dict[Task, tuple[str, ...]] = {
    Task.SOLVE: ("linear.one_unknown",),
    Task.DIFFERENTIATE: ("calculus.derivatives.differentiate", "calculus.implicit.implicit"),
    Task.DSOLVE: (
        "odes.first_order.separable",
        "odes.first_order.linear",
        "odes.first_order.bernoulli",
        "odes.first_order.homogeneous",
        "odes.first_order.exact",
        "odes.substitutions.combination",
        "odes.substitutions.shift",
        "odes.substitutions.riccati",
        "odes.substitutions.isobaric",
        "odes.substitutions.function_of_y",
        "odes.higher_degree.clairaut",
        "odes.higher_degree.factors",
        "odes.higher_degree.lagrange",
        "odes.second_order.constant_coefficients",
        "odes.second_order.euler",
        "odes.second_order.missing",
        "odes.second_order.known_solution",
    ),
}
"""``module.function`` within this package."""


def methods(task: Task) -> Iterator[Method]:
    """The methods of a task, loaded one after the other as they are asked for."""
    for name in METHODS.get(task, ()):
        module, function = name.rsplit(".", 1)
        yield cast("Method", getattr(import_module(f"{__package__}.{module}"), function))
