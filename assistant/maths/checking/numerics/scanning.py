"""Statements compared by numbers: at most supported, refuted by a point that is sure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.logic.cells import NotAlgebraic, truth_table
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.statements import Claim, show_cell, word
from assistant.maths.checking.logic.values import solutions, true_at
from assistant.maths.checking.numerics.numeric import (
    NotNumeric,
    NoValue,
    Unclear,
    Value,
    evaluate,
    holds,
    mpf,
    real,
)
from assistant.maths.checking.numerics.sampling import (
    free_symbols,
    needs_complex,
    points,
    satisfying,
    show_point,
    show_value,
)
from assistant.maths.types import Proved, Refuted, Supported, Verdict

GRID = tuple(
    sorted(
        {Fraction(2 * n + 1, 14) for n in range(-70, 70)}
        | {s * Fraction(11, 7) * Fraction(3, 2) ** n for n in range(-20, 12) for s in (1, -1)}
    )
)


def by_scanning(claim: Claim) -> Verdict | None:
    """One equation in one unknown and its values spelled out: each fulfils it, and no change
    of sign is met anywhere else."""
    spelled = solutions(claim.after, claim.names)
    before = claim.before
    if spelled is None or len(claim.names) != 1 or not claim.both_ways or claim.given:
        return None
    name = claim.names[0]
    if not isinstance(before, t.Relation) or set(t.symbols(before)) != {name}:
        return None
    if before.op is not t.Comparison.EQ or needs_complex(before, claim.after):
        return None
    try:
        for solution in spelled:
            verdict = true_at(before, solution, (), claim.deadline)
            if not isinstance(verdict, Proved | Supported):
                return None
        known = [float(mpf(evaluate(s[0][1], {}, bits=80))) for s in spelled]
    except (NoValue, TypeError):
        return None
    function = t.sub(before.left, before.right)
    if _ambiguous(function):
        return None
    for low, high in _crossings(function, name):
        claim.deadline.check()
        if any(float(low) - 1e-9 <= k <= float(high) + 1e-9 for k in known):
            continue
        if (root := _bisected(function, name, low, high)) is not None:
            return Refuted(f"{name} = {show_value(root)}", "true", "false")
    return Supported(len(GRID))


def _ambiguous(function: t.Expr) -> bool:
    """Whether a root is written as a broken power, of which schools differ whether it has a
    value for negative numbers."""
    return any(
        isinstance(n, t.Pow)
        and t.symbols(n.base)
        and isinstance(n.exp, t.Div)
        and isinstance(n.exp.den, t.Number)
        and n.exp.den.value % 2 == 1
        for n in t.walk(function)
    )


def _value_at(function: t.Expr, name: str, x: Fraction, bits: int = 80) -> Value | None:
    try:
        value = evaluate(function, {name: x}, bits=bits)
    except NoValue:
        return None
    return value if real(value) else None


def _crossings(function: t.Expr, name: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Neighbours of the grid between which the sign changes."""
    last: tuple[Fraction, Value] | None = None
    for x in GRID:
        value = _value_at(function, name, x)
        if last is not None and value is not None and (value > 0) != (last[1] > 0):
            yield last[0], x
        last = None if value is None else (x, value)


def _bisected(function: t.Expr, name: str, low: Fraction, high: Fraction) -> Fraction | None:
    """The place of a change of sign if the function goes through zero there: its values
    shrink with the interval, as they do not at a pole or a jump."""
    first = _value_at(function, name, low)
    if first is None:
        return None
    sizes = []
    for _ in range(90):
        middle = (low + high) / 2
        value = _value_at(function, name, middle, 200)
        if value is None:
            return None
        sizes.append(abs(float(mpf(value))))
        if (value > 0) == (first > 0):
            low = middle
        else:
            high = middle
    shrinking = sizes[-1] < 1e-15 and sizes[45] < 1e-8
    return low.limit_denominator(10**12) if shrinking else None


