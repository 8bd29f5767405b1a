"""The shapes of functions and operators: roots, integrals, limits, cases, sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.maths import terms as t
from assistant.maths.showing import layout as lay
from assistant.maths.showing import words
from assistant.maths.showing.layout import Layout
from assistant.maths.showing.words import clean

if TYPE_CHECKING:
    from assistant.maths.showing.notation import Notation

STATEMENT, SUM, PRODUCT, POWER, ATOM = range(5)
TITLES = {
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "acot": "arccot",
    "asec": "arcsec",
    "acsc": "arccsc",
    "asinh": "arsinh",
    "acosh": "arcosh",
    "atanh": "artanh",
    "sign": "sgn",
    "re": "Re",
    "im": "Im",
    "gamma": "Γ",
    "zeta": "ζ",
    "LambertW": "W",
}
BARE = frozenset(
    """sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh
    acosh atanh ln log det""".split()
)
"""Functions whose simple argument is written without brackets."""
SET_SIGNS = {"union": "∪", "intersection": "∩", "complement": "∖"}
ELEMENT, COMMAS, CONTINUED = "∈", ",", "="
"""Names of calls that only printers make: ``x ∈ A``; ``x = 1, y = 2``; ``= 5`` in a chain.
No reader gives a function such a name."""


def call_shape(
    write: Notation, call: t.Call, *, bare: bool = True, power: Layout | None = None
) -> tuple[Layout, int]:
    """The shape of a call and its strength.

    ``bare`` allows ``sin x`` without brackets; ``power`` puts an exponent to the function's
    name (``sin² x``), for the functions that are written so.
    """
    if call.name in BARE and call.name != "det" and call.args:
        return _function(write, call, bare=bare, power=power)
    found = (
        _postfix(write, call)
        or _bracketed(write, call)
        or _operator(write, call, bare=bare)
        or _set(write, call)
        or _printed(write, call)
    )
    return found or _function(write, call, bare=False, power=None)


def _function(
    write: Notation, call: t.Call, *, bare: bool, power: Layout | None
) -> tuple[Layout, int]:
    args = call.args
    head: Layout = lay.name(TITLES.get(call.name, "")) if call.name in TITLES else _head(call.name)
    if call.name == "log" and len(args) == 2:
        ten = args[1] == t.integer(10)
        head = lay.name("lg") if ten else lay.Scripts(lay.name("log"), sub=write(args[1]))
        args = args[:1]
    if power is not None:
        head = (
            lay.Scripts(head.base, head.sub, power)
            if isinstance(head, lay.Scripts)
            else lay.Scripts(head, sup=power)
        )
    if bare and len(args) == 1 and _simple(args[0]):
        return lay.row(head, lay.APPLY, write(args[0])), PRODUCT
    strength = PRODUCT if power is not None else ATOM
    return lay.Row((head, lay.APPLY, lay.Fence("(", write.commas(args), ")"))), strength


def _head(name: str) -> Layout:
    if name in BARE or len(name) > 1:
        return lay.name(clean(name))
    return lay.letter(clean(name))


def _simple(arg: t.Expr) -> bool:
    """Whether ``sin`` of it is clear without brackets: ``x``, ``2x``, ``π/3``."""
    match arg:
        case t.Number(value):
            return value >= 0
        case t.Symbol() | t.Constant():
            return True
        case t.Mul((t.Number(value), t.Symbol() | t.Constant())):
            return value >= 0
        case t.Div():
            return True
        case t.Call("abs" | "sqrt", (_,)):
            return True
        case t.Call("degrees", (inner,)):
            return isinstance(inner, t.Number)
    return False


def _postfix(write: Notation, call: t.Call) -> tuple[Layout, int] | None:
    signs = {"factorial": "!", "percent": "%", "degrees": "°", "transpose": ""}
    match call.name, call.args:
        case "transpose", (arg,):
            return lay.Scripts(write.within(arg, ATOM), sup=lay.name("T")), POWER
        case "inverse", (arg,):
            exponent = lay.row(lay.Sign("-", lay.Role.PREFIX), lay.digits("1"))
            return lay.Scripts(write.within(arg, ATOM), sup=exponent), POWER
        case name, (arg,) if name in signs:
            return lay.row(write.within(arg, ATOM), lay.Sign(signs[name], lay.Role.POSTFIX)), POWER
        case "plusminus", (arg,):
            return lay.row(lay.Sign("±", lay.Role.PREFIX), write.within(arg, PRODUCT)), SUM
        case "mixed", (whole, num, den):
            return lay.row(
                write.within(whole, ATOM), lay.PLUS, lay.Fraction(write(num), write(den))
            ), PRODUCT
        case "mod", (left, right):
            return lay.row(
                write.within(left, PRODUCT), lay.binary("mod"), write.within(right, PRODUCT)
            ), SUM
    return None


def _bracketed(write: Notation, call: t.Call) -> tuple[Layout, int] | None:
    fences = {"abs": ("|", "|"), "floor": ("⌊", "⌋"), "ceiling": ("⌈", "⌉")}
    match call.name, call.args:
        case "sqrt", (arg,):
            return lay.Radical(write(arg)), POWER
        case "root", (arg, t.Number(value)) if value == 2:
            return lay.Radical(write(arg)), POWER
        case "root", (arg, index):
            return lay.Radical(write(arg), write(index)), POWER
        case "exp", (arg,):
            return lay.Scripts(lay.letter("e"), sup=write(arg)), POWER
        case name, (arg,) if name in fences:
            opening, closing = fences[name]
            return lay.Fence(opening, write(arg), closing), ATOM
        case "det", (t.Matrix(rows),):
            return lay.Grid(tuple(tuple(map(write, r)) for r in rows), "|", "|"), ATOM
        case "binomial", (n, k):
            return lay.Grid(((write(n),), (write(k),)), "(", ")"), ATOM
        case "piecewise", args if len(args) >= 2 and len(args) % 2 == 0:
            cases = tuple(
                (write(args[n]), _condition(write, args[n + 1])) for n in range(0, len(args), 2)
            )
            return lay.Grid(cases, "{", ""), PRODUCT
    return None


def _condition(write: Notation, condition: t.Expr) -> Layout:
    if condition == t.Truth(value=True):
        return write.word(words.OTHERWISE)
    return write.shape(condition)[0]


def _operator(write: Notation, call: t.Call, *, bare: bool) -> tuple[Layout, int] | None:
    found: Layout
    match call.name, call.args:
        case "diff", (body, variable, *rest):
            found, own = _derivative(write, body, variable, rest[0] if rest else t.integer(1))
            if own == ATOM:
                return found, own
        case "integrate", (body, variable):
            found = _integral(write, lay.Big("∫"), body, variable)
        case "integrate", (body, variable, low, high):
            found = _integral(write, lay.Big("∫", write(low), write(high)), body, variable)
        case (("limit" | "limit_left" | "limit_right"), (body, variable, point)):
            side = {"limit_left": "-", "limit_right": "+"}.get(call.name)
            to = write.within(point, POWER if side else SUM)
            if side:
                to = lay.Scripts(to, sup=lay.Sign(side, lay.Role.POSTFIX))
            below = lay.row(write(variable), lay.relation("→"), to)
            found = lay.row(lay.Big("lim", below), lay.APPLY, write.within(body, PRODUCT))
        case (("sum" | "product"), (body, index, low, high)):
            below = lay.row(write(index), lay.relation("="), write(low))
            sign = "∑" if call.name == "sum" else "∏"
            found = lay.row(
                lay.Big(sign, below, write(high)), lay.APPLY, write.within(body, PRODUCT)
            )
        case _:
            return None
    return (found, PRODUCT) if bare else (lay.Fence("(", found, ")"), ATOM)


def _integral(write: Notation, sign: lay.Big, body: t.Expr, variable: t.Expr) -> Layout:
    end = lay.row(lay.SPACED_TIMES, lay.name("d"), write(variable))
    return lay.row(sign, lay.APPLY, write.within(body, PRODUCT), end)


def _derivative(
    write: Notation, body: t.Expr, variable: t.Expr, order: t.Expr
) -> tuple[Layout, int]:
    """``y″(x)`` for an unknown function of that variable, ``d/dx (…)`` else."""
    times = int(order.value) if isinstance(order, t.Number) else 0
    match body:
        case t.Call(name, (argument,)) if argument == variable and len(name) == 1 and times:
            if times <= 3:
                head: Layout = lay.row(_head(name), lay.Sign("′" * times, lay.Role.POSTFIX))
            else:
                head = lay.Scripts(_head(name), sup=lay.Fence("(", write(order), ")"))
            return lay.row(head, lay.APPLY, lay.Fence("(", write(argument), ")")), ATOM
    several = any(
        isinstance(n, t.Call) and len(n.name) == 1 and len(n.args) > 1 for n in t.walk(body)
    )
    d: Layout = lay.name("∂" if several else "d")
    above: Layout = d if times == 1 else lay.Scripts(d, sup=write(order))
    x = write(variable)
    below = lay.row(d, x if times == 1 else lay.Scripts(x, sup=write(order)))
    return lay.row(lay.Fraction(above, below), lay.SPACED_TIMES, write.within(body, POWER)), PRODUCT


def _set(write: Notation, call: t.Call) -> tuple[Layout, int] | None:
    match call.name, call.args:
        case name, (first, *rest) if name in SET_SIGNS:
            out = [_part(write, first)]
            for other in rest:
                out += [lay.binary(SET_SIGNS[name]), _part(write, other)]
            return lay.row(*out), SUM
        case "imageset", (body, index):
            integers = lay.row(write(index), lay.relation("∈"), lay.letter("ℤ"))
            return _builder(write(body), integers), ATOM
        case "conditionset", (variable, condition):
            return _builder(write(variable), write.shape(condition)[0]), ATOM
    return None


def _part(write: Notation, part: t.Expr) -> Layout:
    if isinstance(part, t.Call) and part.name in SET_SIGNS:
        return lay.Fence("(", write(part), ")")
    return write(part)


def _builder(left: Layout, right: Layout) -> Layout:
    return lay.Fence("{", lay.row(left, lay.relation("|"), right), "}")


def _printed(write: Notation, call: t.Call) -> tuple[Layout, int] | None:
    match call.name, call.args:
        case "rootof", (body, t.Number(value)):
            text = words.NTH_ROOT.template(write.lang).split("{1}")
            number = lay.words(text[0].replace("{0}", str(value + 1)))
            parts = (number, lay.Fence("(", write(body), ")"), lay.words(text[1]))
            return lay.row(*(p for p in parts if p != lay.words(""))), PRODUCT
        case "∈", (element, whole):
            return lay.row(write(element), lay.relation("∈"), write(whole)), STATEMENT
        case ",", args:
            return write.commas(args), STATEMENT
        case "=", (value,):
            return lay.row(lay.relation("="), write.within(value, SUM)), STATEMENT
    return None
