"""The words in ``Request.topic``: reading writes them, methods match on them.

Each is documented here, once, with its operands in order.  ``order``, ``words``,
``variables`` and ``domain`` are fields of ``Request``.
"""

from __future__ import annotations

from typing import Final

# MATRIX: operands are matrices (``t.Matrix``) ------------------------------------------
DETERMINANT: Final = "determinant"  # M
INVERSE: Final = "inverse"  # M
TRANSPOSE: Final = "transpose"  # M
TRACE: Final = "trace"  # M
RANK: Final = "rank"  # M
RREF: Final = "rref"  # M; the reduced row echelon form
EIGENVALUES: Final = "eigenvalues"  # M
EIGENVECTORS: Final = "eigenvectors"  # M
CHARACTERISTIC: Final = "characteristic_polynomial"  # M; variables: its unknown, or none
NULL_SPACE: Final = "null_space"  # M: a basis of the vectors that it sends to 0
COLUMN_SPACE: Final = "column_space"  # M: a basis
DIAGONALIZE: Final = "diagonalize"  # M: the pair (P, D) with M = P D P^(-1)
ADJUGATE: Final = "adjugate"  # M; the classical adjoint
MATRIX_VALUE: Final = "matrix_value"  # an expression in matrices: sums, products, powers
DOT: Final = "dot"  # u, v (lists, tuples or columns)
CROSS: Final = "cross"  # u, v
NORM: Final = "norm"  # v; its length
UNIT_VECTOR: Final = "unit_vector"  # v: the vector of length 1 in its direction
PROJECTION: Final = "projection"  # u, v: the part of u along v
COMBINATION: Final = "combination"  # a vector whose components are sums still to be worked out
ANGLE_BETWEEN: Final = "angle_between"  # u, v

# STATISTICS: operand 0 is a list of the data, ``t.Collection(LIST)`` ---------------------
MEAN: Final = "mean"
MEDIAN: Final = "median"
MODE: Final = "mode"
QUARTILES: Final = "quartiles"
INTERQUARTILE: Final = "interquartile"  # third minus first quartile
SPREAD: Final = "spread"  # the difference of largest and smallest ("range" of data)
VARIANCE: Final = "variance"  # of the population; SAMPLE_VARIANCE where "sample" is said
SAMPLE_VARIANCE: Final = "sample_variance"
STANDARD_DEVIATION: Final = "standard_deviation"
SAMPLE_DEVIATION: Final = "sample_standard_deviation"
REGRESSION: Final = "regression"  # a list of points (tuples), or the two lists x and y
CORRELATION: Final = "correlation"  # as REGRESSION

# FUNCTION: operand 0 is the expression; variables: its variable --------------------------
DOMAIN: Final = "domain"
RANGE: Final = "range"
INVERSE_FUNCTION: Final = "inverse_function"
ASYMPTOTES: Final = "asymptotes"
EXTREMA: Final = "extrema"  # both kinds; ``domain`` may be an interval
MAXIMUM: Final = "maximum"  # the largest value; ``domain`` may be an interval
MINIMUM: Final = "minimum"
CRITICAL_POINTS: Final = "critical_points"
INFLECTION: Final = "inflection"
MONOTONICITY: Final = "monotonicity"
CONVEXITY: Final = "convexity"
INTERCEPTS: Final = "intercepts"
ZEROS: Final = "zeros"
PARITY: Final = "parity"  # even, odd or neither
PERIOD: Final = "period"
PARAMETRIC: Final = "parametric"  # DIFFERENTIATE: x and y in the parameter, the variable
TANGENTS_THROUGH: Final = "tangents_through"  # the right side of y = …, a point
TANGENT: Final = "tangent"  # expression (or equation of a curve), x of the point
NORMAL: Final = "normal"  # the same
AREA_BETWEEN: Final = "area_between"  # two expressions [, low, high]
NORMAL_CHANCE: Final = "normal_chance"  # INTEGRATE: the density of a normal variable, low, high
VOLUME_X: Final = "volume_x"  # of a region turned about the x-axis: operands as for an area
# (curves x = … about the y-axis: the same with the letters exchanged)
VOLUME_Y: Final = "volume_y"
ARC_LENGTH: Final = "arc_length"  # expression, low, high
VERTEX: Final = "vertex"  # of a parabola
AXIS: Final = "axis"  # of symmetry of a parabola
SKETCH: Final = "sketch"