def _borders(statement: t.Expr, name: str) -> list[t.Expr]:
    """The constants with which a statement compares the unknown."""
    found = []
    for node in t.walk(statement):
        match node:
            case t.Relation(_, t.Symbol(symbol), value) if symbol == name:
                found.append(value)
            case t.Relation(_, value, t.Symbol(symbol)) if symbol == name:
                found.append(value)
    return [b for b in found if not t.symbols(b)]


def _close_points(claim: Claim, name: str) -> Iterator[dict[str, Value]]:
    for border in (*_borders(claim.before, name), *_borders(claim.after, name)):
        try:
            edge = evaluate(border, {}, bits=400)
        except NoValue:
            continue
        if not real(edge):
            continue
        with mp.workprec(400):
            for power, sign in itertools.product((1, 4, 9, 20, 40), (1, -1)):
                yield {name: mpf(edge) + sign * mp.mpf(10) ** -power}


def _turning_points(claim: Claim, name: str) -> Iterator[dict[str, Value]]:
    """A point between every two neighbours of the places where a relation may change."""
    found: set[Fraction] = set()
    for node in t.walk(t.Junction(t.Connective.AND, (claim.before, claim.after))):
        if isinstance(node, t.Relation):
            gap = t.sub(node.left, node.right)
            for low, high in _changes(gap, name):
                found.update(_narrowed(gap, name, low, high))
    for low, high in itertools.pairwise(sorted(found)):
        yield {name: (low + high) / 2}


def _kind(function: t.Expr, name: str, x: Fraction) -> int | None:
    value = _value_at(function, name, x)
    return None if value is None else int(value > 0) - int(value < 0)


