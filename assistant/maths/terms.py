"""Formulas as values: an immutable tree that keeps what was written.

A computer algebra system simplifies while it builds (``2 + 2`` is ``4`` before
anybody has seen it), so it cannot hold the lines of a worked solution.  This
tree can: ``2*(x - 3)`` stays as it was typed.  It imports nothing heavy, so the
reader, the printers and the command line work without SymPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Comparison(StrEnum):
    """The signs that make a relation out of two expressions."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


class Connective(StrEnum):
    """How statements are joined."""

    AND = "and"
    OR = "or"


class Bracket(StrEnum):
    """What kind of collection a bracketed list of expressions is."""

    LIST = "list"
    TUPLE = "tuple"
    SET = "set"


class ConstantName(StrEnum):
    """Named constants and named sets; the value is the plain spelling."""

    PI = "pi"
    E = "e"
    I = "i"
    EULER_GAMMA = "EulerGamma"
    INFINITY = "oo"
    REALS = "RR"
    INTEGERS = "ZZ"
    NATURALS = "NN"
    RATIONALS = "QQ"
    COMPLEXES = "CC"
    EMPTY = "emptyset"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Number:
    """A literal.  ``decimals`` is the count of digits written after the point.

    ``Number(Fraction(3, 2), 1)`` is ``1.5``; an integer literal has ``None``.
    A value that is neither an integer nor a decimal is written as a ``Div``.
    """

    value: Fraction
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable or parameter, ``x`` or ``x_1``."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A named constant or a named set."""

    name: ConstantName


@dataclass(frozen=True, slots=True)
class Add:
    """A sum; a difference is a sum with a ``Neg`` term."""

    terms: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Mul:
    """A product."""

    factors: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Neg:
    """The opposite of an expression."""

    arg: Expr


@dataclass(frozen=True, slots=True)
class Div:
    """A fraction."""

    num: Expr
    den: Expr


