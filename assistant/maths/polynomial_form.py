"""Whether a formula is a polynomial as it is written."""

from __future__ import annotations

from assistant.maths import terms as t


def is_polynomial(expr: t.Expr, *names: str) -> bool:
    """Whether it is one in these letters by its own signs.

    A computer algebra system makes ``x^2`` of ``sqrt(x)^4`` and of ``x^3/x``, which are not
    defined everywhere: its word for it is not enough.
    """
    return _written(expr, names, dividing=False)


def is_quotient(expr: t.Expr, *names: str) -> bool:
    """Whether it is made of these letters by the four operations and whole powers as written.

    It has a value wherever none of its denominators is zero.
    """
    return _written(expr, names, dividing=True)


def _written(expr: t.Expr, names: tuple[str, ...], *, dividing: bool) -> bool:
    if not {*names} & {*t.symbols(expr)}:
        return True
    match expr:
        case t.Symbol():
            return True
        case t.Relation() | t.Neg() | t.Add() | t.Mul():
            parts: tuple[t.Expr, ...] = t.children(expr)
        case t.Div(num, den):
            if not dividing and {*names} & {*t.symbols(den)}:
                return False
            parts = num, den
        case t.Pow(base, t.Number(n)) if n.denominator == 1 and n > 0:
            parts = (base,)
        case t.Pow(base, t.Neg(t.Number(n))) if dividing and n.denominator == 1 and n > 0:
            parts = (base,)
        case _:
            return False
    return all(_written(p, names, dividing=dividing) for p in parts)
