"""Single moves of a worked line: the same done to both sides, or where a line is defined.

They hold for any number of letters and for any functions, since all that is asked is
whether the differences of the sides agree as formulas after the move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.logic.cells import Fractions, NotAlgebraic, truth_table
from assistant.maths.checking.logic.domains import ZERO, guards, implied, kept, poles, positive
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.kernels import E, constant_value
from assistant.maths.checking.logic.statements import Claim, by_cells, conjuncts
from assistant.maths.checking.logic.systems import vanishing
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import NoValue, Value, evaluate
from assistant.maths.checking.numerics.reals import rational_root
from assistant.maths.types import Proved, Verdict

PLACES = (Fraction(17, 7), Fraction(31, 9), Fraction(3, 11), Fraction(-13, 8))
"""Where the ratio of two sides is looked at: nothing school-like happens there."""


def by_domain(claim: Claim) -> Verdict | None:
    """``ln(x - 2) = 1`` implies ``x > 2``: a line that holds has a value."""
    if claim.both_ways or not all(isinstance(c, t.Relation) for c in conjuncts(claim.before)):
        return None
    known = (*guards(claim.before), *claim.given)
    holes = [*poles(claim.before), *_bases(claim.before)]
    for wanted in conjuncts(claim.after):
        if not isinstance(wanted, t.Relation) or not _follows(known, holes, wanted):
            return None
        if any(p not in holes and positive(p) != 2 for p in poles(wanted)):
            return None
        if not all(implied(known, g) for g in guards(wanted)):
            return None
    return Proved("where the line is defined")


def _bases(expr: t.Expr) -> Iterator[t.Expr]:
    """A base of logarithms is not 1."""
    for node in t.walk(expr):
        match node:
            case t.Call("log", (_, base)) if t.symbols(base):
                yield t.sub(base, t.integer(1))


def _follows(known: tuple[t.Expr, ...], holes: list[t.Expr], wanted: t.Relation) -> bool:
    shifted = wanted if wanted.right == ZERO else None
    if shifted is None:
        shifted = t.Relation(wanted.op, t.sub(wanted.left, wanted.right), ZERO)
    if implied(known, wanted) or implied(known, shifted):
        return True
    if wanted.op is not t.Comparison.NE:
        return False
    return shifted.left in holes or any(_zero_with(shifted, hole) for hole in holes)


def _zero_with(wanted: t.Relation, hole: t.Expr) -> bool:
    """Whether the hole is zero wherever the wanted inequality fails."""
    names = t.symbols(wanted)
    if t.symbols(hole) != names or len(names) != 1:
        return False
    try:
        table = truth_table([wanted, t.equation(hole, ZERO)], names[0])
    except (NotAlgebraic, NoValue):
        return False
    return all(holds or zero for _, (holds, zero) in table)


def by_both_sides(claim: Claim) -> Verdict | None:
    """The sides' difference is the same but for a constant, after a function was applied."""
    return _one_way(claim) or (
        _one_way(replace(claim, before=claim.after, after=claim.before))
        if claim.both_ways
        else None
    )


def _one_way(claim: Claim) -> Verdict | None:
    one, other = claim.before, claim.after
    second = vanishing(other) if claim.both_ways else _some_zero(other)
    if not isinstance(one, t.Relation) or one.op is not t.Comparison.EQ or second is None:
        return None
    if not t.symbols(one) or not t.symbols(other):
        return None
    if _covers(one, other) and (not claim.both_ways or _covers(other, one)):
        for first, name in _safe_differences(one):
            if _proportional(first, second, claim.deadline):
                return Proved(name)
    return _by_inverse(claim, one, other)


def _some_zero(line: t.Expr) -> t.Expr | None:
    """A product that is zero only if one of several equations holds (and all have values)."""
    match line:
        case t.Relation(t.Comparison.EQ, left, right):
            return t.sub(left, right)
        case t.Junction(t.Connective.OR, args):
            parts = [p for a in args if (p := _some_zero(a)) is not None]
            return t.Mul(tuple(parts)) if len(parts) == len(args) else None
    return None


def _covers(one: t.Expr, other: t.Expr) -> bool:
    """Whether ``other`` has values wherever ``one`` has, single points too."""
    mine = set(poles(one))
    return kept(one, other, ()) and all(p in mine or positive(p) == 2 for p in poles(other))


