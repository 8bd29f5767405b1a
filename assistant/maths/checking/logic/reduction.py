"""Systems with one unknown taken out, and cases checked one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.statements import NO, YES, Claim, all_of, any_of, conjuncts
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.constants import truth
from assistant.maths.hyperbolic import has_hyperbolic, in_exponentials
from assistant.maths.types import Link, Proved, Verdict


def _proves(claim: Claim, before: t.Expr, after: t.Expr, names: tuple[str, ...]) -> bool:
    from assistant.maths.checking.logic.links import check_link

    link = Link.EQUIVALENT if claim.both_ways else Link.IMPLIES
    verdict = check_link(before, after, link, names, claim.deadline, claim.given)
    return isinstance(verdict, Proved)


def by_parts(claim: Claim) -> Verdict | None:
    """Cases, or conditions, each of which follows from the one in the same place."""
    match claim.before, claim.after:
        case t.Junction(op, one), t.Junction(same, other) if op is same and len(one) == len(other):
            pairs = zip(one, other, strict=True)
            if all(a == b or _proves(claim, a, b, claim.names) for a, b in pairs):
                return Proved("each part by itself")
    return None


def by_exponentials(claim: Claim) -> Verdict | None:
    """Hyperbolic functions of the unknown, written with exponentials."""
    if claim.given or not (has_hyperbolic(claim.before) or has_hyperbolic(claim.after)):
        return None
    sides = [in_exponentials(s) for s in (claim.before, claim.after)]
    if sides[0] == sides[1] or _proves(claim, sides[0], sides[1], claim.names):
        return Proved("hyperbolic functions as exponentials")
    return None


def by_solving(claim: Claim) -> Verdict | None:
    """``x + y = 5`` gives ``y = 5 - x``: both lines are compared with that put in."""
    if len(claim.names) < 2 or claim.given:
        return None
    for conjunct in conjuncts(claim.before):
        for name, value in _solved(conjunct, claim.names):
            if claim.both_ways and not _demands(claim.after, name, value, claim.deadline):
                continue
            before = _put(claim.before, name, value, claim.deadline)
            after = _put(claim.after, name, value, claim.deadline)
            rest = tuple(n for n in claim.names if n != name)
            smaller = replace(claim, names=rest)
            if before == after or _proves(smaller, before, after, rest):
                return Proved("one unknown put in")
    return None


def _solved(conjunct: t.Expr, names: tuple[str, ...]) -> Iterator[tuple[str, t.Expr]]:
    """``name = value`` from an equation that is linear in the name and defined everywhere."""
    match conjunct:
        case t.Relation(t.Comparison.EQ, left, right) if not guards(conjunct):
            pass
        case _:
            return
    if poles(conjunct):
        return
    try:
        gap = to_sympy(t.sub(left, right), real=True).expand()
    except NotConvertible:
        return
    for symbol in sorted(gap.free_symbols, key=lambda s: s.name, reverse=True):
        slope = gap.diff(symbol)
        if symbol.name not in names or not slope.is_Rational or slope == 0:
            continue
        try:
            yield symbol.name, from_sympy((symbol - gap / slope).expand())
        except NotConvertible:
            continue


def _demands(statement: t.Expr, name: str, value: t.Expr, deadline: Deadline) -> bool:
    """Whether a statement holds only where the name has this value."""
    match statement:
        case t.Truth(holds):
            return not holds
        case t.Junction(t.Connective.OR, args):
            return all(_demands(a, name, value, deadline) for a in args)
    known = {
        r.left.name: r.right
        for r in conjuncts(statement)
        if isinstance(r, t.Relation) and r.op is t.Comparison.EQ and isinstance(r.left, t.Symbol)
    }
    if name not in known:
        return False
    wanted, has = value, known[name]
    if has != wanted:
        for other, put in known.items():
            wanted, has = (t.substitute(e, other, put) for e in (wanted, has))
    return has == wanted or isinstance(check_equal(has, wanted, (), deadline), Proved)


def _put(statement: t.Expr, name: str, value: t.Expr, deadline: Deadline) -> t.Expr:
    """The statement with the value put in; what then holds always is left out."""
    match statement:
        case t.Junction(op, args):
            parts = [_put(a, name, value, deadline) for a in args]
            if op is t.Connective.AND:
                parts = _told(parts, deadline)
                return NO if NO in parts else all_of([p for p in parts if p != YES])
            return YES if YES in parts else any_of([p for p in parts if p != NO])
        case t.Relation(op):
            new = t.substitute(statement, name, value)
            if new == statement or op is not t.Comparison.EQ or guards(new) or poles(new):
                return new
            assert isinstance(new, t.Relation)
            same = check_equal(new.left, new.right, (), deadline)
            return YES if isinstance(same, Proved) else new
    return statement


def _told(parts: list[t.Expr], deadline: Deadline) -> list[t.Expr]:
    """Conditions on a name that another condition already gives as a number: true or false."""
    known = {
        p.left.name: p.right
        for p in parts
        if isinstance(p, t.Relation)
        and p.op is t.Comparison.EQ
        and isinstance(p.left, t.Symbol)
        and not t.symbols(p.right)
    }
    told: list[t.Expr] = []
    for part in parts:
        names = t.symbols(part)
        own = isinstance(part, t.Relation) and known.get(getattr(part.left, "name", "")) is not None
        if not names or own or not set(names) <= set(known):
            told.append(part)
            continue
        new = part
        for name in names:
            new = t.substitute(new, name, known[name])
        holds = truth(new, deadline)
        told.append(part if holds is None else t.Truth(value=holds))
    return told
