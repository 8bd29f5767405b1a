"""Formulas as one line of plain text that the reader accepts again."""

from __future__ import annotations

from assistant.maths.terms import (
    Add,
    Bracket,
    Call,
    Collection,
    Comparison,
    Connective,
    Constant,
    Div,
    Expr,
    Interval,
    Junction,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    Truth,
)

SUM, PRODUCT, UNARY, POWER, ATOM = range(5)
"""How strongly a piece of text holds together."""


def plain(expr: Expr) -> str:
    """One line, in the spelling that the reader accepts."""
    return _text(expr)[0]


def decimal(number: Number) -> str:
    """A literal with the decimals it was written with; ``1e-12`` is written out."""
    if number.decimals is None:
        value = number.value
        return (
            str(value.numerator)
            if value.denominator == 1
            else f"{value.numerator}/{value.denominator}"
        )
    scaled = number.value * 10**number.decimals
    if scaled.denominator != 1:
        places = number.decimals
        while scaled.denominator != 1 and places < 400:  # an exponent wrote more decimals
            places += 1
            scaled = number.value * 10**places
        return decimal(Number(number.value, places))
    digits = str(abs(scaled.numerator)).rjust(number.decimals + 1, "0")
    sign = "-" if number.value < 0 else ""
    if number.decimals == 0:
        return sign + digits
    return f"{sign}{digits[: -number.decimals]}.{digits[-number.decimals :]}"


def _text(expr: Expr) -> tuple[str, int]:
    match expr:
        case Number():
            written = decimal(expr)
            return written, PRODUCT if "/" in written else UNARY if written[0] == "-" else ATOM
        case Symbol(name):
            return name, ATOM
        case Constant(name):
            return name.value, ATOM
        case Truth(value):
            return ("true" if value else "false"), ATOM
        case Add(terms):
            return _sum(terms), SUM
        case Mul(factors):
            return "*".join(
                _within(f, PRODUCT if n == 0 else POWER) for n, f in enumerate(factors)
            ), PRODUCT
        case Div(num, den):
            return f"{_within(num, PRODUCT)}/{_within(den, POWER)}", PRODUCT
        case Neg(arg):
            return f"-{_within(arg, PRODUCT)}", SUM
        case Pow(base, exp):
            return (
                f"{_within(base, ATOM)}^{_within(exp, POWER if isinstance(exp, Pow) else ATOM)}",
                POWER,
            )
        case Call(name, args):
            return _call(name, args)
        case Relation(op, left, right):
            return f"{plain(left)} {op.value} {plain(right)}", -1
        case Junction(op, args):
            return _junction(op, args), -2
        case Matrix(rows):
            return "[" + ", ".join(
                "[" + ", ".join(map(plain, row)) + "]" for row in rows
            ) + "]", ATOM
        case Collection(kind, items):
            opening, closing = {Bracket.LIST: "[]", Bracket.TUPLE: "()", Bracket.SET: "{}"}[kind]
            return opening + ", ".join(map(plain, items)) + closing, ATOM
        case Interval(low, high, low_open, high_open):
            name = "Interval" + (".open" if low_open and high_open else "")
            del name
            return (
                f"{'(' if low_open else '['}{plain(low)}, {plain(high)}{')' if high_open else ']'}",
                ATOM,
            )


def _within(expr: Expr, strength: int) -> str:
    written, own = _text(expr)
    return written if own >= strength else f"({written})"


def _sum(terms: tuple[Expr, ...]) -> str:
    out = _within(terms[0], SUM)
    for term in terms[1:]:
        match term:
            case Neg(arg):
                out += f" - {_within(arg, PRODUCT)}"
            case Call("plusminus", (arg,)):
                out += f" ± {_within(arg, PRODUCT)}"
            case _:
                out += f" + {_within(term, PRODUCT)}"
    return out


def _call(name: str, args: tuple[Expr, ...]) -> tuple[str, int]:
    match name, args:
        case "factorial", (arg,):
            return _within(arg, ATOM) + "!", POWER
        case "percent", (arg,):
            return _within(arg, ATOM) + "%", POWER
        case "degrees", (arg,):
            return _within(arg, ATOM) + "°", POWER
        case "plusminus", (arg,):
            return "±" + _within(arg, PRODUCT), SUM
        case "mixed", (whole, num, den):
            return f"{plain(whole)} {plain(num)}/{plain(den)}", SUM
        case _:
            return f"{name}({', '.join(map(plain, args))})", ATOM


def _junction(op: Connective, args: tuple[Expr, ...]) -> str:
    if op is Connective.AND and (chain := _chain(args)):
        return chain
    inner = Connective.OR if op is Connective.AND else None
    parts = [
        f"({plain(a)})"
        if isinstance(a, Junction) and (a.op is inner or not _chain(a.args))
        else plain(a)
        for a in args
    ]
    return f" {op.value} ".join(parts)


def _chain(args: tuple[Expr, ...]) -> str:
    """``a < b and b < c`` is written ``a < b < c``."""
    match args:
        case (Relation(first, a, b), Relation(second, c, d)) if b == c and {first, second} <= {
            Comparison.LT,
            Comparison.LE,
        }:
            return f"{plain(a)} {first.value} {plain(b)} {second.value} {plain(d)}"
    return ""
