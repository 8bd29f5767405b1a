"""A statement beside those before it: each link that is asked for is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from assistant.maths import terms as t
from assistant.maths.checking.lines.marks import linked
from assistant.maths.checking.logic.statements import NO, all_of, split_signs
from assistant.maths.checking.logic.values import solutions, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.types import Link, Proved, Refuted, Verdict

BACK = 8
"""Statements that are taken together."""
SECONDS = 0.5
"""To try a value in them."""


class Compared:
    """``after`` beside the line ``before``, and beside what all lines before say together."""

    def __init__(self, before: t.Expr, after: t.Expr, sound: Sequence[t.Expr]) -> None:
        self.before, self.after = before, after
        self.ground = tuple(sound[-BACK:])
        """What was said and not refuted: what may be taken together."""
        self.names = unknowns(before, after)

    @cached_property
    def forward(self) -> Verdict:
        """Does it follow from the line before?"""
        return linked(self.before, self.after, Link.IMPLIES, self.names)

    @cached_property
    def together(self) -> t.Expr:
        """All of the ground as one statement."""
        return all_of(list(self.ground))

    @cached_property
    def both(self) -> t.Expr:
        """The line and the one before as one statement."""
        return all_of([self.before, self.after])

    @cached_property
    def all_names(self) -> tuple[str, ...]:
        """The letters of the ground, and of the statement."""
        return unknowns(self.together, self.after)

    @cached_property
    def joint(self) -> Verdict:
        """Does it follow from all of the ground?"""
        return linked(self.together, self.after, Link.IMPLIES, self.all_names)

    def excludes(self, witness: str) -> bool:
        """Whether a value, ``x = -2``, fails in an earlier line: then there is a reason to drop
        it, also where the lines between are not understood.  Of a mere range nothing is dropped
        so: the solutions of an earlier line are meant."""
        if is_range(self.before):
            return False
        try:
            values = solutions(read_formula(witness), self.names) or ()
        except ReadingError:
            return False
        deadline = Deadline(SECONDS)
        return any(
            isinstance(true_at(earlier, value, (), deadline), Refuted)
            for earlier in self.ground
            for value in values
            if set(t.symbols(earlier)) == {name for name, _ in value}
        )


def unknowns(*statements: t.Expr) -> tuple[str, ...]:
    """The letters of statements, each once."""
    return tuple(dict.fromkeys(n for s in statements for n in t.symbols(s)))


def impossible(statement: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether a statement has no solution."""
    return isinstance(linked(statement, NO, Link.EQUIVALENT, names), Proved)


def follows(one: t.Expr, other: t.Expr) -> bool:
    """Whether every solution of the one is one of the other."""
    return isinstance(linked(one, other, Link.IMPLIES, unknowns(one, other)), Proved)


def is_range(statement: t.Expr) -> bool:
    """Whether it is inequalities and nothing else: a range of values."""
    match statement:
        case t.Junction(_, parts):
            return all(map(is_range, parts))
        case t.Relation(op):
            return op not in (t.Comparison.EQ, t.Comparison.NE)
    return False


def is_solved_range(statement: t.Expr) -> bool:
    """Whether it is a range with the unknown alone beside numbers: ``x < 2 or x > 3``."""
    relations = [r for r in t.walk(statement) if isinstance(r, t.Relation)]
    sides = [side for r in relations for side in (r.left, r.right)]
    plain = all(isinstance(s, t.Symbol) or not t.symbols(s) for s in sides)
    return plain and is_range(statement)


def at_bounds(before: t.Expr, after: t.Expr) -> bool:
    """Whether equations tell where the sides of inequalities are equal: ``x = 2`` behind
    ``(x - 2)(x - 3) > 0`` is how its solution begins."""
    match after:
        case t.Junction(_, parts) if is_range(before) and _equates(after):
            return all(at_bounds(before, part) for part in parts)
    if not is_range(before) or not _equates(after):
        return False
    bounds = [t.equation(r.left, r.right) for r in t.walk(before) if isinstance(r, t.Relation)]
    return any(follows(after, bound) for bound in bounds)


def only_widens(after: t.Expr, ground: Sequence[t.Expr]) -> bool:
    """Whether a range that follows from ranges allows more than they do: ``1 < x < 6`` where
    ``1 < x < 4``.  One of two bounds, taken by itself, is no wider range."""
    if not ground or not is_range(after) or not all(map(is_range, ground)):
        return False
    known = [bound for statement in ground for bound in _bounds(statement)]
    return not all(any(_same(bound, one) for one in known) for bound in _bounds(after))


def swaps(before: t.Expr, after: t.Expr) -> bool:
    """Whether an equation loses a solution of the one before it and has another instead:
    ``(x - 3)(x - 2) = 0`` behind ``(x - 3)(x + 2) = 0``.  That it follows from earlier lines, by
    which the lost one had to be rejected anyway, does not make the step right."""
    names = unknowns(before, after)
    if len(names) != 1 or not (_equates(before) and _equates(after)):
        return False
    lost = linked(before, after, Link.IMPLIES, names)
    return isinstance(lost, Refuted) and not follows(after, before)


def _bounds(statement: t.Expr) -> tuple[t.Expr, ...]:
    """What a range says at once."""
    match statement:
        case t.Junction(t.Connective.AND, parts):
            return tuple(bound for part in parts for bound in _bounds(part))
    return (statement,)


def _same(one: t.Expr, other: t.Expr) -> bool:
    names = unknowns(one, other)
    return isinstance(linked(one, other, Link.EQUIVALENT, names), Proved)


def is_other_case(earlier: Sequence[t.Expr], one: t.Expr, other: t.Expr) -> bool:
    """Whether both are parts of what an earlier equation says: ``x = 0``, then ``x = 4``."""
    wholes = (
        whole
        for whole in dict.fromkeys(earlier)
        if whole != one and _equates(whole) and t.symbols(whole) == t.symbols(one)
    )
    parts = [split_signs(p) if isinstance(p, t.Relation) else p for p in (one, other)]
    return any(all(follows(part, whole) for part in parts) for whole in wholes)


def _equates(statement: t.Expr) -> bool:
    """Whether it is made of equations alone."""
    match statement:
        case t.Junction(_, parts):
            return all(map(_equates, parts))
        case t.Relation(op):
            return op is t.Comparison.EQ
    return False
