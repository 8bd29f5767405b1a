"""Formulas as one line of plain text that the reader accepts again.

What is read again has the same value, and mostly the same form.  The one exception: a lone
``(a, b)`` or ``[a, b]`` is an interval here and a pair or a list to the reader, as on paper;
beside ``in``, ``∪`` or an infinite end it is an interval again.
"""

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
    symbols,
)

JUNCTION, RELATION, SUM, PRODUCT, UNARY, POWER, ATOM = range(-2, 5)
"""How strongly a piece of text holds together."""

BRACKETS = {Bracket.LIST: ("[", "]"), Bracket.TUPLE: ("(", ")"), Bracket.SET: ("{", "}")}


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
            return f"{_set(left)} {op.value} {_set(right)}", RELATION
        case Junction(op, args):
            return _junction(op, args), JUNCTION
        case Matrix(rows):
            return "[" + ", ".join(f"[{_list(row)}]" for row in rows) + "]", ATOM
        case Collection(kind, items):
            opening, closing = BRACKETS[kind]
            comma = "," if len(items) == 1 and kind is not Bracket.SET else ""
            return f"{opening}{_list(items)}{comma}{closing}", ATOM
        case Interval(low, high, low_open, high_open):
            opening, closing = "(" if low_open else "[", ")" if high_open else "]"
            return f"{opening}{_item(low)}, {_item(high)}{closing}", ATOM


def _item(expr: Expr) -> str:
    """An expression between commas."""
    return _within(expr, SUM) if isinstance(expr, Junction) else plain(expr)


def _list(items: tuple[Expr, ...]) -> str:
    return ", ".join(map(_item, items))


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


POSTFIXES = {"factorial": "!", "percent": "%", "degrees": "°"}
SET_SIGNS = {"union": " ∪ ", "intersection": " ∩ ", "complement": " ∖ "}
ONE_SIDED = {"limit_left": "'-'", "limit_right": "'+'"}


def _call(name: str, args: tuple[Expr, ...]) -> tuple[str, int]:
    match name, args:
        case (("factorial" | "percent" | "degrees"), (arg,)):
            return _within(arg, ATOM) + POSTFIXES[name], POWER
        case "plusminus", (arg,):
            return "±" + _within(arg, PRODUCT), SUM
        case "abs", (arg,) if not isinstance(arg, Matrix):
            return f"|{_within(arg, SUM)}|", ATOM
        case "mixed", (whole, num, den):
            return f"{plain(whole)} {plain(num)}/{plain(den)}", PRODUCT
        case (("union" | "intersection" | "complement"), (_, _, *_)):
            return SET_SIGNS[name].join(_within(a, ATOM) for a in args), RELATION
        case "in", (element, whole):
            return f"{_within(element, SUM)} in {_set(whole)}", RELATION
        case "approx", (left, right):
            return f"{_within(left, SUM)} ≈ {_within(right, SUM)}", RELATION
        case (("limit_left" | "limit_right"), _):
            return f"limit({_list(args)}, {ONE_SIDED[name]})", ATOM
        case "diff", (Call(function, (at,)), variable, Number(order)) if (
            order in (1, 2, 3) and len(function) == 1 and (at == variable or not symbols(at))
        ):
            return f"{function}{chr(39) * int(order)}({plain(at)})", ATOM
        case _:
            return f"{name}({_list(args)})", ATOM


def _set(expr: Expr) -> str:
    """A side of a relation: an expression or a set; a union there needs no bracket."""
    written, own = _text(expr)
    joined = isinstance(expr, Call) and expr.name in SET_SIGNS
    return written if joined or own >= SUM else f"({written})"


def _junction(op: Connective, args: tuple[Expr, ...]) -> str:
    if op is Connective.AND and (chain := _chain(args)):
        return chain
    return f" {op.value} ".join(
        f"({plain(a)})" if isinstance(a, Junction) and not _is_chain(a) else plain(a) for a in args
    )


def _is_chain(junction: Junction) -> bool:
    return junction.op is Connective.AND and bool(_chain(junction.args))


def _chain(args: tuple[Expr, ...]) -> str:
    """``a < b and b < c`` is written ``a < b < c``."""
    match args:
        case (Relation(first, a, b), Relation(second, c, d)) if b == c and {first, second} <= {
            Comparison.LT,
            Comparison.LE,
        }:
            return f"{_set(a)} {first.value} {_set(b)} {second.value} {_set(d)}"
    return ""
