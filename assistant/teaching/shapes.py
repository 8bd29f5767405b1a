"""When two formulas are the same line, and when two expressions have the same terms.

``shape`` forgets what nobody looks at: the order of terms and factors, which side of an equation
stands left.  ``terms_of`` works an expression out into monomials with exact coefficients;
whatever is no polynomial stays as it is, as one letter.  Both are pure Python.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction

from assistant.maths import terms as t

Shape = Hashable
Monomial = tuple[tuple[Shape, int], ...]
Terms = dict[Monomial, Fraction]
MAX_TERMS = 300
MAX_POWER = 8
TURNED = {t.Comparison.GT: t.Comparison.LT, t.Comparison.GE: t.Comparison.LE}


def shape(expr: t.Expr) -> Shape:
    """The same value for formulas that are the same line."""
    match expr:
        case t.Number(value):
            return ("number", value)
        case t.Symbol(name):
            return ("symbol", name)
        case t.Neg() | t.Mul() | t.Div():
            return _product(expr)
        case t.Add(parts):
            return ("add", *_sorted(parts))
        case t.Relation(op, left, right):
            sides = (shape(left), shape(right))
            if op in TURNED:
                op, sides = TURNED[op], (sides[1], sides[0])
            if op in (t.Comparison.EQ, t.Comparison.NE):
                sides = (min(sides, key=repr), max(sides, key=repr))
            return (op.value, *sides)
        case t.Junction(op, parts):
            return (op.value, *_sorted(parts))
        case t.Call(name, args):
            return (name, *map(shape, args))
        case t.Interval(_, _, low_open, high_open):
            return ("interval", low_open, high_open, *_rest(expr))
        case t.Collection(kind):
            return (kind.value, *_rest(expr))
    return (type(expr).__name__, repr(expr) if not t.children(expr) else "", *_rest(expr))


def _rest(expr: t.Expr) -> tuple[Shape, ...]:
    return tuple(map(shape, t.children(expr)))


def _sorted(parts: tuple[t.Expr, ...]) -> list[Shape]:
    return sorted(map(shape, parts), key=repr)


def _product(expr: t.Expr) -> Shape:
    """A product with its signs taken together; nothing is calculated."""
    minus, rest = _factors(expr)
    if not minus and len(rest) == 1:
        return rest[0]
    return ("mul", minus, *sorted(rest, key=repr))


def _factors(expr: t.Expr) -> tuple[bool, list[Shape]]:
    """Whether the sign is minus, and the factors."""
    match expr:
        case t.Neg(arg):
            minus, rest = _factors(arg)
            return not minus, rest
        case t.Mul(parts):
            found = [_factors(part) for part in parts]
            return sum(m for m, _ in found) % 2 == 1, [f for _, more in found for f in more]
        case t.Div(num, den):
            (over, top), (under, bottom) = _factors(num), _factors(den)
            above, below = (tuple(sorted(part, key=repr)) for part in (top, bottom))
            return over != under, [("div", above, below)]
    return False, [shape(expr)]


def without_powers(expr: t.Expr) -> Iterator[t.Expr]:
    """The parts of a formula without its exponents, outermost first."""
    yield expr
    for part in (expr.base,) if isinstance(expr, t.Pow) else t.children(expr):
        yield from without_powers(part)


def same_line(one: t.Expr, other: t.Expr) -> bool:
    """Whether two formulas are the same line but for the order in it."""
    return shape(one) == shape(other)


class TooLong(Exception):  # noqa: N818 - it is no error
    """An expression with too many terms to be worked out."""


def terms_of(expr: t.Expr) -> Terms:
    """An expression as monomials.  Raises ``TooLong``."""
    match expr:
        case t.Number(value):
            return {(): value} if value else {}
        case t.Neg(arg):
            return {m: -c for m, c in terms_of(arg).items()}
        case t.Add(parts):
            total: Terms = {}
            for part in parts:
                total = _added(total, terms_of(part))
            return total
        case t.Mul(parts):
            product: Terms = {(): Fraction(1)}
            for part in parts:
                product = _multiplied(product, terms_of(part))
            return product
        case t.Div(num, den):
            below = terms_of(den)
            if list(below) == [()]:
                return {m: c / below[()] for m, c in terms_of(num).items()}
        case t.Pow(base, t.Number(value)) if value.denominator == 1 and 0 <= value <= MAX_POWER:
            power: Terms = {(): Fraction(1)}
            for _ in range(int(value)):
                power = _multiplied(power, terms_of(base))
            return power
    return {((shape(expr), 1),): Fraction(1)}


def _added(one: Terms, other: Terms) -> Terms:
    total = dict(one)
    for monomial, number in other.items():
        total[monomial] = total.get(monomial, Fraction(0)) + number
    return {m: c for m, c in total.items() if c}


def _multiplied(one: Terms, other: Terms) -> Terms:
    if len(one) * len(other) > MAX_TERMS:
        raise TooLong
    product: Terms = {}
    for a, c in one.items():
        for b, d in other.items():
            powers = dict(a)
            for letter, exponent in b:
                powers[letter] = powers.get(letter, 0) + exponent
            monomial = tuple(sorted(powers.items(), key=repr))
            product[monomial] = product.get(monomial, Fraction(0)) + c * d
    return {m: c for m, c in product.items() if c}


def same_value(one: t.Expr, other: t.Expr) -> bool:
    """Whether two expressions have the same terms, exactly; ``False`` where that is not known."""
    try:
        return terms_of(one) == terms_of(other)
    except TooLong:
        return False
