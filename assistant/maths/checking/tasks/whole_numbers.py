"""Whole-number solutions: the real ones are proved, then each whole number is looked at.

The real solutions are those of the last line but one of the draft.  They are no evidence:
they are proved to be the solutions here, and then each whole number near them is put in.
"""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.logic.statements import as_statement, word
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import NoValue, evaluate
from assistant.maths.types import Doubt, Link, Proved, Refuted, Undecided, Verdict

MOST = 2000
"""So many whole numbers are looked at."""
INTEGERS = t.Constant(t.ConstantName.INTEGERS)
INFINITY = t.Constant(t.ConstantName.INFINITY)


def without_whole(domain: t.Expr | None) -> tuple[bool, t.Expr | None]:
    """Whether a domain has whole numbers only, and what it says besides."""
    match domain:
        case t.Call("intersection", (t.Interval() as interval, integers)) if integers == INTEGERS:
            return True, interval
    return (True, None) if domain == INTEGERS else (False, domain)


def check_whole(
    asked: t.Expr, reals: t.Expr, answer: t.Expr, name: str, deadline: Deadline
) -> Verdict:
    """``answer`` has exactly the whole numbers that solve ``asked``; ``reals`` are said to be all
    its real solutions."""
    verdict = check_link(asked, reals, Link.SOLUTION, (name,), deadline)
    if not isinstance(verdict, Proved):
        return verdict if not isinstance(verdict, Refuted) else Undecided(Doubt.NO_METHOD)
    if answer == t.Call("intersection", (reals, INTEGERS)) or (
        answer == INTEGERS and reals == t.Constant(t.ConstantName.REALS)
    ):
        return verdict
    statement = as_statement(reals, (name,))
    claimed = _listed(answer)
    ends = _ends(reals)
    if statement is None or claimed is None or ends is None:
        return Undecided(Doubt.NO_METHOD)
    if len(claimed) + sum(high - low for low, high in ends) > MOST:
        return Undecided(Doubt.NO_METHOD)
    near = sorted({n for low, high in ends for n in range(low, high + 1)} | claimed)
    try:
        for n in near:
            if exact_holds(statement, {name: Fraction(n)}) != (n in claimed):
                return Refuted(f"{name} = {n}", word(n not in claimed), word(n in claimed))
    except NoValue:
        return Undecided(Doubt.NO_METHOD)
    return verdict


def _listed(answer: t.Expr) -> set[int] | None:
    """The integers of a finite set of them."""
    if answer == t.Constant(t.ConstantName.EMPTY):
        return set()
    if not isinstance(answer, t.Collection):
        return None
    found: set[int] = set()
    for item in answer.items:
        sign, size = (-1, item.arg) if isinstance(item, t.Neg) else (1, item)
        if not isinstance(size, t.Number) or size.value.denominator != 1:
            return None
        found.add(sign * int(size.value))
    return found


def _ends(reals: t.Expr) -> list[tuple[int, int]] | None:
    """Whole numbers below and above each part of a bounded set."""
    if isinstance(reals, t.Call) and reals.name == "union":
        parts = [_ends(part) for part in reals.args]
        return None if None in parts else [e for p in parts if p is not None for e in p]
    match reals:
        case t.Constant(t.ConstantName.EMPTY):
            return []
        case t.Interval(low, high):
            pairs = [(low, high)]
        case t.Collection(t.Bracket.SET, items):
            pairs = [(item, item) for item in items]
        case _:
            return None
    if any(INFINITY in t.walk(end) for pair in pairs for end in pair):
        return None
    try:
        values = [(evaluate(a, {}), evaluate(b, {})) for a, b in pairs]
    except NoValue:
        return None
    return [(int(a) - 2, int(b) + 2) for a, b in values]
