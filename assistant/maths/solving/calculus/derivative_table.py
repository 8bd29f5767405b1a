"""The derivatives of the standard functions at a formula ``u``."""

from __future__ import annotations

from collections.abc import Callable

from assistant.maths import terms as t
from assistant.maths.solving.calculus.tidy import ONE, power


def _square(u: t.Expr) -> t.Expr:
    return power(u, t.integer(2))


def one_over(den: t.Expr) -> t.Expr:
    """A reciprocal."""
    return t.Div(ONE, den)


def _call(name: str) -> Callable[[t.Expr], t.Expr]:
    return lambda u: t.Call(name, (u,))


def _root(body: t.Expr) -> t.Expr:
    return t.Call("sqrt", (body,))


sin, cos, tan, cot, sec, csc = map(_call, ("sin", "cos", "tan", "cot", "sec", "csc"))
sinh, cosh, magnitude = map(_call, ("sinh", "cosh", "abs"))

OUTER: dict[str, Callable[[t.Expr], t.Expr]] = {
    "sqrt": lambda u: one_over(t.mul(t.integer(2), _root(u))),
    "ln": one_over,
    "sin": cos,
    "cos": lambda u: t.Neg(sin(u)),
    "tan": lambda u: _square(sec(u)),
    "cot": lambda u: t.Neg(_square(csc(u))),
    "sec": lambda u: t.mul(sec(u), tan(u)),
    "csc": lambda u: t.Neg(t.mul(csc(u), cot(u))),
    "asin": lambda u: one_over(_root(t.sub(ONE, _square(u)))),
    "acos": lambda u: t.Neg(one_over(_root(t.sub(ONE, _square(u))))),
    "atan": lambda u: one_over(t.add(ONE, _square(u))),
    "acot": lambda u: t.Neg(one_over(t.add(ONE, _square(u)))),
    "asec": lambda u: one_over(t.mul(magnitude(u), _root(t.sub(_square(u), ONE)))),
    "acsc": lambda u: t.Neg(one_over(t.mul(magnitude(u), _root(t.sub(_square(u), ONE))))),
    "sinh": cosh,
    "cosh": sinh,
    "tanh": lambda u: one_over(_square(cosh(u))),
    "coth": lambda u: t.Neg(one_over(_square(sinh(u)))),
    "asinh": lambda u: one_over(_root(t.add(_square(u), ONE))),
    "acosh": lambda u: one_over(_root(t.sub(_square(u), ONE))),
    "atanh": lambda u: one_over(t.sub(ONE, _square(u))),
    "acoth": lambda u: one_over(t.sub(ONE, _square(u))),
    "abs": lambda u: t.Div(u, magnitude(u)),
}
"""The derivative of each function at ``u``."""
