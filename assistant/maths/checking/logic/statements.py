"""Do two statements have the same solutions, or does the one imply the other?

Sets are read as statements about the unknown: {1, 2} is ``x = 1 or x = 2``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.logic.cells import Cell, NotAlgebraic, truth_table
from assistant.maths.checking.numerics.algebraic import RealRoot
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime, alarm
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.checking.numerics.sampling import show_value
from assistant.maths.types import Proved, Refuted, Verdict

YES, NO = t.Truth(value=True), t.Truth(value=False)
SHARE = 0.6
"""Of the time that is left, what the cells may take: other ways must have theirs."""
NAMED_SETS = (t.ConstantName.REALS, t.ConstantName.EMPTY)


@dataclass(frozen=True, slots=True)
class Claim:
    """``before`` and ``after`` as statements in ``names``; ``both_ways`` for equivalence."""

    before: t.Expr
    after: t.Expr
    names: tuple[str, ...]
    given: tuple[t.Expr, ...]
    both_ways: bool
    deadline: Deadline


def any_of(parts: list[t.Expr]) -> t.Expr:
    """One of them holds; of none, false."""
    if not parts:
        return NO
    return parts[0] if len(parts) == 1 else t.Junction(t.Connective.OR, tuple(parts))


def all_of(parts: list[t.Expr]) -> t.Expr:
    """All of them hold; of none, true."""
    if not parts:
        return YES
    flat: list[t.Expr] = []
    for part in parts:
        match part:
            case t.Junction(t.Connective.AND, args):
                flat += args
            case _:
                flat.append(part)
    return flat[0] if len(flat) == 1 else t.Junction(t.Connective.AND, tuple(flat))


def conjuncts(statement: t.Expr) -> list[t.Expr]:
    """The parts that all hold, however they were nested."""
    if isinstance(statement, t.Junction) and statement.op is t.Connective.AND:
        return [part for arg in statement.args for part in conjuncts(arg)]
    return [statement]


def is_set(expr: t.Expr) -> bool:
    """Whether a formula is a set of solutions."""
    match expr:
        case t.Interval() | t.Collection(t.Bracket.SET):
            return True
        case t.Constant(name):
            return name in NAMED_SETS
        case t.Call("union" | "intersection" | "complement" | "imageset" | "conditionset", _):
            return True
        case t.Call("piecewise", (first, *_)):
            return is_set(first)
    return False


def membership(members: t.Expr, names: tuple[str, ...]) -> t.Expr | None:
    """The statement that the unknowns are in the set; ``None`` for a set not known here."""
    x = t.Symbol(names[0]) if names else None
    match members:
        case t.Constant(t.ConstantName.EMPTY):
            return NO
        case t.Constant(t.ConstantName.REALS):
            return YES
        case t.Collection(t.Bracket.SET, items):
            return any_of([_is_member(item, names) for item in items])
        case t.Interval() if x is not None:
            return _within(x, members)
        case t.Collection(kind, (low, high)) if x is not None:  # among sets an interval
            opened = kind is t.Bracket.TUPLE
            return _within(x, t.Interval(low, high, opened, opened))
        case t.Call("union", args):
            parts = [membership(a, names) for a in args]
            return None if None in parts else any_of([p for p in parts if p is not None])
        case t.Call("intersection", args):
            parts = [membership(a, names) for a in args]
            return None if None in parts else all_of([p for p in parts if p is not None])
        case t.Call("complement", (whole, taken)):
            inside, out = membership(whole, names), membership(taken, names)
            return None if inside is None or out is None else all_of([inside, negation(out)])
        case t.Call("piecewise", parts) if len(parts) % 2 == 0:
            return _in_cases(parts, names)
        case t.Call("conditionset", (t.Symbol(bound), condition)) if x is not None:
            return t.substitute(condition, bound, x)
    return None


def _in_cases(parts: tuple[t.Expr, ...], names: tuple[str, ...]) -> t.Expr | None:
    """A set that depends on parameters: the first case whose condition holds."""
    found: list[t.Expr] = []
    before: list[t.Expr] = []
    for part, condition in zip(parts[::2], parts[1::2], strict=True):
        inside = membership(part, names)
        if inside is None:
            return None
        found.append(all_of([*before, condition, inside]))
        before.append(negation(condition))
    return any_of(found)


def _is_member(item: t.Expr, names: tuple[str, ...]) -> t.Expr:
    if isinstance(item, t.Collection) and len(item.items) == len(names):
        return all_of([t.equation(t.Symbol(n), v) for n, v in zip(names, item.items, strict=True)])
    return t.equation(t.Symbol(names[0]) if names else item, item)


def _within(x: t.Expr, span: t.Interval) -> t.Expr | None:
    infinite = t.Constant(t.ConstantName.INFINITY)
    closed = (span.low == t.Neg(infinite) and not span.low_open) or (
        span.high == infinite and not span.high_open
    )
    if closed:
        return None  # no set of real numbers
    parts: list[t.Expr] = []
    if span.low != t.Neg(infinite):
        parts.append(t.Relation(t.Comparison.GT if span.low_open else t.Comparison.GE, x, span.low))
    if span.high != infinite:
        parts.append(
            t.Relation(t.Comparison.LT if span.high_open else t.Comparison.LE, x, span.high)
        )
    return all_of(parts)


def negation(statement: t.Expr) -> t.Expr:
    """The opposite statement."""
    match statement:
        case t.Truth(value):
            return t.Truth(not value)
        case _:
            return t.Call("not", (statement,))


def split_signs(statement: t.Expr) -> t.Expr:
    """``x = 1 ± 2`` as two cases; ``x in A`` in inequalities."""
    match statement:
        case t.Call("in", (t.Symbol(name), members)) if is_set(members):
            return membership(members, (name,)) or statement
        case t.Junction(op, args):
            return t.Junction(op, tuple(split_signs(a) for a in args))
        case t.Relation() if any(
            isinstance(n, t.Call) and n.name == "plusminus" for n in t.walk(statement)
        ):
            return any_of([_with_sign(statement, negative=sign) for sign in (False, True)])
    return statement


def _with_sign(expr: t.Expr, *, negative: bool) -> t.Expr:
    def change(node: t.Expr) -> t.Expr:
        match node:
            case t.Call("plusminus", (x,)):
                return t.Neg(x) if negative else x
        return node

    return t.transform(expr, change)


def as_statement(expr: t.Expr, names: tuple[str, ...]) -> t.Expr | None:
    """A statement for a relation, a junction, a truth, or a set."""
    if is_set(expr):
        return membership(expr, names)
    match expr:
        case t.Relation() | t.Junction():
            return split_signs(expr)
        case t.Truth():
            return expr
        case t.Collection(_, items) if items and all(
            isinstance(i, t.Relation | t.Junction) for i in items
        ):
            return all_of([split_signs(i) for i in items])
        case t.Call("not", _):
            return expr
        case t.Call("in", (t.Symbol(name), members)) if is_set(members):
            return membership(members, (name,))
    return None


def by_cells(claim: Claim) -> Verdict | None:
    """One unknown, algebraic: exact on every cell of the line."""
    names = dict.fromkeys(t.symbols(claim.before) + t.symbols(claim.after))
    if len(names) > 1:
        return None
    name = next(iter(names), "x")
    about = tuple(g for g in claim.given if set(t.symbols(g)) <= {name})
    try:
        with alarm(claim.deadline.left * SHARE):
            table = truth_table([claim.before, claim.after], name, about)
    except (NotAlgebraic, NoValue, OutOfTime):
        return None
    for cell, (one, other) in table:
        if one != other and (one or claim.both_ways):
            return Refuted(f"{name} = {show_cell(cell)}", word(one), word(other))
    return Proved("exact on every interval of the line")


def show_cell(cell: Cell) -> str:
    """A point as a fraction or decimal."""
    if isinstance(cell, RealRoot):
        with mp.workprec(80):
            return f"{mp.nstr(cell.value(), 12)}…"
    return show_value(Fraction(cell))


def word(value: object) -> str:
    """A truth in the words of a witness."""
    return "true" if value else "false"
