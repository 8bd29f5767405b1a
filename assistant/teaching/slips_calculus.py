"""Common mistakes in derivatives and antiderivatives.

Each is worked out by the wrong rule at one place and the right rules elsewhere, so that it is
named only where it gives exactly what the student wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.maths import terms as t
from assistant.teaching.shapes import TooLong, same_value, terms_of
from assistant.teaching.types import Slip

ONE, ZERO = t.integer(1), t.integer(0)
EULER = t.Constant(t.ConstantName.E)
OUTER: dict[str, Callable[[t.Expr], t.Expr]] = {
    "sin": lambda u: t.Call("cos", (u,)),
    "cos": lambda u: t.Neg(t.Call("sin", (u,))),
    "tan": lambda u: t.Div(ONE, t.Pow(t.Call("cos", (u,)), t.integer(2))),
    "ln": lambda u: t.Div(ONE, u),
    "exp": lambda u: t.Call("exp", (u,)),
    "sqrt": lambda u: t.Div(ONE, t.mul(t.integer(2), t.Call("sqrt", (u,)))),
}
"""What pupils differentiate; the solver's own rules are not loaded in this process."""
MOST_DEEP = 12
"""Levels of a formula that are differentiated."""


def derivative_slips(body: t.Expr, name: str) -> Iterator[tuple[Slip, t.Expr, t.Expr]]:
    """What wrong rules make of the derivative of a formula: the mistake, where, the result."""
    match body:
        case t.Neg(arg):
            for slip, at, made in derivative_slips(arg, name):
                yield slip, at, t.Neg(made)
        case t.Add(parts):
            yield from _in_sum(parts, name)
        case t.Mul(parts) if len(moving := [p for p in parts if name in t.symbols(p)]) == 1:
            fixed = [p for p in parts if name not in t.symbols(p)]
            for slip, at, made in derivative_slips(moving[0], name):
                yield slip, at, t.mul(*fixed, made)
        case t.Mul(parts):
            if None not in (found := [_moved(p, name) for p in parts]):
                yield Slip.PRODUCT_DERIVED, body, t.mul(*(p for p in found if p is not None))
        case t.Div(num, den) if name in t.symbols(den):
            above, below = derived(num, name), derived(den, name)
            if above is not None and below is not None and not same_value(below, ZERO):
                yield Slip.QUOTIENT_DERIVED, body, t.Div(above, below)
        case t.Div(num, den):
            for slip, at, made in derivative_slips(num, name):
                yield slip, at, t.Div(made, den)
        case t.Pow(base, t.Number(value) as power) if value > 1:
            lowered = t.Pow(base, t.Number(value - 1))
            inner = derived(base, name)
            if inner is not None:
                yield Slip.EXPONENT_LOST, body, t.mul(lowered, inner)
                yield Slip.NOT_LOWERED, body, t.mul(power, body, inner)
                yield Slip.NOT_LOWERED, body, t.mul(power, base, inner)
            if base != t.Symbol(name):
                yield Slip.INNER_LOST, body, t.mul(power, lowered)
        case t.Pow(base, exponent) if base == EULER and exponent != t.Symbol(name):
            yield Slip.INNER_LOST, body, body
        case t.Call(called, (inside,)) if called in OUTER and inside != t.Symbol(name):
            yield Slip.INNER_LOST, body, OUTER[called](inside)


def _in_sum(parts: tuple[t.Expr, ...], name: str) -> Iterator[tuple[Slip, t.Expr, t.Expr]]:
    right = [derived(part, name) for part in parts]
    known = [part for part in right if part is not None]
    if len(known) < len(parts):
        return
    for n, part in enumerate(parts):
        others = (*known[:n], *known[n + 1 :])
        if name not in t.symbols(part):
            yield Slip.CONSTANT_KEPT, part, t.add(*others, part)
        for slip, at, made in derivative_slips(part, name):
            yield slip, at, t.add(*others, made)


def _moved(factor: t.Expr, name: str) -> t.Expr | None:
    """The derivative of a factor; a number stays."""
    return derived(factor, name) if name in t.symbols(factor) else factor


def derived(body: t.Expr, name: str, deep: int = 0) -> t.Expr | None:
    """The derivative by the usual rules, as they give it; ``None`` beyond them."""
    if name not in t.symbols(body):
        return ZERO
    if deep > MOST_DEEP:
        return None
    match body:
        case t.Symbol():
            return ONE
        case t.Neg(arg):
            return _made(lambda d: t.Neg(d[0]), derived(arg, name, deep + 1))
        case t.Add(parts):
            return _made(lambda d: t.add(*d), *(derived(p, name, deep + 1) for p in parts))
        case t.Mul((first, *rest)):
            other = t.mul(*rest)
            return _made(
                lambda d: t.add(t.mul(d[0], other), t.mul(first, d[1])),
                derived(first, name, deep + 1),
                derived(other, name, deep + 1),
            )
        case t.Div(num, den) if name not in t.symbols(den):
            return _made(lambda d: t.Div(d[0], den), derived(num, name, deep + 1))
        case t.Pow(base, t.Number(value) as power):
            lowered = t.mul(power, t.Pow(base, t.Number(value - 1)))
            return _made(lambda d: t.mul(lowered, d[0]), derived(base, name, deep + 1))
        case t.Pow(base, exponent) if base == EULER:
            return _made(lambda d: t.mul(body, d[0]), derived(exponent, name, deep + 1))
        case t.Call(called, (inside,)) if called in OUTER:
            outer = OUTER[called](inside)
            return _made(lambda d: t.mul(outer, d[0]), derived(inside, name, deep + 1))
    return None


def _made(rule: Callable[[list[t.Expr]], t.Expr], *parts: t.Expr | None) -> t.Expr | None:
    """What a rule makes of derivatives that are all known."""
    known = [part for part in parts if part is not None]
    return rule(known) if len(known) == len(parts) else None


def times_the_integrand(line: t.Expr, integrand: t.Expr, name: str) -> t.Expr | None:
    """The number, other than 0 and 1, that the derivative of a line is of the integrand; ``None``
    where it is no number, or not known."""
    found = derived(line, name)
    if found is None:
        return None
    try:
        own, asked = terms_of(found), terms_of(integrand)
    except TooLong:
        return None
    if not asked or own.keys() != asked.keys():
        return None
    first = next(iter(asked))
    ratio = own[first] / asked[first]
    if ratio == 1 or any(own[m] != ratio * c for m, c in asked.items()):
        return None
    top, bottom = t.integer(ratio.numerator), t.integer(ratio.denominator)
    return top if ratio.denominator == 1 else t.Div(top, bottom)
