"""Congruences of whole numbers: ``2^10 = (2^3)^3 * 2 ≡ 2 (mod 7)`` compares remainders."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from math import prod

from assistant.maths import terms as t

_MODULUS = re.compile(
    r"(?:[,，]|(?<!\s))\s*+(?:\\pmod\s*+\{?\s*+(\d{1,9})\s*+\}?"
    r"|(?:[(（]\s*+)?\\?b?mod(?![a-z])\s*+\{?\s*+(\d{1,9})(?:\s*+\})?(?:\s*+[)）])?)"
)
_SIGNS = re.compile(r"\\equiv(?![a-z])|≡|=")
_OTHERS = re.compile(r"\\not|[<>≤≥≠≈!]|\\(?:neq?|[lg]eq?|approx|implies|Rightarrow)(?![a-z])")
MOST, MOST_BITS = 300, 4000


def without_congruence(text: str) -> str:
    """The text without the signs that say that remainders are compared."""
    return re.sub(r"\\equiv(?![a-z])|≡", "=", _MODULUS.sub(" ", text))


def congruent(text: str, read: Callable[[str], t.Expr | None]) -> tuple[t.Expr, ...] | None:
    """The remainders of numbers that are said to be congruent; ``None`` for anything else.
    ``read`` reads one formula."""
    if len(text) > MOST or re.search(r"\\equiv(?![a-z])|≡", text) is None:
        return None
    moduli = {m[1] or m[2] for m in _MODULUS.finditer(text)}
    if len(moduli) != 1 or _OTHERS.search(text):
        return None
    (modulus,) = moduli
    signs = _SIGNS.findall(text)
    sides = [read(part) for part in _SIGNS.split(_MODULUS.sub(" ", text)) if part.strip()]
    if len(sides) < len(signs) + 1 or modulus == "0":
        return None
    whole = [side for side in sides if side is not None and _is_whole(side)]
    if len(whole) < len(sides):
        return None
    pairs = zip(signs, pairwise(map(_value, whole)), strict=True)
    gaps = [one - other for sign, (one, other) in pairs if sign == "="]
    if any(gap and gap % int(modulus) == 0 for gap in gaps):
        return None  # only the remainders are equal
    by = t.integer(int(modulus))
    return tuple(t.Call("mod", (side, by)) for side in whole)


def _bits(node: t.Expr) -> int | None:
    """A bound for the length of a whole number; ``None`` for what may be none, as ``3^{-1}``."""
    match node:
        case t.Number(number):
            return number.numerator.bit_length() if number.denominator == 1 else None
        case t.Pow(base, t.Number(power)) if power.denominator == 1 and 0 <= power <= MOST_BITS:
            inner = _bits(base)
            return None if inner is None else inner * int(power)
        case t.Add() | t.Mul() | t.Neg():
            parts = [_bits(part) for part in t.children(node)]
            known = [part for part in parts if part is not None]
            return sum(known) + len(parts) if len(known) == len(parts) else None
    return None


def _value(node: t.Expr) -> int:
    """The value of what ``_is_whole``."""
    match node:
        case t.Pow(base, t.Number(power)):
            return int(_value(base) ** int(power))
        case t.Neg(arg):
            return -_value(arg)
        case t.Mul(parts):
            return prod(map(_value, parts))
        case t.Add(parts):
            return sum(map(_value, parts))
        case t.Number(number):
            return int(number)
    raise AssertionError(node)


def _is_whole(side: t.Expr) -> bool:
    """Whether it is a whole number that is not too long."""
    bits = _bits(side)
    return bits is not None and bits <= MOST_BITS
