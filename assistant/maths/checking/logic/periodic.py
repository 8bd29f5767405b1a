"""Trigonometric equations: every solution in one period, found exactly and counted.

A claimed solution is put in exactly; the claimed ones must be as many as there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.logic.cells import NotAlgebraic
from assistant.maths.checking.logic.half_angle import BITS, PI, Zeros, zeros
from assistant.maths.checking.logic.statements import Claim, all_of, as_statement, conjuncts, is_set
from assistant.maths.checking.logic.values import Assignment, solutions, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import NoValue, Value, evaluate, mpf
from assistant.maths.types import Doubt, Proved, Refuted, Supported, Undecided, Verdict

MAX_FAMILY = 60
NEAR = mp.mpf(2) ** -160
"""Below this, two places that were found to ``BITS`` bits are the same."""


@dataclass(frozen=True, slots=True)
class Family:
    """``start + step*k`` for all integers k; ``step`` is a part of pi, 0 for a single value."""

    start: t.Expr
    step: Fraction


def in_radians(expr: t.Expr) -> t.Expr:
    """``30° + 360°k`` with multiples of pi."""

    def turned(node: t.Expr) -> t.Expr:
        match node:
            case t.Call("degrees", (value,)):
                half = t.Div(t.Constant(t.ConstantName.PI), t.integer(180))
                return t.mul(value, half)
        return node

    return t.transform(expr, turned)


def has_families(expr: t.Expr) -> bool:
    """Whether a set of the form of all integer k occurs."""
    return any(isinstance(n, t.Call) and n.name == "imageset" for n in t.walk(expr))


def families(members: t.Expr) -> list[Family] | None:
    """The families that a set is made of; ``None`` where it is of another form."""
    match members:
        case t.Call("imageset", (body, t.Symbol(index))):
            family = family_of(body, index)
            return None if family is None else [family]
        case t.Call("union", args):
            parts = [families(a) for a in args]
            return None if None in parts else [f for p in parts if p for f in p]
        case t.Collection(t.Bracket.SET, items):
            return [Family(i, Fraction(0)) for i in items]
        case t.Constant(t.ConstantName.EMPTY):
            return []
    return None


def family_of(body: t.Expr, index: str) -> Family | None:
    """``body`` split into its value at 0 and its step, which must be constant."""
    at = [t.substitute(body, index, t.integer(n)) for n in (0, 1, 2, 5)]
    try:
        values = [evaluate(a, {}, bits=BITS) for a in at]
    except NoValue:
        return None
    with mp.workprec(BITS):
        numbers = [mpf(v) for v in values]
        step = (numbers[1] - numbers[0]) / mp.pi
        near = Fraction(int(mp.nint(step * 5040)), 5040)
        tiny = mp.mpf(2) ** (-BITS // 2)
        straight = all(
            abs(numbers[0] + n * (numbers[1] - numbers[0]) - v) < tiny
            for n, v in zip((0, 1, 2, 5), numbers, strict=True)
        )
        if not straight or near == 0 or abs(step - mpf(near)) > tiny:
            return None
    exact = _linear(body, index) and _is_step(t.sub(at[1], at[0]), near)
    return Family(at[0], abs(near)) if exact else None


def _is_step(gap: t.Expr, step: Fraction) -> bool:
    """Whether two neighbours are exactly so many pi apart."""
    try:
        return bool(sp.expand(to_sympy(gap) - sp.pi * sp.Rational(*step.as_integer_ratio())) == 0)
    except NotConvertible:
        return False


def _linear(body: t.Expr, index: str) -> bool:
    """Whether the index occurs only in sums and constant multiples."""
    match body:
        case t.Add(parts):
            return all(_linear(p, index) for p in parts)
        case t.Neg(arg):
            return _linear(arg, index)
        case t.Div(num, den):
            return index not in t.symbols(den) and _linear(num, index)
        case t.Mul(factors):
            inside = [f for f in factors if index in t.symbols(f)]
            return len(inside) <= 1 and all(_linear(f, index) for f in inside)
    return index not in t.symbols(body) or body == t.Symbol(index)


# comparing -----------------------------------------------------------------------------


def check_families(
    before: t.Expr, after: t.Expr, names: tuple[str, ...], deadline: Deadline
) -> Verdict:
    """An equation and the set of all its solutions, with a whole number k in it."""
    first = families(before) if is_set(before) else None
    claimed = families(after)
    statement = as_statement(before, names)
    if len(names) == 1 and first is None and (claimed is None or not all(f.step for f in claimed)):
        return _mixed(statement, after, names[0]) or Undecided(Doubt.NO_METHOD, "periodic")
    if claimed is None or (statement is None and first is None) or len(names) != 1:
        return Undecided(Doubt.NO_METHOD, "periodic")
    name = names[0]
    try:
        if first is not None:
            return same_families(first, claimed)
        assert statement is not None
        found = zeros(statement, name)
    except (NotAlgebraic, NoValue) as wrong:
        return (
            _mixed(statement, after, name)
            or _sound_only(statement, claimed, name, deadline)
            or Undecided(Doubt.NO_METHOD, str(wrong))
        )
    return _matched(statement, found, claimed, name, deadline)


def without_cut(before: t.Expr, after: t.Expr, names: tuple[str, ...]) -> tuple[t.Expr, t.Expr]:
    """An equation and families without the bounds of an interval, where both have the same: what
    is left has just the solutions of which those in the interval are meant."""
    match after:
        case t.Call("intersection", (inner, t.Interval() as cut)) if not is_set(before):
            statement, within = as_statement(before, names), as_statement(cut, names)
        case _:
            return before, after
    if statement is None or within is None or not has_families(inner):
        return before, after
    parts, bounds = conjuncts(statement), conjuncts(within)
    if not all(bound in parts for bound in bounds):
        return before, after
    return all_of([part for part in parts if part not in bounds]), inner


def _mixed(statement: t.Expr | None, after: t.Expr, name: str) -> Verdict | None:
    """The unknown outside of angles too."""
    from assistant.maths.checking.logic.mixed_families import check_mixed

    return check_mixed(statement, after, name)


def _members(family: Family, period: Fraction) -> list[t.Expr]:
    """The members of a family in one period.  Raises ``NotAlgebraic``."""
    if family.step == 0:
        raise NotAlgebraic("a single value")
    turns = (period / family.step).denominator  # after so many periods it closes
    count = int(period * turns / family.step)
    if count > MAX_FAMILY or turns != 1:
        raise NotAlgebraic("family")
    steps = [t.rational(family.step * n) for n in range(count)]
    return [
        family.start if n == 0 else t.add(family.start, t.mul(s, PI)) for n, s in enumerate(steps)
    ]


def _place(value: t.Expr, period: Fraction) -> Value:
    with mp.workprec(BITS):
        return mp.fmod(mpf(evaluate(value, {}, bits=BITS)), mpf(period) * mp.pi)


def _near(a: Value, b: Value, period: Fraction) -> bool:
    with mp.workprec(BITS):
        turn = mpf(period) * mp.pi
        gap = abs(a - b) % turn
        return bool(min(gap, turn - gap) < NEAR)


def _matched(
    statement: t.Expr, found: Zeros, claimed: list[Family], name: str, deadline: Deadline
) -> Verdict:
    """Each claimed value solves the statement; each solution is claimed."""
    period = found.period
    for family in claimed:
        if family.step and (period / family.step).denominator != 1:
            period = period * (period / family.step).denominator
    if period / found.period > 24:
        return Undecided(Doubt.NO_METHOD, "periods")
    try:
        places = [(m, _place(m, period)) for f in claimed for m in _members(f, period)]
    except (NotAlgebraic, NoValue):
        return Undecided(Doubt.NO_METHOD, "families")
    proved = True
    for member, _ in places:
        verdict = true_at(statement, ((name, member),), (), deadline)
        if isinstance(verdict, Refuted):
            return Refuted(f"{name} = {mp.nstr(_place(member, period), 12)}", "false", "true")
        proved = proved and isinstance(verdict, Proved)
    with mp.workprec(BITS):
        repeats = int(period / found.period)
        for n in range(repeats):
            for zero in found.values:
                value = zero + n * mpf(found.period) * mp.pi
                if not any(_near(value, place, period) for _, place in places):
                    return Refuted(f"{name} = {mp.nstr(value, 12)}", "true", "false")
    return Proved("every solution in one period") if proved else Supported(len(places))


def same_families(first: list[Family], second: list[Family]) -> Verdict:
    """Whether two unions of families have the same members."""
    steps = [f.step for f in (*first, *second)]
    if not steps or 0 in steps:
        return Undecided(Doubt.NO_METHOD, "families")
    period = Fraction(lcm(*(s.numerator for s in steps)), gcd(*(s.denominator for s in steps)))
    members = [[m for f in part for m in _members(f, period)] for part in (first, second)]
    places = [[_place(m, period) for m in part] for part in members]
    exact = True
    for one, other in ((0, 1), (1, 0)):
        for member, value in zip(members[one], places[one], strict=True):
            near = [m for m, p in zip(members[other], places[other], strict=True)
                    if _near(value, p, period)]  # fmt: skip
            if not near:
                return Refuted(f"x = {mp.nstr(value, 12)}", *_truths(first=one == 0))
            exact = exact and any(_same_turn(member, m, period) for m in near)
    return Proved("the same families") if exact else Supported(len(places[0]))


def _same_turn(one: t.Expr, other: t.Expr, period: Fraction) -> bool:
    """Whether two values are exactly a whole number of periods apart."""
    try:
        turns = sp.expand((to_sympy(one) - to_sympy(other)) / (sp.pi * sp.Rational(period)))
    except NotConvertible:
        return False
    return bool(turns.is_Integer)


def _truths(*, first: bool) -> tuple[str, str]:
    return ("true", "false") if first else ("false", "true")


def _sound_only(
    statement: t.Expr | None, claimed: list[Family], name: str, deadline: Deadline
) -> Verdict | None:
    """Where the solutions cannot be counted: a claimed one that is none refutes."""
    if statement is None:
        return None
    for family in claimed:
        for n in (0, 1, 2, 3, -1):
            shift = t.mul(t.rational(family.step * n), PI)
            verdict = true_at(statement, ((name, t.add(family.start, shift)),), (), deadline)
            if isinstance(verdict, Refuted):
                return Refuted(f"{name}: k = {n}", "false", "true")
    return None


def by_periods(claim: Claim) -> Verdict | None:
    """A trigonometric equation in an interval, and its solutions one by one."""
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    if len(names) != 1 or not claim.both_ways or claim.given:
        return None
    name = next(iter(names))
    spelled = solutions(claim.after, (name,))
    if spelled is None:
        return None
    parts = conjuncts(claim.before)
    within = [b for p in parts if (b := _bound(p, name)) is not None]
    rest = [p for p in parts if _bound(p, name) is None]
    if {lower for _, lower in within} != {True, False} or not rest:
        return None
    try:
        found = zeros(all_of(rest), name)
        return _in_interval(claim, found, within, spelled)
    except (NotAlgebraic, NoValue):
        return None


def _bound(part: t.Expr, name: str) -> tuple[t.Expr, bool] | None:
    """The constant that bounds the unknown, and whether it does from below."""
    rising = {t.Comparison.GT: True, t.Comparison.GE: True, t.Comparison.LT: False,
              t.Comparison.LE: False}  # fmt: skip
    match part:
        case t.Relation(op, t.Symbol(symbol), value) if symbol == name and op in rising:
            return None if t.symbols(value) else (value, rising[op])
        case t.Relation(op, value, t.Symbol(symbol)) if symbol == name and op in rising:
            return None if t.symbols(value) else (value, not rising[op])
    return None


def _in_interval(
    claim: Claim, found: Zeros, within: list[tuple[t.Expr, bool]], spelled: tuple[Assignment, ...]
) -> Verdict | None:  # fmt: skip
    name = claim.names[0]
    ends = [(evaluate(value, {}, bits=BITS), lower) for value, lower in within]
    edges = [(tree, mpf(end)) for (tree, _), (end, _) in zip(within, ends, strict=True)]
    verdicts = [true_at(claim.before, s, (), claim.deadline) for s in spelled]
    with mp.workprec(BITS):
        values = [mpf(evaluate(s[0][1], {}, bits=BITS)) for s in spelled]
        for s, v in zip(values, verdicts, strict=True):
            if isinstance(v, Refuted):
                return Refuted(f"{name} = {mp.nstr(s, 12)}", "false", "true")
        turn = mpf(found.period) * mp.pi
        low = max(mpf(value) for value, lower in ends if lower)
        high = min(mpf(value) for value, lower in ends if not lower)
        if (high - low) / turn > 50:
            return None
        for n in range(int(mp.floor(low / turn)) - 1, int(mp.ceil(high / turn)) + 1):
            for zero in found.values:
                value = zero + n * turn
                if not low - 1e-20 <= value <= high + 1e-20:
                    continue
                if any(abs(value - v) < NEAR for v in values):
                    continue
                ends_here = [e for e, edge in edges if abs(value - edge) < 1e-20]
                if ends_here:  # whether an end belongs is settled exactly, not by digits
                    at_end = true_at(claim.before, ((name, ends_here[0]),), (), claim.deadline)
                    if isinstance(at_end, Refuted):
                        continue
                    if not isinstance(at_end, Proved):
                        return None
                return Refuted(f"{name} = {mp.nstr(value, 12)}", "true", "false")
    if all(isinstance(v, Proved) for v in verdicts):
        return Proved("every solution in the interval")
    return None
