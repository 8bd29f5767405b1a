"""Statements about numbers alone: ``sqrt(9 + 7) = 9 - 5`` is true, ``ln(1/2) >= 0`` is not."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.statements import Claim, word
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.checking.numerics.sampling import needs_complex
from assistant.maths.types import Proved, Refuted, Verdict

WEAK = (t.Comparison.EQ, t.Comparison.LE, t.Comparison.GE)
"""Signs that hold between equal numbers."""


def by_constants(claim: Claim) -> Verdict | None:
    """Both statements without a letter: their truths are compared."""
    if t.symbols(claim.before) or t.symbols(claim.after) or claim.given:
        return None
    one = truth(claim.before, claim.deadline)
    other = truth(claim.after, claim.deadline)
    if one is None or other is None:
        return None
    if one != other and (one or claim.both_ways):
        return Refuted("", word(one), word(other))
    return Proved("calculation")


def truth(statement: t.Expr, deadline: Deadline) -> bool | None:
    """Whether a statement about numbers holds; ``None`` where that is not known."""
    match statement:
        case t.Truth(value):
            return value
        case t.Junction(op, args):
            parts = [truth(a, deadline) for a in args]
            if op is t.Connective.AND:
                return False if False in parts else None if None in parts else True
            return True if True in parts else None if None in parts else False
        case t.Relation():
            return _relation(statement, deadline)
    return None


def _relation(relation: t.Relation, deadline: Deadline) -> bool | None:
    try:
        return exact_holds(relation, complex_values=needs_complex(relation))
    except NoValue:
        pass
    verdict = check_equal(relation.left, relation.right, (), deadline)
    if isinstance(verdict, Proved):
        return relation.op in WEAK
    if isinstance(verdict, Refuted) and relation.op in (t.Comparison.EQ, t.Comparison.NE):
        return relation.op is t.Comparison.NE
    return None
