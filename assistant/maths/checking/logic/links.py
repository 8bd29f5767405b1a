"""The verdict on a link between two statements: one way after the other, exact ones first."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.logic import (
    convexity,
    determinants,
    kernels,
    logarithms,
    mixed_families,
    monotony,
    moves,
    periodic,
    polynomials,
    reduction,
    rescaling,
    rising,
    shifting,
    systems,
    towers,
    turns,
    values,
    zero_sums,
)
from assistant.maths.checking.logic.statements import Claim, as_statement, by_cells
from assistant.maths.checking.numerics import constants, scanning
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.exponents import Hidden, settled
from assistant.maths.checking.tasks.congruences import are_congruences, check_congruences
from assistant.maths.types import Doubt, Link, Proved, Refuted, Supported, Undecided, Verdict

ROUTES = (
    by_cells,
    zero_sums.by_zero_sums,
    constants.by_constants,
    periodic.by_periods,
    turns.by_turns,
    mixed_families.by_products,
    systems.by_factors,
    determinants.by_determinants,
    systems.by_elimination,
    systems.by_quadratic_formula,
    values.by_refuting,
    values.by_counting,
    polynomials.by_real_roots,
    logarithms.by_logarithms,
    kernels.by_kernel,
    monotony.by_monotony,
    towers.by_tower,
    convexity.by_convexity,
    moves.by_domain,
    moves.by_definition,
    moves.by_plain_roots,
    moves.by_both_sides,
    reduction.by_exponentials,
    reduction.by_parts,
    reduction.by_solving,
    systems.by_ideals,
    values.by_complex_roots,
    rising.by_rise,
    shifting.by_shift,
    scanning.by_parameters,
    scanning.by_points,
    scanning.by_scanning,
)


def check_link(
    before: t.Expr, after: t.Expr, link: Link, names: tuple[str, ...], deadline: Deadline,
    given: tuple[t.Expr, ...] = (),
) -> Verdict:  # fmt: skip
    """The verdict on ``before`` => ``after`` (IMPLIES) or <=>.  Raises ``OutOfTime``."""
    try:
        before, after, given = unfolded(settled(before), settled(after), given)
    except Hidden:
        return Undecided(Doubt.NO_METHOD, "an exponent")
    rest = periodic.without_cut(before, after, names)
    if rest != (before, after):
        whole = check_link(*rest, link, names, deadline, given)
        # what is wrong outside of the interval refutes nothing
        return Undecided(Doubt.NO_METHOD) if isinstance(whole, Refuted) else whole
    before, after = rescaling.in_turns(before, after, names)
    if len(names) == 1 and are_congruences(before, names[0]):
        return check_congruences(before, after, names[0], both_ways=link is not Link.IMPLIES)
    if turns.has_arcs(after) or turns.has_arcs(before):
        return turns.check_arcs(before, after, names, deadline, link)
    if periodic.has_families(after) or periodic.has_families(before):
        return periodic.check_families(before, after, names, deadline)
    first, second = as_statement(before, names), as_statement(after, names)
    if first is None or second is None:
        return Undecided(Doubt.NO_METHOD, "not a statement")
    if first == second:
        return Proved("the same statement")
    claim = Claim(first, second, names, given, link is not Link.IMPLIES, deadline)
    best: Verdict | None = None
    for route in ROUTES:
        verdict = route(claim)
        if isinstance(verdict, Supported):
            best = verdict
        elif verdict is not None and not isinstance(verdict, Undecided):
            return verdict
        deadline.check()
    return best or Undecided(Doubt.NO_METHOD)


def unfolded(
    before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...]
) -> tuple[t.Expr, t.Expr, tuple[t.Expr, ...]]:
    """New letters that ``given`` defines (``u = x^2``) written out in the line after."""
    rest: list[t.Expr] = []
    for one in given:
        match one:
            case t.Relation(t.Comparison.EQ, t.Symbol(name), value) if name not in t.symbols(
                before
            ) and name not in t.symbols(value):
                after = t.substitute(after, name, value)
            case _:
                rest.append(one)
    return before, after, tuple(rest)