def _safe_differences(line: t.Relation) -> Iterator[tuple[t.Expr, str]]:
    """Expressions that are zero exactly where the line holds."""
    yield t.sub(line.left, line.right), "the same difference of the sides"
    if positive(line.left) == 2 and positive(line.right) == 2:
        logs = (t.Call("ln", (side,)) for side in (line.left, line.right))
        yield t.sub(*logs), "logarithms of positive sides"
    for node in dict.fromkeys(t.walk(line)):
        match node:
            case t.Pow(base, exp) if (
                t.symbols(exp)
                and not t.symbols(base)
                and (positive(base) == 2 and not guards(node) and not poles(node))
            ):
                gap = t.sub(line.left, line.right)
                yield t.Mul((t.Pow(base, t.Neg(exp)), gap)), "divided by what is positive"


def by_definition(claim: Claim) -> Verdict | None:
    """``log(8, x) = 3`` says ``x^3 = 8`` with ``x > 0`` and ``x != 1``: algebraic again."""
    if not isinstance(claim.before, t.Relation) or claim.before.op is not t.Comparison.EQ:
        return None
    match claim.before:
        case t.Relation(_, t.Call("log", (g, base)), c) | t.Relation(
            _, c, t.Call("log", (g, base))
        ) if t.symbols(base):
            pass
        case _:
            return None
    holds = (
        t.Relation(t.Comparison.GT, g, ZERO),
        t.Relation(t.Comparison.GT, base, ZERO),
        t.Relation(t.Comparison.NE, base, t.integer(1)),
        t.equation(t.Pow(base, c), g),
    )
    return by_cells(replace(claim, before=t.Junction(t.Connective.AND, holds)))


def by_plain_roots(claim: Claim) -> Verdict | None:
    """``sqrt(x^2)`` is ``|x|``, ``root(x, 3)^3`` is ``x``, ``sqrt(x)^2`` is ``x`` for x >= 0."""
    sides = [_without_roots(s) for s in (claim.before, claim.after)]
    if sides == [claim.before, claim.after]:
        return None
    return by_cells(replace(claim, before=sides[0], after=sides[1]))


def _without_roots(statement: t.Expr) -> t.Expr:
    match statement:
        case t.Junction(op, args):
            return t.Junction(op, tuple(map(_without_roots, args)))
        case t.Relation():
            plain = t.transform(statement, _plain_root)
            if plain == statement:
                return statement
            return t.Junction(t.Connective.AND, (*guards(statement), plain))
    return statement


def _plain_root(node: t.Expr) -> t.Expr:
    match node:
        case t.Call("sqrt", (t.Pow(x, t.Number(n)),)) if n == 2:
            return t.Call("abs", (x,))
        case t.Call("sqrt", (x,)) if t.symbols(x):
            base = _square_root(x)
            return node if base is None else t.Call("abs", (base,))
        case t.Pow(t.Call("sqrt", (x,)), t.Number(n)) if n == 2:
            return x
        case t.Pow(t.Call("root", (x, t.Number(n))), t.Number(m)) if n == m:
            return x
        case t.Pow(t.Call("abs", (x,)), t.Number(n)) if n == 2:
            return t.Pow(x, t.integer(2))
    return node


def _square_root(value: t.Expr) -> t.Expr | None:
    """The polynomial in one letter of which another is the square."""
    names = t.symbols(value)
    if len(names) != 1:
        return None
    try:
        num, den = Fractions(names[0])(value)
    except NotAlgebraic:
        return None
    if len(den) != 1 or len(num) != 3:
        return None
    a, b, c = (n / den[0] for n in num)
    root = rational_root(a, 2) if a > 0 else None
    if root is None or b * b != 4 * a * c:
        return None
    return t.add(t.Mul((t.rational(root), t.Symbol(names[0]))), t.rational(b / (2 * root)))


def _by_inverse(claim: Claim, one: t.Relation, other: t.Expr) -> Verdict | None:
    """``ln g = c`` gives ``g = e^c``, ``sqrt(g) = c`` gives ``g = c^2``."""
    for left, right in ((one.left, one.right), (one.right, one.left)):
        for inner, power, back in _undone(left, right, claim.given):
            if claim.both_ways and not (back and _same_holes(inner, right, other)):
                continue
            first, second = t.sub(inner, power), vanishing(other)
            if second is None or not _covers(one, other):
                continue
            if _proportional(first, second, claim.deadline):
                return Proved("the inverse function on both sides")
    return _by_powers(claim, one, other)


def _same_holes(inner: t.Expr, right: t.Expr, other: t.Expr) -> bool:
    """Whether the line after has no values where the line before has none."""
    if guards(right) or poles(right):
        return False
    here = set(guards(other)), set(poles(other))
    return set(guards(inner)) <= here[0] and set(poles(inner)) <= here[1]


