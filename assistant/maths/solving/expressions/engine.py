"""Applies the rules to a line, one at a time, and keeps every line.

The rules are in tiers.  A rule of a later tier is used only where no rule of an earlier
one applies anywhere in the line; within a tier the innermost part of the line comes
first, as a pupil works from the inside of the brackets outwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value, sort_terms
from assistant.maths.solving.expressions import (
    angles,
    complex_numbers,
    expansion,
    fractions,
    functions,
    logs,
    numbers,
    powers,
    products,
    roots,
    sums,
    surds,
    trigonometry,
)
from assistant.maths.solving.expressions.shape import UNDEFINED, Context, Rewrite, normal, power
from assistant.maths.types import Step

RuleFunction = Callable[[t.Expr, Context], Rewrite | None]


@dataclass(frozen=True, slots=True)
class Tier:
    """Rules for whole products, and rules for every other part."""

    products: tuple[RuleFunction, ...]
    others: tuple[RuleFunction, ...]


FIRST = Tier(
    products=(
        products.double_minus,
        products.zero_factor,
        products.one_factor,
        numbers.reduce_fraction,
        numbers.multiply_numbers,
        complex_numbers.multiply_units,
        products.settle_signs,
        products.divide_by_fraction,
        products.same_base,
        surds.multiply_roots,
        logs.chain_rule,
        products.one_fraction,
        products.cancel_factors,
        products.cancel_numbers,
        trigonometry.cancel_ratio,
        powers.positive_exponents,
        products.arrange_factors,
    ),
    others=(
        numbers.written_numbers,
        powers.trivial_power,
        numbers.number_power,
        complex_numbers.unit_power,
        powers.power_of_power,
        roots.power_of_root,
        functions.even_power_of_absolute,
        powers.power_of_product,
        powers.number_root_power,
        functions.modular_power,
        functions.number_function,
        roots.number_root,
        surds.denest,
        roots.expression_root,
        complex_numbers.complex_function,
        functions.absolute_value,
        functions.odd_even,
        functions.special_angle,
        angles.reduction,
        functions.degrees_alone,
        functions.inverse_value,
        logs.log_value,
        logs.exp_of_log,
        powers.negative_exponent,
        sums.drop_zero,
        sums.add_all_numbers,
        sums.combine_like_terms,
        trigonometry.pythagoras,
    ),
)
SECOND = Tier(
    products=(
        expansion.conjugate_powers,
        trigonometry.double_in_fraction,
        powers.common_base,
        fractions.resolve_nested,
        fractions.cancel_polynomials,
        complex_numbers.divide,
        surds.rationalise,
    ),
    others=(
        logs.log_of_power,
        logs.combine,
        complex_numbers.euler,
        complex_numbers.de_moivre,
        surds.perfect_square_root,
    ),
)
ANGLES = Tier(products=(trigonometry.double_sine,), others=(trigonometry.double_cosine,))
THIRD = Tier(
    products=(expansion.minus_bracket, expansion.distribute),
    others=(expansion.expand_power,),
)
FOURTH = Tier(
    products=(expansion.break_up,),
    others=(fractions.add_fractions,),
)
SPLITTING = (Tier(products=(expansion.split_fraction,), others=()), FIRST)
"""For a fraction that nothing else simplifies."""
TIERS = (FIRST, SECOND, ANGLES, THIRD, FOURTH)
PROVING = (
    Tier(
        products=tuple(r for r in FIRST.products if r is not trigonometry.cancel_ratio),
        others=(*FIRST.others[:-1], angles.to_sine_and_cosine, angles.addition),
    ),
    SECOND,
    THIRD,
    FOURTH,
    Tier(products=(), others=(angles.sine_squared,)),
)
"""For identities: everything in sine and cosine of single angles."""
BOTH_SIDES = (
    FIRST,
    Tier(products=(*SECOND.products, trigonometry.halve_in_fraction), others=SECOND.others),
    ANGLES,
    THIRD,
    FOURTH,
)
"""For the sides of an identity, each by itself."""
EXPANDING = (FIRST, THIRD, FOURTH)

MAX_STEPS = 120
MAX_NODES = 4000


@dataclass(slots=True)
class Derivation:
    """Lines of one calculation, and what was divided by on the way."""

    line: t.Expr
    steps: list[Step] = field(default_factory=list)
    nonzero: list[t.Expr] = field(default_factory=list)


def derive(
    expr: t.Expr, context: Context, tiers: Sequence[Tier] = TIERS, limit: int = MAX_STEPS
) -> Derivation:
    """Rewrite until no rule applies, a line comes back, or the limit is reached."""
    result = Derivation(normal(expr))
    seen = {result.line}
    while len(result.steps) < limit:
        change = next_change(result.line, context, tiers)
        if change is None:
            break
        after, rewrite = change
        after = normal(after)
        if after in seen or sum(1 for _ in t.walk(after)) > MAX_NODES:
            break
        seen.add(after)
        result.steps.append(
            Step(
                rule=rewrite.rule,
                why=rewrite.why,
                before=result.line,
                after=after,
                given=rewrite.given,
                substeps=rewrite.substeps,
            )
        )
        result.nonzero += rewrite.nonzero
        result.line = after
    _arrange(result)
    return result


def _arrange(result: Derivation) -> None:
    """The terms of the last line in school order, within the last step."""
    if result.steps and isinstance(result.line, t.Add):
        last = result.steps[-1]
        ordered = t.Add(sort_terms(result.line.terms))
        if ordered not in (result.line, last.before):
            result.steps[-1] = replace(last, after=ordered)
            result.line = ordered


def next_change(
    line: t.Expr, context: Context, tiers: Sequence[Tier]
) -> tuple[t.Expr, Rewrite] | None:
    """The next whole line and the change that leads to it."""
    for tier in tiers:
        found = _search(line, tier, context, Place())
        if found is not None:
            after, rewrite = found
            if any(n == UNDEFINED for n in t.walk(after)):
                after = UNDEFINED
            return after, rewrite
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: under which parent, and whether it is part of a longer product.

    ``kept``: a factor of a fraction that should stay in factors.
    """

    parent: t.Expr | None = None
    in_product: bool = False
    top: bool = True
    kept: bool = False


