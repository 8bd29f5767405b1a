"""Regions between curves, as a list: ``y = x^2, y = 0, x = 2``."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.phrases import Span
from assistant.maths.reading.productions import Slots

NOUN = re.compile(r"^(?:曲线|直线|抛物线|函数|the\s+(?:line|curve|parabola|graph\s+of)\s+)")
X_AXIS = re.compile(r"(?:the\s+)?x\s*(?:-?\s*axis|轴)", re.IGNORECASE)
Y_AXIS = re.compile(r"(?:the\s+)?y\s*(?:-?\s*axis|轴)", re.IGNORECASE)


def curves_and_limits(s: Slots, span: Span) -> tuple[list[t.Expr], list[t.Expr]]:
    """The right sides of ``y = …``, and the numbers of ``x = …``.  Raises ``ReadingError``."""
    bodies: list[t.Expr] = []
    limits: list[t.Expr] = []
    for part in s.scan.parts(span):
        if X_AXIS.fullmatch(part.text):
            bodies.append(t.integer(0))
            continue
        if Y_AXIS.fullmatch(part.text):
            limits.append(t.integer(0))
            continue
        text = NOUN.sub("", part.text)
        whole = s.scan.formula(part.cut(part.end - len(text), part.end))
        match whole:
            case t.Relation(t.Comparison.EQ, t.Symbol("x"), right) if not t.symbols(right):
                limits.append(right)
            case t.Relation(t.Comparison.EQ, t.Symbol() | t.Call(), right):
                bodies.append(right)
            case t.Relation():
                raise s.scan.error(part, "write the curve as y = …", "请把曲线写成 y = … 的形式")
            case _:
                bodies.append(whole)
    return bodies, limits
