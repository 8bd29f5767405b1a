"""Where a formula has a real value: conditions read off the tree."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.logic.cells import Fractions, NotAlgebraic, truth_table
from assistant.maths.checking.numerics.numeric import Evaluator, NoValue

ZERO, ONE = t.integer(0), t.integer(1)
OF_SIGN = frozenset({t.Comparison.GT, t.Comparison.GE, t.Comparison.NE})
"""What follows from ``value > 0``: that it equals zero, or is less, does not."""


def guards(expr: t.Expr) -> tuple[t.Expr, ...]:
    """Conditions under which roots, logarithms and the like have a real value; the single
    points where a denominator is zero are ``poles``."""
    return tuple(dict.fromkeys(g for node in t.walk(expr) for g in _guard(node)))


def _guard(node: t.Expr) -> Iterator[t.Expr]:
    match node:
        case t.Call("ln", (x,)):
            yield from _needs(t.Comparison.GT, x)
        case t.Call("log", (x, base)):
            yield from _needs(t.Comparison.GT, x)
            yield from _needs(t.Comparison.GT, base)
        case t.Call("sqrt", (x,)):
            yield from _needs(t.Comparison.GE, x)
        case t.Call("root", (x, t.Number(n))) if n.denominator == 1 and n % 2 == 0:
            yield from _needs(t.Comparison.GE, x)
        case t.Call(("asin" | "acos"), (x,)):
            yield from _needs(t.Comparison.GE, t.sub(x, t.integer(-1)))
            yield from _needs(t.Comparison.GE, t.sub(ONE, x))
        case t.Call("acosh", (x,)):
            yield from _needs(t.Comparison.GE, t.sub(x, ONE))
        case t.Call("atanh", (x,)):
            yield from _needs(t.Comparison.GT, t.sub(x, t.integer(-1)))
            yield from _needs(t.Comparison.GT, t.sub(ONE, x))
        case t.Call(("asec" | "acsc"), (x,)):
            yield from _needs(t.Comparison.GE, t.sub(t.Pow(x, t.integer(2)), ONE))
        case t.Call("asech", (x,)):
            yield from _needs(t.Comparison.GT, x)
            yield from _needs(t.Comparison.GE, t.sub(ONE, x))
        case t.Pow(base, exp) if t.symbols(base) and not _whole(exp):
            yield from _needs(t.Comparison.GE, base)


def _needs(op: t.Comparison, value: t.Expr) -> Iterator[t.Expr]:
    if t.symbols(value):
        yield t.Relation(op, value, ZERO)


def _whole(exp: t.Expr) -> bool:
    try:
        value = Evaluator({})(exp)
    except NoValue:
        return False
    return isinstance(value, Fraction) and value.denominator == 1


def _at_most_zero(exp: t.Expr) -> bool:
    """Whether a power with this exponent has no value at zero, as written: also ``x^0``."""
    if isinstance(exp, t.Neg):
        return True
    try:
        value = Evaluator({})(exp)
    except NoValue:
        return False
    return isinstance(value, Fraction) and value <= 0


def poles(expr: t.Expr) -> tuple[t.Expr, ...]:
    """Denominators with symbols in them, and what stands to the power 0: they must not be zero."""
    found: dict[t.Expr, None] = {}
    for node in t.walk(expr):
        match node:
            case t.Div(_, den) if t.symbols(den):
                found[den] = None
            case t.Pow(base, exp) if t.symbols(base) and _at_most_zero(exp):
                found[base] = None
            case t.Call(("tan" | "sec"), (x,)) if t.symbols(x):
                found[t.Call("cos", (x,))] = None
            case t.Call(("cot" | "csc"), (x,)) if t.symbols(x):
                found[t.Call("sin", (x,))] = None
            case t.Call("ln", (x,)) if t.symbols(x):
                found[x] = None
    return tuple(found)


def conjunction(statements: tuple[t.Expr, ...]) -> t.Expr:
    """All of them; of none, the truth."""
    if not statements:
        return t.Truth(value=True)
    return statements[0] if len(statements) == 1 else t.Junction(t.Connective.AND, statements)


def implied(conditions: tuple[t.Expr, ...], wanted: t.Expr) -> bool:
    """Whether a condition surely follows from others."""
    if wanted in conditions or always(wanted):
        return True
    if isinstance(wanted, t.Relation) and wanted.op in OF_SIGN:
        strict = t.Relation(t.Comparison.GT, wanted.left, wanted.right)
        if strict in conditions or _product_of(conditions, wanted):
            return True
    names = t.symbols(wanted)
    if len(names) != 1:
        return False
    about = tuple(c for c in conditions if t.symbols(c) == names)
    try:
        table = truth_table([conjunction(about), wanted], names[0])
    except (NotAlgebraic, NoValue):
        return False
    return all(not before or after for _, (before, after) in table)


def always(condition: t.Expr) -> bool:
    """Whether ``value > 0``, ``>= 0`` or ``≠ 0`` holds for every real point, by its form."""
    if not isinstance(condition, t.Relation) or condition.right != ZERO:
        return False
    if condition.op not in OF_SIGN:
        return False
    sign = positive(condition.left)
    return sign == 2 or (sign == 1 and condition.op is t.Comparison.GE)


def positive(expr: t.Expr) -> int:
    """2: positive wherever defined, 1: not negative, 0: not known (by form)."""
    match expr:
        case t.Number(value):
            return 2 if value > 0 else int(value == 0)
        case t.Constant(t.ConstantName.PI | t.ConstantName.E):
            return 2
        case t.Call("abs" | "sqrt", _):
            return 1
        case t.Call("exp" | "cosh", _):
            return 2
        case t.Add(parts):
            signs = [positive(p) for p in parts]
            return 0 if 0 in signs else max(signs)
        case t.Mul(parts):
            return min(positive(p) for p in parts)
        case t.Div(num, den):
            return positive(num) if positive(den) else 0
        case t.Pow(base, exp):
            if positive(base) == 2:
                return 2
            return int(isinstance(exp, t.Number) and exp.value % 2 == 0) or min(1, positive(base))
    return 0


def _product_of(conditions: tuple[t.Expr, ...], wanted: t.Relation) -> bool:
    """``a*b > 0`` from ``a > 0`` and ``b > 0``; the same for quotients and powers."""
    if wanted.right != ZERO or wanted.op not in OF_SIGN:
        return False
    match wanted.left:
        case t.Mul() | t.Div():
            parts = t.children(wanted.left)
        case t.Pow(base, _):
            parts = (base,)
        case _:
            return False
    return all(implied_sign(conditions, wanted.op, part) for part in parts)


def implied_sign(conditions: tuple[t.Expr, ...], op: t.Comparison, part: t.Expr) -> bool:
    """Whether ``part op 0`` is among the conditions or always true."""
    wanted = t.Relation(op, part, ZERO)
    return (
        wanted in conditions
        or t.Relation(t.Comparison.GT, part, ZERO) in conditions
        or always(wanted)
        or _product_of(conditions, wanted)
    )


def kept(before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...]) -> bool:
    """Whether ``after`` surely has a value wherever ``before`` has one, single points apart."""
    conditions = (*guards(before), *given)
    return all(implied(conditions, wanted) for wanted in guards(after))


def bounds(conditions: tuple[t.Expr, ...]) -> dict[str, tuple[Fraction | None, Fraction | None]]:
    """Lower and upper bounds of symbols from conditions that are linear in one symbol."""
    found: dict[str, tuple[Fraction | None, Fraction | None]] = {}
    for condition in conditions:
        match condition:
            case t.Relation(t.Comparison.GT | t.Comparison.GE, big, little):
                pass
            case t.Relation(t.Comparison.LT | t.Comparison.LE, little, big):
                pass
            case _:
                continue
        names = t.symbols(condition)
        if len(names) != 1:
            continue
        try:
            num, den = Fractions(names[0])(t.sub(big, little))
        except NotAlgebraic:
            continue
        if len(num) != 2 or len(den) != 1:
            continue
        edge = -num[1] / num[0]
        low, high = found.get(names[0], (None, None))
        if num[0] / den[0] > 0:
            low = edge if low is None else max(low, edge)
        else:
            high = edge if high is None else min(high, edge)
        found[names[0]] = (low, high)
    return found
