"""Functions told in cases by words: ``f(x) = x^2 for x < 1 and 2x - 1 for x >= 1``."""

from __future__ import annotations

import re

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.patterns import late
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.scan import Scan
from assistant.maths.terms import Call, Comparison, Expr, Junction, Relation, Symbol, equation

HEAD = r"[A-Za-z]\s*\(\s*[A-Za-z]\s*\)\s*="
ENGLISH = late(
    rf"(?P<head>{HEAD})\s*(?P<a>[^,;]+?)\s*,?\s*(?:if|for|when|where)\s+(?P<c>[^,;]+?)\s*(?:[,;]\s*(?:and\s+)?|\s+and\s+)"
    rf"(?:(?P=head))?\s*(?P<b>[^,;]+?)\s*,?\s*(?:if|for|when|where)\s+(?P<d>[^,;]+)$",
    re.IGNORECASE,
)
CHINESE = (
    late(
        rf"当\s*(?P<c>[^,，;；当]+?)\s*时[,，]?\s*(?P<head>{HEAD})\s*(?P<a>[^,，;；当]+?)\s*[,，;；]\s*"
        rf"当\s*(?P<d>[^,，;；当]+?)\s*时[,，]?\s*(?:(?P=head))\s*(?P<b>[^,，;；当]+)$"
    ),
)


def in_cases(scan: Scan, span: Span) -> Expr | None:
    """The equation of a function in two cases; ``None`` for anything else."""
    for pattern in (ENGLISH, *CHINESE):
        hit = pattern.match(span.source, span.start, span.end)
        if hit is None:
            continue
        places = {n: span.cut(hit.start(n), hit.end(n)) for n in "abcd"}
        head = span.cut(hit.start("head"), hit.end("head") - 1)
        try:
            left = scan.formula(head)
            values = [scan.expression(places[n]) for n in "ab"]
            where = [scan.formula(places[n]) for n in "cd"]
        except ReadingError:
            return None
        match left:
            case Call(_, (Symbol(),)) if all(map(_bounds, where)):
                pairs = zip(values, where, strict=True)
                cases = tuple(part for pair in pairs for part in pair)
                return equation(left, Call("piecewise", cases))
    return None


def _bounds(statement: Expr) -> bool:
    equal = isinstance(statement, Relation) and statement.op is Comparison.EQ
    return isinstance(statement, Relation | Junction) and not equal
