"""A sum of parts none of which is negative is 0 only where each part is.

``sqrt(x - 1) + |y + 2| = 0``, ``x^2 + y^2 - 2x + 1 = 0``: squares are completed letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.logic.statements import Claim, all_of
from assistant.maths.checking.numerics.sampling import needs_complex
from assistant.maths.types import Verdict

ZERO = t.integer(0)


class _Open(Exception):  # noqa: N818 - a state, not an error
    """A part whose sign is not plain."""


def by_zero_sums(claim: Claim) -> Verdict | None:
    """The statement with each such equation in its parts instead."""
    from assistant.maths.checking.logic.links import check_link
    from assistant.maths.types import Link

    parts = claim.before.args if isinstance(claim.before, t.Junction) else (claim.before,)
    if isinstance(claim.before, t.Junction) and claim.before.op is not t.Connective.AND:
        return None
    split = [zero_parts(p) for p in parts]
    if len(claim.names) < 2 or not any(split):
        return None
    whole = all_of([s for p, found in zip(parts, split, strict=True) for s in found or (p,)])
    link = Link.EQUIVALENT if claim.both_ways else Link.IMPLIES
    return check_link(whole, claim.after, link, claim.names, claim.deadline, claim.given)


def zero_parts(statement: t.Expr) -> tuple[t.Expr, ...] | None:
    """The equations that together say the same; ``None`` for any other statement."""
    match statement:
        case t.Relation(t.Comparison.EQ, left, right):
            whole = left if right == ZERO else t.sub(left, right)
        case _:
            return None
    if needs_complex(whole):
        return None  # the square of what is not real may be negative
    try:
        inner = _completed(whole) or list(_parts(whole))
    except _Open:
        return None
    return tuple(t.equation(i, ZERO) for i in inner) if len(inner) > 1 else None


def _parts(expr: t.Expr) -> Iterator[t.Expr]:
    """What must be 0 in each part of a sum.  Raises ``_Open``."""
    match expr:
        case t.Add(terms):
            for term in terms:
                yield from _parts(term)
        case t.Mul((t.Number(value), *rest)) if value > 0 and rest:
            yield from _parts(rest[0] if len(rest) == 1 else t.Mul(tuple(rest)))
        case t.Div(top, t.Number(value)) if value > 0:
            yield from _parts(top)
        case t.Call("abs" | "sqrt", (inner,)):
            yield inner
        case t.Pow(base, t.Number(value)) if (
            value > 0 and value.denominator == 1 and value % 2 == 0
        ):
            yield base
        case _:
            raise _Open


def _completed(expr: t.Expr) -> list[t.Expr]:
    """The squares of ``a x^2 + b x + …`` for each letter, where nothing is left over."""
    squares: dict[str, list[Fraction]] = {}
    try:
        rest = _collect(expr, Fraction(1), squares)
    except _Open:
        return []
    for linear, square in squares.values():
        if square <= 0:
            return []
        rest -= linear**2 / (4 * square)
    if rest:
        return []
    return [
        t.add(t.Symbol(name), t.rational(linear / (2 * square)))
        for name, (linear, square) in squares.items()
    ]


def _collect(expr: t.Expr, factor: Fraction, squares: dict[str, list[Fraction]]) -> Fraction:
    """The constant; the coefficients of ``x`` and ``x^2`` are added.  Raises ``_Open``."""
    match expr:
        case t.Number(value):
            return factor * value
        case t.Add(terms):
            return sum((_collect(a, factor, squares) for a in terms), Fraction(0))
        case t.Neg(arg):
            return _collect(arg, -factor, squares)
        case t.Mul((t.Number(value), rest)):
            return _collect(rest, factor * value, squares)
        case t.Symbol(name):
            squares.setdefault(name, [Fraction(0), Fraction(0)])[0] += factor
            return Fraction(0)
        case t.Pow(t.Symbol(name), t.Number(value)) if value == 2:
            squares.setdefault(name, [Fraction(0), Fraction(0)])[1] += factor
            return Fraction(0)
    raise _Open
