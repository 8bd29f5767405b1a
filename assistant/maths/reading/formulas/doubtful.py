"""Spellings that mean one thing to some people and another to others.

A comma between two digits is a decimal point in much of Europe; ``x + 20%`` adds a fifth of x
on many calculators and in shops, and the number 0.2 in a formula; ``3x = 2 mod 7`` is a congruence
to a mathematician, and to a programmer none; and ``3^-1 mod 11`` is 4 to the one, and 1/3 to the
other.
"""

from __future__ import annotations

import re

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.phrases import Span
from assistant.maths.terms import (
    Add,
    Call,
    Comparison,
    Div,
    Expr,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    children,
    symbols,
    walk,
)
from assistant.maths.types import Text

BEFORE = re.compile(r"(?:[*·×÷/^+=<>≤≥]|(?:(?<![A-Za-z])[A-Za-z]|[\d)])\s*-)\s*\d+$")
BEHIND = re.compile(r"\d+\s*(?:[*·×÷/^+=<>≤≥-]|\\(?:cdot|times|div)(?![A-Za-z]))")
ALONE = re.compile(r"(?<![\d.,])\d+$")
DIGITS = re.compile(r"\d+(?![\d,])")


class DoubtfulError(ReadingError):
    """A formula that is well formed, but means different things to different people."""


THOUSANDS = 3
"""Digits behind a comma that groups them."""


def refuse_decimal_commas(whole: Span, separators: list[tuple[int, int]]) -> None:
    """Raise ``ReadingError`` at ``3,5 + 1,5``: a list, or two decimals?"""
    source = whole.source
    for start, end in separators:
        after = DIGITS.match(source, end, whole.end)
        if source[start:end] != "," or after is None:
            continue
        before = source[whole.start : start]
        if len(after[0]) == THOUSANDS:
            continue
        if not ALONE.search(before):
            continue
        if BEFORE.search(before) or BEHIND.match(source, end, whole.end):
            raise ReadingError(
                Text(
                    "is this comma a decimal point, or does it part two numbers?",
                    "这个逗号是小数点，还是两个数之间的分隔符？",
                ),
                start,
                Text(
                    "write decimals with a point (3.5), and lists with a space (3, 5)",
                    "小数请用小数点（3.5），数列请在逗号后加空格（3, 5）",
                ),
            )


def refuse_percent_sums(value: Expr, at: int = 0) -> None:
    """Raise ``ReadingError`` at ``x + 20%``; ``1 - 20%`` is clear, and ``80% + 20%`` too."""
    for node in walk(value):
        if not isinstance(node, Add):
            continue
        before: list[Expr] = []
        for term in node.terms:
            bare = _percent(term) or _percent(*_inside(term))
            if not bare and not any(map(_percent, walk(term))):
                before.append(term)
            if not bare or all(_at_most_one(o) and not symbols(o) for o in before):
                continue
            raise ReadingError(
                Text(
                    "a percentage is added to something here: a part of it, or the number?",
                    "这里加减的百分数是前面那个量的百分之几，还是这个数本身？",
                ),
                at,
                Text("write x*(1 + 20%), or the number 0.2", "请写成 x*(1 + 20%)，或写成小数 0.2"),
            )


def refuse_congruence(value: Expr, at: int = 0) -> None:
    """Raise ``DoubtfulError`` at ``3x = 2 mod 7``: is 3x the remainder, or only congruent?  And at
    ``3^-1 mod 11``: is a fraction meant, or an inverse?"""
    for node in walk(value):
        match node:
            case Call("mod", (left, Number())) if _has_inverse(left):
                raise DoubtfulError(
                    Text(
                        "is this a fraction, or the inverse of a whole number modulo another?",
                        "这里是分数，还是模意义下的逆元？",
                    ),
                    at,
                    Text(
                        "for the inverse of 3 modulo 11, solve 3x ≡ 1 (mod 11)",
                        "求 3 模 11 的逆元，请解 3x ≡ 1 (mod 11)",
                    ),
                )
            case Relation(Comparison.EQ, Symbol() | Call(), _):
                continue
            case Relation(Comparison.EQ, Number(small), Call("mod", (_, Number(modulus)))) if (
                0 <= small < modulus
            ):
                continue
            case Relation(Comparison.EQ, _, Call("mod")):
                raise DoubtfulError(
                    Text(
                        "is this a congruence, or is only the right side a remainder?",
                        "这是同余式，还是只有右边表示余数？",
                    ),
                    at,
                    Text(
                        "write 3x ≡ 2 (mod 7), or the remainder",
                        "请写成 3x ≡ 2 (mod 7)，或写出余数",
                    ),
                )


def _has_inverse(value: Expr) -> bool:
    """Whether a quotient or a negative power of whole numbers is part of a sum or product."""
    match value:
        case Pow(Number(base), Neg(Number()) | Number()) if abs(base) != 1:
            return isinstance(value.exp, Neg) or (
                isinstance(value.exp, Number) and value.exp.value < 0
            )
        case Div(Number(num), Number(den)):
            return den != 0 and (num / den).denominator != 1
        case Add() | Mul() | Neg():
            return any(map(_has_inverse, children(value)))
    return False


def _percent(*nodes: Expr) -> bool:
    return any(isinstance(n, Call) and n.name == "percent" for n in nodes)


def _inside(term: Expr) -> tuple[Expr, ...]:
    return (term.arg,) if isinstance(term, Neg) else ()


def _at_most_one(term: Expr) -> bool:
    return isinstance(term, Number) and abs(term.value) <= 1
