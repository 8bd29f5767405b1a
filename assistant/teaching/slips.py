"""Which common mistake gives exactly the line that the student wrote.

Each wrong rule is applied to the line before; a mistake is named only where the result has the
same terms on both sides as the student's line, exactly.  That is a fact about the two lines, and
no guess about the student.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from assistant.maths import terms as t
from assistant.maths.types import Text
from assistant.teaching.shapes import same_value
from assistant.teaching.slips_calculus import derivative_slips, times_the_integrand
from assistant.teaching.types import SLIPS, Slip

MAX_NODES = 120
"""Of a line; a longer one is not looked through."""
MAX_FACTORS = 12
ORDER = {
    t.Comparison.LT: t.Comparison.GT, t.Comparison.GT: t.Comparison.LT,
    t.Comparison.LE: t.Comparison.GE, t.Comparison.GE: t.Comparison.LE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What a wrong rule makes of a line, and where it was applied."""

    slip: Slip
    at: t.Expr
    line: t.Expr


def slip_in(before: t.Expr, after: t.Expr) -> Text | None:
    """The sentence about the mistake that makes the one line of the other; ``None`` if none of
    the known ones does."""
    if sum(1 for _ in t.walk(before)) + sum(1 for _ in t.walk(after)) > MAX_NODES:
        return None
    match before:
        case t.Call("integrate", (body, t.Symbol(name))):
            factor = times_the_integrand(after, body, name)
            return None if factor is None else SLIPS[Slip.FACTOR_OFF].of(factor)
    for wrong in _wrong(before):
        if _same(wrong.line, after):
            return SLIPS[wrong.slip].of(wrong.at)
    return None


def loss_in(before: t.Expr, after: t.Expr) -> Text | None:
    """The sentence about the step by which a line has lost solutions of the one before."""
    match before, after:
        case t.Relation(t.Comparison.EQ) as line, t.Relation(t.Comparison.EQ, left, right):
            if sum(1 for _ in t.walk(before)) + sum(1 for _ in t.walk(after)) > MAX_NODES:
                return None
            return _lost(line, left, right) or _lost(line, right, left)
    return None


def _lost(line: t.Relation, left: t.Expr, right: t.Expr) -> Text | None:
    match line.left, line.right:
        case (t.Pow(base, t.Number(two)), square) | (square, t.Pow(base, t.Number(two))) if (
            two == 2 and same_value(base, left) and _is_root(right, square)
        ):
            return SLIPS[Slip.ONE_ROOT]
        case (t.Call("abs", (inside,)) as whole, value) | (
            value,
            t.Call("abs", (inside,)) as whole,
        ):
            if same_value(inside, left) and same_value(value, right):
                return SLIPS[Slip.ONE_CASE].of(whole)
    if t.integer(0) in (left, right) and isinstance(line.left, t.Mul):
        return None  # one of the cases, as it should be
    for factor in _factors(line):
        products = (t.mul(factor, left), t.mul(factor, right))
        if same_value(products[0], line.left) and same_value(products[1], line.right):
            return SLIPS[Slip.DIVIDED_AWAY].of(factor)
    return None


def _is_root(root: t.Expr, square: t.Expr) -> bool:
    inner = root.arg if isinstance(root, t.Neg) else root
    taken = isinstance(inner, t.Call) and inner.name == "sqrt" and same_value(inner.args[0], square)
    return taken or same_value(t.Pow(root, t.integer(2)), square)


def _factors(line: t.Relation) -> list[t.Expr]:
    """What has a letter in it and might have been divided by: letters, brackets."""
    parts = (n for side in (line.left, line.right) for n in t.walk(side))
    found: dict[t.Expr, None] = {}
    for part in parts:
        if isinstance(part, t.Symbol | t.Add) and t.symbols(part):
            found.setdefault(part)
    return list(found)[:MAX_FACTORS]


def _same(one: t.Expr, other: t.Expr) -> bool:
    match one, other:
        case t.Relation(op, a, b), t.Relation(op2, c, d):
            if op is op2 and same_value(a, c) and same_value(b, d):
                return True
            turned = ORDER.get(op2, op2)
            return op is turned and same_value(a, d) and same_value(b, c)
        case (t.Relation() | t.Junction() | t.Truth(), _) | (_, t.Relation() | t.Junction()):
            return False
    return same_value(one, other)


def _wrong(before: t.Expr) -> Iterator[_Wrong]:
    """What the wrong rules make of a line, the likeliest first."""
    match before:
        case t.Call("diff", (body, t.Symbol(name), t.Number(times))) if times == 1:
            for slip, at, made in derivative_slips(body, name):
                yield _Wrong(slip, at, made)
            return
    if isinstance(before, t.Relation):
        yield from _moved(before)
        yield from _scaled(before)
    yield from _expanded(before)
    yield from _spoilt(before)


