"""Statements about one real unknown, decided exactly on the cells of the line.

For algebraic formulas (polynomials, fractions, radicals, absolute values) the truth of a
statement changes only at real roots of polynomials that can be read off: numerators and
denominators, radicands, what stands in absolute values, with radicals eliminated by
resultants.  Between two neighbouring roots one rational point speaks for the interval; at a
root the truth is an exact question about an algebraic number.  (The sign-chart case of
Collins' cylindrical algebraic decomposition, 1975.)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import sympy as sp
from sympy.polys.domains import QQ, ZZ
from sympy.polys.factortools import dup_factor_list
from sympy.polys.rootisolation import dup_isolate_real_roots_sqf, dup_refine_real_root

from assistant.maths import terms as t
from assistant.maths.checking.numerics.algebraic import RealRoot, exact_holds
from assistant.maths.checking.numerics.numeric import Evaluator, NoValue

MAX_DEGREE = 40
MAX_BRANCHES = 32
MAX_COEFFICIENT_BITS = 4000

Cell = Fraction | RealRoot
Poly = list[Fraction]
"""Coefficients, highest power first, no leading zero; ``[]`` is zero."""


class NotAlgebraic(Exception):  # noqa: N818 - "not mine" as a value
    """Not a formula that this method can read."""


def _trim(p: Poly) -> Poly:
    return p[next((n for n, c in enumerate(p) if c), len(p)) :]


def _plus(p: Poly, q: Poly) -> Poly:
    size = max(len(p), len(q))
    p, q = [Fraction(0)] * (size - len(p)) + p, [Fraction(0)] * (size - len(q)) + q
    return _trim([a + b for a, b in zip(p, q, strict=True)])


def _times(p: Poly, q: Poly) -> Poly:
    if not p or not q:
        return []
    if len(p) + len(q) > MAX_DEGREE + 2:
        raise NotAlgebraic("degree")
    out = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            out[i + j] += a * b
    return out


@dataclass
class Fractions:
    """Reads a formula without radicals as numerator over denominator; each denominator met
    is kept.  ``signs`` says which branch of each absolute value is meant."""

    name: str
    signs: dict[t.Expr, int] = field(default_factory=dict)
    met: list[Poly] = field(default_factory=list)

    def __call__(self, expr: t.Expr) -> tuple[Poly, Poly]:
        """Numerator and denominator.  Raises ``NotAlgebraic``."""
        one = [Fraction(1)]
        match expr:
            case t.Number(value):
                return ([value] if value else []), one
            case t.Symbol(name) if name == self.name:
                return [Fraction(1), Fraction(0)], one
            case t.Neg(arg):
                num, den = self(arg)
                return [-c for c in num], den
            case t.Add(parts):
                num, den = self(parts[0])
                for part in parts[1:]:
                    n, d = self(part)
                    if d == den:
                        num = _plus(num, n)
                    else:
                        num, den = _plus(_times(num, d), _times(n, den)), _times(den, d)
                return num, den
            case t.Mul(parts):
                num, den = self(parts[0])
                for part in parts[1:]:
                    n, d = self(part)
                    num, den = _times(num, n), _times(den, d)
                return num, den
            case t.Div(top, bottom):
                (n1, d1), (n2, d2) = self(top), self(bottom)
                self.met.append(n2)
                return _times(n1, d2), _times(d1, n2)
            case t.Pow(base, exp):
                return self.power(base, exp)
            case t.Call("abs", (arg,)) if expr in self.signs:
                num, den = self(arg)
                return [self.signs[expr] * c for c in num], den
            case t.Call("percent", (arg,)):
                num, den = self(arg)
                return num, [100 * c for c in den]
            case t.Call("mixed", (whole, num, den)):
                return self(t.add(whole, t.Div(num, den)))
            case _:
                raise NotAlgebraic(type(expr).__name__)

    def power(self, base: t.Expr, exp: t.Expr) -> tuple[Poly, Poly]:
        """A whole power."""
        try:
            n = Evaluator({})(exp)
        except NoValue:
            raise NotAlgebraic("exponent") from None
        if not isinstance(n, Fraction) or n.denominator != 1 or abs(n) > MAX_DEGREE:
            raise NotAlgebraic("exponent")
        num, den = self(base)
        if n < 0:
            self.met.append(num)
            num, den, n = den, num, -n
        out: tuple[Poly, Poly] = ([Fraction(1)], [Fraction(1)])
        for _ in range(int(n)):
            out = _times(out[0], num), _times(out[1], den)
        return out


def _radicals(expr: t.Expr) -> Iterator[tuple[t.Expr, t.Expr, int]]:
    """The radicals in an expression, innermost first: node, radicand, index."""
    for part in t.children(expr):
        yield from _radicals(part)
    match expr:
        case t.Call("sqrt", (arg,)):
            yield expr, arg, 2
        case t.Call("root", (arg, t.Number(n))) if n.denominator == 1 and n >= 1:
            yield expr, arg, int(n)
        case t.Pow(base, exp) if base != t.Constant(t.ConstantName.E) and not t.symbols(exp):
            value = Evaluator({})(exp)
            if isinstance(value, Fraction) and 1 < value.denominator <= 6:
                yield expr, base, value.denominator


class Eliminated:
    """Formulas with radicals, as polynomials in the unknown and one letter a radical."""

    def __init__(self, name: str, signs: dict[t.Expr, int]) -> None:
        self.x = sp.Symbol("x")
        self.name, self.signs = name, signs
        self.letters: list[tuple[sp.Symbol, sp.Expr]] = []
        self.known: dict[t.Expr, sp.Expr] = {}
        self.met: list[sp.Expr] = []

    def define(self, node: t.Expr, radicand: t.Expr, index: int) -> None:
        """A letter for a radical, with the equation that it fulfils."""
        if node in self.known:
            return
        if isinstance(node, t.Pow):
            value = Evaluator({})(node.exp)
            power = int(value * value.denominator)
        else:
            power = 1
        num, den = sp.fraction(sp.together(self(radicand)))
        letter = sp.Symbol(f"r{len(self.letters)}")
        self.letters.append((letter, den * letter**index - num))
        self.met += [num, den]
        self.known[node] = letter**power

    def __call__(self, expr: t.Expr) -> sp.Expr:
        """The SymPy value with letters for the radicals.  Raises ``NotAlgebraic``."""
        if expr in self.known:
            return self.known[expr]
        match expr:
            case t.Number(value):
                return sp.Rational(value.numerator, value.denominator)
            case t.Symbol(name) if name == self.name:
                return self.x
            case t.Neg(arg):
                return -self(arg)
            case t.Add(parts):
                return sp.Add(*map(self, parts))
            case t.Mul(parts):
                return sp.Mul(*map(self, parts))
            case t.Div(num, den):
                bottom = sp.fraction(sp.together(self(den)))[0]
                self.met.append(bottom)
                return self(num) / self(den)
            case t.Pow(base, t.Number(n)) if n.denominator == 1 and n <= MAX_DEGREE:
                return self(base) ** int(n)
            case t.Call("abs", (arg,)) if expr in self.signs:
                return self.signs[expr] * self(arg)
            case _:
                raise NotAlgebraic(type(expr).__name__)

    def polynomial(self, value: sp.Expr) -> Poly:
        """The polynomial in the unknown alone that vanishes wherever ``value`` does."""
        current = sp.expand(sp.fraction(sp.together(value))[0])
        for letter, equation in reversed(self.letters):
            if current.has(letter):
                current = sp.expand(sp.resultant(current, equation, letter))
                if current == 0:
                    raise NotAlgebraic("a radical that is no radical")
        coefficients = sp.Poly(current, self.x).all_coeffs()
        if len(coefficients) > MAX_DEGREE + 1:
            raise NotAlgebraic("degree")
        return _trim([Fraction(int(c.p), int(c.q)) for c in coefficients])


def _sides(statement: t.Expr) -> Iterator[t.Expr]:
    """Expressions whose zeros can change the truth of a statement."""
    match statement:
        case t.Truth():
            return
        case t.Junction(_, args):
            for arg in args:
                yield from _sides(arg)
        case t.Relation(_, left, right):
            yield t.sub(left, right)
        case t.Call("not", (inner,)):
            yield from _sides(inner)
        case _:
            raise NotAlgebraic("no statement")


def critical(statements: Iterable[t.Expr], name: str) -> list[Poly]:
    """Polynomials among whose roots all changes of truth are.  Raises ``NotAlgebraic``."""
    found: list[Poly] = []
    for side in (s for statement in statements for s in _sides(statement)):
        folds: list[t.Expr] = list(
            dict.fromkeys(n for n in t.walk(side) if isinstance(n, t.Call) and n.name == "abs")
        )
        if 2 ** len(folds) > MAX_BRANCHES:
            raise NotAlgebraic("branches")
        radicals = list(_radicals(side))
        for choice in itertools.product((1, -1), repeat=len(folds)):
            signs = dict(zip(folds, choice, strict=True))
            parts = [side, *(t.children(f)[0] for f in folds)]
            found += (
                _with_roots(parts, radicals, name, signs)
                if radicals
                else _without(parts, name, signs)
            )
    return found


def _without(parts: list[t.Expr], name: str, signs: dict[t.Expr, int]) -> list[Poly]:
    reader = Fractions(name, signs)
    tops = [reader(part)[0] for part in parts]
    return tops + reader.met


def _with_roots(
    parts: list[t.Expr],
    radicals: list[tuple[t.Expr, t.Expr, int]],
    name: str,
    signs: dict[t.Expr, int],
) -> list[Poly]:
    reader = Eliminated(name, signs)
    for node, radicand, index in radicals:
        reader.define(node, radicand, index)
    values = [reader(part) for part in parts]
    return [reader.polynomial(v) for v in (*values, *reader.met)]


def _factors(polys: list[Poly]) -> set[tuple[int, ...]]:
    """The irreducible factors of all polynomials, of degree at least 1."""
    factors: set[tuple[int, ...]] = set()
    for poly in polys:
        p = _trim(poly)
        if len(p) < 2:
            continue
        common = lcm(*(c.denominator for c in p))
        whole = [int(c * common) for c in p]
        share = gcd(*whole)
        whole = [c // share for c in whole]
        if max(abs(c).bit_length() for c in whole) > MAX_COEFFICIENT_BITS:
            raise NotAlgebraic("coefficients")
        if len(whole) == 2:
            factors.add(tuple(whole if whole[0] > 0 else [-c for c in whole]))
            continue
        _, parts = dup_factor_list([ZZ(c) for c in whole], ZZ)
        factors.update(tuple(int(c) for c in f) for f, _ in parts)
    return factors


def _roots(poly: tuple[int, ...]) -> list[Cell]:
    """The real roots of an irreducible polynomial."""
    if len(poly) == 2:
        return [Fraction(-poly[1], poly[0])]
    if len(poly) == 3 and poly[1] ** 2 < 4 * poly[0] * poly[2]:
        return []
    p = [ZZ(c) for c in poly]
    roots: list[Cell] = []
    for low, high in dup_isolate_real_roots_sqf(p, ZZ):
        a, b = dup_refine_real_root(p, low, high, ZZ, steps=40) if low != high else (low, high)
        roots.append(RealRoot(poly, _fraction(a), _fraction(b)))
    return roots


def _fraction(value: Any) -> Fraction:
    value = QQ.convert(value)
    return Fraction(int(value.numerator), int(value.denominator))


def _ends(cell: Cell) -> tuple[Fraction, Fraction]:
    return (cell, cell) if isinstance(cell, Fraction) else (cell.low, cell.high)


def _ordered(cells: list[Cell]) -> list[Cell]:
    """From left to right, refined until no two overlap."""
    for _ in range(60):
        cells.sort(key=_ends)
        clash = next(
            (n for n in range(len(cells) - 1) if _ends(cells[n])[1] >= _ends(cells[n + 1])[0]),
            None,
        )
        if clash is None:
            return cells
        for n in (clash, clash + 1):
            cell = cells[n]
            if isinstance(cell, RealRoot):
                p = [ZZ(c) for c in cell.poly]
                a, b = dup_refine_real_root(
                    p, QQ(cell.low.numerator, cell.low.denominator),
                    QQ(cell.high.numerator, cell.high.denominator), ZZ, steps=30,
                )  # fmt: skip
                cells[n] = RealRoot(cell.poly, _fraction(a), _fraction(b))
    raise NotAlgebraic("roots too near")


def cells(statements: Iterable[t.Expr], name: str) -> list[Cell]:
    """A point of every cell: each critical root, and one point between neighbours.

    Raises ``NotAlgebraic``.
    """
    try:
        factors = _factors(critical(statements, name))
    except (NoValue, sp.PolynomialError, sp.CoercionFailed) as wrong:
        raise NotAlgebraic(str(wrong)) from wrong
    roots = _ordered([root for f in sorted(factors) for root in _roots(f)])
    if not roots:
        return [Fraction(0)]
    points: list[Cell] = [_ends(roots[0])[0].__floor__() - Fraction(1)]
    for n, root in enumerate(roots):
        points.append(root)
        if n + 1 < len(roots):
            points.append(_simple_between(_ends(root)[1], _ends(roots[n + 1])[0]))
    points.append(_ends(roots[-1])[1].__ceil__() + Fraction(1))
    return points


def _simple_between(low: Fraction, high: Fraction) -> Fraction:
    """A point between with a small denominator."""
    middle = (low + high) / 2
    for size in (1, 2, 10, 1000):
        near = middle.limit_denominator(size)
        if low < near < high:
            return near
    return middle


def truth_table(
    statements: list[t.Expr], name: str, given: tuple[t.Expr, ...] = ()
) -> list[tuple[Cell, list[bool]]]:
    """The truth of each statement on every cell on which the given ones hold.

    Raises ``NotAlgebraic`` where a statement is not algebraic in the one unknown, and
    ``NoValue`` where a truth was not found out.
    """
    table = []
    for cell in cells([*statements, *given], name):
        point = {name: cell}
        if all(exact_holds(g, point) for g in given):
            table.append((cell, [exact_holds(s, point) for s in statements]))
    return table
