"""Expansions with more terms than a person multiplies out line by line."""

from __future__ import annotations

from math import comb

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import rational_value, sort_terms
from assistant.maths.solving.common import Draft, TooLarge
from assistant.maths.types import Link, Rule, Step, Task, Text

MAX_TERMS = 1000
"""Of an expansion; a page holds some hundred."""
MAX_FACTORS = 100_000
"""Products of terms that may be formed before like terms are collected."""
TOO_MANY = Text("the expansion has too many terms to write out", "展开式的项数过多，无法写出")
AT_ONCE = Rule("expand.at_once", "Multiply out at once", "一次展开")


def at_once(expr: t.Expr) -> Draft | None:
    """A polynomial multiplied out in one step; ``None`` for what is no polynomial.

    Raises ``TooLarge``.
    """
    count = terms_of(expr)
    if count > MAX_TERMS and _is_binomial(expr):
        raise _too_large(count, exact=True)
    if count > MAX_FACTORS:
        raise _too_large(count, exact=False)
    try:
        value = to_sympy(expr)
    except NotConvertible:
        return None
    letters = sorted(value.free_symbols, key=str)
    if not letters or not value.is_polynomial(*letters):
        return None
    found = value.as_poly(*letters)
    if found is None:
        return None
    if (count := len(found.monoms())) > MAX_TERMS:
        raise _too_large(count, exact=True)
    tree = from_sympy(found.as_expr())
    after = t.Add(tuple(sort_terms(list(tree.terms)))) if isinstance(tree, t.Add) else tree
    why = Text(
        "Each term times each of the others, {0} terms after like terms are collected.",
        "逐项相乘，合并同类项后共 {0} 项。",
        (str(count),),
    )
    step = Step(rule=AT_ONCE, why=why, before=expr, after=after, link=Link.EQUAL)
    return Draft(answer=after, steps=(step,), method=Task.EXPAND.value)


def _is_binomial(expr: t.Expr) -> bool:
    """Whether it is a power of two unlike terms: no two terms of its expansion are alike."""
    match expr:
        case t.Pow(t.Add((first, second)), _):
            return set(t.symbols(first)) != set(t.symbols(second))
    return False


def terms_of(expr: t.Expr) -> int:
    """How many terms the expansion has at most: a power counts the ways to choose its factors."""
    match expr:
        case t.Add(parts):
            return sum(map(terms_of, parts))
        case t.Neg(arg):
            return terms_of(arg)
        case t.Mul(factors):
            found = 1
            for factor in factors:
                found *= terms_of(factor)
            return found
        case t.Div(num, _):
            return terms_of(num)
        case t.Pow(base, exp):
            power = rational_value(exp)
            if power is None or power.denominator != 1 or power < 2:
                return 1
            inner = terms_of(base)
            if inner == 1:
                return 1
            if power > MAX_FACTORS:
                return int(power) + 1
            return (
                comb(inner + int(power) - 1, int(power))
                if inner < 50
                else inner ** min(int(power), 20)
            )
    return 1


def _too_large(count: int, *, exact: bool) -> TooLarge:
    if count > 10**12:
        return TooLarge(TOO_MANY)
    if exact:
        return TooLarge(
            Text(
                "the expansion has {0} terms, more than can be written out ({1})",
                "展开式有 {0} 项，超过可写出的项数（{1}）",
                (str(count), str(MAX_TERMS)),
            )
        )
    return TooLarge(
        Text(
            "the expansion can have {0} terms, too many to work out",
            "展开式可达 {0} 项，过多，无法算出",
            (str(count),),
        )
    )