# GEOMETRY: points are ``t.Collection(TUPLE)`` ------------------------------------------
DISTANCE: Final = "distance"  # two points, or a point and the equation of a line
MIDPOINT: Final = "midpoint"  # two points
SLOPE: Final = "slope"  # two points, or the equation of a line
LINE: Final = "line"  # two points; or a point and a slope (a number)
PARALLEL: Final = "parallel"  # point, equation of the line to which it is parallel
PERPENDICULAR: Final = "perpendicular"  # point, equation of the line
BISECTOR: Final = "perpendicular_bisector"  # two points
CIRCLE: Final = "circle"  # centre and radius; or three points; or two points, words: "diameter", or
#   "through" (the first is the centre); or a centre and a line that it touches: its equation
INCLINATION: Final = (
    "inclination"  # two points, or the equation of a line: its angle with the x-axis
)
CONIC: Final = "conic"  # an equation; words: "foci", "center", "vertices", "ends" (all that are
#   on the axes), "directrix" or "asymptotes", then the kind that was named, or nothing
CIRCLE_PARTS: Final = "circle_parts"  # an equation: centre and radius are wanted
TRIANGLE: Final = "triangle"  # known sides and angles; words: their names ("a", "B") in the
#   order of the operands; variables: what is wanted ("c", "A", "area", "perimeter")
POLYGON: Final = "polygon"  # corner points; the area is wanted
MEASURE_OF: Final = "measure_of"  # lengths; words: what is wanted ("area", "perimeter",
#   "volume", "surface"), the figure ("circle", "cone", …), then the names of the operands
#   in their order ("radius", "height", "side", …)
PYTHAGORAS: Final = "pythagoras"  # as TRIANGLE with a right angle at C: a, b, c

# NUMBER --------------------------------------------------------------------------------
GCD: Final = "gcd"  # two or more integers
LCM: Final = "lcm"
COMMON_DENOMINATOR: Final = "common_denominator"  # two or more rational numbers
REMAINDER: Final = "remainder"  # dividend, divisor (numbers or polynomials)
QUOTIENT: Final = "quotient"  # dividend, divisor (polynomials, or integers with remainder)
IS_FACTOR: Final = "is_factor"  # divisor, dividend: a truth is wanted
IS_PRIME: Final = "is_prime"  # n
IS_COMPOSITE: Final = "is_composite"  # n
IS_EVEN: Final = "is_even"
IS_ODD: Final = "is_odd"
PRIME_FACTORS: Final = "prime_factors"  # n: the different primes, ascending
FACTORIZATION: Final = "factorization"  # n: the product of prime powers
DIVISORS: Final = "divisors"  # n: all positive divisors
DIGIT: Final = "digit"  # n; order: 0 units, 1 tens, …
ROUND: Final = "round"  # x; order: decimals, negative for tens (-1), hundreds (-2), …
ROUND_SIGNIFICANT: Final = "round_significant"  # x; order: significant figures
NEAREST_ROOT: Final = "nearest_root"  # x, n: the n-th root of x to the nearest integer
SCIENTIFIC: Final = "scientific"  # x in scientific notation
TO_DECIMAL: Final = "to_decimal"  # x as a decimal
TO_FRACTION: Final = "to_fraction"  # x as a fraction
REPEATING: Final = "repeating"  # none; words: whole part, digits before the period, the period,
#   "-" or nothing: the repeating decimal as a fraction
TO_PERCENT: Final = "to_percent"  # x as a percentage
BASE: Final = "base"  # the value; words: base to be written in (decimal digits), and where
#   the number was given in a base: its digits and that base
BASE_SUM: Final = "base_sum"  # p, q (values); words: base, digits of p, "+" or "-", digits of q
PERMUTATIONS: Final = "permutations"  # n, k
COMBINATIONS: Final = "combinations"  # n, k
ARRANGEMENTS: Final = "arrangements"  # the count of letters; words: how often each occurs
INCREASE: Final = "increase"  # amount, rate (a percent): the amount after it
DECREASE: Final = "decrease"
CHANGE: Final = "change"  # from, to: the percentage change
SHARE: Final = "share"  # part, whole: what percentage
COEFFICIENT: Final = "coefficient"  # expression, form (``a*x + b``); variables: the name wanted
LEAST: Final = "least"  # congruences; variables: their letter; words: the smallest number that is
#   allowed: the least one that fulfils them
WHOLE_PAIRS: Final = (
    "whole_pairs"  # an equation; variables: its two unknowns; domain: whole numbers
)
RADIUS: Final = "radius"  # |a_n/a_(n+1)|, infinity; variables: n: the radius of convergence
MODULAR_INVERSE: Final = "modular_inverse"  # a whole number, the modulus
DISCRIMINANT: Final = "discriminant"  # a quadratic equation; variables: its unknown
SYMMETRIC: Final = "symmetric"  # an equation of degree two, an expression in its roots; words:
#   the letters of the roots
ROOT_SUM: Final = "root_sum"  # an equation; variables: its unknown: each root as often as it is one
ROOT_PRODUCT: Final = "root_product"  # the same
ROOT_CONDITION: Final = "root_condition"  # an equation; variables: its unknown, the parameter
#   wanted; words: "equal", "two", "none" or "real" roots, and "quadratic" where that is said
ALWAYS: Final = "always"  # an inequality; variables: its unknown, the parameter wanted; domain: of
#   the unknown; words: "all" of its values or "some", "quadratic" where that is said, "rising"
#   where the sides may not be the same on an interval, and "greatest" or "least" where only that
#   parameter is wanted
ROOT_COUNT: Final = "root_count"  # statements; domain: how many different real solutions

