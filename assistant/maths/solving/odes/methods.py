"""The methods of the registry, each a technique with its name."""

from __future__ import annotations

from assistant.maths.solving.odes import (
    first_order,
    higher_degree,
    second_order,
    special,
    substitutions,
)
from assistant.maths.solving.odes.model import method

separable = method(first_order.separable, "separable")
linear = method(first_order.linear, "linear")
bernoulli = method(first_order.bernoulli, "bernoulli")
homogeneous = method(first_order.homogeneous, "homogeneous")
exact = method(first_order.exact, "exact")
combination = method(substitutions.combination, "linear substitution")
shift = method(substitutions.shift, "shift of the origin")
riccati = method(substitutions.riccati, "riccati")
isobaric = method(substitutions.isobaric, "y = u·x^k")
function_of_y = method(substitutions.function_of_y, "substitution")
clairaut = method(higher_degree.clairaut, "clairaut")
factors = method(higher_degree.factors, "factoring in y'")
lagrange = method(higher_degree.lagrange, "lagrange")
constant_coefficients = method(second_order.constant_coefficients, "characteristic equation")
euler = method(second_order.euler, "euler")
missing = method(second_order.missing, "lower order")
known_solution = method(second_order.known_solution, "reduction of order")
special_functions = method(special.special_functions, "special functions")
riccati_special = method(special.riccati_special, "riccati")
