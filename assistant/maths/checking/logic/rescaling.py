"""``sin(pi x) = 0`` in turns: with pi*x as the unknown it is a usual trigonometric equation."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy

PI = t.Constant(t.ConstantName.PI)
CIRCULAR = ("sin", "cos", "tan", "cot", "sec", "csc")


def in_turns(before: t.Expr, after: t.Expr, names: tuple[str, ...]) -> tuple[t.Expr, t.Expr]:
    """Both lines in the unknown times pi, where that is what the functions speak of."""
    if len(names) != 1 or not _turning(before, names[0]):
        return before, after
    try:
        return _scaled(before, names[0]), _scaled(after, names[0])
    except NotConvertible:
        return before, after


def _turning(expr: t.Expr, name: str) -> bool:
    """Whether every circular function is of the unknown times pi."""
    angles = [
        n.args[0]
        for n in t.walk(expr)
        if isinstance(n, t.Call) and n.name in CIRCULAR and name in t.symbols(n)
    ]
    return bool(angles) and all(_rate(a, name) for a in angles)


def _rate(angle: t.Expr, name: str) -> bool:
    """Whether an angle turns by a rational part of pi for each unit of the unknown."""
    if PI not in t.walk(angle):
        return False
    try:
        slope = to_sympy(angle, real=True).diff(sp.Symbol(name, real=True))
    except NotConvertible:
        return False
    return bool((slope / sp.pi).is_Rational)


def _scaled(expr: t.Expr, name: str) -> t.Expr:
    """The line for ``x/pi`` instead of ``x``; a set has its members times pi."""
    match expr:
        case t.Junction(op, args):
            return t.Junction(op, tuple(_scaled(a, name) for a in args))
        case t.Relation(op, t.Symbol(symbol), value) if symbol == name and not t.symbols(value):
            return t.Relation(op, t.Symbol(name), _times(value))
        case t.Relation(op, value, t.Symbol(symbol)) if symbol == name and not t.symbols(value):
            return t.Relation(op, _times(value), t.Symbol(name))
        case t.Relation(op, left, right):
            return t.Relation(op, _inside(left, name), _inside(right, name))
        case t.Call("imageset", (body, index)):
            return t.Call("imageset", (_times(body), index))
        case t.Call("union", args):
            return t.Call("union", tuple(_scaled(a, name) for a in args))
        case t.Collection(t.Bracket.SET, items):
            return t.Collection(t.Bracket.SET, tuple(map(_times, items)))
        case t.Constant(t.ConstantName.EMPTY) | t.Truth():
            return expr
    raise NotConvertible(type(expr).__name__)


def _times(value: t.Expr) -> t.Expr:
    return from_sympy((to_sympy(t.Mul((PI, value)), real=True)).expand())


def _inside(side: t.Expr, name: str) -> t.Expr:
    """The functions' angles in the new unknown, reduced (``pi*(x/pi)`` is ``x``)."""

    def change(node: t.Expr) -> t.Expr:
        if isinstance(node, t.Call) and node.name in CIRCULAR and name in t.symbols(node):
            return t.Call(node.name, tuple(map(reduced, node.args)))
        return node

    def reduced(angle: t.Expr) -> t.Expr:
        return from_sympy(to_sympy(angle, real=True).expand())

    return t.transform(t.substitute(side, name, t.Div(t.Symbol(name), PI)), change)
