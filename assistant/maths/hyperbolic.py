"""Hyperbolic functions written with exponentials, which they are."""

from __future__ import annotations

from assistant.maths import terms as t

NAMES = frozenset("sinh cosh tanh coth sech csch".split())


def in_exponentials(expr: t.Expr) -> t.Expr:
    """``sinh u`` as ``(e^u - e^(-u))/2``, and so on for the others of them."""
    return t.transform(expr, _written)


def has_hyperbolic(expr: t.Expr) -> bool:
    """Whether one of them stands in a formula with letters."""
    return any(isinstance(n, t.Call) and n.name in NAMES and t.symbols(n) for n in t.walk(expr))


def _written(node: t.Expr) -> t.Expr:
    match node:
        case t.Call(name, (u,)) if name in NAMES:
            pass
        case _:
            return node
    two = t.integer(2)
    up, down = (t.Pow(t.Constant(t.ConstantName.E), e) for e in (u, t.Neg(u)))
    sine, cosine = t.sub(up, down), t.add(up, down)
    parts = {"sinh": (sine, two), "cosh": (cosine, two), "tanh": (sine, cosine),
             "coth": (cosine, sine), "sech": (two, cosine), "csch": (two, sine)}  # fmt: skip
    return t.Div(*parts[name])
