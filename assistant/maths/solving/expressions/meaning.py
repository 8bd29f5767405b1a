"""Where both sides of a statement have a value, in words."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.logic.domains import always, guards, implied
from assistant.maths.checking.logic.statements import as_statement
from assistant.maths.checking.tasks.defined import poles_apart
from assistant.maths.domains import hull
from assistant.maths.solving.expressions.methods import conditions, lost, told_once
from assistant.maths.solving.expressions.shape import normal
from assistant.maths.types import Text

ZERO = t.integer(0)
POSITIVE = t.Comparison.GT


def exceptions(expr: t.Expr) -> list[Text]:
    """What may not be zero in a formula, or only the values at which it would be."""
    apart = [e for e in poles_apart(expr) if isinstance(e, t.Relation) and e.right == ZERO]
    signed = {g.left for g in guards(expr) if isinstance(g, t.Relation) and g.op is POSITIVE}
    return conditions([normal(_core(e.left)) for e in apart if e.left not in signed], ZERO)


def _core(expr: t.Expr) -> t.Expr:
    """What is zero where the formula is: its absolute value and its root are."""
    match expr:
        case t.Call("abs" | "sqrt", (inner,)):
            return _core(inner)
    return expr


def powers(expr: t.Expr) -> list[t.Relation]:
    """What stands to a power with letters must be positive: else ``(a^m)^n = a^(m n)`` may fail,
    as it does for a = -1, m = 2, n = 1/2, where some see values on both sides."""
    bases = [n.base for n in t.walk(expr) if isinstance(n, t.Pow) and t.symbols(n.exp)]
    inner = [b.base if isinstance(b, t.Pow) else b for b in bases]
    needed = [t.Relation(POSITIVE, b, ZERO) for b in inner if t.symbols(b)]
    return [n for n in dict.fromkeys(needed) if not always(n)]


def least(needed: list[t.Relation]) -> list[t.Relation]:
    """The conditions without those that follow from the others."""
    for guard in tuple(dict.fromkeys(needed)):
        others = tuple(g for g in needed if g != guard)
        if implied(others, guard):
            needed = list(others)
    return list(dict.fromkeys(needed))


def where_defined(statement: t.Relation, domain: t.Expr | None = None) -> tuple[Text, ...]:
    """Where a statement has a meaning, as far as the domain does not say so already."""
    sides = t.Collection(t.Bracket.TUPLE, (statement.left, statement.right))
    needed = least([*lost(sides, t.Truth(value=True)), *powers(sides)])
    told = told_once(needed, exceptions(sides))
    return unsaid(tuple(told), statement, domain)


def unsaid(
    conditions: tuple[Text, ...], statement: t.Relation, domain: t.Expr | None
) -> tuple[Text, ...]:
    """The conditions that do not follow from the domain."""
    interval = hull(domain)
    within = None if interval is None else as_statement(interval, t.symbols(statement))
    if within is None:
        return conditions
    given = within.args if isinstance(within, t.Junction) else (within,)
    return tuple(
        c
        for c in conditions
        if not any(implied(given, r) for r in c.args if isinstance(r, t.Relation))
    )
