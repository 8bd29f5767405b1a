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
        "equations.congruences.congruence",
        "equations.counting_equations.counting_equation",
        "equations.linear.one_unknown",
        "equations.numeric_statement.statement_of_numbers",
        "equations.one_unknown.real_equation",
        "equations.complex_equations.complex_equation",
        "equations.complex_powers.roots_of_number",
        "equations.inequalities.one_unknown",
        "equations.periodic_inequalities.repeated",
        "equations.whole_numbers.whole_solutions",
        "equations.common_solutions.common_solutions",
        "several_unknowns.systems.linear_system",
        "several_unknowns.zero_sums.zero_sum",
        "several_unknowns.nonlinear_systems.nonlinear_system",
        "several_unknowns.parameter_systems.linear_with_letters",
        "equations.parameters.literal_equation",
        "equations.parameter_inequalities.literal_inequality",
    ),
    Task.PROVE: (
        "numbers.whole_claims.remainders",
        "sequences.sum_identities.closed_form",
        "equations.numeric_statement.statement_of_numbers",
        "expressions.identities.prove",
        "numbers.whole_inequalities.inequality",
        "expressions.squares.prove_by_squares",
        "expressions.squares.prove_for_positive",
        "expressions.by_derivative.prove_by_derivative",
        "expressions.by_solving.prove_by_solving",
    ),
    Task.SIMPLIFY: (
        "expressions.division.partial_fractions",
        "expressions.division.complete_square",
        "expressions.bars.without_bars",
        "expressions.methods.simplify",
    ),
    Task.EVALUATE: (
        "functions.sets.set_value",
        "expressions.polar.polar",
        "expressions.methods.evaluate",
    ),
    Task.FACTOR: ("expressions.factoring.factor",),
    Task.EXPAND: ("expressions.methods.expand",),
    Task.FUNCTION: (
        "calculus.curves.tangent",
        "calculus.tangents.implicit_tangent",
        "calculus.tangents.tangents_through",
        "calculus.curves.study",
        "calculus.greatest.greatest",
        "integration.area.area_between",
        "integration.volume.volume",
        "integration.length.arc_length",
        "functions.shape.shape",
        "functions.ranges.value_range",
        "calculus.extreme_values.extreme_value",
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
    Task.DIFFERENTIATE: (
        "calculus.parametric.parametric",
        "calculus.derivatives.differentiate",
        "calculus.implicit.implicit",
    ),
    Task.INTEGRATE: (
        "chance.normal.normal_chance",
        "integration.region.region",
        "integration.methods.indefinite",
        "integration.iterated.iterated",
        "integration.famous.famous",
        "integration.definite.definite",
        "integration.methods.by_computer_algebra",
        "integration.machine.definite_value",
    ),
    Task.GEOMETRY: (
        "geometry.conics.conic_parts",
        "geometry.coordinates.coordinates",
        "geometry.triangles.triangle",
        "geometry.figures.measure_of",
    ),
    Task.STATISTICS: ("statistics.describe", "statistics.regression"),
    Task.MATRIX: (
        "linear_algebra.matrices.matrix_method",
        "linear_algebra.spaces.space_method",
        "linear_algebra.vectors.vector_method",
        "linear_algebra.vectors.matrix_value",
    ),
    Task.DSOLVE: (
        "odes.systems.linear_system",
        "odes.linear_systems.by_eigenvectors",
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
        "numbers.divisors.gcd",
        "numbers.divisors.lcm",
        "numbers.divisors.common_denominator",
        "numbers.divisors.remainder",
        "numbers.modular_inverse.modular_inverse",
        "equations.congruences.least",
        "numbers.whole_pairs.whole_pairs",
        "numbers.curved_pairs.curved_pairs",
        "calculus.power_series.radius",
        "numbers.divisors.quotient",
        "numbers.divisors.is_factor",
        "numbers.divisors.parity",
        "numbers.divisors.primality",
        "numbers.divisors.prime_factors",
        "numbers.divisors.divisors",
        "numbers.number_questions.digit",
        "numbers.number_questions.round_number",
        "numbers.number_questions.nearest_root",
        "numbers.number_questions.scientific",
        "numbers.number_questions.rewritten",
        "numbers.number_questions.base",
        "numbers.number_questions.base_sum",
        "numbers.percentages.percentage",
        "numbers.percentages.counting",
        "chance.counting.arrangements",
        "numbers.coefficients.named",
        "numbers.general_term.general_term",
        "numbers.repeating.as_fraction",
        "equations.root_questions.discriminant",
        "equations.root_questions.vieta",
        "equations.symmetric_roots.symmetric",
        "equations.root_questions.over_solutions",
        "equations.root_questions.count",
        "equations.root_conditions.root_condition",
    ),
    Task.COMPARE: (
        "numbers.compare.rank",
        "numbers.compare.nearest",
        "numbers.compare.is_true",
        "numbers.compare.match",
        "numbers.compare.select",
        "problems.setups.setup",
    ),
    Task.SEQUENCE: (
        "sequences.sequence.next_term",
        "sequences.sequence.nth_term",
        "sequences.sequence.progression",
        "sequences.progressions.progression_parts",
        "sequences.recurrences.recurrence",
        "sequences.partial_sums.from_sums",
    ),
    Task.MEASURE: ("numbers.measure.convert", "numbers.measure.shift", "numbers.measure.between"),
    Task.PROBABILITY: (
        "chance.probability.draw_sequence",
        "chance.probability.draw_counts",
        "chance.draw_events.outcomes",
        "chance.counting.binomial",
        "chance.outcomes.dice",
        "chance.outcomes.bag",
    ),
}
"""``module.function`` within this package."""


def methods(task: Task) -> Iterator[Method]:
    """The methods of a task, loaded one after the other as they are asked for."""
    for name in METHODS.get(task, ()):
        module, function = name.rsplit(".", 1)
        yield cast("Method", getattr(import_module(f"{__package__}.{module}"), function))