def _undone(
    left: t.Expr, right: t.Expr, given: tuple[t.Expr, ...]
) -> Iterator[tuple[t.Expr, t.Expr, bool]]:
    """Inside, what it must be, and whether that leads back to the line too."""
    known = {t.Relation(op, right, ZERO) for op in (t.Comparison.GT, t.Comparison.GE)}
    not_negative = positive(right) > 0 or bool(known & set(given))
    two = t.integer(2)
    match left:
        case t.Call("ln", (g,)):
            yield g, t.Pow(E, right), True
        case t.Call("log", (g, base)):
            value = constant_value(base)
            fair = base == E or (value is not None and value > 0 and value != 1)
            yield g, t.Pow(base, right), fair
        case t.Call("sqrt", (g,)):
            yield g, t.Pow(right, two), not_negative
        case t.Call("abs", (g,)):
            yield t.Pow(g, two), t.Pow(right, two), not_negative
        case t.Call("root", (g, t.Number(n))) if n.denominator == 1 and n > 0:
            odd = n % 2 == 1
            yield g, t.Pow(right, t.integer(int(n))), odd or not_negative
        case t.Call("asin" | "acos" | "atan" as name, (g,)):
            yield g, t.Call(name[1:], (right,)), False


def _by_powers(claim: Claim, one: t.Relation, other: t.Expr) -> Verdict | None:
    """Both sides raised to the same whole power."""
    match other:
        case t.Relation(_, t.Pow(a, t.Number(n)), t.Pow(b, t.Number(m))) if (
            n == m and n.denominator == 1 and n > 0
        ):
            if (a, b) == (one.left, one.right) and (n % 2 == 1 or not claim.both_ways):
                return Proved("both sides to the same power")
    return None


def _proportional(first: t.Expr, second: t.Expr, deadline: Deadline) -> bool:
    """Whether the one is a constant, not zero, times the other."""
    factor = _ratio(first, second)
    if factor is None:
        return False
    scaled = second if factor == t.integer(1) else t.Mul((factor, second))
    return isinstance(check_equal(first, scaled, (), deadline), Proved)


def _ratio(first: t.Expr, second: t.Expr) -> t.Expr | None:
    """The constant that the values of both suggest."""
    names = tuple(dict.fromkeys(t.symbols(first) + t.symbols(second)))
    found: list[float] = []
    places: list[dict[str, Value]] = []
    for shift in range(len(PLACES)):
        turned = (*PLACES[shift:], *PLACES[:shift], *PLACES)
        point: dict[str, Value] = dict(zip(names, turned, strict=False))
        try:
            one, other = (complex(evaluate(e, point, bits=80)) for e in (first, second))
        except (NoValue, OverflowError, ValueError, TypeError):
            continue
        if abs(other) < 1e-12 or abs(one) < 1e-12 or one.imag or other.imag:
            return None
        found.append(one.real / other.real)
        places.append(point)
    if not found or any(abs(r - found[0]) > 1e-9 * abs(found[0]) for r in found):
        return None
    near = _constant(found[0], (first, second))
    return near if near is not None else _at(first, second, places[0])


def _at(first: t.Expr, second: t.Expr, point: dict[str, Value]) -> t.Expr:
    """The ratio as a formula, at a point."""
    for name, value in point.items():
        assert isinstance(value, Fraction)
        first, second = (t.substitute(e, name, t.rational(value)) for e in (first, second))
    return t.Div(first, second)


def _constant(value: float, sides: tuple[t.Expr, t.Expr]) -> t.Expr | None:
    """A small number of school that is near: ``3/2``, ``√2``, ``2 ln 3``."""
    sign = 1 if value > 0 else -1
    units: list[tuple[float, t.Expr | None]] = [(1.0, None)]
    for node in dict.fromkeys(n for side in sides for n in t.walk(side)):
        match node:
            case t.Call("ln", (x,)) if not t.symbols(x):
                try:
                    units.append((float(evaluate(node, {})), node))
                except (NoValue, TypeError, ValueError):
                    continue
    for size, unit in units:
        near = Fraction(value / size).limit_denominator(1000) if size else Fraction(0)
        if near and abs(float(near) - value / size) < 1e-11 * abs(value / size):
            scale = t.rational(near)
            return scale if unit is None else t.Mul((scale, unit))
    square = Fraction(value * value).limit_denominator(400)
    if square and abs(float(square) - value * value) < 1e-11 * value * value:
        root = t.Call("sqrt", (t.rational(square),))
        return root if sign > 0 else t.Neg(root)
    return None
