"""Which statements only bound the unknown: the domain of an equation."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths.numeric import evaluate
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import (
    Call,
    Comparison,
    Constant,
    ConstantName,
    Expr,
    Interval,
    Junction,
    Neg,
    Number,
    Relation,
    Symbol,
    symbols,
    walk,
)
from assistant.maths.types import Request, Task

INFINITY = Constant(ConstantName.INFINITY)
FIELDS = frozenset(
    [ConstantName.REALS, ConstantName.INTEGERS, ConstantName.COMPLEXES, ConstantName.NATURALS,
     ConstantName.RATIONALS]
)  # fmt: skip
MIRRORED = {
    Comparison.LT: Comparison.GT, Comparison.LE: Comparison.GE, Comparison.GT: Comparison.LT,
    Comparison.GE: Comparison.LE,
}  # fmt: skip


def in_order(one: Expr, other: Expr) -> tuple[Expr, Expr]:
    """Two ends of a stretch, the lower first: a length or a volume has no direction."""
    ends = evaluate(one, {}), evaluate(other, {})
    turned = ends[0] is not None and ends[1] is not None and ends[0] > ends[1]
    return (other, one) if turned else (one, other)


def as_interval(statement: Expr) -> Expr | None:
    """``0 <= x < 1`` or ``x > 0`` as an interval; ``None`` for anything else."""
    parts = statement.args if isinstance(statement, Junction) else (statement,)
    found = [bound(p) for p in parts]
    names = {b[0] for b in found if b}
    return _interval([b for b in found if b]) if all(found) and len(names) == 1 else None


def bound(statement: Expr) -> tuple[str, Comparison, Expr] | None:
    """``x``, ``<`` and 3 of ``x < 3`` or ``3 > x``; ``None`` if it is no bound."""
    match statement:
        case Relation(op, Symbol(name), value) if op in MIRRORED and not symbols(value):
            return name, op, value
        case Relation(op, value, Symbol(name)) if op in MIRRORED and not symbols(value):
            return name, MIRRORED[op], value
    return None


def _interval(bounds: list[tuple[str, Comparison, Expr]]) -> Expr | None:
    low: tuple[Expr, bool] = (Neg(INFINITY), True)
    high: tuple[Expr, bool] = (INFINITY, True)
    for _, op, value in bounds:
        if op in (Comparison.LT, Comparison.LE):
            if high[0] != INFINITY:
                return None
            high = value, op is Comparison.LT
        else:
            if low[0] != Neg(INFINITY):
                return None
            low = value, op is Comparison.GT
    return Interval(low[0], high[0], low[1], high[1])


TRIG = frozenset("sin cos tan cot sec csc".split())


def domain_of(statements: tuple[Expr, ...]) -> tuple[tuple[Expr, ...], Expr | None]:
    """Statements without those that say where their one unknown lies, and that set.

    Bounds are taken so only beside an equation or an inequality of sines and the like: beside
    other inequalities they are part of the system.
    """
    members = [s for s in statements if _member(s) is not None]
    bounds = [s for s in statements if bound(s)]
    rest = tuple(s for s in statements if s not in members and s not in bounds)
    names = {n for s in rest for n in symbols(s)}
    equations = any(isinstance(s, Relation) and s.op is Comparison.EQ for s in rest)
    equations |= all(any(isinstance(n, Call) and n.name in TRIG for n in walk(s)) for s in rest)
    if not rest or len(names) != 1 or not (members or equations):
        return statements, None
    sets = [m for s in members if (m := _member(s))]
    if not all(name in names for name, _ in sets) or len(sets) > 1:
        return statements, None
    if sets and not bounds:
        return rest, sets[0][1]
    limits = [b for s in bounds if (b := bound(s))]
    if sets or not equations or {b[0] for b in limits} != names:
        return statements, None
    interval = _interval(limits)
    return (statements, None) if interval is None else (rest, interval)


def in_degrees_unsaid(statements: tuple[Expr, ...], domain: Expr | None) -> bool:
    """Whether angles are wanted up to 90, 180 or 360 without a sign for degrees: as radians those
    would be many turns."""
    if not isinstance(domain, Interval):
        return False
    ends = [e.arg if isinstance(e, Neg) else e for e in (domain.low, domain.high)]
    turns = any(isinstance(e, Number) and e.value and e.value % 90 == 0 for e in ends)
    plain = all(isinstance(e, Number) for e in ends)
    waves = any(isinstance(n, Call) and n.name in TRIG for s in statements for n in walk(s))
    return turns and plain and waves


DOMAINS = frozenset([Task.SOLVE, Task.FUNCTION, Task.SIMPLIFY, Task.PROVE])


def bounded(scan: Scan, requests: list[Request]) -> list[Request]:
    """Where a text says first in which interval its one unknown lies (当 0≤x≤2π 时), this is
    the domain of what it asks."""
    if len(scan.definitions) != 1 or scan.definitions[0].name:
        return requests
    statement = scan.definitions[0].body
    if isinstance(statement, Request) or (domain := as_interval(statement)) is None:
        return requests
    names = set(symbols(statement))
    fits = all(
        r.task in DOMAINS
        and r.domain is None
        and {n for o in r.operands for n in symbols(o)} == names
        for r in requests
    )
    if not fits:
        return requests
    scan.definitions.clear()
    return [replace(r, domain=domain, variables=r.variables or tuple(names)) for r in requests]


def _member(statement: Expr) -> tuple[str, Expr] | None:
    match statement:
        case Call("in", (Symbol(name), Interval() as domain)):
            return name, domain
        case Call("in", (Symbol(name), Constant(which) as domain)) if which in FIELDS:
            return name, domain
    return None
