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
    Task.SOLVE: (
        "linear.one_unknown",
        "equations.numeric_statement.statement_of_numbers",
        "equations.one_unknown.real_equation",
        "complex_equations.complex_equation",
        "inequalities.one_unknown",
        "systems.linear_system",
        "nonlinear_systems.nonlinear_system",
        "parameter_systems.linear_with_letters",
        "parameters.literal_equation",
        "parameter_inequalities.literal_inequality",
    ),
    Task.PROVE: (
        "equations.numeric_statement.statement_of_numbers",
        "expressions.identities.prove",
    ),
    Task.SIMPLIFY: (
        "expressions.division.partial_fractions",
        "expressions.division.complete_square",
        "expressions.methods.simplify",
    ),
    Task.EVALUATE: ("expressions.methods.evaluate",),
    Task.FACTOR: ("expressions.factoring.factor",),
    Task.EXPAND: ("expressions.methods.expand",),
    Task.FUNCTION: (
        "calculus.curves.tangent",
        "calculus.curves.study",
        "calculus.greatest.greatest",
        "integration.area.area_between",
        "functions.shape.shape",
        "functions.ranges.value_range",
        "functions.asymptotes.asymptotes",
        "functions.sketches.sketch",
    ),
    Task.SERIES: ("calculus.taylor.taylor",),
    Task.SUM: ("calculus.convergence.convergence", "calculus.sums.summation"),
    Task.PRODUCT: ("calculus.sums.product",),
    Task.LIMIT: (
        "calculus.riemann.limit_of_sum",
        "calculus.limits.limit",
        "calculus.limits.by_expansion",
    ),
    Task.DIFFERENTIATE: ("calculus.derivatives.differentiate", "calculus.implicit.implicit"),
    Task.INTEGRATE: (
        "integration.methods.indefinite",
        "integration.famous.famous",
        "integration.definite.definite",
        "integration.methods.by_computer_algebra",
        "integration.machine.definite_value",
    ),
    Task.GEOMETRY: ("coordinates.coordinates", "triangles.triangle", "figures.measure_of"),
    Task.STATISTICS: ("statistics.describe", "statistics.regression"),
    Task.MATRIX: (
        "linear_algebra.matrices.matrix_method",
        "linear_algebra.vectors.vector_method",
        "linear_algebra.vectors.matrix_value",
    ),
    Task.DSOLVE: (
        "odes.methods.separable",
        "odes.methods.linear",
        "odes.methods.bernoulli",
        "odes.methods.homogeneous",
        "odes.methods.exact",
        "odes.methods.combination",
        "odes.methods.shift",
        "odes.methods.riccati",
        "odes.methods.isobaric",
        "odes.methods.function_of_y",
        "odes.methods.clairaut",
        "odes.methods.factors",
        "odes.methods.lagrange",
        "odes.methods.constant_coefficients",
        "odes.methods.euler",
        "odes.methods.missing",
        "odes.methods.known_solution",
        "odes.methods.special_functions",
        "odes.methods.riccati_special",
    ),
    Task.NUMBER: (
        "expressions.division.divide_polynomials",
        "divisors.gcd",
        "divisors.lcm",
        "divisors.common_denominator",
        "divisors.remainder",
        "divisors.quotient",
        "divisors.is_factor",
        "divisors.parity",
        "divisors.primality",
        "divisors.prime_factors",
        "divisors.divisors",
        "number_questions.digit",
        "number_questions.round_number",
        "number_questions.nearest_root",
        "number_questions.scientific",
        "number_questions.rewritten",
        "number_questions.base",
        "number_questions.base_sum",
        "percentages.percentage",
        "percentages.counting",
        "counting.arrangements",
        "coefficients.named",
    ),
    Task.COMPARE: (
        "compare.rank",
        "compare.nearest",
        "compare.is_true",
        "compare.match",
        "compare.select",
        "setups.setup",
    ),
    Task.SEQUENCE: (
        "sequence.next_term",
        "sequence.nth_term",
        "sequence.progression",
        "progressions.progression_parts",
        "recurrences.recurrence",
    ),
    Task.MEASURE: ("measure.convert", "measure.shift", "measure.between"),
    Task.PROBABILITY: (
        "probability.draw_sequence",
        "probability.draw_counts",
        "draw_events.outcomes",
        "counting.binomial",
        "outcomes.dice",
        "outcomes.bag",
    ),
}
"""``module.function`` within this package."""


def methods(task: Task) -> Iterator[Method]:
    """The methods of a task, loaded one after the other as they are asked for."""
    for name in METHODS.get(task, ()):
        module, function = name.rsplit(".", 1)
        yield cast("Method", getattr(import_module(f"{__package__}.{module}"), function))
