"""Sums: numbers, like terms, brackets that may be dropped."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value, sort_terms
from assistant.maths.solving.expressions.numbers import add_numbers
from assistant.maths.solving.expressions.shape import (
    ZERO,
    Context,
    Rewrite,
    from_monomial,
    monomial,
    numeral,
    step,
)
from assistant.maths.types import Rule, Step, Text

ADD_ZERO = Rule("arithmetic.add_zero", "Leave out zero", "去掉加零")
COMBINE = Rule("collect.like_terms", "Combine like terms", "合并同类项")
GROUP = Rule("collect.group", "Group like terms", "把同类项放在一起")
COEFFICIENTS = Rule("collect.coefficients", "Add the coefficients", "系数相加")
OPPOSITE = Rule("collect.opposite", "Opposite terms cancel", "互为相反数的项抵消")


def drop_zero(node: t.Expr, context: Context) -> Rewrite | None:
    """``x + 0``."""
    del context
    if not isinstance(node, t.Add) or not any(rational_value(p) == 0 for p in node.terms):
        return None
    rest = [p for p in node.terms if rational_value(p) != 0]
    return Rewrite(t.add(*rest), ADD_ZERO, Text("Adding zero changes nothing.", "加上零，值不变。"))


def add_all_numbers(node: t.Expr, context: Context) -> Rewrite | None:
    """A sum of nothing but numbers: integers first, then the fractions."""
    if not isinstance(node, t.Add):
        return None
    values = [rational_value(p) for p in node.terms]
    if any(v is None for v in values):
        return None
    terms: list[t.Expr] = list(node.terms)
    whole = [
        p
        for p, v in zip(terms, values, strict=True)
        if v is not None and v.denominator == 1 and not isinstance(p, t.Div)
    ]
    if 2 <= len(whole) < len(terms):
        total, rule, inner = add_numbers(whole, context)
        rest = [p for p in terms if p not in whole]
        after = t.add(*rest) if total == ZERO else t.add(total, *rest)
        why = Text(
            "First the whole numbers: {0} = {1}.", "先算整数：{0} = {1}。", (t.add(*whole), total)
        )
        return Rewrite(after, rule, why, inner)
    total, rule, inner = add_numbers(terms, context)
    return Rewrite(total, rule, Text("{0} = {1}.", "{0} = {1}。", (node, total)), inner)


def combine_like_terms(node: t.Expr, context: Context) -> Rewrite | None:
    """``x^2 - 12x^2 + 5x^2 - 7``: terms with the same letters are added."""
    if not isinstance(node, t.Add):
        return None
    groups: dict[tuple[tuple[t.Expr, ...], tuple[t.Expr, ...]], list[tuple[t.Expr, Fraction]]] = {}
    for term in node.terms:
        coefficient, above, below = monomial(term)
        groups.setdefault((above, below), []).append((term, coefficient))
    if all(len(g) == 1 for g in groups.values()):
        return None
    results = {
        key: from_monomial(sum((c for _, c in g), Fraction(0)), *key, context)
        for key, g in groups.items()
    }
    after = t.add(*sort_terms(r for r in results.values() if r != ZERO))
    changed = [(key, g) for key, g in groups.items() if len(g) > 1]
    if all(results[key] == ZERO for key, _ in changed):
        why = Text("{0} = 0.", "{0} = 0。", (t.add(*[m for m, _ in changed[0][1]]),))
        return Rewrite(after, OPPOSITE, why)
    substeps: list[Step] = []
    grouped = t.Add(tuple(_bracketed(g) for g in _in_order(groups, results)))
    if len(groups) > 1 and grouped.terms != node.terms:
        why = Text("Put the terms with the same letters together.", "把字母部分相同的项放在一起。")
        substeps.append(step(node, grouped, GROUP, why))
    for key, group in changed:
        substeps += _added(key, group, results[key], context)
    why = Text(
        "Only terms with the same letters and powers can be added: add their coefficients.",
        "所含字母及其指数都相同的项才能合并：系数相加，字母部分不变。",
    )
    return Rewrite(after, COMBINE, why, tuple(substeps) if len(substeps) > 1 else ())


Groups = dict[tuple[tuple[t.Expr, ...], tuple[t.Expr, ...]], list[tuple[t.Expr, Fraction]]]


def _in_order(
    groups: Groups, results: dict[tuple[tuple[t.Expr, ...], tuple[t.Expr, ...]], t.Expr]
) -> list[list[tuple[t.Expr, Fraction]]]:
    order = sort_terms(dict.fromkeys(from_monomial(Fraction(1), *k, Context()) for k in groups))
    del results
    by_term = {from_monomial(Fraction(1), *k, Context()): g for k, g in groups.items()}
    return [by_term[m] for m in order]


def _bracketed(group: list[tuple[t.Expr, Fraction]]) -> t.Expr:
    return t.add(*[term for term, _ in group])


def _added(
    key: tuple[tuple[t.Expr, ...], tuple[t.Expr, ...]],
    group: list[tuple[t.Expr, Fraction]],
    result: t.Expr,
    context: Context,
) -> list[Step]:
    """``2x + 3x = (2 + 3)*x = 5x``."""
    before = t.add(*[term for term, _ in group])
    if not any(key):
        total, rule, inner = add_numbers([term for term, _ in group], context)
        return list(inner) or [
            step(before, total, rule, Text("{0} = {1}.", "{0} = {1}。", (before, total)))
        ]
    letters = from_monomial(Fraction(1), *key, context)
    middle = t.mul(t.add(*[numeral(c, context) for _, c in group]), letters)
    why = Text("Add the coefficients of {0}.", "把 {0} 的系数相加。", (letters,))
    return [step(before, middle, COEFFICIENTS, why), step(middle, result, COEFFICIENTS, why)]