def _spoilt(line: t.Expr) -> Iterator[_Wrong]:
    """One term, or a whole side, with another sign or without its letters."""
    sides = (line.left, line.right) if isinstance(line, t.Relation) else (line,)
    for n, side in enumerate(sides):
        terms = _terms(side)
        for term in terms if len(terms) == 1 else (*terms, side):
            twice = t.Neg(t.mul(t.integer(2), term))
            yield _Wrong(Slip.SIGN_CHANGED, term, _side(line, n, t.add(side, twice)))
        for term in terms:
            bare = term
            for name in t.symbols(term):
                bare = t.substitute(bare, name, t.integer(1))
            if bare != term:
                changed = t.add(side, t.Neg(term), bare)
                yield _Wrong(Slip.LETTER_LOST, term, _side(line, n, changed))


def _side(line: t.Expr, at: int, new: t.Expr) -> t.Expr:
    """The line with another side."""
    if not isinstance(line, t.Relation):
        return new
    return t.Relation(line.op, new, line.right) if at == 0 else t.Relation(line.op, line.left, new)


def _terms(side: t.Expr) -> tuple[t.Expr, ...]:
    return side.terms if isinstance(side, t.Add) else (side,)


def _sub(side: t.Expr, term: t.Expr) -> t.Expr:
    return t.sub(side, term)


def _moved(line: t.Relation) -> Iterator[_Wrong]:
    """A term that goes to the other side as it is."""
    for term in _terms(line.left):
        moved = t.Relation(line.op, _sub(line.left, term), t.add(line.right, term))
        yield _Wrong(Slip.SIGN_LOST, term, moved)
    for term in _terms(line.right):
        moved = t.Relation(line.op, t.add(line.left, term), _sub(line.right, term))
        yield _Wrong(Slip.SIGN_LOST, term, moved)


def _scaled(line: t.Relation) -> Iterator[_Wrong]:
    """Division or multiplication that does not reach everything."""
    sides = line.left, line.right
    for number in _coefficients(line):
        by = t.Div(t.integer(1), number)
        if isinstance(number, t.Neg) and line.op in ORDER:
            kept = t.Relation(line.op, *(t.mul(by, s) for s in sides))
            yield _Wrong(Slip.NOT_TURNED, number, kept)
        for factor in (by, number):
            yield _Wrong(
                Slip.ONE_SIDE, number, t.Relation(line.op, t.mul(factor, sides[0]), sides[1])
            )
            yield _Wrong(
                Slip.ONE_SIDE, number, t.Relation(line.op, sides[0], t.mul(factor, sides[1]))
            )
            yield from _some_terms(line, number, factor)


def _some_terms(line: t.Relation, number: t.Expr, factor: t.Expr) -> Iterator[_Wrong]:
    """All terms are scaled but one."""
    left, right = _terms(line.left), _terms(line.right)
    every = (*left, *right)
    if len(every) < 3:
        return
    for spared in range(len(every)):
        scaled = [p if n == spared else t.mul(factor, p) for n, p in enumerate(every)]
        made = t.Relation(line.op, t.add(*scaled[: len(left)]), t.add(*scaled[len(left) :]))
        yield _Wrong(Slip.ONE_TERM, number, made)


def _coefficients(line: t.Relation) -> list[t.Expr]:
    """Numbers in front of the terms, and denominators; with their sign."""
    found: dict[t.Expr, None] = {}
    for term in (*_terms(line.left), *_terms(line.right)):
        inner, sign = (term.arg, -1) if isinstance(term, t.Neg) else (term, 1)
        for node in (inner, *(inner.factors if isinstance(inner, t.Mul) else ())):
            match node:
                case t.Number(value) if value not in (0, 1):
                    found.setdefault(t.Neg(node) if sign < 0 else node)
                case t.Div(_, t.Number() as below):
                    found.setdefault(below)
        if sign < 0 and isinstance(inner, t.Symbol):
            found.setdefault(t.Neg(t.integer(1)))
    return list(found)


def _expanded(line: t.Expr) -> Iterator[_Wrong]:
    """Brackets and fractions that are worked out wrongly, one of them at a time."""
    for node in dict.fromkeys(t.walk(line)):
        for slip, made in (*_opened(node), *_reckoned(node)):
            yield _Wrong(slip, node, _with(line, node, made))


def _opened(node: t.Expr) -> Iterator[tuple[Slip, t.Expr]]:
    match node:
        case t.Mul((*others, t.Add((first, *rest)))) if others:
            yield Slip.FIRST_TERM_ONLY, t.add(t.mul(*others, first), *rest)
        case t.Neg(t.Add((first, *rest))):
            yield Slip.SIGNS_INSIDE, t.add(t.Neg(first), *rest)
        case t.Neg(t.Mul((*others, t.Add((first, *rest))))) if others:
            yield Slip.FIRST_TERM_ONLY, t.Neg(t.add(t.mul(*others, first), *rest))
            yield Slip.FIRST_TERM_ONLY, t.add(t.Neg(t.mul(*others, first)), *rest)
            spread = (t.mul(*others, term) for term in rest)
            yield Slip.SIGNS_INSIDE, t.add(t.Neg(t.mul(*others, first)), *spread)
        case t.Pow(t.Add(terms), t.Number() as power):
            yield Slip.POWER_OF_SUM, t.add(*(t.Pow(term, power) for term in terms))
            yield Slip.POWER_OF_SUM, t.add(*(_power(term, power) for term in terms))


