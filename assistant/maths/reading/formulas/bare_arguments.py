"""What a function takes that has no bracket behind it.

It takes the number and the letters that touch: ``sin 2x`` is ``sin(2*x)`` and ``sin x y`` is
``sin(x)*y``.  A number or constant takes the number that it is divided by: ``sin π/6`` is
``sin(π/6)``.  With a letter, ``sin x/2`` is ``sin(x)/2``, but many people mean ``sin(x/2)``, so
that the place is marked as unsure.  Where neither is usual, nothing is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.maths.reading.formulas.tokens import Kind, ReadingError, Token
from assistant.maths.terms import Call, Constant, Div, Expr, Mul, Neg, Number, Pow, children, walk
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.reading.formulas.grammar import FormulaReader

ANGLES = frozenset(
    "sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch".split()
)
"""Functions that take the whole of ``π/6`` or ``1/2``; ``ln 2/2`` mostly is half of ``ln 2``."""


def bare_argument(r: FormulaReader, token: Token, name: str) -> Expr:
    """``2x`` in ``sin 2x``: numbers and constants, and then the letters that touch.

    Raises ``ReadingError``.
    """
    if r.now.kind is Kind.END or (
        r.now.kind is Kind.SIGN and r.now.text in (")", "]", ",", "=", "*", "/")
    ):
        raise ReadingError(
            Text("the function “{0}” has no argument", "函数“{0}”缺少自变量", (token.text,)),
            r.now.start,
            Text("write {0}(x)", "请写成 {0}(x)", (token.text,)),
        )
    if name == "sqrt":
        return r.power()
    negative = r.accept("-")
    parts = [r.power()]
    while _goes_on(r, parts):
        parts.append(r.power())
    value = parts[0] if len(parts) == 1 else Mul(tuple(parts))
    if r.sees("/") and not _function_follows(r):
        value = _divided(r, token, name, value)
    value = Neg(value) if negative else value
    if r.now.kind is Kind.NAME and not is_differential(r):
        r.note("{0} takes {1} only", "{0} 只作用于 {1}", token.text, value)
    return value


def is_differential(r: FormulaReader) -> bool:
    """Whether ``dx`` stands here and an integral waits for it."""
    return bool(r.integrals) and r.now.text == "d" and r.peek().kind is Kind.NAME


def _goes_on(r: FormulaReader, parts: list[Expr]) -> bool:
    token = r.now
    coefficient = all(isinstance(p, Number | Constant) for p in parts)
    if token.kind is Kind.NAME:
        return (coefficient or not token.spaced) and not is_differential(r)
    if token.kind is Kind.WORD:
        return token.text == "pi" and (coefficient or not token.spaced)
    if token.kind is Kind.COMMAND:
        return coefficient and token.text in ("frac", "sqrt")
    return coefficient and r.sees("(") and not token.spaced


def _divided(r: FormulaReader, token: Token, name: str, value: Expr) -> Expr:
    """The argument before a ``/``, with what it is divided by where that is sure."""
    if not _fixed(value):
        if not isinstance(value, Call) or value.name == "degrees":
            r.unsure = True
            r.note(
                "{0} takes {1} only, without the “/”",
                "{0} 只作用于 {1}，不含“/”",
                token.text,
                value,
            )
        return value
    slash = r.take()
    below = r.power()
    goes_on = r.sees("/") or (not r.now.spaced and r.now.kind in (Kind.NAME, Kind.WORD))
    clear = name in ANGLES and not isinstance(value, Div) and (not slash.spaced or _has_pi(value))
    if not clear or goes_on or not _fixed(below):
        raise ReadingError(
            Text(
                "it is not clear whether “{0}” takes what stands behind the “/”",
                "不清楚“{0}”是否作用于“/”后面的部分",
                (token.text,),
            ),
            slash.start,
            Text(
                "write brackets: {0}(a/b) or {0}(a)/b",
                "请加括号：{0}(a/b) 或 {0}(a)/b",
                (token.text,),
            ),
        )
    return Div(value, below)


def _function_follows(r: FormulaReader) -> bool:
    """Whether another function stands below the line, as in ``sin 2/cos 2``."""
    from assistant.maths.reading.formulas.tokens import FUNCTIONS

    return r.peek().text in FUNCTIONS


def _fixed(value: Expr) -> bool:
    """Whether it is made of numbers and constants alone, without a function."""
    match value:
        case Number() | Constant():
            return True
        case Mul() | Div() | Neg() | Pow():
            return all(map(_fixed, children(value)))
        case Call("sqrt" | "root", args):
            return all(map(_fixed, args))
    return False


def _has_pi(value: Expr) -> bool:
    return any(isinstance(n, Constant) for n in walk(value))