# COMPARE: words are the spellings of the operands, or the letters of the options ----------
BIGGEST: Final = "biggest"  # values; order: 1 for the biggest, 2 the second biggest, …
SMALLEST: Final = "smallest"
NEAREST: Final = "nearest"  # the target, then the values; words: of the values only
FARTHEST: Final = "farthest"
ASCENDING: Final = "ascending"  # values: the sorted list is wanted
DESCENDING: Final = "descending"
IS_TRUE: Final = "is_true"  # a relation between numbers: a truth is wanted
MATCH: Final = "match"  # a value, then the options; words: letters: the option equal to it
SETUP: Final = "setup"  # the equation of a story, then the options; words: their letters; the
#   option that says the same is wanted, or without options the equation itself
SELECT: Final = "select"  # statements that may hold; words: letters: the one that is true

# SUM -----------------------------------------------------------------------------------
CONVERGENCE: Final = "convergence"  # terms, low, infinity: whether the series converges

# SEQUENCE --------------------------------------------------------------------------------
NEXT: Final = "next"  # the terms: the next one is wanted
NTH: Final = "nth"  # the terms; variables: the index in the formula wanted
ARITHMETIC_TERM: Final = "arithmetic_term"  # first term, difference, n: the n-th term
ARITHMETIC_SUM: Final = "arithmetic_sum"  # first term, difference, n: the sum of n terms
GEOMETRIC_TERM: Final = "geometric_term"  # first term, ratio, n
GEOMETRIC_SUM: Final = "geometric_sum"  # first term, ratio, n (or infinity)
RECURRENCE: Final = "recurrence"  # the next term in p0, p1 (the terms before it) and n, then
#   the first terms; words: the letter of the sequence, the index wanted or "n"
PARTIAL_SUM: Final = "partial_sum"  # an equation in "sum" (of the first n terms), "term" (the
#   n-th) and n; words: the letter of the sequence, the index wanted or "n"

PROGRESSION: Final = "progression"  # values; words: what is wanted, "arithmetic" or
#   "geometric", then the names of the operands: "term:3", "sum:5", "step", "last", "count",
#   "general" (the n-th term), "sum:n", "infinite", "total" (the sum up to the last term)

# PROBABILITY -----------------------------------------------------------------------------
DRAW_COUNTS: Final = "draw_counts"  # counts wanted; words: letter a count, then "|", then the
#   contents of the bag as letter and count alternating
DRAW_SEQUENCE: Final = "draw_sequence"  # no operands; words: the letters in order, "|", the bag
OUTCOMES: Final = "outcomes"  # no operands; words: "with" or "without" (putting back), the
#   number of draws, the event (see reading.stories.events), "|", the labels of the things
BINOMIAL: Final = "binomial"  # n, p, low, high: the probability of low to high successes
DICE: Final = "dice"  # none; words: how many dice, then "sum", "product", "difference", "some",
#   "all" or "same", how it compares ("=", ">=", "multiple", …) and the number; several
#   events have "or" between them
DRAW_EVENT: Final = "draw_event"  # none; words: how many are drawn, "with" or "without" (they
#   are put back or not), "count" with low, high and the colours counted, or "same" with 1
#   (or 0: not all of one colour), or "each"; then "|" and the bag: colour, count, …

# MEASURE -----------------------------------------------------------------------------------
CONVERT: Final = "convert"  # the amount; words: unit given, unit wanted
TIME_AFTER: Final = "time_after"  # minutes; words: the time
TIME_BEFORE: Final = "time_before"
TIME_BETWEEN: Final = "time_between"  # none; words: the two times

# INTEGRATE ---------------------------------------------------------------------------------
REGION: Final = "region"  # a function, the inner bounds, the outer bounds; variables: the inner
#   letter, the outer one

# FACTOR, SIMPLIFY, SOLVE -------------------------------------------------------------------
COMPLETE_SQUARE: Final = "complete_square"  # SIMPLIFY: expression as a(x - h)^2 + k
PARTIAL_FRACTIONS: Final = "partial_fractions"  # SIMPLIFY: expression
RATIONALIZE: Final = "rationalize"  # SIMPLIFY: expression
CURVE: Final = "curve"  # SIMPLIFY: the right side of y = …, whose equation is wanted
AS_GIVEN: Final = "as_given"  # SIMPLIFY: before the values of its letters are put in
COLLECT: Final = "collect"  # SIMPLIFY: expression; like terms are to be collected
ALL_VALUES: Final = "all values"  # no topic, but among the words of PROVE: said to hold for all
POLAR: Final = "polar"  # EVALUATE: a complex number; words: "exponential" for r e^(iθ)
