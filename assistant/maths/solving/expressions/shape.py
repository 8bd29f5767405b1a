"""How the rules look at a tree: numbers, signed products, monomials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value, sort_factors
from assistant.maths.types import Rule, Step, Text

ZERO, ONE, TWO = t.integer(0), t.integer(1), t.integer(2)
I = t.Constant(t.ConstantName.I)
PI = t.Constant(t.ConstantName.PI)
EULER = t.Constant(t.ConstantName.E)
UNDEFINED = t.Constant(t.ConstantName.UNDEFINED)


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules have to know about the whole problem.

    ``decimals``: numbers that end are written as decimals.  ``expand``: powers of sums are
    multiplied out however long they get.  ``positive``: letters that stand for positive
    numbers.
    """

    decimals: bool = False
    expand: bool = False
    positive: frozenset[str] = frozenset()
    distribute: bool = True


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One change of a part of the line.

    ``nonzero`` are expressions that it divides by; ``settle`` asks that the terms of the
    new sum are worked out within the same step, as on paper.
    """

    after: t.Expr
    rule: Rule
    why: Text
    substeps: tuple[Step, ...] = ()
    nonzero: tuple[t.Expr, ...] = ()
    given: tuple[t.Expr, ...] = ()
    settle: bool = False


@dataclass(slots=True)
class Product:
    """A product as a sign and the factors above and below the fraction line."""

    sign: int = 1
    num: list[t.Expr] = field(default_factory=list)
    den: list[t.Expr] = field(default_factory=list)

    def build(self) -> t.Expr:
        """The product written again, as a fraction where something is below the line."""
        top = t.mul(*[f for f in self.num if f != ONE]) if self.num else ONE
        if self.den and (bottom := t.mul(*[f for f in self.den if f != ONE])) != ONE:
            top = t.Div(top, bottom)
        return t.Neg(top) if self.sign < 0 and top != ZERO else top


def product(expr: t.Expr) -> Product:
    """The factors of a product, signs taken out; a fraction within a factor stays whole."""
    view = Product()
    if isinstance(expr, t.Neg):
        view = product(expr.arg)
        view.sign = -view.sign
    elif isinstance(expr, t.Div):
        _take(view, expr.num, view.num)
        _take(view, expr.den, view.den)
    else:
        _take(view, expr, view.num)
    return view


def _take(view: Product, expr: t.Expr, into: list[t.Expr]) -> None:
    match expr:
        case t.Neg(arg):
            view.sign = -view.sign
            _take(view, arg, into)
        case t.Mul(factors):
            for factor in factors:
                _take(view, factor, into)
        case _:
            into.append(expr)


def normal(expr: t.Expr) -> t.Expr:
    """The tree without nested sums and products, which are written the same way."""
    return t.transform(expr, _flat)


def _flat(expr: t.Expr) -> t.Expr:
    match expr:
        case t.Add(parts):
            return t.add(*parts)
        case t.Mul(parts):
            return t.mul(*parts)
        case t.Number(value, decimals) if value < 0:
            return t.Neg(t.Number(-value, decimals))
        case _:
            return expr


def terminating(value: Fraction) -> int | None:
    """How many decimals write the number exactly, or ``None``."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def numeral(value: Fraction, context: Context) -> t.Expr:
    """The number as it is written in this problem: integer, decimal, or fraction."""
    if value.denominator != 1 and context.decimals:
        digits = terminating(value)
        if digits is not None and digits <= 30:
            literal = t.Number(abs(value), digits)
            return t.Neg(literal) if value < 0 else literal
    return t.rational(value)


def power(factor: t.Expr) -> tuple[t.Expr, t.Expr]:
    """Base and exponent of a factor."""
    return (factor.base, factor.exp) if isinstance(factor, t.Pow) else (factor, ONE)


def make_power(base: t.Expr, exp: t.Expr) -> t.Expr:
    """A power; exponent 1 and 0 are not written."""
    if exp == ONE:
        return base
    return ONE if exp == ZERO else t.Pow(base, exp)


def sum_exponents(exponents: Iterable[t.Expr], context: Context) -> t.Expr:
    """The sum of exponents; numbers among them are added."""
    number, rest = Fraction(0), []
    for exponent in exponents:
        for term in exponent.terms if isinstance(exponent, t.Add) else (exponent,):
            value = rational_value(term)
            if value is None:
                rest.append(term)
            else:
                number += value
    if number or not rest:
        rest.append(numeral(number, context))
    return collect(rest, context)


def negated(expr: t.Expr) -> t.Expr:
    """The opposite; of a sum, term by term."""
    if isinstance(expr, t.Add):
        return t.Add(tuple(negated(p) for p in expr.terms))
    return expr.arg if isinstance(expr, t.Neg) else ZERO if expr == ZERO else t.Neg(expr)


Monomial = tuple[Fraction, tuple[t.Expr, ...], tuple[t.Expr, ...]]
"""Coefficient, factors above and factors below the line, both in school order."""


def monomial(term: t.Expr) -> Monomial:
    """Coefficient and remaining factors of a term."""
    view = product(term)
    coefficient = Fraction(view.sign)
    above: list[t.Expr] = []
    below: list[t.Expr] = []
    for factor in view.num:
        value = rational_value(factor)
        if value is not None:
            coefficient *= value
        elif isinstance(factor, t.Div):
            inner = monomial(factor)
            coefficient *= inner[0]
            above += inner[1]
            below += inner[2]
        else:
            above.append(factor)
    for factor in view.den:
        value = rational_value(factor)
        if value:
            coefficient /= value
        else:
            below.append(factor)
    return coefficient, _ordered(above), _ordered(below)


def _ordered(factors: list[t.Expr]) -> tuple[t.Expr, ...]:
    """One order for equal products, whatever order they were written in."""
    if len(factors) > 1 and not all(isinstance(power(f)[0], t.Symbol) for f in factors):
        factors = sorted(factors, key=repr)
    return sort_factors(factors)


def from_monomial(
    coefficient: Fraction, above: Iterable[t.Expr], below: Iterable[t.Expr], context: Context
) -> t.Expr:
    """A term: ``3*x/2``, or ``1.5*x`` where the problem has decimals."""
    size = abs(coefficient)
    if size == 0:
        return ZERO
    digits = terminating(size) if context.decimals else None
    if digits is not None and digits <= 30:
        top, bottom = numeral(size, context), ONE
    else:
        top, bottom = t.integer(size.numerator), t.integer(size.denominator)
    view = Product(1 if coefficient > 0 else -1, [top, *above], [bottom, *below])
    return view.build()


def collect(terms: Iterable[t.Expr], context: Context) -> t.Expr:
    """Terms with like ones added, in the order in which they first come."""
    found: dict[tuple[tuple[t.Expr, ...], tuple[t.Expr, ...]], Fraction] = {}
    for term in terms:
        coefficient, above, below = monomial(term)
        found[above, below] = found.get((above, below), Fraction(0)) + coefficient
    return t.add(*[from_monomial(c, *key, context) for key, c in found.items() if c])


def mul_all(factors: Iterable[t.Expr]) -> t.Expr:
    """The product without ones, flattened."""
    return t.mul(*[f for f in factors if f != ONE])


def is_symbolic(expr: t.Expr) -> bool:
    """Whether a letter is in it."""
    return any(isinstance(node, t.Symbol) for node in t.walk(expr))


def step(before: t.Expr, after: t.Expr, rule: Rule, why: Text) -> Step:
    """A sub-step about a part of the line."""
    return Step(rule=rule, why=why, before=before, after=after)