def _search(
    node: t.Expr, tier: Tier, context: Context, place: Place
) -> tuple[t.Expr, Rewrite] | None:
    """The first rule that applies, innermost part first."""
    parts = t.children(node)
    for index, part in enumerate(parts):
        found = _search(part, tier, context, _place(node, index, place))
        if found is not None:
            changed = (*parts[:index], found[0], *parts[index + 1 :])
            return t.rebuild(node, changed), found[1]
    rewrite = _apply(node, tier, context, place)
    return None if rewrite is None else (rewrite.after, rewrite)


def _place(node: t.Expr, index: int, place: Place) -> Place:
    child = t.children(node)[index]
    if not isinstance(node, t.Neg | t.Mul | t.Div):
        return Place(node)
    chained = isinstance(child, t.Neg | t.Mul) or (
        isinstance(node, t.Neg) and place.top and isinstance(child, t.Div)
    )
    top = isinstance(node, t.Neg) and place.top
    below = isinstance(node, t.Div) and index == 1
    beside = isinstance(node, t.Div) and index == 0 and not _numeric(node.den)
    kept = place.kept or below or (beside and isinstance(child, t.Mul | t.Pow))
    return Place(node, chained, top, kept)


def _numeric(expr: t.Expr) -> bool:
    return not t.symbols(expr)


def _apply(node: t.Expr, tier: Tier, context: Context, place: Place) -> Rewrite | None:
    if isinstance(node, t.Number | t.Symbol | t.Constant):
        return None
    if isinstance(node, t.Neg | t.Mul | t.Div):
        if place.in_product or (tier is THIRD and place.kept):
            return None
        if _adds_directly(node, place.parent):
            return None
        rules = tier.products
    else:
        if tier is THIRD and place.kept and t.symbols(node):
            return None
        rules = tier.others
    for rule in rules:
        if _left_to_parent(rule, node, place.parent):
            continue
        rewrite = rule(node, context)
        if rewrite is not None and rewrite.after != node:
            return _settled(node, rewrite, context) if rewrite.settle else rewrite
    return None


def _settled(node: t.Expr, rewrite: Rewrite, context: Context) -> Rewrite:
    """The terms of a sum that was just multiplied out, worked out in the same step."""
    raw = normal(rewrite.after)
    total, sign = (raw.arg, True) if isinstance(raw, t.Neg) else (raw, False)
    bottom = total.den if isinstance(total, t.Div) else None
    inner = total.num if isinstance(total, t.Div) else total
    if not isinstance(inner, t.Add):
        return rewrite
    derivations = [derive(term, context, (FIRST,), 20) for term in inner.terms]
    after: t.Expr = normal(t.Add(tuple(d.line for d in derivations)))
    if bottom is not None:
        after = t.Div(after, bottom)
    if sign:
        after = t.Neg(after)
    if after == raw:
        return rewrite
    first = rewrite.substeps or (Step(rule=rewrite.rule, why=rewrite.why, before=node, after=raw),)
    steps = [*first, *[s for d in derivations for s in d.steps]]
    nonzero = (*rewrite.nonzero, *[e for d in derivations for e in d.nonzero])
    return replace(rewrite, after=after, substeps=tuple(steps), nonzero=nonzero)


def _left_to_parent(rule: RuleFunction, node: t.Expr, parent: t.Expr | None) -> bool:
    """``x^(-2)`` in a product and ``60°`` in ``sin(60°)``: the whole says what to do."""
    if rule is powers.negative_exponent:
        return isinstance(parent, t.Neg | t.Mul | t.Div | t.Pow)
    if rule is functions.degrees_alone:
        return isinstance(parent, t.Neg | t.Add | t.Mul) or (
            isinstance(parent, t.Call) and parent.name in functions.TRIG
        )
    if rule is numbers.number_power:
        return isinstance(parent, t.Call) and parent.name == "mod"
    if rule is powers.number_root_power and isinstance(parent, t.Mul | t.Div):
        return sum(power(f)[0] == power(node)[0] for f in t.children(parent)) > 1
    return False


def _adds_directly(node: t.Expr, parent: t.Expr | None) -> bool:
    """``9/18`` in ``9/18 - 5/18``: fractions of one denominator are added as they stand."""
    if not isinstance(parent, t.Add):
        return False
    bottoms = {_denominator(p) for p in parent.terms}
    return None not in bottoms and len(bottoms) == 1 and rational_value(node) is not None


def _denominator(term: t.Expr) -> t.Expr | None:
    inner = term.arg if isinstance(term, t.Neg) else term
    match inner:
        case t.Div(t.Number() as num, t.Number() as den) if (
            num.decimals is None and den.decimals is None and den.value > 0
        ):
            return den
        case _:
            return None
