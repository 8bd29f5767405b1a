"""``1 + 2 + … + n = n(n+1)/2``: the last term says the law that the first ones follow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.maths.exact_values import NotKnownError, exact_value
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import CLOSING, OPENING, Scan
from assistant.maths.terms import (
    Call,
    Comparison,
    Expr,
    Relation,
    Symbol,
    integer,
    substitute,
    symbols,
)

DOTTED = re.compile(
    r"(?P<first>[^=<>]+?)\+\s*(?:\.{2,}|…+|⋯+|\\[lc]?dots)\s*\+(?P<last>[^=<>]+)=(?P<right>[^=<>]+)$"
)
STARTS = (1, 0, 2)
"""Where an index may begin; the first that fits."""


@dataclass(frozen=True, slots=True)
class Dotted:
    """An equation, and the letter that says how many terms are added."""

    relation: Relation
    letter: str


def dotted_identity(scan: Scan, span: Span) -> Dotted | None:
    """The equation with the sum written out; ``None`` if it is none, or has no plain law.

    Raises ``ReadingError``.
    """
    hit = DOTTED.match(span.text)
    if hit is None:
        return None
    first, last, right = (
        span.cut(span.start + hit.start(n), span.start + hit.end(n)).strip("$")
        for n in ("first", "last", "right")
    )
    terms = [scan.expression(part) for part in _summands(first)]
    general = scan.expression(last)
    names = symbols(general)
    if len(terms) < 2 or len(names) != 1 or any(map(symbols, terms)):
        return None
    low = _start(terms, general, names[0])
    if low is None:
        return None
    index = next(c for c in "kijm" if c != names[0])
    body = substitute(general, names[0], Symbol(index))
    total = Call("sum", (body, Symbol(index), integer(low), Symbol(names[0])))
    return Dotted(Relation(Comparison.EQ, total, scan.expression(right)), names[0])


def _start(terms: list[Expr], general: Expr, name: str) -> int | None:
    """The index of the first term."""
    for low in STARTS:
        try:
            if all(
                exact_value(general, name, low + place) == exact_value(term, "", 0)
                for place, term in enumerate(terms)
            ):
                return low
        except NotKnownError:
            continue
    return None


def _summands(span: Span) -> list[Span]:
    """The parts between the plus signs outside brackets."""
    found, depth, start = [], 0, span.start
    for at in range(span.start, span.end):
        char = span.source[at]
        depth += (char in OPENING) - (char in CLOSING)
        if char == "+" and depth == 0:
            found.append(span.cut(start, at))
            start = at + 1
    return [part for part in (*found, span.cut(start, span.end)) if part]