def _reckoned(node: t.Expr) -> Iterator[tuple[Slip, t.Expr]]:
    """Products, powers, fractions, roots and sums by the rule of another of them."""
    match node:
        case t.Mul((t.Add((a, b)), t.Add((c, d)))):
            yield Slip.FIRST_AND_LAST, t.add(t.mul(a, c), t.mul(b, d))
        case t.Mul(factors):
            yield from _joined_powers(factors)
        case t.Pow(t.Pow(base, t.Number(inner)), t.Number(outer)):
            yield Slip.POWERS_ADDED, t.Pow(base, t.Number(inner + outer))
        case t.Pow(base, t.Number() | t.Neg(t.Number()) as power):
            yield Slip.TIMES_EXPONENT, t.mul(base, power)
        case t.Div(t.Add(terms), den):
            for n, term in enumerate(terms):
                yield Slip.ONE_OF_FRACTION, t.add(*terms[:n], t.Div(term, den), *terms[n + 1 :])
        case t.Div(above, t.Div(a, b)):
            yield Slip.NOT_INVERTED, t.Div(t.mul(above, a), b)
        case t.Call("sqrt", (t.Add(terms),)):
            yield Slip.ROOT_OF_SUM, t.add(*map(_root, terms))
        case t.Add(terms):
            yield from _joined(terms)


def _joined_powers(factors: tuple[t.Expr, ...]) -> Iterator[tuple[Slip, t.Expr]]:
    """Two powers of the same base whose exponents are multiplied."""
    for n, one in enumerate(factors):
        for m in range(n + 1, len(factors)):
            match one, factors[m]:
                case t.Pow(base, t.Number(a)), t.Pow(other, t.Number(b)) if base == other:
                    rest = [f for k, f in enumerate(factors) if k not in (n, m)]
                    yield Slip.POWERS_MULTIPLIED, t.mul(*rest, t.Pow(base, t.Number(a * b)))


def _joined(terms: tuple[t.Expr, ...]) -> Iterator[tuple[Slip, t.Expr]]:
    """Terms put together that are not alike, or in the wrong order."""
    match terms:
        case (t.Div(a, b), t.Div(c, d)):
            yield Slip.TOPS_AND_BOTTOMS, t.Div(t.add(a, c), t.add(b, d))
        case (t.Call("sqrt", (a,)), t.Call("sqrt", (b,))):
            yield Slip.ROOTS_ADDED, _root(_sum(a, b))
        case (t.Call("ln" | "log" as name, (a, *base)), t.Call(other, (b, *others))) if (
            name == other and base == others
        ):
            yield Slip.LOGS_ADDED, t.Call(name, (_sum(a, b), *base))
        case (a, t.Mul((b, *rest))):
            yield Slip.LEFT_TO_RIGHT, t.mul(t.add(a, b), *rest)
        case (a, t.Neg(t.Mul((b, *rest)))):
            yield Slip.LEFT_TO_RIGHT, t.mul(t.sub(a, b), *rest)
    parts = [_parted(term) for term in terms]
    letters = dict.fromkeys(letter for _, letter in parts if letter is not None)
    alike = {letter for _, letter in parts}
    if len(alike) > 1 and letters:
        total = sum((number for number, _ in parts), Fraction(0))
        yield Slip.UNLIKE_TERMS, t.mul(t.Number(total), *letters)


def _parted(term: t.Expr) -> tuple[Fraction, t.Expr | None]:
    """The number in front of a term, and what stands behind it."""
    match term:
        case t.Neg(arg):
            number, rest = _parted(arg)
            return -number, rest
        case t.Number(value):
            return value, None
        case t.Mul((t.Number(value), *rest)):
            return value, t.mul(*rest)
    return Fraction(1), term


def _sum(one: t.Expr, other: t.Expr) -> t.Expr:
    """A sum, worked out where both are numbers."""
    if isinstance(one, t.Number) and isinstance(other, t.Number):
        return t.Number(one.value + other.value)
    return t.add(one, other)


def _root(term: t.Expr) -> t.Expr:
    """A square root, worked out where it is a whole number or a letter's square."""
    match term:
        case t.Number(value) if value >= 0 and value == isqrt(int(value)) ** 2:
            return t.integer(isqrt(int(value)))
        case t.Pow(base, t.Number(two)) if two == 2:
            return base
    return t.Call("sqrt", (term,))


def _power(term: t.Expr, power: t.Number) -> t.Expr:
    """With its sign outside, as in (a - b)^2 taken for a^2 - b^2."""
    if isinstance(term, t.Neg):
        return t.Neg(t.Pow(term.arg, power))
    return t.Pow(term, power)


def _with(line: t.Expr, old: t.Expr, new: t.Expr) -> t.Expr:
    """The line with one part in the place of another."""
    if line == old:
        return new
    parts = t.children(line)
    return t.rebuild(line, tuple(_with(p, old, new) for p in parts)) if parts else line
