"""Whether a formula is a polynomial as it is written."""

from __future__ import annotations

from assistant.maths import terms as t


def is_polynomial(expr: t.Expr, *names: str) -> bool:
    """Whether it is one in these letters by its own signs.

    A computer algebra system makes ``x^2`` of ``sqrt(x)^4`` and of ``x^3/x``, which are not
    defined everywhere: its word for it is not enough.
    """
    if not {*names} & {*t.symbols(expr)}:
        return True
    match expr:
        case t.Symbol():
            return True
        case t.Relation(_, left, right):
            return is_polynomial(left, *names) and is_polynomial(right, *names)
        case t.Neg(arg):
            return is_polynomial(arg, *names)
        case t.Add(parts) | t.Mul(parts):
            return all(is_polynomial(p, *names) for p in parts)
        case t.Div(num, den):
            return is_polynomial(num, *names) and not {*names} & {*t.symbols(den)}
        case t.Pow(base, t.Number(n)):
            return n.denominator == 1 and n > 0 and is_polynomial(base, *names)
    return False