@dataclass(frozen=True, slots=True)
class Pow:
    """A power."""

    base: Expr
    exp: Expr


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator applied to arguments.

    The operators and the order of their arguments:

    ``sqrt(x)``, ``root(x, n)``, ``abs(x)``, ``exp(x)``, ``ln(x)``, ``log(x, base)``;
    ``factorial(n)``, ``binomial(n, k)``, ``mixed(whole, num, den)``, ``percent(p)``,
    ``degrees(d)``, ``plusminus(x)``;
    ``diff(body, x, order)``, ``integrate(body, x)`` and ``integrate(body, x, low, high)``,
    ``limit(body, x, point)``, ``limit_left(…)``, ``limit_right(…)``,
    ``sum(body, k, low, high)``, ``product(body, k, low, high)``;
    ``union(A, …)``, ``intersection(A, …)``, ``complement(A, B)``,
    ``imageset(expression, k)`` (all integers k), ``conditionset(x, condition)``;
    ``piecewise(value, condition, …)``, ``det(M)``, ``transpose(M)``;
    ``in(x, A)``, ``approx(x, y)``;
    ``rootof(p, n)``: the n-th root of a polynomial in one letter, counted from 0, the real
    ones first in rising order;
    a name that is none of these is a function that the problem defines or asks for,
    ``y(x)``; a prime is ``diff``, and ``diff(y(0), x, 1)`` is ``y'(0)``.
    """

    name: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation or inequality."""

    op: Comparison
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Junction:
    """Statements joined by *and* or *or*."""

    op: Connective
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """A statement that is true or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix by rows; a column vector has rows of one entry."""

    rows: tuple[tuple[Expr, ...], ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """A list ``[a, b]``, a tuple ``(a, b)`` or a finite set ``{a, b}``."""

    kind: Bracket
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A real interval; an infinite end is open."""

    low: Expr
    high: Expr
    low_open: bool
    high_open: bool


Expr = (
    Number
    | Symbol
    | Constant
    | Add
    | Mul
    | Neg
    | Div
    | Pow
    | Call
    | Relation
    | Junction
    | Truth
    | Matrix
    | Collection
    | Interval
)


def integer(value: int) -> Expr:
    """An integer; a negative one is a ``Neg``, as it is written."""
    literal = Number(Fraction(abs(value)))
    return Neg(literal) if value < 0 else literal


def rational(value: Fraction) -> Expr:
    """A rational number as it is written: integer, or sign and fraction."""
    if value.denominator == 1:
        return integer(value.numerator)
    quotient = Div(integer(abs(value.numerator)), integer(value.denominator))
    return Neg(quotient) if value < 0 else quotient


def add(*terms: Expr) -> Expr:
    """A sum, flattened; of no terms 0, of one term that term."""
    flat = tuple(t for term in terms for t in (term.terms if isinstance(term, Add) else (term,)))
    if not flat:
        return integer(0)
    return flat[0] if len(flat) == 1 else Add(flat)


def mul(*factors: Expr) -> Expr:
    """A product, flattened; of no factors 1, of one factor that factor."""
    flat = tuple(
        f for factor in factors for f in (factor.factors if isinstance(factor, Mul) else (factor,))
    )
    if not flat:
        return integer(1)
    return flat[0] if len(flat) == 1 else Mul(flat)


def sub(left: Expr, right: Expr) -> Expr:
    """A difference."""
    return add(left, Neg(right))


def equation(left: Expr, right: Expr) -> Relation:
    """``left = right``."""
    return Relation(Comparison.EQ, left, right)


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of an expression, left to right."""
    match expr:
        case Number() | Symbol() | Constant() | Truth():
            return ()
        case Add(terms):
            return terms
        case Mul(factors):
            return factors
        case Neg(arg):
            return (arg,)
        case Div(num, den):
            return (num, den)
        case Pow(base, exp):
            return (base, exp)
        case Call(_, args) | Junction(_, args):
            return args
        case Relation(_, left, right):
            return (left, right)
        case Matrix(rows):
            return tuple(entry for row in rows for entry in row)
        case Collection(_, items):
            return items
        case Interval(low, high):
            return (low, high)


def rebuild(expr: Expr, parts: tuple[Expr, ...]) -> Expr:
    """The same node with other parts, in the order of ``children``."""
    match expr:
        case Number() | Symbol() | Constant() | Truth():
            return expr
        case Add():
            return Add(parts)
        case Mul():
            return Mul(parts)
        case Neg():
            return Neg(parts[0])
        case Div():
            return Div(parts[0], parts[1])
        case Pow():
            return Pow(parts[0], parts[1])
        case Call(name):
            return Call(name, parts)
        case Junction(op):
            return Junction(op, parts)
        case Relation(op):
            return Relation(op, parts[0], parts[1])
        case Matrix(rows):
            entries = iter(parts)
            return Matrix(tuple(tuple(next(entries) for _ in row) for row in rows))
        case Collection(kind):
            return Collection(kind, parts)
        case Interval(_, _, low_open, high_open):
            return Interval(parts[0], parts[1], low_open, high_open)


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and every part of it, outermost first (without recursion)."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def transform(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Rebuild bottom-up, with ``change`` applied to each node."""
    parts = children(expr)
    return change(rebuild(expr, tuple(transform(p, change) for p in parts)) if parts else expr)


def substitute(expr: Expr, name: str, value: Expr) -> Expr:
    """Every occurrence of the symbol ``name`` replaced by ``value``."""
    return transform(expr, lambda node: value if node == Symbol(name) else node)


def is_infinite(expr: Expr | None) -> bool:
    """Whether it is one of the two infinities."""
    infinity = Constant(ConstantName.INFINITY)
    return expr in (infinity, Neg(infinity))


def applied(expr: Expr, name: str, by: str) -> Expr:
    """The unknown function written out: ``y' = y`` becomes ``y'(x) = y(x)``."""
    return substitute(expr, name, Call(name, (Symbol(by),)))


def symbols(expr: Expr) -> tuple[str, ...]:
    """Names of the symbols in the order of their first appearance, each once."""
    return tuple(dict.fromkeys(n.name for n in walk(expr) if isinstance(n, Symbol)))


def free(expr: Expr) -> tuple[str, ...]:
    """Names of the symbols, without the one that ``{x | x > 1}`` speaks of."""
    match expr:
        case Call("conditionset", (Symbol(bound), condition)):
            return tuple(n for n in free(condition) if n != bound)
        case Symbol(name):
            return (name,)
    return tuple(dict.fromkeys(n for part in children(expr) for n in free(part)))