def _changes(function: t.Expr, name: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Neighbours of the grid between which the sign changes, or the function ends."""
    kinds = [(x, _kind(function, name, x)) for x in GRID]
    for (low, first), (high, second) in itertools.pairwise(kinds):
        if first != second:
            yield low, high


def _narrowed(
    function: t.Expr, name: str, low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction]:
    """The same change within a much shorter interval."""
    first = _kind(function, name, low)
    for _ in range(30):
        middle = (low + high) / 2
        if _kind(function, name, middle) == first:
            low = middle
        else:
            high = middle
    return low, high


def by_points(claim: Claim) -> Verdict | None:
    """Truths of inequalities compared at many points, also hard by the borders; agreement
    counts only where both were true at some points and both false at some, and never for
    equations, which hold at points that nobody meets by chance."""
    both = t.Junction(t.Connective.AND, (claim.before, claim.after))
    names = free_symbols(both)
    meets = any(
        isinstance(n, t.Relation) and n.op in (t.Comparison.EQ, t.Comparison.NE)
        for n in t.walk(both)
    )
    seen = {True: 0, False: 0}
    complex_values = needs_complex(both)
    close: Iterator[dict[str, Value]] = iter(())
    if len(names) == 1:
        ways = (_close_points(claim, names[0]), _turning_points(claim, names[0]))
        close = itertools.chain(*ways)
    for point in itertools.chain(points(names, (both, *claim.given)), close):
        if not satisfying(claim.given, point, complex_values=complex_values):
            continue
        try:
            one = holds(claim.before, point, complex_values=complex_values, bits=300)
            other = holds(claim.after, point, complex_values=complex_values, bits=300)
        except NotNumeric:
            return None
        except NoValue:
            continue
        if one != other and (one or claim.both_ways):
            return Refuted(show_point(point), word(one), word(other))
        seen[one] += 1
    if min(seen.values()) < 2 or meets or not _same_edges(claim):
        return None
    return Supported(sum(seen.values()))


def _same_edges(claim: Claim) -> bool:
    """Whether the borders themselves, which no point meets, are treated alike."""
    sides = (claim.before, claim.after)
    name = claim.names[0] if len(claim.names) == 1 else ""
    borders = [b for side in sides for b in _borders(side, name)]
    if not borders:
        strict = [
            sorted(
                n.op in (t.Comparison.LT, t.Comparison.GT)
                for n in t.walk(side)
                if isinstance(n, t.Relation)
            )
            for side in sides
        ]
        return strict[0] == strict[1]
    for border in borders:
        truths = [_truth_at(t.substitute(side, name, border), claim) for side in sides]
        if None in truths or truths[0] != truths[1]:
            return False
    return True


def _truth_at(statement: t.Expr, claim: Claim) -> bool | None:
    """Whether a statement about numbers holds; equal as far as digits show is equal."""
    match statement:
        case t.Junction(op, args):
            parts = [_truth_at(a, claim) for a in args]
            if op is t.Connective.AND:
                return False if False in parts else None if None in parts else True
            return True if True in parts else None if None in parts else False
        case t.Relation(op, left, right):
            try:
                return holds(statement, {}, bits=300)
            except Unclear:
                same = check_equal(left, right, (), claim.deadline)
            except NoValue:
                return None
            if isinstance(same, Proved | Supported):
                return op in (t.Comparison.EQ, t.Comparison.LE, t.Comparison.GE)
    return None


PARAMETERS = tuple(
    Fraction(n, d)
    for n, d in (
        (3, 1),
        (7, 2),
        (-2, 1),
        (5, 3),
        (-9, 4),
        (11, 1),
        (-7, 5),
        (1, 3),
        (-1, 2),
        (-3, 5),
    )
)


def by_parameters(claim: Claim) -> Verdict | None:
    """One unknown with parameters: decided exactly for many values of these.

    Refuted where every choice for which anything solves the statement refutes it.
    """
    if len(claim.names) != 1 or not claim.both_ways:
        return None
    free = [
        n
        for n in dict.fromkeys(t.symbols(claim.before) + t.symbols(claim.after))
        if n not in claim.names
    ]
    if not free or len(free) > 4:
        return None
    refuted: list[Refuted] = []
    agreed = 0
    for start in range(len(PARAMETERS)):
        claim.deadline.check()
        chosen = {n: PARAMETERS[(start + 3 * k) % len(PARAMETERS)] for k, n in enumerate(free)}
        verdict, empty = _specialised(claim, chosen)
        if isinstance(verdict, Refuted):
            where = f"{show_point(chosen)}, {verdict.witness}"
            refuted.append(Refuted(where, verdict.left, verdict.right))
        elif isinstance(verdict, Proved) and not empty:
            agreed += 1
        if len(refuted) >= 3 and not agreed:
            break
    if len(refuted) >= 3 and not agreed:
        return refuted[0]
    if agreed < 4 or refuted or not _at_zeros(claim, free):
        return None
    return Supported(agreed)


def _at_zeros(claim: Claim, free: list[str]) -> bool:
    """Whether nothing goes wrong where one parameter is zero: the case that a division by a
    parameter forgets."""
    for name in free:
        chosen = {n: PARAMETERS[k] for k, n in enumerate(free)}
        chosen[name] = Fraction(0)
        verdict, _ = _specialised(claim, chosen)
        if isinstance(verdict, Refuted):
            return False
    return True


def _specialised(claim: Claim, chosen: dict[str, Fraction]) -> tuple[Verdict | None, bool]:
    """The verdict for chosen parameters, and whether nothing solves the first statement."""
    before, after, given = claim.before, claim.after, claim.given
    for name, value in chosen.items():
        number = t.rational(value)
        before, after = t.substitute(before, name, number), t.substitute(after, name, number)
        given = tuple(t.substitute(g, name, number) for g in given)
    try:
        if not all(holds(g, {}) for g in given if not t.symbols(g)):
            return None, True
        table = truth_table(
            [before, after], claim.names[0], tuple(g for g in given if t.symbols(g))
        )
    except (NotAlgebraic, NoValue):
        return None, True
    for cell, (one, other) in table:
        if one != other:
            return Refuted(f"{claim.names[0]} = {show_cell(cell)}", word(one), word(other)), False
    return Proved("cells"), not any(one for _, (one, _) in table)
